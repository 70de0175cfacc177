/* SPDX-License-Identifier: MPL-2.0 */

/* How it was to take part, through its pages: answered, seen again, and taken
 * back, so that no mean has it any more. */
#include "base/buf.h"
#include "model/code.h"
#include "model/demo_citizen.h"
#include "model/experience.h"
#include "tests/web/site.h"

static const char SQL_ASKED[] =
    "SELECT activity, person FROM sending WHERE org = $1 AND network = $2";

static const char SQL_SAID_YES[] = "UPDATE sending SET answer = 'yes',"
				   " state = 'answered'"
				   " WHERE org = $1 AND network = $2";

static const char SQL_HELD[] = "UPDATE activity SET state = 'held'"
			       " WHERE org = $1 AND network = $2 AND id = $3";

struct place {
	struct web web;
	struct id activity, karen;
	struct str own, form; /* "/c/CODE", and the page of the questions */
};

/* Karen said yes, and was there. */
static void
place_new(struct place *p, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	struct db_row row;
	struct world *w = &p->web.world;
	web_new(&p->web, a, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &w->leader, &token));
	CHECK_OK(db_one(
	    db, a, SQL_ASKED, &row, DB_ID(w->org.id), DB_ID(w->network)));
	p->activity = db_id(&row, 0);
	p->karen = db_id(&row, 1);
	CHECK_OK(db_exec(
	    db, SQL_SAID_YES, NULL, DB_ID(w->org.id), DB_ID(w->network)));
	CHECK_OK(db_exec(db, SQL_HELD, NULL, DB_ID(w->org.id),
	    DB_ID(w->network), DB_ID(p->activity)));
	p->own = STR_JOIN(a, S("/c/"),
	    code_text(a, p->web.site->orgs.list[0].short_code, token));
	p->form =
	    STR_JOIN(a, p->own, S("/oplevelse/"), id_text(a, p->activity));
}

/* Others answered on paper: all 2 to the first question. */
static void
others(struct place *p, int n)
{
	struct world *w = &p->web.world;
	struct buf b = buf_new(w->arena, 1000);
	for (int i = 1; i <= n; i++)
		buf_fmt(&b, "%d; 2 3 3 3\n", i);
	struct experience_sheets s = {
	    .activity = p->activity, .text = buf_str(&b)};
	CHECK_OK(experience_paper(w->db, w->arena, &w->leader, &s));
}

static struct str
staff_page(struct place *p)
{
	web_sign_in(&p->web, p->web.world.mette);
	struct str body =
	    web_get(&p->web, web_path(&p->web, "/oplevelse")).body;
	return body;
}

/* Five are enough to be shown, four are not: what is taken back is gone from
 * what others see, in the same write. */
TEST_DB(experience_taken_back_is_in_no_mean)
{
	struct place p;
	place_new(&p, arena, db);
	others(&p, 4);
	CHECK_HAS(staff_page(&p), S("skjult"));
	struct reply r = web_get(&p.web, p.form);
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, S("Tag mine svar tilbage"));
	r = web_post(&p.web, p.form, S("e1=5&e2=3&e3=3&e4=3"));
	CHECK_INT(r.status, 303);
	CHECK_HAS(staff_page(&p), S("<td>5</td><td>2,6</td>"));
	r = web_get(&p.web, p.form);
	CHECK_HAS(r.body, S("Tag mine svar tilbage"));
	r = web_post(&p.web, p.form, S("do=back"));
	CHECK_INT(r.status, 303);
	CHECK_HAS(r.location, S("taget=1"));
	struct str after = staff_page(&p);
	CHECK_HAS(after, S("<td>4</td><td>skjult</td>"));
	CHECK_LACKS(after, S("2,6"));
	r = web_get(&p.web, str_cat(arena, p.form, S("?taget=1")));
	CHECK_HAS(r.body, S("Dine svar er væk."));
	CHECK_LACKS(r.body, S("Tag mine svar tilbage"));
	CHECK_LACKS(r.body, S(" checked"));
	/* Twice is once, and one may answer again. */
	CHECK_INT(web_post(&p.web, p.form, S("do=back")).status, 303);
	CHECK_INT(web_post(&p.web, p.form, S("e1=1")).status, 303);
	CHECK_HAS(staff_page(&p), S("<td>5</td><td>1,8</td>"));
}

/* The others' answers stay as they are. */
TEST_DB(experience_taken_back_moves_the_mean_of_the_rest)
{
	struct place p;
	place_new(&p, arena, db);
	others(&p, 5);
	CHECK_INT(web_post(&p.web, p.form, S("e1=5")).status, 303);
	CHECK_HAS(staff_page(&p), S("<td>6</td><td>2,5</td>"));
	CHECK_INT(web_post(&p.web, p.form, S("do=back")).status, 303);
	CHECK_HAS(staff_page(&p), S("<td>5</td><td>2,0</td>"));
}

/* Who has stopped finds the way from her page, and may still take it back. */
TEST_DB(experience_is_taken_back_by_who_has_stopped)
{
	struct place p;
	place_new(&p, arena, db);
	struct world *w = &p.web.world;
	CHECK_INT(web_post(&p.web, p.form, S("e1=5")).status, 303);
	CHECK_OK(
	    person_set_state(db, arena, &w->leader, p.karen, S("stopped")));
	struct reply r = web_get(&p.web, p.own);
	CHECK_HAS(r.body,
	    STR_JOIN(arena, S("/oplevelse/"), id_text(arena, p.activity)));
	CHECK_HAS(web_get(&p.web, p.form).body, S("Tag mine svar tilbage"));
	CHECK_INT(web_post(&p.web, p.form, S("do=back")).status, 303);
	CHECK_HAS(staff_page(&p), S("Ingen har svaret endnu."));
}

/* Of another activity there is nothing. */
TEST_DB(experience_of_what_one_was_not_at_is_not_found)
{
	struct place p;
	place_new(&p, arena, db);
	struct str elsewhere = STR_JOIN(
	    arena, p.own, S("/oplevelse/"), id_text(arena, id_new(NOW_US)));
	CHECK_INT(web_get(&p.web, elsewhere).status, 404);
	CHECK_INT(web_post(&p.web, elsewhere, S("do=back")).status, 404);
}
