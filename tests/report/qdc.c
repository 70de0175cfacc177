/* SPDX-License-Identifier: MPL-2.0 */

/* A codebook that comes in: what is refused, and where it says so. */
#include "base/buf.h"
#include "report/qda.h"
#include "tests/test.h"

#define HEAD "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\">\n<Codes>\n"
#define GUID "guid=\"01020304-0506-7008-8000-00000000000"
#define TAIL "</Codes></CodeBook>"

static void
refused(struct arena *a, const char *file, int64_t line, int64_t column)
{
	struct qdc q = qdc_read(a, str_c(file));
	CHECK(q.fault != NULL);
	CHECK_INT(q.line, line);
	CHECK_INT(q.column, column);
}

TEST(qdc_refuses_what_is_no_codebook_and_says_where)
{
	refused(arena, "", 1, 1);
	refused(arena, "<a/>", 1, 1);
	refused(arena, HEAD TAIL, 1, 1); /* no code */
	refused(arena, HEAD "<Code " GUID "1\" name=\"A\">" TAIL, 3, 62);
	refused(arena, HEAD "<Code name=\"A\"/>" TAIL, 3, 1);
	refused(arena, HEAD "<Code " GUID "1\" name=\" \"/>" TAIL, 3, 1);
	refused(arena,
	    HEAD "<Code " GUID "1\" name=\"A\"/>\n <Code " GUID
		 "1\" name=\"B\"/>" TAIL,
	    4, 2);
	refused(
	    arena, HEAD "<Code " GUID "1\" name=\"010150-1234\"/>" TAIL, 3, 1);
	refused(arena,
	    HEAD "<Code " GUID "1\" name=\"A\"/><Code " GUID
		 "2\" name=\"A\"/>" TAIL,
	    1, 1);
}

/* Entities need a document type, and that is refused before it is read: no
 * file of ours is told, and no memory filled. */
TEST(qdc_reads_no_entities)
{
	refused(arena,
	    "<!DOCTYPE c [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" HEAD
	    "<Code " GUID "1\" name=\"&e;\"/>" TAIL,
	    1, 13);
	struct qdc q = qdc_read(arena,
	    S("<!DOCTYPE c [<!ENTITY a \"lol\">]>" HEAD "<Code " GUID
	      "1\" name=\"&a;\"/>" TAIL));
	CHECK_STR(str_c(q.fault),
	    S("A document type is not read. Take it out of the file."));
	/* The twin: without one it comes in. */
	q = qdc_read(arena, S(HEAD "<Code " GUID "1\" name=\"&amp;\"/>" TAIL));
	CHECK(q.fault == NULL);
	CHECK_STR(q.book.list[0].name, S("&"));
}

/* Other programs: braces, more levels, elements that we have no use for. */
TEST(qdc_reads_what_others_write)
{
	struct qdc q = qdc_read(arena,
	    S("<?xml version=\"1.0\"?><q:CodeBook"
	      " xmlns:q=\"urn:QDA-XML:codebook:1.0\" origin=\"X\"><q:Codes>"
	      "<q:Code guid=\"{01020304-0506-7008-8000-000000000001}\""
	      " name=\"A\" color=\"#FF0000\"><q:Description> Om\n"
	      "</q:Description><q:Code " GUID "2\" name=\"B\"><q:Code " GUID
	      "3\" name=\"C\"/></q:Code></q:Code></q:Codes><q:Sets/>"
	      "</q:CodeBook>"));
	CHECK(q.fault == NULL);
	CHECK_INT(q.book.n, 3);
	CHECK_STR(q.book.list[0].meaning, S("Om"));
	CHECK_STR(q.book.list[0].colour, S("red"));
	CHECK(id_eq(q.book.list[2].parent, q.book.list[0].id));
}
