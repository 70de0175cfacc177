/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_REPLY_H
#define MODEL_REPLY_H

#include "model/citizen.h"
#include "model/trace.h"

/* reply.h - the answer to everybody who spoke: what it led to (S10, S43).
 *
 * A person is owed one answer a decision, on all that they said in its scope,
 * also when it is a no.  It consists of what all are told (the decision, why,
 * what happens now), of the grade and sentence of each thing they said, and,
 * where somebody wrote them, of words to that person alone.  Their own words
 * are read from their contributions each time and stand nowhere else, so what
 * they take back is gone from the answer too.  Sent is sent: the grades and
 * sentences that it told stay (trace.h).  Who says more in the decision's scope
 * before it is closed is owed the rest.
 *
 * Who has no code is answered in public alone.  A person who stopped is owed
 * an answer still, on their page, where they find it when they like.
 * Memory: the caller's arena.  Tests: tests/model/reply.c
 */
extern const struct choice reply_reactions[];

enum { REPLY_WORDS = 2000, REPLY_REACTION = 1000 };

struct reply_to {
	const struct trace *trace; /* of the decision */
	struct id decision, person;
	int64_t number; /* of the person; 0 for who may not see people */
	struct str alias, wanted, state; /* theirs: the channel they chose */
	struct str lang; /* that they read; answers are written in Danish */
	struct str words; /* to them alone, as they were told; "" none */
	struct str unsent; /* the same of the answer that they wait for */
	struct str channel; /* how it was sent */
	int64_t sent_us; /* 0: not yet */
	struct str reaction, reaction_words;
	int64_t reaction_us, seen_us;
	ptrdiff_t first, n; /* of trace.said[] */
	ptrdiff_t open; /* of those: without a grade */
	ptrdiff_t untold; /* of those: not in an answer yet */
	ptrdiff_t alike; /* the same for who is told the same, from 0 */
};

struct replies {
	struct reply_to *list; /* by person */
	ptrdiff_t n;
	ptrdiff_t n_alike;
	int64_t owed; /* not sent yet, or more was said since */
};

/* Of everybody behind a voice in the scope.  Needs CAP_READ. */
enum err reply_list(struct db *, struct arena *, const struct actor *,
    const struct trace *, struct replies *) MUST_USE;

/* They wait: for their answer, or for what it says of more that they said. */
bool reply_is_owed(const struct reply_to *);

/* The one to this person, or NULL. */
const struct reply_to *reply_find(const struct replies *, struct id person);

/* Whether somebody has had an answer on it. */
enum err reply_any_sent(struct db *, struct arena *, const struct actor *,
    struct id decision, bool *sent) MUST_USE;

/* reply->unsent, to one person alone; "" again none.  Needs CAP_ASK.
 * ERR_INVALID: too long, or a CPR number.  ERR_CONFLICT: they wait for no
 * answer. */
enum err reply_word(struct db *, struct arena *, const struct actor *,
    const struct reply_to *) MUST_USE;

/* Notes that it went by reply->channel ("page", "mail", "letter", "phone");
 * twice is once.  What they said counts as answered with that.  Needs CAP_ASK.
 * ERR_INVALID: something they said has no grade.  ERR_CONFLICT: no reason is
 * given yet. */
enum err reply_send(struct db *, struct arena *, const struct actor *,
    const struct reply_to *) MUST_USE;

/* Until when: so many days after the decision as the organisation set. */
enum err reply_due(struct db *, struct arena *, const struct actor *,
    const struct decision *, struct date *) MUST_USE;

/* ---- what it says ---- */

struct reply_part { /* one thing they said */
	struct id contribution;
	struct str said; /* as it is shown now; "" of what has no words */
	const struct trace_link *link; /* as told, or to be; NULL: no grade */
};
struct reply_parts {
	struct reply_part *list;
	ptrdiff_t n;
};
enum err reply_parts(struct db *, struct arena *, const struct actor *,
    const struct reply_to *, struct reply_parts *) MUST_USE;

/* Paragraphs: what they said (with `quotes`: in their words), what it led to,
 * what was decided, why, what happens now, what is to them alone. */
struct reply_look {
	enum lang lang;
	bool quotes;
};
struct str reply_text(struct arena *, const struct decision *,
    const struct reply_to *, const struct reply_parts *,
    const struct reply_look *);

/* ---- on their page ---- */

struct reply_shown {
	struct decision decision;
	struct trace trace;
	struct reply_to reply;
	struct reply_parts parts;
	struct decision_news news;
};
struct replies_shown {
	struct reply_shown *list; /* the newest first */
	ptrdiff_t n;
};
enum { REPLIES_SHOWN = 20 };
/* What was sent to them. */
enum err reply_shown(struct db *, struct arena *, const struct citizen *,
    struct replies_shown *) MUST_USE;
/* How many, without reading them. */
enum err reply_count(
    struct db *, struct arena *, const struct citizen *, int64_t *) MUST_USE;

struct reply_reaction {
	struct id decision;
	struct str reaction, words;
};
/* What they say to it; the last one counts.  ERR_INVALID: none of the
 * reactions, a question without words, too long, or a CPR number.
 * ERR_NOT_FOUND: they had no answer on it.  ERR_DENIED: a guardian's yes is
 * missing. */
enum err reply_react(struct db *, struct arena *, const struct citizen *,
    const struct reply_reaction *) MUST_USE;

/* One of us has dealt with a reaction.  Needs CAP_ASK. */
enum err reply_seen(struct db *, struct arena *, const struct actor *,
    struct id decision, struct id person) MUST_USE;

/* How long each voice of a person with a code waited for its first answer. */
struct reply_waits {
	int64_t *us;
	ptrdiff_t n;
};
enum err reply_waits(struct db *, struct arena *, const struct actor *,
    struct reply_waits *) MUST_USE;

/* A person who is erased: for person_erase(). */
enum err reply_erase(
    struct db *, const struct actor *, struct id person) MUST_USE;

#endif
