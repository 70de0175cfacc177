/* SPDX-License-Identifier: MPL-2.0 */

/* What moved, in words (report/change.h). */
#include <math.h>

#include "base/number.h"
#include "report/change.h"

/* ---- numbers ---- */

struct str
change_value(const struct change_report *r, double x, bool with_sign)
{
	enum { MOST_DECIMALS = 2 };
	int decimals = 0;
	for (double y = x; decimals < MOST_DECIMALS; decimals++, y *= 10) {
		if (fabs(y - rint(y)) <= 1e-9 * fmax(1, fabs(y)))
			break;
	}
	if (with_sign)
		return number_signed(r->arena, r->lang, x, decimals);
	return number_text(r->arena, r->lang, x, decimals);
}

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

/* ---- sentences ---- */

/* How likely chance is; with few people that is not asked. */
static const char *
chance(const struct change_result *res)
{
	switch (res->verdict) {
	case VERDICT_UNLIKELY:
		return N_("that is hardly chance.");
	case VERDICT_POSSIBLE:
		return N_("that may be chance.");
	case VERDICT_DISAGREE:
		return N_("the two tests do not agree, so look at the dots.");
	default:
		return res->show == SHOW_DOTS
		    ? N_("they are so few that only the dots say something.")
		    : N_("they are too few to judge by.");
	}
}

static struct str
paired_sentence(const struct change_report *r, const struct change_result *res)
{
	const struct change_item *item = res->item;
	const struct str args[] = {count(r, item->pairs),
	    count(r, item->people), count(r, res->paired.higher),
	    count(r, res->paired.lower), tr(r->lang, chance(res))};
	if (item->yes_no)
		return fill(r,
		    N_("%1 of %2 answered both times; %3 from no to yes, %4 "
		       "from yes to no; %5"),
		    args, COUNT_OF(args));
	if (r->design == RETROSPECTIVE)
		return fill(r,
		    N_("%1 of %2 answered about then and now; %3 higher now, "
		       "%4 lower; %5"),
		    args, COUNT_OF(args));
	return fill(r,
	    N_("%1 of %2 answered both times; %3 higher, %4 lower; %5"), args,
	    COUNT_OF(args));
}

struct str
change_sentence(const struct change_report *r, const struct change_result *res)
{
	const struct str k = count(r, r->k);
	if (res->show == SHOW_NOTHING)
		return fill(r,
		    r->design == CROSS_SECTION
			? N_("Fewer than %1 answered in one of the rounds, so "
			     "the numbers are not shown.")
			: N_("Fewer than %1 answered both times, so the "
			     "numbers are not shown."),
		    &k, 1);
	if (r->design != CROSS_SECTION)
		return paired_sentence(r, res);
	const struct str args[] = {count(r, res->item->n_before),
	    count(r, res->item->n_after), tr(r->lang, chance(res))};
	return fill(r,
	    N_("%1 answered before and %2 after; it is not the same people "
	       "twice, so nobody knows who moved; %3"),
	    args, COUNT_OF(args));
}

struct str
change_caution(const struct change_report *r)
{
	return tr(r->lang,
	    "There is no control group, so we cannot say what the cause is.");
}
