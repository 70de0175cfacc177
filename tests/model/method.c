/* SPDX-License-Identifier: MPL-2.0 */
#include "model/method.h"

#include "base/buf.h"
#include "tests/model/fixture.h"

#define OWN S("own_0193a5c0-0000-7000-8000-000000000001")

static int
field(const char *name)
{
	int i = 0;
	while (!str_eq(str_c(method_def(i)->name), str_c(name)))
		i++;
	return i;
}

static const struct method *
get(struct world *w, struct str key)
{
	struct methods all;
	CHECK_OK(method_list(w->db, w->arena, &w->leader, &all));
	return method_find(&all, key);
}

/* A form as the page makes it from the method as it stands. */
static struct method_form
form_of(struct world *w, struct str key)
{
	struct method_form form = {.key = key};
	const struct method *m = get(w, key);
	for (int i = 0; m != NULL && i < METHOD_FIELDS; i++)
		form.value[i] = m->value[i];
	form.seen_us = m == NULL ? 0 : m->changed_us;
	return form;
}

static void
save(struct world *w, const struct method_form *form, enum err want)
{
	struct method_faults faults;
	CHECK_INT(
	    method_save(w->db, w->arena, &w->leader, form, &faults), (int)want);
	CHECK_INT(faults.any, want == ERR_INVALID);
	w->leader.now_us += MINUTE_US;
}

TEST_DB(methods_are_those_that_ship_until_somebody_changes_one)
{
	struct world w;
	struct methods all;
	world_new(&w, arena, db);
	CHECK_OK(method_list(db, arena, &w.leader, &all));
	CHECK_INT(all.n, catalogue_list(S("methods")).n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		CHECK(!all.list[i].own && all.list[i].changed_us == 0);
		CHECK_STR(all.list[i].item.key,
		    catalogue_list(S("methods")).list[i].key);
	}
	CHECK(method_find(&all, S("nothing")) == NULL);
	CHECK_INT(method_items(arena, &all).n, all.n);
}

TEST_DB(a_changed_field_overrides_and_the_others_follow_the_program)
{
	struct world w;
	world_new(&w, arena, db);
	struct method_form form = form_of(&w, S("walk"));
	form.value[field("name_da")] = S("Kaffesnak");
	form.value[field("gentle")] = S("2");
	form.value[field("roles")] = S("lived_expert guide guide ukendt");
	form.value[field("assembly")] = S("on");
	save(&w, &form, ERR_OK);
	const struct method *m = get(&w, S("walk"));
	CHECK_STR(m->item.words[LANG_DA].name, S("Kaffesnak"));
	CHECK_STR(m->item.words[LANG_EN].name, S("A walk or coffee together"));
	CHECK_INT(m->item.gentle, 2);
	CHECK(m->item.assembly);
	CHECK_INT(m->item.roles.n, 2);
	CHECK(m->field[field("name_da")].edited);
	CHECK(!m->field[field("text_da")].edited);
	CHECK(!m->field[field("name_da")].moved);
	CHECK(id_eq(m->changed_by, w.mette));
	CHECK(catalogue_find(S("methods"), S("walk"))->gentle == 3);

	form = form_of(&w, S("walk")); /* the default again is no change */
	form.value[field("name_da")] = m->field[field("name_da")].shipped;
	save(&w, &form, ERR_OK);
	CHECK(!get(&w, S("walk"))->field[field("name_da")].edited);
	CHECK_OK(method_reset(db, arena, &w.leader, S("walk")));
	CHECK_INT(get(&w, S("walk"))->changed_us, 0);
	CHECK_INT(get(&w, S("walk"))->item.gentle, 3);
}

static const char SQL_OLD_BASE[] =
    "UPDATE method_edit SET base = $2"
    " WHERE org = $1 AND method = 'walk' AND field = 'caution_da'";

/* What an upgrade that changes the default leaves behind. */
TEST_DB(an_upgrade_shows_the_difference_and_changes_nothing)
{
	struct world w;
	int caution = field("caution_da");
	world_new(&w, arena, db);
	struct method_form form = form_of(&w, S("walk"));
	form.value[caution] = S("Tag gode sko på.");
	save(&w, &form, ERR_OK);
	CHECK_OK(db_exec(db, SQL_OLD_BASE, NULL, DB_ID(w.org.id),
	    DB_TEXT(S("Skriv ned bagefter."))));
	const struct method *m = get(&w, S("walk"));
	CHECK(m->field[caution].moved);
	CHECK_STR(m->value[caution], S("Tag gode sko på."));
	CHECK_STR(m->field[caution].base, S("Skriv ned bagefter."));
	CHECK_STR(m->field[caution].shipped,
	    S("Sig klart, hvem du er. Skriv ned bagefter."));

	form = form_of(&w, S("walk")); /* saving it keeps ours, knowing that */
	save(&w, &form, ERR_OK);
	m = get(&w, S("walk"));
	CHECK(!m->field[caution].moved);
	CHECK_STR(m->value[caution], S("Tag gode sko på."));
}

static struct method_form
own_form(void)
{
	struct method_form form = {.key = OWN};
	for (int i = 0; i < METHOD_FIELDS; i++) {
		if (method_def(i)->type == METHOD_NUMBER)
			form.value[i] = S("2");
	}
	form.value[field("name_da")] = S("Fællesspisning");
	form.value[field("text_da")] = S("Vi spiser sammen og taler.");
	form.value[field("access")] = S("go_out");
	form.value[field("phases")] = S("discovery");
	form.value[field("roles")] = S("guide");
	form.value[field("gives")] = S("everyday");
	return form;
}

TEST_DB(an_organisation_has_methods_of_its_own)
{
	struct world w;
	struct methods all;
	world_new(&w, arena, db);
	struct method_form form = own_form();
	save(&w, &form, ERR_OK);
	save(&w, &form, ERR_OK); /* a repeated form is the same one */
	CHECK_OK(method_list(db, arena, &w.leader, &all));
	CHECK_INT(all.n, catalogue_list(S("methods")).n + 1);
	const struct method *m = &all.list[all.n - 1];
	CHECK(m->own);
	CHECK_STR(m->item.words[LANG_EN].name, S("Fællesspisning"));
	CHECK_INT(m->item.people_max, 2);

	struct record activity = world_record(&w, KIND_ACTIVITY);
	record_set(&activity, "method", OWN);
	world_save(&w, &activity);
	CHECK_INT(method_reset(db, arena, &w.leader, OWN), ERR_CONFLICT);
	CHECK_OK(record_remove(
	    db, arena, &w.leader, KIND_ACTIVITY, activity.id, activity.rev));
	CHECK_OK(method_reset(db, arena, &w.leader, OWN));
	CHECK(get(&w, OWN) == NULL);
}

TEST_DB(a_method_is_checked)
{
	struct world w;
	struct method_faults faults;
	world_new(&w, arena, db);
	struct method_form form = own_form();
	form.value[field("name_da")] = S("");
	form.value[field("gentle")] = S("4");
	form.value[field("people_min")] = S("9");
	form.value[field("roles")] = S("ukendt");
	form.value[field("people_da")] = S("to\nlinjer");
	CHECK_INT(
	    method_save(db, arena, &w.leader, &form, &faults), ERR_INVALID);
	CHECK(faults.field[field("name_da")] != NULL);
	CHECK(faults.field[field("gentle")] != NULL);
	CHECK(faults.field[field("people_max")] != NULL);
	CHECK(faults.field[field("roles")] != NULL);
	CHECK(faults.field[field("people_da")] != NULL);
	CHECK(faults.field[field("text_da")] == NULL);
	CHECK(get(&w, OWN) == NULL);
	form = own_form();
	form.key = S("own_");
	save(&w, &form, ERR_NOT_FOUND);
	form.key = S("own_Ø/..");
	save(&w, &form, ERR_NOT_FOUND);
	form.key = S("unknown");
	save(&w, &form, ERR_NOT_FOUND);
}

TEST_DB(two_who_change_a_method_at_once_are_told)
{
	struct world w;
	world_new(&w, arena, db);
	struct method_form first = form_of(&w, S("film"));
	struct method_form second = first;
	first.value[field("time_da")] = S("5 timer");
	second.value[field("time_da")] = S("6 timer");
	save(&w, &first, ERR_OK);
	save(&w, &second, ERR_CONFLICT);
	save(&w, &first, ERR_OK); /* sent twice */
	CHECK_STR(get(&w, S("film"))->item.words[LANG_DA].time, S("5 timer"));
	second.seen_us = get(&w, S("film"))->changed_us;
	save(&w, &second, ERR_OK);
	CHECK_STR(get(&w, S("film"))->item.words[LANG_DA].time, S("6 timer"));
}

TEST_DB(methods_are_changed_by_the_catalogues_keepers_alone)
{
	struct world w;
	struct method_faults faults;
	world_new(&w, arena, db);
	struct method_form form = form_of(&w, S("film"));
	CHECK_INT(
	    method_save(db, arena, &w.participant, &form, &faults), ERR_DENIED);
	CHECK_INT(
	    method_reset(db, arena, &w.participant, S("film")), ERR_DENIED);
	CHECK_OK(method_save(db, arena, &w.leader, &form, &faults));
	CHECK_INT(get(&w, S("film"))->changed_us, 0); /* nothing differed */
}
