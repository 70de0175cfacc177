/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_IDEA_WORDS_H
#define MODEL_IDEA_WORDS_H

#include "base/arena.h"
#include "base/lang.h"
#include "base/str.h"

/* idea_words.h - for the files of model/idea.h: what an idea is called that is
 * shown in a citizen's words.  Its record must not hold them. */
extern const char idea_no_title[]; /* msgid */

enum { IDEA_TITLE = 90 };

/* The record's title is the one that all such ideas have. */
bool idea_untitled(struct str title);

/* The first sentence, shortened. */
struct str idea_first_words(struct arena *, struct str words);

#endif
