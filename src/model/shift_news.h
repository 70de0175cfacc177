/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SHIFT_NEWS_H
#define MODEL_SHIFT_NEWS_H

#include "model/shift.h"

/* shift_news.h - what somebody is told of a shift that changed for them: they
 * moved up, the places were shared out, a swap went through, it is cancelled.
 *
 *	due -> told       a mail was written (jobs/remind.h)
 *	 |  `-> hand -> told   no mail: the coordinator calls or writes
 *	 `-> late         before anybody was told it had begun, was cancelled, or
 *	                  they had gone on to something else
 *
 * It is due from the write that changed the shift: the event in its history
 * says so.  Each is told once.
 * Memory: the caller's arena.  Tests: tests/model/shift_news.c, tests/jobs/
 * remind.c
 */
struct shift_news {
	struct id network, person, vault, place; /* place: their row on it */
	struct shift shift; /* id, when, where, task_title, cancelled_us */
	int64_t seq; /* of the event; with the shift's id it names it */
	int64_t number;
	struct str what; /* moved_up, shared, queued, took, handed, off */
	struct str alias, channel, lang, contact;
	bool by_hand;
	bool late; /* nothing to tell any more */
};
struct shift_newses {
	struct shift_news *list; /* by person, then as the shifts come */
	ptrdiff_t n;
};

/* Whether what happened is told to the one it happened to. */
bool shift_is_news(struct str what);
/* In a sentence or two. */
struct str shift_news_words(
    struct arena *, enum lang, const struct shift_news *);
/* Whether they are on the shift now, so that they may say no. */
bool shift_news_is_place(const struct shift_news *);

/* What nobody has told, and nobody has to by hand, in every network: for the
 * program alone. */
enum err shift_news_due(struct db *, struct arena *, const struct actor *,
    struct shift_newses *) MUST_USE;
/* What became of one; `state`: told, hand, late.  Once: another time changes
 * nothing. */
enum err shift_news_settle(struct db *, const struct actor *,
    const struct shift_news *, struct str state) MUST_USE;

/* What is to be told by phone or letter in the network, none of it late. Needs
 * CAP_PEOPLE. */
enum err shift_news_list(struct db *, struct arena *, const struct actor *,
    struct shift_newses *) MUST_USE;
/* A member of staff told it.  Needs CAP_ASK. */
enum err shift_news_said(struct db *, struct arena *, const struct actor *,
    struct id shift, int64_t seq) MUST_USE;

#endif
