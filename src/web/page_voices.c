/* SPDX-License-Identifier: MPL-2.0 */

/* What people said: the inbox, by state, kind, group and tag. */
#include "base/buf.h"
#include "base/utf8.h"
#include "http/forms.h"
#include "model/recall.h"
#include "view_voices.h"
#include "web/coding_view.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

enum { PER_PAGE = 50, SNIPPET = 240, MOST_TAGS = 100, QUERY_MOST = 200 };

static struct view_option_array
choices_of(struct req *rq, const struct choice *list, struct str now)
{
	ptrdiff_t n = 0;
	while (list[n].key != NULL)
		n++;
	struct view_option *rows = arena_new(rq->arena, struct view_option, n);
	for (ptrdiff_t i = 0; i < n; i++)
		rows[i] = (struct view_option){.value = str_c(list[i].key),
		    .label = req_tr(rq, list[i].label),
		    .chosen = str_eq(str_c(list[i].key), now)};
	return (struct view_option_array){rows, n};
}

static struct view_option_array
groups_of(struct req *rq, const struct plan *plan, struct id now)
{
	const struct records *all = &plan->of[KIND_GROUP];
	struct view_option *rows =
	    arena_new(rq->arena, struct view_option, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		rows[i] = (struct view_option){.value = all->list[i].id_text,
		    .label = plan_title(plan, rq->arena, &all->list[i]),
		    .chosen = id_eq(all->list[i].id, now)};
	return (struct view_option_array){rows, all->n};
}

static enum err
tags_of(struct req *rq, struct str now, struct view_option_array *out)
{
	struct contribution_tags tags;
	enum err e = contribution_tags(
	    rq->db, rq->arena, &rq->who, (struct id){0}, &tags);
	if (e != ERR_OK)
		return e;
	ptrdiff_t n = tags.n < MOST_TAGS ? tags.n : MOST_TAGS;
	struct view_option *rows = arena_new(rq->arena, struct view_option, n);
	for (ptrdiff_t i = 0; i < n; i++)
		rows[i] = (struct view_option){.value = tags.list[i],
		    .label = STR_JOIN(rq->arena, tags.list[i], S(" ("),
			lang_int(rq->arena, rq->lang, tags.count[i]), S(")")),
		    .chosen = str_eq(tags.list[i], now)};
	*out = (struct view_option_array){rows, n};
	return ERR_OK;
}

static struct str
known(const struct choice *list, struct str key)
{
	return choice_find(list, key) != NULL ? key : S("");
}

static struct contribution_filter
read_filter(struct req *rq)
{
	struct contribution_filter f = {
	    .state = known(contribution_states, req_query(rq, S("tilstand"))),
	    .kind = known(contribution_kinds, req_query(rq, S("slags"))),
	    .tag = utf8_cut(req_query(rq, S("maerke")), TAG_MAX),
	    .max = PER_PAGE};
	if (!id_parse(req_query(rq, S("gruppe")), &f.group))
		f.group = (struct id){0};
	if (!id_parse(req_query(rq, S("aktivitet")), &f.activity))
		f.activity = (struct id){0};
	if (!id_parse(req_query(rq, S("kode")), &f.code))
		f.code = (struct id){0};
	if (!id_parse(req_query(rq, S("foer")), &f.before))
		f.before = (struct id){0};
	return f;
}

static struct str
optional_id(struct req *rq, struct id id)
{
	return id_is_set(id) ? id_text(rq->arena, id) : S("");
}

/* The same filter, older than the last one shown. */
static struct str
older_href(struct req *rq, const struct contribution_filter *f,
    const struct contribution_page *page)
{
	if (page->n < f->max)
		return S("");
	struct arena *a = rq->arena;
	return STR_JOIN(a, req_network_path(rq, "/stemmer?tilstand="), f->state,
	    S("&slags="), f->kind, S("&gruppe="), optional_id(rq, f->group),
	    S("&aktivitet="), optional_id(rq, f->activity), S("&maerke="),
	    form_escape(a, f->tag), S("&kode="), optional_id(rq, f->code),
	    S("&foer="), id_text(a, page->list[page->n - 1].id));
}

static void
fill_list(struct req *rq, const struct plan *plan,
    const struct contribution_page *page, struct view_voices *v)
{
	struct view_voice_row *rows =
	    arena_new(rq->arena, struct view_voice_row, page->n);
	bool asks = actor_may(&rq->who, CAP_ASK);
	for (ptrdiff_t i = 0; i < page->n; i++) {
		const struct contribution *c = &page->list[i];
		const struct record *group =
		    plan_find(plan, KIND_GROUP, c->group);
		struct str words = contribution_words(c);
		struct str cut = utf8_cut(words, SNIPPET);
		rows[i] = (struct view_voice_row){
		    .href = voice_href(rq, c->id, ""),
		    .words = cut.n < words.n
			? str_cat(rq->arena, str_trim(cut), S(" ..."))
			: words,
		    .kind = person_choice(rq, contribution_kinds, c->kind),
		    .state = person_choice(rq, contribution_states, c->state),
		    .who = voice_who(rq, c),
		    .group = group == NULL ? S("")
					   : plan_title(plan, rq->arena, group),
		    .box = asks && voice_is_ready(c) ? id_text(rq->arena, c->id)
						     : S("")};
	}
	v->rows = (struct view_voice_row_array){rows, page->n};
	v->has_voices = page->n > 0;
	v->total = page->total;
}

static enum err
fill_recalls(struct req *rq, struct view_voices *v)
{
	struct recalls all = {0};
	if (!actor_may(&rq->who, CAP_PEOPLE))
		return ERR_OK;
	enum err e = recall_list(rq->db, rq->arena, &rq->who, &all);
	v->recalls = e == ERR_OK ? all.n : 0;
	v->recalls_href = req_network_path(rq, "/stemmer/tilbagekald");
	return e;
}

/* GET /netvaerk/N/stemmer */
enum err
page_voices(struct req *rq)
{
	const struct plan *plan;
	struct contribution_page page;
	struct contribution_filter f = read_filter(rq);
	enum err e = plans_get(rq, &plan);
	struct contribution_search words = {
	    .query = utf8_cut(req_query(rq, S("ord")), QUERY_MOST),
	    .filter = f};
	if (e == ERR_OK && words.query.n > 0) {
		e = contribution_search(rq->db, rq->arena, &rq->who, &words);
		page = (struct contribution_page){words.list, words.n, words.n};
	} else if (e == ERR_OK) {
		e = contribution_list(rq->db, rq->arena, &rq->who, &f, &page);
	}
	if (e != ERR_OK)
		return e;
	struct view_voices v = {
	    .head = voice_head(rq, plan, req_tr(rq, "Voices")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/stemmer"),
	    .insights_href = req_network_path(rq, "/indsigter"),
	    .book_href = req_network_path(rq, "/koder"),
	    .journeys_href = req_network_path(rq, "/rejser"),
	    .activity = optional_id(rq, f.activity),
	    .query = words.query,
	    .more = words.more,
	    .older_href = words.query.n > 0 ? S("") : older_href(rq, &f, &page),
	    .states = choices_of(rq, contribution_states, f.state),
	    .kinds = choices_of(rq, contribution_kinds, f.kind),
	    .groups = groups_of(rq, plan, f.group),
	};
	if (actor_may(&rq->who, CAP_AGENDA))
		v.new_href = req_network_path(rq, "/stemmer/ny");
	if (actor_may(&rq->who, CAP_AGENDA))
		v.field_href = req_network_path(rq, "/felt");
	if (actor_may(&rq->who, CAP_ASK))
		v.import_href = req_network_path(rq, "/stemmer/import"),
		v.merge_href = req_network_path(rq, "/stemmer/sammen");
	if (actor_may(&rq->who, CAP_PEOPLE))
		v.export_href = req_network_path(rq, "/stemmer/hent");
	e = tags_of(rq, f.tag, &v.tags);
	if (e == ERR_OK)
		e = code_options(rq, f.code, true, &v.codes);
	if (e == ERR_OK)
		e = fill_recalls(rq, &v);
	if (e != ERR_OK)
		return e;
	fill_list(rq, plan, &page, &v);
	tmpl_voices(&rq->out, rq->lang, &v);
	return req_html(rq);
}
