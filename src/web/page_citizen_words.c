/* SPDX-License-Identifier: MPL-2.0 */

/* What a citizen said, and more of it: to see, change and take back. */
#include "base/buf.h"
#include "model/citizen_words.h"
#include "view_citizen_words.h"
#include "web/input.h"
#include "web/media_view.h"
#include "web/pages.h"
#include "web/shell.h"
#include "web/visit.h"

/* The same four, in a citizen's words. */
static const struct choice readers[] = {
    {"0", N_("Only the one I talk with")},
    {"1", N_("Those who work with this")},
    {"2", N_("Also those who decide")},
    {"3", N_("Everybody, also on the web")},
    {0},
};

/* Of somebody whose words are kept by law. */
static const struct choice one_reader[] = {
    {"0", N_("Only the one I talk with")},
    {0},
};

static const struct choice states[] = {
    {"received", N_("We have it.")},
    {"reviewed", N_("We have read it.")},
    {"approved", N_("We may use it.")},
    {"used", N_("We use it.")},
    {"not_used", N_("We do not use it.")},
    {"answered", N_("We have answered you.")},
    {0},
};

static struct str
scope_key(struct req *rq, int64_t scope)
{
	return scope < 0 ? S("") : str_fmt(rq->arena, "%d", (int)scope);
}

struct saying {
	bool changes; /* one of theirs; else something new */
	bool restricted; /* what they said is kept by law */
};

static struct view_inputs
form_inputs(struct req *rq, const struct citizen_word *w,
    const struct citizen_word_faults *f, const struct saying *s)
{
	const struct input inputs[] = {
	    {.kind = INPUT_TEXT,
		.name = "text",
		.label = s->changes ? N_("Your words")
				    : N_("What would you like to say?"),
		.value = w->text,
		.fault = f->text},
	    {.kind = INPUT_RADIO,
		.name = "scope",
		.label = N_("Who may read it?"),
		.value = scope_key(rq, w->scope),
		.fault = f->scope,
		.choices = s->restricted ? one_reader : readers}};
	return inputs_view(rq, inputs, COUNT_OF(inputs));
}

static struct view_citizen_media
media_block(struct req *rq, const struct visit *v, const struct media *m)
{
	struct arena *a = rq->arena;
	struct str rest = STR_JOIN(a, S("/medier/"), id_text(a, m->id));
	struct str base = str_cat(a, v->path, rest);
	struct view_citizen_media b = {
	    .name = m->name,
	    .alt = m->words.n > 0 ? m->words : m->name,
	    .yes = str_eq(m->faces, S("yes")),
	    .asks = !str_eq(m->faces, S("yes")),
	    .yes_action =
		visit_href(rq, v, str_cstr(a, str_cat(a, rest, S("/ja")))),
	    .stop_action =
		visit_href(rq, v, str_cstr(a, str_cat(a, rest, S("/stop")))),
	};
	if (!str_eq(m->kind, S("picture"))) {
		b.players = media_player(rq, m, base, true);
		return b;
	}
	b.thumb = str_cat(a, base, S("/lille"));
	b.width = media_small(m->width, m->height);
	b.height = media_small(m->height, m->width);
	return b;
}

static enum err
fill_media(struct req *rq, const struct visit *v, struct id contribution,
    struct view_citizen_media_array *out)
{
	struct media_list all;
	enum err e = citizen_media_of(
	    rq->db, rq->arena, &v->citizen, contribution, &all);
	if (e != ERR_OK)
		return e;
	struct view_citizen_media *rows =
	    arena_new(rq->arena, struct view_citizen_media, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		rows[i] = media_block(rq, v, &all.list[i]);
	*out = (struct view_citizen_media_array){rows, all.n};
	return ERR_OK;
}

static enum err
fill_words(struct req *rq, const struct visit *v,
    const struct contribution_page *page, struct view_citizen_words *view)
{
	struct view_citizen_words_words *rows =
	    arena_new(rq->arena, struct view_citizen_words_words, page->n);
	for (ptrdiff_t i = 0; i < page->n; i++) {
		const struct contribution *c = &page->list[i];
		struct str id = id_text(rq->arena, c->id);
		struct view_citizen_media_array media;
		enum err e = fill_media(rq, v, c->id, &media);
		if (e != ERR_OK)
			return e;
		rows[i] = (struct view_citizen_words_words){
		    .words = contribution_words(c),
		    .when =
			lang_date(rq->arena, rq->lang, date_danish(c->at_us)),
		    .state = c->restricted ? req_tr(rq, "We keep it.")
					   : choice_label(rq, states, c->state),
		    .reason = c->reason,
		    .readers =
			choice_label(rq, readers, scope_key(rq, c->scope)),
		    .asked = str_eq(c->approval, S("asked")),
		    .href = c->restricted
			? S("")
			: STR_JOIN(rq->arena, visit_href(rq, v, "/ord"),
			      S("&valgt="), id),
		    .media = media};
	}
	view->words.p = rows;
	view->words.n = page->n;
	view->has_words = page->n > 0;
	return ERR_OK;
}

/* One of theirs is chosen, by the address or in the form that comes back; else
 * the form is for something new. */
static bool
find_chosen(struct req *rq, const struct contribution_page *page,
    const struct citizen_word *typed, struct citizen_word *w)
{
	struct id id;
	if (typed != NULL)
		id = typed->id;
	else if (!id_parse(req_query(rq, S("valgt")), &id))
		return false;
	for (ptrdiff_t i = 0; i < page->n; i++) {
		const struct contribution *c = &page->list[i];
		if (!id_eq(c->id, id))
			continue;
		*w = (struct citizen_word){id, contribution_words(c), c->scope};
		return true;
	}
	return false;
}

static enum err
is_restricted(struct req *rq, const struct visit *v, bool *restricted)
{
	return contribution_person_restricted(rq->db, rq->arena, &v->citizen.in,
	    v->citizen.person.id, restricted);
}

static enum err
show(struct req *rq, const struct visit *v, const struct citizen_word *typed,
    const struct citizen_word_faults *faults)
{
	struct contribution_page page;
	struct citizen_word w = {.id = id_new(rq->http->now_us), .scope = -1};
	enum err e = citizen_words(rq->db, rq->arena, &v->citizen, &page);
	if (e != ERR_OK)
		return e;
	struct saying s = {0};
	e = is_restricted(rq, v, &s.restricted);
	if (e != ERR_OK)
		return e;
	s.changes = find_chosen(rq, &page, typed, &w) && !s.restricted;
	if (s.restricted && typed == NULL)
		w = (struct citizen_word){id_new(rq->http->now_us), S(""), -1};
	if (typed != NULL)
		w = *typed;
	struct view_citizen_words view = {
	    .head = visit_head(rq, v, req_tr(rq, "Your words")),
	    .foot = shell_foot(rq),
	    .back = visit_href(rq, v, ""),
	    .thanks = req_query(rq, S("tak")).n > 0,
	    .gone = req_query(rq, S("vaek")).n > 0,
	    .parent = req_query(rq, S("foraelder")).n > 0,
	    .changes = s.changes,
	    .restricted = s.restricted,
	    .why_href = visit_href(rq, v, "/slet"),
	    .id = id_text(rq->arena, w.id),
	    .action = visit_href(rq, v, s.changes ? "/ord/ret" : "/ord"),
	    .back_action = visit_href(rq, v, "/ord/traek"),
	    .inputs = form_inputs(rq, &w, faults, &s),
	};
	e = fill_words(rq, v, &page, &view);
	if (e != ERR_OK)
		return e;
	tmpl_citizen_words(&rq->out, rq->lang, &view);
	return req_html_status(rq, faults->any ? 422 : 200);
}

/* GET /c/CODE/ord */
enum err
page_citizen_words(struct req *rq)
{
	struct visit v = {0};
	enum err e = visit_enter(rq, req_param(rq, S("token")), &v);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	return e == ERR_OK
	    ? show(rq, &v, NULL, &(struct citizen_word_faults){0})
	    : e;
}

/* The visit and what was typed.  true: go on; else *e is the answer. */
static bool
read_post(struct req *rq, struct visit *v, struct citizen_word *w, enum err *e)
{
	*e = visit_enter(rq, req_param(rq, S("token")), v);
	if (*e == ERR_NOT_FOUND) {
		*e = visit_code(rq, true, 404);
		return false;
	}
	if (*e != ERR_OK)
		return false;
	w->text = req_form(rq, S("text"));
	if (!str_int(req_form(rq, S("scope")), &w->scope))
		w->scope = -1;
	if (id_parse(req_form(rq, S("id")), &w->id))
		return true;
	*e = ERR_INVALID;
	return false;
}

static enum err
done(struct req *rq, const struct visit *v, const char *what)
{
	struct str back = visit_href(rq, v, "/ord");
	return req_redirect(rq, "%.*s&%s=1", STR_ARG(back), what);
}

/* Something new, or other words for what `write` finds to be theirs. */
static enum err
keep(struct req *rq,
    enum err (*write)(struct db *, struct arena *, const struct citizen *,
	const struct citizen_word *),
    bool waits)
{
	enum err e;
	struct visit v = {0};
	struct citizen_word w;
	struct citizen_word_faults faults;
	if (!read_post(rq, &v, &w, &e))
		return e;
	bool restricted = false;
	e = is_restricted(rq, &v, &restricted);
	if (e != ERR_OK)
		return e;
	citizen_word_check(&w, &faults);
	if (restricted && w.scope > SCOPE_INTERNAL) {
		faults.scope = N_("We keep what you said, and nobody else "
				  "reads it. Choose the one you talk with.");
		faults.any = true;
	}
	if (waits && !faults.any && v.citizen.needs_guardian) {
		faults.text = N_("A parent must say yes first. We will help "
				 "you ask them.");
		faults.any = true;
	}
	if (faults.any)
		return show(rq, &v, &w, &faults);
	e = write(rq->db, rq->arena, &v.citizen, &w);
	return e == ERR_OK ? done(rq, &v, "tak") : e;
}

/* POST /c/CODE/ord: of somebody under 15 once a guardian has said yes. */
enum err
page_citizen_say(struct req *rq)
{
	return keep(rq, citizen_says, true);
}

/* POST /c/CODE/ord/ret */
enum err
page_citizen_change(struct req *rq)
{
	return keep(rq, citizen_changes, false);
}

/* POST /c/CODE/ord/traek */
enum err
page_citizen_take_back(struct req *rq)
{
	enum err e;
	struct visit v = {0};
	struct citizen_word w;
	if (!read_post(rq, &v, &w, &e))
		return e;
	e = citizen_takes_back(rq->db, rq->arena, &v.citizen, w.id);
	return e == ERR_OK ? done(rq, &v, "vaek") : e;
}
