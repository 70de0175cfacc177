/* SPDX-License-Identifier: MPL-2.0 */
/* tmplc - compiles a view, HTML with typed fields, to C.
 *
 *	tmplc --out DIR [--da FILE.po] [--en FILE.po] NAME.html
 *		DIR/view_NAME.c, and DIR/view_NAME.h when that changes
 *	tmplc --pot FILE.pot NAME.html...
 *		the messages of all the views, for the translator
 *	tmplc --check NAME.html...
 *		nothing but the errors
 *
 * Errors: FILE:LINE:COL: message, exit 2.  The language: doc/views.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tmpl.h"

struct found {
	struct str id, many, path;
	struct place at;
};

struct pot {
	struct found *found;
	ptrdiff_t n, cap;
};

static void
pot_add(struct pot *pot, const char *path, const struct node *n)
{
	if (pot->n == pot->cap) {
		ptrdiff_t cap = pot->cap > 0 ? 2 * pot->cap : 64;
		struct found *more = arena_new(tool_arena(), struct found, cap);
		if (pot->n > 0)
			memcpy(more, pot->found, (size_t)pot->n * sizeof *more);
		pot->found = more;
		pot->cap = cap;
	}
	pot->found[pot->n++] =
	    (struct found){n->text, n->many, str_c(path), n->at};
}

static void
pot_collect(struct pot *pot, const char *path, const struct node *n)
{
	for (; n != NULL; n = n->next) {
		if (n->kind == NODE_MESSAGE)
			pot_add(pot, path, n);
		pot_collect(pot, path, n->body);
		pot_collect(pot, path, n->other);
	}
}

static int
by_message(const void *x, const void *y)
{
	const struct found *a = x, *b = y;
	int order = str_cmp(a->id, b->id);
	if (order == 0) /* one with a plural first: it is the one to keep */
		order = -str_cmp(a->many, b->many);
	return order != 0 ? order : str_cmp(a->path, b->path);
}

static void
pot_message(struct buf *b, const struct pot *pot, ptrdiff_t *i)
{
	const struct found *first = &pot->found[*i];
	struct str last = {0};
	buf_byte(b, '\n');
	for (; *i < pot->n && str_eq(pot->found[*i].id, first->id); ++*i) {
		const struct found *f = &pot->found[*i];
		if (f->many.n > 0 && !str_eq(f->many, first->many))
			tool_fail(f->at,
			    "this message has another second "
			    "form in %.*s",
			    STR_ARG(first->path));
		if (!str_eq(f->path, last))
			buf_fmt(b, "#: %.*s\n", STR_ARG(f->path));
		last = f->path;
	}
	buf_add(b, S("msgid "));
	po_string(b, first->id);
	if (first->many.n > 0) {
		buf_add(b, S("\nmsgid_plural "));
		po_string(b, first->many);
		buf_add(b, S("\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n"));
	} else {
		buf_add(b, S("\nmsgstr \"\"\n"));
	}
}

static void
write_pot(const char *path, struct pot *pot)
{
	struct buf b = buf_new(tool_arena(), 1 << 24);
	buf_add(&b,
	    S("msgid \"\"\nmsgstr \"\"\n"
	      "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"));
	if (pot->n > 0)
		qsort(
		    pot->found, (size_t)pot->n, sizeof *pot->found, by_message);
	for (ptrdiff_t i = 0; i < pot->n;)
		pot_message(&b, pot, &i);
	tool_write(path, buf_str(&b), false);
}

static void
write_view(const char *out, const char *path, const struct messages *m)
{
	struct view view;
	tmpl_parse(path, &view);
	struct str base =
	    str_fmt(tool_arena(), "%s/view_%.*s", out, STR_ARG(view.name));
	struct str code = str_cat(tool_arena(), base, S(".c"));
	struct str header = str_cat(tool_arena(), base, S(".h"));
	struct str text = tmpl_code(&view, m);
	tool_write(str_cstr(tool_arena(), header), tmpl_header(&view), true);
	tool_write(str_cstr(tool_arena(), code), text, false);
}

static void NORETURN
usage(void)
{
	fprintf(stderr,
	    "usage: tmplc --out DIR [--da FILE.po] [--en FILE.po] "
	    "NAME.html...\n"
	    "       tmplc --pot FILE.pot NAME.html...\n"
	    "       tmplc --check NAME.html...\n");
	exit(2);
}

struct options {
	const char *out, *pot;
	struct messages messages;
	struct po po[LANGS];
	bool check;
	int first; /* of the views among the arguments */
};

static void
read_options(int argc, char **argv, struct options *o)
{
	int i = 1;
	for (; i < argc && argv[i][0] == '-'; i++) {
		bool more = i + 1 < argc;
		if (strcmp(argv[i], "--check") == 0)
			o->check = true;
		else if (more && strcmp(argv[i], "--out") == 0)
			o->out = argv[++i];
		else if (more && strcmp(argv[i], "--pot") == 0)
			o->pot = argv[++i];
		else if (more && strcmp(argv[i], "--da") == 0)
			o->po[0] = po_read(argv[++i]);
		else if (more && strcmp(argv[i], "--en") == 0)
			o->po[1] = po_read(argv[++i]);
		else
			usage();
	}
	o->first = i;
	for (int lang = 0; lang < LANGS; lang++)
		o->messages.po[lang] = &o->po[lang];
	if (i == argc || (o->out == NULL && o->pot == NULL && !o->check))
		usage();
}

int
main(int argc, char **argv)
{
	struct options o = {0};
	struct pot pot = {0};
	read_options(argc, argv, &o);
	for (int i = o.first; i < argc; i++) {
		struct view view;
		if (o.out != NULL) {
			write_view(o.out, argv[i], &o.messages);
			continue;
		}
		tmpl_parse(argv[i], &view);
		if (o.check)
			tmpl_code(&view, &o.messages);
		pot_collect(&pot, argv[i], view.body);
	}
	if (o.pot != NULL)
		write_pot(o.pot, &pot);
	return 0;
}
