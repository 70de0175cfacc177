/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_WATCH_H
#define ENGINE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

/* watch.h - how long work tells how far it is, and learns when to stop. */
struct watch {
	void *arg;
	/* `done` of `whole` (0: unknown) of the step with this name (a literal).
	 * False: stop now. */
	bool (*tick)(void *arg, const char *step, int64_t done, int64_t whole);
};

/* A NULL watch lets everything go on. */
static inline bool
watch_tick(const struct watch *w, const char *step, int64_t done, int64_t whole)
{
	return w == NULL || w->tick(w->arg, step, done, whole);
}

#endif
