/* SPDX-License-Identifier: MPL-2.0 */

/* The page "Sletning": what is due, what would go, what the archive decided. */
#include "base/buf.h"
#include "model/retention.h"
#include "model/setting.h"
#include "tests/web/site.h"

static const char SQL_CLOSE[] = "UPDATE network SET state = 'closed',"
				" changed_us = $2 WHERE org = $1";

/* Somebody of the secretariat, signed in; the network ended now. */
static void
ended(struct web *w, struct arena *arena, struct db *db)
{
	struct id id = id_new(NOW_US);
	web_new(w, arena, db);
	struct world *world = &w->world;
	struct account_form form = {.name = S("Sif Dam"),
	    .mail = S("sif@fjordby.example"),
	    .is_secretariat = true};
	CHECK_OK(account_create(db, arena, &world->program, id, form));
	CHECK_OK(
	    db_exec(db, SQL_CLOSE, NULL, DB_ID(world->org.id), DB_INT(NOW_US)));
	web_sign_in(w, id);
}

static void
set_archive(struct web *w)
{
	struct setting s = {S("archive_contact"), S("Fjordby Stadsarkiv")};
	CHECK_OK(
	    setting_save(w->world.db, w->world.arena, &w->world.program, &s));
}

static struct str
page_of(struct web *w)
{
	return str_cat(w->world.arena, S("/sekretariat/sletning/"),
	    id_text(w->world.arena, w->world.network));
}

TEST_DB(retention_page_says_what_is_due_and_why)
{
	struct web w;
	ended(&w, arena, db);
	struct reply r = web_get(&w, S("/sekretariat/sletning"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("24. november 2027"));
	CHECK_HAS(r.body, S("Venter på arkivets svar"));
	CHECK_HAS(r.body, S("Der er ikke angivet noget arkiv"));
	CHECK_HAS(r.body, S("<code>contribution</code>"));
	CHECK_MAX(r.queries, 12);
	CHECK_LACKS(r.body, S("Sletning venter"));
}

TEST_DB(retention_page_takes_the_archives_decision)
{
	struct web w;
	ended(&w, arena, db);
	struct str page = page_of(&w);
	CHECK_LACKS(web_get(&w, page).body, S("name=\"decision\""));
	struct str form = S("decision=discard&reference=Sag+17&day=2026-11-24");
	CHECK_INT(web_post(&w, page, form).status, 422);
	set_archive(&w);
	CHECK_HAS(web_get(&w, page).body, S("name=\"decision\""));
	struct reply r = web_post(&w, page, S("reference=Sag+17&day=x"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"Sag 17\""));
	CHECK_INT(web_post(&w, page, form).status, 303);
	r = web_get(&w, page);
	CHECK_HAS(r.body, S("Sif Dam"));
	CHECK_HAS(r.body, S("Slettes den 24. november 2027."));
}

/* The list of a network is what model/retention.h counts. */
TEST_DB(retention_page_lists_what_would_go)
{
	struct web w;
	struct retain_counts c;
	ended(&w, arena, db);
	CHECK_OK(
	    retention_count(db, arena, &w.world.program, w.world.network, &c));
	CHECK(c.total > 0);
	CHECK_HAS(web_get(&w, page_of(&w)).body,
	    str_fmt(arena, "%lld rækker", (long long)c.total));
}

TEST_DB(retention_page_asks_whether_the_clock_is_right)
{
	struct web w;
	ended(&w, arena, db);
	struct actor program = w.world.program;
	CHECK_OK(retention_daily(db, arena, &program));
	program.now_us += 400 * DAY_US;
	CHECK_OK(retention_daily(db, arena, &program));
	struct retain_share share = {S("person"), 80};
	CHECK_OK(retention_hold(db, &program, &share));
	struct str path = S("/sekretariat/sletning");
	CHECK_HAS(web_get(&w, path).body, S("80 procent af tabellen person"));
	CHECK_INT(
	    web_post(&w, S("/sekretariat/sletning/ur"), S("")).status, 303);
	CHECK_LACKS(web_get(&w, path).body, S("80 procent"));
}

TEST_DB(retention_page_of_a_network_that_goes_on_is_not_there)
{
	struct web w;
	struct id id = id_new(NOW_US);
	web_new(&w, arena, db);
	struct account_form form = {.name = S("Sif Dam"),
	    .mail = S("sif@fjordby.example"),
	    .is_secretariat = true};
	CHECK_OK(account_create(db, arena, &w.world.program, id, form));
	web_sign_in(&w, id);
	CHECK_INT(web_get(&w, page_of(&w)).status, 404);
	CHECK_HAS(web_get(&w, S("/sekretariat/sletning")).body,
	    S("Ingen netværk er slut."));
}
