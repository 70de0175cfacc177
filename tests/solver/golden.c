/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/solver/golden.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/csvread.h"

enum { VALUES = 200 };

static int32_t
number(struct str s)
{
	int64_t n = 0;
	CHECK(str_int(s, &n));
	return (int32_t)n;
}

struct target {
	struct str feature, value;
};

static ptrdiff_t
read_targets(
    struct arena *a, const char *path, struct quota *q, struct target *target)
{
	struct csv_reader r;
	int32_t *lo = arena_new(a, int32_t, VALUES);
	int32_t *hi = arena_new(a, int32_t, VALUES);
	ptrdiff_t n = 0;
	csv_open(&r, a, test_file(a, path));
	CHECK(csv_next(&r));
	while (csv_next(&r)) {
		target[n] = (struct target){r.field[0], r.field[1]};
		lo[n] = number(r.field[2]);
		hi[n++] = number(r.field[3]);
	}
	q->lo = lo;
	q->hi = hi;
	return n;
}

static int32_t
find(const struct target *t, ptrdiff_t n, struct str feature, struct str value)
{
	for (int32_t v = 0; v < n; v++) {
		if (str_eq(t[v].feature, feature) && str_eq(t[v].value, value))
			return v;
	}
	CHECK(!"a value without a target");
	return 0;
}

static void
read_people(struct arena *a, const char *path, struct quota *q,
    const struct target *target)
{
	struct csv_reader r;
	struct str text = test_file(a, path);
	struct str *name = arena_new(a, struct str, 32);
	int32_t *value = arena_new(a, int32_t, text.n);
	csv_open(&r, a, text);
	CHECK(csv_next(&r));
	q->n_features = r.n;
	for (ptrdiff_t f = 0; f < r.n; f++)
		name[f] = r.field[f];
	while (csv_next(&r)) {
		for (ptrdiff_t f = 0; f < q->n_features; f++)
			value[q->n_people * q->n_features + f] =
			    find(target, q->n_values, name[f], r.field[f]);
		q->n_people++;
	}
	q->value = value;
}

static const char *
file_of(struct arena *a, const struct golden *g, const char *name)
{
	return str_cstr(a, str_fmt(a, "%.*s/%s", STR_ARG(g->folder), name));
}

struct golden
golden_pool(struct arena *a, const char *name, int32_t size)
{
	const char *root = getenv("SAMSKAB_GOLDEN");
	struct golden g = {.quota = {.size = size}};
	struct target *target = arena_new(a, struct target, VALUES);
	if (root == NULL)
		root = "../shared/golden";
	if (access(root, R_OK) != 0)
		test_skip("no golden files: set SAMSKAB_GOLDEN");
	g.folder = str_fmt(a, "%s/sortition/%s", root, name);
	g.quota.n_values =
	    read_targets(a, file_of(a, &g, "categories.csv"), &g.quota, target);
	read_people(a, file_of(a, &g, "respondents.csv"), &g.quota, target);
	return g;
}

double *
golden_column(struct arena *a, const struct golden *g, const char *file)
{
	struct csv_reader r;
	double *x = arena_new(a, double, g->quota.n_people);
	ptrdiff_t n = 0;
	csv_open(&r, a, test_file(a, file_of(a, g, file)));
	CHECK(csv_next(&r));
	while (csv_next(&r))
		x[n++] = strtod(str_cstr(a, r.field[1]), NULL);
	CHECK_INT(n, g->quota.n_people);
	return x;
}
