/* SPDX-License-Identifier: MPL-2.0 */

/* Reading the two files of samskab draw. */
#include <stdlib.h>
#include <string.h>

#include "jobs/draw.h"

enum { COUNT_MOST = 1000000, DECIMALS = 6 };
#define WEIGHT_MOST 1000

/* ---- targets ---------------------------------------------------------- */

static bool
read_header(struct csv_reader *r)
{
	if (csv_next(r))
		return true;
	if (r->expected != NULL)
		return false;
	r->line = 1;
	return csv_fault(r, 0, "a header");
}

struct target_columns {
	ptrdiff_t feature, value, min, max, min_flex, max_flex;
};

static bool
find_targets(struct csv_reader *r, struct target_columns *c)
{
	ptrdiff_t category = csv_find(r, S("category"));
	ptrdiff_t feature = csv_find(r, S("feature"));
	ptrdiff_t value = csv_find(r, S("value"));
	ptrdiff_t name = csv_find(r, S("name"));
	if (feature >= 0 && value >= 0) {
		c->feature = feature;
		c->value = value;
	} else if (category >= 0 && (name >= 0 || feature >= 0)) {
		c->feature = category;
		c->value = name >= 0 ? name : feature;
	} else {
		return csv_fault(r, 0,
		    "a header with feature,value,min,max or "
		    "category,name,min,max or category,feature,min,max");
	}
	c->min = csv_find(r, S("min"));
	c->max = csv_find(r, S("max"));
	c->min_flex = csv_find(r, S("min_flex"));
	c->max_flex = csv_find(r, S("max_flex"));
	if (c->min < 0 || c->max < 0)
		return csv_fault(r, r->n - 1, "columns named min and max");
	return true;
}

static struct str
field(const struct csv_reader *r, ptrdiff_t i)
{
	return i >= 0 && i < r->n ? str_trim(r->field[i]) : (struct str){0};
}

static bool
read_count(struct csv_reader *r, ptrdiff_t i, int32_t *out)
{
	int64_t n;
	if (!str_int(field(r, i), &n) || n < 0 || n > COUNT_MOST)
		return csv_fault(r, i, "a whole number, 0 or more");
	*out = (int32_t)n;
	return true;
}

/* Looked through for each person and feature. */
enum { TARGETS_MOST = 1000 };

struct target {
	struct str feature, value;
	int32_t min, max, min_flex, max_flex, feature_of;
	struct target *next;
};

static bool
read_target(
    struct csv_reader *r, const struct target_columns *c, struct target *t)
{
	t->feature = str_dup(r->arena, field(r, c->feature));
	t->value = str_dup(r->arena, field(r, c->value));
	if (t->feature.n == 0)
		return csv_fault(r, c->feature, "the name of a feature");
	if (t->value.n == 0)
		return csv_fault(r, c->value, "a value of the feature");
	if (!read_count(r, c->min, &t->min) || !read_count(r, c->max, &t->max))
		return false;
	if (t->max < t->min)
		return csv_fault(r, c->max, "a max that is not below min");
	t->min_flex = 0;
	t->max_flex = COUNT_MOST;
	if (field(r, c->min_flex).n > 0 &&
	    !read_count(r, c->min_flex, &t->min_flex))
		return false;
	if (t->min_flex > t->min)
		return csv_fault(r, c->min_flex, "a min_flex up to min");
	if (field(r, c->max_flex).n > 0 &&
	    !read_count(r, c->max_flex, &t->max_flex))
		return false;
	if (t->max_flex < t->max)
		return csv_fault(r, c->max_flex, "a max_flex from max up");
	return true;
}

/* Gives the target its feature's number; false: the value came before. */
static bool
join_target(struct target *first, struct target *t, int32_t *features)
{
	t->feature_of = -1;
	for (const struct target *u = first; u != NULL; u = u->next) {
		if (!str_eq_nocase(u->feature, t->feature))
			continue;
		t->feature_of = u->feature_of;
		if (str_eq_nocase(u->value, t->value))
			return false;
	}
	if (t->feature_of < 0)
		t->feature_of = (*features)++;
	return true;
}

static void
keep_targets(struct arena *a, const struct target *first, struct draw_in *in)
{
	ptrdiff_t n = in->quota.n_values, v = 0;
	int32_t *lo = arena_new(a, int32_t, n), *hi = arena_new(a, int32_t, n);
	in->feature = arena_new(a, struct str, in->quota.n_features);
	in->value = arena_new(a, struct str, n);
	in->feature_of = arena_new(a, int32_t, n);
	in->lo_flex = arena_new(a, int32_t, n);
	in->hi_flex = arena_new(a, int32_t, n);
	for (const struct target *t = first; t != NULL; t = t->next, v++) {
		lo[v] = t->min;
		hi[v] = t->max;
		in->lo_flex[v] = t->min_flex;
		in->hi_flex[v] = t->max_flex;
		in->value[v] = t->value;
		in->feature_of[v] = t->feature_of;
		if (in->feature[t->feature_of].n == 0)
			in->feature[t->feature_of] = t->feature;
	}
	in->quota.lo = lo;
	in->quota.hi = hi;
}

bool
draw_read_targets(struct csv_reader *r, struct draw_in *in)
{
	struct target_columns c = {0};
	struct target *first = NULL, **end = &first;
	int32_t features = 0;
	if (!read_header(r))
		return false;
	if (!find_targets(r, &c))
		return false;
	while (csv_next(r)) {
		struct target *t = arena_new(r->arena, struct target, 1);
		if (!read_target(r, &c, t))
			return false;
		if (!join_target(first, t, &features))
			return csv_fault(
			    r, c.value, "a value that has no line yet");
		*end = t;
		end = &t->next;
		if (in->quota.n_values++ == TARGETS_MOST)
			return csv_fault(r, 0, "no more than 1,000 targets");
	}
	if (r->expected != NULL)
		return false;
	if (first == NULL)
		return csv_fault(r, 0, "a target below the header");
	in->quota.n_features = features;
	keep_targets(r->arena, first, in);
	return true;
}

/* ---- people ----------------------------------------------------------- */

enum { HOUSEHOLD_COLUMNS = 8 };

struct people_columns {
	ptrdiff_t *feature; /* [n_features] */
	ptrdiff_t id, weight, household[HOUSEHOLD_COLUMNS], n_household;
};

/* A row, until all are there. */
struct row {
	struct str id, home;
	int32_t *value;
	double weight;
	struct row *next;
	int64_t line;
};

static bool
need_column(struct csv_reader *r, struct str name, ptrdiff_t *at)
{
	*at = csv_find(r, name);
	if (*at >= 0)
		return true;
	return csv_fault(r, r->n - 1,
	    str_cstr(r->arena,
		str_fmt(r->arena, "a column named %.*s", STR_ARG(name))));
}

static bool
find_id(struct csv_reader *r, struct str asked, ptrdiff_t *at)
{
	const struct str usual[] = {
	    S("nationbuilder_id"), S("unique_id"), S("id")};
	if (asked.n > 0)
		return need_column(r, asked, at);
	*at = -1;
	for (int i = 0; *at < 0 && i < COUNT_OF(usual); i++)
		*at = csv_find(r, usual[i]);
	return true;
}

static bool
find_people(struct csv_reader *r, const struct draw_columns *asked,
    const struct draw_in *in, struct people_columns *c)
{
	struct str rest = asked->household;
	c->feature = arena_new(r->arena, ptrdiff_t, in->quota.n_features);
	for (ptrdiff_t f = 0; f < in->quota.n_features; f++) {
		if (!need_column(r, in->feature[f], &c->feature[f]))
			return false;
	}
	c->n_household = 0;
	while (rest.n > 0) {
		struct str name = str_trim(str_cut(&rest, ','));
		if (c->n_household == HOUSEHOLD_COLUMNS)
			return csv_fault(
			    r, 0, "at most 8 columns for a household");
		if (!need_column(r, name, &c->household[c->n_household++]))
			return false;
	}
	c->weight = -1;
	if (asked->weight.n > 0 && !need_column(r, asked->weight, &c->weight))
		return false;
	return find_id(r, asked->id, &c->id);
}

/* Which value a person has of a feature, or a fault. */
static bool
find_value(struct csv_reader *r, const struct draw_in *in, int32_t feature,
    ptrdiff_t at, int32_t *out)
{
	struct str s = field(r, at);
	for (int32_t v = 0; v < in->quota.n_values; v++) {
		if (in->feature_of[v] != feature ||
		    !str_eq_nocase(in->value[v], s))
			continue;
		*out = v;
		return true;
	}
	return csv_fault(r, at,
	    str_cstr(r->arena,
		str_fmt(r->arena, "a value of %.*s that is in the targets",
		    STR_ARG(in->feature[feature]))));
}

/* "2", "1.5", "1,5"; above 0. */
static bool
parse_weight(struct str s, double *out)
{
	double n = 0, unit = 0;
	int decimals = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		bool dot = s.p[i] == '.' || s.p[i] == ',';
		if (dot && unit == 0 && i > 0 && i + 1 < s.n) {
			unit = 1;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9' || n > 1e12)
			return false;
		n = n * 10 + (s.p[i] - '0');
		decimals += unit > 0;
		if (unit > 0)
			unit *= 10;
	}
	*out = unit > 0 ? n / unit : n;
	return s.n > 0 && decimals <= DECIMALS && *out > 0 &&
	    *out <= WEIGHT_MOST;
}

/* The address, in lower case; empty when all of its columns are. */
static struct str
home_of(const struct csv_reader *r, const struct people_columns *c)
{
	struct buf b = buf_new(r->arena, PTRDIFF_MAX);
	bool some = false;
	for (ptrdiff_t i = 0; i < c->n_household; i++) {
		struct str s = field(r, c->household[i]);
		some = some || s.n > 0;
		buf_add(&b, str_lower_ascii(r->arena, s));
		buf_byte(&b, '\n');
	}
	return some ? buf_str(&b) : (struct str){0};
}

static bool
read_person(struct csv_reader *r, const struct people_columns *c,
    const struct draw_in *in, struct row *row)
{
	row->value = arena_new(r->arena, int32_t, in->quota.n_features);
	row->line = r->line;
	row->weight = 1;
	for (int32_t f = 0; f < in->quota.n_features; f++) {
		if (!find_value(r, in, f, c->feature[f], &row->value[f]))
			return false;
	}
	if (c->weight >= 0 && !parse_weight(field(r, c->weight), &row->weight))
		return csv_fault(r, c->weight, "a weight above 0, up to 1000");
	if (c->n_household > 0)
		row->home = home_of(r, c);
	row->id = c->id < 0
	    ? str_fmt(r->arena, "%lld", (long long)in->quota.n_people)
	    : str_dup(r->arena, field(r, c->id));
	if (row->id.n == 0)
		return csv_fault(r, c->id, "an id");
	return true;
}

struct keyed {
	struct str key;
	ptrdiff_t at;
};

static int
cmp_keyed(const void *x, const void *y)
{
	const struct keyed *a = x, *b = y;
	int c = str_cmp(a->key, b->key);
	return c != 0 ? c : (a->at > b->at) - (a->at < b->at);
}

/* Numbers the households in the order of their addresses. */
static const int32_t *
number_homes(struct arena *a, struct keyed *homes, ptrdiff_t n)
{
	int32_t *home = arena_new(a, int32_t, n);
	int32_t number = 0;
	qsort(homes, (size_t)n, sizeof *homes, cmp_keyed);
	for (ptrdiff_t i = 0; i < n; i++) {
		number += i > 0 && !str_eq(homes[i].key, homes[i - 1].key);
		home[homes[i].at] = homes[i].key.n > 0 ? number : -1;
	}
	return home;
}

/* The first id that came before, or -1. */
static ptrdiff_t
find_twice(struct arena *a, const struct str *id, ptrdiff_t n)
{
	struct keyed *ids = arena_new(a, struct keyed, n);
	for (ptrdiff_t i = 0; i < n; i++)
		ids[i] = (struct keyed){id[i], i};
	qsort(ids, (size_t)n, sizeof *ids, cmp_keyed);
	for (ptrdiff_t i = 1; i < n; i++) {
		if (str_eq(ids[i].key, ids[i - 1].key))
			return ids[i].at;
	}
	return -1;
}

static void
keep_people(struct arena *a, const struct row *first,
    const struct draw_columns *asked, struct draw_in *in)
{
	ptrdiff_t n = in->quota.n_people, f = in->quota.n_features, i = 0;
	int32_t *value = arena_new(a, int32_t, n * f);
	double *weight = arena_new(a, double, n);
	struct keyed *home = arena_new(a, struct keyed, n);
	in->id = arena_new(a, struct str, n);
	for (const struct row *row = first; row != NULL; row = row->next) {
		memcpy(value + i * f, row->value, (size_t)f * sizeof *value);
		weight[i] = row->weight;
		home[i] = (struct keyed){row->home, i};
		in->id[i++] = row->id;
	}
	in->quota.value = value;
	if (asked->weight.n > 0)
		in->quota.weight = weight;
	if (asked->household.n > 0)
		in->quota.home = number_homes(a, home, n);
}

bool
draw_read_people(
    struct csv_reader *r, const struct draw_columns *asked, struct draw_in *in)
{
	struct people_columns c;
	struct row *first = NULL, **end = &first;
	in->quota.n_people = 0;
	if (!read_header(r))
		return false;
	if (!find_people(r, asked, in, &c))
		return false;
	while (csv_next(r)) {
		struct row *row = arena_new(r->arena, struct row, 1);
		if (!read_person(r, &c, in, row))
			return false;
		*end = row;
		end = &row->next;
		in->quota.n_people++;
	}
	if (r->expected != NULL)
		return false;
	if (first == NULL)
		return csv_fault(r, 0, "a person below the header");
	keep_people(r->arena, first, asked, in);
	ptrdiff_t twice = find_twice(r->arena, in->id, in->quota.n_people);
	const struct row *row = first;
	for (ptrdiff_t i = 0; i < twice; i++)
		row = row->next;
	if (twice >= 0) {
		csv_fault(r, 0, "an id that nobody above has");
		r->line = row->line;
		r->column = 1;
	}
	return twice < 0;
}
