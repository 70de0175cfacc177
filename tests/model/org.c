/* SPDX-License-Identifier: MPL-2.0 */

/* Organisations of one installation, and which of them a host name means.
 * What that is to their pages is tests/web/orgs.c. */
#include "model/org.h"

#include "base/buf.h"
#include "base/rand.h"
#include "tests/model/fixture.h"

/* ---- host names ---- */

TEST(org_host_is_a_name_alone)
{
	static const char *const good[] = {"samskab.fjordby.dk", "a", "1",
	    "xn--rdgrd-vuad.dk", "a-b.c-d", "127.0.0.1"};
	static const char *const bad[] = {"", ".", "-", ".dk", "-a.dk", "a..dk",
	    "A.dk", "a.dk:80", "a.dk/", "http://a.dk", "a b.dk", "æ.dk",
	    "a_b.dk", "[::1]", "a.dk\n"};
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++)
		CHECK(org_host_ok(str_c(good[i])));
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++)
		CHECK(!org_host_ok(str_c(bad[i])));
}

/* RFC 1035: 253 characters as text. */
TEST(org_host_has_an_end)
{
	struct buf b = buf_new(arena, 300);
	while (b.n < 252)
		buf_add(&b, S("a."));
	buf_add(&b, S("a"));
	CHECK_INT(b.n, 253);
	CHECK(org_host_ok(buf_str(&b)));
	buf_add(&b, S("a"));
	CHECK(!org_host_ok(buf_str(&b)));
}

static struct org some[] = {
    {.id = {{1}}, .short_code = S_INIT("AAAA"), .host = S_INIT("")},
    {.id = {{2}}, .short_code = S_INIT("BBBB"), .host = S_INIT("samskab.b.dk")},
    {.id = {{3}}, .short_code = S_INIT("CCCC"), .host = S_INIT("samskab.c.dk")},
};

static const struct org *
by_host(int from, int n, const char *host)
{
	struct orgs orgs = {some + from, n};
	return org_by_host(&orgs, str_c(host));
}

TEST(org_by_host_is_whose_it_is)
{
	CHECK(by_host(0, 3, "samskab.b.dk") == &some[1]);
	CHECK(by_host(0, 3, "Samskab.C.DK") == &some[2]);
	/* not a part of it, nor what it is a part of */
	CHECK(by_host(1, 2, "b.dk") == NULL);
	CHECK(by_host(1, 2, "samskab.b.dk.evil.example") == NULL);
	CHECK(by_host(1, 2, "x.samskab.b.dk") == NULL);
	CHECK(by_host(1, 2, "samskab.b.dk.") == NULL);
}

TEST(org_by_host_of_no_one_is_the_one_for_any)
{
	CHECK(by_host(0, 3, "127.0.0.1") == &some[0]);
	CHECK(by_host(0, 3, "") == &some[0]);
	CHECK(by_host(1, 2, "127.0.0.1") == NULL);
	CHECK(by_host(1, 2, "") == NULL);
	/* The only one answers to every name. */
	CHECK(by_host(1, 1, "127.0.0.1") == &some[1]);
	CHECK(by_host(0, 0, "127.0.0.1") == NULL);
}

TEST(org_is_found_by_id_and_short_code)
{
	struct orgs orgs = {some, COUNT_OF(some)};
	CHECK(org_by_id(&orgs, some[2].id) == &some[2]);
	CHECK(org_by_short(&orgs, S("BBBB")) == &some[1]);
	CHECK(org_by_short(&orgs, S("bbbb")) == NULL);
	CHECK(org_by_short(&orgs, S("")) == NULL);
}

/* ---- in the database ---- */

TEST_DB(orgs_are_listed_with_what_they_were_made_with)
{
	struct orgs all;
	struct org young = {.id = id_new(NOW_US),
	    .host = S("samskab.ø.dk"),
	    .name = S("Ærø"),
	    .contact = S("borger@aeroe.example")};
	struct org old = {
	    .id = id_new(NOW_US), .short_code = S("FJBY"), .name = S("F")};
	CHECK_OK(org_list(db, arena, &all));
	CHECK_INT(all.n, 0);
	CHECK_OK(org_create(db, arena, young, NOW_US));
	CHECK_OK(org_create(db, arena, old, NOW_US - DAY_US));
	CHECK_OK(org_list(db, arena, &all));
	CHECK_INT(all.n, 2);
	CHECK(id_eq(all.list[0].id, old.id)); /* the eldest first */
	CHECK_STR(all.list[0].short_code, S("FJBY"));
	CHECK_STR(all.list[0].host, S(""));
	CHECK_STR(all.list[1].name, S("Ærø"));
	CHECK_STR(all.list[1].host, S("samskab.ø.dk"));
	CHECK_STR(all.list[1].contact, S("borger@aeroe.example"));
	CHECK_INT(org_create(db, arena, old, NOW_US), ERR_CONFLICT);
}

static struct str
code_of_new_one(struct arena *a, struct db *db)
{
	struct orgs all;
	static int64_t n;
	struct org org = {.id = id_new(NOW_US), .name = S("X")};
	CHECK_OK(org_create(db, a, org, NOW_US + n++));
	CHECK_OK(org_list(db, a, &all));
	return all.list[all.n - 1].short_code;
}

/* It leads cookies and what is typed from paper: four letters that are not
 * taken for one another. */
TEST_DB(org_short_code_is_four_plain_letters)
{
	for (int i = 0; i < 20; i++) {
		struct str code = code_of_new_one(arena, db);
		CHECK_INT(code.n, 4);
		for (ptrdiff_t c = 0; c < 4; c++)
			CHECK(
			    str_find_byte(S("0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
				code.p[c]) >= 0);
	}
}

/* The same chance comes again: the second takes what comes after it. */
TEST_DB(org_short_code_is_its_own)
{
	struct id id = id_new(NOW_US);
	rand_fix(0x5eed);
	(void)id_new(NOW_US); /* as code_of_new_one() begins */
	struct str chance = str_sub(token_new(arena), 0, 4);
	rand_fix(0x5eed);
	struct str one = code_of_new_one(arena, db);
	rand_fix(0x5eed);
	struct org two = {.id = id, .name = S("Y")};
	(void)id_new(NOW_US);
	CHECK_OK(org_create(db, arena, two, NOW_US + SECOND_US));
	rand_fix(0);
	struct orgs all;
	CHECK_OK(org_list(db, arena, &all));
	CHECK_STR(one, chance);
	CHECK_INT(all.n, 2);
	CHECK(!str_eq(all.list[1].short_code, one));
}
