/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_TRIAL_H
#define MODEL_TRIAL_H

#include "model/citizen.h"
#include "model/citizen_words.h"
#include "model/idea.h"

/* trial.h - an idea tried out with citizens (S6, S26-S28).
 *
 *	start -> test <-> analyse -> next
 *
 * While it is at its start goals of value are set: what should get better, in
 * words that citizens are asked about.  They stay as they are once it begins,
 * which takes the idea to its own state `test`.  People answer each goal and
 * say what they like, by a page with their code, or a member of staff notes it
 * for them.  What they say is a contribution (model/contribution.h): it goes
 * when they take it back.  In the analysis each goal is judged, and each piece
 * of feedback is named by a version of the idea or has a reason why it changed
 * nothing.  The last step decides: the idea runs, is adjusted or stops, in the
 * same write; R14 holds as it does for ideas.
 * Memory: the caller's arena.  Tests: tests/model/trial.c
 */
enum { TRIAL_GOALS = 12, TRIAL_GOAL = 200, TRIAL_SIGN = 300, TRIAL_WHY = 600 };

enum trial_stage { TRIAL_START, TRIAL_TEST, TRIAL_ANALYSE, TRIAL_NEXT };

extern const struct choice trial_stages[]; /* their keys, in that order */
extern const struct choice trial_outcomes[]; /* hit, adjust, miss */
extern const struct choice trial_verdicts[]; /* run, adjust, stop */
extern const struct choice trial_answers[]; /* yes, partly, no, unknown */
extern const struct choice trial_ways[]; /* how feedback came */

struct trial_goal {
	int64_t number; /* from 1 */
	struct str goal, sign;
	struct str outcome, why; /* "" until it is judged */
};

struct trial {
	struct record record;
	enum trial_stage stage;
	struct id idea;
	struct trial_goal goal[TRIAL_GOALS];
	ptrdiff_t n_goals;
};

enum err trial_get(struct db *, struct arena *, const struct actor *, struct id,
    struct trial *) MUST_USE;

/* Whether those who try it can say something now. */
bool trial_listens(const struct trial *);

struct trials {
	struct trial *list; /* the newest first, without their goals */
	ptrdiff_t n;
};
enum err trial_list(struct db *, struct arena *, const struct actor *,
    struct trials *) MUST_USE;

/* ---- its goals, while it is at its start: CAP_EDIT, else ERR_CONFLICT ---- */

/* "goal; how one can tell", a line each.  ERR_INVALID: *fault, a msgid whose
 * %1 is the line, from 1. */
struct trial_lines {
	struct str text;
	const char *fault;
	int64_t line;
};
enum err trial_goals_add(struct db *, struct arena *, const struct actor *,
    const struct trial *, struct trial_lines *) MUST_USE;
/* Those behind it move up. */
enum err trial_goal_drop(struct db *, struct arena *, const struct actor *,
    const struct trial *, int64_t number) MUST_USE;

/* ---- its stages ---- */

struct trial_step {
	enum trial_stage to;
	struct str verdict, reason; /* to TRIAL_NEXT */
	const char *fault; /* out, with ERR_INVALID: a msgid */
};
/* Needs CAP_EDIT.  ERR_INVALID: something is missing, or R14 stops it;
 * ERR_CONFLICT: not from here. */
enum err trial_move(struct db *, struct arena *, const struct actor *,
    const struct trial *, struct trial_step *) MUST_USE;

/* What the network finds of a goal, in the analysis.  ERR_INVALID: no such
 * outcome, or no words why. */
enum err trial_judge(struct db *, struct arena *, const struct actor *,
    const struct trial *, const struct trial_goal *) MUST_USE;

/* ---- what people say ---- */

/* Whether this one is asked: its groups, and they have not stopped. */
bool trial_is_for(const struct trial *, const struct citizen *);

struct trial_reply {
	struct id person;
	struct str answer[TRIAL_GOALS]; /* a key, or "": none */
	struct citizen_word word; /* text "": none */
	struct str way; /* trial_notes(): how the words came */
};
enum err trial_reply_get(struct db *, struct arena *, const struct actor *,
    const struct trial *, struct trial_reply *) MUST_USE;

/* Said on their page.  ERR_CONFLICT: it does not listen now.  ERR_INVALID: an
 * answer that is none, the words (citizen_word_check()), or (R4) somebody under
 * 15 whose guardian has not said yes. */
enum err trial_hears(struct db *, struct arena *, const struct citizen *,
    const struct trial *, const struct trial_reply *) MUST_USE;

/* By a member of staff for somebody, off paper, by phone or face to face:
 * CAP_ASK.  The words are a contribution with the person's own yes to who reads
 * them, as it was put on paper or said.  ERR_INVALID also of who has stopped, or
 * is under 15 without a guardian's yes (R4), and of a way that is none. */
enum err trial_notes(struct db *, struct arena *, const struct actor *,
    const struct trial *, const struct trial_reply *) MUST_USE;

/* ---- how many ---- */

enum { TRIAL_ANSWERS = 4 };
struct trial_count {
	int64_t of[TRIAL_ANSWERS]; /* by trial_answers; < 0: hidden */
	int64_t people; /* < 0: hidden */
};
/* Goal by goal.  Of fewer than `k` people nothing is told, and no number of 1
 * to k - 1 people, nor another one from which it follows. */
enum err trial_counts(struct db *, struct arena *, const struct actor *,
    const struct trial *, struct trial_count *) MUST_USE;

/* A person who is erased: for person_erase(). */
enum err trial_erase(
    struct db *, const struct actor *, struct id person) MUST_USE;
/* Words that are taken back: for contribution_withdraw(). */
enum err trial_forget(
    struct db *, const struct actor *, struct id contribution) MUST_USE;

/* ---- feedback ---- */

struct trial_said {
	struct id contribution, person;
	struct str words, alias, way, unused;
	int64_t at_us;
	int64_t version; /* of the idea, that builds on it; 0: none */
};
struct trial_saids {
	struct trial_said *list; /* as they came; what `who` may read */
	ptrdiff_t n;
	int64_t open; /* of all: neither used nor told why not */
};
enum err trial_feedback(struct db *, struct arena *, const struct actor *,
    const struct trial *, struct trial_saids *) MUST_USE;

/* A contribution that is about the trial; twice is once.  CAP_EDIT. */
struct trial_link {
	struct id contribution;
	struct str way;
};
enum err trial_feedback_add(struct db *, struct arena *, const struct actor *,
    const struct trial *, const struct trial_link *) MUST_USE;
/* Why it changed nothing, in words for the one who said it.  ERR_INVALID: no
 * words, or a CPR number. */
enum err trial_feedback_unused(struct db *, struct arena *,
    const struct actor *, const struct trial *,
    const struct trial_said *) MUST_USE;
/* The idea as it is now builds on it (idea_name_feedback()). */
enum err trial_feedback_used(struct db *, struct arena *, const struct actor *,
    const struct trial *, struct id contribution) MUST_USE;

#endif
