/* SPDX-License-Identifier: MPL-2.0 */
#include "help.h"

#include "base/buf.h"

static struct str
json_of(struct arena *a, const struct doc *d)
{
	struct str json;
	CHECK_OK(doc_write_json(a, d, &json));
	return json;
}

TEST(a_document_comes_back_from_json_as_it_was)
{
	struct doc *again;
	struct str json = json_of(arena, sample_doc(arena));
	CHECK_OK(doc_read_json(arena, json, &again));
	CHECK_STR(json_of(arena, again), json);
	CHECK_HAS(
	    json, S("[\"a\",\"siden\",\"https://example.dk/a?b=1&c=2\"]"));
	CHECK_HAS(json, S("\"lang\":\"da\""));
	/* The control: another text is another JSON. */
	doc_say(again, S("mere"));
	CHECK(!str_eq(json_of(arena, again), json));
}

TEST(the_same_pdf_and_odt_come_from_the_copy)
{
	struct doc *d = sample_doc(arena), *again;
	CHECK_OK(doc_read_json(arena, json_of(arena, d), &again));
	CHECK(str_eq(pdf_of(arena, d), pdf_of(arena, again)));
}

TEST(an_empty_document_comes_back)
{
	struct doc *again;
	struct doc *d = doc_new(arena, LANG_EN, (struct str){0});
	d->paper = DOC_A3;
	CHECK_OK(doc_read_json(arena, json_of(arena, d), &again));
	CHECK_INT(again->paper, DOC_A3);
	CHECK_INT(again->lang, LANG_EN);
	CHECK(again->blocks == NULL);
}

#define HEAD(blocks)                                                        \
	"{\"v\":1,\"lang\":\"da\",\"paper\":\"a4\",\"large\":false,"        \
	"\"title\":\"t\",\"author\":\"\",\"subject\":\"\",\"footer\":\"\"," \
	"\"created_us\":"                                                   \
	"0,\"blocks\":[" blocks "]}"

TEST(what_the_writer_does_not_write_is_refused)
{
	static const char *const bad[] = {
	    "",
	    "null",
	    "[]",
	    "{}",
	    HEAD("") "x",
	    HEAD("[]"),
	    HEAD("1"),
	    HEAD("[\"x\",[]]"),
	    HEAD("[\"h\",0,[\"a\"]]"),
	    HEAD("[\"h\",5,[\"a\"]]"),
	    HEAD("[\"h\",1.0,[\"a\"]]"),
	    HEAD("[\"h\",1]"),
	    HEAD("[\"p\",\"a\"]"),
	    HEAD("[\"p\",[1]]"),
	    HEAD("[\"p\",[\"\"]]"),
	    HEAD("[\"p\",[[\"b\",\"\"]]]"),
	    HEAD("[\"p\",[[\"q\",\"a\"]]]"),
	    HEAD("[\"p\",[[\"b\",\"a\",\"c\"]]]"),
	    HEAD("[\"p\",[[\"a\",\"b\"]]]"),
	    HEAD("[\"p\",[[\"a\",\"b\",\"javascript:x\"]]]"),
	    HEAD("[\"p\",[[\"a\",\"b\",\"https://x/ y\"]]]"),
	    HEAD("[\"p\",[[\"a\",\"b\",\"https://x/'\"]]]"),
	    HEAD("[\"p\",[\"a\\u0001\"]]"),
	    HEAD("[\"p\",[\"a\\u0000\"]]"),
	    HEAD("[\"p\",[\"a\\ud800\"]]"),
	    HEAD("[\"p\",[\"a\"],1]"),
	    HEAD("[\"break\",1]"),
	    HEAD("[\"bullets\",[]]"),
	    HEAD("[\"bullets\",[[]]],[\"bullets\",[[]]]"),
	    HEAD("[\"pairs\",[[[]]]]"),
	    HEAD("[\"pairs\",[[\"a\",\"b\"]]]"),
	    HEAD("[\"table\",\"\",true,[],[],[]]"),
	    HEAD("[\"table\",\"\",true,[0],[[]],[]]"),
	    HEAD("[\"table\",\"\",true,[-1],[[]],[]]"),
	    HEAD("[\"table\",\"\",1,[1],[[]],[]]"),
	    HEAD("[\"table\",\"\",true,[1],[[],[]],[]]"),
	    HEAD("[\"table\",\"\",true,[1],[[]],[[]]]"),
	    HEAD("[\"table\",\"\",true,[1],[[]],[[[],[]]]]"),
	    HEAD("[\"table\",\"\",true,[1],[[]],{}]"),
	};
	struct doc *d;
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		if (doc_read_json(arena, str_c(bad[i]), &d) != ERR_INVALID)
			fail_msg("taken: %s", bad[i]);
	}
	/* The controls: the head alone is fine, and so is each kind. */
	CHECK_OK(doc_read_json(arena, S(HEAD("")), &d));
	CHECK_OK(doc_read_json(arena,
	    S(HEAD("[\"table\",\"\",true,[1],[[]],[[[]]]],[\"break\"],"
		   "[\"bullets\",[[]]],[\"pairs\",[[[],[]]]],[\"p\",[]]")),
	    &d));
}

TEST(a_head_with_one_key_changed_is_refused)
{
	static const char *const change[][2] = {
	    {"\"v\":1", "\"v\":2"},
	    {"\"lang\":\"da\"", "\"lang\":\"xx\""},
	    {"\"lang\":\"da\"", "\"lang\":\"da-DK\""},
	    {"\"paper\":\"a4\"", "\"paper\":\"a5\""},
	    {"\"title\":\"t\"", "\"title\":1"},
	    {"\"title\":\"t\"", "\"other\":\"t\""},
	    {"\"title\":\"t\"", "\"title\":\"t\",\"x\":1"},
	    {"\"title\":\"t\"", "\"title\":\"t\",\"title\":\"t\""},
	    {"\"created_us\":0", "\"created_us\":-1"},
	    {"\"created_us\":0", "\"created_us\":1.5"},
	    {"\"created_us\":0", "\"created_us\":999999999999999999"},
	    {"\"blocks\":[]", "\"blocks\":{}"},
	};
	struct doc *d;
	for (ptrdiff_t i = 0; i < COUNT_OF(change); i++) {
		struct str json = str_replace(arena, S(HEAD("")),
		    str_c(change[i][0]), str_c(change[i][1]));
		CHECK(!str_eq(json, S(HEAD(""))));
		if (doc_read_json(arena, json, &d) != ERR_INVALID)
			fail_msg("taken: %s", change[i][1]);
	}
}

TEST(too_many_parts_are_too_large)
{
	struct str json;
	struct doc *d = doc_new(arena, LANG_DA, S("t"));
	for (int i = 0; i < DOC_MAX_PARTS; i++)
		doc_page_break(d);
	CHECK_INT(doc_check(d), ERR_TOO_LARGE);
	CHECK_INT(doc_write_json(arena, d, &json), ERR_TOO_LARGE);
	d->blocks = d->last;
	CHECK_OK(doc_check(d));
}

TEST(what_people_typed_becomes_paragraphs)
{
	struct doc *d = doc_new(arena, LANG_DA, S("t"));
	doc_say(d, S("\n\n et\r\n\r\n\r\nto\nlinjer\n\n \n\ntre"));
	int n = 0;
	for (struct doc_block *b = d->blocks; b; b = b->next)
		n++;
	CHECK_INT(n, 3);
	CHECK_STR(doc_plain(arena, &d->blocks->next->text), S("to\nlinjer"));
}
