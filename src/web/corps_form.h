/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_CORPS_FORM_H
#define WEB_CORPS_FORM_H

#include "web/corps_view.h"

/* corps_form.h - a form of a corps on a page of its own.
 * Tests: tests/web/corps.c */
enum { CORPS_FIELDS = 9 };

/* What is typed or stands, what is wrong, and where it goes. */
struct corps_form {
	struct id id, task;
	int64_t rev;
	struct input in[CORPS_FIELDS];
	ptrdiff_t n;
	const char *title, *lead, *notice; /* msgids */
	struct str path, back;
	int status;
};

void corps_form_add(struct corps_form *, struct input);
enum err corps_form_show(struct req *, const struct corps_form *) MUST_USE;
/* Saved: to where it came from. */
enum err corps_form_back(struct req *, const struct corps_form *) MUST_USE;

/* The task that ?opgave= or the form names; not set: none. */
struct id corps_task_asked(struct req *);
/* Its page, or that of them all. */
struct str corps_task_path(struct req *, struct id task);

#endif
