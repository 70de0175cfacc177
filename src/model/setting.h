/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SETTING_H
#define MODEL_SETTING_H

#include "model/actor.h"
#include "model/catalogue.h"

/* setting.h - what an organisation set otherwise than the program does.
 *
 * The numbers in the rules (catalogue/limits.json), and a few of its own.  A
 * setting that is not set, or set to "", is what ships.
 * Tests: tests/model/setting.c
 */
struct setting_def {
	struct str name;
	const char *label, *hint; /* msgids; hint may be NULL */
	bool number;
	int64_t value, least, most; /* a number, as it ships and its range; of
				     * a text `most` characters, 0: 200 */
	const char *(*check)(struct str); /* of a text; NULL: any will do */
};

enum { SETTING_TEXT = 200 }; /* code points of one that is a text */

struct setting_defs {
	const struct setting_def *list;
	ptrdiff_t n;
};
/* Those that are no limit of a rule. */
struct setting_defs setting_defs(void);

struct setting {
	struct str name, value;
};

struct settings_now {
	struct setting *list;
	ptrdiff_t n;
};

enum err setting_list(struct db *, struct arena *, const struct actor *,
    struct settings_now *) MUST_USE;

/* What was set; "" when nothing was. */
struct str setting_value(const struct settings_now *, struct str name);
/* The number of a setting or limit: what was set, else what ships. */
int64_t setting_number(const struct settings_now *, struct str name);

/* NULL: it may be so.  Else a msgid whose %1 and %2 are the ends of the range
 * (of a text: the most characters). */
const char *setting_fault(struct str name, struct str value);
/* The range of a number; false for a text. */
bool setting_range(struct str name, int64_t *least, int64_t *most);

/* The most characters of a text. */
int64_t setting_most(const struct setting_def *);

/* Needs CAP_CATALOGUE.  ERR_INVALID: setting_fault(), or no such setting. */
enum err setting_save(struct db *, struct arena *, const struct actor *,
    const struct setting *) MUST_USE;

#endif
