/* SPDX-License-Identifier: MPL-2.0 */

/* Aims of cases about what people ask of their data. */
#include "base/buf.h"
#include "model/rights.h"
#include "tests/web/cases.h"

/* A person who has asked something. */
void
aim_asked(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	aim_person(f, shot);
	if (!shot->exists)
		return;
	struct actor in = actor_inside(&w->program, shot->network);
	struct right r = {.id = id_new(NOW_US + f->turn),
	    .person = shot->id,
	    .kind = S("rectification"),
	    .text = S("Jeg bor et andet sted")};
	CHECK_OK(right_add(w->db, w->arena, &in, &r));
}

void
aim_asks(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	aim_person(f, shot);
	shot->form =
	    str_fmt(a, "step=ask&id=%.*s&kind=access&received=2026-11-20&what=",
		STR_ARG(id_text(a, id_new(NOW_US + f->turn))));
}

void
aim_citizen_asks(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	aim_citizen(f, shot);
	shot->form = str_fmt(a, "id=%.*s&kind=objection&what=Nej+tak",
	    STR_ARG(id_text(a, id_new(NOW_US + f->turn))));
}

void
aim_pause(struct full *f, struct shot *shot)
{
	aim_activity(f, shot);
	shot->form = S("grund=Vi+venter+paa+svar");
}
