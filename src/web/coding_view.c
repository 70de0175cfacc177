/* SPDX-License-Identifier: MPL-2.0 */
#include "web/coding_view.h"

#include "base/buf.h"
#include "web/assets.h"
#include "web/input.h"
#include "web/voice_view.h"

struct str
code_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/koder/"),
	    id_text(rq->arena, id), str_c(rest));
}

struct str
code_title(
    struct req *rq, const struct codebook *book, const struct book_code *c)
{
	const struct book_code *above = codebook_find(book, c->parent);
	return above == NULL
	    ? c->name
	    : STR_JOIN(rq->arena, above->name, S(": "), c->name);
}

enum err
code_options(
    struct req *rq, struct id chosen, bool all, struct view_option_array *out)
{
	struct codebook book;
	ptrdiff_t n = 0;
	enum err e = codebook_get(rq->db, rq->arena, &rq->who, &book);
	if (e != ERR_OK)
		return e;
	struct view_option *rows =
	    arena_new(rq->arena, struct view_option, book.n);
	for (ptrdiff_t i = 0; i < book.n; i++) {
		const struct book_code *c = &book.list[i];
		if (!all && c->retired_us > 0)
			continue;
		rows[n++] =
		    (struct view_option){.value = id_text(rq->arena, c->id),
			.label = code_title(rq, &book, c),
			.chosen = id_eq(c->id, chosen)};
	}
	*out = (struct view_option_array){rows, n};
	return ERR_OK;
}

/* ---- of one contribution ---- */

static void
fill_rows(struct req *rq, const struct codebook *book,
    const struct codings *all, struct view_codings *v)
{
	struct view_codings_rows *rows =
	    arena_new(rq->arena, struct view_codings_rows, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct coding *k = &all->list[i];
		const struct book_code *c = codebook_find(book, k->code);
		rows[i] =
		    (struct view_codings_rows){.id = id_text(rq->arena, k->id),
			.words = k->words,
			.memo = k->memo,
			.look = k->look_us > 0,
			.href = code_href(rq, k->code, ""),
			.name = c == NULL ? S("") : code_title(rq, book, c),
			.letter = c == NULL ? S("") : c->letter,
			.colour = c == NULL ? S("") : c->colour};
	}
	v->rows.p = rows;
	v->rows.n = all->n;
}

static struct view_input_options_array
sentence_options(struct req *rq, const struct contribution *c)
{
	struct str words = contribution_words(c);
	struct passages all = passage_sentences(rq->arena, words);
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		list[i] = (struct view_input_options){
		    .value = str_fmt(rq->arena, "%td", i + 1),
		    .label = passage_words(words, all.list[i])};
	return (struct view_input_options_array){list, all.n};
}

static struct view_input_options_array
code_boxes(struct req *rq, const struct codebook *book)
{
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, book->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < book->n; i++) {
		const struct book_code *c = &book->list[i];
		if (c->retired_us == 0)
			list[n++] = (struct view_input_options){
			    .value = id_text(rq->arena, c->id),
			    .label = STR_JOIN(rq->arena, c->letter, S(" - "),
				code_title(rq, book, c))};
	}
	return (struct view_input_options_array){list, n};
}

static void
fill_form(struct req *rq, const struct codebook *book,
    const struct contribution *c, struct view_codings *v)
{
	struct view_input_options_array codes = code_boxes(rq, book);
	const struct input in[] = {{.kind = INPUT_BOXES,
				       .name = "s",
				       .label = N_("Which sentences"),
				       .value = req_form_all(rq, S("s")),
				       .options = sentence_options(rq, c)},
	    {.kind = INPUT_BOXES,
		.name = "kode",
		.label = N_("Which codes"),
		.value = req_form_all(rq, S("kode")),
		.options = codes},
	    {.kind = INPUT_LINE,
		.name = "memo",
		.label = N_("A note"),
		.value = req_form(rq, S("memo")),
		.optional = true}};
	v->has_codes = codes.n > 0;
	v->from = req_form(rq, S("from"));
	v->to = req_form(rq, S("to"));
	v->text = contribution_words(c);
	v->marked = req_tr1(rq, "Marked: %1", S("%1"));
	v->js_href = asset_url(S("marking.js"));
	v->inputs = inputs_view(rq, in, COUNT_OF(in));
	v->id = id_text(rq->arena, id_new(rq->http->now_us));
	v->rev = str_fmt(rq->arena, "%lld", (long long)c->rev);
	v->book_href = req_network_path(rq, "/koder");
	v->action = voice_href(rq, c->id, "/koder");
	v->drop_action = voice_href(rq, c->id, "/koder/slet");
	v->csrf = req_csrf(rq);
}

enum err
coding_view(
    struct req *rq, const struct contribution *c, struct view_codings *v)
{
	struct codebook book;
	struct codings all;
	enum err e = codebook_get(rq->db, rq->arena, &rq->who, &book);
	if (e == ERR_OK)
		e = coding_list(rq->db, rq->arena, &rq->who,
		    &(struct coding_filter){.contribution = c->id}, &all);
	if (e != ERR_OK)
		return e;
	*v = (struct view_codings){.can = actor_may(&rq->who, CAP_ASK) &&
		voice_is_ready(c) && contribution_words(c).n > 0};
	fill_rows(rq, &book, &all, v);
	fill_form(rq, &book, c, v);
	return ERR_OK;
}
