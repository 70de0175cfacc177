/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CATALOGUE_H
#define MODEL_CATALOGUE_H

#include "base/lang.h"
#include "base/str.h"

/* catalogue.h - phases, roles, methods, help and words, as they ship.
 *
 * The defaults of catalogue/(name).json (doc/catalogue.md has their shape and
 * the keys that code may rely on), embedded in the program.  They are read and
 * checked once a process, at the first call below or at catalogue_init(); an
 * error in them stops the program and names file, item and field.
 *
 * Lists are named by their file: "phases", "roles", "coforms", "modes",
 * "promises", "actor_kinds", "network_types", "target_group_kinds",
 * "access_ways", "glossary", "office_words", "help", "questions", "methods",
 * "yields", "rules", "limits", "ethics", "terms", "indicators", "quality",
 * "taking_part".  Order is the
 * file's.  A key that is not there gives NULL, and NULL gives "": rows may
 * carry keys of an older release.
 *
 * Memory: the process; never written after it was read.  Threads: any.
 * Tests: tests/model/catalogue.c, tests/model/catalogue_demo.c
 */
struct catalogue_texts {
	const struct str *list;
	ptrdiff_t n;
};

/* What an item says in one language; "" where its file has no such field. */
struct catalogue_words {
	struct str name;
	struct str text; /* plain sentences; help: what the guide asks */
	struct str ask; /* phases, target_group_kinds */
	struct str promise; /* promises: the sentence to the citizen */
	struct str example; /* actor_kinds */
	struct str length; /* network_types: "4-5 months" */
	struct str good, bad; /* help: an example of each */
	struct catalogue_texts prompts; /* help: questions that help to write */
	struct str people, time, yields, caution; /* methods */
	struct str why, way, part; /* rules: reason, way out, what brings it */
	struct str formula, inputs, cannot; /* indicators: cannot say */
};

struct catalogue_item {
	struct str key;
	struct catalogue_words words[LANG_COUNT];
	/* Keys of other lists (needs: "knowledge", "skills", "resources";
	 * guide: "S10"). */
	struct catalogue_texts phases, coforms, roles, access, needs, guide;
	struct catalogue_texts gives; /* methods: keys of "yields" */
	struct catalogue_texts rule; /* limits: the one it belongs to */
	struct str section; /* questions */
	int64_t number; /* phases (0: closing), promises, questions, rules */
	int64_t months_min, months_max; /* network_types; 0: no fixed frame */
	int64_t gentle; /* methods: 0 not .. 3 most */
	int64_t people_min, people_max; /* methods */
	int64_t minutes_citizen, minutes_team; /* estimates; 0: as agreed */
	bool offered; /* coforms: unless switched off */
	bool initial; /* modes: the one of a new cell */
	bool interest; /* roles: an interest line is required */
	bool person; /* actor_kinds: a person under an alias */
	bool in_guide; /* methods: one of the four that the guide names */
	bool
	    assembly; /* methods: the whole network, or a meeting in the hall */
	int64_t value, least, most; /* limits: as it ships, and its range */
	bool ready; /* rules: it is looked at now */
};

struct catalogue_items {
	const struct catalogue_item *list;
	ptrdiff_t n;
};

/* ---- the shipped catalogue ---- */

/* Reads it now, so that an error in it shows at start. */
void catalogue_init(void);

/* Asking for a list that does not exist is a bug. */
struct catalogue_items catalogue_list(struct str list);
const struct catalogue_item *catalogue_find(struct str list, struct str key);
bool catalogue_has(struct str list, struct str key);

/* Short for ->words[lang]; NULL for NULL. */
const struct catalogue_words *catalogue_words(
    const struct catalogue_item *, enum lang);
struct str catalogue_name(const struct catalogue_item *, enum lang);
struct str catalogue_text(const struct catalogue_item *, enum lang);

/* Help from the guide for a part of the plan ("purpose", ..); what a term
 * means ("decision_room", ..).  NULL when there is none. */
const struct catalogue_words *catalogue_help(struct str part, enum lang);
const struct catalogue_words *catalogue_term(struct str key, enum lang);

/* ---- for the embed tool, the demo and tests ---- */

/* The text of catalogue/(name).json, "" when there is no such file; made by
 * the build. */
struct str catalogue_json(struct str name);

/* A catalogue from anywhere, on `a`.  NULL: `fault` says what is wrong with
 * it ("roles.json: guide: phases: ..."). */
struct catalogue;
const struct catalogue *catalogue_read(
    struct arena *a, struct str (*source)(struct str name), struct str *fault);
struct catalogue_items catalogue_in(const struct catalogue *, struct str list);

#endif
