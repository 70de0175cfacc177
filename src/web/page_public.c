/* SPDX-License-Identifier: MPL-2.0 */

/* The page of a network that anybody may read, its feed, and setting it up. */
#include "base/buf.h"
#include "report/atom.h"
#include "view_public_form.h"
#include "view_public_page.h"
#include "web/decision_view.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/public_view.h"
#include "web/shell.h"

/* ---- anybody ---- */

/* GET /om/NETWORK */
enum err
page_public(struct req *rq)
{
	struct actor in;
	struct record network;
	struct public_page page;
	enum err e = public_enter(rq, &in, &network, &page);
	if (e != ERR_OK)
		return e;
	struct str name = record_value(&network, "name");
	struct view_public_page v = {.head = shell_head(rq, name),
	    .foot = shell_foot(rq),
	    .name = name,
	    .contact = rq->org->contact,
	    .feed_href = public_address(rq, in.network, "/nyt.atom")};
	if (page.data)
		v.data_href = public_address(rq, in.network, "/data.zip");
	e = public_body(rq, &in, &page, &v.public_body);
	if (e != ERR_OK)
		return e;
	tmpl_public_page(&rq->out, rq->lang, &v);
	return req_html(rq);
}

static struct atom_entry
decision_entry(struct req *rq, const struct decision *d, struct str url)
{
	const struct record *r = &d->record;
	struct str text = STR_JOIN(rq->arena,
	    choice_label(rq, decision_answers, record_value(r, "outcome")),
	    S(" "), record_value(r, "reason"), S(" "), record_value(r, "next"));
	return (struct atom_entry){.id = r->id,
	    .title = record_value(r, "title"),
	    .text = STR_JOIN(
		rq->arena, str_trim(text), S(" "), record_value(r, "result")),
	    .url = url,
	    .us = r->changed_us};
}

/* Each decision, and what was told of it since. */
static void
fill_feed(struct req *rq, const struct public_decisions *all, struct str page,
    struct atom_feed *feed)
{
	ptrdiff_t most = all->n, n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++)
		most += all->list[i].news.n;
	struct atom_entry *rows = arena_new(rq->arena, struct atom_entry, most);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct public_decision *d = &all->list[i];
		struct str title = record_value(&d->decision.record, "title");
		struct str url = STR_JOIN(rq->arena, page, S("#b-"),
		    id_text(rq->arena, d->decision.record.id));
		rows[n++] = decision_entry(rq, &d->decision, url);
		for (ptrdiff_t k = 0; k < d->news.n; k++)
			rows[n++] =
			    (struct atom_entry){.id = d->news.list[k].id,
				.title = req_tr1(rq, "News of: %1", title),
				.text = d->news.list[k].words,
				.url = url,
				.us = d->news.list[k].at_us};
	}
	feed->entry = rows;
	feed->n = n;
}

/* GET /om/NETWORK/nyt.atom */
enum err
page_public_feed(struct req *rq)
{
	struct actor in;
	struct record network;
	struct public_page page;
	struct public_decisions all;
	enum err e = public_enter(rq, &in, &network, &page);
	if (e == ERR_OK)
		e = public_decisions(rq->db, rq->arena, &in, &all);
	if (e != ERR_OK)
		return e;
	struct str address = public_address(rq, in.network, "");
	struct atom_feed feed = {.id = in.network,
	    .title = record_value(&network, "name"),
	    .author = rq->org->name,
	    .lang = lang_code(rq->lang),
	    .self = public_address(rq, in.network, "/nyt.atom"),
	    .page = address,
	    .us = page.changed_us};
	fill_feed(rq, &all, address, &feed);
	rq->response.status = 200;
	rq->response.type = S("application/atom+xml; charset=utf-8");
	return atom_write(rq->arena, &feed, &rq->response.body);
}

/* ---- setting it up ---- */

static enum err
show_form(struct req *rq, const struct public_page *page, const char *fault,
    int status)
{
	const struct plan *plan;
	const struct input in[] = {
	    {.kind = INPUT_TEXT,
		.name = "about",
		.value = page->about,
		.label = N_("What is it about?"),
		.hint = N_("Two or three sentences in plain words, to "
			   "citizens."),
		.fault = fault},
	    {.kind = INPUT_TICK,
		.name = "open",
		.value = page->open ? S("1") : S(""),
		.label = N_("Open the page to everybody")},
	    {.kind = INPUT_TICK,
		.name = "data",
		.value = page->data ? S("1") : S(""),
		.label = N_("Let everybody fetch it as a file"),
		.hint = N_("A file with what stands on the page, and with sums "
			   "of dialogues that are over. No single answer and "
			   "no number of few is in it.")}};
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_public_form v = {
	    .head = decision_head(rq, plan, req_tr(rq, "A page for everybody")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/offentlig"),
	    .back = req_network_path(rq, "/beslutninger"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .seen = str_fmt(rq->arena, "%lld", (long long)page->changed_us),
	    .meanwhile.changed = status == 409,
	    .may_edit = actor_may(&rq->who, CAP_EDIT),
	    .inputs = inputs_view(rq, in, COUNT_OF(in)),
	};
	if (page->open && status == 200)
		v.address = public_address(rq, rq->who.network, "");
	e = public_body(rq, &rq->who, page, &v.public_body);
	if (e != ERR_OK)
		return e;
	tmpl_public_form(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/offentlig */
enum err
page_public_form(struct req *rq)
{
	struct public_page page;
	enum err e = public_page_get(rq->db, rq->arena, &rq->who, &page);
	return e == ERR_OK ? show_form(rq, &page, NULL, 200) : e;
}

/* POST /netvaerk/N/offentlig */
enum err
page_public_save(struct req *rq)
{
	int64_t seen;
	struct public_page page;
	enum err e = public_page_get(rq->db, rq->arena, &rq->who, &page);
	if (e != ERR_OK)
		return e;
	bool meanwhile =
	    !str_int(req_form(rq, S("seen")), &seen) || seen != page.changed_us;
	page.open = req_checked(rq, S("open"));
	page.data = req_checked(rq, S("data"));
	page.about = req_form(rq, S("about"));
	const char *fault = public_page_fault(&page);
	if (meanwhile || fault != NULL)
		return show_form(rq, &page, fault, meanwhile ? 409 : 422);
	e = public_page_save(rq->db, rq->arena, &rq->who, &page);
	if (e != ERR_OK)
		return e;
	struct str path = req_network_path(rq, "/offentlig");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path));
}
