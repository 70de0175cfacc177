/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_SECTION_H
#define WEB_SECTION_H

#include "view_section.h"
#include "web/edit.h"

/* section.h - a part of the plan as a view: what it is, its records, the link
 * or form to change each where it stands. */
struct section_spec {
	enum record_kind kind;
	const char *title; /* msgid */
	const char *lead; /* msgid or NULL */
	const char *term; /* glossary key or NULL */
	const char *empty; /* msgid: when there is none */
	bool newest_only; /* theme: the last version stands for all */
};

/* The same of some of its records: those whose field `by` is `of`; "id": that
 * one alone; NULL: all. */
struct section_part {
	struct section_spec spec;
	const char *by;
	struct str of;
};

struct view_section section_view(struct req *, const struct plan *,
    const struct edit *, const struct section_spec *);
struct view_section section_part_view(struct req *, const struct plan *,
    const struct edit *, const struct section_part *);

#endif
