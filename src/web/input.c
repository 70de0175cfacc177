/* SPDX-License-Identifier: MPL-2.0 */
#include "web/input.h"

#include "base/buf.h"
#include "web/faults.h"

enum { ROWS_LONG = 7, LONG_TEXT = 1500 };

struct str
choice_label(struct req *rq, const struct choice *list, struct str key)
{
	const struct choice *c = choice_find(list, key);
	return c == NULL ? S("") : req_tr(rq, c->label);
}

bool
input_has(struct str keys, struct str key)
{
	while (keys.n > 0) {
		if (str_eq(str_cut(&keys, ' '), key))
			return true;
	}
	return false;
}

static enum input_kind
kind_of_field(const struct field_def *def)
{
	switch (def->type) {
	case FIELD_TEXT:
		return INPUT_TEXT;
	case FIELD_DATE:
		return INPUT_DATE;
	case FIELD_REFS:
		return INPUT_BOXES;
	case FIELD_CHOICE:
	case FIELD_REF:
	case FIELD_MEMBER:
		return INPUT_SELECT;
	default:
		return INPUT_LINE;
	}
}

struct input
input_of_field(const struct field_def *def, const struct field_fault *fault,
    struct str value)
{
	return (struct input){
	    .kind = kind_of_field(def),
	    .name = def->name,
	    .label = def->label,
	    .hint = def->hint,
	    .value = value,
	    .optional = !def->required,
	    .fault = fault->message,
	    .about = fault->argument,
	    .choices = def->choices,
	    .rows = def->max > LONG_TEXT ? ROWS_LONG : INPUT_ROWS,
	};
}

static struct view_input_options
option_view(struct req *rq, const struct input *in, const struct view_input *v,
    ptrdiff_t i)
{
	struct view_input_options o;
	if (in->choices == NULL)
		o = in->options.p[i];
	else
		o = (struct view_input_options){
		    .value = str_c(in->choices[i].key),
		    .label = req_tr(rq, in->choices[i].label)};
	o.id = str_fmt(rq->arena, "%.*s-%td", STR_ARG(v->id), i);
	o.chosen = in->kind == INPUT_BOXES ? input_has(in->value, o.value)
					   : str_eq(o.value, in->value);
	return o;
}

static void
fill_options(struct req *rq, const struct input *in, struct view_input *v)
{
	ptrdiff_t n = in->options.n;
	if (in->choices != NULL) {
		for (n = 0; in->choices[n].key != NULL;)
			n++;
	}
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, n);
	for (ptrdiff_t i = 0; i < n; i++)
		list[i] = option_view(rq, in, v, i);
	v->options.p = list;
	v->options.n = n;
}

static void
fill_kind(struct req *rq, const struct input *in, struct view_input *v)
{
	static const char *const types[] = {[INPUT_LINE] = "text",
	    [INPUT_MAIL] = "email",
	    [INPUT_TEL] = "tel",
	    [INPUT_DATE] = "date"};
	v->is_line = in->kind <= INPUT_DATE;
	v->is_text = in->kind == INPUT_TEXT;
	v->is_select = in->kind == INPUT_SELECT;
	v->is_boxes = in->kind == INPUT_BOXES;
	v->is_tick = in->kind == INPUT_TICK;
	v->is_group = in->kind == INPUT_RADIO || v->is_boxes;
	if (v->is_line)
		v->type = str_c(types[in->kind]);
	if (v->is_select || v->is_group)
		fill_options(rq, in, v);
}

static struct view_input
input_view(struct req *rq, const struct input *in)
{
	struct view_input v = {
	    .id = str_fmt(rq->arena, "felt-%s", in->name),
	    .name = str_c(in->name),
	    .label = in->label != NULL ? req_tr(rq, in->label) : in->words,
	    .value = in->value,
	    .optional = in->optional,
	    .rows = in->rows > 0 ? in->rows : INPUT_ROWS,
	    .meets = in->meets,
	    .theirs = in->theirs,
	    .fills = str_c(in->fills != NULL ? in->fills : "off"),
	};
	struct str hint = {0}, error = {0};
	if (in->hint != NULL) {
		v.hint = req_tr(rq, in->hint);
		hint = str_cat(rq->arena, v.id, S("-hint "));
	}
	if (in->fault != NULL) {
		v.error = req_tr1(rq, in->fault, in->about);
		error = str_cat(rq->arena, v.id, S("-error"));
	}
	v.described = str_trim(str_cat(rq->arena, hint, error));
	fill_kind(rq, in, &v);
	return v;
}

struct view_inputs
inputs_view(struct req *rq, const struct input *in, ptrdiff_t n)
{
	struct view_input *fields = arena_new(rq->arena, struct view_input, n);
	struct faults faults = faults_new(rq, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		fields[i] = input_view(rq, &in[i]);
		faults_add(
		    &faults, fields[i].id, fields[i].label, fields[i].error);
	}
	return (struct view_inputs){
	    .faults = faults_view(&faults), .fields = {fields, n}};
}
