/* SPDX-License-Identifier: MPL-2.0 */

/* A file of people as a browser sends it: multipart, good, large, broken, with
 * cells that a spreadsheet would run. */
#include "base/buf.h"
#include "http/forms.h"
#include "model/import.h"
#include "tests/web/site.h"
#include "web/handle.h"
#include "web/route.h"

enum { MANY = 10000, FILE_BYTES = 1024 * 1024 };

#define BOUNDARY "----vidne7Qa"

struct upload {
	struct web w;
	struct str path;
};

static void
upload_new(struct upload *u, struct arena *arena, struct db *db)
{
	*u = (struct upload){0};
	web_new(&u->w, arena, db);
	web_sign_in(&u->w, u->w.world.mette);
	u->path = web_path(&u->w, "/personer/import");
}

/* The form with the file in it; `id` is of the list. */
static struct str
body_of(struct upload *u, struct id id, struct str file)
{
	struct arena *a = u->w.world.arena;
	struct buf b = buf_new(a, file.n + 4096);
	const struct str fields[][2] = {{S("csrf"), u->w.csrf},
	    {S("id"), id_text(a, id)}, {S("reason"), S("Fra foreningen")},
	    {S("list"), S("")}};
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		buf_fmt(&b,
		    "--" BOUNDARY "\r\nContent-Disposition: form-data; "
		    "name=\"%.*s\"\r\n\r\n%.*s\r\n",
		    STR_ARG(fields[i][0]), STR_ARG(fields[i][1]));
	buf_add(&b,
	    S("--" BOUNDARY "\r\nContent-Disposition: form-data; "
	      "name=\"file\"; filename=\"=cmd.csv\"\r\n"
	      "Content-Type: text/csv\r\n\r\n"));
	buf_add(&b, file);
	buf_add(&b, S("\r\n--" BOUNDARY "--\r\n"));
	CHECK(!b.full);
	return buf_str(&b);
}

/* As behind the listener: what is no form never reaches the page. */
static struct http_response
send_body(struct upload *u, struct str body, enum err *parsed)
{
	struct arena *a = u->w.world.arena;
	struct http_response response = {0};
	struct http_pair *list = arena_new(a, struct http_pair, 3);
	struct http_request *rq = arena_new(a, struct http_request, 1);
	list[0] = (struct http_pair){S("host"), S("samskab.test")};
	list[1] = (struct http_pair){S("cookie"), u->w.cookie};
	list[2] = (struct http_pair){S("sec-fetch-site"), S("same-origin")};
	*rq = (struct http_request){.arena = a,
	    .method = HTTP_POST,
	    .path = u->path,
	    .target = u->path,
	    .headers = {list, 3},
	    .address = S("192.0.2.1"),
	    .now_us = u->w.now_us};
	CHECK_OK(form_parse_cookies(a, u->w.cookie, &rq->cookies));
	*parsed = form_parse_multipart(
	    a, body, S(BOUNDARY), &rq->form, &rq->files, &rq->n_files);
	if (*parsed == ERR_OK)
		handle_now(u->w.site, u->w.world.db, rq, &response);
	return response;
}

static struct str
many(struct arena *a, int n)
{
	struct buf b = buf_new(a, FILE_BYTES);
	buf_add(&b, S("navn;tlf\r\n"));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "Borger %d;%d\r\n", i, 20000000 + i);
	return buf_str(&b);
}

static void
check_shows(struct upload *u, struct str file, const char *words)
{
	enum err parsed;
	struct http_response r =
	    send_body(u, body_of(u, id_new(u->w.now_us), file), &parsed);
	CHECK_OK(parsed);
	CHECK_INT(r.status, 303);
	struct reply page = web_get(&u->w, http_get(r.headers, S("Location")));
	CHECK_INT(page.status, 200);
	CHECK_HAS(page.body, str_c(words));
}

TEST_DB(upload_of_a_list_is_shown_before_it_comes_in)
{
	struct upload u;
	upload_new(&u, arena, db);
	check_shows(&u, S("navn;tlf\r\nKaren Holm;20304050\r\n"), "Karen Holm");
	/* As Excel writes it here, and as a phone does. */
	check_shows(
	    &u, S("navn;tlf\r\nK\xE5re \xD8st;20304050\r\n"), "Kåre Øst");
	check_shows(&u,
	    S("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo Dahl\r\nTEL:20304051\r\n"
	      "END:VCARD\r\n"),
	    "Bo Dahl");
}

TEST_DB(upload_of_ten_thousand_is_taken_and_one_more_is_not)
{
	struct upload u;
	upload_new(&u, arena, db);
	check_shows(&u, many(arena, MANY), "10000 personer er på listen");
	check_shows(&u, many(arena, MANY), "Hent dem ind");
	check_shows(&u, many(arena, MANY + 1), "Del listen op");
	enum err parsed;
	struct http_response r = send_body(&u,
	    body_of(&u, id_new(NOW_US + 1), many(arena, MANY + 1)), &parsed);
	struct str path = http_get(r.headers, S("Location"));
	CHECK_LACKS(web_get(&u.w, path).body, S("Hent dem ind"));
}

static int64_t
lists(struct upload *u)
{
	struct db_row row;
	struct world *w = &u->w.world;
	CHECK_OK(db_one(w->db, w->arena,
	    "SELECT COUNT(*) FROM import WHERE org = $1", &row,
	    DB_ID(w->org.id)));
	return db_int(&row, 0);
}

/* Cut at every place, it is refused or has no file; nothing is kept.  The twin
 * is the whole of it. */
TEST_DB(upload_that_is_cut_leaves_nothing)
{
	struct upload u;
	enum err parsed;
	int refused = 0;
	upload_new(&u, arena, db);
	struct str whole = body_of(
	    &u, id_new(NOW_US), S("navn;tlf\r\nKaren Holm;20304050\r\n"));
	for (ptrdiff_t n = 0; n < whole.n - 4; n += 7) {
		(void)send_body(&u, str_sub(whole, 0, n), &parsed);
		refused += parsed != ERR_OK;
	}
	CHECK(refused > 50);
	CHECK_INT(lists(&u), 0);
	CHECK_INT(send_body(&u, whole, &parsed).status, 303);
	CHECK_INT(lists(&u), 1);
	/* The same again is the same list. */
	CHECK_INT(send_body(&u, whole, &parsed).status, 303);
	CHECK_INT(lists(&u), 1);
}

/* The route says how much may come; the model would refuse it, too. */
TEST_DB(upload_that_is_too_large_is_refused)
{
	struct upload u;
	enum err parsed;
	struct routes routes = route_table();
	upload_new(&u, arena, db);
	for (ptrdiff_t i = 0; i < routes.n; i++) {
		const struct route *r = &routes.list[i];
		if (r->method == HTTP_POST &&
		    str_ends(str_c(r->pattern), S("/personer/import")))
			CHECK_INT(r->body_bytes, IMPORT_BYTES);
	}
	struct buf b = buf_new(arena, IMPORT_BYTES + 1);
	while (!b.full && b.n < IMPORT_BYTES + 1)
		buf_byte(&b, 'x');
	struct http_response r =
	    send_body(&u, body_of(&u, id_new(NOW_US), buf_str(&b)), &parsed);
	CHECK_OK(parsed);
	CHECK_INT(r.status, 422);
	CHECK_INT(lists(&u), 0);
}
