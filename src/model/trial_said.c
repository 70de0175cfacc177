/* SPDX-License-Identifier: MPL-2.0 */

/* What people say of a trial: an answer to each goal, and words
 * (model/trial.h). */
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "engine/suppress.h"
#include "model/audit.h"
#include "model/consent.h"
#include "model/guardian.h"
#include "model/setting.h"
#include "model/trial.h"

const struct choice trial_answers[TRIAL_ANSWERS + 1] = {
    {"yes", N_("Yes")},
    {"partly", N_("A little")},
    {"no", N_("No")},
    {"unknown", N_("I do not know")},
    {0},
};

const struct choice trial_ways[] = {
    {"page", N_("On the person's page")},
    {"met", N_("Face to face")},
    {"phone", N_("By phone")},
    {"paper", N_("On paper")},
    {"voice", N_("As sound or film")},
    {0},
};

bool
trial_is_for(const struct trial *t, const struct citizen *c)
{
	struct id group;
	struct str refs = record_value(&t->record, "target_groups");
	if (str_eq(c->person.state, S("stopped")) || t->stage == TRIAL_START)
		return false;
	if (refs.n == 0)
		return true;
	while (record_next_ref(&refs, &group)) {
		if (id_eq(group, c->person.group))
			return true;
	}
	return false;
}

/* ---- answers ---- */

static const char SQL_GET[] =
    "SELECT number, answer FROM trial_answer"
    " WHERE org = $1 AND network = $2 AND trial = $3 AND person = $4";

enum err
trial_reply_get(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, struct trial_reply *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_GET, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(t->record.id), DB_ID(out->person));
	for (int i = 0; i < TRIAL_GOALS; i++)
		out->answer[i] = S("");
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		int64_t number = db_int(&rows.row[i], 0);
		if (number >= 1 && number <= TRIAL_GOALS)
			out->answer[number - 1] = db_text(&rows.row[i], 1);
	}
	return e;
}

static ptrdiff_t
answer_at(struct str key)
{
	const struct choice *c = choice_find(trial_answers, key);
	return c == NULL ? -1 : c - trial_answers;
}

static bool
are_answers(const struct trial *t, const struct trial_reply *r)
{
	for (ptrdiff_t i = 0; i < TRIAL_GOALS; i++) {
		if (r->answer[i].n > 0 &&
		    (i >= t->n_goals || answer_at(r->answer[i]) < 0))
			return false;
	}
	return true;
}

static const char SQL_CLEAR[] =
    "DELETE FROM trial_answer"
    " WHERE org = $1 AND network = $2 AND trial = $3 AND person = $4";

static const char SQL_PUT[] =
    "INSERT INTO trial_answer (org, network, trial, person, number, answer,"
    " at_us, account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

static enum err
put(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, const struct trial_reply *r)
{
	if (!trial_listens(t))
		return ERR_CONFLICT;
	if (!are_answers(t, r))
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_CLEAR, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(t->record.id), DB_ID(r->person));
	for (int i = 0; e == ERR_OK && i < TRIAL_GOALS; i++) {
		if (r->answer[i].n > 0)
			e = db_exec(db, SQL_PUT, NULL, DB_ID(who->org),
			    DB_ID(who->network), DB_ID(t->record.id),
			    DB_ID(r->person), DB_INT(i + 1),
			    DB_TEXT(r->answer[i]), DB_INT(who->now_us),
			    DB_ID(who->account));
	}
	return e == ERR_OK
	    ? audit_add(db, a, who, S("trial.answer"), t->record.id)
	    : e;
}

static const char SQL_LINK[] =
    "INSERT INTO trial_feedback (org, network, trial, contribution, way,"
    " unused, at_us, account) VALUES ($1, $2, $3, $4, $5, '', $6, $7)"
    " ON CONFLICT (org, network, trial, contribution) DO NOTHING";

static enum err
link_words(struct db *db, const struct actor *who, const struct trial *t,
    const struct trial_link *l)
{
	return db_exec(db, SQL_LINK, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(t->record.id), DB_ID(l->contribution), DB_TEXT(l->way),
	    DB_INT(who->now_us), DB_ID(who->account));
}

/* The ways by which staff take something down, as the voices name them. */
static const struct {
	const char *way, *teller;
} noted[] = {{"met", "staff"}, {"phone", "phone"}, {"paper", "paper"}};

static struct str
teller_of(struct str way)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(noted); i++) {
		if (str_eq(str_c(noted[i].way), way))
			return str_c(noted[i].teller);
	}
	return S("");
}

/* Adds it as what the person said, with their own yes. */
static enum err
note_words(struct db *db, struct arena *a, const struct actor *who,
    const struct person *p, const struct trial_reply *r)
{
	const struct citizen_word *w = &r->word;
	enum lang lang = str_eq(p->lang, S("en")) ? LANG_EN : LANG_DA;
	struct contribution said = {
	    .id = w->id,
	    .kind = S("feedback"),
	    .teller = teller_of(r->way),
	    .original = str_trim(w->text),
	    .person = p->id,
	    .basis = S("consent"),
	    .scope = w->scope,
	    .anonymity = S("alias"),
	    .given_by = p->guardian.n > 0 ? S("guardian") : S("self"),
	};
	return contribution_add(
	    db, a, who, &said, consent_text(a, lang, w->scope));
}

enum err
trial_notes(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, const struct trial_reply *r)
{
	struct person p;
	bool missing = false, words = !utf8_blank(r->word.text);
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (words && teller_of(r->way).n == 0)
		return ERR_INVALID;
	enum err e = person_get(db, a, who, r->person, &p);
	if (e == ERR_OK)
		e = guardian_asked(db, a, who, &p, &missing);
	if (e == ERR_OK &&
	    (missing || str_eq(p.state, S("erased")) ||
		str_eq(p.state, S("stopped"))))
		return ERR_INVALID;
	/* The words first: they may be refused when all else is in order. */
	if (e == ERR_OK && words && trial_listens(t) && are_answers(t, r))
		e = note_words(db, a, who, &p, r);
	if (e == ERR_OK)
		e = put(db, a, who, t, r);
	struct trial_link l = {r->word.id, r->way};
	return e == ERR_OK && words ? link_words(db, who, t, &l) : e;
}

enum err
trial_hears(struct db *db, struct arena *a, const struct citizen *c,
    const struct trial *t, const struct trial_reply *r)
{
	const struct citizen_word *w = &r->word;
	struct trial_reply own = *r;
	own.person = c->person.id;
	if (!trial_is_for(t, c) || !trial_listens(t))
		return ERR_CONFLICT;
	if (c->needs_guardian)
		return ERR_INVALID;
	enum err e = put(db, a, &c->in, t, &own);
	if (e != ERR_OK || utf8_blank(w->text))
		return e;
	e = citizen_says(db, a, c, w);
	struct trial_link l = {w->id, S("page")};
	return e == ERR_OK ? link_words(db, &c->in, t, &l) : e;
}

/* ---- how many ---- */

static const char SQL_COUNTS[] =
    "SELECT number, answer, COUNT(*) FROM trial_answer"
    " WHERE org = $1 AND network = $2 AND trial = $3"
    " GROUP BY number, answer";

/* With what would give away what is hidden. */
static void
hide(struct trial_count *c, int64_t k)
{
	bool hidden[TRIAL_ANSWERS + 1];
	suppress_line(c->of, TRIAL_ANSWERS, (int32_t)k, hidden);
	for (int i = 0; i < TRIAL_ANSWERS; i++) {
		if (hidden[i])
			c->of[i] = -1;
	}
	if (hidden[TRIAL_ANSWERS])
		c->people = -1;
}

enum err
trial_counts(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, struct trial_count *out)
{
	struct db_rows rows;
	struct settings_now now;
	enum err e = db_all(db, a, SQL_COUNTS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(t->record.id));
	if (e == ERR_OK)
		e = setting_list(db, a, who, &now);
	for (ptrdiff_t i = 0; i < TRIAL_GOALS; i++)
		out[i] = (struct trial_count){0};
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		int64_t number = db_int(&rows.row[i], 0);
		ptrdiff_t at = answer_at(db_text(&rows.row[i], 1));
		if (number < 1 || number > TRIAL_GOALS || at < 0)
			continue;
		out[number - 1].of[at] += db_int(&rows.row[i], 2);
		out[number - 1].people += db_int(&rows.row[i], 2);
	}
	for (ptrdiff_t i = 0; e == ERR_OK && i < t->n_goals; i++)
		hide(&out[i], setting_number(&now, S("k")));
	return e;
}

static const char SQL_ERASE[] =
    "DELETE FROM trial_answer WHERE org = $1 AND network = $2 AND person = $3";

enum err
trial_erase(struct db *db, const struct actor *who, struct id person)
{
	return db_exec(db, SQL_ERASE, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
}

static const char SQL_FORGET[] =
    "DELETE FROM trial_feedback"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

enum err
trial_forget(struct db *db, const struct actor *who, struct id contribution)
{
	return db_exec(db, SQL_FORGET, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(contribution));
}

/* ---- feedback ---- */

static const char SQL_FEEDBACK[] =
    "SELECT f.contribution, f.way, f.unused, f.at_us, COALESCE(s.rev, 0)"
    " FROM trial_feedback f LEFT JOIN idea_source s ON s.org = f.org"
    " AND s.network = f.network AND s.idea = $4"
    " AND s.contribution = f.contribution AND s.role = 'feedback'"
    " WHERE f.org = $1 AND f.network = $2 AND f.trial = $3"
    " ORDER BY f.at_us, f.contribution";

enum err
trial_feedback(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, struct trial_saids *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_FEEDBACK, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(t->record.id), DB_ID(t->idea));
	if (e != ERR_OK)
		return e;
	*out = (struct trial_saids){
	    .list = arena_new(a, struct trial_said, rows.n)};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct contribution c;
		struct trial_said s = {.contribution = db_id(&rows.row[i], 0),
		    .way = db_text(&rows.row[i], 1),
		    .unused = db_text(&rows.row[i], 2),
		    .at_us = db_int(&rows.row[i], 3),
		    .version = db_int(&rows.row[i], 4)};
		out->open += s.version == 0 && s.unused.n == 0;
		e = contribution_get(db, a, who, s.contribution, &c);
		if (e == ERR_NOT_FOUND)
			continue;
		if (e != ERR_OK)
			return e;
		s.words = contribution_words(&c);
		s.alias = c.alias;
		s.person = c.person;
		out->list[out->n++] = s;
	}
	return ERR_OK;
}

enum err
trial_feedback_add(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, const struct trial_link *l)
{
	struct contribution c;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (!trial_listens(t))
		return ERR_CONFLICT;
	if (choice_find(trial_ways, l->way) == NULL)
		return ERR_INVALID;
	enum err e = contribution_get(db, a, who, l->contribution, &c);
	if (e == ERR_OK && str_eq(c.state, S("withdrawn")))
		return ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = link_words(db, who, t, l);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("trial.feedback"), t->record.id)
	    : e;
}

static const char SQL_UNUSED[] =
    "UPDATE trial_feedback SET unused = $5"
    " WHERE org = $1 AND network = $2 AND trial = $3 AND contribution = $4";

static enum err
set_unused(struct db *db, const struct actor *who, const struct trial *t,
    const struct trial_said *s)
{
	int64_t changed;
	enum err e = db_exec(db, SQL_UNUSED, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(t->record.id), DB_ID(s->contribution),
	    DB_TEXT(str_trim(s->unused)));
	return e == ERR_OK && changed == 0 ? ERR_NOT_FOUND : e;
}

enum err
trial_feedback_unused(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, const struct trial_said *s)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (!trial_listens(t))
		return ERR_CONFLICT;
	if (utf8_blank(s->unused) || utf8_length(s->unused) > TRIAL_WHY ||
	    cpr_find(s->unused).n > 0)
		return ERR_INVALID;
	enum err e = set_unused(db, who, t, s);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("trial.unused"), t->record.id)
	    : e;
}

enum err
trial_feedback_used(struct db *db, struct arena *a, const struct actor *who,
    const struct trial *t, struct id contribution)
{
	struct idea idea = {0};
	struct trial_said s = {.contribution = contribution, .unused = S("")};
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (!trial_listens(t))
		return ERR_CONFLICT;
	enum err e = record_get(db, a, who, KIND_IDEA, t->idea, &idea.record);
	if (e == ERR_OK)
		e = set_unused(db, who, t, &s);
	return e == ERR_OK ? idea_name_feedback(db, a, who, &idea, contribution)
			   : e;
}
