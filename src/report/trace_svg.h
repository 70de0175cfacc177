/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_TRACE_SVG_H
#define REPORT_TRACE_SVG_H

#include "base/arena.h"
#include "base/lang.h"

/* trace_svg.h - what voices had to do with decisions, as a flow: at the left how
 * many changed one, shaped one, were not followed ...; at the right the
 * decisions; between them bands as wide as the voices are many.  Read from the
 * left it says where the voices of a kind went, from the right what a decision
 * rests on.  Whoever shows it shows the table that says the same.
 * Tests: tests/report/trace_svg.c */
enum { FLOW_KINDS = 6, FLOW_ROWS = 12 };

struct trace_flow {
	struct arena *arena;
	enum lang lang;
	struct str title, description; /* for who hears the picture */
	struct str kind[FLOW_KINDS]; /* what the left ones are called */
	struct {
		struct str name;
		int64_t of[FLOW_KINDS]; /* voices of each kind */
	} row[FLOW_ROWS]; /* decisions */
	int rows;
};

/* All voices of a kind, and of a row. */
int64_t trace_flow_of_kind(const struct trace_flow *, int kind);
int64_t trace_flow_of_row(const struct trace_flow *, int row);

/* 960 pixels wide. */
struct str trace_svg(const struct trace_flow *);

#endif
