/* SPDX-License-Identifier: MPL-2.0 */

/* The codebook, the passages under each code, and coding a voice. */
#include "base/buf.h"
#include "model/activity.h"
#include "model/coding.h"
#include "model/setting.h"
#include "report/qda.h"
#include "view_book.h"
#include "view_book_one.h"
#include "web/coding_view.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

/* A count of few could give somebody away to those who do not see the
 * people. */
static enum err
people_words(struct req *rq, int64_t n, struct str *out)
{
	struct settings_now now;
	enum err e = setting_list(rq->db, rq->arena, &rq->who, &now);
	if (e != ERR_OK)
		return e;
	int64_t k = setting_number(&now, S("k"));
	bool few = n > 0 && n < k && !actor_may(&rq->who, CAP_PEOPLE);
	*out = few
	    ? req_tr1(rq, "fewer than %1", lang_int(rq->arena, rq->lang, k))
	    : lang_int(rq->arena, rq->lang, n);
	return ERR_OK;
}

/* ---- the form of a code ---- */

static struct view_input_options_array
parent_options(
    struct req *rq, const struct codebook *book, const struct book_code *c)
{
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, book->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < book->n; i++) {
		const struct book_code *p = &book->list[i];
		if (!id_is_set(p->parent) && !id_eq(p->id, c->id))
			list[n++] = (struct view_input_options){
			    .value = id_text(rq->arena, p->id),
			    .label = p->name};
	}
	return (struct view_input_options_array){list, n};
}

static struct view_inputs
code_inputs(struct req *rq, const struct codebook *book,
    const struct book_code *c, const struct book_faults *f)
{
	const struct input in[] = {{.kind = INPUT_LINE,
				       .name = "name",
				       .label = N_("Name"),
				       .value = c->name,
				       .fault = f->name},
	    {.kind = INPUT_TEXT,
		.name = "meaning",
		.label = N_("What it means"),
		.hint = N_("When is it used, and when not?"),
		.value = c->meaning,
		.optional = true,
		.fault = f->meaning},
	    {.kind = INPUT_LINE,
		.name = "letter",
		.label = N_("Letter"),
		.hint = N_("One or two, shown with the colour. Left out: the "
			   "first of the name."),
		.value = c->letter,
		.optional = true,
		.fault = f->letter},
	    {.kind = INPUT_SELECT,
		.name = "colour",
		.label = N_("Colour"),
		.value = c->colour,
		.fault = f->colour,
		.choices = book_colours},
	    {.kind = INPUT_SELECT,
		.name = "parent",
		.label = N_("Below which code"),
		.value = id_is_set(c->parent) ? id_text(rq->arena, c->parent)
					      : S(""),
		.optional = true,
		.fault = f->parent,
		.options = parent_options(rq, book, c)},
	    {.kind = INPUT_LINE,
		.name = "place",
		.label = N_("Place in the list, a number"),
		.value = str_fmt(rq->arena, "%lld", (long long)c->place),
		.optional = true}};
	return inputs_view(rq, in, COUNT_OF(in));
}

static struct book_code
read_code(struct req *rq)
{
	struct book_code c = {.name = req_form(rq, S("name")),
	    .meaning = req_form(rq, S("meaning")),
	    .letter = req_form(rq, S("letter")),
	    .colour = req_form(rq, S("colour"))};
	struct str parent = req_form(rq, S("parent"));
	if (parent.n > 0 && !id_parse(parent, &c.parent))
		c.parent = id_new(1); /* none: the check says so */
	if (!str_int(req_form(rq, S("place")), &c.place) || c.place < 0 ||
	    c.place > BOOK_MOST)
		c.place = 0;
	return c;
}

/* ---- the book ---- */

static enum err
fill_codes(struct req *rq, const struct codebook *book, struct view_book *v)
{
	struct coding_counts counts;
	enum err e = coding_counts(rq->db, rq->arena, &rq->who, &counts);
	struct view_book_codes *rows =
	    arena_new(rq->arena, struct view_book_codes, book->n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < book->n; i++) {
		const struct book_code *c = &book->list[i];
		struct coding_count n = coding_count_of(&counts, c->id);
		rows[i] =
		    (struct view_book_codes){.href = code_href(rq, c->id, ""),
			.name = code_title(rq, book, c),
			.letter = c->letter,
			.colour = c->colour,
			.meaning = c->meaning,
			.retired = c->retired_us > 0};
		e = people_words(rq, n.passages, &rows[i].passages);
		if (e == ERR_OK)
			e = people_words(rq, n.people, &rows[i].people);
	}
	v->codes.p = rows;
	v->codes.n = book->n;
	return e;
}

struct book_form {
	struct book_code code;
	struct book_faults faults;
	struct str error; /* of a file, or "" */
};

static enum err
show_book(struct req *rq, const struct book_form *f, int status)
{
	const struct plan *plan;
	struct codebook book;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = codebook_get(rq->db, rq->arena, &rq->who, &book);
	if (e != ERR_OK)
		return e;
	struct view_book v = {
	    .head = voice_head(rq, plan, req_tr(rq, "Codebook")),
	    .foot = shell_foot(rq),
	    .faults = faults_sentence(rq, f->error),
	    .voices_href = req_network_path(rq, "/stemmer"),
	    .file_href = req_network_path(rq, "/koder/hent"),
	    .action = req_network_path(rq, "/koder"),
	    .import_action = req_network_path(rq, "/koder/import"),
	    .csrf = req_csrf(rq),
	    .id = id_text(rq->arena, f->code.id),
	    .can = actor_may(&rq->who, CAP_ASK),
	    .inputs = code_inputs(rq, &book, &f->code, &f->faults),
	};
	e = fill_codes(rq, &book, &v);
	if (e != ERR_OK)
		return e;
	tmpl_book(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/koder */
enum err
page_book(struct req *rq)
{
	struct book_form f = {
	    .code = {.id = id_new(rq->http->now_us), .colour = S("blue")}};
	return show_book(rq, &f, 200);
}

/* POST /netvaerk/N/koder */
enum err
page_book_add(struct req *rq)
{
	struct codebook book;
	struct book_form f = {.code = read_code(rq)};
	if (!id_parse(req_form(rq, S("id")), &f.code.id))
		return ERR_INVALID;
	enum err e = codebook_get(rq->db, rq->arena, &rq->who, &book);
	if (e != ERR_OK)
		return e;
	book_check(&book, &f.code, &f.faults);
	e = book_save(rq->db, rq->arena, &rq->who, &f.code);
	if (e == ERR_INVALID && !f.faults.any)
		f.error = req_tr(rq, "There are 200 codes already. Use fewer.");
	if (e == ERR_INVALID)
		return show_book(rq, &f, 422);
	struct str path = req_network_path(rq, "/koder");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(path)) : e;
}

/* GET /netvaerk/N/koder/hent: no words of anybody are in it. */
enum err
page_book_file(struct req *rq)
{
	struct codebook book;
	struct str bytes;
	enum err e = codebook_get(rq->db, rq->arena, &rq->who, &book);
	if (e == ERR_OK)
		e = qda_codebook(rq->arena, &book, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("application/xml"), S("kodebog.qdc"), bytes)
	    : e;
}

/* The file of the form: one that was chosen, or its text in a field. */
static struct str
sent_file(struct req *rq)
{
	for (ptrdiff_t i = 0; i < rq->http->n_files; i++) {
		if (rq->http->files[i].bytes.n > 0)
			return rq->http->files[i].bytes;
	}
	return req_form(rq, S("fil"));
}

/* POST /netvaerk/N/koder/import: all of it, or nothing. */
enum err
page_book_import(struct req *rq)
{
	struct book_form f = {
	    .code = {.id = id_new(rq->http->now_us), .colour = S("blue")}};
	struct str bytes = sent_file(rq);
	if (bytes.n == 0) {
		f.error = req_tr(rq, "Choose a codebook file.");
		return show_book(rq, &f, 422);
	}
	struct qdc file = qdc_read(rq->arena, bytes);
	if (file.fault != NULL) {
		f.error = STR_JOIN(rq->arena,
		    req_tr2(rq, N_("Line %1, column %2"),
			lang_int(rq->arena, rq->lang, file.line),
			lang_int(rq->arena, rq->lang, file.column)),
		    S(": "), req_tr(rq, file.fault));
		return show_book(rq, &f, 422);
	}
	enum err e = codebook_import(rq->db, rq->arena, &rq->who, &file.book);
	if (e == ERR_INVALID) {
		f.error = req_tr(rq,
		    "Nothing came in. A code here has the same name as one of "
		    "the file, or there would be more than 200 codes.");
		return show_book(rq, &f, 422);
	}
	struct str path = req_network_path(rq, "/koder");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(path)) : e;
}

/* ---- one code ---- */

static enum err
fill_passages(struct req *rq, const struct codebook *book, struct id code,
    struct view_book_one *v)
{
	struct codings all;
	enum err e = coding_list(rq->db, rq->arena, &rq->who,
	    &(struct coding_filter){.code = code}, &all);
	if (e != ERR_OK)
		return e;
	struct view_book_one_passages *rows =
	    arena_new(rq->arena, struct view_book_one_passages, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct coding *k = &all.list[i];
		const struct book_code *c = codebook_find(book, k->code);
		rows[i] = (struct view_book_one_passages){
		    .href = voice_href(rq, k->contribution, ""),
		    .words = k->words,
		    .memo = k->memo,
		    .look = k->look_us > 0,
		    .code = c == NULL || id_eq(code, c->id)
			? S("")
			: code_title(rq, book, c)};
	}
	v->passages.p = rows;
	v->passages.n = all.n;
	return ERR_OK;
}

static enum err
fill_count(struct req *rq, struct id code, struct view_book_one *v)
{
	struct coding_counts counts;
	struct str people;
	enum err e = coding_counts(rq->db, rq->arena, &rq->who, &counts);
	if (e == ERR_OK)
		e = people_words(
		    rq, coding_count_of(&counts, code).people, &people);
	if (e == ERR_OK)
		v->count = req_tr1(rq, N_("People: %1"), people);
	return e;
}

static enum err
show_code(struct req *rq, const struct codebook *book,
    const struct book_form *f, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct book_code *now = codebook_find(book, f->code.id);
	struct view_book_one v = {
	    .head = voice_head(rq, plan, now->name),
	    .foot = shell_foot(rq),
	    .list_href = req_network_path(rq, "/koder"),
	    .inbox_href =
		STR_JOIN(rq->arena, req_network_path(rq, "/stemmer?kode="),
		    id_text(rq->arena, now->id)),
	    .action = code_href(rq, now->id, ""),
	    .retire_action = code_href(rq, now->id, "/tilstand"),
	    .csrf = req_csrf(rq),
	    .rev = str_fmt(rq->arena, "%lld", (long long)now->rev),
	    .name = code_title(rq, book, now),
	    .letter = now->letter,
	    .colour = now->colour,
	    .meaning = now->meaning,
	    .retired = now->retired_us > 0,
	    .can = actor_may(&rq->who, CAP_ASK),
	    .inputs = code_inputs(rq, book, &f->code, &f->faults),
	};
	e = fill_passages(rq, book, now->id, &v);
	if (e == ERR_OK)
		e = fill_count(rq, now->id, &v);
	if (e != ERR_OK)
		return e;
	tmpl_book_one(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* The book, and the code of the path in it. */
static enum err
load_code(struct req *rq, struct codebook *book, struct book_code *c)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = codebook_get(rq->db, rq->arena, &rq->who, book);
	if (e != ERR_OK)
		return e;
	const struct book_code *found = codebook_find(book, id);
	if (found == NULL)
		return ERR_NOT_FOUND;
	*c = *found;
	return ERR_OK;
}

/* GET /netvaerk/N/koder/ID */
enum err
page_book_one(struct req *rq)
{
	struct codebook book;
	struct book_form f = {.error = S("")};
	enum err e = load_code(rq, &book, &f.code);
	return e == ERR_OK ? show_code(rq, &book, &f, 200) : e;
}

/* POST /netvaerk/N/koder/ID */
enum err
page_book_save(struct req *rq)
{
	struct codebook book;
	struct book_code was;
	struct book_form f = {.code = read_code(rq)};
	enum err e = load_code(rq, &book, &was);
	if (e != ERR_OK)
		return e;
	f.code.id = was.id;
	if (!str_int(req_form(rq, S("rev")), &f.code.rev) || f.code.rev < 1)
		f.code.rev = was.rev;
	book_check(&book, &f.code, &f.faults);
	e = book_save(rq->db, rq->arena, &rq->who, &f.code);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_code(rq, &book, &f, e == ERR_CONFLICT ? 409 : 422);
	struct str href = code_href(rq, was.id, "");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(href)) : e;
}

/* POST /netvaerk/N/koder/ID/tilstand */
enum err
page_book_retire(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = book_retire(rq->db, rq->arena, &rq->who, id,
		    req_checked(rq, S("retired")));
	struct str path = req_network_path(rq, "/koder");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(path)) : e;
}
