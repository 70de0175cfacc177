/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_DOSSIER_VIEW_H
#define WEB_DOSSIER_VIEW_H

#include "model/dossier.h"
#include "view_dossier.h"

/* dossier_view.h - everything about one person, for reading and for keeping;
 * for pages and for samskab person.  Tests: tests/web/rights_of.c */
struct view_dossier dossier_view(
    struct arena *, enum lang, const struct dossier *);

struct dossier_file {
	enum lang lang;
	struct str org;
	int64_t now_us;
	bool json; /* else HTML */
	const struct dossier *of; /* one a network */
	ptrdiff_t n;
};

/* A whole file, with each network the person is in.  ERR_TOO_LARGE: it is over
 * 8 MB. */
enum err dossier_file(
    struct arena *, const struct dossier_file *, struct str *out) MUST_USE;

#endif
