/* SPDX-License-Identifier: MPL-2.0 */
#include "base/secret.h"

#include <string.h>

#include "tests/test.h"

/* RFC 7693 and an independent implementation. */
TEST(hashes_are_blake2b_256)
{
	CHECK_STR(hash_hex(arena, hash_of(S(""))),
	    S("0e5751c026e543b2e8ab2eb06099daa1"
	      "d1e5df47778f7787faab45cdf12fe3a8"));
	CHECK_STR(hash_hex(arena, hash_of(S("abc"))),
	    S("bddd813c634239723171ef3fee98579b"
	      "94964e3bb1cb3e427262c8c068d52319"));
	struct key k;
	for (int i = 0; i < KEY_BYTES; i++)
		k.b[i] = (unsigned char)i;
	CHECK_STR(hash_hex(arena, hash_keyed(&k, S("abc"))),
	    S("d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7"
	      "f"));
	CHECK_INT(hash_bytes(arena, hash_of(S(""))).n, 32);
	CHECK(hash_eq(hash_of(S("a")), hash_of(S("a"))));
	CHECK(!hash_eq(hash_of(S("a")), hash_of(S("b"))));
}

TEST(derived_keys_differ_by_purpose)
{
	struct key k = key_new();
	struct key a = key_derive(&k, S("csrf")), b = key_derive(&k, S("mail"));
	struct key again = key_derive(&k, S("csrf"));
	CHECK(memcmp(&a, &b, sizeof a) != 0);
	CHECK(memcmp(&a, &k, sizeof a) != 0);
	CHECK(memcmp(&a, &again, sizeof a) == 0);
}

TEST(tokens_are_26_letters_of_base32_and_never_the_same)
{
	struct str last = token_new(arena);
	int seen[128] = {0};
	for (int i = 0; i < 2000; i++) {
		struct str t = token_new(arena);
		CHECK_INT(t.n, 26);
		CHECK(!str_eq(t, last));
		CHECK_STR(token_normal(arena, t), t);
		for (ptrdiff_t j = 0; j < t.n; j++)
			seen[(int)t.p[j]]++;
		last = t;
	}
	int letters = 0;
	for (int i = 0; i < 128; i++)
		letters += seen[i] > 0;
	CHECK_INT(letters, 32);
	CHECK_INT(seen['I'] + seen['L'] + seen['O'] + seen['U'], 0);
}

TEST(typed_tokens_are_forgiven)
{
	struct str t = S("0123456789ABCDEFGHJKMNPQRS");
	CHECK_STR(token_normal(arena, S("0123456789abcdefghjkmnpqrs")), t);
	CHECK_STR(token_normal(arena, S("oi23456789ABCDEFGHJKMNPQRS")), t);
	CHECK_STR(token_normal(arena, S("OL23456789ABCDEFGHJKMNPQRS")), t);
	CHECK_STR(token_normal(arena, token_groups(arena, t)), t);
	CHECK_STR(
	    token_normal(arena, S(" 0123 4567-89AB CDEF GHJK MNPQ RS \n")), t);
	CHECK_STR(
	    token_groups(arena, t), S("0123-4567-89AB-CDEF-GHJK-MNPQ-RS"));
}

TEST(what_cannot_be_a_token_is_empty)
{
	static const char *const bad[] = {"", "-", "0123456789ABCDEFGHJKMNPQR",
	    "0123456789ABCDEFGHJKMNPQRST", "U123456789ABCDEFGHJKMNPQRS",
	    "0123456789ABCDEFGHJKMNPQR!", "0123456789ABCDEFGHJKMNPQRæ",
	    "0123456789\tABCDEFGHJKMNPQRS"};
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++)
		CHECK_INT(token_normal(arena, str_c(bad[i])).n, 0);
	CHECK_INT(token_normal(arena, S("0123456789ABC\0EFGHJKMNPQRS")).n, 0);
}

TEST(a_box_opens_with_its_key_and_context_only)
{
	struct key k = key_new(), other = key_new();
	struct str plain;
	struct str box = seal(arena, &k, S("hemmeligt"), S("org/1"));
	CHECK_INT(box.n, 9 + SEAL_EXTRA);
	CHECK_INT(str_find(box, S("hemmeligt")), -1);
	CHECK(seal_open(arena, &k, box, S("org/1"), &plain));
	CHECK_STR(plain, S("hemmeligt"));
	CHECK(!seal_open(arena, &k, box, S("org/2"), &plain));
	CHECK(!seal_open(arena, &other, box, S("org/1"), &plain));
	CHECK(!seal_open(arena, &k, S(""), S("org/1"), &plain));
	CHECK(!seal_open(
	    arena, &k, str_sub(box, 0, box.n - 1), S("org/1"), &plain));
	struct str again = seal(arena, &k, S("hemmeligt"), S("org/1"));
	CHECK(!str_eq(box, again)); /* another nonce */
	struct str empty = seal(arena, &k, S(""), S(""));
	CHECK(seal_open(arena, &k, empty, S(""), &plain));
	CHECK_INT(plain.n, 0);
}

TEST(every_changed_bit_of_a_box_is_noticed)
{
	struct key k = key_new();
	struct str box = seal(arena, &k, S("abc"), S("c"));
	for (ptrdiff_t i = 0; i < box.n * 8; i++) {
		struct str bad = str_dup(arena, box), plain;
		((char *)(uintptr_t)bad.p)[i / 8] ^= (char)(1 << i % 8);
		CHECK(!seal_open(arena, &k, bad, S("c"), &plain));
	}
}

/* RFC 4648 section 10. */
TEST(base32_is_that_of_the_rfc)
{
	static const char *const cases[][2] = {{"", ""}, {"f", "MY"},
	    {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"},
	    {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_STR(
		    base32(arena, str_c(cases[i][0])), str_c(cases[i][1]));
}

/* As token_new() writes them, and so taken as typed. */
TEST(token_of_a_hash_is_the_same_each_time)
{
	struct hash h = hash_of(S("a form"));
	struct str token = token_of(arena, h);
	CHECK_STR(token_of(arena, h), token);
	CHECK_STR(token_normal(arena, token), token);
	CHECK(!str_eq(token_of(arena, hash_of(S("another"))), token));
}

/* RFC 4231, 4.3 */
TEST(hmac_is_what_others_reckon)
{
	CHECK_STR(hmac_sha256_hex(
		      arena, S("Jefe"), S("what do ya want for nothing?")),
	    S("5bdcc146bf60754e6a042426089575c7"
	      "5a003f089d2739839dec58b964ec3843"));
}
