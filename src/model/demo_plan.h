/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_PLAN_H
#define MODEL_DEMO_PLAN_H

#include "model/demo_file.h"

/* demo_plan.h - the worked example's plan: its theme, people and tasks.
 * Tests: tests/model/demo.c
 */

/* All that stands before anybody goes into a phase. */
enum err demo_plan(struct demo_loader *) MUST_USE;

/* What is written while they are in it. */
enum err demo_work(struct demo_loader *) MUST_USE;

#endif
