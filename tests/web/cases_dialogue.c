/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about dialogues need (tests/web/cases.def). */
#include "base/buf.h"
#include "model/code.h"
#include "model/dialogue.h"
#include "tests/web/cases.h"

static struct actor
inside(struct full *f, const struct shot *shot)
{
	struct actor who = actor_inside(&f->web.world.program, shot->network);
	who.account = f->web.world.mette;
	return who;
}

/* An open dialogue with one statement, in a state. */
static void
make(struct full *f, struct shot *shot, const char *state)
{
	struct world *w = &f->web.world;
	struct record_saved saved;
	struct actor who = inside(f, shot);
	struct record r = {.kind = KIND_DIALOGUE,
	    .network = shot->network,
	    .id = id_new(NOW_US + f->turn)};
	shot->id = r.id;
	if (!shot->exists)
		return;
	record_set(&r, "question", S("Hvad hjælper?"));
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper."));
	record_set(&r, "state", str_c(state));
	record_set(&r, "door", S("link"));
	record_set(&r, "own", S("before"));
	CHECK_OK(record_save(w->db, w->arena, &who, &r, &saved));
	struct statement s = {.once = id_new(NOW_US + f->turn),
	    .text = S("Der skal være en at ringe til."),
	    .source = S("staff")};
	CHECK_OK(statement_add(w->db, w->arena, &who, r.id, &s));
}

void
aim_dialogue(struct full *f, struct shot *shot)
{
	make(f, shot, "open");
}

void
aim_dialogue_add(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	make(f, shot, "open");
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&text=Endnu+et+udsagn"));
}

void
aim_dialogue_read(struct full *f, struct shot *shot)
{
	make(f, shot, "open");
	shot->form = S("udsagn=0&tilstand=refused&reason=To+udsagn+i+et");
}

/* ---- by the open address ---- */

static void
at_home(struct full *f, struct shot *shot, const char *state)
{
	struct shot own = {.network = f->web.world.network, .exists = true};
	make(f, &own, state);
	shot->id = own.id;
}

void
aim_talk(struct full *f, struct shot *shot)
{
	at_home(f, shot, "open");
}

void
aim_talk_closed(struct full *f, struct shot *shot)
{
	at_home(f, shot, "closed");
}

void
aim_talk_vote(struct full *f, struct shot *shot)
{
	at_home(f, shot, "open");
	shot->form = S("udsagn=0&svar=1");
}

void
aim_talk_say(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	at_home(f, shot, "open");
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&text=Flere+afl%C3%B8sere"));
}

/* ---- with a code ---- */

void
aim_code_talk(struct full *f, struct shot *shot)
{
	aim_citizen(f, shot);
	at_home(f, shot, "open");
}

void
aim_code_talk_closed(struct full *f, struct shot *shot)
{
	aim_citizen(f, shot);
	at_home(f, shot, "closed");
}

void
aim_code_talk_vote(struct full *f, struct shot *shot)
{
	aim_code_talk(f, shot);
	shot->form = S("udsagn=0&svar=-1");
}

void
aim_code_talk_say(struct full *f, struct shot *shot)
{
	aim_citizen(f, shot);
	aim_talk_say(f, shot);
}

void
aim_code_talk_take(struct full *f, struct shot *shot)
{
	aim_code_talk(f, shot);
	shot->form = S("udsagn=0");
}
