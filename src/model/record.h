/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include "model/actor.h"

/* record.h - a part of a network's plan: fields, history, edits that meet.
 *
 * Everything a leader writes in a plan is a record of one of the kinds below:
 * a row in a table of its own, with a revision number, and every state it ever
 * had in table `revision`.  What differs between kinds is data
 * (model/kinds_*.c): which fields, and how they are checked.  The table has the
 * kind's name and a column a field.
 *
 * A field's value is text in its canonical form: a date is YYYY-MM-DD, a
 * reference an id's 36 characters (several: in ascending order, a space
 * between), a choice a catalogue key, a number its digits; "" is "not filled
 * in".
 *
 * record_save() notices that somebody else saved meanwhile: what both changed
 * in different places is merged; where they meet, nothing is saved and the
 * caller gets both versions to show.
 * Tests: tests/model/record.c
 */
enum record_kind {
	KIND_NETWORK,
	KIND_THEME,
	KIND_QUESTION,
	KIND_PHASE,
	KIND_VISIT,
	KIND_ACTOR,
	KIND_GROUP,
	KIND_PARTICIPANT,
	KIND_AGENDA,
	KIND_TENSION,
	KIND_FOCUS,
	KIND_PURPOSE,
	KIND_SCOPE,
	KIND_NEED,
	KIND_PROMISE,
	KIND_CELL,
	KIND_DOCUMENTATION,
	KIND_TASK,
	KIND_ACTIVITY,
	KIND_CONTACT,
	KIND_INVITATION,
	KIND_NOTICE,
	KIND_INSIGHT,
	KIND_JOURNEY,
	KIND_STEP,
	KIND_DIALOGUE,
	KIND_IDEA,
	KIND_ROUND,
	KIND_TRIAL,
	KIND_MEASURE,
	KIND_DECISION,
	KIND_STORY,
	KIND_CARD,
	KIND_EVALUATION,
	KIND_SPREAD,
	KIND_COUNT
};

enum field_type {
	FIELD_LINE, /* one line */
	FIELD_TEXT, /* several lines */
	FIELD_DATE,
	FIELD_CHOICE, /* one of `choices` */
	FIELD_REF, /* a record of kind `ref` in the same network */
	FIELD_REFS, /* several of them */
	FIELD_MEMBER, /* an account that is a member of the network */
	FIELD_NUMBER, /* 0 .. max */
};

struct choice {
	const char *key, *label; /* label: msgid */
};
/* The one with that key in a list ended by {0}, or NULL. */
const struct choice *choice_find(const struct choice *, struct str key);

struct field_def {
	const char *name; /* column, form field, key in history */
	const char *label; /* msgid */
	const char *hint; /* msgid or NULL */
	enum field_type type;
	int max; /* code points, or the largest number */
	bool required;
	bool managed; /* set by the model alone: in no form */
	const struct choice *choices; /* ended by {0}; NULL: the catalogue's */
	const char *catalogue; /* e.g. "roles" */
	enum record_kind ref;
};

enum { RECORD_FIELDS = 20, RECORD_REFS = 100 /* in one field */ };

struct record {
	enum record_kind kind;
	struct id id, network;
	struct str id_text; /* the same as text, once it was read */
	int64_t rev; /* 0: not saved yet */
	int64_t changed_us;
	struct id changed_by;
	struct str value[RECORD_FIELDS];
};

struct records {
	struct record *list;
	ptrdiff_t n;
};

/* What is wrong with one field: a msgid, with what fills its %1. */
struct field_fault {
	const char *message;
	struct str argument;
};

struct record_faults {
	struct field_fault field[RECORD_FIELDS];
	bool any;
};

struct record_def {
	const char *name; /* in addresses and history: "actor" */
	const char *slug; /* in addresses people see, Danish ASCII */
	const char *title; /* msgid: "Actor" */
	const char *add; /* msgid: "Add an actor" */
	const char *help; /* key in catalogue/help.json */
	bool single; /* at most one a network; its id is the network's */
	bool append_only; /* a change is a new record (theme versions) */
	unsigned cap; /* what it takes to write one */
	const struct field_def *fields;
	ptrdiff_t n_fields;
	const char *order; /* ORDER BY of a list */
	/* Rules that need more than one field; may be NULL. */
	void (*check)(const struct record *, struct record_faults *);
	/* Whether a field of the record as it is now may no longer be changed
	 * in a form; NULL: whether it may no longer be taken out.  The function
	 * may be NULL. */
	bool (*frozen)(const struct record *now, const char *field);
	/* In the write of a change: what it was and is; NULL: not in the plan.
	 * May be NULL. */
	enum err (*changed)(struct db *, struct arena *, const struct actor *,
	    const struct record *was, const struct record *is);
};

const struct record_def *record_def(enum record_kind);
bool record_kind_by_name(struct str name, enum record_kind *) MUST_USE;
bool record_kind_by_slug(struct str slug, enum record_kind *) MUST_USE;

/* Where a field's value stands in `value`; a name that is not there is a bug. */
ptrdiff_t record_field(enum record_kind, const char *name);
/* The value of a field by its name. */
struct str record_value(const struct record *, const char *field);
/* The same of a number; 0 when it is not filled in. */
int64_t record_number(const struct record *, const char *field);
void record_set(struct record *, const char *field, struct str value);

/* The canonical form of several references: "" when one is no id.  `ids` are
 * separated by white space. */
struct str record_refs(struct arena *, struct str ids);
/* Cuts the next id off several references. */
bool record_next_ref(struct str *refs, struct id *) MUST_USE;

/* All of a kind in `who`'s network, in the order they are shown. */
enum err record_list(struct db *, struct arena *, const struct actor *,
    enum record_kind, struct records *) MUST_USE;
enum err record_get(struct db *, struct arena *, const struct actor *,
    enum record_kind, struct id, struct record *) MUST_USE;

/* How a save ended, when it is ERR_OK or ERR_CONFLICT or ERR_INVALID. */
struct record_saved {
	bool merged; /* somebody's change since was merged in */
	bool unchanged; /* nothing was different */
	/* ERR_CONFLICT: the record as it is now, and in which fields the two
	 * meet. */
	struct record theirs;
	bool meets[RECORD_FIELDS];
	struct record_faults faults; /* ERR_INVALID */
};

/* Saves `mine`, made from revision mine->rev (0: new; its id names it, so that
 * a repeated save makes it once).  ERR_DENIED without the kind's capability,
 * ERR_NOT_FOUND when it was removed meanwhile. */
enum err record_save(struct db *, struct arena *, const struct actor *,
    const struct record *mine, struct record_saved *) MUST_USE;

/* The same by the model itself, which sets the managed fields too.  In
 * record_save() they stay what they are, and begin as the first choice. */
enum err record_save_managed(struct db *, struct arena *, const struct actor *,
    const struct record *mine, struct record_saved *) MUST_USE;

/* Takes it out of the plan; the history keeps it.  ERR_CONFLICT: somebody
 * changed it since `rev`, or something else in the plan stands on it. */
enum err record_remove(struct db *, struct arena *, const struct actor *,
    enum record_kind, struct id, int64_t rev) MUST_USE;

/* Puts what was taken out at revision `rev` back as it was.  ERR_CONFLICT:
 * somebody else was there since.  ERR_INVALID: it may not stand in the plan as
 * it is now, since what it refers to is gone or its place is taken. */
enum err record_restore(struct db *, struct arena *, const struct actor *,
    enum record_kind, struct id, int64_t rev) MUST_USE;

/* Only the checks of record_save(). */
void record_check(struct db *, struct arena *, const struct actor *,
    const struct record *, struct record_faults *);

struct revision {
	int64_t rev, at_us;
	struct id account;
	bool removed;
	struct record record;
};

struct revisions {
	struct revision *list; /* the newest first */
	ptrdiff_t n;
};

enum err record_history(struct db *, struct arena *, const struct actor *,
    enum record_kind, struct id, struct revisions *) MUST_USE;

/* The newest changes of the whole network, at most `max`. */
enum err record_recent(struct db *, struct arena *, const struct actor *,
    int max, struct revisions *) MUST_USE;

#endif
