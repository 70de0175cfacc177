/* SPDX-License-Identifier: MPL-2.0 */
#include "tmpl.h"

#include "web/view.h"

/* The tree as C.  Fixed HTML and the messages in it become one string for
 * each language between two values, so that a page is a row of buf_add(). */

enum { TEXT_BYTES = 1 << 24 };

struct emit {
	const struct view *view;
	const struct messages *messages;
	struct buf code;
	struct buf table[LANGS]; /* the fixed strings, as C initialisers */
	struct buf pending[LANGS]; /* the next one */
	int strings;
};

static const char *const lang_names[LANGS] = {"LANG_DA", "LANG_EN"};

/* ---- the header ------------------------------------------------------ */

static void
emit_member(struct buf *b, const struct scope *s, const struct field *f)
{
	int n = (int)f->name.n;
	const char *name = f->name.p;
	buf_byte(b, '\t');
	switch (f->kind) {
	case FIELD_UNKNOWN:
	case FIELD_TEXT:
		buf_fmt(b, "struct str %.*s;\n", n, name);
		break;
	case FIELD_INT:
		buf_fmt(b, "int64_t %.*s;\n", n, name);
		break;
	case FIELD_HTML:
		buf_fmt(b, "struct safe_html %.*s;\n", n, name);
		break;
	case FIELD_BOOL:
		buf_fmt(b, "bool %.*s;\n", n, name);
		break;
	case FIELD_LIST:
		buf_fmt(b, "struct %.*s_%.*s_array %.*s;\n", STR_ARG(s->type),
		    n, name, n, name);
		break;
	case FIELD_VIEW:
		buf_fmt(
		    b, "struct view_%.*s %.*s;\n", STR_ARG(f->view), n, name);
		break;
	case FIELD_VIEW_PTR:
		buf_fmt(b, "const struct view_%.*s *%.*s; /* or NULL */\n",
		    STR_ARG(f->view), n, name);
		break;
	case FIELD_VIEW_LIST:
		buf_fmt(b, "struct view_%.*s_array %.*s;\n", STR_ARG(f->view),
		    n, name);
		break;
	}
}

static void
emit_array(struct buf *b, struct str type)
{
	buf_fmt(b,
	    "struct %.*s;\nstruct %.*s_array {\n"
	    "\tconst struct %.*s *p;\n\tptrdiff_t n;\n};\n\n",
	    STR_ARG(type), STR_ARG(type), STR_ARG(type));
}

/* Elements first, then what holds them. */
static void
emit_struct(struct buf *b, const struct scope *s)
{
	for (const struct field *f = s->fields; f != NULL; f = f->next) {
		if (f->kind == FIELD_LIST)
			emit_struct(b, f->element);
	}
	if (s->depth > 0)
		emit_array(b, s->type);
	buf_fmt(b, "struct %.*s {\n", STR_ARG(s->type));
	for (const struct field *f = s->fields; f != NULL; f = f->next)
		emit_member(b, s, f);
	if (s->fields == NULL)
		buf_add(b, S("\tchar nothing; /* it has no fields */\n"));
	buf_add(b, S("};\n\n"));
}

static void
emit_includes(struct buf *b, const struct view *v, const struct scope *s)
{
	for (const struct field *f = s->fields; f != NULL; f = f->next) {
		if (f->kind == FIELD_LIST)
			emit_includes(b, v, f->element);
		else if (f->view.n > 0 && !str_eq(f->view, v->name))
			buf_fmt(
			    b, "#include \"view_%.*s.h\"\n", STR_ARG(f->view));
	}
}

struct str
tmpl_header(const struct view *v)
{
	struct buf b = buf_new(tool_arena(), TEXT_BYTES);
	struct str name = v->name;
	buf_fmt(&b,
	    "/* Made by tools/tmplc from %.*s.html; edit that. */\n"
	    "#ifndef VIEW_%.*s_H\n#define VIEW_%.*s_H\n\n"
	    "#include \"web/view.h\"\n",
	    STR_ARG(name), STR_ARG(name), STR_ARG(name));
	emit_includes(&b, v, &v->scope);
	buf_byte(&b, '\n');
	emit_array(&b, v->scope.type);
	emit_struct(&b, &v->scope);
	buf_fmt(&b,
	    "void tmpl_%.*s(\n"
	    "    struct buf *, enum lang, const struct view_%.*s *);\n\n"
	    "#endif\n",
	    STR_ARG(name), STR_ARG(name));
	return buf_str(&b);
}

/* ---- the function ---------------------------------------------------- */

static void
indent(struct emit *e, int depth)
{
	for (int i = 0; i < depth; i++)
		buf_byte(&e->code, '\t');
}

static void
escape(struct buf *b, enum position pos, struct str s)
{
	if (pos == POS_TEXT)
		view_text(b, s);
	else
		view_attr(b, s);
}

/* Writes what is pending as one string of the table. */
static void
flush(struct emit *e, int depth)
{
	if (e->pending[0].n == 0 && e->pending[1].n == 0)
		return;
	for (int lang = 0; lang < LANGS; lang++) {
		buf_add(&e->table[lang], S("\t\tS_INIT(\n"));
		tool_c_string(
		    &e->table[lang], buf_str(&e->pending[lang]), "\t\t    ");
		buf_add(&e->table[lang], S("),\n"));
		e->pending[lang].n = 0;
	}
	indent(e, depth);
	buf_fmt(&e->code, "buf_add(b, t[%d]);\n", e->strings++);
}

static void
emit_ref(struct emit *e, struct ref r)
{
	buf_fmt(&e->code, "v%d->%.*s", r.depth, STR_ARG(r.field->name));
}

static void
emit_value(struct emit *e, struct value v, enum position pos, int depth)
{
	static const char *const by_position[] = {"view_text", "view_attr",
	    "view_url", "view_url_local", "view_url_part"};
	const char *call = by_position[pos];
	if (v.format == AS_INT)
		call = "buf_int";
	else if (v.format == AS_NUMBER)
		call = "view_number";
	else if (v.format == AS_HTML)
		call = "view_html";
	else if (v.format == AS_REST)
		call = "view_url_rest";
	indent(e, depth);
	buf_fmt(
	    &e->code, "%s(b, %s", call, v.format == AS_NUMBER ? "lang, " : "");
	emit_ref(e, v.ref);
	buf_add(&e->code, S(");\n"));
}

/* A form's text with %1..%9: fixed pieces and values in turn. */
static void
emit_filled(struct emit *e, const struct node *n, struct str text, int depth)
{
	while (text.n > 0) {
		ptrdiff_t at = 0;
		while (at < text.n &&
		    po_placeholders(str_sub(text, at, at + 2)) == 0)
			at++;
		if (at > 0) {
			struct buf piece = buf_new(tool_arena(), TEXT_BYTES);
			escape(&piece, n->pos, str_sub(text, 0, at));
			indent(e, depth);
			buf_add(&e->code, S("buf_add(b, S(\n"));
			tool_c_string(&e->code, buf_str(&piece), "\t\t\t\t");
			buf_add(&e->code, S("));\n"));
		}
		if (at < text.n)
			emit_value(
			    e, n->args[text.p[at + 1] - '1'], n->pos, depth);
		text = str_sub(text, at + 2, text.n);
	}
}

/* The text to show in a language; the msgid where it is not translated. */
static struct str
translated(const struct emit *e, const struct node *n, int lang, int form)
{
	const struct po *po = e->messages->po[lang];
	const struct po_entry *entry = po != NULL ? po_find(po, n->text) : NULL;
	if (entry == NULL || !po_done(entry) || entry->many.n != n->many.n)
		return form == 0 ? n->text : n->many;
	unsigned allowed = po_placeholders(n->text) | po_placeholders(n->many);
	if ((po_placeholders(entry->text[form]) & ~allowed) != 0)
		tool_fail((struct place){po->path, entry->line, 0},
		    "the translation has a %%1... that the msgid has not");
	return entry->text[form];
}

static void
emit_message_in(struct emit *e, const struct node *n, int lang, int depth)
{
	if (n->many.n == 0) {
		emit_filled(e, n, translated(e, n, lang, 0), depth);
		return;
	}
	indent(e, depth);
	buf_add(&e->code, S("if ("));
	emit_ref(e, n->args[0].ref);
	buf_add(&e->code, S(" == 1) {\n"));
	emit_filled(e, n, translated(e, n, lang, 0), depth + 1);
	indent(e, depth);
	buf_add(&e->code, S("} else {\n"));
	emit_filled(e, n, translated(e, n, lang, 1), depth + 1);
	indent(e, depth);
	buf_add(&e->code, S("}\n"));
}

static void
emit_message(struct emit *e, const struct node *n, int depth)
{
	if (n->n_args == 0) {
		for (int lang = 0; lang < LANGS; lang++)
			escape(&e->pending[lang], n->pos,
			    translated(e, n, lang, 0));
		return;
	}
	flush(e, depth);
	for (int lang = 0; lang < LANGS; lang++) {
		indent(e, depth);
		buf_fmt(&e->code, "if (lang == %s) {\n", lang_names[lang]);
		emit_message_in(e, n, lang, depth + 1);
		indent(e, depth);
		buf_add(&e->code, S("}\n"));
	}
}

static void emit_nodes(struct emit *, const struct node *, int depth);

/* What an {{?x:set}} asks of each kind. */
static const char *
set_test(const struct node *n)
{
	switch (n->value.ref.field->kind) {
	case FIELD_UNKNOWN:
	case FIELD_TEXT:
	case FIELD_LIST:
	case FIELD_VIEW_LIST:
		return ".n > 0";
	case FIELD_HTML:
		return ".trusted.n > 0";
	case FIELD_INT:
		return " != 0";
	case FIELD_VIEW_PTR:
		return " != NULL";
	case FIELD_BOOL:
	case FIELD_VIEW:
		break;
	}
	tool_fail(
	    n->at, "%.*s is always set", STR_ARG(n->value.ref.field->name));
}

static void
emit_if(struct emit *e, const struct node *n, int depth)
{
	flush(e, depth);
	indent(e, depth);
	buf_add(&e->code, S("if ("));
	emit_ref(e, n->value.ref);
	if (n->is_set)
		buf_add(&e->code, str_c(set_test(n)));
	buf_add(&e->code, S(") {\n"));
	emit_nodes(e, n->body, depth + 1);
	if (n->other != NULL) {
		indent(e, depth);
		buf_add(&e->code, S("} else {\n"));
		emit_nodes(e, n->other, depth + 1);
	}
	indent(e, depth);
	buf_add(&e->code, S("}\n"));
}

/* "for (... iN ...) {" over the list. */
static void
emit_for(struct emit *e, const struct node *n, int level, int depth)
{
	indent(e, depth);
	buf_fmt(&e->code, "for (ptrdiff_t i%d = 0; i%d < ", level, level);
	emit_ref(e, n->value.ref);
	buf_fmt(&e->code, ".n; i%d++) {\n", level);
}

static void
emit_list(struct emit *e, const struct node *n, int depth)
{
	int level = n->scope->depth;
	flush(e, depth);
	emit_for(e, n, level, depth);
	indent(e, depth + 1);
	buf_fmt(&e->code, "const struct %.*s *v%d =\n", STR_ARG(n->scope->type),
	    level);
	indent(e, depth + 1);
	buf_add(&e->code, S("    &"));
	emit_ref(e, n->value.ref);
	buf_fmt(&e->code, ".p[i%d];\n", level);
	indent(e, depth + 1);
	buf_fmt(&e->code, "(void)v%d;\n", level);
	emit_nodes(e, n->body, depth + 1);
	indent(e, depth);
	buf_add(&e->code, S("}\n"));
	if (n->other == NULL)
		return;
	indent(e, depth);
	buf_add(&e->code, S("if ("));
	emit_ref(e, n->value.ref);
	buf_add(&e->code, S(".n == 0) {\n"));
	emit_nodes(e, n->other, depth + 1);
	indent(e, depth);
	buf_add(&e->code, S("}\n"));
}

static void
emit_partial(struct emit *e, const struct node *n, int depth)
{
	enum field_kind kind = n->value.ref.field->kind;
	int level = DEPTH_MAX + 1;
	flush(e, depth);
	if (kind == FIELD_VIEW_LIST)
		emit_for(e, n, level, depth++);
	if (kind == FIELD_VIEW_PTR) {
		indent(e, depth++);
		buf_add(&e->code, S("if ("));
		emit_ref(e, n->value.ref);
		buf_add(&e->code, S(" != NULL) {\n"));
	}
	indent(e, depth);
	buf_fmt(&e->code, "tmpl_%.*s(b, lang, %s", STR_ARG(n->text),
	    kind == FIELD_VIEW_PTR ? "" : "&");
	emit_ref(e, n->value.ref);
	if (kind == FIELD_VIEW_LIST)
		buf_fmt(&e->code, ".p[i%d]", level);
	buf_add(&e->code, S(");\n"));
	if (kind != FIELD_VIEW) {
		indent(e, depth - 1);
		buf_add(&e->code, S("}\n"));
	}
}

static void
emit_nodes(struct emit *e, const struct node *n, int depth)
{
	for (; n != NULL; n = n->next) {
		switch (n->kind) {
		case NODE_STATIC:
			for (int lang = 0; lang < LANGS; lang++)
				buf_add(&e->pending[lang], n->text);
			break;
		case NODE_MESSAGE:
			emit_message(e, n, depth);
			break;
		case NODE_VALUE:
			flush(e, depth);
			emit_value(e, n->value, n->pos, depth);
			break;
		case NODE_IF:
			emit_if(e, n, depth);
			break;
		case NODE_LIST:
			emit_list(e, n, depth);
			break;
		case NODE_PARTIAL:
			emit_partial(e, n, depth);
			break;
		}
	}
	flush(e, depth);
}

struct str
tmpl_code(const struct view *v, const struct messages *messages)
{
	struct emit e = {.view = v, .messages = messages};
	e.code = buf_new(tool_arena(), TEXT_BYTES);
	for (int lang = 0; lang < LANGS; lang++) {
		e.table[lang] = buf_new(tool_arena(), TEXT_BYTES);
		e.pending[lang] = buf_new(tool_arena(), TEXT_BYTES);
	}
	emit_nodes(&e, v->body, 1);

	struct buf b = buf_new(tool_arena(), TEXT_BYTES);
	buf_fmt(&b,
	    "/* Made by tools/tmplc from %.*s.html; edit that. */\n"
	    "#include \"view_%.*s.h\"\n\n"
	    "static const struct str text[LANG_COUNT][%d] = {\n",
	    STR_ARG(v->name), STR_ARG(v->name), e.strings > 0 ? e.strings : 1);
	for (int lang = 0; lang < LANGS; lang++) {
		buf_fmt(&b, "\t[%s] = {\n", lang_names[lang]);
		buf_add(&b, buf_str(&e.table[lang]));
		buf_add(
		    &b, e.strings > 0 ? S("\t},\n") : S("\t\t{0},\n\t},\n"));
	}
	buf_fmt(&b,
	    "};\n\nvoid\ntmpl_%.*s(\n    struct buf *b, enum lang lang, "
	    "const struct view_%.*s *v0)\n{\n"
	    "\tconst struct str *t = text[lang];\n"
	    "\t(void)t;\n\t(void)v0;\n",
	    STR_ARG(v->name), STR_ARG(v->name));
	buf_add(&b, buf_str(&e.code));
	buf_add(&b, S("}\n"));
	return buf_str(&b);
}
