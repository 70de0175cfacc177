/* SPDX-License-Identifier: MPL-2.0 */

/* A round that was held elsewhere, on its way in: the file, a look at it, and
 * yes; and a round of ours out and in again. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "http/forms.h"
#include "tests/model/rounds.h"
#include "tests/web/site.h"

struct desk {
	struct web web;
	struct round round;
};

static void
desk_new(struct desk *d, struct arena *a, struct db *db)
{
	web_new(&d->web, a, db);
	web_sign_in(&d->web, d->web.world.mette);
	d->round = rounds_draft(&d->web.world, ROUND_PAIRWISE, "");
}

static struct str
path_of(struct desk *d, const char *rest)
{
	return STR_JOIN(d->web.world.arena, web_path(&d->web, "/prioritering/"),
	    d->round.record.id_text, str_c(rest));
}

static struct reply
bring(struct desk *d, struct str text)
{
	static int64_t ticks;
	struct arena *a = d->web.world.arena;
	return web_post(&d->web, path_of(d, "/import"),
	    STR_JOIN(a, S("id="), id_text(a, id_new(d->web.now_us + ticks++)),
		S("&list="), form_escape(a, text)));
}

static struct reply
press(struct desk *d, struct str path)
{
	struct arena *a = d->web.world.arena;
	return web_post(&d->web, path,
	    str_cat(a, S("key="), id_text(a, id_new(d->web.now_us))));
}

static const char HEAD[] =
    "Session ID,Winner ID,Winner Text,Loser ID,Loser Text,Valid\n";

TEST_DB(round_import_shows_what_is_in_the_file_before_it_comes_in)
{
	struct desk d;
	desk_new(&d, arena, db);
	CHECK_HAS(web_get(&d.web, path_of(&d, "")).body, S("/import\""));
	struct reply r = web_get(&d.web, path_of(&d, "/import"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("multipart/form-data"));
	r = bring(&d,
	    STR_JOIN(arena, str_c(HEAD),
		S("1,4,En rampe,7,En bænk,TRUE\n1,7,En bænk,4,En rampe,TRUE\n"
		  "2,4,En rampe,7,En bænk,FALSE\n3,7,En bænk,4,En rampe,\n")));
	CHECK_INT(r.status, 303);
	struct str path = r.location;
	r = web_get(&d.web, path);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Borgeres stemmesedler"));
	CHECK_HAS(r.body, S("gælder ikke dér"));
	CHECK_HAS(r.body, S("den sidste tæller"));
	CHECK_INT(rounds_now(&d.web.world, &d.round).n_options, 0);
	r = press(&d, path);
	CHECK_INT(r.status, 303);
	CHECK_STR(r.location, path_of(&d, "/resultat"));
	CHECK_INT(web_get(&d.web, r.location).status, 200);
	CHECK_INT(web_get(&d.web, path).status, 404); /* the file is gone */
	d.round = rounds_now(&d.web.world, &d.round);
	CHECK_INT(d.round.state, ROUND_CLOSED);
	CHECK_INT(d.round.n_options, 2);
	CHECK_LACKS(web_get(&d.web, path_of(&d, "")).body, S("/import\""));
}

TEST_DB(round_import_says_where_a_fault_is_and_can_be_thrown_away)
{
	struct desk d;
	desk_new(&d, arena, db);
	struct reply r = bring(&d, S(""));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Vælg en fil med valg."));
	r = bring(&d,
	    STR_JOIN(arena, str_c(HEAD),
		S("1,4,En rampe,7,En bænk,TRUE\n1,4,En rampe,4,En "
		  "rampe,TRUE\n")));
	CHECK_INT(r.status, 303);
	struct str path = r.location;
	r = web_get(&d.web, path);
	CHECK_HAS(r.body, S("Linje 3, tegn 14:"));
	CHECK_LACKS(r.body, S("luk runden"));
	CHECK_STR(press(&d, path).location, path); /* nothing but a look */
	CHECK_INT(rounds_now(&d.web.world, &d.round).n_options, 0);
	CHECK_INT(press(&d, str_cat(arena, path, S("/slet"))).status, 303);
	CHECK_INT(web_get(&d.web, path).status, 404);
}

/* Once somebody may have voted it is too late, and the page says so. */
TEST_DB(round_import_waits_for_no_round_that_is_open)
{
	struct desk d;
	desk_new(&d, arena, db);
	struct reply r = bring(&d,
	    str_cat(arena, str_c(HEAD), S("1,4,En rampe,7,En bænk,TRUE\n")));
	struct str path = r.location;
	struct round open = d.round;
	CHECK_OK(round_options_titles(
	    db, arena, &d.web.world.leader, &open, S("A\nB")));
	open = rounds_now(&d.web.world, &open);
	CHECK_OK(round_begin(db, arena, &d.web.world.leader, &open));
	CHECK_STR(press(&d, path).location, path);
	CHECK_HAS(web_get(&d.web, path).body, S("kun ind i en kladde"));
	CHECK_HAS(web_get(&d.web, path_of(&d, "/import")).body,
	    S("kun ind i en kladde"));
	CHECK_INT(rounds_now(&d.web.world, &d.round).n_options, 2);
}

/* ---- out and in again ---- */

static int
by_text(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* The choices of a file without what is drawn anew: sorted, from the winner's
 * id on. */
static struct str
choices_in(struct arena *a, struct str csv)
{
	struct str rows[100];
	ptrdiff_t n = 0;
	struct buf b = buf_new(a, 100 * 1000);
	while (csv.n > 0) {
		struct str row = str_cut(&csv, '\n');
		for (int i = 0; i < 3; i++)
			(void)str_cut(&row, ',');
		CHECK_MAX(n, 99);
		rows[n++] = row;
	}
	qsort(rows, (size_t)n, sizeof *rows, by_text);
	for (ptrdiff_t i = 0; i < n; i++) {
		buf_add(&b, rows[i]);
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}

TEST_DB(round_import_takes_every_choice_that_a_round_gave_out)
{
	static const char *const cast[] = {"1:2/1 2:3/2 1:3/1", "1:2/2",
	    "2:3/1 1:3/2", "1:2/1", "2:3/2 1:2/2", "1:3/1"};
	struct desk d;
	desk_new(&d, arena, db);
	struct world *w = &d.web.world;
	d.round = rounds_open(
	    w, ROUND_PAIRWISE, "\"En\", rampe\n=1+1\nEt fælles måltid");
	for (int side = 0; side < ROUND_SIDES; side++) {
		for (int i = 0; i < COUNT_OF(cast); i++) {
			struct elector v = rounds_voter(
			    w, &d.round, (enum round_side)side, 10 * side + i);
			CHECK_OK(rounds_cast(w, &v, cast[(i + side) % 6]));
		}
	}
	CHECK_INT(press(&d, path_of(&d, "/luk")).status, 303);
	struct str out = web_get(&d.web, path_of(&d, "/valg.csv")).body;
	CHECK_HAS(out, S("leadership"));

	d.round = rounds_draft(w, ROUND_PAIRWISE, "");
	struct reply r = bring(&d, out);
	CHECK_INT(r.status, 303);
	CHECK_STR(press(&d, r.location).location, path_of(&d, "/resultat"));
	struct str again = web_get(&d.web, path_of(&d, "/valg.csv")).body;
	CHECK(again.n > 1000);
	CHECK_STR(choices_in(arena, again), choices_in(arena, out));
}
