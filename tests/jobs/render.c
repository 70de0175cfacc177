/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/render.h"

#include "tests/test.h"

static struct doc *
letter(struct arena *a)
{
	struct doc *d = doc_new(a, LANG_DA, S("Plan for Ærø"));
	doc_heading(d, 1, S("Formål"));
	doc_say(d, S("Blåbærgrød på æblekage.\n\nسلام og ☃"));
	struct doc_table *t = doc_table(d, S("Roller"), 2);
	doc_column(d, t, 0, S("Fase"), 0.3);
	doc_column(d, t, 1, S("Rolle"), 0.7);
	struct doc_text *cells = doc_row(d, t);
	doc_run(d, &cells[0], DOC_PLAIN, S("Sam-design"));
	doc_run(d, &cells[1], DOC_BOLD, S("Ideudvikler"));
	return d;
}

/* The child may open no file: the same bytes as without walls say that it had
 * every font. */
TEST(render_draws_the_same_pdf_inside_the_sandbox)
{
	struct str inside, outside;
	struct helper *h = NULL;
	struct helper_kinds kinds = render_kinds();
	CHECK_OK(helper_start(arena, kinds.list, kinds.n, &h));
	CHECK_OK(render_pdf(h, arena, letter(arena), &inside));
	CHECK_OK(render_pdf(NULL, arena, letter(arena), &outside));
	CHECK(str_starts(inside, S("%PDF-")));
	CHECK_INT(inside.n, outside.n);
	CHECK(str_eq(inside, outside));
	/* the next child finds the helper as the first one did */
	CHECK_OK(render_pdf(h, arena, letter(arena), &inside));
	CHECK(str_eq(inside, outside));
}

TEST(render_refuses_what_is_no_document)
{
	struct str out;
	struct helper *h = NULL;
	struct helper_kinds kinds = render_kinds();
	CHECK_OK(helper_start(arena, kinds.list, kinds.n, &h));
	struct helper_call call = {.kind = kinds.list[0],
	    .input = S("{\"v\":1,"),
	    .limits = {5, 10000, 512 << 20, 1 << 20}};
	CHECK_INT(helper_run(h, arena, &call, &out), ERR_INVALID);
	CHECK_INT(out.n, 0);
}
