/* SPDX-License-Identifier: MPL-2.0 */

/* Forms on paper: typed by two, settled where they differ. */
#include "base/buf.h"
#include "view_measure_paper.h"
#include "web/faults.h"
#include "web/measure_view.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

static struct str
outcome_words(struct req *rq, enum measure_outcome outcome)
{
	static const char *const words[] = {
	    [MEASURE_FIRST] = N_("read once, another reads it again"),
	    [MEASURE_AGREES] = N_("both found the same: counted"),
	    [MEASURE_DIFFERS] = N_("the two differ"),
	    [MEASURE_NO_CODE] = N_("there is nobody with this code"),
	    [MEASURE_NO_GUARDIAN] = N_("a parent must say yes first"),
	    [MEASURE_BAD_ANSWERS] = N_("the answers do not fit the questions"),
	    [MEASURE_COUNTED] = N_("there is an answer with this code already"),
	};
	return req_tr(rq, words[outcome]);
}

/* What needs another look stays in the form. */
static struct str
left_over(struct req *rq, const struct measure_papers *read)
{
	struct buf b = buf_new(rq->arena, 1024 * 1024);
	for (ptrdiff_t i = 0; i < read->n; i++) {
		enum measure_outcome o = read->list[i].outcome;
		if (o != MEASURE_NO_CODE && o != MEASURE_NO_GUARDIAN &&
		    o != MEASURE_BAD_ANSWERS)
			continue;
		buf_add(&b, read->list[i].typed);
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}

/* "4 x -", as it is typed, and the words. */
static struct str
as_typed(struct req *rq, struct str answers, struct str words)
{
	struct buf b = buf_new(rq->arena, 4096);
	for (ptrdiff_t i = 0; i < answers.n; i++) {
		char c = answers.p[i];
		buf_byte(&b, c == '0' ? '-' : c == '6' ? 'x' : c);
		buf_byte(&b, ' ');
	}
	buf_add(&b, words);
	return buf_str(&b);
}

static void
fill_desk(struct req *rq, const struct measure_desk *desk,
    struct view_measure_paper *v)
{
	struct view_measure_paper_differs *rows = arena_new(
	    rq->arena, struct view_measure_paper_differs, desk->n_differs);
	for (ptrdiff_t i = 0; i < desk->n_differs; i++) {
		const struct measure_differs *d = &desk->differs[i];
		rows[i] = (struct view_measure_paper_differs){.code = d->code,
		    .who = d->who,
		    .key = req_new_key(rq),
		    .first = as_typed(rq, d->answers[0], d->words[0]),
		    .second = as_typed(rq, d->answers[1], d->words[1])};
	}
	v->differs.p = rows;
	v->differs.n = desk->n_differs;
	v->n_differs = desk->n_differs;
	v->once = desk->once;
}

static void
fill_rows(struct req *rq, const struct measure *m,
    const struct measure_papers *read, struct view_measure_paper *v)
{
	struct view_typed_rows *rows =
	    arena_new(rq->arena, struct view_typed_rows, read->n);
	struct view_measure_paper_items *items =
	    arena_new(rq->arena, struct view_measure_paper_items, m->n_items);
	for (ptrdiff_t i = 0; i < read->n; i++)
		rows[i] = (struct view_typed_rows){.typed = read->list[i].typed,
		    .outcome = outcome_words(rq, read->list[i].outcome)};
	for (ptrdiff_t i = 0; i < m->n_items; i++)
		items[i].words = measure_item_text(&m->item[i], rq->lang);
	v->typed.rows.p = rows;
	v->typed.rows.n = read->n;
	v->items.p = items;
	v->items.n = m->n_items;
}

static enum err
show(struct req *rq, const struct measure *m, const struct measure_papers *read,
    struct str fault)
{
	const struct plan *plan;
	struct measure_desk desk;
	bool retro = m->design == MEASURE_RETROSPECTIVE;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = measure_desk(rq->db, rq->arena, &rq->who, m, &desk);
	if (e != ERR_OK)
		return e;
	const struct input in = {.kind = INPUT_TEXT,
	    .name = "rows",
	    .label = N_("One form a line: the code; the answers; what is "
			"written"),
	    .hint = retro
		? N_("For example: K-1842; 2/4 3/3 x/5; It is easier. First "
		     "then, then now. x is do not know, - is no answer.")
		: N_("For example: K-1842; 4 x -; It is easier. x is do not "
		     "know, - is no answer."),
	    .value = fault.n > 0 ? read->text : left_over(rq, read),
	    .rows = 10};
	struct view_measure_paper v = {
	    .head = measure_head(rq, plan, req_tr(rq, "Answers on paper")),
	    .foot = shell_foot(rq),
	    .faults = faults_sentence(rq, fault),
	    .title = record_value(&m->record, "title"),
	    .back = measure_href(rq, m->record.id, ""),
	    .csrf = req_csrf(rq),
	    .is_open = measure_now(m) != NULL,
	    .may_settle = actor_may(&rq->who, CAP_ASK),
	    .read_action = measure_href(rq, m->record.id, "/papir"),
	    .settle_action = measure_href(rq, m->record.id, "/papir/afgoer"),
	    .fields = inputs_view(rq, &in, 1).fields,
	};
	fill_desk(rq, &desk, &v);
	fill_rows(rq, m, read, &v);
	tmpl_measure_paper(&rq->out, rq->lang, &v);
	return req_html_status(rq, fault.n > 0 ? 422 : 200);
}

/* GET /netvaerk/N/maalinger/ID/papir */
enum err
page_measure_papers(struct req *rq)
{
	struct measure m;
	enum err e = measure_of(rq, &rq->who, &m);
	return e == ERR_OK ? show(rq, &m, &(struct measure_papers){0}, S(""))
			   : e;
}

/* POST /netvaerk/N/maalinger/ID/papir */
enum err
page_measure_papers_read(struct req *rq)
{
	struct measure m;
	struct str fault = {0};
	struct measure_papers rows = {.text = req_form(rq, S("rows"))};
	enum err e = measure_of(rq, &rq->who, &m);
	if (e == ERR_OK)
		e = measure_paper_read(rq->db, rq->arena, &rq->who, &m, &rows);
	if (e == ERR_CONFLICT)
		fault = req_tr(rq, "No round is open.");
	else if (e == ERR_TOO_LARGE)
		fault = req_tr(rq,
		    "These are more lines than can be read "
		    "at once.");
	else if (e != ERR_OK)
		return e;
	if (fault.n > 0)
		rows.n = 0;
	return show(rq, &m, &rows, fault);
}

/* POST /netvaerk/N/maalinger/ID/papir/afgoer: sent twice, it is settled. */
enum err
page_measure_papers_settle(struct req *rq)
{
	struct measure m;
	struct measure_fix fix = {.who = req_form(rq, S("who"))};
	enum err e = measure_of(rq, &rq->who, &m);
	if (e != ERR_OK)
		return e;
	if (!str_int(req_form(rq, S("which")), &fix.which))
		return ERR_INVALID;
	e = measure_settle(rq->db, rq->arena, &rq->who, &m, &fix);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	struct str path = measure_href(rq, m.record.id, "/papir");
	return req_redirect(rq, "%.*s", STR_ARG(path));
}
