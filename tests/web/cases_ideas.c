/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about ideas need (tests/web/cases.def). */
#include "base/buf.h"
#include "model/idea_bank.h"
#include "tests/web/cases.h"

static struct actor
inside(struct full *f, const struct shot *shot)
{
	struct actor who = actor_inside(&f->web.world.program, shot->network);
	who.account =
	    id_is_set(f->web.account) ? f->web.account : f->web.world.mette;
	return who;
}

static struct id
write_one(struct full *f, struct shot *shot, const char *title)
{
	struct world *w = &f->web.world;
	struct record_saved saved;
	struct actor who = inside(f, shot);
	struct record r = {.kind = KIND_IDEA,
	    .network = shot->network,
	    .id = id_new(NOW_US + f->turn)};
	record_set(&r, "title", str_c(title));
	record_set(&r, "what", S("Ring til os."));
	record_set(&r, "kind", S("service"));
	if (shot->exists)
		CHECK_OK(record_save(w->db, w->arena, &who, &r, &saved));
	return r.id;
}

void
aim_idea(struct full *f, struct shot *shot)
{
	shot->id = write_one(f, shot, "Én aftenlinje");
}

/* One that is carried on. */
void
aim_handover(struct full *f, struct shot *shot)
{
	static const char SQL_ON[] =
	    "UPDATE idea SET state = 'concrete' WHERE org = $1 AND id = $2";
	struct world *w = &f->web.world;
	aim_idea(f, shot);
	CHECK_OK(
	    db_exec(w->db, SQL_ON, NULL, DB_ID(w->org.id), DB_ID(shot->id)));
}

void
aim_idea_step(struct full *f, struct shot *shot)
{
	aim_idea(f, shot);
	shot->form = S("rev=1&state=dropped&reason=Den+blev+for+dyr.");
}

void
aim_idea_hide(struct full *f, struct shot *shot)
{
	aim_idea(f, shot);
	shot->form = S("rev=1&state=hidden&reason=Den+kommer+igen.");
}

void
aim_idea_feedback(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	aim_voice(f, shot);
	struct id said = shot->id;
	aim_idea(f, shot);
	shot->form = STR_JOIN(a, S("contribution="), id_text(a, said));
}

static struct idea_new
whole_of(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct id x = write_one(f, shot, "Bænke");
	struct id y = write_one(f, shot, "Et bord");
	return (struct idea_new){.id = id_new(NOW_US + f->turn),
	    .title = S("Et sted at sidde"),
	    .what = S("Bænke og et bord"),
	    .kind = S("service"),
	    .made_of = STR_JOIN(a, id_text(a, x), S(" "), id_text(a, y)),
	    .combined = true};
}

void
aim_idea_whole(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct idea_faults faults;
	struct idea_new new = whole_of(f, shot);
	shot->id = new.id;
	shot->form = S("rev=1&reason=De+er+ikke+ens.");
	if (shot->exists)
		CHECK_OK(idea_derive(w->db, w->arena, &who, &new, &faults));
}

void
aim_idea_derive(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct id x = write_one(f, shot, "Bænke");
	struct id y = write_one(f, shot, "Et bord");
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&made_of="), id_text(a, x), S("&made_of="), id_text(a, y),
	    S("&way=saml&title=Et+sted&what=Et+bord&kind=service"));
}

void
aim_idea_quick(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&original=Flere+lamper&teller=staff&scope=1&given_by=self"));
}

void
aim_idea_bank_save(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct idea_bank bank = {.about = S("Natten")};
	if (shot->exists) {
		CHECK_OK(idea_bank_save(w->db, w->arena, &who, &bank));
		CHECK_OK(idea_bank_get(w->db, w->arena, &who, &bank));
	}
	shot->form = str_fmt(w->arena, "about=Aften+%d&seen=%lld", f->turn,
	    (long long)bank.changed_us);
}

/* ---- by the open link ---- */

static void
open_bank(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct idea_bank bank = {
	    .open = true, .about = S("Hvad hjælper om aftenen?")};
	shot->id = shot->network;
	if (shot->exists)
		CHECK_OK(idea_bank_save(w->db, w->arena, &who, &bank));
}

/* Anybody may, so it is of the network that there is. */
void
aim_idea_public(struct full *f, struct shot *shot)
{
	struct shot own = {.network = f->web.world.network, .exists = true};
	open_bank(f, &own);
	shot->id = own.network;
}

void
aim_idea_send(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	aim_idea_public(f, shot);
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&text=Flere+lamper&scope=3&grown_up=1"));
}

void
aim_idea_sent(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct idea_given g = {.id = id_new(NOW_US + f->turn),
	    .text = S("Flere lamper"),
	    .scope = SCOPE_PUBLIC,
	    .told = S("Alle"),
	    .grown_up = true};
	aim_idea_public(f, shot);
	struct actor in = actor_inside(&w->program, w->network);
	CHECK_OK(idea_send(w->db, w->arena, &in, &g, &shot->token));
}

/* ---- by a citizen ---- */

void
aim_citizen_idea(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	aim_citizen(f, shot);
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&text=Ring+f%C3%B8rst&scope=1"));
}
