/* SPDX-License-Identifier: MPL-2.0 */
#include "report/doc_txt.h"

#include "base/buf.h"

/* Room for the words, and for what stands around each part. */
enum { ROOM = DOC_MAX_BYTES + 16 * DOC_MAX_PARTS };

struct txt {
	struct arena *arena;
	struct buf out;
};

static void
gap(struct txt *t)
{
	if (t->out.n > 0)
		buf_add(&t->out, S("\n"));
}

static void
line(struct txt *t, struct str before, struct str words)
{
	if (words.n == 0)
		return;
	buf_add(&t->out, before);
	buf_add(&t->out, words);
	buf_byte(&t->out, '\n');
}

/* A link with where it leads to. */
static struct str
plain(const struct txt *t, const struct doc_text *text)
{
	struct buf b = buf_new(t->arena, ROOM);
	for (const struct doc_run *r = text->first; r != NULL; r = r->next) {
		buf_add(&b, r->text);
		if (r->style != DOC_LINK || str_eq(r->text, r->url))
			continue;
		buf_add(&b, S(" <"));
		buf_add(&b, r->url);
		buf_add(&b, S(">"));
	}
	return buf_str(&b);
}

static void
add_items(struct txt *t, const struct doc_block *b)
{
	int64_t n = 0;
	for (const struct doc_item *i = b->items; i != NULL; i = i->next) {
		struct str before = S("- ");
		if (b->kind == DOC_NUMBERS)
			before = str_fmt(t->arena, "%lld. ", (long long)++n);
		if (b->kind == DOC_PAIRS)
			before =
			    str_cat(t->arena, plain(t, &i->label), S(": "));
		line(t, before, plain(t, &i->text));
	}
}

static void
add_table(struct txt *t, const struct doc_table *table)
{
	line(t, S(""), table->caption);
	for (const struct doc_row *r = table->rows; r != NULL; r = r->next) {
		gap(t);
		for (int c = 0; c < table->n_columns; c++) {
			struct str head = plain(t, &table->header[c]);
			line(t,
			    head.n > 0 ? str_cat(t->arena, head, S(": "))
				       : S(""),
			    plain(t, &r->cells[c]));
		}
	}
}

static void
add_block(struct txt *t, const struct doc_block *b)
{
	gap(t);
	switch (b->kind) {
	case DOC_PAIRS:
	case DOC_BULLETS:
	case DOC_NUMBERS:
		add_items(t, b);
		return;
	case DOC_TABLE:
		add_table(t, b->table);
		return;
	case DOC_LETTER:
		line(t, S(""), plain(t, &b->sender));
		break;
	case DOC_QR:
		line(t, S(""), b->url);
		break;
	default:
		break;
	}
	line(t, S(""), plain(t, &b->text));
}

enum err
doc_txt(struct arena *a, const struct doc *d, struct str *out)
{
	struct txt t = {a, buf_new(a, ROOM)};
	enum err e = doc_check(d);
	if (e != ERR_OK)
		return e;
	line(&t, S(""), d->title);
	line(&t, S(""), d->subject);
	for (const struct doc_block *b = d->blocks; b != NULL; b = b->next)
		add_block(&t, b);
	*out = buf_str(&t.out);
	return t.out.full ? ERR_TOO_LARGE : ERR_OK;
}
