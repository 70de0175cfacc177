/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/votes.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* The numbers of the ballots by statement, on each in the order they came. */
static int32_t *
by_statement(struct arena *a, const struct ballots *b, ptrdiff_t statements)
{
	int32_t *order = arena_new(a, int32_t, b->n);
	ptrdiff_t *at = arena_new(a, ptrdiff_t, statements + 1);
	for (ptrdiff_t i = 0; i < b->n; i++)
		at[b->statement[i] + 1]++;
	for (ptrdiff_t j = 0; j < statements; j++)
		at[j + 1] += at[j];
	for (ptrdiff_t i = 0; i < b->n; i++)
		order[at[b->statement[i]]++] = (int32_t)i;
	return order;
}

/* Of several votes on one statement in a row the last is kept. */
static void
keep_last(struct votes *v)
{
	ptrdiff_t from = 0, n = 0;
	for (ptrdiff_t i = 0; i < v->people; i++) {
		ptrdiff_t start = n, to = v->row[i + 1];
		for (ptrdiff_t k = from; k < to; k++) {
			if (n > start && v->statement[n - 1] == v->statement[k])
				n--;
			v->statement[n] = v->statement[k];
			v->vote[n++] = v->vote[k];
		}
		from = to;
		v->row[i + 1] = n;
	}
}

void
votes_build(struct arena *a, const struct ballots *b, ptrdiff_t people,
    ptrdiff_t statements, struct votes *out)
{
	*out = (struct votes){.people = people,
	    .statements = statements,
	    .row = arena_new(a, ptrdiff_t, people + 1),
	    .statement = arena_new(a, int32_t, b->n),
	    .vote = arena_new(a, int8_t, b->n)};
	struct arena *scratch = arena_scratch(a);
	int32_t *order = by_statement(scratch, b, statements);
	ptrdiff_t *at = arena_new(scratch, ptrdiff_t, people + 1);
	for (ptrdiff_t i = 0; i < b->n; i++) {
		assert(b->person[i] >= 0 && b->person[i] < people);
		at[b->person[i] + 1]++;
	}
	for (ptrdiff_t i = 0; i < people; i++)
		at[i + 1] += at[i];
	memcpy(out->row, at, (size_t)(people + 1) * sizeof *at);
	for (ptrdiff_t k = 0; k < b->n; k++) {
		ptrdiff_t i = order[k], place = at[b->person[i]]++;
		out->statement[place] = b->statement[i];
		out->vote[place] = b->vote[i];
	}
	arena_close(scratch);
	keep_last(out);
}

void
tally_add(struct tally *t, int8_t vote)
{
	t->agree += vote == VOTE_AGREE;
	t->disagree += vote == VOTE_DISAGREE;
	t->pass += vote == VOTE_PASS;
}

void
votes_tally(const struct votes *v, const int32_t *group, ptrdiff_t groups,
    struct tally *out)
{
	memset(out, 0, (size_t)(groups * v->statements) * sizeof *out);
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (group[i] < 0 || group[i] >= groups)
			continue;
		struct tally *own = out + group[i] * v->statements;
		for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++)
			tally_add(&own[v->statement[k]], v->vote[k]);
	}
}

enum { RAND_LABELS = 16 };

static double
pairs(double n)
{
	return n * (n - 1) / 2;
}

double
adjusted_rand(const int32_t *a, const int32_t *b, ptrdiff_t n)
{
	double both[RAND_LABELS][RAND_LABELS] = {{0}};
	double in_a[RAND_LABELS] = {0}, in_b[RAND_LABELS] = {0};
	double total = 0, same = 0, same_a = 0, same_b = 0;
	for (ptrdiff_t i = 0; i < n; i++) {
		if (a[i] < 0 || b[i] < 0 || a[i] >= RAND_LABELS ||
		    b[i] >= RAND_LABELS)
			continue;
		both[a[i]][b[i]]++;
		in_a[a[i]]++;
		in_b[b[i]]++;
		total++;
	}
	for (int x = 0; x < RAND_LABELS; x++) {
		same_a += pairs(in_a[x]);
		same_b += pairs(in_b[x]);
		for (int y = 0; y < RAND_LABELS; y++)
			same += pairs(both[x][y]);
	}
	if (total == 0)
		return NAN;
	double chance = total > 1 ? same_a * same_b / pairs(total) : 0;
	double most = (same_a + same_b) / 2;
	return most - chance == 0 ? 1 : (same - chance) / (most - chance);
}
