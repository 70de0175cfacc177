/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_INPUT_H
#define WEB_INPUT_H

#include "model/record.h"
#include "view_inputs.h"
#include "web/req.h"

/* input.h - the fields of a form.
 *
 * A page says what its fields are; here they become a view, with hint, fault
 * and summary wired up for screen readers.  Tests: tests/web/persons.c
 */
enum input_kind {
	INPUT_LINE = 1,
	INPUT_MAIL,
	INPUT_TEL,
	INPUT_DATE,
	INPUT_TEXT, /* several lines, `rows` of them shown */
	INPUT_SELECT,
	INPUT_RADIO,
	INPUT_BOXES, /* value: the chosen keys, a space between */
	INPUT_TICK, /* value: "" or anything */
};

enum { INPUT_ROWS = 3 };

struct input {
	enum input_kind kind;
	const char *name;
	const char *label; /* msgid; NULL: `words` */
	struct str words; /* what somebody named it */
	const char *hint; /* msgid or NULL */
	struct str value;
	bool optional;
	const char *fault; /* msgid or NULL */
	struct str about; /* what fills the %1 of the fault */
	bool meets; /* somebody else wrote `theirs` meanwhile */
	struct str theirs;
	int rows; /* 0: INPUT_ROWS */
	const struct choice *choices; /* ended by {0}; NULL: `options` */
	struct view_input_options_array options;
	const char *fills; /* autocomplete; NULL: off */
};

/* A record's field; the options of a reference are the caller's. */
struct input input_of_field(
    const struct field_def *, const struct field_fault *, struct str value);

struct view_inputs inputs_view(struct req *, const struct input *, ptrdiff_t n);

/* What is called so in a list of choices; "" when nothing is. */
struct str choice_label(struct req *, const struct choice *, struct str key);

/* Whether a space separated list of keys has this one. */
bool input_has(struct str keys, struct str key);

#endif
