/* SPDX-License-Identifier: MPL-2.0 */
#include "tmpl.h"

/* The struct of a view is inferred: a name becomes a field at its first use,
 * of the kind that this use needs, and every other use must agree. */

static const char *const kind_names[] = {"unknown", "text", "a number (:int)",
    "raw HTML (:html)", "a flag", "a list", "a partial", "a partial (*)",
    "an array of a partial"};

void
tmpl_check_name(struct place at, struct str name)
{
	static const char words[] =
	    " auto break case char const continue default do double else enum "
	    "extern float for goto if inline int long register restrict "
	    "return short signed sizeof static struct switch typedef union "
	    "unsigned void volatile while bool true false ";
	if (name.n == 0 || name.p[0] < 'a' || name.p[0] > 'z')
		tool_fail(at, "a name (a-z first) is expected");
	for (ptrdiff_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_')
			tool_fail(at, "'%c' in a name", c);
	}
	struct str word = str_fmt(tool_arena(), " %.*s ", STR_ARG(name));
	if (str_find(str_c(words), word) >= 0)
		tool_fail(at, "%.*s is a word of C; take another name",
		    STR_ARG(name));
}

static struct field *
field_get(struct place at, struct scope *scope, struct str name)
{
	struct field **last = &scope->fields;
	for (; *last != NULL; last = &(*last)->next) {
		if (str_eq((*last)->name, name))
			return *last;
	}
	*last = arena_new(tool_arena(), struct field, 1);
	(*last)->name = name;
	(*last)->line = at.line;
	return *last;
}

/* A field takes the kind of its first use; another one is a mistake. */
static void
field_is(struct place at, struct field *f, enum field_kind kind)
{
	if (f->kind == FIELD_UNKNOWN)
		f->kind = kind;
	else if (kind != FIELD_UNKNOWN && f->kind != kind)
		tool_fail(at, "%.*s is %s here and %s in line %d",
		    STR_ARG(f->name), kind_names[kind], kind_names[f->kind],
		    f->line);
}

struct ref
tmpl_ref(
    struct place at, struct scope *scope, struct str text, enum field_kind kind)
{
	while (text.n > 0 && text.p[0] == '^') {
		if (scope->outer == NULL)
			tool_fail(at, "^ leads out of the view");
		scope = scope->outer;
		text = str_sub(text, 1, text.n);
	}
	tmpl_check_name(at, text);
	struct ref ref = {field_get(at, scope, text), scope->depth};
	field_is(at, ref.field, kind);
	return ref;
}

struct value
tmpl_value(struct place at, struct scope *scope, struct str text)
{
	static const struct {
		struct str name;
		enum value_format format;
		enum field_kind kind;
	} formats[] = {
	    {S_INIT(""), AS_IS, FIELD_TEXT},
	    {S_INIT("int"), AS_INT, FIELD_INT},
	    {S_INIT("number"), AS_NUMBER, FIELD_INT},
	    {S_INIT("html"), AS_HTML, FIELD_HTML},
	    {S_INIT("rest"), AS_REST, FIELD_TEXT},
	};
	bool typed = str_find_byte(text, ':') >= 0;
	struct str name = str_trim(str_cut(&text, ':'));
	text = str_trim(text);
	if (typed && text.n == 0)
		tool_fail(at, "a type is expected behind the colon");
	for (ptrdiff_t i = 0; i < COUNT_OF(formats); i++) {
		if (str_eq(formats[i].name, text))
			return (struct value){
			    tmpl_ref(at, scope, name, formats[i].kind),
			    formats[i].format};
	}
	tool_fail(
	    at, "unknown type %.*s (int number html rest)", STR_ARG(text));
}
