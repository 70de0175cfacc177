/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CODING_H
#define MODEL_CODING_H

#include "model/codebook.h"
#include "model/contribution.h"
#include "model/passage.h"

/* coding.h - passages of what people said, each under a code of the codebook;
 * several codes a passage, and passages may overlap.
 *
 * A passage keeps the words that it had.  When the contribution gets other
 * words, a passage whose words are not there any more in the same place keeps
 * the old ones and waits to be looked at; when they are taken back, it is gone
 * in the same write.  Who sees the contribution's words sees its passages.
 * Memory: the caller's arena.  Tests: tests/model/coding.c
 */
enum { CODINGS_MAX = 200, MEMO_MAX = 1000 };

struct coding {
	struct id id, code, contribution, account;
	struct passage at;
	struct str words, memo;
	int64_t at_us, look_us;
};

struct codings {
	struct coding *list; /* by contribution, newest first, then by place */
	ptrdiff_t n;
};

/* Needs CAP_ASK.  The same id twice is one.  ERR_INVALID: the code is not in
 * use, the passage not within the words, a memo too long or with a CPR
 * number, too many.  ERR_CONFLICT: other words since `rev`. */
enum err coding_add(struct db *, struct arena *, const struct actor *,
    const struct contribution *, const struct coding *) MUST_USE;
enum err coding_drop(struct db *, struct arena *, const struct actor *,
    struct id contribution, struct id coding) MUST_USE;

/* Of one contribution (set), or under one code and those below it (set), or
 * both; only of what `who` reads. */
struct coding_filter {
	struct id contribution, code;
};
enum err coding_list(struct db *, struct arena *, const struct actor *,
    const struct coding_filter *, struct codings *) MUST_USE;

/* How many passages each code has, and of how many people, as
 * evidence_strengths() counts people. */
struct coding_count {
	struct id code;
	int64_t passages, people;
};
struct coding_counts {
	struct coding_count *list; /* by code */
	ptrdiff_t n;
};
enum err coding_counts(struct db *, struct arena *, const struct actor *,
    struct coding_counts *) MUST_USE;
struct coding_count coding_count_of(
    const struct coding_counts *, struct id code);

/* ---- called by those who change the words ---- */

enum err coding_follow(struct db *, struct arena *, const struct actor *,
    struct id contribution, struct str words) MUST_USE;
enum err coding_drop_all(
    struct db *, const struct actor *, struct id contribution) MUST_USE;

#endif
