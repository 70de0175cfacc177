/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_MEASURE_H
#define MODEL_DEMO_MEASURE_H

#include "model/demo_file.h"

/* demo_measure.h - measurements of the worked example: one that shows what
 * moved, and one that too few have answered.  `level` in the file is, for each
 * question, how far up the scale people are in that round, in a hundred.
 * Tests: tests/model/demo.c
 */
enum err demo_measures(struct demo_loader *) MUST_USE;

#endif
