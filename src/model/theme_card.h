/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_THEME_CARD_H
#define MODEL_THEME_CARD_H

#include "model/plan.h"
#include "model/plain.h"

/* theme_card.h - the theme, told to one target group (S52): what it is about,
 * why you, how long and where, what happens with what you say, when you hear
 * from us, whom to ring.
 *
 * A card (KIND_CARD) begins with what the plan says; where the plan says
 * nothing, or only a person can find the words, a gap ("...") stands that has
 * to be filled before the card is handed out.  An invitation to the group
 * begins with its card.
 * Pure; memory is the caller's arena.  Tests: tests/model/theme_card.c
 */
enum { THEME_CARD_PARTS = 6 };

struct theme_card_part {
	const char *field;
	struct str heading; /* in the card's language, as citizens read it */
	struct str text; /* as it is written out; may hold the gap */
	bool gap; /* nothing, or not yet filled in */
};

struct theme_card {
	enum lang lang;
	struct theme_card_part part[THEME_CARD_PARTS]; /* as they are read */
	int gaps;
	struct str free_to; /* the sentence each card ends with */
};

/* `today`: a day that is past is a gap as well. */
struct theme_card theme_card_of(
    struct arena *, const struct record *, struct date today);

/* Headings and texts, each a paragraph, as plain text. */
struct str theme_card_text(struct arena *, const struct theme_card *);
/* The running text alone, for plain_check(). */
struct str theme_card_prose(struct arena *, const struct theme_card *);

/* Fills what is empty in a new card from the plan.  `answer_days`: within which
 * those who took part are answered; 0: not known. */
void theme_card_begin(struct arena *, const struct plan *, int64_t answer_days,
    struct record *card);

/* The newest card of the group that has no gaps, or NULL. */
const struct record *theme_card_for(
    struct arena *, const struct plan *, struct str group);

/* Fills what is empty in a new invitation from a card. */
void theme_card_invite(const struct record *card, struct record *invitation);

#endif
