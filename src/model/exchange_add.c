/* SPDX-License-Identifier: MPL-2.0 */

/* Bringing a conversation in: statements at once, then voters and votes in
 * pieces, each of which may be done again. */
#include "base/lang.h"
#include "model/audit.h"
#include "model/dialogue_parts.h"
#include "model/exchange.h"

enum { VOTES_A_TIME = 12 }; /* votes in a statement of SQL */

/* ---- whether it may ---- */

static const char SQL_STATE[] =
    "SELECT state FROM dialogue_import"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

static enum err
is_begun(struct db *db, struct arena *a, const struct actor *who, struct id id,
    bool *begun)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_STATE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
	if (e == ERR_OK)
		*begun = str_eq(db_text(&row, 0), S("begun"));
	return e;
}

/* Nobody votes while votes come in. */
static enum err
is_quiet(struct db *db, struct arena *a, const struct actor *who,
    const struct exchange_import *of)
{
	struct record r;
	enum err e = record_get(db, a, who, KIND_DIALOGUE, of->dialogue, &r);
	if (e != ERR_OK || of->votes.n == 0)
		return e;
	return dialogue_is_open(&r, who) ? ERR_CONFLICT : ERR_OK;
}

static const char SQL_ANY_STATEMENT[] =
    "SELECT number FROM statement"
    " WHERE org = $1 AND network = $2 AND dialogue = $3"
    " ORDER BY number DESC LIMIT 1";

static const char SQL_ANY_VOTER[] =
    "SELECT number FROM voter"
    " WHERE org = $1 AND network = $2 AND dialogue = $3 LIMIT 1";

/* The number of the next statement. */
static enum err
next_statement(struct db *db, struct arena *a, const struct actor *who,
    struct id dialogue, int64_t *next)
{
	struct db_row row;
	*next = 0;
	enum err e = db_one(db, a, SQL_ANY_STATEMENT, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue));
	if (e == ERR_OK)
		*next = db_int(&row, 0) + 1;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err
is_empty(
    struct db *db, struct arena *a, const struct actor *who, struct id dialogue)
{
	struct db_row row;
	int64_t next;
	enum err e = next_statement(db, a, who, dialogue, &next);
	if (e != ERR_OK || next > 0)
		return e == ERR_OK ? ERR_CONFLICT : e;
	e = db_one(db, a, SQL_ANY_VOTER, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue));
	if (e == ERR_OK)
		return ERR_CONFLICT;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
exchange_may(struct db *db, struct arena *a, const struct actor *who,
    const struct exchange_import *of)
{
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = is_quiet(db, a, who, of);
	return e == ERR_OK && of->votes.n > 0
	    ? is_empty(db, a, who, of->dialogue)
	    : e;
}

/* ---- statements ---- */

static const char SQL_STATEMENT[] =
    "INSERT INTO statement (org, network, dialogue, number, once, text, state,"
    " reason, meta, seed, source, author, account, at_us, changed_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'import', $11, $12,"
    " $13, $14) ON CONFLICT (org, network, dialogue, once) DO NOTHING";

static const char *const states[EXCHANGE_STATES] = {
    "shown", "waiting", "refused", "gone"};

/* The same for the same statement of the same file. */
static struct id
once_of(struct id import, int64_t number)
{
	for (int k = 0; k < 4; k++)
		import.b[15 - k] = (unsigned char)((number + 1) >> (8 * k));
	return import;
}

static enum err
add_statement(struct db *db, const struct actor *who,
    const struct exchange_import *of, const struct exchange_statement *s,
    int64_t first)
{
	struct str reason = s->state == EXCHANGE_REFUSED
	    ? tr(who->lang, N_("It was turned down where it comes from."))
	    : S("");
	return db_exec(db, SQL_STATEMENT, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(of->dialogue), DB_INT(first + s->number),
	    DB_ID(once_of(of->id, s->number)), DB_TEXT(s->text),
	    DB_TEXT(str_c(states[s->state])), DB_TEXT(reason), DB_INT(s->meta),
	    DB_INT(s->seed), s->author < 0 ? DB_NULL : DB_INT(s->author),
	    DB_ID(who->account), DB_INT(s->at_us < 0 ? who->now_us : s->at_us),
	    DB_INT(who->now_us));
}

static const char SQL_BEGUN[] =
    "UPDATE dialogue_import SET state = 'begun'"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
exchange_begin(struct db *db, struct arena *a, const struct actor *who,
    const struct exchange_import *of, const struct exchange_in *in)
{
	bool begun = false;
	int64_t first = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = is_begun(db, a, who, of->id, &begun);
	if (e != ERR_OK || begun)
		return e;
	e = exchange_may(db, a, who, of);
	if (e == ERR_OK)
		e = next_statement(db, a, who, of->dialogue, &first);
	if (e == ERR_OK && first + in->n > STATEMENTS_MAX)
		return ERR_TOO_LARGE;
	for (ptrdiff_t i = 0; e == ERR_OK && i < in->n; i++)
		e = add_statement(db, who, of, &in->list[i], first);
	if (e == ERR_OK)
		e = audit_add(db, a, who, S("dialogue.import"), of->dialogue);
	return e == ERR_OK
	    ? db_exec(db, SQL_BEGUN, NULL, DB_ID(who->org), DB_ID(who->network),
		  DB_ID(of->id), DB_ID(who->account))
	    : e;
}

/* ---- voters and votes ---- */

static const char SQL_VOTER[] =
    "INSERT INTO voter (org, network, dialogue, number, key, way, since_us)"
    " VALUES ($1, $2, $3, $4, $5, 'import', $6)"
    " ON CONFLICT (org, network, dialogue, number) DO NOTHING";

static enum err
add_voters(
    struct db *db, const struct actor *who, const struct exchange_piece *p)
{
	enum err e = ERR_OK;
	for (ptrdiff_t i = p->from; e == ERR_OK && i < p->to; i++) {
		struct voter v = voter_of(
		    who, p->of->dialogue, VOTER_IMPORT, p->in->voter[i]);
		e = db_exec(db, SQL_VOTER, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(p->of->dialogue), DB_INT(i),
		    DB_HASH(v.key), DB_INT(who->now_us));
	}
	return e;
}

static const char SQL_VOTE[] =
    "INSERT INTO vote (org, network, dialogue, seq, voter, statement, vote,"
    " at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (org, network, dialogue, seq) DO NOTHING";

/* Twelve at once: a round trip each would take PostgreSQL ten times as long. */
static const char SQL_VOTES[] =
    "INSERT INTO vote (org, network, dialogue, seq, voter, statement, vote,"
    " at_us) VALUES"
    " ($1, $2, $3, $4, $5, $6, $7, $8),"
    " ($1, $2, $3, $9, $10, $11, $12, $13),"
    " ($1, $2, $3, $14, $15, $16, $17, $18),"
    " ($1, $2, $3, $19, $20, $21, $22, $23),"
    " ($1, $2, $3, $24, $25, $26, $27, $28),"
    " ($1, $2, $3, $29, $30, $31, $32, $33),"
    " ($1, $2, $3, $34, $35, $36, $37, $38),"
    " ($1, $2, $3, $39, $40, $41, $42, $43),"
    " ($1, $2, $3, $44, $45, $46, $47, $48),"
    " ($1, $2, $3, $49, $50, $51, $52, $53),"
    " ($1, $2, $3, $54, $55, $56, $57, $58),"
    " ($1, $2, $3, $59, $60, $61, $62, $63)"
    " ON CONFLICT (org, network, dialogue, seq) DO NOTHING";

enum { SHARED = 3, EACH = 5, VALUES = SHARED + VOTES_A_TIME * EACH };

/* At most VOTES_A_TIME from `from`. */
static enum err
add_some(struct db *db, const struct actor *who, const struct exchange_piece *p,
    ptrdiff_t from, ptrdiff_t n)
{
	const struct exchange_in *in = p->in;
	struct db_value v[VALUES + 1] = {
	    DB_ID(who->org), DB_ID(who->network), DB_ID(p->of->dialogue)};
	ptrdiff_t at = SHARED;
	for (ptrdiff_t i = from; i < from + n; i++) {
		int64_t at_us = in->time_us != NULL ? in->time_us[i] : -1;
		v[at++] = DB_INT(i);
		v[at++] = DB_INT(in->votes.person[i]);
		v[at++] = DB_INT(in->votes.statement[i]);
		v[at++] = DB_INT(in->votes.vote[i]);
		v[at++] = DB_INT(at_us < 0 ? who->now_us : at_us);
	}
	v[at] = DB_NONE;
	return n == 1 ? db_exec_v(db, SQL_VOTE, NULL, v)
		      : db_exec_v(db, SQL_VOTES, NULL, v);
}

static enum err
add_votes(struct db *db, const struct actor *who,
    const struct exchange_piece *p, ptrdiff_t from, ptrdiff_t to)
{
	enum err e = ERR_OK;
	while (e == ERR_OK && from < to) {
		ptrdiff_t n = to - from < VOTES_A_TIME ? 1 : VOTES_A_TIME;
		e = add_some(db, who, p, from, n);
		from += n;
	}
	return e;
}

enum err
exchange_add(struct db *db, struct arena *a, const struct actor *who,
    const struct exchange_piece *p)
{
	bool begun = false;
	ptrdiff_t voters = p->in->voters;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = is_begun(db, a, who, p->of->id, &begun);
	if (e == ERR_OK && !begun)
		e = ERR_CONFLICT;
	if (e == ERR_OK)
		e = is_quiet(db, a, who, p->of);
	struct exchange_piece people = *p;
	people.to = p->to < voters ? p->to : voters;
	if (e == ERR_OK)
		e = add_voters(db, who, &people);
	ptrdiff_t from = p->from > voters ? p->from - voters : 0;
	return e == ERR_OK ? add_votes(db, who, p, from, p->to - voters) : e;
}

/* ---- the end of it ---- */

static const char SQL_SOURCE[] =
    "INSERT INTO dialogue_source (org, network, dialogue, import, open, at_us,"
    " account) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network, dialogue) DO NOTHING";

enum err
exchange_end(struct db *db, struct arena *a, const struct actor *who,
    const struct exchange_import *of)
{
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = ERR_OK;
	if (of->votes.n > 0)
		e = db_exec(db, SQL_SOURCE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(of->dialogue), DB_ID(of->id),
		    DB_INT(of->open), DB_INT(who->now_us), DB_ID(who->account));
	return e == ERR_OK ? exchange_drop(db, a, who, of->id) : e;
}

static const char SQL_OPEN[] =
    "SELECT open FROM dialogue_source"
    " WHERE org = $1 AND network = $2 AND dialogue = $3";

static const char SQL_OTHERS[] =
    "SELECT number FROM voter WHERE org = $1 AND network = $2"
    " AND dialogue = $3 AND way <> 'import' LIMIT 1";

/* Not once others have answered too. */
enum err
exchange_is_open(struct db *db, struct arena *a, const struct actor *who,
    struct id dialogue, bool *open)
{
	struct db_row row;
	*open = false;
	enum err e = db_one(db, a, SQL_OPEN, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue));
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	bool said = db_int(&row, 0) != 0;
	e = db_one(db, a, SQL_OTHERS, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue));
	*open = said && e == ERR_NOT_FOUND;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}
