/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_DRAW_H
#define CLI_DRAW_H

#include "cli/cli.h"
#include "jobs/draw.h"

/* draw.h - samskab draw: what its parts share.  Man page: samskab-draw(1).
 * What it shares with the draw in the browser is in jobs/draw.h. */

struct str draw_text(const struct draw *);
struct str draw_text_relaxed(const struct draw *);

/* Work in a child with a deadline, for draw->apart. */
enum err draw_in_child(
    struct draw *d, draw_work *work, struct str *out) MUST_USE;

/* Reads what a proof asked for into `d`, and its panels; 0 or 2. */
struct draw_proved {
	ptrdiff_t n_panels;
	struct panel *panel;
	int64_t *weight;
	struct str *ids; /* the panel */
	ptrdiff_t n_ids;
	struct str people_hash, targets_hash, min, max;
};
int draw_read_proof(struct draw *, struct str path, struct draw_proved *);

/* Checks a proof; 0, 1 (it does not hold, and says where) or 2. */
int draw_verify(struct draw *, struct str path);

/* Reads people and targets; 0 or 2. */
int draw_read(struct draw *);

#endif
