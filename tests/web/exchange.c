/* SPDX-License-Identifier: MPL-2.0 */

/* All of a dialogue as a file, through its page: who fetched it is written
 * before it leaves. */
#include "model/audit.h"
#include "tests/web/site.h"
#include "web/route.h"

static struct str
dialogue_path(struct web *w, const char *rest)
{
	struct world *world = &w->world;
	struct record r = world_record(world, KIND_DIALOGUE);
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	record_set(&r, "state", S("closed"));
	world_save(world, &r);
	return STR_JOIN(world->arena, web_path(w, "/dialoger/"),
	    id_text(world->arena, r.id), str_c(rest));
}

static int64_t
noted(struct web *w)
{
	struct world *world = &w->world;
	struct db_row row;
	CHECK_OK(db_one(world->db, world->arena,
	    "SELECT COUNT(*) FROM audit WHERE org = $1"
	    " AND action LIKE 'dialogue.export%'",
	    &row, DB_ID(world->leader.org)));
	return db_int(&row, 0);
}

TEST_DB(exchange_is_noted_before_the_file_leaves)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str path = dialogue_path(&w, "/hent");
	struct reply r = web_post(&w, path, S("form=2024"));
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body, S("PK\003\004")));
	CHECK_STR(http_get(r.headers, S("Content-Disposition")),
	    S("attachment; filename*=UTF-8''dialog.zip"));
	CHECK_INT(noted(&w), 1);
	struct audit_report report;
	CHECK_OK(audit_verify(db, arena, NULL, 0, &report));
	CHECK_INT(report.n_faults, 0);
}

/* Refused or impossible: nothing is noted, and nothing left. */
TEST_DB(exchange_that_is_not_made_is_not_noted)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str path = dialogue_path(&w, "/hent");
	CHECK_INT(web_post(&w, path, S("form=unknown")).status, 400);
	w.site->exporting = true; /* somebody else's is under way */
	struct reply r = web_post(&w, path, S("form=now"));
	CHECK_INT(r.status, 503);
	CHECK(!str_starts(r.body, S("PK")));
	w.site->exporting = false;
	CHECK_INT(noted(&w), 0);
	CHECK_INT(web_post(&w, path, S("form=now")).status, 200);
	CHECK(!w.site->exporting);
	CHECK_INT(noted(&w), 1);
}

/* It is made on the pool and not in the lane of writes. */
TEST(exchange_is_made_beside_the_writes)
{
	const struct route *route;
	struct http_pairs params;
	CHECK_OK(route_find(arena, HTTP_POST, S("/netvaerk/N/dialoger/D/hent"),
	    &route, &params));
	CHECK_INT(route->lane, LANE_SLOW);
	CHECK_INT(route->csrf, CSRF_TOKEN);
}
