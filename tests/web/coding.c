/* SPDX-License-Identifier: MPL-2.0 */

/* The codebook and coding as pages, without a script; and codes in a file for
 * other programs. */
#include "base/buf.h"
#include "model/coding.h"
#include "tests/web/site.h"

static const char NOTE[] = "&kind=wish&teller=staff&scope=1&anonymity=none"
			   "&basis=consent&given_by=self";

static struct str
path_of(struct web *w, const char *room, struct id id, const char *rest)
{
	return STR_JOIN(w->world.arena, web_path(w, room),
	    id_text(w->world.arena, id), str_c(rest));
}

static struct id
said(struct web *w, const char *words)
{
	struct id id = id_new(NOW_US);
	struct arena *a = w->world.arena;
	CHECK_INT(web_post(w, web_path(w, "/stemmer/ny"),
		      STR_JOIN(a, S("id="), id_text(a, id), S("&original="),
			  str_c(words), str_c(NOTE)))
		      .status,
	    303);
	CHECK_INT(web_post(w, path_of(w, "/stemmer/", id, "/trin"),
		      S("rev=1&state=reviewed"))
		      .status,
	    303);
	CHECK_INT(web_post(w, path_of(w, "/stemmer/", id, "/trin"),
		      S("rev=2&state=approved"))
		      .status,
	    303);
	return id;
}

static struct id
code(struct web *w, const char *name)
{
	struct id id = id_new(NOW_US);
	struct arena *a = w->world.arena;
	CHECK_INT(web_post(w, web_path(w, "/koder"),
		      STR_JOIN(a, S("id="), id_text(a, id),
			  S("&colour=green&name="), str_c(name)))
		      .status,
	    303);
	return id;
}

TEST_DB(coding_by_sentences_needs_no_script)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct id voice = said(&w, "En+b%C3%A6nk.+Og+ro.+Og+kaffe.");
	struct id one = code(&w, "Hvile"), two = code(&w, "Mad");
	struct str path = path_of(&w, "/stemmer/", voice, "/koder");
	struct str codes = STR_JOIN(arena, S("&kode="), id_text(arena, one),
	    S("&kode="), id_text(arena, two));
	struct str id = STR_JOIN(arena, S("rev=3&id="),
	    id_text(arena, id_new(NOW_US)), S("&memo=Husk+dette"));
	CHECK_INT(web_post(&w, path, str_cat(arena, id, codes)).status, 422);
	struct str form = STR_JOIN(arena, id, codes, S("&s=1&s=2"));
	CHECK_INT(web_post(&w, path, form).status, 303);
	CHECK_INT(web_post(&w, path, form).status, 303); /* sent twice */
	struct reply r = web_get(&w, path_of(&w, "/koder/", one, ""));
	CHECK_HAS(r.body, S(">En bænk. Og ro.</a>"));
	CHECK_HAS(r.body, S("Husk dette"));
	CHECK_HAS(r.body, S("Antal mennesker: 1"));
	struct str inbox = STR_JOIN(
	    arena, web_path(&w, "/stemmer?kode="), id_text(arena, one));
	CHECK_HAS(web_get(&w, inbox).body, S("Og kaffe."));
	r = web_get(&w, web_path(&w, "/koder"));
	CHECK_HAS(r.body, S("class=\"code-mark code-green\">H<"));
	web_session(&w, w.world.ali); /* few are not told to others */
	r = web_get(&w, web_path(&w, "/koder"));
	CHECK_HAS(r.body, S("færre end 5"));
}

/* R11: a project holds no more than a table does, and is asked back. */
TEST_DB(qdpx_holds_what_was_agreed_to)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct id voice = said(&w, "En+kanin.+Og+ro.");
	struct str file = web_path(&w, "/stemmer/hent");
	struct reply r = web_post(&w, file, S("scope=1&format=qdpx"));
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body, S("PK")));
	CHECK_HAS(r.body, S("project.qde"));
	struct str source =
	    STR_JOIN(arena, S("sources/"), id_text(arena, voice), S(".txt"));
	CHECK_HAS(r.body, source);
	r = web_post(&w, file, S("scope=3&format=qdpx&sure=1"));
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, source);
	CHECK_INT(web_post(&w, path_of(&w, "/stemmer/", voice, "/traek"), S(""))
		      .status,
	    303);
	r = web_post(&w, file, S("scope=1&format=qdpx"));
	CHECK_LACKS(r.body, source);
	r = web_get(&w, web_path(&w, "/stemmer/tilbagekald"));
	CHECK_HAS(r.body, S("qdpx"));
}

TEST_DB(codebook_goes_out_and_comes_in)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	code(&w, "Hvile");
	struct reply r = web_get(&w, web_path(&w, "/koder/hent"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("name=\"Hvile\""));
	struct str path = web_path(&w, "/koder/import");
	CHECK_INT(web_post(&w, path, S("fil=")).status, 422);
	r = web_post(&w, path, S("fil=%3CCodeBook%3E%0A%3C%2FCode%3E"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Linje 1, kolonne 1"));
	r = web_post(&w, path,
	    S("fil=%3CCodeBook+xmlns%3D%22urn%3AQDA-XML%3Acodebook%3A1.0%22"
	      "%3E%3CCodes%3E%3CCode+guid%3D%22"
	      "01020304-0506-7008-8000-000000000001%22+name%3D%22Ro%22%2F%3E"
	      "%3C%2FCodes%3E%3C%2FCodeBook%3E"));
	CHECK_INT(r.status, 303);
	CHECK_HAS(web_get(&w, web_path(&w, "/koder")).body, S(">Ro</a>"));
}
