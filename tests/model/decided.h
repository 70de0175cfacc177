/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_MODEL_DECIDED_H
#define TESTS_MODEL_DECIDED_H

#include "model/contribution.h"
#include "model/reply.h"
#include "tests/model/fixture.h"

/* decided.h - people who said something, and a decision it may bear on. */
struct decided {
	struct world w;
	struct id decision;
	struct id karen, ole; /* people */
	struct id light, path; /* what each of them said */
};

void decided_new(struct decided *, struct arena *, struct db *);

struct id decided_person(struct decided *, const char *alias);
/* Said and looked through; `person` may be {0}. */
struct id decided_say(struct decided *, struct id person, const char *words);
/* The same of an activity. */
struct id decided_say_at(
    struct decided *, struct id person, struct id activity, const char *words);
struct id decided_insight(struct decided *, const char *statement);

struct decision decided_now(struct decided *);
/* Adopted on the day, for a reason unless it is "". */
enum err decided_take(struct decided *, const char *reason);
enum err decided_link(struct decided *, enum trace_kind, struct id source,
    enum grade, const char *words);
struct trace decided_trace(struct decided *);
/* The grade of a voice in the scope; GRADES: none, -1: it is not in it. */
int decided_grade(struct decided *, struct id voice);
/* Sends the answer of one of them, by `channel`. */
enum err decided_send(struct decided *, struct id person, const char *channel);

#endif
