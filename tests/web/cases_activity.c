/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about activities need (tests/web/cases.def). */
#include "base/buf.h"
#include "model/activity.h"
#include "model/catalogue.h"
#include "model/account.h"
#include "tests/web/cases.h"

/* One that has been held, in the network that is aimed at. */
static struct record
held_activity(struct full *f, struct shot *shot)
{
	struct record_saved saved;
	struct world *w = &f->web.world;
	struct actor who = actor_inside(&w->program, shot->network);
	struct record r = {.kind = KIND_ACTIVITY,
	    .network = shot->network,
	    .id = id_new(NOW_US + f->turn)};
	record_set(&r, "title", S("Kaffe på plejehjemmet"));
	record_set(&r, "method", S("walk"));
	record_set(&r, "room", S("alone"));
	record_set(&r, "place_kind", S("theirs"));
	record_set(&r, "state", S("held"));
	shot->id = r.id;
	if (shot->exists)
		CHECK_OK(
		    record_save_managed(w->db, w->arena, &who, &r, &saved));
	return r;
}

/* From a network that everybody is in. */
void
aim_reuse(struct full *f, struct shot *shot)
{
	struct accounts all;
	struct actor there;
	struct record_faults faults;
	struct record_saved saved;
	struct world *w = &f->web.world;
	struct arena *a = w->arena;
	struct id network = id_new(NOW_US + ++f->turn);
	struct network_form form = {.name = S("Havneby"), .type = S("welfare")};
	struct actor mette = world_as(w, w->mette);
	mette.caps |= CAP_CREATE;
	CHECK_OK(network_create(w->db, a, &mette, network, &form, &faults));
	CHECK_OK(actor_enter(w->db, a, &mette, network, &there));
	CHECK_OK(account_list(w->db, a, &w->program, &all));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (all.list[i].active)
			CHECK_OK(network_add_member(w->db, a, &there,
			    all.list[i].id, ROLE_PARTICIPANT));
	}
	struct record r = {.kind = KIND_QUESTION,
	    .network = network,
	    .id = id_new(NOW_US + f->turn)};
	record_set(&r, "text", S("Hvad mangler?"));
	record_set(&r, "state", S("open"));
	CHECK_OK(record_save(w->db, a, &there, &r, &saved));
	shot->form = STR_JOIN(a, S("fra="), id_text(a, network),
	    S("&record=spoergsmaal."), id_text(a, r.id));
}

void
aim_activity(struct full *f, struct shot *shot)
{
	held_activity(f, shot);
}

void
aim_activity_step(struct full *f, struct shot *shot)
{
	held_activity(f, shot);
	shot->form = S("rev=1");
}

void
aim_message(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	held_activity(f, shot);
	struct str id = id_text(a, id_new(NOW_US + f->turn));
	shot->form = str_fmt(a, "id=%.*s&text=Vi+ses+%d", STR_ARG(id), f->turn);
}

void
aim_ethics(struct full *f, struct shot *shot)
{
	struct catalogue_items items = catalogue_list(S("ethics"));
	struct buf b = buf_new(f->web.world.arena, 2000);
	held_activity(f, shot);
	buf_add(&b, S("rev=1"));
	for (ptrdiff_t i = 0; i < items.n; i++) {
		buf_byte(&b, '&');
		buf_add(&b, items.list[i].key);
		buf_add(&b, S("=yes"));
	}
	shot->form = buf_str(&b);
}

void
aim_pass(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct record r = held_activity(f, shot);
	shot->form = str_fmt(a, "rule=R1&object=%.*s&reason=Det+haster",
	    STR_ARG(id_text(a, r.id)));
}

static const char SQL_NO_TERMS[] =
    "DELETE FROM equal_term WHERE org = $1 AND network = $2";

void
aim_terms(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	CHECK_OK(db_exec(
	    w->db, SQL_NO_TERMS, NULL, DB_ID(w->org.id), DB_ID(shot->network)));
	shot->form = S("agenda_citizens=no&agenda_others=yes");
}
