/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_IDEA_H
#define MODEL_IDEA_H

#include "model/contribution.h"
#include "model/rules.h"

/* idea.h - ideas: whose words, what they rest on, how far they are (S4-S8,
 * S19-S21).
 *
 *	new -> matured -> prioritised -> concrete -> test -> running
 *	 `--------`------------`------------`-> dropped    `-> adjust, stopped
 *
 * The record (KIND_IDEA) holds what the network says of it.  A citizen's words
 * stand in their contribution and are read from there each time, as far as
 * its scope goes: what is taken back is gone from the idea in the same write.
 * An idea that has no other words is then gone as well; one that the network
 * put in its own words stays, loses the link and is marked to be reworded.
 *
 * A record's id and a contribution's may be the same: an idea that was born of
 * one contribution has its id, so that it is made once.
 * Memory: the caller's arena.  Tests: tests/model/idea.c
 */
extern const struct choice idea_states[];

enum idea_reader {
	IDEA_STAFF, /* `who` and their rights */
	IDEA_CITIZEN, /* somebody with a code in the network */
	IDEA_PUBLIC, /* anybody */
};

/* A contribution that an idea is made of or was made better by. */
struct idea_source {
	struct id idea, contribution, person, phase;
	struct str role; /* words, feedback */
	struct str kind, words, alias, state, actor_kind;
	int64_t scope, rev, at_us;
	bool peers; /* told that other citizens read it */
	bool restricted; /* kept, and used for nothing: SQL_RESTRICTED */
	bool readable; /* by who asked; else `words` is "" */
};

struct idea_link { /* built on, combined */
	struct id idea, made_of, account;
	bool combined;
	int64_t at_us, undone_us;
	struct str reason; /* why it was undone */
};

struct idea {
	struct record record;
	struct str title, words; /* as they are shown to who asked */
	bool theirs; /* the words are a citizen's own */
	bool unread; /* they are not for who asked */
	bool gone; /* taken back, and the network has no words of its own */
	bool reword; /* somebody took back what it was made of */
	bool combined; /* into another one, which stands for it */
	struct id person; /* whose it is, when it is one person's */
	/* S5, S6: contributions it rests on, its own and its insights'; of
	 * citizens; about behaviour and needs; the phases those came in. */
	int64_t voices, citizens, needs;
	struct id phase[8];
	ptrdiff_t n_phases;
};

struct ideas {
	struct idea *list; /* as they came, without those that are gone */
	ptrdiff_t n;
	struct idea_source *source;
	ptrdiff_t n_sources;
	struct idea_link *link;
	ptrdiff_t n_links;
};

/* What `reader` may see of the network `who` is in; `person` sees her own. */
struct idea_view {
	enum idea_reader reader;
	struct id person;
};
enum err idea_list(struct db *, struct arena *, const struct actor *,
    const struct idea_view *, struct ideas *) MUST_USE;

/* The one with this id, or NULL. */
const struct idea *idea_find(const struct ideas *, struct id);

/* Whether nothing that a citizen said is under it (R16). */
bool idea_without_ground(const struct idea *);
/* R18, S8: nobody has asked what the citizen can do; the answer is nothing. */
bool idea_part_is_asked(const struct idea *);
bool idea_part_is_nothing(const struct idea *);

/* ---- how far it is ---- */

bool idea_may_move(struct str from, struct str to);
/* Whether this step wants a reason that a citizen reads. */
bool idea_wants_reason(struct str to);

struct idea_step {
	int64_t rev; /* as it was read */
	struct str state, reason;
};
/* Needs CAP_EDIT.  ERR_INVALID: not from here, or no reason, or a reason with
 * a CPR number.  ERR_CONFLICT: it was changed meanwhile.  ERR_DENIED with a
 * rule noted: R14 stops it. */
enum err idea_move(struct db *, struct arena *, const struct actor *,
    const struct idea *, const struct idea_step *) MUST_USE;

/* R14: whether a version since its first trial names what people said. */
enum err idea_has_learned(struct db *, struct arena *, const struct actor *,
    const struct idea *, bool *) MUST_USE;

/* yes, or hidden with a reason.  What waited has been looked through with
 * that.  Needs CAP_EDIT. */
enum err idea_show(struct db *, struct arena *, const struct actor *,
    const struct idea *, const struct idea_step *) MUST_USE;

/* ---- where it comes from: CAP_EDIT ---- */

/* Of what somebody said; twice is once.  `peers`: they were told that other
 * citizens read it; `shown` as in the record. */
struct idea_birth {
	struct id contribution;
	bool peers;
	struct str shown;
};
enum err idea_from_words(struct db *, struct arena *, const struct actor *,
    const struct idea_birth *) MUST_USE;

/* What made a trial better, or is in it: kept with the version it led to. */
enum err idea_name_feedback(struct db *, struct arena *, const struct actor *,
    const struct idea *, struct id contribution) MUST_USE;

enum { IDEA_ORIGINS = 20 };

struct idea_new {
	struct id id; /* names it: sent twice, it is one */
	struct str title, what, kind;
	struct str made_of; /* ids, a space between */
	bool combined; /* they become one; else it builds on them */
};
struct idea_faults {
	const char *title, *what, *kind, *made_of;
	bool any;
};
/* A new one of others: it has their groups, insights and, combined, what
 * people said for each.  ERR_INVALID: *faults says why. */
enum err idea_derive(struct db *, struct arena *, const struct actor *,
    const struct idea_new *, struct idea_faults *) MUST_USE;

/* Notes that an idea builds on another one; twice is once. */
enum err idea_build_on(struct db *, const struct actor *, struct id idea,
    struct id made_of) MUST_USE;

/* Taken apart again, with a reason: those it was made of stand by themselves,
 * and it is dropped for that reason. */
enum err idea_take_apart(struct db *, struct arena *, const struct actor *,
    const struct idea *, const struct idea_step *) MUST_USE;

/* Called as a contribution is withdrawn. */
enum err idea_forget(
    struct db *, const struct actor *, struct id contribution) MUST_USE;

/* It has been looked at, and says nothing that was taken back. */
enum err idea_reworded(struct db *, struct arena *, const struct actor *,
    const struct idea *) MUST_USE;

#endif
