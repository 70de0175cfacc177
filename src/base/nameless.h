/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_NAMELESS_H
#define BASE_NAMELESS_H

#include "base/str.h"

/* nameless.h - a file that nobody can open by a name: gone with its last
 * descriptor, also when the power goes.
 *
 * In `dir`, for reading and writing; in memory where that file system has
 * none.  -1: neither.  The caller closes it.  Tests: tests/base/nameless.c
 */
int nameless_open(struct arena *, struct str dir);

#endif
