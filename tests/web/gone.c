/* SPDX-License-Identifier: MPL-2.0 */

/* Somebody who was invited is gone: they stopped, died, were deleted, or
 * regretted; or the leader who invited them is.  Nothing more goes out, and
 * what they may still do works. */
#include "base/buf.h"
#include "model/person.h"
#include "tests/web/cases.h"

struct asked {
	struct full f;
	struct shot shot; /* of the form that invites */
	struct id person, invitation;
	struct str batch; /* address of the text messages that were made */
	struct str code; /* address of her page */
};

static const struct web_case *
find_case(enum http_method method, const char *pattern)
{
	struct web_cases all = web_cases();
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (all.list[i].method == method &&
		    str_eq(str_c(all.list[i].pattern), str_c(pattern)))
			return &all.list[i];
	}
	fail_msg("no case for %s", pattern);
	return NULL;
}

static struct str
after(struct str text, struct str mark)
{
	ptrdiff_t at = str_find(text, mark);
	CHECK(at >= 0);
	return str_sub(text, at + mark.n, text.n);
}

/* The id behind this name in a form or an address. */
static struct id
id_after(struct str text, struct str mark)
{
	struct id id;
	struct str rest = after(text, mark);
	CHECK(id_parse(str_sub(rest, 0, 36), &id));
	return id;
}

static struct reply
send_by(struct asked *s, const char *format)
{
	struct arena *a = s->f.web.world.arena;
	struct str form = str_fmt(a, "format=%s&invitation=%.*s&person=%.*s",
	    format, STR_ARG(id_text(a, s->invitation)),
	    STR_ARG(id_text(a, s->person)));
	return web_post(&s->f.web, s->shot.path, form);
}

/* What was sent before went astray. */
static struct reply
again_by(struct asked *s, const char *format)
{
	return send_by(s,
	    str_cstr(s->f.web.world.arena,
		str_cat(s->f.web.world.arena, str_c(format), S("&astray=1"))));
}

static void
read_batch(struct asked *s, struct reply r)
{
	struct web *w = &s->f.web;
	struct arena *a = w->world.arena;
	CHECK_INT(r.status, 303);
	s->batch = str_cat(a, web_path(w, "/breve/"),
	    id_text(a, id_after(r.location, S("lavet="))));
	r = web_get(w, s->batch);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("20304050"));
	struct str code = after(r.body, S("/c/"));
	ptrdiff_t n = 0;
	while (n < code.n && code.p[n] != '\r' && code.p[n] != '"')
		n++;
	s->code = str_cat(a, S("/c/"), str_sub(code, 0, n));
}

/* Karen is invited by text message, and Mette is signed in. */
static void
ask_karen(struct asked *s, struct arena *arena, struct db *db)
{
	*s = (struct asked){0};
	web_full(&s->f, arena, db);
	struct web *w = &s->f.web;
	web_session(w, w->world.mette);
	const struct web_case *c = find_case(
	    HTTP_POST, "/netvaerk/{network}/aktiviteter/{id}/invitation");
	s->shot = web_aim(&s->f, c, w->world.network, true);
	s->invitation = id_after(s->shot.form, S("invitation="));
	s->person = id_after(s->shot.form, S("person="));
	read_batch(s, send_by(s, "sms"));
	CHECK_INT(web_get(w, s->code).status, 200);
}

static struct str
person_path(struct asked *s, const char *rest)
{
	struct web *w = &s->f.web;
	return STR_JOIN(w->world.arena, web_path(w, "/personer/"),
	    id_text(w->world.arena, s->person), str_c(rest));
}

static struct str
state_of(struct asked *s)
{
	struct person p;
	struct world *w = &s->f.web.world;
	CHECK_OK(person_get(w->db, w->arena, &w->leader, s->person, &p));
	return p.state;
}

static struct reply
answer(struct asked *s, const char *rest)
{
	struct web *w = &s->f.web;
	struct arena *a = w->world.arena;
	struct reply r = web_get(w, s->code);
	struct id id = id_after(r.body, S("name=\"sending\" value=\""));
	return web_post(w, str_cat(a, s->code, S("/svar")),
	    str_fmt(a, "sending=%.*s&message=%.*s&%s", STR_ARG(id_text(a, id)),
		STR_ARG(id_text(a, id_new(w->now_us))), rest));
}

/* ---- letters ---- */

/* A batch that was made before is printed without her. */
static void
check_not_printed(struct asked *s)
{
	struct reply r = web_get(&s->f.web, s->batch);
	CHECK_INT(r.status, 404);
	CHECK_LACKS(r.body, S("20304050"));
}

TEST_DB(gone_the_dead_get_no_letter)
{
	struct asked s;
	ask_karen(&s, arena, db);
	struct web *w = &s.f.web;
	struct str invite = s.shot.path;
	CHECK_HAS(web_get(w, invite).body, id_text(arena, s.person));
	CHECK_INT(
	    web_post(w, person_path(&s, "/slet"), S("sikker=1")).status, 303);
	check_not_printed(&s);
	CHECK_INT(web_get(w, s.code).status, 404);
	CHECK_LACKS(web_get(w, invite).body, id_text(arena, s.person));
	CHECK_INT(send_by(&s, "sms").status, 422);
	CHECK_LACKS(web_get(w, invite).body, id_text(arena, s.person));
	static const char *const pages[] = {"/personer", "/mennesker",
	    "/aktiviteter", "/historik", "/lodtraekning", "/adgang", ""};
	for (ptrdiff_t i = 0; i < COUNT_OF(pages); i++) {
		struct reply r = web_get(w, web_path(w, pages[i]));
		CHECK_INT(r.status, 200);
		CHECK_LACKS(r.body, S("Karen"));
	}
}

TEST_DB(gone_who_stops_gets_no_letter)
{
	struct asked s;
	ask_karen(&s, arena, db);
	struct web *w = &s.f.web;
	CHECK_INT(
	    web_post(w, str_cat(arena, s.code, S("/stop")), S("")).status, 303);
	CHECK_STR(state_of(&s), S("stopped"));
	check_not_printed(&s);
	CHECK_INT(send_by(&s, "sms").status, 422);
	/* Her page is still hers. */
	CHECK_INT(web_get(w, s.code).status, 200);
}

TEST_DB(gone_a_letter_made_again_is_printed_with_its_own_code_only)
{
	struct asked s;
	ask_karen(&s, arena, db);
	struct str before = s.batch, code = s.code;
	s.f.web.now_us += SECOND_US;
	read_batch(&s, again_by(&s, "sms"));
	CHECK_INT(web_get(&s.f.web, before).status, 404);
	CHECK_INT(web_get(&s.f.web, code).status, 404);
	CHECK_INT(web_get(&s.f.web, s.code).status, 200);
}

/* ---- mail that waits ---- */

static int64_t
mails(struct asked *s)
{
	struct db_row row;
	struct world *w = &s->f.web.world;
	CHECK_OK(db_one(w->db, w->arena,
	    "SELECT COUNT(*) FROM outbox WHERE org = $1", &row,
	    DB_ID(w->org.id)));
	return db_int(&row, 0);
}

static void
mail_karen(struct asked *s, struct arena *arena, struct db *db)
{
	ask_karen(s, arena, db);
	struct world *w = &s->f.web.world;
	struct person_contact c = {
	    .name = S("Karen Holm"), .mail = S("karen@borger.example")};
	s->f.web.site->smtp = true;
	CHECK_OK(person_contact_put(db, arena, &w->leader, s->person, &c));
	CHECK_INT(mails(s), 0);
	CHECK_INT(send_by(s, "mail").status, 303);
	CHECK_INT(mails(s), 1);
}

TEST_DB(gone_who_stops_gets_no_mail_that_waited)
{
	struct asked s;
	mail_karen(&s, arena, db);
	CHECK_INT(web_post(&s.f.web, person_path(&s, "/tilstand"),
		      S("tilstand=active"))
		      .status,
	    303);
	CHECK_INT(mails(&s), 1); /* the twin */
	CHECK_INT(web_post(&s.f.web, person_path(&s, "/tilstand"),
		      S("tilstand=stopped"))
		      .status,
	    303);
	CHECK_INT(mails(&s), 0);
}

/* Also the one whose code had ended, because another was made. */
TEST_DB(gone_the_dead_leave_no_mail)
{
	struct asked s;
	mail_karen(&s, arena, db);
	s.f.web.now_us += SECOND_US;
	CHECK_INT(again_by(&s, "mail").status, 303);
	CHECK_INT(mails(&s), 1);
	CHECK_INT(
	    web_post(&s.f.web, person_path(&s, "/slet"), S("sikker=1")).status,
	    303);
	CHECK_INT(mails(&s), 0);
}

/* ---- regret ---- */

static ptrdiff_t
drawn_from(struct asked *s)
{
	struct person_page yes;
	struct world *w = &s->f.web.world;
	struct person_filter filter = {.state = S("yes")};
	CHECK_OK(person_list(w->db, w->arena, &w->leader, &filter, &yes));
	return yes.n;
}

/* What counts is what she said last. */
TEST_DB(gone_who_regrets_is_not_drawn)
{
	struct asked s;
	ask_karen(&s, arena, db);
	static const struct {
		const char *form, *state;
		int pool;
	} said[] = {
	    {"answer=yes", "yes", 1},
	    {"answer=no", "no", 0},
	    {"answer=yes", "yes", 1},
	    {"answer=other&way=later", "invited", 0},
	    {"answer=no", "no", 0},
	    {"answer=other&way=phone", "invited", 0},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(said); i++) {
		CHECK_INT(answer(&s, said[i].form).status, 303);
		CHECK_STR(state_of(&s), str_c(said[i].state));
		CHECK_INT(drawn_from(&s), said[i].pool);
	}
	struct reply r = web_get(&s.f.web, s.code);
	CHECK_HAS(r.body, S("value=\"phone\" selected"));
}

/* What she needs can be taken back, too. */
TEST_DB(gone_a_need_that_is_taken_back_is_gone)
{
	struct asked s;
	struct person p;
	ask_karen(&s, arena, db);
	struct world *w = &s.f.web.world;
	CHECK_INT(
	    answer(&s, "answer=yes&told=1&needs=time&needs=access").status,
	    303);
	CHECK_OK(person_get(db, arena, &w->leader, s.person, &p));
	CHECK_STR(p.needs, S("time access"));
	CHECK_HAS(web_get(&s.f.web, s.code).body, S("name=\"told\""));
	/* The page with few words has no such boxes, and clears none. */
	CHECK_INT(answer(&s, "answer=yes").status, 303);
	CHECK_OK(person_get(db, arena, &w->leader, s.person, &p));
	CHECK_STR(p.needs, S("time access"));
	CHECK_LACKS(
	    web_get(&s.f.web, str_cat(arena, s.code, S("?vis=let"))).body,
	    S("name=\"told\""));
	CHECK_INT(answer(&s, "answer=yes&told=1").status, 303);
	CHECK_OK(person_get(db, arena, &w->leader, s.person, &p));
	CHECK_STR(p.needs, S(""));
}

/* ---- two relatives, who do not agree ---- */

TEST_DB(gone_two_relatives_each_answer_for_themselves)
{
	struct asked s;
	ask_karen(&s, arena, db);
	struct web *w = &s.f.web;
	struct asked son = s;
	struct person p = {.id = id_new(NOW_US),
	    .alias = S("Sønnen"),
	    .actor_kind = S("citizen"),
	    .channel = S("sms"),
	    .lang = S("da"),
	    .reason = S("Passer sin far"),
	    .source = S("named")};
	struct person_contact c = {
	    .name = S("Bo Holm"), .phone = S("20304050")};
	CHECK_OK(person_save(db, arena, &w->world.leader, &p));
	CHECK_OK(person_contact_put(db, arena, &w->world.leader, p.id, &c));
	son.person = p.id;
	read_batch(&son, send_by(&son, "sms"));
	CHECK_INT(answer(&s, "answer=yes&text=Far+vil+gerne").status, 303);
	CHECK_INT(answer(&son, "answer=no&text=Far+vil+ikke").status, 303);
	CHECK_STR(state_of(&s), S("yes"));
	CHECK_STR(state_of(&son), S("no"));
	struct str hers = web_get(w, s.code).body;
	struct str his = web_get(w, son.code).body;
	CHECK_HAS(hers, S("Far vil gerne"));
	CHECK_LACKS(hers, S("Far vil ikke"));
	CHECK_HAS(his, S("Far vil ikke"));
	CHECK_LACKS(his, S("Far vil gerne"));
	/* Who leads sees both, and who said which. */
	struct str page =
	    str_sub(s.shot.path, 0, s.shot.path.n - S("/invitation").n);
	struct str both = web_get(w, page).body;
	CHECK_HAS(both, S("Far vil gerne"));
	CHECK_HAS(both, S("Far vil ikke"));
	CHECK_HAS(both, S("Sønnen"));
	/* One is deleted, the other stays. */
	CHECK_INT(
	    web_post(w, person_path(&son, "/slet"), S("sikker=1")).status, 303);
	CHECK_INT(web_get(w, son.code).status, 404);
	CHECK_HAS(web_get(w, s.code).body, S("Far vil gerne"));
	CHECK_LACKS(web_get(w, page).body, S("Far vil ikke"));
}

/* ---- the leader leaves ---- */

TEST_DB(gone_a_leader_who_left_opens_no_letter_and_another_goes_on)
{
	struct asked s;
	ask_karen(&s, arena, db);
	struct web *w = &s.f.web;
	struct world *world = &w->world;
	struct str code = s.code, mettes = s.batch;
	struct actor program = actor_inside(&world->program, world->network);
	CHECK_OK(network_add_member(db, arena, &program, s.f.ida, ROLE_LEADER));
	CHECK_OK(network_drop_member(
	    db, arena, &program, world->mette, ROLE_CODRIVER));
	web_session(w, world->mette);
	CHECK_INT(web_get(w, mettes).status, 404);
	CHECK_INT(web_get(w, s.shot.path).status, 404);
	CHECK_INT(send_by(&s, "sms").status, 404);
	CHECK_INT(web_get(w, code).status, 200); /* hers, not the leader's */
	web_session(w, s.f.ida);
	CHECK_INT(web_get(w, mettes).status, 404);
	w->now_us += SECOND_US;
	read_batch(&s, again_by(&s, "sms"));
	CHECK_INT(web_get(w, code).status, 404);
	CHECK_INT(answer(&s, "answer=yes").status, 303);
	CHECK_STR(state_of(&s), S("yes"));
}
