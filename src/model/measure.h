/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_MEASURE_H
#define MODEL_MEASURE_H

#include "model/citizen.h"
#include "model/record.h"

/* measure.h - perceived quality before and after (S29): questions on a scale
 * from 1 to 5, asked in rounds.
 *
 * The wording is as it was once the first round opens.  One round is open at a
 * time.  Who answers is known by a hash of the person or of a pseudonym, with a
 * key from outside the database: one row a round, however many requests come at
 * once, and the same hash in each round of one measurement, so that answers can
 * be paired.  An answer may be changed while its round is open, and taken back
 * at any time.
 *
 * Answers as text: a digit a question, 0 nothing, 1 to 5, 6 "ved ikke"; in a
 * retrospective measurement what it was like then, a slash, and what it is like
 * now: "3320/4436".  Memory: the caller's arena.  Tests: tests/model/measure.c
 */
enum {
	MEASURE_ITEMS = 12,
	MEASURE_ITEM = 200, /* code points of a question */
	MEASURE_WORDS = 600,
	MEASURE_HIGHEST = 5,
	MEASURE_DONT_KNOW = 6,
	MEASURE_CODE_LEAST = 6, /* characters of one's own code */
	MEASURE_CODE = 40,
};

enum measure_design {
	MEASURE_BEFORE_AFTER,
	MEASURE_RETROSPECTIVE,
	MEASURE_CROSS_SECTION
};
extern const struct choice measure_designs[]; /* their keys, in that order */

struct measure_item {
	int64_t number; /* from 1 */
	struct str bank, da, en;
};
/* The question in that language, or in Danish. */
struct str measure_item_text(const struct measure_item *, enum lang);

struct measure_round {
	int64_t number; /* from 1 */
	bool open;
	struct str opened, closed;
	struct str ends; /* until when they are asked to answer; "" no day */
	/* Who was asked: as it stands, or stood when the round closed. */
	int64_t could, answered;
};

struct measure {
	struct record record;
	enum measure_design design;
	bool begun, by_link, asks_words;
	struct measure_item item[MEASURE_ITEMS];
	ptrdiff_t n_items;
	struct measure_round *round;
	ptrdiff_t n_rounds;
};

enum err measure_get(struct db *, struct arena *, const struct actor *,
    struct id, struct measure *) MUST_USE;
/* In which network it is, for who comes by its address. */
enum err measure_network(struct db *, struct arena *,
    const struct actor *program, struct id, struct id *network) MUST_USE;
/* The round that is open, or NULL. */
const struct measure_round *measure_now(const struct measure *);
/* "Før", "Efter", "Måling 3" */
struct str measure_round_name(
    struct arena *, enum lang, const struct measure *, int64_t number);

/* ---- questions ---- */

/* Adds those of the bank (keys, a space between), own ones, one a line, and
 * those of a list; what is there already is passed over.  Needs CAP_EDIT.  ERR_CONFLICT: it has
 * begun; ERR_TOO_LARGE: too many, or one is too long. */
struct measure_more {
	struct str bank, own;
	const struct measure_item *list; /* their numbers are not read */
	ptrdiff_t n;
};
enum err measure_items_add(struct db *, struct arena *, const struct actor *,
    const struct measure *, const struct measure_more *) MUST_USE;
/* Those behind it move up. */
enum err measure_item_drop(struct db *, struct arena *, const struct actor *,
    const struct measure *, int64_t number) MUST_USE;

/* ---- rounds ---- */

/* NULL: a round may be opened; else a msgid that says what is missing. */
const char *measure_missing(const struct measure *);
/* ERR_CONFLICT: measure_missing().  Needs CAP_EDIT. */
enum err measure_begin_round(struct db *, struct arena *, const struct actor *,
    struct measure *) MUST_USE;
/* ERR_CONFLICT: none is open. */
enum err measure_close_round(struct db *, struct arena *, const struct actor *,
    struct measure *) MUST_USE;

/* Until when the open round asks: a day from today on, or "" for none.  It
 * closes nothing.  Needs CAP_EDIT.  ERR_CONFLICT: none is open; ERR_INVALID: no
 * such day. */
enum err measure_ends(struct db *, struct arena *, const struct actor *,
    struct measure *, struct str day) MUST_USE;

/* ---- who answers ---- */

struct respondent {
	const struct measure *measure;
	int64_t round; /* the one that is open; 0: none is */
	struct hash who;
	struct str code; /* on paper: as it stands there */
	const char *way; /* code, link, paper */
	struct id group; /* not set: none */
	const char *refused; /* msgid: why they may not; NULL: they may */
};
struct respondent measure_citizen(
    struct arena *, const struct measure *, const struct citizen *);
/* By a pseudonym of their own choice, case and spaces forgiven. */
struct respondent measure_pseudonym(struct arena *, const struct actor *,
    const struct measure *, struct str code);
/* Whoever its `code` on a paper is, "K-1842" or a pseudonym.  ERR_NOT_FOUND:
 * nobody has that number. */
enum err measure_on_paper(struct db *, struct arena *, const struct actor *,
    const struct measure *, struct respondent *) MUST_USE;
/* NULL: the code may be used; else a msgid. */
const char *measure_code_fault(struct str code);

/* ---- answers ---- */

struct measure_reply {
	int8_t then[MEASURE_ITEMS], now[MEASURE_ITEMS]; /* 0: no answer */
	struct str words;
};
struct str measure_reply_text(
    struct arena *, const struct measure *, const struct measure_reply *);
bool measure_reply_parse(
    const struct measure *, struct str, struct measure_reply *) MUST_USE;
/* Whether anything is in it. */
bool measure_reply_any(const struct measure_reply *);

/* Theirs in their round; ERR_NOT_FOUND: none. */
enum err measure_reply_get(struct db *, struct arena *, const struct actor *,
    const struct respondent *, struct measure_reply *) MUST_USE;
/* In the round that is open.  ERR_CONFLICT: none is; ERR_DENIED: they may not;
 * ERR_INVALID: the words are too long or hold a CPR number. */
enum err measure_reply_put(struct db *, struct arena *, const struct actor *,
    const struct respondent *, const struct measure_reply *) MUST_USE;
/* What is wrong with the words: a msgid or NULL. */
const char *measure_words_fault(struct str words);
/* All of theirs in this measurement. */
enum err measure_reply_drop(struct db *, struct arena *, const struct actor *,
    const struct respondent *) MUST_USE;
/* A person's answers in every measurement: for person_erase(). */
enum err measure_erase(struct db *, struct arena *, const struct actor *,
    struct id person) MUST_USE;

struct measure_row {
	int64_t round;
	struct str who; /* 32 bytes */
	struct str group; /* 16 bytes or "" */
	struct measure_reply reply;
};
struct measure_rows {
	struct measure_row *list; /* by who, then round */
	ptrdiff_t n;
};
enum err measure_rows(struct db *, struct arena *, const struct actor *,
    const struct measure *, struct measure_rows *) MUST_USE;

/* ---- reminding ---- */

enum { MEASURE_REMIND_DAYS = 3 };

/* Somebody who is asked in the round that is open. */
struct measure_due {
	struct id network, measure;
	int64_t round;
	struct hash who;
	struct person person; /* as much as reminding needs */
	struct str title, ends;
};
struct measure_dues {
	struct measure_due *list;
	ptrdiff_t n;
};
/* In every network: who wants mail, has a code and was not reminded in a round
 * that asks until a day from today to `last`, answered or not: nobody is shown
 * who has.  For the program alone. */
enum err measure_to_remind(struct db *, struct arena *, const struct actor *,
    struct date last, struct measure_dues *) MUST_USE;
enum err measure_reminded(
    struct db *, const struct actor *, const struct measure_due *) MUST_USE;
/* Who wants no mail, answered or not: nobody is shown who has.  Needs CAP_VAULT.
 * ERR_CONFLICT: no round is open. */
enum err measure_to_ring(struct db *, struct arena *, const struct actor *,
    const struct measure *, struct measure_dues *) MUST_USE;
/* What begins the key of each mail to them about measurements. */
struct str measure_mails(struct arena *, struct id person);

/* ---- on paper, read by two ---- */

enum { MEASURE_PAPERS = 500 /* lines at once */ };

enum measure_outcome {
	MEASURE_FIRST, /* the first reading */
	MEASURE_AGREES, /* the second, the same: counted */
	MEASURE_DIFFERS,
	MEASURE_NO_CODE,
	MEASURE_NO_GUARDIAN, /* R4 */
	MEASURE_BAD_ANSWERS,
	MEASURE_COUNTED, /* there is an answer with this code */
};
struct measure_paper {
	struct str typed; /* the whole line */
	enum measure_outcome outcome;
};
struct measure_papers {
	struct str text; /* in: a form a line */
	struct measure_paper *list;
	ptrdiff_t n;
};
/* Lines "CODE; 4 5 x 3; words", an answer a question: 1 to 5, x "ved ikke", -
 * nothing; in a retrospective measurement "2/4".  Needs CAP_AGENDA and an
 * account.  ERR_CONFLICT: no round is open; ERR_TOO_LARGE: too many lines. */
enum err measure_paper_read(struct db *, struct arena *, const struct actor *,
    const struct measure *, struct measure_papers *) MUST_USE;

struct measure_differs {
	struct str code, who; /* who: in hexadecimal */
	struct str answers[2], words[2];
};
struct measure_desk {
	int64_t once; /* read by one */
	struct measure_differs *differs;
	ptrdiff_t n_differs;
};
enum err measure_desk(struct db *, struct arena *, const struct actor *,
    const struct measure *, struct measure_desk *) MUST_USE;
/* Which of the two is what stands there: 0 or 1.  Needs CAP_ASK.
 * ERR_NOT_FOUND: they do not differ. */
struct measure_fix {
	struct str who;
	int64_t which;
};
enum err measure_settle(struct db *, struct arena *, const struct actor *,
    const struct measure *, const struct measure_fix *) MUST_USE;

#endif
