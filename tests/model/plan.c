/* SPDX-License-Identifier: MPL-2.0 */

/* The plan as a whole: one moment of it, what its parts are called, where the
 * network stands, and what is missing. */
#include "model/plan.h"

#include "base/buf.h"
#include "model/schema.h"
#include "tests/model/fixture.h"

static struct plan
load(struct world *w)
{
	struct plan plan;
	CHECK_OK(plan_load(w->db, w->arena, &w->leader, &plan));
	return plan;
}

/* A record of the kind with `field` set to `value`, saved. */
static struct record
save_with(struct world *w, enum record_kind kind, const char *field,
    const char *value)
{
	struct record r = world_record(w, kind);
	record_set(&r, field, str_c(value));
	world_save(w, &r);
	return r;
}

static void
take_out(struct world *w, const struct record *r)
{
	CHECK_OK(
	    record_remove(w->db, w->arena, &w->leader, r->kind, r->id, r->rev));
}

/* ---- loading ---- */

TEST_DB(plan_has_every_part_for_one_query_each)
{
	struct world w;
	world_new(&w, arena, db);
	for (int kind = KIND_THEME; kind < KIND_COUNT; kind++) {
		struct record r = world_record(&w, (enum record_kind)kind);
		world_save(&w, &r);
	}
	int64_t before = db_statements(db);
	struct plan plan = load(&w);
	/* and one each for the names, the members, the methods */
	CHECK_MAX(db_statements(db) - before, KIND_COUNT + 3);
	for (int kind = KIND_THEME; kind < KIND_COUNT; kind++)
		CHECK(plan.of[kind].n > 0);
	CHECK_STR(
	    record_value(&plan.network, "name"), S("Pårørende i ældreplejen"));
	CHECK_INT(plan.members.n, 3);
	CHECK_INT(plan.names.n, 3);
	CHECK(date_cmp(plan.today, (struct date){2026, 11, 24}) == 0);
}

TEST_DB(plan_is_shown_to_who_may_read_the_network)
{
	struct world w;
	struct plan plan;
	world_new(&w, arena, db);
	CHECK_OK(plan_load(db, arena, &w.decider, &plan));
	struct actor outside = world_as(&w, w.ali);
	outside.network = w.network; /* without having entered it */
	CHECK_INT(plan_load(db, arena, &outside, &plan), ERR_NOT_FOUND);
}

/* On a connection of its own: what others commit meanwhile. */
static void
check_snapshot(struct arena *a, enum db_kind kind)
{
	struct world w;
	struct plan plan;
	struct db *writer = NULL, *reader = NULL;
	struct db_place place = test_place(a, kind);
	CHECK_OK(db_open(a, &place, DB_WRITE, &writer));
	CHECK_OK(schema_up(writer, a, NOW_US));
	world_new(&w, a, writer);
	CHECK_OK(db_open(a, &place, DB_READ, &reader));
	CHECK_OK(db_begin(reader));
	CHECK_OK(plan_load(reader, a, &w.leader, &plan));
	CHECK_INT(plan.of[KIND_QUESTION].n, 0);
	save_with(&w, KIND_QUESTION, "text", "Hvem?");
	save_with(&w, KIND_THEME, "text", "Et tema");
	CHECK_OK(plan_load(reader, a, &w.leader, &plan));
	CHECK_INT(plan.of[KIND_QUESTION].n, 0);
	CHECK(plan_theme(&plan) == NULL);
	db_rollback(reader);
	/* The twin: without a transaction the next one has it. */
	CHECK_OK(plan_load(reader, a, &w.leader, &plan));
	CHECK_INT(plan.of[KIND_QUESTION].n, 1);
	CHECK(plan_theme(&plan) != NULL);
	db_close(reader);
	db_close(writer);
}

TEST(plan_in_a_transaction_is_of_one_moment_sqlite)
{
	check_snapshot(arena, DB_SQLITE);
}

TEST(plan_in_a_transaction_is_of_one_moment_postgres)
{
	check_snapshot(arena, DB_POSTGRES);
}

/* ---- finding ---- */

TEST_DB(plan_finds_its_parts)
{
	struct world w;
	world_new(&w, arena, db);
	struct record actor = save_with(&w, KIND_ACTOR, "name", "Karen, 71");
	struct record old = save_with(&w, KIND_THEME, "text", "Først");
	struct record theme = save_with(&w, KIND_THEME, "text", "Siden");
	struct record cell = world_record(&w, KIND_CELL);
	record_set(&cell, "actor", actor.id_text);
	world_save(&w, &cell);
	struct plan plan = load(&w);
	CHECK(plan_find(&plan, KIND_NETWORK, w.network) == &plan.network);
	CHECK(id_eq(plan_find(&plan, KIND_ACTOR, actor.id)->id, actor.id));
	CHECK(plan_find(&plan, KIND_GROUP, actor.id) == NULL);
	CHECK(id_eq(plan_ref(&plan, KIND_ACTOR, actor.id_text)->id, actor.id));
	CHECK(plan_ref(&plan, KIND_ACTOR, S("")) == NULL);
	CHECK(plan_single(&plan, KIND_FOCUS) == NULL);
	CHECK(id_eq(plan_theme(&plan)->id, theme.id));
	CHECK(plan_find(&plan, KIND_THEME, old.id) != NULL);
	struct str phase = record_value(&cell, "phase");
	CHECK(id_eq(
	    plan_cell(&plan, phase, KIND_ACTOR, actor.id_text)->id, cell.id));
	CHECK(plan_cell(&plan, phase, KIND_GROUP, actor.id_text) == NULL);
	CHECK(
	    plan_cell(&plan, actor.id_text, KIND_ACTOR, actor.id_text) == NULL);
}

/* ---- what to call it ---- */

static struct str
title(struct world *w, const struct record *r)
{
	struct plan plan = load(w);
	return plan_title(&plan, w->arena, r);
}

TEST_DB(plan_title_of_each_kind)
{
	static const struct {
		enum record_kind kind;
		const char *title;
	} want[] = {
	    {KIND_NETWORK, "Pårørende i ældreplejen"},
	    {KIND_THEME, "Tekst om text"},
	    {KIND_QUESTION, "Tekst om text"},
	    {KIND_PHASE, "Tekst om name"},
	    {KIND_VISIT, "Opstart"},
	    {KIND_ACTOR, "Tekst om name"},
	    {KIND_GROUP, "Tekst om name"},
	    {KIND_PARTICIPANT, "Tekst om name"},
	    {KIND_AGENDA, "Tekst om name"}, /* its participant's */
	    {KIND_TENSION, "Tekst om about"},
	    {KIND_FOCUS, "Tekst om text"},
	    {KIND_PURPOSE, "Tekst om text"},
	    {KIND_SCOPE, "Tekst om decision"},
	    {KIND_NEED, "Tekst om text"},
	    {KIND_PROMISE, "Involvere"}, /* it may have no text */
	    {KIND_CELL, "Tekst om name, Opstart"},
	    {KIND_DOCUMENTATION, "Tekst om what"},
	    {KIND_TASK, "Tekst om title"},
	    {KIND_ACTIVITY, "Tekst om title"},
	    {KIND_CONTACT, "Tekst om title"}, /* its activity's */
	    {KIND_INVITATION, "Tekst om title"},
	    {KIND_NOTICE, "Tekst om controller"},
	    {KIND_INSIGHT, "Tekst om statement"},
	    {KIND_JOURNEY, "Tekst om title"},
	    {KIND_STEP, "Tekst om touchpoint"},
	    {KIND_DIALOGUE, "Tekst om question"},
	    {KIND_IDEA, "Tekst om title"},
	    {KIND_ROUND, "Tekst om question"},
	    {KIND_TRIAL, "Tekst om title"},
	    {KIND_MEASURE, "Tekst om title"},
	    {KIND_DECISION, "Tekst om title"},
	    {KIND_STORY, "Tekst om title"},
	    {KIND_CARD, "Tekst om name"}, /* its target group's */
	    {KIND_EVALUATION, "Tekst om aim"},
	    {KIND_SPREAD, "Tekst om what"},
	};
	struct world w;
	world_new(&w, arena, db);
	CHECK_INT(COUNT_OF(want), KIND_COUNT);
	for (ptrdiff_t i = 0; i < COUNT_OF(want); i++) {
		struct record r;
		if (want[i].kind == KIND_NETWORK) {
			r = load(&w).network;
		} else {
			r = world_record(&w, want[i].kind);
			world_save(&w, &r);
		}
		CHECK_STR(title(&w, &r), str_c(want[i].title));
	}
}

TEST_DB(plan_title_of_a_promise_is_its_note_or_its_level)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = save_with(&w, KIND_PROMISE, "note", "I hører fra os");
	CHECK_STR(title(&w, &r), S("I hører fra os"));
	record_set(&r, "note", S(""));
	world_save(&w, &r);
	CHECK_STR(title(&w, &r), S("Involvere"));
	w.leader.lang = LANG_EN;
	CHECK_STR(title(&w, &r), S("Involve"));
}

TEST_DB(plan_title_is_the_first_line_and_not_too_long)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = save_with(&w, KIND_QUESTION, "text", "Hvem?\nHvad?");
	CHECK_STR(title(&w, &r), S("Hvem?"));
	struct buf b = buf_new(arena, 1000);
	for (int i = 0; i < 70; i++)
		buf_add(&b, S("å"));
	record_set(&r, "text", buf_str(&b));
	CHECK_STR(title(&w, &r), buf_str(&b));
	record_set(&r, "text", str_cat(arena, buf_str(&b), S("ø")));
	CHECK_STR(title(&w, &r), str_cat(arena, buf_str(&b), S("…")));
}

/* What it stands on may be gone: in an older state, say. */
TEST_DB(plan_title_without_what_it_points_to)
{
	struct world w;
	world_new(&w, arena, db);
	struct str gone = id_text(arena, id_new(NOW_US));
	struct record agenda = world_record(&w, KIND_AGENDA);
	record_set(&agenda, "participant", gone);
	CHECK_STR(title(&w, &agenda), S("Tekst om wish"));
	struct record cell = world_record(&w, KIND_CELL);
	record_set(&cell, "actor", gone);
	CHECK_STR(title(&w, &cell), S("Opstart"));
	record_set(&cell, "phase", gone);
	CHECK_STR(title(&w, &cell), S(""));
	struct record group = save_with(&w, KIND_GROUP, "name", "Unge");
	record_set(&cell, "actor", S(""));
	record_set(&cell, "target_group", group.id_text);
	CHECK_STR(title(&w, &cell), S("Unge"));
}

/* ---- where it stands ---- */

static struct record
visit(struct world *w, const char *entered, const char *gone)
{
	struct record r = world_record(w, KIND_VISIT);
	record_set(&r, "entered", str_c(entered));
	record_set(&r, "gone", str_c(gone));
	world_save(w, &r);
	return r;
}

static struct str
stay(struct world *w)
{
	struct plan plan = load(w);
	const struct record *r = plan_stay(&plan);
	return r == NULL ? S("") : record_value(r, "entered");
}

TEST_DB(plan_stay_is_the_latest_that_was_entered_and_not_left)
{
	struct world w;
	world_new(&w, arena, db);
	CHECK_STR(stay(&w), S(""));
	visit(&w, "2026-11-25", ""); /* tomorrow */
	CHECK_STR(stay(&w), S(""));
	visit(&w, "2026-09-01", "2026-10-01"); /* over */
	CHECK_STR(stay(&w), S(""));
	visit(&w, "2026-10-01", "");
	CHECK_STR(stay(&w), S("2026-10-01"));
	struct record today = visit(&w, "2026-11-24", "");
	visit(&w, "2026-11-01", ""); /* written later, entered before */
	CHECK_STR(stay(&w), S("2026-11-24"));
	record_set(&today, "gone", S("2026-11-24"));
	world_save(&w, &today);
	CHECK_STR(stay(&w), S("2026-11-01"));
}

/* ---- what is missing ---- */

static int
steps_saying(struct world *w, const char *message, const char *argument)
{
	struct plan plan = load(w);
	struct steps steps = plan_steps(&plan, w->arena);
	int n = 0;
	for (ptrdiff_t i = 0; i < steps.n; i++)
		n += str_eq(str_c(steps.list[i].message), str_c(message)) &&
		    str_eq(steps.list[i].argument, str_c(argument));
	return n;
}

#define CHECK_STEP(message, argument, n) \
	CHECK_INT(steps_saying(&w, message, argument), n)

struct part {
	enum record_kind kind;
	const char *message;
};

static const struct part parts[] = {
    {KIND_THEME, "Write the theme and how you understand the problem."},
    {KIND_QUESTION, "Write what you do not know yet."},
    {KIND_PURPOSE, "Write why you involve citizens and others."},
    {KIND_SCOPE, "Write which decision can change."},
    {KIND_NEED, "Write in one sentence what you need citizens for."},
    {KIND_PROMISE, "Choose what you promise the citizens."},
    {KIND_ACTOR, "Add the actors and what they can do."},
    {KIND_GROUP, "Add a target group."},
    {KIND_CELL, "Fill in who takes part in which phase."},
    {KIND_DOCUMENTATION, "Plan how you write down what people say."},
};

static void
check_fill(struct world *w, int filled)
{
	struct plan plan = load(w);
	struct fill fill = plan_fill(&plan);
	CHECK_INT(fill.filled, filled);
	CHECK_INT(fill.parts, COUNT_OF(parts));
}

/* guide:S9 guide:S11 guide:S30 guide:S38 guide:S44 guide:S46 guide:S53
 * Each part that the guide asks for is a step until it is written, in the
 * guide's order, and is counted from then on. */
TEST_DB(plan_steps_ask_for_each_part_until_it_is_there)
{
	struct world w;
	world_new(&w, arena, db);
	check_fill(&w, 0);
	struct plan plan = load(&w);
	struct steps steps = plan_steps(&plan, arena);
	CHECK_INT(steps.n, COUNT_OF(parts) + 1); /* and which phase it is */
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++) {
		const struct step *step = &steps.list[i + 1];
		CHECK_STR(str_c(step->message), str_c(parts[i].message));
		CHECK_INT(step->kind, parts[i].kind);
		CHECK(step->create && !step->urgent);
		CHECK_STR(str_c(step->page), S("plan"));
	}
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++) {
		CHECK_STEP(parts[i].message, "", 1);
		struct record r = world_record(&w, parts[i].kind);
		world_save(&w, &r);
		CHECK_STEP(parts[i].message, "", 0);
		check_fill(&w, (int)i + 1);
	}
}

TEST_DB(plan_step_comes_back_when_its_part_is_taken_out)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = save_with(&w, KIND_QUESTION, "text", "Hvem?");
	CHECK_STEP("Write what you do not know yet.", "", 0);
	take_out(&w, &r);
	CHECK_STEP("Write what you do not know yet.", "", 1);
	check_fill(&w, 0);
}

TEST_DB(plan_steps_ask_which_phase_it_is)
{
	static const char message[] = "Note which phase you are in.";
	struct world w;
	world_new(&w, arena, db);
	CHECK_STEP(message, "", 1);
	struct record r = visit(&w, "2026-11-24", "");
	CHECK_STEP(message, "", 0);
	record_set(&r, "gone", S("2026-11-24"));
	world_save(&w, &r);
	CHECK_STEP(message, "", 1);
}

/* guide:S9 what somebody took on and did not do in time comes first */
TEST_DB(plan_steps_name_tasks_that_are_late)
{
	static const char message[] = "The task is late: %1";
	struct world w;
	world_new(&w, arena, db);
	struct record r = save_with(&w, KIND_TASK, "title", "Ring til Karen");
	CHECK_STEP(message, "Ring til Karen", 0); /* no date */
	record_set(&r, "due", S("2026-11-24"));
	world_save(&w, &r);
	CHECK_STEP(message, "Ring til Karen", 0); /* today is in time */
	record_set(&r, "due", S("2026-11-23"));
	world_save(&w, &r);
	CHECK_STEP(message, "Ring til Karen", 1);
	struct plan plan = load(&w);
	const struct step *first = plan_steps(&plan, arena).list;
	CHECK_STR(str_c(first->message), str_c(message));
	CHECK(first->urgent && !first->create);
	CHECK_STR(str_c(first->page), S("opgaver"));
	record_set(&r, "state", S("done"));
	world_save(&w, &r);
	CHECK_STEP(message, "Ring til Karen", 0);
}

/* guide:S13 agendas that pull apart ask for a common focus, and it is looked
 * at again as time goes by */
TEST_DB(plan_steps_ask_for_a_common_focus)
{
	static const char agree[] = "There is a tension between agendas. "
				    "Agree on a common focus.";
	static const char again[] = "Look at the common focus again.";
	struct world w;
	world_new(&w, arena, db);
	CHECK_STEP(agree, "", 0);
	struct record tension = world_record(&w, KIND_TENSION);
	world_save(&w, &tension);
	CHECK_STEP(agree, "", 1);
	struct record focus =
	    save_with(&w, KIND_FOCUS, "revisit", "2026-11-24");
	CHECK_STEP(agree, "", 0);
	CHECK_STEP(again, "", 0);
	record_set(&focus, "revisit", S("2026-11-23"));
	world_save(&w, &focus);
	CHECK_STEP(again, "", 1);
	record_set(&focus, "revisit", S("2027-01-15"));
	world_save(&w, &focus);
	CHECK_STEP(again, "", 0);
}

TEST_DB(plan_steps_with_a_date_that_is_past_come_first)
{
	struct world w;
	world_new(&w, arena, db);
	save_with(&w, KIND_TASK, "due", "2026-11-23");
	save_with(&w, KIND_FOCUS, "revisit", "2026-11-23");
	struct plan plan = load(&w);
	struct steps steps = plan_steps(&plan, arena);
	CHECK(steps.n > 5);
	for (ptrdiff_t i = 0; i < steps.n; i++)
		CHECK(steps.list[i].urgent == (i < 2));
}

/* guide:S17 in every phase: one in which no citizen takes part is named */
TEST_DB(plan_steps_name_phases_without_citizens)
{
	static const char message[] = "No citizen takes part in the phase %1.";
	struct world w;
	world_new(&w, arena, db);
	CHECK_STEP(message, "Opstart", 0); /* the grid is not begun */
	struct record cell = world_record(&w, KIND_CELL);
	world_save(&w, &cell);
	CHECK_STEP(message, "Opstart", 0);
	CHECK_STEP(message, "Opdagelse", 1);
	/* To be told of it is not to take part in it. */
	record_set(&cell, "mode", S("informed"));
	world_save(&w, &cell);
	CHECK_STEP(message, "Opstart", 1);
	record_set(&cell, "mode", S("one_off"));
	world_save(&w, &cell);
	CHECK_STEP(message, "Opstart", 0);
	/* A company is no citizen. */
	struct record actor = world_record(&w, KIND_ACTOR);
	record_set(&actor, "kind", S("company"));
	record_set(&actor, "interest", S("Butikkerne i byen"));
	world_save(&w, &actor);
	record_set(&cell, "actor", actor.id_text);
	world_save(&w, &cell);
	CHECK_STEP(message, "Opstart", 1);
	/* A target group is citizens. */
	struct record group = save_with(&w, KIND_GROUP, "name", "Unge");
	record_set(&cell, "actor", S(""));
	record_set(&cell, "target_group", group.id_text);
	world_save(&w, &cell);
	CHECK_STEP(message, "Opstart", 0);
}

/* guide:S34: not only those who like to take part. */
TEST_DB(plan_that_asks_only_the_willing_is_seen)
{
	struct world w;
	world_new(&w, arena, db);
	struct plan plan = load(&w);
	CHECK(!plan_only_the_willing(&plan));
	struct record eager = world_record(&w, KIND_GROUP);
	record_set(&eager, "state", S("chosen"));
	record_set(&eager, "motivation", S("3"));
	record_set(&eager, "absence", S("0"));
	world_save(&w, &eager);
	plan = load(&w);
	CHECK(plan_only_the_willing(&plan));
	struct record missing = world_record(&w, KIND_GROUP);
	record_set(&missing, "motivation", S("1"));
	record_set(&missing, "absence", S("3"));
	world_save(&w, &missing);
	plan = load(&w);
	CHECK(plan_only_the_willing(&plan)); /* proposed is not chosen */
	record_set(&missing, "state", S("involved"));
	world_save(&w, &missing);
	plan = load(&w);
	CHECK(!plan_only_the_willing(&plan));
}

/* guide:S32: who is left out is left out for a reason. */
TEST_DB(plan_group_is_not_chosen_for_a_reason)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_GROUP);
	record_set(&r, "state", S("not_chosen"));
	CHECK_INT(record_save(db, arena, &w.leader, &r, &saved), ERR_INVALID);
	CHECK(saved.faults.field[record_field(KIND_GROUP, "reason")].message !=
	    NULL);
	record_set(&r, "reason", S("De er hørt"));
	CHECK_OK(record_save(db, arena, &w.leader, &r, &saved));
}

/* guide:S8 an idea asks what the citizen can do until there is an answer; one
 * that nobody goes on with asks nothing. */
TEST_DB(plan_step_asks_what_the_citizen_can_do)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_IDEA);
	record_set(&r, "what", S("Ring til os."));
	world_save(&w, &r);
	CHECK_STEP(
	    "Ask what the citizen can do in the idea: %1", "Tekst om title", 1);
	world_set_state(&w, &r, "dropped");
	CHECK_STEP(
	    "Ask what the citizen can do in the idea: %1", "Tekst om title", 0);
	world_set_state(&w, &r, "new");
	record_set(&r, "citizen_part", S("intet"));
	CHECK_OK(record_save(db, arena, &w.leader, &r, &saved));
	CHECK_STEP(
	    "Ask what the citizen can do in the idea: %1", "Tekst om title", 0);
	CHECK_STEP("Ideas wait to be looked through.", "", 0);
	CHECK_OK(record_get(db, arena, &w.leader, KIND_IDEA, r.id, &r));
	record_set(&r, "shown", S("waiting"));
	CHECK_OK(record_save_managed(db, arena, &w.leader, &r, &saved));
	CHECK_STEP("Ideas wait to be looked through.", "", 1);
}
