/* SPDX-License-Identifier: MPL-2.0 */

/* One contribution: its words, its way, what was agreed to. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/consent.h"
#include "model/evidence.h"
#include "model/merge.h"
#include "view_voice.h"
#include "web/coding_view.h"
#include "web/decision_view.h"
#include "web/faults.h"
#include "web/idea_view.h"
#include "web/media_view.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

static const struct choice approvals[] = {
    {"asked", N_("They are asked, and have not said yes yet.")},
    {"yes", N_("They said yes to the new words.")},
    {"no", N_("They said no to the new words.")},
    {0},
};

static const struct choice events[] = {
    {"given", N_("Said yes")},
    {"changed", N_("Changed")},
    {"withdrawn", N_("Taken back")},
    {0},
};

static const struct choice step_labels[] = {
    {"reviewed", N_("I have looked it through")},
    {"approved", N_("It may be used")},
    {"used", N_("It is used")},
    {"not_used", N_("It is not used")},
    {"answered", N_("They have been answered")},
    {0},
};

/* What was typed, where a form comes back; else what is kept. */
static struct str
typed(struct req *rq, const char *name, struct str kept)
{
	struct str value = req_form(rq, str_c(name));
	return value.n > 0 ? value : kept;
}

static void
fill_steps(struct req *rq, const struct contribution *c, struct view_voice *v)
{
	struct view_voice_steps *rows = arena_new(
	    rq->arena, struct view_voice_steps, COUNT_OF(step_labels));
	ptrdiff_t n = 0;
	for (const struct choice *s = step_labels; s->key != NULL; s++) {
		if (c->restricted && str_eq(str_c(s->key), S("used")))
			continue;
		if (contribution_may_move(c->state, str_c(s->key)))
			rows[n++] = (struct view_voice_steps){
			    .value = str_c(s->key),
			    .label = req_tr(rq, s->label),
			    .asks_why = str_eq(str_c(s->key), S("not_used"))};
	}
	v->steps.p = rows;
	v->steps.n = n;
}

static enum err
fill_tags(struct req *rq, struct id id, struct view_voice *v)
{
	struct contribution_tags tags;
	struct buf b = buf_new(rq->arena, TAGS_MAX * TAG_MAX * 8);
	enum err e = contribution_tags(rq->db, rq->arena, &rq->who, id, &tags);
	for (ptrdiff_t i = 0; e == ERR_OK && i < tags.n; i++) {
		buf_add(&b, i > 0 ? S(", ") : S(""));
		buf_add(&b, tags.list[i]);
	}
	v->tags = typed(rq, "tags", buf_str(&b));
	return e;
}

static enum err
fill_receipts(
    struct req *rq, const struct plan *plan, struct id id, struct view_voice *v)
{
	struct receipts all;
	if (!actor_may(&rq->who, CAP_PEOPLE))
		return ERR_OK;
	enum err e =
	    contribution_receipts(rq->db, rq->arena, &rq->who, id, &all);
	if (e != ERR_OK)
		return e;
	struct view_voice_receipts *rows =
	    arena_new(rq->arena, struct view_voice_receipts, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct receipt *r = &all.list[i];
		rows[i] = (struct view_voice_receipts){
		    .when = lang_time(rq->arena, rq->lang, r->at_us),
		    .what = person_choice(rq, events, r->event),
		    .scope = voice_scope(rq, r->scope),
		    .giver =
			person_choice(rq, contribution_givers, r->given_by),
		    .noted = id_is_set(r->account)
			? vault_name_of(&plan->names, r->account)
			: req_tr(rq, "the person"),
		    .text = r->text};
	}
	v->receipts.p = rows;
	v->receipts.n = all.n;
	return ERR_OK;
}

static void
fill_insights(struct req *rq, const struct plan *plan,
    const struct contribution *c, struct view_voice *v)
{
	const struct records *all = &plan->of[KIND_INSIGHT];
	struct view_option *rows =
	    arena_new(rq->arena, struct view_option, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		rows[i] = (struct view_option){.value = all->list[i].id_text,
		    .label = record_value(&all->list[i], "statement")};
	v->insights = (struct view_option_array){rows, all->n};
	v->can_link = actor_may(&rq->who, CAP_EDIT) && all->n > 0 &&
	    !c->restricted && !str_eq(c->state, S("withdrawn"));
	v->link_action = req_network_path(rq, "/indsigter/grundlag");
}

/* What it says of itself, to whoever may read it. */
static void
fill_words(struct req *rq, const struct plan *plan,
    const struct contribution *c, struct view_voice *v)
{
	const struct record *activity =
	    plan_find(plan, KIND_ACTIVITY, c->activity);
	const struct record *group = plan_find(plan, KIND_GROUP, c->group);
	v->words = contribution_words(c);
	v->wording = typed(rq, "wording", v->words);
	v->typed_reason = req_form(rq, S("reason"));
	v->said_else = c->wording.n > 0 && c->original.n > 0;
	v->original = c->original;
	v->shortened = c->shortened;
	v->approval = person_choice(rq, approvals, c->approval);
	v->kind = person_choice(rq, contribution_kinds, c->kind);
	v->teller = person_choice(rq, contribution_tellers, c->teller);
	v->proxy = str_eq(c->teller, S("proxy"));
	v->who = voice_who(rq, c);
	v->state = person_choice(rq, contribution_states, c->state);
	v->withdrawn = str_eq(c->state, S("withdrawn"));
	v->reason = c->reason;
	v->scope = voice_scope(rq, c->scope);
	v->anonymity =
	    person_choice(rq, contribution_anonymities, c->anonymity);
	v->basis = person_choice(rq, contribution_bases, c->basis);
	v->restricted = c->restricted;
	if (id_is_set(c->person)) {
		v->person_href = person_href(rq, c->person, "");
		v->wish_href = person_href(rq, c->person, "/sletteoenske");
	}
	if (activity != NULL)
		v->activity = record_value(activity, "title");
	if (group != NULL)
		v->group = plan_title(plan, rq->arena, group);
}

enum { SNIPPET = 120 };

static struct str
snippet(struct req *rq, struct str words)
{
	struct str cut = utf8_cut(words, SNIPPET);
	if (words.n == 0)
		return req_tr(rq, "The words are gone");
	return cut.n < words.n ? str_cat(rq->arena, str_trim(cut), S(" ..."))
			       : words;
}

static void
fill_became(struct req *rq, const struct family *f, struct view_voice *v)
{
	struct view_voice_became *rows =
	    arena_new(rq->arena, struct view_voice_became, f->n_became);
	for (ptrdiff_t i = 0; i < f->n_became; i++) {
		const struct relative *r = &f->became[i];
		rows[i] = (struct view_voice_became){
		    .href = voice_href(rq, r->id, ""),
		    .words = snippet(rq, r->words),
		    .way = str_eq(r->way, S("merged"))
			? req_tr(rq, "Put together with others as")
			: req_tr(rq, "Divided into"),
		    .undone = r->undone,
		    .reason = r->reason};
	}
	v->became.p = rows;
	v->became.n = f->n_became;
}

/* What came of what. */
static enum err
fill_family(struct req *rq, const struct contribution *c, struct view_voice *v)
{
	struct family f;
	enum err e =
	    contribution_family(rq->db, rq->arena, &rq->who, c->id, &f);
	if (e != ERR_OK)
		return e;
	struct view_voice_origins *rows =
	    arena_new(rq->arena, struct view_voice_origins, f.n_of);
	for (ptrdiff_t i = 0; i < f.n_of; i++)
		rows[i] = (struct view_voice_origins){
		    .href = voice_href(rq, f.of[i].id, ""),
		    .words = snippet(rq, f.of[i].words)};
	v->origins.p = rows;
	v->origins.n = f.n_of;
	fill_became(rq, &f, v);
	v->is_made = f.made;
	v->is_part = str_eq(f.way, S("split"));
	v->look = f.look_us > 0;
	v->gone = f.gone_us > 0;
	v->undone = f.reason;
	v->can_undo = v->asks && f.made && f.undone_us == 0;
	v->undo_action = voice_href(rq, c->id, "/fortryd");
	v->undo_reason = req_form(rq, S("undo_reason"));
	v->looked_action = voice_href(rq, c->id, "/set-efter");
	if (v->asks && voice_is_ready(c) && !c->restricted)
		v->split_href = voice_href(rq, c->id, "/del");
	return ERR_OK;
}

/* The decisions it had something to do with. */
static enum err
fill_paths(struct req *rq, const struct plan *plan,
    const struct contribution *c, struct view_voice *v)
{
	struct trace_paths all;
	if (plan->of[KIND_DECISION].n == 0 || v->withdrawn)
		return ERR_OK;
	enum err e = trace_paths(rq->db, rq->arena, &rq->who, c->id, &all);
	if (e != ERR_OK)
		return e;
	struct view_voice_paths *rows =
	    arena_new(rq->arena, struct view_voice_paths, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct record *r = &all.list[i].decision.record;
		rows[i] = (struct view_voice_paths){
		    .href = decision_href(rq, r->id, ""),
		    .title = record_value(r, "title"),
		    .grade = grade_name(rq, all.list[i].via.grade),
		    .words = all.list[i].via.words};
	}
	v->paths.p = rows;
	v->paths.n = all.n;
	return ERR_OK;
}

/* What hangs on it. */
static enum err
fill_more(struct req *rq, const struct plan *plan, const struct contribution *c,
    struct view_voice *v)
{
	enum err e = fill_family(rq, c, v);
	if (!v->withdrawn && !c->restricted && actor_may(&rq->who, CAP_EDIT))
		v->task_href = STR_JOIN(rq->arena,
		    req_network_path(
			rq, "/korps/ny/opgave?baerer=contribution+"),
		    id_text(rq->arena, c->id));
	if (e == ERR_OK)
		e = fill_paths(rq, plan, c, v);
	if (e == ERR_OK)
		e = fill_tags(rq, c->id, v);
	if (e == ERR_OK)
		e = coding_view(rq, c, &v->codings);
	return e == ERR_OK ? fill_receipts(rq, plan, c->id, v) : e;
}

/* An empty list is shown to those alone who might look for something. */
static enum err
fill_media(struct req *rq, struct id id, struct view_voice *v)
{
	if (v->withdrawn)
		return ERR_OK;
	enum err e = media_view(rq, id, &v->media);
	v->has_media = actor_may(&rq->who, CAP_PEOPLE) || v->media.asks ||
	    v->media.list.n > 0;
	return e;
}

static enum err
show(struct req *rq, struct id id, struct str error, int status)
{
	const struct plan *plan;
	struct contribution c;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = contribution_get(rq->db, rq->arena, &rq->who, id, &c);
	if (e != ERR_OK)
		return e;
	bool asks =
	    actor_may(&rq->who, CAP_ASK) && !str_eq(c.state, S("withdrawn"));
	const struct input agree[] = {
	    {.kind = INPUT_RADIO,
		.name = "scope",
		.label = N_("Who may read it"),
		.value =
		    typed(rq, "scope", str_fmt(rq->arena, "%d", (int)c.scope)),
		.choices = contribution_scopes},
	    {.kind = INPUT_RADIO,
		.name = "anonymity",
		.label = N_("How the person is named"),
		.value = typed(rq, "anonymity", c.anonymity),
		.choices = contribution_anonymities},
	    {.kind = INPUT_SELECT,
		.name = "given_by",
		.label = N_("Who said yes"),
		.value = typed(rq, "given_by", c.given_by),
		.choices = contribution_givers}};
	struct view_voice v = {
	    .head = voice_head(rq, plan, req_tr(rq, "A voice")),
	    .foot = shell_foot(rq),
	    .list_href = req_network_path(rq, "/stemmer"),
	    .step_action = voice_href(rq, id, "/trin"),
	    .words_action = voice_href(rq, id, "/ord"),
	    .tags_action = voice_href(rq, id, "/maerker"),
	    .agree_action = voice_href(rq, id, "/aftale"),
	    .withdraw_action = voice_href(rq, id, "/traek"),
	    .id = id_text(rq->arena, id),
	    .rev = str_fmt(rq->arena, "%lld", (long long)c.rev),
	    .csrf = req_csrf(rq),
	    .asks = asks,
	    .is_quote = str_eq(c.kind, S("quote")),
	    .inputs = inputs_view(rq, agree, COUNT_OF(agree)),
	};
	v.faults = faults_sentence(rq, error);
	fill_words(rq, plan, &c, &v);
	if (asks)
		fill_steps(rq, &c, &v);
	fill_insights(rq, plan, &c, &v);
	if (!v.withdrawn && !c.restricted)
		idea_of_voice(rq, plan, &c, &v.idea_href, &v.idea_action);
	e = fill_media(rq, id, &v);
	if (e == ERR_OK)
		e = fill_more(rq, plan, &c, &v);
	if (e != ERR_OK)
		return e;
	tmpl_voice(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

enum err
voice_show(struct req *rq, struct id id, int status)
{
	return show(rq, id, S(""), status);
}

/* GET /netvaerk/N/stemmer/ID */
enum err
page_voice(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK ? show(rq, id, S(""), 200) : e;
}

/* ---- what is done with it ---- */

/* The one that the form is about, as it was when it was shown. */
static enum err
load(struct req *rq, struct contribution *c)
{
	struct id id;
	int64_t rev;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = contribution_get(rq->db, rq->arena, &rq->who, id, c);
	if (e == ERR_OK && str_int(req_form(rq, S("rev")), &rev))
		c->rev = rev;
	return e;
}

enum err
voice_done(struct req *rq, struct id id, enum err e, const char *invalid)
{
	if (e == ERR_INVALID)
		return show(rq, id, req_tr(rq, invalid), 422);
	if (e == ERR_CONFLICT)
		return show(rq, id,
		    req_tr(rq,
			"Somebody else changed it while you looked. "
			"Look again, and do it once more."),
		    409);
	struct str href = voice_href(rq, id, "");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(href)) : e;
}

/* POST /netvaerk/N/stemmer/ID/ord */
enum err
page_voice_reword(struct req *rq)
{
	struct contribution c;
	enum err e = load(rq, &c);
	if (e != ERR_OK)
		return e;
	e = contribution_reword(
	    rq->db, rq->arena, &rq->who, &c, req_form(rq, S("wording")));
	return voice_done(rq, c.id, e,
	    N_("It was not saved. A quote can be made shorter, but its words "
	       "stay as they were said. No CPR number, and not too long."));
}

/* POST /netvaerk/N/stemmer/ID/trin */
enum err
page_voice_step(struct req *rq)
{
	struct contribution c;
	struct contribution_step step = {
	    req_form(rq, S("state")), str_trim(req_form(rq, S("reason")))};
	enum err e = load(rq, &c);
	if (e != ERR_OK)
		return e;
	e = contribution_move(rq->db, rq->arena, &rq->who, &c, &step);
	return voice_done(rq, c.id, e,
	    N_("It was not saved. Write why it is not used. New words wait "
	       "until the person has said yes to them."));
}

/* POST /netvaerk/N/stemmer/ID/maerker */
enum err
page_voice_tag(struct req *rq)
{
	struct contribution c;
	enum err e = load(rq, &c);
	if (e != ERR_OK)
		return e;
	e = contribution_tag(
	    rq->db, rq->arena, &rq->who, &c, req_form(rq, S("tags")));
	return voice_done(rq, c.id, e,
	    N_("It was not saved. At most 10 tags of 40 characters, a comma "
	       "between them."));
}

/* POST /netvaerk/N/stemmer/ID/aftale */
enum err
page_voice_agree(struct req *rq)
{
	struct contribution c;
	enum err e = load(rq, &c);
	if (e != ERR_OK)
		return e;
	c.anonymity = req_form(rq, S("anonymity"));
	c.given_by = req_form(rq, S("given_by"));
	if (!str_int(req_form(rq, S("scope")), &c.scope))
		c.scope = -1;
	e = contribution_agree(rq->db, rq->arena, &rq->who, &c,
	    consent_text(rq->arena, rq->lang, c.scope));
	return voice_done(rq, c.id, e,
	    N_("It was not saved. Choose who may read it, how the person is "
	       "named, and who said yes. Under 15 a parent or guardian says "
	       "yes."));
}

/* POST /netvaerk/N/stemmer/ID/traek */
enum err
page_voice_withdraw(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = contribution_withdraw(rq->db, rq->arena, &rq->who, id);
	return e == ERR_OK ? voice_done(rq, id, e, "") : e;
}

/* POST /netvaerk/N/stemmer/ID/fortryd */
enum err
page_voice_undo(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	e = contribution_undo(
	    rq->db, rq->arena, &rq->who, id, req_form(rq, S("undo_reason")));
	return voice_done(rq, id, e,
	    N_("It was not undone. Write why, without a CPR number. Only what "
	       "was put together or divided can be undone."));
}

/* POST /netvaerk/N/stemmer/ID/set-efter */
enum err
page_voice_looked(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = contribution_looked(rq->db, rq->arena, &rq->who, id);
	return e == ERR_OK ? voice_done(rq, id, e, "") : e;
}
