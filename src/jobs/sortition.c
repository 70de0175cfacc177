/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/sortition.h"

#include <jansson.h>

#include "jobs/draw.h"

enum {
	SECONDS = 40, /* for each method */
	CPU_SECONDS = 150,
	WALL_MS = 150 * 1000, /* less than a job's lease */
};
#define MEMORY_BYTES ((int64_t)1 << 30)
#define OUTPUT_BYTES ((int64_t)64 * 1024 * 1024)
#define INPUT_BYTES ((ptrdiff_t)64 * 1024 * 1024)

/* ---- there: each text as its length on a line, then itself ---- */

static void
put(struct buf *b, struct str text)
{
	buf_int(b, text.n);
	buf_byte(b, '\n');
	buf_add(b, text);
}

static bool
get(struct str *from, struct str *text)
{
	int64_t n;
	if (!str_int(str_cut(from, '\n'), &n) || n < 0 || n > from->n)
		return false;
	*text = str_sub(*from, 0, (ptrdiff_t)n);
	*from = str_sub(*from, (ptrdiff_t)n, from->n);
	return true;
}

struct asked {
	struct str people, targets, seed, size, stays, gone;
};

static struct str *
split(struct arena *a, struct str codes, ptrdiff_t *n)
{
	struct str *list = arena_new(a, struct str, codes.n / 2 + 1);
	*n = 0;
	while (codes.n > 0) {
		struct str code = str_cut(&codes, ' ');
		if (code.n > 0)
			list[(*n)++] = code;
	}
	return list;
}

static bool
read_files(struct draw *d, const struct asked *asked)
{
	struct csv_reader r;
	csv_open(&r, d->arena, asked->targets);
	if (!draw_read_targets(&r, &d->in))
		return false;
	csv_open(&r, d->arena, asked->people);
	return draw_read_people(&r, &d->columns, &d->in);
}

static bool
prepare(struct draw *d, const struct asked *asked)
{
	int64_t size;
	if (!str_int(asked->size, &size) || size < 1 || size > SORTITION_SIZE)
		return false;
	d->size = (int32_t)size;
	d->people_path = S("pulje.csv");
	d->targets_path = S("kvoter.csv");
	d->people_hash = hash_of(asked->people);
	d->targets_hash = hash_of(asked->targets);
	d->columns.id = S("id");
	d->seed = asked->seed;
	d->stays = split(d->arena, asked->stays, &d->n_stays);
	d->gone = split(d->arena, asked->gone, &d->n_gone);
	return d->n_stays < size && read_files(d, asked) && draw_narrow(d);
}

static void
answer(struct buf *b, const char *state, struct str result, struct str proof)
{
	put(b, str_c(state));
	put(b, result);
	put(b, proof);
}

/* In the child. */
static enum err
run(struct arena *a, struct str input, struct str *output)
{
	struct asked asked;
	struct draw d = {.arena = a, .apart = draw_here, .seconds = SECONDS};
	struct buf b = buf_new(a, (ptrdiff_t)OUTPUT_BYTES);
	if (!get(&input, &asked.people) || !get(&input, &asked.targets) ||
	    !get(&input, &asked.seed) || !get(&input, &asked.size) ||
	    !get(&input, &asked.stays) || !get(&input, &asked.gone))
		return ERR_INVALID;
	enum err e = prepare(&d, &asked) ? draw_solve(&d) : ERR_INVALID;
	if (e == ERR_NOT_FOUND) {
		answer(&b, "impossible", draw_json_relaxed(&d), S(""));
	} else if (e == ERR_OK) {
		draw_from_seed(&d);
		answer(&b, "done", draw_json(&d), draw_proof(&d));
	} else {
		answer(&b, "failed", S(""), S(""));
	}
	*output = buf_str(&b);
	return b.full ? ERR_TOO_LARGE : ERR_OK;
}

const struct helper_kind sortition_kind = {.name = "draw", .run = run};

/* ---- here ---- */

enum err
sortition_draw(struct helper *helper, struct arena *a, struct sortition *s)
{
	struct buf b = buf_new(a, INPUT_BYTES);
	struct str out;
	put(&b, s->people);
	put(&b, s->targets);
	put(&b, s->seed);
	put(&b, str_fmt(a, "%lld", (long long)s->size));
	put(&b, s->stays);
	put(&b, s->gone);
	if (b.full)
		return ERR_TOO_LARGE;
	struct helper_call call = {.kind = &sortition_kind,
	    .input = buf_str(&b),
	    .limits = {CPU_SECONDS, WALL_MS, MEMORY_BYTES, OUTPUT_BYTES}};
	enum err e = helper_run(helper, a, &call, &out);
	if (e != ERR_OK)
		return e;
	return get(&out, &s->state) && get(&out, &s->result) &&
		get(&out, &s->proof)
	    ? ERR_OK
	    : ERR_INTERNAL;
}

struct ending {
	struct job_turn *turn;
	const struct sortition *drawn;
};

static enum err
keep(void *arg, struct db *db)
{
	const struct ending *e = arg;
	return sortition_end(db, e->turn->arena, &e->turn->who, e->drawn);
}

enum err
sortition_job(struct job_turn *turn, struct helper *helper)
{
	struct sortition s;
	enum err e =
	    sortition_get(turn->db, turn->arena, &turn->who, turn->job->id, &s);
	if (e != ERR_OK || !str_eq(s.state, S("waiting")))
		return e;
	if (!job_progress(turn, 1, 3))
		return ERR_CONFLICT;
	e = sortition_draw(helper, turn->arena, &s);
	if (e == ERR_UNAVAIL)
		return e;
	if (e != ERR_OK)
		s.state = S("failed");
	if (!job_progress(turn, 2, 3))
		return ERR_CONFLICT;
	return job_write(turn, keep, &(struct ending){turn, &s});
}

/* ---- what a result says ---- */

static struct str
text_of(struct arena *a, const json_t *object, const char *key)
{
	const json_t *v = json_object_get(object, key);
	return str_dup(a,
	    (struct str){
		json_string_value(v), (ptrdiff_t)json_string_length(v)});
}

static int64_t
number_of(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static void
read_panel(struct arena *a, const json_t *root, struct drawn *out)
{
	const json_t *list = json_object_get(root, "panel");
	out->n_panel = (ptrdiff_t)json_array_size(list);
	out->panel = arena_new(a, struct str, out->n_panel);
	for (ptrdiff_t i = 0; i < out->n_panel; i++) {
		const json_t *v = json_array_get(list, (size_t)i);
		out->panel[i] = str_dup(a, str_c(json_string_value(v)));
	}
}

static void
read_chances(struct arena *a, json_t *root, struct drawn *out)
{
	json_t *all = json_object_get(root, "probability");
	void *at = json_object_iter(all);
	out->chance =
	    arena_new(a, struct drawn_chance, (ptrdiff_t)json_object_size(all));
	for (; at != NULL; at = json_object_iter_next(all, at)) {
		const json_t *v = json_object_iter_value(at);
		out->chance[out->n_chances++] = (struct drawn_chance){
		    str_dup(a, str_c(json_object_iter_key(at))),
		    json_is_number(v) ? json_number_value(v) : -1};
	}
}

static void
read_quotas(struct arena *a, const json_t *root, struct drawn *out)
{
	const json_t *all = json_object_get(root, "quotas");
	out->n_quotas = (ptrdiff_t)json_array_size(all);
	out->quota = arena_new(a, struct drawn_quota, out->n_quotas);
	for (ptrdiff_t i = 0; i < out->n_quotas; i++) {
		const json_t *q = json_array_get(all, (size_t)i);
		out->quota[i] = (struct drawn_quota){text_of(a, q, "feature"),
		    text_of(a, q, "value"), number_of(q, "min"),
		    number_of(q, "max"), number_of(q, "panel")};
	}
}

static void
read_changes(struct arena *a, const json_t *root, struct drawn *out)
{
	const json_t *all = json_object_get(root, "relaxation");
	out->n_changes = (ptrdiff_t)json_array_size(all);
	out->change = arena_new(a, struct drawn_change, out->n_changes);
	for (ptrdiff_t i = 0; i < out->n_changes; i++) {
		const json_t *c = json_array_get(all, (size_t)i);
		out->change[i] = (struct drawn_change){text_of(a, c, "feature"),
		    text_of(a, c, "value"),
		    str_eq(text_of(a, c, "end"), S("min")), number_of(c, "is"),
		    number_of(c, "to")};
	}
}

static void
forget(void *root)
{
	json_decref(root);
}

enum err
sortition_read(struct arena *a, struct str result, struct drawn *out)
{
	json_t *root = json_loadb(
	    result.p, (size_t)result.n, JSON_REJECT_DUPLICATES, NULL);
	*out = (struct drawn){0};
	if (root == NULL)
		return ERR_INTERNAL;
	arena_defer(a, forget, root);
	out->method = text_of(a, root, "method");
	out->fallback = json_is_true(json_object_get(root, "fallback"));
	out->min = json_number_value(json_object_get(root, "min_probability"));
	out->max = json_number_value(json_object_get(root, "max_probability"));
	read_panel(a, root, out);
	read_chances(a, root, out);
	read_quotas(a, root, out);
	read_changes(a, root, out);
	return ERR_OK;
}
