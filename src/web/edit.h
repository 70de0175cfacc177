/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_EDIT_H
#define WEB_EDIT_H

#include "model/plan.h"
#include "view_form.h"
#include "web/req.h"

/* edit.h - the form of a record, where the record stands.
 *
 * A page shows at most one form: ?ret=KIND.ID opens a record, ?ny=KIND an
 * empty one.  A POST that could not be saved shows the same page with the same
 * form and everything that was typed.
 */
struct edit {
	bool on;
	bool is_new;
	struct record record; /* what is in the form */
	struct record_faults faults;
	bool conflict; /* somebody else changed the same place */
	struct record theirs;
	bool meets[RECORD_FIELDS];
	struct str side; /* the page it stands on: "plan" */
};

/* What the address asks to edit.  ERR_NOT_FOUND: no such record. */
enum err edit_from_query(
    struct req *, const char *side, struct edit *) MUST_USE;

/* The record that a form posted: fields of the kind, id and rev. */
struct record edit_from_form(struct req *, enum record_kind, struct id id);

bool edit_is_at(const struct edit *, enum record_kind, struct id);
bool edit_is_new(const struct edit *, enum record_kind);

/* The form as a view. */
struct view_form edit_view(
    struct req *, const struct plan *, const struct edit *);

/* A field's value as a person reads it: names for references and choices, a
 * written-out date.  "" when it is empty. */
struct str edit_shown(struct req *, const struct plan *,
    const struct field_def *, struct str value);

/* Addresses: "/netvaerk/N/plan?ret=actor.ID#actor-ID", and so on. */
struct str edit_href(struct req *, const char *side, const struct record *);
struct str edit_new_href(struct req *, const char *side, enum record_kind);
struct str edit_history_href(struct req *, const struct record *);
struct str edit_anchor(struct req *, const struct record *);

/* "/netvaerk/N/plan", of such a page. */
struct str edit_side_path(struct req *, const char *side);

/* The page a kind of record stands on: "plan", "faser", "mennesker",
 * "opgaver", "aktiviteter", or "" for the overview. */
const char *edit_side(enum record_kind);

/* The same for one that is there: an activity has a page of its own, on which
 * its contact plan stands too. */
const char *edit_side_of(struct req *, const struct record *);

#endif
