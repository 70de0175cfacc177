/* SPDX-License-Identifier: MPL-2.0 */

/* Codes and coded words for other programs: the required structure, and no
 * more words than were given. */
#include "report/qda.h"

#include "base/buf.h"
#include "tests/report/help.h"

static struct id
number(unsigned char n)
{
	return (struct id){{1, 2, 3, 4, 5, 6, 0x70, 8, 0x80, [15] = n}};
}

static struct book_code codes[] = {
    {.name = S_INIT("Omsorg & \"ro\""),
	.colour = S_INIT("green"),
	.meaning = S_INIT("Når <nogen> er der.")},
    {.name = S_INIT("Trøst"), .colour = S_INIT("red"), .retired_us = 1},
};

static struct codebook
book_of(void)
{
	codes[0].id = number(1);
	codes[1].id = number(2);
	codes[1].parent = number(1);
	return (struct codebook){codes, 2};
}

TEST(qda_codebook_comes_back_as_it_went)
{
	struct str file;
	struct codebook book = book_of();
	CHECK_OK(qda_codebook(arena, &book, &file));
	CHECK_HAS(file, S("xmlns=\"urn:QDA-XML:codebook:1.0\""));
	CHECK_HAS(file, S("isCodable=\"false\""));
	struct qdc q = qdc_read(arena, file);
	CHECK(q.fault == NULL);
	CHECK_INT(q.book.n, 2);
	for (ptrdiff_t i = 0; i < 2; i++) {
		CHECK(id_eq(q.book.list[i].id, codes[i].id));
		CHECK(id_eq(q.book.list[i].parent, codes[i].parent));
		CHECK_STR(q.book.list[i].name, codes[i].name);
		CHECK_STR(q.book.list[i].colour, codes[i].colour);
		CHECK_STR(q.book.list[i].meaning, codes[i].meaning);
		CHECK_INT(q.book.list[i].retired_us, codes[i].retired_us);
	}
}

/* The parts in the order that the schema wants, and every reference leads
 * somewhere. */
TEST(qda_project_has_the_required_structure)
{
	static const char *const order[] = {
	    "<Project xmlns=\"urn:QDA-XML:project:1.0\"", "<Users>",
	    "<User guid=", "</Users>", "<CodeBook>", "<Codes>", "</CodeBook>",
	    "<Sources>", "<TextSource guid=", "plainTextPath=\"internal://",
	    "<PlainTextSelection guid=", "startPosition=\"0\"",
	    "endPosition=\"8\"", "<Coding guid=", "<CodeRef targetGUID=",
	    "<NoteRef targetGUID=", "</Sources>", "<Notes>",
	    "<PlainTextContent>Husk", "</Project>"};
	struct str file, account_text;
	struct codebook book = book_of();
	struct qda_source source = {number(9), S("Ønske"), S("En bænk. Tak.")};
	struct id account = number(77);
	struct coding coding[] = {
	    {.id = number(20),
		.code = number(1),
		.contribution = number(11), /* no source that goes out */
		.account = account,
		.at = {0, 8},
		.words = S("Hemmelig"),
		.memo = S("Skjult")},
	    {.id = number(21),
		.code = number(1),
		.contribution = number(9),
		.account = account,
		.at = {0, 8},
		.words = S("En bænk."),
		.memo = S("Husk")},
	    {.id = number(22),
		.code = number(2),
		.contribution = number(9),
		.at = {9, 13},
		.words = S("Gamle"), /* others now */
		.memo = S("Gammel")}};
	struct codings codings = {coding, 3};
	struct qda_project p = {
	    number(50), S("Ro"), &book, &source, 1, &codings};
	CHECK_OK(qda_project(arena, &p, &file));
	struct str qde = zip_part(arena, file, "project.qde"), rest = qde;
	for (ptrdiff_t i = 0; i < COUNT_OF(order); i++) {
		ptrdiff_t at = str_find(rest, str_c(order[i]));
		CHECK(at >= 0);
		rest = str_sub(rest, at, rest.n);
	}
	CHECK_HAS(qde, S("name=\"Koder 1\""));
	account_text = id_text(arena, account);
	CHECK_LACKS(qde, account_text);
	CHECK_LACKS(qde, S("Hemmelig"));
	CHECK_LACKS(qde, S("Skjult"));
	CHECK_LACKS(qde, S("Gam"));
	struct str name = STR_JOIN(
	    arena, S("sources/"), id_text(arena, number(9)), S(".txt"));
	CHECK_STR(
	    zip_part(arena, file, str_cstr(arena, name)), S("En bænk. Tak."));
}

TEST(qda_project_of_nothing_is_whole)
{
	struct str file;
	struct codebook book = {0};
	struct codings none = {0};
	struct qda_project p = {
	    .id = number(50), .book = &book, .codings = &none};
	CHECK_OK(qda_project(arena, &p, &file));
	struct str qde = zip_part(arena, file, "project.qde");
	CHECK_HAS(qde, S("<Users>"));
	CHECK_LACKS(qde, S("<Sources>"));
	CHECK_LACKS(qde, S("<CodeBook>"));
}
