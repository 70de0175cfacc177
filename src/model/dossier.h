/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DOSSIER_H
#define MODEL_DOSSIER_H

#include "model/datamap.h"
#include "model/person.h"

/* dossier.h - everything that is held about one person (GDPR art. 15 and 20).
 *
 * Of every table that datamap.def says is about people, the rows about this one:
 * by their id, by what they said, and by the keyed hashes that stand for them
 * among answers and votes.  Staff are named by their role, others are masked
 * (mask.h), and what belongs to the program alone (keys, hashes, counters) is
 * left out.  Who looked at them, when and why, is among it.
 * Memory: the caller's arena.  Tests: tests/model/dossier.c
 */
struct dossier_fact {
	struct str name; /* of the column */
	struct str label,
	    value; /* for people; in the language that was asked */
	struct str raw; /* as it is stored, for programs */
};

struct dossier_row {
	struct dossier_fact *fact;
	ptrdiff_t n;
};

struct dossier_part { /* of one table */
	const struct datamap_table *table;
	struct str label;
	struct dossier_row *row;
	ptrdiff_t n;
};

struct dossier {
	struct str network, code; /* the network's name, "K-1842" */
	struct vault_contact contact;
	bool has_contact; /* there is some */
	bool opened; /* and it stands here */
	struct dossier_part *part; /* those with rows alone */
	ptrdiff_t n;
};

/* Whose, and what of it. */
struct dossier_wish {
	struct id person;
	enum lang lang;
	bool contact; /* open the sealed contact details too */
	struct str reason; /* for dossier_read() alone */
};

/* Needs CAP_PEOPLE and CAP_ACCESS; the contact CAP_VAULT.  ERR_NOT_FOUND: no
 * such person, or erased. */
enum err dossier_get(struct db *, struct arena *, const struct actor *,
    const struct dossier_wish *, struct dossier *) MUST_USE;

/* The same for somebody of staff, who is logged with the reason; the contact
 * when they may open it.  ERR_INVALID: no reason, or a CPR number in it. */
enum err dossier_read(struct db *, struct arena *, const struct actor *,
    const struct dossier_wish *, struct dossier *) MUST_USE;

/* Where a number is somebody's, in the organisation: one a network.  For
 * commands. */
struct dossier_place {
	struct id network, person;
	struct str name; /* of the network */
};
struct dossier_places {
	struct dossier_place *list;
	ptrdiff_t n;
};
enum err dossier_places(struct db *, struct arena *,
    const struct actor *program, int64_t number,
    struct dossier_places *) MUST_USE;
/* Where the same person is: by their contact details, else there alone. */
enum err dossier_same(struct db *, struct arena *, const struct actor *program,
    const struct dossier_place *, struct dossier_places *) MUST_USE;

/* What a person's rows are found with, made once; NULL when the table has
 * none.  For tests, which prepare them. */
const char *dossier_sql(ptrdiff_t table);

#endif
