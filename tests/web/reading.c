/* SPDX-License-Identifier: MPL-2.0 */

/* How an invitation reads while it is written. */
#include "http/forms.h"
#include "tests/web/site.h"

static struct reply
read(struct web *w, struct str about)
{
	struct arena *a = w->world.arena;
	return web_post(w, web_path(w, "/laesbarhed"),
	    STR_JOIN(a, S("lang=da&about="), form_escape(a, about)));
}

/* guide:S51: said while it is written, and nothing is saved by it. */
TEST_DB(reading_is_told_before_it_is_saved)
{
	struct web w;
	struct records all;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r =
	    read(&w, S("Vi vil gerne vide, hvordan det går om natten."));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("id=\"laeses\""));
	CHECK_HAS(r.body, S("hvordan det går om natten."));
	CHECK_HAS(r.body, S("Lix "));
	CHECK_LACKS(r.body, S("De tungeste sætninger:"));
	CHECK_LACKS(r.body, S("<html")); /* a piece of page */

	struct str heavy = S("Vedrørende kommunalbestyrelsens "
			     "inddragelsesprocesser iværksættes "
			     "kvalitetssikringsforanstaltninger.");
	r = read(&w, STR_JOIN(arena, heavy, S(" "), heavy, S(" "), heavy));
	CHECK_HAS(r.body, S("Vedrørende: om"));
	CHECK_HAS(r.body, S("De tungeste sætninger:"));
	CHECK_HAS(r.body, S("<li>Vedrørende kommunalbestyrelsens"));
	r = read(&w, S("<script>alert(1)</script>"));
	CHECK_HAS(r.body, S("&lt;script&gt;"));
	CHECK_OK(
	    record_list(db, arena, &w.world.leader, KIND_INVITATION, &all));
	CHECK_INT(all.n, 0);
}

TEST_DB(reading_is_for_those_who_write)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.lis);
	CHECK_INT(read(&w, S("Hej.")).status, 403);
}
