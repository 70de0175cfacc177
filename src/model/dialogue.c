/* SPDX-License-Identifier: MPL-2.0 */
#include "model/dialogue_parts.h"

#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/webhook.h"

bool
dialogue_is_open(const struct record *r, const struct actor *who)
{
	struct date ends;
	return str_eq(record_value(r, "state"), S("open")) &&
	    (!date_parse(record_value(r, "ends"), &ends) ||
		date_cmp(date_danish(who->now_us), ends) <= 0);
}

static const char SQL_NETWORK[] =
    "SELECT network FROM dialogue"
    " WHERE org = $1 AND id = $2 AND removed_us IS NULL";

enum err
dialogue_network(struct db *db, struct arena *a, const struct actor *program,
    struct id dialogue, struct id *network)
{
	struct db_row row;
	enum err e = db_one(
	    db, a, SQL_NETWORK, &row, DB_ID(program->org), DB_ID(dialogue));
	if (e == ERR_OK)
		*network = db_id(&row, 0);
	return e;
}

/* ---- its state ---- */

static bool
state_is_open(const struct record *r)
{
	return r != NULL && str_eq(record_value(r, "state"), S("open"));
}

enum err
dialogue_changed(struct db *db, struct arena *a, const struct actor *who,
    const struct record *was, const struct record *is)
{
	bool open = state_is_open(is);
	if (open == state_is_open(was))
		return ERR_OK;
	return webhook_notify(db, a, who,
	    open ? S("dialogue.opened") : S("dialogue.closed"),
	    is != NULL ? is->id : was->id);
}

static const char SQL_OPEN[] =
    "SELECT network, id FROM dialogue"
    " WHERE org = $1 AND state = 'open' AND ends <> '' AND ends < $2"
    "   AND removed_us IS NULL";

/* One that may not be saved as it is, e.g. for its activity is gone, takes no
 * votes either; the others are closed all the same. */
static enum err
close_one(struct db *db, struct arena *a, const struct actor *in, struct id id)
{
	struct record r;
	struct record_saved saved;
	enum err e = record_get(db, a, in, KIND_DIALOGUE, id, &r);
	if (e != ERR_OK)
		return e;
	record_set(&r, "state", S("closed"));
	e = record_save_managed(db, a, in, &r, &saved);
	return e == ERR_INVALID ? ERR_OK : e;
}

enum err
dialogue_sweep(struct db *db, struct arena *a, const struct actor *program)
{
	struct db_rows rows;
	struct str today = date_iso(a, date_danish(program->now_us));
	enum err e =
	    db_all(db, a, SQL_OPEN, &rows, DB_ID(program->org), DB_TEXT(today));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct actor in = actor_inside(program, db_id(&rows.row[i], 0));
		e = close_one(db, a, &in, db_id(&rows.row[i], 1));
	}
	return e;
}

/* ---- reading ---- */

static const char SQL_LIST[] =
    "SELECT number, once, text, state, reason, meta, seed, source,"
    " COALESCE(author, -1), at_us, changed_us FROM statement"
    " WHERE org = $1 AND network = $2 AND dialogue = $3 AND state <> 'gone'"
    " ORDER BY number";

enum err
statement_list(struct db *db, struct arena *a, const struct actor *who,
    struct id dialogue, struct statements *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue));
	if (e != ERR_OK)
		return e;
	*out =
	    (struct statements){arena_new(a, struct statement, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct statement){.number = db_int(row, 0),
		    .once = db_id(row, 1),
		    .text = db_text(row, 2),
		    .state = db_text(row, 3),
		    .reason = db_text(row, 4),
		    .meta = db_int(row, 5) != 0,
		    .seed = db_int(row, 6) != 0,
		    .source = db_text(row, 7),
		    .author = db_int(row, 8),
		    .at_us = db_int(row, 9),
		    .changed_us = db_int(row, 10)};
	}
	return ERR_OK;
}

/* ---- writing ---- */

const char *
statement_check(struct str text)
{
	if (utf8_blank(text))
		return N_("Write the statement.");
	if (cpr_find(text).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you send.");
	if (utf8_length(text) > STATEMENT_MAX)
		return N_("A statement says one thing. Make it shorter.");
	return NULL;
}

static const char SQL_NEXT[] =
    "SELECT number FROM statement"
    " WHERE org = $1 AND network = $2 AND dialogue = $3"
    " ORDER BY number DESC LIMIT 1";

static const char SQL_ADD[] =
    "INSERT INTO statement (org, network, dialogue, number, once, text, state,"
    " reason, meta, seed, source, author, account, at_us, changed_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, $10, $11, $12, $13, $13)"
    " ON CONFLICT (org, network, dialogue, once) DO NOTHING";

enum err
statement_put(struct db *db, struct arena *a, const struct actor *who,
    struct id dialogue, const struct statement *s)
{
	struct db_row row;
	int64_t number = 0;
	enum err e = db_one(db, a, SQL_NEXT, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue));
	if (e == ERR_OK)
		number = db_int(&row, 0) + 1;
	else if (e != ERR_NOT_FOUND)
		return e;
	if (number >= STATEMENTS_MAX)
		return ERR_TOO_LARGE;
	e = db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(dialogue), DB_INT(number), DB_ID(s->once),
	    DB_TEXT(str_trim(s->text)), DB_TEXT(s->state), DB_INT(s->meta),
	    DB_INT(s->seed), DB_TEXT(s->source),
	    s->author < 0 ? DB_NULL : DB_INT(s->author), DB_ID(who->account),
	    DB_INT(who->now_us));
	return e == ERR_OK ? audit_add(db, a, who, S("statement.add"), dialogue)
			   : e;
}

enum err
statement_add(struct db *db, struct arena *a, const struct actor *who,
    struct id dialogue, const struct statement *s)
{
	struct record r;
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	if (statement_check(s->text) != NULL || !id_is_set(s->once))
		return ERR_INVALID;
	enum err e = record_get(db, a, who, KIND_DIALOGUE, dialogue, &r);
	if (e != ERR_OK)
		return e;
	struct statement mine = *s;
	mine.state = S("shown");
	mine.author = -1;
	return statement_put(db, a, who, dialogue, &mine);
}

static const char SQL_MODERATE[] =
    "UPDATE statement SET state = $5, reason = $6, meta = $7, account = $8,"
    " changed_us = $9 WHERE org = $1 AND network = $2 AND dialogue = $3"
    " AND number = $4 AND state <> 'gone'";

enum err
statement_moderate(struct db *db, struct arena *a, const struct actor *who,
    struct id dialogue, const struct statement *s)
{
	int64_t changed;
	bool refused = str_eq(s->state, S("refused"));
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (!refused && !str_eq(s->state, S("shown")) &&
	    !str_eq(s->state, S("waiting")))
		return ERR_INVALID;
	if (refused && utf8_blank(s->reason))
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_MODERATE, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue), DB_INT(s->number),
	    DB_TEXT(s->state), DB_TEXT(refused ? str_trim(s->reason) : S("")),
	    DB_INT(s->meta), DB_ID(who->account), DB_INT(who->now_us));
	if (e == ERR_OK && changed == 0)
		return ERR_NOT_FOUND;
	return e == ERR_OK
	    ? audit_add(db, a, who, S("statement.moderate"), dialogue)
	    : e;
}

/* ---- for who computes ---- */

static const char SQL_SINCE[] =
    "SELECT seq, voter, statement, vote, at_us FROM vote"
    " WHERE org = $1 AND network = $2 AND dialogue = $3 AND seq > $4"
    " ORDER BY seq LIMIT $5";

enum err
vote_since(struct db *db, struct arena *a, const struct actor *who,
    struct vote_rows *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_SINCE, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(out->dialogue), DB_INT(out->after),
	    DB_INT(VOTE_ROWS_MAX));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct vote_row, rows.n);
	out->n = rows.n;
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct vote_row){db_int(row, 0),
		    (int32_t)db_int(row, 1), (int32_t)db_int(row, 2),
		    (int8_t)db_int(row, 3), db_int(row, 4)};
	}
	return ERR_OK;
}

static const char SQL_SUMS[] =
    "SELECT v.statement, v.vote, COUNT(*) FROM vote v"
    " WHERE v.org = $1 AND v.network = $2 AND v.dialogue = $3"
    " GROUP BY v.statement, v.vote ORDER BY v.statement";

/* Answers that the same person gave anew; few do. */
static const char SQL_ANEW[] =
    "SELECT o.statement, o.vote, -COUNT(*) FROM"
    "  (SELECT w.org, w.voter, w.statement, MAX(w.seq) AS seq FROM vote w"
    "   WHERE w.org = $1 AND w.network = $2 AND w.dialogue = $3"
    "   GROUP BY w.org, w.network, w.dialogue, w.voter, w.statement"
    "   HAVING COUNT(*) > 1) m CROSS JOIN vote o"
    " WHERE m.org = $1 AND o.org = $1 AND o.network = $2 AND o.dialogue = $3"
    "  AND o.voter = m.voter AND o.statement = m.statement AND o.seq < m.seq"
    " GROUP BY o.statement, o.vote ORDER BY o.statement";

static void
add_sum(struct vote_sum *sum, int64_t vote, int64_t n)
{
	if (vote == VOTE_AGREE)
		sum->agree += n;
	else if (vote == VOTE_DISAGREE)
		sum->disagree += n;
	else
		sum->pass += n;
}

/* What was answered anew is of a statement that somebody answers. */
static void
add_sums(const struct db_rows *all, const struct db_rows *anew,
    struct vote_sums *out)
{
	ptrdiff_t at = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct db_row *row = &all->row[i];
		int64_t statement = db_int(row, 0);
		if (i == 0 || out->list[out->n - 1].statement != statement)
			out->list[out->n++] =
			    (struct vote_sum){.statement = statement};
		add_sum(&out->list[out->n - 1], db_int(row, 1), db_int(row, 2));
	}
	for (ptrdiff_t i = 0; i < anew->n; i++) {
		const struct db_row *row = &anew->row[i];
		while (at < out->n && out->list[at].statement < db_int(row, 0))
			at++;
		if (at < out->n && out->list[at].statement == db_int(row, 0))
			add_sum(&out->list[at], db_int(row, 1), db_int(row, 2));
	}
}

enum err
vote_sums(struct db *db, struct arena *a, const struct actor *who,
    struct id dialogue, struct vote_sums *out)
{
	struct db_rows all, anew;
	enum err e = db_all(db, a, SQL_SUMS, &all, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_ANEW, &anew, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(dialogue));
	if (e != ERR_OK)
		return e;
	*out = (struct vote_sums){arena_new(a, struct vote_sum, all.n), 0};
	add_sums(&all, &anew, out);
	return ERR_OK;
}

static const char SQL_VOTERS[] =
    "SELECT COUNT(*) FROM voter v"
    " WHERE v.org = $1 AND v.network = $2 AND v.dialogue = $3"
    "  AND EXISTS (SELECT 1 FROM vote w JOIN statement s ON s.org = $1"
    "    AND s.network = $2 AND s.dialogue = $3 AND s.number = w.statement"
    "    AND s.state = 'shown'"
    "   WHERE w.org = $1 AND w.network = $2 AND w.dialogue = $3"
    "    AND w.voter = v.number)";

enum err
voter_count(struct db *db, struct arena *a, const struct actor *who,
    struct id dialogue, int64_t *out)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_VOTERS, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue));
	*out = e == ERR_OK ? db_int(&row, 0) : 0;
	return e;
}

static const char SQL_SEQ[] =
    "SELECT seq FROM vote WHERE org = $1 AND network = $2 AND dialogue = $3"
    " ORDER BY seq DESC LIMIT 1";

static const char SQL_ERASED[] =
    "SELECT times FROM dialogue_erased"
    " WHERE org = $1 AND network = $2 AND dialogue = $3";

static const char SQL_CHANGED[] =
    "SELECT MAX(changed_us) FROM statement"
    " WHERE org = $1 AND network = $2 AND dialogue = $3";

enum err
dialogue_mark(struct db *db, struct arena *a, const struct actor *who,
    struct id dialogue, struct dialogue_mark *out)
{
	struct db_row seq, erased, changed;
	*out = (struct dialogue_mark){.seq = -1};
	enum err e = db_one(db, a, SQL_SEQ, &seq, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue));
	if (e == ERR_OK)
		out->seq = db_int(&seq, 0);
	if (e == ERR_OK || e == ERR_NOT_FOUND)
		e = db_one(db, a, SQL_ERASED, &erased, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(dialogue));
	if (e == ERR_OK)
		out->erased = db_int(&erased, 0);
	if (e == ERR_OK || e == ERR_NOT_FOUND)
		e = db_one(db, a, SQL_CHANGED, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(dialogue));
	if (e == ERR_OK)
		out->changed_us = db_int(&changed, 0);
	return e;
}
