/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_TRANSFER_PARTS_H
#define MODEL_TRANSFER_PARTS_H

#include "db/tables.h"
#include "model/media.h"
#include "model/transfer.h"

/* transfer_parts.h - between the files of model/transfer.h:
 *   transfer_plan.c   which tables, and their statements
 *   transfer_care.c   what is bound to the installation's key
 *   transfer_hand.c   the tables that are no rows of one network
 *   transfer_out.c, transfer_in.c   the two ways
 *   transfer_wire.c   the records as bytes
 */

/* ---- transfer_plan.c ---- */

enum transfer_care {
	CARE_NONE,
	CARE_BALLOT, /* a hash of somebody, as ballot_key() makes it */
	CARE_MEASURE,
	CARE_EXPERIENCE,
	CARE_VOTER,
	CARE_MEDIA, /* sealed: the key, then with it */
	CARE_FIELD, /* sealed with a key of the installation */
};

enum transfer_way {
	TRANSFER_GOES,
	TRANSFER_BY_HAND,
	TRANSFER_STAYS,
	TRANSFER_ANEW,
};

/* One line of transfer.def. */
struct transfer_line {
	const char *table;
	enum transfer_way way;
	const char *bytes, *why;
};

struct transfer_lines {
	const struct transfer_line *list;
	ptrdiff_t n;
};
struct transfer_lines transfer_lines(void);

struct transfer_column {
	struct str name;
	enum column_type type;
	enum transfer_care care;
	bool account; /* may name a member of staff */
};

enum { TRANSFER_KEYS = 8 };

/* A table whose rows go as they stand, without their org and network. */
struct transfer_table {
	struct str name;
	struct transfer_column *column;
	ptrdiff_t n;
	ptrdiff_t key[TRANSFER_KEYS]; /* places of the key's columns */
	ptrdiff_t n_key;
	ptrdiff_t id, about; /* places; -1: none */
	const char *sql[3];
};

/* Of `org` ($1) and `network` ($2): the first rows by their key; those behind
 * a key ($3..), NULL where there is one row; one more, its columns $3.. */
enum transfer_text { TRANSFER_FIRST, TRANSFER_NEXT, TRANSFER_INSERT };
const char *transfer_sql(const struct transfer_table *, enum transfer_text);

/* A table whose rows of the network stay behind. */
struct transfer_stay {
	const struct transfer_line *line;
	const char *count; /* of `org` ($1) and `network` ($2) */
};

struct transfer_plan {
	struct transfer_table *list; /* one behind those it refers to */
	ptrdiff_t n;
	struct transfer_stay *stay;
	ptrdiff_t n_stay;
	int64_t schema; /* number of the last migration */
};

/* Made once for the process. */
const struct transfer_plan *transfer_plan(void);
const struct transfer_table *transfer_find(struct str name); /* NULL: none */

/* ---- what both ways keep meanwhile ---- */

/* An id there and the one it has here. */
struct transfer_pair {
	struct id from, to;
};

struct transfer_map {
	struct transfer_pair *list; /* by `from` */
	ptrdiff_t n, cap;
};

void transfer_map_add(
    struct transfer_map *, struct arena *, struct id from, struct id to);
/* `id` itself when it is not among them. */
struct id transfer_mapped(const struct transfer_map *, struct id);

/* Somebody, by the hash that stands for them at one table's `about`. */
struct transfer_stand {
	struct hash hash;
	struct id id;
	char kind; /* p a person, a an account */
};

struct transfer {
	struct db *db;
	struct arena *arena; /* as long as it takes */
	struct arena *row; /* a row's, emptied behind each */
	const struct actor *who; /* inside the network */
	const struct transfer_job *job;
	struct transfer_result *result;

	struct ids people,
	    accounts; /* out: the network's; the organisation's */
	bool *named; /* out: [accounts.n] whether something names them */
	struct transfer_map map, vault; /* in */

	/* Of the hashes: those of everybody, sorted, for `stand_about`. */
	struct arena *stand_arena;
	struct transfer_stand *stand;
	ptrdiff_t n_stand;
	struct id stand_about;
	enum transfer_care stand_care;

	struct media media; /* of the row before: whose pieces follow */
};

/* Hands all rows of a table to `fn`, read some at a time. */
typedef enum err transfer_row_fn(
    struct transfer *, const struct transfer_table *, struct db_value *);
enum err transfer_walk(struct transfer *, const struct transfer_table *,
    transfer_row_fn *) MUST_USE;

/* `param`: the organisation, the network, then the columns. */
enum err transfer_insert(struct transfer *, const struct transfer_table *,
    const struct db_value *param) MUST_USE;

/* Notes that a row more, or a piece of a file, is through. */
void transfer_count(struct transfer *);
void transfer_count_piece(struct transfer *, struct str bytes);

/* ---- transfer_care.c ---- */

/* A row's values on their way: what is bound to the key is opened, or closed
 * with the one here. `v` is changed in place. */
enum err transfer_open(struct transfer *, const struct transfer_table *,
    struct db_value *v) MUST_USE;
enum err transfer_close(struct transfer *, const struct transfer_table *,
    struct db_value *v) MUST_USE;

/* Behind either of these, on a row of media: whose pieces follow is in t->media
 * (sizes 0: none do).  False: half of it is here. */
bool transfer_media(
    struct transfer *, const struct transfer_table *, const struct db_value *v);

/* Calls `fn` with each id in the text (in revisions, names of records). */
typedef struct id transfer_id_fn(struct transfer *, struct id);
struct str transfer_ids(struct transfer *, struct str text, transfer_id_fn *fn);

/* ---- transfer_hand.c ---- */

struct transfer_hand {
	struct str table;
	struct str columns; /* a space between */
	enum column_type type[8];
	enum err (*out)(struct transfer *);
	enum err (*in)(struct transfer *, const struct db_row *);
	bool last; /* behind the tables of the plan */
};

struct transfer_hands {
	const struct transfer_hand *list;
	ptrdiff_t n;
};
struct transfer_hands transfer_hands(void);

/* A row of the table that was named last. */
enum err transfer_put(
    struct transfer *, const struct db_value *, ptrdiff_t n) MUST_USE;

#endif
