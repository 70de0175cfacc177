/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_citizen.h"

#include "model/activity.h"
#include "model/ethics.h"
#include "model/sending.h"

struct maker {
	struct db *db;
	struct arena *a;
	const struct actor *who;
	struct plan plan;
	struct record activity, invitation;
};

static enum err
save(struct maker *m, struct record *r)
{
	struct record_saved saved;
	r->network = m->who->network;
	enum err e = record_save(m->db, m->a, m->who, r, &saved);
	return e == ERR_OK ? record_get(m->db, m->a, m->who, r->kind, r->id, r)
			   : e;
}

static struct str
first(const struct maker *m, enum record_kind kind)
{
	return m->plan.of[kind].n > 0 ? m->plan.of[kind].list[0].id_text
				      : S("");
}

/* A question that is still open: contact is for those. */
static struct str
open_question(const struct maker *m)
{
	const struct records *all = &m->plan.of[KIND_QUESTION];
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (str_eq(record_value(&all->list[i], "state"), S("open")))
			return all->list[i].id_text;
	}
	return S("");
}

/* So many days from today, as a field holds it. */
static struct str
in_days(struct maker *m, int days)
{
	return date_iso(m->a,
	    date_danish(m->who->now_us + days * INT64_C(86400) * SECOND_US));
}

static enum err
add_notice(struct maker *m)
{
	struct record r = {.kind = KIND_NOTICE, .id = m->who->network};
	record_set(&r, "controller",
	    S("Fjordby Kommune, Torvet 1, 9999 Fjordby. Ring på 99 99 99 99."));
	record_set(&r, "dpo", S("Bo Lund, 99 99 99 98"));
	record_set(&r, "purpose",
	    S("Vi vil gøre hjælpen bedre for dem, der passer en syg hjemme."));
	record_set(&r, "basis", S("public_task"));
	record_set(&r, "recipients", S("Kun Mette og Ali ser dit navn."));
	record_set(
	    &r, "kept", S("Vi sletter dit navn, når netværket slutter."));
	return save(m, &r);
}

static enum err
add_activity(struct maker *m)
{
	struct record *r = &m->activity;
	*r = (struct record){
	    .kind = KIND_ACTIVITY, .id = id_new(m->who->now_us)};
	record_set(r, "title", S("Kaffe hos dem, der passer en syg hjemme"));
	record_set(r, "method", S("interview"));
	record_set(r, "groups", first(m, KIND_GROUP));
	record_set(r, "questions", open_question(m));
	record_set(r, "people", S("1"));
	record_set(r, "room", S("alone"));
	record_set(r, "place_kind", S("theirs"));
	record_set(r, "place", S("Hjemme hos den, vi taler med"));
	record_set(r, "day", in_days(m, 14));
	record_set(r, "hours", S("14-15"));
	record_set(r, "minutes", S("60"));
	record_set(r, "care",
	    S("En ven må være med. Vi holder pause, når der er brug for det. "
	      "En snak i telefonen er lige så god."));
	return save(m, r);
}

static enum err
sign_ethics(struct maker *m)
{
	struct ethics ethics = {0};
	struct gate gate;
	for (int i = 0; i < ETHICS_QUESTIONS; i++)
		ethics.answer[i] = S("yes");
	enum err e = ethics_sign(
	    m->db, m->a, m->who, m->activity.id, m->activity.rev, &ethics);
	return e == ERR_OK
	    ? activity_step(m->db, m->a, m->who, &m->activity, &gate)
	    : e;
}

static enum err
add_invitation(struct maker *m)
{
	struct record *r = &m->invitation;
	*r = (struct record){
	    .kind = KIND_INVITATION, .id = id_new(m->who->now_us)};
	record_set(r, "activity", m->activity.id_text);
	record_set(r, "target_group", first(m, KIND_GROUP));
	record_set(r, "lang", S("da"));
	record_set(r, "about",
	    S("Vi vil gerne vide, hvordan det går, når du passer en syg "
	      "hjemme. Hvad gør du om natten? Hvem ringer du til?"));
	record_set(r, "why",
	    S("Vi spørger dig, fordi du gør det hver dag. Det ved du mere om "
	      "end os."));
	record_set(r, "how",
	    S("Det tager en time. Mette kommer hjem til dig og drikker kaffe. "
	      "En ven må være med."));
	record_set(r, "use",
	    S("Vi bruger det, du siger, når vi laver planen for aftener og "
	      "nætter. Dit navn står der ikke."));
	record_set(r, "reply_by", in_days(m, 7));
	record_set(r, "hears_by", in_days(m, 45));
	record_set(r, "contact", S("Ring til Mette på 99 99 99 99."));
	return save(m, r);
}

static enum err
add_karen(struct maker *m, struct str *token)
{
	struct person p = {.id = id_new(m->who->now_us),
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .age = S("67-79"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Har passet sin mand hjemme i fire år."),
	    .source = S("named")};
	struct person_contact c = {.name = S("Karen Holm"),
	    .phone = S("99 99 99 97"),
	    .address = S("Elmevej 3\n9999 Fjordby")};
	if (!id_parse(first(m, KIND_GROUP), &p.group))
		return ERR_INTERNAL;
	*token = token_new(m->a);
	struct sending_new new = {.invitation = &m->invitation,
	    .person = p.id,
	    .channel = S("letter"),
	    .token = *token,
	    .code_days = 365,
	    .minutes = 60};
	enum err e = person_save(m->db, m->a, m->who, &p);
	if (e == ERR_OK)
		e = person_contact_put(m->db, m->a, m->who, p.id, &c);
	return e == ERR_OK ? sending_make(m->db, m->a, m->who, &new) : e;
}

/* The step to "invited", as the record now stands. */
static enum err
take_on(struct maker *m)
{
	struct gate gate;
	struct record now;
	enum err e = record_get(
	    m->db, m->a, m->who, KIND_ACTIVITY, m->activity.id, &now);
	return e == ERR_OK ? activity_step(m->db, m->a, m->who, &now, &gate)
			   : e;
}

enum err
demo_citizen(struct db *db, struct arena *a, const struct actor *leader,
    struct str *token)
{
	struct maker *m = arena_new(a, struct maker, 1);
	*m = (struct maker){.db = db, .a = a, .who = leader};
	enum err e = plan_load(db, a, leader, &m->plan);
	if (e == ERR_OK)
		e = add_notice(m);
	if (e == ERR_OK)
		e = add_activity(m);
	if (e == ERR_OK)
		e = sign_ethics(m);
	if (e == ERR_OK)
		e = add_invitation(m);
	if (e == ERR_OK)
		e = add_karen(m, token);
	return e == ERR_OK ? take_on(m) : e;
}
