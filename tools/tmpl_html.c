/* SPDX-License-Identifier: MPL-2.0 */
#include "tmpl.h"

#include <string.h>

/* A tokenizer of the HTML that the house writes: every attribute value in
 * quotes, every element closed in its order, nothing that a strict content
 * security policy would refuse.  What it does not know it refuses. */

static bool
one_of(const char *name, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (strcmp(name, *list) == 0)
			return true;
	}
	return false;
}

static bool
is_void(const char *tag)
{
	static const char *const tags[] = {"area", "base", "br", "col", "embed",
	    "hr", "img", "input", "link", "meta", "source", "track", "wbr",
	    NULL};
	return one_of(tag, tags);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

static bool
inside(const struct html *h, const char *tag)
{
	for (int i = 0; i < h->depth; i++) {
		if (strcmp(h->open[i].name, tag) == 0)
			return true;
	}
	return false;
}

/* The element whose text is read now; "" outside all. */
static const char *
innermost(const struct html *h)
{
	return h->depth > 0 ? h->open[h->depth - 1].name : "";
}

static void
name_add(char *name, int *n, int size, char c)
{
	if (c >= 'A' && c <= 'Z')
		c = (char)(c + ('a' - 'A'));
	if (*n < size - 1) {
		name[(*n)++] = c;
		name[*n] = 0;
	}
}

static void
element_open(struct html *h, struct place at)
{
	if (h->depth == DEPTH_MAX)
		tool_fail(at, "more than %d elements deep", DEPTH_MAX);
	struct html_open *o = &h->open[h->depth++];
	memcpy(o->name, h->tag, sizeof o->name);
	o->line = at.line;
}

static void
element_close(struct html *h, struct place at)
{
	if (h->depth == 0 && h->closes)
		return;
	if (h->depth == 0)
		tool_fail(at, "</%s> closes nothing", h->tag);
	struct html_open *o = &h->open[h->depth - 1];
	if (strcmp(o->name, h->tag) != 0)
		tool_fail(at, "</%s>, but <%s> of line %d is still open",
		    h->tag, o->name, o->line);
	h->depth--;
}

static void
tag_end(struct html *h, struct place at, bool closed)
{
	if (h->http_equiv && h->content)
		tool_fail(at, "no field in a <meta http-equiv>");
	h->state = IN_TEXT;
	if (is_void(h->tag))
		return;
	if (!closed)
		element_open(h, at);
	else if (!inside(h, "svg"))
		tool_fail(at, "<%s/> closes itself only inside svg", h->tag);
}

/* What the content security policy refuses is refused here already. */
static void
attribute_known(struct html *h, struct place at)
{
	if (strncmp(h->attr, "on", 2) == 0)
		tool_fail(at, "no event handler attributes: %s", h->attr);
	if (strcmp(h->attr, "style") == 0)
		tool_fail(at, "no style attributes");
	if (strcmp(h->attr, "http-equiv") == 0)
		h->http_equiv = true;
}

static bool
is_url(const struct html *h)
{
	static const char *const names[] = {"href", "src", "action",
	    "formaction", "cite", "poster", "data", "background", "xlink:href",
	    "manifest", NULL};
	return one_of(h->attr, names);
}

static bool
loads_code(const struct html *h)
{
	static const char *const tags[] = {"script", "link", "iframe", "frame",
	    "object", "embed", "base", "use", NULL};
	return one_of(h->tag, tags);
}

static void
feed_text(struct html *h, struct place at, char c)
{
	const char *in = innermost(h);
	if (c == '<')
		h->state = IN_TAG_OPEN;
	else if (!is_space(c) &&
	    (strcmp(in, "script") == 0 || strcmp(in, "style") == 0))
		tool_fail(at,
		    "<%s> must be empty: the content security "
		    "policy allows files only",
		    in);
}

static void
feed_tag_open(struct html *h, struct place at, char c)
{
	h->tag_n = 0;
	h->gap = h->http_equiv = h->content = false;
	if (c == '/') {
		h->state = IN_END_NAME;
	} else if (c == '!') {
		h->state = IN_MARKUP;
		h->comment = false;
	} else if (is_name(c)) {
		name_add(h->tag, &h->tag_n, sizeof h->tag, c);
		h->state = IN_NAME;
	} else {
		tool_fail(at, "a < that starts no tag; write &lt;");
	}
}

static void
feed_tag(struct html *h, struct place at, char c)
{
	if (c == '>') {
		tag_end(h, at, false);
	} else if (c == '/') {
		h->state = IN_SELF_CLOSE;
	} else if (is_space(c)) {
		h->gap = false;
	} else if (!is_name(c)) {
		tool_fail(at, "'%c' in the tag <%s>", c, h->tag);
	} else if (h->gap) {
		tool_fail(at, "a space is missing before this attribute");
	} else {
		h->attr_n = 0;
		name_add(h->attr, &h->attr_n, sizeof h->attr, c);
		h->state = IN_ATTR_NAME;
	}
}

/* Behind an attribute's name: a value, or an attribute without one. */
static void
feed_attr_end(struct html *h, struct place at, char c)
{
	if (c == '=') {
		attribute_known(h, at);
		h->state = IN_ATTR_EQ;
	} else if (!is_space(c)) {
		attribute_known(h, at);
		h->state = IN_TAG;
		feed_tag(h, at, c);
	} else {
		h->state = IN_ATTR_END;
	}
}

static void
feed_eq(struct html *h, struct place at, char c)
{
	if (is_space(c))
		return;
	if (c != '"' && c != '\'')
		tool_fail(at, "the value of %s must stand in quotes", h->attr);
	h->quote = c;
	h->url = URL_EMPTY;
	h->url_n = 0;
	h->url_head[0] = 0;
	h->state = IN_VALUE;
}

/* Whether the fixed beginning of an address settles where it leads. */
static bool
url_is_fixed(const char *head)
{
	if (head[0] == '/')
		return head[1] != 0 && head[1] != '/' && head[1] != '\\';
	return head[0] == '#' || head[0] == '?' ||
	    strncmp(head, "mailto:", 7) == 0 || strncmp(head, "tel:", 4) == 0;
}

static void
feed_url(struct html *h, struct place at, char c)
{
	if (h->url == URL_FIELD && c != '?' && c != '#' && c != '&')
		tool_fail(at,
		    "behind a field that is an address only ?, # or "
		    "& may follow; make the whole address in C");
	if (h->url == URL_EMPTY)
		h->url = URL_START;
	if (h->url == URL_FIELD)
		h->url = URL_FIXED;
	if (h->url != URL_START)
		return;
	name_add(h->url_head, &h->url_n, sizeof h->url_head, c);
	if (strncmp(h->url_head, "javascript:", 11) == 0 ||
	    strncmp(h->url_head, "//", 2) == 0)
		tool_fail(at, "this address is refused: %s", h->url_head);
	if (url_is_fixed(h->url_head))
		h->url = URL_FIXED;
}

static void
feed_value(struct html *h, struct place at, char c)
{
	if (c == h->quote) {
		h->state = IN_TAG;
		h->gap = true;
	} else if (is_url(h)) {
		feed_url(h, at, c);
	}
}

static void
feed_markup(struct html *h, char c)
{
	if (h->last == '!' && c == '-')
		h->comment = true;
	if (c == '>' && (!h->comment || h->last == '-'))
		h->state = IN_TEXT;
}

static void
feed_end_tag(struct html *h, struct place at, char c)
{
	if (h->state == IN_END_NAME && is_name(c)) {
		name_add(h->tag, &h->tag_n, sizeof h->tag, c);
	} else if (c == '>') {
		element_close(h, at);
		h->state = IN_TEXT;
	} else if (is_space(c)) {
		h->state = IN_END_TAIL;
	} else {
		tool_fail(at, "'%c' in an end tag", c);
	}
}

void
html_feed(struct html *h, struct place at, char c)
{
	switch (h->state) {
	case IN_TEXT:
		feed_text(h, at, c);
		break;
	case IN_TAG_OPEN:
		feed_tag_open(h, at, c);
		break;
	case IN_MARKUP:
		feed_markup(h, c);
		break;
	case IN_NAME:
		if (is_name(c)) {
			name_add(h->tag, &h->tag_n, sizeof h->tag, c);
			break;
		}
		h->state = IN_TAG;
		feed_tag(h, at, c);
		break;
	case IN_TAG:
		feed_tag(h, at, c);
		break;
	case IN_ATTR_NAME:
		if (is_name(c))
			name_add(h->attr, &h->attr_n, sizeof h->attr, c);
		else
			feed_attr_end(h, at, c);
		break;
	case IN_ATTR_END:
		feed_attr_end(h, at, c);
		break;
	case IN_ATTR_EQ:
		feed_eq(h, at, c);
		break;
	case IN_VALUE:
		feed_value(h, at, c);
		break;
	case IN_SELF_CLOSE:
		if (c != '>')
			tool_fail(at, "a / in the middle of a tag");
		tag_end(h, at, true);
		break;
	case IN_END_NAME:
	case IN_END_TAIL:
		feed_end_tag(h, at, c);
		break;
	}
	h->last = c;
}

void
html_settle(struct html *h, struct place at)
{
	const char *in = innermost(h);
	switch (h->state) {
	case IN_TEXT:
		if (strcmp(in, "script") == 0 || strcmp(in, "style") == 0)
			tool_fail(at, "nothing is filled in inside <%s>", in);
		break;
	case IN_NAME:
	case IN_ATTR_NAME:
	case IN_ATTR_END:
		if (h->state != IN_NAME)
			attribute_known(h, at);
		h->gap = h->state != IN_ATTR_END;
		h->state = IN_TAG;
		break;
	case IN_TAG:
	case IN_VALUE:
		break;
	case IN_ATTR_EQ:
		tool_fail(at, "the value of %s must stand in quotes", h->attr);
	case IN_TAG_OPEN:
	case IN_END_NAME:
	case IN_END_TAIL:
	case IN_SELF_CLOSE:
		tool_fail(at, "nothing is filled in into a tag's name");
	case IN_MARKUP:
		tool_fail(at,
		    "nothing is filled in into a comment; "
		    "write {{! ... }}");
	}
	h->last = 0;
}

static enum position
url_field(struct html *h, struct place at)
{
	switch (h->url) {
	case URL_EMPTY:
		h->url = URL_FIELD;
		return loads_code(h) ? POS_URL_LOCAL : POS_URL;
	case URL_FIXED:
		return POS_URL_PART;
	case URL_START:
	case URL_FIELD:
	case URL_MIXED:
		break;
	}
	tool_fail(at,
	    "before this field the address must have begun with "
	    "/x, ?, # or mailto:, or not at all");
}

enum position
html_field(struct html *h, struct place at)
{
	static const char *const refused[] = {
	    "srcset", "srcdoc", "ping", "is", "imagesrcset", NULL};
	static const char *const tags[] = {
	    "animate", "set", "animatetransform", "animatemotion", NULL};
	if (h->state == IN_TEXT)
		return POS_TEXT;
	if (h->state != IN_VALUE)
		tool_fail(at,
		    "a value inside a tag must stand in a quoted "
		    "attribute");
	if (one_of(h->attr, refused) || one_of(h->tag, tags))
		tool_fail(at, "no field in %s of <%s>", h->attr, h->tag);
	if (strcmp(h->attr, "http-equiv") == 0)
		tool_fail(at, "no field in http-equiv");
	if (strcmp(h->tag, "meta") == 0 && strcmp(h->attr, "content") == 0)
		h->content = true;
	return is_url(h) ? url_field(h, at) : POS_ATTR;
}

void
html_elements(const struct html *h, struct place at, const char *what)
{
	static const char *const text_only[] = {
	    "textarea", "title", "option", NULL};
	if (h->state != IN_TEXT || one_of(innermost(h), text_only))
		tool_fail(at, "%s may stand where elements may only", what);
}

bool
html_shrinks(const struct html *h)
{
	return h->state == IN_TEXT && !inside(h, "pre") &&
	    !inside(h, "textarea");
}

static bool
same_elements(const struct html *x, const struct html *y)
{
	if (x->depth != y->depth)
		return false;
	for (int i = 0; i < x->depth; i++) {
		if (strcmp(x->open[i].name, y->open[i].name) != 0)
			return false;
	}
	return true;
}

void
html_join(struct html *h, const struct html *other, struct place at)
{
	if (!same_elements(h, other)) {
		const struct html *more = h->depth > other->depth ? h : other;
		tool_fail(at,
		    "<%s> of line %d is open one way to here and "
		    "closed the other",
		    innermost(more),
		    more->depth > 0 ? more->open[more->depth - 1].line : 0);
	}
	if (h->state != other->state ||
	    (h->state == IN_VALUE &&
		(h->quote != other->quote ||
		    strcmp(h->attr, other->attr) != 0)))
		tool_fail(at,
		    "the two ways to here end in different places "
		    "of a tag");
	if (h->url != other->url)
		h->url = URL_MIXED;
	h->gap |= other->gap;
	h->content |= other->content;
	h->http_equiv |= other->http_equiv;
}

void
html_end(const struct html *h, struct place at)
{
	if (h->state != IN_TEXT)
		tool_fail(at, "the file ends inside a tag");
	if (h->depth > 0 && !h->opens)
		tool_fail(at, "<%s> of line %d is never closed", innermost(h),
		    h->open[h->depth - 1].line);
}
