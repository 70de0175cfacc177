/* SPDX-License-Identifier: MPL-2.0 */

/* Files of what people said on their way in: sealed, and brought in once. */
#include "model/voices_import.h"

#include "base/buf.h"
#include "model/erasure.h"
#include "model/network.h"
#include "tests/model/fixture.h"

enum { MANY = 10000, A_WRITE = 500 };

static const struct str file = S_INIT("id,comment\n"
				      "1,Bussen er for dyr\n"
				      "2,Flere træer\n"
				      "3,\n");

static struct voices_import
import_of(struct world *w, struct str text)
{
	return (struct voices_import){.id = id_new(w->leader.now_us),
	    .kind = S("idea"),
	    .basis = S("public_task"),
	    .scope = SCOPE_NETWORK,
	    .told = S("Kommunen læser det."),
	    .file = text};
}

/* As the job does it; how many came in. */
static int64_t
bring_in(struct world *w, const struct voices_import *in)
{
	int64_t added = 0;
	struct voices_reading r;
	struct arena *rows = arena_scratch(w->arena);
	struct voice_in *list = arena_new(w->arena, struct voice_in, A_WRITE);
	CHECK_OK(voices_reading_open(w->db, w->arena, &w->leader, in, &r));
	ptrdiff_t n = A_WRITE;
	while (n == A_WRITE) {
		n = 0;
		while (n < A_WRITE && voices_reading_next(&r, rows, &list[n]))
			n++;
		struct voices_batch b = {in, r.file.ours, list, n, 0};
		CHECK_OK(db_begin(w->db));
		CHECK_OK(voices_import_add(w->db, rows, &w->leader, &b));
		CHECK_OK(db_commit(w->db));
		added += b.added;
		arena_reset(rows);
	}
	CHECK_INT(r.file.n_faults, 0);
	arena_close(rows);
	return added;
}

static struct contribution_page
voices(struct world *w)
{
	struct contribution_page page;
	struct contribution_filter all = {.max = 10};
	CHECK_OK(contribution_list(w->db, w->arena, &w->leader, &all, &page));
	return page;
}

TEST_DB(voices_import_is_kept_sealed_for_who_brought_it)
{
	struct world w;
	struct voices_import out;
	struct db_row row;
	world_new(&w, arena, db);
	struct voices_import in = import_of(&w, file);
	struct actor other = world_inside(&w, w.mette);
	other.account = w.ali;
	CHECK_OK(voices_import_put(db, arena, &w.leader, &in));
	CHECK_OK(voices_import_put(db, arena, &w.leader, &in));
	CHECK_OK(voices_import_get(db, arena, &w.leader, in.id, &out));
	CHECK_STR(out.file, file);
	CHECK_STR(out.told, in.told);
	CHECK_INT(out.scope, SCOPE_NETWORK);
	CHECK_INT(
	    voices_import_get(db, arena, &other, in.id, &out), ERR_NOT_FOUND);
	CHECK_INT(
	    voices_import_get(db, arena, &w.decider, in.id, &out), ERR_DENIED);
	CHECK_INT(voices_import_put(db, arena, &w.decider, &in), ERR_DENIED);
	CHECK_OK(db_one(db, arena,
	    "SELECT file FROM voices_import_part WHERE org = $1", &row,
	    DB_ID(w.org.id)));
	CHECK_LACKS(db_blob(&row, 0), S("Bussen"));
	CHECK_OK(voices_import_drop(db, arena, &other, in.id));
	CHECK_OK(voices_import_get(db, arena, &w.leader, in.id, &out));
	CHECK_OK(voices_import_drop(db, arena, &w.leader, in.id));
	CHECK_INT(voices_import_get(db, arena, &w.leader, in.id, &out),
	    ERR_NOT_FOUND);
	CHECK_INT(db_one(db, arena,
		      "SELECT part FROM voices_import_part WHERE org = $1",
		      &row, DB_ID(w.org.id)),
	    ERR_NOT_FOUND);
}

TEST_DB(voices_import_is_gone_after_a_day)
{
	struct world w;
	struct voices_import out;
	world_new(&w, arena, db);
	struct voices_import in = import_of(&w, file);
	CHECK_OK(voices_import_put(db, arena, &w.leader, &in));
	CHECK_OK(voices_import_sweep(db, &w.program));
	CHECK_OK(voices_import_get(db, arena, &w.leader, in.id, &out));
	w.program.now_us += VOICES_KEPT_US;
	CHECK_OK(voices_import_sweep(db, &w.program));
	CHECK_INT(voices_import_get(db, arena, &w.leader, in.id, &out),
	    ERR_NOT_FOUND);
}

/* Nothing of it is chosen for the leader. */
TEST_DB(voices_import_needs_scope_basis_and_what_was_told)
{
	struct world w;
	struct voices_import_faults f;
	world_new(&w, arena, db);
	struct voices_import in = {.id = id_new(w.leader.now_us), .scope = -1};
	voices_import_check(&in, &f);
	CHECK(f.kind && f.basis && f.scope && f.told && f.file);
	in = import_of(&w, file);
	in.scope = -1;
	CHECK_INT(voices_import_put(db, arena, &w.leader, &in), ERR_INVALID);
	in = import_of(&w, file);
	in.told = S("Ring 010150-5678");
	CHECK_INT(voices_import_put(db, arena, &w.leader, &in), ERR_INVALID);
}

/* guide:S50: each row stands as it was written, with its receipt. */
TEST_DB(voices_import_brings_each_in_once)
{
	struct world w;
	struct receipts receipts;
	world_new(&w, arena, db);
	struct voices_import in = import_of(&w, file);
	CHECK_INT(bring_in(&w, &in), 2);
	CHECK_INT(bring_in(&w, &in), 0); /* the job was begun again */
	struct contribution_page page = voices(&w);
	CHECK_INT(page.total, 2);
	const struct contribution *c = &page.list[1];
	CHECK_STR(c->original, S("Bussen er for dyr"));
	CHECK_STR(c->teller, S("import"));
	CHECK_STR(c->state, S("received"));
	CHECK_STR(c->kind, S("idea"));
	CHECK_STR(c->basis, S("public_task"));
	CHECK_STR(c->anonymity, S("none"));
	CHECK_INT(c->scope, SCOPE_NETWORK);
	CHECK_OK(contribution_receipts(db, arena, &w.leader, c->id, &receipts));
	CHECK_INT(receipts.n, 1);
	CHECK_STR(receipts.list[0].event, S("given"));
	CHECK_STR(receipts.list[0].text, in.told);
	CHECK_INT(receipts.list[0].scope, SCOPE_NETWORK);

	/* The same file another day, with one row more and one that changed. */
	w.leader.now_us += 1;
	in = import_of(&w,
	    S("id;comment\n1;Bussen er for dyr\n2;Flere store træer\n"
	      "4;Flere træer\n"));
	CHECK_INT(bring_in(&w, &in), 2);
	CHECK_INT(voices(&w).total, 4);
}

TEST_DB(voices_import_does_not_bring_back_what_was_taken_back)
{
	struct world w;
	world_new(&w, arena, db);
	struct voices_import in = import_of(&w, file);
	CHECK_INT(bring_in(&w, &in), 2);
	CHECK_OK(
	    contribution_withdraw(db, arena, &w.leader, voices(&w).list[0].id));
	w.leader.now_us += 1;
	in = import_of(&w, file);
	CHECK_INT(bring_in(&w, &in), 0);
	CHECK_INT(voices(&w).total, 1);
}

/* Our own export, in the network that it came from. */
TEST_DB(voices_import_passes_over_its_own_export)
{
	struct world w;
	world_new(&w, arena, db);
	struct voices_import in = import_of(&w, file);
	CHECK_INT(bring_in(&w, &in), 2);
	struct id id = voices(&w).list[0].id;
	w.leader.now_us += 1;
	in = import_of(&w,
	    STR_JOIN(arena, S("id;slags;tekst;forkortet\n"), id_text(arena, id),
		S(";wish;Med andre ord;nej\n;quote;En ny;nej\n")));
	CHECK_INT(bring_in(&w, &in), 1);
	CHECK_STR(voices(&w).list[0].kind, S("quote"));
}

static struct id
person_called(struct world *w, const char *alias)
{
	struct person p = {.id = id_new(w->leader.now_us),
	    .actor_kind = S("citizen"),
	    .state = S("active"),
	    .alias = str_c(alias),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Kender området"),
	    .source = S("named")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	return p.id;
}

TEST_DB(voices_import_finds_target_groups_by_name)
{
	struct world w;
	struct voice_in row;
	struct voices_reading r;
	world_new(&w, arena, db);
	struct record group = world_record(&w, KIND_GROUP);
	record_set(&group, "name", S("Pårørende"));
	world_save(&w, &group);
	struct voices_import in =
	    import_of(&w, S("tekst;målgruppe\nA;PÅRØRENDE\nBø;Ukendte\n"));
	CHECK_OK(voices_reading_open(db, arena, &w.leader, &in, &r));
	CHECK(voices_reading_next(&r, arena, &row));
	CHECK(id_eq(row.group, group.id));
	CHECK(voices_reading_next(&r, arena, &row));
	CHECK(!voices_reading_next(&r, arena, &row));
	CHECK_INT(r.file.n_faults, 1);
	CHECK_INT(r.file.faults[0].at.line, 3);
	CHECK_INT(r.file.faults[0].at.column, 4);
}

/* An alias is that of one who is known by it here; nobody's who wants to be
 * deleted, and nobody's where two share it. */
TEST_DB(voices_import_finds_activity_month_and_alias)
{
	struct world w;
	world_new(&w, arena, db);
	struct record activity = world_record(&w, KIND_ACTIVITY);
	record_set(&activity, "title", S("Borgermøde"));
	world_save(&w, &activity);
	static const char *const aliases[] = {"Karen", "Bo", "bo", "Ida"};
	struct id id[COUNT_OF(aliases)];
	for (int i = 0; i < COUNT_OF(aliases); i++)
		id[i] = person_called(&w, aliases[i]);
	CHECK_OK(erasure_ask(db, arena, &w.leader, id[3]));
	struct voices_import in = import_of(&w,
	    S("tekst;aktivitet;maaned;hvem\n"
	      "En;BORGERMØDE;2026-05;karen\nTo;;;Bo\nTre;;;Ida\nFire;;;\n"));
	CHECK_INT(bring_in(&w, &in), 4);
	struct contribution_page page = voices(&w);
	const struct contribution *one = &page.list[3];
	CHECK_STR(one->original, S("En"));
	CHECK(id_eq(one->activity, activity.id));
	CHECK(id_eq(one->person, id[0]));
	CHECK_STR(one->anonymity, S("alias"));
	CHECK_STR(str_sub(date_iso(arena, date_danish(one->at_us)), 0, 7),
	    S("2026-05"));
	for (int i = 0; i < 3; i++) {
		CHECK(!id_is_set(page.list[i].person));
		CHECK_STR(page.list[i].anonymity, S("none"));
		CHECK_INT(page.list[i].at_us, w.leader.now_us);
	}
}

TEST_DB(voices_import_says_where_activity_and_month_are_wrong)
{
	struct world w;
	struct voice_in row;
	struct voices_reading r;
	world_new(&w, arena, db);
	struct voices_import in = import_of(
	    &w, S("tekst;aktivitet;maaned\nA;Ingen;2026-05\nB;;maj\n"));
	CHECK_OK(voices_reading_open(db, arena, &w.leader, &in, &r));
	while (voices_reading_next(&r, arena, &row))
		;
	CHECK_INT(r.file.n_faults, 2);
	CHECK_INT(r.file.faults[0].at.line, 2);
	CHECK_INT(r.file.faults[0].at.column, 3);
	CHECK_INT(r.file.faults[1].at.line, 3);
	CHECK_INT(r.file.faults[1].at.column, 4);
}

TEST_DB(voices_import_takes_columns_as_somebody_said)
{
	struct world w;
	struct voices_import out;
	world_new(&w, arena, db);
	struct voices_import in = import_of(&w, S("svar;comment\nJa tak;7\n"));
	CHECK_OK(voices_import_put(db, arena, &w.leader, &in));
	in.columns = S("t-");
	CHECK_OK(voices_import_set(db, arena, &w.leader, &in));
	CHECK_INT(voices_import_set(db, arena, &w.decider, &in), ERR_DENIED);
	CHECK_OK(voices_import_get(db, arena, &w.leader, in.id, &out));
	CHECK_STR(out.columns, S("t-"));
	CHECK_INT(bring_in(&w, &out), 1);
	CHECK_STR(voices(&w).list[0].original, S("Ja tak"));
	in.columns = S("tq");
	CHECK_INT(voices_import_set(db, arena, &w.leader, &in), ERR_INVALID);
	struct voices_reading r;
	in.columns = S("tt");
	CHECK_OK(voices_reading_open(db, arena, &w.leader, &in, &r));
	CHECK_INT(r.file.n_faults, 1);
}

TEST_DB(voices_import_leaves_out_rows_with_names_where_asked)
{
	struct world w;
	struct voices_import out;
	world_new(&w, arena, db);
	struct voices_import in =
	    import_of(&w, S("tekst\nMin nabo Karen er ked af det\nEn bus\n"));
	CHECK_OK(voices_import_put(db, arena, &w.leader, &in));
	CHECK_OK(voices_import_no_names(db, &w.leader, in.id));
	CHECK_OK(voices_import_get(db, arena, &w.leader, in.id, &out));
	CHECK_INT(bring_in(&w, &out), 1);
	CHECK_STR(voices(&w).list[0].original, S("En bus"));
	out.no_names = false;
	CHECK_INT(bring_in(&w, &out), 1);
	CHECK_STR(voices(&w).list[0].state, S("received"));
}

/* Several parts and writes; Windows-1252 as Excel writes it. */
TEST_DB(voices_import_takes_ten_thousand)
{
	struct world w;
	struct voices_import out;
	struct buf b = buf_new(arena, 4 * 1024 * 1024);
	world_new(&w, arena, db);
	buf_add(&b, S("id;tekst\r\n"));
	for (int i = 0; i < MANY; i++)
		buf_fmt(&b,
		    "%d;\"Bedre lys og flere b\xE6nke p\xE5 stien nummer %d, "
		    "hvor man kan sidde og hvile sig, n\xE5r man er tr\xE6t, "
		    "og kigge p\xE5 s\xF8"
		    "en.\"\r\n",
		    i, i);
	struct voices_import in = import_of(&w, buf_str(&b));
	CHECK(in.file.n > 1024 * 1024);
	CHECK_OK(voices_import_put(db, arena, &w.leader, &in));
	CHECK_OK(voices_import_get(db, arena, &w.leader, in.id, &out));
	CHECK_INT(bring_in(&w, &out), MANY);
	struct contribution_page page = voices(&w);
	CHECK_INT(page.total, MANY);
	CHECK_HAS(page.list[0].original, S("bænke på stien nummer 9999, hvor"));
	CHECK_INT(bring_in(&w, &out), 0);
}
