/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_round.h"

#include "base/buf.h"
#include "engine/random.h"
#include "model/ballot.h"

enum { IN_A_HUNDRED = 100 };

/* Each option with its own chance; a ballot of nothing is none. */
static struct ballot
ballot_of(struct demo_loader *l, const struct round *r, struct random *chance,
    const json_t *list)
{
	struct ballot b = {arena_new(l->arena, struct mark, r->n_options), 0};
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		json_int_t wanted =
		    json_integer_value(json_array_get(list, (size_t)i));
		int64_t at = (int64_t)random_below(chance, IN_A_HUNDRED);
		if (r->method == ROUND_STARS)
			b.mark[b.n++] = (struct mark){r->option[i].number,
			    1 + (4 * wanted + at) / IN_A_HUNDRED, 0};
		else if (at < wanted)
			b.mark[b.n++] =
			    (struct mark){r->option[i].number, 1, 0};
	}
	return b;
}

static enum err
add_side(struct demo_loader *l, const struct actor *who, const struct round *r,
    const json_t *item)
{
	const json_t *wanted = json_object_get(item, "wanted");
	json_int_t voters = json_integer_value(json_object_get(item, "voters"));
	struct random chance =
	    random_new(demo_text(item, "side"), S("demo round"));
	struct elector v = {.round = r};
	enum err e = round_side_parse(demo_text(item, "side"), &v.side)
	    ? ERR_OK
	    : ERR_INTERNAL;
	for (json_int_t i = 0; e == ERR_OK && i < voters; i++) {
		struct str name = str_fmt(
		    l->arena, "demo %d %lld", (int)v.side, (long long)i);
		struct ballot b = ballot_of(l, r, &chance, wanted);
		v.key = ballot_key(l->arena, who, r, 'd', name);
		if (b.n > 0)
			e = ballot_cast(l->db, l->arena, who, &v, &b);
	}
	return e;
}

/* The lines of the file, one an option. */
static enum err
add_options(struct demo_loader *l, const struct actor *who, struct id id,
    const json_t *item, struct round *r)
{
	struct round_options list;
	struct round_fault fault;
	enum err e = round_get(l->db, l->arena, who, id, r);
	if (e != ERR_OK)
		return e;
	if (!round_options_read(
		l->arena, r, demo_text(item, "options"), &list, &fault))
		return ERR_INTERNAL;
	e = round_options_add(l->db, l->arena, who, r, &list);
	return e == ERR_OK ? round_get(l->db, l->arena, who, id, r) : e;
}

static enum err
add_round(struct demo_loader *l, const json_t *item)
{
	static const char *const fields[] = {"question", "about", "method",
	    "budget", "points", "most", "leadership", "note"};
	struct round r;
	struct actor who = demo_writer(l, item);
	struct record plan = demo_record(l, KIND_ROUND, &who);
	const json_t *sides = json_object_get(item, "sides");
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		record_set(&plan, fields[i], demo_text(item, fields[i]));
	enum err e = demo_save(l, &who, &plan);
	if (e == ERR_OK)
		e = add_options(l, &who, plan.id, item, &r);
	if (e == ERR_OK)
		e = round_begin(l->db, l->arena, &who, &r);
	for (size_t i = 0; e == ERR_OK && i < json_array_size(sides); i++)
		e = add_side(l, &who, &r, json_array_get(sides, i));
	bool closed = str_eq(demo_text(item, "state"), S("closed"));
	return e == ERR_OK && closed ? round_close(l->db, l->arena, &who, &r)
				     : e;
}

enum err
demo_rounds(struct demo_loader *l)
{
	return demo_each(l, "rounds", add_round);
}
