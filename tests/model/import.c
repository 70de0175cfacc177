/* SPDX-License-Identifier: MPL-2.0 */

/* Lists of people on their way in: kept sealed, looked at, brought in once. */
#include "model/import.h"

#include "model/network.h"
#include "tests/model/fixture.h"

static const struct str list =
    S_INIT("navn;mail;telefon;alder;grund\n"
	   "Karen Holm;karen@borger.example;20304050;71;Passer sin mand\n"
	   "Bo Dahl;;20 30 40 51;;\n"
	   "karen  holm;KAREN@borger.example;;;\n");

static struct import
import_of(struct world *w, struct str file)
{
	return (struct import){.id = id_new(w->leader.now_us),
	    .actor_kind = S("citizen"),
	    .reason = S("Fra foreningens liste"),
	    .file = file};
}

static int64_t
people_here(struct world *w, struct person_page *page)
{
	struct person_filter all = {0};
	CHECK_OK(person_list(w->db, w->arena, &w->leader, &all, page));
	return page->total;
}

TEST_DB(import_is_kept_sealed_for_who_brought_it)
{
	struct world w;
	struct import out;
	struct db_row row;
	world_new(&w, arena, db);
	struct import in = import_of(&w, list);
	struct actor other = world_inside(&w, w.mette);
	other.account = w.ali;
	CHECK_OK(import_put(db, arena, &w.leader, &in));
	CHECK_OK(import_get(db, arena, &w.leader, in.id, &out));
	CHECK_STR(out.file, list);
	CHECK_STR(out.reason, in.reason);
	CHECK_INT(import_get(db, arena, &other, in.id, &out), ERR_NOT_FOUND);
	CHECK_INT(import_get(db, arena, &w.decider, in.id, &out), ERR_DENIED);
	CHECK_INT(import_put(db, arena, &w.decider, &in), ERR_DENIED);
	CHECK_OK(db_one(db, arena, "SELECT file FROM import WHERE org = $1",
	    &row, DB_ID(w.org.id)));
	CHECK_LACKS(db_blob(&row, 0), S("Holm"));
	CHECK_OK(import_drop(db, arena, &w.leader, in.id));
	CHECK_INT(import_get(db, arena, &w.leader, in.id, &out), ERR_NOT_FOUND);
}

TEST_DB(import_is_gone_after_a_day)
{
	struct world w;
	struct import out;
	world_new(&w, arena, db);
	struct import in = import_of(&w, list);
	CHECK_OK(import_put(db, arena, &w.leader, &in));
	CHECK_OK(import_sweep(db, &w.program));
	CHECK_OK(import_get(db, arena, &w.leader, in.id, &out));
	w.program.now_us += IMPORT_KEPT_US;
	CHECK_OK(import_sweep(db, &w.program));
	CHECK_INT(import_get(db, arena, &w.leader, in.id, &out), ERR_NOT_FOUND);
}

TEST_DB(import_needs_a_reason_a_kind_and_a_file)
{
	struct world w;
	world_new(&w, arena, db);
	struct import in = import_of(&w, list);
	in.reason = S(" ");
	CHECK_INT(import_put(db, arena, &w.leader, &in), ERR_INVALID);
	in = import_of(&w, list);
	in.actor_kind = S("robot");
	CHECK_INT(import_put(db, arena, &w.leader, &in), ERR_INVALID);
	in = import_of(&w, S(""));
	CHECK_INT(import_put(db, arena, &w.leader, &in), ERR_INVALID);
}

TEST_DB(import_brings_everybody_in_once)
{
	struct world w;
	struct import_people people;
	struct import_same same;
	struct person_page page;
	struct person_contact contact;
	struct import_rows rows = {0, 3, 0};
	world_new(&w, arena, db);
	struct import in = import_of(&w, list);
	CHECK_OK(import_read(db, arena, &w.leader, &in, &people));
	CHECK_INT(people.file.n_faults, 0);
	CHECK_OK(import_compare(db, arena, &w.leader, &people, &same));
	CHECK_INT(same.in_file, 1);
	CHECK_INT(same.line[2], 2);
	CHECK_INT(same.in_network, 0);
	CHECK_OK(import_add(db, arena, &w.leader, &people, &rows));
	CHECK_INT(rows.added, 2);
	CHECK_INT(people_here(&w, &page), 2);
	for (ptrdiff_t i = 0; i < page.n; i++)
		if (str_eq(page.list[i].age, S("67-79"))) {
			CHECK_STR(page.list[i].source, S("import"));
			CHECK_STR(page.list[i].reason, S("Passer sin mand"));
			CHECK_STR(page.list[i].channel, S("mail"));
			CHECK_OK(person_contact_read(db, arena, &w.leader,
			    page.list[i].id, S("Ringe"), &contact));
			CHECK_STR(contact.name, S("Karen Holm"));
		} else {
			CHECK_STR(page.list[i].reason, in.reason);
			CHECK_STR(page.list[i].channel, S("phone"));
		}
	CHECK_OK(import_add(db, arena, &w.leader, &people, &rows));
	CHECK_INT(rows.added, 0);
	CHECK_OK(import_compare(db, arena, &w.leader, &people, &same));
	CHECK_INT(same.in_network, 3);
}

TEST_DB(import_with_a_fault_brings_nobody_in)
{
	struct world w;
	struct import_people people;
	struct person_page page;
	struct import_rows rows = {0, 2, 0};
	world_new(&w, arena, db);
	struct import in = import_of(
	    &w, S("navn;tlf;grund\nBo;1;\nKaren;2;har 010150-5678\n"));
	CHECK_OK(import_read(db, arena, &w.leader, &in, &people));
	CHECK_INT(people.file.n_faults, 1);
	CHECK_INT(people.file.faults[0].at.line, 3);
	CHECK_INT(
	    import_add(db, arena, &w.leader, &people, &rows), ERR_INVALID);
	CHECK_INT(people_here(&w, &page), 0);
}

TEST_DB(import_finds_target_groups_by_name)
{
	struct world w;
	struct import_people people;
	world_new(&w, arena, db);
	struct record group = world_record(&w, KIND_GROUP);
	record_set(&group, "name", S("Pårørende"));
	world_save(&w, &group);
	struct import in = import_of(
	    &w, S("navn;tlf;målgruppe\nBo;1;PÅRØRENDE\nAnn;2;Ukendte\n"));
	CHECK_OK(import_read(db, arena, &w.leader, &in, &people));
	CHECK(id_eq(people.group[0], group.id));
	CHECK_INT(people.file.n_faults, 1);
	CHECK_INT(people.file.faults[0].at.line, 3);
	CHECK_INT(people.file.faults[0].at.column, 7);
}
