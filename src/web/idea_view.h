/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_IDEA_VIEW_H
#define WEB_IDEA_VIEW_H

#include "model/idea.h"
#include "model/plan.h"
#include "view_head.h"
#include "web/input.h"

/* idea_view.h - what the pages about ideas share. */

/* "/netvaerk/N/ideer/ID" + rest. */
struct str idea_href(struct req *, struct id, const char *rest);

struct view_head idea_head(struct req *, const struct plan *, struct str title);

/* Those that who asks may see, as one who works in the network. */
enum err ideas_get(struct req *, struct ideas *) MUST_USE;

/* Ideas to choose from: not those that became part of another one. */
struct view_input_options_array idea_options(
    struct req *, const struct ideas *);

/* What a voice became, or where it may become an idea; the other is "". */
void idea_of_voice(struct req *, const struct plan *,
    const struct contribution *, struct str *href, struct str *action);

/* How far it is, as staff say it and in plain words for a citizen. */
struct str idea_state(struct req *, const struct idea *);
struct str idea_state_plain(struct req *, const struct idea *);

/* Who may read a citizen's idea: 0 the one they talk with (with a code only),
 * 1 the others, 2 those who decide, 3 everybody.  Ended by {0}. */
extern const struct choice idea_readers[]; /* from 0 */
const struct choice *idea_open_readers(void); /* from 1 */
/* The question and what was chosen, as the receipt keeps it. */
struct str idea_told(struct req *, int64_t scope);
/* The key of a scope; "" for none. */
struct str idea_scope_key(struct req *, int64_t scope);
/* What was sent in; < 0: nothing that can be chosen. */
int64_t idea_scope_typed(struct req *);

#endif
