/* SPDX-License-Identifier: MPL-2.0 */
#include "model/indicators.h"

#include <stdlib.h>

#include "base/lang.h"

/* ---- E1 ---- */

static bool
has_word(struct str words, struct str word)
{
	while (words.n > 0) {
		if (str_eq(str_cut(&words, ' '), word))
			return true;
	}
	return false;
}

static bool
is_reached(const struct coverage *c, struct str group, struct str phase)
{
	for (ptrdiff_t i = 0; i < c->n_held; i++) {
		const struct held *held = &c->held[i];
		if ((phase.n == 0 || str_eq(held->phase, phase)) &&
		    has_word(held->groups, group))
			return true;
	}
	return false;
}

struct share
indicator_coverage(const struct coverage *c, struct str phase)
{
	struct share share = {.whole = (int)c->n_groups};
	for (ptrdiff_t i = 0; i < c->n_groups; i++)
		share.part += is_reached(c, c->group[i], phase);
	return share;
}

/* ---- E4: influence, E5: the promise ---- */

struct share
indicator_influence(const struct influence *f)
{
	return (struct share){(int)f->moved, (int)f->graded};
}

static int
by_time(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

int64_t
indicator_wait(struct arena *a, const struct influence *f)
{
	int64_t *sorted = arena_new(a, int64_t, f->n_waits);
	if (f->n_waits == 0)
		return -1;
	for (ptrdiff_t i = 0; i < f->n_waits; i++)
		sorted[i] = f->wait_us[i];
	qsort(sorted, (size_t)f->n_waits, sizeof *sorted, by_time);
	return sorted[(f->n_waits - 1) / 2] / DAY_US;
}

enum promise_kept
indicator_promise(const struct influence *f)
{
	bool answers = !str_eq(f->promise, S("inform"));
	bool moves = answers && !str_eq(f->promise, S("consult"));
	if (f->promise.n == 0)
		return PROMISE_NONE;
	if (f->taken == 0)
		return PROMISE_TOO_EARLY;
	if ((answers && f->open > 0) || (moves && f->moved == 0))
		return PROMISE_BROKEN;
	return PROMISE_KEPT;
}

/* ---- E6 ---- */

static const struct {
	int weight;
	const char *label;
} parts[SHAM_PARTS] = {
    [SHAM_DECIDED] = {30,
	N_("The date of the decision is past, and nobody was heard before "
	   "it")},
    [SHAM_NO_ROOM] = {25, N_("No room for influence is written")},
    [SHAM_NO_QUESTION] = {15, N_("There is no question to answer")},
    [SHAM_NO_DATE] = {15, N_("Nobody was told when they hear from you")},
    [SHAM_LATE] = {15,
	N_("Nobody was heard before the last third of the phases")},
};

int
sham_weight(enum sham_part part)
{
	return parts[part].weight;
}

const char *
sham_label(enum sham_part part)
{
	return parts[part].label;
}

static bool
is_decided(const struct sham_facts *f)
{
	struct date decided;
	if (!date_parse(f->decided, &decided) ||
	    date_cmp(decided, f->today) >= 0)
		return false;
	if (f->first_held.n > 0)
		return str_cmp(f->first_held, f->decided) >= 0;
	return !f->held;
}

struct sham
indicator_sham(const struct sham_facts *f)
{
	struct sham sham = {
	    .is =
		{
		    [SHAM_DECIDED] = is_decided(f),
		    [SHAM_NO_ROOM] = !f->room,
		    [SHAM_NO_QUESTION] = f->questions == 0,
		    [SHAM_NO_DATE] = !f->answer_date,
		    [SHAM_LATE] = !f->held && f->phase >= 0 &&
			3 * f->phase >= 2 * f->phases,
		},
	};
	for (int i = 0; i < SHAM_PARTS; i++)
		sham.risk += sham.is[i] ? parts[i].weight : 0;
	return sham;
}
