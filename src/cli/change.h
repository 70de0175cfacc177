/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_CHANGE_H
#define CLI_CHANGE_H

#include "report/change.h"

/* change.h - the outputs of `samskab change` beside the picture.
 * Tests: tests/cli/change.c */
void change_say(const struct change_report *, struct buf *);
void change_json(const struct change_report *, struct buf *);

#endif
