/* SPDX-License-Identifier: MPL-2.0 */
#include "base/lang.h"

#include "base/messages.h"
#include "tests/test.h"

TEST(the_tables_are_sorted_and_whole)
{
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const struct message_table *t = &message_tables[lang];
		for (ptrdiff_t i = 0; i < t->n; i++) {
			CHECK(t->p[i].id.n > 0 && t->p[i].text[0].n > 0);
			CHECK(i == 0 ||
			    message_cmp(t->p[i - 1].id, t->p[i].id) < 0);
		}
	}
	CHECK(message_tables[LANG_DA].n > 100);
}

TEST(every_message_is_found)
{
	const struct message_table *t = &message_tables[LANG_DA];
	for (ptrdiff_t i = 0; i < t->n; i++)
		CHECK_STR(
		    tr(LANG_DA, str_cstr(arena, t->p[i].id)), t->p[i].text[0]);
}

TEST(messages_are_translated)
{
	CHECK_STR(tr(LANG_DA, "Sign in"), S("Log ind"));
	CHECK_STR(tr(LANG_EN, "Sign in"), S("Sign in"));
	CHECK_STR(tr(LANG_DA, "no such message"), S("no such message"));
	CHECK_STR(tr(LANG_DA, ""), S(""));
}

/* The rule of both languages: the first form for 1 and nothing else. */
TEST(plural_forms_follow_the_number)
{
	for (int64_t n = -3; n < 120; n++) {
		struct str want = n == 1 ? S("%1 x") : S("%1 xs");
		CHECK_STR(trn(LANG_DA, "%1 x", "%1 xs", n), want);
		CHECK_STR(trn(LANG_EN, "%1 x", "%1 xs", n), want);
	}
	const struct message_table *t = &message_tables[LANG_DA];
	for (ptrdiff_t i = 0; i < t->n; i++) {
		if (t->p[i].text[1].n == 0)
			continue;
		const char *one = str_cstr(arena, t->p[i].id);
		CHECK_STR(trn(LANG_DA, one, "x", 1), t->p[i].text[0]);
		CHECK_STR(trn(LANG_DA, one, "x", 0), t->p[i].text[1]);
		CHECK_STR(trn(LANG_DA, one, "x", 21), t->p[i].text[1]);
	}
}

TEST(texts_are_filled_in)
{
	struct str args[] = {S_INIT("en"), S_INIT("%1"), S_INIT("")};
	CHECK_STR(tr_fill(arena, S("%2 og %1"), args, 2), S("%1 og en"));
	CHECK_STR(tr_fill(arena, S("%1%1"), args, 2), S("enen"));
	CHECK_STR(tr_fill(arena, S("[%3]"), args, 3), S("[]"));
	CHECK_STR(
	    tr_fill(arena, S("%4 %0 %% %x %"), args, 3), S("%4 %0 %% %x %"));
	CHECK_STR(tr_fill(arena, S("100 %"), args, 1), S("100 %"));
	CHECK_STR(tr_fill(arena, S(""), args, 3), S(""));
	CHECK_STR(tr_fill(arena, S("%1"), NULL, 0), S("%1"));
}

TEST(dates_are_written_as_people_do)
{
	struct date d = {2026, 11, 4};
	CHECK_STR(lang_date(arena, LANG_DA, d), S("4. november 2026"));
	CHECK_STR(lang_date(arena, LANG_EN, d), S("4 November 2026"));
	CHECK_STR(lang_date(arena, LANG_DA, (struct date){0}), S(""));
	CHECK_STR(lang_date(arena, LANG_DA, (struct date){2027, 5, 31}),
	    S("31. maj 2027"));
}

TEST(times_are_danish_time)
{
	int64_t winter =
	    date_us((struct date){2026, 11, 24}) + 8 * HOUR_US + 5 * MINUTE_US;
	int64_t summer = date_us((struct date){2026, 7, 31}) + 22 * HOUR_US;
	CHECK_STR(
	    lang_time(arena, LANG_DA, winter), S("24. november 2026 kl. 9.05"));
	CHECK_STR(
	    lang_time(arena, LANG_EN, winter), S("24 November 2026, 09:05"));
	CHECK_STR(
	    lang_time(arena, LANG_DA, summer), S("1. august 2026 kl. 0.00"));
}

TEST(numbers_are_grouped)
{
	CHECK_STR(lang_int(arena, LANG_DA, 0), S("0"));
	CHECK_STR(lang_int(arena, LANG_DA, 999), S("999"));
	CHECK_STR(lang_int(arena, LANG_DA, 1000), S("1.000"));
	CHECK_STR(lang_int(arena, LANG_EN, 12345), S("12,345"));
	CHECK_STR(lang_int(arena, LANG_EN, -123456), S("-123,456"));
	CHECK_STR(lang_int(arena, LANG_DA, INT64_MIN),
	    S("-9.223.372.036.854.775.808"));
}

TEST(languages_have_codes)
{
	CHECK_STR(lang_code(LANG_DA), S("da"));
	CHECK_STR(lang_code(LANG_EN), S("en"));
	CHECK_INT(lang_parse(S("da-DK"), LANG_EN), LANG_DA);
	CHECK_INT(lang_parse(S("EN"), LANG_DA), LANG_EN);
	CHECK_INT(lang_parse(S("dan"), LANG_EN), LANG_EN);
	CHECK_INT(lang_parse(S(""), LANG_DA), LANG_DA);
	CHECK_INT(lang_parse(S("de"), LANG_EN), LANG_EN);
}
