/* SPDX-License-Identifier: MPL-2.0 */

/* How long an MP4 says that it is: a number, also of what a child that was
 * taken over made up; what follows its index does not change it. */
#include "jobs/film.h"

#include "tests/fuzz.h"

FUZZ(input)
{
	int64_t ms = 0, again = 0;
	if (!film_ms(input, &ms))
		return;
	MUST(ms >= 0);
	MUST(film_ms(str_cat(arena, input,
			 S("\0\0\0\x08"
			   "free")),
	    &again));
	MUST(ms == again);
}
