/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_FACTS_H
#define WEB_FACTS_H

#include "model/record.h"
#include "view_facts.h"
#include "web/req.h"

/* facts.h - what is known of something, a name and a value each.  Memory is
 * the request's.  Tests: tests/web/methods.c, tests/web/citizen.c
 */
struct facts {
	struct view_facts_list *list;
	ptrdiff_t n, max;
};

/* With room for `max`. */
struct facts facts_new(struct req *, ptrdiff_t max);

/* An empty value is not shown. */
void facts_add(struct facts *, struct str label, struct str value);

struct view_facts facts_view(const struct facts *);

/* What model/notice.h has us tell. */
struct view_facts facts_of_notice(struct req *, const struct record *notice);

#endif
