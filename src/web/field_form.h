/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_FIELD_FORM_H
#define WEB_FIELD_FORM_H

#include "model/field.h"
#include "web/input.h"

/* field_form.h - the form of the field page: its fields, and what they became
 * once they are here (escaped as a form is, sealed by the phone).
 * Tests: tests/web/field.c
 */
struct field_inputs {
	struct view_inputs words, consent, media;
};
struct field_inputs field_form_inputs(struct req *);

struct field_form {
	struct contribution c;
	struct contribution_faults faults;
	struct str names; /* that it seems to hold */
	struct str told; /* what was read out, and when it was said */
	struct str allows; /* sound, photo */
};

/* Reads and checks what the item holds; where and in whose name it was said is
 * the day's.  ERR_INVALID: it is no form. */
enum err field_form_read(struct req *, const struct field_item *,
    struct str words, struct field_form *) MUST_USE;
bool field_form_is_whole(const struct field_form *);

#endif
