/* SPDX-License-Identifier: MPL-2.0 */

/* catalogue/demo.json by itself: whole, plain, and about nobody.  What the
 * loader makes of it is tests/model/demo.c. */
#include <jansson.h>

#include "base/clock.h"
#include "model/catalogue.h"
#include "tests/model/plain.h"
#include "tests/test.h"

static void
free_json(void *root)
{
	json_decref(root);
}

static const json_t *
demo(struct arena *a)
{
	struct str text = catalogue_json(S("demo"));
	json_t *root =
	    json_loadb(text.p, (size_t)text.n, JSON_REJECT_DUPLICATES, NULL);
	CHECK(root != NULL);
	arena_defer(a, free_json, root);
	return root;
}

static struct str
get(const json_t *item, const char *field)
{
	return str_c(json_string_value(json_object_get(item, field)));
}

static bool
has_item(const json_t *list, struct str key)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (str_eq(get(json_array_get(list, i), "key"), key))
			return true;
	}
	return false;
}

/* item[field] is null or the key of an item of root[list]. */
static void
check_ref(
    const json_t *root, const json_t *item, const char *field, const char *list)
{
	const json_t *value = json_object_get(item, field);
	CHECK(value != NULL);
	if (!json_is_null(value))
		CHECK(has_item(json_object_get(root, list), get(item, field)));
}

static void
check_catalogue_ref(const json_t *item, const char *field, const char *list)
{
	const json_t *value = json_object_get(item, field);
	CHECK(value != NULL);
	if (!json_is_null(value))
		CHECK(catalogue_has(str_c(list), get(item, field)));
}

/* for (struct each x = {.list = l}; each(&x);) ... x.item */
struct each {
	const json_t *list, *item;
	size_t n;
};

static bool
each(struct each *x)
{
	x->item = json_array_get(x->list, x->n++);
	return x->item != NULL;
}

TEST(demo_has_all_that_the_example_tells)
{
	const json_t *root = demo(arena);
	ptrdiff_t open = 0, leaders = 0;
	for (struct each x = {.list = json_object_get(root, "questions")};
	     each(&x);)
		open += str_eq(get(x.item, "state"), S("open"));
	for (struct each x = {.list = json_object_get(root, "staff")};
	     each(&x);) {
		leaders += str_eq(get(x.item, "network_role"), S("leader"));
		CHECK(str_ends(get(x.item, "mail"), S("@fjordby.example")));
	}
	CHECK_INT(open, 4);
	CHECK_INT(leaders, 1);
	CHECK_INT(json_array_size(json_object_get(root, "staff")), 10);
	const json_t *theme = json_object_get(root, "theme");
	CHECK_INT(json_array_size(theme), 2);
	CHECK(!str_eq(get(json_array_get(theme, 0), "framing"),
	    get(json_array_get(theme, 1), "framing")));
	CHECK(json_array_size(json_object_get(root, "role_grid")) >= 25);
	CHECK(json_array_size(json_object_get(root, "documentation")) >= 5);
	CHECK(json_array_size(json_object_get(root, "tasks")) >= 8);
	CHECK(json_array_size(json_object_get(
		  json_object_get(root, "plan"), "purpose")) == 2);
}

TEST(demo_has_actors_of_all_kinds_and_a_phase_that_came_twice)
{
	const json_t *root = demo(arena);
	struct catalogue_items kinds = catalogue_list(S("actor_kinds"));
	for (ptrdiff_t i = 0; i < kinds.n; i++) {
		ptrdiff_t n = 0;
		for (struct each x = {.list = json_object_get(root, "actors")};
		     each(&x);)
			n += str_eq(get(x.item, "kind"), kinds.list[i].key);
		CHECK(n > 0);
	}
	const json_t *visits = json_object_get(root, "phase_visits");
	ptrdiff_t twice = 0;
	for (struct each x = {.list = visits}; each(&x);) {
		for (struct each y = {.list = visits}; each(&y);)
			twice += x.item != y.item &&
			    str_eq(get(x.item, "phase"), get(y.item, "phase"));
	}
	CHECK_INT(twice, 2);
}

TEST(demo_points_only_at_what_is_there)
{
	const json_t *root = demo(arena);
	for (struct each x = {.list = json_object_get(root, "participants")};
	     each(&x);) {
		check_ref(root, x.item, "staff", "staff");
		check_ref(root, x.item, "actor", "actors");
		CHECK(json_is_null(json_object_get(x.item, "staff")) !=
		    json_is_null(json_object_get(x.item, "actor")));
	}
	for (struct each x = {.list = json_object_get(root, "agendas")};
	     each(&x);) {
		check_ref(root, x.item, "participant", "participants");
		for (struct each t = {.list =
					  json_object_get(x.item, "tensions")};
		     each(&t);)
			check_ref(root, t.item, "with", "participants");
	}
	for (struct each x = {.list = json_object_get(root, "target_groups")};
	     each(&x);)
		check_catalogue_ref(x.item, "kind", "target_group_kinds");
	for (struct each x = {.list = json_object_get(root, "actors")};
	     each(&x);)
		check_catalogue_ref(x.item, "kind", "actor_kinds");
	for (struct each x = {.list = json_object_get(root, "phase_visits")};
	     each(&x);)
		check_catalogue_ref(x.item, "phase", "phases");
	for (struct each x = {.list = json_object_get(root, "tasks")};
	     each(&x);) {
		check_ref(root, x.item, "owner", "staff");
		check_catalogue_ref(x.item, "part", "help");
	}
	for (struct each x = {.list = json_object_get(
				  json_object_get(root, "plan"), "promise")};
	     each(&x);)
		check_catalogue_ref(x.item, "level", "promises");
	check_catalogue_ref(
	    json_object_get(root, "network"), "type", "network_types");
}

/* The key of an item is looked up without saying of which list. */
TEST(demo_has_no_key_twice)
{
	static const char *const keyed[] = {
	    "staff", "target_groups", "actors", "participants", "questions"};
	const json_t *root = demo(arena);
	for (int l = 0; l < COUNT_OF(keyed); l++) {
		const json_t *list = json_object_get(root, keyed[l]);
		for (struct each x = {.list = list}; each(&x);) {
			struct str key = get(x.item, "key");
			ptrdiff_t found = 0;
			for (struct each y = {.list = list}; each(&y);)
				found += str_eq(get(y.item, "key"), key);
			for (int o = 0; o < l; o++)
				found += has_item(
				    json_object_get(root, keyed[o]), key);
			CHECK_INT(found, 1);
			CHECK(!catalogue_has(S("phases"), key));
		}
	}
}

TEST(demo_role_grid_covers_phases_and_modes)
{
	const json_t *root = demo(arena);
	const json_t *grid = json_object_get(root, "role_grid");
	for (struct each x = {.list = grid}; each(&x);) {
		check_ref(root, x.item, "actor", "actors");
		check_ref(root, x.item, "target_group", "target_groups");
		CHECK(json_is_null(json_object_get(x.item, "actor")) !=
		    json_is_null(json_object_get(x.item, "target_group")));
		check_catalogue_ref(x.item, "phase", "phases");
		check_catalogue_ref(x.item, "mode", "modes");
		check_catalogue_ref(x.item, "coform", "coforms");
		check_catalogue_ref(x.item, "role", "roles");
		CHECK(get(x.item, "role").n == 0 ||
		    get(x.item, "own_role").n == 0);
	}
	static const char *const fields[] = {"phase", "mode"};
	static const char *const from[] = {"phases", "modes"};
	for (int f = 0; f < 2; f++) {
		struct catalogue_items all = catalogue_list(str_c(from[f]));
		for (ptrdiff_t i = 0; i < all.n; i++) {
			ptrdiff_t n = 0;
			for (struct each x = {.list = grid}; each(&x);)
				n += str_eq(
				    get(x.item, fields[f]), all.list[i].key);
			CHECK(n > 0);
		}
	}
}

/* ddmmyy, perhaps a dash or a blank, four digits. */
static bool
has_cpr(struct str s)
{
	ptrdiff_t digits = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		bool joint = digits == 6 && (s.p[i] == '-' || s.p[i] == ' ');
		digits = digit ? digits + 1 : joint ? digits : 0;
		if (digits == 10)
			return true;
	}
	return false;
}

TEST(demo_is_about_nobody)
{
	struct str text = catalogue_json(S("demo"));
	CHECK(!has_cpr(text));
	CHECK(has_cpr(S("nr. 010203-1234"))); /* the check sees them */
	CHECK(has_cpr(S("0102031234")));
	CHECK(has_cpr(S("010203 1234")));
	CHECK(!has_cpr(S("\"2026-11-24\" 00 00 12 34")));
	for (struct each x = {.list = json_object_get(demo(arena), "actors")};
	     each(&x);) {
		if (str_eq(get(x.item, "kind"), S("citizen")))
			CHECK_HAS(
			    get(x.item, "name"), S(", ")); /* "Karen, 71" */
	}
}

static void
check_texts(const json_t *list, const char *fields)
{
	CHECK(json_array_size(list) > 0);
	for (struct each x = {.list = list}; each(&x);) {
		struct str rest = str_c(fields);
		while (rest.n > 0) {
			struct str field = str_cut(&rest, ' ');
			const json_t *v =
			    json_object_getn(x.item, field.p, (size_t)field.n);
			CHECK(v != NULL);
			check_lix(field, str_c(json_string_value(v)));
		}
	}
}

TEST(demo_is_plain_to_read)
{
	const json_t *root = demo(arena);
	const json_t *plan = json_object_get(root, "plan");
	check_texts(json_object_get(root, "theme"), "text framing reason");
	check_texts(json_object_get(root, "questions"), "text answer");
	check_texts(json_object_get(root, "phase_visits"), "note");
	check_texts(json_object_get(root, "target_groups"),
	    "stake knowledge needs reason");
	check_texts(json_object_get(root, "actors"),
	    "knowledge skills resources interest");
	check_texts(json_object_get(root, "participants"), "support");
	check_texts(json_object_get(root, "agendas"), "wish worry");
	check_texts(json_object_get(root, "common_focus"), "text");
	check_texts(json_object_get(root, "role_grid"), "note");
	check_texts(json_object_get(plan, "purpose"), "text");
	check_texts(json_object_get(plan, "decision"), "text fixed");
	check_texts(json_object_get(plan, "need"), "text");
	check_texts(json_object_get(plan, "promise"), "text");
	check_lix(S("goal"), get(json_object_get(root, "network"), "goal"));
}

static void
check_dates(const json_t *list, const char *field)
{
	for (struct each x = {.list = list}; each(&x);) {
		struct date day;
		const json_t *v = json_object_get(x.item, field);
		CHECK(v != NULL);
		CHECK(json_is_null(v) || date_parse(get(x.item, field), &day));
	}
}

TEST(demo_has_dates_that_exist)
{
	const json_t *root = demo(arena);
	struct date day;
	CHECK(date_parse(get(root, "today"), &day));
	check_dates(json_object_get(root, "theme"), "on");
	check_dates(json_object_get(root, "questions"), "on");
	check_dates(json_object_get(root, "phase_visits"), "planned_from");
	check_dates(json_object_get(root, "phase_visits"), "planned_to");
	check_dates(json_object_get(root, "phase_visits"), "entered");
	check_dates(json_object_get(root, "phase_visits"), "left");
	check_dates(json_object_get(root, "tasks"), "due");
	check_dates(json_object_get(root, "tasks"), "done_on");
}
