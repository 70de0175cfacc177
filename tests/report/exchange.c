/* SPDX-License-Identifier: MPL-2.0 */

/* A conversation comes in, goes out and comes in again: the same matrix and
 * the same votes, in each of the three forms of Polis. */
#include "report/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/nameless.h"
#include "model/exchange.h"
#include "model/votes_in.h"
#include "report/exchange_readme.h"
#include "report/unzip.h"
#include "report/zip.h"
#include "tests/engine/groups_golden.h"
#include "tests/model/fixture.h"

enum { TURN_BYTES = 512 * 1024 * 1024, ZIP_BYTES = 64 * 1024 * 1024 };

static struct record
new_dialogue(struct world *w, const char *state)
{
	struct record r = world_record(w, KIND_DIALOGUE);
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	record_set(&r, "state", str_c(state));
	record_set(&r, "ends", S(""));
	world_save(w, &r);
	return r;
}

/* As the job does it, each write in a transaction. */
static void
bring_in(struct world *w, struct arena *a, struct exchange_import *of)
{
	static int64_t ticks;
	struct exchange_in in;
	of->id = id_new(NOW_US + ticks++);
	CHECK_OK(exchange_put(w->db, a, &w->leader, of));
	CHECK(exchange_read(a, of, &in));
	CHECK_OK(db_begin(w->db));
	CHECK_OK(exchange_begin(w->db, a, &w->leader, of, &in));
	CHECK_OK(db_commit(w->db));
	ptrdiff_t total = in.voters + in.votes.n;
	for (ptrdiff_t i = 0; i < total; i += EXCHANGE_PIECE) {
		struct exchange_piece p = {of, &in, i, i + EXCHANGE_PIECE};
		p.to = p.to < total ? p.to : total;
		CHECK_OK(db_begin(w->db));
		CHECK_OK(exchange_add(w->db, a, &w->leader, &p));
		CHECK_OK(db_commit(w->db));
	}
	CHECK_OK(exchange_end(w->db, a, &w->leader, of));
}

/* The bytes of the file, which is in no folder. */
static struct str
read_file(struct arena *a, int fd, int64_t size)
{
	char *bytes = arena_new(a, char, (ptrdiff_t)size);
	CHECK_INT(pread(fd, bytes, (size_t)size, 0), size);
	char more;
	CHECK_INT(pread(fd, &more, 1, (off_t)size), 0);
	(void)close(fd);
	return (struct str){bytes, (ptrdiff_t)size};
}

static struct str
fetch(struct world *w, struct arena *a, const struct record *r,
    enum polis_kind kind)
{
	int64_t size;
	struct exchange_ask ask = {.dialogue = r,
	    .kind = kind,
	    .url = S("https://x/dialog"),
	    .k = 5,
	    .fd = nameless_open(a, S("/"))};
	CHECK_OK(exchange_export(w->db, a, &w->leader, &ask, &size));
	return read_file(a, ask.fd, size);
}

static struct exchange_import
go_out(struct world *w, struct arena *a, const struct record *r,
    enum polis_kind kind)
{
	struct unzipped files;
	struct exchange_import of = {.open = true};
	struct str zip = fetch(w, a, r, kind);
	CHECK(unzip_is(zip));
	CHECK(unzip_tables(a, zip, ZIP_BYTES, &files));
	CHECK_INT(files.n, 5);
	for (ptrdiff_t i = 0; i < files.n; i++)
		(void)!exchange_sort(a, files.file[i], &of);
	return of;
}

/* A row of the matrix as text, without whose it is. */
static int
compare_rows(const void *x, const void *y)
{
	const struct str *a = x, *b = y;
	int n = memcmp(a->p, b->p, (size_t)(a->n < b->n ? a->n : b->n));
	return n != 0 ? n : (a->n > b->n) - (a->n < b->n);
}

/* All rows in an order of their own: people have other numbers each time. */
static struct hash
matrix(struct arena *a, struct str votes, ptrdiff_t *n)
{
	struct votes_in in;
	struct csv_reader r;
	CHECK(votes_read(a, votes, &in, &r));
	*n = in.ballots.n;
	struct votes_table t = votes_sorted(a, &in);
	const struct votes *v = &t.votes;
	struct str *rows = arena_new(a, struct str, v->people);
	for (ptrdiff_t i = 0; i < v->people; i++) {
		struct buf b = buf_new(a, 1024 * 1024);
		for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++)
			buf_fmt(&b, "%.*s:%d ",
			    STR_ARG(t.statement[v->statement[k]]), v->vote[k]);
		rows[i] = buf_str(&b);
	}
	qsort(rows, (size_t)v->people, sizeof *rows, compare_rows);
	struct buf all = buf_new(a, ZIP_BYTES);
	for (ptrdiff_t i = 0; i < v->people; i++) {
		buf_add(&all, rows[i]);
		buf_byte(&all, '\n');
	}
	return hash_of(buf_str(&all));
}

/* Words, moderation and whether it is about the dialogue, of every one. */
static struct hash
statements(struct arena *a, const struct exchange_import *of)
{
	struct exchange_in in;
	struct buf b = buf_new(a, 4 * 1024 * 1024);
	CHECK(exchange_read(a, of, &in));
	const struct exchange_statement **by =
	    arena_new(a, const struct exchange_statement *, STATEMENTS_MAX);
	for (ptrdiff_t i = 0; i < in.n; i++)
		by[in.list[i].number] = &in.list[i];
	for (ptrdiff_t i = 0; i < STATEMENTS_MAX; i++) {
		if (by[i] != NULL && by[i]->state == EXCHANGE_SHOWN)
			buf_fmt(&b, "%td %d %.*s\n", i, by[i]->meta,
			    STR_ARG(by[i]->text));
	}
	return hash_of(buf_str(&b));
}

static void
round_trip(struct world *w, struct exchange_import first, int kind)
{
	ptrdiff_t n, m;
	struct arena *a = arena_open(TURN_BYTES);
	struct record r = new_dialogue(w, "closed");
	first.dialogue = r.id;
	bring_in(w, a, &first);
	struct hash want = matrix(a, first.votes, &n);
	struct hash said = statements(a, &first);
	struct exchange_import out = go_out(w, a, &r, (enum polis_kind)kind);
	CHECK(hash_eq(matrix(a, out.votes, &m), want));
	CHECK_INT(m, n);
	CHECK(hash_eq(statements(a, &out), said));
	struct record again = new_dialogue(w, "draft");
	out.dialogue = again.id;
	bring_in(w, a, &out);
	struct exchange_import last = go_out(w, a, &again, POLIS_NOW);
	CHECK(hash_eq(matrix(a, last.votes, &m), want));
	CHECK_INT(m, n);
	arena_close(a);
}

static struct exchange_import
golden_files(struct arena *a, const char *name, bool log)
{
	const char *about = golden_path(a, name, "comments.csv");
	const char *votes =
	    golden_path(a, name, log ? "votes.csv" : "participants-votes.csv");
	if (about == NULL || votes == NULL)
		test_skip("the golden data are not here (SAMSKAB_GOLDEN)");
	struct exchange_import of = {.open = true};
	CHECK(exchange_sort(a, test_file(a, about), &of));
	CHECK(exchange_sort(a, test_file(a, votes), &of));
	return of;
}

/* Real ones, each by one of the three forms. */
TEST_DB(exchange_keeps_every_vote_of_golden_conversations)
{
	struct world w;
	world_new(&w, arena, db);
	for (int i = 0; i < GOLDEN_GROUPS; i++) {
		bool log =
		    golden_path(arena, golden_groups[i], "votes.csv") != NULL;
		if (log)
			round_trip(&w,
			    golden_files(arena, golden_groups[i], true),
			    i % POLIS_KINDS);
	}
}

/* 225,524 votes, of which there is only the matrix. */
TEST_DB(exchange_brings_many_votes_in_at_once)
{
	struct world w;
	struct exchange_in in;
	world_new(&w, arena, db);
	(void)golden_json(
	    arena, "american-assembly.bowling-green", "golden.json");
	struct arena *a = arena_open(TURN_BYTES);
	struct exchange_import of =
	    golden_files(a, "american-assembly.bowling-green", false);
	struct record r = new_dialogue(&w, "closed");
	of.dialogue = r.id;
	int64_t from = clock_mono_us();
	CHECK(exchange_read(a, &of, &in));
	CHECK_INT(in.votes.n, 225524);
	bring_in(&w, a, &of);
	int64_t took = clock_mono_us() - from;
	CHECK(took < 120 * SECOND_US);
	arena_close(a);
}

/* ---- by hand ---- */

static const char COMMENTS[] =
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,"
    "comment-body,is-meta,is-seed\n"
    "1500000000,x,0,7,1,1,1,\"En, bus\",false,true\n"
    "1500000001,x,1,7,1,0,-1,Grimme ord,false,false\n"
    "1500000002,x,2,8,1,0,0,Skrevet af otte,false,false\n"
    "1500000003,x,3,8,0,0,1,Om dialogen,true,false\n";
static const char VOTES[] = "timestamp,datetime,comment-id,voter-id,vote\n"
			    "1500000010,x,0,7,1\n"
			    "1500000012,x,0,7,-1\n"
			    "1500000011,x,0,8,1\n"
			    "1500000013,x,1,8,0\n"
			    "1500000014,x,2,8,1\n"
			    "1500000015,x,9,8,1\n";

static struct exchange_import
by_hand(struct world *w, struct record *r, bool open)
{
	struct exchange_import of = {
	    .open = open, .statements = str_c(COMMENTS), .votes = str_c(VOTES)};
	*r = new_dialogue(w, "closed");
	of.dialogue = r->id;
	bring_in(w, w->arena, &of);
	return of;
}

TEST_DB(exchange_gives_out_no_words_that_are_not_shown)
{
	struct world w;
	struct record r;
	world_new(&w, arena, db);
	by_hand(&w, &r, false);
	for (int kind = 0; kind < POLIS_KINDS; kind++) {
		struct unzipped files;
		struct str zip = fetch(&w, arena, &r, (enum polis_kind)kind);
		CHECK(unzip_tables(arena, zip, ZIP_BYTES, &files));
		bool found = false;
		for (ptrdiff_t i = 0; i < files.n; i++) {
			CHECK(str_find(files.file[i], S("Grimme")) < 0);
			CHECK(str_find(files.file[i], S("otte")) < 0);
			found =
			    found || str_find(files.file[i], S("En, bus")) >= 0;
		}
		CHECK(found);
	}
}

/* To the hour, unless they are public: then to the second. */
TEST_DB(exchange_makes_times_coarse_unless_they_are_public)
{
	struct world w;
	struct record r;
	world_new(&w, arena, db);
	by_hand(&w, &r, false);
	struct exchange_import out = go_out(&w, arena, &r, POLIS_NOW);
	CHECK(str_find(out.votes, S("1500000013")) < 0);
	CHECK_HAS(out.votes, S("\r\n1499997600,"));
	by_hand(&w, &r, true);
	out = go_out(&w, arena, &r, POLIS_NOW);
	CHECK_HAS(out.votes, S("\r\n1500000013,Fri Jul 14 2017 02:40:13 GMT"));
	out = go_out(&w, arena, &r, POLIS_LEGACY);
	CHECK_HAS(
	    out.votes, S("\r\n1500000013000,Fri Jul 14 02:40:13 UTC 2017"));
}

/* Each column that is written is explained. */
TEST_DB(exchange_explains_every_column)
{
	struct world w;
	struct record r;
	struct csv_reader csv;
	struct unzipped files;
	world_new(&w, arena, db);
	by_hand(&w, &r, false);
	for (int kind = 0; kind < POLIS_KINDS; kind++) {
		struct str text = exchange_readme(
		    arena, LANG_EN, (enum polis_kind)kind, false);
		struct str zip = fetch(&w, arena, &r, (enum polis_kind)kind);
		CHECK(unzip_tables(arena, zip, ZIP_BYTES, &files));
		for (ptrdiff_t i = 1; i < files.n; i++) {
			csv_open(&csv, arena, files.file[i]);
			CHECK(csv_next(&csv));
			for (ptrdiff_t j = 0; j < csv.n; j++) {
				int64_t number;
				struct str want = STR_JOIN(
				    arena, S("\n"), csv.field[j], S(": "));
				if (!str_int(csv.field[j], &number))
					CHECK_HAS(text, want);
			}
		}
	}
}

TEST_DB(exchange_needs_the_right_to_know_people)
{
	struct world w;
	int64_t size;
	world_new(&w, arena, db);
	struct record r = new_dialogue(&w, "closed");
	struct exchange_ask ask = {.dialogue = &r,
	    .url = S("https://x/"),
	    .k = 5,
	    .fd = nameless_open(arena, S("/"))};
	CHECK_INT(exchange_export(db, arena, &w.participant, &ask, &size),
	    ERR_DENIED);
	CHECK_OK(exchange_export(db, arena, &w.leader, &ask, &size));
	CHECK(size > 0);
	(void)close(ask.fd);
}

/* ---- many ---- */

enum {
	MANY_STATEMENTS = 200,
	MANY_PEOPLE = 256,
	MANY_VOTES = MANY_STATEMENTS * MANY_PEOPLE,
	MANY_TIMES = 6, /* each vote is changed so often */
	MANY_CAP = 12 * 1024 * 1024,
};

static const char SQL_ONE[] =
    "INSERT INTO vote (org, network, dialogue, seq, voter, statement, vote,"
    " at_us) VALUES ($1, $2, $3, $4, 0, $4, $5, $6)";

static const char SQL_MORE[] =
    "INSERT INTO vote (org, network, dialogue, seq, voter, statement, vote,"
    " at_us) SELECT org, network, dialogue, seq + $4, voter + $5, statement,"
    " -vote, at_us + $6 FROM vote"
    " WHERE org = $1 AND network = $2 AND dialogue = $3 AND seq < $7";

/* The first `of` votes again, behind the first `n`, by others. */
static void
more_votes(struct world *w, const struct record *r, int64_t n, int64_t of,
    int64_t others)
{
	CHECK_OK(db_exec(w->db, SQL_MORE, NULL, DB_ID(w->leader.org),
	    DB_ID(w->network), DB_ID(r->id), DB_INT(n), DB_INT(others),
	    DB_INT(n * SECOND_US), DB_INT(of)));
}

/* One person's votes, then twice as many, again and again; then each of them
 * changes them all, again and again. */
static int64_t
many_votes(struct world *w, const struct record *r)
{
	CHECK_OK(db_begin(w->db));
	for (int64_t j = 0; j < MANY_STATEMENTS; j++)
		CHECK_OK(db_exec(w->db, SQL_ONE, NULL, DB_ID(w->leader.org),
		    DB_ID(w->network), DB_ID(r->id), DB_INT(j),
		    DB_INT(j % 3 - 1), DB_INT(NOW_US)));
	for (int64_t i = 1; i < MANY_PEOPLE; i *= 2)
		more_votes(w, r, i * MANY_STATEMENTS, i * MANY_STATEMENTS, i);
	for (int64_t i = 1; i < MANY_TIMES; i++)
		more_votes(w, r, i * MANY_VOTES, MANY_VOTES, 0);
	CHECK_OK(db_commit(w->db));
	return MANY_TIMES * MANY_VOTES;
}

static int64_t
count_rows(struct str text)
{
	int64_t n = 0;
	for (ptrdiff_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

/* All votes are in it, public or not, and an arena of far less than the tables
 * take is enough to make it. */
TEST_DB(exchange_needs_less_memory_than_what_it_writes)
{
	struct world w;
	struct unzipped files;
	world_new(&w, arena, db);
	struct arena *work = arena_open(MANY_CAP);
	struct arena *a = arena_open(TURN_BYTES);
	struct record r = new_dialogue(&w, "closed");
	int64_t n = many_votes(&w, &r), all = 0, size;
	struct exchange_ask ask = {.dialogue = &r,
	    .url = S("https://x/"),
	    .k = 5,
	    .fd = nameless_open(a, S("/"))};
	CHECK_OK(exchange_export(db, work, &w.leader, &ask, &size));
	struct str zip = read_file(a, ask.fd, size);
	CHECK(unzip_tables(a, zip, ZIP_BYTES, &files));
	CHECK_INT(files.n, 5);
	for (ptrdiff_t i = 0; i < files.n; i++)
		all += files.file[i].n;
	CHECK_INT(count_rows(files.file[2]), n + 1);
	CHECK(all > INT64_C(2) * MANY_CAP);
	CHECK(size < all / 4);
	arena_close(work);
	arena_close(a);
}

/* A full disk: nothing is said to be made. */
TEST_DB(exchange_says_when_the_file_cannot_be_written)
{
	struct world w;
	int64_t size;
	int ends[2];
	world_new(&w, arena, db);
	struct record r = new_dialogue(&w, "closed");
	CHECK_INT(pipe(ends), 0); /* it has no places */
	struct exchange_ask ask = {
	    .dialogue = &r, .url = S("https://x/"), .k = 5, .fd = ends[1]};
	CHECK_INT(
	    exchange_export(db, arena, &w.leader, &ask, &size), ERR_UNAVAIL);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

/* ---- the zip ---- */

TEST(unzip_takes_tables_and_no_more_than_it_may)
{
	struct str zip;
	struct unzipped files;
	const struct zip_part parts[] = {{"a/votes.csv", S_INIT("en,to\n"), 0},
	    {"../x.exe", S_INIT("MZ"), 0}, {"B.CSV", S_INIT("tre\n"), 0}};
	CHECK_OK(zip_write(arena, parts, COUNT_OF(parts), &zip));
	CHECK(unzip_tables(arena, zip, 100, &files));
	CHECK_INT(files.n, 2);
	CHECK_STR(files.file[0], S("en,to\n"));
	CHECK_STR(files.file[1], S("tre\n"));
	CHECK(unzip_tables(arena, zip, 10, &files));
	CHECK(!unzip_tables(arena, zip, 9, &files));
	for (ptrdiff_t n = 0; n < zip.n; n++)
		(void)!unzip_tables(arena, str_sub(zip, 0, n), 100, &files);
}
