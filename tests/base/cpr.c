/* SPDX-License-Identifier: MPL-2.0 */

/* The finder of civil registration numbers.  Every number here is of a birth
 * from 2045 to 2057 (seventh digit 5 to 8), which nobody living has. */
#include "base/cpr.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "tests/test.h"

enum { DIGITS_BYTES = 32 /* as many as the compiler fears */ };

/* What is drawn is the same in every run. */
static uint64_t
draw(uint64_t *state, uint64_t below)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (*state >> 33) % below;
}

static bool
passes_modulus_11(const char digits[10])
{
	static const int weight[] = {4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
	int sum = 0;
	for (int i = 0; i < 10; i++)
		sum += weight[i] * (digits[i] - '0');
	return sum % 11 == 0;
}

/* Ten digits; every third of a 1 January, every second fails modulus 11. */
static void
draw_number(uint64_t *state, int i, char digits[DIGITS_BYTES])
{
	int64_t first = date_days((struct date){2045, 1, 1});
	do {
		struct date d =
		    date_from_days(first + (int64_t)draw(state, 13 * 365));
		if (i % 3 == 0)
			d.day = d.month = 1;
		snprintf(digits, DIGITS_BYTES, "%02d%02d%02d%d%03d", d.day,
		    d.month, d.year % 100, 5 + (int)draw(state, 4),
		    (int)draw(state, 1000));
	} while (passes_modulus_11(digits) != (i % 2 == 0));
}

static struct str
wide(struct arena *a, const char *digits)
{
	struct buf b = buf_new(a, 64);
	for (; *digits != '\0'; digits++)
		buf_fmt(&b, "\xEF\xBC%c", 0x90 + *digits - '0');
	return buf_str(&b);
}

/* The number as people write it, in one of many ways. */
static struct str
written(struct arena *a, uint64_t *state, const char *d)
{
	static const char *const between[] = {"", "-", " ", "\xC2\xA0", "–",
	    ".", "\n", " - ", "\r\n", "-\n", "\xE2\x80\x91", " – "};
	static const char *const inner[] = {".", " ", "-"};
	const char *sep = between[draw(state, COUNT_OF(between))];
	switch (draw(state, 6)) {
	case 0:
		return wide(a, d);
	case 1: {
		const char *dot = inner[draw(state, COUNT_OF(inner))];
		return str_fmt(a, "%.2s%s%.2s%s%.2s%s%s", d, dot, d + 2, dot,
		    d + 4, sep, d + 6);
	}
	default:
		return str_fmt(a, "%.6s%s%s", d, sep, d + 6);
	}
}

TEST(cpr_finds_995_of_1000)
{
	static const char *const around[][2] = {{"", ""}, {"CPR: ", "."},
	    {"Karen, ", ", bor i Fjordby"}, {"cpr", " "}, {"(", ")"},
	    {"2 børn: ", " og et til"}, {"Født i Ærø\n", "\n"},
	    {"/filer/", ".pdf"}, {"\"", "\";"}, {"nr.", "?"}};
	uint64_t state = 1;
	int found = 0, failing = 0, january = 0;
	for (int i = 0; i < 2000; i++) {
		char d[DIGITS_BYTES];
		draw_number(&state, i, d);
		failing += !passes_modulus_11(d);
		january += strncmp(d, "0101", 4) == 0;
		struct str number = written(arena, &state, d);
		const char *const *frame =
		    around[draw(&state, COUNT_OF(around))];
		struct str text =
		    STR_JOIN(arena, str_c(frame[0]), number, str_c(frame[1]));
		found += str_eq(cpr_find(text), number);
	}
	CHECK_INT(failing, 1000);
	CHECK(january > 600);
	CHECK(found >= 1990);
}

/* `form` with each # a digit and each @ a digit that a number can begin with. */
static struct str
filled(struct arena *a, uint64_t *state, const char *form)
{
	struct buf b = buf_new(a, 512);
	struct date d = date_from_days((int64_t)draw(state, 30000));
	for (; *form != '\0'; form++) {
		if (*form == '#')
			buf_byte(&b, (char)('0' + draw(state, 10)));
		else if (*form == '@')
			buf_byte(&b, (char)('2' + draw(state, 8)));
		else if (*form == 'D')
			buf_fmt(&b, "%02d", d.day);
		else if (*form == 'M')
			buf_fmt(&b, "%02d", d.month);
		else if (*form == 'Y')
			buf_fmt(&b, "%d", d.year);
		else if (*form == 'y')
			buf_fmt(&b, "%02d", d.year % 100);
		else
			buf_byte(&b, *form);
	}
	return buf_str(&b);
}

TEST(cpr_leaves_other_numbers_alone)
{
	static const char *const forms[] = {"ring på @# ## ## ## i morgen",
	    "tlf. @#######", "tlf. +45 @# ## ## ##", "+45@#######",
	    "0045 @#######", "mobil @# ## ## ##, fast @# ## ## ##",
	    "@# ## ## ## 9000 by", "virksomhed med cvr ########",
	    "cvr-nr. ## ## ## ##", "ean 5790000######",
	    "ean 57 98 00 ## ## ## #", "ean 5798 00## #### #",
	    "mødet den D.M.Y kl. 14.30", "fra D.M.y til D.M.y", "senest Y-M-D",
	    "DMY", "den D/M Y klokken 10-12", "sag Y-######",
	    "sag Y-00####-####", "sagsnr. ##/#####", "kle 27.03.00-p20-#-##",
	    "j.nr. Y - #####", "budget: ###.### kr.",
	    "12.500 kr. i Y og 1.###.### kr. i alt", "postnr. #### og ####",
	    "side ##-##, bilag ###", "iban dk## #### #### #### ##",
	    "D.M.y kl. ##.##: ## kom, ## blev væk", "version #.#.##",
	    "målepunkt 571313##########", "Ydm-#", "spor Y/####/####"};
	uint64_t state = 2;
	int alarms = 0;
	for (int i = 0; i < 2000; i++) {
		struct buf b = buf_new(arena, 4096);
		for (int part = 0; part < 3; part++) {
			buf_add(&b, S("Vi aftalte, at naboerne kan komme: "));
			buf_add(&b,
			    filled(arena, &state,
				forms[draw(&state, COUNT_OF(forms))]));
			buf_add(&b, S(". "));
		}
		alarms += cpr_find(buf_str(&b)).n > 0;
	}
	CHECK_MAX(alarms, 20);
}

/* Case 82: each way of writing one. */
TEST(cpr_is_found_however_it_is_written)
{
	static const struct str cases[] = {S_INIT("0101505678"),
	    S_INIT("010150-5678"), S_INIT("010150 5678"),
	    S_INIT("010150\xC2\xA0"
		   "5678"),
	    S_INIT("010150–5678"), S_INIT("01.01.50-5678"),
	    S_INIT("01.01.50.5678"), S_INIT("010150\n5678"),
	    S_INIT("010150-\r\n5678"), S_INIT("０１０１５０-５６７８"),
	    S_INIT("01 01 50 5678"), S_INIT("x010150-5678_1.pdf"),
	    S_INIT("/p?cpr=0101505678&x=1"), S_INIT("310157-8000"),
	    S_INIT("010150-5678 010151-5678")};
	static const struct str others[] = {S_INIT(""), S_INIT("010150"),
	    S_INIT("310650-5678"), S_INIT("011350-5678"), S_INIT("000150-5678"),
	    S_INIT("10101505678"), S_INIT("01015056789"),
	    S_INIT("2026-010150-5678"), S_INIT("010150-5678-1"),
	    S_INIT("+0101505678"), S_INIT("01.01-50-5678"),
	    S_INIT("20 31 10 45 9000"), S_INIT("010150     5678"),
	    S_INIT("\xEF\xBC")};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++)
		CHECK(cpr_find(cases[i]).n > 0);
	for (ptrdiff_t i = 0; i < COUNT_OF(others); i++)
		CHECK(cpr_find(others[i]).n == 0);
}

/* 2048 has a 29 February, 2045 and 1900 have none. */
TEST(cpr_dates_are_of_the_century_of_the_seventh_digit)
{
	CHECK(cpr_find(S("290248-5000")).n > 0);
	CHECK(cpr_find(S("290245-5000")).n == 0);
	CHECK(cpr_find(S("290200-0000")).n == 0);
}

TEST(cpr_is_masked_with_its_birthday)
{
	CHECK_STR(cpr_mask(arena, S("Bo 010150-5678, 01 01 50 5678.")),
	    S("Bo xxxxxx-xxxx, xxxxxx-xxxx."));
	CHECK_STR(cpr_mask(arena, S("0101505678 0101515678")),
	    S("xxxxxx-xxxx xxxxxx-xxxx"));
	CHECK_STR(
	    cpr_mask(arena, S("Ring 20 30 40 50")), S("Ring 20 30 40 50"));
}
