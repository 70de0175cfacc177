/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PAGE_REFLECTION_H
#define WEB_PAGE_REFLECTION_H

#include "model/plan.h"
#include "model/reflection.h"
#include "view_head.h"
#include "web/req.h"

/* page_reflection.h - what the pages of a reflection share. */

/* The one that the path names. */
enum err reflection_of_path(struct req *, struct reflection *) MUST_USE;

struct view_head reflection_head(
    struct req *, const struct plan *, struct str title);

/* "24. november 2026, Mette Fjordlund" */
struct str reflection_name(
    struct req *, const struct vault_names *, const struct reflection_line *);

/* "7. ", or "" for what has no number. */
struct str reflection_number(struct req *, const struct catalogue_item *);

/* Whether reply `i` is the first of its section. */
bool reflection_begins_section(const struct reflection *, ptrdiff_t i);

#endif
