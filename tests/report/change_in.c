/* SPDX-License-Identifier: MPL-2.0 */
#include "report/change_in.h"

#include "base/buf.h"
#include "base/names.h"
#include "tests/test.h"

static const struct change_rules RULES = {.any_scale = true};

static struct change_data
read(struct arena *a, struct str text, const struct change_rules *rules)
{
	struct change_data d;
	struct change_fault f;
	if (!change_read(a, text, rules, &d, &f))
		fail_msg("%lld:%lld: expected %s", (long long)f.line,
		    (long long)f.column, f.expected);
	return d;
}

static void
refuse(struct arena *a, struct str text, const struct change_rules *rules,
    int64_t line, int64_t column)
{
	struct change_data d;
	struct change_fault f;
	if (change_read(a, text, rules, &d, &f))
		fail_msg("taken: %.*s", STR_ARG(text));
	CHECK(f.expected != NULL && f.expected[0] != '\0');
	CHECK_INT(f.line, line);
	CHECK_INT(f.column, column);
}

TEST(change_in_pairs_by_code)
{
	struct change_data d = read(arena,
	    S("code,round,item,answer\n"
	      "a,before,Q,1\nB,before,Q,2\nc,before,Q,3\nd,before,Q,ved ikke\n"
	      "e,before,Q,\n"
	      " b ,after,Q,4\nA,after,Q,5\nd,after,Q,2\nf,after,Q,1\n"
	      "a,before,Q,3\n"),
	    &RULES);
	CHECK_INT(d.n, 1);
	const struct change_item *q = &d.item[0];
	CHECK_STR(q->name, S("Q"));
	CHECK_INT(q->pairs, 2);
	CHECK(q->before[0] == 3 && q->after[0] == 5); /* the later line */
	CHECK(q->before[1] == 2 && q->after[1] == 4);
	CHECK_INT(d.replaced, 1);
	CHECK_INT(q->only_before, 1); /* c */
	CHECK_INT(q->only_after, 1); /* f */
	CHECK_INT(q->dont_know, 1); /* d */
	CHECK_INT(q->people, 5); /* e said nothing */
	CHECK_INT(q->n_before, 3);
	CHECK_INT(q->n_after, 4);
}

TEST(change_in_reads_the_pair_form)
{
	struct change_data d = read(arena,
	    S("case;pre;post\nA;0,5;-1,25\nB;1;\n\"A\";;2\nA;100;7e2\n"),
	    &RULES);
	CHECK_INT(d.n, 2);
	CHECK_INT(d.item[0].pairs, 2);
	CHECK(d.item[0].before[0] == 0.5 && d.item[0].after[0] == -1.25);
	CHECK(d.item[0].after[1] == 700);
	CHECK_INT(d.item[0].only_after, 1);
	CHECK_INT(d.item[1].only_before, 1);
}

/* 77 is never an answer: an error, or no answer where it was declared. */
TEST(change_in_takes_codes_for_no_answer_never_as_numbers)
{
	struct str text = S("code,round,item,answer\na,1,Q,4\na,2,Q,77\n");
	struct change_rules rules = RULES;
	refuse(arena, text, &RULES, 3, 7);
	rules.missing = S("77, 98");
	struct change_data d = read(arena, text, &rules);
	CHECK_INT(d.item[0].pairs, 0);
	CHECK_INT(d.item[0].only_before, 1);
	d = read(arena, S("case,pre,post\nA,98,3\nA,98.0,77\nA,1,2\n"), &rules);
	CHECK_INT(d.item[0].pairs, 1);
	CHECK(d.item[0].before[0] == 1);
}

TEST(change_in_knows_which_round_came_first)
{
	static const struct {
		const char *one, *two;
		int first; /* -1: nobody knows */
	} rounds[] = {{"før", "efter", 1}, {"Efter", "FØR", 0}, {"2", "1", 0},
	    {"9", "10", 1}, {"dengang", "nu", 1}, {"slut", "maj", 0},
	    {"2026-05-01", "2025-11-01", 0}, {"maj", "juni", -1}};
	for (int i = 0; i < (int)COUNT_OF(rounds); i++) {
		struct str text = str_fmt(arena,
		    "code,round,item,answer\na,%s,Q,1\na,%s,Q,5\n",
		    rounds[i].one, rounds[i].two);
		if (rounds[i].first < 0) {
			refuse(arena, text, &RULES, 0, 0);
			continue;
		}
		struct change_data d = read(arena, text, &RULES);
		CHECK(d.item[0].before[0] == (rounds[i].first ? 1 : 5));
	}
	struct change_rules rules = RULES;
	struct str three = S("code,round,item,answer\na,x,Q,1\na,y,Q,2\n"
			     "a,z,Q,3\n");
	refuse(arena, three, &RULES, 4, 3);
	rules.before = S("z");
	rules.after = S("x");
	CHECK(read(arena, three, &rules).item[0].before[0] == 3);
	rules.after = S("w");
	refuse(arena, three, &rules, 0, 0);
}

TEST(change_in_tells_yes_and_no_from_a_scale)
{
	struct change_data d = read(arena,
	    S("code,round,item,answer\na,1,Q,ja\na,2,Q,Nej\nb,1,R,0\n"
	      "b,2,R,1\nc,1,T,1\nc,2,T,5\n"),
	    &RULES);
	CHECK(d.item[0].yes_no && d.item[1].yes_no && !d.item[2].yes_no);
	CHECK(d.item[0].before[0] == 1 && d.item[0].after[0] == 0);
	refuse(arena, S("code,round,item,answer\na,1,Q,0\na,2,Q,3\n"), &RULES,
	    2, 7);
}

TEST(change_in_takes_another_scale)
{
	struct change_rules rules = {.low = 0, .high = 10};
	struct str text = S("code,round,item,answer\na,1,Q,0\na,2,Q,10\n");
	CHECK(read(arena, text, &rules).item[0].after[0] == 10);
	refuse(arena, text, &RULES, 3, 7);
	rules.high = 9;
	refuse(arena, text, &rules, 3, 7);
}

TEST(change_in_says_where_a_file_is_wrong)
{
	refuse(arena, S(""), &RULES, 0, 1);
	refuse(arena, S("a,b\n"), &RULES, 1, 1);
	refuse(arena, S("code,round,item,answer\n"), &RULES, 1, 1);
	refuse(arena, S("code,round,item,answer\na,1,Q\n"), &RULES, 2, 5);
	refuse(arena, S("code,round,item,answer\n,1,Q,3\n"), &RULES, 2, 1);
	refuse(arena, S("code,round,item,answer\na,,Q,3\n"), &RULES, 2, 3);
	refuse(arena, S("code,round,item,answer\na,1,,3\n"), &RULES, 2, 5);
	refuse(arena, S("code,round,item,answer\na,1,Q,måske\n"), &RULES, 2, 7);
	refuse(arena, S("case,pre,post\nA,1,nan\n"), &RULES, 2, 5);
	refuse(arena, S("case,pre,post\nA,1,\"2\n"), &RULES, 2, 5);
	refuse(arena, S("case,pre,post\nA,1e13,2\n"), &RULES, 2, 3);
	refuse(arena, S("round,item,answer\n1,Q,3\n"), &RULES, 1, 1);
	struct change_rules cross = {.any_scale = true, .unpaired = true};
	struct change_data d =
	    read(arena, S("round,item,answer\n1,Q,3\n2,Q,4\n1,Q,5\n"), &cross);
	CHECK_INT(d.item[0].n_before, 2);
	CHECK_INT(d.item[0].pairs, 0);
}

TEST(change_in_refuses_too_many_items)
{
	struct buf b = buf_new(arena, 1024 * 1024);
	buf_add(&b, S("case,pre,post\n"));
	for (int i = 0; i < CHANGE_ITEMS; i++)
		buf_fmt(&b, "%d,1,2\n", i);
	CHECK_INT(read(arena, buf_str(&b), &RULES).n, CHANGE_ITEMS);
	buf_add(&b, S("more,1,2\n"));
	refuse(arena, buf_str(&b), &RULES, CHANGE_ITEMS + 2, 1);
}
