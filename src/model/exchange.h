/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_EXCHANGE_H
#define MODEL_EXCHANGE_H

#include "base/csvread.h"
#include "engine/votes.h"
#include "model/dialogue.h"

/* exchange.h - a conversation from elsewhere on its way into a dialogue.
 *
 * Statements and votes are two tables (CSV), told apart by their headers; a
 * file with statements alone is a beginning of a dialogue.  They are kept
 * sealed until whoever brought them says yes; then a job (jobs/exchange.h)
 * brings them in, and the files are gone.  What has a fault brings in nothing.
 *
 * Votes come only into a dialogue that has neither statements nor votes and
 * that nobody can answer meanwhile.  Each vote that was changed is kept, in
 * its order.  Who voted is a voter of way "import", whose key hashes what the
 * file calls them.  All of it needs CAP_ASK; only who brought a file sees it.
 * Tests: tests/model/exchange.c, tests/jobs/exchange.c
 */
#define EXCHANGE_KEPT_US (24 * HOUR_US)

enum {
	EXCHANGE_BYTES = 20 * 1024 * 1024, /* of both files together */
	EXCHANGE_WORDS = 1000, /* code points of a statement from elsewhere */
	EXCHANGE_PIECE = 12000, /* votes and voters a write */
};

struct exchange_import {
	struct id id, dialogue;
	bool open; /* its data are public already */
	struct str statements, votes; /* UTF-8 when they were read; "": none */
};

/* Puts a file where it belongs; false: it is neither, or there is one.  Of two
 * forms of the votes the one with a line a vote is taken. */
bool exchange_sort(
    struct arena *, struct str text, struct exchange_import *) MUST_USE;

enum err exchange_put(struct db *, struct arena *, const struct actor *,
    const struct exchange_import *) MUST_USE;
enum err exchange_get(struct db *, struct arena *, const struct actor *,
    struct id, struct exchange_import *) MUST_USE;
enum err exchange_has(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;
enum err exchange_drop(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;
enum err exchange_sweep(struct db *, const struct actor *program) MUST_USE;

/* ---- what is in it ---- */

enum exchange_state {
	EXCHANGE_SHOWN,
	EXCHANGE_WAITING, /* nobody has read it yet */
	EXCHANGE_REFUSED,
	EXCHANGE_GONE, /* voted on, but its words are not there */
	EXCHANGE_STATES
};

struct exchange_statement {
	int64_t number;
	struct str text;
	enum exchange_state state;
	bool meta, seed;
	int64_t author; /* number of the voter; -1: none */
	int64_t at_us; /* -1: not known */
};

struct exchange_in {
	struct exchange_statement *list;
	ptrdiff_t n;
	struct str *voter; /* what the file calls them, by number */
	ptrdiff_t voters;
	struct ballots votes; /* by number, the earliest first */
	int64_t *time_us; /* [votes.n]; NULL: not known */
	ptrdiff_t blank; /* statements left out: nobody voted, no words */
	ptrdiff_t dropped; /* withdrawn or turned down there */
	ptrdiff_t state[EXCHANGE_STATES];
	/* The fault, when there is one. */
	bool in_votes;
	int64_t line, column;
	const char *expected; /* msgid or NULL */
};

/* False: something is wrong with it. */
bool exchange_read(struct arena *, const struct exchange_import *,
    struct exchange_in *) MUST_USE;

/* ---- bringing it in ---- */

/* Whether it can come in now.  ERR_CONFLICT: somebody has voted or votes. */
enum err exchange_may(struct db *, struct arena *, const struct actor *,
    const struct exchange_import *) MUST_USE;

/* The statements, and the mark that it is begun; again it does nothing. */
enum err exchange_begin(struct db *, struct arena *, const struct actor *,
    const struct exchange_import *, const struct exchange_in *) MUST_USE;
/* Voters and votes from..to, counted one after the other; the same again adds
 * nothing. */
struct exchange_piece {
	const struct exchange_import *of;
	const struct exchange_in *in;
	ptrdiff_t from, to;
};
enum err exchange_add(struct db *, struct arena *, const struct actor *,
    const struct exchange_piece *) MUST_USE;
/* Takes the files away and notes where the votes came from. */
enum err exchange_end(struct db *, struct arena *, const struct actor *,
    const struct exchange_import *) MUST_USE;

/* Whether the dialogue's votes came as data that are public already. */
enum err exchange_is_open(struct db *, struct arena *, const struct actor *,
    struct id dialogue, bool *) MUST_USE;

#endif
