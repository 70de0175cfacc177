/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/pb_in.h"

#include <string.h>

#include "cli/pb_parts.h"

enum { FIRST_PROJECTS = 64 };
#define NUMBER_MOST (MILLION * MILLION) /* before the decimals */

/* ---- META: its keys, and which there must be ---- */

enum value { TEXT, COUNT, AMOUNT };

static const struct {
	const char *name;
	const char *missing; /* NULL: it may be */
	enum value value;
} keys[META_COUNT] = {
    {"description", "the key description in META", TEXT},
    {"country", "the key country in META", TEXT},
    {"unit", "the key unit in META", TEXT},
    {"instance", "the key instance in META", TEXT},
    {"num_projects", "the key num_projects in META", COUNT},
    {"num_votes", "the key num_votes in META", COUNT},
    {"budget", "the key budget in META", AMOUNT},
    {"vote_type", "the key vote_type in META", TEXT},
    {"rule", "the key rule in META", TEXT},
    {"date_begin", "the key date_begin in META", TEXT},
    {"date_end", "the key date_end in META", TEXT},
    {"currency", NULL, TEXT},
    {"min_length", NULL, COUNT},
    {"max_length", NULL, COUNT},
    {"min_sum_cost", NULL, AMOUNT},
    {"max_sum_cost", NULL, AMOUNT},
    {"fully_funded", NULL, COUNT},
};

/* ---- faults and numbers ---- */

bool
pb_fault_at_field(struct reading *f, ptrdiff_t field, const char *expected)
{
	csv_fault(&f->r, field, expected);
	*f->fault = (struct pb_fault){f->r.line, f->r.column, expected};
	return false;
}

bool
pb_fault_at(
    struct reading *f, int64_t line, int64_t column, const char *expected)
{
	*f->fault = (struct pb_fault){line, column, expected};
	return false;
}

bool
pb_fault_end(struct reading *f, const char *expected)
{
	if (f->r.expected != NULL)
		return pb_fault_at(f, f->r.line, f->r.column, f->r.expected);
	return pb_fault_at(f, f->r.next_line, 1, expected);
}

bool
pb_number(struct str s, int64_t *millionths)
{
	int64_t whole = 0, part = 0, weight = MILLION;
	ptrdiff_t i = 0;
	for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) {
		whole = 10 * whole + (s.p[i] - '0');
		if (whole > NUMBER_MOST)
			return false;
	}
	if (i == 0)
		return false;
	if (i < s.n && (s.p[i] == '.' || s.p[i] == ',') && ++i == s.n)
		return false;
	for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) {
		weight /= 10;
		if (weight == 0 && s.p[i] != '0')
			return false;
		part += (s.p[i] - '0') * weight;
	}
	*millionths = whole * MILLION + part;
	return i == s.n;
}

/* ---- META ---- */

static int
find_key(struct str name)
{
	for (int k = 0; k < META_COUNT; k++) {
		if (str_eq(str_c(keys[k].name), name))
			return k;
	}
	return -1;
}

static bool
read_meta_value(struct reading *f, int k)
{
	struct meta_value *v = &f->meta[k];
	v->text = str_trim(f->r.field[1]);
	if (keys[k].value == TEXT)
		return true;
	if (v->text.n == 0 && keys[k].missing == NULL)
		return true;
	if (keys[k].value == COUNT &&
	    (!str_int(v->text, &v->number) || v->number < 0))
		return pb_fault_at_field(f, 1, "a whole number from 0");
	if (keys[k].value == AMOUNT && !pb_number(v->text, &v->number))
		return pb_fault_at_field(
		    f, 1, "an amount from 0, with at most 6 decimals");
	return true;
}

/* Line and column are kept, for what is only seen later. */
static bool
read_meta_row(struct reading *f)
{
	if (f->r.n != 2)
		return pb_fault_at_field(
		    f, f->r.n > 2 ? 2 : 1, "a key; a value");
	struct str name = str_trim(f->r.field[0]);
	ptrdiff_t known = f->other.n;
	if (names_add(&f->other, name) < known)
		return pb_fault_at_field(f, 0, "each key once");
	int k = find_key(name);
	if (k < 0)
		return true;
	f->meta[k].line = f->r.line;
	f->meta[k].column = f->r.start[1] - f->r.start[0] + 1;
	return read_meta_value(f, k);
}

static bool
read_kind(struct reading *f)
{
	static const char *const kinds[] = {
	    "approval", "choose-1", "ordinal", "cumulative", "scoring"};
	const struct meta_value *v = &f->meta[VOTE_TYPE];
	for (int k = 0; k < (int)COUNT_OF(kinds); k++) {
		if (str_eq(str_c(kinds[k]), v->text)) {
			f->pb->kind = (enum pb_kind)k;
			return true;
		}
	}
	return pb_fault_at(f, v->line, v->column,
	    "approval, choose-1, ordinal, cumulative or scoring");
}

static bool
is_section(const struct reading *f, const char *name)
{
	return f->r.n == 1 && str_eq(str_trim(f->r.field[0]), str_c(name));
}

static bool
read_meta(struct reading *f)
{
	for (int k = 0; k < META_COUNT; k++)
		f->meta[k].number = -1;
	if (!csv_next(&f->r))
		return pb_fault_end(f, "META");
	if (!is_section(f, "META"))
		return pb_fault_at_field(f, 0, "META");
	if (!csv_next(&f->r))
		return pb_fault_end(f, "key;value");
	if (f->r.n != 2 || csv_find(&f->r, S("key")) != 0 ||
	    csv_find(&f->r, S("value")) != 1)
		return pb_fault_at_field(f, 0, "key;value");
	for (;;) {
		if (!csv_next(&f->r))
			return pb_fault_end(f, "PROJECTS");
		if (is_section(f, "PROJECTS"))
			break;
		if (!read_meta_row(f))
			return false;
	}
	for (int k = 0; k < META_COUNT; k++) {
		if (f->meta[k].line == 0 && keys[k].missing != NULL)
			return pb_fault_at_field(f, 0, keys[k].missing);
	}
	return read_kind(f);
}

/* ---- PROJECTS ---- */

struct project_columns {
	ptrdiff_t id, cost, votes, name, selected; /* -1: none */
};

static void
add_project(struct reading *f, struct pb_project project, int64_t cost)
{
	struct pb *pb = f->pb;
	ptrdiff_t n = pb->election.n_projects;
	if (n == f->cap) {
		f->cap = f->cap > 0 ? 2 * f->cap : FIRST_PROJECTS;
		struct pb_project *more =
		    arena_new(f->arena, struct pb_project, f->cap);
		int64_t *costs = arena_new(f->arena, int64_t, f->cap);
		if (n > 0) {
			memcpy(more, pb->project, (size_t)n * sizeof *more);
			memcpy(costs, f->cost, (size_t)n * sizeof *costs);
		}
		pb->project = more;
		f->cost = costs;
	}
	f->cost[n] = cost;
	pb->project[n] = project;
	pb->election.n_projects++;
}

static bool
read_selected(struct reading *f, ptrdiff_t column, int *selected)
{
	struct str s = str_trim(f->r.field[column]);
	if (s.n == 0)
		return true;
	if (s.n != 1 || s.p[0] < '0' || s.p[0] > '3')
		return pb_fault_at_field(f, column, "0, 1, 2 or 3");
	*selected = s.p[0] - '0';
	return true;
}

static bool
read_project(struct reading *f, const struct project_columns *at)
{
	struct pb_project p = {.votes = -1, .selected = -1};
	int64_t cost;
	if (f->r.n != f->width)
		return pb_fault_at_field(f,
		    f->r.n < f->width ? f->r.n : f->width,
		    "as many fields as there are headings");
	p.id = str_trim(f->r.field[at->id]);
	ptrdiff_t known = f->project.n;
	if (p.id.n == 0 || names_add(&f->project, p.id) < known)
		return pb_fault_at_field(f, at->id, "an id of its own");
	if (!pb_number(str_trim(f->r.field[at->cost]), &cost))
		return pb_fault_at_field(
		    f, at->cost, "a price from 0, with at most 6 decimals");
	if (at->name >= 0)
		p.name = str_trim(f->r.field[at->name]);
	if (at->votes >= 0 && str_trim(f->r.field[at->votes]).n > 0 &&
	    !str_int(str_trim(f->r.field[at->votes]), &p.votes))
		return pb_fault_at_field(f, at->votes, "a whole number");
	if (at->selected >= 0 && !read_selected(f, at->selected, &p.selected))
		return false;
	add_project(f, p, cost);
	return true;
}

static bool
read_projects(struct reading *f)
{
	if (!csv_next(&f->r))
		return pb_fault_end(f, "the headings of PROJECTS");
	struct project_columns at = {csv_find(&f->r, S("project_id")),
	    csv_find(&f->r, S("cost")), csv_find(&f->r, S("votes")),
	    csv_find(&f->r, S("name")), csv_find(&f->r, S("selected"))};
	if (at.id < 0 || at.cost < 0)
		return pb_fault_at_field(f, 0,
		    at.id < 0 ? "a heading project_id" : "a heading cost");
	f->pb->has_selected = at.selected >= 0;
	f->width = f->r.n;
	for (;;) {
		if (!csv_next(&f->r))
			return pb_fault_end(f, "VOTES");
		if (is_section(f, "VOTES"))
			break;
		if (!read_project(f, &at))
			return false;
	}
	const struct meta_value *said = &f->meta[NUM_PROJECTS];
	if (said->number != f->pb->election.n_projects)
		return pb_fault_at(f, said->line, said->column,
		    "the number of projects in the file");
	return true;
}

bool
pb_read(struct arena *a, struct str text, struct str by, struct pb *out,
    struct pb_fault *fault)
{
	struct reading *f = arena_new(a, struct reading, 1);
	*out = (struct pb){0};
	f->arena = a;
	f->pb = out;
	f->fault = fault;
	f->project = names_new(a);
	f->voter = names_new(a);
	f->group = names_new(a);
	f->other = names_new(a);
	csv_open(&f->r, a, text);
	f->r.separator = ';'; /* the first line, META, has none */
	if (!read_meta(f))
		return false;
	out->description = f->meta[DESCRIPTION].text;
	out->unit = f->meta[UNIT].text;
	out->instance = f->meta[INSTANCE].text;
	out->rule = f->meta[RULE].text;
	out->currency = f->meta[CURRENCY].text;
	return read_projects(f) && pb_read_votes(f, by) && pb_make_election(f);
}
