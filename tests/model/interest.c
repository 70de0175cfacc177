/* SPDX-License-Identifier: MPL-2.0 */

/* The open page where people register: its own fields, and what becomes of
 * what was written there. */
#include "model/interest.h"

#include "tests/model/fixture.h"

static struct interest
page(void)
{
	return (struct interest){.open = true,
	    .about = S("Vi vil gerne høre fra dig."),
	    .ends = S("2026-12-24"),
	    .field = {{.label = S("Hvor bor du?"),
			  .choices = S("By\nLand"),
			  .required = true},
		{.label = S("Hvad ved du om emnet?")}}};
}

static struct registration
karen(struct world *w)
{
	return (struct registration){.id = id_new(w->program.now_us),
	    .contact = {.name = S("Karen Holm"), .phone = S("20304050")},
	    .age = S("67-79"),
	    .needs_note = S("En stol"),
	    .value = {S("By"), S("Alt")}};
}

/* Whoever fills it in has no rights: the program does it for them. */
static struct actor
program_inside(struct world *w)
{
	return actor_inside(&w->program, w->network);
}

TEST_DB(interest_makes_a_person_of_who_registers)
{
	struct world w;
	struct interest set = page(), now;
	struct person_page people;
	struct person_answers answers;
	struct person_contact contact;
	world_new(&w, arena, db);
	struct actor in = program_inside(&w);
	CHECK_OK(interest_save(db, arena, &w.leader, &set));
	CHECK_OK(interest_get(db, arena, &in, &now));
	CHECK(interest_is_open(&now, &in));
	struct registration r = karen(&w);
	CHECK_OK(interest_register(db, arena, &in, &now, &r));
	CHECK_OK(interest_register(db, arena, &in, &now, &r));
	CHECK_OK(person_list(
	    db, arena, &w.leader, &(struct person_filter){0}, &people));
	CHECK_INT(people.total, 1);
	const struct person *p = &people.list[0];
	CHECK_STR(p->state, S("proposed"));
	CHECK_STR(p->source, S("interest"));
	CHECK_STR(p->channel, S("phone"));
	CHECK(p->needs_asked_us > 0);
	CHECK_STR(p->alias, S(""));
	CHECK_OK(person_answers(db, arena, &w.leader, p->id, &answers));
	CHECK_INT(answers.n, 2);
	CHECK_STR(answers.list[0].label, S("Hvor bor du?"));
	CHECK_STR(answers.list[0].value, S("By"));
	CHECK_OK(person_contact_read(
	    db, arena, &w.leader, p->id, S("Ringe"), &contact));
	CHECK_STR(contact.name, S("Karen Holm"));
}

/* An id that somebody has is no way to their contact details. */
TEST_DB(interest_touches_nobody_who_is_there)
{
	struct world w;
	struct interest set = page();
	struct person_contact contact;
	world_new(&w, arena, db);
	struct actor in = program_inside(&w);
	CHECK_OK(interest_save(db, arena, &w.leader, &set));
	CHECK_OK(interest_get(db, arena, &in, &set));
	struct registration r = karen(&w), thief = r;
	CHECK_OK(interest_register(db, arena, &in, &set, &r));
	thief.contact.name = S("En anden");
	CHECK_OK(interest_register(db, arena, &in, &set, &thief));
	CHECK_OK(person_contact_read(
	    db, arena, &w.leader, r.id, S("Ringe"), &contact));
	CHECK_STR(contact.name, S("Karen Holm"));
}

TEST_DB(interest_is_closed_when_it_is_not_open)
{
	struct world w;
	struct interest set = page();
	world_new(&w, arena, db);
	struct actor in = program_inside(&w);
	struct registration r = karen(&w);
	CHECK_INT(interest_register(db, arena, &in, &(struct interest){0}, &r),
	    ERR_DENIED);
	in.now_us += 40 * INT64_C(24) * 3600 * SECOND_US;
	CHECK_INT(interest_register(db, arena, &in, &set, &r), ERR_DENIED);
	CHECK_INT(interest_save(db, arena, &w.decider, &set), ERR_DENIED);
}

TEST_DB(interest_says_what_is_wrong_at_its_field)
{
	struct world w;
	struct interest set = page();
	struct registration_faults f;
	world_new(&w, arena, db);
	struct registration r = karen(&w);
	registration_check(&set, &r, &f);
	CHECK(!f.any);
	r.value[0] = S("Månen");
	r.contact.phone = S("");
	r.age = S("7");
	registration_check(&set, &r, &f);
	CHECK(f.any && f.value[0] && f.reach && f.age && !f.name);
	struct actor in = program_inside(&w);
	CHECK_INT(interest_register(db, arena, &in, &set, &r), ERR_INVALID);
	r = karen(&w);
	r.needs_note = r.value[1] = S("Jeg er 010145-5678");
	registration_check(&set, &r, &f);
	CHECK(f.needs_note && f.value[1]);
	struct interest_faults wrong;
	set.about = S(" ");
	set.ends = S("24/12");
	set.field[1].choices = S("kun en");
	interest_check(&set, &wrong);
	CHECK(
	    wrong.about && wrong.ends && wrong.choices[1] && !wrong.choices[0]);
}

TEST_DB(interest_field_that_is_taken_away_keeps_its_answers)
{
	struct world w;
	struct interest set = page(), now;
	struct person_answers answers;
	world_new(&w, arena, db);
	struct actor in = program_inside(&w);
	CHECK_OK(interest_save(db, arena, &w.leader, &set));
	CHECK_OK(interest_get(db, arena, &in, &set));
	struct registration r = karen(&w);
	CHECK_OK(interest_register(db, arena, &in, &set, &r));
	set.field[0] = (struct interest_field){0};
	CHECK_OK(interest_save(db, arena, &w.leader, &set));
	CHECK_OK(interest_get(db, arena, &in, &now));
	CHECK_INT(now.field[0].label.n, 0);
	CHECK_STR(now.field[1].label, S("Hvad ved du om emnet?"));
	CHECK_OK(person_answers(db, arena, &w.leader, r.id, &answers));
	CHECK_INT(answers.n, 2);
}
