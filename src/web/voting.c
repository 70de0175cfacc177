/* SPDX-License-Identifier: MPL-2.0 */

/* A ballot on a page: its fields, what was chosen in words, and the form that
 * comes back (web/round_view.h). */
#include "base/buf.h"
#include "web/faults.h"
#include "web/round_view.h"

static const struct choice stars[] = {
    {"1", N_("No, not this")},
    {"2", N_("A little")},
    {"3", N_("Maybe")},
    {"4", N_("Good")},
    {"5", N_("Very good")},
    {0},
};

static const struct choice grades[] = {
    {"1", N_("1 - very low")},
    {"2", N_("2 - low")},
    {"3", N_("3 - in the middle")},
    {"4", N_("4 - high")},
    {"5", N_("5 - very high")},
    {0},
};

static const struct mark *
mark_of(const struct ballot *b, int64_t number)
{
	for (ptrdiff_t i = 0; i < b->n; i++) {
		if (b->mark[i].option == number)
			return &b->mark[i];
	}
	return NULL;
}

/* The name of an option's field, and what is in it: as it was typed, else off
 * the ballot. */
static const char *
field_name(struct req *rq, char kind, int64_t number)
{
	return str_cstr(
	    rq->arena, str_fmt(rq->arena, "%c-%lld", kind, (long long)number));
}

static struct str
field_value(struct req *rq, const char *name, int64_t kept)
{
	if (rq->http->method == HTTP_POST)
		return req_form(rq, str_c(name));
	return kept == 0 ? S("") : str_fmt(rq->arena, "%lld", (long long)kept);
}

static struct str
option_label(struct req *rq, const struct round *r, ptrdiff_t i)
{
	const struct round_option *o = &r->option[i];
	if (!round_has_costs(r))
		return o->title;
	return STR_JOIN(rq->arena, o->title, S(", "), round_money(rq, o->cost));
}

/* ---- the fields ---- */

static ptrdiff_t
boxes(struct req *rq, const struct voting *v, const struct ballot *b,
    struct input *in)
{
	const struct round *r = &v->round;
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, r->n_options);
	struct buf value = buf_new(rq->arena, 4096);
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		struct str number =
		    str_fmt(rq->arena, "%lld", (long long)r->option[i].number);
		list[i] = (struct view_input_options){
		    .value = number, .label = option_label(rq, r, i)};
		if (mark_of(b, r->option[i].number) != NULL)
			buf_fmt(&value, "%.*s ", STR_ARG(number));
	}
	*in = (struct input){.kind = INPUT_BOXES,
	    .name = "v",
	    .words = r->most > 0 ? req_tr1(rq, "Choose up to %1",
				       lang_int(rq->arena, rq->lang, r->most))
				 : req_tr(rq, "Choose as many as you like"),
	    .value = str_trim(buf_str(&value)),
	    .options = {list, r->n_options}};
	return 1;
}

static ptrdiff_t
lines(struct req *rq, const struct voting *v, const struct ballot *b,
    struct input *in)
{
	for (ptrdiff_t i = 0; i < v->round.n_options; i++) {
		int64_t number = v->round.option[i].number;
		const struct mark *m = mark_of(b, number);
		const char *name = field_name(rq, 'p', number);
		in[i] = (struct input){.kind = INPUT_LINE,
		    .name = name,
		    .words = option_label(rq, &v->round, i),
		    .optional = true,
		    .value = field_value(rq, name, m ? m->value : 0)};
	}
	return v->round.n_options;
}

static ptrdiff_t
radios(struct req *rq, const struct voting *v, const struct ballot *b,
    struct input *in)
{
	for (ptrdiff_t i = 0; i < v->round.n_options; i++) {
		int64_t number = v->round.option[i].number;
		const struct mark *m = mark_of(b, number);
		const char *name = field_name(rq, 's', number);
		in[i] = (struct input){.kind = INPUT_RADIO,
		    .name = name,
		    .words = option_label(rq, &v->round, i),
		    .optional = true,
		    .value = field_value(rq, name, m ? m->value : 0),
		    .choices = stars};
	}
	return v->round.n_options;
}

static ptrdiff_t
worths(struct req *rq, const struct voting *v, const struct ballot *b,
    struct input *in)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < v->round.n_options; i++) {
		const struct round_option *o = &v->round.option[i];
		const struct mark *m = mark_of(b, o->number);
		const char *worth = field_name(rq, 's', o->number);
		const char *able = field_name(rq, 'f', o->number);
		in[n++] = (struct input){.kind = INPUT_RADIO,
		    .name = worth,
		    .words = req_tr1(
			rq, "%1: how much is it worth to people?", o->title),
		    .optional = true,
		    .value = field_value(rq, worth, m ? m->value : 0),
		    .choices = grades};
		in[n++] = (struct input){.kind = INPUT_RADIO,
		    .name = able,
		    .words =
			req_tr1(rq, "%1: can it be carried out?", o->title),
		    .optional = true,
		    .value = field_value(rq, able, m ? m->other : 0),
		    .choices = grades};
	}
	return n;
}

static void
fill_fields(struct req *rq, const struct voting *v, const struct ballot *b,
    struct view_vote *out)
{
	struct input *in =
	    arena_new(rq->arena, struct input, 2 * v->round.n_options + 1);
	ptrdiff_t n = 0;
	switch (v->round.method) {
	case ROUND_POINTS:
		n = lines(rq, v, b, in);
		break;
	case ROUND_STARS:
		n = radios(rq, v, b, in);
		break;
	case ROUND_VALUE:
		n = worths(rq, v, b, in);
		break;
	default:
		n = boxes(rq, v, b, in);
	}
	struct view_inputs inputs = inputs_view(rq, in, n);
	out->fields = inputs.fields;
	out->is_form = true;
}

/* ---- what was chosen, in words ---- */

static struct str
how_words(struct req *rq, const struct round *r, const struct mark *m)
{
	struct str value = lang_int(rq->arena, rq->lang, m->value);
	if (r->method == ROUND_POINTS)
		return req_tr1(rq, "%1 points", value);
	if (r->method == ROUND_STARS && m->value >= 1 && m->value <= 5)
		return req_tr(rq, stars[m->value - 1].label);
	if (r->method == ROUND_VALUE)
		return req_tr2(rq, "value %1, feasibility %2", value,
		    lang_int(rq->arena, rq->lang, m->other));
	return S("");
}

static void
fill_chosen(struct req *rq, const struct voting *v, const struct ballot *b,
    struct view_vote *out)
{
	const struct round *r = &v->round;
	struct view_vote_chosen *rows =
	    arena_new(rq->arena, struct view_vote_chosen, b->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < b->n; i++) {
		const struct mark *m = &b->mark[i];
		const struct round_option *o = round_option(r, m->option);
		if (o == NULL)
			continue;
		rows[n].title = o->title;
		rows[n].how = how_words(rq, r, m);
		if (r->method == ROUND_PAIRWISE) {
			const struct round_option *p =
			    round_option(r, m->value);
			bool first = m->other == 1;
			rows[n].title = m->other == 0
			    ? req_tr2(rq, "%1 or %2: you could not choose",
				  o->title, p->title)
			    : req_tr2(rq, "%1 rather than %2",
				  first ? o->title : p->title,
				  first ? p->title : o->title);
		}
		n++;
	}
	out->chosen.p = rows;
	out->chosen.n = n;
}

/* ---- the view ---- */

static void
fill_options(struct req *rq, const struct round *r, struct view_vote *out)
{
	struct view_vote_options *rows =
	    arena_new(rq->arena, struct view_vote_options, r->n_options);
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		const struct round_option *o = &r->option[i];
		rows[i] = (struct view_vote_options){.number = o->number,
		    .title = o->title,
		    .cost =
			round_has_costs(r) ? round_money(rq, o->cost) : S(""),
		    .about = o->about};
		out->has_about = out->has_about || o->about.n > 0;
	}
	out->options.p = rows;
	out->options.n = r->n_options;
}

static enum err
fill_pair(struct req *rq, const struct voting *v, const struct ballot *b,
    struct view_vote *out)
{
	struct pair p;
	ptrdiff_t n = v->round.n_options;
	enum err e =
	    ballot_next_pair(rq->db, rq->arena, &v->who, &v->voter, &p);
	out->no_more = e == ERR_NOT_FOUND;
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	out->is_pair = true;
	out->left = p.left;
	out->right = p.right;
	out->left_title = round_option(&v->round, p.left)->title;
	out->right_title = round_option(&v->round, p.right)->title;
	out->asked = b->n;
	out->pairs = n * (n - 1) / 2;
	if (out->pairs > BALLOT_PAIRS)
		out->pairs = BALLOT_PAIRS;
	return ERR_OK;
}

/* What it is good to know before: a sum, points, and that few are shown. */
static struct str
told(struct req *rq, const struct voting *v)
{
	const struct round *r = &v->round;
	if (v->voter.side == SIDE_LEADERSHIP && r->shows_leadership)
		return req_tr(rq,
		    "The ranking of the leadership is shown "
		    "however few you are.");
	if (r->method == ROUND_BUDGET)
		return req_tr1(rq,
		    "There is %1 to spend. Choose what you "
		    "want, also if it costs more together.",
		    round_money(rq, r->budget));
	if (r->method == ROUND_POINTS)
		return req_tr1(rq, "You have %1 points to give.",
		    lang_int(rq->arena, rq->lang, r->points));
	return S("");
}

static enum err
fill_form(struct req *rq, const struct voting *v, const struct ballot *b,
    struct view_vote *out)
{
	if (v->round.method == ROUND_PAIRWISE)
		return fill_pair(rq, v, b, out);
	fill_options(rq, &v->round, out);
	fill_fields(rq, v, b, out);
	return ERR_OK;
}

enum err
voting_view(struct req *rq, const struct voting *v, const struct ballot *typed,
    const struct ballot_fault *fault, struct view_vote *out)
{
	struct ballot kept;
	const struct round *r = &v->round;
	enum err e = ballot_get(rq->db, rq->arena, &v->who, &v->voter, &kept);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	out->saved = e == ERR_OK && typed == NULL;
	out->question = record_value(&r->record, "question");
	out->about = record_value(&r->record, "about");
	out->when = round_when(rq, r);
	out->easy = v->easy;
	out->csrf = v->csrf;
	out->action = v->action;
	out->back = v->back;
	out->told = told(rq, v);
	out->thanks = out->saved && req_query(rq, S("tak")).n > 0;
	if (out->saved)
		out->receipt = ballot_receipt(rq->arena, &v->voter, &kept);
	const struct ballot *b = typed != NULL ? typed : &kept;
	bool takes = round_takes(r, v->who.now_us);
	if (v->voter.refused != NULL)
		out->refused = req_tr(rq, v->voter.refused);
	else if (!takes)
		out->refused = out->when;
	if (fault->message != NULL)
		out->faults = faults_sentence(rq,
		    req_tr1(rq, fault->message,
			lang_int(rq->arena, rq->lang, fault->number)));
	if (typed == NULL || !takes)
		fill_chosen(rq, v, b, out);
	return out->refused.n > 0 ? ERR_OK : fill_form(rq, v, b, out);
}

/* ---- the form that was sent ---- */

/* 0 when nothing is there, -1 when it is no number. */
static int64_t
number_in(struct req *rq, char kind, int64_t option)
{
	int64_t n;
	struct str text = req_form(rq, str_c(field_name(rq, kind, option)));
	if (text.n == 0)
		return 0;
	return str_int(text, &n) && n >= 0 ? n : -1;
}

static struct ballot
read_form(struct req *rq, const struct round *r)
{
	struct str ticked = req_form_all(rq, S("v"));
	struct ballot b = {arena_new(rq->arena, struct mark, r->n_options), 0};
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		int64_t number = r->option[i].number;
		struct mark m = {.option = number};
		if (r->method == ROUND_POINTS) {
			m.value = number_in(rq, 'p', number);
		} else if (r->method == ROUND_STARS) {
			m.value = number_in(rq, 's', number);
		} else if (r->method == ROUND_VALUE) {
			m.value = number_in(rq, 's', number);
			m.other = number_in(rq, 'f', number);
		} else {
			m.value = input_has(ticked,
			    str_fmt(rq->arena, "%lld", (long long)number));
		}
		if (m.value != 0 || m.other != 0)
			b.mark[b.n++] = m;
	}
	return b;
}

static enum err
post_pair(struct req *rq, const struct voting *v)
{
	struct pair p;
	if (!str_int(req_form(rq, S("left")), &p.left) ||
	    !str_int(req_form(rq, S("right")), &p.right) ||
	    !str_int(req_form(rq, S("which")), &p.which))
		return ERR_INVALID;
	return ballot_choose(rq->db, rq->arena, &v->who, &v->voter, &p);
}

enum err
voting_post(struct req *rq, const struct voting *v, struct ballot *typed,
    struct ballot_fault *fault)
{
	*typed = (struct ballot){0};
	*fault = (struct ballot_fault){0};
	if (v->voter.refused != NULL) {
		fault->message = v->voter.refused;
		return ERR_OK;
	}
	if (v->round.method != ROUND_PAIRWISE) {
		*typed = read_form(rq, &v->round);
		*fault = ballot_check(&v->round, typed);
	}
	if (!round_takes(&v->round, v->who.now_us)) {
		*fault = (struct ballot_fault){
		    N_("It takes no votes now. What you chose stands below."),
		    0};
		return ERR_OK;
	}
	if (fault->message != NULL)
		return ERR_OK;
	return v->round.method == ROUND_PAIRWISE
	    ? post_pair(rq, v)
	    : ballot_cast(rq->db, rq->arena, &v->who, &v->voter, typed);
}
