/* SPDX-License-Identifier: MPL-2.0 */
/* room - a large dialogue as it stands: how long it takes from the database to
 * groups, at once and after one vote more, and as a file for others and as open
 * data, which are written into DIR and have no name.
 *
 *	room DIR PEOPLE STATEMENTS VOTES
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs on
 * it.  Prints seconds and the memory that the room has. */
#include <stdio.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/nameless.h"
#include "bench/example.h"
#include "engine/random.h"
#include "model/catalogue.h"
#include "report/exchange.h"
#include "report/open_data.h"

enum { A_TIME = 20000, CAMPS = 3 };

struct bench {
	struct db *db;
	struct arena *arena;
	struct actor who;
	struct id dialogue;
	int64_t people, statements, votes;
};

static const char SQL_STATEMENT[] =
    "INSERT INTO statement (org, network, dialogue, number, once, text, state,"
    " reason, meta, seed, source, at_us, changed_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, 'shown', '', 0, 1, 'staff', $7, $7)";

static const char SQL_VOTE[] =
    "INSERT INTO vote (org, network, dialogue, seq, voter, statement, vote,"
    " at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

static enum err
begin(struct bench *b)
{
	struct record_saved saved;
	struct record r = {.kind = KIND_DIALOGUE,
	    .network = b->who.network,
	    .id = id_new(b->who.now_us)};
	record_set(&r, "question", S("Hvad hjælper?"));
	record_set(&r, "state", S("draft"));
	record_set(&r, "door", S("link"));
	record_set(&r, "own", S("no"));
	b->dialogue = r.id;
	enum err e = record_save(b->db, b->arena, &b->who, &r, &saved);
	for (int64_t j = 0; e == ERR_OK && j < b->statements; j++)
		e = db_exec(b->db, SQL_STATEMENT, NULL, DB_ID(b->who.org),
		    DB_ID(b->who.network), DB_ID(b->dialogue), DB_INT(j),
		    DB_ID(id_new(b->who.now_us)),
		    DB_TEXT(str_fmt(b->arena, "Udsagn %lld", (long long)j)),
		    DB_INT(b->who.now_us));
	return e;
}

static enum err
put(struct bench *b, int64_t seq, struct random *chance)
{
	int64_t voter = (int64_t)random_below(chance, (uint64_t)b->people);
	int64_t j = (int64_t)random_below(chance, (uint64_t)b->statements);
	int lean = (int)((voter % CAMPS + j) % CAMPS);
	int vote =
	    random_below(chance, 10) < 8 ? lean - 1 : (int)(j % CAMPS) - 1;
	return db_exec(b->db, SQL_VOTE, NULL, DB_ID(b->who.org),
	    DB_ID(b->who.network), DB_ID(b->dialogue), DB_INT(seq),
	    DB_INT(voter), DB_INT(j), DB_INT(vote), DB_INT(b->who.now_us));
}

static enum err
fill(struct bench *b)
{
	struct random chance = random_new(S("room"), S("bench"));
	enum err e = db_begin(b->db);
	if (e == ERR_OK)
		e = begin(b);
	for (int64_t n = 0; e == ERR_OK && n < b->votes; n++) {
		e = put(b, n, &chance);
		if (e == ERR_OK && n % A_TIME == A_TIME - 1) {
			e = db_commit(b->db);
			e = e == ERR_OK ? db_begin(b->db) : e;
		}
	}
	return e == ERR_OK ? db_commit(b->db) : e;
}

/* Since when, by the clock and by the processor: on a busy machine the second
 * is what compares. */
struct since {
	int64_t us;
	double cpu;
};

static double
cpu_seconds(void)
{
	struct rusage usage = {0};
	(void)getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static struct since
since_now(void)
{
	return (struct since){clock_mono_us(), cpu_seconds()};
}

static void
say(const char *what, struct since from)
{
	printf("  %-20s %6.2f s (processor %5.2f s)   ", what,
	    (double)(clock_mono_us() - from.us) / SECOND_US,
	    cpu_seconds() - from.cpu);
}

static struct room *
make(struct bench *b, const struct room *last, const char *what)
{
	struct room *r;
	struct room_ask ask = {b->dialogue, last, 5};
	struct arena *a = arena_open((ptrdiff_t)2048 * 1024 * 1024);
	struct since from = since_now();
	if (room_make(b->db, a, &b->who, &ask, &r) != ERR_OK)
		return NULL;
	say(what, from);
	printf("%.0f MB, %d groups, %td votes\n",
	    (double)arena_used(a) / 1048576, r->groups.k, r->groups.n_votes);
	return r;
}

static double
most_resident_mb(void)
{
	struct rusage usage = {0};
	(void)getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
}

/* As the page makes it, in an arena of EXCHANGE_WORK. */
static bool
fetch(struct bench *b, struct str dir)
{
	struct record r;
	int64_t size;
	struct exchange_ask ask = {.dialogue = &r,
	    .url = S("https://samskab.example/dialog"),
	    .k = 5,
	    .fd = nameless_open(b->arena, dir)};
	struct arena *a = arena_open(EXCHANGE_WORK);
	struct since from = since_now();
	if (record_get(b->db, a, &b->who, KIND_DIALOGUE, b->dialogue, &r) !=
		ERR_OK ||
	    exchange_export(b->db, a, &b->who, &ask, &size) != ERR_OK)
		return false;
	say("as a file", from);
	printf("%.0f MB packed, %.0f MB resident at most\n",
	    (double)size / 1048576, most_resident_mb());
	arena_close(a);
	return true;
}

static const char SQL_OVER[] =
    "UPDATE dialogue SET state = 'closed' WHERE org = $1 AND id = $2";

/* As for anybody who asks, in an arena of OPEN_DATA_WORK. */
static bool
fetch_sums(struct bench *b, struct str dir)
{
	int64_t size;
	struct public_page page = {.open = true, .data = true};
	struct record network = {.kind = KIND_NETWORK};
	struct open_data_ask ask = {.network = &network,
	    .page = &page,
	    .k = 5,
	    .fd = nameless_open(b->arena, dir)};
	struct arena *a = arena_open(OPEN_DATA_WORK);
	struct since from = since_now();
	if (db_exec(b->db, SQL_OVER, NULL, DB_ID(b->who.org),
		DB_ID(b->dialogue)) != ERR_OK ||
	    open_data_write(b->db, a, &b->who, &ask, &size) != ERR_OK)
		return false;
	say("as open data", from);
	printf("%.0f kB packed, %.0f MB of the arena, %.0f MB resident at "
	       "most\n",
	    (double)size / 1024, (double)arena_used(a) / 1048576,
	    most_resident_mb());
	arena_close(a);
	return true;
}

int
main(int argc, char **argv)
{
	struct bench b = {.arena = arena_open((ptrdiff_t)512 * 1024 * 1024)};
	struct keys keys;
	if (argc != 5 || !str_int(str_c(argv[2]), &b.people) ||
	    !str_int(str_c(argv[3]), &b.statements) ||
	    !str_int(str_c(argv[4]), &b.votes))
		return 2;
	secret_init();
	log_set_level(LOG_WARN);
	struct db_place place = {.dir = str_c(argv[1])};
	struct random chance = random_new(S("one more"), S("bench"));
	enum err e = keys_load(place.dir, false, &keys);
	if (e == ERR_OK)
		e = db_open(b.arena, &place, DB_WRITE, &b.db);
	if (e == ERR_OK)
		e = example_leader(
		    b.db, b.arena, &keys, clock_now_us(), &b.who);
	if (e == ERR_OK)
		e = fill(&b);
	/* First, for what is resident is never less afterwards. */
	if (e == ERR_OK &&
	    (!fetch_sums(&b, place.dir) || !fetch(&b, place.dir)))
		return 1;
	struct room *all =
	    e == ERR_OK ? make(&b, NULL, "from the database") : NULL;
	if (all == NULL || put(&b, b.votes, &chance) != ERR_OK ||
	    make(&b, all, "after one vote more") == NULL)
		return 1;
	db_close(b.db);
	return 0;
}
