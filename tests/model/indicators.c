/* SPDX-License-Identifier: MPL-2.0 */

/* Cases worked out by hand.  guide:S10 guide:S34 guide:S44 */
#include "model/indicators.h"

#include "model/catalogue.h"
#include "tests/test.h"

static const struct str chosen[] = {
    S_INIT("pupils"), S_INIT("parents"), S_INIT("staff")};

static const struct held meetings[] = {
    {S_INIT("pupils staff"), S_INIT("discovery")},
    {S_INIT("pupils"), S_INIT("ideas")},
    {S_INIT("neighbours"), S_INIT("ideas")}, /* not chosen */
    {S_INIT(""), S_INIT("ideas")},
};

static struct coverage
all(void)
{
	return (struct coverage){
	    chosen, COUNT_OF(chosen), meetings, COUNT_OF(meetings)};
}

static void
check_share(struct share share, int part, int whole)
{
	CHECK_INT(share.part, part);
	CHECK_INT(share.whole, whole);
}

TEST(coverage_counts_each_chosen_group_once)
{
	struct coverage c = all();
	(void)arena;
	check_share(indicator_coverage(&c, S("")), 2, 3);
	check_share(indicator_coverage(&c, S("discovery")), 2, 3);
	check_share(indicator_coverage(&c, S("ideas")), 1, 3);
	check_share(indicator_coverage(&c, S("test")), 0, 3);
	c.n_held = 0;
	check_share(indicator_coverage(&c, S("")), 0, 3);
	c.n_groups = 0;
	check_share(indicator_coverage(&c, S("")), 0, 0);
}

TEST(coverage_takes_no_part_of_a_name_for_the_name)
{
	struct held held = {S("pupils_old"), S("ideas")};
	struct coverage c = {chosen, 1, &held, 1};
	(void)arena;
	check_share(indicator_coverage(&c, S("")), 0, 1);
}

/* Nothing speaks against it. */
static struct sham_facts
sound(void)
{
	return (struct sham_facts){
	    .today = {2026, 11, 24},
	    .decided = S("2027-01-15"),
	    .first_held = S("2026-10-01"),
	    .held = true,
	    .room = true,
	    .questions = 2,
	    .answer_date = true,
	    .phase = 4,
	    .phases = 9,
	};
}

static int
risk(struct sham_facts facts)
{
	return indicator_sham(&facts).risk;
}

TEST(sham_weights_are_together_100)
{
	int sum = 0;
	(void)arena;
	for (int i = 0; i < SHAM_PARTS; i++)
		sum += sham_weight((enum sham_part)i);
	CHECK_INT(sum, 100);
}

TEST(sham_risk_is_the_weights_of_what_is_the_case)
{
	struct sham_facts f = sound(), all_of_it = {.today = {2026, 11, 24}};
	(void)arena;
	CHECK_INT(risk(f), 0);
	f.room = false;
	CHECK_INT(risk(f), 25);
	f.questions = 0;
	CHECK_INT(risk(f), 40);
	f.answer_date = false;
	CHECK_INT(risk(f), 55);
	all_of_it.decided = S("2026-11-23");
	all_of_it.phase = 6;
	all_of_it.phases = 9;
	CHECK_INT(risk(all_of_it), 100);
}

TEST(sham_decided_is_a_past_date_with_nobody_heard_before_it)
{
	struct sham_facts f = sound();
	(void)arena;
	f.decided = S("2026-11-24"); /* today */
	CHECK_INT(risk(f), 0);
	f.decided = S("2026-11-23"); /* heard in October */
	CHECK_INT(risk(f), 0);
	f.decided = S("2026-09-01"); /* heard after it */
	CHECK_INT(risk(f), 30);
	f.decided = S("2026-10-01"); /* the same day */
	CHECK_INT(risk(f), 30);
	f.first_held = S("");
	CHECK_INT(risk(f), 0); /* held on a day nobody wrote down */
	f.held = false;
	CHECK_INT(risk(f), 30);
	f.decided = S("");
	CHECK_INT(risk(f), 0);
}

TEST(sham_late_is_the_last_third_of_the_phases_with_nobody_heard)
{
	struct sham_facts f = sound();
	(void)arena;
	f.held = false;
	f.first_held = S("");
	f.phase = 5;
	CHECK_INT(risk(f), 0);
	f.phase = 6;
	CHECK_INT(risk(f), 15);
	f.phase = -1;
	CHECK_INT(risk(f), 0);
	f.phase = 8;
	f.held = true;
	CHECK_INT(risk(f), 0);
}

TEST(indicators_have_their_formula_in_words)
{
	static const struct str keys[] = {S_INIT("coverage"),
	    S_INIT("sham_risk"), S_INIT("spent_time"), S_INIT("influence"),
	    S_INIT("promise_kept"), S_INIT("skewness"), S_INIT("same_again"),
	    S_INIT("contradiction"), S_INIT("traced")};
	(void)arena;
	for (int i = 0; i < COUNT_OF(keys); i++) {
		const struct catalogue_item *item =
		    catalogue_find(S("indicators"), keys[i]);
		CHECK(item != NULL);
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			const struct catalogue_words *words =
			    catalogue_words(item, (enum lang)lang);
			CHECK(words->formula.n > 0 && words->inputs.n > 0 &&
			    words->cannot.n > 0);
		}
	}
}
