/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_DECISION_H
#define MODEL_DEMO_DECISION_H

#include "model/demo_file.h"

/* demo_decision.h - what is to be decided in the worked example, prepared and
 * not taken yet.  Memory: the loader's.  Tests: tests/model/demo.c */
enum err demo_decisions(struct demo_loader *) MUST_USE;

#endif
