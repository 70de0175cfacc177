/* SPDX-License-Identifier: MPL-2.0 */

/* The form on paper: it asks what the activity asks, nothing is agreed to
 * beforehand, and typing it in begins at the right place. */
#include <qrencode.h>
#include <stdlib.h>

#include "base/buf.h"
#include "engine/lix.h"
#include "tests/report/help.h"
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

/* ---- what stands on it ---- */

enum { MOST_LIX = 34 };

static struct str
form_text(struct arena *a, struct str pdf)
{
	return ask(a, "pdftotext", pdf);
}

/* As running text: neither the address to type in, nor boxes to cross. */
static struct lix
form_lix(struct arena *a, struct str text)
{
	struct buf b = buf_new(a, text.n + 1);
	while (text.n > 0) {
		struct str line = str_cut(&text, '\n');
		if (str_find(line, S("/")) >= 0)
			continue;
		for (ptrdiff_t i = 0; i < line.n; i++) {
			bool box = line.p[i] == '[' || line.p[i] == ']';
			buf_add(&b, box ? S(" ") : str_sub(line, i, i + 1));
		}
		buf_add(&b, S("\n"));
	}
	return lix_of_prose(a, lix_prose(a, buf_str(&b), LIX_PLAIN));
}

TEST_DB(paper_form_asks_and_agrees_in_easy_words)
{
	struct full f;
	web_full(&f, arena, db);
	web_session(&f.web, f.web.world.mette);
	struct reply r = web_get(&f.web, paper_path(&f, "/skema.pdf"));
	struct str text = form_text(arena, r.body);
	CHECK_HAS(text, S("CPR-nummer"));
	CHECK_HAS(text, S("Hvad må vi bruge det til?"));
	CHECK_HAS(text, S("Skriv her"));
	CHECK_HAS(text, S("Hvad vi gør med dine oplysninger"));
	/* Each purpose has a box of its own, and nobody has crossed one. */
	CHECK_INT(count_of(text, S("[")), 5);
	CHECK_INT(count_of(text, S("]")), 5);
	CHECK(str_find(text, S("[x")) < 0 && str_find(text, S("[X")) < 0);
	struct lix lix = form_lix(arena, text);
	CHECK(lix.words > 60);
	CHECK_MAX(lix.rounded, MOST_LIX);
	/* The twin: an office's sentence in it is too heavy. */
	struct buf heavy = buf_new(arena, text.n + 4000);
	buf_add(&heavy, text);
	for (int i = 0; i < 10; i++)
		buf_add(&heavy,
		    S("\nForvaltningens inddragelsesprocesser "
		      "kvalitetssikres dokumentationsmæssigt under "
		      "kommunalbestyrelsens tilrettelæggelsesansvar.\n"));
	CHECK(form_lix(arena, buf_str(&heavy)).rounded > MOST_LIX);
}

/* ---- the square on it ---- */

struct picture {
	int width, height;
	const unsigned char *grey;
};

static struct picture
page_picture(struct arena *a, struct str pdf, int page)
{
	struct picture p = {0};
	struct str command =
	    str_fmt(a, "pdftoppm -gray -r 200 -f %d -l %d", page, page);
	struct str pgm = ask(a, str_cstr(a, command), pdf);
	struct str head = str_sub(pgm, 0, pgm.n < 40 ? pgm.n : 40);
	CHECK_STR(str_cut(&head, '\n'), S("P5"));
	struct str size = str_cut(&head, '\n');
	int64_t width = 0, height = 0;
	CHECK(str_int(str_cut(&size, ' '), &width) && str_int(size, &height));
	CHECK_STR(str_cut(&head, '\n'), S("255"));
	p.width = (int)width;
	p.height = (int)height;
	p.grey = (const unsigned char *)pgm.p + (pgm.n - width * height);
	return p;
}

static bool
is_black(const struct picture *p, double x, double y)
{
	int column = (int)x, row = (int)y;
	if (column < 0 || row < 0 || column >= p->width || row >= p->height)
		return false;
	return p->grey[row * p->width + column] < 128;
}

/* Whether these squares stand at x, y, each `side` wide. */
static bool
stands_at(const struct picture *p, const QRcode *code, int at, double side)
{
	int x = at % p->width, y = at / p->width;
	for (int i = 0; i < code->width * code->width; i++) {
		double right = (i % code->width + 0.5) * side;
		double down = (double)(i / code->width) * side + side / 2;
		if (is_black(p, x + right, y + down) != (code->data[i] & 1))
			return false;
	}
	return true;
}

/* The black run at `at` is the upper edge of a corner's square: seven wide. */
static bool
begins_at(const struct picture *p, const QRcode *code, int at)
{
	int run = 0;
	while (is_black(p, at % p->width + run, at / p->width))
		run++;
	if (run < 21)
		return false;
	for (double more = -1; more <= 1; more += 0.05) {
		if (stands_at(p, code, at, (run + more) / 7))
			return true;
	}
	return false;
}

/* Whether a square that says `url` stands on the page. */
static bool
has_square(const struct picture *p, struct str url)
{
	bool found = false;
	QRcode *code = QRcode_encodeData(
	    (int)url.n, (const unsigned char *)url.p, 0, QR_ECLEVEL_M);
	CHECK(code != NULL);
	for (int at = 0; at < p->width * p->height && !found; at++) {
		double x = at % p->width, y = (double)(at / p->width);
		found = is_black(p, x, y) && !is_black(p, x - 1, y) &&
		    !is_black(p, x, y - 1) && begins_at(p, code, at);
	}
	QRcode_free(code);
	return found;
}

static bool
pages_have_square(struct arena *a, struct str pdf, struct str url)
{
	int pages = count_of(form_text(a, pdf), S("\f"));
	CHECK(pages > 0);
	for (int page = 1; page <= pages; page++) {
		struct picture p = page_picture(a, pdf, page);
		if (has_square(&p, url))
			return true;
	}
	return false;
}

/* The square opens the form for this activity, with paper as the way. */
TEST_DB(paper_form_has_a_square_that_leads_to_the_form)
{
	struct full f;
	web_full(&f, arena, db);
	web_session(&f.web, f.web.world.mette);
	struct shot shot = {.network = f.web.world.network, .exists = true};
	aim_activity(&f, &shot);
	struct str path = STR_JOIN(arena,
	    web_path(&f.web, "/stemmer/ny?vej=papir&aktivitet="),
	    id_text(arena, shot.id));
	const struct site *site = f.web.site;
	struct str url =
	    str_cat(arena, site_url(site, arena, &site->orgs.list[0]), path);
	struct str form = STR_JOIN(arena, web_path(&f.web, "/aktiviteter/"),
	    id_text(arena, shot.id), S("/skema.pdf"));
	struct str pdf = web_get(&f.web, form).body;
	CHECK(pages_have_square(arena, pdf, url));
	CHECK(!pages_have_square(arena, pdf, str_cat(arena, url, S("x"))));
	struct reply r = web_get(&f.web, path);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body,
	    STR_JOIN(arena, S("value=\""), id_text(arena, shot.id),
		S("\" selected")));
}
