/* SPDX-License-Identifier: MPL-2.0 */

/* Invitations on their way, and what a citizen does with a code. */
#include "model/citizen.h"

#include "model/catalogue.h"
#include "model/demo_citizen.h"
#include "model/invite.h"
#include "model/rights.h"
#include "model/setting.h"
#include "model/thread.h"
#include "tests/model/fixture.h"

/* The worked example's activity and Karen, in the world's own network. */
struct scene {
	struct world w;
	struct plan plan;
	struct str token;
	struct citizen karen;
};

static void
add_plan(struct world *w)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
}

static void
enter(struct scene *s)
{
	CHECK_OK(citizen_enter(
	    s->w.db, s->w.arena, &s->w.program, hash_of(s->token), &s->karen));
}

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	world_new(&s->w, a, db);
	add_plan(&s->w);
	CHECK_OK(demo_citizen(db, a, &s->w.leader, &s->token));
	CHECK_OK(plan_load(db, a, &s->w.leader, &s->plan));
	enter(s);
}

static struct sending
only_sending(struct scene *s)
{
	struct sendings all;
	CHECK_OK(sending_list(s->w.db, s->w.arena, &s->w.leader,
	    s->plan.of[KIND_ACTIVITY].list[0].id, &all));
	CHECK_INT(all.n, 1);
	return all.list[0];
}

static struct citizen_answer
answer(struct scene *s, const char *what, const char *way)
{
	return (struct citizen_answer){.sending = s->karen.ask[0].sending,
	    .message = id_new(s->w.program.now_us),
	    .answer = str_c(what),
	    .way = str_c(way)};
}

static struct str
state_of(struct scene *s)
{
	struct person p;
	CHECK_OK(person_get(
	    s->w.db, s->w.arena, &s->w.leader, s->karen.person.id, &p));
	return p.state;
}

TEST_DB(citizen_sees_what_she_is_asked)
{
	struct scene s;
	struct citizen nobody;
	scene_new(&s, arena, db);
	CHECK_INT(s.karen.n_asks, 1);
	CHECK_HAS(s.karen.ask[0].title, S("Kaffe"));
	CHECK(!s.karen.ask[0].over);
	CHECK_INT(s.karen.notice.rev, 1);
	CHECK_INT(
	    citizen_enter(db, arena, &s.w.program, hash_of(S("gæt")), &nobody),
	    ERR_NOT_FOUND);
	struct actor later = s.w.program;
	later.now_us += 400 * DAY_US;
	CHECK_INT(citizen_enter(db, arena, &later, hash_of(s.token), &nobody),
	    ERR_NOT_FOUND);
	CHECK_STR(state_of(&s), S("invited"));
}

/* guide:S47 another way, and what is needed, told by the person. */
TEST_DB(citizen_asks_for_another_way)
{
	struct scene s;
	struct thread thread;
	scene_new(&s, arena, db);
	struct citizen_answer in = answer(&s, "other", "phone");
	in.needs = S("companion");
	in.text = S("Ring om formiddagen.");
	CHECK_OK(citizen_answers(db, arena, &s.karen, &in));
	CHECK_OK(citizen_answers(db, arena, &s.karen, &in)); /* sent twice */
	struct sending sending = only_sending(&s);
	CHECK_STR(sending.state, S("answered"));
	CHECK_STR(sending.way, S("phone"));
	CHECK_STR(state_of(&s), S("invited"));
	CHECK_OK(
	    thread_list(db, arena, &s.w.leader, sending.activity, &thread));
	CHECK_INT(thread.n, 1);
	CHECK_INT(thread.waiting, 1);
	enter(&s);
	CHECK_STR(s.karen.person.needs, S("companion"));
	CHECK(s.karen.person.needs_asked_us > 0);
	CHECK_INT(s.karen.n_said, 1);
	CHECK(!s.karen.said[0].ours);
}

TEST_DB(citizen_says_yes_no_and_stops)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct citizen_answer in = answer(&s, "yes", "");
	CHECK_OK(citizen_answers(db, arena, &s.karen, &in));
	CHECK_STR(state_of(&s), S("yes"));
	in.answer = S("no");
	CHECK_OK(citizen_answers(db, arena, &s.karen, &in));
	CHECK_STR(state_of(&s), S("no"));
	CHECK_OK(citizen_stops(db, arena, &s.karen));
	CHECK_STR(state_of(&s), S("stopped"));
	CHECK_OK(citizen_erases(db, arena, &s.karen));
	CHECK_STR(state_of(&s), S("erased"));
	struct citizen gone;
	CHECK_INT(
	    citizen_enter(db, arena, &s.w.program, hash_of(s.token), &gone),
	    ERR_NOT_FOUND);
}

TEST_DB(citizen_answer_is_checked)
{
	struct scene s;
	struct citizen_faults f;
	scene_new(&s, arena, db);
	struct citizen_answer in = answer(&s, "maybe", "");
	in.text = S("Mit nummer er 010145-5678");
	citizen_check(&in, &f);
	CHECK(f.answer && f.text && !f.way);
	in = answer(&s, "other", "pigeon");
	citizen_check(&in, &f);
	CHECK(f.way && !f.answer && !f.text);
	CHECK_INT(citizen_answers(db, arena, &s.karen, &in), ERR_INVALID);
	in = answer(&s, "yes", "");
	in.sending = id_new(1);
	CHECK_INT(citizen_answers(db, arena, &s.karen, &in), ERR_NOT_FOUND);
	in = answer(&s, "yes", "");
	in.needs = S("gold");
	CHECK_INT(citizen_answers(db, arena, &s.karen, &in), ERR_INVALID);
}

/* R4: a child's yes counts with a guardian's. */
TEST_DB(citizen_under_15_needs_a_guardian)
{
	struct scene s;
	struct person p;
	scene_new(&s, arena, db);
	struct record notice = s.plan.of[KIND_NOTICE].list[0];
	record_set(&notice, "basis", S("consent"));
	world_save(&s.w, &notice);
	CHECK_OK(person_get(db, arena, &s.w.leader, s.karen.person.id, &p));
	p.age = S("0-14");
	CHECK_OK(person_save(db, arena, &s.w.leader, &p));
	enter(&s);
	CHECK(s.karen.needs_guardian);
	struct citizen_answer in = answer(&s, "yes", "");
	CHECK_OK(citizen_answers(db, arena, &s.karen, &in));
	CHECK_STR(state_of(&s), S("invited"));
	CHECK_OK(person_get(db, arena, &s.w.leader, s.karen.person.id, &p));
	p.guardian = S("På papir, 1. december");
	p.guardian_us = NOW_US;
	CHECK_OK(person_save(db, arena, &s.w.leader, &p));
	/* The slip comes: the yes that was said counts now. */
	CHECK_INT(sending_guardian(db, &s.w.decider, p.id), ERR_DENIED);
	CHECK_OK(sending_guardian(db, &s.w.leader, p.id));
	CHECK_STR(state_of(&s), S("yes"));
	enter(&s);
	CHECK(!s.karen.needs_guardian);
}

TEST_DB(sending_astray_ends_the_old_code)
{
	struct scene s;
	struct citizen gone;
	struct burden burden;
	scene_new(&s, arena, db);
	struct str again = token_new(arena);
	struct sending_new new = {
	    .invitation = &s.plan.of[KIND_INVITATION].list[0],
	    .person = s.karen.person.id,
	    .channel = S("letter"),
	    .token = again,
	    .code_days = 100,
	    .astray = true,
	    .minutes = 60};
	CHECK_INT(sending_make(db, arena, &s.w.decider, &new), ERR_DENIED);
	CHECK_OK(sending_make(db, arena, &s.w.leader, &new));
	CHECK_INT(
	    citizen_enter(db, arena, &s.w.program, hash_of(s.token), &gone),
	    ERR_NOT_FOUND);
	s.token = again;
	enter(&s);
	CHECK_INT(s.karen.n_asks, 1);
	/* It is one asking, however often the letter is made. */
	CHECK_OK(
	    person_burden(db, arena, &s.w.leader, s.karen.person.id, &burden));
	CHECK_INT(burden.times_90_days, 1);
	CHECK_OK(citizen_opened(db, s.w.org.id, hash_of(again), NOW_US));
	CHECK_STR(only_sending(&s).state, S("opened"));
}

/* ---- who has not answered ---- */

static struct invite
to_karen(struct scene *s, struct id *list)
{
	list[0] = s->karen.person.id;
	return (struct invite){
	    .invitation = &s->plan.of[KIND_INVITATION].list[0],
	    .format = S("letters"),
	    .people = {list, 1},
	    .page = S("https://x.example/c/"),
	    .short_code = s->w.org.short_code};
}

TEST_DB(invite_keeps_codes_for_who_made_them_and_a_day)
{
	struct scene s;
	struct id list[1];
	struct invite_result result;
	struct letter_batch batch;
	struct access_rows log;
	scene_new(&s, arena, db);
	struct invite in = to_karen(&s, list);
	CHECK_OK(invite_send(db, arena, &s.w.leader, &s.plan, &in, &result));
	CHECK_INT(result.sent, 1);
	CHECK_OK(letters_open(db, arena, &s.w.leader, result.batch, &batch));
	CHECK_INT(batch.n, 1);
	s.token = batch.code[0].token;
	enter(&s);
	CHECK_OK(access_list(db, arena, &s.w.leader, 10, &log));
	CHECK_INT(log.n, 1);
	CHECK_STR(log.list[0].what, S("invitation"));
	struct actor other = s.w.leader;
	other.account = s.w.ali;
	CHECK_INT(letters_open(db, arena, &other, result.batch, &batch),
	    ERR_NOT_FOUND);
	struct actor late = s.w.leader;
	late.now_us += 2 * DAY_US;
	CHECK_INT(letters_open(db, arena, &late, result.batch, &batch),
	    ERR_NOT_FOUND);
	late.org = s.w.org.id;
	CHECK_OK(letters_sweep(db, &late));
	CHECK_INT(letters_open(db, arena, &s.w.leader, result.batch, &batch),
	    ERR_NOT_FOUND);
}

/* Who had the use of their data stopped is written to no more. */
TEST_DB(invite_lets_be_whose_data_is_used_for_nothing)
{
	struct scene s;
	struct id list[1];
	struct invite_result result;
	scene_new(&s, arena, db);
	struct invite in = to_karen(&s, list);
	struct right r = {.id = id_new(NOW_US),
	    .person = list[0],
	    .kind = S("restriction"),
	    .received = date_danish(NOW_US)};
	CHECK_OK(right_add(db, arena, &s.w.leader, &r));
	r.outcome = S("granted");
	r.answer = S("Vi lader det ligge");
	CHECK_OK(right_answer(db, arena, &s.w.leader, &r));
	in.astray = true;
	CHECK_INT(invite_send(db, arena, &s.w.leader, &s.plan, &in, &result),
	    ERR_INVALID);
	CHECK_INT(result.left_out, 1);
	r.outcome = S("lifted");
	CHECK_OK(right_answer(db, arena, &s.w.leader, &r));
	CHECK_OK(invite_send(db, arena, &s.w.leader, &s.plan, &in, &result));
	CHECK_INT(result.sent, 1);
}

/* One time more, and the code in her hand goes on working. */
TEST_DB(invite_reminds_once)
{
	struct scene s;
	struct id list[1];
	struct invite_result result;
	struct letter_batch batch;
	scene_new(&s, arena, db);
	struct invite in = to_karen(&s, list);
	int64_t first_us = only_sending(&s).made_us;
	struct str first = s.token;
	s.w.leader.now_us += 14 * DAY_US;
	CHECK_OK(invite_send(db, arena, &s.w.leader, &s.plan, &in, &result));
	CHECK_OK(letters_open(db, arena, &s.w.leader, result.batch, &batch));
	CHECK_INT(batch.code[0].reminds_us, first_us);
	CHECK_INT(only_sending(&s).reminded_us, s.w.leader.now_us);
	CHECK_INT(only_sending(&s).made_us, first_us);
	struct str words =
	    invitation_reminder(arena, in.invitation, batch.code[0].reminds_us);
	CHECK_HAS(words, lang_date(arena, LANG_DA, date_danish(first_us)));
	enter(&s);
	s.token = batch.code[0].token;
	enter(&s);
	CHECK_INT(invite_send(db, arena, &s.w.leader, &s.plan, &in, &result),
	    ERR_INVALID);
	CHECK_INT(result.left_out, 1);
	in.astray = true; /* none of the letters came */
	CHECK_OK(invite_send(db, arena, &s.w.leader, &s.plan, &in, &result));
	struct citizen gone;
	CHECK_INT(citizen_enter(db, arena, &s.w.program, hash_of(first), &gone),
	    ERR_NOT_FOUND);
	CHECK_INT(
	    citizen_enter(db, arena, &s.w.program, hash_of(s.token), &gone),
	    ERR_NOT_FOUND);
}

/* How long a code works is the organisation's to say. */
TEST_DB(invite_codes_last_as_long_as_is_set)
{
	struct scene s;
	struct id list[1];
	struct invite_result result;
	struct letter_batch batch;
	struct citizen gone;
	scene_new(&s, arena, db);
	struct actor chief = s.w.program;
	CHECK_OK(setting_save(
	    db, arena, &chief, &(struct setting){S("code_days"), S("30")}));
	struct invite in = to_karen(&s, list);
	CHECK_OK(invite_send(db, arena, &s.w.leader, &s.plan, &in, &result));
	CHECK_OK(letters_open(db, arena, &s.w.leader, result.batch, &batch));
	struct hash hash = hash_of(batch.code[0].token);
	chief.now_us += 29 * DAY_US;
	CHECK_OK(citizen_enter(db, arena, &chief, hash, &gone));
	chief.now_us += 2 * DAY_US;
	CHECK_INT(citizen_enter(db, arena, &chief, hash, &gone), ERR_NOT_FOUND);
}

static void
want(struct scene *s, const char *channel)
{
	struct person p;
	CHECK_OK(person_get(
	    s->w.db, s->w.arena, &s->w.leader, s->karen.person.id, &p));
	p.channel = str_c(channel);
	CHECK_OK(person_save(s->w.db, s->w.arena, &s->w.leader, &p));
}

/* guide:S47: each in the way they want, and a letter where that cannot be. */
TEST_DB(invite_reaches_each_in_their_own_way)
{
	static const struct {
		const char *wish, *channel;
		bool contact;
	} cases[] = {{"in_person", "letter", true}, {"phone", "letter", true},
	    {"letter", "letter", true}, {"digital_post", "digital_post", false},
	    {"sms", "letter", false}, {"mail", "letter", false},
	    {"sms", "sms", true}, {"mail", "", true}};
	struct scene s;
	struct id list[1];
	struct invite_result result;
	struct letter_batch batch;
	scene_new(&s, arena, db);
	struct invite in = to_karen(&s, list);
	in.format = S("own");
	in.astray = true;
	in.mail = (struct mail){.kind = S("invitation"),
	    .subject = S("En besked"),
	    .body = S("%1\n"),
	    .has_smtp = true};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++) {
		struct person_contact c = {.name = S("Karen Holm"),
		    .address = S("Aavej 1"),
		    .mail = cases[i].contact ? S("k@borger.example") : S(""),
		    .phone = cases[i].contact ? S("12345678") : S("")};
		want(&s, cases[i].wish);
		CHECK_OK(person_contact_put(
		    db, arena, &s.w.leader, s.karen.person.id, &c));
		CHECK_OK(
		    invite_send(db, arena, &s.w.leader, &s.plan, &in, &result));
		CHECK_INT(result.mailed, cases[i].channel[0] == 0);
		if (result.mailed > 0)
			continue;
		CHECK_OK(
		    letters_open(db, arena, &s.w.leader, result.batch, &batch));
		CHECK_STR(batch.code[0].channel, str_c(cases[i].channel));
	}
}

/* By mail nothing goes but a link; without an address nobody is sent one. */
TEST_DB(invite_by_mail_says_only_that_there_is_a_message)
{
	struct scene s;
	struct id list[1];
	struct invite_result result;
	struct mail_lines out;
	scene_new(&s, arena, db);
	struct invite in = to_karen(&s, list);
	in.format = S("mail");
	in.mail = (struct mail){.kind = S("invitation"),
	    .subject = S("En besked"),
	    .body = S("Læs den her: %1\n")};
	CHECK_INT(invite_send(db, arena, &s.w.leader, &s.plan, &in, &result),
	    ERR_INVALID);
	struct person_contact c = {
	    .name = S("Karen Holm"), .mail = S("karen@borger.example")};
	CHECK_OK(
	    person_contact_put(db, arena, &s.w.leader, s.karen.person.id, &c));
	CHECK_OK(invite_send(db, arena, &s.w.leader, &s.plan, &in, &result));
	CHECK_OK(mail_list(
	    db, arena, &s.w.program, (struct mail_query){.open = true}, &out));
	CHECK_INT(out.n, 1);
	struct mail_line mail;
	CHECK_OK(mail_get(db, arena, &s.w.program, out.list[0].id, &mail));
	CHECK_HAS(mail.body, S("https://x.example/c/"));
	CHECK_LACKS(mail.body, S("Karen"));
	CHECK_LACKS(mail.body, S("Kaffe"));
}

/* guide:S44, guide:S51: nothing goes without room for influence, nor in words
 * that cannot be read. */
TEST_DB(invite_is_held_back_by_what_is_missing)
{
	struct scene s;
	struct invite_gate look;
	scene_new(&s, arena, db);
	struct record r = s.plan.of[KIND_INVITATION].list[0];
	CHECK_OK(invite_look(db, arena, &s.w.leader, &s.plan, &r, &look));
	CHECK(look.open);
	CHECK(look.plain.finding != PLAIN_TOO_HARD);
	struct records scope = s.plan.of[KIND_SCOPE];
	s.plan.of[KIND_SCOPE].n = 0;
	CHECK_OK(invite_look(db, arena, &s.w.leader, &s.plan, &r, &look));
	CHECK(!look.open);
	s.plan.of[KIND_SCOPE] = scope;
	s.plan.of[KIND_NOTICE].n = 0;
	CHECK_OK(invite_look(db, arena, &s.w.leader, &s.plan, &r, &look));
	CHECK(!look.open);
	s.plan.of[KIND_NOTICE].n = 1;
	struct str heavy =
	    S("Repræsentanter for pårørendeorganisationer indkaldes hermed til "
	      "samskabelsesorienterede inddragelsesprocesser vedrørende "
	      "kommunalbestyrelsens velfærdsudviklingsstrategi, hvorunder "
	      "interessevaretagelsesperspektiver kvalitetssikres "
	      "dokumentationsmæssigt.");
	static const char *const fields[] = {
	    "about", "why", "how", "use", "more"};
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		record_set(&r, fields[i], heavy);
	CHECK_OK(invite_look(db, arena, &s.w.leader, &s.plan, &r, &look));
	CHECK_INT(look.plain.finding, PLAIN_TOO_HARD);
	CHECK(!look.open);
}

/* Who has no more than a phone is answered for by who rang. */
TEST_DB(sending_is_answered_by_phone)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct id person = s.karen.person.id;
	CHECK_INT(sending_told(db, &s.w.decider, person, S("yes")), ERR_DENIED);
	CHECK_OK(sending_told(db, &s.w.leader, person, S("yes")));
	CHECK_STR(only_sending(&s).answer, S("yes"));
	CHECK_OK(sending_told(db, &s.w.leader, person, S("no")));
	CHECK_STR(only_sending(&s).answer, S("yes")); /* answered already */
}

/* R2: one at a time is no large meeting, however many are asked. */
TEST_DB(invite_of_many_one_to_one_is_no_large_meeting)
{
	struct scene s;
	struct invite_gate look;
	scene_new(&s, arena, db);
	struct record group = s.plan.of[KIND_GROUP].list[0];
	record_set(&group, "vulnerability", S("yes"));
	world_save(&s.w, &group);
	const struct record *r = &s.plan.of[KIND_INVITATION].list[0];
	struct record *activity = &s.plan.of[KIND_ACTIVITY].list[0];
	s.plan.of[KIND_GROUP].list[0] = group;
	record_set(activity, "people", S("100"));
	CHECK_OK(invite_look(db, arena, &s.w.leader, &s.plan, r, &look));
	CHECK_INT(look.activity.meeting.people, 1);
	CHECK(!rules_stop(&look.gate.rules));
	record_set(activity, "room", S("few"));
	CHECK_OK(invite_look(db, arena, &s.w.leader, &s.plan, r, &look));
	CHECK_INT(look.activity.meeting.people, 100);
	CHECK(rules_stop(&look.gate.rules));
}
