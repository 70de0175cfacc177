/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_REFLECTION_H
#define MODEL_REFLECTION_H

#include "model/actor.h"
#include "model/catalogue.h"

/* reflection.h - what a leader, or a network together, asks itself (S56).
 *
 * One reflection is one filling of catalogue/questions.json: an answer and a
 * free text to each question, in any order, saved as often as one likes.  A
 * later version is a reflection of its own that begins with the answers of an
 * earlier one; which of them moved is seen by comparing the two.
 *
 * One that is not shared is the beginner's alone: to anybody else, whatever
 * their rights, it does not exist.
 * Tests: tests/model/reflection.c
 */
enum {
	REFLECTION_QUESTIONS = 64, /* no more are in the catalogue */
	REFLECTION_TEXT = 1500, /* code points: all of them fit in one form */
};

enum reflection_answer {
	ANSWER_NONE,
	ANSWER_YES,
	ANSWER_PARTLY,
	ANSWER_NO,
	ANSWER_UNKNOWN,
	ANSWER_COUNT
};

struct str reflection_answer_key(enum reflection_answer); /* "" for none */
bool reflection_answer_parse(struct str, enum reflection_answer *) MUST_USE;
const char *reflection_answer_label(enum reflection_answer); /* msgid */

/* "No" and "don't know": what becomes a task. */
bool reflection_is_open(enum reflection_answer);

/* One as it stands in a list. */
struct reflection_line {
	struct id id, account; /* who began it */
	bool shared, young;
	int64_t begun_us, changed_us;
	int questions, answered, open;
};

struct reflection_lines {
	struct reflection_line *list; /* the newest first */
	ptrdiff_t n;
};

/* The state of one question. */
struct reflection_reply {
	const struct catalogue_item *question;
	enum reflection_answer answer;
	struct str text;
	int64_t rev; /* 0: nobody has touched it */
	int64_t at_us;
	struct id account;
};

struct reflection {
	struct reflection_line head;
	struct reflection_reply *reply; /* in the catalogue's order */
	ptrdiff_t n;
};

/* One's own and the shared ones of `who`'s network. */
enum err reflection_list(struct db *, struct arena *, const struct actor *,
    struct reflection_lines *) MUST_USE;

/* ERR_NOT_FOUND also for another's that is not shared. */
enum err reflection_get(struct db *, struct arena *, const struct actor *,
    struct id, struct reflection *) MUST_USE;

struct reflection_form {
	struct id id; /* names the new one: a repeated form makes it once */
	bool shared, young;
	struct id after; /* begin with this one's answers; may be unset */
};
enum err reflection_begin(struct db *, struct arena *, const struct actor *,
    const struct reflection_form *) MUST_USE;

/* How a save ended, question by question, in the order of `mine`. */
struct reflection_saved {
	struct reflection now;
	bool meets[REFLECTION_QUESTIONS]; /* another changed the same place */
	const char *fault[REFLECTION_QUESTIONS]; /* of a text: msgid, or NULL */
	int changed, met, faults;
};

/* Saves the answers in `mine` (its id, and of each reply the question, the
 * rev that it was made from, answer and text).  What others changed since is
 * merged in; where two meet, or a text may not stand, theirs stays, mine is told
 * of in `saved`, and all else is saved. */
enum err reflection_save(struct db *, struct arena *, const struct actor *,
    const struct reflection *mine, struct reflection_saved *saved) MUST_USE;

/* From now on the network reads and answers it too.  Only who began it. */
enum err reflection_share(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

/* Destroys one that is not shared.  Only who began it. */
enum err reflection_drop(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

/* Makes a task of each "no" and "don't know" that is none yet: neither of this
 * reflection, nor an open one of the same question in an earlier one. */
enum err reflection_tasks(struct db *, struct arena *, const struct actor *,
    struct id, int *made) MUST_USE;

#endif
