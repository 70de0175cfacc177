/* SPDX-License-Identifier: MPL-2.0 */

/* The methods' pages. */
#include "base/buf.h"
#include "http/forms.h"
#include "model/method.h"
#include "tests/web/site.h"

/* A form with everything as it stands but for one field. */
static struct str
form_with(struct web *w, struct str key, const char *name, struct str value)
{
	struct methods all;
	struct arena *a = w->world.arena;
	CHECK_OK(method_list(w->world.db, a, &w->world.leader, &all));
	const struct method *m = method_find(&all, key);
	struct buf b = buf_new(a, 100000);
	buf_fmt(&b, "seen=%lld", (long long)m->changed_us);
	for (int i = 0; i < METHOD_FIELDS; i++) {
		struct str was = m->value[i];
		if (str_eq(str_c(method_def(i)->name), str_c(name)))
			was = value;
		while (was.n > 0 && method_def(i)->type == METHOD_KEYS) {
			struct str one = str_cut(&was, ' ');
			buf_fmt(
			    &b, "&%s=%.*s", method_def(i)->name, STR_ARG(one));
		}
		buf_fmt(&b, "&%s=", method_def(i)->name);
		buf_add(&b, form_escape(a, was));
	}
	return buf_str(&b);
}

/* guide:S37 grouped by the four ways in */
TEST_DB(methods_stand_under_the_four_ways_in)
{
	static const char *const order[] = {"Borgeren sidder med",
	    "/metoder/member", "/metoder/town_hall", "/metoder/interview",
	    "/metoder/podcast"};
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.ali);
	struct reply r = web_get(&w, S("/metoder"));
	CHECK_INT(r.status, 200);
	struct str rest = r.body;
	for (ptrdiff_t i = 0; i < COUNT_OF(order); i++) {
		ptrdiff_t at = str_find(rest, str_c(order[i]));
		CHECK(at > 0);
		rest = str_sub(rest, at, rest.n);
	}
	CHECK_LACKS(r.body, S("/metoder/ny"));
	CHECK_HAS(r.body, S("nævnt i guiden"));
	CHECK_MAX(r.queries, 4);
	r = web_get(&w, S("/metoder/interview"));
	CHECK_HAS(r.body, S("Lad borgeren vælge sted."));
	CHECK_HAS(r.body, S("Opstart, Fokusering, Opdagelse"));
	CHECK_LACKS(r.body, S("/ret"));
	CHECK_INT(web_get(&w, S("/metoder/ukendt")).status, 404);
}

TEST_DB(a_method_is_changed_and_taken_back)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_get(&w, S("/metoder/walk/ret"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Navn (på dansk)"));
	r = web_post(&w, S("/metoder/walk"),
	    form_with(&w, S("walk"), "name_da", S("Kaffe & <snak>")));
	CHECK_INT(r.status, 303);
	r = web_get(&w, S("/metoder/walk"));
	CHECK_HAS(r.body, S("<h1>Kaffe &amp; &lt;snak&gt;</h1>"));
	CHECK_HAS(r.body, S("Skrevet her af Mette Holm"));
	CHECK_HAS(web_get(&w, S("/metoder")).body, S("ændret her"));
	CHECK_HAS(web_get(&w, web_path(&w, "/aktiviteter?ny=aktivitet")).body,
	    S("Kaffe &amp; &lt;snak&gt;"));
	r = web_post(&w, S("/metoder/walk/standard"), S(""));
	CHECK_INT(r.status, 303);
	r = web_get(&w, S("/metoder/walk"));
	CHECK_HAS(r.body, S("<h1>Gåtur eller kaffe sammen</h1>"));
	CHECK_LACKS(r.body, S("/standard"));
}

TEST_DB(a_method_in_error_or_in_conflict_comes_back_with_everything)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str mine =
	    form_with(&w, S("walk"), "caution_da", S("Tag sko på."));
	struct reply r = web_post(
	    &w, S("/metoder/walk"), form_with(&w, S("walk"), "gentle", S("9")));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body,
	    S("value=\"9\" aria-describedby=\"felt-gentle-error\" "
	      "aria-invalid=\"true\""));
	CHECK_HAS(r.body, S("href=\"#felt-gentle\""));
	r = web_post(&w, S("/metoder/walk"),
	    form_with(&w, S("walk"), "caution_da", S("Tag hue på.")));
	CHECK_INT(r.status, 303);
	r = web_post(&w, S("/metoder/walk"), mine);
	CHECK_INT(r.status, 409);
	CHECK_HAS(r.body, S("Tag sko på.</textarea>"));
	CHECK_HAS(r.body, S("<p class=\"prose\">Tag hue på.</p>"));
}

static const char SQL_OLD_BASE[] =
    "UPDATE method_edit SET base = $2 WHERE org = $1 AND method = 'walk'";

TEST_DB(an_upgrade_is_shown_beside_the_organisations_own_words)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_post(&w, S("/metoder/walk"),
	    form_with(&w, S("walk"), "caution_da", S("Tag sko på.")));
	CHECK_INT(r.status, 303);
	CHECK_LACKS(web_get(&w, S("/metoder/walk")).body, S("Jeres:"));
	CHECK_OK(db_exec(db, SQL_OLD_BASE, NULL, DB_ID(w.world.org.id),
	    DB_TEXT(S("Sig klart, hvem du er. Husk det bagefter."))));
	r = web_get(&w, S("/metoder/walk"));
	CHECK_HAS(r.body, S("<del><span class=\"diff-mark\">−</span>Husk"));
	CHECK_HAS(r.body, S("Jeres:</strong> Tag sko på."));
}

TEST_DB(a_method_of_ones_own_is_added_and_taken_away)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_get(&w, S("/metoder/ny"));
	ptrdiff_t at = str_find(r.body, S("action=\"/metoder/own_"));
	CHECK(at > 0);
	struct str path = str_sub(r.body, at + 8, at + 8 + 49);
	r = web_post(&w, path,
	    S("seen=0&name_da=Fællesspisning&text_da=Vi+spiser."
	      "&access=go_out&phases=discovery&roles=guide&gives=everyday"
	      "&gives=stories&gentle=3&people_min=1&people_max=8"
	      "&minutes_citizen=90&minutes_team=200"));
	CHECK_INT(r.status, 303);
	CHECK_HAS(web_get(&w, S("/metoder")).body, S("Fællesspisning"));
	CHECK_HAS(web_get(&w, path).body, S("Fjern metoden"));
	CHECK_INT(
	    web_post(&w, str_cat(arena, path, S("/standard")), S("")).status,
	    303);
	CHECK_INT(web_get(&w, path).status, 404);
}
