/* SPDX-License-Identifier: MPL-2.0 */
#include "report/trace_svg.h"

#include "base/utf8.h"
#include "report/svg.h"

/* Pixels; NAME in code points, as many as go beside a node. */
enum {
	WIDTH = 960,
	LEFT = 300, /* of the left nodes' left edge */
	RIGHT = 600,
	NODE = 14, /* how wide a node is */
	TOP = 20,
	GAP = 26, /* between two nodes: room for two labels of none */
	BODY = 360, /* of all voices on top of each other */
	NAME = 34
};

static const char *const node_class[FLOW_KINDS] = {
    "group-1", "group-2", "group-3", "group-4", "group-5", "plain"};
static const char *const band_class[FLOW_KINDS] = {
    "hull-1", "hull-2", "hull-3", "hull-4", "hull-5", "hull-0"};

int64_t
trace_flow_of_kind(const struct trace_flow *f, int kind)
{
	int64_t n = 0;
	for (int r = 0; r < f->rows; r++)
		n += f->row[r].of[kind];
	return n;
}

int64_t
trace_flow_of_row(const struct trace_flow *f, int row)
{
	int64_t n = 0;
	for (int k = 0; k < FLOW_KINDS; k++)
		n += f->row[row].of[k];
	return n;
}

/* Where the next band begins at each node. */
struct flow {
	const struct trace_flow *f;
	struct svg *s;
	double pixels; /* a voice */
	double left[FLOW_KINDS], right[FLOW_ROWS];
};

static void
label(
    const struct flow *w, bool left, double y, struct str name, int64_t voices)
{
	struct arena *a = w->f->arena;
	struct str cut = utf8_cut(name, NAME);
	struct str args[] = {cut.n < name.n ? str_cat(a, cut, S("…")) : name,
	    lang_int(a, w->f->lang, voices)};
	svg_text(w->s, left ? LEFT - 8 : RIGHT + NODE + 8, y,
	    left ? "end" : "start", "label",
	    tr_fill(a, tr(w->f->lang, "%1: %2"), args, 2));
}

/* One node with its name; where the next one begins. */
static double
draw_node(struct flow *w, bool left, int i, double y)
{
	const struct trace_flow *f = w->f;
	int64_t n = left ? trace_flow_of_kind(f, i) : trace_flow_of_row(f, i);
	double high = w->pixels * (double)n;
	if (n == 0)
		return y;
	label(w, left, y + high / 2 + 5, left ? f->kind[i] : f->row[i].name, n);
	svg_rect(w->s, left ? LEFT : RIGHT, y, NODE, high,
	    left ? node_class[i] : "plain");
	return y + high + GAP;
}

static void
draw_band(struct flow *w, int kind, int row)
{
	double high = w->pixels * (double)w->f->row[row].of[kind];
	double from = w->left[kind], to = w->right[row];
	const double xy[] = {LEFT + NODE, from, RIGHT, to, RIGHT, to + high,
	    LEFT + NODE, from + high};
	if (high <= 0)
		return;
	struct str args[] = {w->f->kind[kind], w->f->row[row].name,
	    lang_int(w->f->arena, w->f->lang, w->f->row[row].of[kind])};
	svg_group(
	    w->s, tr_fill(w->f->arena, tr(w->f->lang, "%1, %2: %3"), args, 3));
	svg_outline(w->s, xy, 4, band_class[kind]);
	svg_close(w->s);
	w->left[kind] += high;
	w->right[row] += high;
}

static int64_t
all_voices(const struct trace_flow *f)
{
	int64_t n = 0;
	for (int r = 0; r < f->rows; r++)
		n += trace_flow_of_row(f, r);
	return n;
}

struct str
trace_svg(const struct trace_flow *f)
{
	int nodes = f->rows > FLOW_KINDS ? f->rows : FLOW_KINDS;
	int64_t all = all_voices(f);
	struct svg s = svg_begin(f->arena, WIDTH,
	    TOP + BODY + (double)nodes * GAP, f->title, f->description);
	struct flow w = {
	    .f = f, .s = &s, .pixels = all > 0 ? BODY / (double)all : 0};
	double left = TOP, right = TOP;
	for (int k = 0; k < FLOW_KINDS; k++) {
		w.left[k] = left;
		left = draw_node(&w, true, k, left);
	}
	for (int r = 0; r < f->rows; r++) {
		w.right[r] = right;
		right = draw_node(&w, false, r, right);
	}
	for (int k = 0; k < FLOW_KINDS; k++) {
		for (int r = 0; r < f->rows; r++)
			draw_band(&w, k, r);
	}
	return svg_end(&s);
}
