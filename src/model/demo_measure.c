/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_measure.h"

#include "base/buf.h"
#include "engine/random.h"
#include "model/measure.h"

enum { IN_A_HUNDRED = 100, STEPS = MEASURE_HIGHEST - 1 };

/* Around a level, farther up or down by who they are and by the day; now and
 * then they do not know. */
static int8_t
mark(struct random *person, struct random *day, int64_t level)
{
	enum { MIDDLE = 125, HALF = 50, SELDOM = 25 };
	int64_t spread = (int64_t)random_below(person, IN_A_HUNDRED) * 3 / 2;
	int64_t chance = (int64_t)random_below(day, IN_A_HUNDRED);
	int64_t at = STEPS * level + spread + chance - MIDDLE + HALF;
	int64_t n = at < 0 ? 1 : 1 + at / IN_A_HUNDRED;
	if (random_below(day, SELDOM) == 0)
		return MEASURE_DONT_KNOW;
	return (int8_t)(n > MEASURE_HIGHEST ? MEASURE_HIGHEST : n);
}

static struct measure_reply
reply_of(const struct measure *m, const json_t *levels, struct random *person,
    struct random *day)
{
	enum { THEN = 35 };
	struct measure_reply r = {0};
	struct random then = *person;
	for (ptrdiff_t i = 0; i < m->n_items; i++) {
		int64_t level =
		    json_integer_value(json_array_get(levels, (size_t)i));
		if (m->design == MEASURE_RETROSPECTIVE)
			r.then[i] = mark(&then, day, THEN);
		r.now[i] = mark(person, day, level);
	}
	return r;
}

static enum err
add_answers(struct demo_loader *l, const struct actor *who,
    const struct measure *m, const json_t *item)
{
	enum err e = ERR_OK;
	json_int_t people = json_integer_value(json_object_get(item, "people"));
	struct random day =
	    random_new(demo_text(item, "on"), S("demo measure"));
	for (json_int_t i = 0; e == ERR_OK && i < people; i++) {
		struct str name = str_fmt(l->arena, "demo %lld", (long long)i);
		struct random person = random_new(name, S("demo measure"));
		struct respondent p = measure_pseudonym(l->arena, who, m, name);
		struct measure_reply r =
		    reply_of(m, json_object_get(item, "level"), &person, &day);
		e = measure_reply_put(l->db, l->arena, who, &p, &r);
	}
	return e;
}

static enum err
add_rounds(struct demo_loader *l, struct actor *who, struct measure *m,
    const json_t *rounds)
{
	enum err e = ERR_OK;
	for (size_t i = 0; e == ERR_OK && i < json_array_size(rounds); i++) {
		const json_t *item = json_array_get(rounds, i);
		who->now_us = demo_us(l, item, "on");
		e = measure_begin_round(l->db, l->arena, who, m);
		if (e == ERR_OK)
			e = add_answers(l, who, m, item);
		who->now_us = demo_us(l, item, "closed");
		if (e == ERR_OK)
			e = measure_close_round(l->db, l->arena, who, m);
	}
	return e;
}

static enum err
add_measure(struct demo_loader *l, const json_t *item)
{
	static const char *const fields[] = {
	    "title", "purpose", "design", "door", "themes"};
	struct measure m;
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_MEASURE, &who);
	struct measure_more more = {
	    .bank = demo_text(item, "bank"), .own = demo_text(item, "own")};
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		record_set(&r, fields[i], demo_text(item, fields[i]));
	record_set(&r, "since", demo_date(l, item, "since"));
	record_set(&r, "words", S("yes"));
	enum err e = demo_save(l, &who, &r);
	if (e == ERR_OK)
		e = measure_get(l->db, l->arena, &who, r.id, &m);
	if (e == ERR_OK)
		e = measure_items_add(l->db, l->arena, &who, &m, &more);
	if (e == ERR_OK)
		e = measure_get(l->db, l->arena, &who, r.id, &m);
	return e == ERR_OK
	    ? add_rounds(l, &who, &m, json_object_get(item, "rounds"))
	    : e;
}

enum err
demo_measures(struct demo_loader *l)
{
	return demo_each(l, "measures", add_measure);
}
