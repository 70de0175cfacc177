/* SPDX-License-Identifier: MPL-2.0 */

/* The form on paper: it asks what the activity asks, nothing is agreed to
 * beforehand, and typing it in begins at the right place. */
#include "base/buf.h"
#include "tests/web/cases.h"

static struct str
paper_path(struct full *f, const char *rest)
{
	struct shot shot = {.network = f->web.world.network, .exists = true};
	aim_activity(f, &shot);
	return STR_JOIN(f->web.world.arena, web_path(&f->web, "/aktiviteter/"),
	    id_text(f->web.world.arena, shot.id), str_c(rest));
}

TEST_DB(paper_form_is_a_file_of_both_kinds)
{
	struct full f;
	web_full(&f, arena, db);
	web_session(&f.web, f.web.world.mette);
	struct reply r = web_get(&f.web, paper_path(&f, "/skema.odt"));
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body, S("PK")));
	r = web_get(&f.web, paper_path(&f, "/skema.pdf"));
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body, S("%PDF-")));
	r = web_get(&f.web, paper_path(&f, "/skema.odt?person=x"));
	CHECK_INT(r.status, 404);
}

TEST_DB(paper_form_is_typed_in_as_paper)
{
	struct full f;
	web_full(&f, arena, db);
	web_session(&f.web, f.web.world.mette);
	struct reply r =
	    web_get(&f.web, web_path(&f.web, "/stemmer/ny?vej=papir"));
	CHECK_INT(r.status, 200);
	ptrdiff_t at = str_find(r.body, S("value=\"paper\""));
	CHECK(at >= 0);
	CHECK_HAS(str_sub(r.body, at, at + 40), S("ed"));
}
