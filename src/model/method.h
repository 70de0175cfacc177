/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_METHOD_H
#define MODEL_METHOD_H

#include "model/actor.h"
#include "model/catalogue.h"

/* method.h - the methods of an organisation: those that ship, as it changed
 * them, and its own.
 *
 * A change overrides one field by key; every other field goes on following the
 * program, so an upgrade reaches it.  Where the program itself changed a field
 * since, the organisation's words stay and both versions of the program's are
 * at hand to be shown.  Taking the changes away is going back to the default.
 * Memory: the caller's arena.  Tests: tests/model/method.c
 */
enum method_type {
	METHOD_LINE,
	METHOD_TEXT,
	METHOD_KEYS, /* of `catalogue`, a space between, in its order */
	METHOD_NUMBER, /* 0 .. max */
	METHOD_YES, /* "1" or "" */
};

struct method_def {
	const char *name; /* form field, column value */
	const char *label; /* msgid; %1 is the language of words */
	enum method_type type;
	int max; /* code points, or the largest number */
	bool required;
	const char *catalogue;
};

enum { METHOD_FIELDS = 22 };
const struct method_def *method_def(int field);

struct method {
	struct catalogue_item item; /* as it holds in the organisation */
	bool own; /* the program does not have it */
	int64_t changed_us; /* the latest change; 0: as it ships */
	struct id changed_by;
	struct str value[METHOD_FIELDS]; /* the item's fields as text */
	struct {
		bool edited;
		bool moved; /* the program says otherwise than it did then */
		struct str base, shipped; /* then, and now */
	} field[METHOD_FIELDS];
};

struct methods {
	struct method *list; /* in the program's order, then its own */
	ptrdiff_t n;
};

/* One query. */
enum err method_list(struct db *, struct arena *, const struct actor *,
    struct methods *) MUST_USE;

/* NULL: none has that key. */
const struct method *method_find(const struct methods *, struct str key);

/* For choose(). */
struct catalogue_items method_items(struct arena *, const struct methods *);

struct method_form {
	struct str key;
	int64_t seen_us; /* changed_us of what it was made from */
	struct str value[METHOD_FIELDS];
};

struct method_faults {
	const char *field[METHOD_FIELDS]; /* msgid or NULL */
	bool any;
};

/* Saves what differs from the default; what is the default again is no change
 * any more.  A key "own_..." that is not there yet is a new method of the
 * organisation's.  ERR_INVALID: `faults` say where.  ERR_CONFLICT: somebody
 * changed it meanwhile.  Needs CAP_CATALOGUE. */
enum err method_save(struct db *, struct arena *, const struct actor *,
    const struct method_form *, struct method_faults *) MUST_USE;

/* Back to the default; one of its own goes away, unless an activity uses it
 * (ERR_CONFLICT).  Needs CAP_CATALOGUE. */
enum err method_reset(
    struct db *, struct arena *, const struct actor *, struct str key) MUST_USE;

#endif
