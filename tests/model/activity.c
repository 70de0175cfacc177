/* SPDX-License-Identifier: MPL-2.0 */
#include "model/activity.h"

#include "base/buf.h"
#include "model/equality.h"
#include "model/person.h"
#include "model/thread.h"
#include "tests/model/fixture.h"

/* ---- an activity that lacks nothing ---- */

static void
add(struct world *w, enum record_kind kind)
{
	struct record r = world_record(w, kind);
	world_save(w, &r);
}

static struct str
saved_id(struct world *w, struct record *r)
{
	world_save(w, r);
	return r->id_text;
}

static struct record
new_group(struct world *w, struct str vulnerability)
{
	struct record group = world_record(w, KIND_GROUP);
	record_set(&group, "vulnerability", vulnerability);
	world_save(w, &group);
	return group;
}

/* A coffee talk with two, planned for yesterday. */
static struct record
sound_activity(struct world *w, struct str vulnerability)
{
	struct record group = new_group(w, vulnerability);
	struct record question = world_record(w, KIND_QUESTION);
	struct record r = world_record(w, KIND_ACTIVITY);
	record_set(&r, "method", S("walk"));
	record_set(&r, "groups", group.id_text);
	record_set(&r, "questions", saved_id(w, &question));
	record_set(&r, "people", S("2"));
	record_set(&r, "minutes", S("90"));
	record_set(&r, "day", S("2026-11-23"));
	world_save(w, &r);
	return r;
}

static void
sound_plan(struct world *w)
{
	add(w, KIND_NEED);
	add(w, KIND_SCOPE);
	add(w, KIND_PROMISE);
	add(w, KIND_NOTICE);
	add(w, KIND_DOCUMENTATION);
}

static void
reload(struct world *w, struct record *r)
{
	CHECK_OK(record_get(w->db, w->arena, &w->leader, r->kind, r->id, r));
}

static struct ethics
all_yes(void)
{
	struct ethics e = {0};
	for (int i = 0; i < ETHICS_QUESTIONS; i++)
		e.answer[i] = S("yes");
	return e;
}

static void
sign(struct world *w, const struct record *r)
{
	struct ethics e = all_yes();
	w->leader.now_us += SECOND_US;
	CHECK_OK(ethics_sign(w->db, w->arena, &w->leader, r->id, r->rev, &e));
}

static struct activity
load(struct world *w, struct record *r)
{
	struct plan plan;
	struct activity a;
	reload(w, r);
	CHECK_OK(plan_load(w->db, w->arena, &w->leader, &plan));
	CHECK_OK(activity_load(w->db, w->arena, &w->leader, &plan, r, &a));
	return a;
}

/* Takes the step, which must be open. */
static void
step(struct world *w, struct record *r, enum activity_state want)
{
	struct gate gate;
	reload(w, r);
	CHECK_OK(activity_step(w->db, w->arena, &w->leader, r, &gate));
	reload(w, r);
	CHECK_INT(activity_state(r), want);
}

/* Tries it, which must be refused, for these rules (a bit each) and with this
 * many things missing. */
static struct gate
refused(struct world *w, struct record *r, unsigned rules, int lacks)
{
	struct gate gate;
	unsigned got = 0;
	reload(w, r);
	enum activity_state was = activity_state(r);
	CHECK_INT(
	    activity_step(w->db, w->arena, &w->leader, r, &gate), ERR_INVALID);
	for (ptrdiff_t i = 0; i < gate.rules.n; i++) {
		if (gate.rules.hit[i].stops)
			got |= 1u << gate.rules.hit[i].rule;
	}
	CHECK_INT(got, rules);
	CHECK_INT(gate.n_lacks, lacks);
	for (int i = 0; i < gate.n_lacks; i++)
		CHECK(gate.lack[i].what != NULL && gate.lack[i].way != NULL);
	reload(w, r);
	CHECK_INT(activity_state(r), was);
	return gate;
}

/* ---- the way through ---- */

/* guide:S10 guide:S42 guide:S53 from planned to closed */
TEST_DB(an_activity_goes_from_planned_to_closed_one_guarded_step_at_a_time)
{
	struct world w;
	struct message m = {.id = id_new(NOW_US), .text = S("Det førte til.")};
	world_new(&w, arena, db);
	sound_plan(&w);
	struct record r = sound_activity(&w, S("no"));
	CHECK_STR(record_value(&r, "state"), S("planned"));
	refused(&w, &r, 0, 1); /* the ethics check */
	sign(&w, &r);
	step(&w, &r, ACTIVITY_ETHICS_OK);
	step(&w, &r, ACTIVITY_INVITED);
	step(&w, &r, ACTIVITY_HELD);
	step(&w, &r, ACTIVITY_DOCUMENTED);
	struct gate gate = refused(&w, &r, 0, 1); /* held is not closed */
	CHECK_STR(
	    str_c(gate.lack[0].what), S("Nobody was told what it led to."));
	m.activity = r.id;
	CHECK_OK(thread_add(db, arena, &w.leader, &m, false));
	step(&w, &r, ACTIVITY_ANSWERED);
	step(&w, &r, ACTIVITY_CLOSED);
	refused(&w, &r, 0, 0); /* there is no further step */
}

TEST_DB(a_step_is_taken_once_and_by_those_who_may)
{
	struct world w;
	struct gate gate;
	world_new(&w, arena, db);
	sound_plan(&w);
	struct record r = sound_activity(&w, S("no"));
	struct record old = r;
	sign(&w, &r);
	CHECK_INT(
	    activity_step(db, arena, &w.participant, &r, &gate), ERR_DENIED);
	step(&w, &r, ACTIVITY_ETHICS_OK);
	CHECK_INT(activity_step(db, arena, &w.leader, &old, &gate),
	    ERR_CONFLICT); /* sent twice, or by two */
	reload(&w, &r);
	CHECK_INT(activity_state(&r), ACTIVITY_ETHICS_OK);
	struct record forged = r; /* a form cannot set the state */
	struct record_saved saved;
	record_set(&forged, "state", S("closed"));
	record_set(&forged, "place", S("Biblioteket"));
	CHECK_OK(record_save(db, arena, &w.leader, &forged, &saved));
	reload(&w, &r);
	CHECK_INT(activity_state(&r), ACTIVITY_ETHICS_OK);
	old.id = id_new(NOW_US);
	CHECK_INT(
	    activity_step(db, arena, &w.leader, &old, &gate), ERR_NOT_FOUND);
}

/* guide:S48 guide:S49 guide:S38 R2, R3, R10 hold it back */
TEST_DB(an_activity_that_breaks_a_rule_stays_planned)
{
	struct world w;
	world_new(&w, arena, db);
	sound_plan(&w);
	struct record r = sound_activity(&w, S("yes"));
	record_set(&r, "method", S("town_hall"));
	record_set(&r, "people", S("40"));
	record_set(&r, "questions", S(""));
	world_save(&w, &r);
	sign(&w, &r);
	refused(&w, &r, 1u << 2 | 1u << 3 | 1u << 10, 0);
	record_set(&r, "care", S("En ven kan komme med."));
	world_save(&w, &r);
	sign(&w, &r);
	refused(&w, &r, 1u << 2 | 1u << 10, 0);
	record_set(&r, "method", S("walk"));
	record_set(&r, "people", S("2"));
	world_save(&w, &r);
	sign(&w, &r);
	refused(&w, &r, 1u << 10, 0);
	struct record question = world_record(&w, KIND_QUESTION);
	record_set(&r, "questions", saved_id(&w, &question));
	world_save(&w, &r);
	step(&w, &r, ACTIVITY_ETHICS_OK);
	record_set(&question, "state", S("answered")); /* an open one */
	record_set(&question, "answer", S("Det ved vi nu."));
	world_save(&w, &question);
	refused(&w, &r, 1u << 10, 0);
}

static const char SQL_WISH[] =
    "UPDATE person SET big_wish = 'Ja', big_wish_us = 1, age = $2"
    " WHERE org = $1";

static struct id
add_person(struct world *w, struct id group)
{
	struct person p = {
	    .id = id_new(NOW_US), .alias = S("Jonas"), .group = group};
	p.actor_kind = S("citizen");
	p.channel = S("in_person");
	p.lang = S("da");
	p.reason = S("Kommer i værestedet");
	p.source = S("named");
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	return p.id;
}

/* guide:S48 only the person's own wish lifts it */
TEST_DB(their_own_wish_lifts_the_rule_against_large_meetings)
{
	struct world w;
	struct id group;
	world_new(&w, arena, db);
	sound_plan(&w);
	struct record r = sound_activity(&w, S("maybe"));
	record_set(&r, "people", S("9"));
	record_set(&r, "room", S("few"));
	world_save(&w, &r);
	sign(&w, &r);
	refused(&w, &r, 1u << 2, 0);
	CHECK(id_parse(record_value(&r, "groups"), &group));
	add_person(&w, group);
	refused(&w, &r, 1u << 2, 0);
	CHECK_OK(
	    db_exec(db, SQL_WISH, NULL, DB_ID(w.org.id), DB_TEXT(S("25-44"))));
	step(&w, &r, ACTIVITY_ETHICS_OK);
}

/* R4: below 15, where the basis is consent */
TEST_DB(a_child_is_not_invited_without_a_parents_yes)
{
	struct world w;
	struct id group;
	struct record notice;
	world_new(&w, arena, db);
	sound_plan(&w);
	struct record r = sound_activity(&w, S("no"));
	sign(&w, &r);
	step(&w, &r, ACTIVITY_ETHICS_OK);
	CHECK(id_parse(record_value(&r, "groups"), &group));
	add_person(&w, group);
	CHECK_OK(
	    db_exec(db, SQL_WISH, NULL, DB_ID(w.org.id), DB_TEXT(S("0-14"))));
	CHECK_INT(load(&w, &r).young, 1);
	CHECK_OK(
	    record_get(db, arena, &w.leader, KIND_NOTICE, w.network, &notice));
	record_set(&notice, "basis", S("consent"));
	world_save(&w, &notice);
	refused(&w, &r, 1u << 4, 0);
	record_set(&notice, "basis", S("public_task"));
	world_save(&w, &notice);
	step(&w, &r, ACTIVITY_INVITED);
}

/* guide:S44 guide:S11 R1, and its override with a name and a reason */
TEST_DB(nobody_is_invited_without_need_room_and_promise_unless_let_pass)
{
	struct world w;
	struct override o = {.rule = S("R1"), .reason = S("Det haster.")};
	world_new(&w, arena, db);
	add(&w, KIND_NOTICE);
	struct record r = sound_activity(&w, S("no"));
	sign(&w, &r);
	step(&w, &r, ACTIVITY_ETHICS_OK);
	refused(&w, &r, 1u << 1, 0);
	o.object = r.id;
	CHECK_INT(override_add(db, arena, &w.participant, &o), ERR_DENIED);
	o.reason = S(" ");
	CHECK_INT(override_add(db, arena, &w.leader, &o), ERR_INVALID);
	o.reason = S("Se 010170-1234.");
	CHECK_INT(override_add(db, arena, &w.leader, &o), ERR_INVALID);
	o.reason = S("Det haster.");
	o.rule = S("R2");
	CHECK_INT(override_add(db, arena, &w.leader, &o), ERR_INVALID);
	o.rule = S("R1");
	CHECK_OK(override_add(db, arena, &w.leader, &o));
	CHECK_OK(override_add(db, arena, &w.leader, &o)); /* once */
	struct overrides all;
	CHECK_OK(override_list(db, arena, &w.decider, &all));
	CHECK_INT(all.n, 1);
	CHECK(id_eq(all.list[0].account, w.mette));
	CHECK_STR(all.list[0].reason, S("Det haster."));
	step(&w, &r, ACTIVITY_INVITED);
}

/* Art. 13 of the GDPR; guide:S53 */
TEST_DB(an_activity_wants_a_notice_and_a_documentation_plan)
{
	struct world w;
	world_new(&w, arena, db);
	add(&w, KIND_NEED);
	add(&w, KIND_SCOPE);
	add(&w, KIND_PROMISE);
	struct record r = sound_activity(&w, S("no"));
	sign(&w, &r);
	step(&w, &r, ACTIVITY_ETHICS_OK);
	refused(&w, &r, 0, 1);
	add(&w, KIND_NOTICE);
	step(&w, &r, ACTIVITY_INVITED);
	record_set(&r, "day", S(""));
	world_save(&w, &r);
	refused(&w, &r, 0, 2); /* documentation, day */
	add(&w, KIND_DOCUMENTATION);
	record_set(&r, "day", S("2026-11-25")); /* tomorrow */
	world_save(&w, &r);
	refused(&w, &r, 0, 1);
	record_set(&r, "day", S("2026-11-24"));
	world_save(&w, &r);
	step(&w, &r, ACTIVITY_HELD);
}

/* ---- the ethics check ---- */

/* guide:S42 it holds for what it was made for */
TEST_DB(an_ethics_check_is_stale_after_a_change_of_what_it_is_about)
{
	static const char *const changes[][2] = {{"method", "interview"},
	    {"people", "3"}, {"room", "few"}, {"place_kind", "online"},
	    {"place", "Caféen"}};
	struct world w;
	world_new(&w, arena, db);
	struct record r = sound_activity(&w, S("no"));
	CHECK(!load(&w, &r).ethics.signed_off);
	sign(&w, &r);
	CHECK(load(&w, &r).ethics.complete);
	for (ptrdiff_t i = 0; i < COUNT_OF(changes); i++) {
		record_set(&r, changes[i][0], str_c(changes[i][1]));
		world_save(&w, &r);
		CHECK(load(&w, &r).ethics.stale);
		sign(&w, &r);
		CHECK(!load(&w, &r).ethics.stale);
	}
	record_set(&r, "title", S("Noget andet"));
	record_set(&r, "cost", S("500"));
	world_save(&w, &r);
	CHECK(!load(&w, &r).ethics.stale);
	struct record group = new_group(&w, S("no"));
	record_set(&r, "groups", group.id_text);
	world_save(&w, &r);
	CHECK(load(&w, &r).ethics.stale);
}

/* guide:S35 R9 reopens the ethics check */
TEST_DB(an_ethics_check_is_stale_after_a_new_version_of_the_theme)
{
	struct world w;
	world_new(&w, arena, db);
	add(&w, KIND_THEME);
	struct record r = sound_activity(&w, S("no"));
	sign(&w, &r);
	CHECK(!load(&w, &r).ethics.stale);
	w.leader.now_us += HOUR_US;
	add(&w, KIND_THEME);
	CHECK(load(&w, &r).ethics.stale);
	sign(&w, &r);
	CHECK(!load(&w, &r).ethics.stale);
}

TEST_DB(an_ethics_check_is_answered_whole_and_signed_by_the_leader)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = sound_activity(&w, S("no"));
	struct ethics e = all_yes();
	CHECK_INT(ethics_sign(db, arena, &w.participant, r.id, r.rev, &e),
	    ERR_DENIED);
	CHECK_INT(ethics_sign(db, arena, &w.leader, r.id, r.rev + 1, &e),
	    ERR_CONFLICT);
	e.answer[3] = S("");
	CHECK_INT(
	    ethics_sign(db, arena, &w.leader, r.id, r.rev, &e), ERR_INVALID);
	e.answer[3] = S("no");
	e.note[3] = S("cpr 010170-1234");
	CHECK_INT(
	    ethics_sign(db, arena, &w.leader, r.id, r.rev, &e), ERR_INVALID);
	e.note[3] = S("Lederen \"spørger\" selv.");
	CHECK_OK(ethics_sign(db, arena, &w.leader, r.id, r.rev, &e));
	struct activity a = load(&w, &r);
	CHECK(a.ethics.signed_off && !a.ethics.complete);
	CHECK_STR(a.ethics.answer[3], S("no"));
	CHECK_STR(a.ethics.note[3], S("Lederen \"spørger\" selv."));
	CHECK(id_eq(a.ethics.account, w.mette));
	refused(&w, &r, 0, 1);
	sign(&w, &r);
	step(&w, &r, ACTIVITY_ETHICS_OK);
}

/* ---- sums, contact, limits ---- */

/* guide:S45 guide:S41 what is asked of all together; who goes in person */
TEST_DB(an_activity_sums_minutes_and_knows_its_contact_plan)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = sound_activity(&w, S("no"));
	CHECK_INT(load(&w, &r).minutes, 180);
	CHECK(!load(&w, &r).in_person);
	struct record contact = world_record(&w, KIND_CONTACT);
	record_set(&contact, "activity", r.id_text);
	record_set(&contact, "how", S("letter"));
	world_save(&w, &contact);
	CHECK(!load(&w, &r).in_person);
	record_set(&contact, "how", S("in_person"));
	world_save(&w, &contact);
	CHECK(load(&w, &r).in_person);
}

static const char SQL_SETTING[] =
    "INSERT INTO org_setting (org, name, value, changed_us)"
    " VALUES ($1, $2, $3, 1)";

TEST_DB(an_organisation_sets_the_limits_of_the_rules)
{
	struct world w;
	struct rule_limits limits;
	world_new(&w, arena, db);
	CHECK_OK(activity_limits(db, arena, &w.leader, &limits));
	CHECK_INT(limits.of[LIMIT_R2_PEOPLE], 8);
	CHECK_OK(db_exec(db, SQL_SETTING, NULL, DB_ID(w.org.id),
	    DB_TEXT(S("r2_people")), DB_TEXT(S("1"))));
	CHECK_OK(db_exec(db, SQL_SETTING, NULL, DB_ID(w.org.id),
	    DB_TEXT(S("r7_times")), DB_TEXT(S("1000"))));
	CHECK_OK(db_exec(db, SQL_SETTING, NULL, DB_ID(w.org.id),
	    DB_TEXT(S("logo")), DB_TEXT(S("x"))));
	CHECK_OK(activity_limits(db, arena, &w.leader, &limits));
	CHECK_INT(limits.of[LIMIT_R2_PEOPLE], 1);
	CHECK_INT(limits.of[LIMIT_R7_TIMES], 3);
	sound_plan(&w);
	struct record r = sound_activity(&w, S("maybe"));
	record_set(&r, "room", S("few"));
	world_save(&w, &r);
	sign(&w, &r);
	refused(&w, &r, 1u << 2, 0); /* two are too many here */
}

/* ---- the dialogue ---- */

/* guide:S40 who waits for an answer, and how long it takes */
TEST_DB(a_dialogue_knows_who_waits_and_how_long_an_answer_takes)
{
	struct world w;
	struct thread t;
	struct id group;
	world_new(&w, arena, db);
	struct record r = sound_activity(&w, S("no"));
	CHECK(id_parse(record_value(&r, "groups"), &group));
	struct message m = {.id = id_new(NOW_US),
	    .activity = r.id,
	    .person = add_person(&w, group),
	    .text = S("Hvornår er det?")};
	CHECK_OK(thread_add(db, arena, &w.leader, &m, true));
	CHECK_OK(thread_add(db, arena, &w.leader, &m, true)); /* once */
	CHECK_OK(thread_list(db, arena, &w.leader, r.id, &t));
	CHECK_INT(t.n, 1);
	CHECK_INT(t.waiting, 1);
	CHECK_INT(t.mean_us, 0);
	CHECK(!id_is_set(t.list[0].account));
	CHECK_HAS(t.list[0].alias, S("Jonas"));

	struct message answer = m;
	answer.id = id_new(NOW_US + 1);
	answer.answers = m.id;
	answer.text = S("På torsdag.");
	w.leader.now_us += 2 * HOUR_US;
	CHECK_OK(thread_add(db, arena, &w.leader, &answer, false));
	CHECK_OK(thread_list(db, arena, &w.leader, r.id, &t));
	CHECK_INT(t.waiting, 0);
	CHECK_INT(t.mean_us, 2 * HOUR_US);
	CHECK_INT(t.list[0].answered_us, NOW_US + 2 * HOUR_US);
	CHECK_OK(thread_list(db, arena, &w.participant, r.id, &t));
	CHECK_INT(t.n, 0); /* what a person said is not for everybody */
	CHECK_INT(t.waiting, 0);
}

TEST_DB(a_message_is_checked)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = sound_activity(&w, S("no"));
	struct message m = {.id = id_new(NOW_US), .activity = r.id};
	CHECK_INT(thread_add(db, arena, &w.leader, &m, false), ERR_INVALID);
	m.text = S("Hun er 010170-1234.");
	CHECK_INT(thread_add(db, arena, &w.leader, &m, false), ERR_INVALID);
	m.text = S("Vi mødes kl. 10.");
	CHECK_INT(thread_add(db, arena, &w.leader, &m, true), ERR_INVALID);
	m.answers = id_new(NOW_US + 5);
	CHECK_INT(thread_add(db, arena, &w.leader, &m, false), ERR_NOT_FOUND);
	m.answers = (struct id){0};
	m.person = id_new(NOW_US + 6);
	CHECK_INT(thread_add(db, arena, &w.leader, &m, false), ERR_NOT_FOUND);
	m.person = (struct id){0};
	CHECK_INT(thread_add(db, arena, &w.decider, &m, false), ERR_DENIED);
	CHECK_OK(thread_add(db, arena, &w.participant, &m, false));
	m.id = id_new(NOW_US + 7);
	m.activity = id_new(NOW_US + 8);
	CHECK_INT(thread_add(db, arena, &w.leader, &m, false), ERR_NOT_FOUND);
}

static const char SQL_SENT[] =
    "INSERT INTO sending (org, network, id, invitation, activity, person,"
    " channel, state, mail, made_us, answer, way)"
    " VALUES ($1, $2, $3, $4, $5, $6, 'letter', 'answered', '', 1, 'yes', '')";

/* guide:S10 everybody who said yes is owed an answer */
TEST_DB(an_activity_is_not_answered_before_each_person_is)
{
	struct world w;
	struct id group;
	world_new(&w, arena, db);
	sound_plan(&w);
	struct record r = sound_activity(&w, S("no"));
	CHECK(id_parse(record_value(&r, "groups"), &group));
	struct id person = add_person(&w, group);
	struct record invitation = world_record(&w, KIND_INVITATION);
	record_set(&invitation, "activity", r.id_text);
	world_save(&w, &invitation);
	CHECK_OK(db_exec(db, SQL_SENT, NULL, DB_ID(w.org.id), DB_ID(w.network),
	    DB_ID(id_new(NOW_US)), DB_ID(invitation.id), DB_ID(r.id),
	    DB_ID(person)));
	sign(&w, &r);
	for (int i = ACTIVITY_ETHICS_OK; i <= ACTIVITY_DOCUMENTED; i++)
		step(&w, &r, (enum activity_state)i);
	CHECK_INT(load(&w, &r).owed, 1);
	CHECK_INT(load(&w, &r).said_yes, 1);
	refused(&w, &r, 0, 1);
	struct message m = {.id = id_new(NOW_US),
	    .activity = r.id,
	    .person = person,
	    .text = S("Det førte til noget.")};
	CHECK_OK(thread_add(db, arena, &w.leader, &m, false));
	CHECK_INT(load(&w, &r).owed, 0);
	step(&w, &r, ACTIVITY_ANSWERED);
	m.id = id_new(NOW_US + 1);
	m.text = S("Det var ikke det, jeg sagde.");
	CHECK_OK(thread_add(db, arena, &w.leader, &m, true));
	refused(&w, &r, 0, 1); /* they wait */
}

/* ---- equal terms ---- */

/* guide:S39 differences are listed */
TEST_DB(equal_terms_are_compared)
{
	struct world w;
	struct terms terms;
	world_new(&w, arena, db);
	CHECK_OK(equality_get(db, arena, &w.leader, &terms));
	CHECK_INT(terms.unsaid, TERMS);
	CHECK_STR(terms.of[3].item, S("minutes"));
	terms.of[0].citizens = S("yes");
	terms.of[0].others = S("yes");
	terms.of[3].citizens = S("no");
	terms.of[3].others = S("yes");
	terms.of[3].note = S("Vi glemte det.");
	CHECK_OK(equality_put(db, arena, &w.leader, &terms));
	CHECK_OK(equality_get(db, arena, &w.decider, &terms));
	CHECK_INT(terms.unsaid, TERMS - 2);
	CHECK_INT(terms.differ, 1);
	CHECK(terms.of[3].differs && !terms.of[0].differs);
	CHECK(id_eq(terms.changed_by, w.mette));
	CHECK_INT(equality_put(db, arena, &w.participant, &terms), ERR_DENIED);
	terms.of[1].others = S("måske");
	CHECK_INT(equality_put(db, arena, &w.leader, &terms), ERR_INVALID);
	terms.of[1].others = S("");
	terms.of[1].note = S("010170-1234");
	CHECK_INT(equality_put(db, arena, &w.leader, &terms), ERR_INVALID);
}

/* ---- leaving the design ---- */

static struct str
phase_id(struct world *w, const char *source)
{
	struct records all;
	CHECK_OK(record_list(w->db, w->arena, &w->leader, KIND_PHASE, &all));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (str_eq(record_value(&all.list[i], "source"), str_c(source)))
			return all.list[i].id_text;
	}
	return S("");
}

/* guide:S2 a named stop that can be let pass, with the reason logged */
TEST_DB(nobody_leaves_the_design_without_a_plan_unless_let_pass)
{
	struct world w;
	struct record_saved saved;
	struct override o = {.rule = S("R1"), .reason = S("Politisk frist.")};
	world_new(&w, arena, db);
	struct record stay = world_record(&w, KIND_VISIT);
	record_set(&stay, "phase", phase_id(&w, "design"));
	record_set(&stay, "entered", S("2026-10-01"));
	world_save(&w, &stay);
	record_set(&stay, "gone", S("2026-11-20"));
	CHECK_INT(
	    record_save(db, arena, &w.leader, &stay, &saved), ERR_INVALID);
	struct field_fault fault =
	    saved.faults.field[record_field(KIND_VISIT, "gone")];
	CHECK(fault.message != NULL);
	CHECK_HAS(fault.argument, S("formål, råderum, behov, løfte"));

	struct record next = world_record(&w, KIND_VISIT); /* another way out */
	record_set(&next, "phase", phase_id(&w, "focus"));
	CHECK_INT(
	    record_save(db, arena, &w.leader, &next, &saved), ERR_INVALID);
	CHECK(saved.faults.field[record_field(KIND_VISIT, "phase")].message !=
	    NULL);
	o.object = stay.id;
	CHECK_OK(override_add(db, arena, &w.leader, &o));
	CHECK_OK(record_save(db, arena, &w.leader, &next, &saved));
	CHECK_OK(record_save(db, arena, &w.leader, &stay, &saved));
}

TEST_DB(the_design_is_left_freely_with_a_plan)
{
	struct world w;
	struct record_saved saved;
	static const enum record_kind kinds[] = {KIND_PURPOSE, KIND_SCOPE,
	    KIND_NEED, KIND_PROMISE, KIND_GROUP, KIND_CELL};
	world_new(&w, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++)
		add(&w, kinds[i]);
	struct record stay = world_record(&w, KIND_VISIT);
	record_set(&stay, "phase", phase_id(&w, "design"));
	record_set(&stay, "gone", S("2026-12-20"));
	CHECK_OK(record_save(db, arena, &w.leader, &stay, &saved));
}
