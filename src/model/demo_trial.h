/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_TRIAL_H
#define MODEL_DEMO_TRIAL_H

#include "model/demo_file.h"

/* demo_trial.h - a trial of the worked example that is about to begin.
 * Tests: tests/model/demo.c
 */
enum err demo_trials(struct demo_loader *) MUST_USE;

#endif
