/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include "model/method.h"
#include "model/network.h"

/* plan.h - everything in a network's plan at one moment, and what it lacks.
 *
 * A page that shows the plan loads it whole (one query a kind) and reads it
 * here; nothing is changed through it.  Tests: tests/model/plan.c
 */
struct plan {
	struct record network;
	struct records of[KIND_COUNT];
	struct vault_names names;
	struct members members;
	struct catalogue_items methods; /* of the organisation */
	struct date today;
	enum lang lang; /* of who loaded it, for plan_title() */
};

/* In one snapshot when the connection is in a transaction. */
enum err plan_load(
    struct db *, struct arena *, const struct actor *, struct plan *) MUST_USE;

/* Whether a target group in this state is one that is worked with. */
bool group_is_chosen(struct str state);

/* The one of that kind and id, or NULL. */
const struct record *plan_find(
    const struct plan *, enum record_kind, struct id);
/* The same by the text of a reference field. */
const struct record *plan_ref(
    const struct plan *, enum record_kind, struct str id);
/* The only one of a kind that there is one of, or NULL. */
const struct record *plan_single(const struct plan *, enum record_kind);

/* The newest theme version, or NULL. */
const struct record *plan_theme(const struct plan *);

/* The stay that the network is in now, or NULL; and its phase. */
const struct record *plan_stay(const struct plan *);

/* What a choice from the catalogue can be; methods are the organisation's. */
struct catalogue_items plan_choices(const struct plan *, const char *list);
/* The one with that key, or NULL. */
const struct catalogue_item *plan_choice(
    const struct plan *, const char *list, struct str key);

/* What to call a record where it is referred to: its name, its first words, or
 * what was chosen in it. */
struct str plan_title(
    const struct plan *, struct arena *, const struct record *);

/* The cell of a phase and an actor or target group, or NULL. */
const struct record *plan_cell(const struct plan *, struct str phase,
    enum record_kind subject, struct str id);

/* Whether groups are chosen, and all of them such as like to take part and
 * are seldom missing: then the answer leans one way. */
bool plan_only_the_willing(const struct plan *);

/* ---- what is missing: the next steps ---- */

/* Where a step is taken: the page and what to open there. */
struct step {
	const char *message; /* msgid; %1 is `argument` */
	struct str argument;
	const char *page; /* "plan", "faser", "mennesker", "opgaver" */
	enum record_kind kind;
	bool create; /* open an empty form of the kind */
	bool urgent; /* a date is past */
};

struct steps {
	struct step *list; /* in the guide's order, the urgent first */
	ptrdiff_t n;
};

struct steps plan_steps(const struct plan *, struct arena *);

/* How much of the plan is filled: parts with content, of how many. */
struct fill {
	int filled, parts;
};
struct fill plan_fill(const struct plan *);

#endif
