/* SPDX-License-Identifier: MPL-2.0 */

/* Where somebody with a protected address lives stands on no page, in no file,
 * letter, feed or line of the log.  The twin takes the flag away, and then the
 * letters say it: so what is searched here is where it would be. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "model/person.h"
#include "tests/report/help.h"
#include "tests/web/cases.h"
#include "web/security.h"

enum { PEOPLE = 200, LETTERS = 20, LOG_BYTES = 4 * 1024 * 1024 };

/* One of the worked scene, and 200 more in her target group; 21 are sent a
 * letter. */
struct flagged {
	struct full f;
	struct shot shot; /* of the form that invites */
	struct person first;
	struct str form; /* it, but for the format */
};

static const char PLACE[] = "Kanariestien";

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

static void
add_contact(struct flagged *s, struct id id, int n)
{
	struct world *w = &s->f.web.world;
	struct person_contact c = {.name = str_fmt(w->arena, "Borger Nr%d", n),
	    .phone = str_fmt(w->arena, "%d", 20000000 + n),
	    .address = str_fmt(w->arena, "%s %d\n9999 Fjordby", PLACE, n)};
	CHECK_OK(person_contact_put(w->db, w->arena, &w->leader, id, &c));
}

static void
add_people(struct flagged *s)
{
	struct world *w = &s->f.web.world;
	for (int n = 1; n <= PEOPLE; n++) {
		struct person p = s->first;
		p.id = id_new(NOW_US + n);
		p.rev = 0;
		CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
		CHECK_OK(person_set_state(
		    w->db, w->arena, &w->leader, p.id, S("yes")));
		add_contact(s, p.id, n);
		if (n <= LETTERS)
			s->form = str_fmt(w->arena, "%.*s&person=%.*s",
			    STR_ARG(s->form), STR_ARG(id_text(w->arena, p.id)));
	}
}

static void
flagged_new(struct flagged *s, struct arena *arena, struct db *db, bool flag)
{
	*s = (struct flagged){0};
	web_full(&s->f, arena, db);
	struct web *w = &s->f.web;
	struct world *world = &w->world;
	w->site->smtp = true;
	web_session(w, world->mette);
	s->shot = web_aim(&s->f,
	    find_case(
		HTTP_POST, "/netvaerk/{network}/aktiviteter/{id}/invitation"),
	    world->network, true);
	ptrdiff_t at = str_find(s->shot.form, S("person="));
	struct id id;
	CHECK(at > 0 &&
	    id_parse(str_sub(s->shot.form, at + 7, at + 7 + 36), &id));
	CHECK_OK(person_get(db, arena, &world->leader, id, &s->first));
	s->first.protected_address = flag;
	CHECK_OK(person_save(db, arena, &world->leader, &s->first));
	add_contact(s, id, 0);
	s->form =
	    str_replace(arena, s->shot.form, S("format=letters"), S("format="));
	CHECK_OK(db_begin(db)); /* one commit, not hundreds */
	add_people(s);
	CHECK_OK(db_commit(db));
}

/* ---- letters ---- */

static struct str
letters(struct flagged *s, const char *format)
{
	struct web *w = &s->f.web;
	struct arena *a = w->world.arena;
	struct str form = str_replace(
	    a, s->form, S("format="), str_fmt(a, "astray=1&format=%s", format));
	w->now_us += SECOND_US;
	struct reply r = web_post(w, s->shot.path, form);
	CHECK_INT(r.status, 303);
	ptrdiff_t at = str_find(r.location, S("lavet="));
	CHECK(at > 0);
	struct str batch = str_sub(r.location, at + 6, at + 6 + 36);
	r = web_get(w, str_cat(a, web_path(w, "/breve/"), batch));
	CHECK_INT(r.status, 200);
	return r.body;
}

static void
check_letters(struct flagged *s, bool shown)
{
	struct arena *a = s->f.web.world.arena;
	struct str place = str_c(PLACE);
	struct str post = letters(s, "post");
	struct str csv = ask(a, "unzip -p", post);
	CHECK_HAS(csv, S("Borger Nr0"));
	CHECK_HAS(csv, S("Borger Nr20"));
	CHECK_INT(str_find(csv, place) >= 0, shown);
	static const char *const prints[] = {"letters", "large"};
	for (ptrdiff_t i = 0; i < COUNT_OF(prints); i++) {
		struct str text = ask(a, "pdftotext", letters(s, prints[i]));
		CHECK_HAS(text, S("Borger Nr0"));
		CHECK_INT(str_find(text, place) >= 0, shown);
	}
	CHECK_LACKS(letters(s, "sms"), place); /* there it never is */
}

/* ---- pages, files, feeds ---- */

/* As text where it is packed. */
static struct str
words_of(struct arena *a, struct str path, struct str body)
{
	if (str_ends(path, S(".odt")))
		return ask(a, "unzip -p", body);
	return str_ends(path, S(".pdf")) ? ask(a, "pdftotext", body) : body;
}

static void
look_at_pages(struct flagged *s, struct id account, int *served)
{
	struct web *w = &s->f.web;
	struct web_cases all = web_cases();
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct web_case *c = &all.list[i];
		bool letters = str_find(str_c(c->pattern), S("/breve/")) >= 0;
		if (c->method != HTTP_GET || letters)
			continue;
		w->request = arena_scratch(w->world.arena);
		w->site->attempts = limits_new(w->request);
		w->account = account;
		struct shot shot = web_aim(&s->f, c, w->world.network, true);
		web_session(w, account);
		struct reply r = web_fire(&s->f, c, shot);
		*served += r.status == 200;
		if (r.status == 200)
			CHECK_LACKS(
			    words_of(w->request, str_c(c->pattern), r.body),
			    str_c(PLACE));
		arena_close(w->request);
		w->request = NULL;
	}
}

/* Each of theirs, and what is written about them. */
static void
look_at_person(struct flagged *s)
{
	static const char *const below[] = {"", "/ret"};
	struct web *w = &s->f.web;
	struct arena *a = w->world.arena;
	web_session(w, w->world.mette);
	for (ptrdiff_t i = 0; i < COUNT_OF(below); i++) {
		struct reply r = web_get(w,
		    STR_JOIN(a, web_path(w, "/personer/"),
			id_text(a, s->first.id), str_c(below[i])));
		CHECK_INT(r.status, 200);
		CHECK_LACKS(r.body, str_c(PLACE));
	}
	/* With a reason it is shown, and that is noted. */
	struct reply r = web_post(w,
	    STR_JOIN(a, web_path(w, "/personer/"), id_text(a, s->first.id),
		S("/kontakt")),
	    S("grund=Aflevere+et+brev"));
	CHECK_HAS(r.body, str_c(PLACE));
	r = web_get(w, web_path(w, "/adgang"));
	CHECK_HAS(r.body, S("Aflevere et brev"));
	CHECK_LACKS(r.body, str_c(PLACE));
}

/* ---- the log ---- */

static struct str
read_log(struct arena *a, int fd)
{
	char *bytes = arena_new(a, char, LOG_BYTES);
	ssize_t n = pread(fd, bytes, LOG_BYTES, 0);
	CHECK(n > 0 && n < LOG_BYTES);
	return (struct str){bytes, n};
}

TEST_DB(protected_address_stands_nowhere)
{
	struct flagged s;
	int served = 0;
	flagged_new(&s, arena, db, true);
	struct str path = str_cat(arena, test_dir(arena), S("/log"));
	int fd =
	    open(str_cstr(arena, path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	CHECK(fd >= 0);
	log_set_fd(fd);
	log_event(LOG_ERROR, "begin", LOG_INT("people", PEOPLE));
	check_letters(&s, false);
	if (db_kind(db) == DB_SQLITE) { /* the pages are the program's */
		look_at_pages(&s, s.f.web.world.mette, &served);
		CHECK(served > 60);
	}
	look_at_person(&s);
	log_set_fd(-1);
	struct str log = read_log(arena, fd);
	CHECK_INT(close(fd), 0);
	CHECK_HAS(log, S("begin"));
	CHECK_LACKS(log, str_c(PLACE));
}

TEST_DB(protected_address_would_be_seen)
{
	struct flagged s;
	flagged_new(&s, arena, db, false);
	check_letters(&s, true);
}
