/* SPDX-License-Identifier: MPL-2.0 */

/* Which route an address leads to.  What each enforces is
 * tests/web/security.c. */
#include "web/route.h"

#include "base/buf.h"
#include "tests/web/site.h"
#include "web/handle.h"
#include "model/import.h"
#include "model/media_file.h"
#include "model/round_import.h"
#include "report/qda.h"
#include "web/pages.h"

static const struct route *found;
static struct http_pairs params;

static enum err
find(struct arena *a, enum http_method method, struct str path)
{
	found = NULL;
	return route_find(a, method, path, &found, &params);
}

/* A value in place of each {name}. */
static struct str
filled(struct arena *a, const char *pattern, struct str value)
{
	struct buf b = buf_new(a, 1000);
	struct str rest = str_c(pattern);
	while (rest.n > 0) {
		buf_add(&b, str_cut(&rest, '{'));
		ptrdiff_t end = str_find_byte(rest, '}');
		if (end >= 0)
			buf_add(&b, value);
		rest = str_sub(rest, end + 1, rest.n);
	}
	return buf_str(&b);
}

/* None stands in the shadow of one before it. */
TEST(route_of_each_pattern_is_its_own)
{
	struct routes all = route_table();
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct route *r = &all.list[i];
		struct str path = filled(arena, r->pattern, S("VALUE"));
		CHECK_OK(find(arena, r->method, path));
		CHECK(found == r);
		for (ptrdiff_t p = 0; p < params.n; p++)
			CHECK_STR(params.list[p].value, S("VALUE"));
	}
}

TEST(route_gives_the_parts_of_an_address_by_name)
{
	CHECK_OK(find(arena, HTTP_GET, S("/netvaerk/N1/historik/tema/T2")));
	CHECK_INT(params.n, 3);
	CHECK_STR(http_get(params, S("network")), S("N1"));
	CHECK_STR(http_get(params, S("kind")), S("tema"));
	CHECK_STR(http_get(params, S("id")), S("T2"));
	CHECK_OK(find(arena, HTTP_GET, S("/konto")));
	CHECK_INT(params.n, 0);
}

TEST(route_of_a_fixed_word_comes_before_a_name)
{
	CHECK_OK(find(arena, HTTP_GET, S("/netvaerk/nyt")));
	CHECK_STR(str_c(found->pattern), S("/netvaerk/nyt"));
	CHECK_OK(find(arena, HTTP_GET, S("/netvaerk/nyt2")));
	CHECK_STR(str_c(found->pattern), S("/netvaerk/{network}"));
}

TEST(route_of_no_address_is_none)
{
	static const char *const nowhere[] = {"", "x", "konto", "//", "/konto/",
	    "//konto", "/konto//", "/Konto", "/konto/x", "/netvaerk/",
	    "/netvaerk//plan", "/netvaerk/N/plan/", "/netvaerk/N/plan/x",
	    "/netvaerk/N/historik/tema", "/{network}", "/log-ind/link/",
	    "/log-ind/link/A/B", "/konto%2fsprog", "/konto?x"};
	for (ptrdiff_t i = 0; i < COUNT_OF(nowhere); i++)
		CHECK_INT(
		    find(arena, HTTP_GET, str_c(nowhere[i])), ERR_NOT_FOUND);
	CHECK_OK(find(arena, HTTP_GET, S("/")));
}

TEST(route_of_another_method_is_told_from_none)
{
	CHECK_INT(find(arena, HTTP_POST, S("/ordliste")), ERR_INVALID);
	CHECK_INT(find(arena, HTTP_GET, S("/log-ud")), ERR_INVALID);
	CHECK_INT(find(arena, HTTP_POST, S("/nowhere")), ERR_NOT_FOUND);
	CHECK_OK(find(arena, HTTP_HEAD, S("/ordliste"))); /* as GET */
	CHECK_INT(found->method, HTTP_GET);
	CHECK_INT(find(arena, HTTP_HEAD, S("/log-ud")), ERR_INVALID);
}

TEST_DB(route_of_another_method_is_answered_405)
{
	struct web w;
	web_new(&w, arena, db);
	struct reply r = web_get(&w, S("/log-ud"));
	CHECK_INT(r.status, 405);
	CHECK_STR(http_get(r.headers, S("Allow")), S("GET, HEAD, POST"));
	CHECK_INT(web_get(&w, S("/nowhere")).status, 404);
}

static ptrdiff_t
most_bytes(const struct route *r)
{
	if (r->page == page_import_send) /* a list of people */
		return IMPORT_BYTES;
	if (r->page == page_voices_import_send || /* what people said */
	    r->page == page_exchange_send) /* a conversation */
		return 20 * 1024 * 1024;
	if (r->page == page_round_import_send) /* choices, and their form */
		return ROUND_IMPORT_BYTES + 256 * 1024;
	if (r->page == page_book_import) /* a codebook, and its form */
		return QDC_BYTES + 160 * 1024;
	if (r->page == page_ballots_read || /* a pile of ballots on paper */
	    r->page == page_measure_in_form) /* a form of SurveyJS */
		return 1024 * 1024;
	if (r->page == page_measure_in_table) /* a table of answers */
		return 4 * 1024 * 1024;
	if (r->page == page_media_send) /* a photo in one form */
		return 8 * 1024 * 1024;
	if (r->page == page_media_piece || r->page == page_field_part)
		return MEDIA_PIECE + 8 * 1024;
	return 128 * 1024;
}

/* What is larger, or has a body where none belongs, is refused before it is
 * read. */
TEST(route_says_how_large_a_body_may_be)
{
	struct routes all = route_table();
	struct http_pair cookie = {S("cookie"), S("__Host-samskab=x")};
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct route *r = &all.list[i];
		struct http_request rq = {.arena = arena,
		    .method = r->method,
		    .headers = {&cookie, 1},
		    .path = filled(arena, r->pattern, S("VALUE"))};
		ptrdiff_t limit = route_body_limit(NULL, &rq);
		CHECK_INT(limit, r->method == HTTP_GET ? -1 : r->body_bytes);
		CHECK_MAX(limit, most_bytes(r));
		rq.headers.n = 0; /* a stranger's is not taken in */
		if (r->csrf == CSRF_TOKEN && r->body_bytes > 256 * 1024)
			CHECK_INT(route_body_limit(NULL, &rq), -2);
	}
	struct http_request nowhere = {
	    .arena = arena, .method = HTTP_POST, .path = S("/nowhere")};
	CHECK_INT(route_body_limit(NULL, &nowhere), -1);
}
