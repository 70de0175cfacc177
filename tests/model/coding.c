/* SPDX-License-Identifier: MPL-2.0 */

/* Passages under codes: who sees them, and what becomes of them when the words
 * do. */
#include "model/coding.h"

#include "base/buf.h"
#include "tests/model/fixture.h"

/* Each later than the one before. */
static struct id
next_id(void)
{
	static int64_t ms;
	return id_new(NOW_US + ++ms * 1000);
}

static struct book_code
code(struct world *w, const char *name, struct id parent)
{
	struct book_code c = {.id = next_id(),
	    .name = str_c(name),
	    .colour = S("green"),
	    .parent = parent};
	CHECK_OK(book_save(w->db, w->arena, &w->leader, &c));
	return c;
}

static struct contribution
get(struct world *w, struct id id)
{
	struct contribution c;
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, id, &c));
	return c;
}

static struct contribution
say(struct world *w, const char *words, int64_t scope)
{
	struct contribution c = {.id = next_id(),
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = str_c(words),
	    .basis = S("consent"),
	    .scope = scope,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &c, S("")));
	c = get(w, c.id);
	CHECK_OK(contribution_move(w->db, w->arena, &w->leader, &c,
	    &(struct contribution_step){S("reviewed"), S("")}));
	return get(w, c.id);
}

static struct id
put(struct world *w, const struct contribution *c, struct id of, int64_t from,
    int64_t to)
{
	struct coding k = {.id = next_id(), .code = of, .at = {from, to}};
	CHECK_OK(coding_add(w->db, w->arena, &w->leader, c, &k));
	CHECK_OK(coding_add(w->db, w->arena, &w->leader, c, &k));
	return k.id;
}

static struct codings
list(struct world *w, const struct actor *who, struct id of)
{
	struct codings all;
	CHECK_OK(coding_list(
	    w->db, w->arena, who, &(struct coding_filter){.code = of}, &all));
	return all;
}

TEST_DB(coding_is_of_what_one_may_see)
{
	struct world w;
	struct coding_counts counts;
	world_new(&w, arena, db);
	struct book_code care = code(&w, "Omsorg", (struct id){0});
	struct book_code rest = code(&w, "Hvile", care.id);
	struct contribution open = say(&w, "Åh, en bænk. Tak.", 1);
	struct contribution closed = say(&w, "En hemmelighed.", 0);
	put(&w, &open, rest.id, 4, 12);
	put(&w, &open, care.id, 0, 12); /* they may overlap */
	put(&w, &closed, rest.id, 3, 14);
	struct codings all = list(&w, &w.leader, care.id);
	CHECK_INT(all.n, 3); /* what is below it too */
	CHECK_STR(all.list[0].words, S("hemmelighed"));
	CHECK_STR(all.list[2].words, S("en bænk."));
	CHECK_INT(list(&w, &w.leader, rest.id).n, 2);
	CHECK_INT(list(&w, &w.participant, rest.id).n, 1);
	CHECK_OK(coding_counts(db, arena, &w.leader, &counts));
	CHECK_INT(coding_count_of(&counts, rest.id).passages, 2);
	CHECK_INT(coding_count_of(&counts, rest.id).people, 2);
	struct contribution_filter f = {.code = care.id, .max = 10};
	struct contribution_page page;
	CHECK_OK(contribution_list(db, arena, &w.leader, &f, &page));
	CHECK_INT(page.n, 2);
	CHECK_INT(page.total, 2);
	f.code = code(&w, "Andet", (struct id){0}).id;
	CHECK_OK(contribution_list(db, arena, &w.leader, &f, &page));
	CHECK_INT(page.n + page.total, 0);
}

TEST_DB(coding_is_checked)
{
	struct world w;
	world_new(&w, arena, db);
	struct book_code c = code(&w, "Hvile", (struct id){0});
	struct contribution said = say(&w, "En bænk.", 1);
	struct coding k = {.id = next_id(), .code = c.id, .at = {0, 9}};
	CHECK_INT(coding_add(db, arena, &w.leader, &said, &k), ERR_INVALID);
	k.at.to = 8;
	k.memo = S("Ring 010150-1234");
	CHECK_INT(coding_add(db, arena, &w.leader, &said, &k), ERR_INVALID);
	k.memo = S("");
	CHECK_INT(coding_add(db, arena, &w.participant, &said, &k), ERR_DENIED);
	said.rev--;
	CHECK_INT(coding_add(db, arena, &w.leader, &said, &k), ERR_CONFLICT);
	said.rev++;
	CHECK_OK(book_retire(db, arena, &w.leader, c.id, true));
	CHECK_INT(coding_add(db, arena, &w.leader, &said, &k), ERR_INVALID);
	CHECK_OK(book_retire(db, arena, &w.leader, c.id, false));
	CHECK_OK(coding_add(db, arena, &w.leader, &said, &k));
	CHECK_INT(list(&w, &w.leader, c.id).n, 1);
	CHECK_OK(coding_drop(db, arena, &w.leader, said.id, k.id));
	CHECK_INT(list(&w, &w.leader, c.id).n, 0);
}

/* The old words stay by a passage that has others now; taken back, they go. */
TEST_DB(coding_follows_the_words)
{
	struct world w;
	world_new(&w, arena, db);
	struct book_code c = code(&w, "Hvile", (struct id){0});
	struct contribution said = say(&w, "En bænk. Og en kanin.", 1);
	put(&w, &said, c.id, 0, 8);
	put(&w, &said, c.id, 9, 21);
	CHECK_OK(contribution_reword(
	    db, arena, &w.leader, &said, S("En bænk. Og et lys.")));
	struct codings all = list(&w, &w.leader, c.id);
	CHECK_INT(all.n, 2);
	CHECK(all.list[0].look_us == 0); /* it is there still */
	CHECK(all.list[1].look_us > 0);
	CHECK_STR(all.list[1].words, S("Og en kanin."));
	said = get(&w, said.id);
	CHECK_OK(
	    contribution_reword(db, arena, &w.leader, &said, said.original));
	CHECK(list(&w, &w.leader, c.id).list[1].look_us == 0);
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, said.id));
	CHECK_INT(list(&w, &w.leader, c.id).n, 0);
}

/* A search reads the tag and the code as the list does. */
TEST_DB(search_reads_tag_and_code)
{
	struct world w;
	world_new(&w, arena, db);
	struct book_code c = code(&w, "Hvile", (struct id){0});
	struct contribution a = say(&w, "En bænk i parken.", 1);
	struct contribution b = say(&w, "En bænk ved søen.", 1);
	CHECK_OK(contribution_tag(db, arena, &w.leader, &a, S("park")));
	put(&w, &b, c.id, 0, 7);
	struct contribution_search s = {.query = S("bænk")};
	CHECK_OK(contribution_search(db, arena, &w.leader, &s));
	CHECK_INT(s.n, 2);
	s.filter.tag = S("park");
	CHECK_OK(contribution_search(db, arena, &w.leader, &s));
	CHECK_INT(s.n, 1);
	CHECK(id_eq(s.list[0].id, a.id));
	s.filter.code = c.id;
	CHECK_OK(contribution_search(db, arena, &w.leader, &s));
	CHECK_INT(s.n, 0);
	s.filter.tag = S("");
	CHECK_OK(contribution_search(db, arena, &w.leader, &s));
	CHECK_INT(s.n, 1);
	CHECK(id_eq(s.list[0].id, b.id));
}
