/* SPDX-License-Identifier: MPL-2.0 */
#include "report/doc.h"

#include <assert.h>
#include <math.h>

#include "base/buf.h"
#include "base/utf8.h"

struct doc *
doc_new(struct arena *a, enum lang lang, struct str title)
{
	struct doc *d = arena_new(a, struct doc, 1);
	*d = (struct doc){.arena = a, .lang = lang, .title = title};
	return d;
}

static struct doc_run *
run_add(struct doc *d, struct doc_text *text)
{
	struct doc_run *run = arena_new(d->arena, struct doc_run, 1);
	if (text->last == NULL)
		text->first = run;
	else
		text->last->next = run;
	text->last = run;
	return run;
}

void
doc_run(struct doc *d, struct doc_text *text, enum doc_style style,
    struct str words)
{
	assert(style != DOC_LINK);
	if (words.n == 0)
		return;
	struct doc_run *run = run_add(d, text);
	run->style = style;
	run->text = words;
}

void
doc_link(struct doc *d, struct doc_text *text, struct str words, struct str url)
{
	struct doc_run *run = run_add(d, text);
	run->style = DOC_LINK;
	run->text = words;
	run->url = url;
}

static struct doc_block *
block_add(struct doc *d, enum doc_kind kind)
{
	struct doc_block *b = arena_new(d->arena, struct doc_block, 1);
	b->kind = kind;
	if (d->last == NULL)
		d->blocks = b;
	else
		d->last->next = b;
	d->last = b;
	return b;
}

void
doc_heading(struct doc *d, int level, struct str text)
{
	struct doc_block *b = block_add(d, DOC_HEADING);
	b->level = level;
	doc_run(d, &b->text, DOC_PLAIN, text);
}

struct doc_text *
doc_paragraph(struct doc *d)
{
	return &block_add(d, DOC_PARAGRAPH)->text;
}

void
doc_say(struct doc *d, struct str text)
{
	text = str_replace(d->arena, text, S("\r\n"), S("\n"));
	while (text.n > 0) {
		ptrdiff_t gap = str_find(text, S("\n\n"));
		struct str one = str_sub(text, 0, gap < 0 ? text.n : gap);
		text = str_sub(text, one.n + 2, text.n);
		one = str_trim(one);
		if (one.n > 0)
			doc_run(d, doc_paragraph(d), DOC_PLAIN, one);
	}
}

struct doc_text *
doc_note(struct doc *d)
{
	return &block_add(d, DOC_NOTE)->text;
}

static struct doc_item *
item_add(struct doc *d, enum doc_kind kind)
{
	struct doc_block *b = d->last;
	if (b == NULL || b->kind != kind)
		b = block_add(d, kind);
	struct doc_item *item = arena_new(d->arena, struct doc_item, 1);
	if (b->last_item == NULL)
		b->items = item;
	else
		b->last_item->next = item;
	b->last_item = item;
	return item;
}

struct doc_text *
doc_pair(struct doc *d, struct str label)
{
	struct doc_item *item = item_add(d, DOC_PAIRS);
	doc_run(d, &item->label, DOC_PLAIN, label);
	return &item->text;
}

struct doc_text *
doc_bullet(struct doc *d)
{
	return &item_add(d, DOC_BULLETS)->text;
}

struct doc_text *
doc_number(struct doc *d)
{
	return &item_add(d, DOC_NUMBERS)->text;
}

struct doc_table *
doc_table(struct doc *d, struct str caption, int n_columns)
{
	assert(n_columns >= 1 && n_columns <= DOC_MAX_COLUMNS);
	struct doc_table *t = arena_new(d->arena, struct doc_table, 1);
	t->caption = caption;
	t->n_columns = n_columns;
	t->share = arena_new(d->arena, double, n_columns);
	t->header = arena_new(d->arena, struct doc_text, n_columns);
	for (int i = 0; i < n_columns; i++)
		t->share[i] = 1.0 / n_columns;
	block_add(d, DOC_TABLE)->table = t;
	return t;
}

void
doc_column(
    struct doc *d, struct doc_table *t, int i, struct str header, double share)
{
	assert(i >= 0 && i < t->n_columns);
	t->share[i] = share;
	doc_run(d, &t->header[i], DOC_PLAIN, header);
}

struct doc_text *
doc_row(struct doc *d, struct doc_table *t)
{
	struct doc_row *row = arena_new(d->arena, struct doc_row, 1);
	row->cells = arena_new(d->arena, struct doc_text, t->n_columns);
	if (t->last_row == NULL)
		t->rows = row;
	else
		t->last_row->next = row;
	t->last_row = row;
	return row->cells;
}

void
doc_page_break(struct doc *d)
{
	block_add(d, DOC_BREAK);
}

void
doc_letter(struct doc *d, struct str sender, struct str address)
{
	struct doc_block *b = block_add(d, DOC_LETTER);
	doc_run(d, &b->sender, DOC_PLAIN, sender);
	doc_run(d, &b->text, DOC_PLAIN, address);
}

struct doc_text *
doc_qr(struct doc *d, struct str url)
{
	struct doc_block *b = block_add(d, DOC_QR);
	b->url = url;
	return &b->text;
}

/* ---- checking ---- */

struct check {
	enum err err;
	int64_t parts, bytes;
};

static void
check_str(struct check *c, struct str s)
{
	c->bytes += s.n;
	c->parts++;
	if (!utf8_valid(s))
		c->err = ERR_INVALID;
}

/* Only addresses that a reader may follow without running anything. */
static bool
url_ok(struct str url)
{
	for (ptrdiff_t i = 0; i < url.n; i++) {
		unsigned char byte = (unsigned char)url.p[i];
		if (byte <= ' ' || byte >= 0x7f || byte == '\\' ||
		    byte == '\'' || byte == '"' || byte == '<' || byte == '>')
			return false;
	}
	return str_starts(url, S("https://")) ||
	    str_starts(url, S("http://")) || str_starts(url, S("mailto:"));
}

static void
check_text(struct check *c, const struct doc_text *text)
{
	for (const struct doc_run *r = text->first; r; r = r->next) {
		check_str(c, r->text);
		check_str(c, r->url);
		if (r->style == DOC_LINK && !url_ok(r->url))
			c->err = ERR_INVALID;
	}
}

static void
check_table(struct check *c, const struct doc_table *t)
{
	if (t->n_columns < 1 || t->n_columns > DOC_MAX_COLUMNS) {
		c->err = ERR_INVALID;
		return;
	}
	check_str(c, t->caption);
	for (int i = 0; i < t->n_columns; i++) {
		check_text(c, &t->header[i]);
		if (!isfinite(t->share[i]) || t->share[i] < 0.001 ||
		    t->share[i] > 1000)
			c->err = ERR_INVALID;
	}
	for (const struct doc_row *r = t->rows; r; r = r->next) {
		c->parts += t->n_columns;
		for (int i = 0; i < t->n_columns; i++)
			check_text(c, &r->cells[i]);
	}
}

static void
check_block(struct check *c, const struct doc_block *b)
{
	c->parts++;
	check_text(c, &b->text);
	check_text(c, &b->sender);
	check_str(c, b->url);
	if (b->kind == DOC_QR && (b->url.n > DOC_MAX_QR || !url_ok(b->url)))
		c->err = ERR_INVALID;
	if (b->kind == DOC_HEADING && (b->level < 1 || b->level > DOC_LEVELS))
		c->err = ERR_INVALID;
	for (const struct doc_item *item = b->items; item; item = item->next) {
		c->parts++;
		check_text(c, &item->label);
		check_text(c, &item->text);
	}
	if (b->kind == DOC_TABLE)
		check_table(c, b->table);
}

enum err
doc_check(const struct doc *d)
{
	struct check c = {0};
	check_str(&c, d->title);
	check_str(&c, d->author);
	check_str(&c, d->subject);
	check_str(&c, d->footer);
	/* Years 1970 to 9999, what a PDF date can say. */
	if (d->created_us < 0 || d->created_us >= INT64_C(253402300800000000))
		c.err = ERR_INVALID;
	for (const struct doc_block *b = d->blocks; b; b = b->next)
		check_block(&c, b);
	if (c.err == ERR_OK &&
	    (c.parts > DOC_MAX_PARTS || c.bytes > DOC_MAX_BYTES))
		return ERR_TOO_LARGE;
	return c.err;
}

struct str
doc_plain(struct arena *a, const struct doc_text *text)
{
	struct buf out = buf_new(a, DOC_MAX_BYTES);
	for (const struct doc_run *r = text->first; r; r = r->next)
		buf_add(&out, r->text);
	return buf_str(&out);
}
