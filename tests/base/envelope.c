/* SPDX-License-Identifier: MPL-2.0 */

/* Boxes that anybody closes and one key opens.  That a browser's open here is
 * shown by tests/journeys/field.test.mjs. */
#include "base/envelope.h"

#include <string.h>

#include "tests/test.h"

TEST(envelope_opens_with_its_key_and_context_only)
{
	struct str plain;
	struct envelope_pair ours = envelope_pair_new(arena);
	struct envelope_pair other = envelope_pair_new(arena);
	CHECK_INT(ours.point.n, ENVELOPE_POINT);
	struct str box =
	    envelope_close(arena, ours.point, S("Bænken er væk."), S("en/0"));
	CHECK_INT(box.n, ENVELOPE_EXTRA + S("Bænken er væk.").n);
	CHECK(str_find(box, S("nken")) < 0);
	CHECK(envelope_open(arena, &ours, box, S("en/0"), &plain));
	CHECK_STR(plain, S("Bænken er væk."));
	CHECK(!envelope_open(arena, &ours, box, S("en/1"), &plain));
	CHECK(!envelope_open(arena, &other, box, S("en/0"), &plain));
}

TEST(envelope_of_nothing_is_one_and_two_of_the_same_differ)
{
	struct str plain;
	struct envelope_pair ours = envelope_pair_new(arena);
	struct str box = envelope_close(arena, ours.point, S(""), S(""));
	struct str again = envelope_close(arena, ours.point, S(""), S(""));
	CHECK(envelope_open(arena, &ours, box, S(""), &plain));
	CHECK_INT(plain.n, 0);
	CHECK(!str_eq(box, again));
}

TEST(envelope_that_was_touched_does_not_open)
{
	struct str plain;
	struct envelope_pair ours = envelope_pair_new(arena);
	struct str box = envelope_close(arena, ours.point, S("Ord"), S("x"));
	for (ptrdiff_t i = 0; i < box.n; i++) {
		struct str touched = str_dup(arena, box);
		((char *)(uintptr_t)touched.p)[i] ^= 1;
		CHECK(!envelope_open(arena, &ours, touched, S("x"), &plain));
		CHECK(!envelope_open(
		    arena, &ours, str_sub(box, 0, i), S("x"), &plain));
	}
	CHECK(envelope_open(arena, &ours, box, S("x"), &plain));
	CHECK_INT(envelope_close(arena, S("nothing"), S("x"), S("")).n, 0);
}
