/* SPDX-License-Identifier: MPL-2.0 */

/* Adding a person whom the network asks, and changing what is known of
 * them. */
#include "base/buf.h"
#include "model/catalogue.h"
#include "model/sending.h"
#include "view_person_form.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"

enum { FIELDS = 16 };

struct form {
	struct person person;
	struct person_faults faults;
	bool changed_meanwhile;
};

static struct view_input_options_array
group_options(struct req *rq, const struct plan *plan)
{
	const struct records *groups = &plan->of[KIND_GROUP];
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, groups->n);
	for (ptrdiff_t i = 0; i < groups->n; i++)
		list[i] = (struct view_input_options){
		    .value = groups->list[i].id_text,
		    .label = plan_title(plan, rq->arena, &groups->list[i])};
	return (struct view_input_options_array){list, groups->n};
}

/* Who it is. */
static ptrdiff_t
who_inputs(struct req *rq, const struct plan *plan, const struct form *form,
    struct input *in)
{
	const struct person *p = &form->person;
	const struct person_faults *f = &form->faults;
	in[0] = (struct input){.kind = INPUT_TEXT,
	    .name = "reason",
	    .label = N_("Why this person"),
	    .hint = N_("One sentence that you could say to the person."),
	    .value = p->reason,
	    .fault = f->reason};
	in[1] = (struct input){.kind = INPUT_LINE,
	    .name = "alias",
	    .label = N_("Alias"),
	    .hint = N_("What you call them among yourselves. Best their own "
		       "choice, and never the whole name."),
	    .value = p->alias,
	    .optional = true,
	    .fault = f->alias};
	in[2] = (struct input){.kind = INPUT_SELECT,
	    .name = "actor_kind",
	    .label = N_("Kind"),
	    .value = p->actor_kind,
	    .fault = f->actor_kind,
	    .options = person_kind_options(rq)};
	in[3] = (struct input){.kind = INPUT_SELECT,
	    .name = "group",
	    .label = N_("Target group"),
	    .value = id_is_set(p->group) ? id_text(rq->arena, p->group) : S(""),
	    .optional = true,
	    .fault = f->group,
	    .options = group_options(rq, plan)};
	in[4] = (struct input){.kind = INPUT_SELECT,
	    .name = "age",
	    .label = N_("Age"),
	    .hint = N_("Only when you need it."),
	    .value = p->age,
	    .optional = true,
	    .fault = f->age,
	    .choices = person_ages};
	return 5;
}

/* How to reach them, and what they told that they need. */
static ptrdiff_t
reach_inputs(const struct form *form, struct input *in)
{
	const struct person *p = &form->person;
	const struct person_faults *f = &form->faults;
	in[0] = (struct input){.kind = INPUT_SELECT,
	    .name = "channel",
	    .label = N_("Wants to be reached by"),
	    .value = p->channel,
	    .fault = f->channel,
	    .choices = person_channels};
	in[1] = (struct input){.kind = INPUT_SELECT,
	    .name = "lang",
	    .label = N_("Language"),
	    .value = p->lang,
	    .fault = f->lang,
	    .choices = person_languages};
	in[2] = (struct input){.kind = INPUT_BOXES,
	    .name = "needs",
	    .label = N_("Needs"),
	    .value = p->needs,
	    .optional = true,
	    .fault = f->needs,
	    .choices = person_needs};
	in[3] = (struct input){.kind = INPUT_TEXT,
	    .name = "needs_note",
	    .label = N_("Needs in their own words"),
	    .value = p->needs_note,
	    .optional = true,
	    .fault = f->needs_note};
	in[4] = (struct input){.kind = INPUT_TICK,
	    .name = "asked",
	    .label = N_("I have asked the person what they need"),
	    .value = p->needs_asked_us > 0 ? S("1") : S("")};
	return 5;
}

/* What they are to be spared. */
static ptrdiff_t
care_inputs(const struct form *form, struct input *in)
{
	const struct person *p = &form->person;
	const struct person_faults *f = &form->faults;
	in[0] = (struct input){.kind = INPUT_SELECT,
	    .name = "vulnerable",
	    .label = N_("May be vulnerable"),
	    .hint = N_("Left out: as their target group."),
	    .value = p->vulnerable,
	    .optional = true,
	    .fault = f->vulnerable,
	    .choices = person_vulnerable};
	in[1] = (struct input){.kind = INPUT_TEXT,
	    .name = "big_wish",
	    .label = N_("Their own wish for a large meeting"),
	    .hint = N_("Only when they asked for it themselves. It is what "
		       "lifts the rule of small meetings."),
	    .value = p->big_wish,
	    .optional = true,
	    .fault = f->big_wish};
	in[2] = (struct input){.kind = INPUT_TEXT,
	    .name = "guardian",
	    .label = N_("How a guardian said yes"),
	    .hint = N_("For somebody under 15: on paper, by phone, when."),
	    .value = p->guardian,
	    .optional = true,
	    .fault = f->guardian};
	in[3] = (struct input){.kind = INPUT_TICK,
	    .name = "protected",
	    .label = N_("The address is protected"),
	    .value = p->protected_address ? S("1") : S("")};
	return 4;
}

static struct view_inputs
form_inputs(struct req *rq, const struct plan *plan, const struct form *form)
{
	struct input in[FIELDS];
	ptrdiff_t n = who_inputs(rq, plan, form, in);
	n += reach_inputs(form, &in[n]);
	n += care_inputs(form, &in[n]);
	return inputs_view(rq, in, n);
}

static enum err
show(struct req *rq, const struct form *form, int status)
{
	const struct plan *plan;
	const struct person *p = &form->person;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct str title = req_tr(
	    rq, p->rev == 0 ? N_("Add a person") : N_("Change a person"));
	struct view_person_form v = {
	    .head = person_head(rq, plan, title),
	    .foot = shell_foot(rq),
	    .title = title,
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .id = id_text(rq->arena, p->id),
	    .rev = str_fmt(rq->arena, "%lld", (long long)p->rev),
	    .action = req_network_path(rq, "/personer/ny"),
	    .cancel = p->rev == 0 ? req_network_path(rq, "/personer")
				  : person_href(rq, p->id, ""),
	    .changed_meanwhile = form->changed_meanwhile,
	    .inputs = form_inputs(rq, plan, form),
	};
	tmpl_person_form(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/personer/ny */
enum err
page_person_new(struct req *rq)
{
	struct form form = {.person = {.id = id_new(rq->http->now_us),
				.actor_kind = S("citizen"),
				.channel = S("in_person"),
				.lang = S("da")}};
	if (!id_parse(req_query(rq, S("gruppe")), &form.person.group))
		form.person.group = (struct id){0};
	return show(rq, &form, 200);
}

/* GET /netvaerk/N/personer/ID/ret */
enum err
page_person_edit(struct req *rq)
{
	struct id id;
	struct form form = {0};
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = person_get(rq->db, rq->arena, &rq->who, id, &form.person);
	return e == ERR_OK ? show(rq, &form, 200) : e;
}

/* When it was told stays, unless it is told anew. */
static int64_t
told(struct req *rq, struct str now, struct str before, int64_t before_us)
{
	if (now.n == 0)
		return 0;
	return str_eq(now, before) && before_us > 0 ? before_us
						    : rq->who.now_us;
}

static void
read_form(struct req *rq, const struct person *before, struct person *p)
{
	p->reason = req_form(rq, S("reason"));
	p->alias = req_form(rq, S("alias"));
	p->actor_kind = req_form(rq, S("actor_kind"));
	p->age = req_form(rq, S("age"));
	p->channel = req_form(rq, S("channel"));
	p->lang = req_form(rq, S("lang"));
	p->needs = req_form_all(rq, S("needs"));
	p->needs_note = req_form(rq, S("needs_note"));
	p->vulnerable = req_form(rq, S("vulnerable"));
	p->big_wish = req_form(rq, S("big_wish"));
	p->guardian = req_form(rq, S("guardian"));
	p->protected_address = req_checked(rq, S("protected"));
	p->source = before->rev == 0 ? S("named") : before->source;
	p->needs_asked_us =
	    told(rq, req_form(rq, S("asked")), S("1"), before->needs_asked_us);
	p->big_wish_us =
	    told(rq, p->big_wish, before->big_wish, before->big_wish_us);
	p->guardian_us =
	    told(rq, p->guardian, before->guardian, before->guardian_us);
	if (!id_parse(req_form(rq, S("group")), &p->group))
		p->group = (struct id){0};
}

/* POST /netvaerk/N/personer/ny: one that is new, or changed (its rev). */
enum err
page_person_save(struct req *rq)
{
	struct form form = {0};
	struct person *p = &form.person, before = {0};
	if (!id_parse(req_form(rq, S("id")), &p->id) ||
	    !str_int(req_form(rq, S("rev")), &p->rev) || p->rev < 0)
		return ERR_INVALID;
	enum err e = ERR_OK;
	if (p->rev > 0)
		e = person_get(rq->db, rq->arena, &rq->who, p->id, &before);
	if (e != ERR_OK)
		return e;
	read_form(rq, &before, p);
	person_check(rq->db, rq->arena, &rq->who, p, &form.faults);
	if (form.faults.any)
		return show(rq, &form, 422);
	form.changed_meanwhile = p->rev != before.rev;
	if (form.changed_meanwhile) {
		p->rev = before.rev;
		return show(rq, &form, 409);
	}
	e = person_save(rq->db, rq->arena, &rq->who, p);
	if (e == ERR_OK && p->guardian.n > 0 && before.guardian.n == 0)
		e = sending_guardian(rq->db, &rq->who, p->id);
	if (e != ERR_OK)
		return e;
	struct str href = person_href(rq, p->id, "");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(href));
}
