/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/engine/groups_golden.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/csvread.h"

const char *const golden_groups[GOLDEN_GROUPS] = {
    "american-assembly.bowling-green",
    "bg2050-volunteers",
    "brexit-consensus",
    "london.youth.policing",
    "scoop-hivemind.biodiversity",
    "vtaiwan.uberx",
};

const char *
golden_path(struct arena *a, const char *name, const char *file)
{
	const char *root = getenv("SAMSKAB_GOLDEN");
	struct str path = str_fmt(a, "%s/groups/%s/%s",
	    root != NULL ? root : "../shared/golden", name, file);
	const char *p = str_cstr(a, path);
	return access(p, R_OK) == 0 ? p : NULL;
}

static void
drop(void *json)
{
	json_decref(json);
}

json_t *
golden_json(struct arena *a, const char *name, const char *file)
{
	const char *path = golden_path(a, name, file);
	if (path == NULL)
		test_skip("the golden data are not here (SAMSKAB_GOLDEN)");
	json_t *json = json_load_file(path, 0, NULL);
	CHECK(json != NULL);
	arena_defer(a, drop, json);
	return json;
}

static int64_t *
numbers(struct arena *a, const json_t *list, ptrdiff_t *n)
{
	*n = (ptrdiff_t)json_array_size(list);
	int64_t *out = arena_new(a, int64_t, *n);
	for (ptrdiff_t i = 0; i < *n; i++)
		out[i] = json_integer_value(json_array_get(list, (size_t)i));
	return out;
}

static int32_t
place_of(const int64_t *list, ptrdiff_t n, int64_t value)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		if (list[i] == value)
			return (int32_t)i;
	}
	return -1;
}

static void
mark(const struct golden *g, ptrdiff_t n, const char *key, bool *out)
{
	const json_t *list = json_object_get(g->json, key);
	for (size_t i = 0; i < json_array_size(list); i++) {
		int64_t id = json_integer_value(json_array_get(list, i));
		int32_t place = place_of(g->tid, n, id);
		if (place >= 0)
			out[place] = true;
	}
}

static void
read_ballots(
    struct arena *a, struct golden *g, struct str text, const ptrdiff_t size[2])
{
	struct csv_reader r;
	ptrdiff_t most = 0;
	for (ptrdiff_t i = 0; i < text.n; i++)
		most += text.p[i] == '\n';
	g->ballots.person = arena_new(a, int32_t, most);
	g->ballots.statement = arena_new(a, int32_t, most);
	g->ballots.vote = arena_new(a, int8_t, most);
	csv_open(&r, a, text);
	CHECK(csv_next(&r));
	int32_t person = 0;
	while (csv_next(&r)) {
		int64_t x[3];
		ptrdiff_t n = g->ballots.n++;
		for (int k = 0; k < 3; k++)
			CHECK(str_int(r.field[k], &x[k]));
		if (g->pid[person] != x[0])
			person = place_of(g->pid, size[0], x[0]);
		g->ballots.person[n] = person;
		g->ballots.statement[n] = place_of(g->tid, size[1], x[1]);
		g->ballots.vote[n] = (int8_t)x[2];
	}
	CHECK(r.expected == NULL);
}

struct golden
golden_open(struct arena *a, const char *name)
{
	struct golden g = {.json = golden_json(a, name, "golden.json")};
	ptrdiff_t size[2];
	g.pid = numbers(a, json_object_get(g.json, "pids"), &size[0]);
	g.tid = numbers(a, json_object_get(g.json, "tids"), &size[1]);
	g.rejected = arena_new(a, bool, size[1]);
	g.meta = arena_new(a, bool, size[1]);
	mark(&g, size[1], "mod_out", g.rejected);
	mark(&g, size[1], "meta", g.meta);
	read_ballots(
	    a, &g, test_file(a, golden_path(a, name, "input_votes.csv")), size);
	votes_build(a, &g.ballots, size[0], size[1], &g.votes);
	return g;
}

void
golden_near(double got, const json_t *list, ptrdiff_t i, double within)
{
	const json_t *value = json_array_get(list, (size_t)i);
	CHECK(value != NULL);
	double want = json_number_value(value);
	if (fabs(got - want) <= within)
		return;
	printf("[%td]: %.17g, wanted %.17g\n", i, got, want);
	CHECK(!"near enough");
}
