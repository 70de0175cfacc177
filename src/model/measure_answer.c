/* SPDX-License-Identifier: MPL-2.0 */

/* Who answers a measurement, and what (model/measure.h). */
#include <string.h>

#include "base/buf.h"
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/guardian.h"
#include "model/measure_parts.h"
#include "model/outbox.h"

/* ---- who ---- */

/* `kind`: 'p' a person, 'o' a pseudonym. */
static struct hash
key_of(struct arena *a, const struct actor *who, struct id measure, char kind,
    struct str id)
{
	return actor_stand_in(
	    a, who, &(struct stand_in){"measure ", measure, kind, id});
}

struct hash
measure_person_key(struct arena *a, const struct actor *who, struct id measure,
    struct id person)
{
	return key_of(a, who, measure, 'p', id_text(a, person));
}

static int64_t
round_of(const struct measure *m)
{
	const struct measure_round *now = measure_now(m);
	return now != NULL ? now->number : 0;
}

struct respondent
measure_citizen(
    struct arena *a, const struct measure *m, const struct citizen *c)
{
	struct respondent r = {.measure = m,
	    .round = round_of(m),
	    .way = "code",
	    .group = c->person.group,
	    .who = measure_person_key(a, &c->in, m->record.id, c->person.id)};
	struct id group;
	if (str_eq(c->person.state, S("stopped")))
		r.refused = N_("You have stopped. So we ask you no more.");
	else if (c->needs_guardian)
		r.refused = N_("A parent must say yes first. We will help you "
			       "ask them.");
	else if (id_parse(record_value(&m->record, "target_group"), &group) &&
	    !id_eq(group, c->person.group))
		r.refused = N_("This one is for others.");
	return r;
}

struct str
measure_code_normal(struct arena *a, struct str typed)
{
	struct str folded = utf8_fold(a, typed);
	struct buf b = buf_new(a, 4096);
	for (ptrdiff_t i = 0; i < folded.n; i++) {
		if (folded.p[i] != ' ' && folded.p[i] != '-')
			buf_byte(&b, folded.p[i]);
	}
	return buf_str(&b);
}

bool
measure_code_number(struct arena *a, struct str code, int64_t *number)
{
	struct str plain = measure_code_normal(a, code);
	return plain.n > 1 && plain.p[0] == 'k' &&
	    str_int(str_sub(plain, 1, plain.n), number);
}

struct respondent
measure_pseudonym(struct arena *a, const struct actor *who,
    const struct measure *m, struct str code)
{
	return (struct respondent){.measure = m,
	    .round = round_of(m),
	    .way = "link",
	    .who = key_of(
		a, who, m->record.id, 'o', measure_code_normal(a, code))};
}

/* Who types papers may not be one who sees people: no more than this is read. */
static const char SQL_PERSON[] =
    "SELECT id, target_group, age, guardian FROM person WHERE org = $1 AND "
    "network = $2"
    " AND number = $3 AND state NOT IN ('stopped', 'erased')";

enum err
measure_on_paper(struct db *db, struct arena *a, const struct actor *who,
    const struct measure *m, struct respondent *out)
{
	int64_t number;
	struct db_row row;
	struct person p;
	bool missing = false;
	struct str code = out->code;
	*out = measure_pseudonym(a, who, m, code);
	out->way = "paper";
	out->code = code;
	if (!measure_code_number(a, code, &number))
		return ERR_OK;
	enum err e = db_one(db, a, SQL_PERSON, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_INT(number));
	if (e != ERR_OK)
		return e;
	p = (struct person){.id = db_id(&row, 0),
	    .group = db_id(&row, 1),
	    .age = db_text(&row, 2),
	    .guardian = db_text(&row, 3)};
	e = guardian_asked(db, a, who, &p, &missing);
	out->who = measure_person_key(a, who, m->record.id, p.id);
	out->group = p.group;
	if (missing)
		out->refused = N_("A parent must say yes first.");
	return e;
}

const char *
measure_code_fault(struct str code)
{
	if (utf8_length(code) < MEASURE_CODE_LEAST)
		return N_("Your code must have six letters or digits, or "
			  "more.");
	if (utf8_length(code) > MEASURE_CODE)
		return N_("Your code is too long.");
	if (cpr_find(code).n > 0)
		return N_("It looks like a CPR number. Choose another code.");
	return NULL;
}

/* ---- a reply as text ---- */

struct str
measure_reply_text(
    struct arena *a, const struct measure *m, const struct measure_reply *r)
{
	struct buf b = buf_new(a, 2 * MEASURE_ITEMS + 2);
	bool retro = m->design == MEASURE_RETROSPECTIVE;
	for (ptrdiff_t i = 0; i < m->n_items && retro; i++)
		buf_byte(&b, (char)('0' + r->then[i]));
	if (retro)
		buf_byte(&b, '/');
	for (ptrdiff_t i = 0; i < m->n_items; i++)
		buf_byte(&b, (char)('0' + r->now[i]));
	return buf_str(&b);
}

static bool
parse_half(struct str digits, ptrdiff_t n, int8_t *out)
{
	if (digits.n != n)
		return false;
	for (ptrdiff_t i = 0; i < n; i++) {
		int digit = digits.p[i] - '0';
		if (digit < 0 || digit > MEASURE_DONT_KNOW)
			return false;
		out[i] = (int8_t)digit;
	}
	return true;
}

bool
measure_reply_parse(
    const struct measure *m, struct str text, struct measure_reply *out)
{
	struct str words = out->words;
	*out = (struct measure_reply){.words = words};
	if (m->design != MEASURE_RETROSPECTIVE)
		return parse_half(text, m->n_items, out->now);
	struct str then = str_cut(&text, '/');
	return parse_half(then, m->n_items, out->then) &&
	    parse_half(text, m->n_items, out->now);
}

bool
measure_reply_any(const struct measure_reply *r)
{
	bool any = r->words.n > 0;
	for (int i = 0; i < MEASURE_ITEMS; i++)
		any = any || r->then[i] != 0 || r->now[i] != 0;
	return any;
}

const char *
measure_words_fault(struct str words)
{
	if (utf8_length(words) > MEASURE_WORDS)
		return N_("That is too long. Say it in fewer words.");
	if (cpr_find(words).n > 0)
		return N_("It looks like a CPR number. Delete it first.");
	return NULL;
}

/* ---- keeping ---- */

static const char SQL_GET[] =
    "SELECT answers, words FROM measure_answer WHERE org = $1"
    " AND network = $2 AND measure = $3 AND round = $4 AND who = $5";

enum err
measure_reply_get(struct db *db, struct arena *a, const struct actor *who,
    const struct respondent *p, struct measure_reply *out)
{
	struct db_row row;
	*out = (struct measure_reply){0};
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(p->measure->record.id), DB_INT(p->round),
	    DB_HASH(p->who));
	if (e != ERR_OK)
		return e;
	out->words = db_text(&row, 1);
	return measure_reply_parse(p->measure, db_text(&row, 0), out)
	    ? ERR_OK
	    : ERR_INTERNAL;
}

static const char SQL_PUT[] =
    "INSERT INTO measure_answer (org, network, measure, round, who, way,"
    " target_group, answers, words)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (org, network, measure, round, who)"
    " DO UPDATE SET answers = $8, words = $9";

/* The chain tells that somebody answered, and not who. */
static enum err
note(struct db *db, struct arena *a, const struct actor *who, struct str event,
    struct id measure)
{
	struct actor nobody = *who;
	nobody.account = (struct id){0};
	return audit_add(db, a, &nobody, event, measure);
}

enum err
measure_reply_keep(struct db *db, struct arena *a, const struct actor *who,
    const struct respondent *p, const struct measure_reply *r)
{
	return db_exec(db, SQL_PUT, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(p->measure->record.id), DB_INT(p->round), DB_HASH(p->who),
	    DB_TEXT(str_c(p->way)), DB_ID(p->group),
	    DB_TEXT(measure_reply_text(a, p->measure, r)), DB_TEXT(r->words));
}

enum err
measure_reply_put(struct db *db, struct arena *a, const struct actor *who,
    const struct respondent *p, const struct measure_reply *r)
{
	struct respondent now = *p;
	const struct measure_round *round = measure_now(p->measure);
	if (p->refused != NULL)
		return ERR_DENIED;
	if (round == NULL)
		return ERR_CONFLICT;
	if (measure_words_fault(r->words) != NULL)
		return ERR_INVALID;
	now.round = round->number;
	enum err e = measure_reply_keep(db, a, who, &now, r);
	return e == ERR_OK
	    ? note(db, a, who, S("measure.answer"), p->measure->record.id)
	    : e;
}

static const char SQL_DROP[] =
    "DELETE FROM measure_answer WHERE org = $1 AND network = $2"
    " AND measure = $3 AND who = $4";

static const char SQL_DROP_PAPER[] =
    "DELETE FROM measure_paper WHERE org = $1 AND network = $2"
    " AND measure = $3 AND who = $4";

static enum err
drop(struct db *db, const struct actor *who, struct id measure, struct hash key)
{
	enum err e = db_exec(db, SQL_DROP, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(measure), DB_HASH(key));
	return e == ERR_OK
	    ? db_exec(db, SQL_DROP_PAPER, NULL, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(measure), DB_HASH(key))
	    : e;
}

enum err
measure_reply_drop(struct db *db, struct arena *a, const struct actor *who,
    const struct respondent *p)
{
	enum err e = drop(db, who, p->measure->record.id, p->who);
	return e == ERR_OK
	    ? note(db, a, who, S("measure.drop"), p->measure->record.id)
	    : e;
}

static const char SQL_ALL[] =
    "SELECT id FROM measure WHERE org = $1 AND network = $2";

enum err
measure_erase(
    struct db *db, struct arena *a, const struct actor *who, struct id person)
{
	struct db_rows rows;
	enum err e =
	    db_all(db, a, SQL_ALL, &rows, DB_ID(who->org), DB_ID(who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct id measure = db_id(&rows.row[i], 0);
		struct hash key = measure_person_key(a, who, measure, person);
		e = drop(db, who, measure, key);
		if (e == ERR_OK)
			e = measure_reminder_drop(db, who, measure, key);
	}
	return e == ERR_OK ? mail_drop(db, who, measure_mails(a, person)) : e;
}

static const char SQL_ROWS[] =
    "SELECT round, who, target_group, answers, words FROM measure_answer"
    " WHERE org = $1 AND network = $2 AND measure = $3 ORDER BY who, round";

enum err
measure_rows(struct db *db, struct arena *a, const struct actor *who,
    const struct measure *m, struct measure_rows *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_ROWS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(m->record.id));
	if (e != ERR_OK)
		return e;
	*out = (struct measure_rows){
	    arena_new(a, struct measure_row, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct measure_row *r = &out->list[i];
		r->round = db_int(row, 0);
		r->who = db_blob(row, 1);
		r->group = db_blob(row, 2);
		r->reply.words = db_text(row, 4);
		if (!measure_reply_parse(m, db_text(row, 3), &r->reply))
			return ERR_INTERNAL;
	}
	return ERR_OK;
}
