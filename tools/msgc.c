/* SPDX-License-Identifier: MPL-2.0 */
/* msgc - compiles the catalogues to C, and checks them.
 *
 *	msgc --out FILE.c DA.po EN.po
 *		the sorted tables of base/messages.h
 *	msgc --check POT DA.po EN.po
 *		every message of POT must have a Danish text that is not fuzzy,
 *		with the same %1..%9; an English text is optional.  One line
 *		a finding on stdout, exit 1 when there is one
 *
 * Errors: FILE:LINE: message, exit 2.  Tests: tests/tools/messages.c */
#include <stdio.h>
#include <string.h>

#include "po.h"
#include "tool.h"

enum { TEXT_BYTES = 1 << 24 };

static void
add_text(struct buf *b, struct str s)
{
	buf_add(b, S("S_INIT(\n"));
	tool_c_string(b, s, "\t    ");
	buf_add(b, S(")"));
}

static void
add_table(struct buf *b, const char *lang, const struct po *po)
{
	ptrdiff_t n = 0;
	buf_fmt(b, "static const struct message %s[] = {\n", lang);
	for (ptrdiff_t i = 0; i < po->n; i++) {
		const struct po_entry *e = &po->entry[i];
		if (!po_done(e))
			continue;
		buf_add(b, S("\t{"));
		add_text(b, e->id);
		buf_add(b, S(",\n\t    {"));
		add_text(b, e->text[0]);
		buf_add(b, S(",\n\t    "));
		add_text(b, e->text[1]);
		buf_add(b, S("}},\n"));
		n++;
	}
	if (n == 0)
		buf_add(b, S("\t{{0}, {{0}}},\n"));
	buf_fmt(b, "};\nenum { %s_count = %td };\n\n", lang, n);
}

static void
compile(const char *out, const char *da_path, const char *en_path)
{
	struct po da = po_read(da_path), en = po_read(en_path);
	struct buf b = buf_new(tool_arena(), TEXT_BYTES);
	buf_add(&b,
	    S("/* Made by tools/msgc from locale/; edit that. */\n"
	      "#include \"base/messages.h\"\n\n"));
	add_table(&b, "da", &da);
	add_table(&b, "en", &en);
	buf_add(&b,
	    S("const struct message_table message_tables[LANG_COUNT] "
	      "= {\n\t[LANG_DA] = {da, da_count},\n"
	      "\t[LANG_EN] = {en, en_count},\n};\n"));
	tool_write(out, buf_str(&b), false);
}

static void
finding(const struct po *po, int line, const char *what, struct str id)
{
	printf("%s:%d: %s: \"%.*s\"\n", po->path, line, what, STR_ARG(id));
}

/* The first form may leave %1 out ("one task"); none may have another. */
static bool
same_placeholders(const struct po_entry *want, const struct po_entry *got)
{
	unsigned all = po_placeholders(want->id) | po_placeholders(want->many);
	if (want->many.n == 0)
		return po_placeholders(got->text[0]) == all;
	return (po_placeholders(got->text[0]) & ~all) == 0 &&
	    po_placeholders(got->text[1]) == po_placeholders(want->many);
}

static int
check_entry(const struct po *po, const struct po_entry *want, bool needed)
{
	const struct po_entry *got = po_find(po, want->id);
	if (got == NULL || (got->text[0].n == 0 && !got->fuzzy)) {
		if (needed)
			finding(po, got != NULL ? got->line : 1, "missing",
			    want->id);
		return needed;
	}
	if (got->fuzzy) {
		finding(po, got->line, "fuzzy", want->id);
		return 1;
	}
	if (!str_eq(got->many, want->many) || !po_done(got)) {
		finding(po, got->line, "plural form", want->id);
		return 1;
	}
	if (!same_placeholders(want, got)) {
		finding(po, got->line, "other %1...", want->id);
		return 1;
	}
	return 0;
}

static int
check(const char *pot_path, const char *da_path, const char *en_path)
{
	struct po pot = po_read(pot_path);
	struct po da = po_read(da_path), en = po_read(en_path);
	int findings = 0;
	for (ptrdiff_t i = 0; i < pot.n; i++) {
		findings += check_entry(&da, &pot.entry[i], true);
		findings += check_entry(&en, &pot.entry[i], false);
	}
	printf("messages: %td, findings: %d\n", pot.n, findings);
	return findings > 0;
}

int
main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "--check") == 0)
		return check(argv[2], argv[3], argv[4]);
	if (argc == 5 && strcmp(argv[1], "--out") == 0) {
		compile(argv[2], argv[3], argv[4]);
		return 0;
	}
	fprintf(stderr,
	    "usage: msgc --out FILE.c DA.po EN.po\n"
	    "       msgc --check POT DA.po EN.po\n");
	return 2;
}
