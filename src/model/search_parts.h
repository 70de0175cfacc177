/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SEARCH_PARTS_H
#define MODEL_SEARCH_PARTS_H

#include "model/search.h"

/* search_parts.h - what one text in the index, many, and those of a network
 * that was elsewhere have in common (search.c, search_many.c, search_bring.c).
 */
struct search_entry {
	struct id id;
	struct str kind;
	int64_t doc;
	struct words words;
};

/* It is not there yet, and its number is free. */
enum err search_entry_add(struct db *, struct arena *, const struct actor *,
    const struct search_entry *) MUST_USE;

/* A text's words as they stand in the index: the bare mark, by which every text
 * is found, then stems; and forms. */
struct words search_marked(
    struct arena *, const struct actor *, const struct words *);

/* The first free number of the millisecond; ERR_TOO_LARGE after a million. */
enum err search_next(struct db *, struct arena *, const struct actor *,
    int64_t at_us, int64_t *doc) MUST_USE;

#endif
