/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DIALOGUE_H
#define MODEL_DIALOGUE_H

#include "engine/votes.h"
#include "model/record.h"

/* dialogue.h - a dialogue on statements: agree, disagree, pass (S13, S20).
 *
 * The dialogue itself is a record.  Statements and voters have numbers within
 * it, from 0.  A voter is somebody with a code, an account, or a device that
 * came by the open link; the database knows only a keyed hash of whom it stands
 * for.  Of a voter on a statement the last vote counts, and the same vote again
 * is no vote: sent twice, it is one.
 *
 * Votes are read by who computes with them (report/room.h) and, each their own, by
 * who gave them; nobody else is shown a single vote.
 * Memory: the caller's arena.  Tests: tests/model/dialogue.c
 */
enum {
	STATEMENT_MAX = 240, /* code points */
	STATEMENTS_MAX = 2000, /* a dialogue */
	STATEMENTS_OWN = 10, /* of one voter */
};

/* Whether it can be answered at `who->now_us`: open, its last day not over. */
bool dialogue_is_open(const struct record *, const struct actor *);

/* In which network it is, for who comes by its address alone.  `program` is in
 * the organisation. */
enum err dialogue_network(struct db *, struct arena *,
    const struct actor *program, struct id dialogue,
    struct id *network) MUST_USE;

/* record_def.changed: tells other programs that it opened or closed, which is
 * when its state does, or when it is taken out while it is open. */
enum err dialogue_changed(struct db *, struct arena *, const struct actor *,
    const struct record *was, const struct record *is) MUST_USE;

/* Closes those of an organisation whose last day is over, by the clock. */
enum err dialogue_sweep(
    struct db *, struct arena *, const struct actor *program) MUST_USE;

/* ---- statements ---- */

struct statement {
	int64_t number;
	struct id once; /* names the request that adds it */
	struct str text;
	struct str state; /* waiting, shown, refused, gone */
	struct str reason; /* of a refused one */
	bool meta, seed;
	struct str source; /* staff, citizen, agenda, import */
	int64_t author; /* the voter's number; -1: none */
	int64_t at_us, changed_us;
};

struct statements {
	struct statement *list; /* by number; a number may be missing */
	ptrdiff_t n;
};

/* All of a dialogue but those that are gone.  `who` is inside the network and
 * reads it, or is the program on behalf of a voter. */
enum err statement_list(struct db *, struct arena *, const struct actor *,
    struct id dialogue, struct statements *) MUST_USE;

/* What is wrong with the text, or NULL: a msgid. */
const char *statement_check(struct str text);

/* By the network: shown at once.  Needs CAP_AGENDA.  The same `once` again is
 * one.  ERR_TOO_LARGE: there are STATEMENTS_MAX. */
enum err statement_add(struct db *, struct arena *, const struct actor *,
    struct id dialogue, const struct statement *) MUST_USE;

/* shown, refused (with a reason that its writer reads) or waiting; whether it
 * is about the dialogue itself.  Needs CAP_ASK. */
enum err statement_moderate(struct db *, struct arena *, const struct actor *,
    struct id dialogue, const struct statement *) MUST_USE;

/* ---- voters ---- */

enum voter_way { VOTER_CODE, VOTER_LINK, VOTER_ACCOUNT, VOTER_IMPORT };

struct voter {
	struct id dialogue;
	enum voter_way way;
	struct hash key; /* of whom it stands for */
	int64_t number; /* -1: not known, or has not voted yet */
};

/* Who votes there: an id of a person or an account as text, or the token of a
 * device. */
struct voter voter_of(
    const struct actor *, struct id dialogue, enum voter_way, struct str whom);

/* Finds the number; voters are made by their first vote. */
enum err voter_find(struct db *, struct arena *, const struct actor *program,
    struct voter *) MUST_USE;

struct vote {
	int64_t statement;
	int vote; /* VOTE_AGREE, VOTE_PASS, VOTE_DISAGREE */
};

/* On disk once the lane has committed.  ERR_DENIED: the dialogue is not open.
 * ERR_NOT_FOUND: no such dialogue, or the statement is not shown.  About six
 * statements, whatever the size of the dialogue. */
enum err voter_votes(struct db *, struct arena *, const struct actor *program,
    struct voter *, struct vote) MUST_USE;

struct own_votes {
	struct vote *list; /* by statement, the last of each */
	ptrdiff_t n;
};
enum err voter_own(struct db *, struct arena *, const struct actor *program,
    const struct voter *, struct own_votes *) MUST_USE;

/* A statement of theirs, waiting or shown as the dialogue says; they agree with
 * it.  ERR_DENIED: not open, or none are wanted.  ERR_LIMITED: they have
 * STATEMENTS_OWN. */
enum err voter_states(struct db *, struct arena *, const struct actor *program,
    struct voter *, const struct statement *) MUST_USE;

/* Takes a statement of their own back: its words are deleted. */
enum err voter_takes_back(struct db *, struct arena *,
    const struct actor *program, const struct voter *,
    int64_t statement) MUST_USE;

/* All that they voted and wrote there goes, also when it is closed; who comes
 * again is somebody new. */
enum err voter_forget(struct db *, struct arena *, const struct actor *program,
    const struct voter *) MUST_USE;

/* All of a person's votes and words in every dialogue of the network go. */
enum err voter_erase(struct db *, struct arena *, const struct actor *,
    struct id person) MUST_USE;

/* ---- for who computes ---- */

struct vote_row {
	int64_t seq;
	int32_t voter, statement;
	int8_t vote;
	int64_t at_us;
};

struct vote_rows {
	struct id dialogue;
	int64_t after; /* the seq of the last one that is known; -1: none */
	struct vote_row *list; /* out, by seq */
	ptrdiff_t n;
};

/* The next at most VOTE_ROWS_MAX votes. */
enum { VOTE_ROWS_MAX = 8000 };
enum err vote_since(struct db *, struct arena *, const struct actor *,
    struct vote_rows *) MUST_USE;

/* How many said what, each statement that somebody voted on: of each voter the
 * last vote.  In the snapshot of one transaction.  Two statements of SQL, some
 * 3 s for a million votes. */
struct vote_sum {
	int64_t statement, agree, disagree, pass;
};
struct vote_sums {
	struct vote_sum *list; /* by statement */
	ptrdiff_t n;
};
enum err vote_sums(struct db *, struct arena *, const struct actor *,
    struct id dialogue, struct vote_sums *) MUST_USE;
/* How many have voted on a statement that is shown: not those who only wrote
 * one that waits. */
enum err voter_count(struct db *, struct arena *, const struct actor *,
    struct id dialogue, int64_t *) MUST_USE;

/* What tells whether anything is new: the last vote (-1: none), how often votes
 * were deleted, when a statement was last changed. */
struct dialogue_mark {
	int64_t seq, erased, changed_us;
};
enum err dialogue_mark(struct db *, struct arena *, const struct actor *,
    struct id dialogue, struct dialogue_mark *) MUST_USE;

#endif
