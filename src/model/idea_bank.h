/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_IDEA_BANK_H
#define MODEL_IDEA_BANK_H

#include "model/citizen.h"
#include "model/idea.h"

/* idea_bank.h - ideas of citizens: with their code, or by an open link without
 * one.
 *
 * With a code it is shown to the others at once, unless the network looks
 * first; by the link it is always looked through first, and who sent it has a
 * token to see it and take it back.  Everything is the program's doing for the
 * person: no account is in the audit chain.
 * Memory: the caller's arena.  Tests: tests/model/idea_bank.c
 */
struct idea_bank {
	bool open, look_first;
	struct str about; /* what ideas are wanted on, in the leader's words */
	struct str ends; /* YYYY-MM-DD, "" for no end */
	int64_t changed_us; /* 0: nothing is set yet; not read when saved */
};

struct idea_bank_faults {
	const char *about, *ends;
	bool any;
};

/* Of the network `who` is in; the one who asks may be nobody. */
enum err idea_bank_get(struct db *, struct arena *, const struct actor *,
    struct idea_bank *) MUST_USE;
bool idea_bank_is_open(const struct idea_bank *, const struct actor *);
void idea_bank_check(const struct idea_bank *, struct idea_bank_faults *);
/* Needs CAP_EDIT.  ERR_INVALID: the check. */
enum err idea_bank_save(struct db *, struct arena *, const struct actor *,
    const struct idea_bank *) MUST_USE;

enum { IDEA_MAX = 2000 };

struct idea_given {
	struct id id; /* names it: sent twice, it is one */
	struct str text;
	int64_t scope; /* enum scope; < 0: not chosen */
	struct id built_on; /* not set: on none */
	struct str told; /* what stood by the choice */
	bool grown_up; /* by the link: is 15, or a parent said yes */
	bool waits; /* not read: to be looked through first */
};

struct idea_given_faults {
	const char *text, *scope, *grown_up; /* msgids, or NULL */
	bool any;
};
void idea_given_check(const struct idea_given *, struct idea_given_faults *);

/* ERR_INVALID: the check, or (R4) somebody under 15 whose guardian has not
 * said yes.  ERR_NOT_FOUND: what it builds on is not for them. */
enum err citizen_gives_idea(struct db *, struct arena *, const struct citizen *,
    const struct idea_given *) MUST_USE;

/* By the open link.  Its form's id is the sender's secret: the idea gets
 * another, and `token`, with which the sender comes back, is made of it.
 * ERR_DENIED: it is not open. */
enum err idea_send(struct db *, struct arena *, const struct actor *program,
    const struct idea_given *, struct str *token) MUST_USE;

/* What was sent with this token.  ERR_NOT_FOUND: nothing, or taken back. */
enum err idea_sent(struct db *, struct arena *, const struct actor *program,
    struct hash token, struct contribution *) MUST_USE;

/* Brought in by a program for somebody that it names (`sender`, its own
 * reference with the program's before it): as idea_send(), under g->id, and
 * what it builds on is one that everybody may read. */
enum err idea_bring(struct db *, struct arena *, const struct actor *program,
    const struct idea_given *, struct str sender) MUST_USE;
/* ERR_NOT_FOUND: it is not theirs, or taken back. */
enum err idea_take_away(struct db *, struct arena *,
    const struct actor *program, struct id, struct str sender) MUST_USE;

/* The sender takes it back; no reason is asked. */
enum err idea_unsend(struct db *, struct arena *, const struct actor *program,
    struct hash token) MUST_USE;

#endif
