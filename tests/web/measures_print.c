/* SPDX-License-Identifier: MPL-2.0 */

/* A measurement on paper: what stands on the sheet, and until when. */
#include "base/buf.h"
#include "engine/lix.h"
#include "tests/report/help.h"
#include "tests/web/hall.h"

enum { MOST_LIX = 34 };

/* Its words, however the lines are broken. */
static struct str
one_line(struct arena *a, struct str text)
{
	struct buf b = buf_new(a, text.n + 1);
	for (ptrdiff_t i = 0; i < text.n; i++)
		buf_byte(&b, text.p[i] == '\n' ? ' ' : text.p[i]);
	return buf_str(&b);
}

static struct str
sheet_text(struct hall *h)
{
	struct arena *a = h->web.world.arena;
	struct reply r = web_get(&h->web, hall_staff(h, "/skema.pdf"));
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body, S("%PDF-")));
	return ask(a, "pdftotext", r.body);
}

/* guide:S29: on paper they are asked the same, and not before it stays so. */
TEST_DB(measure_is_printed_once_its_wording_stays)
{
	struct hall h;
	hall_new(&h, arena, db);
	struct world *w = &h.web.world;
	struct record r = world_record(w, KIND_MEASURE);
	world_save(w, &r);
	web_sign_in(&h.web, w->mette);
	struct str draft = STR_JOIN(arena, web_path(&h.web, "/maalinger/"),
	    id_text(arena, r.id), S("/skema.pdf"));
	CHECK_INT(web_get(&h.web, draft).status, 404);
	hall_open(&h, "before_after", "link");
	struct str text = sheet_text(&h);
	text = one_line(arena, text);
	CHECK_HAS(text, S("Hjælp i hverdagen"));
	CHECK_HAS(text, S("Jeg bliver mødt med respekt."));
	CHECK_HAS(text, S("1 - slet ikke"));
	CHECK_HAS(text, S("Ved ikke"));
	CHECK_HAS(text, S("Din kode"));
	CHECK_HAS(text, S("når 5 eller flere har svaret"));
	CHECK_HAS(text, S("Du kan også svare her: "));
	CHECK_LACKS(text, S("senest"));
	struct reply odt = web_get(&h.web, hall_staff(&h, "/skema.odt"));
	CHECK_INT(odt.status, 200);
	CHECK(str_starts(odt.body, S("PK")));
}

TEST_DB(measure_on_paper_thinks_back_and_says_until_when)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "retrospective", "code");
	web_sign_in(&h.web, h.web.world.mette);
	struct reply r =
	    web_post(&h.web, hall_staff(&h, "/frist"), S("ends=2026-12-08"));
	CHECK_INT(r.status, 303);
	CHECK_STR(hall_round(&h).ends, S("2026-12-08"));
	struct str text = sheet_text(&h);
	text = one_line(arena, text);
	CHECK_HAS(text, S("Tænk på tiden før 1. oktober 2026."));
	CHECK_HAS(text, S("Hvordan er det nu?"));
	CHECK_HAS(text, S("senest 8. december 2026"));
	CHECK_LACKS(text, S("Du kan også svare her"));
}

/* A day that was is refused, and stays in the form. */
TEST_DB(measure_asks_until_a_day_that_is_to_come)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "before_after", "code");
	web_sign_in(&h.web, h.web.world.mette);
	struct reply r =
	    web_post(&h.web, hall_staff(&h, "/frist"), S("ends=2026-11-23"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"2026-11-23\""));
	CHECK_HAS(r.body, S("Vælg en dag fra i dag"));
	CHECK_STR(hall_round(&h).ends, S(""));
	r = web_post(&h.web, hall_staff(&h, "/frist"), S("ends=2026-11-24"));
	CHECK_INT(r.status, 303);
	r = web_post(&h.web, hall_staff(&h, "/frist"), S("ends="));
	CHECK_INT(r.status, 303);
	CHECK_STR(hall_round(&h).ends, S(""));
}

/* As running text: neither rows of boxes nor addresses. */
static struct lix
prose_lix(struct arena *a, struct str text)
{
	struct buf b = buf_new(a, 64 * 1024);
	while (text.n > 0) {
		struct str line = str_cut(&text, '\n');
		if (str_find(line, S("[")) < 0 && str_find(line, S("/")) < 0)
			buf_fmt(&b, "%.*s\n", STR_ARG(line));
	}
	return lix_of_prose(a, lix_prose(a, buf_str(&b), LIX_PLAIN));
}

TEST_DB(measure_on_paper_is_in_plain_danish)
{
	struct hall h;
	hall_new(&h, arena, db);
	hall_open(&h, "before_after", "code");
	web_sign_in(&h.web, h.web.world.mette);
	struct lix lix = prose_lix(arena, sheet_text(&h));
	CHECK(lix.words > 60);
	CHECK_MAX(lix.rounded, MOST_LIX);
}
