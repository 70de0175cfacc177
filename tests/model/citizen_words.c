/* SPDX-License-Identifier: MPL-2.0 */

/* Karen and her own words. */
#include "model/citizen_words.h"

#include "model/demo_citizen.h"
#include "tests/model/fixture.h"

struct scene {
	struct world w;
	struct citizen karen;
};

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	world_new(&s->w, a, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(&s->w, kinds[i]);
		world_save(&s->w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &s->w.leader, &token));
	CHECK_OK(
	    citizen_enter(db, a, &s->w.program, hash_of(token), &s->karen));
}

static ptrdiff_t
count(struct scene *s, struct contribution *first)
{
	struct contribution_page page;
	CHECK_OK(citizen_words(s->w.db, s->w.arena, &s->karen, &page));
	if (page.n > 0)
		*first = page.list[0];
	return page.n;
}

/* guide:S55: she shortens her words, and says who may read them. */
TEST_DB(citizen_words_are_hers_to_change_and_take_back)
{
	struct scene s;
	struct contribution c;
	struct receipts receipts;
	scene_new(&s, arena, db);
	struct citizen_word w = {.id = id_new(s.w.program.now_us),
	    .text = S("Jeg venter hele dagen, og ingen ringer."),
	    .scope = SCOPE_NETWORK};
	ptrdiff_t before = count(&s, &c);
	CHECK_OK(citizen_says(db, arena, &s.karen, &w));
	CHECK_OK(citizen_says(db, arena, &s.karen, &w));
	CHECK_INT(count(&s, &c), before + 1);
	CHECK_STR(c.given_by, S("self"));
	w.text = S("Jeg venter hele dagen.");
	w.scope = SCOPE_DECISION;
	CHECK_OK(citizen_changes(db, arena, &s.karen, &w));
	CHECK_INT(count(&s, &c), before + 1);
	CHECK_STR(c.approval, S("yes"));
	CHECK_STR(contribution_words(&c), w.text);
	CHECK_INT(c.scope, SCOPE_DECISION);
	CHECK_STR(c.original, S("Jeg venter hele dagen, og ingen ringer."));
	CHECK_OK(
	    contribution_receipts(db, arena, &s.w.leader, c.id, &receipts));
	CHECK_INT(receipts.n, 2);
	CHECK_OK(citizen_takes_back(db, arena, &s.karen, c.id));
	CHECK_INT(citizen_takes_back(db, arena, &s.karen, c.id), ERR_NOT_FOUND);
	CHECK_INT(count(&s, &c), before);
}

TEST_DB(citizen_words_of_others_are_not_found)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct contribution other = {.id = id_new(NOW_US),
	    .kind = S("quote"),
	    .teller = S("staff"),
	    .original = S("En andens ord."),
	    .basis = S("consent"),
	    .scope = SCOPE_PUBLIC,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(db, arena, &s.w.leader, &other, S("")));
	struct citizen_word w = {other.id, S("Mine."), SCOPE_PUBLIC};
	CHECK_INT(citizen_changes(db, arena, &s.karen, &w), ERR_NOT_FOUND);
	CHECK_INT(
	    citizen_takes_back(db, arena, &s.karen, other.id), ERR_NOT_FOUND);
}

TEST_DB(citizen_words_are_checked)
{
	struct scene s;
	struct citizen_word_faults f;
	scene_new(&s, arena, db);
	struct citizen_word w = {
	    id_new(NOW_US), S("Mit nummer er 010150-1234"), -1};
	citizen_word_check(&w, &f);
	CHECK(f.text && f.scope);
	CHECK_INT(citizen_says(db, arena, &s.karen, &w), ERR_INVALID);
	s.karen.person.age = S("0-14");
	struct person p = s.karen.person;
	CHECK_OK(person_get(db, arena, &s.w.leader, p.id, &p));
	p.age = S("0-14");
	CHECK_OK(person_save(db, arena, &s.w.leader, &p));
	w = (struct citizen_word){id_new(NOW_US), S("Godt."), SCOPE_NETWORK};
	CHECK_INT(citizen_says(db, arena, &s.karen, &w), ERR_INVALID);
	s.karen.person.guardian = S("På papir");
	CHECK_OK(citizen_says(db, arena, &s.karen, &w));
}
