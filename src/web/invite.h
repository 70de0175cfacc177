/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_INVITE_H
#define WEB_INVITE_H

#include "web/edit.h"

/* invite.h - the page where an activity's invitations are written and made. */
enum err invite_show(
    struct req *, struct id activity, const struct edit *, int status);

#endif
