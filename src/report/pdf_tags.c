/* SPDX-License-Identifier: MPL-2.0 */
#include <qpdf/qpdf-c.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "report/pdf_parts.h"

/*
 * cairo 1.16 writes marked content and link boxes, but a structure tree
 * without table scopes, without elements over several pages, without a
 * language, and nothing about artifacts.  So its tree is thrown away: ours is
 * built from the marks that were made while drawing, and what stands outside
 * of a mark becomes an artifact.  (PDF 1.7: 14.6 to 14.8)
 */
struct finish {
	struct sheet *sheet;
	qpdf_data pdf;
	qpdf_oh root; /* StructTreeRoot */
	qpdf_oh *parents; /* [n_pages] array of the owner of each mark */
	qpdf_oh *link_node; /* [n_links] */
	qpdf_oh *link_box; /* [n_links] the annotation */
};

static void
put(struct finish *f, qpdf_oh dict, const char *key, qpdf_oh value)
{
	qpdf_oh_replace_key(f->pdf, dict, key, value);
}

static qpdf_oh
name(struct finish *f, const char *text)
{
	struct str s = str_cat(f->sheet->arena, S("/"), str_c(text));
	return qpdf_oh_new_name(f->pdf, str_cstr(f->sheet->arena, s));
}

static qpdf_oh
number(struct finish *f, int64_t n)
{
	return qpdf_oh_new_integer(f->pdf, n);
}

static qpdf_oh
unicode(struct finish *f, struct str s)
{
	return qpdf_oh_new_binary_unicode_string(
	    f->pdf, s.n > 0 ? s.p : "", (size_t)s.n);
}

/* ---- content: artifacts ---- */

/* A content stream, read operator by operator. */
struct scan {
	struct str in;
	ptrdiff_t at;
	ptrdiff_t statement; /* where the operands of this operator began */
	bool has_mcid; /* an operand named one */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\0';
}

static bool
is_delimiter(char c)
{
	return is_blank(c) || strchr("()<>[]{}/%", c) != NULL;
}

static void
skip_string(struct scan *s)
{
	int depth = 0;
	for (; s->at < s->in.n; s->at++) {
		char c = s->in.p[s->at];
		if (c == '\\')
			s->at++;
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0) {
			s->at++;
			return;
		}
	}
}

/* The next operator (letters, ' or "), past its operands; empty at the end. */
static struct str
next_operator(struct scan *s)
{
	s->statement = s->at;
	s->has_mcid = false;
	while (s->at < s->in.n) {
		char c = s->in.p[s->at];
		if (c == '(') {
			skip_string(s);
			continue;
		}
		ptrdiff_t from = s->at++;
		if (is_delimiter(c) && c != '/')
			continue;
		while (s->at < s->in.n && !is_delimiter(s->in.p[s->at]))
			s->at++;
		struct str word = str_sub(s->in, from, s->at);
		if (str_eq(word, S("/MCID")))
			s->has_mcid = true;
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		bool hex = from > 0 && s->in.p[from - 1] == '<' &&
		    (from < 2 || s->in.p[from - 2] != '<');
		if ((letter || c == '\'' || c == '"') && !hex)
			return word;
	}
	return (struct str){0};
}

static bool
paints(struct str op)
{
	static const char *const all[] = {"f", "F", "f*", "B", "B*", "b", "b*",
	    "S", "s", "Tj", "TJ", "'", "\"", "Do", "sh"};
	for (ptrdiff_t i = 0; i < COUNT_OF(all); i++) {
		if (str_eq(op, str_c(all[i])))
			return true;
	}
	return false;
}

static void
add_outside(struct buf *out, struct str part, bool painted)
{
	if (painted)
		buf_add(out, S("/Artifact BMC\n"));
	buf_add(out, part);
	if (painted)
		buf_add(out, S("\nEMC\n"));
}

/* Wraps what lies outside of marks; gives the number of marks, -1 when they
 * are not nested as they should be. */
static int
wrap_artifacts(struct buf *out, struct str content)
{
	struct scan s = {.in = content};
	ptrdiff_t from = 0;
	int marks = 0, depth = 0, other = 0;
	bool painted = false;
	struct str op;
	while ((op = next_operator(&s)).n > 0) {
		bool opens = str_eq(op, S("BDC")) || str_eq(op, S("BMC"));
		if (opens && depth == 0 && s.has_mcid && other == 0) {
			add_outside(
			    out, str_sub(content, from, s.statement), painted);
			from = s.statement;
			painted = false;
			depth = 1;
			marks++;
		} else if (opens) {
			*(depth > 0 ? &depth : &other) += 1;
		} else if (str_eq(op, S("EMC")) && depth == 0) {
			other--;
		} else if (str_eq(op, S("EMC")) && --depth == 0) {
			buf_add(out, str_sub(content, from, s.at));
			from = s.at;
		}
		painted = painted || (depth == 0 && paints(op));
	}
	add_outside(out, str_sub(content, from, content.n), painted);
	return depth == 0 && other == 0 ? marks : -1;
}

static bool
rewrite_page(struct finish *f, qpdf_oh page, int wanted)
{
	unsigned char *bytes = NULL;
	size_t n = 0;
	if (qpdf_oh_get_page_content_data(f->pdf, page, &bytes, &n) != 0)
		return false;
	struct arena *a = arena_scratch(f->sheet->arena);
	struct str content =
	    str_dup(a, (struct str){(const char *)bytes, (ptrdiff_t)n});
	free(bytes); /* qpdf allocated it */
	struct buf out = buf_new(a, 2 * content.n + 4096);
	bool ok = wrap_artifacts(&out, content) == wanted && !out.full;
	qpdf_oh stream = qpdf_oh_new_stream(f->pdf);
	qpdf_oh_replace_stream_data(f->pdf, stream,
	    (const unsigned char *)out.p, (size_t)out.n,
	    qpdf_oh_new_null(f->pdf), qpdf_oh_new_null(f->pdf));
	put(f, page, "/Contents", stream);
	arena_close(a);
	return ok;
}

/* ---- the structure tree ---- */

static bool
is_empty(const struct node *node)
{
	if (node->marks != NULL || strcmp(node->tag, "TD") == 0 ||
	    strcmp(node->tag, "TH") == 0)
		return false;
	for (const struct node *c = node->first; c; c = c->next) {
		if (!is_empty(c))
			return false;
	}
	return true;
}

static void
set_attributes(struct finish *f, const struct node *node, qpdf_oh element)
{
	const char *owner = "Table", *key = "/Scope", *value = node->scope;
	if (node->numbered) {
		owner = "List";
		key = "/ListNumbering";
		value = "Decimal";
	}
	if (value == NULL)
		return;
	qpdf_oh dict = qpdf_oh_new_dictionary(f->pdf);
	put(f, dict, "/O", name(f, owner));
	put(f, dict, key, name(f, value));
	put(f, element, "/A", dict);
}

static void
add_mark(struct finish *f, const struct mark *m, qpdf_oh element, qpdf_oh kids)
{
	qpdf_oh mark = qpdf_oh_new_dictionary(f->pdf);
	put(f, mark, "/Type", name(f, "MCR"));
	put(f, mark, "/Pg", qpdf_get_page_n(f->pdf, (size_t)m->page - 1));
	put(f, mark, "/MCID", number(f, m->mcid));
	qpdf_oh_append_item(f->pdf, kids, mark);
	/* Marks of a page are numbered in drawing order, and the tree is in
	 * that order except over page breaks, so place it by number. */
	qpdf_oh owners = f->parents[m->page - 1];
	while (qpdf_oh_get_array_n_items(f->pdf, owners) <= m->mcid)
		qpdf_oh_append_item(f->pdf, owners, qpdf_oh_new_null(f->pdf));
	qpdf_oh_set_array_item(f->pdf, owners, m->mcid, element);
}

/* The element of `node`, with all below it. */
static qpdf_oh
add_element(struct finish *f, const struct node *node, qpdf_oh parent)
{
	qpdf_oh element =
	    qpdf_make_indirect_object(f->pdf, qpdf_oh_new_dictionary(f->pdf));
	qpdf_oh kids = qpdf_oh_new_array(f->pdf);
	put(f, element, "/Type", name(f, "StructElem"));
	put(f, element, "/S", name(f, node->tag));
	put(f, element, "/P", parent);
	set_attributes(f, node, element);
	for (const struct mark *m = node->marks; m; m = m->next)
		add_mark(f, m, element, kids);
	for (const struct node *c = node->first; c; c = c->next) {
		if (!is_empty(c))
			qpdf_oh_append_item(
			    f->pdf, kids, add_element(f, c, element));
	}
	if (node->link >= 0) {
		qpdf_oh box = qpdf_oh_new_dictionary(f->pdf);
		put(f, box, "/Type", name(f, "OBJR"));
		put(f, box, "/Obj", f->link_box[node->link]);
		qpdf_oh_append_item(f->pdf, kids, box);
		f->link_node[node->link] = element;
	}
	if (qpdf_oh_get_array_n_items(f->pdf, kids) > 0)
		put(f, element, "/K", kids);
	return element;
}

static bool
find_boxes(struct finish *f)
{
	int i = 0;
	for (const struct link *l = f->sheet->links; l; l = l->next, i++) {
		qpdf_oh page = qpdf_get_page_n(f->pdf, (size_t)l->page - 1);
		qpdf_oh boxes = qpdf_oh_get_key(f->pdf, page, "/Annots");
		if (!qpdf_oh_is_array(f->pdf, boxes) ||
		    qpdf_oh_get_array_n_items(f->pdf, boxes) <= l->nth)
			return false;
		qpdf_oh box = qpdf_oh_get_array_item(f->pdf, boxes, l->nth);
		if (!qpdf_oh_is_indirect(f->pdf, box))
			return false;
		f->link_box[i] = box;
		put(f, box, "/Contents", unicode(f, l->words));
		put(f, box, "/StructParent", number(f, f->sheet->n_pages + i));
	}
	return true;
}

/* From the number in a page or a link box to its elements. */
static qpdf_oh
parent_tree(struct finish *f)
{
	qpdf_oh list = qpdf_oh_new_array(f->pdf);
	qpdf_oh tree = qpdf_oh_new_dictionary(f->pdf);
	for (int i = 0; i < f->sheet->n_pages; i++) {
		qpdf_oh_append_item(f->pdf, list, number(f, i));
		qpdf_oh_append_item(f->pdf, list,
		    qpdf_make_indirect_object(f->pdf, f->parents[i]));
	}
	for (int i = 0; i < f->sheet->n_links; i++) {
		qpdf_oh_append_item(
		    f->pdf, list, number(f, f->sheet->n_pages + i));
		qpdf_oh_append_item(f->pdf, list, f->link_node[i]);
	}
	put(f, tree, "/Nums", list);
	return qpdf_make_indirect_object(f->pdf, tree);
}

static bool
build_tree(struct finish *f, qpdf_oh catalogue)
{
	struct sheet *s = f->sheet;
	f->parents = arena_new(s->arena, qpdf_oh, s->n_pages);
	f->link_box = arena_new(s->arena, qpdf_oh, s->n_links);
	f->link_node = arena_new(s->arena, qpdf_oh, s->n_links);
	for (int i = 0; i < s->n_pages; i++)
		f->parents[i] = qpdf_oh_new_array(f->pdf);
	if (!find_boxes(f))
		return false;
	f->root =
	    qpdf_make_indirect_object(f->pdf, qpdf_oh_new_dictionary(f->pdf));
	put(f, f->root, "/Type", name(f, "StructTreeRoot"));
	put(f, f->root, "/K", add_element(f, s->root, f->root));
	put(f, f->root, "/ParentTree", parent_tree(f));
	put(f, f->root, "/ParentTreeNextKey",
	    number(f, s->n_pages + s->n_links));
	put(f, catalogue, "/StructTreeRoot", f->root);
	return true;
}

static bool
finish_pages(struct finish *f)
{
	int n = f->sheet->n_pages;
	if (qpdf_get_num_pages(f->pdf) != n)
		return false;
	for (int i = 0; i < n; i++) {
		qpdf_oh page = qpdf_get_page_n(f->pdf, (size_t)i);
		put(f, page, "/StructParents", number(f, i));
		put(f, page, "/Tabs", name(f, "S"));
		int marks = qpdf_oh_get_array_n_items(f->pdf, f->parents[i]);
		if (!rewrite_page(f, page, marks))
			return false;
	}
	return true;
}

static void
finish_catalogue(struct finish *f, qpdf_oh catalogue)
{
	qpdf_oh mark = qpdf_oh_new_dictionary(f->pdf);
	qpdf_oh view = qpdf_oh_new_dictionary(f->pdf);
	put(f, mark, "/Marked", qpdf_oh_new_bool(f->pdf, 1));
	put(f, view, "/DisplayDocTitle", qpdf_oh_new_bool(f->pdf, 1));
	put(f, catalogue, "/MarkInfo", mark);
	put(f, catalogue, "/ViewerPreferences", view);
	put(f, catalogue, "/Lang", unicode(f, lang_code(f->sheet->doc->lang)));
}

static bool
finish_all(struct finish *f, struct str in)
{
	qpdf_silence_errors(f->pdf);
	qpdf_set_suppress_warnings(f->pdf, 1);
	if (qpdf_read_memory(
		f->pdf, "cairo", in.p, (unsigned long long)in.n, NULL) != 0)
		return false;
	qpdf_oh catalogue = qpdf_get_root(f->pdf);
	finish_catalogue(f, catalogue);
	if (!build_tree(f, catalogue) || !finish_pages(f))
		return false;
	if (qpdf_init_write_memory(f->pdf) != 0)
		return false;
	qpdf_set_deterministic_ID(f->pdf, 1);
	qpdf_set_object_stream_mode(f->pdf, qpdf_o_generate);
	return qpdf_write(f->pdf) == 0;
}

enum err
pdf_finish(struct sheet *s, struct str cairo_file, struct str *out)
{
	struct finish f = {.sheet = s, .pdf = qpdf_init()};
	enum err e = ERR_INTERNAL;
	if (finish_all(&f, cairo_file)) {
		*out = str_dup(s->arena,
		    (struct str){(const char *)qpdf_get_buffer(f.pdf),
			(ptrdiff_t)qpdf_get_buffer_length(f.pdf)});
		e = ERR_OK;
	}
	if (qpdf_has_error(f.pdf))
		qpdf_get_error(f.pdf); /* else cleaning up prints it */
	qpdf_cleanup(&f.pdf);
	return e;
}
