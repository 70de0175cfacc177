/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_BACKGROUND_H
#define WEB_BACKGROUND_H

#include "base/settings.h"
#include "web/site.h"

/* background.h - what goes on beside the pages: mail that leaves, tasks that
 * are called to mind, sessions and links that have had their time.
 * The runner's thread is jobs/runner.h's; here is what it does for a site. */
struct background;

/* `reader` is the number of its read-only connection. */
enum err background_start(struct arena *process, struct site *,
    const struct settings *, int reader, struct background **) MUST_USE;
void background_stop(struct background *); /* NULL is ok */

#endif
