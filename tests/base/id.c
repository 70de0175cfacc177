/* SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"

#include <string.h>

#include "base/err.h"
#include "base/rand.h"
#include "tests/test.h"

static const int64_t NOW = INT64_C(1795507200123456); /* 2026-11-24, us */

TEST(an_id_has_the_bits_of_rfc_9562)
{
	for (int i = 0; i < 1000; i++) {
		struct id id = id_new(NOW + i * 137);
		uint64_t ms = 0;
		for (int b = 0; b < 6; b++)
			ms = ms << 8 | id.b[b];
		CHECK_INT(ms, (NOW + i * 137) / 1000);
		CHECK_INT(id.b[6] >> 4, 7); /* version */
		CHECK_INT(id.b[8] >> 6, 2); /* variant */
	}
}

TEST(ids_sort_by_the_time_they_were_made)
{
	struct id last = id_new(NOW);
	for (int i = 1; i < 5000; i++) {
		struct id next = id_new(NOW + i);
		CHECK(id_cmp(last, next) < 0);
		struct str a = id_text(arena, last), b = id_text(arena, next);
		CHECK(str_cmp(a, b) < 0);
		last = next;
	}
}

TEST(ids_of_the_same_moment_differ)
{
	struct id one = id_new(NOW);
	for (int i = 0; i < 1000; i++)
		CHECK(!id_eq(one, id_new(NOW)));
}

TEST(an_id_is_text_and_back)
{
	struct id id = id_new(NOW), back;
	struct str text = id_text(arena, id);
	CHECK_INT(text.n, 36);
	CHECK(id_parse(text, &back));
	CHECK(id_eq(id, back));
	CHECK(id_parse(S("01936F5E-ABCD-7EF0-8123-456789ABCDEF"), &back));
	CHECK_STR(
	    id_text(arena, back), S("01936f5e-abcd-7ef0-8123-456789abcdef"));
	CHECK(id_is_set(back));
	CHECK(!id_is_set((struct id){{0}}));
}

TEST(what_is_no_id_is_refused)
{
	static const char *const bad[] = {"", "x",
	    "01936f5e-abcd-7ef0-8123-456789abcde",
	    "01936f5e-abcd-7ef0-8123-456789abcdef0",
	    "01936f5eabcd7ef08123456789abcdef",
	    "01936f5e-abcd-7ef0-8123-456789abcdeg",
	    "01936f5e+abcd-7ef0-8123-456789abcdef",
	    "01936f5e-abcd-7ef0-8123-456789abcde ",
	    "{1936f5e-abcd-7ef0-8123-456789abcde}",
	    "-1936f5e-abcd-7ef0-8123-456789abcdef"};
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		struct id id = {{9}};
		CHECK(!id_parse(str_c(bad[i]), &id));
		CHECK_INT(id.b[0], 9);
	}
}

/* ---- where ids and secrets come from ---------------------------------- */

TEST(tests_can_choose_the_stream)
{
	unsigned char a[100], b[100];
	rand_fix(42);
	rand_bytes(a, sizeof a);
	rand_fix(42);
	rand_bytes(b, sizeof b);
	rand_fix(0);
	CHECK(memcmp(a, b, sizeof a) == 0);
	rand_bytes(b, sizeof b);
	CHECK(memcmp(a, b, sizeof a) != 0);
}

TEST(random_bytes_fill_every_length)
{
	for (int n = 1; n < 1000; n += 37) {
		unsigned char bytes[1001] = {0};
		int zero = 0;
		rand_bytes(bytes, n);
		CHECK_INT(bytes[n], 0);
		for (int i = 0; i < n; i++)
			zero += bytes[i] == 0;
		CHECK_MAX(zero, 4 + n / 32);
	}
}

TEST(every_outcome_has_a_name)
{
	for (int i = ERR_OK; i <= ERR_INTERNAL; i++) {
		struct str name = str_c(err_name((enum err)i));
		CHECK(name.n > 0 && !str_eq(name, S("unknown")));
	}
	CHECK_STR(str_c(err_name(ERR_NOT_FOUND)), S("not_found"));
}
