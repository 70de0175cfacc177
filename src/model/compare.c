/* SPDX-License-Identifier: MPL-2.0 */
#include "model/compare.h"

#include "base/buf.h"
#include "model/activity.h"
#include "model/effort.h"
#include "model/evidence.h"
#include "model/standing.h"

struct influence
influence_of(const struct trace_overview *all, const struct plan *plan,
    const struct reply_waits *waits)
{
	const struct record *promise = plan_single(plan, KIND_PROMISE);
	struct influence f = {
	    .promise = promise == NULL ? S("") : record_value(promise, "level"),
	    .wait_us = waits->us,
	    .n_waits = waits->n};
	for (ptrdiff_t i = 0; i < all->decisions.n; i++) {
		const struct trace_sum *sum = &all->sum[i];
		if (all->decisions.list[i].state == DECISION_PREPARED)
			continue;
		f.taken++;
		f.open += sum->open;
		f.moved += sum->of[GRADE_CHANGED] + sum->of[GRADE_SHAPED];
		for (int g = 0; g < GRADES; g++)
			f.graded += sum->of[g];
	}
	return f;
}

/* ---- one network ---- */

struct look {
	struct db *db;
	struct arena *arena;
	struct actor in;
	int64_t k, busiest; /* busiest: of 100 people */
	struct plan plan;
	struct compared *out;
};

static enum err
add_said(struct look *l)
{
	struct skew skew;
	const struct records *groups = &l->plan.of[KIND_GROUP];
	int64_t *wanted = arena_new(l->arena, int64_t, groups->n);
	int64_t *heard = arena_new(l->arena, int64_t, groups->n);
	ptrdiff_t n = 0;
	enum err e = skew_get(l->db, l->arena, &l->in, l->busiest, &skew);
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = 0; i < groups->n; i++) {
		const struct record *r = &groups->list[i];
		if (!group_is_chosen(record_value(r, "state")))
			continue;
		wanted[n] = record_number(r, "estimate");
		heard[n++] = skew_of_group(&skew, r->id);
	}
	l->out->skew = skew_distance(wanted, heard, n);
	if (skew.people >= l->k)
		l->out->busiest =
		    (struct share){(int)skew.top, (int)skew.contributions};
	return ERR_OK;
}

static enum err
add_trace(struct look *l)
{
	struct trace_overview all;
	struct reply_waits waits;
	enum err e = trace_overview(l->db, l->arena, &l->in, &all);
	if (e == ERR_OK)
		e = reply_waits(l->db, l->arena, &l->in, &waits);
	if (e != ERR_OK)
		return e;
	struct influence f = influence_of(&all, &l->plan, &waits);
	l->out->influence = indicator_influence(&f);
	l->out->wait_days = indicator_wait(l->arena, &f);
	l->out->promise = indicator_promise(&f);
	l->out->traced =
	    (struct share){(int)(all.voices - all.n_orphans), (int)all.voices};
	return ERR_OK;
}

static enum err
add_insights(struct look *l)
{
	struct strengths all;
	enum err e = evidence_strengths(l->db, l->arena, &l->in, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		l->out->contradicted.whole +=
		    all.list[i].people + all.list[i].against > 0;
		l->out->contradicted.part += all.list[i].against > 0;
	}
	return e;
}

static enum err
look_at(struct look *l)
{
	struct efforts efforts;
	enum err e = plan_load(l->db, l->arena, &l->in, &l->plan);
	if (e != ERR_OK)
		return e;
	struct standing s = standing_of(&l->plan, l->arena);
	l->out->coverage = s.coverage;
	l->out->risk = s.sham.risk;
	e = effort_list(l->db, l->arena, &l->in, &l->plan, &efforts);
	if (e == ERR_OK) {
		l->out->minutes = (struct share){
		    (int)efforts.sum.used, (int)efforts.sum.minutes};
		e = add_said(l);
	}
	if (e == ERR_OK)
		e = add_trace(l);
	return e == ERR_OK ? add_insights(l) : e;
}

enum err
compare_networks(struct db *db, struct arena *a, const struct actor *who,
    const struct compare_ask *ask, struct compared *out)
{
	struct rule_limits limits;
	if (!actor_may(who, CAP_OVERVIEW))
		return ERR_DENIED;
	enum err e = activity_limits(db, a, who, &limits);
	for (ptrdiff_t i = 0; e == ERR_OK && i < ask->n; i++) {
		struct arena *scratch = arena_scratch(a);
		struct look l = {.db = db,
		    .arena = scratch,
		    .k = ask->k,
		    .busiest = limits.of[LIMIT_R8_TOP],
		    .out = &out[i]};
		out[i] = (struct compared){
		    .network = ask->network[i], .skew = -1, .wait_days = -1};
		e = actor_enter(db, scratch, who, ask->network[i], &l.in);
		if (e == ERR_OK)
			e = look_at(&l);
		if (e == ERR_OK)
			out[i].name =
			    str_dup(a, record_value(&l.plan.network, "name"));
		arena_close(scratch);
	}
	return e;
}

/* ---- the same people again ---- */

static const char SQL_OFTEN[] =
    "SELECT vault, COUNT(*), SUM(minutes_asked), COUNT(DISTINCT network)"
    "  FROM asked WHERE org = $1 AND vault IS NOT NULL AND at_us > $2"
    " GROUP BY vault HAVING COUNT(*) >= $3"
    " ORDER BY COUNT(*) DESC, vault LIMIT $4";

static const char SQL_WHERE[] =
    "SELECT DISTINCT n.name FROM asked a"
    "  JOIN network n ON n.org = $1 AND n.network = a.network"
    " WHERE a.org = $1 AND a.vault = $2 AND a.at_us > $3 ORDER BY n.name";

struct often {
	struct id vault;
	int64_t since_us;
	struct asked_often *out;
};

static enum err
add_where(struct db *db, struct arena *a, const struct actor *who,
    const struct often *often)
{
	struct db_rows rows;
	struct buf b = buf_new(a, 64 * 1024);
	enum err e = db_all(db, a, SQL_WHERE, &rows, DB_ID(who->org),
	    DB_ID(often->vault), DB_INT(often->since_us));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		buf_add(&b, i > 0 ? S(", ") : S(""));
		buf_add(&b, db_text(&rows.row[i], 0));
	}
	often->out->where = buf_str(&b);
	return e;
}

enum err
asked_often_list(struct db *db, struct arena *a, const struct actor *who,
    struct asked_oftens *out)
{
	struct db_rows rows;
	struct rule_limits limits;
	*out = (struct asked_oftens){0};
	if (!actor_may(who, CAP_OVERVIEW))
		return ERR_DENIED;
	enum err e = activity_limits(db, a, who, &limits);
	out->times = limits.of[LIMIT_R7_TIMES];
	out->days = limits.of[LIMIT_R7_DAYS];
	int64_t since_us = who->now_us - out->days * DAY_US;
	if (e == ERR_OK)
		e = db_all(db, a, SQL_OFTEN, &rows, DB_ID(who->org),
		    DB_INT(since_us), DB_INT(out->times), DB_INT(ASKED_OFTEN));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct asked_often, rows.n);
	for (; e == ERR_OK && out->n < rows.n; out->n++) {
		const struct db_row *row = &rows.row[out->n];
		struct asked_often *often = &out->list[out->n];
		*often = (struct asked_often){.times = db_int(row, 1),
		    .minutes = db_int(row, 2),
		    .networks = db_int(row, 3)};
		e = add_where(db, a, who,
		    &(struct often){db_id(row, 0), since_us, often});
	}
	return e;
}
