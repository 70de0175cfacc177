/* SPDX-License-Identifier: MPL-2.0 */
#include "report/atom.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "report/xml.h"

enum { ATOM_BYTES = 16 * 1024 * 1024 };

static void
add_element(struct buf *b, const char *name, struct str text)
{
	buf_fmt(b, "<%s>", name);
	xml_add(b, text);
	buf_fmt(b, "</%s>\n", name);
}

static void
add_id(struct arena *a, struct buf *b, struct id id)
{
	add_element(b, "id", str_cat(a, S("urn:uuid:"), id_text(a, id)));
}

static void
add_link(struct buf *b, const char *rel, struct str url)
{
	buf_fmt(b, "<link rel=\"%s\" href=\"", rel);
	xml_add(b, url);
	buf_add(b, S("\"/>\n"));
}

static void
add_entry(struct arena *a, struct buf *b, const struct atom_entry *e)
{
	buf_add(b, S("<entry>\n"));
	add_id(a, b, e->id);
	add_element(b, "title", e->title);
	add_element(b, "updated", time_iso(a, e->us));
	add_link(b, "alternate", e->url);
	if (e->text.n > 0)
		add_element(b, "content", e->text);
	buf_add(b, S("</entry>\n"));
}

static bool
entry_ok(const struct atom_entry *e)
{
	return !utf8_blank(e->title) && utf8_valid(e->title) &&
	    utf8_valid(e->text) && utf8_valid(e->url);
}

static int
newest_first(const void *x, const void *y)
{
	const struct atom_entry *p = x, *q = y;
	return p->us != q->us ? (p->us < q->us) - (p->us > q->us)
			      : id_cmp(q->id, p->id);
}

/* NULL: one of them cannot be written. */
static const struct atom_entry *
sorted(struct arena *a, const struct atom_feed *f)
{
	struct atom_entry *list = arena_new(a, struct atom_entry, f->n + 1);
	for (ptrdiff_t i = 0; i < f->n; i++) {
		if (!entry_ok(&f->entry[i]))
			return NULL;
		list[i] = f->entry[i];
	}
	if (f->n > 0)
		qsort(list, (size_t)f->n, sizeof *list, newest_first);
	return list;
}

enum err
atom_write(struct arena *a, const struct atom_feed *f, struct str *out)
{
	struct buf b = buf_new(a, ATOM_BYTES);
	const struct atom_entry *entry = sorted(a, f);
	if (entry == NULL || !utf8_valid(f->title) || !utf8_valid(f->author) ||
	    !utf8_valid(f->self) || !utf8_valid(f->page))
		return ERR_INVALID;
	buf_add(&b, S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"));
	buf_add(
	    &b, S("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\""));
	xml_add(&b, f->lang);
	buf_add(&b, S("\">\n"));
	add_id(a, &b, f->id);
	add_element(&b, "title", f->title);
	add_element(&b, "updated", time_iso(a, f->n > 0 ? entry[0].us : f->us));
	buf_add(&b, S("<author>"));
	add_element(&b, "name", f->author);
	buf_add(&b, S("</author>\n"));
	add_link(&b, "self", f->self);
	add_link(&b, "alternate", f->page);
	for (ptrdiff_t i = 0; i < f->n; i++)
		add_entry(a, &b, &entry[i]);
	buf_add(&b, S("</feed>\n"));
	*out = buf_str(&b);
	return b.full ? ERR_TOO_LARGE : ERR_OK;
}
