/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_TOKEN_H
#define MODEL_TOKEN_H

#include "model/actor.h"

/* token.h - what a program of somebody else's shows to read a network, or to
 * take part in it (doc/decisions/0021-api.md).
 *
 * A token is 130 random bits, shown once; its hash is kept.  It opens one
 * network, for the rights it was given, until a day, or until somebody ends
 * it.  Who manages the network makes and ends them.
 * Tests: tests/model/token.c
 */
enum { TOKEN_READ = 1 << 0, TOKEN_TAKE_PART = 1 << 1 };
enum { TOKEN_NAME_MAX = 80, TOKEN_DAYS_MAX = 366, TOKENS_MAX = 1000 };

struct token {
	struct id id, network;
	struct str name;
	int64_t rights;
	int64_t made_us, ends_us;
	int64_t ended_us, used_us; /* 0: not */
};

struct tokens {
	struct token *list;
	ptrdiff_t n;
};

/* NULL, or what is wrong with the name: a msgid. */
const char *token_name_fault(struct str name);

/* Of `t` id, name, rights and ends_us are read.  *secret is "" when the id was
 * used already.  ERR_TOO_LARGE: there are TOKENS_MAX. */
enum err token_make(struct db *, struct arena *, const struct actor *,
    const struct token *, struct str *secret) MUST_USE;
enum err token_list(struct db *, struct arena *, const struct actor *,
    struct tokens *) MUST_USE;
enum err token_end(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

bool token_is_good(const struct token *, int64_t now_us);

/* ERR_NOT_FOUND: none such, or it has ended. */
enum err token_find(struct db *, struct arena *, const struct actor *program,
    struct str secret, struct token *) MUST_USE;

/* Who acts by it: inside its network, and may read there. */
struct actor token_actor(const struct actor *program, const struct token *);

/* That it was used, to the hour. */
enum err token_used(
    struct db *, const struct actor *in, const struct token *) MUST_USE;

/* ---- once ---- */

struct token_once {
	struct hash key, request;
	int64_t status;
	struct str answer; /* JSON */
};

/* What was answered to that key.  ERR_NOT_FOUND: nothing yet; ERR_CONFLICT: to
 * another request. */
enum err token_again(struct db *, struct arena *, const struct actor *in,
    const struct token *, struct token_once *) MUST_USE;
enum err token_done(struct db *, const struct actor *in, const struct token *,
    const struct token_once *) MUST_USE;
/* After a day. */
enum err token_sweep(struct db *, const struct actor *program) MUST_USE;

#endif
