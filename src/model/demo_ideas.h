/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_IDEAS_H
#define MODEL_DEMO_IDEAS_H

#include "model/demo_file.h"

/* demo_ideas.h - ideas of the worked example, from new to dropped.
 * Tests: tests/model/demo.c
 */
enum err demo_ideas(struct demo_loader *) MUST_USE;

#endif
