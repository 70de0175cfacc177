/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/model/rounds.h"

#include "base/buf.h"

struct round
rounds_now(struct world *w, const struct round *r)
{
	struct round out;
	CHECK_OK(round_get(w->db, w->arena, &w->leader, r->record.id, &out));
	return out;
}

struct round
rounds_draft(struct world *w, enum round_method method, const char *options)
{
	struct round_options list;
	struct round_fault fault;
	struct record r = world_record(w, KIND_ROUND);
	record_set(&r, "question", S("Hvad skal vi begynde med?"));
	record_set(&r, "method", str_c(round_methods[method].key));
	record_set(&r, "budget", method == ROUND_BUDGET ? S("100") : S("0"));
	record_set(&r, "points", S("10"));
	world_save(w, &r);
	struct round round = {.record = r};
	round = rounds_now(w, &round);
	CHECK(round_options_read(
	    w->arena, &round, str_c(options), &list, &fault));
	CHECK_OK(round_options_add(w->db, w->arena, &w->leader, &round, &list));
	return rounds_now(w, &round);
}

struct round
rounds_open(struct world *w, enum round_method method, const char *options)
{
	struct round r = rounds_draft(w, method, options);
	CHECK_OK(round_begin(w->db, w->arena, &w->leader, &r));
	return r;
}

struct elector
rounds_voter(
    struct world *w, const struct round *r, enum round_side side, int i)
{
	return (struct elector){.round = r,
	    .side = side,
	    .key = ballot_key(
		w->arena, &w->leader, r, 't', str_fmt(w->arena, "%d", i))};
}

enum err
rounds_cast(struct world *w, const struct elector *v, const char *choices)
{
	struct ballot b;
	CHECK(ballot_parse(w->arena, v->round, str_c(choices), &b));
	return ballot_cast(w->db, w->arena, &w->leader, v, &b);
}
