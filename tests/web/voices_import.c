/* SPDX-License-Identifier: MPL-2.0 */

/* The pages on which a file of what people said comes in. */
#include "model/voices_import.h"

#include "base/buf.h"
#include "jobs/voices.h"
#include "tests/web/site.h"

#define CHOSEN "&kind=idea&scope=1&basis=public_task&told=Kommunen+ser+det"

static struct reply
send_file(struct web *w, const char *rest, const char *escaped)
{
	struct arena *a = w->world.arena;
	struct str id = id_text(a, id_new(w->now_us));
	return web_post(w, web_path(w, "/stemmer/import"),
	    str_fmt(a, "id=%.*s%s&list=%s", STR_ARG(id), rest, escaped));
}

static struct reply
press(struct web *w, struct str path, const char *rest)
{
	struct arena *a = w->world.arena;
	struct str key = id_text(a, id_new(w->now_us));
	return web_post(w, str_cat(a, path, str_c(rest)),
	    str_fmt(a, "key=%.*s", STR_ARG(key)));
}

static void
start(struct web *w, struct arena *arena, struct db *db)
{
	web_new(w, arena, db);
	web_sign_in(w, w->world.mette);
}

TEST_DB(voices_in_a_file_are_looked_at_before_they_come_in)
{
	struct web w;
	struct job job;
	struct id id;
	start(&w, arena, db);
	CHECK_HAS(
	    web_get(&w, web_path(&w, "/stemmer")).body, S("/stemmer/import\""));
	struct reply r = web_get(&w, web_path(&w, "/stemmer/import"));
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S(" checked"));
	r = send_file(&w, CHOSEN,
	    "comment-id%2Cinterview%2Ccomment-body%0A"
	    "1%2CBo%2CBussen+er+for+dyr%0A2%2CAnn%2C%0A"
	    "3%2CBo%2C%3Cscript%3Ealert%281%29%3C%2Fscript%3E");
	CHECK_INT(r.status, 303);
	struct str path = r.location;
	r = web_get(&w, path);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("2 stemmer er i filen"));
	CHECK_HAS(r.body, S("Bussen er for dyr"));
	CHECK_HAS(r.body, S("&lt;script&gt;"));
	CHECK_LACKS(r.body, S("<script>alert"));
	CHECK_HAS(r.body, S("Hentes ikke ind")); /* who said it */
	CHECK_HAS(r.body, S("Det, der blev sagt"));
	CHECK_HAS(r.body, S("Én række har ingen ord"));
	CHECK_HAS(r.body, S("Hent dem ind"));
	CHECK_INT(press(&w, path, "").status, 303);
	CHECK(id_parse(str_sub(path, path.n - 36, path.n), &id));
	CHECK_OK(job_get(db, arena, &w.world.leader, id, &job));
	CHECK_STR(job.kind, S("voices"));
	CHECK_STR(job.args, S("{}"));
	r = web_get(&w, path);
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("Bussen"));
	CHECK_HAS(r.body, S("stemmer er hentet ind"));
}

TEST_DB(voices_in_a_file_with_faults_cannot_come_in)
{
	struct web w;
	struct voices_import in;
	struct id id;
	start(&w, arena, db);
	struct reply r = send_file(
	    &w, CHOSEN, "id%3Btekst%0A1%3Bhar+010150-5678%0A2%3Ba%3Bb");
	struct str path = r.location;
	r = web_get(&w, path);
	CHECK_HAS(r.body, S("Linje 2, tegn 3:"));
	CHECK_HAS(r.body, S("cpr-nummer"));
	CHECK_HAS(r.body, S("Linje 3, tegn 5:"));
	CHECK_LACKS(r.body, S("5678"));
	CHECK_LACKS(r.body, S("Hent dem ind"));
	CHECK_INT(press(&w, path, "/slet").status, 303);
	CHECK(id_parse(str_sub(path, path.n - 36, path.n), &id));
	CHECK_INT(voices_import_get(db, arena, &w.world.leader, id, &in),
	    ERR_NOT_FOUND);
	CHECK_INT(web_get(&w, path).status, 404);
	CHECK_INT(press(&w, path, "").status, 404);
}

/* Nothing is taken for granted. */
TEST_DB(voices_in_a_file_need_scope_basis_and_what_was_told)
{
	struct web w;
	start(&w, arena, db);
	struct reply r = send_file(&w, "&kind=idea&told=", "tekst%0AGodt");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Vælg en af mulighederne."));
	CHECK_HAS(r.body, S("Skriv, hvad de fik at vide."));
	CHECK_HAS(r.body, S("tekst\nGodt</textarea>"));
	r = send_file(&w, CHOSEN, "");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Vælg en fil, eller sæt rækkerne ind."));
	CHECK_HAS(r.body, S("Kommunen ser det"));
}

/* A column that is understood wrongly is put right, without a script; names are
 * pointed out. */
TEST_DB(voices_in_a_file_have_their_columns_chosen_and_names_pointed_out)
{
	struct web w;
	struct voices_import in;
	struct id id;
	start(&w, arena, db);
	struct reply r = send_file(&w, CHOSEN,
	    "svar%3Bcomment%0AMin+nabo+Karen+er+ked+af+det%3BUng%0ABus%3BUng");
	struct str path = r.location;
	r = web_get(&w, path);
	CHECK_HAS(r.body, S("name=\"column1\""));
	CHECK_HAS(r.body, S("<option value=\"t\" selected>"));
	CHECK_LACKS(r.body, S("Karen"));
	CHECK_INT(web_post(&w, str_cat(arena, path, S("/kolonner")),
		      S("key=a1&column0=t&column1=-"))
		      .status,
	    303);
	r = web_get(&w, path);
	CHECK_HAS(r.body, S("Min nabo Karen"));
	CHECK_HAS(r.body, S("Én række ser ud til at nævne et navn."));
	CHECK_HAS(r.body, S("Linje 2: Karen"));
	CHECK_INT(web_post(&w, path, S("key=a2&no_names=1")).status, 303);
	CHECK(id_parse(str_sub(path, path.n - 36, path.n), &id));
	CHECK_OK(voices_import_get(db, arena, &w.world.leader, id, &in));
	CHECK(in.no_names);
	CHECK_INT(web_post(&w, str_cat(arena, path, S("/kolonner")),
		      S("key=a3&column0=q"))
		      .status,
	    400);
}

/* As many as there may be, in a request's own room. */
TEST_DB(voices_in_a_large_file_are_shown)
{
	struct web w;
	struct arena *a = arena;
	start(&w, arena, db);
	struct buf b = buf_new(a, 16 * 1024 * 1024);
	buf_add(&b, S("tekst\n"));
	for (int i = 0; i < 20000; i++)
		buf_fmt(&b, "\"Flere \"\"bænke\"\" nummer %d\"\n", i);
	struct voices_import in = {.id = id_new(w.now_us),
	    .kind = S("idea"),
	    .basis = S("consent"),
	    .scope = SCOPE_PUBLIC,
	    .told = S("Alle ser det."),
	    .file = buf_str(&b)};
	CHECK_OK(voices_import_put(db, arena, &w.world.leader, &in));
	struct reply r = web_get(&w,
	    STR_JOIN(a, web_path(&w, "/stemmer/import/"), id_text(a, in.id)));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("20000 stemmer er i filen"));
	CHECK_HAS(r.body, S("nummer 19<"));
	CHECK_LACKS(r.body, S("nummer 20<"));
}
