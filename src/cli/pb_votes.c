/* SPDX-License-Identifier: MPL-2.0 */

/* The ballots of a .pb file, and the election that they make. */
#include <string.h>

#include "cli/pb_parts.h"

enum { FIRST_ENTRIES = 4096, FIRST_VOTERS = 1024 };

struct vote_columns {
	ptrdiff_t id, vote, points, by; /* -1: none */
};

/* ---- one ballot ---- */

static void
add_entry(struct reading *f, ptrdiff_t project, int64_t points)
{
	struct entries *e = &f->entries;
	if (e->n == e->cap) {
		e->cap = e->cap > 0 ? 2 * e->cap : FIRST_ENTRIES;
		int32_t *more = arena_new(f->arena, int32_t, e->cap);
		int64_t *given = arena_new(f->arena, int64_t,
		    f->pb->kind >= PB_CUMULATIVE ? e->cap : 0);
		if (e->n > 0) {
			memcpy(more, e->project, (size_t)e->n * sizeof *more);
			if (f->pb->kind >= PB_CUMULATIVE)
				memcpy(given, e->points,
				    (size_t)e->n * sizeof *given);
		}
		e->project = more;
		e->points = given;
	}
	if (f->pb->kind >= PB_CUMULATIVE)
		e->points[e->n] = points;
	e->project[e->n++] = (int32_t)project;
}

/* A fault at `part` of the list in a field. */
static bool
list_fault(
    struct reading *f, ptrdiff_t field, struct str part, const char *expected)
{
	struct str all = f->r.field[field];
	pb_fault_at_field(f, field, expected);
	bool quoted = f->r.text.p[f->r.start[field]] == '"';
	f->fault->column += quoted;
	for (const char *p = all.p; p < part.p; p++)
		f->fault->column += ((unsigned char)*p & 0xC0) != 0x80;
	return false;
}

/* Whether this ballot has the project already; from now on it has. */
static bool
seen(struct reading *f, ptrdiff_t project)
{
	int32_t voter = (int32_t)f->pb->election.n_voters + 1;
	bool before = f->last[project] == voter;
	f->last[project] = voter;
	return before;
}

static bool
read_list(struct reading *f, const struct vote_columns *at)
{
	struct str list = f->r.field[at->vote], points = {0};
	bool scored = f->pb->kind >= PB_CUMULATIVE;
	if (scored)
		points = f->r.field[at->points];
	if (str_trim(list).n == 0)
		list.n = 0;
	while (list.n > 0) {
		struct str part = str_cut(&list, ','), id = str_trim(part);
		struct str given = str_cut(&points, ',');
		ptrdiff_t project = names_find(&f->project, id);
		int64_t millionths = MILLION;
		if (project < 0)
			return list_fault(
			    f, at->vote, part, "the id of a project");
		if (seen(f, project))
			return list_fault(
			    f, at->vote, part, "each project once");
		if (scored && !pb_number(str_trim(given), &millionths))
			return pb_fault_at_field(f, at->points,
			    "points from 0, one for each project of the vote");
		add_entry(f, project, millionths);
	}
	if (str_trim(points).n > 0)
		return pb_fault_at_field(
		    f, at->points, "no more points than projects");
	return true;
}

static bool
within(double x, const struct meta_value *least, const struct meta_value *most)
{
	return x >= (double)least->number &&
	    (most->number < 0 || x <= (double)most->number);
}

static void
check_limits(struct reading *f, ptrdiff_t from)
{
	const struct meta_value *m = f->meta;
	double cost = 0;
	for (ptrdiff_t k = from; k < f->entries.n; k++)
		cost += (double)f->cost[f->entries.project[k]];
	if (!within((double)(f->entries.n - from), &m[MIN_LENGTH],
		&m[MAX_LENGTH]) ||
	    !within(cost, &m[MIN_SUM_COST], &m[MAX_SUM_COST]))
		f->pb->outside++;
}

static void
add_voter(struct reading *f)
{
	ptrdiff_t n = ++f->pb->election.n_voters;
	if (n + 1 > f->first_cap) {
		ptrdiff_t cap =
		    f->first_cap > 0 ? 2 * f->first_cap : FIRST_VOTERS;
		ptrdiff_t *more = arena_new(f->arena, ptrdiff_t, cap);
		int32_t *group = arena_new(f->arena, int32_t, cap);
		if (n > 1) {
			memcpy(more, f->first, (size_t)n * sizeof *more);
			memcpy(group, f->pb->group,
			    (size_t)(n - 1) * sizeof *group);
		}
		f->first = more;
		f->pb->group = group;
		f->first_cap = cap;
	}
	f->first[n] = f->entries.n;
}

static bool
read_ballot(struct reading *f, const struct vote_columns *at)
{
	ptrdiff_t from = f->entries.n, known = f->voter.n;
	if (f->r.n != f->width)
		return pb_fault_at_field(f,
		    f->r.n < f->width ? f->r.n : f->width,
		    "as many fields as there are headings");
	struct str id = str_trim(f->r.field[at->id]);
	if (id.n == 0 || names_add(&f->voter, id) < known)
		return pb_fault_at_field(f, at->id, "an id of its own");
	if (!read_list(f, at))
		return false;
	if (f->pb->kind == PB_CHOOSE_1 && f->entries.n - from > 1)
		return pb_fault_at_field(f, at->vote, "one project");
	check_limits(f, from);
	add_voter(f);
	if (at->by >= 0)
		f->pb->group[f->pb->election.n_voters - 1] =
		    names_add(&f->group, str_trim(f->r.field[at->by]));
	return true;
}

bool
pb_read_votes(struct reading *f, struct str by)
{
	if (!csv_next(&f->r))
		return pb_fault_end(f, "the headings of VOTES");
	struct vote_columns at = {csv_find(&f->r, S("voter_id")),
	    csv_find(&f->r, S("vote")), csv_find(&f->r, S("points")),
	    by.n > 0 ? csv_find(&f->r, by) : -1};
	if (at.id < 0 || at.vote < 0)
		return pb_fault_at_field(
		    f, 0, at.id < 0 ? "a heading voter_id" : "a heading vote");
	if (f->pb->kind >= PB_CUMULATIVE && at.points < 0)
		return pb_fault_at_field(f, 0, "a heading points");
	if (by.n > 0 && at.by < 0)
		return pb_fault_at_field(f, 0, "the heading that --by names");
	f->width = f->r.n;
	f->last = arena_new(f->arena, int32_t, f->pb->election.n_projects);
	while (csv_next(&f->r)) {
		if (!read_ballot(f, &at))
			return false;
	}
	if (f->r.expected != NULL)
		return pb_fault_end(f, "");
	const struct meta_value *said = &f->meta[NUM_VOTES];
	if (said->number != f->pb->election.n_voters)
		return pb_fault_at(f, said->line, said->column,
		    "the number of ballots in the file");
	f->pb->group_name = f->group.name;
	f->pb->n_groups = f->group.n;
	if (at.by < 0)
		f->pb->group = NULL;
	return true;
}

/* ---- the election ---- */

/* The smallest power of ten that makes all `n` millionths whole. */
static int64_t
whole_unit(const int64_t *millionths, ptrdiff_t n, int64_t unit)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		while (millionths[i] % (MILLION / unit) != 0)
			unit *= 10;
	}
	return unit;
}

static bool
make_money(struct reading *f)
{
	struct election *e = &f->pb->election;
	const struct meta_value *budget = &f->meta[BUDGET];
	int64_t *cost = arena_new(f->arena, int64_t, e->n_projects), sum = 0;
	e->unit = whole_unit(
	    f->cost, e->n_projects, whole_unit(&budget->number, 1, 1));
	int64_t divide = MILLION / e->unit;
	e->budget = budget->number / divide;
	bool fits = e->budget <= BUDGET_MOST;
	for (ptrdiff_t c = 0; c < e->n_projects && fits; c++) {
		cost[c] = f->cost[c] / divide;
		fits = cost[c] <= BUDGET_MOST - sum;
		sum += cost[c];
	}
	e->cost = cost;
	if (fits)
		return true;
	return pb_fault_at(f, budget->line, budget->column,
	    "budget and prices of at most 16 digits together");
}

/* Places on a ballot: as many points as the longest may have, then one less
 * each. */
static int64_t
longest(const struct reading *f)
{
	int64_t most = f->meta[MAX_LENGTH].number;
	if (most > INT32_MAX)
		most = 0;
	for (ptrdiff_t v = 0; v < f->pb->election.n_voters; v++) {
		int64_t n = f->first[v + 1] - f->first[v];
		most = n > most ? n : most;
	}
	return most;
}

static bool
make_points(struct reading *f, int32_t **out)
{
	struct entries *e = &f->entries;
	int64_t sum = 0, most = longest(f);
	*out = arena_new(f->arena, int32_t, e->n);
	if (f->pb->kind == PB_ORDINAL) {
		f->pb->first_place = most;
		for (ptrdiff_t v = 0; v < f->pb->election.n_voters; v++) {
			for (ptrdiff_t k = f->first[v]; k < f->first[v + 1];
			     k++)
				(*out)[k] = (int32_t)(most - (k - f->first[v]));
		}
		return true;
	}
	f->pb->point = whole_unit(e->points, e->n, 1);
	for (ptrdiff_t k = 0; k < e->n; k++) {
		int64_t points = e->points[k] / (MILLION / f->pb->point);
		sum += points;
		if (points > INT32_MAX || sum > BUDGET_MOST)
			return pb_fault_at(f, f->meta[VOTE_TYPE].line, 1,
			    "points of at most 9 digits, all decimals counted");
		(*out)[k] = (int32_t)points;
	}
	return true;
}

/* From who voted for what to what was voted for by whom; no points, no vote. */
static void
turn(struct reading *f, const int32_t *points)
{
	struct election *e = &f->pb->election;
	const int32_t *project = f->entries.project;
	ptrdiff_t n = f->entries.n;
	ptrdiff_t *first = arena_new(f->arena, ptrdiff_t, e->n_projects + 1);
	ptrdiff_t *at = arena_new(f->arena, ptrdiff_t, e->n_projects);
	int32_t *voter = arena_new(f->arena, int32_t, n);
	int32_t *given =
	    points == NULL ? NULL : arena_new(f->arena, int32_t, n);
	for (ptrdiff_t k = 0; k < n; k++)
		first[project[k] + 1] += points == NULL || points[k] > 0;
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		first[c + 1] += first[c];
		at[c] = first[c];
	}
	for (ptrdiff_t v = 0; v < e->n_voters; v++) {
		for (ptrdiff_t k = f->first[v]; k < f->first[v + 1]; k++) {
			if (points != NULL && points[k] == 0)
				continue;
			ptrdiff_t to = at[project[k]]++;
			voter[to] = (int32_t)v;
			if (given != NULL)
				given[to] = points[k];
		}
	}
	e->first = first;
	e->voter = voter;
	e->points = given;
}

static void
count_unlike(struct reading *f)
{
	const struct election *e = &f->pb->election;
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		int64_t said = f->pb->project[c].votes;
		f->pb->unlike +=
		    said >= 0 && said != e->first[c + 1] - e->first[c];
	}
}

bool
pb_make_election(struct reading *f)
{
	int32_t *points = NULL;
	f->pb->point = 1;
	if (f->first == NULL)
		f->first = arena_new(f->arena, ptrdiff_t, 1);
	if (!make_money(f))
		return false;
	if (f->pb->kind >= PB_ORDINAL && !make_points(f, &points))
		return false;
	turn(f, points);
	if (f->pb->kind <= PB_CHOOSE_1)
		count_unlike(f);
	f->pb->ballots = (struct ordinal){.n_items = f->pb->election.n_projects,
	    .n_ballots = f->pb->election.n_voters,
	    .first = f->first,
	    .item = f->entries.project};
	return true;
}
