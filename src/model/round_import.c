/* SPDX-License-Identifier: MPL-2.0 */
#include "model/round_import.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/lang.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/ballot.h"
#include "model/many.h"
#include "model/people_file.h"

/* ---- the file, until somebody says yes ---- */

static struct key
file_key(const struct actor *who)
{
	return key_derive(&who->keys->vault, S("round_import"));
}

static struct str
context(struct arena *a, const struct actor *who, struct id id)
{
	return STR_JOIN(
	    a, id_text(a, who->org), id_text(a, who->network), id_text(a, id));
}

static const char SQL_PUT[] =
    "INSERT INTO round_import (org, network, id, round, at_us, account, file)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network, id) DO NOTHING";

enum err
round_import_put(struct db *db, struct arena *a, const struct actor *who,
    const struct round_import *in)
{
	struct record r;
	struct key key = file_key(who);
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (in->file.n == 0)
		return ERR_INVALID;
	if (in->file.n > ROUND_IMPORT_BYTES)
		return ERR_TOO_LARGE;
	struct str text =
	    utf8_valid(in->file) ? in->file : people_text(a, in->file);
	enum err e = record_get(db, a, who, KIND_ROUND, in->round, &r);
	return e == ERR_OK
	    ? db_exec(db, SQL_PUT, NULL, DB_ID(who->org), DB_ID(who->network),
		  DB_ID(in->id), DB_ID(in->round), DB_INT(who->now_us),
		  DB_ID(who->account),
		  DB_BLOB(seal(a, &key, text, context(a, who, in->id))))
	    : e;
}

static const char SQL_GET[] =
    "SELECT round, file FROM round_import"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
round_import_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct round_import *out)
{
	struct db_row row;
	struct key key = file_key(who);
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	*out = (struct round_import){.id = id, .round = db_id(&row, 0)};
	return seal_open(
		   a, &key, db_blob(&row, 1), context(a, who, id), &out->file)
	    ? ERR_OK
	    : ERR_INTERNAL;
}

static const char SQL_DROP[] =
    "DELETE FROM round_import"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
round_import_drop(struct db *db, const struct actor *who, struct id id)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	return db_exec(db, SQL_DROP, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(id), DB_ID(who->account));
}

static const char SQL_SWEEP[] =
    "DELETE FROM round_import WHERE org = $1 AND at_us <= $2";

enum err
round_import_sweep(struct db *db, const struct actor *program)
{
	return db_exec(db, SQL_SWEEP, NULL, DB_ID(program->org),
	    DB_INT(program->now_us - ROUND_IMPORT_KEPT_US));
}

/* ---- into the round ---- */

static const struct round_option *
option_called(const struct round *r, struct str title)
{
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		if (str_eq(r->option[i].title, title))
			return &r->option[i];
	}
	return NULL;
}

/* How many the round has once those of the file are in it too. */
static ptrdiff_t
options_then(const struct round *r, const struct pairs_in *in)
{
	ptrdiff_t n = r->n_options;
	for (ptrdiff_t i = 0; i < in->options; i++)
		n += option_called(r, in->title[i]) == NULL;
	return n;
}

const char *
round_import_in_way(
    const struct round *r, const struct pairs_in *in, int64_t now_us)
{
	if (r->method != ROUND_PAIRWISE)
		return N_("Only a round of two at a time takes choices from a "
			  "file.");
	if (r->state != ROUND_DRAFT)
		return N_("Choices come only into a draft, for once it is open "
			  "somebody may have voted.");
	if (in->n == 0)
		return N_("There is nothing to bring in.");
	if (options_then(r, in) > ROUND_OPTIONS)
		return N_("There are more options than a round may have.");
	if (round_is_over(r, now_us))
		return N_("The last day is past. Change it first.");
	return NULL;
}

static enum err
add_options(struct db *db, struct arena *a, const struct actor *who,
    struct round *r, const struct pairs_in *in)
{
	struct round_options more = {
	    arena_new(a, struct round_option, in->options), 0};
	for (ptrdiff_t i = 0; i < in->options; i++) {
		if (option_called(r, in->title[i]) == NULL)
			more.list[more.n++].title = in->title[i];
	}
	enum err e = round_options_add(db, a, who, r, &more);
	return e == ERR_OK ? round_get(db, a, who, r->record.id, r) : e;
}

struct taking {
	const struct round *r;
	const struct pairs_in *in;
	const int64_t *number; /* [in->options]: of the round's option */
};

/* As the round counts them: the options may stand in another order there. */
static struct mark
mark_of(const struct taking *t, const struct pair_in *p)
{
	int64_t low = t->number[p->low], high = t->number[p->high];
	bool turned = low > high;
	return (struct mark){turned ? high : low, turned ? low : high,
	    turned ? 3 - p->which : p->which};
}

/* The ballot that begins at `at`, which is put behind it. */
static struct str
next_ballot(struct arena *a, const struct taking *t, ptrdiff_t *at)
{
	const struct pair_in *list = t->in->list;
	int32_t session = list[*at].session;
	struct buf text = buf_new(a, 64 * 1024);
	for (; *at < t->in->n && list[*at].session == session; ++*at) {
		struct mark m = mark_of(t, &list[*at]);
		buf_fmt(&text, "%s%lld:%lld/%lld", text.n > 0 ? " " : "",
		    (long long)m.option, (long long)m.value,
		    (long long)m.other);
	}
	return buf_str(&text);
}

static enum err
put_ballots(struct db *db, struct arena *a, const struct actor *who,
    const struct taking *t)
{
	const struct db_value shared[] = {
	    DB_ID(who->org), DB_ID(who->network), DB_ID(t->r->record.id)};
	ptrdiff_t at = 0;
	enum err e = ERR_OK;
	while (e == ERR_OK && at < t->in->n) {
		struct arena *scratch = arena_scratch(a);
		struct db_value each[3 * MANY_ROWS];
		ptrdiff_t n = 0;
		for (; n < MANY_ROWS && at < t->in->n; n++) {
			struct hash *voter = arena_new(scratch, struct hash, 1);
			int32_t session = t->in->list[at].session;
			rand_bytes(voter->b, HASH_BYTES); /* of nobody */
			each[3 * n] = DB_HASH(*voter);
			each[3 * n + 1] =
			    DB_TEXT(round_side_key(t->in->side[session]));
			each[3 * n + 2] = DB_TEXT(next_ballot(scratch, t, &at));
		}
		e = many_exec(
		    db, MANY_BALLOTS, &(struct many){shared, each, n});
		arena_close(scratch);
	}
	return e;
}

/* Nobody here was asked: who has a code is no part of the turnout. */
static const char SQL_NOT_ASKED[] =
    "DELETE FROM turnout WHERE org = $1 AND network = $2 AND round = $3"
    " AND part <> 'other'";

static enum err
take(struct db *db, struct arena *a, const struct actor *who, struct round *r,
    const struct pairs_in *in)
{
	enum err e = add_options(db, a, who, r, in);
	if (e != ERR_OK)
		return e;
	int64_t *number = arena_new(a, int64_t, in->options);
	for (ptrdiff_t i = 0; i < in->options; i++) {
		const struct round_option *o = option_called(r, in->title[i]);
		if (o == NULL)
			return ERR_CONFLICT;
		number[i] = o->number;
	}
	e = put_ballots(db, a, who, &(struct taking){r, in, number});
	if (e == ERR_OK)
		e = audit_add(db, a, who, S("round.import"), r->record.id);
	if (e == ERR_OK)
		e = round_begin(db, a, who, r);
	if (e == ERR_OK)
		e = round_close(db, a, who, r);
	return e == ERR_OK ? db_exec(db, SQL_NOT_ASKED, NULL, DB_ID(who->org),
				 DB_ID(who->network), DB_ID(r->record.id))
			   : e;
}

enum err
round_import_take(struct db *db, struct arena *a, const struct actor *who,
    const struct round_import *of, const struct pairs_in *in)
{
	struct round r;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = round_get(db, a, who, of->round, &r);
	if (e == ERR_OK && round_import_in_way(&r, in, who->now_us) != NULL)
		e = ERR_CONFLICT;
	if (e == ERR_OK)
		e = take(db, a, who, &r, in);
	return e == ERR_OK ? round_import_drop(db, who, of->id) : e;
}
