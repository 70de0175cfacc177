/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_SVG_H
#define REPORT_SVG_H

#include "base/buf.h"

/* svg.h - pictures as SVG 1.1, one element a call.
 *
 *	struct svg s = svg_begin(arena, 640, 400, title, description);
 *	svg_line(&s, 0, 10, 640, 10, "axis");
 *	svg_text(&s, 20, 30, "start", "label", S("Åse"));
 *	struct str picture = svg_end(&s);
 *
 * The title and the description are what a screen reader says; whoever makes a
 * picture also makes the table that says the same.  Colours come from classes:
 * svg_begin() writes a small style sheet with them (group-1 .. group-5 differ
 * in lightness too, and shapes differ with them, so that nothing hangs on
 * colour; dark and forced colours are respected).  Lengths are pixels, written
 * with two decimals, whatever the locale.
 * Tests: tests/report/svg.c
 */
struct svg {
	struct buf out;
};

enum svg_mark { SVG_DOT, SVG_SQUARE, SVG_TRIANGLE, SVG_DIAMOND, SVG_CROSS };

struct svg svg_begin(struct arena *, double width, double height,
    struct str title, struct str description);
void svg_line(struct svg *, double x1, double y1, double x2, double y2,
    const char *class);
void svg_rect(struct svg *, double x, double y, double width, double height,
    const char *class);
/* A mark of `size` across, centred. */
void svg_mark(struct svg *, enum svg_mark, double x, double y, double size,
    const char *class);
/* A closed outline of n points, x and y in turn. */
void svg_outline(
    struct svg *, const double *xy, ptrdiff_t n, const char *class);
/* `anchor`: "start", "middle" or "end"; y is the base line. */
void svg_text(struct svg *, double x, double y, const char *anchor,
    const char *class, struct str text);
/* What a pointer or a screen reader gets for the elements until svg_close(). */
void svg_group(struct svg *, struct str label);
void svg_close(struct svg *);

/* The whole picture; "" when it grew past what buf.h allows (4 MB). */
struct str svg_end(struct svg *);

#endif
