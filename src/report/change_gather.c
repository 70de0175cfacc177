/* SPDX-License-Identifier: MPL-2.0 */

/* From rows to items: the second half of change_in.h. */
#include "base/utf8.h"
#include "report/change_in_parts.h"
#include "base/number.h"

/* ---- what the rounds are called ---- */

static const char *const BEFORE_WORDS[] = {
    "før", "before", "pre", "start", "dengang", "then", "t0"};
static const char *const AFTER_WORDS[] = {
    "efter", "after", "post", "slut", "nu", "now", "t1"};

/* Whether round 0 of the file comes first: 1 yes, 0 no, -1 nobody knows. */
static int
first_is_before(const struct input *in)
{
	struct str x = in->rounds.name[0], y = in->rounds.name[1];
	bool xb = change_among(
	    utf8_fold(in->a, x), BEFORE_WORDS, COUNT_OF(BEFORE_WORDS));
	bool yb = change_among(
	    utf8_fold(in->a, y), BEFORE_WORDS, COUNT_OF(BEFORE_WORDS));
	bool xa = change_among(
	    utf8_fold(in->a, x), AFTER_WORDS, COUNT_OF(AFTER_WORDS));
	bool ya = change_among(
	    utf8_fold(in->a, y), AFTER_WORDS, COUNT_OF(AFTER_WORDS));
	double dx, dy;
	if (number_parse(x, false, &dx) && number_parse(y, false, &dy))
		return dx < dy;
	if ((xb && !yb) || (ya && !xa))
		return 1;
	if ((yb && !xb) || (xa && !ya))
		return 0;
	bool dates = x.n == y.n && x.n >= 7 && x.p[4] == '-' && y.p[4] == '-';
	return dates ? str_cmp(x, y) < 0 : -1;
}

static bool
whole_fault(struct change_fault *f, const char *expected)
{
	*f = (struct change_fault){0, 0, expected};
	return false;
}

/* Which rounds are before and after. */
static bool
choose_rounds(const struct input *in, int32_t *round, struct change_fault *f)
{
	const struct change_rules *r = in->rules;
	if (r->before.n > 0 || r->after.n > 0) {
		round[0] = names_find(&in->rounds, r->before);
		round[1] = names_find(&in->rounds, r->after);
		return (round[0] >= 0 && round[1] >= 0 &&
			   round[0] != round[1]) ||
		    whole_fault(f,
			"two different rounds that --before and --after "
			"name as the file does");
	}
	if (in->rounds.n > 2) {
		*f = (struct change_fault){in->third_line, in->third_column,
		    "one of the two rounds before it, or --before and --after "
		    "to choose two"};
		return false;
	}
	int first = in->rounds.n == 2 ? first_is_before(in) : -1;
	if (first < 0)
		return whole_fault(f,
		    in->rounds.n == 2
			? "--before and --after to say which round came first"
			: "answers of two rounds");
	round[0] = first ? 0 : 1;
	round[1] = first ? 1 : 0;
	return true;
}

/* ---- from rows to items ---- */

/* Rows in the order of `key` (0 .. n_keys - 1; -1 comes first), else as they
 * were. */
static void
order_by(const struct input *in, const int32_t *from, int32_t *to,
    int32_t (*key)(const struct row *), int32_t n_keys)
{
	ptrdiff_t *at = arena_new(in->a, ptrdiff_t, (ptrdiff_t)n_keys + 2);
	for (ptrdiff_t i = 0; i < in->n; i++)
		at[key(&in->row[i]) + 2]++;
	for (int32_t k = 0; k <= n_keys; k++)
		at[k + 1] += at[k];
	for (ptrdiff_t i = 0; i < in->n; i++)
		to[at[key(&in->row[from[i]]) + 1]++] = from[i];
}

static int32_t
item_key(const struct row *r)
{
	return r->item;
}

static int32_t
code_key(const struct row *r)
{
	return r->code;
}

static void
take_person(struct change_item *item, const struct answer *both, bool paired)
{
	bool before = both[0].kind == NUMBER, after = both[1].kind == NUMBER;
	if (before)
		item->all_before[item->n_before++] = both[0].value;
	if (after)
		item->all_after[item->n_after++] = both[1].value;
	if (paired && before && after) {
		item->before[item->pairs] = both[0].value;
		item->after[item->pairs++] = both[1].value;
	} else if (both[0].kind == DONT_KNOW || both[1].kind == DONT_KNOW) {
		item->dont_know++;
	} else {
		item->only_before += before;
		item->only_after += after;
	}
}

/* The rows of one item, those of a person together. */
static void
take_item(struct input *in, struct change_item *item, const int32_t *order,
    ptrdiff_t n, const int32_t *round)
{
	item->before = arena_new(in->a, double, n);
	item->after = arena_new(in->a, double, n);
	item->all_before = arena_new(in->a, double, n);
	item->all_after = arena_new(in->a, double, n);
	for (ptrdiff_t i = 0; i < n;) {
		struct answer both[2] = {{0}};
		bool given[2] = {false};
		int32_t code = in->row[order[i]].code;
		do {
			const struct row *r = &in->row[order[i++]];
			int which = r->round == round[0] ? 0
			    : r->round == round[1]	 ? 1
							 : -1;
			if (which < 0)
				continue;
			in->replaced += given[which];
			both[which] = r->answer;
			given[which] = true;
		} while (code >= 0 && i < n && in->row[order[i]].code == code);
		take_person(item, both, code >= 0);
	}
	item->people = item->pairs + item->only_before + item->only_after +
	    item->dont_know;
}

static bool
check_scale(const struct input *in, struct change_fault *f)
{
	for (int32_t i = 0; i < in->items.n; i++) {
		const struct seen *s = &in->seen[i];
		if (!in->rules->any_scale || in->rules->low < 0 || !s->zero ||
		    !s->other)
			continue;
		*f = (struct change_fault){s->line, s->column, in->expected};
		return false;
	}
	return true;
}

bool
change_gather(
    struct input *in, struct change_data *data, struct change_fault *f)
{
	int32_t round[2] = {0, 1};
	int32_t *order = arena_new(in->a, int32_t, in->n);
	int32_t *spare = arena_new(in->a, int32_t, in->n);
	if (in->rounds.n > 0 && !choose_rounds(in, round, f))
		return false;
	if (!check_scale(in, f))
		return false;
	for (ptrdiff_t i = 0; i < in->n; i++)
		order[i] = (int32_t)i;
	int32_t codes = in->rounds.n > 0 ? in->codes.n : (int32_t)(in->n / 2);
	order_by(in, order, spare, code_key, codes);
	order_by(in, spare, order, item_key, in->items.n);
	data->n = in->items.n;
	data->item = arena_new(in->a, struct change_item, data->n);
	ptrdiff_t from = 0, to = 0;
	for (int32_t i = 0; i < in->items.n; i++, from = to) {
		while (to < in->n && in->row[order[to]].item == i)
			to++;
		struct change_item *item = &data->item[i];
		item->name = in->items.name[i];
		item->yes_no = in->seen[i].zero && !in->seen[i].other;
		take_item(in, item, order + from, to - from, round);
	}
	data->replaced = in->replaced;
	if (in->rounds.n > 0) {
		data->before = in->rounds.name[round[0]];
		data->after = in->rounds.name[round[1]];
	}
	return true;
}
