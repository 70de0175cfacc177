/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about files in and out of a dialogue need
 * (tests/web/cases.def). */
#include "base/buf.h"
#include "model/exchange.h"
#include "model/idea_bank.h"
#include "model/token.h"
#include "model/webhook.h"
#include "model/scrub.h"
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

/* The network of a token is the world's own, where the bank is opened. */
static struct actor
open_bank(struct full *f)
{
	struct world *w = &f->web.world;
	struct actor in = actor_inside(&w->program, w->network);
	struct idea_bank bank = {.open = true, .about = S("Det gode liv.")};
	in.account = w->mette;
	CHECK_OK(idea_bank_save(w->db, w->arena, &in, &bank));
	return in;
}

void
aim_api_idea(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor in = open_bank(f);
	struct contribution c = {.id = id_new(NOW_US + f->turn),
	    .kind = S("idea"),
	    .teller = S("staff"),
	    .original = S("Ring til os."),
	    .basis = S("consent"),
	    .scope = SCOPE_PUBLIC,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	struct idea_birth b = {c.id, true, S("yes")};
	CHECK_OK(contribution_add(w->db, w->arena, &in, &c, S("")));
	struct contribution_step looked = {S("reviewed"), S("")};
	CHECK_OK(contribution_get(w->db, w->arena, &in, c.id, &c));
	CHECK_OK(contribution_move(w->db, w->arena, &in, &c, &looked));
	CHECK_OK(idea_from_words(w->db, w->arena, &in, &b));
	with_token(f, shot);
	shot->id = c.id;
	shot->form = S("{\"participant\": \"12\", \"text\": \"En linje.\", "
		       "\"readers\": \"public\", \"of_age\": true}");
}

/* The id of the token is in the name that a program gives somebody. */
void
aim_api_withdraw(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor in = open_bank(f);
	struct token token;
	struct idea_given g = {.id = id_new(NOW_US + f->turn),
	    .text = S("En linje."),
	    .scope = SCOPE_PUBLIC,
	    .grown_up = true};
	with_token(f, shot);
	CHECK_OK(
	    token_find(w->db, w->arena, &w->program, shot->bearer, &token));
	CHECK_OK(idea_bring(w->db, w->arena, &in, &g,
	    STR_JOIN(
		w->arena, S("token:"), id_text(w->arena, token.id), S(":12"))));
	/* One job for the night is enough: it is there, whoever comes first. */
	CHECK_OK(scrub_ask(w->db, w->arena, &in));
	shot->id = g.id;
	shot->form = S("{\"participant\": \"12\"}");
}

static void
round_for_program(struct full *f, struct shot *shot,
    void (*aim)(struct full *, struct shot *))
{
	struct shot own = *shot;
	own.network = f->web.world.network;
	own.exists = true;
	aim(f, &own);
	with_token(f, shot);
	shot->id = own.id;
	shot->form = S("{\"participant\": \"12\", "
		       "\"choices\": [{\"option\": 1}, {\"option\": 3}]}");
}

void
aim_api_round(struct full *f, struct shot *shot)
{
	round_for_program(f, shot, aim_round);
}

void
aim_api_round_closed(struct full *f, struct shot *shot)
{
	round_for_program(f, shot, aim_round_closed);
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

/* ---- calls to them ---- */

#define CALLED "https://program.fjordby.example"

#define ORIGIN_TYPED "https://program.fjordby.example"

void
aim_origin(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	enum err e =
	    webhook_forbid(w->db, w->arena, &w->program, S(ORIGIN_TYPED));
	CHECK(e == ERR_OK || e == ERR_NOT_FOUND);
	shot->form = S("origin=https%3A%2F%2Fprogram.fjordby.example");
}

void
aim_origin_there(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	CHECK_OK(webhook_allow(w->db, w->arena, &w->program, S(ORIGIN_TYPED)));
	shot->form = S("origin=https%3A%2F%2Fprogram.fjordby.example");
}

static struct actor
caller(struct full *f, const struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = actor_inside(&w->program, shot->network);
	struct webhooks all;
	CHECK_OK(webhook_allow(w->db, w->arena, &who, S(CALLED)));
	CHECK_OK(webhook_list(w->db, w->arena, &who, &all));
	for (ptrdiff_t i = 0; i < all.n; i++) { /* 20 at most */
		if (all.list[i].ended_us == 0)
			CHECK_OK(
			    webhook_end(w->db, w->arena, &who, all.list[i].id));
	}
	return who;
}

void
aim_webhook(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct str secret;
	struct actor who = caller(f, shot);
	struct webhook hook = {
	    .id = id_new(NOW_US + f->turn), .url = S(CALLED "/samskab")};
	shot->id = hook.id;
	if (shot->exists) {
		CHECK_OK(webhook_make(w->db, w->arena, &who, &hook, &secret));
		CHECK_OK(webhook_end(w->db, w->arena, &who, hook.id));
	}
}

void
aim_webhook_make(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	(void)caller(f, shot);
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&url=https%3A%2F%2Fprogram.fjordby.example%2Fsamskab"));
}
