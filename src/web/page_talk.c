/* SPDX-License-Identifier: MPL-2.0 */

/* A dialogue as those who answer it see it: one statement at a time, their own
 * answers, what all answer. */
#include "base/buf.h"
#include "model/notice.h"
#include "view_talk.h"
#include "view_talk_ground.h"
#include "web/facts.h"
#include "web/ground.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/rooms.h"
#include "web/shell.h"
#include "web/talk.h"

/* What a page needs to know of it. */
struct seen {
	struct talk talk;
	struct statements statements;
	struct own_votes own;
	ptrdiff_t total; /* statements that are shown */
};

static enum err
read_seen(struct req *rq, struct seen *s)
{
	const struct talk *t = &s->talk;
	enum err e = statement_list(
	    rq->db, rq->arena, &t->in, t->dialogue.id, &s->statements);
	if (e == ERR_OK)
		e = voter_own(rq->db, rq->arena, &t->in, &t->voter, &s->own);
	s->total = 0;
	for (ptrdiff_t i = 0; e == ERR_OK && i < s->statements.n; i++)
		s->total += str_eq(s->statements.list[i].state, S("shown"));
	return e;
}

static const struct statement *
find_statement(const struct seen *s, int64_t number)
{
	for (ptrdiff_t i = 0; i < s->statements.n; i++) {
		if (s->statements.list[i].number == number)
			return &s->statements.list[i];
	}
	return NULL;
}

/* ---- the next one ---- */

static int64_t
pause_after(const struct talk *t)
{
	int64_t n;
	return str_int(record_value(&t->dialogue, "pause"), &n) ? n : 0;
}

static bool
wants_pause(struct req *rq, const struct seen *s)
{
	int64_t every = pause_after(&s->talk);
	return every > 0 && s->own.n > 0 && s->own.n % every == 0 &&
	    req_query(rq, S("videre")).n == 0;
}

static enum err
fill_next(struct req *rq, const struct seen *s, struct view_talk *v)
{
	const struct room *room;
	const struct talk *t = &s->talk;
	struct room_wish wish = {.dialogue = t->dialogue.id};
	enum err e = rooms_get(rq, &t->in, &wish, &room);
	if (e != ERR_OK)
		return e;
	int64_t next =
	    room_next(rq->arena, room, &s->statements, &t->voter, &s->own);
	const struct statement *one = find_statement(s, next);
	v->all_done = one == NULL && s->own.n > 0;
	v->pause = one != NULL && wants_pause(rq, s);
	if (one == NULL || v->pause)
		return ERR_OK;
	v->statement = one->text;
	v->number = one->number;
	return ERR_OK;
}

/* ---- their own ---- */

static struct str
answer_words(struct req *rq, const struct seen *s, int64_t number, int *vote)
{
	static const char *const words[] = {
	    N_("You disagree"), N_("You pass"), N_("You agree")};
	for (ptrdiff_t i = 0; i < s->own.n; i++) {
		if (s->own.list[i].statement != number)
			continue;
		*vote = s->own.list[i].vote;
		return req_tr(rq, words[*vote + 1]);
	}
	return S("");
}

static void
fill_own(struct req *rq, const struct seen *s, struct view_talk *v)
{
	ptrdiff_t n = 0;
	struct view_talk_own *rows =
	    arena_new(rq->arena, struct view_talk_own, s->statements.n);
	for (ptrdiff_t i = 0; i < s->statements.n; i++) {
		const struct statement *one = &s->statements.list[i];
		int vote = 2;
		struct str answer = answer_words(rq, s, one->number, &vote);
		bool wrote = s->talk.voter.number >= 0 &&
		    one->author == s->talk.voter.number;
		bool shown = str_eq(one->state, S("shown"));
		if (!wrote && (answer.n == 0 || !shown))
			continue;
		rows[n++] = (struct view_talk_own){.words = one->text,
		    .answer = answer,
		    .number = one->number,
		    .waiting = str_eq(one->state, S("waiting")),
		    .refused = one->reason,
		    .wrote = wrote,
		    .agrees = vote == VOTE_AGREE,
		    .disagrees = vote == VOTE_DISAGREE,
		    .passes = vote == VOTE_PASS};
	}
	v->own.p = rows;
	v->own.n = n;
}

/* ---- the page ---- */

struct typed {
	struct id id;
	struct str text;
	const char *fault; /* msgid or NULL */
};

static struct view_inputs
say_inputs(struct req *rq, const struct typed *typed)
{
	const struct input in[] = {{.kind = INPUT_TEXT,
	    .name = "text",
	    .label = N_("Your statement"),
	    .hint = N_("One thing that others can agree or disagree with. No "
		       "names."),
	    .value = typed->text,
	    .fault = typed->fault}};
	return inputs_view(rq, in, COUNT_OF(in));
}

static enum err
fill_facts(struct req *rq, const struct talk *t, struct view_talk *v)
{
	struct record notice;
	if (t->by_code)
		return ERR_OK;
	enum err e = record_get(
	    rq->db, rq->arena, &t->in, KIND_NOTICE, t->in.network, &notice);
	if (e == ERR_OK) {
		struct view_facts *facts =
		    arena_new(rq->arena, struct view_facts, 1);
		*facts = facts_of_notice(rq, &notice);
		v->facts = facts;
	}
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static void
fill_links(struct req *rq, const struct seen *s, bool mine, struct view_talk *v)
{
	const struct talk *t = &s->talk;
	v->action = talk_href(rq, t, "");
	if (id_is_set(t->mark))
		v->mark = id_text(rq->arena, t->mark);
	v->say_action = talk_href(rq, t, "/udsagn");
	v->take_action = talk_href(rq, t, "/tilbage");
	v->forget_action = talk_href(rq, t, "/slet");
	v->on_href = STR_JOIN(rq->arena, talk_href(rq, t, ""), S("&videre=1"));
	if (s->own.n > 0 && !mine)
		v->own_href =
		    STR_JOIN(rq->arena, talk_href(rq, t, ""), S("&mine=1"));
	if (s->own.n > 0 || !t->open)
		v->ground_href = talk_href(rq, t, "/svar");
	if (t->by_code)
		v->back = visit_href(rq, &t->visit, "");
	v->contact = rq->org->contact;
}

static enum err
show(struct req *rq, const struct talk *t, const struct typed *typed)
{
	struct seen s = {.talk = *t};
	bool mine = req_query(rq, S("mine")).n > 0;
	struct str own = record_value(&t->dialogue, "own");
	enum err e = read_seen(rq, &s);
	if (e != ERR_OK)
		return e;
	bool may = t->open && !t->needs_guardian;
	struct view_talk v = {
	    .head = talk_head(rq, t, record_value(&t->dialogue, "question")),
	    .foot = shell_foot(rq),
	    .question = record_value(&t->dialogue, "question"),
	    .about = record_value(&t->dialogue, "about"),
	    .first = s.own.n == 0 && typed->fault == NULL,
	    .said = req_query(rq, S("tak")).n > 0,
	    .taken = req_query(rq, S("vaek")).n > 0,
	    .read_first = str_eq(own, S("before")),
	    .closed = !t->open,
	    .open = may,
	    .waits_for_guardian = t->open && t->needs_guardian,
	    .answered = s.own.n,
	    .total = s.total,
	    .may_say = may && !str_eq(own, S("no")),
	    .say_open = typed->fault != NULL,
	    .say_id = id_text(rq->arena, typed->id),
	    .inputs = say_inputs(rq, typed),
	};
	fill_links(rq, &s, mine, &v);
	if (mine)
		fill_own(rq, &s, &v);
	else if (may)
		e = fill_next(rq, &s, &v);
	if (e == ERR_OK)
		e = fill_facts(rq, t, &v);
	if (e != ERR_OK)
		return e;
	tmpl_talk(&rq->out, rq->lang, &v);
	return req_html_status(rq, typed->fault != NULL ? 422 : 200);
}

/* The page for a code that is nobody's, else what came of it. */
static enum err
or_code(struct req *rq, enum err e)
{
	bool code = req_param(rq, S("token")).n > 0;
	return e == ERR_NOT_FOUND && code ? visit_code(rq, true, 404) : e;
}

/* GET /dialog/ID, /c/CODE/dialog/ID */
enum err
page_talk(struct req *rq)
{
	struct talk t;
	struct typed nothing = {.id = id_new(rq->http->now_us)};
	enum err e = talk_enter(rq, false, &t);
	return e == ERR_OK ? show(rq, &t, &nothing) : or_code(rq, e);
}

/* ---- answering ---- */

static enum err
back_to(struct req *rq, const struct talk *t, const char *query)
{
	struct str path = talk_href(rq, t, "");
	return req_redirect(rq, "%.*s%s", STR_ARG(path), query);
}

/* What came of a write: a dialogue that closed meanwhile, or a statement that
 * went, is no fault of who answered. */
static enum err
answered(struct req *rq, const struct talk *t, enum err e, const char *query)
{
	if (e == ERR_DENIED || e == ERR_NOT_FOUND)
		return back_to(rq, t, "");
	return e == ERR_OK ? back_to(rq, t, query) : e;
}

/* POST /dialog/ID, /c/CODE/dialog/ID: agree, disagree or pass. */
enum err
page_talk_vote(struct req *rq)
{
	struct talk t;
	int64_t number, vote;
	if (!str_int(req_form(rq, S("udsagn")), &number) ||
	    !str_int(req_form(rq, S("svar")), &vote) || vote < VOTE_DISAGREE ||
	    vote > VOTE_AGREE)
		return ERR_INVALID;
	enum err e = talk_enter(rq, true, &t);
	if (e != ERR_OK)
		return or_code(rq, e);
	if (t.needs_guardian)
		return back_to(rq, &t, "");
	e = voter_votes(rq->db, rq->arena, &t.in, &t.voter,
	    (struct vote){number, (int)vote});
	bool mine = req_form(rq, S("mine")).n > 0;
	rooms_look(rq, &t.in, t.dialogue.id);
	return answered(rq, &t, e, mine ? "&mine=1" : "");
}

static const char *
say_fault(enum err e, struct str text)
{
	if (e == ERR_LIMITED)
		return N_("You have written ten. Thank you, that is enough.");
	return statement_check(text);
}

/* POST .../udsagn: a statement of one's own. */
enum err
page_talk_say(struct req *rq)
{
	struct talk t;
	struct typed typed = {.text = req_form(rq, S("text"))};
	if (!id_parse(req_form(rq, S("id")), &typed.id))
		return ERR_INVALID;
	enum err e = talk_enter(rq, true, &t);
	if (e != ERR_OK)
		return or_code(rq, e);
	if (t.needs_guardian)
		return back_to(rq, &t, "");
	struct statement s = {.once = typed.id, .text = typed.text};
	e = voter_states(rq->db, rq->arena, &t.in, &t.voter, &s);
	if (e == ERR_INVALID || e == ERR_LIMITED) {
		typed.fault = say_fault(e, typed.text);
		return show(rq, &t, &typed);
	}
	return answered(rq, &t, e, "&tak=1");
}

/* POST .../tilbage: a statement of one's own is taken back. */
enum err
page_talk_take(struct req *rq)
{
	struct talk t;
	int64_t number;
	if (!str_int(req_form(rq, S("udsagn")), &number))
		return ERR_INVALID;
	enum err e = talk_enter(rq, true, &t);
	if (e != ERR_OK)
		return or_code(rq, e);
	e = voter_takes_back(rq->db, rq->arena, &t.in, &t.voter, number);
	return answered(rq, &t, e, "&mine=1&vaek=1");
}

/* POST .../slet: all of one's answers and statements there are deleted. */
enum err
page_talk_forget(struct req *rq)
{
	struct talk t;
	enum err e = talk_enter(rq, false, &t);
	if (e != ERR_OK)
		return or_code(rq, e);
	e = voter_forget(rq->db, rq->arena, &t.in, &t.voter);
	return e == ERR_OK ? back_to(rq, &t, "&vaek=1") : e;
}

/* ---- what all answer ---- */

/* Those who have answered, and everybody once it is closed; *room stays NULL
 * for others. */
static enum err
see_room(struct req *rq, struct talk *t, const struct room **room)
{
	struct own_votes own;
	enum err e = talk_enter(rq, false, t);
	*room = NULL;
	if (e == ERR_OK)
		e = voter_own(rq->db, rq->arena, &t->in, &t->voter, &own);
	if (e == ERR_OK && t->open && own.n == 0)
		return ERR_OK;
	struct room_wish wish = {.dialogue = t->dialogue.id, .wait = true};
	return e == ERR_OK ? rooms_get(rq, &t->in, &wish, room) : e;
}

/* GET .../svar */
enum err
page_talk_ground(struct req *rq)
{
	struct talk t;
	const struct room *room;
	enum err e = see_room(rq, &t, &room);
	if (e != ERR_OK)
		return or_code(rq, e);
	if (room == NULL)
		return back_to(rq, &t, "");
	struct view_talk_ground v = {
	    .head = talk_head(rq, &t, record_value(&t.dialogue, "question")),
	    .foot = shell_foot(rq),
	    .question = record_value(&t.dialogue, "question"),
	    .back = talk_href(rq, &t, ""),
	    .ground = ground_view(rq, room, talk_href(rq, &t, "/kort"), false),
	};
	tmpl_talk_ground(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* GET .../kort: the picture. */
enum err
page_talk_map(struct req *rq)
{
	struct talk t;
	const struct room *room;
	enum err e = see_room(rq, &t, &room);
	if (e == ERR_OK && room == NULL)
		e = ERR_NOT_FOUND;
	return e == ERR_OK ? ground_svg(rq, room) : e;
}

/* GET /dialog/ID/live: told when there is something new. */
enum err
page_talk_live(struct req *rq)
{
	struct talk t;
	enum err e = talk_enter(rq, false, &t);
	if (e != ERR_OK)
		return e;
	rooms_look(rq, &t.in, t.dialogue.id);
	rq->response.status = 200;
	rq->response.type = S("text/event-stream");
	rq->stream_topic = rooms_topic(rq->arena, t.dialogue.id);
	return ERR_OK;
}
