/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_VOICES_H
#define MODEL_DEMO_VOICES_H

#include "model/demo_file.h"

/* demo_voices.h - what people have said in the worked example, and what was
 * understood from it.  Tests: tests/model/demo.c
 */
enum err demo_voices(struct demo_loader *) MUST_USE;

#endif
