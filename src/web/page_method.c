/* SPDX-License-Identifier: MPL-2.0 */

/* The methods by the four ways in (S37), each on its page, and an
 * organisation's own words for them. */
#include "base/buf.h"
#include "base/diff.h"
#include "model/method.h"
#include "model/vault.h"
#include "view_method.h"
#include "view_method_form.h"
#include "view_methods.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/shell.h"

static struct str
method_href(struct req *rq, struct str key)
{
	return str_cat(rq->arena, S("/metoder/"), key);
}

static struct str
gentle_line(struct req *rq, const struct catalogue_item *item)
{
	return req_tr1(
	    rq, "Gentle: %1 of 3", lang_int(rq->arena, rq->lang, item->gentle));
}

static bool
is_edited(const struct method *m)
{
	return !m->own && m->changed_us > 0;
}

static bool
is_moved(const struct method *m)
{
	for (int i = 0; i < METHOD_FIELDS; i++) {
		if (m->field[i].moved)
			return true;
	}
	return false;
}

/* ---- all of them ---- */

static bool
leads_in(const struct method *m, struct str way)
{
	for (ptrdiff_t i = 0; i < m->item.access.n; i++) {
		if (str_eq(m->item.access.list[i], way))
			return true;
	}
	return false;
}

static void
fill_way(struct req *rq, const struct methods *all,
    const struct catalogue_item *way, struct view_methods_ways *view)
{
	struct view_methods_ways_methods *list =
	    arena_new(rq->arena, struct view_methods_ways_methods, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct method *m = &all->list[i];
		const struct catalogue_words *words = &m->item.words[rq->lang];
		if (!leads_in(m, way->key))
			continue;
		list[n++] = (struct view_methods_ways_methods){
		    .href = method_href(rq, m->item.key),
		    .name = words->name,
		    .text = words->text,
		    .people = words->people,
		    .gentle = gentle_line(rq, &m->item),
		    .in_guide = m->item.in_guide,
		    .own = m->own,
		    .edited = is_edited(m),
		    .moved = is_moved(m),
		};
	}
	*view = (struct view_methods_ways){.key = way->key,
	    .name = catalogue_name(way, rq->lang),
	    .text = catalogue_text(way, rq->lang),
	    .methods = {list, n}};
}

/* GET /metoder */
enum err
page_methods(struct req *rq)
{
	struct methods all;
	struct catalogue_items ways = catalogue_list(S("access_ways"));
	enum err e = method_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_methods v = {
	    .head = shell_head(rq, req_tr(rq, "Methods")),
	    .foot = shell_foot(rq),
	};
	struct view_methods_ways *list =
	    arena_new(rq->arena, struct view_methods_ways, ways.n);
	for (ptrdiff_t i = 0; i < ways.n; i++)
		fill_way(rq, &all, &ways.list[i], &list[i]);
	v.ways.p = list;
	v.ways.n = ways.n;
	if (actor_may(&rq->who, CAP_CATALOGUE))
		v.new_href = S("/metoder/ny");
	tmpl_methods(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- one of them ---- */

/* "Startup, Discovery": what the keys are called. */
static struct str
names_of(struct req *rq, const char *list, struct str keys)
{
	struct buf b = buf_new(rq->arena, 10000);
	while (keys.n > 0) {
		struct str key = str_cut(&keys, ' ');
		buf_add(&b,
		    catalogue_name(catalogue_find(str_c(list), key), rq->lang));
		if (keys.n > 0)
			buf_add(&b, S(", "));
	}
	return buf_str(&b);
}

/* A field's value as it is read. */
static struct str
shown(struct req *rq, const struct method_def *def, struct str value)
{
	if (def->type == METHOD_KEYS)
		return names_of(rq, def->catalogue, value);
	if (def->type == METHOD_YES)
		return req_tr(rq, value.n > 0 ? "Yes" : "No");
	return value;
}

/* Words have one label for two languages. */
static struct str
label_of(struct req *rq, const struct method_def *def)
{
	bool danish = str_ends(str_c(def->name), S("_da"));
	return req_tr1(
	    rq, def->label, req_tr(rq, danish ? "in Danish" : "in English"));
}

static struct view_facts
facts_of(struct req *rq, const struct method *m)
{
	struct facts facts = facts_new(rq, 4 + METHOD_FIELDS);
	const struct catalogue_words *words = &m->item.words[rq->lang];
	facts_add(&facts, req_tr(rq, "For"), words->people);
	facts_add(&facts, req_tr(rq, "Time"), words->time);
	facts_add(&facts, req_tr(rq, "It gives"), words->yields);
	facts_add(&facts, req_tr(rq, "How gentle"), gentle_line(rq, &m->item));
	for (int i = 0; i < METHOD_FIELDS; i++) {
		const struct method_def *def = method_def(i);
		if (def->type == METHOD_KEYS)
			facts_add(&facts, label_of(rq, def),
			    shown(rq, def, m->value[i]));
	}
	return facts_view(&facts);
}

static void
fill_runs(struct req *rq, struct str old, struct str now,
    struct view_method_moves *view)
{
	struct diff_runs diff;
	diff_words(rq->arena, old, now, &diff);
	struct view_method_moves_runs *runs =
	    arena_new(rq->arena, struct view_method_moves_runs, diff.n);
	for (ptrdiff_t i = 0; i < diff.n; i++)
		runs[i] =
		    (struct view_method_moves_runs){.text = diff.run[i].text,
			.added = diff.run[i].kind == DIFF_ADDED,
			.removed = diff.run[i].kind == DIFF_REMOVED,
			.same = diff.run[i].kind == DIFF_SAME};
	view->runs.p = runs;
	view->runs.n = diff.n;
}

/* Where an upgrade changed what the organisation had changed too. */
static void
fill_moves(struct req *rq, const struct method *m, struct view_method *v)
{
	struct view_method_moves *list =
	    arena_new(rq->arena, struct view_method_moves, METHOD_FIELDS);
	ptrdiff_t n = 0;
	for (int i = 0; i < METHOD_FIELDS; i++) {
		const struct method_def *def = method_def(i);
		if (!m->field[i].moved)
			continue;
		list[n].label = label_of(rq, def);
		list[n].yours = shown(rq, def, m->value[i]);
		fill_runs(rq, shown(rq, def, m->field[i].base),
		    shown(rq, def, m->field[i].shipped), &list[n++]);
	}
	v->moves.p = list;
	v->moves.n = n;
	v->moved = n > 0;
}

static enum err
fill_changed(struct req *rq, const struct method *m, struct view_method *v)
{
	struct vault_names names;
	if (m->changed_us == 0)
		return ERR_OK;
	enum err e = vault_names(rq->db, rq->arena, &rq->who, &names);
	if (e == ERR_OK)
		v->changed = req_tr2(rq, "Written here by %1, %2",
		    vault_name_of(&names, m->changed_by),
		    lang_date(rq->arena, rq->lang, date_danish(m->changed_us)));
	return e;
}

static enum err
find_method(struct req *rq, struct str key, const struct method **out)
{
	struct methods all;
	enum err e = method_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	*out = method_find(&all, key);
	return *out == NULL ? ERR_NOT_FOUND : ERR_OK;
}

static enum err
show_method(struct req *rq, struct str error, int status)
{
	const struct method *m;
	enum err e = find_method(rq, req_param(rq, S("key")), &m);
	if (e != ERR_OK)
		return e;
	const struct catalogue_words *words = &m->item.words[rq->lang];
	struct view_method v = {
	    .head = shell_head(rq, words->name),
	    .foot = shell_foot(rq),
	    .name = words->name,
	    .text = words->text,
	    .caution = words->caution,
	    .error = error,
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .own = m->own,
	};
	v.facts = facts_of(rq, m);
	fill_moves(rq, m, &v);
	struct str href = method_href(rq, m->item.key);
	if (actor_may(&rq->who, CAP_CATALOGUE)) {
		v.edit_href = str_cat(rq->arena, href, S("/ret"));
		if (m->changed_us > 0)
			v.reset_action =
			    str_cat(rq->arena, href, S("/standard"));
	}
	e = fill_changed(rq, m, &v);
	if (e != ERR_OK)
		return e;
	tmpl_method(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /metoder/KEY */
enum err
page_method(struct req *rq)
{
	return show_method(rq, S(""), 200);
}

/* ---- its form ---- */

static struct view_input_options_array
box_options(struct req *rq, const struct method_def *def)
{
	bool yes = def->type == METHOD_YES;
	struct catalogue_items items = {.n = 1};
	if (!yes)
		items = catalogue_list(str_c(def->catalogue));
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, items.n);
	for (ptrdiff_t i = 0; i < items.n; i++)
		list[i] = (struct view_input_options){
		    .value = yes ? S("1") : items.list[i].key,
		    .label = yes ? req_tr(rq, "Yes")
				 : catalogue_name(&items.list[i], rq->lang)};
	return (struct view_input_options_array){list, items.n};
}

struct form {
	const struct method *m; /* as it stands; NULL: a new one */
	struct method_form typed;
	struct method_faults faults;
	bool conflict;
};

static struct input
field_input(struct req *rq, const struct form *form, int i)
{
	const struct method_def *def = method_def(i);
	struct input in = {
	    .kind = def->type == METHOD_TEXT ? INPUT_TEXT : INPUT_LINE,
	    .name = def->name,
	    .words = label_of(rq, def),
	    .value = form->typed.value[i],
	    .optional = !def->required && def->type != METHOD_NUMBER,
	    .fault = form->faults.field[i],
	};
	if (def->type == METHOD_KEYS || def->type == METHOD_YES) {
		in.kind = INPUT_BOXES;
		in.optional = false;
		in.options = box_options(rq, def);
	}
	if (form->conflict && form->m != NULL &&
	    !str_eq(form->m->value[i], in.value))
		in.theirs = shown(rq, def, form->m->value[i]);
	in.meets = in.theirs.n > 0;
	return in;
}

static struct view_inputs
form_inputs(struct req *rq, const struct form *form)
{
	struct input in[METHOD_FIELDS];
	for (int i = 0; i < METHOD_FIELDS; i++)
		in[i] = field_input(rq, form, i);
	return inputs_view(rq, in, METHOD_FIELDS);
}

static enum err
show_form(struct req *rq, const struct form *form, int status)
{
	struct str href = method_href(rq, form->typed.key);
	struct str title = form->m == NULL
	    ? req_tr(rq, "Add a method of your own")
	    : req_tr1(rq, "Change: %1", form->m->item.words[rq->lang].name);
	struct view_method_form v = {
	    .head = shell_head(rq, title),
	    .foot = shell_foot(rq),
	    .title = title,
	    .action = href,
	    .cancel = form->m == NULL ? S("/metoder") : href,
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .seen = str_fmt(rq->arena, "%lld", (long long)form->typed.seen_us),
	    .conflict = form->conflict,
	    .inputs = form_inputs(rq, form),
	};
	tmpl_method_form(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /metoder/ny */
enum err
page_method_new(struct req *rq)
{
	struct form form = {0};
	struct str id = id_text(rq->arena, id_new(rq->http->now_us));
	form.typed.key = str_cat(rq->arena, S("own_"), id);
	return show_form(rq, &form, 200);
}

/* GET /metoder/KEY/ret */
enum err
page_method_edit(struct req *rq)
{
	struct form form = {.typed.key = req_param(rq, S("key"))};
	enum err e = find_method(rq, form.typed.key, &form.m);
	if (e != ERR_OK)
		return e;
	form.typed.seen_us = form.m->changed_us;
	for (int i = 0; i < METHOD_FIELDS; i++)
		form.typed.value[i] = form.m->value[i];
	return show_form(rq, &form, 200);
}

static struct method_form
typed_form(struct req *rq)
{
	struct method_form form = {.key = req_param(rq, S("key"))};
	if (!str_int(req_form(rq, S("seen")), &form.seen_us))
		form.seen_us = 0;
	for (int i = 0; i < METHOD_FIELDS; i++)
		form.value[i] = req_form_all(rq, str_c(method_def(i)->name));
	return form;
}

/* POST /metoder/KEY: saves, or shows the form again as it was typed. */
enum err
page_method_save(struct req *rq)
{
	struct form form = {.typed = typed_form(rq)};
	enum err e =
	    method_save(rq->db, rq->arena, &rq->who, &form.typed, &form.faults);
	struct str href = method_href(rq, form.typed.key);
	if (e == ERR_OK)
		return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(href));
	if (e != ERR_INVALID && e != ERR_CONFLICT)
		return e;
	form.conflict = e == ERR_CONFLICT;
	enum err found = find_method(rq, form.typed.key, &form.m);
	if (found == ERR_NOT_FOUND)
		form.m = NULL;
	else if (found != ERR_OK)
		return found;
	if (form.conflict && form.m != NULL)
		form.typed.seen_us = form.m->changed_us;
	return show_form(rq, &form, form.conflict ? 409 : 422);
}

/* POST /metoder/KEY/standard */
enum err
page_method_reset(struct req *rq)
{
	struct str key = req_param(rq, S("key"));
	enum err e = method_reset(rq->db, rq->arena, &rq->who, key);
	if (e == ERR_CONFLICT)
		return show_method(rq,
		    req_tr(rq, "An activity is planned with it, so it stays."),
		    409);
	if (e != ERR_OK)
		return e;
	if (!catalogue_has(S("methods"), key))
		return req_redirect(rq, "/metoder?besked=gemt");
	struct str href = method_href(rq, key);
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(href));
}
