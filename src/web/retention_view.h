/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_RETENTION_VIEW_H
#define WEB_RETENTION_VIEW_H

#include "model/retention.h"
#include "model/setting.h"
#include "web/req.h"

/* retention_view.h - how long something is kept, in words.
 * Tests: tests/web/retention.c */
struct str retention_rule_text(
    struct req *, const struct retain_rule *, const struct settings_now *);

/* What happens to a network that has ended: "Is deleted on 3. marts 2027." */
struct str retention_next_text(struct req *, const struct retained *);

#endif
