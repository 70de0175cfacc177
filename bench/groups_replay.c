/* SPDX-License-Identifier: MPL-2.0 */
#include "bench/groups_replay.h"

#include <math.h>

#include "engine/opinion.h"
#include "engine/polis.h"

struct step {
	int k;
	int32_t *group, *leaning;
	double placed;
};

static struct step
one_step(struct arena *a, const struct votes *v,
    const struct statements_in *about, bool polis)
{
	struct step s = {0};
	if (polis) {
		struct polis p = polis_of(a, v, about->rejected, about->meta);
		s = (struct step){p.k, p.group, p.group, 1};
		return s;
	}
	bool *out = arena_new(a, bool, v->statements);
	for (ptrdiff_t j = 0; j < v->statements; j++)
		out[j] = about->rejected[j] || about->meta[j];
	struct opinion_ask ask = {.left_out = out};
	struct opinion o = opinion_of(a, v, &ask);
	s = (struct step){o.k, o.group, o.leaning, 0};
	for (ptrdiff_t i = 0; i < v->people && o.n_in > 0; i++)
		s.placed += (o.group[i] >= 0) / (double)o.n_in;
	return s;
}

static void
compare(const struct step *last, const struct step *now, ptrdiff_t people,
    struct replay *out)
{
	if (last->k == 0 || now->k == 0)
		return;
	double same = adjusted_rand(last->group, now->group, people);
	if (isnan(same))
		return;
	out->mean += same;
	out->least = fmin(out->least, same);
	out->leaning += adjusted_rand(last->leaning, now->leaning, people);
	out->pairs++;
}

bool
replay_run(struct arena *a, struct str votes, struct str statements, bool polis,
    struct replay *out)
{
	struct votes_in in;
	struct csv_reader r;
	struct statements_in about;
	struct step last = {0};
	*out = (struct replay){.least = 1};
	if (!votes_read(a, votes, &in, &r))
		return false;
	struct votes_table t =
	    polis ? votes_as_polis(a, &in) : votes_sorted(a, &in);
	if (!statements_read(a, statements, &t, &about, &r))
		return false;
	for (int s = 1; s <= REPLAY_STEPS; s++) {
		struct votes v;
		struct ballots part = in.ballots;
		part.n = in.ballots.n * s / REPLAY_STEPS;
		votes_build(a, &part, t.votes.people, t.votes.statements, &v);
		struct step now = one_step(a, &v, &about, polis);
		compare(&last, &now, t.votes.people, out);
		out->without += now.k == 0;
		out->placed = now.placed;
		last = now;
	}
	out->mean /= out->pairs;
	out->leaning /= out->pairs;
	return true;
}
