/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_BALLOT_H
#define MODEL_BALLOT_H

#include "model/citizen.h"
#include "model/round.h"

/* ballot.h - one voter's choices in a round.
 *
 * A ballot is a row under a hash of the voter with a key from outside the
 * database: whoever has the database alone sees what was voted and not by whom,
 * and one voter has one row, however many requests come at once.  It may be
 * given again until the round closes; the last one counts.
 *
 * As text it is marks with a space between: "3:1" option 3 is chosen, "3:5" it
 * has 5 points or stars, "3:4/2" value 4 and feasibility 2; "2:7/1" of the pair
 * 2 and 7 the first was chosen, /2 the second, /0 neither.
 * Memory: the caller's arena.  Tests: tests/model/ballot.c
 */
struct mark {
	int64_t option; /* its number; of a pair the lower */
	int64_t value; /* of a pair the higher option's number */
	int64_t other; /* feasibility; of a pair 0, 1, 2 */
};

enum { BALLOT_PAIRS = 500 };

struct ballot {
	struct mark *mark; /* [n] by option, then value */
	ptrdiff_t n;
};

/* Text of the form above; false: it is not of that form, or names an option
 * twice. */
bool ballot_parse(
    struct arena *, const struct round *, struct str, struct ballot *) MUST_USE;
struct str ballot_text(struct arena *, const struct ballot *);

/* What somebody typed off a paper: "1, 4" or "1=5 4=3" or "1=5/2". */
bool ballot_typed(
    struct arena *, const struct round *, struct str, struct ballot *) MUST_USE;

/* NULL: it may be cast; else a msgid whose %1 is `number`. */
struct ballot_fault {
	const char *message;
	int64_t number;
};
struct ballot_fault ballot_check(const struct round *, const struct ballot *);

/* ---- who votes ---- */

struct elector {
	const struct round *round;
	enum round_side side;
	struct hash key;
	const char *refused; /* msgid: why they may not; NULL: they may */
};

struct elector ballot_citizen(
    struct arena *, const struct round *, const struct citizen *);
/* An account, by its roles in the network. */
enum err ballot_staff(struct db *, struct arena *, const struct actor *,
    const struct round *, struct elector *) MUST_USE;
/* What stands for one in the table: 'p' a person, 'a' an account, 's' paper,
 * 'e' somebody whom another program names. */
struct hash ballot_key(struct arena *, const struct actor *,
    const struct round *, char kind, struct str id);

/* ---- casting ---- */

/* ERR_NOT_FOUND: none yet. */
enum err ballot_get(struct db *, struct arena *, const struct actor *,
    const struct elector *, struct ballot *) MUST_USE;

/* ERR_CONFLICT: the round takes no votes now.  ERR_DENIED: the voter is
 * refused.  ERR_INVALID: ballot_check(). */
enum err ballot_cast(struct db *, struct arena *, const struct actor *,
    const struct elector *, const struct ballot *) MUST_USE;

/* A number to keep, of a ballot as it stands; it shows nothing of it. */
struct str ballot_receipt(
    struct arena *, const struct elector *, const struct ballot *);

/* A person's ballots in rounds that are open: for person_erase(). */
enum err ballot_erase(struct db *, struct arena *, const struct actor *,
    struct id person) MUST_USE;

/* ---- two at a time ---- */

struct pair {
	int64_t left, right; /* numbers of options */
	int64_t which; /* 0 neither, 1 left, 2 right */
};

/* The next pair for the voter of this ballot: pairs that were seldom shown come
 * sooner (weight min(0.05, 1 / (votes + 1))).  ERR_NOT_FOUND: all were asked.
 */
enum err ballot_next_pair(struct db *, struct arena *, const struct actor *,
    const struct elector *, struct pair *) MUST_USE;
/* Adds the choice; the same pair again is the same choice anew. */
enum err ballot_choose(struct db *, struct arena *, const struct actor *,
    const struct elector *, const struct pair *) MUST_USE;

#endif
