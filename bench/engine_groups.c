/* SPDX-License-Identifier: MPL-2.0 */

/* The groups' figures that need no whole process: engine_groups VOTES.csv for
 * the warm start on that conversation, engine_groups --replay VOTES.csv
 * COMMENTS.csv NAME for how far neighbouring results agree. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "bench/groups_replay.h"
#include "engine/opinion.h"

#define BENCH_BYTES ((ptrdiff_t)4 * 1024 * 1024 * 1024)

static double
seconds(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static struct str
read_file(struct arena *a, const char *path)
{
	struct str text = {0};
	if (file_read(a, str_c(path), BENCH_BYTES / 4, &text) != ERR_OK)
		fprintf(stderr, "engine_groups: %s cannot be read\n", path);
	return text;
}

static int
replay(struct arena *a, char **file)
{
	struct replay ours, theirs;
	struct str votes = read_file(a, file[0]), about = read_file(a, file[1]);
	if (!replay_run(a, votes, about, false, &ours) ||
	    !replay_run(a, votes, about, true, &theirs))
		return 2;
	printf("replay %s: mean ARI %.3f (least %.3f), without groups %d of "
	       "%d, aim 0.95 and at most 4; placed %.0f %%; with everybody in "
	       "their likeliest group %.3f; published method %.3f\n",
	    file[2], ours.mean, ours.least, ours.without, REPLAY_STEPS,
	    100 * ours.placed, ours.leaning, theirs.mean);
	return 0;
}

/* The median of five: one vote more, and the groups anew. */
static void
warm(struct arena *a, const struct votes *v, const struct opinion *o)
{
	double best = 1e9, cpu = 1e9;
	for (int run = 0; run < 5; run++) {
		struct arena *scratch = arena_scratch(a);
		int32_t person = (int32_t)(v->people / 2 + run), statement = 3;
		int8_t vote = VOTE_AGREE;
		struct ballots one = {&person, &statement, &vote, 1};
		double wall = seconds(CLOCK_MONOTONIC);
		double work = seconds(CLOCK_PROCESS_CPUTIME_ID);
		struct votes more = votes_more(scratch, v, &one);
		struct opinion now =
		    opinion_again(scratch, &more, o, &person, 1);
		wall = seconds(CLOCK_MONOTONIC) - wall;
		work = seconds(CLOCK_PROCESS_CPUTIME_ID) - work;
		if (now.k != o->k)
			puts("the number of groups changed");
		best = wall < best ? wall : best;
		cpu = work < cpu ? work : cpu;
		arena_close(scratch);
	}
	printf("warm start, a vote more on %td: %.1f ms (processor %.1f ms), "
	       "aim 20 ms\n",
	    v->row[v->people], 1e3 * best, 1e3 * cpu);
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_open(BENCH_BYTES);
	struct votes_in in;
	struct csv_reader r;
	if (argc == 5 && strcmp(argv[1], "--replay") == 0)
		return replay(a, argv + 2);
	if (argc != 2 || !votes_read(a, read_file(a, argv[1]), &in, &r))
		return 2;
	struct votes_table t = votes_sorted(a, &in);
	struct opinion_ask ask = {0};
	double work = seconds(CLOCK_PROCESS_CPUTIME_ID);
	struct opinion o = opinion_of(a, &t.votes, &ask);
	printf("cold, %td votes already read: processor %.0f ms\n",
	    t.votes.row[t.votes.people],
	    1e3 * (seconds(CLOCK_PROCESS_CPUTIME_ID) - work));
	warm(a, &t.votes, &o);
	arena_close(a);
	return 0;
}
