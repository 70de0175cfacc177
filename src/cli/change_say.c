/* SPDX-License-Identifier: MPL-2.0 */

/* samskab change for people: a table, a sentence and the dots of each item. */
#include <math.h>

#include "base/utf8.h"
#include "cli/change.h"
#include "base/number.h"

static struct str
count(const struct change_report *r, int64_t n)
{
	return lang_int(r->arena, r->lang, n);
}

static struct str
fill(const struct change_report *r, const char *msgid, const struct str *args,
    ptrdiff_t n)
{
	return tr_fill(r->arena, tr(r->lang, msgid), args, n);
}

/* ---- the table ---- */

enum { NAME_WIDTH = 30, COLUMN = 9 };

static void
pad(struct buf *b, struct str s, ptrdiff_t width, bool right)
{
	ptrdiff_t spaces = width - utf8_length(s);
	if (!right)
		buf_add(b, s);
	for (; spaces > 0; spaces--)
		buf_byte(b, ' ');
	if (right)
		buf_add(b, s);
}

static struct str
short_name(const struct change_report *r, struct str name)
{
	if (utf8_length(name) <= NAME_WIDTH)
		return name;
	return str_cat(r->arena, utf8_cut(name, NAME_WIDTH - 1), S("\u2026"));
}

static void
heading(const struct change_report *r, struct buf *b)
{
	static const char *const paired[] = {N_("Pairs"), N_("Higher"),
	    N_("Lower"), N_("Same"), N_("Moved"), N_("Lowest"), N_("Highest")};
	static const char *const cross[] = {N_("Before"), N_("After"),
	    N_("Moved"), N_("Lowest"), N_("Highest")};
	bool two = r->design == CROSS_SECTION;
	ptrdiff_t n = two ? COUNT_OF(cross) : COUNT_OF(paired);
	pad(b, tr(r->lang, "Question"), NAME_WIDTH, false);
	for (ptrdiff_t i = 0; i < n; i++)
		pad(b, tr(r->lang, two ? cross[i] : paired[i]), COLUMN, true);
	buf_byte(b, '\n');
}

static void
sizes(const struct change_report *r, const struct change_result *res,
    struct buf *b)
{
	bool cross = r->design == CROSS_SECTION;
	struct interval i =
	    cross ? res->unpaired.welch : res->paired.t_interval;
	const double x[] = {
	    cross ? res->unpaired.mean : res->paired.mean, i.low, i.high};
	for (int k = 0; k < 3; k++)
		pad(b,
		    res->show >= SHOW_INTERVAL
			? number_signed(r->arena, r->lang, x[k], 2)
			: S("-"),
		    COLUMN, true);
}

static void
row(const struct change_report *r, const struct change_result *res,
    struct buf *b)
{
	const struct change_item *item = res->item;
	bool cross = r->design == CROSS_SECTION;
	const int64_t paired[] = {item->pairs, res->paired.higher,
	    res->paired.lower, res->paired.same};
	const int64_t different[] = {item->n_before, item->n_after};
	pad(b, short_name(r, item->name), NAME_WIDTH, false);
	for (int k = 0; k < (cross ? 2 : 4); k++)
		pad(b,
		    res->show == SHOW_NOTHING
			? S("-")
			: count(r, cross ? different[k] : paired[k]),
		    COLUMN, true);
	sizes(r, res, b);
	buf_byte(b, '\n');
}

/* ---- one item ---- */

/* "-1: 3   0: 5   +1: 12", which the picture shows too. */
static void
dots(const struct change_report *r, struct buf *b, const char *label,
    const double *x, ptrdiff_t n)
{
	if (n == 0)
		return;
	struct change_columns c = change_columns_of(r->arena, x, n);
	bool sign = r->design != CROSS_SECTION;
	struct buf line = buf_new(r->arena, 4096);
	for (int i = 0; i < c.n; i++) {
		buf_add(&line, i > 0 ? S("   ") : S(""));
		buf_add(&line, change_value(r, c.column[i].value, sign));
		buf_fmt(&line, ": %lld", (long long)c.column[i].count);
	}
	const struct str args[] = {tr(r->lang, label), buf_str(&line),
	    change_value(r, c.width, false)};
	buf_add(b, S("  "));
	buf_add(b,
	    c.width > 0 ? fill(r, N_("%1 (middle of steps of %3): %2"), args, 3)
			: fill(r, N_("%1: %2"), args, 2));
	buf_byte(b, '\n');
}

/* Drop-outs: who cannot be compared. */
static void
left_out(const struct change_report *r, const struct change_item *item,
    struct buf *b)
{
	const struct str args[] = {count(r, item->only_before),
	    count(r, item->only_after), count(r, item->dont_know)};
	if (item->people == item->pairs)
		return;
	buf_add(b, S("  "));
	buf_add(b,
	    fill(r,
		N_("Left out: only before %1, only after %2, don't know %3."),
		args, 3));
	buf_byte(b, '\n');
}

static void
effect(const struct change_report *r, const struct change_result *res,
    struct buf *b)
{
	const struct paired *p = &res->paired;
	struct arena *a = r->arena;
	const struct str args[] = {number_text(a, r->lang, p->before, 2),
	    number_text(a, r->lang, p->after, 2),
	    number_signed(a, r->lang, p->hedges, 2),
	    number_signed(a, r->lang, res->bca.low, 2),
	    number_signed(a, r->lang, res->bca.high, 2)};
	if (res->show < SHOW_INTERVAL || isnan(p->hedges) ||
	    isnan(res->bca.low))
		return;
	buf_add(b, S("  "));
	buf_add(b,
	    fill(r,
		N_("Mean before %1, after %2. Effect (Hedges) %3. Interval by "
		   "resampling %4 to %5."),
		args, COUNT_OF(args)));
	buf_byte(b, '\n');
}

static void
one(const struct change_report *r, const struct change_result *res,
    struct buf *b)
{
	const struct change_item *item = res->item;
	buf_byte(b, '\n');
	buf_add(b, item->name);
	buf_add(b, S("\n  "));
	buf_add(b, res->sentence);
	buf_byte(b, '\n');
	if (res->show == SHOW_NOTHING)
		return;
	if (r->design == CROSS_SECTION) {
		dots(r, b, N_("Answers before"), item->all_before,
		    item->n_before);
		dots(r, b, N_("Answers after"), item->all_after, item->n_after);
		return;
	}
	effect(r, res, b);
	dots(r, b, N_("Changes"), res->paired.d, res->paired.n);
	left_out(r, item, b);
}

/* ---- the whole ---- */

static void
say(const struct change_report *r, struct buf *b, const char *msgid)
{
	buf_add(b, tr(r->lang, msgid));
	buf_byte(b, '\n');
}

static void
closing(const struct change_report *r, struct buf *b)
{
	const struct str replaced = count(r, r->data.replaced);
	buf_byte(b, '\n');
	buf_add(b, change_caution(r));
	buf_byte(b, '\n');
	if (r->design == RETROSPECTIVE)
		say(r, b,
		    N_("People answered about then from memory, and memory "
		       "moves too."));
	say(r, b,
	    N_("Lowest and highest are the limits of a 95 % interval for the "
	       "mean change."));
	if (r->data.n > 1)
		say(r, b,
		    N_("There are several questions, so the tests are adjusted "
		       "for that (Holm)."));
	if (r->data.replaced > 0) {
		buf_add(b,
		    fill(r, N_("Answers that a later line replaced: %1."),
			&replaced, 1));
		buf_byte(b, '\n');
	}
}

void
change_say(const struct change_report *r, struct buf *b)
{
	heading(r, b);
	for (ptrdiff_t i = 0; i < r->data.n; i++)
		row(r, &r->result[i], b);
	for (ptrdiff_t i = 0; i < r->data.n; i++)
		one(r, &r->result[i], b);
	closing(r, b);
}
