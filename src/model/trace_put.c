/* SPDX-License-Identifier: MPL-2.0 */

/* The links of a trace (model/trace.h). */
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/contribution.h"
#include "model/reply.h"
#include "model/trace_parts.h"

const struct choice trace_grades[] = {
    [GRADE_CHANGED] = {"changed", N_("Changed the decision")},
    [GRADE_SHAPED] = {"shaped", N_("Helped to shape it")},
    [GRADE_CONFIRMED] = {"confirmed", N_("Confirmed what we thought")},
    [GRADE_NOT_FOLLOWED] = {"not_followed", N_("Heard, but not followed")},
    [GRADE_OUT_OF_SCOPE] = {"out_of_scope", N_("Outside what we could decide")},
    {0},
};

const char *
trace_sentence(enum grade grade)
{
	static const char *const sentences[GRADES] = {
	    [GRADE_CHANGED] = N_("It changed the decision."),
	    [GRADE_SHAPED] = N_("It helped to shape it."),
	    [GRADE_CONFIRMED] = N_("It confirmed what we thought."),
	    [GRADE_NOT_FOLLOWED] = N_("We heard it, but did not follow it."),
	    [GRADE_OUT_OF_SCOPE] = N_("It was outside what we could decide."),
	};
	return sentences[grade];
}

static const struct str kinds[TRACE_KINDS] = {
    [TRACE_VOICE] = S_INIT("contribution"),
    [TRACE_INSIGHT] = S_INIT("insight"),
    [TRACE_IDEA] = S_INIT("idea"),
};

struct str
trace_kind_key(enum trace_kind kind)
{
	return kinds[kind];
}

bool
trace_kind_parse(struct str key, enum trace_kind *out)
{
	for (int i = 0; i < TRACE_KINDS; i++) {
		if (str_eq(kinds[i], key)) {
			*out = (enum trace_kind)i;
			return true;
		}
	}
	return false;
}

/* ---- reading ---- */

enum grade
trace_grade(struct str key)
{
	const struct choice *c = choice_find(trace_grades, key);
	return c == NULL ? GRADE_OUT_OF_SCOPE : (enum grade)(c - trace_grades);
}

static const char SQL_LINKS[] =
    "SELECT decision, source, kind, grade, words, at_us, account"
    "  FROM influence WHERE org = $1 AND network = $2"
    "   AND (decision = $3 OR $3 IS NULL) AND (source = $4 OR $4 IS NULL)"
    " ORDER BY decision, CASE grade WHEN 'changed' THEN 0 WHEN 'shaped' THEN 1"
    "  WHEN 'confirmed' THEN 2 WHEN 'not_followed' THEN 3 ELSE 4 END, source";

static struct trace_link
read_link(const struct db_row *row)
{
	struct trace_link link = {.decision = db_id(row, 0),
	    .source = db_id(row, 1),
	    .account = db_id(row, 6),
	    .grade = trace_grade(db_text(row, 3)),
	    .words = db_text(row, 4),
	    .at_us = db_int(row, 5)};
	if (!trace_kind_parse(db_text(row, 2), &link.kind))
		link.kind = TRACE_VOICE;
	return link;
}

enum err
trace_links(struct db *db, struct arena *a, const struct actor *who,
    const struct trace_ask *ask, struct trace_links *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_LINKS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(ask->decision), DB_ID(ask->source));
	if (e != ERR_OK)
		return e;
	*out = (struct trace_links){
	    arena_new(a, struct trace_link, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = read_link(&rows.row[i]);
	return ERR_OK;
}

/* ---- linking ---- */

/* It is there, and may be linked by who asks. */
static enum err
check_source(struct db *db, struct arena *a, const struct actor *who,
    const struct trace_link *link)
{
	struct record r;
	struct contribution c;
	if (link->kind == TRACE_INSIGHT)
		return record_get(db, a, who, KIND_INSIGHT, link->source, &r);
	if (link->kind == TRACE_IDEA)
		return record_get(db, a, who, KIND_IDEA, link->source, &r);
	enum err e = contribution_get(db, a, who, link->source, &c);
	if (e == ERR_OK && (str_eq(c.state, S("withdrawn")) || c.restricted))
		return ERR_NOT_FOUND;
	return e;
}

static bool
takes_links(const struct decision *d)
{
	return d->state == DECISION_TAKEN || d->state == DECISION_REASONED;
}

/* Once somebody was answered no grade changes: a voice that came to light since
 * may still get its own, if neither it nor what was made of it has one. */
static enum err
check_told(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, const struct trace_link *link)
{
	bool sent, graded = false;
	struct trace t = {.decision = d, .whose = link->source};
	enum err e = reply_any_sent(db, a, who, d->record.id, &sent);
	if (e != ERR_OK || !sent)
		return e;
	if (link->kind != TRACE_VOICE)
		return ERR_CONFLICT;
	e = trace_load_of(db, a, who, &t);
	for (ptrdiff_t i = 0; e == ERR_OK && i < t.n; i++)
		graded = graded || t.voice[i].via != NULL;
	return e == ERR_OK && graded ? ERR_CONFLICT : e;
}

static const char SQL_PUT[] =
    "INSERT INTO influence (org, network, decision, source, kind, grade, words,"
    " at_us, account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (org, network, decision, source, kind) DO UPDATE SET"
    " grade = $6, words = $7, at_us = $8, account = $9";

static enum err
check(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, const struct trace_link *link)
{
	struct str words = str_trim(link->words);
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (utf8_blank(words) || utf8_length(words) > TRACE_WORDS ||
	    cpr_find(words).n > 0 || link->grade >= GRADES)
		return ERR_INVALID;
	enum err e = check_source(db, a, who, link);
	if (e == ERR_OK && !takes_links(d))
		e = ERR_CONFLICT;
	return e == ERR_OK ? check_told(db, a, who, d, link) : e;
}

static enum err
put(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, const struct trace_link *link)
{
	struct str words = str_trim(link->words);
	enum err e = check(db, a, who, d, link);
	if (e == ERR_OK)
		e = db_exec(db, SQL_PUT, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(d->record.id),
		    DB_ID(link->source), DB_TEXT(kinds[link->kind]),
		    DB_TEXT(str_c(trace_grades[link->grade].key)),
		    DB_TEXT(words), DB_INT(who->now_us), DB_ID(who->account));
	return e == ERR_OK ? audit_add(db, a, who, S("trace.put"), d->record.id)
			   : e;
}

/* Also as it is put: the one before may have been of the same voice. */
enum err
trace_put(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, const struct trace_links *all)
{
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < all->n; i++)
		e = check(db, a, who, d, &all->list[i]);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all->n; i++)
		e = put(db, a, who, d, &all->list[i]);
	return e;
}

static const char SQL_DROP[] =
    "DELETE FROM influence WHERE org = $1 AND network = $2 AND decision = $3"
    " AND source = $4 AND kind = $5";

enum err
trace_drop(struct db *db, struct arena *a, const struct actor *who,
    const struct decision *d, const struct trace_link *link)
{
	bool sent;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = reply_any_sent(db, a, who, d->record.id, &sent);
	if (e == ERR_OK && (sent || !takes_links(d)))
		e = ERR_CONFLICT;
	if (e == ERR_OK)
		e = db_exec(db, SQL_DROP, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(d->record.id),
		    DB_ID(link->source), DB_TEXT(kinds[link->kind]));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("trace.drop"), d->record.id)
	    : e;
}

static const char SQL_FORGET[] =
    "DELETE FROM influence WHERE org = $1 AND network = $2 AND source = $3"
    " AND kind = 'contribution'";
static const char SQL_UNTELL[] = "DELETE FROM told WHERE org = $1"
				 " AND network = $2 AND contribution = $3";

enum err
trace_forget(struct db *db, const struct actor *who, struct id contribution)
{
	enum err e = db_exec(db, SQL_FORGET, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(contribution));
	return e == ERR_OK ? db_exec(db, SQL_UNTELL, NULL, DB_ID(who->org),
				 DB_ID(who->network), DB_ID(contribution))
			   : e;
}
