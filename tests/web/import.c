/* SPDX-License-Identifier: MPL-2.0 */

/* The pages on which a list of people comes in. */
#include "base/buf.h"
#include "jobs/import.h"
#include "model/import.h"
#include "tests/web/site.h"

static struct reply
send_list(struct web *w, const char *escaped)
{
	struct arena *a = w->world.arena;
	struct str id = id_text(a, id_new(w->now_us));
	return web_post(w, web_path(w, "/personer/import"),
	    str_fmt(a, "id=%.*s&reason=Fra+foreningen&list=%s", STR_ARG(id),
		escaped));
}

static struct reply
press(struct web *w, struct str path, const char *rest)
{
	struct arena *a = w->world.arena;
	struct str key = id_text(a, id_new(w->now_us));
	return web_post(w, str_cat(a, path, str_c(rest)),
	    str_fmt(a, "key=%.*s", STR_ARG(key)));
}

TEST_DB(a_list_is_looked_at_before_it_comes_in)
{
	struct web w;
	struct job job;
	struct id id;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	CHECK_INT(web_get(&w, web_path(&w, "/personer/import")).status, 200);
	struct reply r = send_list(&w,
	    "navn%3Bmail%0AKaren+Holm%3Bk%40b.example%0A"
	    "Karen+Holm%3Bk%40b.example%0ABo+Dahl%3Bbo%40b.example");
	CHECK_INT(r.status, 303);
	struct str path = r.location;
	CHECK_LACKS(path, S("Karen"));
	r = web_get(&w, path);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Karen Holm"));
	CHECK_HAS(r.body, S("3 personer er på listen"));
	CHECK_HAS(r.body, S("den samme som i linje 2"));
	CHECK_HAS(r.body, S("Hent dem ind"));
	r = press(&w, path, "");
	CHECK_INT(r.status, 303);
	CHECK(id_parse(str_sub(path, path.n - 36, path.n), &id));
	CHECK_OK(job_get(db, arena, &w.world.leader, id, &job));
	CHECK_STR(job.kind, S("import"));
	CHECK_STR(job.args, S("{}"));
	r = web_get(&w, path);
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("Karen"));
	CHECK_HAS(r.body, S("personer er hentet ind"));
}

TEST_DB(a_list_with_faults_names_them_and_cannot_come_in)
{
	struct web w;
	struct import in;
	struct id id;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = send_list(
	    &w, "navn%3Btlf%3Bgrund%0ABo%3B1%3Bhar+010150-5678%0A%3B2%3B");
	struct str path = r.location;
	r = web_get(&w, path);
	CHECK_HAS(r.body, S("Linje 2, tegn 6:"));
	CHECK_HAS(r.body, S("cpr-nummer"));
	CHECK_HAS(r.body, S("Linje 3, tegn 1:"));
	CHECK_LACKS(r.body, S("5678"));
	CHECK_LACKS(r.body, S("Hent dem ind"));
	CHECK_INT(press(&w, path, "/slet").status, 303);
	CHECK(id_parse(str_sub(path, path.n - 36, path.n), &id));
	CHECK_INT(
	    import_get(db, arena, &w.world.leader, id, &in), ERR_NOT_FOUND);
	CHECK_INT(web_get(&w, path).status, 404);
}

TEST_DB(a_list_that_is_missing_is_asked_for)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = send_list(&w, "");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Vælg en fil, eller sæt listen ind."));
}
