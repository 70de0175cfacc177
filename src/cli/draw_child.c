/* SPDX-License-Identifier: MPL-2.0 */

/* The solver of samskab draw in a child of its own, with a deadline. */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/draw.h"
#include "solver/child.h"

#define MEMORY ((int64_t)1 << 30)
#define PROGRESS_AFTER_US SECOND_US

struct solving {
	struct draw *draw;
	draw_work *work;
	int64_t start_us;
	bool told;
};

static enum err
run_work(void *arg, struct arena *a, const struct watch *watch, struct str *out)
{
	struct solving *s = arg;
	return s->work(s->draw, a, watch, out);
}

static void
show_progress(void *arg, const char *step, int64_t done, int64_t whole)
{
	struct solving *s = arg;
	if (!isatty(STDERR_FILENO) ||
	    clock_mono_us() - s->start_us < PROGRESS_AFTER_US)
		return;
	s->told = true;
	fprintf(stderr, "\rsamskab draw: %s %lld", step, (long long)done);
	if (whole > 0)
		fprintf(stderr, " of %lld", (long long)whole);
	fputs("\033[K", stderr);
}

enum err
draw_in_child(struct draw *d, draw_work *work, struct str *out)
{
	struct solving s = {d, work, clock_mono_us(), false};
	struct child child = {.run = run_work,
	    .arg = &s,
	    .deadline_us = s.start_us + d->seconds * SECOND_US,
	    .memory = MEMORY,
	    .progress = show_progress};
	enum err e = child_run(d->arena, &child, out);
	if (s.told)
		fputs("\r\033[K", stderr);
	return e;
}
