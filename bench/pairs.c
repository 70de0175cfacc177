/* SPDX-License-Identifier: MPL-2.0 */
/* pairs - what a list of pairs of measurements says.
 *
 *	pairs <FILE       one pair a line: OURS PEER
 *
 * Prints medians and the ratio of the pairs: OURS PEER RATIO LOW HIGH. */
#include <stdio.h>
#include <stdlib.h>

#include "bench/stat.h"

enum { MAX_PAIRS = 10000 };

int
main(void)
{
	static double ours[MAX_PAIRS], peer[MAX_PAIRS], quotient[MAX_PAIRS];
	char line[200];
	ptrdiff_t n = 0;
	while (n < MAX_PAIRS && fgets(line, sizeof line, stdin) != NULL) {
		char *rest = line;
		ours[n] = strtod(line, &rest);
		peer[n] = strtod(rest, NULL);
		n++;
	}
	struct stat_ratio r = stat_ratio(ours, peer, n, quotient);
	printf("%g %g %.3f %.3f %.3f\n", stat_median(ours, n),
	    stat_median(peer, n), r.median, r.low, r.high);
	return n > 0 ? 0 : 1;
}
