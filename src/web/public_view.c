/* SPDX-License-Identifier: MPL-2.0 */
#include "web/public_view.h"

#include "base/buf.h"
#include "model/dialogue.h"
#include "model/idea_bank.h"
#include "model/measure.h"
#include "model/plan.h"
#include "model/setting.h"
#include "web/brief.h"
#include "web/decision_view.h"
#include "web/site.h"

enum err
public_enter(struct req *rq, struct actor *in, struct record *network,
    struct public_page *page)
{
	enum err e = req_open_network(rq, in, network);
	if (e == ERR_OK)
		e = public_page_get(rq->db, rq->arena, in, page);
	return e == ERR_OK && !page->open ? ERR_NOT_FOUND : e;
}

struct str
public_address(struct req *rq, struct id network, const char *rest)
{
	return STR_JOIN(rq->arena, site_url(rq->site, rq->arena, rq->org),
	    S("/om/"), id_text(rq->arena, network), str_c(rest));
}

/* ---- what was promised ---- */

/* The one there is of such a kind, or an empty one. */
static enum err
single(struct req *rq, const struct actor *who, enum record_kind kind,
    struct record *out)
{
	struct records all;
	enum err e = record_list(rq->db, rq->arena, who, kind, &all);
	if (e == ERR_OK)
		*out = all.n > 0 ? all.list[0] : (struct record){.kind = kind};
	return e;
}

static enum err
fill_promise(
    struct req *rq, const struct actor *who, struct view_public_body *v)
{
	struct record need, promise, scope;
	enum err e = single(rq, who, KIND_NEED, &need);
	if (e == ERR_OK)
		e = single(rq, who, KIND_PROMISE, &promise);
	if (e == ERR_OK)
		e = single(rq, who, KIND_SCOPE, &scope);
	if (e != ERR_OK)
		return e;
	const struct catalogue_item *level =
	    catalogue_find(S("promises"), record_value(&promise, "level"));
	struct date day;
	if (level != NULL)
		v->promise = catalogue_words(level, rq->lang)->promise;
	if (date_parse(record_value(&scope, "decided"), &day))
		v->when = lang_date(rq->arena, rq->lang, day);
	v->promise_note = record_value(&promise, "note");
	v->need = record_value(&need, "text");
	v->room = record_value(&scope, "decision");
	v->fixed = record_value(&scope, "fixed");
	v->decider = record_value(&scope, "decider");
	return ERR_OK;
}

static enum err
fill_ideas(struct req *rq, const struct actor *who, struct view_public_body *v)
{
	struct idea_bank bank;
	enum err e = idea_bank_get(rq->db, rq->arena, who, &bank);
	if (e == ERR_OK && idea_bank_is_open(&bank, who))
		v->ideas_href = str_cat(rq->arena, S("/idebank/"),
		    id_text(rq->arena, who->network));
	return e;
}

/* ---- what one can take part in ---- */

struct doors {
	struct req *rq;
	const struct actor *who;
	struct view_public_body_doors *list;
	ptrdiff_t n;
};

/* `ends` as it is stored; "" no last day. */
static void
add_door(struct doors *d, struct str title, struct str href, struct str ends)
{
	struct date day;
	struct str last = date_parse(ends, &day)
	    ? lang_date(d->rq->arena, d->rq->lang, day)
	    : S("");
	d->list[d->n++] = (struct view_public_body_doors){
	    .title = title, .href = href, .ends = last};
}

static void
add_dialogues(struct doors *d, const struct records *all)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		if (!str_eq(record_value(r, "door"), S("link")) ||
		    !dialogue_is_open(r, d->who))
			continue;
		add_door(d, record_value(r, "question"),
		    STR_JOIN(d->rq->arena, S("/dialog/"),
			id_text(d->rq->arena, r->id)),
		    record_value(r, "ends"));
	}
}

static enum err
add_measures(struct doors *d, const struct records *all)
{
	struct req *rq = d->rq;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct measure m;
		struct id id = all->list[i].id;
		if (!str_eq(record_value(&all->list[i], "door"), S("link")))
			continue;
		enum err e = measure_get(rq->db, rq->arena, d->who, id, &m);
		if (e != ERR_OK)
			return e;
		if (measure_now(&m) != NULL)
			add_door(d, record_value(&m.record, "title"),
			    STR_JOIN(rq->arena, S("/maaling/"),
				id_text(rq->arena, id)),
			    measure_now(&m)->ends);
	}
	return ERR_OK;
}

/* What anybody may answer now: who has a code finds more on their page. */
static enum err
fill_doors(struct req *rq, const struct actor *who, struct view_public_body *v)
{
	struct records dialogues, measures;
	enum err e =
	    record_list(rq->db, rq->arena, who, KIND_DIALOGUE, &dialogues);
	if (e == ERR_OK)
		e = record_list(
		    rq->db, rq->arena, who, KIND_MEASURE, &measures);
	if (e != ERR_OK)
		return e;
	struct doors d = {rq, who,
	    arena_new(rq->arena, struct view_public_body_doors,
		dialogues.n + measures.n),
	    0};
	add_dialogues(&d, &dialogues);
	e = add_measures(&d, &measures);
	v->doors.p = d.list;
	v->doors.n = d.n;
	return e;
}

/* ---- what was decided ---- */

/* No numbers of few, nor one that leaves few others. */
static struct str
told_words(struct req *rq, const struct public_decision *d, int64_t k)
{
	struct str told = lang_int(rq->arena, rq->lang, d->told);
	int64_t others = d->told - d->moved;
	if (d->told < k)
		return S("");
	if (d->moved == 0)
		return req_tr1(rq,
		    "%1 people were answered. What they said did not change "
		    "what was decided.",
		    told);
	if (others == 0)
		return req_tr1(rq,
		    "%1 people were answered. What each of them said changed "
		    "the decision or helped to shape it.",
		    told);
	if (d->moved < k || others < k)
		return req_tr1(rq,
		    "%1 people were answered. What some of them said changed "
		    "the decision or helped to shape it.",
		    told);
	return req_tr2(rq,
	    "%1 people were answered. What %2 of them said changed the "
	    "decision or helped to shape it.",
	    told, lang_int(rq->arena, rq->lang, d->moved));
}

static void
fill_news(struct req *rq, const struct decision_news *news,
    struct view_public_body_decisions *v)
{
	struct view_public_body_decisions_news *rows = arena_new(
	    rq->arena, struct view_public_body_decisions_news, news->n);
	for (ptrdiff_t i = 0; i < news->n; i++)
		rows[i] = (struct view_public_body_decisions_news){
		    .words = news->list[i].words,
		    .day = lang_date(
			rq->arena, rq->lang, date_danish(news->list[i].at_us))};
	v->news.p = rows;
	v->news.n = news->n;
}

static enum err
fill_decisions(
    struct req *rq, const struct actor *who, struct view_public_body *v)
{
	struct settings_now now;
	struct public_decisions all;
	enum err e = setting_list(rq->db, rq->arena, who, &now);
	if (e == ERR_OK)
		e = public_decisions(rq->db, rq->arena, who, &all);
	if (e != ERR_OK)
		return e;
	int64_t k = setting_number(&now, S("k"));
	struct view_public_body_decisions *rows =
	    arena_new(rq->arena, struct view_public_body_decisions, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct public_decision *d = &all.list[i];
		const struct record *r = &d->decision.record;
		rows[i] = (struct view_public_body_decisions){
		    .id = id_text(rq->arena, r->id),
		    .title = record_value(r, "title"),
		    .decided = choice_label(
			rq, decision_answers, record_value(r, "outcome")),
		    .day = decision_day(rq, &d->decision, "taken"),
		    .reason = record_value(r, "reason"),
		    .next = record_value(r, "next"),
		    .result = record_value(r, "result"),
		    .voices = told_words(rq, d, k)};
		fill_news(rq, &d->news, &rows[i]);
	}
	v->decisions.p = rows;
	v->decisions.n = all.n;
	return ERR_OK;
}

/* ---- what people told ---- */

static void
fill_story(
    struct req *rq, const struct story *s, struct view_public_body_stories *v)
{
	struct view_public_body_stories_voices *rows =
	    arena_new(rq->arena, struct view_public_body_stories_voices, s->n);
	for (ptrdiff_t i = 0; i < s->n; i++)
		rows[i] = (struct view_public_body_stories_voices){
		    .lead = s->voice[i].lead,
		    .words = brief_quote(rq, s->voice[i].quote)};
	*v = (struct view_public_body_stories){
	    .id = id_text(rq->arena, s->record.id),
	    .title = record_value(&s->record, "title"),
	    .opening = record_value(&s->record, "opening"),
	    .ending = record_value(&s->record, "ending"),
	    .voices = {rows, s->n}};
}

static enum err
fill_stories(
    struct req *rq, const struct actor *who, struct view_public_body *v)
{
	struct public_stories all;
	enum err e = public_stories(rq->db, rq->arena, who, &all);
	if (e != ERR_OK)
		return e;
	struct view_public_body_stories *rows =
	    arena_new(rq->arena, struct view_public_body_stories, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		fill_story(rq, &all.list[i], &rows[i]);
	v->stories.p = rows;
	v->stories.n = all.n;
	return ERR_OK;
}

enum err
public_body(struct req *rq, const struct actor *who,
    const struct public_page *page, struct view_public_body *v)
{
	*v = (struct view_public_body){.about = page->about};
	enum err e = fill_promise(rq, who, v);
	if (e == ERR_OK)
		e = fill_ideas(rq, who, v);
	if (e == ERR_OK)
		e = fill_doors(rq, who, v);
	if (e == ERR_OK)
		e = fill_decisions(rq, who, v);
	return e == ERR_OK ? fill_stories(rq, who, v) : e;
}
