/* SPDX-License-Identifier: MPL-2.0 */
/* docs - doc/settings.md, made from src/settings.def.
 *
 *	docs OUT.md          writes it
 *	docs --check OUT.md  exit 1 when it is not what would be written
 *
 * Tests: tests/tools/docs.c */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "tool.h"

static void
add_range(struct buf *b, const struct setting *s)
{
	switch (s->kind) {
	case SETTING_INT:
		buf_fmt(b, "%" PRId64 " to %" PRId64 " %.*s", s->low, s->high,
		    STR_ARG(s->unit));
		break;
	case SETTING_BOOL:
		buf_add(b, S("true, false"));
		break;
	case SETTING_WORD:
		buf_add(b, str_replace(tool_arena(), s->unit, S(" "), S(", ")));
		break;
	case SETTING_SECRET:
		buf_add(b, S("secret"));
		break;
	case SETTING_DATABASE:
		buf_add(b, S("URL; secret with a password in it"));
		break;
	case SETTING_TEXT:
	case SETTING_LISTEN:
	case SETTING_URL:
		buf_add(b, s->unit.n > 0 ? s->unit : S("text"));
		break;
	}
}

static struct str
page(void)
{
	struct buf b = buf_new(tool_arena(), 1 << 20);
	buf_add(&b,
	    S("# Settings\n\nMade by `make docs` from `src/settings.def`; edit "
	      "that.\n\nA setting comes from `samskab.conf` in the data folder "
	      "(`name = value` lines, `#` for comments), from the environment "
	      "(`SAMSKAB_NAME`) or from the command line (`--name VALUE`, with "
	      "`-` for `_`); the last of these counts. A secret is refused on "
	      "the command line, and in a file that other users may open.\n\n"
	      "| name | value | default | what it does "
	      "|\n|---|---|---|---|\n"));
	for (ptrdiff_t i = 0; i < settings_count; i++) {
		const struct setting *s = &settings_table[i];
		buf_fmt(&b, "| `%.*s` | ", STR_ARG(s->name));
		add_range(&b, s);
		if (s->value.n > 0)
			buf_fmt(&b, " | `%.*s` | ", STR_ARG(s->value));
		else
			buf_add(&b, S(" | | "));
		buf_fmt(&b, "%.*s |\n", STR_ARG(s->prose));
	}
	return buf_str(&b);
}

int
main(int argc, char **argv)
{
	struct str now;
	if (argc == 3 && strcmp(argv[1], "--check") == 0) {
		if (tool_can_read(argv[2], &now) && str_eq(now, page()))
			return 0;
		printf("%s:1: not current: make docs\n", argv[2]);
		return 1;
	}
	if (argc != 2) {
		fprintf(stderr, "usage: docs [--check] OUT.md\n");
		return 2;
	}
	tool_write(argv[1], page(), true);
	return 0;
}
