/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_DB_SQL_LIST_H
#define TESTS_DB_SQL_LIST_H

/* sql_list.h - every SQL_X of src/model, made by tools/sqllist.  Ended by an
 * item without a text. */
struct sql_item {
	const char *file;
	int line;
	const char *name, *text;
};

extern const struct sql_item sql_list[];
extern const int sql_count;

#endif
