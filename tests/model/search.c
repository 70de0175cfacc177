/* SPDX-License-Identifier: MPL-2.0 */

/* Texts are found by their words, the same on both databases and as one look
 * at each text would find them; what was taken out is gone from the files. */
#include "model/search.h"

#include <dirent.h>
#include <sqlite3.h>

#include "base/buf.h"
#include "model/schema.h"
#include "tests/model/fixture.h"

static struct id
put(struct db *db, struct arena *a, const struct actor *who, int64_t at_us,
    const char *text)
{
	struct search_text t = {.kind = S("contribution"),
	    .id = id_new(at_us),
	    .at_us = at_us,
	    .text = str_c(text)};
	CHECK_OK(search_put(db, a, who, &t));
	return t.id;
}

static struct search_hits
find(struct db *db, struct arena *a, const struct actor *who, const char *query)
{
	struct search_hits hits;
	struct search_find f = {.query = str_c(query), .most = 1000};
	CHECK_OK(search_find(db, a, who, &f, &hits));
	return hits;
}

TEST_DB(search_finds_newest_first_in_pages)
{
	struct world w;
	struct search_hits hits;
	struct id id[5];
	world_new(&w, arena, db);
	/* the fourth was said before the others, two at the same moment */
	static const int64_t said[] = {10, 20, 20, 5, 30};
	for (int i = 0; i < 5; i++)
		id[i] = put(db, arena, &w.leader, NOW_US + said[i] * SECOND_US,
		    "Der mangler en legeplads til børnene");
	static const int order[] = {4, 2, 1, 0, 3};
	struct search_find f = {.query = S("barn legepladser"), .most = 2};
	for (int i = 0; i < 5; i += (int)hits.n) {
		CHECK_OK(search_find(db, arena, &w.leader, &f, &hits));
		CHECK_INT(hits.n, i < 4 ? 2 : 1);
		for (ptrdiff_t j = 0; j < hits.n; j++)
			CHECK(id_eq(hits.list[j].id, id[order[i + j]]));
		f.before = hits.last;
	}
	CHECK_INT(hits.last, 0);
	f = (struct search_find){S("barn"), S("insight"), 10, 0};
	CHECK_OK(search_find(db, arena, &w.leader, &f, &hits));
	CHECK_INT(hits.n, 0);
	f.kind = S("contribution");
	CHECK_OK(search_find(db, arena, &w.leader, &f, &hits));
	CHECK_INT(hits.n, 5);
}

TEST_DB(search_replaces_and_drops)
{
	struct world w;
	world_new(&w, arena, db);
	struct search_text t = {
	    S("quote"), id_new(NOW_US), NOW_US, S("Bussen kommer aldrig")};
	CHECK_OK(search_put(db, arena, &w.leader, &t));
	CHECK_OK(search_put(db, arena, &w.leader, &t));
	CHECK_INT(find(db, arena, &w.leader, "bus").n, 1);
	t.text = S("Toget kommer altid");
	CHECK_OK(search_put(db, arena, &w.leader, &t));
	CHECK_INT(find(db, arena, &w.leader, "bus").n, 0);
	CHECK_INT(find(db, arena, &w.leader, "tog").n, 1);
	t.at_us += SECOND_US;
	CHECK_OK(search_put(db, arena, &w.leader, &t));
	CHECK_INT(find(db, arena, &w.leader, "tog").n, 1);
	CHECK_OK(search_drop(db, arena, &w.leader, t.id));
	CHECK_OK(search_drop(db, arena, &w.leader, t.id));
	CHECK_INT(find(db, arena, &w.leader, "tog").n, 0);
	CHECK_INT(find(db, arena, &w.leader, "").n, 0);
}

TEST_DB(search_knows_no_other_network_and_no_other_organisation)
{
	struct world w;
	bool left = true;
	world_new(&w, arena, db);
	struct actor next = w.leader, abroad = w.leader;
	next.network = id_new(NOW_US);
	abroad.org = id_new(NOW_US);
	put(db, arena, &w.leader, NOW_US, "Bussen kommer aldrig");
	struct id other = put(db, arena, &next, NOW_US, "Bussen er for sen");
	put(db, arena, &abroad, NOW_US, "Bussen er for varm");
	static const char *const all[] = {
	    "bus", "bu*", "", "-tog", "\"bussen er\"", "\"bussen kommer\""};
	for (ptrdiff_t i = 0; i < COUNT_OF(all); i++) {
		struct search_hits hits = find(db, arena, &next, all[i]);
		CHECK_INT(hits.n, i < 5);
		CHECK(hits.n == 0 || id_eq(hits.list[0].id, other));
	}
	CHECK_OK(search_drop(db, arena, &w.leader, other));
	CHECK_INT(find(db, arena, &next, "bus").n, 1);
	CHECK_OK(search_clear(db, arena, &next, 10, &left));
	CHECK(!left);
	CHECK_INT(find(db, arena, &next, "bus").n, 0);
	CHECK_INT(find(db, arena, &w.leader, "bus").n, 1);
	CHECK_INT(find(db, arena, &abroad, "bus").n, 1);
}

TEST_DB(search_clears_a_network_in_steps)
{
	struct world w;
	bool left = true;
	world_new(&w, arena, db);
	for (int i = 0; i < 250; i++)
		put(db, arena, &w.leader, NOW_US + i, "Stien er mørk");
	int steps = 0;
	for (; left; steps++)
		CHECK_OK(search_clear(db, arena, &w.leader, 120, &left));
	CHECK_INT(steps, 3);
	CHECK_INT(find(db, arena, &w.leader, "").n, 0);
}

/* A list of something else with filters of its own, by the two texts of the
 * header: here the members of the network are what was said. */
static const char SQL_LIST_SQLITE[] =
    "SELECT account FROM member WHERE org = $1 AND network = $2"
    " AND role <> $4 AND account IN (" SQL_HITS_SQLITE ") LIMIT 10";
static const char SQL_LIST_POSTGRES[] =
    "SELECT account FROM member WHERE org = $1 AND network = $2"
    " AND role <> $4 AND account IN (" SQL_HITS_POSTGRES ") LIMIT 10";

static ptrdiff_t
list(struct world *w, const char *query, struct str role)
{
	struct words_query q;
	struct db_rows rows;
	words_query(w->arena, str_c(query), &q);
	CHECK_OK(db_all(w->db, w->arena,
	    db_kind(w->db) == DB_SQLITE ? SQL_LIST_SQLITE : SQL_LIST_POSTGRES,
	    &rows, DB_ID(w->leader.org), DB_ID(w->network),
	    DB_TEXT(search_match(w->db, w->arena, &w->leader, &q)),
	    DB_TEXT(role)));
	return rows.n;
}

TEST_DB(search_is_a_part_of_a_list_with_filters)
{
	struct world w;
	world_new(&w, arena, db);
	struct search_text t = {S("x"), w.mette, NOW_US, S("Busser i byen")};
	CHECK_OK(search_put(db, arena, &w.leader, &t));
	t.id = w.ali;
	t.text = S("I byen er der ingen busser");
	CHECK_OK(search_put(db, arena, &w.leader, &t));
	CHECK_INT(list(&w, "bus", S("nobody")), 2);
	CHECK_INT(list(&w, "bus", S("leader")), 1);
	CHECK_INT(list(&w, "\"i byen\"", S("nobody")), 2);
	CHECK_INT(list(&w, "\"busser i\"", S("nobody")), 1);
	CHECK_INT(list(&w, "bus -\"busser i\" by*", S("nobody")), 1);
	CHECK_INT(list(&w, "", S("nobody")), 2);
	CHECK_INT(list(&w, "tog", S("nobody")), 0);
}

TEST_DB(search_takes_texts_of_any_length_and_script)
{
	struct world w;
	world_new(&w, arena, db);
	struct buf b = buf_new(arena, 4 * 1000 * 1000);
	for (int i = 0; i < 100000; i++)
		buf_fmt(&b, "og ordenes%d\xe6\x97\xa5 ", i);
	struct search_text t = {S("x"), id_new(NOW_US), NOW_US, buf_str(&b)};
	CHECK_OK(search_put(db, arena, &w.leader, &t));
	CHECK_INT(find(db, arena, &w.leader, "ordenes7*").n, 1);
	CHECK_INT(
	    find(db, arena, &w.leader, "\"ordenes999日 og ordenes1000日\"").n,
	    1);
	CHECK_INT(
	    find(db, arena, &w.leader, "\"ordenes1000日 og ordenes999日\"").n,
	    0);
	CHECK_OK(search_drop(db, arena, &w.leader, t.id));
	CHECK_INT(find(db, arena, &w.leader, "ordenes7*").n, 0);
	struct str fault;
	CHECK_OK(db_check(db, arena, &fault));
	CHECK_STR(fault, S(""));
}

/* ---- the same as one look at each text ---- */

static uint32_t
next(uint32_t *x)
{
	*x = *x * 1664525 + 1013904223;
	return *x >> 16;
}

static struct str
random_word(uint32_t *x)
{
	static const char *const words[] = {"børn", "barnet", "skolebørn", "og",
	    "i", "byen", "by", "legepladsen", "plads", "inddragelse",
	    "borgerinddragelsen", "borgere", "borgernes", "bus", "busserne",
	    "Åbenrå", "Aabenraa", "årets", "år", "mænd", "mand", "sti",
	    "stierne", "idé", "ideer", "8", "日本", "cykler", "cykel", "å",
	    "center", "centret", "møde", "mødet", "er", "barn"};
	return str_c(words[next(x) % (uint32_t)COUNT_OF(words)]);
}

static struct str
random_text(struct arena *a, uint32_t *x)
{
	static const char *const between[] = {" ", " ", " ", ", ", "-", ".\n"};
	struct buf b = buf_new(a, 10000);
	for (uint32_t n = next(x) % 12; n > 0; n--) {
		buf_add(&b, random_word(x));
		buf_add(&b, str_c(between[next(x) % 6]));
	}
	return buf_str(&b);
}

static struct str
random_query(struct arena *a, uint32_t *x)
{
	struct buf b = buf_new(a, 10000);
	for (uint32_t n = 1 + next(x) % 3; n > 0; n--) {
		if (next(x) % 4 == 0)
			buf_byte(&b, '-');
		uint32_t kind = next(x) % 4;
		struct str word = random_word(x);
		if (kind == 0) {
			buf_fmt(&b, "\"%.*s %.*s\" ", STR_ARG(word),
			    STR_ARG(random_word(x)));
		} else if (kind == 1) {
			ptrdiff_t end = 2 + (ptrdiff_t)(next(x) % 5);
			while (end < word.n &&
			    ((unsigned char)word.p[end] & 0xc0) == 0x80)
				end++;
			buf_add(&b, str_sub(word, 0, end));
			buf_add(&b, S("* "));
		} else {
			buf_add(&b, word);
			buf_byte(&b, ' ');
		}
	}
	return buf_str(&b);
}

enum { TEXTS = 150, QUERIES = 300 };

struct said {
	struct id id;
	struct words words;
	bool gone;
};

/* The hits are those texts that fit, each once. */
static void
check_query(struct db *db, struct arena *a, const struct actor *who,
    const struct said *said, struct str query)
{
	struct words_query q;
	struct search_hits hits;
	struct search_find f = {.query = query, .most = 2 * TEXTS};
	words_query(a, query, &q);
	CHECK_OK(search_find(db, a, who, &f, &hits));
	ptrdiff_t at = 0;
	for (ptrdiff_t i = TEXTS; i-- > 0;) {
		bool fits = !said[i].gone && words_match(&q, &said[i].words);
		bool hit = at < hits.n && id_eq(hits.list[at].id, said[i].id);
		if (fits != hit)
			fail_msg("%.*s: %.*s", STR_ARG(query),
			    STR_ARG(said[i].words.stems));
		at += hit;
	}
	CHECK_INT(at, hits.n);
}

TEST_DB(search_finds_what_a_look_at_each_text_finds)
{
	static struct said said[TEXTS];
	struct world w;
	uint32_t x = 4711;
	world_new(&w, arena, db);
	for (ptrdiff_t i = 0; i < TEXTS; i++) {
		struct search_text t = {S("x"), id_new(NOW_US),
		    NOW_US + i * SECOND_US, random_text(arena, &x)};
		if (i % 3 == 0) { /* said otherwise first, and later */
			struct search_text before = t;
			before.text = random_text(arena, &x);
			before.at_us += i % 2 * DAY_US;
			CHECK_OK(search_put(db, arena, &w.leader, &before));
		}
		CHECK_OK(search_put(db, arena, &w.leader, &t));
		said[i] = (struct said){.id = t.id};
		words_of(arena, t.text, &said[i].words);
	}
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < QUERIES; i++)
			check_query(db, arena, &w.leader, said,
			    random_query(arena, &x));
		check_query(db, arena, &w.leader, said, S(""));
		for (ptrdiff_t i = 0; round == 0 && i < TEXTS; i += 2) {
			CHECK_OK(search_drop(db, arena, &w.leader, said[i].id));
			said[i].gone = true;
		}
	}
	struct str fault;
	CHECK_OK(db_check(db, arena, &fault));
	CHECK_STR(fault, S(""));
}

/* ---- gone from the disk ---- */

enum { CANARIES = 50 };

static struct str
canary(struct arena *a, int i)
{
	return str_fmt(a, "kanariefugl%cx%cq", 'a' + i / 26, 'a' + i % 26);
}

/* How many canaries stand in any file of the folder. */
static int
count_canaries(struct arena *a, struct str dir)
{
	int n = 0;
	struct buf all = buf_new(a, 64 * 1024 * 1024);
	DIR *d = opendir(str_cstr(a, dir));
	CHECK(d != NULL);
	for (struct dirent *f; (f = readdir(d)) != NULL;) {
		if (f->d_name[0] != '.')
			buf_add(&all,
			    test_file(a,
				str_cstr(a,
				    STR_JOIN(
					a, dir, S("/"), str_c(f->d_name)))));
	}
	closedir(d);
	CHECK(!all.full && all.n > 0);
	for (int i = 0; i < CANARIES; i++)
		n += str_find(buf_str(&all), canary(a, i)) >= 0;
	return n;
}

/* As the program's own: db.h has no PRAGMA. */
static void
checkpoint(struct arena *a, struct str dir)
{
	sqlite3 *h = NULL;
	const char *path = str_cstr(a, str_cat(a, dir, S("/samskab.db")));
	CHECK_INT(sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL), 0);
	CHECK_INT(sqlite3_exec(
		      h, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL),
	    0);
	CHECK_INT(sqlite3_close(h), 0);
}

/* Canaries among other words, put in and perhaps dropped again; how many are
 * in the files then. */
static int
canaries_after(struct arena *a, bool drop)
{
	struct world w;
	struct db *db;
	struct id id[CANARIES];
	struct db_place place = test_place(a, DB_SQLITE);
	CHECK_OK(db_open(a, &place, DB_WRITE, &db));
	CHECK_OK(schema_up(db, a, 1));
	world_new(&w, a, db);
	CHECK_OK(db_begin(db));
	for (int i = 0; i < CANARIES; i++) {
		struct str text =
		    str_fmt(a, "Jeg så en %.*s på stien ved %.*sen",
			STR_ARG(canary(a, i)), STR_ARG(canary(a, i)));
		id[i] = put(db, a, &w.leader, NOW_US + i, str_cstr(a, text));
		put(db, a, &w.leader, NOW_US + i, "kanariefugle på stien");
	}
	CHECK_OK(db_commit(db));
	CHECK_INT(find(db, a, &w.leader, "kanariefugl*").n, 2 * CANARIES);
	CHECK_OK(db_begin(db));
	for (int i = 0; drop && i < CANARIES; i++)
		CHECK_OK(search_drop(db, a, &w.leader, id[i]));
	CHECK_OK(db_commit(db));
	CHECK_INT(find(db, a, &w.leader, "kanariefugl*").n,
	    drop ? CANARIES : 2 * CANARIES);
	checkpoint(a, place.dir);
	return count_canaries(a, place.dir);
}

TEST(search_leaves_no_word_in_the_files_when_it_is_dropped)
{
	CHECK_INT(canaries_after(arena, false), CANARIES);
	CHECK_INT(canaries_after(arena, true), 0);
}

static const char SQL_LEFT[] = "SELECT (SELECT COUNT(*) FROM search_doc)"
			       " + (SELECT COUNT(*) FROM search_words)";

TEST_DB(search_leaves_no_row_when_it_is_dropped)
{
	struct world w;
	struct db_row row;
	world_new(&w, arena, db);
	struct id id = put(db, arena, &w.leader, NOW_US, "Noget at slette");
	if (db_kind(db) == DB_SQLITE)
		test_skip("the files are looked into above");
	CHECK_OK(db_one(db, arena, SQL_LEFT, &row, DB_NONE));
	CHECK_INT(db_int(&row, 0), 2);
	CHECK_OK(search_drop(db, arena, &w.leader, id));
	CHECK_OK(db_one(db, arena, SQL_LEFT, &row, DB_NONE));
	CHECK_INT(db_int(&row, 0), 0);
}
