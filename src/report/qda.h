/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_QDA_H
#define REPORT_QDA_H

#include "model/codebook.h"
#include "model/coding.h"

/* qda.h - codes and coded words for other programs: REFI-QDA 1.5 (NVivo,
 * ATLAS.ti, MAXQDA, QualCoder, Taguette).
 *
 * A codebook is a .qdc, one XML file.  A project is a .qdpx, a zip of
 * project.qde (codes, sources, passages, notes) and sources/GUID.txt.  Places
 * are counted in code points, as here.  Those who coded are "Koder 1", "Koder
 * 2": the files know no names.  A code that is out of use is not codable.
 *
 * What is in a project is the caller's to choose (R11).  Of a source's words no
 * more leaves than `text`: a passage that is not within it is left out.
 * Pure; memory: the caller's arena.  Tests: tests/report/qda.c,
 * tests/report/qdc.c, tests/fuzz/qdc.c
 */
enum {
	QDA_BYTES = 64 * 1024 * 1024,
	QDC_BYTES = 1024 * 1024, /* of a codebook that comes in */
	QDC_DEPTH = 16
};

struct qda_source {
	struct id id;
	struct str name, text;
};

struct qda_project {
	struct id id; /* of this file */
	struct str name;
	const struct codebook *book;
	const struct qda_source *source; /* their ids from the largest down */
	ptrdiff_t n_sources;
	const struct codings *codings; /* of any sources, likewise */
};

enum err qda_codebook(
    struct arena *, const struct codebook *, struct str *out) MUST_USE;
enum err qda_project(
    struct arena *, const struct qda_project *, struct str *out) MUST_USE;

/* A codebook that comes in.  Codes more than one level down come below the
 * topmost one.  Ids are of the file; `fault` is a msgid, or NULL. */
struct qdc {
	struct codebook book; /* rev 0 */
	const char *fault;
	int64_t line, column; /* of it, from 1 */
};
/* Reads no entities and nothing outside of the file: a document type is a
 * fault. */
struct qdc qdc_read(struct arena *, struct str bytes);

#endif
