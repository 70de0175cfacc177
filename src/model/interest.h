/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_INTEREST_H
#define MODEL_INTEREST_H

#include "model/person.h"

/* interest.h - the open page where people say that they would like to take
 * part, and the fields an organisation adds to it.
 *
 * Whoever registers becomes a person in state "proposed", source "interest",
 * with contact details in the vault.  They are told nothing about anyone who
 * is there already, themselves included.
 * Memory: the caller's arena.  Tests: tests/model/interest.c
 */
enum { INTEREST_FIELDS = 5, INTEREST_CHOICES = 12 };

struct interest_field {
	struct id id;
	struct str label;
	struct str choices; /* one a line; "": a line of text */
	bool required;
};

struct interest {
	bool open;
	struct str about; /* what it is about, in the leader's words */
	struct str ends; /* YYYY-MM-DD, "" for no end */
	struct interest_field field[INTEREST_FIELDS]; /* label "": none */
	int64_t changed_us; /* 0: nothing is set yet; not read when saved */
};

/* Of the network `who` is in; the one who asks may be nobody. */
enum err interest_get(struct db *, struct arena *, const struct actor *,
    struct interest *) MUST_USE;

/* Whether people can register at `who->now_us`. */
bool interest_is_open(const struct interest *, const struct actor *);

struct interest_faults {
	const char *about, *ends, *label[INTEREST_FIELDS],
	    *choices[INTEREST_FIELDS];
	bool any;
};

void interest_check(const struct interest *, struct interest_faults *);

/* Needs CAP_ASK.  A field without a label is taken away; what was answered to
 * it stays with the people.  ERR_INVALID: interest_check(). */
enum err interest_save(struct db *, struct arena *, const struct actor *,
    const struct interest *) MUST_USE;

/* ---- registering ---- */

struct registration {
	struct id id; /* names it: a repeated one makes it once */
	struct person_contact contact;
	struct str age, needs_note;
	struct str value[INTEREST_FIELDS];
};

struct registration_faults {
	const char *name, *reach, *age, *needs_note, *value[INTEREST_FIELDS];
	bool any;
};

void registration_check(const struct interest *, const struct registration *,
    struct registration_faults *);

/* By the program, inside the network.  ERR_DENIED: it is not open.
 * ERR_INVALID: registration_check(). */
enum err interest_register(struct db *, struct arena *,
    const struct actor *program, const struct interest *,
    const struct registration *) MUST_USE;

/* ---- what they answered ---- */

struct person_answer {
	struct str label, value;
};

struct person_answers {
	struct person_answer *list;
	ptrdiff_t n;
};

enum err person_answers(struct db *, struct arena *, const struct actor *,
    struct id person, struct person_answers *) MUST_USE;

#endif
