/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_RETENTION_H
#define MODEL_RETENTION_H

#include "model/actor.h"

/* retention.h - what is kept how long, and what is deleted then (R17).
 *
 * Every table has a rule (retention_rules.c); tests/model/retention.c fails
 * when one has none.  What a network holds about people is deleted when the
 * network ended `retention_days` ago and the archive has decided: not before
 * that day, and not without the decision.
 *
 *	ended -> (clock) -> due --+
 *	ended -> decided ---------+-> deleted, in pieces, by a job
 *
 * After a jump of the clock nothing goes of which more than
 * `retention_percent` of a table would go, until somebody confirmed the clock.
 * doc/decisions/0018 says why.  Needs CAP_OVERVIEW.
 * Memory: the caller's arena.  Tests: tests/model/retention.c
 */
enum retain {
	RETAIN_ROWS = 1, /* the rows go with what the network holds */
	RETAIN_WORDS, /* the row stays without its words */
	RETAIN_AGED, /* rows go by a clock of their own */
	RETAIN_SWEPT, /* within days, by what made it */
	RETAIN_WITH, /* goes with the row it belongs to */
	RETAIN_KEPT, /* says nothing about a citizen */
};

struct retain_rule {
	const char *table;
	enum retain how;
	const char *key; /* third column of its key */
	const char *clock; /* the column it is counted from, or NULL */
	const char *days; /* a setting, or NULL */
	const char *set, *left; /* RETAIN_WORDS: what is written, and where */
	const char *label, *why; /* msgids; label NULL: goes or stays unseen */
};

struct retain_rules {
	const struct retain_rule *list;
	ptrdiff_t n;
};
/* In the order in which they are carried out. */
struct retain_rules retain_rules(void);

/* The statements of a rule: made once, so they stay where they are.  NULL
 * where there is none. */
struct retain_sql {
	const char *count, *piece; /* $1 org, $2 network (AGED: time) */
	const char *total; /* $1 org */
};
const struct retain_sql *retain_sql(ptrdiff_t rule);

enum { RETAIN_PIECE = 200, RETENTION_TEXT = 200, RETENTION_MOST = 200 };
#define RETENTION_JUMP_US (3 * DAY_US)

/* A network that has ended. */
struct retained {
	struct id network, decided_by;
	struct str name, state;
	int64_t ended_us, due_us; /* due: the moment from which on */
	struct str decision, reference, day, handed;
	int64_t decided_us, begun_us, done_us, rows;
};

struct retained_list {
	struct retained *list; /* what is due first, first */
	ptrdiff_t n;
};

enum err retention_list(struct db *, struct arena *, const struct actor *,
    struct retained_list *) MUST_USE;
/* Also for CAP_ACCESS in that network. */
enum err retention_get(struct db *, struct arena *, const struct actor *,
    struct id network, struct retained *) MUST_USE;

/* It is time, and the archive has decided (and has what it keeps). */
bool retention_ready(const struct retained *, int64_t now_us);

/* ---- the archive's decision ---- */

struct retention_faults {
	const char *decision, *reference, *day, *handed; /* msgid or NULL */
	bool any;
};

/* Reads decision, reference, day and handed. */
struct retention_faults retention_check(
    const struct retained *, int64_t now_us);

/* ERR_INVALID: retention_check(), or no archive contact is set (has_contact).
 * ERR_CONFLICT: deleting has begun.  ERR_NOT_FOUND: it has not ended. */
enum err retention_decide(struct db *, struct arena *, const struct actor *,
    const struct retained *) MUST_USE;
enum err retention_has_contact(
    struct db *, struct arena *, const struct actor *, bool *) MUST_USE;

/* ---- what would go ---- */

/* How many rows of each rule, in the order of retain_rules(). */
struct retain_counts {
	int64_t *of;
	int64_t total;
};
enum err retention_count(struct db *, struct arena *, const struct actor *,
    struct id network, struct retain_counts *) MUST_USE;

/* ---- the clock ---- */

struct retention_clock {
	int64_t seen_us, held_us; /* held_us 0: it is trusted */
	struct str held_table; /* "": nothing had to wait */
	int64_t held_share;
};
enum err retention_clock(struct db *, struct arena *, const struct actor *,
    struct retention_clock *) MUST_USE;
/* The clock is right: what waited may go. */
enum err retention_confirm(
    struct db *, struct arena *, const struct actor *) MUST_USE;

/* ---- for the job (jobs/retention.h) and what comes by the clock ---- */

/* Looks at the clock, notes which networks ended, and asks for the job once a
 * day. */
enum err retention_daily(
    struct db *, struct arena *, const struct actor *program) MUST_USE;

/* Of the table that would lose most, in per cent of the organisation's rows;
 * table "" when nothing goes. */
struct retain_share {
	struct str table;
	int64_t percent;
};
enum err retention_share(struct db *, struct arena *, const struct actor *,
    const struct retained_list *ready, struct retain_share *) MUST_USE;
enum err retention_hold(
    struct db *, const struct actor *, const struct retain_share *) MUST_USE;

enum err retention_begin(
    struct db *, const struct actor *, struct id network) MUST_USE;
/* At most RETAIN_PIECE keys of a rule; *gone 0: none is left.  `dir` is the
 * data folder.  Of RETAIN_AGED the network is not read. */
struct retain_piece {
	struct id network;
	ptrdiff_t rule;
	struct str dir;
};
enum err retention_piece(struct db *, struct arena *, const struct actor *,
    const struct retain_piece *, int64_t *gone) MUST_USE;
enum err retention_end(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

#endif
