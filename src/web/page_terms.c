/* SPDX-License-Identifier: MPL-2.0 */

/* What citizens in the network have against what the others have (S39). */
#include "base/buf.h"
#include "model/catalogue.h"
#include "model/equality.h"
#include "view_terms.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

static const struct {
	struct str key;
	const char *label;
} words[] = {
    {S_INIT(""), N_("Not said")},
    {S_INIT("yes"), N_("Yes")},
    {S_INIT("partly"), N_("Partly")},
    {S_INIT("no"), N_("No")},
};

static struct str
word(struct req *rq, struct str key)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(words); i++) {
		if (str_eq(words[i].key, key))
			return req_tr(rq, words[i].label);
	}
	return key;
}

static struct view_terms_terms_sides
side_view(struct req *rq, struct str about, struct str name, struct str now)
{
	bool citizens = str_ends(name, S("_citizens"));
	struct view_terms_terms_sides_options *list = arena_new(
	    rq->arena, struct view_terms_terms_sides_options, COUNT_OF(words));
	for (ptrdiff_t i = 0; i < COUNT_OF(words); i++)
		list[i] = (struct view_terms_terms_sides_options){
		    .value = words[i].key,
		    .label = req_tr(rq, words[i].label),
		    .chosen = str_eq(words[i].key, now)};
	return (struct view_terms_terms_sides){.name = name,
	    .label = req_tr(rq, citizens ? "The citizens" : "The others"),
	    .about = about,
	    .options = {list, COUNT_OF(words)}};
}

static struct view_terms_terms
term_view(
    struct req *rq, const struct catalogue_item *item, const struct term *t)
{
	struct view_terms_terms_sides *sides =
	    arena_new(rq->arena, struct view_terms_terms_sides, 2);
	struct str name = catalogue_name(item, rq->lang);
	sides[0] = side_view(rq, name,
	    str_cat(rq->arena, item->key, S("_citizens")), t->citizens);
	sides[1] = side_view(
	    rq, name, str_cat(rq->arena, item->key, S("_others")), t->others);
	return (struct view_terms_terms){.item = item->key,
	    .name = name,
	    .text = catalogue_text(item, rq->lang),
	    .note = t->note,
	    .sides = {sides, 2}};
}

static void
fill_terms(struct req *rq, const struct terms *terms, struct view_terms *v)
{
	struct catalogue_items items = catalogue_list(S("terms"));
	struct view_terms_terms *list =
	    arena_new(rq->arena, struct view_terms_terms, TERMS);
	for (int i = 0; i < TERMS; i++)
		list[i] = term_view(rq, &items.list[i], &terms->of[i]);
	v->terms.p = list;
	v->terms.n = TERMS;
}

static void
fill_differences(
    struct req *rq, const struct terms *terms, struct view_terms *v)
{
	struct catalogue_items items = catalogue_list(S("terms"));
	struct view_terms_differences *list =
	    arena_new(rq->arena, struct view_terms_differences, TERMS);
	for (int i = 0; i < TERMS; i++) {
		const struct term *t = &terms->of[i];
		if (!t->differs)
			continue;
		struct str args[] = {catalogue_name(&items.list[i], rq->lang),
		    word(rq, t->citizens), word(rq, t->others)};
		list[v->differences.n++] = (struct view_terms_differences){
		    .line = tr_fill(rq->arena,
			tr(rq->lang, "%1: citizens: %2, others: %3"), args,
			COUNT_OF(args)),
		    .note = t->note};
	}
	v->differences.p = list;
	v->none = v->differences.n == 0;
	v->none_text = terms->unsaid > 0
	    ? req_tr1(rq, "No difference is known. Not said yet: %1 of 6.",
		  lang_int(rq->arena, rq->lang, terms->unsaid))
	    : req_tr(rq, "Citizens have the same as the others.");
}

/* `typed`: what came back, or NULL for what is saved. */
static enum err
show(struct req *rq, const struct terms *typed, struct str error, int status)
{
	const struct plan *plan;
	struct terms saved;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = equality_get(rq->db, rq->arena, &rq->who, &saved);
	if (e != ERR_OK)
		return e;
	struct view_terms v = {
	    .head = shell_network_head(rq, req_tr(rq, "Equal terms"),
		record_value(&plan->network, "name"), "aktiviteter"),
	    .foot = shell_foot(rq),
	    .faults = faults_sentence(rq, error),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	};
	if (actor_may(&rq->who, CAP_EDIT))
		v.action = req_network_path(rq, "/lige-vilkaar");
	if (saved.changed_us > 0)
		v.changed = req_tr2(rq, "Written here by %1, %2",
		    vault_name_of(&plan->names, saved.changed_by),
		    lang_date(
			rq->arena, rq->lang, date_danish(saved.changed_us)));
	fill_terms(rq, typed != NULL ? typed : &saved, &v);
	fill_differences(rq, &saved, &v);
	tmpl_terms(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/lige-vilkaar */
enum err
page_terms(struct req *rq)
{
	return show(rq, NULL, S(""), 200);
}

static struct str
form_value(struct req *rq, struct str item, struct str suffix)
{
	return req_form(rq, str_cat(rq->arena, item, suffix));
}

/* POST /netvaerk/N/lige-vilkaar */
enum err
page_terms_save(struct req *rq)
{
	struct terms terms = {0};
	struct catalogue_items items = catalogue_list(S("terms"));
	for (int i = 0; i < TERMS; i++) {
		struct str item = items.list[i].key;
		terms.of[i] = (struct term){.item = item,
		    .citizens = form_value(rq, item, S("_citizens")),
		    .others = form_value(rq, item, S("_others")),
		    .note = form_value(rq, item, S("_note"))};
	}
	enum err e = equality_put(rq->db, rq->arena, &rq->who, &terms);
	if (e == ERR_INVALID)
		return show(rq, &terms,
		    req_tr(rq,
			"A note has at most 600 characters and no CPR "
			"number."),
		    422);
	struct str path = req_network_path(rq, "/lige-vilkaar");
	return e == ERR_OK ? req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path))
			   : e;
}
