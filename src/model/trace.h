/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_TRACE_H
#define MODEL_TRACE_H

#include "model/decision.h"

/* trace.h - from what was said to what was decided, and back (E12, S10).
 *
 *	voice ---------------------> decision
 *	voice -> insight ----------> decision
 *	voice -> idea (-> insight) -> decision
 *
 * A link has one of five grades and a sentence to whoever said it.  A link at
 * an insight or an idea holds for every voice that speaks for it and has none
 * of its own; of several such the strongest holds.  What was merged or split
 * stands for its origins: their links are its links, and those who said them
 * are its people.  Words that are taken back leave no link.
 *
 * What somebody was told stays as it was told (trace_said.told), whatever is
 * merged, split or put under an insight afterwards.
 *
 * In a decision's scope is what was said in its activities or stands under its
 * ideas and insights; without any of these, all that was said in the network;
 * and whatever is linked to it; once it is answered that alone, as what is said
 * later is for the next one.  What is restricted (contribution.h) is in no
 * scope.
 *
 * Linear in the voices of the network, plus the links.
 * Memory: the caller's arena.  Tests: tests/model/trace.c, bench/trace.c
 */
enum grade {
	GRADE_CHANGED,
	GRADE_SHAPED,
	GRADE_CONFIRMED,
	GRADE_NOT_FOLLOWED,
	GRADE_OUT_OF_SCOPE,
	GRADES /* none yet */
};

extern const struct choice trace_grades[]; /* their keys, in that order */
/* The same as it is said to the person: a msgid. */
const char *trace_sentence(enum grade);

enum trace_kind { TRACE_VOICE, TRACE_INSIGHT, TRACE_IDEA, TRACE_KINDS };
struct str trace_kind_key(enum trace_kind);
bool trace_kind_parse(struct str, enum trace_kind *) MUST_USE;

enum { TRACE_WORDS = 600 };

struct trace_link {
	struct id decision, source, account;
	enum trace_kind kind;
	enum grade grade;
	struct str words;
	int64_t at_us;
};
struct trace_links {
	struct trace_link *list; /* by decision, then the strongest first */
	ptrdiff_t n;
};

/* Of one decision, of one source, or (neither set) of the network. */
struct trace_ask {
	struct id decision, source;
};
enum err trace_links(struct db *, struct arena *, const struct actor *,
    const struct trace_ask *, struct trace_links *) MUST_USE;

/* What sources had to do with the decision, or something else than before: all
 * of them or none.  Once the decision is taken and until the first answer is
 * sent; after that only where it changes no grade that there is.  Needs
 * CAP_EDIT.  ERR_INVALID: no sentence, too long, or a CPR number.
 * ERR_NOT_FOUND: no such source, for `who`.  ERR_CONFLICT: not now. */
enum err trace_put(struct db *, struct arena *, const struct actor *,
    const struct decision *, const struct trace_links *) MUST_USE;
/* Takes it off again; ERR_CONFLICT: an answer is sent. */
enum err trace_drop(struct db *, struct arena *, const struct actor *,
    const struct decision *, const struct trace_link *) MUST_USE;

/* Words that are taken back: for those who empty a contribution. */
enum err trace_forget(
    struct db *, const struct actor *, struct id contribution) MUST_USE;

/* ---- one decision ---- */

struct trace_voice {
	struct id contribution;
	const struct trace_link *via; /* NULL: it has no grade */
};
struct trace_said { /* whose voice it is; several of one that was merged */
	struct id person, contribution; /* as that person said it */
	ptrdiff_t voice;
	const struct trace_link *told; /* in their answer; NULL: not yet */
};

struct trace {
	const struct decision *decision;
	struct id whose; /* set: a person's voices alone, or one voice */
	struct trace_links links;
	struct trace_voice *voice; /* in its scope, by when they were said */
	ptrdiff_t n;
	struct trace_said *said; /* by person; only of people with a code */
	ptrdiff_t n_said;
	int64_t open, of[GRADES];
};

enum err trace_load(struct db *, struct arena *, const struct actor *,
    const struct decision *, struct trace *) MUST_USE;
/* The same where decision and whose are set, for the cost of that. */
enum err trace_load_of(
    struct db *, struct arena *, const struct actor *, struct trace *) MUST_USE;

/* What they are told of it, or were; NULL: it has no grade. */
const struct trace_link *trace_told(
    const struct trace *, const struct trace_said *);
/* Notes that they are told it now; twice is once. */
enum err trace_tell(struct db *, const struct actor *, const struct trace *,
    const struct trace_said *) MUST_USE;

/* ---- one voice, the other way round ---- */

struct trace_path {
	struct decision decision; /* it was taken */
	struct trace_link via;
};
struct trace_paths {
	struct trace_path *list; /* the newest decision first */
	ptrdiff_t n;
};
/* What a voice did, by itself or through what stands for it.  Needs
 * CAP_READ. */
enum err trace_paths(struct db *, struct arena *, const struct actor *,
    struct id voice, struct trace_paths *) MUST_USE;

/* ---- the whole network ---- */

struct trace_sum {
	int64_t open, of[GRADES];
};
struct trace_overview {
	struct decisions decisions;
	struct trace_sum *sum; /* one a decision */
	struct trace_links links; /* of all of them */
	int64_t voices; /* that were said, or stand for what was */
	struct id *orphan; /* those no decision that was taken has to do with */
	ptrdiff_t n_orphans;
};
enum err trace_overview(struct db *, struct arena *, const struct actor *,
    struct trace_overview *) MUST_USE;

/* As they go on paper: those of fewer than k, and what would give such a one
 * away, are -1. */
struct trace_numbers {
	struct trace_sum *sum; /* as in the overview */
	int64_t voices, orphans;
};
struct trace_numbers trace_numbers(
    struct arena *, const struct trace_overview *, int64_t k);

#endif
