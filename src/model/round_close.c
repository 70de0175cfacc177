/* SPDX-License-Identifier: MPL-2.0 */

/* Opening and closing a round, and counting who voted (model/round.h). */
#include <stdlib.h>
#include <string.h>

#include "base/rand.h"
#include "model/audit.h"
#include "model/ballot.h"
#include "model/guardian.h"
#include "model/round_seal.h"
#include "model/webhook.h"

/* ---- who voted ---- */

/* Beside target groups: staff, paper, others of each side. */
enum { PARTS_MORE = 2 * ROUND_SIDES + 1 };

struct counting {
	struct db *db;
	struct arena *a;
	const struct actor *who;
	const struct round *r;
	struct str *voter; /* [n] hashes of those who voted, in order */
	ptrdiff_t n;
	int64_t ballots[ROUND_SIDES];
	struct turnouts out;
};

static int
by_bytes(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static const char SQL_VOTERS[] =
    "SELECT voter, side FROM ballot"
    " WHERE org = $1 AND network = $2 AND round = $3";

static enum err
load_voters(struct counting *c)
{
	struct db_rows rows;
	enum err e = db_all(c->db, c->a, SQL_VOTERS, &rows, DB_ID(c->who->org),
	    DB_ID(c->who->network), DB_ID(c->r->record.id));
	if (e != ERR_OK)
		return e;
	c->n = rows.n;
	c->voter = arena_new(c->a, struct str, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		enum round_side side;
		c->voter[i] = db_blob(&rows.row[i], 0);
		if (round_side_parse(db_text(&rows.row[i], 1), &side))
			c->ballots[side]++;
	}
	qsort(c->voter, (size_t)c->n, sizeof *c->voter, by_bytes);
	return ERR_OK;
}

static bool
has_voted(struct counting *c, char kind, struct str id)
{
	struct hash key = ballot_key(c->a, c->who, c->r, kind, id);
	struct str bytes = {(const char *)key.b, HASH_BYTES};
	return bsearch(&bytes, c->voter, (size_t)c->n, sizeof bytes,
		   by_bytes) != NULL;
}

static struct turnout *
part_of(struct counting *c, enum round_side side, struct str part)
{
	struct turnouts *t = &c->out;
	for (ptrdiff_t i = 0; i < t->n; i++) {
		if (t->list[i].side == side && str_eq(t->list[i].part, part))
			return &t->list[i];
	}
	t->list[t->n] = (struct turnout){.side = side, .part = part};
	return &t->list[t->n++];
}

/* Those who have been given a code. */
static const char SQL_PEOPLE[] =
    "SELECT p.id, p.state, p.age, p.guardian, p.target_group,"
    " sum(CASE WHEN c.ended_us IS NULL AND c.ends_us > $3 THEN 1 ELSE 0 END)"
    "  FROM person p"
    "  JOIN code c ON c.org = $1 AND c.network = $2 AND c.person = p.id"
    " WHERE p.org = $1 AND p.network = $2 AND p.state <> 'erased'"
    " GROUP BY p.id, p.state, p.age, p.guardian, p.target_group";

static enum err
count_people(struct counting *c)
{
	struct db_rows rows;
	struct guardian g;
	if (c->r->method == ROUND_VALUE)
		return ERR_OK;
	enum err e = guardian_load(c->db, c->a, c->who, &g);
	if (e == ERR_OK)
		e = db_all(c->db, c->a, SQL_PEOPLE, &rows, DB_ID(c->who->org),
		    DB_ID(c->who->network), DB_INT(c->who->now_us));
	if (e != ERR_OK)
		return e;
	c->out.list = arena_new(c->a, struct turnout, rows.n + PARTS_MORE);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct person p = {.state = db_text(row, 1),
		    .age = db_text(row, 2),
		    .guardian = db_text(row, 3)};
		struct id group = db_id(row, 4);
		struct turnout *t = part_of(c, SIDE_CITIZENS,
		    id_is_set(group) ? id_text(c->a, group) : S(""));
		bool voted = has_voted(c, 'p', id_text(c->a, db_id(row, 0)));
		t->invited++;
		t->could += voted ||
		    (db_int(row, 5) > 0 && !str_eq(p.state, S("stopped")) &&
			!guardian_is_missing(c->a, &g, &p));
		t->voted += voted;
	}
	return ERR_OK;
}

static const char SQL_STAFF[] =
    "SELECT account, role FROM member WHERE org = $1 AND network = $2"
    " ORDER BY account";

static enum err
count_staff(struct counting *c)
{
	struct db_rows rows;
	enum err e = db_all(c->db, c->a, SQL_STAFF, &rows, DB_ID(c->who->org),
	    DB_ID(c->who->network));
	if (e == ERR_OK && c->out.list == NULL)
		c->out.list = arena_new(c->a, struct turnout, PARTS_MORE);
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct elector v;
		struct actor as = *c->who;
		as.account = db_id(&rows.row[i], 0);
		if (i > 0 && id_eq(as.account, db_id(&rows.row[i - 1], 0)))
			continue; /* another role of the same */
		e = ballot_staff(c->db, c->a, &as, c->r, &v);
		if (e != ERR_OK || v.refused != NULL)
			continue;
		struct turnout *t = part_of(c, v.side, S(""));
		t->invited++;
		t->could++;
		t->voted += has_voted(c, 'a', id_text(c->a, as.account));
	}
	return e;
}

static const char SQL_PAPER[] =
    "SELECT count(*), sum(counted) FROM paper"
    " WHERE org = $1 AND network = $2 AND round = $3";

static enum err
count_paper(struct counting *c)
{
	struct db_row row;
	enum err e = db_one(c->db, c->a, SQL_PAPER, &row, DB_ID(c->who->org),
	    DB_ID(c->who->network), DB_ID(c->r->record.id));
	if (e != ERR_OK || db_int(&row, 0) == 0)
		return e;
	struct turnout *t = part_of(c, SIDE_CITIZENS, S("paper"));
	t->invited = t->could = db_int(&row, 0);
	t->voted = db_int(&row, 1);
	return ERR_OK;
}

/* Ballots of those who have left since: the parts are as many as the whole. */
static void
count_others(struct counting *c)
{
	for (int side = 0; side < ROUND_SIDES; side++) {
		int64_t left = c->ballots[side];
		for (ptrdiff_t i = 0; i < c->out.n; i++) {
			if ((int)c->out.list[i].side == side)
				left -= c->out.list[i].voted;
		}
		if (left <= 0)
			continue;
		struct turnout *t =
		    part_of(c, (enum round_side)side, S("other"));
		t->invited = t->could = t->voted = left;
	}
}

static enum err
count_now(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, struct turnouts *out)
{
	struct counting c = {.db = db, .a = a, .who = who, .r = r};
	enum err e = load_voters(&c);
	if (e == ERR_OK)
		e = count_people(&c);
	if (e == ERR_OK)
		e = count_staff(&c);
	if (e == ERR_OK)
		e = count_paper(&c);
	if (e == ERR_OK)
		count_others(&c);
	*out = c.out;
	return e;
}

static const char SQL_TURNOUT[] =
    "SELECT side, part, invited, could, voted FROM turnout"
    " WHERE org = $1 AND network = $2 AND round = $3 ORDER BY side, part";

enum err
round_turnout(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, struct turnouts *out)
{
	struct db_rows rows;
	*out = (struct turnouts){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	if (r->state != ROUND_CLOSED)
		return count_now(db, a, who, r, out);
	enum err e = db_all(db, a, SQL_TURNOUT, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->record.id));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct turnout, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct turnout t = {.part = db_text(&rows.row[i], 1),
		    .invited = db_int(&rows.row[i], 2),
		    .could = db_int(&rows.row[i], 3),
		    .voted = db_int(&rows.row[i], 4)};
		if (round_side_parse(db_text(&rows.row[i], 0), &t.side))
			out->list[out->n++] = t;
	}
	return ERR_OK;
}

static const char SQL_KEEP[] =
    "INSERT INTO turnout (org, network, round, side, part, invited, could,"
    " voted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

static enum err
keep_turnout(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r)
{
	struct turnouts all;
	enum err e = count_now(db, a, who, r, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		const struct turnout *t = &all.list[i];
		e = db_exec(db, SQL_KEEP, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r->record.id),
		    DB_TEXT(round_side_key(t->side)), DB_TEXT(t->part),
		    DB_INT(t->invited), DB_INT(t->could), DB_INT(t->voted));
	}
	return e;
}

/* ---- nobody's ballots ---- */

static const char SQL_BALLOTS[] =
    "SELECT side, choices FROM ballot"
    " WHERE org = $1 AND network = $2 AND round = $3";

static const char SQL_CLEAR[] =
    "DELETE FROM ballot WHERE org = $1 AND network = $2 AND round = $3";

static const char SQL_AGAIN[] =
    "INSERT INTO ballot (org, network, round, voter, side, choices)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

struct loose {
	struct hash key;
	struct db_row row;
};

static int
by_key(const void *x, const void *y)
{
	const struct loose *p = x, *q = y;
	return memcmp(p->key.b, q->key.b, HASH_BYTES);
}

/* Each ballot under a random number, written in the order of those. */
static enum err
let_go(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_BALLOTS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->record.id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_CLEAR, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r->record.id));
	if (e != ERR_OK)
		return e;
	struct loose *list = arena_new(a, struct loose, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		rand_bytes(list[i].key.b, HASH_BYTES);
		list[i].row = rows.row[i];
	}
	qsort(list, (size_t)rows.n, sizeof *list, by_key);
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++)
		e = db_exec(db, SQL_AGAIN, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r->record.id),
		    DB_HASH(list[i].key), DB_TEXT(db_text(&list[i].row, 0)),
		    DB_TEXT(db_text(&list[i].row, 1)));
	return e;
}

static const char SQL_READINGS[] =
    "DELETE FROM paper_reading"
    " WHERE org = $1 AND network = $2 AND round = $3";

/* ---- its state ---- */

/* To the next one; `day` is the field that holds when. */
static enum err
set_state(struct db *db, struct arena *a, const struct actor *who,
    struct round *r, const char *state)
{
	struct record_saved saved;
	const char *day = r->state == ROUND_DRAFT ? "opened" : "closed";
	record_set(&r->record, "state", str_c(state));
	record_set(&r->record, day, date_iso(a, date_danish(who->now_us)));
	enum err e = record_save_managed(db, a, who, &r->record, &saved);
	return e == ERR_OK ? round_get(db, a, who, r->record.id, r) : e;
}

enum err
round_begin(
    struct db *db, struct arena *a, const struct actor *who, struct round *r)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (round_missing(r, who->now_us) != NULL)
		return ERR_CONFLICT;
	enum err e = set_state(db, a, who, r, "open");
	return e == ERR_OK
	    ? webhook_notify(db, a, who, S("round.opened"), r->record.id)
	    : e;
}

enum err
round_close(
    struct db *db, struct arena *a, const struct actor *who, struct round *r)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (r->state != ROUND_OPEN)
		return ERR_CONFLICT;
	enum err e = keep_turnout(db, a, who, r);
	if (e == ERR_OK)
		e = let_go(db, a, who, r);
	if (e == ERR_OK)
		e = db_exec(db, SQL_READINGS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r->record.id));
	if (e == ERR_OK)
		e = set_state(db, a, who, r, "closed");
	if (e == ERR_OK)
		e = round_seal(db, a, who, r);
	return e == ERR_OK
	    ? webhook_notify(db, a, who, S("round.closed"), r->record.id)
	    : e;
}

enum err
round_settle(
    struct db *db, struct arena *a, const struct actor *who, struct round *r)
{
	if (r->state != ROUND_OPEN || !round_is_over(r, who->now_us))
		return ERR_OK;
	struct actor program = actor_program(who->org, who->keys, who->now_us);
	program = actor_inside(&program, who->network);
	return round_close(db, a, &program, r);
}

static const char SQL_OPEN[] =
    "SELECT network, id FROM round"
    " WHERE org = $1 AND state = 'open' AND ends <> '' AND ends < $2"
    "   AND removed_us IS NULL";

enum err
round_sweep(struct db *db, struct arena *a, const struct actor *program)
{
	struct db_rows rows;
	struct str today = date_iso(a, date_danish(program->now_us));
	enum err e =
	    db_all(db, a, SQL_OPEN, &rows, DB_ID(program->org), DB_TEXT(today));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct round r;
		struct actor in = actor_inside(program, db_id(&rows.row[i], 0));
		e = round_get(db, a, &in, db_id(&rows.row[i], 1), &r);
		if (e == ERR_OK)
			e = round_settle(db, a, &in, &r);
	}
	return e;
}
