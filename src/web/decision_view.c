/* SPDX-License-Identifier: MPL-2.0 */
#include "web/decision_view.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "model/contribution.h"
#include "web/idea_view.h"
#include "web/shell.h"
#include "web/voice_view.h"

enum { SNIPPET = 160 };

struct str
decision_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/beslutninger/"),
	    id_text(rq->arena, id), str_c(rest));
}

struct view_head
decision_head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "beslutninger");
}

enum err
decision_at(struct req *rq, const struct actor *who, struct decision *out)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK ? decision_get(rq->db, rq->arena, who, id, out) : e;
}

struct str
decision_day(struct req *rq, const struct decision *d, const char *field)
{
	struct date day;
	return date_parse(record_value(&d->record, field), &day)
	    ? lang_date(rq->arena, rq->lang, day)
	    : S("");
}

const struct choice decision_answers[] = {
    {"adopted", N_("The answer is yes.")},
    {"partly", N_("The answer is yes to a part of it.")},
    {"rejected", N_("The answer is no.")},
    {"postponed", N_("It is decided later.")},
    {0},
};

struct str
decision_outcome(struct req *rq, const struct decision *d)
{
	return choice_label(
	    rq, decision_outcomes, record_value(&d->record, "outcome"));
}

struct str
grade_name(struct req *rq, enum grade grade)
{
	return grade < GRADES ? req_tr(rq, trace_grades[grade].label)
			      : req_tr(rq, "Nothing is said of it yet");
}

static struct str
cut(struct req *rq, struct str words)
{
	struct str part = utf8_cut(words, SNIPPET);
	return part.n < words.n ? str_cat(rq->arena, str_trim(part), S(" …"))
				: words;
}

static enum err
voice_name(struct req *rq, struct id id, struct source_name *out)
{
	struct contribution c;
	enum err e = contribution_get(rq->db, rq->arena, &rq->who, id, &c);
	out->kind = req_tr(rq, "Voice");
	out->words = req_tr(rq, "A voice that is not for you to read");
	if (e == ERR_OK && contribution_words(&c).n > 0) {
		out->words = cut(rq, contribution_words(&c));
		out->href = voice_href(rq, id, "");
	}
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
source_name(struct req *rq, const struct plan *plan,
    const struct trace_link *link, struct source_name *out)
{
	*out = (struct source_name){S(""), S(""), S("")};
	if (link->kind == TRACE_VOICE)
		return voice_name(rq, link->source, out);
	bool idea = link->kind == TRACE_IDEA;
	const struct record *r =
	    plan_find(plan, idea ? KIND_IDEA : KIND_INSIGHT, link->source);
	out->kind = idea ? req_tr(rq, "Idea") : req_tr(rq, "Insight");
	out->words = r == NULL ? req_tr(rq, "It was taken out of the plan")
			       : plan_title(plan, rq->arena, r);
	if (r != NULL)
		out->href = idea ? idea_href(rq, r->id, "")
				 : req_network_path(rq, "/indsigter");
	return ERR_OK;
}

struct str
link_words(const struct trace_link *link, const struct source_name *name)
{
	bool hidden = link->kind == TRACE_VOICE && name->href.n == 0;
	return hidden ? S("") : link->words;
}

/* The bar is a thousand wide. */
struct view_grades
grades_view(struct req *rq, const int64_t of[GRADES], int64_t open)
{
	static const char *const marks[GRADES + 1] = {
	    "changed", "shaped", "confirmed", "unfollowed", "outside", "open"};
	int64_t all = open, before = 0;
	struct view_grades_rows *rows =
	    arena_new(rq->arena, struct view_grades_rows, GRADES + 1);
	for (int g = 0; g < GRADES; g++)
		all += of[g];
	for (int g = 0; g <= GRADES && all > 0; g++) {
		int64_t n = g < GRADES ? of[g] : open;
		rows[g] = (struct view_grades_rows){
		    .name = grade_name(rq, (enum grade)g),
		    .mark = str_c(marks[g]),
		    .n = n,
		    .share = (100 * n + all / 2) / all,
		    .from = 1000 * before / all,
		    .wide = 1000 * (before + n) / all - 1000 * before / all};
		before += n;
	}
	return (struct view_grades){
	    .rows = {rows, all > 0 ? GRADES + 1 : 0}, .any = all > 0};
}
