/* SPDX-License-Identifier: MPL-2.0 */
#include "model/reply.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/setting.h"

const struct choice reply_reactions[] = {
    {"recognise", N_("I recognise what you write")},
    {"disagree", N_("I do not agree")},
    {"question", N_("I have a question")},
    {0},
};

/* ---- everybody who is owed one ---- */

static const char SQL_PEOPLE[] =
    "SELECT p.id, p.number, p.alias, p.channel, p.state, r.words, r.channel,"
    " COALESCE(r.sent_us, 0), r.reaction, r.reaction_words,"
    " COALESCE(r.reaction_us, 0), COALESCE(r.seen_us, 0), r.unsent,"
    " p.lang"
    "  FROM person p LEFT JOIN reply r ON r.org = $1 AND r.network = $2"
    "   AND r.decision = $3 AND r.person = p.id"
    " WHERE p.org = $1 AND p.network = $2 AND p.state <> 'erased'"
    "   AND (p.id = $4 OR $4 IS NULL)"
    " ORDER BY p.id";

static struct str
text_or_none(const struct db_row *row, int column)
{
	return db_is_null(row, column) ? S("") : db_text(row, column);
}

static struct reply_to
read_reply(
    const struct actor *who, const struct trace *t, const struct db_row *row)
{
	bool people = actor_may(who, CAP_PEOPLE);
	return (struct reply_to){.trace = t,
	    .decision = t->decision->record.id,
	    .person = db_id(row, 0),
	    .number = people ? db_int(row, 1) : 0,
	    .alias = people ? db_text(row, 2) : S(""),
	    .wanted = people ? db_text(row, 3) : S(""),
	    .state = people ? db_text(row, 4) : S(""),
	    .words = people ? text_or_none(row, 5) : S(""),
	    .channel = text_or_none(row, 6),
	    .sent_us = db_int(row, 7),
	    .reaction = text_or_none(row, 8),
	    .reaction_words = people ? text_or_none(row, 9) : S(""),
	    .reaction_us = db_int(row, 10),
	    .seen_us = db_int(row, 11),
	    .unsent = people ? text_or_none(row, 12) : S(""),
	    .lang = people ? db_text(row, 13) : S("")};
}

/* ---- who is told the same ---- */

static const struct trace_link *
link_of(const struct reply_to *r, ptrdiff_t i)
{
	return trace_told(r->trace, &r->trace->said[r->first + i]);
}

static int
compare_links(const struct trace_link *x, const struct trace_link *y)
{
	if (x == NULL || y == NULL)
		return (x != NULL) - (y != NULL);
	int c =
	    ((int)x->grade > (int)y->grade) - ((int)x->grade < (int)y->grade);
	return c != 0 ? c : str_cmp(x->words, y->words);
}

/* By the words to them alone, then link by link. */
static int
compare(const struct reply_to *x, const struct reply_to *y)
{
	int c = str_cmp(x->words, y->words);
	if (c == 0)
		c = str_cmp(x->unsent, y->unsent);
	for (ptrdiff_t i = 0; c == 0 && i < x->n && i < y->n; i++)
		c = compare_links(link_of(x, i), link_of(y, i));
	return c != 0 ? c : (x->n > y->n) - (x->n < y->n);
}

static int
by_told(const void *x, const void *y)
{
	const struct reply_to *p = *(const struct reply_to *const *)x;
	const struct reply_to *q = *(const struct reply_to *const *)y;
	int c = compare(p, q);
	return c != 0 ? c : id_cmp(p->person, q->person);
}

static void
number_alike(struct arena *a, struct replies *all)
{
	struct reply_to **sorted = arena_new(a, struct reply_to *, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		sorted[i] = &all->list[i];
	if (all->n > 0)
		qsort(
		    sorted, (size_t)all->n, sizeof(struct reply_to *), by_told);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (i > 0 && compare(sorted[i - 1], sorted[i]) != 0)
			all->n_alike++;
		sorted[i]->alike = all->n_alike;
	}
	all->n_alike += all->n > 0;
}

/* ---- the list ---- */

bool
reply_is_owed(const struct reply_to *r)
{
	return r->n > 0 && (r->sent_us == 0 || r->untold > 0);
}

static void
take_said(struct reply_to *r, const struct trace_said *said)
{
	r->n++;
	r->open += trace_told(r->trace, said) == NULL;
	r->untold += said->told == NULL;
}

/* The said[] of a trace stand by person, and so do the rows. */
static void
merge(const struct actor *who, const struct trace *t,
    const struct db_rows *rows, struct replies *out)
{
	ptrdiff_t at = 0;
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		struct reply_to r = read_reply(who, t, &rows->row[i]);
		while (
		    at < t->n_said && id_cmp(t->said[at].person, r.person) < 0)
			at++;
		for (r.first = at;
		     at < t->n_said && id_eq(t->said[at].person, r.person);
		     at++)
			take_said(&r, &t->said[at]);
		if (r.n == 0 && r.sent_us == 0)
			continue;
		out->owed += reply_is_owed(&r);
		out->list[out->n++] = r;
	}
}

enum err
reply_list(struct db *db, struct arena *a, const struct actor *who,
    const struct trace *t, struct replies *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_PEOPLE, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(t->decision->record.id),
	    DB_ID(t->whose));
	if (e != ERR_OK)
		return e;
	*out = (struct replies){.list = arena_new(a, struct reply_to, rows.n)};
	merge(who, t, &rows, out);
	number_alike(a, out);
	return ERR_OK;
}

const struct reply_to *
reply_find(const struct replies *all, struct id person)
{
	ptrdiff_t low = 0, high = all->n;
	while (low < high) {
		ptrdiff_t middle = low + (high - low) / 2;
		int c = id_cmp(all->list[middle].person, person);
		if (c == 0)
			return &all->list[middle];
		if (c < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static const char SQL_ANY[] =
    "SELECT COUNT(*) FROM reply WHERE org = $1 AND network = $2"
    " AND decision = $3 AND sent_us IS NOT NULL";

enum err
reply_any_sent(struct db *db, struct arena *a, const struct actor *who,
    struct id decision, bool *sent)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_ANY, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(decision));
	*sent = e == ERR_OK && db_int(&row, 0) > 0;
	return e;
}

enum err
reply_due(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, struct date *out)
{
	struct settings_now now;
	enum err e = setting_list(db, a, who, &now);
	*out = (struct date){0};
	if (e == ERR_OK && date_parse(record_value(&d->record, "taken"), out))
		*out = date_from_days(date_days(*out) +
		    setting_number(&now, S("first_answer_days")));
	return e;
}

/* ---- writing and sending ---- */

static const char SQL_WORD[] =
    "INSERT INTO reply (org, network, decision, person, words, unsent,"
    " channel, reaction, reaction_words)"
    " VALUES ($1, $2, $3, $4, '', $5, '', '', '')"
    " ON CONFLICT (org, network, decision, person) DO UPDATE SET unsent = $5";

enum err
reply_word(struct db *db, struct arena *a, const struct actor *who,
    const struct reply_to *r)
{
	struct person p;
	struct str words = str_trim(r->unsent);
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (utf8_length(words) > REPLY_WORDS || cpr_find(words).n > 0)
		return ERR_INVALID;
	if (!reply_is_owed(r))
		return ERR_CONFLICT;
	enum err e = person_get(db, a, who, r->person, &p);
	if (e == ERR_OK)
		e = db_exec(db, SQL_WORD, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r->decision), DB_ID(r->person),
		    DB_TEXT(words));
	return e == ERR_OK ? audit_add(db, a, who, S("reply.word"), r->person)
			   : e;
}

/* $9 parts the words of one answer from those of the next. */
static const char SQL_SEND[] =
    "INSERT INTO reply (org, network, decision, person, words, unsent,"
    " channel, sent_us, account, reaction, reaction_words)"
    " VALUES ($1, $2, $3, $4, '', '', $5, $6, $7, '', '')"
    " ON CONFLICT (org, network, decision, person) DO UPDATE SET"
    " channel = $5, sent_us = $6, account = $7, unsent = '',"
    " words = CASE WHEN reply.words = '' OR reply.unsent = ''"
    "  THEN reply.words || reply.unsent"
    "  ELSE reply.words || $9 || reply.unsent END"
    " WHERE reply.sent_us IS NULL OR $8 > 0";

static const char SQL_SAID[] =
    "UPDATE contribution SET rev = rev + 1, changed_us = $4, changed_by = $5,"
    " state = 'answered', reason = CASE WHEN $6 = '' THEN reason ELSE $6 END"
    " WHERE org = $1 AND network = $2 AND id = $3"
    "   AND state IN ('reviewed', 'approved', 'used', 'not_used')";

/* What was not followed says why, as what is not used does. */
static enum err
settle(struct db *db, const struct actor *who, const struct reply_to *r)
{
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < r->n; i++) {
		const struct trace_link *link = link_of(r, i);
		bool used = link->grade <= GRADE_CONFIRMED;
		e = trace_tell(
		    db, who, r->trace, &r->trace->said[r->first + i]);
		if (e != ERR_OK)
			return e;
		e = db_exec(db, SQL_SAID, NULL, DB_ID(who->org),
		    DB_ID(who->network),
		    DB_ID(r->trace->said[r->first + i].contribution),
		    DB_INT(who->now_us), DB_ID(who->account),
		    DB_TEXT(used ? S("") : link->words));
	}
	return e;
}

enum err
reply_send(struct db *db, struct arena *a, const struct actor *who,
    const struct reply_to *r)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (r->trace->decision->state < DECISION_REASONED)
		return ERR_CONFLICT;
	if (r->open > 0 || r->n == 0)
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_SEND, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->decision), DB_ID(r->person),
	    DB_TEXT(r->channel), DB_INT(who->now_us), DB_ID(who->account),
	    DB_INT(r->untold), DB_TEXT(S("\n\n")));
	if (e != ERR_OK || changed == 0)
		return e;
	e = settle(db, who, r);
	return e == ERR_OK ? audit_add(db, a, who, S("reply.send"), r->person)
			   : e;
}

/* ---- on their page ---- */

static const char SQL_SHOWN[] =
    "SELECT decision FROM reply WHERE org = $1 AND network = $2"
    " AND person = $3 AND sent_us IS NOT NULL ORDER BY sent_us DESC, decision"
    " LIMIT $4";

/* What they said since, and what is said to it, is in the next answer. */
static void
keep_told(struct reply_to *r, struct reply_parts *parts)
{
	ptrdiff_t n = 0;
	r->unsent = S("");
	for (ptrdiff_t i = 0; i < parts->n; i++) {
		if (r->trace->said[r->first + i].told != NULL)
			parts->list[n++] = parts->list[i];
	}
	parts->n = n;
}

static enum err
show_one(struct db *db, struct arena *a, const struct citizen *c,
    struct id decision, struct reply_shown *out)
{
	struct replies all;
	const struct actor *in = &c->in;
	out->trace =
	    (struct trace){.decision = &out->decision, .whose = c->person.id};
	enum err e = decision_get(db, a, in, decision, &out->decision);
	if (e == ERR_OK)
		e = trace_load_of(db, a, in, &out->trace);
	if (e == ERR_OK)
		e = reply_list(db, a, in, &out->trace, &all);
	if (e != ERR_OK || all.n == 0)
		return e == ERR_OK ? ERR_NOT_FOUND : e;
	out->reply = all.list[0];
	e = reply_parts(db, a, in, &out->reply, &out->parts);
	keep_told(&out->reply, &out->parts);
	return e == ERR_OK ? decision_news(db, a, in, decision, &out->news) : e;
}

enum err
reply_shown(struct db *db, struct arena *a, const struct citizen *c,
    struct replies_shown *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_SHOWN, &rows, DB_ID(c->in.org),
	    DB_ID(c->in.network), DB_ID(c->person.id), DB_INT(REPLIES_SHOWN));
	if (e != ERR_OK)
		return e;
	*out = (struct replies_shown){
	    .list = arena_new(a, struct reply_shown, rows.n)};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		e = show_one(
		    db, a, c, db_id(&rows.row[i], 0), &out->list[out->n]);
		out->n += e == ERR_OK;
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
	}
	return ERR_OK;
}

static const char SQL_COUNT[] =
    "SELECT COUNT(*) FROM reply WHERE org = $1 AND network = $2"
    " AND person = $3 AND sent_us IS NOT NULL";

enum err
reply_count(
    struct db *db, struct arena *a, const struct citizen *c, int64_t *out)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_COUNT, &row, DB_ID(c->in.org),
	    DB_ID(c->in.network), DB_ID(c->person.id));
	*out = e == ERR_OK ? db_int(&row, 0) : 0;
	return e;
}

static const char SQL_REACT[] =
    "UPDATE reply SET reaction = $5, reaction_words = $6, reaction_us = $7,"
    " seen_us = NULL WHERE org = $1 AND network = $2 AND decision = $3"
    " AND person = $4 AND sent_us IS NOT NULL";

enum err
reply_react(struct db *db, struct arena *a, const struct citizen *c,
    const struct reply_reaction *r)
{
	int64_t changed = 0;
	const struct actor *in = &c->in;
	struct str words = str_trim(r->words);
	bool asks = str_eq(r->reaction, S("question"));
	if (choice_find(reply_reactions, r->reaction) == NULL ||
	    utf8_length(words) > REPLY_REACTION || cpr_find(words).n > 0 ||
	    (asks && utf8_blank(words)))
		return ERR_INVALID;
	if (c->needs_guardian)
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_REACT, &changed, DB_ID(in->org),
	    DB_ID(in->network), DB_ID(r->decision), DB_ID(c->person.id),
	    DB_TEXT(r->reaction), DB_TEXT(words), DB_INT(in->now_us));
	if (e == ERR_OK && changed == 0)
		return ERR_NOT_FOUND;
	return e == ERR_OK
	    ? audit_add(db, a, in, S("reply.react"), c->person.id)
	    : e;
}

static const char SQL_SEEN[] =
    "UPDATE reply SET seen_us = $5 WHERE org = $1 AND network = $2"
    " AND decision = $3 AND person = $4 AND reaction <> ''";

enum err
reply_seen(struct db *db, struct arena *a, const struct actor *who,
    struct id decision, struct id person)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_SEEN, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(decision), DB_ID(person),
	    DB_INT(who->now_us));
	if (e == ERR_OK && changed == 0)
		return ERR_NOT_FOUND;
	return e == ERR_OK ? audit_add(db, a, who, S("reply.seen"), person) : e;
}

static const char SQL_WAITS[] =
    "SELECT MIN(t.at_us) - c.at_us FROM told t JOIN contribution c"
    "   ON c.org = $1 AND c.network = $2 AND c.id = t.contribution"
    "   AND c.at_us < t.at_us"
    " WHERE t.org = $1 AND t.network = $2 GROUP BY c.id, c.at_us";

enum err
reply_waits(struct db *db, struct arena *a, const struct actor *who,
    struct reply_waits *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(
	    db, a, SQL_WAITS, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct reply_waits){arena_new(a, int64_t, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->us[i] = db_int(&rows.row[i], 0);
	return ERR_OK;
}

static const char SQL_ERASE[] =
    "DELETE FROM reply WHERE org = $1 AND network = $2 AND person = $3";

enum err
reply_erase(struct db *db, const struct actor *who, struct id person)
{
	return db_exec(db, SQL_ERASE, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
}
