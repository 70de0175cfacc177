/* SPDX-License-Identifier: MPL-2.0 */

/* The pages of a reflection.  guide:S56 */
#include "model/reflection.h"

#include "base/buf.h"
#include "tests/web/site.h"

static struct str
begin(struct web *w, const char *more)
{
	struct arena *a = w->world.arena;
	struct str key = id_text(a, id_new(w->now_us));
	struct reply r = web_post(w, web_path(w, "/refleksion"),
	    str_fmt(a, "key=%.*s%s", STR_ARG(key), more));
	CHECK_INT(r.status, 303);
	return r.location;
}

static struct str
below(struct web *w, struct str path, const char *rest)
{
	return str_cat(w->world.arena, path, str_c(rest));
}

/* The last part of an address. */
static struct str
id_of(struct str path)
{
	return str_sub(path, path.n - 36, path.n);
}

TEST_DB(reflection_is_begun_answered_and_comes_back_filled)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	CHECK_HAS(web_get(&w, web_path(&w, "/plan")).body, S("/refleksion\""));
	struct str path = begin(&w, "&shared=1&young=1");
	struct reply r = web_get(&w, path);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("0 af 29 spørgsmål"));
	CHECK_HAS(r.body, S("Kan de unge tale frit?"));
	r = web_post(&w, path,
	    S("r-q04=0&a-q04=no&t-q04=Udvalget+svarer+ikke&"
	      "r-q05=0&a-q05=yes&t-q05="));
	CHECK_INT(r.status, 303);
	r = web_get(&w, path);
	CHECK_HAS(r.body, S("2 af 29 spørgsmål"));
	CHECK_HAS(r.body, S("Udvalget svarer ikke</textarea>"));
	CHECK_HAS(r.body, S("id=\"q04-3\" value=\"no\" checked"));
	CHECK_HAS(r.body, S("name=\"r-q04\" value=\"1\""));
	CHECK_MAX(r.queries, 48);
	r = web_get(&w, web_path(&w, "/refleksion"));
	CHECK_HAS(r.body, S("2 af 29"));
}

/* Nobody's answer is lost: what meets comes back beside the other's. */
TEST_DB(reflection_answers_that_meet_come_back_with_both)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str path = begin(&w, "&shared=1");
	CHECK_INT(
	    web_post(&w, path, S("r-q01=0&a-q01=yes&t-q01=Mettes+ord")).status,
	    303);
	web_sign_in(&w, w.world.ali);
	struct reply r = web_post(&w, path,
	    S("r-q01=0&a-q01=no&t-q01=Alis+ord&r-q02=0&a-q02=yes&t-q02="));
	CHECK_INT(r.status, 409);
	CHECK_HAS(r.body, S("Alis ord</textarea>"));
	CHECK_HAS(r.body, S("Mettes ord"));
	CHECK_HAS(r.body, S("name=\"r-q01\" value=\"1\""));
	r = web_get(&w, path);
	CHECK_HAS(r.body, S("Mettes ord</textarea>"));
	CHECK_HAS(r.body, S("id=\"q02-1\" value=\"yes\" checked"));
	r = web_post(&w, path, S("r-q01=1&a-q01=no&t-q01=Begges+ord"));
	CHECK_INT(r.status, 303);
}

TEST_DB(reflection_of_ones_own_is_nothing_to_others)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.ali);
	struct str path = begin(&w, "");
	web_post(&w, path, S("r-q01=0&a-q01=no&t-q01=hemmeligt"));
	struct str mine = web_get(&w, path).body;
	CHECK_HAS(mine, S("hemmeligt"));
	CHECK_HAS(mine, S("/del\""));
	web_sign_in(&w, w.world.mette);
	struct str other = begin(&w, "&shared=1");
	struct str med = str_fmt(arena, "%.*s/sammenlign?med=%.*s",
	    STR_ARG(other), STR_ARG(id_of(path)));
	CHECK_INT(web_get(&w, path).status, 404);
	CHECK_INT(web_get(&w, below(&w, path, "/refleksion.pdf")).status, 404);
	CHECK_INT(web_get(&w, med).status, 404);
	CHECK_LACKS(web_get(&w, web_path(&w, "/refleksion")).body, id_of(path));
	CHECK_LACKS(web_get(&w, other).body, id_of(path));

	/* The control: shared, it is there. */
	web_sign_in(&w, w.world.ali);
	CHECK_INT(web_post(&w, below(&w, path, "/del"), S("")).status, 303);
	web_sign_in(&w, w.world.mette);
	CHECK_HAS(web_get(&w, path).body, S("hemmeligt"));
	CHECK_INT(web_get(&w, med).status, 200);
}

TEST_DB(reflection_versions_stand_side_by_side)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str first = begin(&w, "&shared=1");
	web_post(&w, first, S("r-q04=0&a-q04=no&t-q04=Intet+svar"));
	w.now_us += DAY_US;
	web_sign_in(&w, w.world.mette);
	struct str more = str_fmt(
	    arena, "&shared=1&young=1&after=%.*s", STR_ARG(id_of(first)));
	struct str second = begin(&w, str_cstr(arena, more));
	CHECK_HAS(web_get(&w, second).body, S("Intet svar</textarea>"));
	struct str med = str_fmt(arena, "%.*s/sammenlign?med=%.*s",
	    STR_ARG(second), STR_ARG(id_of(first)));
	CHECK_HAS(web_get(&w, med).body, S("0 svar har flyttet sig."));
	web_post(&w, second, S("r-q04=1&a-q04=yes&t-q04=Svar+den+1.+marts"));
	struct reply r = web_get(&w, med);
	CHECK_HAS(r.body, S("Ét svar har flyttet sig."));
	CHECK_HAS(r.body, S("Intet svar"));
	CHECK_HAS(r.body, S("Svar den 1. marts"));
	CHECK_HAS(r.body, S("<strong>Nej</strong>"));
	CHECK_HAS(r.body, S("Kan de unge tale frit?"));
	CHECK_MAX(r.queries, 48);
}

TEST_DB(reflection_becomes_tasks_and_paper)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str path = begin(&w, "");
	web_post(&w, path, S("r-q04=0&a-q04=unknown&t-q04=hemmeligt"));
	struct str tasks = below(&w, path, "/opgaver");
	CHECK_HAS(web_post(&w, tasks, S("")).location, S("besked=opgaver"));
	CHECK_HAS(
	    web_post(&w, tasks, S("")).location, S("besked=ingen-opgaver"));
	struct reply r = web_get(&w, web_path(&w, "/opgaver"));
	CHECK_HAS(r.body, S("Har den, der beslutter, lovet at svare"));
	CHECK_LACKS(r.body, S("hemmeligt"));
	r = web_get(&w, below(&w, path, "/refleksion.pdf"));
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body, S("%PDF-")));
}

TEST_DB(reflection_is_read_without_a_form_by_who_may_only_read)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str path = begin(&w, "&shared=1");
	web_post(&w, path, S("r-q04=0&a-q04=no&t-q04=Intet+svar"));
	web_sign_in(&w, w.world.lis);
	struct reply r = web_get(&w, path);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Nej. Intet svar"));
	CHECK_LACKS(r.body, S("<textarea"));
	CHECK_LACKS(
	    web_get(&w, web_path(&w, "/refleksion")).body, S("name=\"young\""));
}
