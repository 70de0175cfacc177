/* SPDX-License-Identifier: MPL-2.0 */

/* Prints every bit of results over made-up data; change_same.sh builds it in
 * several ways and compares. */
#include <stdio.h>

#include "engine/change.h"
#include "engine/lix.h"
#include "engine/random.h"

enum { MOST = 600, BYTES = 512 * 1024 * 1024 };

static void
print_paired(
    struct arena *a, const struct paired *p, const struct change_options *opt)
{
	struct sample s = {.x = p->d, .n = p->n};
	bootstrap_means(a, &s, 1, opt);
	printf("%a %a %a %a %a %a %a %a %a %a %a %a\n", p->mean, p->sd, p->t,
	    p->p_t, p->hedges, p->p_sign, p->p_wilcoxon, p->p_flip,
	    p->t_interval.low, p->t_interval.high, s.bca.low, s.bca.high);
}

/* `unit`: the steps of the scale. */
static void
one(struct arena *a, struct random *random, int n, double unit)
{
	static double before[MOST], after[MOST];
	struct change_options opt = {
	    .seed = S("same"), .draws = 2000, .level = 0.95};
	for (int i = 0; i < n; i++) {
		before[i] = unit * (double)random_below(random, 11);
		after[i] = unit * (double)random_below(random, 12);
	}
	struct paired p = paired_of(a, before, after, n, &opt);
	print_paired(a, &p, &opt);
	struct unpaired u = unpaired_of(
	    a, (struct values){before, n}, (struct values){after, n / 2}, 0.95);
	printf("%a %a %a %a\n", u.welch.low, u.welch.high, u.p_welch,
	    u.p_rank_sum);
}

static void
text(struct arena *a)
{
	struct lix l = lix_of(a,
	    S("Den 17. juni sendes der breve til 5.678 borgere i kommunen. "
	      "Ring, hvis det bliver aflyst!"),
	    LIX_PLAIN);
	printf("%a %d\n", l.lix, l.rounded);
}

int
main(void)
{
	static const int sizes[] = {2, 5, 11, 20, 36, 40, 101, 523};
	struct arena *a = arena_open(BYTES);
	struct random random = random_new(S("same"), S("print"));
	for (int i = 0; i < (int)COUNT_OF(sizes); i++) {
		one(a, &random, sizes[i], 1);
		one(a, &random, sizes[i], 0.1);
		one(a, &random, sizes[i], 1.0 / 7);
	}
	text(a);
	arena_close(a);
	return 0;
}
