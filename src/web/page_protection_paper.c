/* SPDX-License-Identifier: MPL-2.0 */

/* The record of processing (article 30) and a draft of an assessment of
 * consequences (article 35), filled from the data map and the plan. */
#include "base/buf.h"
#include "jobs/render.h"
#include "model/datamap.h"
#include "report/doc.h"
#include "report/odt.h"
#include "web/edit.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/retention_view.h"

enum { RECORD_COLUMNS = 4 };

struct paper {
	struct req *rq;
	const struct plan *plan;
	struct settings_now now;
	struct doc *doc;
};

static void
begin(struct paper *p, struct str title)
{
	struct req *rq = p->rq;
	struct str name = record_value(&p->plan->network, "name");
	p->doc = doc_new(rq->arena, rq->lang, title);
	p->doc->author = rq->org->name;
	p->doc->subject = req_tr2(rq, "%1, as it stood on %2", name,
	    lang_date(rq->arena, rq->lang, p->plan->today));
	p->doc->footer = STR_JOIN(rq->arena, rq->org->name, S(" · "), name);
	p->doc->created_us = rq->http->now_us;
}

static void
say(struct paper *p, const char *msgid)
{
	doc_say(p->doc, req_tr(p->rq, msgid));
}

static void
head(struct paper *p, int level, const char *msgid)
{
	doc_heading(p->doc, level, req_tr(p->rq, msgid));
}

/* What nobody wrote is said to be missing: a gap that is not seen stays. */
static void
pair(struct paper *p, const char *label, struct str value)
{
	bool none = str_trim(value).n == 0;
	doc_run(p->doc, doc_pair(p->doc, req_tr(p->rq, label)),
	    none ? DOC_EMPHASIS : DOC_PLAIN,
	    none ? req_tr(p->rq, "Not written yet") : value);
}

static struct str
told(const struct paper *p, const char *field)
{
	const struct record *notice = plan_single(p->plan, KIND_NOTICE);
	return notice != NULL ? record_value(notice, field) : S("");
}

/* A field of the only record of a kind, as a person reads it. */
static struct str
written(const struct paper *p, enum record_kind kind, const char *field)
{
	const struct records *all = &p->plan->of[kind];
	const struct record_def *def = record_def(kind);
	if (all->n == 0)
		return S("");
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		if (str_eq(str_c(def->fields[i].name), str_c(field)))
			return edit_shown(p->rq, p->plan, &def->fields[i],
			    all->list[all->n - 1].value[i]);
	}
	return S("");
}

static void
add_who(struct paper *p)
{
	struct str dpo = told(p, "dpo");
	head(p, 1, N_("Who answers for it"));
	pair(p, N_("Controller"),
	    told(p, "controller").n > 0 ? told(p, "controller")
					: p->rq->org->name);
	pair(p, N_("Contact"), p->rq->org->contact);
	pair(p, N_("Data protection officer"),
	    dpo.n > 0 ? dpo : setting_value(&p->now, S("dpo_contact")));
	pair(p, N_("Purpose"), told(p, "purpose"));
	pair(p, N_("Ground in law"), written(p, KIND_NOTICE, "basis"));
	pair(p, N_("Recipients"), told(p, "recipients"));
	pair(p, N_("How long"), told(p, "kept"));
}

/* ---- article 30 ---- */

static void
add_tables(struct paper *p, int purpose)
{
	struct req *rq = p->rq;
	struct datamap map = datamap();
	struct doc_table *t = doc_table(
	    p->doc, req_tr(rq, datamap_purpose(purpose)), RECORD_COLUMNS);
	doc_column(p->doc, t, 0, req_tr(rq, "Table"), 0.9);
	doc_column(p->doc, t, 1, req_tr(rq, "What"), 1.2);
	doc_column(p->doc, t, 2, req_tr(rq, "How long"), 1.4);
	doc_column(p->doc, t, 3, req_tr(rq, "Who reads it"), 1.2);
	for (ptrdiff_t i = 0; i < map.n; i++) {
		const struct datamap_table *m = &map.list[i];
		const struct retain_rule *rule = datamap_rule(m);
		const char *label = datamap_label(m);
		if ((int)m->purpose != purpose)
			continue;
		struct doc_text *cells = doc_row(p->doc, t);
		doc_run(p->doc, &cells[0], DOC_PLAIN, str_c(m->table));
		doc_run(p->doc, &cells[1], DOC_PLAIN,
		    req_tr(rq, label != NULL ? label : rule->why));
		doc_run(p->doc, &cells[2], DOC_PLAIN,
		    retention_rule_text(rq, rule, &p->now));
		doc_run(p->doc, &cells[3], DOC_PLAIN,
		    req_tr(rq, datamap_readers(m->readers)));
	}
}

static void
add_security(struct paper *p)
{
	head(p, 1, N_("How it is kept safe"));
	say(p,
	    N_("Names, phones and addresses are sealed with a key for each "
	       "person. Opening them takes a reason and is logged. The key of "
	       "the installation lies outside the database."));
	say(p,
	    N_("What is done is noted in a chain where a changed or missing "
	       "row is seen. Numbers of few people are hidden."));
	say(p,
	    N_("The program sends nothing to others by itself, but for mail "
	       "and for addresses that an administrator allowed. Nothing goes "
	       "to a country outside the EU unless the organisation's own mail "
	       "or machines are there."));
}

static void
record_paper(struct paper *p)
{
	begin(p, req_tr(p->rq, "Record of processing"));
	add_who(p);
	head(p, 1, N_("What is processed"));
	for (int i = 0; i < PURPOSE_COUNT; i++) {
		head(p, 2, datamap_purpose(i));
		pair(p, N_("About whom"), req_tr(p->rq, datamap_people(i)));
		pair(p, N_("Ground in law"), req_tr(p->rq, datamap_basis(i)));
		add_tables(p, i);
	}
	add_security(p);
}

/* ---- article 35 ---- */

static void
add_groups(struct paper *p)
{
	const struct records *all = &p->plan->of[KIND_GROUP];
	head(p, 1, N_("Whom it is about"));
	if (all->n == 0)
		say(p, N_("No target group is written yet."));
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		struct doc_text *text = doc_bullet(p->doc);
		struct str vulnerable = record_value(r, "vulnerability");
		doc_run(p->doc, text, DOC_PLAIN, record_value(r, "name"));
		if (vulnerable.n > 0 && !str_eq(vulnerable, S("no")))
			doc_run(p->doc, text, DOC_BOLD,
			    STR_JOIN(p->rq->arena, S(" ("),
				req_tr(p->rq, "may be vulnerable"), S(")")));
	}
}

static void
add_flow(struct paper *p)
{
	struct datamap map = datamap();
	head(p, 1, N_("What happens with the data"));
	for (int i = 0; i < PURPOSE_COUNT; i++) {
		struct buf b = buf_new(p->rq->arena, PAGE_BYTES);
		for (ptrdiff_t k = 0; k < map.n; k++) {
			const char *label = datamap_label(&map.list[k]);
			if ((int)map.list[k].purpose != i || label == NULL)
				continue;
			buf_add(&b, b.n > 0 ? S(", ") : S(""));
			buf_add(&b, req_tr(p->rq, label));
		}
		if (b.n > 0)
			doc_run(p->doc,
			    doc_pair(p->doc, req_tr(p->rq, datamap_purpose(i))),
			    DOC_PLAIN, buf_str(&b));
	}
}

static const struct {
	const char *risk, *held;
} risks[] = {
    {N_("Somebody is recognised by what they said."),
	N_("Words are read through before others see them, may be shortened, "
	   "and are shown as far as was agreed to. Numbers of few are "
	   "hidden.")},
    {N_("Contact details fall into the wrong hands."),
	N_("They are sealed, opened with a reason, and each opening is logged. "
	   "A protected address is shown nowhere.")},
    {N_("Somebody vulnerable is pressed to take part."),
	N_("An ethics check is signed before anybody is invited. Gentle "
	   "methods come first. Anyone stops without saying why.")},
    {N_("Data is kept too long."),
	N_("A clock starts when the network ends. Then it is deleted, when "
	   "the archive has decided.")},
    {N_("Data is used for something else."),
	N_("Each thing that was said has its own ground and reach, looked up "
	   "each time. What is taken back goes everywhere.")},
    {N_("Staff look without need."),
	N_("People see who has looked, when and why. The protection officer "
	   "sees it too.")},
};

static void
add_risks(struct paper *p)
{
	struct req *rq = p->rq;
	struct doc_table *t = doc_table(p->doc, req_tr(rq, "Risks"), 3);
	doc_column(p->doc, t, 0, req_tr(rq, "Risk"), 1.0);
	doc_column(p->doc, t, 1, req_tr(rq, "What the program does"), 1.4);
	doc_column(
	    p->doc, t, 2, req_tr(rq, "Our view: how likely, how grave"), 1.0);
	for (ptrdiff_t i = 0; i < COUNT_OF(risks); i++) {
		struct doc_text *cells = doc_row(p->doc, t);
		doc_run(
		    p->doc, &cells[0], DOC_PLAIN, req_tr(rq, risks[i].risk));
		doc_run(
		    p->doc, &cells[1], DOC_PLAIN, req_tr(rq, risks[i].held));
		doc_run(p->doc, &cells[2], DOC_EMPHASIS,
		    req_tr(rq, "Write it here"));
	}
}

static void
dpia_paper(struct paper *p)
{
	begin(p, req_tr(p->rq, "Assessment of consequences: a draft"));
	doc_run(p->doc, doc_note(p->doc), DOC_PLAIN,
	    req_tr(p->rq,
		"The program fills in what it knows. People weigh need and "
		"risk, and the data protection officer is heard."));
	add_who(p);
	head(p, 1, N_("What the network does, and why"));
	pair(p, N_("Theme"), written(p, KIND_THEME, "text"));
	pair(p, N_("Purpose"), written(p, KIND_PURPOSE, "text"));
	pair(p, N_("Decision it bears on"), written(p, KIND_SCOPE, "decision"));
	pair(p, N_("Documentation"), written(p, KIND_DOCUMENTATION, "what"));
	add_groups(p);
	add_flow(p);
	head(p, 1, N_("Is it needed, and no more than needed?"));
	doc_run(p->doc, doc_paragraph(p->doc), DOC_EMPHASIS,
	    req_tr(p->rq, "Write it here"));
	head(p, 1, N_("Risks"));
	add_risks(p);
	add_security(p);
	head(p, 1, N_("Heard, and decided"));
	pair(p, N_("What the people concerned said"), S(""));
	pair(p, N_("What the data protection officer said"), S(""));
	pair(p, N_("Decided by, and when"), S(""));
}

/* ---- files ---- */

static const struct {
	const char *kind;
	void (*fill)(struct paper *);
	bool pdf;
} papers[] = {
    {"fortegnelse.pdf", record_paper, true},
    {"fortegnelse.odt", record_paper, false},
    {"konsekvenser.pdf", dpia_paper, true},
    {"konsekvenser.odt", dpia_paper, false},
};

static enum err
give(struct req *rq, ptrdiff_t i)
{
	struct paper p = {.rq = rq};
	struct str bytes;
	enum err e = plans_get(rq, &p.plan);
	if (e == ERR_OK)
		e = setting_list(rq->db, rq->arena, &rq->who, &p.now);
	if (e != ERR_OK)
		return e;
	papers[i].fill(&p);
	e = papers[i].pdf
	    ? render_pdf(rq->site->helper, rq->arena, p.doc, &bytes)
	    : odt_write(rq->arena, p.doc, &bytes);
	if (e != ERR_OK)
		return e;
	return req_file(rq,
	    papers[i].pdf ? S("application/pdf")
			  : S("application/vnd.oasis.opendocument.text"),
	    str_c(papers[i].kind), bytes);
}

/* GET /netvaerk/N/databeskyttelse/papir/KIND */
enum err
page_protection_paper(struct req *rq)
{
	struct str kind = req_param(rq, S("kind"));
	for (ptrdiff_t i = 0; i < COUNT_OF(papers); i++) {
		if (str_eq(str_c(papers[i].kind), kind))
			return give(rq, i);
	}
	return ERR_NOT_FOUND;
}
