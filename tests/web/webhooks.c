/* SPDX-License-Identifier: MPL-2.0 */

/* The pages about calls to other programs. */
#include "base/buf.h"
#include "model/webhook.h"
#include "tests/model/rounds.h"
#include "tests/web/site.h"

static const struct job_share ANY = {.only = {"", 0}, .but = {"", 0}};

static struct reply
ask(struct web *w, struct id id, const char *url)
{
	struct arena *a = w->world.arena;
	return web_post(w, web_path(w, "/programmer/kald"),
	    STR_JOIN(a, S("id="), id_text(a, id), S("&url="), str_c(url)));
}

TEST_DB(webhooks_are_asked_for_where_calls_may_go)
{
	struct web w;
	web_new(&w, arena, db);
	struct world *world = &w.world;
	web_sign_in(&w, world->mette);
	struct id once = id_new(NOW_US);
	struct str page = web_path(&w, "/programmer");
	struct reply r = web_get(&w, page);
	CHECK_HAS(r.body, S("En administrator skal først sige"));
	CHECK_OK(
	    webhook_allow(db, arena, &world->program, S("https://program.dk")));
	r = ask(&w, once, "https%3A%2F%2Fandet.dk%2Fx");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"https://andet.dk/x\""));
	r = ask(&w, once, "http%3A%2F%2Fprogram.dk%2Fx");
	CHECK_INT(r.status, 422);
	r = ask(&w, once, "https%3A%2F%2Fprogram.dk%2Fx");
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("<code>"));
	r = ask(&w, once, "https%3A%2F%2Fprogram.dk%2Fx");
	CHECK_LACKS(r.body, S("<code>"));
	/* What happens is told of, and the page says so. */
	(void)rounds_open(world, ROUND_APPROVAL, "A\nB");
	r = web_get(&w, page);
	CHECK_HAS(r.body, S("https://program.dk/x"));
	CHECK_HAS(r.body, S("round.opened"));
	CHECK_HAS(r.body, S("Venter på at blive kaldt."));
	CHECK_LACKS(r.body, S("<code>"));
}

static struct job
claimed(struct web *w)
{
	struct job job;
	struct actor program = w->world.program;
	program.now_us += DAY_US;
	CHECK_OK(job_claim(w->world.db, w->world.arena, &program, &ANY, &job));
	return job;
}

/* What was given up is said. */
TEST_DB(webhooks_say_what_did_not_arrive)
{
	struct web w;
	struct str secret;
	web_new(&w, arena, db);
	struct world *world = &w.world;
	struct webhook hook = {
	    .id = id_new(NOW_US), .url = S("https://program.dk/x")};
	CHECK_OK(
	    webhook_allow(db, arena, &world->program, S("https://program.dk")));
	CHECK_OK(webhook_make(db, arena, &world->leader, &hook, &secret));
	CHECK_OK(webhook_notify(
	    db, arena, &world->leader, S("round.closed"), hook.id));
	web_sign_in(&w, world->mette);
	struct str page = web_path(&w, "/programmer");
	struct actor program = world->program;
	for (int i = 1; i <= JOB_TRIES; i++) {
		program.now_us += DAY_US;
		struct job job;
		CHECK_OK(job_claim(db, arena, &program, &ANY, &job));
		CHECK_OK(job_later(db, &program, &job, S("unavail")));
		struct reply r = web_get(&w, page);
		CHECK_HAS(r.body,
		    i < JOB_TRIES ? S("Det prøves igen.")
				  : S("Opgivet efter 5 forsøg."));
	}
	CHECK_OK(webhook_notify(
	    db, arena, &world->leader, S("round.opened"), hook.id));
	struct job job = claimed(&w);
	CHECK_OK(job_failed(db, &world->program, &job, S("denied")));
	CHECK_HAS(web_get(&w, page).body, S("Ikke kaldt:"));
}

TEST_DB(webhooks_are_allowed_by_an_administrator)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r =
	    web_post(&w, S("/admin/kald"), S("origin=http%3A%2F%2Fprogram.dk"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"http://program.dk\""));
	r = web_post(
	    &w, S("/admin/kald"), S("origin=https%3A%2F%2Fprogram.dk%2F"));
	CHECK_INT(r.status, 303);
	CHECK_HAS(web_get(&w, S("/admin/kald")).body, S("https://program.dk"));
	r = web_post(
	    &w, S("/admin/kald/fjern"), S("origin=https%3A%2F%2Fprogram.dk"));
	CHECK_INT(r.status, 303);
	CHECK_HAS(web_get(&w, S("/admin/kald")).body,
	    S("Ingen adresser: intet kaldes."));
}
