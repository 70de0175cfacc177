/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/web/hall.h"

#include "base/buf.h"
#include "model/code.h"
#include "model/demo_citizen.h"

void
hall_new(struct hall *h, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	struct world *w = &h->web.world;
	web_new(&h->web, a, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &w->leader, &token));
	h->code = STR_JOIN(a, S("/c/"),
	    code_text(a, h->web.site->orgs.list[0].short_code, token));
}

void
hall_open(struct hall *h, const char *design, const char *door)
{
	struct world *w = &h->web.world;
	struct record r = world_record(w, KIND_MEASURE);
	record_set(&r, "title", S("Hjælp i hverdagen"));
	record_set(&r, "purpose", S("Vi vil vide, om hjælpen er god."));
	record_set(&r, "design", str_c(design));
	record_set(&r, "since", S("2026-10-01"));
	record_set(&r, "door", str_c(door));
	record_set(&r, "themes", S("Flere taler om ventetid."));
	world_save(w, &r);
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &h->m));
	struct measure_more more = {.bank = S("q_respect q_fits")};
	CHECK_OK(measure_items_add(w->db, w->arena, &w->leader, &h->m, &more));
	CHECK_OK(measure_get(w->db, w->arena, &w->leader, r.id, &h->m));
	CHECK_OK(measure_begin_round(w->db, w->arena, &w->leader, &h->m));
}

struct str
hall_citizen(struct hall *h, const char *rest)
{
	return STR_JOIN(h->web.world.arena, h->code, S("/maaling/"),
	    h->m.record.id_text, str_c(rest));
}

struct str
hall_open_path(struct hall *h)
{
	return STR_JOIN(
	    h->web.world.arena, S("/maaling/"), h->m.record.id_text);
}

struct str
hall_staff(struct hall *h, const char *rest)
{
	return STR_JOIN(h->web.world.arena, web_path(&h->web, "/maalinger/"),
	    h->m.record.id_text, str_c(rest));
}

struct measure_round
hall_round(struct hall *h)
{
	struct world *w = &h->web.world;
	CHECK_OK(
	    measure_get(w->db, w->arena, &w->leader, h->m.record.id, &h->m));
	return h->m.round[h->m.n_rounds - 1];
}

void
hall_answers(struct hall *h, int people, int mark)
{
	struct world *w = &h->web.world;
	for (int i = 0; i < people; i++) {
		struct respondent p = measure_pseudonym(w->arena, &w->leader,
		    &h->m, str_fmt(w->arena, "svar %d", i));
		struct measure_reply r = {
		    .now = {(int8_t)(mark + i % 2), (int8_t)(3 + i % 2)},
		    .words = i == 0 ? S("Der er kortere ventetid nu.") : S("")};
		CHECK_OK(
		    measure_reply_put(w->db, w->arena, &w->leader, &p, &r));
	}
	CHECK_OK(measure_close_round(w->db, w->arena, &w->leader, &h->m));
}
