/* SPDX-License-Identifier: MPL-2.0 */

/* Made-up votes for the bench: groups_data PEOPLE STATEMENTS VOTES, to stdout as
 * participant,statement,vote.  Three camps, activity as uneven as in life (a
 * few vote on nearly all, most on little); the same bytes each time. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 88172645463325252;

static double
chance(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (double)(state >> 11) / 9007199254740992.0;
}

/* How a camp votes on a statement: the same each time it is asked. */
static int
vote_of(int camp, int statement)
{
	static const int lean[3][4] = {
	    {1, -1, 1, 1}, {-1, 1, 1, -1}, {1, 1, -1, -1}};
	double at = chance();
	if (at < 0.15)
		return 0;
	return at < 0.8 ? lean[camp][statement % 4]
			: -lean[camp][statement % 4];
}

/* Votes of each person, about `mean` of them on average. */
static int
activity(double mean, int statements)
{
	double u = chance() + 1e-9;
	double n = mean * 0.6 / (u > 0.02 ? u : 0.02) * 0.3 + mean * 0.25;
	return n < 1 ? 1 : n > statements ? statements : (int)n;
}

int
main(int argc, char **argv)
{
	int people = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0;
	int statements = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0;
	long votes = argc > 3 ? strtol(argv[3], NULL, 10) : 0, done = 0;
	if (people <= 0 || statements <= 0 || votes <= 0) {
		fputs("usage: groups_data PEOPLE STATEMENTS VOTES\n", stderr);
		return 2;
	}
	puts("participant,statement,vote");
	for (int i = 0; i < people && done < votes; i++) {
		double mean = (double)(votes - done) / (people - i);
		int n = activity(mean, statements), camp = (int)(3 * chance());
		int from = (int)(chance() * statements);
		for (int k = 0; k < n && done < votes; k++, done++) {
			int j = (from + k) % statements;
			printf("%d,%d,%d\n", i, j, vote_of(camp, j));
		}
	}
	return 0;
}
