/* SPDX-License-Identifier: MPL-2.0 */

/* samskab change --json: hidden numbers are null. */
#include <math.h>

#include "cli/change.h"
#include "base/number.h"

static const char *const VERDICTS[] = {[VERDICT_NONE] = NULL,
    [VERDICT_UNLIKELY] = "unlikely chance",
    [VERDICT_POSSIBLE] = "possible chance",
    [VERDICT_DISAGREE] = "tests disagree"};
static const char *const CHANCES[] = {[CHANCE_NONE] = NULL,
    [CHANCE_EXACT] = "exact",
    [CHANCE_DRAWN] = "drawn",
    [CHANCE_NORMAL] = "normal"};
static const char *const DESIGNS[] = {[BEFORE_AFTER] = "before-after",
    [RETROSPECTIVE] = "retrospective",
    [CROSS_SECTION] = "cross-section"};

static void
key(struct buf *b, const char *name)
{
	if (b->p[b->n - 1] != '{')
		buf_add(b, S(", "));
	buf_json(b, str_c(name));
	buf_add(b, S(": "));
}

static void
number(struct buf *b, const char *name, bool shown, double x)
{
	key(b, name);
	number_json(b, shown ? x : NAN);
}

static void
word(struct buf *b, const char *name, const char *text)
{
	key(b, name);
	if (text == NULL)
		buf_add(b, S("null"));
	else
		buf_json(b, str_c(text));
}

static void
counts(struct buf *b, const struct change_report *r,
    const struct change_result *res)
{
	const struct change_item *item = res->item;
	bool any = res->show > SHOW_NOTHING;
	bool pairs = any && r->design != CROSS_SECTION;
	number(b, "people", any, (double)item->people);
	number(b, "pairs", pairs, (double)item->pairs);
	number(b, "answered_before", any, (double)item->n_before);
	number(b, "answered_after", any, (double)item->n_after);
	number(b, "only_before", pairs, (double)item->only_before);
	number(b, "only_after", pairs, (double)item->only_after);
	number(b, "dont_know", any, (double)item->dont_know);
	number(b, "higher", pairs, (double)res->paired.higher);
	number(b, "lower", pairs, (double)res->paired.lower);
	number(b, "same", pairs, (double)res->paired.same);
}

static void
tests(struct buf *b, const struct change_report *r,
    const struct change_result *res)
{
	bool any = res->show >= SHOW_INTERVAL;
	bool pairs = any && r->design != CROSS_SECTION;
	bool cross = any && r->design == CROSS_SECTION;
	const struct paired *p = &res->paired;
	const struct unpaired *u = &res->unpaired;
	number(b, "p_sign", pairs, p->p_sign);
	number(b, "p_wilcoxon", any, cross ? u->p_rank_sum : p->p_wilcoxon);
	word(b, "wilcoxon",
	    pairs	? CHANCES[p->wilcoxon]
		: cross ? CHANCES[CHANCE_NORMAL]
			: NULL);
	number(b, "p_flip", pairs, p->p_flip);
	word(b, "flip", pairs ? CHANCES[p->flip] : NULL);
	number(b, "p_t", any, cross ? u->p_welch : p->p_t);
	number(b, "p_mcnemar", pairs && res->item->yes_no, p->p_sign);
	number(b, "p_sign_holm", pairs, res->holm[0]);
	number(b, "p_sign_bh", pairs, res->bh[0]);
	number(b, "p_flip_holm", pairs, res->holm[1]);
	number(b, "p_flip_bh", pairs, res->bh[1]);
	number(b, "p_wilcoxon_holm", cross, res->holm[0]);
	number(b, "p_wilcoxon_bh", cross, res->bh[0]);
}

static void
sizes(struct buf *b, const struct change_report *r,
    const struct change_result *res)
{
	bool any = res->show >= SHOW_INTERVAL;
	bool cross = r->design == CROSS_SECTION;
	const struct paired *p = &res->paired;
	const struct unpaired *u = &res->unpaired;
	struct interval i = cross ? u->welch : p->t_interval;
	number(b, "mean_before", any, cross ? u->before : p->before);
	number(b, "mean_after", any, cross ? u->after : p->after);
	number(b, "mean_change", any, cross ? u->mean : p->mean);
	number(b, "low", any, i.low);
	number(b, "high", any, i.high);
	number(b, "bca_low", any, res->bca.low);
	number(b, "bca_high", any, res->bca.high);
	number(b, "sd", any && !cross, p->sd);
	number(b, "dz", any && !cross, p->dz);
	number(b, "hedges", any && !cross, p->hedges);
}

/* [[change, how many], ...] */
static void
dots(struct buf *b, const struct change_report *r,
    const struct change_result *res)
{
	key(b, "changes");
	if (r->design == CROSS_SECTION || res->show == SHOW_NOTHING ||
	    res->paired.n == 0) {
		buf_add(b, S("null"));
		return;
	}
	struct change_columns c =
	    change_columns_of(r->arena, res->paired.d, res->paired.n);
	buf_byte(b, '[');
	for (int i = 0; i < c.n; i++) {
		buf_add(b, i > 0 ? S(", [") : S("["));
		number_json(b, c.column[i].value);
		buf_fmt(b, ", %lld]", (long long)c.column[i].count);
	}
	buf_byte(b, ']');
	number(b, "change_width", c.width > 0, c.width);
}

static void
one(struct buf *b, const struct change_report *r,
    const struct change_result *res)
{
	buf_byte(b, '{');
	key(b, "item");
	buf_json(b, res->item->name);
	counts(b, r, res);
	sizes(b, r, res);
	tests(b, r, res);
	key(b, "hidden");
	buf_add(b, res->show == SHOW_NOTHING ? S("true") : S("false"));
	word(b, "verdict", VERDICTS[res->verdict]);
	dots(b, r, res);
	key(b, "sentence");
	buf_json(b, res->sentence);
	buf_byte(b, '}');
}

void
change_json(const struct change_report *r, struct buf *b)
{
	buf_byte(b, '{');
	word(b, "design", DESIGNS[r->design]);
	key(b, "before");
	buf_json(b, r->data.before);
	key(b, "after");
	buf_json(b, r->data.after);
	number(b, "k", true, (double)r->k);
	number(b, "level", true, r->options.level);
	number(b, "resamples", true, (double)r->options.draws);
	key(b, "seed");
	buf_json(b, r->options.seed);
	number(b, "replaced", true, (double)r->data.replaced);
	key(b, "caution");
	buf_json(b, change_caution(r));
	key(b, "items");
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < r->data.n; i++) {
		if (i > 0)
			buf_add(b, S(", "));
		one(b, r, &r->result[i]);
	}
	buf_add(b, S("]}\n"));
}
