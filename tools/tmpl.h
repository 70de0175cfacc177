/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TOOLS_TMPL_H
#define TOOLS_TMPL_H

#include "po.h"
#include "tool.h"

/* tmpl.h - the parts of the view compiler.  What it compiles: doc/views.md.
 *
 *	tmplc.c      the program: options, messages, the .pot
 *	tmpl_parse.c the markers and the tree they make
 *	tmpl_fields.c names, their kinds, the scopes they belong to
 *	tmpl_html.c  where in the HTML a marker stands, and what may stand there
 *	tmpl_emit.c  the tree to C
 * Tests: tests/tools/tmplc.c, tests/tools/views.c
 */
enum { DEPTH_MAX = 64, ARGS_MAX = 9, LANGS = 2 };

/* How a value is escaped. */
enum position {
	POS_TEXT,
	POS_ATTR,
	POS_URL, /* all of an address */
	POS_URL_LOCAL, /* all of an address that the browser loads as code */
	POS_URL_PART, /* behind a fixed beginning of an address */
};

enum html_state {
	IN_TEXT,
	IN_TAG_OPEN, /* behind < */
	IN_MARKUP, /* <!doctype>, <!-- --> */
	IN_NAME,
	IN_TAG,
	IN_ATTR_NAME,
	IN_ATTR_END, /* behind a name, before a = that may come */
	IN_ATTR_EQ,
	IN_VALUE,
	IN_SELF_CLOSE, /* behind / */
	IN_END_NAME,
	IN_END_TAIL,
};

enum url_state { URL_EMPTY, URL_START, URL_FIXED, URL_FIELD, URL_MIXED };

struct html_open {
	char name[16];
	int line;
};

/* Where the reader is in the HTML.  A value: branches keep a copy. */
struct html {
	enum html_state state;
	char tag[16], attr[24]; /* lower case, cut */
	int tag_n, attr_n;
	char quote;
	bool gap; /* a space must come before the next attribute */
	bool comment; /* IN_MARKUP: <!-- */
	bool http_equiv; /* the tag has one, and... */
	bool content; /* ...a field in its content= */
	enum url_state url;
	char url_head[16]; /* the fixed beginning of an address, cut */
	int url_n;
	char last; /* the byte before */
	struct html_open open[DEPTH_MAX];
	int depth;
	bool opens, closes; /* elements may be left open, or closed before */
};

/* Takes one byte of fixed HTML. */
void html_feed(struct html *, struct place, char);
/* A marker stands here: what was being read is complete. */
void html_settle(struct html *, struct place);
/* How a value here is escaped; fails where none may stand. */
enum position html_field(struct html *, struct place);
/* Elements may be put in here; fails where only text may stand. */
void html_elements(const struct html *, struct place, const char *what);
/* Whether fixed white space may shrink here. */
bool html_shrinks(const struct html *);
/* Two ways through a branch end here and must be alike. */
void html_join(struct html *, const struct html *other, struct place);
void html_end(const struct html *, struct place);

enum field_kind {
	FIELD_UNKNOWN, /* only asked for with :set so far; text in the end */
	FIELD_TEXT,
	FIELD_INT,
	FIELD_HTML,
	FIELD_BOOL,
	FIELD_LIST,
	FIELD_VIEW, /* a partial's struct */
	FIELD_VIEW_PTR, /* a pointer to one */
	FIELD_VIEW_LIST, /* a partial's array */
};

struct field {
	struct str name, view; /* view: of a partial */
	enum field_kind kind;
	struct scope *element; /* of a list */
	int line; /* where it was first named */
	struct field *next;
};

/* What names are looked up in: the view, or an element of a list. */
struct scope {
	struct scope *outer;
	struct str type; /* "view_plan_items" */
	struct field *fields;
	int depth;
};

struct ref {
	struct field *field;
	int depth; /* of its scope */
};

enum value_format { AS_IS, AS_INT, AS_NUMBER, AS_HTML, AS_REST };

struct value {
	struct ref ref;
	enum value_format format;
};

/* Fails unless it can be the name of a C member. */
void tmpl_check_name(struct place, struct str name);
/* "name", or "^name" one list further out, as a field of that kind. */
struct ref tmpl_ref(
    struct place, struct scope *, struct str text, enum field_kind);
/* "name", "name:int" and the like. */
struct value tmpl_value(struct place, struct scope *, struct str text);

enum node_kind {
	NODE_STATIC,
	NODE_VALUE,
	NODE_MESSAGE,
	NODE_IF,
	NODE_LIST,
	NODE_PARTIAL,
};

struct node {
	enum node_kind kind;
	struct place at;
	enum position pos;
	struct str text; /* fixed HTML; a message's text; a partial's name */
	struct str many; /* a message's second form */
	struct value value; /* of NODE_VALUE; the ref of an IF, LIST, PARTIAL */
	struct value args[ARGS_MAX];
	int n_args;
	bool is_set; /* IF: whether there is something in it */
	struct scope *scope; /* LIST: of an element */
	struct node *body, *other, *next;
};

struct view {
	const char *path;
	struct str name;
	struct scope scope;
	struct node *body;
};

/* Fails at the first mistake.  The tree points into *view: do not move it. */
void tmpl_parse(const char *path, struct view *view);

/* The messages of one language; NULL po: the msgids as they are. */
struct messages {
	const struct po *po[LANGS];
};

struct str tmpl_header(const struct view *);
struct str tmpl_code(const struct view *, const struct messages *);

#endif
