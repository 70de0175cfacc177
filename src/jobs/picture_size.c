/* SPDX-License-Identifier: MPL-2.0 */

/* Smaller, and upright. */
#include <assert.h>
#include <string.h>

#include "jobs/picture_parts.h"

enum { CHANNELS = 4, OPACITY = 3 };

/* ---- smaller ---- */

/* Which pixels of `from` the pixel `at` of `to` is the mean of. */
struct span {
	int from, to;
};

static struct span
span_of(int at, int to, int from)
{
	struct span s = {(int)((int64_t)at * from / to),
	    (int)(((int64_t)(at + 1) * from + to - 1) / to)};
	return s;
}

/* A colour counts as much as it is opaque, or what cannot be seen would
 * bleed into what can. */
static void
mean(const struct pixels *in, struct span x, struct span y, unsigned char *out)
{
	uint64_t sum[CHANNELS] = {0}, n = 0;
	for (int row = y.from; row < y.to; row++) {
		const unsigned char *p = in->p + pixels_bytes(in->width, row) +
		    (ptrdiff_t)x.from * CHANNELS;
		for (int i = x.from; i < x.to; i++, p += CHANNELS, n++) {
			for (int c = 0; c < OPACITY; c++)
				sum[c] += (uint64_t)p[c] * p[OPACITY];
			sum[OPACITY] += p[OPACITY];
		}
	}
	assert(n > 0); /* a span is one pixel at least */
	uint64_t seen = sum[OPACITY];
	for (int c = 0; c < OPACITY && seen > 0; c++)
		out[c] = (unsigned char)((sum[c] + seen / 2) / seen);
	out[OPACITY] = (unsigned char)((seen + n / 2) / n);
}

static int
scaled(int side, int longest, int wanted)
{
	int64_t n = ((int64_t)side * wanted + longest / 2) / longest;
	return n < 1 ? 1 : (int)n;
}

struct pixels
picture_shrink(struct arena *a, const struct pixels *in, int side)
{
	int longest = in->width > in->height ? in->width : in->height;
	if (longest <= side)
		return *in;
	struct pixels out = {.width = scaled(in->width, longest, side),
	    .height = scaled(in->height, longest, side)};
	out.p =
	    arena_new(a, unsigned char, pixels_bytes(out.width, out.height));
	unsigned char *p = out.p;
	for (int y = 0; y < out.height; y++) {
		struct span rows = span_of(y, out.height, in->height);
		for (int x = 0; x < out.width; x++, p += CHANNELS)
			mean(in, span_of(x, out.width, in->width), rows, p);
	}
	return out;
}

/* ---- upright ---- */

/* EXIF's eight ways are these three, done in this order. */
struct turn {
	bool swap, left_right, top_bottom;
};

static const struct turn turns[] = {
    [1] = {false, false, false},
    [2] = {false, true, false},
    [3] = {false, true, true},
    [4] = {false, false, true},
    [5] = {true, false, false},
    [6] = {true, true, false},
    [7] = {true, true, true},
    [8] = {true, false, true},
};

struct pixels
picture_turn(struct arena *a, const struct pixels *in, int orientation)
{
	if (orientation < 2 || orientation >= COUNT_OF(turns))
		return *in;
	struct turn t = turns[orientation];
	struct pixels out = {.width = t.swap ? in->height : in->width,
	    .height = t.swap ? in->width : in->height};
	out.p =
	    arena_new(a, unsigned char, pixels_bytes(out.width, out.height));
	const unsigned char *p = in->p;
	for (int y = 0; y < in->height; y++) {
		for (int x = 0; x < in->width; x++, p += CHANNELS) {
			int to_x = t.swap ? y : x, to_y = t.swap ? x : y;
			if (t.left_right)
				to_x = out.width - 1 - to_x;
			if (t.top_bottom)
				to_y = out.height - 1 - to_y;
			memcpy(out.p + pixels_bytes(out.width, to_y) +
				(ptrdiff_t)to_x * CHANNELS,
			    p, CHANNELS);
		}
	}
	return out;
}
