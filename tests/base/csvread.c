/* SPDX-License-Identifier: MPL-2.0 */
#include "base/csvread.h"

#include "base/buf.h"
#include "tests/test.h"

/* Rows as "a|b" lines, then "!line:column expected" for a fault. */
static struct str
read_back(struct arena *a, struct str text)
{
	struct csv_reader r;
	struct buf b = buf_new(a, 64 * 1024);
	csv_open(&r, a, text);
	while (csv_next(&r)) {
		buf_fmt(&b, "%lld:", (long long)r.line);
		for (ptrdiff_t i = 0; i < r.n; i++)
			buf_fmt(&b, "%s%.*s", i > 0 ? "|" : "",
			    STR_ARG(r.field[i]));
		buf_byte(&b, '\n');
	}
	if (r.expected != NULL)
		buf_fmt(
		    &b, "!%lld:%lld", (long long)r.line, (long long)r.column);
	return buf_str(&b);
}

TEST(csvread_reads_what_people_send)
{
	static const struct str cases[][2] = {
	    {S_INIT(""), S_INIT("")},
	    {S_INIT("a,b\n1,2\n"), S_INIT("1:a|b\n2:1|2\n")},
	    {S_INIT("\xEF\xBB\xBF"
		    "a;b\r\n1;2"),
		S_INIT("1:a|b\n2:1|2\n")},
	    {S_INIT("a\tb,c\td\r1\t2\t3"), S_INIT("1:a|b,c|d\n2:1|2|3\n")},
	    {S_INIT("a,b\n\n\n,\n"), S_INIT("1:a|b\n4:|\n")},
	    {S_INIT("a,b,\n"), S_INIT("1:a|b|\n")},
	    {S_INIT("\"a,\"\"b\"\"\",c\n"), S_INIT("1:a,\"b\"|c\n")},
	    {S_INIT("x,\"two\nlines\"\ny,z\n"),
		S_INIT("1:x|two\nlines\n3:y|z\n")},
	    {S_INIT("\"a;b\",c;d\n"), S_INIT("1:a;b|c;d\n")},
	    {S_INIT("æ,ø\n\"å\",\"\"\n"), S_INIT("1:æ|ø\n2:å|\n")},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_STR(read_back(arena, cases[i][0]), cases[i][1]);
}

/* Line and column of the mistake, counted in characters. */
TEST(csvread_names_the_place_of_a_mistake)
{
	static const struct str cases[][2] = {
	    {S_INIT("a,b\nx,\"y\n"), S_INIT("1:a|b\n!2:3")},
	    {S_INIT("a,b\næx,y\"z\n"), S_INIT("1:a|b\n!2:5")},
	    {S_INIT("\"a\"b,c\n"), S_INIT("!1:4")},
	    {S_INIT("a\nb\xFF\n"), S_INIT("1:a\n!2:1")},
	    {S_INIT("a,\"x\ny\0z\"\n"), S_INIT("!1:4")},
	    {S_INIT("a,\"x\ny\"z\n"), S_INIT("!2:3")},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_STR(read_back(arena, cases[i][0]), cases[i][1]);
}

TEST(csvread_finds_columns_and_takes_faults)
{
	struct csv_reader r;
	csv_open(&r, arena, S("Code, Vote ,x\n1,\"a\nb\",q\n"));
	CHECK(csv_next(&r));
	CHECK_INT(csv_find(&r, S("vote")), 1);
	CHECK_INT(csv_find(&r, S("votes")), -1);
	CHECK(csv_next(&r));
	CHECK(!csv_fault(&r, 2, "a number"));
	CHECK_INT(r.line, 3);
	CHECK_INT(r.column, 4);
	CHECK(!csv_next(&r));
}

/* More columns than the first guess. */
TEST(csvread_takes_wide_rows)
{
	struct csv_reader r;
	struct buf b = buf_new(arena, 64 * 1024);
	for (int i = 0; i < 1000; i++)
		buf_fmt(&b, "%s%d", i > 0 ? "," : "", i);
	csv_open(&r, arena, buf_str(&b));
	CHECK(csv_next(&r));
	CHECK_INT(r.n, 1000);
	CHECK_STR(r.field[999], S("999"));
	CHECK(!csv_next(&r) && r.expected == NULL);
}

/* Only the apostrophe that a careful writer put there. */
TEST(csv_plain_takes_the_apostrophe_off_what_would_run)
{
	CHECK_STR(csv_plain(S("'=1+1")), S("=1+1"));
	CHECK_STR(csv_plain(S("'＝1")), S("＝1"));
	CHECK_STR(csv_plain(S("'-")), S("-"));
	CHECK_STR(csv_plain(S("'t er sent")), S("'t er sent"));
	CHECK_STR(csv_plain(S("'")), S("'"));
	CHECK_STR(csv_plain(S("=1")), S("=1"));
	CHECK_STR(csv_plain(S("")), S(""));
}
