/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_NOTICE_H
#define MODEL_NOTICE_H

#include "base/lang.h"
#include "model/record.h"

/* notice.h - what article 13 of the GDPR has us tell those whose data we have:
 * the same on the citizen's page, the open page and the back of a letter.
 * Tests: tests/model/notice.c
 */
enum { NOTICE_FACTS = 6 };

struct notice_fact {
	struct str label, text;
};

/* The parts of a KIND_NOTICE, and last everybody's rights; without a notice
 * the rights alone.  How many; the texts are the record's. */
ptrdiff_t notice_facts(enum lang, const struct record *notice /* or NULL */,
    struct notice_fact fact[NOTICE_FACTS]);

#endif
