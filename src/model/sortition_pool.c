/* SPDX-License-Identifier: MPL-2.0 */

/* Who can be drawn, and what is known of them
 * (sortition_pool() in model/sortition.h). */
#include "base/buf.h"
#include "model/guardian.h"
#include "model/sortition.h"

struct filling {
	struct arena *arena;
	enum lang lang;
	struct pool *pool;
	struct person *person;
};

/* A column of the file of people, whose first is "id". */
static bool
is_taken(const struct pool *pool, struct str name)
{
	bool taken = str_eq_nocase(name, S("id"));
	for (ptrdiff_t i = 0; i < pool->n_features; i++)
		taken = taken || str_eq_nocase(pool->feature[i].name, name);
	return taken;
}

/* A feature with room for `values`; its first value is "not told". */
static struct pool_feature *
add_feature(
    struct filling *f, struct str key, struct str name, ptrdiff_t values)
{
	struct pool *pool = f->pool;
	struct pool_feature *feature = &pool->feature[pool->n_features];
	if (is_taken(pool, name))
		name = str_fmt(
		    f->arena, "%td %.*s", pool->n_features + 1, STR_ARG(name));
	pool->n_features++;
	*feature = (struct pool_feature){.key = key, .name = name};
	feature->value = arena_new(f->arena, struct pool_value, values + 1);
	feature->value[feature->n++] =
	    (struct pool_value){.key = S(""), .name = tr(f->lang, "Not told")};
	return feature;
}

static void
add_value(struct filling *f, struct pool_feature *feature, struct str key,
    struct str name)
{
	for (ptrdiff_t i = 0; i < feature->n; i++) {
		if (str_eq_nocase(feature->value[i].name, name))
			name = str_fmt(
			    f->arena, "%.*s (%td)", STR_ARG(name), feature->n);
	}
	feature->value[feature->n++] =
	    (struct pool_value){.key = key, .name = name};
}

static void
add_ages(struct filling *f)
{
	ptrdiff_t n = 0;
	while (person_ages[n].key != NULL)
		n++;
	struct pool_feature *ages =
	    add_feature(f, S("alder"), tr(f->lang, "Age"), n);
	for (ptrdiff_t i = 0; i < n; i++)
		add_value(f, ages, str_c(person_ages[i].key),
		    tr(f->lang, person_ages[i].label));
}

static void
add_groups(struct filling *f, const struct plan *plan)
{
	const struct records *all = &plan->of[KIND_GROUP];
	struct pool_feature *groups =
	    add_feature(f, S("gruppe"), tr(f->lang, "Target group"), all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		add_value(f, groups, all->list[i].id_text,
		    record_value(&all->list[i], "name"));
}

static void
add_field(struct filling *f, const struct interest_field *field)
{
	struct str rest = field->choices;
	if (field->label.n == 0 || rest.n == 0)
		return;
	struct pool_feature *feature = add_feature(
	    f, id_text(f->arena, field->id), field->label, INTEREST_CHOICES);
	while (rest.n > 0 && feature->n <= INTEREST_CHOICES) {
		struct str choice = str_trim(str_cut(&rest, '\n'));
		if (choice.n > 0)
			add_value(f, feature, choice, choice);
	}
}

/* ---- the people ---- */

/* What is not among the values any more counts as not told. */
static void
set_value(
    struct filling *f, ptrdiff_t person, ptrdiff_t feature, struct str key)
{
	struct pool *pool = f->pool;
	const struct pool_feature *of = &pool->feature[feature];
	int32_t *at = &pool->value[person * pool->n_features + feature];
	for (ptrdiff_t v = 0; v < of->n; v++) {
		if (str_eq(of->value[v].key, key))
			*at = (int32_t)v;
	}
}

/* All but the children without a guardian (rule R4). */
static void
take_people(
    struct filling *f, const struct guardian *g, const struct person_page *page)
{
	for (ptrdiff_t i = 0; i < page->n; i++) {
		if (!guardian_is_missing(f->arena, g, &page->list[i]))
			f->person[f->pool->n++] = page->list[i];
	}
}

static enum err
load_people(struct db *db, const struct actor *who, struct filling *f)
{
	struct guardian g;
	struct person_page yes, active;
	struct person_filter filter = {.state = S("yes")};
	enum err e = person_list(db, f->arena, who, &filter, &yes);
	filter.state = S("active");
	if (e == ERR_OK)
		e = person_list(db, f->arena, who, &filter, &active);
	if (e == ERR_OK)
		e = guardian_load(db, f->arena, who, &g);
	if (e != ERR_OK)
		return e;
	f->person = arena_new(f->arena, struct person, yes.n + active.n);
	take_people(f, &g, &yes);
	take_people(f, &g, &active);
	return ERR_OK;
}

static void
set_people(struct filling *f)
{
	struct pool *pool = f->pool;
	pool->code = arena_new(f->arena, struct str, pool->n);
	pool->value = arena_new(f->arena, int32_t, pool->n * pool->n_features);
	for (ptrdiff_t i = 0; i < pool->n; i++) {
		const struct person *p = &f->person[i];
		pool->code[i] = person_code(f->arena, p->number);
		set_value(f, i, 0, p->age);
		set_value(f, i, 1,
		    id_is_set(p->group) ? id_text(f->arena, p->group) : S(""));
	}
}

static const char SQL_VALUES[] = "SELECT person, field, value FROM person_value"
				 " WHERE org = $1 AND network = $2";

static ptrdiff_t
find_person(const struct filling *f, struct id id)
{
	for (ptrdiff_t i = 0; i < f->pool->n; i++) {
		if (id_eq(f->person[i].id, id))
			return i;
	}
	return -1;
}

static enum err
set_answers(struct db *db, const struct actor *who, struct filling *f)
{
	struct db_rows rows;
	enum err e = db_all(db, f->arena, SQL_VALUES, &rows, DB_ID(who->org),
	    DB_ID(who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct str field = id_text(f->arena, db_id(row, 1));
		ptrdiff_t person = find_person(f, db_id(row, 0));
		for (ptrdiff_t k = 2; person >= 0 && k < f->pool->n_features;
		     k++) {
			if (str_eq(f->pool->feature[k].key, field))
				set_value(f, person, k, db_text(row, 2));
		}
	}
	return e;
}

static void
count_values(struct pool *pool)
{
	for (ptrdiff_t i = 0; i < pool->n; i++) {
		for (ptrdiff_t k = 0; k < pool->n_features; k++) {
			int32_t v = pool->value[i * pool->n_features + k];
			pool->feature[k].value[v].people++;
		}
	}
}

enum err
sortition_pool(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, struct pool *out)
{
	struct interest interest;
	struct filling f = {.arena = a, .lang = plan->lang, .pool = out};
	*out = (struct pool){0};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = interest_get(db, a, who, &interest);
	if (e == ERR_OK)
		e = load_people(db, who, &f);
	if (e != ERR_OK)
		return e;
	add_ages(&f);
	add_groups(&f, plan);
	for (int i = 0; i < INTEREST_FIELDS; i++)
		add_field(&f, &interest.field[i]);
	set_people(&f);
	e = set_answers(db, who, &f);
	count_values(out);
	return e;
}
