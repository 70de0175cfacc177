/* SPDX-License-Identifier: MPL-2.0 */
#include "web/brief.h"

#include "base/buf.h"
#include "web/decision_view.h"
#include "web/plans.h"

/* ---- what it is made of ---- */

static struct str
value(const struct brief *b, const char *field)
{
	return record_value(&b->d->record, field);
}

struct str
brief_strength(struct req *rq, int64_t people, int64_t k)
{
	if (people == 0)
		return req_tr(rq, "It rests on nothing that was said.");
	if (people == 1)
		return req_tr(rq, "One voice alone.");
	if (people < k)
		return req_tr1(rq, "It rests on fewer than %1 people.",
		    lang_int(rq->arena, rq->lang, k));
	return req_tr1(rq, "It rests on %1 people.",
	    lang_int(rq->arena, rq->lang, people));
}

static void
add_quotes(
    const struct quotes *all, struct id insight, struct brief_insight *out)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct quote *q = &all->list[i];
		if (!id_eq(q->insight, insight))
			continue;
		if (q->against && out->n_against < BRIEF_QUOTES)
			out->against[out->n_against++] = q;
		if (!q->against && out->n_said < BRIEF_QUOTES)
			out->said[out->n_said++] = q;
	}
}

/* Those that the decision names; where it names none, the plan's first. */
static bool
is_in(const struct brief *b, const struct record *insight)
{
	struct id id;
	struct str refs = value(b, "insights");
	bool any = refs.n > 0;
	while (record_next_ref(&refs, &id)) {
		if (id_eq(id, insight->id))
			return true;
	}
	return !any;
}

static enum err
load_insights(struct req *rq, struct brief *b)
{
	struct quotes *quotes = arena_new(rq->arena, struct quotes, 1);
	struct strengths strengths;
	const struct records *all = &b->plan->of[KIND_INSIGHT];
	enum err e =
	    quote_list(rq->db, rq->arena, &rq->who, SCOPE_DECISION, quotes);
	if (e == ERR_OK)
		e = evidence_strengths(rq->db, rq->arena, &rq->who, &strengths);
	for (ptrdiff_t i = 0;
	     e == ERR_OK && i < all->n && b->n_insights < BRIEF_INSIGHTS; i++) {
		const struct record *r = &all->list[i];
		if (!is_in(b, r))
			continue;
		struct brief_insight *out = &b->insight[b->n_insights++];
		struct strength s = evidence_strength(&strengths, r->id);
		out->statement = record_value(r, "statement");
		out->strength = brief_strength(rq, s.people, b->heard.k);
		out->contradicted = s.against > 0;
		add_quotes(quotes, r->id, out);
	}
	return e;
}

static enum err
load_skew(struct req *rq, struct brief *b)
{
	struct skew skew;
	struct rules rules;
	enum err e = heard_skew(rq, &skew, &rules);
	if (e != ERR_OK)
		return e;
	b->skew = rules.n > 0 ? rule_text(&rules, &rules.hit[0]) : S("");
	e = heard_groups(rq, b->plan, &skew, true, &b->heard);
	return e == ERR_OK ? load_insights(rq, b) : e;
}

static void
read_options(struct brief *b)
{
	struct str text = value(b, "options");
	while (text.n > 0 && b->n_options < BRIEF_OPTIONS) {
		struct str line = str_trim(str_cut(&text, '\n'));
		if (line.n > 0)
			b->option[b->n_options++] = line;
	}
}

enum err
brief_load(struct req *rq, const struct decision *d, struct brief *out)
{
	*out = (struct brief){.d = d};
	enum err e = plans_get(rq, &out->plan);
	if (e != ERR_OK)
		return e;
	read_options(out);
	return load_skew(rq, out);
}

struct str
brief_quote(struct req *rq, const struct quote *q)
{
	struct buf b = buf_new(rq->arena, 2 * WORDS_MAX * 4);
	buf_add(&b, S("“"));
	buf_add(&b, q->words);
	buf_add(&b, S("”"));
	if (q->alias.n > 0) {
		buf_add(&b, S(" – "));
		buf_add(&b, q->alias);
	}
	if (q->shortened) {
		buf_add(&b, S(", "));
		buf_add(&b, req_tr(rq, "shortened"));
	}
	if (q->proxy) {
		buf_add(&b, S(", "));
		buf_add(&b, req_tr(rq, "told by somebody else"));
	}
	return buf_str(&b);
}

/* ---- on paper ---- */

static void
say(struct req *rq, struct doc *doc, const struct brief *b, const char *heading,
    const char *field)
{
	struct str text = value(b, field);
	if (text.n == 0)
		return;
	doc_heading(doc, 1, req_tr(rq, heading));
	doc_say(doc, text);
}

static void
add_heard(struct req *rq, struct doc *doc, const struct brief *b)
{
	doc_heading(doc, 1, req_tr(rq, "Who was heard, and who was not"));
	if (b->skew.n > 0)
		doc_run(doc, doc_note(doc), DOC_PLAIN, b->skew);
	if (b->heard.n == 0)
		doc_say(doc, req_tr(rq, "No target group is chosen."));
	for (ptrdiff_t i = 0; i < b->heard.n; i++) {
		const struct heard_group *g = &b->heard.list[i];
		struct doc_text *text = doc_bullet(doc);
		doc_run(doc, text, DOC_PLAIN,
		    STR_JOIN(rq->arena, g->name, S(": ")));
		doc_run(doc, text, g->voices == 0 ? DOC_BOLD : DOC_PLAIN,
		    g->voices == 0 ? req_tr(rq, "not heard")
				   : req_tr1(rq, "%1 voices", g->words));
	}
}

static void
add_insight(
    struct req *rq, struct doc *doc, const struct brief_insight *insight)
{
	doc_heading(doc, 2, insight->statement);
	doc_run(doc, doc_paragraph(doc), DOC_EMPHASIS, insight->strength);
	for (ptrdiff_t i = 0; i < insight->n_said; i++)
		doc_run(doc, doc_bullet(doc), DOC_PLAIN,
		    brief_quote(rq, insight->said[i]));
	if (insight->contradicted)
		doc_run(doc, doc_paragraph(doc), DOC_BOLD,
		    req_tr(rq, "Others say something else."));
	for (ptrdiff_t i = 0; i < insight->n_against; i++)
		doc_run(doc, doc_bullet(doc), DOC_PLAIN,
		    brief_quote(rq, insight->against[i]));
}

static void
add_decided(struct req *rq, struct doc *doc, const struct brief *b)
{
	struct str outcome = decision_outcome(rq, b->d);
	if (outcome.n == 0)
		return;
	doc_heading(doc, 1, req_tr(rq, "What was decided"));
	doc_run(doc, doc_paragraph(doc), DOC_BOLD,
	    STR_JOIN(
		rq->arena, outcome, S(", "), decision_day(rq, b->d, "taken")));
	doc_say(doc, value(b, "reason"));
}

struct doc *
brief_doc(struct req *rq, const struct brief *b)
{
	struct doc *doc = doc_new(rq->arena, rq->lang, value(b, "title"));
	struct str name = record_value(&b->plan->network, "name");
	struct str due = decision_day(rq, b->d, "due");
	doc->author = rq->org->name;
	doc->subject = STR_JOIN(rq->arena, req_tr(rq, "Brief for"), S(" "),
	    value(b, "body"), due.n > 0 ? S(", ") : S(""), due);
	doc->footer = STR_JOIN(rq->arena, rq->org->name, S(" · "), name);
	doc->created_us = rq->http->now_us;
	say(rq, doc, b, "What is to be decided?", "question");
	say(rq, doc, b, "What can still be changed?", "room");
	say(rq, doc, b, "What is fixed?", "fixed");
	add_heard(rq, doc, b);
	doc_heading(doc, 1, req_tr(rq, "What we have understood"));
	if (b->n_insights == 0)
		doc_say(doc, req_tr(rq, "No insights yet."));
	for (ptrdiff_t i = 0; i < b->n_insights; i++)
		add_insight(rq, doc, &b->insight[i]);
	if (b->n_options > 0)
		doc_heading(
		    doc, 1, req_tr(rq, "What there is to choose between"));
	for (ptrdiff_t i = 0; i < b->n_options; i++)
		doc_run(doc, doc_number(doc), DOC_PLAIN, b->option[i]);
	say(rq, doc, b, "What it costs", "cost");
	add_decided(rq, doc, b);
	return doc;
}
