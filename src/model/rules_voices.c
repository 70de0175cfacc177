/* SPDX-License-Identifier: MPL-2.0 */

/* The rules about what was said: R6 (its first half), R8 and R11. */
#include "model/evidence.h"
#include "model/rules.h"

static bool
is_over(const struct rules *r, int64_t part, int64_t all)
{
	return part * 100 > all * r->limits.of[LIMIT_R8_SHARE];
}

/* `words`: a msgid whose %1 is so many of 100. */
static bool
skewed_to(struct rules *r, const char *words, int64_t part, int64_t all)
{
	struct str share =
	    lang_int(r->arena, r->lang, (100 * part + all / 2) / all);
	return rules_fire(r,
	    (struct rule_hit){.rule = 8,
		.argument = tr_fill(r->arena, tr(r->lang, words), &share, 1),
		.limit = r->limits.of[LIMIT_R8_SHARE]});
}

bool
rule_skewed(struct rules *r, const struct skew *s)
{
	ptrdiff_t before = r->n;
	if (s->people < r->limits.of[LIMIT_R13_PAIRS])
		return false;
	if (is_over(r, s->self_selected, s->contributions))
		skewed_to(r,
		    N_("%1 of 100 voices are people's who came by themselves"),
		    s->self_selected, s->contributions);
	if (is_over(r, s->top, s->contributions))
		skewed_to(r,
		    N_("%1 of 100 voices are of the few who speak most"),
		    s->top, s->contributions);
	return r->n > before;
}

bool
rule_unsettled(struct rules *r, int64_t open)
{
	return open > 0 &&
	    rules_fire(r,
		(struct rule_hit){.rule = 6,
		    .stops = true,
		    .argument = lang_int(r->arena, r->lang, open)});
}

bool
rule_quoted_beyond(struct rules *r, const struct quoting *q)
{
	return (q->scope < q->readers || !q->agreed) &&
	    rules_fire(r,
		(struct rule_hit){
		    .rule = 11, .stops = true, .argument = q->what});
}
