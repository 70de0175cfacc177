/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_OPEN_DATA_PARTS_H
#define REPORT_OPEN_DATA_PARTS_H

#include "report/csv.h"
#include "report/open_data.h"
#include "report/zipper.h"

/* open_data_parts.h - what the files of open_data.h share. */
struct open_out {
	struct arena *arena;
	struct db *db;
	const struct actor *who;
	const struct open_data_ask *ask;
	struct zipper *zip;
};

/* Begins a file, with the columns that the README tells of. */
struct csv open_table(const struct open_out *, const char *file);
void open_count(struct csv *, int64_t n, bool hidden); /* hidden: empty */

/* Each in a file of its name: what stands on the page; what people were asked. */
enum err open_page(const struct open_out *) MUST_USE;
enum err open_dialogues(const struct open_out *) MUST_USE;

#endif
