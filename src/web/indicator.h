/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_INDICATOR_H
#define WEB_INDICATOR_H

#include "model/indicators.h"
#include "view_indicator.h"
#include "web/req.h"

/* indicator.h - the words one click behind a number of model/indicators.h. */

/* `key` in catalogue/indicators.json; with a `sham` its weights, and which of
 * them are the case. */
struct view_indicator indicator_view(
    struct req *, struct str key, const struct sham *);

/* "Active", of a network's state as stored. */
struct str network_state_name(struct req *, struct str key);

#endif
