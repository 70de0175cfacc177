/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_DIALOGUE_H
#define MODEL_DEMO_DIALOGUE_H

#include "model/demo_file.h"

/* demo_dialogue.h - a dialogue in the worked example, with answers of people
 * that never were: two camps, of whom the file says how many in a hundred agree
 * with each statement.  Tests: tests/model/demo.c
 */
enum err demo_dialogues(struct demo_loader *) MUST_USE;

#endif
