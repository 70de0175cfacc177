/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_FAULTS_H
#define WEB_FAULTS_H

#include "view_faults.h"
#include "web/req.h"

/* faults.h - what is wrong in a form, told above it with a link to each field.
 *
 * A page with one sentence to say sets view_faults.heading itself.  Memory is
 * the request's.  Tests: tests/web/pages.c, tests/web/persons.c
 */
struct faults {
	struct req *rq;
	struct view_faults_list *list;
	ptrdiff_t n, max;
};

/* With room for `max`. */
struct faults faults_new(struct req *, ptrdiff_t max);

/* The field with this id; an empty message is no fault. */
void faults_add(
    struct faults *, struct str id, struct str label, struct str message);

/* Under the heading that nothing was saved; shows nothing when all is well. */
struct view_faults faults_view(const struct faults *);

/* The same heading over a sentence that is about no single field, or "". */
struct view_faults faults_sentence(struct req *, struct str);

#endif
