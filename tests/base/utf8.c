/* SPDX-License-Identifier: MPL-2.0 */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/buf.h"
#include "tests/test.h"

TEST(text_is_well_formed_or_refused)
{
	static const struct str good[] = {S_INIT(""), S_INIT("abc\t\r\n"),
	    S_INIT("æøåÆØÅ€😀"), S_INIT("\u00a0"), S_INIT("e\u0301"),
	    S_INIT("\U0010fffd"), S_INIT("\u202e"), S_INIT("\ufeff")};
	static const struct str bad[] = {S_INIT("\x80"), S_INIT("a\xff"),
	    S_INIT("\xc3"), S_INIT("\xc3("), S_INIT("\xc0\x80"),
	    S_INIT("\xc1\xbf"), S_INIT("\xe0\x80\xaf"), S_INIT("\xed\xa0\x80"),
	    S_INIT("\xed\xbf\xbf"), S_INIT("\xf0\x80\x80\xaf"),
	    S_INIT("\xf4\x90\x80\x80"), S_INIT("\xf8\x88\x80\x80\x80"),
	    S_INIT("\0"), S_INIT("a\0b"), S_INIT("\x1b[31m"), S_INIT("\x7f"),
	    S_INIT("\x0b"), S_INIT("\xc2\x80"), S_INIT("\xc2\x9b")};
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++)
		CHECK(utf8_valid(good[i]));
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++)
		CHECK(!utf8_valid(bad[i]));
}

TEST(length_and_cut_count_code_points)
{
	CHECK_INT(utf8_length(S("")), 0);
	CHECK_INT(utf8_length(S("aæ€😀")), 4);
	CHECK_STR(utf8_cut(S("aæ€😀"), 3), S("aæ€"));
	CHECK_STR(utf8_cut(S("aæ€😀"), 4), S("aæ€😀"));
	CHECK_STR(utf8_cut(S("aæ€😀"), 99), S("aæ€😀"));
	CHECK_STR(utf8_cut(S("æ"), 0), S(""));
}

TEST(typed_and_pasted_letters_are_the_same)
{
	CHECK_STR(utf8_normal(arena, S("a\u030a")), S("å"));
	CHECK_STR(utf8_normal(arena, S("A\u030a og e\u0301")), S("Å og é"));
	CHECK_STR(utf8_normal(arena, S("\u212b")), S("Å")); /* ångström */
	CHECK_STR(utf8_normal(arena, S("æøå")), S("æøå"));
	CHECK_STR(utf8_normal(arena, S("a\r\nb\r\n")), S("a\nb\n"));
	CHECK_STR(utf8_normal(arena, S("æ\r\nø")), S("æ\nø"));
	CHECK_STR(utf8_normal(arena, S("a\rb\r\r\nc\n\r")), S("a\nb\n\nc\n\n"));
	CHECK_STR(utf8_normal(arena, S("")), S(""));
}

/* Else the same text would be another one after it was saved once more. */
TEST(what_is_normal_stays_as_it_is)
{
	static const struct str texts[] = {S_INIT("a\rb"), S_INIT("a\r\r\nb"),
	    S_INIT("æ\r"), S_INIT("\r\n\r"), S_INIT("\n\r")};
	static const struct str wanted[] = {S_INIT("a\nb"), S_INIT("a\n\nb"),
	    S_INIT("æ\n"), S_INIT("\n\n"), S_INIT("\n\n")};
	for (ptrdiff_t i = 0; i < COUNT_OF(texts); i++) {
		struct str once = utf8_normal(arena, texts[i]);
		CHECK_STR(once, wanted[i]);
		CHECK_STR(utf8_normal(arena, once), once);
	}
}

/* What the short cut of utf8_normal() stands on. */
TEST(below_the_combining_marks_every_text_is_normal)
{
	uint8_t text[4] = {'a'};
	for (ucs4_t c = 0x20; c <= 0x300; c++) {
		size_t n = 0, size = (size_t)u8_uctomb(text + 1, c, 3) + 1;
		uint8_t *same = u8_normalize(UNINORM_NFC, text, size, NULL, &n);
		CHECK((n == size && memcmp(same, text, n) == 0) == (c < 0x300));
		CHECK((text[1] < 0xcc) == (c < 0x300));
		free(same);
	}
	CHECK_STR(utf8_normal(arena, S("a\u0300")), S("à"));
}

TEST(what_cannot_be_seen_is_blank)
{
	static const struct str blank[] = {S_INIT(""), S_INIT(" \t\n"),
	    S_INIT("\u00a0"), S_INIT("\u200b\u200c\u200d"), S_INIT("\u2060"),
	    S_INIT("\ufeff"), S_INIT("\u00ad"), S_INIT("\u202e\u202c"),
	    S_INIT("\u2028\u2029"), S_INIT("\u3164"), S_INIT("\u2800"),
	    S_INIT("\U000e0041")};
	static const struct str seen[] = {S_INIT("a"), S_INIT("\u200b."),
	    S_INIT("\u0301"), S_INIT("å"), S_INIT("😀")};
	for (ptrdiff_t i = 0; i < COUNT_OF(blank); i++)
		CHECK(utf8_blank(blank[i]));
	for (ptrdiff_t i = 0; i < COUNT_OF(seen); i++)
		CHECK(!utf8_blank(seen[i]));
}

TEST(a_long_text_is_made_normal_in_linear_space)
{
	struct buf b = buf_new(arena, 1 << 20);
	for (int i = 0; i < 10000; i++)
		buf_add(&b, S("søster\r\n"));
	struct arena *a = arena_open(1 << 20);
	CHECK_INT(utf8_normal(a, buf_str(&b)).n, 10000 * 8);
	CHECK_MAX(arena_used(a), 2 * b.n);
	arena_close(a);
}

TEST(case_is_folded)
{
	CHECK_STR(utf8_fold(arena, S("ABC-1")), S("abc-1"));
	CHECK_STR(utf8_fold(arena, S("ÆØÅ É")), S("æøå é"));
	CHECK_STR(utf8_fold(arena, S("Straße")), S("strasse"));
	CHECK_STR(utf8_fold(arena, S("A\u030a")), S("å"));
	CHECK_STR(utf8_fold(arena, S("")), S(""));
}

static int
by_key(struct arena *a, const char *x, const char *y)
{
	return str_cmp(utf8_sort_key(a, str_c(x)), utf8_sort_key(a, str_c(y)));
}

/* Each before all that follow it; the end is what ICU's Danish gives (design
 * notes), the rest DS 377. */
TEST(danish_names_are_in_danish_order)
{
	static const char *const names[] = {"", " ", "1", "10", "2", "Adam",
	    "adam", "Ádám", "Ali", "Anders", "Andersen", "Bo", "Boe", "Bø",
	    "Carl", "Cæcilie", "Dorthe", "Dürer", "Eva", "Éva", "Evald", "Hans",
	    "Hans Peter", "Hansen", "Mette", "Müller", "Myrup", "Sørensen",
	    "Tue", "Zoe", "Ærø", "Östen", "Østerbro", "Øland", "Ørsted",
	    "Åbenrå", "Aabenraa", "Aage", "Aarhus"};
	/* ö is ø: Östen stands by its letters. */
	static const char *const fixed[] = {"Ærø", "Øland", "Ørsted", "Östen",
	    "Østerbro", "Åbenrå", "Aabenraa", "Aage", "Aarhus", "Åse"};
	for (ptrdiff_t i = 0; i < COUNT_OF(fixed); i++) {
		for (ptrdiff_t j = i + 1; j < COUNT_OF(fixed); j++)
			CHECK(by_key(arena, fixed[i], fixed[j]) < 0);
	}
	for (ptrdiff_t i = 0; i < 31; i++) {
		for (ptrdiff_t j = i + 1; j < 31; j++) {
			if (by_key(arena, names[i], names[j]) >= 0)
				print_message("%s, %s\n", names[i], names[j]);
			CHECK(by_key(arena, names[i], names[j]) < 0);
		}
	}
}

TEST(the_same_name_has_the_same_key)
{
	CHECK_INT(by_key(arena, "Åse", "Åse"), 0);
	CHECK(by_key(arena, "Åse", "Aase") < 0);
	CHECK(by_key(arena, "AASE", "Aase") != 0);
	/* Only where all letters are the same do accents and case count. */
	CHECK(by_key(arena, "Éva A", "Eva B") < 0);
	CHECK(by_key(arena, "aaB", "ÅC") < 0);
	CHECK(by_key(arena, "ÅB", "aac") < 0);
}

/* Several accents on one letter, one on a Danish letter, and one that no
 * letter of its own is made of: none comes before the next letter. */
TEST(accents_decide_last)
{
	CHECK(by_key(arena, "Nguyễn A", "Nguyen B") < 0);
	CHECK(by_key(arena, "Nguyễn", "Nguyo") < 0);
	CHECK(by_key(arena, "Bǿ A", "Bø B") < 0);
	CHECK(by_key(arena, "Bø A", "Bǿ B") < 0);
	CHECK(by_key(arena, "Bz", "Bǿ") < 0);
	CHECK(by_key(arena, "Bǽ", "Bø") < 0);
	CHECK(by_key(arena, "Bǻ A", "Bå B") < 0);
	CHECK(by_key(arena, "x\u0301 A", "x B") < 0);
	CHECK(by_key(arena, "x A", "x\u0301 A") < 0);
}

TEST(a_sort_key_of_the_longest_text_fits)
{
	struct buf b = buf_new(arena, 100000);
	for (int i = 0; i < 1000; i++)
		buf_add(&b, S("Aa\u0390ß€"));
	struct str key = utf8_sort_key(arena, buf_str(&b));
	CHECK(key.n > b.n);
	CHECK(str_ends(key, S("Å~\u0390ß€")));
}

static void
normal_and_folded(struct arena *a, void *arg)
{
	(void)arg;
	CHECK_STR(utf8_normal(a, S("a\u030a")), S("å"));
	CHECK_STR(utf8_fold(a, S("ÆBLE")), S("æble"));
}

/* What libunistring lent is given back also then. */
TEST(text_that_finds_the_arena_full_loses_nothing)
{
	CHECK_INT(test_allocations(normal_and_folded, NULL), 6);
}
