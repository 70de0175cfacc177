/* SPDX-License-Identifier: MPL-2.0 */
#include "model/choose.h"

#include <stdlib.h>

/* ---- what fits ---- */

static bool
has(struct catalogue_texts list, struct str key)
{
	for (ptrdiff_t i = 0; i < list.n; i++) {
		if (str_eq(list.list[i], key))
			return true;
	}
	return key.n == 0;
}

/* Those who are not there today seldom come in by themselves. */
static bool
reaches(const struct catalogue_item *m, struct str group)
{
	bool away = str_eq(group, S("non_user")) ||
	    str_eq(group, S("future")) || str_eq(group, S("indirect"));
	return !away || has(m->access, S("go_out")) ||
	    has(m->access, S("bring_in"));
}

static unsigned
fits_of(const struct catalogue_item *m, const struct wish *w)
{
	bool size = w->people == 0 ||
	    (w->people >= m->people_min && w->people <= m->people_max);
	bool time = w->minutes == 0 || m->minutes_citizen <= w->minutes;
	return (has(m->phases, w->phase) ? FIT_PHASE : 0u) |
	    (has(m->roles, w->role) ? FIT_ROLE : 0u) |
	    (has(m->gives, w->gives) ? FIT_GIVES : 0u) |
	    (reaches(m, w->group) ? FIT_REACH : 0u) | (size ? FIT_SIZE : 0u) |
	    (time ? FIT_TIME : 0u);
}

struct meeting
choose_meeting(const struct catalogue_item *m, const struct wish *w)
{
	return (struct meeting){
	    .vulnerable = w->vulnerable,
	    .people = w->people > m->people_min ? w->people : m->people_min,
	    .gentle = m->gentle,
	    .whole_network = w->whole_network || m->assembly,
	    .town_hall = w->town_hall,
	    .own_wish = w->own_wish,
	    .care = w->care,
	};
}

/* ---- which is better ---- */

/* In the order of their weight; each a number, the higher the better. */
enum {
	BY_GUIDE,
	BY_PHASE,
	BY_ROLE,
	BY_GIVES,
	BY_REACH,
	BY_SIZE,
	BY_GENTLE,
	BY_TIME,
	BY_SHORT,
	BY_COUNT
};

struct ranked {
	struct pick pick;
	int64_t by[BY_COUNT];
};

static void
weigh(struct ranked *r, const struct wish *w)
{
	const struct catalogue_item *m = r->pick.method;
	unsigned fits = r->pick.fits;
	r->by[BY_GUIDE] = w->vulnerable != VULNERABLE_NO && m->in_guide;
	r->by[BY_PHASE] = (fits & FIT_PHASE) != 0;
	r->by[BY_ROLE] = (fits & FIT_ROLE) != 0;
	r->by[BY_GIVES] = (fits & FIT_GIVES) != 0;
	r->by[BY_REACH] = (fits & FIT_REACH) != 0;
	r->by[BY_SIZE] = (fits & FIT_SIZE) != 0;
	r->by[BY_GENTLE] = m->gentle;
	r->by[BY_TIME] = (fits & FIT_TIME) != 0;
	r->by[BY_SHORT] = -m->minutes_citizen;
}

/* The first in which they differ; BY_COUNT: none. */
static int
differ(const struct ranked *x, const struct ranked *y)
{
	int i = 0;
	while (i < BY_COUNT && x->by[i] == y->by[i])
		i++;
	return i;
}

static int
by_rank(const void *p, const void *q)
{
	const struct ranked *x = p, *y = q;
	int at = differ(x, y);
	if (x->pick.out != y->pick.out)
		return x->pick.out ? 1 : -1;
	if (at < BY_COUNT)
		return x->by[at] > y->by[at] ? -1 : 1;
	return str_cmp(x->pick.method->key, y->pick.method->key);
}

/* ---- why ---- */

static const char *const reasons[BY_COUNT + 1] = {
    [BY_GUIDE] = N_("The guide names %1 first for the vulnerable."),
    [BY_PHASE] = N_("It is not for this phase; %1 is."),
    [BY_ROLE] = N_("It does not fit the role; %1 does."),
    [BY_GIVES] = N_("It seldom gives what you look for; %1 does."),
    [BY_REACH] = N_("It waits for people to come in; %1 goes out to them."),
    [BY_SIZE] = N_("It is for another number of people; %1 fits."),
    [BY_GENTLE] = N_("It is less gentle than %1."),
    [BY_TIME] = N_("It takes longer than they have; %1 does not."),
    [BY_SHORT] = N_("It takes more of their time than %1."),
    [BY_COUNT] = N_("It is as good as %1; choose the one you prefer."),
};

static struct str
sentence(const struct rules *rules, const char *msgid, struct str argument)
{
	return tr_fill(rules->arena, tr(rules->lang, msgid), &argument, 1);
}

static struct str
why_out(const struct rules *rules, const struct pick *p, const struct wish *w)
{
	struct rules judged = *rules;
	struct meeting m = choose_meeting(p->method, w);
	judged.n = 0;
	if (p->method->assembly && !w->town_hall && !w->whole_network)
		return sentence(rules,
		    N_("It is a large meeting. Not for people who may be "
		       "vulnerable, unless they wish it themselves."),
		    S(""));
	return rule_too_big(&judged, &m) ? rule_text(&judged, judged.hit)
					 : S("");
}

static struct str
why_in(const struct rules *rules, const struct ranked *best,
    const struct ranked *this)
{
	struct str name = catalogue_name(best->pick.method, rules->lang);
	if (this != best)
		return sentence(rules, reasons[differ(best, this)], name);
	return sentence(rules,
	    this->pick.fits == FIT_ALL
		? N_("It fits everything you ask for.")
		: N_("None fits everything; this one comes closest."),
	    S(""));
}

/* ---- all together ---- */

static struct ranked
judge(const struct rules *rules, const struct catalogue_item *m,
    const struct wish *w)
{
	struct rules judged = *rules;
	struct meeting meeting = choose_meeting(m, w);
	struct ranked r = {.pick = {.method = m, .fits = fits_of(m, w)}};
	judged.n = 0;
	r.pick.out = rule_too_big(&judged, &meeting);
	r.pick.ask_care = rule_not_gentle(&judged, &meeting);
	r.pick.ask_guardian = rule_no_guardian(&judged, w->age, true, false);
	weigh(&r, w);
	return r;
}

static bool
is_too_big(const struct rules *rules, const struct wish *w)
{
	static const struct catalogue_item nothing;
	struct rules judged = *rules;
	struct meeting alone = choose_meeting(&nothing, w);
	judged.n = 0;
	return rule_too_big(&judged, &alone);
}

struct picks
choose(const struct rules *rules, struct catalogue_items methods,
    const struct wish *w)
{
	struct arena *a = rules->arena;
	struct ranked *all = arena_new(a, struct ranked, methods.n);
	struct picks picks = {.list = arena_new(a, struct pick, methods.n),
	    .n = methods.n,
	    .wish_too_big = is_too_big(rules, w)};
	for (ptrdiff_t i = 0; i < methods.n; i++)
		all[i] = judge(rules, &methods.list[i], w);
	if (methods.n > 1)
		qsort(all, (size_t)methods.n, sizeof *all, by_rank);
	for (ptrdiff_t i = 0; i < methods.n; i++) {
		struct pick *p = &picks.list[i];
		*p = all[i].pick;
		picks.n_in += !p->out;
		p->why = p->out ? why_out(rules, p, w)
				: why_in(rules, &all[0], &all[i]);
	}
	return picks;
}
