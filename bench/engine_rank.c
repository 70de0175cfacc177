/* SPDX-License-Identifier: MPL-2.0 */

/* How long `samskab rank` takes, part by part: make bench-rank.
 *
 *	engine_rank [FILE.pb]
 *
 * Wieliczka 2023 (6,586 ballots, 64 projects) from FILE, or from the golden
 * files, where they are; and an election of 90,494 ballots over 160 projects,
 * the size of Lodz 2022, made here from a seed.  One line a figure: what, the
 * smallest and the median of nine rounds, the aim, the command that does the
 * same.  Times are the processor's, of one thread; on a machine that
 * others use too the clock shows two to three times as much.  The aims of the
 * large one were measured on Lodz's real ballots, with 61 runs of Add1; what
 * is made here needs more, so a run is given as well. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "cli/pb_in.h"
#include "engine/equal_shares.h"
#include "engine/pairwise.h"
#include "engine/phragmen.h"
#include "engine/random.h"

enum { ROUNDS = 9, VOTERS = 90494, PROJECTS = 160, LONGEST = 5 };
enum { IDEAS = 280, CHOICES = 1400 };
#define BENCH_BYTES ((ptrdiff_t)1024 * 1024 * 1024)

struct timing {
	double ms[ROUNDS];
};

static double
now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static void
say(struct timing *t, const char *what, const char *aim, const char *command)
{
	qsort(t->ms, ROUNDS, sizeof t->ms[0], compare);
	printf("%-34s %8.2f ms cpu  median %8.2f ms cpu  %-10s %s\n", what,
	    t->ms[0], t->ms[ROUNDS / 2], aim, command);
}

static void
must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "engine_rank: %s\n", what);
	exit(1);
}

/* Few are popular and most are not, as it is: project c with weight 1 / (c +
 * 3); prices between 5,000 and 1,000,000. */
static struct str
make_election(struct arena *a)
{
	struct random chance = random_new(S("bench"), S("election"));
	struct buf b = buf_new(a, BENCH_BYTES / 4);
	double sum[PROJECTS], total = 0;
	buf_fmt(&b,
	    "META\nkey;value\ndescription;Made\ncountry;x\nunit;x\n"
	    "instance;1\nnum_projects;%d\nnum_votes;%d\nbudget;9000000\n"
	    "vote_type;approval\nrule;equalshares/add1\ndate_begin;1\n"
	    "date_end;1\nPROJECTS\nproject_id;cost;name;selected\n",
	    PROJECTS, VOTERS);
	for (int c = 0; c < PROJECTS; c++) {
		total += 1.0 / (c + 3);
		sum[c] = total;
		buf_fmt(&b, "%d;%d;Project %d;0\n", 1000 + c,
		    5000 + 1000 * (int)random_below(&chance, 996), c);
	}
	buf_add(&b, S("VOTES\nvoter_id;vote;age;sex;voting_method\n"));
	for (int v = 0; v < VOTERS; v++) {
		int n = 1 + (int)random_below(&chance, LONGEST), made = 0;
		int project[LONGEST];
		buf_fmt(&b, "%d;", v);
		while (made < n) {
			double x = random_unit(&chance) * total;
			int c = 0, k = 0;
			while (sum[c] < x)
				c++;
			project[made] = c;
			while (project[k] != c)
				k++;
			if (k < made)
				continue;
			buf_fmt(&b, made == 0 ? "%d" : ",%d", 1000 + c);
			made++;
		}
		buf_fmt(&b, ";%d;%c;internet\n",
		    16 + (int)random_below(&chance, 70),
		    random_below(&chance, 2) == 0 ? 'F' : 'M');
	}
	must(!b.full, "the election grew too large");
	return buf_str(&b);
}

static struct outcome
one_rule(struct arena *a, const struct election *e, int rule)
{
	struct outcome out;
	struct shares_options o = {
	    .completion = rule == 0 ? COMPLETION_ADD1_FILL : COMPLETION_NONE};
	enum err err = rule < 2 ? equal_shares(a, e, &o, &out)
	    : rule == 2
	    ? phragmen(a, e, NULL, &out)
	    : budget_greedy(a, e, &(struct greedy_options){0}, &out);
	must(err == ERR_OK, "the rule failed");
	return out;
}

static void
measure(struct str text, const char *name, const char *const aim[6])
{
	static const char *const rules[] = {
	    "equalshares/add1", "equalshares", "phragmen", "greedy"};
	struct timing parse, each, rule[4];
	struct outcome out = {0};
	int64_t runs = 0;
	struct pb pb;
	for (int k = 0; k < ROUNDS; k++) {
		struct arena *a = arena_open(BENCH_BYTES);
		struct pb_fault fault;
		double from = now_ms();
		must(pb_read(a, text, (struct str){0}, &pb, &fault),
		    "the file cannot be read");
		parse.ms[k] = now_ms() - from;
		int32_t *lot = arena_new(a, int32_t, pb.election.n_projects);
		budget_lots(a, S("bench"), lot, pb.election.n_projects);
		pb.election.lot = lot;
		for (int r = 0; r < 4; r++) {
			from = now_ms();
			out = one_rule(a, &pb.election, r);
			rule[r].ms[k] = now_ms() - from;
			if (r == 0)
				runs = out.runs;
		}
		arena_close(a);
	}
	char what[80];
	printf("%s: %lld runs of Add1\n", name, (long long)runs);
	snprintf(what, sizeof what, "%s: read", name);
	say(&parse, what, aim[0], "samskab rank FILE.pb");
	for (int k = 0; k < ROUNDS; k++)
		each.ms[k] = rule[0].ms[k] / (double)runs;
	snprintf(what, sizeof what, "%s: a run of Add1", name);
	say(&each, what, aim[1], "samskab rank --rule equalshares/add1");
	for (int r = 0; r < 4; r++) {
		char command[80];
		snprintf(what, sizeof what, "%s: %s", name, rules[r]);
		snprintf(command, sizeof command,
		    "samskab rank --rule %s FILE.pb", rules[r]);
		say(&rule[r], what, aim[r + 2], command);
	}
}

static void
measure_choices(void)
{
	static int32_t winner[CHOICES], loser[CHOICES];
	struct random chance = random_new(S("bench"), S("choices"));
	struct timing t;
	for (int v = 0; v < CHOICES; v++) {
		winner[v] = (int32_t)random_below(&chance, IDEAS);
		loser[v] = (winner[v] + 1 +
			       (int32_t)random_below(&chance, IDEAS - 1)) %
		    IDEAS;
	}
	for (int k = 0; k < ROUNDS; k++) {
		struct arena *a = arena_open(BENCH_BYTES);
		struct rating *r = arena_new(a, struct rating, IDEAS);
		struct pairwise p = {IDEAS, CHOICES, winner, loser};
		struct bt_options o = {1, 0.95};
		double loglik, from = now_ms();
		must(pairwise_bradley_terry(a, &p, &o, r, &loglik) == ERR_OK,
		    "the choices failed");
		t.ms[k] = now_ms() - from;
		arena_close(a);
	}
	say(&t, "280 ideas: bradley-terry", "80 to 170",
	    "samskab rank --rule bradley-terry FILE.csv");
}

int
main(int argc, char **argv)
{
	static const char *const small[] = {
	    "", "0.058", "< 20", "0.27", "", ""};
	static const char *const large[] = {"75", "1.13", "69", "3.3", "", ""};
	struct arena *a = arena_open(BENCH_BYTES);
	const char *dir = getenv("SAMSKAB_GOLDEN");
	struct str text,
	    path = argc > 1 ? str_c(argv[1])
			    : str_fmt(a, "%s/budgets/wieliczka_2023.pb",
				  dir != NULL ? dir : "../shared/golden");
	if (file_read(a, path, BENCH_BYTES / 4, &text) == ERR_OK)
		measure(text, "6,586 x 64", small);
	else
		printf("skipped: %.*s is not here\n", STR_ARG(path));
	measure(make_election(a), "90,494 x 160", large);
	measure_choices();
	arena_close(a);
	return 0;
}
