/* SPDX-License-Identifier: MPL-2.0 */
#include "web/corps_view.h"

#include "base/buf.h"
#include "model/catalogue.h"
#include "web/shell.h"

enum { LINES = 5 };

struct view_head
corps_head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "korps");
}

struct str
corps_when(struct req *rq, const struct shift *s)
{
	static const char *const days[] = {N_("Monday"), N_("Tuesday"),
	    N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
	    N_("Sunday")};
	struct str time = shift_hours(rq->arena, rq->lang, s);
	struct str day =
	    STR_JOIN(rq->arena, req_tr(rq, days[date_weekday(s->day)]), S(" "),
		lang_date(rq->arena, rq->lang, s->day));
	return req_tr2(rq, "%1 at %2", day, time);
}

struct str
corps_pledge(struct req *rq, const struct pledge *p)
{
	struct date ends = {0};
	(void)!date_parse(p->ends, &ends);
	struct str day = lang_date(rq->arena, rq->lang, ends);
	if (p->hours == 0)
		return req_tr2(rq, "%1, until %2", p->what, day);
	struct str much =
	    STR_JOIN(rq->arena, lang_int(rq->arena, rq->lang, p->hours), S(" "),
		choice_label(rq, pledge_pers, p->per));
	return req_tr2(rq, "%1, until %2",
	    STR_JOIN(rq->arena, p->what, S(", "), much), day);
}

struct str
shift_filled(struct req *rq, const struct shift *s)
{
	if (s->cancelled_us > 0)
		return req_tr(rq, "Cancelled");
	if (shift_collects(s))
		return req_tr2(rq, "%1 wish for %2 places",
		    lang_int(rq->arena, rq->lang, s->wishes),
		    lang_int(rq->arena, rq->lang, s->places));
	struct str taken = req_tr2(rq, "%1 of %2 places are taken",
	    lang_int(rq->arena, rq->lang, s->in),
	    lang_int(rq->arena, rq->lang, s->places));
	if (s->waiting == 0)
		return taken;
	return STR_JOIN(rq->arena, taken, S(", "),
	    req_tr1(rq, "%1 wait", lang_int(rq->arena, rq->lang, s->waiting)));
}

struct str
corps_hours(struct req *rq, int64_t minutes)
{
	struct str text = lang_int(rq->arena, rq->lang, minutes / 60);
	if (minutes % 60 != 0)
		text = req_tr2(rq, "%1 hours and %2 minutes", text,
		    lang_int(rq->arena, rq->lang, minutes % 60));
	else
		text = req_tr1(rq, "%1 hours", text);
	return text;
}

enum err
corps_share(
    struct req *rq, const struct actor *who, struct id task, struct str *out)
{
	struct delivery_share s;
	enum err e = delivery_share(rq->db, rq->arena, who, task, &s);
	if (e != ERR_OK)
		return e;
	struct str staff = corps_hours(rq, s.staff_min);
	if (s.hidden)
		*out = req_tr1(rq,
		    "Citizens have helped. How many hours is hidden, since "
		    "they "
		    "are few. Staff: %1.",
		    staff);
	else if (s.citizen_min + s.staff_min == 0)
		*out = req_tr(rq, "No hours are noted yet.");
	else
		*out = STR_JOIN(rq->arena,
		    req_tr2(rq, "Citizens: %1. Staff: %2.",
			corps_hours(rq, s.citizen_min), staff),
		    S(" "),
		    req_tr1(rq, "The citizens' part is %1 %.",
			lang_int(rq->arena, rq->lang,
			    100 * s.citizen_min /
				(s.citizen_min + s.staff_min))));
	if (!s.hidden && s.kroner > 0)
		*out = STR_JOIN(rq->arena, *out, S(" "),
		    req_tr1(rq, "Expenses: %1 kr.",
			lang_int(rq->arena, rq->lang, s.kroner)));
	return ERR_OK;
}

/* ---- for who joins now ---- */

static struct str
day_words(struct req *rq, struct str iso)
{
	struct date day;
	return date_parse(iso, &day) ? lang_date(rq->arena, rq->lang, day)
				     : S("");
}

/* The last that were held, and those that are planned. */
static enum err
fill_activities(struct req *rq, const struct actor *who, struct view_catchup *v,
    struct view_catchup_next *next)
{
	struct records all;
	ptrdiff_t n = 0;
	struct view_catchup_happened *rows =
	    arena_new(rq->arena, struct view_catchup_happened, LINES);
	enum err e = record_list(rq->db, rq->arena, who, KIND_ACTIVITY, &all);
	struct str today = date_iso(rq->arena, date_danish(rq->http->now_us));
	for (ptrdiff_t i = all.n - 1; e == ERR_OK && i >= 0; i--) {
		const struct record *r = &all.list[i];
		struct str state = record_value(r, "state");
		struct str day = record_value(r, "day");
		bool coming = str_eq(state, S("planned")) ||
		    str_eq(state, S("ethics_ok")) ||
		    str_eq(state, S("invited"));
		if (!coming && n < LINES)
			rows[n++] = (struct view_catchup_happened){
			    record_value(r, "title"), day_words(rq, day)};
		if (coming && day.n > 0 && str_cmp(day, today) >= 0 &&
		    v->next.n < LINES)
			next[v->next.n++] = (struct view_catchup_next){
			    record_value(r, "title"), day_words(rq, day)};
	}
	v->happened.p = rows;
	v->happened.n = n;
	return e;
}

static enum err
fill_shifts(struct req *rq, const struct actor *who, struct view_catchup *v,
    struct view_catchup_next *next)
{
	struct shifts all;
	struct date today = date_danish(rq->http->now_us);
	struct shift_filter f = {
	    .first = today, .last = date_from_days(date_days(today) + 28)};
	enum err e = shift_list(rq->db, rq->arena, who, &f, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		const struct shift *s = &all.list[i];
		if (v->next.n < 2 * LINES && s->cancelled_us == 0 &&
		    !shift_is_over(s, rq->http->now_us))
			next[v->next.n++] = (struct view_catchup_next){
			    s->task_title, corps_when(rq, s)};
	}
	return e;
}

/* The network's own easy words, or the plan's. */
static enum err
fill_words(struct req *rq, const struct actor *who, struct view_catchup *v)
{
	struct corps c;
	struct records of;
	enum err e = corps_get(rq->db, rq->arena, who, &c);
	if (e == ERR_OK)
		e = record_list(rq->db, rq->arena, who, KIND_PURPOSE, &of);
	if (e != ERR_OK)
		return e;
	v->contact = c.contact;
	v->purpose = c.about;
	if (c.about.n == 0 && of.n > 0)
		v->purpose = record_value(&of.list[0], "text");
	e = record_list(rq->db, rq->arena, who, KIND_PROMISE, &of);
	if (e == ERR_OK && of.n > 0)
		v->promise =
		    catalogue_words(catalogue_find(S("promises"),
					record_value(&of.list[0], "level")),
			rq->lang)
			->promise;
	return e;
}

enum err
catchup_view(struct req *rq, const struct actor *who, struct view_catchup *v)
{
	struct view_catchup_next *next =
	    arena_new(rq->arena, struct view_catchup_next, 2 * LINES);
	*v = (struct view_catchup){0};
	v->next.p = next;
	enum err e = fill_words(rq, who, v);
	if (e == ERR_OK)
		e = fill_activities(rq, who, v, next);
	return e == ERR_OK ? fill_shifts(rq, who, v, next) : e;
}

struct str
catchup_text(struct arena *a, const struct view_catchup *v)
{
	return STR_JOIN(a, v->purpose, S("\n\n"), v->promise);
}

void
catchup_doc(struct req *rq, struct doc *doc, const struct view_catchup *v)
{
	if (v->purpose.n > 0)
		doc_heading(doc, 2, req_tr(rq, "What it is about"));
	doc_say(doc, v->purpose);
	if (v->promise.n > 0)
		doc_heading(doc, 2, req_tr(rq, "What we promise"));
	doc_say(doc, v->promise);
	if (v->happened.n > 0)
		doc_heading(doc, 2, req_tr(rq, "What has been"));
	for (ptrdiff_t i = 0; i < v->happened.n; i++)
		doc_run(doc, doc_bullet(doc), DOC_PLAIN,
		    STR_JOIN(rq->arena, v->happened.p[i].text,
			v->happened.p[i].when.n > 0 ? S(", ") : S(""),
			v->happened.p[i].when));
	if (v->next.n > 0)
		doc_heading(doc, 2, req_tr(rq, "What comes next"));
	for (ptrdiff_t i = 0; i < v->next.n; i++)
		doc_run(doc, doc_bullet(doc), DOC_PLAIN,
		    STR_JOIN(rq->arena, v->next.p[i].text,
			v->next.p[i].when.n > 0 ? S(", ") : S(""),
			v->next.p[i].when));
	if (v->contact.n > 0)
		doc_run(doc, doc_pair(doc, req_tr(rq, "Who to call")),
		    DOC_PLAIN, v->contact);
}
