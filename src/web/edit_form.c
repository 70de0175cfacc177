/* SPDX-License-Identifier: MPL-2.0 */

/* The form of a record as a view. */
#include "base/buf.h"
#include "model/catalogue.h"
#include "web/edit.h"
#include "web/input.h"

enum { MAX_RADIOS = 6, MAX_OPTIONS = 500 };

struct options {
	struct view_input_options *list;
	ptrdiff_t n;
};

static void
add_option(struct options *o, struct view_input_options option)
{
	if (o->n < MAX_OPTIONS)
		o->list[o->n++] = option;
}

static void
catalogue_options(struct req *rq, const struct plan *plan, struct options *o,
    const char *list)
{
	struct catalogue_items items = plan_choices(plan, list);
	for (ptrdiff_t i = 0; i < items.n; i++) {
		const struct catalogue_item *item = &items.list[i];
		add_option(o,
		    (struct view_input_options){.value = item->key,
			.label = catalogue_name(item, rq->lang),
			.text = catalogue_text(item, rq->lang)});
	}
}

static void
record_options(struct req *rq, const struct plan *plan, struct options *o,
    enum record_kind kind)
{
	const struct records *all = &plan->of[kind];
	for (ptrdiff_t i = 0; i < all->n; i++)
		add_option(o,
		    (struct view_input_options){.value = all->list[i].id_text,
			.label = plan_title(plan, rq->arena, &all->list[i])});
}

/* Each member once, though they may have several roles. */
static void
member_options(struct req *rq, const struct plan *plan, struct options *o)
{
	for (ptrdiff_t i = 0; i < plan->names.n; i++) {
		struct id account = plan->names.list[i].person;
		bool member = false;
		for (ptrdiff_t m = 0; m < plan->members.n && !member; m++)
			member = id_eq(plan->members.list[m].account, account);
		if (member)
			add_option(o,
			    (struct view_input_options){
				.value = id_text(rq->arena, account),
				.label = plan->names.list[i].name});
	}
}

/* What there is to choose; a few that tell about themselves are radios. */
static void
fill_options(struct req *rq, const struct plan *plan,
    const struct field_def *def, struct input *in)
{
	struct options o = {
	    arena_new(rq->arena, struct view_input_options, MAX_OPTIONS), 0};
	if (def->catalogue != NULL)
		catalogue_options(rq, plan, &o, def->catalogue);
	if (def->type == FIELD_REF || def->type == FIELD_REFS)
		record_options(rq, plan, &o, def->ref);
	if (def->type == FIELD_MEMBER)
		member_options(rq, plan, &o);
	in->options.p = o.list;
	in->options.n = o.n;
	bool told = o.n > 0 && o.list[0].text.n > 0;
	if (in->kind == INPUT_SELECT && told && o.n <= MAX_RADIOS &&
	    def->required)
		in->kind = INPUT_RADIO;
}

static struct input
field_input(struct req *rq, const struct plan *plan, const struct edit *edit,
    ptrdiff_t i)
{
	const struct record_def *def = record_def(edit->record.kind);
	const struct field_def *f = &def->fields[i];
	struct input in =
	    input_of_field(f, &edit->faults.field[i], edit->record.value[i]);
	in.meets = edit->conflict && edit->meets[i];
	if (in.meets)
		in.theirs = edit_shown(rq, plan, f, edit->theirs.value[i]);
	if (in.kind == INPUT_SELECT || in.kind == INPUT_BOXES)
		fill_options(rq, plan, f, &in);
	return in;
}

static void
fill_fields(struct req *rq, const struct plan *plan, const struct edit *edit,
    struct view_form *form)
{
	const struct record_def *def = record_def(edit->record.kind);
	struct input in[RECORD_FIELDS];
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		if (!def->fields[i].managed)
			in[n++] = field_input(rq, plan, edit, i);
	}
	struct view_inputs inputs = inputs_view(rq, in, n);
	form->faults = inputs.faults;
	form->fields = inputs.fields;
}

static void
fill_help(struct req *rq, const char *key, struct view_form *form)
{
	const struct catalogue_words *words =
	    key == NULL ? NULL : catalogue_help(str_c(key), rq->lang);
	if (words == NULL)
		return;
	form->help = words->text;
	form->good = words->good;
	form->bad = words->bad;
	struct catalogue_texts prompts = words->prompts;
	struct view_form_prompts *list =
	    arena_new(rq->arena, struct view_form_prompts, prompts.n);
	for (ptrdiff_t i = 0; i < prompts.n; i++)
		list[i].text = prompts.list[i];
	form->prompts.p = list;
	form->prompts.n = prompts.n;
}

struct view_form
edit_view(struct req *rq, const struct plan *plan, const struct edit *edit)
{
	const struct record *r = &edit->record;
	const struct record_def *def = record_def(r->kind);
	struct str id = id_text(rq->arena, r->id);
	struct str network = req_network_path(rq, "");
	struct str side = edit_side_path(
	    rq, str_cstr(rq->arena, edit->side) /* never holds a NUL */);
	struct view_form form = {
	    .form_id = str_fmt(rq->arena, "form-%s", def->slug),
	    .action = str_fmt(rq->arena, "%.*s/gem/%s/%.*s", STR_ARG(network),
		def->slug, STR_ARG(id)),
	    .remove_action = str_fmt(rq->arena, "%.*s/fjern/%s/%.*s",
		STR_ARG(network), def->slug, STR_ARG(id)),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .remove_key = req_new_key(rq),
	    .rev = str_fmt(rq->arena, "%lld", (long long)r->rev),
	    .side = edit->side,
	    .title = req_tr(rq, edit->is_new ? def->add : def->title),
	    .cancel = str_fmt(rq->arena, "%.*s#%s", STR_ARG(side), def->slug),
	    .conflict = edit->conflict,
	    .can_remove = !edit->is_new && !def->single && !def->append_only,
	};
	if (edit->conflict)
		form.other_name =
		    vault_name_of(&plan->names, edit->theirs.changed_by);
	fill_fields(rq, plan, edit, &form);
	fill_help(rq, def->help, &form);
	return form;
}
