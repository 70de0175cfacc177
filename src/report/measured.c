/* SPDX-License-Identifier: MPL-2.0 */
#include "report/measured.h"

#include "engine/suppress.h"
#include "report/csv.h"

enum { HIGHER, LOWER, SAME, ALL, CELLS };

/* ---- which rounds ---- */

static void
choose_rounds(const struct measure *m, struct measured *out)
{
	const struct measure_round *first = NULL, *last = NULL;
	for (ptrdiff_t i = 0; i < m->n_rounds; i++) {
		const struct measure_round *r = &m->round[i];
		if (r->open)
			continue;
		first = first == NULL ? r : first;
		last = r;
	}
	if (first == NULL)
		return;
	if (m->design == MEASURE_RETROSPECTIVE)
		first = last;
	out->ready = first != last || m->design == MEASURE_RETROSPECTIVE;
	out->before = first->number;
	out->after = last->number;
	out->answered_before = first->answered;
	out->answered_after = last->answered;
	out->could_before = first->could;
	out->could_after = last->could;
}

/* ---- answers of one question ---- */

/* One person's two answers, NULL where there is none. */
struct twice {
	const struct measure_row *before, *after;
};

struct all {
	struct arena *a;
	const struct measure *m;
	struct twice *list;
	ptrdiff_t n;
};

/* Rows are by person, then round. */
static struct all
gather(struct arena *a, const struct measure *m,
    const struct measure_rows *rows, const struct measured *out)
{
	struct all all = {a, m, arena_new(a, struct twice, rows->n), 0};
	for (ptrdiff_t i = 0; i < rows->n;) {
		struct twice t = {0};
		struct str who = rows->list[i].who;
		for (; i < rows->n && str_eq(rows->list[i].who, who); i++) {
			const struct measure_row *r = &rows->list[i];
			if (r->round == out->before)
				t.before = r;
			if (r->round == out->after)
				t.after = r;
		}
		if (t.before != NULL || t.after != NULL)
			all.list[all.n++] = t;
	}
	return all;
}

static int
mark_before(const struct all *all, const struct twice *t, ptrdiff_t item)
{
	if (t->before == NULL)
		return 0;
	return all->m->design == MEASURE_RETROSPECTIVE
	    ? t->before->reply.then[item]
	    : t->before->reply.now[item];
}

static int
mark_after(const struct twice *t, ptrdiff_t item)
{
	return t->after != NULL ? t->after->reply.now[item] : 0;
}

static bool
is_number(int mark)
{
	return mark >= 1 && mark <= MEASURE_HIGHEST;
}

static void
take(struct change_item *item, int before, int after, bool paired)
{
	bool x = is_number(before), y = is_number(after);
	if (x)
		item->all_before[item->n_before++] = before;
	if (y)
		item->all_after[item->n_after++] = after;
	if (paired && x && y) {
		item->before[item->pairs] = before;
		item->after[item->pairs++] = after;
	} else if (before == MEASURE_DONT_KNOW || after == MEASURE_DONT_KNOW) {
		item->dont_know++;
	} else {
		item->only_before += x;
		item->only_after += y;
	}
}

static void
take_item(const struct all *all, ptrdiff_t at, struct change_item *item)
{
	bool paired = all->m->design != MEASURE_CROSS_SECTION;
	item->before = arena_new(all->a, double, all->n);
	item->after = arena_new(all->a, double, all->n);
	item->all_before = arena_new(all->a, double, all->n);
	item->all_after = arena_new(all->a, double, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		take(item, mark_before(all, &all->list[i], at),
		    mark_after(&all->list[i], at), paired);
	item->people = item->pairs + item->only_before + item->only_after +
	    item->dont_know;
}

/* ---- by target group ---- */

static struct measured_group *
group_of(struct measured_group *list, int *n, struct str group)
{
	for (int i = 0; i < *n; i++) {
		if (str_eq(list[i].group, group))
			return &list[i];
	}
	if (*n == MEASURED_GROUPS)
		return NULL;
	list[*n] = (struct measured_group){.group = group};
	return &list[(*n)++];
}

/* False: there are too many groups for a table. */
static bool
count_groups(
    const struct all *all, ptrdiff_t at, struct measured_group *list, int *n)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct twice *t = &all->list[i];
		int x = mark_before(all, t, at), y = mark_after(t, at);
		if (!is_number(x) || !is_number(y))
			continue;
		struct measured_group *g = group_of(list, n, t->after->group);
		if (g == NULL)
			return false;
		g->count[y > x ? HIGHER : y < x ? LOWER : SAME]++;
		g->count[ALL]++;
	}
	return true;
}

/* Hides what must be; false: a sum would have to be. */
static bool
hide(struct measured_group *list, int n, int64_t k)
{
	int32_t count[SUPPRESS_CELLS] = {0};
	bool hidden[SUPPRESS_CELLS] = {false};
	struct cells cells = {n + 1, CELLS, count, hidden};
	for (int g = 0; g < n; g++) {
		for (int c = 0; c < CELLS; c++) {
			count[g * CELLS + c] = (int32_t)list[g].count[c];
			count[n * CELLS + c] += (int32_t)list[g].count[c];
		}
	}
	suppress(&cells, (int32_t)k);
	for (int c = 0; c < CELLS; c++) {
		if (hidden[n * CELLS + c])
			return false;
	}
	for (int g = 0; g < n; g++) {
		for (int c = 0; c < CELLS; c++) {
			if (hidden[g * CELLS + c])
				list[g].count[c] = -1;
		}
	}
	return true;
}

static void
fill_groups(const struct all *all, struct measured *out)
{
	const struct change_report *r = &out->report;
	out->group = arena_new(
	    all->a, struct measured_group, MEASURE_ITEMS * MEASURED_GROUPS);
	out->n_groups = arena_new(all->a, int, MEASURE_ITEMS);
	for (ptrdiff_t i = 0; i < r->data.n; i++) {
		struct measured_group *list = out->group + i * MEASURED_GROUPS;
		int n = 0;
		if (r->result[i].show == SHOW_NOTHING ||
		    r->design == CROSS_SECTION)
			continue;
		if (count_groups(all, i, list, &n) && n > 1 &&
		    hide(list, n, r->k))
			out->n_groups[i] = n;
	}
}

/* ---- the whole ---- */

void
measured_of(struct arena *a, const struct measure *m,
    const struct measure_rows *rows, const struct measured_wish *wish,
    struct measured *out)
{
	static const enum change_design designs[] = {
	    [MEASURE_BEFORE_AFTER] = BEFORE_AFTER,
	    [MEASURE_RETROSPECTIVE] = RETROSPECTIVE,
	    [MEASURE_CROSS_SECTION] = CROSS_SECTION};
	*out = (struct measured){0};
	choose_rounds(m, out);
	struct change_report *r = &out->report;
	*r = (struct change_report){.arena = a,
	    .lang = wish->lang,
	    .design = designs[m->design],
	    .k = wish->k,
	    .options = {.seed = S("samskab"), .level = 0.95}};
	if (!out->ready)
		return;
	struct all all = gather(a, m, rows, out);
	r->data.n = m->n_items;
	r->data.item = arena_new(a, struct change_item, m->n_items);
	for (ptrdiff_t i = 0; i < m->n_items; i++) {
		r->data.item[i].name =
		    measure_item_text(&m->item[i], wish->lang);
		take_item(&all, i, &r->data.item[i]);
	}
	change_analyse(r);
	fill_groups(&all, out);
}

/* ---- a file ---- */

static void
csv_mark(struct csv *csv, struct str code, struct str round, struct str item,
    int mark)
{
	if (mark == 0)
		return;
	csv_text(csv, code);
	csv_text(csv, round);
	csv_text(csv, item);
	if (mark == MEASURE_DONT_KNOW)
		csv_text(csv, S("ved ikke"));
	else
		csv_int(csv, mark);
	csv_row(csv);
}

static struct str
code_of(struct arena *a, struct str who)
{
	enum { CHARS = 16 };
	return str_sub(hash_hex(a, hash_of(who)), 0, CHARS);
}

bool
measured_has_file(const struct measured *m)
{
	return m->ready && m->answered_before >= m->report.k &&
	    m->answered_after >= m->report.k;
}

enum err
measured_csv(struct arena *a, const struct measure *m,
    const struct measure_rows *rows, const struct measured *found,
    struct str *out)
{
	enum { MOST = 64 * 1024 * 1024 };
	bool retro = m->design == MEASURE_RETROSPECTIVE;
	if (!measured_has_file(found))
		return ERR_NOT_FOUND;
	struct csv csv = csv_new(a, MOST, ';', true);
	static const char *const heads[] = {
	    "kode", "runde", "spørgsmål", "svar"};
	for (int i = 0; i < (int)COUNT_OF(heads); i++)
		csv_text(&csv, str_c(heads[i]));
	csv_row(&csv);
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		const struct measure_row *r = &rows->list[i];
		struct str code = code_of(a, r->who);
		if (r->round != found->before && r->round != found->after)
			continue;
		bool first = r->round == found->before && !retro;
		struct str round = first ? S("før") : S("efter");
		for (ptrdiff_t k = 0; k < m->n_items; k++) {
			struct str item = m->item[k].da;
			csv_mark(&csv, code, S("før"), item, r->reply.then[k]);
			csv_mark(&csv, code, round, item, r->reply.now[k]);
		}
	}
	return csv_done(&csv, out);
}
