/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CAPTIONS_H
#define MODEL_CAPTIONS_H

#include "base/err.h"
#include "base/str.h"

/* captions.h - a transcript with times, and the captions made of it.
 *
 *	0:03 We sat in the garden.
 *	0:09.5-0:12 And then it rained.
 *
 * A line that begins with a time is a caption from then on, until the time
 * behind the hyphen or the next caption.  A line without one goes on with the
 * caption before it.  Read once, in order; memory on the caller's arena.
 * Tests: tests/model/captions.c, tests/fuzz/captions.c
 */
enum { CAPTIONS_MAX = 5000 };

struct caption {
	int64_t from_ms, to_ms; /* to_ms > from_ms */
	struct str text; /* one line a line; never blank */
};

struct captions {
	struct caption *list; /* as they stand */
	ptrdiff_t n;
};

/* n == 0: a transcript without times.  What is above CAPTIONS_MAX is not
 * read. */
struct captions captions_of(struct arena *, struct str words);

/* WebVTT, for <track>. */
struct str captions_vtt(struct arena *, struct str words);

/* The lines above, of a WebVTT file.  ERR_INVALID: it is none, or holds no
 * caption. */
enum err captions_read(
    struct arena *, struct str vtt, struct str *words) MUST_USE;

/* The same, with what is wrong (a msgid) and in which line, from 1; NULL:
 * nothing is. */
const char *captions_fault(
    struct arena *, struct str vtt, struct str *words, int64_t *line) MUST_USE;

#endif
