/* SPDX-License-Identifier: MPL-2.0 */

/* The dialogues of a network: what is asked, what waits to be read, what all
 * answer, and the wall. */
#include "base/buf.h"
#include "http/forms.h"
#include "model/contribution.h"
#include "report/qr.h"
#include "view_dialogue.h"
#include "view_dialogues.h"
#include "view_wall.h"
#include "web/ground.h"
#include "web/input.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/rooms.h"
#include "web/shell.h"
#include "web/talk.h"

static const struct section_spec section = {KIND_DIALOGUE, N_("Set up"),
    N_("One question each, with some statements to begin with."), NULL,
    N_("No dialogues yet."), false};

static struct view_head
dialogue_head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "ideer");
}

static struct str
dialogue_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/dialoger/"),
	    id_text(rq->arena, id), str_c(rest));
}

static struct str
state_of(struct req *rq, const struct plan *plan, const struct record *r)
{
	ptrdiff_t i = record_field(KIND_DIALOGUE, "state");
	if (str_eq(r->value[i], S("open")) && !dialogue_is_open(r, &rq->who))
		return req_tr(rq, "The last day is over");
	return edit_shown(
	    rq, plan, &record_def(KIND_DIALOGUE)->fields[i], r->value[i]);
}

static ptrdiff_t
count_state(const struct statements *s, struct str state)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < s->n; i++)
		n += str_eq(s->list[i].state, state);
	return n;
}

/* ---- all of them ---- */

static enum err
fill_list(struct req *rq, const struct plan *plan, struct view_dialogues *v)
{
	const struct records *all = &plan->of[KIND_DIALOGUE];
	struct view_dialogues_rows *rows =
	    arena_new(rq->arena, struct view_dialogues_rows, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct statements s;
		const struct record *r = &all->list[i];
		enum err e =
		    statement_list(rq->db, rq->arena, &rq->who, r->id, &s);
		if (e != ERR_OK)
			return e;
		rows[i] = (struct view_dialogues_rows){
		    .href = dialogue_href(rq, r->id, ""),
		    .question = record_value(r, "question"),
		    .state = state_of(rq, plan, r),
		    .statements = count_state(&s, S("shown")),
		    .waiting = count_state(&s, S("waiting"))};
	}
	v->rows.p = rows;
	v->rows.n = all->n;
	return ERR_OK;
}

static bool
is_asked(const struct plan *plan, struct str tension)
{
	const struct records *all = &plan->of[KIND_DIALOGUE];
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (str_eq(record_value(&all->list[i], "tension"), tension))
			return true;
	}
	return false;
}

/* guide:S13: tensions between agendas that no dialogue bears on. */
static void
fill_tensions(struct req *rq, const struct plan *plan, struct view_dialogues *v)
{
	const struct records *all = &plan->of[KIND_TENSION];
	struct view_dialogues_tensions *rows =
	    arena_new(rq->arena, struct view_dialogues_tensions, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		if (is_asked(plan, r->id_text))
			continue;
		rows[n++] = (struct view_dialogues_tensions){
		    .about = record_value(r, "about"),
		    .href = STR_JOIN(rq->arena,
			req_network_path(rq, "/dialoger?ny=dialog&tension="),
			r->id_text, S("#dialog-ny"))};
	}
	v->tensions.p = rows;
	v->tensions.n = actor_may(&rq->who, CAP_EDIT) ? n : 0;
}

enum err
dialogues_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_dialogues v = {
	    .head = dialogue_head(rq, plan, req_tr(rq, "Dialogues")),
	    .foot = shell_foot(rq),
	    .section = section_view(rq, plan, edit, &section),
	    .programs_href = actor_may(&rq->who, CAP_MANAGE)
		? req_network_path(rq, "/programmer")
		: S(""),
	};
	fill_tensions(rq, plan, &v);
	e = fill_list(rq, plan, &v);
	if (e != ERR_OK)
		return e;
	tmpl_dialogues(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/dialoger */
enum err
page_dialogues(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "dialoger", &edit);
	return e == ERR_OK ? dialogues_show(rq, &edit, 200) : e;
}

/* ---- one ---- */

/* What was typed in one of the forms of the page, and what is wrong. */
struct typed {
	struct id id;
	struct str text, source;
	int64_t number; /* of the statement to read; -1: none */
	const char *fault; /* msgid or NULL */
};

struct scene {
	const struct plan *plan;
	struct record dialogue;
	struct statements statements;
	const struct room *room;
};

static enum err
read_scene(struct req *rq, struct scene *s)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &s->plan);
	if (e == ERR_OK)
		e = record_get(rq->db, rq->arena, &rq->who, KIND_DIALOGUE, id,
		    &s->dialogue);
	if (e == ERR_OK)
		e = statement_list(
		    rq->db, rq->arena, &rq->who, id, &s->statements);
	struct room_wish wish = {.dialogue = id, .wait = true};
	return e == ERR_OK ? rooms_get(rq, &rq->who, &wish, &s->room) : e;
}

static void
fill_waiting(struct req *rq, const struct scene *s, const struct typed *typed,
    struct view_dialogue *v)
{
	const struct statements *all = &s->statements;
	struct view_dialogue_waiting *rows =
	    arena_new(rq->arena, struct view_dialogue_waiting, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n && v->can_read; i++) {
		const struct statement *one = &all->list[i];
		if (!str_eq(one->state, S("waiting")))
			continue;
		bool wrong = typed->fault && typed->number == one->number;
		rows[n++] = (struct view_dialogue_waiting){.words = one->text,
		    .number = one->number,
		    .names = contribution_names(rq->arena, one->text),
		    .fault = wrong ? req_tr(rq, typed->fault) : S("")};
	}
	v->waiting.p = rows;
	v->waiting.n = n;
}

static void
fill_others(struct req *rq, const struct scene *s, const struct typed *typed,
    struct view_dialogue *v)
{
	const struct statements *all = &s->statements;
	struct view_option *shown =
	    arena_new(rq->arena, struct view_option, all->n);
	struct view_dialogue_refused *refused =
	    arena_new(rq->arena, struct view_dialogue_refused, all->n);
	ptrdiff_t n = 0, m = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct statement *one = &all->list[i];
		bool mine = typed->fault && typed->number == one->number;
		if (str_eq(one->state, S("refused")))
			refused[m++] = (struct view_dialogue_refused){
			    one->text, one->reason, one->number};
		if (!str_eq(one->state, S("shown")))
			continue;
		if (mine)
			v->off_fault = req_tr(rq, typed->fault);
		shown[n++] = (struct view_option){
		    .value = str_fmt(rq->arena, "%lld", (long long)one->number),
		    .label = one->text,
		    .chosen = mine};
	}
	v->shown.p = shown;
	v->shown.n = n;
	v->refused.p = refused;
	v->refused.n = m;
}

/* guide:S13: what each of two agendas in tension wants, as a beginning. */
static void
fill_starts(struct req *rq, const struct scene *s, struct view_dialogue *v)
{
	static const char *const sides[] = {"one", "other"};
	const struct record *t = plan_ref(
	    s->plan, KIND_TENSION, record_value(&s->dialogue, "tension"));
	struct view_dialogue_starts *rows =
	    arena_new(rq->arena, struct view_dialogue_starts, COUNT_OF(sides));
	ptrdiff_t n = 0;
	for (int i = 0; t != NULL && i < COUNT_OF(sides); i++) {
		const struct record *agenda =
		    plan_ref(s->plan, KIND_AGENDA, record_value(t, sides[i]));
		struct str wish =
		    agenda != NULL ? record_value(agenda, "wish") : S("");
		if (wish.n == 0)
			continue;
		rows[n++] = (struct view_dialogue_starts){.words = wish,
		    .href = STR_JOIN(rq->arena,
			dialogue_href(
			    rq, s->dialogue.id, "?kilde=agenda&tekst="),
			form_escape(rq->arena, wish), S("#nyt-udsagn"))};
	}
	v->starts.p = rows;
	v->starts.n = n;
}

static struct view_inputs
add_inputs(struct req *rq, const struct typed *typed)
{
	const struct input in[] = {{.kind = INPUT_TEXT,
	    .name = "text",
	    .label = N_("Statement"),
	    .hint = N_("One thing that others can agree or disagree with. No "
		       "names."),
	    .value = typed->text,
	    .fault = typed->number < 0 ? typed->fault : NULL}};
	return inputs_view(rq, in, COUNT_OF(in));
}

static enum err
show_one(struct req *rq, const struct typed *typed)
{
	struct scene s;
	enum err e = read_scene(rq, &s);
	if (e != ERR_OK)
		return e;
	struct id id = s.dialogue.id;
	struct view_dialogue v = {
	    .head = dialogue_head(
		rq, s.plan, record_value(&s.dialogue, "question")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .question = record_value(&s.dialogue, "question"),
	    .state = state_of(rq, s.plan, &s.dialogue),
	    .edit_href = edit_href(rq, "dialoger", &s.dialogue),
	    .wall_href = dialogue_href(rq, id, "/vaeg"),
	    .files_href = actor_may(&rq->who, CAP_PEOPLE)
		? dialogue_href(rq, id, "/udveksling")
		: S(""),
	    .address = talk_address(rq, id),
	    .by_link = str_eq(record_value(&s.dialogue, "door"), S("link")),
	    .qr_src = dialogue_href(rq, id, "/qr"),
	    .read_action = dialogue_href(rq, id, "/udsagn/laes"),
	    .add_action = dialogue_href(rq, id, "/udsagn"),
	    .id = id_text(rq->arena, typed->id),
	    .source = typed->source,
	    .can_add = actor_may(&rq->who, CAP_AGENDA),
	    .can_read = actor_may(&rq->who, CAP_ASK),
	    .inputs = add_inputs(rq, typed),
	    .ground = ground_view(rq, s.room, dialogue_href(rq, id, "/kort"),
		actor_may(&rq->who, CAP_EDIT)),
	};
	fill_waiting(rq, &s, typed, &v);
	fill_others(rq, &s, typed, &v);
	fill_starts(rq, &s, &v);
	tmpl_dialogue(&rq->out, rq->lang, &v);
	return req_html_status(rq, typed->fault != NULL ? 422 : 200);
}

/* GET /netvaerk/N/dialoger/ID */
enum err
page_dialogue(struct req *rq)
{
	struct typed begun = {.id = id_new(rq->http->now_us),
	    .text = req_query(rq, S("tekst")),
	    .source = req_query(rq, S("kilde")),
	    .number = -1};
	return show_one(rq, &begun);
}

static enum err
go_back(struct req *rq, struct id id)
{
	struct str path = dialogue_href(rq, id, "");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path));
}

/* POST /netvaerk/N/dialoger/ID/udsagn */
enum err
page_dialogue_add(struct req *rq)
{
	struct id id;
	struct typed typed = {.text = req_form(rq, S("text")),
	    .source = req_form(rq, S("source")),
	    .number = -1};
	enum err e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("id")), &typed.id))
		return ERR_INVALID;
	typed.fault = statement_check(typed.text);
	if (typed.fault != NULL)
		return show_one(rq, &typed);
	bool agenda = str_eq(typed.source, S("agenda"));
	struct statement s = {.once = typed.id,
	    .text = typed.text,
	    .seed = true,
	    .source = agenda ? S("agenda") : S("staff")};
	e = statement_add(rq->db, rq->arena, &rq->who, id, &s);
	return e == ERR_OK ? go_back(rq, id) : e;
}

/* POST /netvaerk/N/dialoger/ID/udsagn/laes: shown, or not, with a reason. */
enum err
page_dialogue_read(struct req *rq)
{
	struct id id;
	struct typed typed = {.id = id_new(rq->http->now_us)};
	struct statement s = {.state = req_form(rq, S("tilstand")),
	    .reason = req_form(rq, S("reason"))};
	enum err e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	if (!str_int(req_form(rq, S("udsagn")), &s.number))
		return ERR_INVALID;
	if (str_eq(s.state, S("refused")) && s.reason.n == 0) {
		typed.number = s.number;
		typed.fault = N_("Say why. Its writer reads it.");
		return show_one(rq, &typed);
	}
	e = statement_moderate(rq->db, rq->arena, &rq->who, id, &s);
	return e == ERR_OK ? go_back(rq, id) : e;
}

/* GET /netvaerk/N/dialoger/ID/kort */
enum err
page_dialogue_map(struct req *rq)
{
	struct scene s;
	enum err e = read_scene(rq, &s);
	return e == ERR_OK ? ground_svg(rq, s.room) : e;
}

/* GET /netvaerk/N/dialoger/ID/qr */
enum err
page_dialogue_qr(struct req *rq)
{
	struct id id;
	struct record r;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = record_get(
		    rq->db, rq->arena, &rq->who, KIND_DIALOGUE, id, &r);
	if (e != ERR_OK)
		return e;
	rq->response.status = 200;
	rq->response.type = S("image/svg+xml");
	rq->response.body = qr_svg(rq->arena, talk_address(rq, id));
	return ERR_OK;
}

/* ---- the wall ---- */

static void
fill_wall(struct req *rq, const struct scene *s, struct view_wall *v)
{
	struct ground_shared list[REPRESENT_MOST];
	ptrdiff_t n = ground_shared(rq, s->room, list, COUNT_OF(list));
	struct view_wall_shared *rows =
	    arena_new(rq->arena, struct view_wall_shared, n);
	for (ptrdiff_t i = 0; i < n; i++)
		rows[i] = (struct view_wall_shared){list[i].words, list[i].how};
	v->shared.p = rows;
	v->shared.n = n;
	v->has_groups = s->room->groups.k > 0;
}

/* GET /netvaerk/N/dialoger/ID/vaeg: for the room, on a projector. */
enum err
page_dialogue_wall(struct req *rq)
{
	struct scene s;
	enum err e = read_scene(rq, &s);
	if (e != ERR_OK)
		return e;
	struct id id = s.dialogue.id;
	struct groups_view g = s.room->groups;
	g.arena = rq->arena;
	g.lang = rq->lang;
	struct view_wall v = {
	    .head = dialogue_head(
		rq, s.plan, record_value(&s.dialogue, "question")),
	    .foot = shell_foot(rq),
	    .question = record_value(&s.dialogue, "question"),
	    .live_href = dialogue_href(rq, id, "/live"),
	    .by_link = str_eq(record_value(&s.dialogue, "door"), S("link")),
	    .address = talk_address(rq, id),
	    .qr_src = dialogue_href(rq, id, "/qr"),
	    .turnout = groups_turnout(&g),
	    .map_src = STR_JOIN(rq->arena, dialogue_href(rq, id, "/kort?v="),
		str_fmt(rq->arena, "%lld", (long long)s.room->mark.seq)),
	    .back = dialogue_href(rq, id, ""),
	};
	v.head.live_href = S("");
	fill_wall(rq, &s, &v);
	tmpl_wall(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* GET /netvaerk/N/dialoger/ID/live */
enum err
page_dialogue_live(struct req *rq)
{
	struct id id;
	struct record r;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = record_get(
		    rq->db, rq->arena, &rq->who, KIND_DIALOGUE, id, &r);
	if (e != ERR_OK)
		return e;
	rooms_look(rq, &rq->who, id);
	rq->response.status = 200;
	rq->response.type = S("text/event-stream");
	rq->stream_topic = rooms_topic(rq->arena, id);
	return ERR_OK;
}
