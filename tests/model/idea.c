/* SPDX-License-Identifier: MPL-2.0 */

/* Ideas: how far they are, what they rest on, what they were made of, and what
 * is taken back. */
#include "model/idea.h"

#include "base/buf.h"
#include "model/evidence.h"
#include "tests/model/fixture.h"

static const char PLANTED[] = "En bænk ved Kaffestuen, siger jeg.";

static struct id
say(struct world *w, const char *kind, const char *text, int64_t scope)
{
	static int64_t ticks;
	struct contribution c = {.id = id_new(NOW_US + 1000 * ++ticks),
	    .kind = str_c(kind),
	    .teller = S("staff"),
	    .original = str_c(text),
	    .basis = S("consent"),
	    .scope = scope,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &c, S("")));
	return c.id;
}

static struct ideas
all_for(struct world *w, const struct actor *who, enum idea_reader reader)
{
	struct ideas all;
	struct idea_view view = {.reader = reader};
	CHECK_OK(idea_list(w->db, w->arena, who, &view, &all));
	return all;
}

static const struct idea *
find(struct world *w, struct id id)
{
	struct ideas *all = arena_new(w->arena, struct ideas, 1);
	*all = all_for(w, &w->leader, IDEA_STAFF);
	return idea_find(all, id);
}

static struct id
write_idea(struct world *w, const char *title, const char *what)
{
	struct record r = world_record(w, KIND_IDEA);
	record_set(&r, "title", str_c(title));
	record_set(&r, "what", str_c(what));
	world_save(w, &r);
	return r.id;
}

static struct id
born(struct world *w, const char *text, int64_t scope, bool peers)
{
	struct idea_birth b = {say(w, "idea", text, scope), peers, S("yes")};
	CHECK_OK(idea_from_words(w->db, w->arena, &w->leader, &b));
	CHECK_OK(idea_from_words(w->db, w->arena, &w->leader, &b));
	return b.contribution;
}

static enum err
move(struct world *w, struct id id, const char *state, const char *reason)
{
	const struct idea *idea = find(w, id);
	struct idea_step step = {idea->record.rev, str_c(state), str_c(reason)};
	return idea_move(w->db, w->arena, &w->leader, idea, &step);
}

/* ---- how far ---- */

/* guide:S19 each step in the table and no other; a no has a reason. */
TEST_DB(idea_goes_its_way_and_no_other)
{
	struct world w;
	world_new(&w, arena, db);
	struct id id = write_idea(&w, "Én aftenlinje", "Ring til os.");
	CHECK_STR(record_value(&find(&w, id)->record, "state"), S("new"));
	CHECK_INT(move(&w, id, "test", ""), ERR_INVALID);
	CHECK_OK(move(&w, id, "matured", ""));
	CHECK_OK(move(&w, id, "prioritised", ""));
	CHECK_INT(move(&w, id, "dropped", " "), ERR_INVALID);
	CHECK_INT(move(&w, id, "dropped", "Spørg 010150-1234"), ERR_INVALID);
	CHECK_OK(move(&w, id, "dropped", "Den blev for dyr."));
	CHECK_STR(record_value(&find(&w, id)->record, "reason"),
	    S("Den blev for dyr."));
	CHECK_OK(move(&w, id, "new", ""));
	CHECK_STR(record_value(&find(&w, id)->record, "reason"), S(""));
	const struct idea *old = find(&w, id);
	CHECK_OK(move(&w, id, "matured", ""));
	struct idea_step late = {old->record.rev - 1, S("matured"), S("")};
	CHECK_INT(idea_move(db, arena, &w.leader, old, &late), ERR_CONFLICT);
	late.rev = old->record.rev;
	CHECK_INT(idea_move(db, arena, &w.participant, old, &late), ERR_DENIED);
}

/* guide:S21 a policy, a service, a way of working, something else. */
TEST_DB(idea_has_one_of_four_kinds)
{
	static const char *const kinds[] = {
	    "policy", "service", "workflow", "other"};
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_IDEA);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		record_set(&r, "kind", str_c(kinds[i]));
		CHECK_OK(record_save(db, arena, &w.leader, &r, &saved));
		r = world_record(&w, KIND_IDEA);
	}
	record_set(&r, "kind", S("wish"));
	CHECK_INT(record_save(db, arena, &w.leader, &r, &saved), ERR_INVALID);
}

/* guide:S28 it does not run before a version names what people said. */
TEST_DB(rule_14_wants_a_version_that_learned)
{
	struct world w;
	bool learned;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct id id = write_idea(&w, "Én aftenlinje", "Ring til os.");
	CHECK_OK(move(&w, id, "matured", ""));
	CHECK_OK(move(&w, id, "prioritised", ""));
	CHECK_OK(move(&w, id, "concrete", ""));
	struct id said =
	    say(&w, "feedback", "Ingen tog den kl. 21.", SCOPE_NETWORK);
	CHECK_OK(idea_name_feedback(
	    db, arena, &w.leader, find(&w, id), said)); /* too early */
	CHECK_OK(move(&w, id, "test", ""));
	CHECK_INT(move(&w, id, "running", ""), ERR_INVALID);
	CHECK_OK(
	    idea_has_learned(db, arena, &w.leader, find(&w, id), &learned));
	struct rule_limits limits = rule_limits_default();
	struct rules r = rules_new(arena, LANG_DA, &limits);
	CHECK(!learned && rule_not_learned(&r, find(&w, id), learned));
	CHECK(rules_stop(&r));

	struct record better = find(&w, id)->record;
	record_set(&better, "what", S("Ring til os, også kl. 21."));
	CHECK_OK(record_save(db, arena, &w.leader, &better, &saved));
	CHECK_INT(move(&w, id, "running", ""), ERR_INVALID); /* not named */
	CHECK_OK(idea_name_feedback(db, arena, &w.leader, find(&w, id), said));
	r = rules_new(arena, LANG_DA, &limits);
	CHECK(!rule_not_learned(&r, find(&w, id), true));
	CHECK_OK(move(&w, id, "running", ""));
	CHECK_OK(move(&w, id, "stopped", "Ingen ringede."));
}

/* ---- what it rests on ---- */

/* guide:S5 an idea under which no citizen has spoken is marked.
 * guide:S6 what is under it about behaviour and needs is counted. */
TEST_DB(rule_16_marks_what_is_without_ground)
{
	struct world w;
	struct record_saved saved;
	struct rule_limits limits = rule_limits_default();
	world_new(&w, arena, db);
	struct record insight = world_record(&w, KIND_INSIGHT);
	world_save(&w, &insight);
	struct id id = write_idea(&w, "Én aftenlinje", "");
	struct record r = find(&w, id)->record;
	record_set(&r, "insights", insight.id_text);
	CHECK_OK(record_save(db, arena, &w.leader, &r, &saved));
	struct rules rules = rules_new(arena, LANG_DA, &limits);
	CHECK(rule_without_ground(&rules, find(&w, id)));
	CHECK(!rules_stop(&rules));
	CHECK_HAS(rule_text(&rules, rules.hit), S("Én aftenlinje"));

	struct evidence e = {.insight = insight.id,
	    .contribution = say(&w, "wish", "Svar om aftenen.", 1)};
	CHECK_OK(evidence_put(db, arena, &w.leader, &e));
	e.contribution = say(&w, "quote", "Jeg ringer ikke.", 1);
	CHECK_OK(evidence_put(db, arena, &w.leader, &e));
	rules = rules_new(arena, LANG_DA, &limits);
	CHECK(!rule_without_ground(&rules, find(&w, id)));
	CHECK_INT(find(&w, id)->voices, 2);
	CHECK_INT(find(&w, id)->needs, 1); /* a quote is neither */
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, e.contribution));
	CHECK_INT(find(&w, id)->voices, 1);
}

/* guide:S8 it asks once what the citizen can do; nothing is an answer.
 * guide:S7 */
TEST_DB(rule_18_asks_until_there_is_an_answer)
{
	struct world w;
	struct record_saved saved;
	struct rule_limits limits = rule_limits_default();
	world_new(&w, arena, db);
	struct id id = write_idea(&w, "Én aftenlinje", "");
	struct rules rules = rules_new(arena, LANG_DA, &limits);
	CHECK(rule_part_not_asked(&rules, find(&w, id)));
	CHECK(!rules_stop(&rules));
	struct record r = find(&w, id)->record;
	record_set(&r, "citizen_part", S("Intet."));
	CHECK_OK(record_save(db, arena, &w.leader, &r, &saved));
	rules = rules_new(arena, LANG_DA, &limits);
	CHECK(!rule_part_not_asked(&rules, find(&w, id)));
	CHECK(idea_part_is_nothing(find(&w, id)));
	r = find(&w, id)->record;
	record_set(&r, "citizen_part", S("En nabo kan tage telefonen."));
	CHECK_OK(record_save(db, arena, &w.leader, &r, &saved));
	CHECK(!idea_part_is_nothing(find(&w, id)));
}

/* guide:S4 what gets better, for whom, and which value. */
TEST_DB(idea_says_value_and_target_group)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct record group = world_record(&w, KIND_GROUP);
	world_save(&w, &group);
	struct record r = world_record(&w, KIND_IDEA);
	record_set(&r, "target_groups", group.id_text);
	record_set(&r, "value_hypothesis", S("Færre sover dårligt."));
	record_set(&r, "value_tag", S("quality"));
	CHECK_OK(record_save(db, arena, &w.leader, &r, &saved));
	record_set(&r, "value_tag", S("profit"));
	r.id = id_new(NOW_US);
	CHECK_INT(record_save(db, arena, &w.leader, &r, &saved), ERR_INVALID);
}

/* ---- what it was made of ---- */

static struct str
refs(struct world *w, struct id x, struct id y)
{
	return STR_JOIN(
	    w->arena, id_text(w->arena, x), S(" "), id_text(w->arena, y));
}

/* guide:S20 two become one with all that was said for each; and come apart. */
TEST_DB(ideas_are_combined_and_taken_apart)
{
	struct world w;
	struct idea_faults f;
	world_new(&w, arena, db);
	struct id x = born(&w, "Flere bænke.", SCOPE_NETWORK, true);
	struct id y = born(&w, "Et bord til kaffe.", SCOPE_NETWORK, true);
	struct idea_new new = {.id = id_new(NOW_US),
	    .title = S("Et sted at sidde"),
	    .what = S("Bænke og et bord."),
	    .kind = S("service"),
	    .made_of = id_text(arena, x),
	    .combined = true};
	CHECK_INT(idea_derive(db, arena, &w.leader, &new, &f), ERR_INVALID);
	CHECK(f.made_of != NULL && f.title == NULL);
	new.made_of = refs(&w, x, y);
	CHECK_OK(idea_derive(db, arena, &w.leader, &new, &f));
	CHECK_OK(idea_derive(db, arena, &w.leader, &new, &f)); /* twice */
	struct ideas all = all_for(&w, &w.leader, IDEA_STAFF);
	CHECK_INT(all.n, 3);
	CHECK_INT(all.n_links, 2);
	CHECK(idea_find(&all, x)->combined && idea_find(&all, y)->combined);
	CHECK_INT(idea_find(&all, new.id)->voices, 2);
	struct idea_step step = {
	    idea_find(&all, new.id)->record.rev, S(""), S("")};
	CHECK_INT(idea_take_apart(
		      db, arena, &w.leader, idea_find(&all, new.id), &step),
	    ERR_INVALID); /* without a reason */
	step.reason = S("De to er ikke det samme.");
	CHECK_OK(idea_take_apart(
	    db, arena, &w.leader, idea_find(&all, new.id), &step));
	all = all_for(&w, &w.leader, IDEA_STAFF);
	CHECK(!idea_find(&all, x)->combined);
	CHECK_STR(record_value(&idea_find(&all, new.id)->record, "state"),
	    S("dropped"));
	CHECK_STR(all.link[0].reason, step.reason);
}

TEST_DB(ideas_build_on_each_other)
{
	struct world w;
	struct idea_faults f;
	world_new(&w, arena, db);
	struct id x = born(&w, "Flere bænke.", SCOPE_NETWORK, true);
	struct idea_new new = {.id = id_new(NOW_US),
	    .title = S("Bænke med ryg"),
	    .what = S("Så man kan rejse sig."),
	    .kind = S("service"),
	    .made_of = id_text(arena, x)};
	CHECK_OK(idea_derive(db, arena, &w.leader, &new, &f));
	struct ideas all = all_for(&w, &w.leader, IDEA_STAFF);
	CHECK(!idea_find(&all, x)->combined);
	CHECK(id_eq(all.link[0].made_of, x) && !all.link[0].combined);
	CHECK_INT(idea_find(&all, new.id)->voices, 0); /* not their words */
	new.id = id_new(NOW_US);
	new.made_of = id_text(arena, id_new(NOW_US));
	CHECK_INT(idea_derive(db, arena, &w.leader, &new, &f), ERR_INVALID);
	CHECK(f.made_of != NULL);
	CHECK_INT(idea_derive(db, arena, &w.participant, &new, &f), ERR_DENIED);
}

/* ---- whose words ---- */

static const char SQL_STATES[] =
    "SELECT fields FROM revision WHERE org = $1 AND kind = 'idea'";

/* Whether the words stand anywhere in the history of the ideas. */
static bool
in_history(struct world *w, const char *words)
{
	struct db_rows rows;
	CHECK_OK(
	    db_all(w->db, w->arena, SQL_STATES, &rows, DB_ID(w->leader.org)));
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		if (str_find(db_text(&rows.row[i], 0), str_c(words)) >= 0)
			return true;
	}
	return false;
}

/* What a citizen takes back is gone from the idea, and from its history: they
 * were never anywhere else than in the contribution. */
TEST_DB(idea_in_a_citizens_words_goes_with_them)
{
	struct world w;
	world_new(&w, arena, db);
	struct id id = born(&w, PLANTED, SCOPE_NETWORK, true);
	const struct idea *idea = find(&w, id);
	CHECK(idea->theirs && !idea->unread);
	CHECK_STR(idea->words, str_c(PLANTED));
	CHECK_STR(idea->title, str_c(PLANTED));
	CHECK(!in_history(&w, "Kaffestuen"));
	CHECK_OK(move(&w, id, "matured", ""));
	CHECK(!in_history(&w, "Kaffestuen"));
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, id));
	CHECK(find(&w, id) == NULL);
	CHECK_INT(all_for(&w, &w.leader, IDEA_STAFF).n_sources, 0);
	/* The twin: what the network writes itself does stand there. */
	(void)write_idea(&w, "Bænk", PLANTED);
	CHECK(in_history(&w, "Kaffestuen"));
}

TEST_DB(idea_in_other_words_stays_and_is_marked)
{
	struct world w;
	struct record_saved saved;
	world_new(&w, arena, db);
	struct id id = born(&w, PLANTED, SCOPE_NETWORK, true);
	struct record r = find(&w, id)->record;
	record_set(&r, "title", S("Et sted at sidde"));
	record_set(&r, "what", S("En bænk."));
	CHECK_OK(record_save(db, arena, &w.leader, &r, &saved));
	CHECK(!find(&w, id)->theirs && !find(&w, id)->reword);
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, id));
	const struct idea *idea = find(&w, id);
	CHECK(idea != NULL && idea->reword && idea->voices == 0);
	CHECK_STR(idea->words, S("En bænk."));
	CHECK_OK(idea_reworded(db, arena, &w.leader, idea));
	CHECK(!find(&w, id)->reword);
}

/* A person who is erased takes their ideas along. */
TEST_DB(idea_of_somebody_erased_is_gone)
{
	struct world w;
	world_new(&w, arena, db);
	struct person p = {.id = id_new(NOW_US),
	    .state = S("yes"),
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Ved noget."),
	    .source = S("named")};
	CHECK_OK(person_save(db, arena, &w.leader, &p));
	struct contribution c = {.id = id_new(NOW_US),
	    .kind = S("idea"),
	    .teller = S("self"),
	    .original = str_c(PLANTED),
	    .person = p.id,
	    .basis = S("consent"),
	    .scope = SCOPE_NETWORK,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(db, arena, &w.leader, &c, S("")));
	struct idea_birth b = {c.id, true, S("yes")};
	CHECK_OK(idea_from_words(db, arena, &w.leader, &b));
	CHECK(find(&w, c.id) != NULL);
	CHECK_OK(person_erase(db, arena, &w.leader, p.id));
	CHECK(find(&w, c.id) == NULL);
}

/* The scope of the words is that of the idea: row by row who reads it. */
TEST_DB(idea_is_read_as_far_as_its_words_go)
{
	static const struct {
		int64_t scope;
		bool peers;
		bool participant, citizen, anybody;
	} rows[] = {
	    {SCOPE_INTERNAL, true, false, false, false},
	    {SCOPE_NETWORK, true, true, true, false},
	    {SCOPE_NETWORK, false, false, false, false}, /* not looked at */
	    {SCOPE_PUBLIC, true, true, true, true},
	};
	struct world w;
	world_new(&w, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(rows); i++) {
		struct id id = born(&w, PLANTED, rows[i].scope, rows[i].peers);
		struct ideas all = all_for(&w, &w.participant, IDEA_STAFF);
		CHECK(idea_find(&all, id) != NULL);
		CHECK_INT(!idea_find(&all, id)->unread, rows[i].participant);
		CHECK_INT(str_eq(idea_find(&all, id)->words, str_c(PLANTED)),
		    rows[i].participant);
		all = all_for(&w, &w.leader, IDEA_CITIZEN);
		CHECK_INT(idea_find(&all, id) != NULL, rows[i].citizen);
		all = all_for(&w, &w.leader, IDEA_PUBLIC);
		CHECK(idea_find(&all, id) == NULL); /* nobody has read it */
		struct contribution c;
		CHECK_OK(contribution_get(db, arena, &w.leader, id, &c));
		CHECK_OK(contribution_move(db, arena, &w.leader, &c,
		    &(struct contribution_step){S("reviewed"), S("")}));
		all = all_for(&w, &w.leader, IDEA_PUBLIC);
		CHECK_INT(idea_find(&all, id) != NULL, rows[i].anybody);
	}
}

/* Hiding has a reason, and holds for citizens alone. */
TEST_DB(idea_is_hidden_with_a_reason)
{
	struct world w;
	world_new(&w, arena, db);
	struct id id = born(&w, PLANTED, SCOPE_NETWORK, true);
	struct idea_step step = {1, S("hidden"), S("")};
	CHECK_INT(
	    idea_show(db, arena, &w.leader, find(&w, id), &step), ERR_INVALID);
	step.reason = S("Den nævner en nabo.");
	CHECK_OK(idea_show(db, arena, &w.leader, find(&w, id), &step));
	struct ideas all = all_for(&w, &w.leader, IDEA_CITIZEN);
	CHECK(idea_find(&all, id) == NULL);
	CHECK_STR(
	    record_value(&find(&w, id)->record, "hidden_why"), step.reason);
	step = (struct idea_step){2, S("yes"), S("")};
	CHECK_OK(idea_show(db, arena, &w.leader, find(&w, id), &step));
	all = all_for(&w, &w.leader, IDEA_CITIZEN);
	CHECK(idea_find(&all, id) != NULL);
}
