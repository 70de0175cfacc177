/* SPDX-License-Identifier: MPL-2.0 */

/* Ballots on paper: made and printed, read by two, settled where they differ. */
#include "base/buf.h"
#include "model/paper.h"
#include "view_paper.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/round_view.h"
#include "web/sheet.h"
#include "web/shell.h"

static struct str
outcome_words(struct req *rq, enum paper_outcome outcome)
{
	static const char *const words[] = {
	    [PAPER_FIRST] = N_("read once, another reads it again"),
	    [PAPER_AGREES] = N_("both found the same: counted"),
	    [PAPER_DIFFERS] = N_("the two differ"),
	    [PAPER_NO_NUMBER] = N_("there is no ballot with this number"),
	    [PAPER_BAD_CHOICES] = N_("the choices cannot be right"),
	    [PAPER_COUNTED] = N_("it is counted already"),
	    [PAPER_TWO] = N_("two others have read it"),
	};
	return req_tr(rq, words[outcome]);
}

/* "1, 4" or "1=5, 4=3": as it is typed. */
static struct str
typed_form(struct req *rq, const struct round *r, struct str choices)
{
	struct ballot b;
	struct buf out = buf_new(rq->arena, 64 * 1024);
	if (!ballot_parse(rq->arena, r, choices, &b))
		return choices;
	for (ptrdiff_t i = 0; i < b.n; i++) {
		buf_fmt(&out, "%s%lld", i > 0 ? ", " : "",
		    (long long)b.mark[i].option);
		if (r->method == ROUND_POINTS || r->method == ROUND_STARS)
			buf_fmt(&out, "=%lld", (long long)b.mark[i].value);
	}
	return buf_str(&out);
}

static void
fill_state(struct req *rq, const struct round *r, const struct paper_state *s,
    struct view_paper *v)
{
	struct view_paper_differs *rows =
	    arena_new(rq->arena, struct view_paper_differs, s->n_differs);
	for (ptrdiff_t i = 0; i < s->n_differs; i++)
		rows[i] = (struct view_paper_differs){
		    .serial = s->differs[i].serial,
		    .key = req_new_key(rq),
		    .first = s->differs[i].first,
		    .second = s->differs[i].second,
		    .first_words = typed_form(rq, r, s->differs[i].first),
		    .second_words = typed_form(rq, r, s->differs[i].second)};
	v->differs.p = rows;
	v->differs.n = s->n_differs;
	v->n_differs = s->n_differs;
	v->made = s->made;
	v->once = s->once;
	v->counted = s->counted;
}

static void
fill_rows(struct req *rq, const struct paper_rows *read, struct view_paper *v)
{
	struct view_typed_rows *rows =
	    arena_new(rq->arena, struct view_typed_rows, read->n);
	for (ptrdiff_t i = 0; i < read->n; i++)
		rows[i] = (struct view_typed_rows){.typed = read->list[i].typed,
		    .outcome = outcome_words(rq, read->list[i].outcome)};
	v->typed.rows.p = rows;
	v->typed.rows.n = read->n;
}

/* What needs another look stays in the form. */
static struct str
left_over(struct req *rq, const struct paper_rows *read)
{
	struct buf b = buf_new(rq->arena, 1024 * 1024);
	for (ptrdiff_t i = 0; i < read->n; i++) {
		enum paper_outcome o = read->list[i].outcome;
		if (o != PAPER_NO_NUMBER && o != PAPER_BAD_CHOICES)
			continue;
		buf_add(&b, read->list[i].typed);
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}

struct desk {
	const struct round *round;
	const struct paper_rows *read; /* or NULL */
	struct str typed, fault;
	int status;
};

static enum err
show(struct req *rq, const struct desk *d)
{
	const struct plan *plan;
	struct paper_state state;
	const struct round *r = d->round;
	bool graded = r->method == ROUND_POINTS || r->method == ROUND_STARS;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = paper_state(rq->db, rq->arena, &rq->who, r, &state);
	if (e != ERR_OK)
		return e;
	const struct input in = {.kind = INPUT_TEXT,
	    .name = "rows",
	    .label = N_("One ballot a line: its number; what is chosen"),
	    .hint = graded ? N_("For example: 17-K3QF-9XTR; 1=5, 4=3")
			   : N_("For example: 17-K3QF-9XTR; 1, 4"),
	    .value = d->typed,
	    .rows = 10};
	struct view_paper v = {
	    .head = round_head(rq, plan, req_tr(rq, "Ballots on paper")),
	    .foot = shell_foot(rq),
	    .faults = faults_sentence(rq, d->fault),
	    .question = record_value(&r->record, "question"),
	    .round_href = round_href(rq, r->record.id, ""),
	    .csrf = req_csrf(rq),
	    .is_open = round_takes(r, rq->http->now_us),
	    .may_settle = actor_may(&rq->who, CAP_ASK),
	    .may_make =
		actor_may(&rq->who, CAP_ASK) && r->state != ROUND_CLOSED,
	    .read_action = round_href(rq, r->record.id, "/papir"),
	    .settle_action = round_href(rq, r->record.id, "/papir/afgoer"),
	    .make_action = round_href(rq, r->record.id, "/papir/lav"),
	    .make_key = req_new_key(rq),
	    .in_all = lang_int(rq->arena, LANG_EN, state.made + 20),
	    .pdf_href = round_href(rq, r->record.id, "/stemmesedler.pdf"),
	    .odt_href = round_href(rq, r->record.id, "/stemmesedler.odt"),
	    .fields = inputs_view(rq, &in, 1).fields,
	};
	fill_state(rq, r, &state, &v);
	if (d->read != NULL)
		fill_rows(rq, d->read, &v);
	tmpl_paper(&rq->out, rq->lang, &v);
	return req_html_status(rq, d->status);
}

/* GET /netvaerk/N/prioritering/ID/papir */
enum err
page_ballots(struct req *rq)
{
	struct round r;
	enum err e = round_of(rq, &rq->who, &r);
	return e == ERR_OK
	    ? show(rq, &(struct desk){.round = &r, .status = 200})
	    : e;
}

/* POST /netvaerk/N/prioritering/ID/papir */
enum err
page_ballots_read(struct req *rq)
{
	struct round r;
	struct paper_rows rows = {.text = req_form(rq, S("rows"))};
	struct desk d = {.round = &r, .typed = rows.text, .status = 422};
	enum err e = round_of(rq, &rq->who, &r);
	if (e == ERR_OK)
		e = paper_read(rq->db, rq->arena, &rq->who, &r, &rows);
	if (e == ERR_CONFLICT)
		d.fault = req_tr(rq, "The round takes no votes now.");
	else if (e == ERR_TOO_LARGE)
		d.fault = req_tr(rq,
		    "These are more lines than can be read "
		    "at once.");
	else if (e != ERR_OK)
		return e;
	if (d.fault.n > 0)
		return show(rq, &d);
	d.read = &rows;
	d.typed = left_over(rq, &rows);
	d.status = 200;
	return show(rq, &d);
}

static enum err
back_to(struct req *rq, const struct round *r)
{
	struct str path = round_href(rq, r->record.id, "/papir");
	return req_redirect(rq, "%.*s", STR_ARG(path));
}

/* POST /netvaerk/N/prioritering/ID/papir/afgoer: sent twice, it is settled. */
enum err
page_ballots_settle(struct req *rq)
{
	struct round r;
	struct paper_fix fix;
	enum err e = round_of(rq, &rq->who, &r);
	if (e != ERR_OK)
		return e;
	if (!str_int(req_form(rq, S("serial")), &fix.serial) ||
	    !ballot_parse(
		rq->arena, &r, req_form(rq, S("choices")), &fix.ballot))
		return ERR_INVALID;
	e = paper_settle(rq->db, rq->arena, &rq->who, &r, &fix);
	return e == ERR_OK || e == ERR_NOT_FOUND ? back_to(rq, &r) : e;
}

/* POST /netvaerk/N/prioritering/ID/papir/lav */
enum err
page_ballots_make(struct req *rq)
{
	struct round r;
	int64_t in_all;
	enum err e = round_of(rq, &rq->who, &r);
	if (e != ERR_OK)
		return e;
	struct desk d = {.round = &r, .status = 422};
	e = ERR_TOO_LARGE;
	if (str_int(req_form(rq, S("in_all")), &in_all) && in_all > 0)
		e = paper_make(rq->db, rq->arena, &rq->who, &r, in_all);
	if (e == ERR_TOO_LARGE) {
		d.fault = req_tr1(rq, "Make at most %1 at a time.",
		    lang_int(rq->arena, rq->lang, PAPER_ONCE));
		return show(rq, &d);
	}
	return e == ERR_OK ? back_to(rq, &r) : e;
}

/* ---- to print ---- */

static struct str
how_to(struct req *rq, const struct round *r)
{
	if (r->method == ROUND_POINTS)
		return req_tr1(rq,
		    "You have %1 points. Write how many each "
		    "gets.",
		    lang_int(rq->arena, rq->lang, r->points));
	if (r->method == ROUND_STARS)
		return req_tr(rq,
		    "Write 1 to 5 at each: 1 is no, 5 is very "
		    "good.");
	if (r->most > 0)
		return req_tr1(rq, "Put a cross at %1 or fewer.",
		    lang_int(rq->arena, rq->lang, r->most));
	return req_tr(rq, "Put a cross at those you want.");
}

static void
add_ballot(
    struct req *rq, struct doc *doc, const struct round *r, int64_t serial)
{
	doc_heading(doc, 1, record_value(&r->record, "question"));
	doc_say(doc, record_value(&r->record, "about"));
	doc_run(doc, doc_paragraph(doc), DOC_BOLD, how_to(rq, r));
	struct doc_table *t = doc_table(doc, req_tr(rq, "Options"), 3);
	doc_column(doc, t, 0, req_tr(rq, "Your choice"), 0.2);
	doc_column(doc, t, 1, req_tr(rq, "No."), 0.1);
	doc_column(doc, t, 2, req_tr(rq, "Option"), 0.7);
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		const struct round_option *o = &r->option[i];
		struct doc_text *cells = doc_row(doc, t);
		doc_run(doc, &cells[0], DOC_PLAIN, S("[     ]"));
		doc_run(doc, &cells[1], DOC_PLAIN,
		    lang_int(rq->arena, rq->lang, o->number));
		doc_run(doc, &cells[2], DOC_BOLD, o->title);
		if (round_has_costs(r))
			doc_run(doc, &cells[2], DOC_PLAIN,
			    STR_JOIN(
				rq->arena, S(", "), round_money(rq, o->cost)));
		if (o->about.n > 0)
			doc_run(doc, &cells[2], DOC_PLAIN,
			    str_cat(rq->arena, S("\n"), o->about));
	}
	doc_run(doc, doc_paragraph(doc), DOC_PLAIN,
	    req_tr1(rq,
		"Ballot %1. It counts once, and nobody keeps a note of "
		"who got which.",
		paper_number(rq->arena, &rq->who, r, serial)));
}

/* A page each; those that were printed elsewhere are named on one of their own
 * (doc/decisions/0032-moving-a-network.md). */
static void
add_ballots(struct req *rq, struct doc *doc, const struct round *r,
    const struct paper_own *papers)
{
	bool first = true;
	for (ptrdiff_t i = 0; i < papers->n; i++) {
		if (!papers->own[i])
			continue;
		if (!first)
			doc_page_break(doc);
		add_ballot(rq, doc, r, i + 1);
		first = false;
	}
	if (papers->others == 0)
		return;
	if (!first)
		doc_page_break(doc);
	doc_say(doc,
	    req_tr1(rq,
		"Ballots that were printed where the network was before: %1. "
		"They count. They cannot be printed again here.",
		lang_int(rq->arena, rq->lang, papers->others)));
}

static enum err
make_doc(struct req *rq, struct doc **out)
{
	struct round r;
	struct paper_own papers;
	enum err e = round_of(rq, &rq->who, &r);
	if (e == ERR_OK)
		e = paper_own(rq->db, rq->arena, &rq->who, &r, &papers);
	if (e == ERR_OK && papers.n == 0)
		e = ERR_NOT_FOUND;
	if (e != ERR_OK)
		return e;
	struct doc *doc =
	    doc_new(rq->arena, rq->lang, req_tr(rq, "Ballots on paper"));
	doc->author = rq->org->name;
	doc->created_us = rq->http->now_us;
	add_ballots(rq, doc, &r, &papers);
	*out = doc;
	return ERR_OK;
}

static enum err
ballots(struct req *rq, bool pdf)
{
	struct doc *doc;
	enum err e = make_doc(rq, &doc);
	return e == ERR_OK ? sheet_answer(rq, doc, "stemmesedler", pdf) : e;
}

/* GET /netvaerk/N/prioritering/ID/stemmesedler.pdf */
enum err
page_ballots_pdf(struct req *rq)
{
	return ballots(rq, true);
}

/* GET /netvaerk/N/prioritering/ID/stemmesedler.odt */
enum err
page_ballots_odt(struct req *rq)
{
	return ballots(rq, false);
}
