/* SPDX-License-Identifier: MPL-2.0 */
#include "web/doc_view.h"

static struct view_runs
runs_of(struct req *rq, const struct doc_text *text)
{
	ptrdiff_t n = 0;
	for (const struct doc_run *r = text->first; r != NULL; r = r->next)
		n++;
	struct view_runs_list *list =
	    arena_new(rq->arena, struct view_runs_list, n);
	n = 0;
	for (const struct doc_run *r = text->first; r != NULL; r = r->next) {
		struct view_runs_list *v = &list[n++];
		switch (r->style) {
		case DOC_BOLD:
			v->bold = r->text;
			break;
		case DOC_EMPHASIS:
			v->emphasis = r->text;
			break;
		case DOC_LINK:
			v->href = r->url;
			v->link = r->text;
			break;
		case DOC_PLAIN:
			v->plain = r->text;
			break;
		}
	}
	return (struct view_runs){.list = {list, n}};
}

/* Of pairs, bullets and numbers; only pairs have labels. */
static void
fill_items(
    struct req *rq, const struct doc_block *b, struct view_document_blocks *v)
{
	ptrdiff_t n = 0;
	for (const struct doc_item *i = b->items; i != NULL; i = i->next)
		n++;
	struct view_document_blocks_items *list =
	    arena_new(rq->arena, struct view_document_blocks_items, n);
	v->items.p = list;
	for (const struct doc_item *i = b->items; i != NULL; i = i->next)
		list[v->items.n++] = (struct view_document_blocks_items){
		    .label = runs_of(rq, &i->label),
		    .text = runs_of(rq, &i->text)};
}

static struct view_document_blocks_rows
row_of(struct req *rq, const struct doc_table *t, const struct doc_row *r)
{
	struct view_document_blocks_rows_cells *cells = arena_new(
	    rq->arena, struct view_document_blocks_rows_cells, t->n_columns);
	for (int c = 0; c < t->n_columns; c++)
		cells[c].text = runs_of(rq, &r->cells[c]);
	return (struct view_document_blocks_rows){
	    .cells = {cells, t->n_columns}};
}

static void
fill_table(
    struct req *rq, const struct doc_table *t, struct view_document_blocks *v)
{
	ptrdiff_t n = 0;
	struct view_document_blocks_columns *columns = arena_new(
	    rq->arena, struct view_document_blocks_columns, t->n_columns);
	for (int c = 0; c < t->n_columns; c++)
		columns[c].text = runs_of(rq, &t->header[c]);
	for (const struct doc_row *r = t->rows; r != NULL; r = r->next)
		n++;
	struct view_document_blocks_rows *rows =
	    arena_new(rq->arena, struct view_document_blocks_rows, n);
	n = 0;
	for (const struct doc_row *r = t->rows; r != NULL; r = r->next)
		rows[n++] = row_of(rq, t, r);
	v->caption = t->caption;
	v->columns.p = columns;
	v->columns.n = t->n_columns;
	v->rows.p = rows;
	v->rows.n = n;
}

static struct view_document_blocks
block_of(struct req *rq, const struct doc_block *b)
{
	struct view_document_blocks v = {.text = runs_of(rq, &b->text)};
	switch (b->kind) {
	case DOC_HEADING:
		v.h2 = b->level == 1;
		v.h3 = b->level == 2;
		v.h4 = b->level == 3;
		v.h5 = b->level == 4;
		break;
	case DOC_NOTE:
		v.note = true;
		break;
	case DOC_PAIRS:
		v.pairs = true;
		fill_items(rq, b, &v);
		break;
	case DOC_BULLETS:
		v.bullets = true;
		fill_items(rq, b, &v);
		break;
	case DOC_NUMBERS:
		v.numbers = true;
		fill_items(rq, b, &v);
		break;
	case DOC_TABLE:
		fill_table(rq, b->table, &v);
		break;
	case DOC_PARAGRAPH:
	case DOC_LETTER:
	case DOC_QR:
		v.paragraph = b->text.first != NULL;
		break;
	case DOC_BREAK:
		break;
	}
	return v;
}

struct view_document
doc_view(struct req *rq, const struct doc *doc)
{
	ptrdiff_t n = 0;
	for (const struct doc_block *b = doc->blocks; b != NULL; b = b->next)
		n++;
	struct view_document_blocks *list =
	    arena_new(rq->arena, struct view_document_blocks, n);
	n = 0;
	for (const struct doc_block *b = doc->blocks; b != NULL; b = b->next)
		list[n++] = block_of(rq, b);
	return (struct view_document){.blocks = {list, n}};
}
