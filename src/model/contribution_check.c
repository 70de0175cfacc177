/* SPDX-License-Identifier: MPL-2.0 */

/* What a contribution may hold (model/contribution.h). */
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/catalogue.h"
#include "model/contribution.h"

const struct choice contribution_kinds[] = {
    {"challenge", N_("A challenge")},
    {"anecdote", N_("An anecdote")},
    {"quote", N_("A quote")},
    {"idea", N_("An idea")},
    {"feedback", N_("Feedback")},
    {"observation", N_("An observation")},
    {"step", N_("A step of a journey")},
    {"wish", N_("A wish")},
    {0},
};

const struct choice contribution_tellers[] = {
    {"self", N_("The person wrote it")},
    {"staff", N_("One of us heard it and wrote it down")},
    {"phone", N_("Said on the phone")},
    {"paper", N_("Written on paper")},
    {"proxy", N_("Told by somebody else for the person")},
    {"import", N_("Came with a file")},
    {0},
};

const struct choice contribution_states[] = {
    {"received", N_("Received")},
    {"reviewed", N_("Looked through")},
    {"approved", N_("Approved")},
    {"used", N_("Used")},
    {"not_used", N_("Not used")},
    {"answered", N_("Answered")},
    {"withdrawn", N_("Withdrawn")},
    {0},
};

const struct choice contribution_scopes[] = {
    {"0", N_("Only those who look after the conversation")},
    {"1", N_("The network")},
    {"2", N_("The network and those who decide")},
    {"3", N_("Everybody")},
    {0},
};

const struct choice contribution_anonymities[] = {
    {"none", N_("Without a name of any kind")},
    {"alias", N_("With an alias")},
    {"name", N_("With their name")},
    {0},
};

const struct choice contribution_bases[] = {
    {"consent", N_("The person said yes (article 6.1.a)")},
    {"public_task", N_("A task in the public interest (article 6.1.e)")},
    {"legal_duty", N_("A duty in law (article 6.1.c)")},
    {0},
};

const struct choice contribution_givers[] = {
    {"self", N_("The person")},
    {"parent", N_("A parent")},
    {"guardian", N_("A guardian")},
    {"support", N_("A support person, and one of us noted it")},
    {0},
};

struct str
contribution_words(const struct contribution *c)
{
	return c->wording.n > 0 ? c->wording : c->original;
}

static const char *
check_choice(const struct choice *list, struct str key)
{
	return choice_find(list, key) == NULL
	    ? N_("Choose one of the possibilities.")
	    : NULL;
}

static const char *
check_words(struct str text)
{
	if (utf8_blank(text))
		return N_("Write what was said.");
	if (cpr_find(text).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return utf8_length(text) > WORDS_MAX ? N_("This is too long.") : NULL;
}

struct look {
	struct db *db;
	struct arena *arena;
	const struct actor *who;
};

static enum err
check_place(const struct look *l, enum record_kind kind, struct id id,
    const char **fault)
{
	struct record r;
	if (!id_is_set(id))
		return ERR_OK;
	enum err e = record_get(l->db, l->arena, l->who, kind, id, &r);
	if (e != ERR_NOT_FOUND)
		return e;
	*fault = N_("That one is no longer there. Choose another.");
	return ERR_OK;
}

static enum err
check_person(
    const struct look *l, struct person *p, struct id id, const char **fault)
{
	if (!id_is_set(id))
		return ERR_OK;
	enum err e = person_get(l->db, l->arena, l->who, id, p);
	if (e == ERR_NOT_FOUND || str_eq(p->state, S("erased"))) {
		*fault = N_("That one is no longer there. Choose another.");
		return ERR_OK;
	}
	return e;
}

/* R4: a child's yes is a guardian's to give. */
static const char *
check_giver(const struct contribution *c, const struct person *p)
{
	bool child = str_eq(p->age, S("0-14"));
	if (child && str_eq(c->basis, S("consent")) &&
	    !str_eq(c->given_by, S("parent")) &&
	    !str_eq(c->given_by, S("guardian")))
		return N_("The person is under 15. A parent or guardian says "
			  "yes.");
	return check_choice(contribution_givers, c->given_by);
}

static const char SQL_KEPT[] =
    "SELECT 1 FROM erasure WHERE org = $1 AND network = $2 AND person = $3"
    " AND ground <> '' UNION ALL"
    " SELECT 1 FROM subject_request r WHERE r.org = $1 AND r.network = $2"
    " AND r.person = $3 AND r.outcome = 'granted'"
    " AND r.kind IN ('restriction', 'objection') LIMIT 1";

enum err
contribution_person_restricted(struct db *db, struct arena *a,
    const struct actor *who, struct id person, bool *restricted)
{
	struct db_row row;
	*restricted = false;
	if (!id_is_set(person))
		return ERR_OK;
	enum err e = db_one(db, a, SQL_KEPT, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
	*restricted = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Who may read it; of somebody whose words are restricted nobody more. */
static enum err
check_scope(
    const struct look *l, const struct contribution *c, const char **fault)
{
	bool restricted = false;
	if (c->scope < 0 || c->scope >= SCOPES)
		*fault = N_("Choose one of the possibilities.");
	if (c->scope <= SCOPE_INTERNAL)
		return ERR_OK;
	enum err e = contribution_person_restricted(
	    l->db, l->arena, l->who, c->person, &restricted);
	if (restricted)
		*fault = N_("What the person said is kept and used for "
			    "nothing. So only those who look after the "
			    "conversation may read it. Choose them.");
	return e;
}

enum err
contribution_check(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, struct contribution_faults *f)
{
	struct look look = {db, a, who};
	struct person p = {.age = S(""), .state = S("")};
	*f = (struct contribution_faults){
	    .kind = check_choice(contribution_kinds, c->kind),
	    .original = check_words(c->original),
	    .teller = check_choice(contribution_tellers, c->teller),
	    .basis = check_choice(contribution_bases, c->basis),
	    .anonymity = check_choice(contribution_anonymities, c->anonymity),
	};
	enum err e =
	    check_place(&look, KIND_ACTIVITY, c->activity, &f->activity);
	if (e == ERR_OK)
		e = check_place(&look, KIND_GROUP, c->group, &f->group);
	if (e == ERR_OK)
		e = check_person(&look, &p, c->person, &f->person);
	if (e == ERR_OK)
		e = check_scope(&look, c, &f->scope);
	f->given_by = check_giver(c, &p);
	f->any = f->kind || f->original || f->teller || f->activity ||
	    f->group || f->basis || f->anonymity || f->person || f->scope ||
	    f->given_by;
	return e;
}
