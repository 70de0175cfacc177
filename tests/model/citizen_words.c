/* SPDX-License-Identifier: MPL-2.0 */

/* Karen and her own words. */
#include "model/citizen_words.h"

#include "model/demo_citizen.h"
#include "model/idea_bank.h"
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

/* Who knows the id of what somebody else said gets nothing by it. */
TEST_DB(citizen_says_nothing_under_another_ones_id)
{
	struct scene s;
	struct contribution other;
	scene_new(&s, arena, db);
	struct contribution c = {.id = id_new(NOW_US + 77),
	    .kind = S("idea"),
	    .teller = S("staff"),
	    .original = S("Det sagde en anden."),
	    .basis = S("consent"),
	    .scope = SCOPE_NETWORK,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(db, arena, &s.w.leader, &c, S("")));
	CHECK_OK(contribution_add(db, arena, &s.w.leader, &c, S("")));
	struct citizen_word w = {
	    .id = c.id, .text = S("Det er mit nu."), .scope = SCOPE_PUBLIC};
	CHECK_INT(citizen_says(db, arena, &s.karen, &w), ERR_CONFLICT);
	struct idea_given g = {.id = c.id,
	    .text = S("Det er min idé."),
	    .scope = SCOPE_PUBLIC,
	    .told = S("Alle")};
	CHECK_INT(citizen_gives_idea(db, arena, &s.karen, &g), ERR_CONFLICT);
	CHECK_OK(contribution_get(db, arena, &s.w.leader, c.id, &other));
	CHECK_STR(contribution_words(&other), S("Det sagde en anden."));
	CHECK(!id_is_set(other.person));
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

/* ---- their recordings ---- */

struct clip {
	struct scene scene;
	struct id contribution, id;
	struct str dir;
};

static void
clip_new(struct clip *k, struct arena *a, struct db *db)
{
	struct scene *s = &k->scene;
	scene_new(s, a, db);
	k->dir = test_dir(a);
	struct citizen_word w = {.id = id_new(NOW_US),
	    .text = S("Jeg sover om dagen."),
	    .scope = SCOPE_NETWORK};
	CHECK_OK(citizen_says(db, a, &s->karen, &w));
	struct media m = {.id = id_new(NOW_US),
	    .contribution = w.id,
	    .name = S("Jonas.m4a"),
	    .size = 11};
	struct media_piece piece = {m.id, k->dir, 0, S("OggS og lyd")};
	CHECK_OK(media_begin(db, a, &s->w.leader, &m));
	CHECK_OK(media_add(db, a, &s->w.leader, &piece, &m));
	k->contribution = w.id;
	k->id = m.id;
}

static void
clip_clean(struct clip *k)
{
	struct media m;
	struct world *w = &k->scene.w;
	CHECK_OK(media_get(w->db, w->arena, &w->leader, k->id, &m));
	m.type = S("audio/mp4");
	CHECK_OK(media_cleaned(w->db, w->arena, &w->leader, &m));
}

/* guide:S50: Jonas hears the clip before it is used, regrets the next day, and
 * it is gone in the same write. */
TEST_DB(citizen_hears_says_yes_and_stops_it)
{
	struct clip k;
	struct media m;
	struct media_list list;
	struct receipts receipts;
	clip_new(&k, arena, db);
	struct scene *s = &k.scene;
	struct actor *leader = &s->w.leader;
	CHECK_INT(/* not before it is made anew */
	    citizen_media(db, arena, &s->karen, k.id, &m), ERR_NOT_FOUND);
	clip_clean(&k);
	CHECK_OK(citizen_media(db, arena, &s->karen, k.id, &m));
	struct media_say say = {k.id, S("0:01 Jeg sover"), S("unasked")};
	CHECK_OK(media_describe(db, arena, leader, &say));
	CHECK_INT(media_show(db, arena, leader, k.id, true), ERR_CONFLICT);
	CHECK_OK(citizen_media_agrees(db, arena, &s->karen, k.id, S("Ja tak")));
	CHECK_OK(citizen_media_agrees(db, arena, &s->karen, k.id, S("Ja tak")));
	CHECK_OK(media_show(db, arena, leader, k.id, true));
	CHECK_OK(citizen_media_of(db, arena, &s->karen, k.contribution, &list));
	CHECK_INT(list.n, 1);
	CHECK_STR(list.list[0].words, say.words);
	/* the next day */
	struct citizen_stop stop = {k.id, k.dir, S("Stoppet")};
	struct media_file f = media_kept(&m, leader, k.dir);
	CHECK_OK(citizen_media_stops(db, arena, &s->karen, &stop));
	CHECK_INT(media_get(db, arena, leader, k.id, &m), ERR_NOT_FOUND);
	CHECK_INT(media_file_get(arena, &f, 0, &say.words), ERR_NOT_FOUND);
	CHECK_INT(
	    citizen_media_stops(db, arena, &s->karen, &stop), ERR_NOT_FOUND);
	CHECK_OK(contribution_receipts(
	    db, arena, leader, k.contribution, &receipts));
	CHECK_INT(receipts.n, 3); /* the words, the yes once, the stop */
	int told = 0;
	for (ptrdiff_t i = 0; i < receipts.n; i++)
		told += str_eq(receipts.list[i].text, S("Ja tak")) ||
		    str_eq(receipts.list[i].text, S("Stoppet"));
	CHECK_INT(told, 2);
	CHECK_INT(count(s, &(struct contribution){0}) > 0, true);
}

TEST_DB(citizen_hears_nothing_of_another)
{
	struct clip k;
	struct media m;
	struct media_list list;
	clip_new(&k, arena, db);
	clip_clean(&k);
	struct citizen other = k.scene.karen;
	other.person.id = id_new(NOW_US);
	struct citizen_stop stop = {k.id, k.dir, S("")};
	CHECK_INT(citizen_media(db, arena, &other, k.id, &m), ERR_NOT_FOUND);
	CHECK_INT(citizen_media_of(db, arena, &other, k.contribution, &list),
	    ERR_NOT_FOUND);
	CHECK_INT(citizen_media_agrees(db, arena, &other, k.id, S("")),
	    ERR_NOT_FOUND);
	CHECK_INT(citizen_media_stops(db, arena, &other, &stop), ERR_NOT_FOUND);
	other = k.scene.karen;
	other.needs_guardian = true; /* R4: a child's yes waits */
	CHECK_INT(
	    citizen_media_agrees(db, arena, &other, k.id, S("")), ERR_INVALID);
	CHECK_OK(citizen_media_stops(db, arena, &other, &stop)); /* no never */
}
