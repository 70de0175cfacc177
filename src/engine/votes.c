/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/votes.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
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

static void
copy_row(const struct votes *from, ptrdiff_t i, struct votes *to, ptrdiff_t at)
{
	ptrdiff_t start = from->row[i], n = from->row[i + 1] - start;
	if (n == 0)
		return;
	memcpy(to->statement + at, from->statement + start,
	    (size_t)n * sizeof *to->statement);
	memcpy(to->vote + at, from->vote + start, (size_t)n);
}

struct votes
votes_some(
    struct arena *a, const struct votes *v, const int32_t *list, ptrdiff_t n)
{
	struct votes out = {.people = n,
	    .statements = v->statements,
	    .row = arena_new(a, ptrdiff_t, n + 1)};
	for (ptrdiff_t r = 0; r < n; r++)
		out.row[r + 1] =
		    out.row[r] + v->row[list[r] + 1] - v->row[list[r]];
	out.statement = arena_new(a, int32_t, out.row[n]);
	out.vote = arena_new(a, int8_t, out.row[n]);
	for (ptrdiff_t r = 0; r < n; r++)
		copy_row(v, list[r], &out, out.row[r]);
	return out;
}

/* One row of two, both in order; of two votes on a statement that of `b`. */
static ptrdiff_t
merge_row(const struct votes *a, const struct votes *b, ptrdiff_t i,
    struct votes *out, ptrdiff_t n)
{
	ptrdiff_t x = a->row[i], y = b->row[i];
	while (x < a->row[i + 1] || y < b->row[i + 1]) {
		bool from_b = x == a->row[i + 1] ||
		    (y < b->row[i + 1] && b->statement[y] <= a->statement[x]);
		const struct votes *from = from_b ? b : a;
		ptrdiff_t at = from_b ? y++ : x++;
		if (from_b && x < a->row[i + 1] &&
		    a->statement[x] == b->statement[at])
			x++;
		out->statement[n] = from->statement[at];
		out->vote[n++] = from->vote[at];
	}
	return n;
}

struct votes
votes_more(struct arena *a, const struct votes *v, const struct ballots *more)
{
	struct votes new;
	ptrdiff_t n = 0;
	votes_build(a, more, v->people, v->statements, &new);
	struct votes out = {.people = v->people,
	    .statements = v->statements,
	    .row = arena_new(a, ptrdiff_t, v->people + 1),
	    .statement = arena_new(a, int32_t, v->row[v->people] + more->n),
	    .vote = arena_new(a, int8_t, v->row[v->people] + more->n)};
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (new.row[i] == new.row[i + 1]) {
			copy_row(v, i, &out, n);
			n += v->row[i + 1] - v->row[i];
		} else {
			n = merge_row(v, &new, i, &out, n);
		}
		out.row[i + 1] = n;
	}
	return out;
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
