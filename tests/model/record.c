/* SPDX-License-Identifier: MPL-2.0 */
#include "model/record.h"

#include "base/buf.h"
#include "base/log.h"
#include "model/kinds.h"
#include "tests/model/fixture.h"

static enum err
save_as(struct world *w, const struct actor *who, const struct record *r,
    struct record_saved *saved)
{
	return record_save(w->db, w->arena, who, r, saved);
}

TEST_DB(every_kinds_statements_prepare)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct record_sql *sql =
		    record_sql((enum record_kind)kind);
		CHECK_OK(db_prepare(db, sql->list));
		CHECK_OK(db_prepare(db, sql->get));
		CHECK_OK(db_prepare(db, sql->insert));
		CHECK_OK(db_prepare(db, sql->update));
		CHECK_OK(db_prepare(db, sql->remove));
		CHECK_OK(db_prepare(db, sql->gone));
		CHECK_OK(db_prepare(db, sql->restore));
	}
}

TEST_DB(prepare_finds_a_column_that_is_not_there)
{
	log_set_fd(-1);
	CHECK(
	    db_prepare(db, "SELECT nose FROM actor WHERE org = $1") != ERR_OK);
	log_set_fd(2);
}

/* Each kind is saved, read back, changed, and its history told. */
TEST_DB(every_kind_is_saved_read_and_changed)
{
	struct world w;
	world_new(&w, arena, db);
	for (int kind = KIND_THEME; kind < KIND_COUNT; kind++) {
		const struct record_def *def =
		    record_def((enum record_kind)kind);
		struct record r = world_record(&w, (enum record_kind)kind);
		struct record_saved saved;
		struct revisions history;
		world_save(&w, &r);
		CHECK_INT(r.rev, 1);
		CHECK(id_eq(r.changed_by, w.mette));
		if (def->append_only) {
			CHECK_INT(
			    save_as(&w, &w.leader, &r, &saved), ERR_DENIED);
			continue;
		}
		ptrdiff_t text = 0;
		while (def->fields[text].type != FIELD_LINE &&
		    def->fields[text].type != FIELD_TEXT)
			text++;
		r.value[text] = S("En anden tekst med æ, ø og å");
		CHECK_OK(save_as(&w, &w.leader, &r, &saved));
		CHECK(!saved.merged);
		CHECK_OK(record_history(
		    db, arena, &w.leader, r.kind, r.id, &history));
		CHECK_INT(history.n, 2);
		CHECK_INT(history.list[0].rev, 2);
		CHECK_STR(history.list[0].record.value[text],
		    S("En anden tekst med æ, ø og å"));
	}
}

TEST_DB(a_repeated_new_save_makes_one)
{
	struct world w;
	struct record_saved saved;
	struct records all;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_QUESTION);
	CHECK_OK(save_as(&w, &w.leader, &r, &saved));
	CHECK_OK(save_as(&w, &w.leader, &r, &saved));
	CHECK_OK(record_list(db, arena, &w.leader, KIND_QUESTION, &all));
	CHECK_INT(all.n, 1);
	CHECK_INT(all.list[0].rev, 1);
}

TEST_DB(saving_nothing_new_writes_nothing)
{
	struct world w;
	struct record_saved saved;
	struct revisions history;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_NEED);
	world_save(&w, &r);
	CHECK_OK(save_as(&w, &w.leader, &r, &saved));
	CHECK(saved.unchanged);
	CHECK_OK(
	    record_history(db, arena, &w.leader, KIND_NEED, r.id, &history));
	CHECK_INT(history.n, 1);
}

/* Two people open the same part; both change it, in different fields. */
TEST_DB(edits_in_different_fields_are_merged)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record first = world_record(&w, KIND_SCOPE);
	world_save(&w, &first);
	struct record second = first;
	record_set(&first, "fixed", S("Budgettet ligger fast."));
	CHECK_OK(save_as(&w, &w.leader, &first, &saved));
	record_set(&second, "decider", S("Ældreudvalget"));
	CHECK_OK(save_as(&w, &w.leader, &second, &saved));
	CHECK(saved.merged);
	struct record now;
	CHECK_OK(record_get(db, arena, &w.leader, KIND_SCOPE, first.id, &now));
	CHECK_STR(record_value(&now, "fixed"), S("Budgettet ligger fast."));
	CHECK_STR(record_value(&now, "decider"), S("Ældreudvalget"));
	CHECK_INT(now.rev, 3);
}

TEST_DB(edits_in_different_lines_of_a_text_are_merged)
{
	struct world w;
	struct record_saved saved;
	struct record now;
	world_new(&w, arena, db);
	struct record first = world_record(&w, KIND_PURPOSE);
	record_set(&first, "text", S("Et.\n\nTo.\n\nTre.\n"));
	world_save(&w, &first);
	struct record second = first;
	record_set(&first, "text", S("Et og lidt til.\n\nTo.\n\nTre.\n"));
	record_set(&second, "text", S("Et.\n\nTo.\n\nTre og mere.\n"));
	CHECK_OK(save_as(&w, &w.leader, &first, &saved));
	CHECK_OK(save_as(&w, &w.leader, &second, &saved));
	CHECK_OK(
	    record_get(db, arena, &w.leader, KIND_PURPOSE, first.id, &now));
	CHECK_STR(record_value(&now, "text"),
	    S("Et og lidt til.\n\nTo.\n\nTre og mere.\n"));
}

TEST_DB(edits_that_meet_are_both_given_back_and_nothing_is_saved)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record first = world_record(&w, KIND_NEED);
	world_save(&w, &first);
	struct record second = first;
	record_set(&first, "text", S("Vi mangler pårørendes blik."));
	record_set(&second, "text", S("Vi mangler personalets blik."));
	CHECK_OK(save_as(&w, &w.leader, &first, &saved));
	CHECK_INT(save_as(&w, &w.leader, &second, &saved), ERR_CONFLICT);
	CHECK(saved.meets[0]);
	CHECK_STR(record_value(&saved.theirs, "text"),
	    S("Vi mangler pårørendes blik."));
	CHECK_INT(saved.theirs.rev, 2);
}

TEST_DB(what_is_wrong_is_said_at_its_field)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_TASK);
	record_set(&r, "title", S("  "));
	record_set(&r, "due", S("2027-02-29"));
	record_set(&r, "state", S("hængeparti"));
	CHECK_INT(save_as(&w, &w.leader, &r, &saved), ERR_INVALID);
	CHECK(saved.faults.field[0].message != NULL);
	CHECK(saved.faults.field[1].message == NULL);
	CHECK(saved.faults.field[2].message != NULL);
	CHECK(saved.faults.field[3].message != NULL);
}

/* In every field that takes words; a phone number is not in the way. */
TEST_DB(a_cpr_number_is_refused_in_every_text)
{
	struct world w;
	struct record_faults faults;
	int tried = 0;
	world_new(&w, arena, db);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct record_def *def =
		    record_def((enum record_kind)kind);
		for (ptrdiff_t i = 0; i < def->n_fields; i++) {
			const struct field_def *field = &def->fields[i];
			struct record r = {.kind = (enum record_kind)kind};
			if ((field->type != FIELD_LINE &&
				field->type != FIELD_TEXT) ||
			    field->max < 11)
				continue;
			faults = (struct record_faults){0};
			r.value[i] = S("010150-5678");
			record_check(db, arena, &w.leader, &r, &faults);
			CHECK_HAS(
			    str_c(faults.field[i].message), S("CPR number"));
			faults = (struct record_faults){0};
			r.value[i] = S("20304050");
			record_check(db, arena, &w.leader, &r, &faults);
			CHECK(faults.field[i].message == NULL);
			tried++;
		}
	}
	CHECK(tried > 40);
}

TEST_DB(a_reference_must_be_alive_in_the_same_network)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record agenda = world_record(&w, KIND_AGENDA);
	record_set(&agenda, "participant",
	    id_text(arena, id_new(NOW_US))); /* nobody */
	CHECK_INT(save_as(&w, &w.leader, &agenda, &saved), ERR_INVALID);
	CHECK(saved.faults.field[0].message != NULL);
}

/* guide:S14 guide:S15 one cell says how one actor takes part in one phase */
TEST_DB(a_cell_is_for_one_actor_or_one_group)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record cell = world_record(&w, KIND_CELL);
	struct record group = world_record(&w, KIND_GROUP);
	world_save(&w, &group);
	record_set(&cell, "target_group", group.id_text);
	CHECK_INT(save_as(&w, &w.leader, &cell, &saved), ERR_INVALID);
	record_set(&cell, "actor", S(""));
	CHECK_OK(save_as(&w, &w.leader, &cell, &saved));
	struct record twice = cell;
	twice.id = id_new(NOW_US + 99);
	CHECK_INT(save_as(&w, &w.leader, &twice, &saved), ERR_INVALID);
}

/* guide:S11 nothing is agreed without a purpose */
TEST_DB(a_role_is_not_agreed_without_a_purpose)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record cell = world_record(&w, KIND_CELL);
	record_set(&cell, "state", S("agreed"));
	CHECK_INT(save_as(&w, &w.leader, &cell, &saved), ERR_INVALID);
	record_set(&cell, "purpose", S("Fortælle om ventetiden."));
	CHECK_OK(save_as(&w, &w.leader, &cell, &saved));
}

TEST_DB(a_company_says_what_its_interest_is)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_ACTOR);
	record_set(&r, "kind", S("company"));
	CHECK_INT(save_as(&w, &w.leader, &r, &saved), ERR_INVALID);
	record_set(&r, "interest", S("Sælger hjælpemidler."));
	CHECK_OK(save_as(&w, &w.leader, &r, &saved));
}

TEST_DB(what_others_stand_on_is_not_removed)
{
	struct world w;
	struct records all;
	world_new(&w, arena, db);
	struct record p = world_record(&w, KIND_PARTICIPANT);
	world_save(&w, &p);
	struct record agenda = world_record(&w, KIND_AGENDA);
	record_set(&agenda, "participant", p.id_text);
	world_save(&w, &agenda);
	CHECK_INT(
	    record_remove(db, arena, &w.leader, KIND_PARTICIPANT, p.id, 1),
	    ERR_CONFLICT);
	CHECK_OK(
	    record_remove(db, arena, &w.leader, KIND_AGENDA, agenda.id, 1));
	CHECK_OK(
	    record_remove(db, arena, &w.leader, KIND_PARTICIPANT, p.id, 1));
	CHECK_OK(record_list(db, arena, &w.leader, KIND_PARTICIPANT, &all));
	CHECK_INT(all.n, 0);
	struct revisions history;
	CHECK_OK(record_history(
	    db, arena, &w.leader, KIND_PARTICIPANT, p.id, &history));
	CHECK(history.list[0].removed);
}

/* In the order in which they stand on each other, and only once. */
TEST_DB(what_was_removed_comes_back_as_it_was)
{
	struct world w;
	struct record back;
	struct revisions history;
	world_new(&w, arena, db);
	struct actor *who = &w.leader;
	struct record p = world_record(&w, KIND_PARTICIPANT);
	world_save(&w, &p);
	struct record agenda = world_record(&w, KIND_AGENDA);
	record_set(&agenda, "participant", p.id_text);
	world_save(&w, &agenda);
	CHECK_INT(record_restore(db, arena, who, KIND_AGENDA, agenda.id, 1),
	    ERR_NOT_FOUND);
	CHECK_OK(record_remove(db, arena, who, KIND_AGENDA, agenda.id, 1));
	CHECK_OK(record_remove(db, arena, who, KIND_PARTICIPANT, p.id, 1));

	CHECK_INT(record_restore(db, arena, who, KIND_AGENDA, agenda.id, 2),
	    ERR_INVALID);
	CHECK_INT(
	    record_restore(db, arena, &w.decider, KIND_PARTICIPANT, p.id, 2),
	    ERR_DENIED);
	CHECK_INT(record_restore(db, arena, who, KIND_PARTICIPANT, p.id, 1),
	    ERR_CONFLICT);
	CHECK_OK(record_restore(db, arena, who, KIND_PARTICIPANT, p.id, 2));
	CHECK_OK(record_restore(db, arena, who, KIND_AGENDA, agenda.id, 2));
	CHECK_INT(record_restore(db, arena, who, KIND_AGENDA, agenda.id, 2),
	    ERR_NOT_FOUND);
	CHECK_OK(record_get(db, arena, who, KIND_AGENDA, agenda.id, &back));
	CHECK_INT(back.rev, 3);
	CHECK_STR(record_value(&back, "wish"), record_value(&agenda, "wish"));
	CHECK_OK(
	    record_history(db, arena, who, KIND_AGENDA, agenda.id, &history));
	CHECK_INT(history.n, 3);
	CHECK(!history.list[0].removed && history.list[1].removed);
}

/* Somebody filled the place meanwhile: then it stays out. */
TEST_DB(a_removed_cell_does_not_come_back_beside_another)
{
	struct world w;
	world_new(&w, arena, db);
	struct record cell = world_record(&w, KIND_CELL);
	world_save(&w, &cell);
	CHECK_OK(record_remove(db, arena, &w.leader, KIND_CELL, cell.id, 1));
	struct record other = cell;
	other.id = id_new(NOW_US + 99);
	other.rev = 0;
	world_save(&w, &other);
	CHECK_INT(record_restore(db, arena, &w.leader, KIND_CELL, cell.id, 2),
	    ERR_INVALID);
	CHECK_OK(record_remove(db, arena, &w.leader, KIND_CELL, other.id, 1));
	CHECK_OK(record_restore(db, arena, &w.leader, KIND_CELL, cell.id, 2));
}

/* ---- several references; what only the model sets ---- */

static struct record
activity_for(
    struct world *w, const struct record *one, const struct record *two)
{
	struct record r = world_record(w, KIND_ACTIVITY);
	record_set(&r, "groups",
	    record_refs(w->arena,
		STR_JOIN(w->arena, two->id_text, S("\n"), one->id_text, S(" "),
		    two->id_text)));
	return r;
}

TEST(references_have_one_order_and_each_once)
{
	struct id id;
	struct str one = S("01a21584-0324-70c0-9a3e-ad3a36e437bd");
	struct str two = S("01a21584-0324-7106-8373-1ba023b15d98");
	struct str both = STR_JOIN(arena, one, S(" "), two);
	CHECK_STR(
	    record_refs(arena, STR_JOIN(arena, two, S("\n"), one, S(" "), two)),
	    both);
	CHECK_STR(record_refs(arena, S("  ")), S(""));
	CHECK_STR(
	    record_refs(arena, STR_JOIN(arena, two, S(" nobody"))), S(""));
	CHECK(record_next_ref(&both, &id));
	CHECK_STR(id_text(arena, id), one);
	CHECK(record_next_ref(&both, &id));
	CHECK(!record_next_ref(&both, &id));
}

TEST_DB(several_references_are_alive_and_hold_what_they_name)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record one = world_record(&w, KIND_GROUP);
	world_save(&w, &one);
	struct record two = world_record(&w, KIND_GROUP);
	world_save(&w, &two);
	struct record r = activity_for(&w, &one, &two);
	world_save(&w, &r);
	CHECK_STR(record_value(&r, "groups"),
	    STR_JOIN(arena, one.id_text, S(" "), two.id_text));
	CHECK_INT(
	    record_remove(db, arena, &w.leader, KIND_GROUP, two.id, two.rev),
	    ERR_CONFLICT);
	record_set(&r, "groups", one.id_text);
	world_save(&w, &r);
	CHECK_OK(
	    record_remove(db, arena, &w.leader, KIND_GROUP, two.id, two.rev));
	record_set(&r, "groups", two.id_text);
	CHECK_INT(save_as(&w, &w.leader, &r, &saved), ERR_INVALID);
	CHECK(
	    saved.faults.field[record_field(KIND_ACTIVITY, "groups")].message !=
	    NULL);
}

TEST_DB(a_managed_field_is_the_models)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_ACTIVITY);
	record_set(&r, "state", S("closed"));
	world_save(&w, &r);
	CHECK_STR(record_value(&r, "state"), S("planned"));
	record_set(&r, "state", S("ethics_ok"));
	CHECK_OK(record_save_managed(db, arena, &w.leader, &r, &saved));
	CHECK_INT(
	    record_save_managed(db, arena, &w.decider, &r, &saved), ERR_DENIED);
	CHECK_OK(record_get(db, arena, &w.leader, KIND_ACTIVITY, r.id, &r));
	CHECK_STR(record_value(&r, "state"), S("ethics_ok"));
	/* A form does not carry it: it stays. */
	record_set(&r, "state", S(""));
	record_set(&r, "title", S("Kaffe hos Karen"));
	world_save(&w, &r);
	CHECK_STR(record_value(&r, "state"), S("ethics_ok"));
	CHECK_STR(record_value(&r, "title"), S("Kaffe hos Karen"));
}

TEST_DB(a_stale_remove_is_refused)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_QUESTION);
	world_save(&w, &r);
	record_set(&r, "text", S("Hvad koster det?"));
	CHECK_OK(save_as(&w, &w.leader, &r, &saved));
	CHECK_INT(record_remove(db, arena, &w.leader, KIND_QUESTION, r.id, 1),
	    ERR_CONFLICT);
}

TEST_DB(each_role_writes_only_what_it_may)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record need = world_record(&w, KIND_NEED);
	CHECK_INT(save_as(&w, &w.participant, &need, &saved), ERR_DENIED);
	CHECK_INT(save_as(&w, &w.decider, &need, &saved), ERR_DENIED);
	struct record agenda = world_record(&w, KIND_AGENDA);
	CHECK_OK(save_as(&w, &w.participant, &agenda, &saved));
	CHECK_INT(save_as(&w, &w.decider, &agenda, &saved), ERR_DENIED);
	struct record network;
	CHECK_OK(record_get(
	    db, arena, &w.leader, KIND_NETWORK, w.network, &network));
	CHECK_INT(save_as(&w, &w.participant, &network, &saved), ERR_DENIED);
}

/* guide:S3 guide:S35 each version of theme and problem framing stays */
TEST_DB(theme_versions_are_added_never_changed)
{
	struct world w;
	struct revisions history;
	world_new(&w, arena, db);
	struct record one = world_record(&w, KIND_THEME);
	record_set(&one, "framing", S("De pårørende får for lidt at vide."));
	world_save(&w, &one);
	struct record two = world_record(&w, KIND_THEME);
	record_set(&two, "framing", S("De pårørende bliver ikke spurgt."));
	world_save(&w, &two);
	CHECK_OK(
	    record_history(db, arena, &w.leader, KIND_THEME, two.id, &history));
	CHECK_INT(history.n, 2);
	CHECK_INT(record_remove(db, arena, &w.leader, KIND_THEME, one.id, 1),
	    ERR_DENIED);
}

static void
read_history(struct arena *a, void *arg)
{
	struct world *w = arg;
	struct revisions history;
	CHECK_OK(record_history(
	    w->db, a, &w->leader, KIND_NEED, w->network, &history));
	CHECK_INT(history.n, 2);
}

/* What jansson holds is given back also then. */
TEST_DB(a_history_that_finds_the_arena_full_loses_nothing)
{
	struct world w;
	world_new(&w, arena, db);
	struct record need = world_record(&w, KIND_NEED);
	world_save(&w, &need);
	record_set(&need, "text", S("Vi mangler de pårørendes blik."));
	world_save(&w, &need);
	CHECK(test_allocations(read_history, &w) > 10);
}

/* A state that cannot be read is not an empty one: a merge would take it for
 * what somebody had deleted. */
TEST_DB(a_damaged_history_is_said_to_be_damaged)
{
	struct world w;
	struct revisions history;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record need = world_record(&w, KIND_NEED);
	world_save(&w, &need);
	struct record old = need;
	record_set(&need, "text", S("Vi mangler de pårørendes blik."));
	world_save(&w, &need);
	CHECK_OK(db_exec(db, "UPDATE revision SET fields = $2 WHERE org = $1",
	    NULL, DB_ID(w.org.id), DB_TEXT(S("{\"text\":"))));
	CHECK_INT(record_history(
		      db, arena, &w.leader, KIND_NEED, w.network, &history),
	    ERR_INTERNAL);
	record_set(&old, "text", S("Noget helt andet."));
	CHECK_INT(save_as(&w, &w.leader, &old, &saved), ERR_INTERNAL);
}
