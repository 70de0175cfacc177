/* SPDX-License-Identifier: MPL-2.0 */
#include "model/choose.h"

#include "base/buf.h"
#include "tests/test.h"

static struct rules
fresh(struct arena *a)
{
	struct rule_limits limits = rule_limits_default();
	return rules_new(a, LANG_DA, &limits);
}

static struct picks
pick(struct arena *a, const struct wish *w)
{
	struct rules rules = fresh(a);
	return choose(&rules, catalogue_list(S("methods")), w);
}

static const struct pick *
find(const struct picks *picks, struct str key)
{
	for (ptrdiff_t i = 0; i < picks->n; i++) {
		if (str_eq(picks->list[i].method->key, key))
			return &picks->list[i];
	}
	return NULL;
}

/* ---- what a leader asks ---- */

/* guide:S48 no large meeting for the vulnerable; their own wish lifts it */
TEST(choose_refuses_a_town_meeting_for_the_vulnerable)
{
	struct wish w = {.phase = S("startup"),
	    .role = S("asker"),
	    .vulnerable = VULNERABLE_MAYBE};
	struct picks picks = pick(arena, &w);
	const struct pick *hall = find(&picks, S("town_hall"));
	CHECK(hall->out);
	CHECK_HAS(hall->why, S("stort møde"));
	CHECK(find(&picks, S("member"))->out);
	CHECK(find(&picks, S("sortition"))->out); /* twelve at least */
	CHECK_HAS(find(&picks, S("sortition"))->why, S("12 personer"));
	CHECK(!find(&picks, S("walk"))->out);
	CHECK(!find(&picks, S("message"))->out); /* one by one */

	w.own_wish = true;
	picks = pick(arena, &w);
	CHECK(!find(&picks, S("town_hall"))->out);
	w = (struct wish){.phase = S("startup"), .gives = S("mood")};
	picks = pick(arena, &w);
	CHECK_STR(picks.list[0].method->key, S("town_hall"));
	CHECK_STR(picks.list[0].why, S("Den passer til alt det, I beder om."));
	CHECK_INT(picks.n_in, picks.n);
}

/* guide:S49 R3: less gentle only with a companion, breaks and another way */
TEST(choose_asks_for_care_where_a_method_is_not_gentle)
{
	struct wish w = {.vulnerable = VULNERABLE_YES};
	struct picks picks = pick(arena, &w);
	CHECK(find(&picks, S("focus_group"))->ask_care);
	CHECK(!find(&picks, S("interview"))->ask_care);
	CHECK(!find(&picks, S("film"))->ask_care); /* 2 of 3 is enough */
	w.vulnerable = VULNERABLE_MAYBE;
	picks = pick(arena, &w);
	CHECK(!find(&picks, S("focus_group"))->ask_care);
}

/* guide:S50 interview, podcast, film and user journey first */
TEST(choose_puts_the_guides_four_first_for_the_vulnerable)
{
	struct wish w = {.vulnerable = VULNERABLE_MAYBE};
	struct picks picks = pick(arena, &w);
	for (int i = 0; i < 4; i++)
		CHECK(picks.list[i].method->in_guide);
	CHECK(!picks.list[4].method->in_guide);
	CHECK_HAS(picks.list[4].why, S("Guiden nævner"));
	w.vulnerable = VULNERABLE_NO;
	w.role = S("guide");
	w.phase = S("startup");
	picks = pick(arena, &w);
	CHECK_STR(picks.list[0].method->key, S("walk")); /* not one of them */
}

TEST(choose_weighs_phase_role_gives_gentleness_and_time_in_that_order)
{
	struct wish w = {.phase = S("ideas")};
	struct picks picks = pick(arena, &w);
	CHECK((picks.list[0].fits & FIT_PHASE) != 0);
	CHECK_HAS(find(&picks, S("interview"))->why, S("denne fase"));
	w.role = S("co_prioritiser");
	picks = pick(arena, &w);
	CHECK_STR(picks.list[0].method->key, S("panel")); /* gentler, shorter */
	CHECK_HAS(find(&picks, S("sortition"))->why, S("mindre skånsom"));
	CHECK_HAS(find(&picks, S("cafe"))->why, S("rollen"));
	w = (struct wish){.phase = S("discovery"), .gives = S("stories")};
	picks = pick(arena, &w);
	CHECK_HAS(find(&picks, S("walk"))->why, S("det, I søger"));
	w.minutes = 30;
	picks = pick(arena, &w);
	CHECK_STR(picks.list[0].method->key, S("message"));
	CHECK_HAS(find(&picks, S("interview"))->why, S("længere"));
}

TEST(choose_looks_at_who_it_is_for)
{
	struct wish w = {.phase = S("focus"), .group = S("non_user")};
	struct picks picks = pick(arena, &w);
	CHECK_HAS(find(&picks, S("cafe"))->why, S("venter på"));
	w = (struct wish){.phase = S("discovery"), .age = S("0-14")};
	picks = pick(arena, &w);
	CHECK(picks.list[0].ask_guardian);
	w.age = S("15-24");
	picks = pick(arena, &w);
	CHECK(!picks.list[0].ask_guardian);
	w = (struct wish){.people = 6};
	picks = pick(arena, &w);
	CHECK_HAS(find(&picks, S("walk"))->why, S("et andet antal"));
	CHECK((find(&picks, S("focus_group"))->fits & FIT_SIZE) != 0);
}

TEST(choose_says_when_the_wish_itself_is_too_big)
{
	struct wish w = {.vulnerable = VULNERABLE_YES, .people = 9};
	struct picks picks = pick(arena, &w);
	CHECK(picks.wish_too_big);
	CHECK_INT(picks.n_in, 0);
	CHECK_HAS(picks.list[0].why, S("9 personer ad gangen"));
	w.people = 8;
	CHECK(!pick(arena, &w).wish_too_big);
	w.town_hall = true;
	picks = pick(arena, &w);
	CHECK(picks.wish_too_big);
	CHECK_HAS(picks.list[0].why, S("rådhuset"));
	w.vulnerable = VULNERABLE_NO;
	CHECK(!pick(arena, &w).wish_too_big);
}

TEST(choose_takes_the_organisations_own_limit)
{
	struct rules rules = fresh(arena);
	struct wish w = {.vulnerable = VULNERABLE_YES, .people = 6};
	CHECK(rule_limits_set(&rules.limits, S("r2_people"), S("5")));
	CHECK(choose(&rules, catalogue_list(S("methods")), &w).wish_too_big);
	CHECK(choose(&rules, (struct catalogue_items){0}, &w).n == 0);
}

/* ---- whatever is wished ---- */

static uint32_t
next(uint32_t *state, uint32_t n)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 8) % n;
}

static struct str
any_key(uint32_t *state, const char *list)
{
	struct catalogue_items items = catalogue_list(str_c(list));
	ptrdiff_t i = (ptrdiff_t)next(state, (uint32_t)items.n + 1);
	return i == items.n ? S("") : items.list[i].key;
}

static struct wish
any_wish(uint32_t *state)
{
	static const char *const ages[] = {"", "0-14", "15-24", "80+"};
	struct wish w = {.phase = any_key(state, "phases"),
	    .role = any_key(state, "roles"),
	    .gives = any_key(state, "yields"),
	    .group = any_key(state, "target_group_kinds"),
	    .age = str_c(ages[next(state, 4)]),
	    .vulnerable = (enum vulnerable)next(state, 3)};
	w.own_wish = next(state, 4) == 0;
	w.care = next(state, 2) == 0;
	w.whole_network = next(state, 6) == 0;
	w.town_hall = next(state, 6) == 0;
	w.people = next(state, 2) == 0 ? 0 : next(state, 40);
	w.minutes = next(state, 2) == 0 ? 0 : next(state, 300);
	return w;
}

/* The same methods in another order. */
static struct catalogue_items
shuffled(struct arena *a, uint32_t *state)
{
	struct catalogue_items all = catalogue_list(S("methods"));
	struct catalogue_item *list =
	    arena_new(a, struct catalogue_item, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		ptrdiff_t j = (ptrdiff_t)next(state, (uint32_t)i + 1);
		list[i] = list[j];
		list[j] = all.list[i];
	}
	return (struct catalogue_items){list, all.n};
}

static bool
breaks_r2(const struct pick *p, const struct wish *w)
{
	return w->vulnerable != VULNERABLE_NO && !w->own_wish &&
	    (p->method->people_min > 8 || w->people > 8 || w->town_hall ||
		w->whole_network || p->method->assembly);
}

static void
check_wish(struct arena *a, uint32_t *state)
{
	struct wish w = any_wish(state);
	struct rules rules = fresh(a);
	struct picks one = choose(&rules, catalogue_list(S("methods")), &w);
	struct picks other = choose(&rules, shuffled(a, state), &w);
	CHECK_INT(rules.n, 0);
	for (ptrdiff_t i = 0; i < one.n; i++) {
		const struct pick *p = &one.list[i];
		CHECK_STR(p->method->key, other.list[i].method->key);
		CHECK_STR(p->why, other.list[i].why);
		CHECK(p->why.n > 0);
		CHECK_INT(p->out, breaks_r2(p, &w));
		CHECK_INT(p->out, i >= one.n_in);
		CHECK(p->out || p->ask_care || w.care ||
		    w.vulnerable != VULNERABLE_YES || p->method->gentle >= 2);
	}
}

/* guide:S48 guide:S49 */
TEST(choose_keeps_its_promises_whatever_is_wished)
{
	uint32_t state = 1;
	struct wish w = {.vulnerable = VULNERABLE_YES};
	struct pick crowd = {
	    .method = catalogue_find(S("methods"), S("town_hall"))};
	CHECK(breaks_r2(&crowd, &w)); /* the control */
	for (int i = 0; i < 400; i++) {
		struct arena *scratch = arena_scratch(arena);
		check_wish(scratch, &state);
		arena_close(scratch);
	}
}
