/* SPDX-License-Identifier: MPL-2.0 */

/* What moved between two rounds: pairs, who is left out, what is hidden, groups
 * that cannot be worked out, and the file. */
#include "report/measured.h"

#include "base/buf.h"
#include "tests/test.h"

enum { K = 5 };

struct made {
	struct arena *a;
	struct measure m;
	struct measure_rows rows;
};

static struct made
make(struct arena *a, ptrdiff_t people)
{
	struct made x = {.a = a};
	x.m.n_items = 1;
	x.m.item[0] = (struct measure_item){
	    .number = 1, .da = S("=Hjælpen passer"), .en = S("It fits")};
	x.m.n_rounds = 2;
	x.m.round = arena_new(a, struct measure_round, 2);
	x.m.round[0] = (struct measure_round){
	    .number = 1, .could = people + 2, .answered = people};
	x.m.round[1] = (struct measure_round){
	    .number = 2, .could = people + 2, .answered = people};
	x.rows.list = arena_new(a, struct measure_row, 2 * people);
	return x;
}

/* One person's two answers; 0: none. */
static void
add(struct made *x, int before, int after, const char *group)
{
	struct str who = str_fmt(x->a, "%032td", x->rows.n);
	const int mark[] = {before, after};
	for (int i = 0; i < 2; i++) {
		if (mark[i] == 0)
			continue;
		struct measure_row *r = &x->rows.list[x->rows.n++];
		*r = (struct measure_row){
		    .round = i + 1, .who = who, .group = str_c(group)};
		r->reply.now[0] = (int8_t)mark[i];
	}
}

static struct measured
result(struct made *x)
{
	struct measured d;
	struct measured_wish wish = {.k = K, .lang = LANG_DA};
	measured_of(x->a, &x->m, &x->rows, &wish, &d);
	return d;
}

TEST(measured_pairs_people_and_says_who_is_left_out)
{
	struct made x = make(arena, 10);
	for (int i = 0; i < 6; i++)
		add(&x, 2, 3 + i % 2, "");
	add(&x, 4, 0, "");
	add(&x, 0, 4, "");
	add(&x, 3, MEASURE_DONT_KNOW, "");
	struct measured d = result(&x);
	CHECK(d.ready);
	const struct change_result *r = &d.report.result[0];
	CHECK_INT(r->item->pairs, 6);
	CHECK_INT(r->item->only_before, 1);
	CHECK_INT(r->item->only_after, 1);
	CHECK_INT(r->item->dont_know, 1);
	CHECK_INT(r->paired.higher, 6);
	CHECK(r->paired.mean == 1.5);
	x.m.round[1].open = true;
	CHECK(!result(&x).ready);
}

TEST(measured_shows_nothing_of_few)
{
	struct str file;
	struct made x = make(arena, 4);
	for (int i = 0; i < 4; i++)
		add(&x, 2, 3, "");
	struct measured d = result(&x);
	CHECK_INT(d.report.result[0].show, SHOW_NOTHING);
	CHECK_HAS(d.report.result[0].sentence, S("Færre end 5"));
	CHECK_INT(measured_csv(arena, &x.m, &x.rows, &d, &file), ERR_NOT_FOUND);
	CHECK_HAS(change_svg(&d.report, CHANGE_WIDE), S("Færre end 5"));
	CHECK_LACKS(change_svg(&d.report, CHANGE_WIDE), S("<circle"));
}

static int
count(struct str text, struct str part)
{
	int n = 0;
	for (ptrdiff_t at; (at = str_find(text, part)) >= 0; n++)
		text = str_sub(text, at + part.n, text.n);
	return n;
}

/* On a telephone the letters are as large, so a text takes more lines; dots and
 * questions are the same. */
TEST(measured_picture_is_drawn_narrow_too)
{
	struct made x = make(arena, 20);
	x.m.item[0].da = S("Jeg ved altid, hvem jeg skal gå til, når der er "
			   "noget, jeg ikke forstår.");
	for (int i = 0; i < 9; i++)
		add(&x, 2 + i % 2, 3 + i % 3, "");
	struct measured d = result(&x);
	struct str wide = change_svg(&d.report, CHANGE_WIDE);
	struct str narrow = change_svg(&d.report, CHANGE_NARROW);
	CHECK_HAS(wide, S("width=\"720\""));
	CHECK_HAS(narrow, S("width=\"280\""));
	CHECK_INT(count(wide, S("<circle")), count(narrow, S("<circle")));
	CHECK(count(narrow, S("<text")) > count(wide, S("<text")) + 2);
	CHECK_HAS(wide, S("noget, jeg ikke forstår.</text>"));
	CHECK_LACKS(narrow, S("noget, jeg ikke forstår.</text>"));
}

/* Two groups of whom one is small: with the sums above, what one hides the
 * other must hide too. */
TEST(measured_groups_cannot_be_worked_out)
{
	struct made x = make(arena, 60);
	for (int i = 0; i < 14; i++)
		add(&x, 2, i < 7 ? 3 : 1, "a");
	for (int i = 0; i < 14; i++)
		add(&x, 2, i < 7 ? 3 : 1, "b");
	struct measured d = result(&x);
	CHECK_INT(d.n_groups[0], 2);
	CHECK_INT(d.group[0].count[0], 7);
	CHECK_INT(d.group[0].count[3], 14);
	for (int i = 0; i < 9; i++)
		add(&x, 2, i < 7 ? 3 : 1, "c");
	d = result(&x);
	CHECK_INT(d.n_groups[0], 3);
	CHECK_INT(d.group[2].count[1], -1);
	CHECK(d.group[0].count[1] == -1 || d.group[1].count[1] == -1);
	/* Two in all went down, which the sums show. */
	struct made y = make(arena, 60);
	for (int i = 0; i < 20; i++)
		add(&y, 2, i == 0 ? 1 : 3, i % 2 ? "a" : "b");
	CHECK_INT(result(&y).n_groups[0], 0);
}

TEST(measured_file_is_what_the_command_reads)
{
	struct str file;
	struct change_data back;
	struct change_fault fault;
	struct made x = make(arena, 10);
	for (int i = 0; i < 8; i++)
		add(&x, 2, i == 0 ? MEASURE_DONT_KNOW : 4, "");
	struct measured d = result(&x);
	CHECK_OK(measured_csv(arena, &x.m, &x.rows, &d, &file));
	CHECK_HAS(file, S("\xEF\xBB\xBFkode;runde;spørgsmål;svar\r\n"));
	CHECK_HAS(file, S(";'=Hjælpen passer;"));
	struct change_rules rules = {.any_scale = true};
	CHECK(change_read(arena, file, &rules, &back, &fault));
	CHECK_INT(back.n, 1);
	CHECK_INT(back.item[0].pairs, 7);
	CHECK_INT(back.item[0].dont_know, 1);
	CHECK_STR(back.before, S("før"));
}

/* A town's measurement: the page has 100 ms, and no more than linear work. */
TEST(measured_takes_ten_thousand)
{
	enum { PEOPLE = 10000 };
	struct made x = make(arena, PEOPLE);
	for (int i = 0; i < PEOPLE; i++)
		add(&x, 1 + i % 5, 1 + (i / 3) % 5, i % 2 ? "a" : "b");
	struct measured d = result(&x);
	CHECK_INT(d.report.result[0].item->pairs, PEOPLE);
	CHECK_INT(d.report.result[0].paired.flip, CHANCE_NORMAL);
}
