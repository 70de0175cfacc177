/* SPDX-License-Identifier: MPL-2.0 */
/* search - puts N Danish texts of some 25 words into the search of a network,
 * in one transaction, and looks for words in them.
 *
 *	search PLACE N		PLACE: a folder, or postgresql://...
 *
 * Prints a line a figure: seconds to put them, then for each question its hits,
 * the ms of the newest 50, of the ids of all hits as a list takes them in, and
 * of a plain scan (LIKE) of the same words: the median of five. */
#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "bench/stat.h"
#include "model/schema.h"
#include "model/search.h"

enum { ROUNDS = 5, TEXT_BYTES = 1000, WORDS = 25, COMMON = 40, RARE = 20000 };

static uint32_t
next(uint32_t *x)
{
	*x = *x * 1664525 + 1013904223;
	return *x >> 8;
}

/* Every other word is one of the most frequent; of the rest the first few are
 * much more often there than the last. */
static struct str
text_of(char *room, uint32_t *x)
{
	static const char *const common[COMMON] = {"og", "i", "det", "er", "at",
	    "til", "på", "der", "vi", "jeg", "ikke", "for", "med", "som", "har",
	    "en", "børnene", "skolen", "bussen", "kommunen", "byen", "vejen",
	    "borgerne", "legepladsen", "stien", "hjælp", "møder", "huset",
	    "unge", "ældre", "parken", "cyklen", "trafikken", "lyset", "plads",
	    "inddragelsen", "biblioteket", "foreningen", "familien", "naboen"};
	struct buf b = buf_on(room, TEXT_BYTES);
	for (int i = 0; i < WORDS; i++) {
		uint32_t r = next(x);
		uint32_t rare = next(x) % RARE;
		if (r % 2 == 0)
			buf_add(&b, str_c(common[next(x) % COMMON]));
		else
			buf_fmt(&b, "%cord%cen%x", 'a' + (int)(rare % 26),
			    'a' + (int)(rare / 26 % 26),
			    (unsigned)(rare * (uint64_t)rare / RARE));
		buf_byte(&b, ' ');
	}
	return buf_str(&b);
}

static enum err
put_all(struct db *db, struct arena *a, const struct actor *who, int64_t n)
{
	char room[TEXT_BYTES];
	uint32_t x = 1;
	struct arena *scratch = arena_scratch(a);
	enum err e = db_begin(db);
	for (int64_t i = 0; e == ERR_OK && i < n; i++) {
		int64_t at_us = who->now_us + i * SECOND_US;
		struct search_text t = {
		    S("contribution"), id_new(at_us), at_us, text_of(room, &x)};
		e = search_put(db, scratch, who, &t);
		arena_reset(scratch);
	}
	return e == ERR_OK ? db_commit(db) : e;
}

/* ---- looking ---- */

static const char SQL_LIST_SQLITE[] =
    "SELECT COUNT(*) FROM search_doc WHERE org = $1 AND network = $2"
    " AND id IN (" SQL_HITS_SQLITE ")";
static const char SQL_LIST_POSTGRES[] =
    "SELECT COUNT(*) FROM search_doc WHERE org = $1 AND network = $2"
    " AND id IN (" SQL_HITS_POSTGRES ")";
static const char SQL_SCAN[] =
    "SELECT COUNT(*) FROM search_doc WHERE org = $1 AND network = $2"
    " AND stems LIKE $3";

struct timing {
	double newest[ROUNDS], list[ROUNDS], scan[ROUNDS];
	int64_t hits;
};

static double
ms_since(int64_t from_us)
{
	return (double)(clock_mono_us() - from_us) / 1000;
}

/* The same words for LIKE, one after the other: "% a % b %". */
static struct str
pattern(struct arena *a, const struct words_query *q)
{
	struct buf b = buf_new(a, TEXT_BYTES);
	for (ptrdiff_t i = 0; i < q->n; i++) {
		buf_add(&b, S("% "));
		buf_add(&b, q->term[i].text);
		if (q->term[i].kind != TERM_PREFIX)
			buf_byte(&b, ' ');
	}
	buf_byte(&b, '%');
	return buf_str(&b);
}

static enum err
ask(struct db *db, struct arena *a, const struct actor *who, struct str query,
    struct timing *t, int i)
{
	struct words_query q;
	struct search_hits hits;
	struct db_row row, all;
	struct search_find f = {.query = query, .most = 50};
	words_query(a, query, &q);
	int64_t from_us = clock_mono_us();
	enum err e = search_find(db, a, who, &f, &hits);
	t->newest[i] = ms_since(from_us);
	from_us = clock_mono_us();
	if (e == ERR_OK)
		e = db_one(db, a,
		    db_kind(db) == DB_SQLITE ? SQL_LIST_SQLITE
					     : SQL_LIST_POSTGRES,
		    &row, DB_ID(who->org), DB_ID(who->network),
		    DB_TEXT(search_match(db, a, who, &q)));
	t->list[i] = ms_since(from_us);
	from_us = clock_mono_us();
	if (e == ERR_OK)
		e = db_one(db, a, SQL_SCAN, &all, DB_ID(who->org),
		    DB_ID(who->network), DB_TEXT(pattern(a, &q)));
	t->scan[i] = ms_since(from_us);
	t->hits = e == ERR_OK ? db_int(&row, 0) : 0;
	return e;
}

static enum err
ask_all(struct db *db, struct arena *a, const struct actor *who)
{
	static const char *const queries[] = {"inddragelse", "cordcen*",
	    "cord*", "børn bus", "bibliotek naboer -tog", "\"skolen bussen\"",
	    "inddragelsen og børn", "og"};
	enum err e = ERR_OK;
	for (ptrdiff_t k = 0; k < COUNT_OF(queries); k++) {
		struct timing t;
		double quotient[ROUNDS];
		for (int i = 0; e == ERR_OK && i < ROUNDS; i++)
			e = ask(db, a, who, str_c(queries[k]), &t, i);
		if (e != ERR_OK)
			return e;
		struct stat_ratio r =
		    stat_ratio(t.newest, t.scan, ROUNDS, quotient);
		printf("%s: %lld hits, newest 50 %.2f ms, all %.1f ms,"
		       " scan %.1f ms, ratio %.4f (%.4f - %.4f)\n",
		    queries[k], (long long)t.hits,
		    stat_median(t.newest, ROUNDS), stat_median(t.list, ROUNDS),
		    stat_median(t.scan, ROUNDS), r.median, r.low, r.high);
	}
	return e;
}

int
main(int argc, char **argv)
{
	int64_t n = 0;
	struct db *db = NULL;
	struct arena *a = arena_open((ptrdiff_t)512 * 1024 * 1024);
	if (a == NULL || argc != 3 || !str_int(str_c(argv[2]), &n))
		return 2;
	log_set_level(LOG_WARN);
	struct str at = str_c(argv[1]);
	struct db_place place = {.dir = at};
	if (str_starts(at, S("postgresql:")))
		place = (struct db_place){.url = at};
	int64_t now_us = clock_now_us();
	struct actor who = {
	    .org = id_new(now_us), .network = id_new(now_us), .now_us = now_us};
	enum err e = db_open(a, &place, DB_WRITE, &db);
	if (e == ERR_OK)
		e = schema_up(db, a, now_us);
	int64_t from_us = clock_mono_us();
	if (e == ERR_OK)
		e = put_all(db, a, &who, n);
	if (e == ERR_OK)
		printf("%lld texts put: %.1f s\n", (long long)n,
		    ms_since(from_us) / 1000);
	if (e == ERR_OK)
		e = ask_all(db, a, &who);
	if (e != ERR_OK)
		fprintf(stderr, "search: outcome %d\n", (int)e);
	db_close(db);
	arena_close(a);
	return e == ERR_OK ? 0 : 1;
}
