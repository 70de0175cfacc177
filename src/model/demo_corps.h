/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_CORPS_H
#define MODEL_DEMO_CORPS_H

#include "model/demo_file.h"

/* demo_corps.h - a small corps of volunteers in the worked example: what
 * newcomers read, two tasks, an organisation's promise, and shifts.
 * Tests: tests/model/demo.c */
enum err demo_corps(struct demo_loader *) MUST_USE;

#endif
