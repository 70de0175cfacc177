/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about files in and out of a dialogue need
 * (tests/web/cases.def). */
#include "base/buf.h"
#include "model/exchange.h"
#include "model/token.h"
#include "tests/web/cases.h"

/* A file is shown to who brought it. */
void
aim_exchange(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = actor_inside(&w->program, shot->network);
	who.account = id_is_set(f->web.account) ? f->web.account : w->mette;
	aim_dialogue(f, shot);
	struct exchange_import in = {.id = id_new(NOW_US + f->turn),
	    .dialogue = shot->id,
	    .statements = S("comment_text\nDer er for langt til bussen.\n")};
	shot->id = in.id;
	if (shot->exists)
		CHECK_OK(exchange_put(w->db, w->arena, &who, &in));
}

/* Forms of these tests bring no file, so it is pasted. */
void
aim_exchange_send(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	aim_dialogue(f, shot);
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&open=1&list=comment_text%0AEn+bus"));
}

void
aim_exchange_fetch(struct full *f, struct shot *shot)
{
	aim_dialogue(f, shot);
	shot->form = S("form=now");
}

/* ---- programs ---- */

static void
with_token(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct token t = {.id = id_new(NOW_US + f->turn),
	    .name = S("Stander"),
	    .rights = TOKEN_READ | TOKEN_TAKE_PART,
	    .ends_us = w->leader.now_us + DAY_US};
	CHECK_OK(token_make(w->db, w->arena, &w->leader, &t, &shot->bearer));
}

void
aim_api(struct full *f, struct shot *shot)
{
	aim_talk(f, shot);
	with_token(f, shot);
}

void
aim_api_vote(struct full *f, struct shot *shot)
{
	aim_api(f, shot);
	shot->form = S("{\"participant\": \"12\", \"statement\": 0, "
		       "\"vote\": 1}");
}

void
aim_api_state(struct full *f, struct shot *shot)
{
	aim_api(f, shot);
	shot->form =
	    S("{\"participant\": \"12\", \"text\": \"Flere busser.\"}");
}

void
aim_token(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct str secret;
	struct actor who = actor_inside(&w->program, shot->network);
	struct token t = {.id = id_new(NOW_US + f->turn),
	    .name = S("Stander"),
	    .rights = TOKEN_READ,
	    .ends_us = who.now_us + DAY_US};
	shot->id = t.id;
	if (shot->exists)
		CHECK_OK(token_make(w->db, w->arena, &who, &t, &secret));
}

void
aim_token_make(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&name=Stander&rights=3"));
}
