/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_INPUT_H
#define WEB_INPUT_H

#include "model/record.h"
#include "view_inputs.h"
#include "web/req.h"

/* input.h - the fields of a form that is no record's (those: web/edit.h).
 *
 * A page says what its fields are; here they become a view, with hint, fault
 * and summary wired up for screen readers.  Tests: tests/web/persons.c
 */
enum input_kind {
	INPUT_LINE = 1,
	INPUT_MAIL,
	INPUT_TEL,
	INPUT_DATE,
	INPUT_TEXT, /* several lines */
	INPUT_SELECT,
	INPUT_RADIO,
	INPUT_BOXES, /* value: the chosen keys, a space between */
	INPUT_TICK, /* value: "" or anything */
};

struct input {
	enum input_kind kind;
	const char *name;
	const char *label; /* msgid; NULL: `words` */
	struct str words; /* what somebody named it */
	const char *hint; /* msgid or NULL */
	struct str value;
	bool optional;
	const char *fault; /* msgid or NULL */
	const struct choice *choices; /* ended by {0}; NULL: `options` */
	struct view_input_options_array options;
	const char *fills; /* autocomplete; NULL: off */
};

struct view_inputs inputs_view(struct req *, const struct input *, ptrdiff_t n);

/* Whether a space separated list of keys has this one. */
bool input_has(struct str keys, struct str key);

#endif
