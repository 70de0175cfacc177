/* SPDX-License-Identifier: MPL-2.0 */

/* The secretariat's pages, and the numbers on a network's overview. */
#include "base/buf.h"
#include "model/decision.h"
#include "model/setting.h"
#include "model/standing.h"
#include "tests/web/site.h"

/* Somebody of the secretariat, signed in. */
static void
sign_in(struct web *w)
{
	struct world *world = &w->world;
	struct id id = id_new(NOW_US);
	struct account_form form = {.name = S("Sif Dam"),
	    .mail = S("sif@fjordby.example"),
	    .is_secretariat = true};
	CHECK_OK(
	    account_create(world->db, world->arena, &world->program, id, form));
	web_sign_in(w, id);
}

static void
add_networks(struct web *w, int n)
{
	struct world *world = &w->world;
	struct actor mette = world_as(world, world->mette);
	for (int i = 0; i < n; i++) {
		struct record_faults faults;
		struct network_form form = {
		    .name = str_fmt(world->arena, "Netværk %03d", i),
		    .type = S("learning")};
		CHECK_OK(network_create(world->db, world->arena, &mette,
		    id_new(NOW_US), &form, &faults));
	}
}

TEST_DB(secretariat_sees_every_network_fifty_a_page_in_few_queries)
{
	struct web w;
	web_new(&w, arena, db);
	add_networks(&w, 199);
	sign_in(&w);
	struct reply r = web_get(&w, S("/sekretariat?orden=navn"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("200 netværk"));
	CHECK_HAS(r.body, S("Netværk 010"));
	CHECK_LACKS(r.body, S("Netværk 060"));
	CHECK_HAS(r.body, S("/sekretariat?orden=navn&amp;fra=50"));
	CHECK_HAS(r.body, S("55 af 100"));
	CHECK_MAX(r.queries, 14);
	r = web_get(&w, S("/sekretariat?orden=navn&fra=150"));
	CHECK_HAS(r.body, S("Netværk 160"));
	CHECK_LACKS(r.body, S("fra=200"));
	CHECK_INT(web_get(&w, S("/sekretariat?orden=x&fra=-1")).status, 200);
	CHECK_INT(web_get(&w, S("/sekretariat?fra=99999")).status, 200);
}

TEST_DB(secretariat_sets_a_limit_within_its_range)
{
	struct web w;
	struct settings_now now;
	web_new(&w, arena, db);
	sign_in(&w);
	struct reply r = web_get(&w, S("/sekretariat/regler"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("R2: For stort for sårbare"));
	CHECK_HAS(r.body, S("S48"));
	CHECK_HAS(r.body, S("Vælg højst 8 ad gangen"));
	CHECK_HAS(r.body, S("Fra 1 til 50. Programmet kom med 8."));
	CHECK_HAS(r.body, S("R18:"));
	CHECK_LACKS(r.body, S("%1"));

	r = web_post(&w, S("/sekretariat/regler"), S("k=2&r2_people=6"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Skriv et helt tal fra 3 til 50."));
	CHECK_HAS(r.body, S("value=\"6\""));
	CHECK_OK(setting_list(db, arena, &w.world.program, &now));
	CHECK_INT(now.n, 0); /* none of them */

	r = web_post(&w, S("/sekretariat/regler"),
	    S("k=7&r2_people=6&archive_contact=Fjordby+Arkiv"));
	CHECK_INT(r.status, 303);
	CHECK_OK(setting_list(db, arena, &w.world.program, &now));
	CHECK_INT(setting_number(&now, S("k")), 7);
	CHECK_INT(setting_number(&now, S("r2_people")), 6);
	r = web_get(&w, S("/sekretariat/regler"));
	CHECK_HAS(r.body, S("Vælg højst 6 ad gangen"));
	CHECK_HAS(r.body, S("value=\"Fjordby Arkiv\""));
}

/* guide:S9 guide:S10 */
TEST_DB(overview_shows_the_numbers_with_their_formula)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_get(&w, web_path(&w, ""));
	CHECK_HAS(r.body, S("55 af 100"));
	CHECK_HAS(r.body, S("Der er ikke skrevet noget råderum"));
	CHECK_HAS(r.body, S("Valgte målgrupper med mindst én afholdt"));
	CHECK_HAS(r.body, S("Hvad tallet ikke kan sige"));
	CHECK_HAS(r.body, S("Ingen venter på et svar."));
}

/* What the networks owe people, without who it is. */
TEST_DB(secretariat_sees_deadlines_of_all_networks)
{
	struct web w;
	struct decision d;
	web_new(&w, arena, db);
	struct world *world = &w.world;
	struct decision_taking t = {.outcome = S("adopted"),
	    .taken = S("2026-10-20"),
	    .reason = S("Stien er mørk.")};
	struct record r = {.kind = KIND_DECISION,
	    .network = world->network,
	    .id = id_new(NOW_US)};
	record_set(&r, "title", S("Lys ved skolen"));
	record_set(&r, "question", S("Skal der lys ved stien?"));
	record_set(&r, "body", S("Teknisk udvalg"));
	record_set(&r, "room", S("Hvor lyset skal stå."));
	world_save(world, &r);
	sign_in(&w);
	CHECK_HAS(web_get(&w, S("/sekretariat/frister")).body,
	    S("Ingen venter på svar."));
	CHECK_OK(decision_get(db, arena, &world->leader, r.id, &d));
	CHECK_OK(decision_take(db, arena, &world->leader, &d, &t));
	struct reply page = web_get(&w, S("/sekretariat/frister"));
	CHECK_INT(page.status, 200);
	CHECK_HAS(page.body, S("Lys ved skolen"));
	CHECK_HAS(page.body, S("19. november 2026"));
	CHECK_HAS(page.body, S("Én er for sent på den."));
	CHECK_MAX(page.queries, 8);
	web_session(&w, world->mette);
	CHECK_INT(web_get(&w, S("/sekretariat/frister")).status, 403);
}

TEST_DB(secretariat_compares_networks)
{
	struct web w;
	web_new(&w, arena, db);
	add_networks(&w, 11);
	sign_in(&w);
	CHECK_HAS(
	    web_get(&w, S("/sekretariat")).body, S("/sekretariat/sammenlign"));
	struct reply r = web_get(&w, S("/sekretariat/sammenlign"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("12 netværk"));
	CHECK_HAS(r.body, S("fra=10"));
	CHECK_HAS(r.body, S("Fra stemme til beslutning"));
	r = web_get(&w, S("/sekretariat/sammenlign?fra=10"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("fra=0"));
	CHECK_LACKS(r.body, S("fra=20"));
	CHECK_INT(web_get(&w, S("/sekretariat/sammenlign?fra=-1")).status, 200);
}

/* That somebody looked is in the chain. */
TEST_DB(secretariat_looks_at_who_is_asked_often_and_it_is_noted)
{
	static const char SQL_NOTED[] =
	    "SELECT COUNT(*) FROM audit WHERE org = $1"
	    " AND action = 'asked_often.look'";
	struct db_row row;
	struct web w;
	web_new(&w, arena, db);
	sign_in(&w);
	struct reply r = web_get(&w, S("/sekretariat/spurgt"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Ingen er spurgt så tit."));
	CHECK_OK(db_one(db, arena, SQL_NOTED, &row, DB_ID(w.world.org.id)));
	CHECK_INT(db_int(&row, 0), 1);
}

/* A second network begins with what the first one learned. */
TEST_DB(leader_takes_over_from_another_network)
{
	struct web w;
	web_new(&w, arena, db);
	add_networks(&w, 1); /* Mette leads it as well */
	struct world *world = &w.world;
	struct record act = world_record(world, KIND_ACTIVITY);
	record_set(&act, "title", S("Gåtur <i> mørket"));
	world_save(world, &act);
	struct network_lines all;
	struct actor mette = world_as(world, world->mette);
	CHECK_OK(network_mine(db, arena, &mette, &all));
	CHECK_INT(all.n, 2);
	struct id other = id_eq(all.list[0].id, world->network)
	    ? all.list[1].id
	    : all.list[0].id;
	struct str path = STR_JOIN(
	    arena, S("/netvaerk/"), id_text(arena, other), S("/genbrug"));
	struct str from =
	    STR_JOIN(arena, S("fra="), id_text(arena, world->network));
	web_sign_in(&w, world->mette);
	CHECK_HAS(web_get(&w,
		      STR_JOIN(arena, S("/netvaerk/"), id_text(arena, other),
			  S("/aktiviteter")))
		      .body,
	    S("/genbrug"));
	struct reply r = web_get(&w, STR_JOIN(arena, path, S("?"), from));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Gåtur &lt;i&gt; mørket"));
	r = web_post(&w, path, from);
	CHECK_INT(r.status, 422);
	r = web_post(&w, path, STR_JOIN(arena, from, S("&record=ukendt.1")));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Sæt kryds ved det, I vil overtage"));
	r = web_post(&w, path,
	    STR_JOIN(
		arena, from, S("&record=aktivitet."), id_text(arena, act.id)));
	CHECK_INT(r.status, 303);
	r = web_get(&w,
	    STR_JOIN(arena, S("/netvaerk/"), id_text(arena, other),
		S("/aktiviteter")));
	CHECK_HAS(r.body, S("Gåtur &lt;i&gt; mørket"));
}
