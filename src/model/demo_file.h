/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_FILE_H
#define MODEL_DEMO_FILE_H

#include <jansson.h>

#include "model/demo.h"
#include "model/record.h"

/* demo_file.h - the worked example's file (doc/catalogue.md) and how a row is
 * made of an item in it.  One loader a demo_create(), on its arena.
 * Tests: tests/model/demo.c
 */
enum { DEMO_NAMES = 300 };

/* A key of the file and the row it became. */
struct demo_name {
	struct str key;
	struct id id;
};

struct demo_loader {
	struct db *db;
	struct arena *arena;
	const json_t *root;
	struct actor program; /* outside the network */
	struct demo *demo;
	int64_t moved_days; /* added to each date of the file */
	int64_t ticks; /* microseconds, one a record */
	struct demo_name name[DEMO_NAMES];
	ptrdiff_t n_names;
};

/* A member of an item; "" for null. */
struct str demo_text(const json_t *, const char *key);

/* The same as a date, moved; "" when it is none. */
struct str demo_date(
    const struct demo_loader *, const json_t *, const char *key);

/* Nine in the morning of the day an item says; now when it says none. */
int64_t demo_us(const struct demo_loader *, const json_t *, const char *key);

/* What the row goes by in the file. */
void demo_set_name(struct demo_loader *, struct str key, struct id);
struct id demo_id(const struct demo_loader *, struct str key);

/* The text of the row that object[key] points at; "" for null. */
struct str demo_ref(
    const struct demo_loader *, const json_t *, const char *key);

/* The rows that the keys in object[key] point at, as a record keeps them. */
struct str demo_refs(struct demo_loader *, const json_t *, const char *key);

/* The person who wrote an item, on that day, inside the network. */
struct actor demo_writer(const struct demo_loader *, const json_t *);

/* A new record of the network. */
struct record demo_record(
    struct demo_loader *, enum record_kind, const struct actor *);

/* What is wrong with a record is logged: the file is ours. */
enum err demo_save(
    struct demo_loader *, const struct actor *, const struct record *) MUST_USE;

/* Calls `add` for each item of root[list]. */
enum err demo_each(struct demo_loader *, const char *list,
    enum err (*add)(struct demo_loader *, const json_t *)) MUST_USE;

#endif
