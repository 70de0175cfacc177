/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_BACKGROUND_H
#define WEB_BACKGROUND_H

#include "base/settings.h"
#include "jobs/runner.h"
#include "web/site.h"

/* background.h - what goes on beside the pages: mail that leaves, jobs, tasks
 * that are called to mind, sessions and links that have had their time.
 * The threads are jobs/runner.h's; here is what they do for a site. */
enum { BACKGROUND_READERS = RUNNER_THREADS };
struct background;

/* `reader` is the first of its BACKGROUND_READERS read-only connections.
 * Sets site->background, so that a page can call for it. */
enum err background_start(struct arena *process, struct site *,
    const struct settings *, int reader) MUST_USE;

/* There is something to do: a mail was written, a job.  Any thread. */
void background_kick(struct background *); /* NULL is ok */

/* False: a thread does not end, so nothing it uses may be taken down. */
bool background_stop(struct background *) MUST_USE; /* NULL is ok */

#endif
