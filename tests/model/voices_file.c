/* SPDX-License-Identifier: MPL-2.0 */

/* What people said out of the files of other systems, and of ours. */
#include "model/voices_file.h"

#include "base/buf.h"
#include "tests/test.h"

struct read {
	struct voices_reader f;
	struct voices_row row[8];
};

static struct read
read_all(struct arena *a, struct str text)
{
	struct read r;
	struct voices_row row;
	voices_reader_open(&r.f, a, text);
	while (voices_reader_next(&r.f, a, &row)) {
		if (r.f.rows <= COUNT_OF(r.row))
			r.row[r.f.rows - 1] = row;
	}
	return r;
}

static void
check_fault(struct arena *a, struct str text, int64_t line, int64_t column)
{
	struct read r = read_all(a, text);
	CHECK_INT(r.f.n_faults, 1);
	CHECK_INT(r.f.faults[0].at.line, line);
	CHECK_INT(r.f.faults[0].at.column, column);
}

TEST(voices_file_reads_our_own)
{
	struct read r = read_all(arena,
	    S("\xEF\xBB\xBFid;maaned;slags;tekst;forkortet;hvem;maalgruppe;"
	      "aktivitet;tilstand\r\n"
	      "019a0000-0000-7000-8000-000000000001;2026-11;wish;"
	      "\"Flere bænke; og \"\"lys\"\".\";nej;Karen;Unge;Møde;used\r\n"));
	CHECK_INT(r.f.n_faults, 0);
	CHECK_INT(r.f.rows, 1);
	CHECK(r.f.ours);
	CHECK_STR(r.row[0].words, S("Flere bænke; og \"lys\"."));
	CHECK_STR(r.row[0].kind, S("wish"));
	CHECK_STR(r.row[0].group, S("Unge"));
	CHECK_INT(r.f.columns[3].field, VOICES_TEXT);
	CHECK_INT(r.f.columns[5].field, VOICES_ALIAS);
}

/* Ids of what a voice was made of are passed over, digits and all; in any
 * other column they are looked at. */
TEST(voices_file_passes_over_where_a_voice_is_from)
{
	struct str line = S("019a0101-7012-1234-8000-0101701234ab");
	struct str name[] = {S("ophav"), S("andet")};
	for (int i = 0; i < 2; i++) {
		struct str text = STR_JOIN(arena, S("tekst;slags;forkortet;"),
		    name[i], S("\nLys;wish;nej;010170-1234 "), line, S("\n"));
		struct read r = read_all(arena, text);
		CHECK_INT(r.f.n_faults, i);
		CHECK_INT(r.f.columns[3].field,
		    i == 0 ? VOICES_NUMBERS : VOICES_OTHER);
	}
}

TEST(voices_file_reads_talk_to_the_city)
{
	struct read r = read_all(arena,
	    S("comment-id,interview,comment-body\n"
	      "1,Bo,\"Bussen kører for sjældent.\n\nSlet ikke om "
	      "aftenen.\"\n2,Ann,\n"));
	CHECK_INT(r.f.n_faults, 0);
	CHECK_INT(r.f.rows, 1);
	CHECK_INT(r.f.blank, 1);
	CHECK(!r.f.ours);
	CHECK_STR(r.row[0].id, S("1"));
	CHECK_STR(r.row[0].words,
	    S("Bussen kører for sjældent.\n\nSlet ikke om aftenen."));
	r = read_all(arena, S("comment,id\nGodt,7\n"));
	CHECK_STR(r.row[0].words, S("Godt"));
	CHECK_STR(r.row[0].id, S("7"));
}

/* What was rejected there does not come in; a time is no CPR number. */
TEST(voices_file_reads_comments_of_polis)
{
	struct read r = read_all(arena,
	    S("timestamp,comment-id,author-id,agrees,disagrees,moderated,"
	      "comment-body\n"
	      "1701011234,0,4,2,1,1,Flere træer\n"
	      "1701011234,1,4,2,1,-1,Skældsord\n"));
	CHECK_INT(r.f.n_faults, 0);
	CHECK_INT(r.f.rows, 1);
	CHECK_INT(r.f.taken_back, 1);
	CHECK_STR(r.row[0].words, S("Flere træer"));
}

TEST(voices_file_reads_go_vocal)
{
	struct read r = read_all(arena,
	    S("ID,Latitude,Longitude,Title,Description,Author name,"
	      "Author email,Submitted at,Comments,Upvotes,Status\r\n"
	      "5b9c,55.6,12.5,Lys på stien,Der er mørkt,Bo,b@x.example,"
	      "2026-01-02,0,4,Proposed\r\n"));
	CHECK_INT(r.f.n_faults, 0);
	CHECK_STR(r.row[0].words, S("Lys på stien\n\nDer er mørkt"));
	CHECK_STR(r.row[0].id, S("5b9c"));
	CHECK_INT(r.f.columns[6].field, VOICES_OTHER); /* a mail address */
}

/* In the language that is ours, and not what its writer took back. */
TEST(voices_file_reads_proposals_of_decidim)
{
	struct read r = read_all(arena,
	    S("id;title/en;title/da;body/en;body/da;state;withdrawn\n"
	      "4;A path;En sti;By the lake;Ved søen;accepted;false\n"
	      "5;B;B;B;B;;true\n"));
	CHECK_INT(r.f.n_faults, 0);
	CHECK_INT(r.f.rows, 1);
	CHECK_INT(r.f.taken_back, 1);
	CHECK_STR(r.row[0].words, S("En sti\n\nVed søen"));
	CHECK_INT(r.f.columns[3].field, VOICES_OTHER);
	CHECK_INT(r.f.columns[4].field, VOICES_TEXT);
}

TEST(voices_file_names_what_is_wrong)
{
	check_fault(arena, S(""), 1, 1);
	check_fault(arena, S("navn;mail\nBo;b@x.example\n"), 1, 1);
	check_fault(arena, S("tekst;tekst\na;b\n"), 1, 7);
	check_fault(arena, S("id;tekst\n1;god\n2;\"åben\n"), 3, 3);
	check_fault(arena, S("id;tekst\n1;god;mere\n"), 2, 7);
	check_fault(arena, S("slags;tekst\nwish;a\nøv;b\n"), 3, 1);
	check_fault(arena, S("tekst\n\x01\n"), 2, 1);
	struct buf b = buf_new(arena, 20000);
	buf_add(&b, S("id;tekst\n1;"));
	for (int i = 0; i <= 8000; i++)
		buf_byte(&b, 'x');
	check_fault(arena, buf_str(&b), 2, 3);
}

/* In whatever column it stands, used or not. */
TEST(voices_file_refuses_a_cpr_number)
{
	check_fault(arena, S("id;tekst\n1;god\n2;Jeg er 010150-5678\n"), 3, 3);
	check_fault(
	    arena, S("tekst;noter\ngod;\n\"to\nlinjer\";0101505678\n"), 4, 9);
	check_fault(arena, S("id;tekst\n010150-5678;god\n"), 2, 1);
}

/* Cells that a spreadsheet would run, and quotes and lines without end, are
 * words like any other. */
TEST(voices_file_bears_a_hostile_table)
{
	struct read r = read_all(arena,
	    S("tekst\n\"=cmd|' /C calc'!A0\"\n"
	      "<script>alert(1)</script>\n"
	      "'); DROP TABLE contribution; --\n"));
	CHECK_INT(r.f.n_faults, 0);
	CHECK_INT(r.f.rows, 3);
	CHECK_STR(r.row[1].words, S("<script>alert(1)</script>"));
	struct buf b = buf_new(arena, 100000);
	for (int i = 0; i < 600; i++)
		buf_add(&b, S("tekst,"));
	check_fault(arena, buf_str(&b), 1, 6 * VOICES_COLUMNS + 1);
	b.n = 0;
	buf_add(&b, S("tekst\n"));
	for (int i = 0; i < 1000; i++)
		buf_add(&b, S("a,b,c,d\n"));
	CHECK_INT(read_all(arena, buf_str(&b)).f.n_faults, VOICES_FAULTS);
}

TEST(voices_file_takes_many_rows_and_no_more)
{
	struct voices_row row;
	struct voices_reader f;
	struct arena *scratch = arena_scratch(arena);
	struct buf b = buf_new(arena, 4 * 1024 * 1024);
	buf_add(&b, S("tekst\n"));
	for (int i = 0; i < VOICES_ROWS; i++)
		buf_fmt(&b, "%d\n", i);
	voices_reader_open(&f, arena, buf_str(&b));
	while (voices_reader_next(&f, scratch, &row))
		arena_reset(scratch);
	CHECK_INT(f.n_faults, 0);
	CHECK_INT(f.rows, VOICES_ROWS);
	buf_add(&b, S("en til\n"));
	voices_reader_open(&f, arena, buf_str(&b));
	while (voices_reader_next(&f, scratch, &row))
		arena_reset(scratch);
	CHECK_INT(f.n_faults, 1);
	CHECK_INT(f.faults[0].at.line, VOICES_ROWS + 2);
	arena_close(scratch);
}
