/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PAGE_PLAN_H
#define WEB_PAGE_PLAN_H

#include "web/section.h"

/* page_plan.h - the pages on which a record's form can stand: a POST that was
 * not saved shows the one it came from. */
enum err side_show(struct req *, const struct edit *, int status);

enum err groups_show(struct req *, const struct edit *, int status);
enum err journeys_show(struct req *, const struct edit *, int status);
enum err ideas_show(struct req *, const struct edit *, int status);
enum err insights_show(struct req *, const struct edit *, int status);
enum err dialogues_show(struct req *, const struct edit *, int status);
enum err measures_show(struct req *, const struct edit *, int status);
enum err rounds_show(struct req *, const struct edit *, int status);
enum err trials_show(struct req *, const struct edit *, int status);
enum err decisions_show(struct req *, const struct edit *, int status);
enum err stories_show(struct req *, const struct edit *, int status);
enum err cards_show(struct req *, const struct edit *, int status);
enum err evaluation_show(struct req *, const struct edit *, int status);
enum err spread_show(struct req *, const struct edit *, int status);
enum err activities_show(struct req *, const struct edit *, int status);
enum err activity_show(
    struct req *, struct id, const struct edit *, int status);
enum err overview_show(struct req *, const struct edit *, int status);
enum err people_show(
    struct req *, const struct edit *, struct str error, int status);

/* The parts of the plan in the guide's order, before and after the grid. */
struct plan_parts {
	const struct section_spec *before, *after;
	ptrdiff_t n_before, n_after;
};
struct plan_parts plan_parts(void);

#endif
