/* SPDX-License-Identifier: MPL-2.0 */

/* The embedded assets: what the tool makes of planted files, and the table
 * that is in the program. */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/secret.h"
#include "tests/tools/run.h"
#include "web/assets.h"

static struct run_result
embed(struct arena *a, struct str dir, struct str css, struct str list)
{
	return RUN(a, "build/tools/embed", "--assets",
	    path_in(a, dir, "assets.c"), write_in(a, dir, "npm.list", list),
	    write_in(a, dir, "a.css", css),
	    write_in(a, dir, "b.svg", S("<svg></svg>")));
}

TEST(a_style_sheet_points_to_the_address_of_what_it_needs)
{
	struct str dir = test_dir(arena);
	struct run_result r = embed(arena, dir,
	    S("/* url(x) */ p { a: url(b.svg); b: url('b.svg') "
	      "c: url(data:,x) d: url(\"#e\") }"),
	    S("# nothing\n"));
	CHECK_STR(r.out, S(""));
	CHECK_INT(r.status, 0);
	struct str code = test_file(arena, path_in(arena, dir, "assets.c"));
	struct str hash =
	    str_sub(hash_hex(arena, hash_of(S("<svg></svg>"))), 0, 12);
	struct str name = str_fmt(arena, "b.%.*s.svg", STR_ARG(hash));
	CHECK_HAS(code, str_fmt(arena, "\"%.*s\"", STR_ARG(name)));
	CHECK_HAS(code, str_fmt(arena, "/assets/%.*s", STR_ARG(name)));
	CHECK_HAS(code, S("/* url(x) */"));
	CHECK_HAS(code, S("url(\\\"data:,x\\\")"));
	CHECK_HAS(code, S("assets_n = 2"));
}

TEST(an_address_changes_with_the_bytes)
{
	struct str dir = test_dir(arena);
	embed(arena, dir, S("p{}"), S(""));
	struct str one = test_file(arena, path_in(arena, dir, "assets.c"));
	embed(arena, dir, S("p{}"), S(""));
	CHECK_STR(test_file(arena, path_in(arena, dir, "assets.c")), one);
	embed(arena, dir, S("b{}"), S(""));
	struct str other = test_file(arena, path_in(arena, dir, "assets.c"));
	struct str of_one = str_sub(hash_hex(arena, hash_of(S("p{}"))), 0, 12);
	CHECK_HAS(one, of_one);
	CHECK_LACKS(other, of_one);
}

TEST(what_a_page_may_not_load_is_refused)
{
	static const char *const bad[][2] = {
	    {"\np { a: url(https://example.org/x.png) }", "a.css:2: "},
	    {"p { a: url(missing.svg) }", "a.css:1: url(missing.svg)"},
	    {"p { a: url(../img/b.svg) }", "a.css:1: "},
	    {"p { a: url(//example.org/x) }", "a.css:1: "},
	    {"p { a: url(b.svg", "a.css:1: url( is not closed"},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		struct run_result r =
		    embed(arena, test_dir(arena), str_c(bad[i][0]), S(""));
		CHECK_HAS(r.out, str_c(bad[i][1]));
		CHECK_INT(r.status, 2);
	}
}

TEST(a_list_that_is_wrong_is_refused_with_its_line)
{
	struct str dir = test_dir(arena);
	struct run_result r =
	    embed(arena, dir, S("p{}"), S("# a\nno/such -> x.css\n"));
	CHECK_HAS(r.out, S("npm.list:2: no/such cannot be read"));
	CHECK_INT(r.status, 2);
	r = embed(arena, dir, S("p{}"), S("only a word\n"));
	CHECK_HAS(r.out, S("npm.list:1: PATH -> NAME"));
	CHECK_INT(r.status, 2);
	struct str twice =
	    str_fmt(arena, "%s -> b.svg\n", path_in(arena, dir, "b.svg"));
	r = embed(arena, dir, S("p{}"), twice);
	CHECK_HAS(r.out, S("b.svg is there already"));
	CHECK_INT(r.status, 2);
	write_in(arena, dir, "c.exe", S("MZ"));
	r = RUN(arena, "build/tools/embed", "--assets",
	    path_in(arena, dir, "o.c"), path_in(arena, dir, "npm.list"),
	    path_in(arena, dir, "c.exe"));
	CHECK_INT(r.status, 2);
}

/* ---- the table in the program ----------------------------------------- */

static struct str
unpacked(struct arena *a, struct str gzip, ptrdiff_t n)
{
	z_stream z = {0};
	char *out = arena_new(a, char, n + 1);
	CHECK(inflateInit2(&z, 15 + 16) == Z_OK);
	z.next_in = (Bytef *)(uintptr_t)gzip.p;
	z.avail_in = (uInt)gzip.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)n + 1;
	CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
	ptrdiff_t got = (ptrdiff_t)z.total_out;
	inflateEnd(&z);
	return (struct str){out, got};
}

TEST(every_asset_is_found_by_its_address_and_packs_to_itself)
{
	CHECK(assets_n >= 3);
	for (ptrdiff_t i = 0; i < assets_n; i++) {
		const struct asset *f = &assets[i];
		CHECK(asset_find(f->url_name) == f);
		CHECK_STR(asset_url(f->name), f->url);
		CHECK_STR(f->url, str_cat(arena, S("/assets/"), f->url_name));
		CHECK_HAS(f->url_name,
		    str_sub(hash_hex(arena, hash_of(f->bytes)), 0, 12));
		if (f->gzip.n > 0)
			CHECK(str_eq(
			    unpacked(arena, f->gzip, f->bytes.n), f->bytes));
	}
	CHECK(asset_find(S("app.css")) == NULL);
	CHECK(asset_find(S("")) == NULL);
	CHECK(asset_find(S("../app.css")) == NULL);
}

TEST(style_sheets_and_scripts_are_packed_and_fonts_are_not)
{
	for (ptrdiff_t i = 0; i < assets_n; i++) {
		const struct asset *f = &assets[i];
		bool text =
		    str_ends(f->name, S(".css")) || str_ends(f->name, S(".js"));
		if (text)
			CHECK(f->gzip.n > 0 && f->gzip.n < f->bytes.n);
		if (str_ends(f->name, S(".woff2")))
			CHECK_INT(f->gzip.n, 0);
	}
}
