/* SPDX-License-Identifier: MPL-2.0 */

/* The published method against an independent implementation, at the
 * tolerances that golden/README.md states. */
#include "engine/polis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/engine/groups_golden.h"

#define EIGENVALUE 1e-8 /* relative */
#define PLACE 1e-6
#define STATISTIC 1e-12

static json_t *
get(const struct golden *g, const char *key)
{
	json_t *value = json_object_get(g->json, key);
	CHECK(value != NULL);
	return value;
}

static void
check_picture(const struct golden *g, const struct polis *p)
{
	for (int c = 0; c < PCA_AXES; c++) {
		double want = json_number_value(
		    json_array_get(get(g, "explained_variance"), (size_t)c));
		CHECK(fabs(p->pca.variance[c] / want - 1) < EIGENVALUE);
		golden_near(p->pca.variance[c] / p->pca.total,
		    get(g, "explained_ratio"), c, EIGENVALUE);
		const json_t *xs =
		    json_array_get(get(g, "comment_projection"), (size_t)c);
		for (ptrdiff_t j = 0; j < g->votes.statements; j++)
			golden_near(p->statement[2 * j + c], xs, j, PLACE);
	}
	for (ptrdiff_t i = 0; i < g->votes.people; i++) {
		const json_t *xy =
		    json_array_get(get(g, "projection"), (size_t)i);
		golden_near(p->people[2 * i], xy, 0, PLACE);
		golden_near(p->people[2 * i + 1], xy, 1, PLACE);
	}
	for (ptrdiff_t j = 0; j < g->votes.statements; j++) {
		golden_near(p->pca.centre[j], get(g, "center"), j, STATISTIC);
		golden_near(p->extremity[j], get(g, "extremity"), j, PLACE);
	}
}

static ptrdiff_t
person(const struct golden *g, const json_t *id)
{
	ptrdiff_t i = 0;
	while (g->pid[i] != json_integer_value(id))
		i++;
	return i;
}

static void
check_members(const struct golden *g, const json_t *list, const int32_t *of,
    int32_t group)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < g->votes.people; i++)
		n += of[i] == group;
	CHECK_INT(n, json_array_size(list));
	for (ptrdiff_t k = 0; k < n; k++) {
		const json_t *id = json_array_get(list, (size_t)k);
		CHECK_INT(of[person(g, id)], group);
	}
}

static void
check_groups(const struct golden *g, const struct polis *p)
{
	ptrdiff_t n_base = (ptrdiff_t)json_array_size(get(g, "base_clusters"));
	CHECK_INT(p->n_in, json_array_size(get(g, "in_conv")));
	for (ptrdiff_t k = 0; k < p->n_in; k++)
		CHECK(p->in[person(
		    g, json_array_get(get(g, "in_conv"), (size_t)k))]);
	CHECK_INT(p->n_base, n_base);
	for (ptrdiff_t b = 0; b < n_base; b++) {
		const json_t *base =
		    json_array_get(get(g, "base_clusters"), (size_t)b);
		check_members(g, json_object_get(base, "members"), p->base_of,
		    (int32_t)b);
		const json_t *centre = json_object_get(base, "center");
		golden_near(p->base[2 * b], centre, 0, PLACE);
		golden_near(p->base[2 * b + 1], centre, 1, PLACE);
	}
	CHECK_INT(p->k, json_integer_value(get(g, "k")));
	for (int k = 2; k <= p->most_groups; k++) {
		char key[2] = {(char)('0' + k), 0};
		double want = json_number_value(
		    json_object_get(get(g, "silhouettes"), key));
		CHECK(fabs(p->silhouette[k] - want) < PLACE);
	}
	for (int k = 0; k < p->k; k++) {
		check_members(g, json_array_get(get(g, "groups"), (size_t)k),
		    p->group, k);
		const json_t *centre =
		    json_array_get(get(g, "group_centers"), (size_t)k);
		golden_near(p->centre[2 * k], centre, 0, PLACE);
		golden_near(p->centre[2 * k + 1], centre, 1, PLACE);
	}
}

static void
check_tests(const struct golden *g, const struct polis *p)
{
	static const char *const key[] = {
	    "pa", "pd", "pat", "pdt", "ra", "rd", "rat", "rdt"};
	ptrdiff_t n = g->votes.statements;
	for (ptrdiff_t c = 0; c < p->k * n; c++) {
		const struct group_test *t = &p->test[c];
		double got[] = {
		    t->pa, t->pd, t->pat, t->pdt, t->ra, t->rd, t->rat, t->rdt};
		for (int k = 0; k < COUNT_OF(key); k++) {
			const json_t *group = json_array_get(
			    json_object_get(get(g, "stats"), key[k]),
			    (size_t)(c / n));
			golden_near(got[k], group, c % n, STATISTIC);
		}
	}
}

static void
check_list(const struct golden *g, const struct picks *list, const json_t *want)
{
	CHECK_INT(list->n, json_array_size(want));
	for (int i = 0; i < list->n; i++) {
		const json_t *w = json_array_get(want, (size_t)i);
		const struct pick *pick = &list->pick[i];
		CHECK_INT(g->tid[pick->statement],
		    json_integer_value(json_object_get(w, "tid")));
		const json_t *side = json_object_get(w, "repful_for");
		if (side != NULL)
			CHECK_INT(pick->agree,
			    strcmp(json_string_value(side), "agree") == 0);
		CHECK_INT(pick->best, json_object_get(w, "best_agree") != NULL);
		CHECK(fabs(pick->p -
			  json_number_value(json_object_get(w, "p_success"))) <
		    STATISTIC);
	}
}

static void
check_lists(const struct golden *g, const struct polis *p)
{
	for (int k = 0; k < p->k; k++)
		check_list(g, &p->mark[k],
		    json_array_get(get(g, "repness"), (size_t)k));
	const json_t *all = get(g, "consensus");
	check_list(g, &p->agree, json_object_get(all, "agree"));
	check_list(g, &p->disagree, json_object_get(all, "disagree"));
	for (ptrdiff_t j = 0; j < g->votes.statements; j++) {
		golden_near(
		    p->consensus_agree[j], get(g, "gac_agree"), j, STATISTIC);
		golden_near(p->consensus_disagree[j], get(g, "gac_disagree"), j,
		    STATISTIC);
		double want = json_number_value(
		    json_array_get(get(g, "priority"), (size_t)j));
		CHECK(fabs(p->priority[j] / want - 1) < PLACE);
	}
}

static void
check_conversation(struct arena *arena, const char *name)
{
	struct golden g = golden_open(arena, name);
	struct polis p = polis_of(arena, &g.votes, g.rejected, g.meta);
	check_picture(&g, &p);
	check_groups(&g, &p);
	check_tests(&g, &p);
	check_lists(&g, &p);
}

TEST(polis_bowling_green_as_published)
{
	check_conversation(arena, golden_groups[0]);
}

TEST(polis_bg2050_as_published)
{
	check_conversation(arena, golden_groups[1]);
}

TEST(polis_brexit_as_published)
{
	check_conversation(arena, golden_groups[2]);
}

TEST(polis_london_as_published)
{
	check_conversation(arena, golden_groups[3]);
}

TEST(polis_biodiversity_as_published)
{
	check_conversation(arena, golden_groups[4]);
}

TEST(polis_vtaiwan_as_published)
{
	check_conversation(arena, golden_groups[5]);
}
