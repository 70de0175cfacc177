/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_WEB_HOSTILE_TEXT_H
#define TESTS_WEB_HOSTILE_TEXT_H

#include "tests/test.h"

/* hostile_text.h - what people, and others, may type.
 *
 * Those of tests/tools/hostile.def and more of our own.  What is not valid text
 * never reaches a page: `refused` says so.
 */
struct hostile {
	struct str typed; /* without blanks around it */
	struct str kept; /* in normal form, its lines ending in LF */
	struct str shown; /* the same without what turns the direction */
	bool refused; /* not text: bytes or controls */
	bool blank; /* nothing of it is seen */
	bool one_line;
	ptrdiff_t length; /* of `kept`, in code points */
};

struct hostiles {
	struct hostile *list;
	ptrdiff_t n;
};

struct hostiles hostile_texts(struct arena *);

#endif
