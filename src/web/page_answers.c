/* SPDX-License-Identifier: MPL-2.0 */

/* The answers on a decision: who is told what, sending it, and what people
 * said to it. */
#include "base/buf.h"
#include "model/reply_post.h"
#include "view_answers.h"
#include "web/decision_view.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/reading.h"
#include "web/shell.h"
#include "web/site.h"

enum { MOST_GROUPS = 60, MOST_OWN = 500 };

struct look {
	struct req *rq;
	const struct plan *plan;
	struct decision d;
	struct trace trace;
	struct replies all;
	struct str error;
};

static enum err
load(struct look *l)
{
	struct req *rq = l->rq;
	enum err e = plans_get(rq, &l->plan);
	if (e == ERR_OK)
		e = decision_at(rq, &rq->who, &l->d);
	if (e == ERR_OK)
		e = trace_load(rq->db, rq->arena, &rq->who, &l->d, &l->trace);
	return e == ERR_OK
	    ? reply_list(rq->db, rq->arena, &rq->who, &l->trace, &l->all)
	    : e;
}

static struct str
name_of(struct req *rq, const struct reply_to *r)
{
	return STR_JOIN(
	    rq->arena, person_code(rq->arena, r->number), S(" "), r->alias);
}

/* A word to them alone can say it in their language. */
static struct str
name_and_language(struct req *rq, const struct reply_to *r)
{
	struct str name = name_of(rq, r);
	return r->lang.n == 0 || str_eq(r->lang, S("da"))
	    ? name
	    : STR_JOIN(rq->arena, name, S(" · "),
		  req_tr1(rq, "Language: %1",
		      choice_label(rq, person_languages, r->lang)));
}

/* ---- those who are told the same ---- */

static const struct choice ways[] = {
    {"page", N_("On their page alone")},
    {"mail", N_("Mail")},
    {"letter", N_("Letter")},
    {"phone", N_("Phone or face to face")},
    {"sms", N_("Text message")},
    {"digital_post", N_("Digital Post")},
    {0},
};

/* Of who is told in the way they asked for: mail says so itself. */
static struct str
own_way(const struct reply_to *r)
{
	if (str_eq(r->wanted, S("phone")) || str_eq(r->wanted, S("in_person")))
		return S("phone");
	return str_eq(r->wanted, S("sms")) ||
		str_eq(r->wanted, S("digital_post"))
	    ? r->wanted
	    : S("letter");
}

static struct view_answers_groups_people
person_row(struct req *rq, const struct reply_to *r)
{
	struct view_answers_groups_people row = {
	    .id = id_text(rq->arena, r->person),
	    .name = name_and_language(rq, r),
	    .wanted = choice_label(rq, person_channels, r->wanted),
	    .stopped = str_eq(r->state, S("stopped")),
	    .owed = reply_is_owed(r)};
	row.more = row.owed && r->sent_us > 0;
	if (r->sent_us > 0)
		row.sent = req_tr2(rq, "told %1: %2",
		    lang_date(rq->arena, rq->lang, date_danish(r->sent_us)),
		    choice_label(rq, ways, r->channel));
	return row;
}

/* Their words are not in it: they differ, and are read on their page. */
static enum err
group_text(const struct look *l, const struct reply_to *r,
    struct view_answers_groups *out)
{
	struct req *rq = l->rq;
	struct reply_parts parts;
	enum err e = reply_parts(rq->db, rq->arena, &rq->who, r, &parts);
	if (e != ERR_OK)
		return e;
	struct str text = reply_text(
	    rq->arena, &l->d, r, &parts, &(struct reply_look){LANG_DA, false});
	struct plain plain =
	    plain_check(rq->arena, text, LANG_DA, PLAIN_CITIZEN);
	out->reading = reading_view(rq, text, &plain);
	return ERR_OK;
}

/* How many are told the same, and how many of them wait. */
struct alike {
	ptrdiff_t n, waiting, first; /* of all.list[] */
};

static struct alike *
count_alike(const struct look *l)
{
	struct alike *alike =
	    arena_new(l->rq->arena, struct alike, l->all.n_alike);
	for (ptrdiff_t i = l->all.n - 1; i >= 0; i--) {
		const struct reply_to *r = &l->all.list[i];
		alike[r->alike].n++;
		alike[r->alike].waiting += reply_is_owed(r);
		alike[r->alike].first = i;
	}
	return alike;
}

/* As many as are written to at once, those who wait before the others. */
static void
fill_people(const struct look *l, const struct alike *alike,
    struct view_answers_groups *row)
{
	ptrdiff_t most = alike->n < LETTERS_MOST ? alike->n : LETTERS_MOST;
	struct view_answers_groups_people *people =
	    arena_new(l->rq->arena, struct view_answers_groups_people, most);
	ptrdiff_t group = l->all.list[alike->first].alike;
	ptrdiff_t n = 0;
	for (int waits = 1; waits >= 0; waits--) {
		for (ptrdiff_t i = alike->first; i < l->all.n && n < most;
		     i++) {
			const struct reply_to *r = &l->all.list[i];
			if (r->alike == group && reply_is_owed(r) == waits)
				people[n++] = person_row(l->rq, r);
		}
	}
	row->people.p = people;
	row->people.n = n;
	row->n = alike->n;
	row->more_people = alike->n - n;
}

static enum err
fill_group(const struct look *l, const struct alike *alike,
    struct view_answers_groups *row)
{
	struct req *rq = l->rq;
	const struct reply_to *first = &l->all.list[alike->first];
	fill_people(l, alike, row);
	row->key = req_new_key(rq);
	row->open = first->open > 0;
	row->may_send = actor_may(&rq->who, CAP_ASK) && alike->waiting > 0 &&
	    first->open == 0 && l->d.state >= DECISION_REASONED;
	return group_text(l, first, row);
}

/* Those with somebody who waits stand first. */
static enum err
fill_groups(const struct look *l, struct view_answers *v)
{
	struct alike *alike = count_alike(l);
	struct view_answers_groups *rows =
	    arena_new(l->rq->arena, struct view_answers_groups, MOST_GROUPS);
	ptrdiff_t n = 0;
	for (int done = 0; done < 2; done++) {
		for (ptrdiff_t g = 0; g < l->all.n_alike; g++) {
			if ((alike[g].waiting == 0) != (done == 1) ||
			    n == MOST_GROUPS)
				continue;
			rows[n].number = n + 1;
			enum err e = fill_group(l, &alike[g], &rows[n]);
			if (e != ERR_OK)
				return e;
			n++;
		}
	}
	v->groups.p = rows;
	v->groups.n = n;
	v->more_groups = l->all.n_alike - n;
	return ERR_OK;
}

/* ---- to one alone, and what came back ---- */

static void
fill_own(const struct look *l, struct view_answers *v)
{
	struct req *rq = l->rq;
	struct view_option *rows =
	    arena_new(rq->arena, struct view_option, MOST_OWN);
	struct str chosen = req_form(rq, S("person"));
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < l->all.n; i++) {
		const struct reply_to *r = &l->all.list[i];
		struct str id = id_text(rq->arena, r->person);
		if (!reply_is_owed(r))
			continue;
		v->more_own += n == MOST_OWN;
		if (n < MOST_OWN)
			rows[n++] = (struct view_option){.value = id,
			    .label = name_and_language(rq, r),
			    .chosen = str_eq(id, chosen)};
	}
	if (actor_may(&rq->who, CAP_ASK))
		v->own = (struct view_option_array){rows, n};
	const struct input in = {.kind = INPUT_TEXT,
	    .name = "words",
	    .label = N_("What you want to say to this person"),
	    .hint = N_("Leave it empty to take it off again."),
	    .value = req_form(rq, S("words")),
	    .optional = true};
	v->word = inputs_view(rq, &in, 1);
}

static void
fill_reactions(const struct look *l, struct view_answers *v)
{
	struct req *rq = l->rq;
	struct view_answers_reactions *rows =
	    arena_new(rq->arena, struct view_answers_reactions, l->all.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < l->all.n; i++) {
		const struct reply_to *r = &l->all.list[i];
		if (r->reaction.n == 0)
			continue;
		rows[n++] = (struct view_answers_reactions){
		    .id = id_text(rq->arena, r->person),
		    .name = name_of(rq, r),
		    .reaction = choice_label(rq, reply_reactions, r->reaction),
		    .words = r->reaction_words,
		    .when = lang_date(
			rq->arena, rq->lang, date_danish(r->reaction_us)),
		    .seen = r->seen_us > 0,
		    .asks = r->seen_us == 0 && actor_may(&rq->who, CAP_ASK) &&
			!str_eq(r->reaction, S("recognise")),
		    .key = req_new_key(rq)};
	}
	v->reactions.p = rows;
	v->reactions.n = n;
}

/* ---- the page ---- */

static enum err
show(const struct look *l, int status)
{
	struct id batch;
	struct date due;
	struct req *rq = l->rq;
	struct id id = l->d.record.id;
	struct view_answers v = {
	    .head = decision_head(rq, l->plan, req_tr(rq, "Answers")),
	    .foot = shell_foot(rq),
	    .faults = faults_sentence(rq, l->error),
	    .title = record_value(&l->d.record, "title"),
	    .list_href = req_network_path(rq, "/beslutninger"),
	    .decision_href = decision_href(rq, id, ""),
	    .sent_action = decision_href(rq, id, "/svar/sendt"),
	    .post_action = decision_href(rq, id, "/svar/post"),
	    .word_action = decision_href(rq, id, "/svar/ord"),
	    .seen_action = decision_href(rq, id, "/svar/set"),
	    .may_post = actor_may(&rq->who, CAP_VAULT),
	    .may_mail = rq->site->smtp,
	    .not_yet = l->d.state<DECISION_REASONED,
		.left_out = req_query(rq, S("udeladt")).n> 0,
	    .owed = l->all.owed,
	    .csrf = req_csrf(rq),
	    .word_key = req_new_key(rq),
	};
	if (id_parse(req_query(rq, S("breve")), &batch))
		v.letters_href =
		    STR_JOIN(rq->arena, req_network_path(rq, "/svarbreve/"),
			id_text(rq->arena, batch));
	enum err e = reply_due(rq->db, rq->arena, &rq->who, &l->d, &due);
	if (e == ERR_OK && v.owed > 0 && date_is_set(due))
		v.due = lang_date(rq->arena, rq->lang, due);
	if (e == ERR_OK)
		e = fill_groups(l, &v);
	if (e != ERR_OK)
		return e;
	fill_own(l, &v);
	fill_reactions(l, &v);
	tmpl_answers(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/beslutninger/ID/svar */
enum err
page_answers(struct req *rq)
{
	struct look l = {.rq = rq};
	enum err e = load(&l);
	return e == ERR_OK ? show(&l, 200) : e;
}

/* ---- what is done ---- */

static enum err
done(struct look *l, enum err e, const char *invalid)
{
	struct req *rq = l->rq;
	struct str path = decision_href(rq, l->d.record.id, "/svar");
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		l->error = req_tr(rq,
		    e == ERR_INVALID
			? invalid
			: N_("It is sent already, or no reason is given yet. "
			     "Look again."));
		return show(l, e == ERR_INVALID ? 422 : 409);
	}
	return e == ERR_OK ? req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path))
			   : e;
}

/* The people that were ticked, each once; one more than may be says that it
 * is too many. */
static struct ids
ticked(const struct look *l)
{
	struct str chosen = req_form_all(l->rq, S("person"));
	struct ids ids = {
	    arena_new(l->rq->arena, struct id, LETTERS_MOST + 1), 0};
	while (chosen.n > 0 && ids.n <= LETTERS_MOST) {
		struct id id;
		if (id_parse(str_cut(&chosen, ' '), &id) &&
		    !ids_have(&ids, id) && reply_find(&l->all, id) != NULL)
			ids.list[ids.n++] = id;
	}
	return ids;
}

/* POST /netvaerk/N/beslutninger/ID/svar/ord */
enum err
page_answer_word(struct req *rq)
{
	struct id person;
	struct look l = {.rq = rq};
	enum err e = load(&l);
	if (e != ERR_OK)
		return e;
	const struct reply_to *r = id_parse(req_form(rq, S("person")), &person)
	    ? reply_find(&l.all, person)
	    : NULL;
	if (r == NULL)
		return ERR_NOT_FOUND;
	struct reply_to with = *r;
	with.unsent = req_form(rq, S("words"));
	return done(&l, reply_word(rq->db, rq->arena, &rq->who, &with),
	    N_("It is too long, or has a CPR number. Take that out."));
}

/* POST /netvaerk/N/beslutninger/ID/svar/sendt: they have been told. */
enum err
page_answers_sent(struct req *rq)
{
	struct look l = {.rq = rq};
	struct str way = req_form(rq, S("way"));
	enum err e = load(&l);
	if (e != ERR_OK)
		return e;
	bool own = str_eq(way, S("own"));
	if (!own && (choice_find(ways, way) == NULL || str_eq(way, S("mail"))))
		return ERR_INVALID;
	struct ids people = ticked(&l);
	e = people.n == 0 || people.n > LETTERS_MOST ? ERR_INVALID : ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < people.n; i++) {
		struct reply_to told = *reply_find(&l.all, people.list[i]);
		told.channel = own ? own_way(&told) : way;
		e = reply_send(rq->db, rq->arena, &rq->who, &told);
	}
	return done(&l, e,
	    N_("Tick who has been told, at most 200. What each of them said "
	       "needs a grade first."));
}

static enum reply_way
way_of(struct str way)
{
	if (str_eq(way, S("mail")))
		return REPLY_MAIL;
	return str_eq(way, S("own")) ? REPLY_OWN : REPLY_LETTERS;
}

/* POST /netvaerk/N/beslutninger/ID/svar/post: mail, or what is printed, posted
 * and texted. */
enum err
page_answers_post(struct req *rq)
{
	struct reply_posted out;
	struct look l = {.rq = rq};
	struct buf b = buf_new(rq->arena, 500);
	enum err e = load(&l);
	if (e != ERR_OK)
		return e;
	struct reply_post in = {.trace = &l.trace,
	    .people = ticked(&l),
	    .way = way_of(req_form(rq, S("way"))),
	    .page = str_cat(
		rq->arena, site_url(rq->site, rq->arena, rq->org), S("/c/")),
	    .short_code = rq->org->short_code,
	    .mail = {.kind = S("answer"),
		.subject = tr(LANG_DA, N_("You have an answer from us")),
		.body = tr(LANG_DA,
		    N_("You told us something. Now it is decided, and here "
		       "you can read what it led to:\n\n%1\n\nThe link is "
		       "yours alone. Do not send it on.\n")),
		.has_smtp = rq->site->smtp}};
	e = reply_post(rq->db, rq->arena, &rq->who, &in, &out);
	if (e != ERR_OK)
		return done(&l, e,
		    N_("Tick those who are to be written to, at most 200, or "
		       "60 where each is written to in their own way."));
	rq->kick = out.mailed > 0;
	buf_add(&b, decision_href(rq, l.d.record.id, "/svar?besked=gemt"));
	buf_add(&b, out.left_out > 0 ? S("&udeladt=1") : S(""));
	if (id_is_set(out.batch)) {
		buf_add(&b, S("&breve="));
		buf_add(&b, id_text(rq->arena, out.batch));
	}
	struct str path = buf_str(&b);
	return req_redirect(rq, "%.*s", STR_ARG(path));
}

/* POST /netvaerk/N/beslutninger/ID/svar/set */
enum err
page_answer_seen(struct req *rq)
{
	struct id person;
	struct look l = {.rq = rq};
	enum err e = load(&l);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("person")), &person))
		return ERR_INVALID;
	e = reply_seen(rq->db, rq->arena, &rq->who, l.d.record.id, person);
	return done(&l, e, N_("It is not there any more."));
}
