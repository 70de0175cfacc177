/* SPDX-License-Identifier: MPL-2.0 */

/* Media over HTTP: piece by piece, in parts, and for those who may. */
#include "model/media.h"

#include "base/buf.h"
#include "http/forms.h"
#include "model/contribution.h"
#include "tests/web/site.h"
#include "web/handle.h"

enum { SIZE = MEDIA_PIECE + 5000 };

struct sent {
	struct web w;
	struct str bytes, path; /* path: .../medier/ID */
	struct id contribution, id;
};

static void
sent_new(struct sent *s, struct arena *a, struct db *db)
{
	struct buf b = buf_new(a, SIZE + 16);
	*s = (struct sent){0};
	web_new(&s->w, a, db);
	web_sign_in(&s->w, s->w.world.mette);
	s->contribution = id_new(NOW_US);
	struct contribution c = {.id = s->contribution,
	    .kind = S("anecdote"),
	    .teller = S("staff"),
	    .original = S("Sådan ser min have ud."),
	    .basis = S("consent"),
	    .scope = SCOPE_NETWORK,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(db, a, &s->w.world.leader, &c, S("")));
	s->id = id_new(NOW_US + 1);
	buf_add(&b, S("\xff\xd8\xff\xe0"));
	while (b.n < SIZE)
		buf_fmt(&b, "%td ", b.n);
	s->bytes = str_sub(buf_str(&b), 0, SIZE);
	s->path = STR_JOIN(a, web_path(&s->w, "/medier/"), id_text(a, s->id));
}

static struct reply
begin(struct sent *s)
{
	struct arena *a = s->w.world.arena;
	return web_post(&s->w,
	    STR_JOIN(a, web_path(&s->w, "/medier/til/"),
		id_text(a, s->contribution), S("/ny")),
	    str_fmt(a, "id=%.*s&name=have.jpg&size=%d",
		STR_ARG(id_text(a, s->id)), SIZE));
}

/* As behind the listener, with the file as a browser's form has it. */
static struct http_response
send_file(struct sent *s, struct str path, struct str from, struct str bytes)
{
	struct arena *a = s->w.world.arena;
	struct http_response response = {0};
	struct http_pair *head = arena_new(a, struct http_pair, 3);
	struct http_pair *form = arena_new(a, struct http_pair, 4);
	struct http_file *file = arena_new(a, struct http_file, 1);
	struct http_request *rq = arena_new(a, struct http_request, 1);
	head[0] = (struct http_pair){S("host"), S("samskab.test")};
	head[1] = (struct http_pair){S("cookie"), s->w.cookie};
	head[2] = (struct http_pair){S("sec-fetch-site"), S("same-origin")};
	form[0] = (struct http_pair){S("csrf"), s->w.csrf};
	form[1] = (struct http_pair){S("fra"), from};
	form[2] = (struct http_pair){S("id"), id_text(a, s->id)};
	form[3] = (struct http_pair){S("words"), S("0:04 Skrevet")};
	*file = (struct http_file){
	    S("stykke"), S("../../have.html"), S("text/html"), bytes};
	*rq = (struct http_request){.arena = a,
	    .method = HTTP_POST,
	    .path = path,
	    .target = path,
	    .headers = {head, 3},
	    .form = {form, 4},
	    .files = file,
	    .n_files = 1,
	    .address = S("192.0.2.1"),
	    .now_us = s->w.now_us};
	CHECK_OK(form_parse_cookies(a, s->w.cookie, &rq->cookies));
	handle_now(s->w.site, s->w.world.db, rq, &response);
	return response;
}

static struct http_response
send_piece(struct sent *s, int from)
{
	struct arena *a = s->w.world.arena;
	return send_file(s, str_cat(a, s->path, S("/stykke")),
	    str_fmt(a, "%d", from),
	    str_sub(s->bytes, from, from + MEDIA_PIECE));
}

static void
make_clean(struct sent *s)
{
	struct media m;
	struct world *w = &s->w.world;
	CHECK_OK(media_get(w->db, w->arena, &w->leader, s->id, &m));
	m.thumb = m.file;
	m.thumb_size = m.size;
	CHECK_OK(media_cleaned(w->db, w->arena, &w->leader, &m));
}

TEST_DB(media_is_sent_piece_by_piece_and_goes_on)
{
	struct sent s;
	sent_new(&s, arena, db);
	struct reply r = begin(&s);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("\"got\":0,"));
	struct http_response p = send_piece(&s, MEDIA_PIECE);
	CHECK_INT(p.status, 409);
	CHECK_HAS(p.body, S("\"got\":0,")); /* where to go on */
	CHECK_INT(send_piece(&s, 0).status, 200);
	CHECK_INT(send_piece(&s, 0).status, 200);
	r = web_get(&s.w, str_cat(arena, s.path, S("/stand")));
	CHECK_HAS(r.body, S("\"got\":262144,"));
	p = send_piece(&s, MEDIA_PIECE);
	CHECK_INT(p.status, 200);
	CHECK_HAS(p.body, S("\"state\":\"raw\""));
	/* not given out before the job has made it anew */
	r = web_get(&s.w, str_cat(arena, s.path, S("/fil")));
	CHECK_INT(r.status, 404);
}

static struct reply
ask(struct sent *s, const char *range, const char *only)
{
	struct arena *a = s->w.world.arena;
	struct http_pair *list = arena_new(a, struct http_pair, 4);
	list[0] = (struct http_pair){S("host"), S("samskab.test")};
	list[1] = (struct http_pair){S("cookie"), s->w.cookie};
	list[2] = (struct http_pair){S("range"), str_c(range)};
	list[3] = (struct http_pair){S("if-range"), str_c(only)};
	return web_raw(&s->w, HTTP_GET, str_cat(a, s->path, S("/fil")), S(""),
	    (struct http_pairs){list, only != NULL ? 4 : 3});
}

TEST_DB(media_is_given_out_in_parts)
{
	static const struct {
		const char *range;
		int status, from, to;
	} cases[] = {
	    {"bytes=0-9", 206, 0, 10},
	    {"bytes=262140-262150", 206, 262140, 262151},
	    {"bytes=1000-", 206, 1000, SIZE},
	    {"bytes=-7", 206, SIZE - 7, SIZE},
	    {"bytes=0-99999999", 206, 0, SIZE},
	    {"bytes=99999999-", 416, 0, 0},
	    {"bytes=9-5", 416, 0, 0},
	    {"bytes=-0", 416, 0, 0},
	    {"bytes=0-1,5-6", 200, 0, SIZE},
	    {"bytes=x", 200, 0, SIZE},
	    {"lines=1-2", 200, 0, SIZE},
	};
	struct sent s;
	sent_new(&s, arena, db);
	CHECK_INT(begin(&s).status, 200);
	CHECK_INT(send_piece(&s, 0).status, 200);
	CHECK_INT(send_piece(&s, MEDIA_PIECE).status, 200);
	make_clean(&s);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct reply r = ask(&s, cases[i].range, NULL);
		CHECK_INT(r.status, cases[i].status);
		CHECK(str_eq(
		    r.body, str_sub(s.bytes, cases[i].from, cases[i].to)));
	}
	struct reply r = ask(&s, "bytes=0-9", "\"another\"");
	CHECK_INT(r.status, 200);
	const char *etag = str_cstr(arena, http_get(r.headers, S("ETag")));
	r = ask(&s, "bytes=0-9", etag);
	CHECK_INT(r.status, 206);
	CHECK_STR(http_get(r.headers, S("Content-Range")),
	    str_fmt(arena, "bytes 0-9/%d", SIZE));
	CHECK_STR(
	    http_get(r.headers, S("X-Content-Type-Options")), S("nosniff"));
	CHECK_HAS(
	    http_get(r.headers, S("Content-Security-Policy")), S("sandbox"));
}

TEST_DB(media_of_one_form_is_what_it_is_not_what_it_is_called)
{
	struct sent s;
	struct media m;
	sent_new(&s, arena, db);
	struct str path = STR_JOIN(arena, web_path(&s.w, "/medier/til/"),
	    id_text(arena, s.contribution));
	CHECK_INT(send_file(&s, path, S(""), s.bytes).status, 303);
	CHECK_OK(media_get(db, arena, &s.w.world.leader, s.id, &m));
	CHECK_STR(m.type, S("image/jpeg"));
	CHECK_STR(m.state, S("raw"));
	s.id = id_new(NOW_US + 2);
	CHECK_INT(
	    send_file(&s, path, S(""), S("<script>1</script>")).status, 303);
	CHECK_OK(media_get(db, arena, &s.w.world.leader, s.id, &m));
	CHECK_STR(m.state, S("refused"));
}

/* The page of the contribution shows it, and taking the words back takes the
 * picture too: without its row nothing opens the file. */
TEST_DB(media_stands_on_the_page_and_goes_with_the_words)
{
	struct sent s;
	sent_new(&s, arena, db);
	CHECK_INT(begin(&s).status, 200);
	for (int from = 0; from < SIZE; from += MEDIA_PIECE)
		CHECK_INT(send_piece(&s, from).status, 200);
	make_clean(&s);
	struct str page = STR_JOIN(
	    arena, web_path(&s.w, "/stemmer/"), id_text(arena, s.contribution));
	struct reply r = web_get(&s.w, page);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, str_cat(arena, s.path, S("/lille")));
	CHECK_HAS(r.body, S("alt=\"have.jpg\""));
	CHECK_INT(web_get(&s.w, str_cat(arena, s.path, S("/fil"))).status, 200);
	CHECK_INT(
	    web_post(&s.w, str_cat(arena, page, S("/traek")), S("")).status,
	    303);
	CHECK_INT(web_get(&s.w, str_cat(arena, s.path, S("/fil"))).status, 404);
	CHECK_LACKS(web_get(&s.w, page).body, S("have.jpg"));
	CHECK_INT(begin(&s).status, 404); /* nothing more is taken */
}

/* Captions are made of the words, or of a file; the words of both stand on the
 * page, and a player that its page starts itself does not. */
TEST_DB(media_is_heard_with_captions)
{
	struct sent s;
	struct media m;
	sent_new(&s, arena, db);
	CHECK_INT(begin(&s).status, 200);
	for (int from = 0; from < SIZE; from += MEDIA_PIECE)
		CHECK_INT(send_piece(&s, from).status, 200);
	struct world *w = &s.w.world;
	CHECK_OK(media_get(db, arena, &w->leader, s.id, &m));
	m.kind = S("film");
	m.type = S("video/mp4");
	m.thumb = m.file;
	m.thumb_size = m.size;
	CHECK_OK(media_cleaned(db, arena, &w->leader, &m));
	struct str captions = str_cat(arena, s.path, S("/undertekster"));
	CHECK_INT(web_get(&s.w, captions).status, 404);
	struct str words = str_cat(arena, s.path, S("/ord"));
	CHECK_INT(
	    web_post(&s.w, words, S("words=0:01+Hej+%3Cb%3E&faces=yes")).status,
	    303);
	struct reply r = web_get(&s.w, captions);
	CHECK_INT(r.status, 200);
	CHECK_HAS(
	    r.body, S("\n00:00:01.000 --> 00:00:11.000\nHej &lt;b&gt;\n"));
	r = web_get(&s.w,
	    STR_JOIN(arena, web_path(&s.w, "/stemmer/"),
		id_text(arena, s.contribution)));
	CHECK_HAS(r.body, S("<track kind=\"captions\""));
	CHECK_HAS(r.body, S("<video"));
	CHECK_LACKS(r.body, S("autoplay"));
	CHECK_HAS(http_get(r.headers, S("Content-Security-Policy")),
	    S("media-src 'self'"));
	CHECK_INT(
	    web_get(&s.w, str_cat(arena, s.path, S("/lille"))).status, 200);
	CHECK_INT(send_file(&s, words, S(""),
		      S("WEBVTT\n\n00:02.000 --> 00:03.000\nFra fil\n"))
		      .status,
	    303);
	CHECK_HAS(web_get(&s.w, captions).body, S("Fra fil"));
	/* A broken one: the form comes back with where, and what was typed. */
	struct http_response back = send_file(
	    &s, words, S(""), S("WEBVTT\n\n00:02.000 -->\nFra fil\n"));
	CHECK_INT(back.status, 422);
	CHECK_HAS(back.body, S("Linje 3:"));
	CHECK_HAS(back.body, S("\n0:04 Skrevet</textarea>"));
	CHECK_HAS(back.body, S("aria-invalid=\"true\""));
	CHECK_HAS(web_get(&s.w, captions).body, S("Fra fil"));
	CHECK_INT(send_file(&s, words, S(""), S("<script>")).status, 422);
}
