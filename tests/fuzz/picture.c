/* SPDX-License-Identifier: MPL-2.0 */

/* The decoders of pictures: what they give is as large as they say and within
 * the limits, and the same bytes give the same picture. */
#include "jobs/picture_parts.h"

#include <string.h>

#include "jobs/picture.h"
#include "tests/fuzz.h"

enum { SLOW_PIXELS = 1000 * 1000 };

FUZZ(input)
{
	struct pixels one, two;
	if (picture_read(arena, input, &one) != ERR_OK)
		return;
	MUST(one.width > 0 && one.height > 0);
	MUST(one.width <= PICTURE_SIDE_MAX && one.height <= PICTURE_SIDE_MAX);
	ptrdiff_t n = pixels_bytes(one.width, one.height);
	MUST(n > 0 && n / 4 <= PICTURE_PIXELS_MAX);
	if (n / 4 > SLOW_PIXELS)
		return;
	MUST(picture_read(arena, input, &two) == ERR_OK);
	MUST(one.width == two.width && one.height == two.height);
	MUST(memcmp(one.p, two.p, (size_t)n) == 0);
	two = picture_shrink(arena, &one, 16);
	MUST(two.width <= 16 && two.height <= 16);
}
