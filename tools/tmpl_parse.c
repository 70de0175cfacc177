/* SPDX-License-Identifier: MPL-2.0 */
#include "tmpl.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The markers of a view, by recursive descent: parse_nodes() reads until the
 * marker that closes the block it is in.  The grammar is in doc/views.md. */

struct parser {
	struct str text; /* all of it */
	ptrdiff_t i;
	struct place at; /* of text[i] */
	struct place mark; /* of the marker being read */
	struct html html;
	struct view *view;
	bool any; /* something stands before */
};

/* What ended a run of nodes. */
struct stop {
	enum { STOP_END, STOP_ELSE, STOP_CLOSE } why;
	struct str name; /* of STOP_CLOSE, with its carets */
	struct place at;
};

static void
advance(struct parser *p)
{
	char c = p->text.p[p->i++];
	if (c == '\n') {
		p->at.line++;
		p->at.col = 1;
	} else if (((unsigned char)c & 0xc0) != 0x80) {
		p->at.col++;
	}
}

static bool
ahead(const struct parser *p, struct str what)
{
	return str_starts(str_sub(p->text, p->i, p->text.n), what);
}

/* A marker that fills nothing in and stands alone on its line takes the line
 * with it, so that blocks leave no empty lines. */
static void
skip_line(struct parser *p, ptrdiff_t from, char kind)
{
	if (!html_shrinks(&p->html) || kind == 0 ||
	    strchr("?#/!:>", kind) == NULL)
		return;
	while (from > 0 &&
	    (p->text.p[from - 1] == ' ' || p->text.p[from - 1] == '\t'))
		from--;
	ptrdiff_t to = p->i;
	while (
	    to < p->text.n && (p->text.p[to] == ' ' || p->text.p[to] == '\t'))
		to++;
	bool alone = (from == 0 || p->text.p[from - 1] == '\n') &&
	    to < p->text.n && p->text.p[to] == '\n';
	while (alone && p->i <= to)
		advance(p);
}

/* Reads over "{{...}}" and gives what is inside, trimmed.  }} inside "..."
 * does not end it. */
static struct str
marker_text(struct parser *p)
{
	p->mark = p->at;
	advance(p);
	advance(p);
	ptrdiff_t from = p->i;
	bool comment = p->i < p->text.n && p->text.p[p->i] == '!';
	bool quoted = false;
	while (p->i < p->text.n) {
		char c = p->text.p[p->i];
		if (!quoted && ahead(p, S("}}")))
			break;
		if (c == '\\' && quoted && p->i + 1 < p->text.n)
			advance(p);
		else if (c == '"' && !comment)
			quoted = !quoted;
		advance(p);
	}
	if (p->i >= p->text.n)
		tool_fail(p->mark, "this {{ has no }}");
	struct str inside = str_sub(p->text, from, p->i);
	advance(p);
	advance(p);
	skip_line(p, from - 2, inside.n > 0 ? inside.p[0] : 0);
	return str_trim(inside);
}

static struct node *
node_new(const struct parser *p, enum node_kind kind)
{
	struct node *n = arena_new(tool_arena(), struct node, 1);
	n->kind = kind;
	n->at = p->mark;
	return n;
}

static void
check_format(struct parser *p, struct node *n, struct value v)
{
	if (v.format == AS_HTML)
		html_elements(&p->html, p->mark, "raw HTML");
	if (v.format == AS_REST && n->pos != POS_URL_PART)
		tool_fail(p->mark, ":rest only goes on with an address");
	if (v.format != AS_IS && v.format != AS_REST &&
	    (n->pos == POS_URL || n->pos == POS_URL_LOCAL))
		tool_fail(p->mark, "a number is no address");
}

static struct node *
parse_value(struct parser *p, struct scope *scope, struct str text)
{
	struct node *n = node_new(p, NODE_VALUE);
	n->value = tmpl_value(p->mark, scope, text);
	n->pos = html_field(&p->html, p->mark);
	check_format(p, n, n->value);
	return n;
}

/* White space as one space: a message may be broken over lines. */
static void
message_byte(struct buf *b, char c)
{
	bool space = c == '\n' || c == '\t' || c == ' ' || c == '\r';
	if (!space)
		buf_byte(b, c);
	else if (b->n > 0 && b->p[b->n - 1] != ' ')
		buf_byte(b, ' ');
}

/* "text" or "one|many" from the start of *text; the rest stays in it. */
static void
message_text(struct parser *p, struct node *n, struct str *text)
{
	struct buf part[2] = {
	    buf_new(tool_arena(), 1 << 16), buf_new(tool_arena(), 1 << 16)};
	int at = 0;
	ptrdiff_t i = 1;
	for (; i < text->n && text->p[i] != '"'; i++) {
		if (text->p[i] == '\\' && i + 1 < text->n)
			message_byte(&part[at], text->p[++i]);
		else if (text->p[i] == '|' && ++at > 1)
			tool_fail(p->mark, "a message has two forms at most");
		else if (text->p[i] != '|')
			message_byte(&part[at], text->p[i]);
	}
	n->text = buf_str(&part[0]);
	n->many = buf_str(&part[1]);
	if (n->text.n == 0 || (at == 1 && n->many.n == 0))
		tool_fail(p->mark, "an empty message");
	*text = str_sub(*text, i + 1, text->n);
}

static void
check_message(struct parser *p, struct node *n)
{
	unsigned want = ((1u << n->n_args) - 1) << 1;
	unsigned got = po_placeholders(n->text) | po_placeholders(n->many);
	if (n->many.n > 0 &&
	    (n->n_args == 0 || n->args[0].ref.field->kind != FIELD_INT))
		tool_fail(p->mark,
		    "a message with two forms needs its count "
		    "first: , count:int");
	if (got != want)
		tool_fail(p->mark,
		    "the message has other %%1... than the %d "
		    "value%s behind it",
		    n->n_args, n->n_args == 1 ? "" : "s");
}

static struct node *
parse_message(struct parser *p, struct scope *scope, struct str text)
{
	struct node *n = node_new(p, NODE_MESSAGE);
	n->pos = html_field(&p->html, p->mark);
	if (n->pos != POS_TEXT && n->pos != POS_ATTR)
		tool_fail(p->mark, "a message is no address");
	message_text(p, n, &text);
	text = str_trim(text);
	while (text.n > 0) {
		if (text.p[0] != ',')
			tool_fail(p->mark, "a comma is expected");
		text = str_sub(text, 1, text.n);
		ptrdiff_t end = str_find_byte(text, ',');
		if (end < 0)
			end = text.n;
		struct str arg = str_trim(str_sub(text, 0, end));
		text = str_sub(text, end, text.n);
		if (n->n_args == ARGS_MAX)
			tool_fail(p->mark, "more than %d values", ARGS_MAX);
		n->args[n->n_args] = tmpl_value(p->mark, scope, arg);
		check_format(p, n, n->args[n->n_args++]);
	}
	check_message(p, n);
	return n;
}

/* {{>part}}, {{>part field}}, {{>part *field}}, {{#>part field}} */
static struct node *
parse_partial(struct parser *p, struct scope *scope, struct str text, bool each)
{
	struct node *n = node_new(p, NODE_PARTIAL);
	n->text = str_cut(&text, ' ');
	tmpl_check_name(p->mark, n->text);
	text = str_trim(text);
	enum field_kind kind = each ? FIELD_VIEW_LIST : FIELD_VIEW;
	if (!each && text.n > 0 && text.p[0] == '*') {
		kind = FIELD_VIEW_PTR;
		text = str_sub(text, 1, text.n);
	}
	if (text.n == 0)
		text = n->text;
	html_elements(&p->html, p->mark, "a partial");
	n->value.ref = tmpl_ref(p->mark, scope, text, kind);
	struct field *f = n->value.ref.field;
	if (f->view.n > 0 && !str_eq(f->view, n->text))
		tool_fail(p->mark, "%.*s is another partial in line %d",
		    STR_ARG(f->name), f->line);
	f->view = n->text;
	return n;
}

static struct stop parse_nodes(
    struct parser *, struct scope *, struct node **first);

/* Reads a block's inside up to {{/name}}, with an {{:else}} between. */
static void
parse_block(struct parser *p, struct scope *inner, struct scope *outer,
    struct node *n, struct str name)
{
	struct html before = p->html;
	struct stop stop = parse_nodes(p, inner, &n->body);
	struct html after = p->html;
	if (n->kind == NODE_LIST) {
		html_join(&after, &before, p->mark);
		if (after.state != IN_TEXT &&
		    (after.state == IN_TAG || after.url == URL_MIXED))
			tool_fail(n->at, "no list of attributes or addresses");
	}
	p->html = before;
	if (stop.why == STOP_ELSE)
		stop = parse_nodes(p, outer, &n->other);
	if (stop.why == STOP_END)
		tool_fail(n->at, "%.*s is never closed with {{/%.*s}}",
		    STR_ARG(name), STR_ARG(name));
	if (stop.why == STOP_ELSE)
		tool_fail(stop.at, "a second {{:else}}");
	if (!str_eq(stop.name, name))
		tool_fail(stop.at, "{{/%.*s}}, but %.*s of line %d is open",
		    STR_ARG(stop.name), STR_ARG(name), n->at.line);
	html_join(&p->html, &after, p->mark);
}

static struct node *
parse_if(struct parser *p, struct scope *scope, struct str text)
{
	struct node *n = node_new(p, NODE_IF);
	struct str type = text;
	struct str name = str_trim(str_cut(&type, ':'));
	type = str_trim(type);
	n->is_set = str_eq(type, S("set"));
	if (type.n > 0 && !n->is_set)
		tool_fail(p->mark, "unknown test %.*s (set)", STR_ARG(type));
	n->value.ref = tmpl_ref(
	    p->mark, scope, name, n->is_set ? FIELD_UNKNOWN : FIELD_BOOL);
	parse_block(p, scope, scope, n, name);
	return n;
}

static bool
is_view(const struct parser *p, struct str element)
{
	const char *slash = strrchr(p->view->path, '/');
	int n = slash != NULL ? (int)(slash - p->view->path + 1) : 0;
	struct str path = str_fmt(tool_arena(), "%.*s%.*s_%.*s.html", n,
	    p->view->path, STR_ARG(p->view->name), STR_ARG(element));
	return access(str_cstr(tool_arena(), path), F_OK) == 0;
}

static struct node *
parse_list(struct parser *p, struct scope *scope, struct str name)
{
	struct node *n = node_new(p, NODE_LIST);
	n->value.ref = tmpl_ref(p->mark, scope, name, FIELD_LIST);
	struct field *f = n->value.ref.field;
	if (n->value.ref.depth != scope->depth)
		tool_fail(p->mark, "a list belongs where it stands: no ^");
	if (str_eq(f->name, S("array")) || str_ends(f->name, S("_array")))
		tool_fail(p->mark, "a list cannot be called ..._array");
	if (scope->outer == NULL && is_view(p, f->name))
		tool_fail(p->mark,
		    "its element would have the name of the view %.*s_%.*s",
		    STR_ARG(p->view->name), STR_ARG(f->name));
	if (f->element == NULL) {
		f->element = arena_new(tool_arena(), struct scope, 1);
		*f->element = (struct scope){
		    .outer = scope,
		    .type = str_fmt(tool_arena(), "%.*s_%.*s",
			STR_ARG(scope->type), STR_ARG(f->name)),
		    .depth = scope->depth + 1,
		};
	}
	n->scope = f->element;
	parse_block(p, f->element, scope, n, name);
	return n;
}

/* {{:opens}}, {{:closes}}: before everything else in a file. */
static void
parse_mode(struct parser *p, struct str word)
{
	if (p->any)
		tool_fail(
		    p->mark, "{{:%.*s}} comes first in a file", STR_ARG(word));
	if (str_eq(word, S("opens")))
		p->html.opens = true;
	else if (str_eq(word, S("closes")))
		p->html.closes = true;
	else
		tool_fail(p->mark, "unknown marker {{:%.*s}}", STR_ARG(word));
}

/* One marker that makes a node; NULL when it makes none. */
static struct node *
parse_marker(struct parser *p, struct scope *scope, struct str text)
{
	char c = text.n > 0 ? text.p[0] : 0;
	struct str rest = str_trim(str_sub(text, 1, text.n));
	if (c == 0)
		tool_fail(p->mark, "an empty {{}}");
	if (c == '!')
		return NULL;
	if (c == ':') {
		parse_mode(p, rest);
		return NULL;
	}
	p->any = true;
	html_settle(&p->html, p->mark);
	if (c == '"')
		return parse_message(p, scope, text);
	if (c == '?')
		return parse_if(p, scope, rest);
	if (c == '#' && rest.n > 0 && rest.p[0] == '>')
		return parse_partial(
		    p, scope, str_trim(str_sub(rest, 1, rest.n)), true);
	if (c == '#')
		return parse_list(p, scope, rest);
	if (c == '>')
		return parse_partial(p, scope, rest, false);
	return parse_value(p, scope, text);
}

/* Fixed HTML up to the next marker or the end. */
static struct node *
parse_static(struct parser *p)
{
	p->mark = p->at;
	struct node *n = node_new(p, NODE_STATIC);
	struct buf b = buf_new(tool_arena(), p->text.n + 1);
	while (p->i < p->text.n && !ahead(p, S("{{"))) {
		char c = p->text.p[p->i];
		bool space = c == '\n' || c == '\t' || c == ' ';
		bool drop = space && b.n > 0 && html_shrinks(&p->html) &&
		    b.p[b.n - 1] == '\n';
		html_feed(&p->html, p->at, c);
		p->any = p->any || !space;
		advance(p);
		if (!drop)
			buf_byte(&b, c);
	}
	n->text = buf_str(&b);
	return n;
}

static bool
is_stop(struct parser *p, struct str text, struct stop *stop)
{
	stop->at = p->mark;
	if (str_eq(text, S(":else"))) {
		stop->why = STOP_ELSE;
		html_settle(&p->html, p->mark);
		return true;
	}
	if (text.n == 0 || text.p[0] != '/')
		return false;
	stop->why = STOP_CLOSE;
	stop->name = str_trim(str_sub(text, 1, text.n));
	html_settle(&p->html, p->mark);
	return true;
}

static struct stop
parse_nodes(struct parser *p, struct scope *scope, struct node **last)
{
	struct stop stop = {.why = STOP_END};
	if (scope->depth > DEPTH_MAX)
		tool_fail(p->mark, "lists are nested too deeply");
	while (p->i < p->text.n) {
		struct node *n = NULL;
		if (ahead(p, S("{{"))) {
			struct str text = marker_text(p);
			if (is_stop(p, text, &stop))
				return stop;
			n = parse_marker(p, scope, text);
		} else {
			n = parse_static(p);
		}
		if (n != NULL) {
			*last = n;
			last = &n->next;
		}
	}
	return stop;
}

void
tmpl_parse(const char *path, struct view *view)
{
	*view = (struct view){.path = path, .name = tool_stem(path)};
	struct parser p = {
	    .text = tool_read(path),
	    .at = {path, 1, 1},
	    .mark = {path, 1, 1},
	    .view = view,
	};
	tmpl_check_name(p.mark, view->name);
	view->scope.type =
	    str_fmt(tool_arena(), "view_%.*s", STR_ARG(view->name));
	struct stop stop = parse_nodes(&p, &view->scope, &view->body);
	if (stop.why == STOP_ELSE)
		tool_fail(stop.at, "{{:else}} outside a block");
	if (stop.why == STOP_CLOSE)
		tool_fail(
		    stop.at, "{{/%.*s}} closes nothing", STR_ARG(stop.name));
	html_end(&p.html, p.at);
}
