/* SPDX-License-Identifier: MPL-2.0 */
#include "model/rules.h"

#include "base/buf.h"
#include "model/catalogue.h"

static const char *const limit_names[LIMIT_COUNT] = {"r2_people", "r3_gentle",
    "r4_age", "r4_lix", "r5_lix", "r5_low", "r5_stop", "r7_times", "r7_days",
    "r8_share", "r8_top", "r12_phases", "r13_pairs"};

/* ---- limits ---- */

static const struct catalogue_item *
limit_item(int limit)
{
	return catalogue_find(S("limits"), str_c(limit_names[limit]));
}

struct rule_limits
rule_limits_default(void)
{
	struct rule_limits limits;
	for (int i = 0; i < LIMIT_COUNT; i++)
		limits.of[i] = limit_item(i)->value;
	return limits;
}

bool
rule_limits_set(struct rule_limits *limits, struct str name, struct str value)
{
	int64_t number;
	for (int i = 0; i < LIMIT_COUNT; i++) {
		if (!str_eq(str_c(limit_names[i]), name))
			continue;
		const struct catalogue_item *item = limit_item(i);
		if (!str_int(value, &number) || number < item->least ||
		    number > item->most)
			return false;
		limits->of[i] = number;
		return true;
	}
	return false;
}

/* ---- what fired ---- */

struct rules
rules_new(struct arena *a, enum lang lang, const struct rule_limits *limits)
{
	return (struct rules){.arena = a, .lang = lang, .limits = *limits};
}

bool
rules_fire(struct rules *r, struct rule_hit hit)
{
	if (r->n < RULE_HITS)
		r->hit[r->n++] = hit;
	return true;
}

static const struct catalogue_words *
words_of(const struct rules *r, const struct rule_hit *hit)
{
	return catalogue_words(
	    catalogue_find(S("rules"), str_fmt(r->arena, "r%d", hit->rule)),
	    r->lang);
}

static struct str
filled(const struct rules *r, const struct rule_hit *hit, struct str text)
{
	struct str args[] = {
	    hit->argument, lang_int(r->arena, r->lang, hit->limit)};
	return tr_fill(r->arena, text, args, COUNT_OF(args));
}

struct str
rule_text(const struct rules *r, const struct rule_hit *hit)
{
	return filled(r, hit, words_of(r, hit)->text);
}

struct str
rule_why(const struct rules *r, const struct rule_hit *hit)
{
	return filled(r, hit, words_of(r, hit)->why);
}

struct str
rule_way(const struct rules *r, const struct rule_hit *hit)
{
	return filled(r, hit, words_of(r, hit)->way);
}

struct str
rule_name(const struct rules *r, const struct rule_hit *hit)
{
	return str_fmt(r->arena, "R%d", hit->rule);
}

bool
rules_stop(const struct rules *r)
{
	for (ptrdiff_t i = 0; i < r->n; i++) {
		if (r->hit[i].stops)
			return true;
	}
	return false;
}

/* ---- the plan ---- */

/* "purpose, need": the titles of the parts that are empty. */
static struct str
empty_parts(struct rules *r, const struct plan *plan,
    const enum record_kind *kinds, ptrdiff_t n)
{
	struct buf b = buf_new(r->arena, 1000);
	for (ptrdiff_t i = 0; i < n; i++) {
		if (plan->of[kinds[i]].n > 0)
			continue;
		if (b.n > 0)
			buf_add(&b, S(", "));
		struct str title = tr(r->lang, record_def(kinds[i])->title);
		buf_add(&b, str_lower_ascii(r->arena, title));
	}
	return buf_str(&b);
}

static bool
lacks(struct rules *r, const struct plan *plan, const enum record_kind *kinds,
    ptrdiff_t n)
{
	struct str missing = empty_parts(r, plan, kinds, n);
	return missing.n > 0 &&
	    rules_fire(r,
		(struct rule_hit){
		    .rule = 1, .stops = true, .argument = missing});
}

bool
rule_leaves_design(struct rules *r, const struct plan *plan)
{
	static const enum record_kind kinds[] = {KIND_PURPOSE, KIND_SCOPE,
	    KIND_NEED, KIND_PROMISE, KIND_GROUP, KIND_CELL};
	return lacks(r, plan, kinds, COUNT_OF(kinds));
}

bool
rule_invites(struct rules *r, const struct plan *plan)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE};
	return lacks(r, plan, kinds, COUNT_OF(kinds));
}

bool
rule_before_theme(const struct plan *plan, int64_t settled_us)
{
	const struct record *theme = plan_theme(plan);
	return plan->of[KIND_THEME].n > 1 && settled_us < theme->changed_us;
}

/* Once a kind, however many there are. */
static bool
kind_before_theme(
    struct rules *r, const struct plan *plan, enum record_kind kind)
{
	const struct records *all = &plan->of[kind];
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct str title = tr(r->lang, record_def(kind)->title);
		if (rule_before_theme(plan, all->list[i].changed_us))
			return rules_fire(r,
			    (struct rule_hit){.rule = 9,
				.argument = str_lower_ascii(r->arena, title)});
	}
	return false;
}

bool
rule_theme_is_new(struct rules *r, const struct plan *plan)
{
	bool groups = kind_before_theme(r, plan, KIND_GROUP);
	return kind_before_theme(r, plan, KIND_CELL) || groups;
}

static bool
bears_on(const struct records *all, const struct record *tension, bool drafts)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		if (str_eq(record_value(r, "tension"), tension->id_text) &&
		    (drafts || !str_eq(record_value(r, "state"), S("draft"))))
			return true;
	}
	return false;
}

/* Something that people said is understood to bear on it, or they are asked
 * about it. */
static bool
is_heard_on(const struct plan *plan, const struct record *tension)
{
	return bears_on(&plan->of[KIND_INSIGHT], tension, true) ||
	    bears_on(&plan->of[KIND_DIALOGUE], tension, false);
}

bool
rule_tension(struct rules *r, const struct plan *plan, bool heard)
{
	ptrdiff_t before = r->n;
	const struct records *all = &plan->of[KIND_TENSION];
	for (ptrdiff_t i = 0; !heard && i < all->n; i++) {
		if (is_heard_on(plan, &all->list[i]))
			continue;
		rules_fire(r,
		    (struct rule_hit){.rule = 15,
			.argument = plan_title(plan, r->arena, &all->list[i])});
	}
	return r->n > before;
}

/* ---- a meeting with people ---- */

enum vulnerable
vulnerable_parse(struct str s)
{
	if (str_eq(s, S("yes")))
		return VULNERABLE_YES;
	return str_eq(s, S("maybe")) ? VULNERABLE_MAYBE : VULNERABLE_NO;
}

static struct str
what_is_big(struct rules *r, const struct meeting *m)
{
	if (m->town_hall)
		return tr(r->lang, "it is held at the town hall");
	if (m->whole_network)
		return tr(r->lang, "the whole network is there");
	struct str people = lang_int(r->arena, r->lang, m->people);
	return tr_fill(
	    r->arena, tr(r->lang, "%1 people at a time"), &people, 1);
}

bool
rule_too_big(struct rules *r, const struct meeting *m)
{
	int64_t most = r->limits.of[LIMIT_R2_PEOPLE];
	bool big = m->people > most || m->whole_network || m->town_hall;
	return m->vulnerable != VULNERABLE_NO && big && !m->own_wish &&
	    rules_fire(r, (struct rule_hit){2, true, what_is_big(r, m), most});
}

bool
rule_not_gentle(struct rules *r, const struct meeting *m)
{
	int64_t least = r->limits.of[LIMIT_R3_GENTLE];
	struct str shown = str_fmt(r->arena, "%d/3", (int)m->gentle);
	return m->vulnerable == VULNERABLE_YES && m->gentle < least &&
	    !m->care && rules_fire(r, (struct rule_hit){3, true, shown, least});
}

bool
rule_no_question(struct rules *r, const struct meeting *m)
{
	return m->questions == 0 &&
	    rules_fire(r, (struct rule_hit){.rule = 10, .stops = true});
}

/* ---- one person, one text ---- */

/* The last year of a band: "0-14" is 14.  Not asked counts as grown up. */
static bool
is_below(struct str age, int64_t limit)
{
	int64_t last;
	(void)str_cut(&age, '-');
	return str_int(age, &last) && last < limit;
}

bool
rule_no_guardian(
    struct rules *r, struct str age, bool by_consent, bool guardian)
{
	int64_t limit = r->limits.of[LIMIT_R4_AGE];
	return by_consent && !guardian && is_below(age, limit) &&
	    rules_fire(
		r, (struct rule_hit){.rule = 4, .stops = true, .limit = limit});
}

bool
rule_asked_often(struct rules *r, int64_t times)
{
	int64_t most = r->limits.of[LIMIT_R7_TIMES];
	return times > most &&
	    rules_fire(r,
		(struct rule_hit){.rule = 7,
		    .argument = lang_int(r->arena, r->lang, times),
		    .limit = most});
}

bool
rule_reading(struct rules *r, struct reading text)
{
	const int64_t *of = r->limits.of;
	int64_t most = of[text.young ? LIMIT_R4_LIX : LIMIT_R5_LIX];
	bool childish = !text.young && text.lix < of[LIMIT_R5_LOW];
	return (text.lix > most || childish) &&
	    rules_fire(r,
		(struct rule_hit){.rule = 5,
		    .stops = text.invitation && text.lix > of[LIMIT_R5_STOP],
		    .argument = lang_int(r->arena, r->lang, text.lix),
		    .limit = most});
}
