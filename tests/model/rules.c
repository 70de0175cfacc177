/* SPDX-License-Identifier: MPL-2.0 */

/* Every rule that is looked at now: once where it fires, once where it must
 * not. */
#include "model/rules.h"

#include "base/buf.h"
#include "model/catalogue.h"
#include "tests/model/fixture.h"

static struct rules
fresh(struct arena *a)
{
	struct rule_limits limits = rule_limits_default();
	return rules_new(a, LANG_DA, &limits);
}

/* Exactly one hit, of this rule, with all three sentences filled in. */
static void
check_hit(const struct rules *r, int rule, bool stops, struct str has)
{
	CHECK_INT(r->n, 1);
	CHECK_INT(r->hit[0].rule, rule);
	CHECK_INT(r->hit[0].stops, stops);
	CHECK_INT(rules_stop(r), stops);
	CHECK_HAS(rule_text(r, r->hit), has);
	CHECK_LACKS(rule_text(r, r->hit), S("%"));
	CHECK(rule_why(r, r->hit).n > 0);
	CHECK_LACKS(rule_way(r, r->hit), S("%"));
	CHECK_STR(rule_name(r, r->hit), str_fmt(r->arena, "R%d", rule));
}

/* ---- the catalogue of them ---- */

TEST(rules_are_eighteen_and_say_which_are_looked_at)
{
	struct catalogue_items rules = catalogue_list(S("rules"));
	int64_t ready = 0;
	CHECK_INT(rules.n, 18);
	for (ptrdiff_t i = 0; i < rules.n; i++) {
		CHECK_INT(rules.list[i].number, i + 1);
		CHECK_STR(rules.list[i].key, str_fmt(arena, "r%d", (int)i + 1));
		if (rules.list[i].ready)
			ready |= INT64_C(1) << rules.list[i].number;
	}
	int64_t looked_at = 0;
	static const int now[] = {
	    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 18};
	for (ptrdiff_t i = 0; i < COUNT_OF(now); i++)
		looked_at |= INT64_C(1) << now[i];
	CHECK_INT(ready, looked_at);
}

TEST(rules_have_limits_within_their_range)
{
	struct catalogue_items items = catalogue_list(S("limits"));
	struct rule_limits limits = rule_limits_default();
	CHECK_INT(items.n, LIMIT_COUNT);
	for (ptrdiff_t i = 0; i < items.n; i++) {
		const struct catalogue_item *item = &items.list[i];
		CHECK(item->least <= item->value && item->value <= item->most);
		CHECK_INT(limits.of[i], item->value); /* the same order */
		CHECK(str_starts(item->key, item->rule.list[0]));
	}
	CHECK_INT(limits.of[LIMIT_R2_PEOPLE], 8);
	CHECK_INT(limits.of[LIMIT_R13_PAIRS], 5);
}

TEST(rules_take_an_organisations_limits_within_the_range_only)
{
	struct rule_limits limits = rule_limits_default();
	CHECK(rule_limits_set(&limits, S("r7_times"), S("2")));
	CHECK_INT(limits.of[LIMIT_R7_TIMES], 2);
	CHECK(!rule_limits_set(&limits, S("r7_times"), S("0")));
	CHECK(!rule_limits_set(&limits, S("r7_times"), S("51")));
	CHECK(!rule_limits_set(&limits, S("r7_times"), S("mange")));
	CHECK(!rule_limits_set(&limits, S("r99"), S("2")));
	CHECK_INT(limits.of[LIMIT_R7_TIMES], 2);
}

/* ---- the plan ---- */

static void
load(struct world *w, struct plan *plan)
{
	CHECK_OK(plan_load(w->db, w->arena, &w->leader, plan));
}

static void
add(struct world *w, enum record_kind kind)
{
	struct record r = world_record(w, kind);
	world_save(w, &r);
}

/* guide:S2 guide:S44 R1 */
TEST_DB(rule_1_stops_where_the_plan_has_a_hole)
{
	struct world w;
	struct plan plan;
	world_new(&w, arena, db);
	load(&w, &plan);
	struct rules r = fresh(arena);
	CHECK(rule_leaves_design(&r, &plan));
	check_hit(&r, 1, true, S("formål, råderum, behov, løfte"));
	r = fresh(arena);
	CHECK(rule_invites(&r, &plan));
	check_hit(&r, 1, true, S("mangler i planen: behov, råderum, løfte."));

	add(&w, KIND_NEED);
	add(&w, KIND_SCOPE);
	add(&w, KIND_PROMISE);
	load(&w, &plan);
	r = fresh(arena);
	CHECK(!rule_invites(&r, &plan));
	CHECK(rule_leaves_design(&r, &plan));
	add(&w, KIND_PURPOSE);
	add(&w, KIND_GROUP);
	add(&w, KIND_CELL);
	load(&w, &plan);
	r = fresh(arena);
	CHECK(!rule_leaves_design(&r, &plan));
	CHECK_INT(r.n, 0);
}

/* guide:S35 R9 */
TEST_DB(rule_9_reopens_what_is_older_than_the_theme)
{
	struct world w;
	struct plan plan;
	world_new(&w, arena, db);
	add(&w, KIND_THEME);
	add(&w, KIND_GROUP);
	load(&w, &plan);
	struct rules r = fresh(arena);
	CHECK(!rule_theme_is_new(&r, &plan)); /* there is only one version */
	w.leader.now_us += HOUR_US;
	add(&w, KIND_THEME);
	load(&w, &plan);
	CHECK(rule_theme_is_new(&r, &plan));
	check_hit(&r, 9, false, S("målgruppe"));
	CHECK(rule_before_theme(&plan, NOW_US));
	CHECK(!rule_before_theme(&plan, NOW_US + HOUR_US));
}

/* guide:S13 R15 */
TEST_DB(rule_15_asks_for_a_citizen_between_two_agendas)
{
	struct world w;
	struct plan plan;
	world_new(&w, arena, db);
	load(&w, &plan);
	struct rules r = fresh(arena);
	CHECK(!rule_tension(&r, &plan, false));
	add(&w, KIND_TENSION);
	load(&w, &plan);
	CHECK(!rule_tension(&r, &plan, true));
	CHECK(rule_tension(&r, &plan, false));
	check_hit(&r, 15, false, S("ingen borger er spurgt"));

	/* A dialogue about it is that citizens are asked, once it is open. */
	struct record talk = world_record(&w, KIND_DIALOGUE);
	record_set(&talk, "tension", plan.of[KIND_TENSION].list[0].id_text);
	world_save(&w, &talk);
	load(&w, &plan);
	r = fresh(arena);
	CHECK(rule_tension(&r, &plan, false));
	record_set(&talk, "about", S("Vi vil vide, hvad der hjælper."));
	record_set(&talk, "state", S("open"));
	world_save(&w, &talk);
	load(&w, &plan);
	r = fresh(arena);
	CHECK(!rule_tension(&r, &plan, false));
}

/* ---- a meeting ---- */

/* guide:S48 R2 */
TEST(rule_2_stops_a_big_meeting_for_the_vulnerable)
{
	struct rules r = fresh(arena);
	struct meeting m = {.vulnerable = VULNERABLE_MAYBE, .people = 8};
	CHECK(!rule_too_big(&r, &m));
	m.people = 9;
	CHECK(rule_too_big(&r, &m));
	check_hit(&r, 2, true, S("9 personer ad gangen"));
	CHECK_HAS(rule_way(&r, r.hit), S("højst 8"));
	m.own_wish = true;
	CHECK(!rule_too_big(&r, &m));
	m = (struct meeting){.vulnerable = VULNERABLE_NO, .people = 900};
	CHECK(!rule_too_big(&r, &m));
	m = (struct meeting){
	    .vulnerable = VULNERABLE_YES, .people = 1, .town_hall = true};
	r = fresh(arena);
	CHECK(rule_too_big(&r, &m));
	check_hit(&r, 2, true, S("rådhuset"));
	m = (struct meeting){
	    .vulnerable = VULNERABLE_YES, .people = 1, .whole_network = true};
	r = fresh(arena);
	CHECK(rule_too_big(&r, &m));
	check_hit(&r, 2, true, S("hele netværket"));
	r.limits.of[LIMIT_R2_PEOPLE] = 2;
	m = (struct meeting){.vulnerable = VULNERABLE_YES, .people = 3};
	CHECK(rule_too_big(&r, &m));
}

/* guide:S49 R3 */
TEST(rule_3_asks_for_care_where_the_form_is_not_gentle)
{
	struct rules r = fresh(arena);
	struct meeting m = {.vulnerable = VULNERABLE_YES, .gentle = 2};
	CHECK(!rule_not_gentle(&r, &m));
	m.gentle = 1;
	CHECK(rule_not_gentle(&r, &m));
	check_hit(&r, 3, true, S("1/3"));
	m.care = true;
	CHECK(!rule_not_gentle(&r, &m));
	m = (struct meeting){.vulnerable = VULNERABLE_MAYBE};
	CHECK(!rule_not_gentle(&r, &m));
	CHECK_INT(vulnerable_parse(S("yes")), VULNERABLE_YES);
	CHECK_INT(vulnerable_parse(S("maybe")), VULNERABLE_MAYBE);
	CHECK_INT(vulnerable_parse(S("")), VULNERABLE_NO);
}

/* guide:S38 R10 */
TEST(rule_10_wants_a_question)
{
	struct rules r = fresh(arena);
	struct meeting m = {.questions = 1};
	CHECK(!rule_no_question(&r, &m));
	m.questions = 0;
	CHECK(rule_no_question(&r, &m));
	check_hit(&r, 10, true, S("ikke ved endnu"));
}

/* ---- one person, one text ---- */

/* R4, databeskyttelsesloven § 6 */
TEST(rule_4_wants_a_parents_yes_below_fifteen)
{
	struct rules r = fresh(arena);
	CHECK(!rule_no_guardian(&r, S("15-24"), true, false));
	CHECK(!rule_no_guardian(&r, S("0-14"), false, false)); /* other basis */
	CHECK(!rule_no_guardian(&r, S("0-14"), true, true));
	CHECK(!rule_no_guardian(&r, S("80+"), true, false));
	CHECK(!rule_no_guardian(&r, S(""), true, false));
	CHECK(rule_no_guardian(&r, S("0-14"), true, false));
	check_hit(&r, 4, true, S("under 15 år"));
}

/* guide:S45 R7 */
TEST(rule_7_warns_when_somebody_is_asked_often)
{
	struct rules r = fresh(arena);
	CHECK(!rule_asked_often(&r, 3));
	CHECK(rule_asked_often(&r, 4));
	check_hit(&r, 7, false, S("spurgt 4 gange"));
}

/* guide:S51 R5 */
TEST(rule_5_shows_what_is_hard_or_childish_and_stops_only_invitations)
{
	struct rules r = fresh(arena);
	CHECK(!rule_reading(&r, (struct reading){.lix = 34}));
	CHECK(!rule_reading(&r, (struct reading){.lix = 20}));
	CHECK(!rule_reading(&r, (struct reading){.lix = 15, .young = true}));
	CHECK(rule_reading(&r, (struct reading){.lix = 35}));
	check_hit(&r, 5, false, S("lix 35"));
	r = fresh(arena);
	CHECK(rule_reading(&r, (struct reading){.lix = 19}));
	check_hit(&r, 5, false, S("lix 19"));
	r = fresh(arena);
	CHECK(rule_reading(&r, (struct reading){.lix = 25, .young = true}));
	check_hit(&r, 5, false, S("lix 25"));
	r = fresh(arena);
	CHECK(
	    rule_reading(&r, (struct reading){.lix = 44, .invitation = true}));
	check_hit(&r, 5, false, S("lix 44"));
	r = fresh(arena);
	CHECK(
	    rule_reading(&r, (struct reading){.lix = 45, .invitation = true}));
	check_hit(&r, 5, true, S("lix 45"));
	r = fresh(arena);
	CHECK(rule_reading(&r, (struct reading){.lix = 45}));
	check_hit(&r, 5, false, S("lix 45"));
}

TEST(rules_note_no_more_than_they_hold)
{
	struct rules r = fresh(arena);
	struct meeting m = {0};
	for (int i = 0; i < RULE_HITS + 5; i++)
		CHECK(rule_no_question(&r, &m));
	CHECK_INT(r.n, RULE_HITS);
}
