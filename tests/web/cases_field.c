/* SPDX-License-Identifier: MPL-2.0 */

/* What requests from the field need (tests/web/cases.def). */
#include "base/buf.h"
#include "model/field.h"
#include "tests/web/cases.h"

static struct actor
inside(struct full *f, const struct shot *shot)
{
	struct actor who = actor_inside(&f->web.world.program, shot->network);
	who.account =
	    id_is_set(f->web.account) ? f->web.account : f->web.world.mette;
	return who;
}

static struct field_day
begun(struct full *f, const struct shot *shot)
{
	struct world *w = &f->web.world;
	struct field_day day = {.id = id_new(NOW_US + f->turn)};
	struct actor who = inside(f, shot);
	if (!shot->exists)
		return day;
	struct field_days old;
	CHECK_OK(field_days(w->db, w->arena, &who, &old));
	for (ptrdiff_t i = 0; i < old.n; i++)
		CHECK_OK(field_day_end(w->db, w->arena, &who, old.list[i].id));
	CHECK_OK(field_day_begin(w->db, w->arena, &who, &day, 24));
	CHECK_OK(field_day_get(w->db, w->arena, &who, day.id, &day));
	return day;
}

void
aim_field_day(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	(void)begun(f, shot);
	shot->form = STR_JOIN(a, S("hours=24&id="),
	    id_text(a, id_new(NOW_US + 100000 + f->turn)));
}

void
aim_field_end(struct full *f, struct shot *shot)
{
	shot->id = begun(f, shot).id;
}

/* All of it has come; it was not taken yet. */
void
aim_field_item(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct arena *a = w->arena;
	struct field_day day = begun(f, shot);
	struct field_part p = {.id = id_new(NOW_US + 200000 + f->turn),
	    .day = day.id,
	    .kind = S("voice")};
	struct actor who = inside(f, shot);
	shot->id = p.id;
	shot->form = S("dele=1");
	if (!shot->exists)
		return;
	p.box = envelope_close(a, day.pair.point,
	    S("original=Flere+lamper&kind=wish&scope=1&anonymity=none"
	      "&basis=consent&given_by=self&told=Ja"),
	    str_cat(a, id_text(a, p.id), S("/0")));
	CHECK_OK(field_put(w->db, a, &who, &p));
}

void
aim_field_draft(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct field_item item;
	struct actor who = inside(f, shot);
	aim_field_item(f, shot);
	if (!shot->exists)
		return;
	CHECK_OK(field_get(w->db, w->arena, &who, shot->id, &item));
	item.state = S("draft");
	item.words = S("original=Flere+lamper&kind=wish");
	CHECK_OK(field_settle(w->db, w->arena, &who, &item));
	shot->id = item.voice;
}
