/* SPDX-License-Identifier: MPL-2.0 */

/* The ethics check of an activity: eight questions, signed by the leader. */
#include "base/buf.h"
#include "model/activity.h"
#include "view_ethics.h"
#include "web/edit.h"
#include "web/faults.h"
#include "web/gate.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

/* The names of question i's answer and note in the form. */
static struct str
answer_name(int i)
{
	return catalogue_list(S("ethics")).list[i].key;
}

static struct str
note_name(struct req *rq, int i)
{
	return str_cat(rq->arena, answer_name(i), S("_note"));
}

static void
fill_questions(
    struct req *rq, const struct ethics *check, struct view_ethics *v)
{
	struct catalogue_items items = catalogue_list(S("ethics"));
	struct view_ethics_questions *list =
	    arena_new(rq->arena, struct view_ethics_questions, items.n);
	struct view_ethics_answers *answers =
	    arena_new(rq->arena, struct view_ethics_answers, items.n);
	for (int i = 0; i < ETHICS_QUESTIONS; i++) {
		bool yes = str_eq(check->answer[i], S("yes"));
		bool no = str_eq(check->answer[i], S("no"));
		struct str word =
		    yes || no ? req_tr(rq, yes ? "Yes" : "No") : S("–");
		list[i] =
		    (struct view_ethics_questions){.key = items.list[i].key,
			.name = catalogue_name(&items.list[i], rq->lang),
			.text = catalogue_text(&items.list[i], rq->lang),
			.yes = yes,
			.no = no,
			.note = check->note[i]};
		answers[i] = (struct view_ethics_answers){.name = list[i].name,
		    .answer = check->note[i].n == 0
			? word
			: STR_JOIN(rq->arena, word, S(". "), check->note[i])};
	}
	v->questions.p = list;
	v->answers.p = answers;
	v->questions.n = v->answers.n = ETHICS_QUESTIONS;
}

static struct str
status_line(struct req *rq, const struct plan *plan, const struct ethics *e)
{
	if (!e->signed_off)
		return req_tr(rq, "Not signed yet.");
	return req_tr2(rq,
	    e->stale ? N_("Signed by %1, %2. Out of date: the activity or the "
			  "theme changed since.")
		     : N_("Signed by %1, %2."),
	    vault_name_of(&plan->names, e->account),
	    lang_date(rq->arena, rq->lang, date_danish(e->at_us)));
}

/* The rules of the activity's form, which no signature lifts. */
static struct view_gate
rules_of_form(struct req *rq, const struct plan *plan, const struct activity *a,
    const struct rule_limits *limits)
{
	struct rules rules = rules_new(rq->arena, rq->lang, limits);
	rule_no_question(&rules, &a->meeting);
	rule_too_big(&rules, &a->meeting);
	rule_not_gentle(&rules, &a->meeting);
	return gate_of_rules(rq, plan, &rules, a->record.id, NULL);
}

/* `typed`: what came back, or NULL for what is signed. */
static enum err
show(struct req *rq, const struct ethics *typed, struct str error, int status)
{
	const struct plan *plan;
	struct activity a;
	struct rule_limits limits;
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	const struct record *r =
	    e == ERR_OK ? plan_find(plan, KIND_ACTIVITY, id) : NULL;
	if (e != ERR_OK || r == NULL)
		return e == ERR_OK ? ERR_NOT_FOUND : e;
	e = activity_limits(rq->db, rq->arena, &rq->who, &limits);
	if (e == ERR_OK)
		e = activity_load(rq->db, rq->arena, &rq->who, plan, r, &a);
	if (e != ERR_OK)
		return e;
	struct str title = record_value(r, "title");
	struct view_ethics v = {
	    .head = shell_network_head(rq, req_tr(rq, "Ethics check"),
		record_value(&plan->network, "name"), "aktiviteter"),
	    .foot = shell_foot(rq),
	    .list_href = req_network_path(rq, "/aktiviteter"),
	    .activity_href = edit_side_path(rq, edit_side_of(rq, r)),
	    .activity = title,
	    .status = status_line(rq, plan, &a.ethics),
	    .gate = rules_of_form(rq, plan, &a, &limits),
	    .faults = faults_sentence(rq, error),
	    .csrf = req_csrf(rq),
	    .form_key = req_new_key(rq),
	    .rev = str_fmt(rq->arena, "%lld", (long long)r->rev),
	};
	if (actor_may(&rq->who, CAP_MANAGE))
		v.action = str_cat(rq->arena, v.activity_href, S("/etik"));
	fill_questions(rq, typed != NULL ? typed : &a.ethics, &v);
	tmpl_ethics(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/aktiviteter/ID/etik */
enum err
page_ethics(struct req *rq)
{
	return show(rq, NULL, S(""), 200);
}

/* With a check in order a planned activity moves on by itself; what else is in
 * its way stands on its page. */
static enum err
move_on(struct req *rq, struct id id, int64_t rev)
{
	struct gate gate;
	struct record r;
	enum err e =
	    record_get(rq->db, rq->arena, &rq->who, KIND_ACTIVITY, id, &r);
	if (e != ERR_OK || r.rev != rev ||
	    activity_state(&r) != ACTIVITY_PLANNED)
		return e;
	e = activity_step(rq->db, rq->arena, &rq->who, &r, &gate);
	return e == ERR_INVALID ? ERR_OK : e;
}

/* POST /netvaerk/N/aktiviteter/ID/etik */
enum err
page_ethics_sign(struct req *rq)
{
	struct ethics check = {0};
	struct id id;
	int64_t rev;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	if (!str_int(req_form(rq, S("rev")), &rev))
		return ERR_INVALID;
	for (int i = 0; i < ETHICS_QUESTIONS; i++) {
		check.answer[i] = req_form(rq, answer_name(i));
		check.note[i] = req_form(rq, note_name(rq, i));
	}
	e = ethics_sign(rq->db, rq->arena, &rq->who, id, rev, &check);
	if (e == ERR_INVALID)
		return show(rq, &check,
		    req_tr(rq,
			"Answer all eight questions. A note has at most 500 "
			"characters and no CPR number."),
		    422);
	if (e == ERR_CONFLICT)
		return show(rq, &check,
		    req_tr(rq,
			"Somebody changed the activity meanwhile. Look at it "
			"again before you sign."),
		    409);
	if (e == ERR_OK)
		e = move_on(rq, id, rev);
	if (e != ERR_OK)
		return e;
	struct str path = req_network_path(rq, "/aktiviteter/");
	struct str text = id_text(rq->arena, id);
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	return req_redirect(
	    rq, "%.*s%.*s?besked=gemt#naeste", STR_ARG(path), STR_ARG(text));
}
