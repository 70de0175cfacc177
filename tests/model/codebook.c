/* SPDX-License-Identifier: MPL-2.0 */

/* The codes of a network: one level, none deleted. */
#include "model/codebook.h"

#include "tests/model/fixture.h"

static struct book_code
plain(const char *name, struct id parent)
{
	return (struct book_code){.id = id_new(NOW_US),
	    .name = str_c(name),
	    .colour = S("red"),
	    .parent = parent};
}

TEST_DB(codebook_is_in_order_below_its_parents)
{
	struct world w;
	struct codebook book;
	world_new(&w, arena, db);
	struct book_code b = plain("Åbenhed", (struct id){0});
	struct book_code a = plain("Omsorg", (struct id){0});
	struct book_code under = plain("Trøst", a.id);
	CHECK_OK(book_save(db, arena, &w.leader, &b));
	CHECK_OK(book_save(db, arena, &w.leader, &a));
	CHECK_OK(book_save(db, arena, &w.leader, &under));
	CHECK_OK(book_save(db, arena, &w.leader, &under)); /* sent twice */
	CHECK_OK(codebook_get(db, arena, &w.leader, &book));
	CHECK_INT(book.n, 3);
	CHECK_STR(book.list[0].name, S("Omsorg"));
	CHECK_STR(book.list[0].letter, S("O"));
	CHECK_STR(book.list[1].name, S("Trøst"));
	CHECK_STR(book.list[2].name, S("Åbenhed"));
	under.rev = 1;
	under.name = S("Trøste");
	CHECK_OK(book_save(db, arena, &w.leader, &under));
	CHECK_INT(book_save(db, arena, &w.leader, &under), ERR_CONFLICT);
	CHECK_INT(book_save(db, arena, &w.participant, &b), ERR_DENIED);
}

TEST_DB(codebook_is_checked)
{
	struct world w;
	struct codebook book;
	struct book_faults f;
	world_new(&w, arena, db);
	struct book_code a = plain("Omsorg", (struct id){0});
	struct book_code under = plain("Trøst", a.id);
	CHECK_OK(book_save(db, arena, &w.leader, &a));
	CHECK_OK(book_save(db, arena, &w.leader, &under));
	CHECK_OK(codebook_get(db, arena, &w.leader, &book));
	struct book_code bad = plain("Omsorg", (struct id){0});
	bad.colour = S("pink");
	bad.letter = S("ABC");
	bad.meaning = S("010150-1234");
	book_check(&book, &bad, &f);
	CHECK(f.name && f.colour && f.letter && f.meaning && !f.parent);
	bad = plain("Dybt", under.id); /* two levels */
	book_check(&book, &bad, &f);
	CHECK(f.parent && !f.name);
	a.parent = under.id;
	book_check(&book, &a, &f);
	CHECK(f.parent);
	bad = plain("Omsorg", a.id); /* the same name elsewhere is fine */
	book_check(&book, &bad, &f);
	CHECK(f.parent == NULL || !f.name);
}

/* All of a file or nothing of it. */
TEST_DB(codebook_comes_in_whole)
{
	struct world w;
	struct codebook book;
	world_new(&w, arena, db);
	struct book_code here = plain("Omsorg", (struct id){0});
	CHECK_OK(book_save(db, arena, &w.leader, &here));
	struct book_code in[2];
	in[0] = plain("Hvile", (struct id){0});
	in[1] = plain("Omsorg", (struct id){0});
	struct codebook file = {in, 2};
	CHECK_INT(codebook_import(db, arena, &w.leader, &file), ERR_INVALID);
	CHECK_OK(codebook_get(db, arena, &w.leader, &book));
	CHECK_INT(book.n, 1);
	in[1].name = S("Trøst");
	in[1].parent = in[0].id;
	in[1].retired_us = 1;
	CHECK_OK(codebook_import(db, arena, &w.leader, &file));
	CHECK_OK(codebook_import(db, arena, &w.leader, &file));
	CHECK_OK(codebook_get(db, arena, &w.leader, &book));
	CHECK_INT(book.n, 3);
	CHECK(codebook_find(&book, in[1].id)->retired_us > 0);
}
