/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_ROUND_H
#define MODEL_DEMO_ROUND_H

#include "model/demo_file.h"

/* demo_round.h - two rounds of priorities in the worked example, one closed and
 * one open, with ballots of people that never were.  Tests: tests/model/demo.c
 */
enum err demo_rounds(struct demo_loader *) MUST_USE;

#endif
