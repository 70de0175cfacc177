/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include "base/str.h"

/* settings.h - what an installation can choose, typed and checked.
 *
 * The list is src/settings.def; doc/settings.md is made from it.  A value
 * comes from the default, then samskab.conf ("name = value" lines, # for
 * comments), then the environment (SAMSKAB_NAME), then the command line
 * (--name VALUE, with - for _); the last one counts.
 *
 * An unknown name, a value of the wrong kind or out of range, a name given
 * twice in the file, a file with secrets that everybody may read: the fault
 * says where and why, and the caller prints it and exits 2.  A secret's value
 * is never part of a fault, and never taken from the command line, which
 * other users of the machine can see.
 *
 * Strings live in the arena.  Threads: read-only after start.
 * Tests: tests/base/settings.c
 */
#define SETTING_MEMBER_TEXT struct str
#define SETTING_MEMBER_SECRET struct str
#define SETTING_MEMBER_DATABASE struct str
#define SETTING_MEMBER_INT int64_t
#define SETTING_MEMBER_BOOL bool
#define SETTING_MEMBER_WORD struct str
#define SETTING_MEMBER_LISTEN struct str
#define SETTING_MEMBER_URL struct str
struct settings {
#define SETTING(kind, name, value, low, high, unit, prose) \
	SETTING_MEMBER_##kind name;
#include "settings.def"
#undef SETTING
};

enum setting_kind {
	SETTING_TEXT,
	SETTING_SECRET,
	SETTING_DATABASE,
	SETTING_INT,
	SETTING_BOOL,
	SETTING_WORD,
	SETTING_LISTEN,
	SETTING_URL,
};

struct setting {
	enum setting_kind kind;
	struct str name, value; /* value: the default, as it would be typed */
	int64_t low, high;
	struct str unit, prose;
	ptrdiff_t offset; /* in struct settings */
};

extern const struct setting settings_table[];
extern const ptrdiff_t settings_count;

void settings_default(struct settings *);

/* What samskab.conf says.  A file that is not there is an empty one. */
bool settings_file(struct arena *, struct settings *, const char *path,
    struct str *fault) MUST_USE;

/* What SAMSKAB_NAME says in `env` ("NAME=VALUE", ends with NULL).  Other
 * variables are none of our business. */
bool settings_env(struct arena *, struct settings *, char *const *env,
    struct str *fault) MUST_USE;

/* One option of the command line: `option` is "--max-streams" or
 * "--max-streams=9", `next` the argument behind it or NULL.  Gives how many
 * arguments it took, 0 when it is no setting, -1 with a fault. */
int settings_option(struct arena *, struct settings *, struct str option,
    const char *next, struct str *fault) MUST_USE;

/* The address and the port of a LISTEN value: "[::1]:80" is "::1", 80. */
bool settings_listen(struct str value, struct str *address, int *port) MUST_USE;

#endif
