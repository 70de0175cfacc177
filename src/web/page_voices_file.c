/* SPDX-License-Identifier: MPL-2.0 */

/* What people said as a file: for whom, and never more than they agreed to
 * (R11).  Each file is noted, so that words that are taken back later can be
 * looked for in it. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/activity.h"
#include "model/merge.h"
#include "model/recall.h"
#include "report/csv.h"
#include "report/qda.h"
#include "view_voices_file.h"
#include "web/gate.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

enum { FILE_BYTES = 64 * 1024 * 1024, AT_ONCE = 1000, NAMED_BY = 60 };

struct file {
	struct req *rq;
	const struct plan *plan;
	int64_t scope; /* of those who will read it */
	struct str format; /* csv, json, qdpx */
	bool json;
	struct csv csv;
	struct buf out; /* of JSON */
	struct qda_source *source; /* of REFI-QDA: `rows` of them */
	ptrdiff_t room;
	int64_t rows;
	struct lines lines; /* of what was made of others */
	struct origins origins;
	struct rules rules; /* what is left out, and why (R11) */
};

static bool
is_settled(const struct contribution *c)
{
	return str_eq(c->state, S("approved")) || str_eq(c->state, S("used")) ||
	    str_eq(c->state, S("not_used")) || str_eq(c->state, S("answered"));
}

/* Approved, or what came of that; for these readers; in agreed words; by each
 * that it was made of; and by nobody whose words are restricted.  What is
 * approved and must stay is noted. */
static bool
goes_out(struct file *f, const struct contribution *c)
{
	struct str words = contribution_words(c);
	const struct line *line = line_find(&f->lines, c->id);
	bool least = line != NULL && line->scope < c->scope;
	struct quoting q = {.scope = least ? line->scope : c->scope,
	    .readers = f->scope,
	    .agreed = (c->wording.n == 0 || c->approval.n == 0 ||
			  str_eq(c->approval, S("yes"))) &&
		(line == NULL || line->agreed),
	    .what = STR_JOIN(
		f->rq->arena, S("“"), utf8_cut(words, NAMED_BY), S("”"))};
	return is_settled(c) && !c->restricted &&
	    !rule_quoted_beyond(&f->rules, &q);
}

static struct str
title_of(const struct file *f, enum record_kind kind, struct id id)
{
	const struct record *r = plan_find(f->plan, kind, id);
	return r == NULL ? S("") : plan_title(f->plan, f->rq->arena, r);
}

/* An alias where one was agreed to; no code, no day closer than a month.  What
 * was made of others goes out only where each of these may be read, so their
 * ids say no more to a reader than the file does. */
enum { COLUMNS = 11, COLUMN_ORIGINS = 9 };
static const char *const columns[COLUMNS] = {"id", "maaned", "slags", "tekst",
    "forkortet", "hvem", "maalgruppe", "aktivitet", "tilstand", "ophav",
    "ophav_hvordan"};

/* Their ids, a space between; *how: the way it was made. */
static struct str
origins_of(const struct file *f, struct id made, struct str *how)
{
	struct buf b = buf_new(f->rq->arena, FILE_BYTES);
	const struct origins *all = &f->origins;
	ptrdiff_t first = origin_find(all, made);
	*how = S("");
	for (ptrdiff_t i = first; i < all->n; i++) {
		if (!id_eq(all->list[i].made, made))
			break;
		*how = all->list[i].split ? S("del") : S("sammen");
		buf_add(&b, i > first ? S(" ") : S(""));
		buf_add(&b, id_text(f->rq->arena, all->list[i].of));
	}
	return buf_str(&b);
}

static void
cells_of(const struct file *f, const struct contribution *c, struct str *cell)
{
	struct arena *a = f->rq->arena;
	struct str day = date_iso(a, date_danish(c->at_us));
	bool named = !str_eq(c->anonymity, S("none"));
	cell[0] = id_text(a, c->id);
	cell[1] = str_sub(day, 0, 7);
	cell[2] = c->kind;
	cell[3] = contribution_words(c);
	cell[4] = c->shortened ? S("ja") : S("nej");
	cell[5] = named ? c->alias : S("");
	cell[6] = title_of(f, KIND_GROUP, c->group);
	cell[7] = title_of(f, KIND_ACTIVITY, c->activity);
	cell[8] = c->state;
	cell[COLUMN_ORIGINS] = origins_of(f, c->id, &cell[COLUMN_ORIGINS + 1]);
}

static void
add_source(struct file *f, const struct contribution *c)
{
	struct arena *a = f->rq->arena;
	struct str cell[COLUMNS];
	if (f->rows == f->room) {
		ptrdiff_t room = f->room > 0 ? 2 * f->room : AT_ONCE;
		struct qda_source *more = arena_new(a, struct qda_source, room);
		for (ptrdiff_t i = 0; i < f->room; i++)
			more[i] = f->source[i];
		f->source = more;
		f->room = room;
	}
	cells_of(f, c, cell);
	f->source[f->rows++] = (struct qda_source){.id = c->id,
	    .name =
		STR_JOIN(a, person_choice(f->rq, contribution_kinds, c->kind),
		    S(" "), cell[1], S(" "), str_sub(cell[0], 28, 36)),
	    .text = cell[3]};
}

static void
json_list(struct buf *out, struct str words)
{
	bool first = true;
	buf_add(out, S("["));
	while (words.n > 0) {
		buf_add(out, first ? S("") : S(","));
		buf_json(out, str_cut(&words, ' '));
		first = false;
	}
	buf_add(out, S("]"));
}

static void
add_row(struct file *f, const struct contribution *c)
{
	struct str cell[COLUMNS];
	if (str_eq(f->format, S("qdpx"))) {
		add_source(f, c);
		return;
	}
	cells_of(f, c, cell);
	if (f->json)
		buf_add(&f->out, f->rows > 0 ? S(",\n{") : S("{"));
	for (int i = 0; i < COLUMNS; i++) {
		if (!f->json) {
			csv_text(&f->csv, cell[i]);
			continue;
		}
		buf_add(&f->out, i > 0 ? S(",") : S(""));
		buf_json(&f->out, str_c(columns[i]));
		buf_add(&f->out, S(":"));
		if (i == COLUMN_ORIGINS)
			json_list(&f->out, cell[i]);
		else
			buf_json(&f->out, cell[i]);
	}
	if (f->json)
		buf_add(&f->out, S("}"));
	else
		csv_row(&f->csv);
	f->rows++;
}

/* The oldest last: a page after the other, so that memory stays bounded. */
static enum err
add_all(struct file *f)
{
	struct contribution_filter filter = {.max = AT_ONCE};
	struct contribution_page page = {.n = AT_ONCE};
	while (page.n == AT_ONCE) {
		enum err e = contribution_list(
		    f->rq->db, f->rq->arena, &f->rq->who, &filter, &page);
		if (e != ERR_OK)
			return e;
		for (ptrdiff_t i = 0; i < page.n; i++) {
			if (goes_out(f, &page.list[i]))
				add_row(f, &page.list[i]);
		}
		if (page.n > 0)
			filter.before = page.list[page.n - 1].id;
	}
	return ERR_OK;
}

static void
begin(struct file *f)
{
	if (f->json) {
		f->out = buf_new(f->rq->arena, FILE_BYTES);
		buf_add(&f->out, S("["));
		return;
	}
	f->csv = csv_new(f->rq->arena, FILE_BYTES, ';', true);
	for (int i = 0; i < COLUMNS; i++)
		csv_text(&f->csv, str_c(columns[i]));
	csv_row(&f->csv);
}

/* Passages of what goes out, and the book they are coded by. */
static enum err
finish_project(struct file *f)
{
	struct codebook book;
	struct codings codings;
	struct str bytes;
	struct req *rq = f->rq;
	struct coding_filter all = {.code = {{0}}};
	enum err e = codebook_get(rq->db, rq->arena, &rq->who, &book);
	if (e == ERR_OK)
		e = coding_list(rq->db, rq->arena, &rq->who, &all, &codings);
	if (e != ERR_OK)
		return e;
	struct qda_project p = {.id = id_new(rq->http->now_us),
	    .name = record_value(&f->plan->network, "name"),
	    .book = &book,
	    .source = f->source,
	    .n_sources = f->rows,
	    .codings = &codings};
	e = qda_project(rq->arena, &p, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("application/zip"), S("stemmer.qdpx"), bytes)
	    : e;
}

static enum err
finish(struct file *f)
{
	struct str bytes;
	struct voices_file note = {f->scope, f->format, f->rows};
	enum err e = export_note(f->rq->db, f->rq->arena, &f->rq->who, &note);
	if (e != ERR_OK)
		return e;
	if (str_eq(f->format, S("qdpx")))
		return finish_project(f);
	if (f->json) {
		buf_add(&f->out, S("]\n"));
		return req_file(f->rq, S("application/json"), S("stemmer.json"),
		    buf_str(&f->out));
	}
	e = csv_done(&f->csv, &bytes);
	return e == ERR_OK ? req_file(f->rq, S("text/csv; charset=utf-8"),
				 S("stemmer.csv"), bytes)
			   : e;
}

/* ---- the page ---- */

static const struct choice formats[] = {
    {"csv", N_("A table (CSV) for a spreadsheet")},
    {"json", N_("JSON for a program")},
    {"qdpx", N_("REFI-QDA (.qdpx) with codes, for NVivo, ATLAS.ti and others")},
    {0},
};

static struct str
format_of(struct str key)
{
	return choice_find(formats, key) != NULL ? key : S("csv");
}

/* f: what was asked for; NULL for an empty form. */
static enum err
show(struct req *rq, const struct file *f)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	bool chosen = f != NULL && f->scope >= 0;
	const struct input inputs[] = {
	    {.kind = INPUT_RADIO,
		.name = "scope",
		.label = N_("Who will read it"),
		.value =
		    chosen ? str_fmt(rq->arena, "%d", (int)f->scope) : S(""),
		.fault = f == NULL || chosen
		    ? NULL
		    : N_("Choose one of the possibilities."),
		.choices = contribution_scopes},
	    {.kind = INPUT_RADIO,
		.name = "format",
		.label = N_("As what"),
		.value = f != NULL ? f->format : S("csv"),
		.choices = formats}};
	struct view_voices_file v = {
	    .head = voice_head(rq, plan, req_tr(rq, "Fetch as a file")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/stemmer/hent"),
	    .cancel = req_network_path(rq, "/stemmer"),
	    .csrf = req_csrf(rq),
	    .has_notes = chosen,
	    .inputs = inputs_view(rq, inputs, COUNT_OF(inputs)),
	};
	if (chosen)
		v.notes = gate_notes(rq, &f->rules);
	tmpl_voices_file(&rq->out, rq->lang, &v);
	return req_html_status(rq, f == NULL ? 200 : 422);
}

/* GET /netvaerk/N/stemmer/hent */
enum err
page_voices_file(struct req *rq)
{
	return show(rq, NULL);
}

/* POST /netvaerk/N/stemmer/hent: the file, or first what stays out of it. */
enum err
page_voices_fetch(struct req *rq)
{
	struct rule_limits limits = rule_limits_default(); /* none in R11 */
	struct file *f = arena_new(rq->arena, struct file, 1);
	f->rq = rq;
	f->format = format_of(req_form(rq, S("format")));
	f->json = str_eq(f->format, S("json"));
	f->rules = rules_new(rq->arena, rq->lang, &limits);
	if (!str_int(req_form(rq, S("scope")), &f->scope) || f->scope < 0 ||
	    f->scope >= SCOPES) {
		f->scope = -1;
		return show(rq, f);
	}
	enum err e = plans_get(rq, &f->plan);
	if (e != ERR_OK)
		return e;
	e = contribution_lines(rq->db, rq->arena, &rq->who, &f->lines);
	if (e == ERR_OK)
		e = contribution_origins(
		    rq->db, rq->arena, &rq->who, &f->origins);
	if (e != ERR_OK)
		return e;
	begin(f);
	e = add_all(f);
	for (ptrdiff_t i = 0; i < f->rules.n; i++)
		f->rules.hit[i].stops = false; /* the rest goes out */
	if (e == ERR_OK && f->rules.n > 0 && !req_checked(rq, S("sure")))
		return show(rq, f);
	return e == ERR_OK ? finish(f) : e;
}
