/* SPDX-License-Identifier: MPL-2.0 */

/* The answer to everybody who spoke. */
#include "model/reply.h"

#include "model/evidence.h"
#include "model/merge.h"
#include "tests/model/decided.h"

/* What they point to stays as long as the test. */
static struct replies
replies(struct decided *s)
{
	struct replies all;
	struct trace *t = arena_new(s->w.arena, struct trace, 1);
	*t = decided_trace(s);
	CHECK_OK(reply_list(s->w.db, s->w.arena, &s->w.leader, t, &all));
	return all;
}

static struct reply_to
of(struct decided *s, struct id person)
{
	struct replies all = replies(s);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (id_eq(all.list[i].person, person))
			return all.list[i];
	}
	CHECK(false);
	return (struct reply_to){0};
}

static struct str
text_to(struct decided *s, struct id person, bool quotes)
{
	struct reply_parts parts;
	struct reply_to r = of(s, person);
	CHECK_OK(reply_parts(s->w.db, s->w.arena, &s->w.leader, &r, &parts));
	return reply_text(s->w.arena, r.trace->decision, &r, &parts,
	    &(struct reply_look){LANG_DA, quotes});
}

/* Karen at her page, as with a code. */
static struct citizen
citizen(struct decided *s, struct id person)
{
	struct citizen c = {.in = actor_inside(&s->w.program, s->w.network)};
	CHECK_OK(
	    person_get(s->w.db, s->w.arena, &s->w.leader, person, &c.person));
	return c;
}

static void
decide(struct decided *s)
{
	CHECK_OK(decided_take(s, "Stien er mørk om vinteren."));
	CHECK_OK(decided_link(s, TRACE_VOICE, s->light, GRADE_CHANGED,
	    "Der kommer fire lamper."));
	CHECK_OK(decided_link(s, TRACE_VOICE, s->path, GRADE_NOT_FOLLOWED,
	    "Der er ikke penge til den."));
}

static enum err
reacts(struct decided *s, struct id person, const char *what, const char *words)
{
	struct citizen c = citizen(s, person);
	struct reply_reaction r = {s->decision, str_c(what), str_c(words)};
	return reply_react(s->w.db, s->w.arena, &c, &r);
}

/* guide:S10 guide:S43 all who said something, once each, also the one whose
 * wish is not followed. */
TEST_DB(reply_is_owed_to_everybody_once)
{
	struct decided s;
	decided_new(&s, arena, db);
	(void)decided_say(&s, s.karen, "Og en bænk.");
	(void)decided_say(&s, (struct id){0}, "Uden kode.");
	(void)decided_person(&s, "Tavse Tom");
	struct replies all = replies(&s);
	CHECK_INT(all.n, 2);
	CHECK_INT(all.owed, 2);
	CHECK_INT(of(&s, s.karen).n, 2);
	CHECK_INT(of(&s, s.karen).open, 2);
	CHECK_INT(decided_send(&s, s.karen, "page"), ERR_CONFLICT);
}

TEST_DB(reply_says_what_each_thing_led_to)
{
	struct decided s;
	decided_new(&s, arena, db);
	decide(&s);
	struct str text = text_to(&s, s.karen, true);
	CHECK_HAS(text, S("Svaret er ja"));
	CHECK_HAS(text, S("Stien er mørk om vinteren."));
	CHECK_HAS(text, S("Lys ved stien."));
	CHECK_HAS(text, S("Der kommer fire lamper."));
	CHECK_LACKS(text, S("Der er ikke penge")); /* that is Ole's */
	CHECK_LACKS(text_to(&s, s.karen, false), S("Lys ved stien."));
	struct reply_to r = of(&s, s.ole);
	r.unsent = S("Vi ringer til dig om den.");
	CHECK_OK(reply_word(db, arena, &s.w.leader, &r));
	CHECK_HAS(text_to(&s, s.ole, true), S("Vi ringer til dig om den."));
	r.unsent = S("Dit nummer er 010150-1234.");
	CHECK_INT(reply_word(db, arena, &s.w.leader, &r), ERR_INVALID);
	CHECK_INT(reply_word(db, arena, &s.w.participant, &r), ERR_DENIED);
}

TEST_DB(reply_groups_those_who_are_told_the_same)
{
	struct decided s;
	decided_new(&s, arena, db);
	struct id eva = decided_person(&s, "Eva");
	struct id more = decided_say(&s, eva, "Mere lys.");
	decide(&s);
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, more, GRADE_CHANGED, "Der kommer fire lamper."));
	CHECK_INT(replies(&s).n_alike, 2);
	CHECK_INT(of(&s, eva).alike, of(&s, s.karen).alike);
	CHECK(of(&s, s.ole).alike != of(&s, s.karen).alike);
	struct reply_to r = of(&s, eva);
	r.unsent = S("Tak for tegningen.");
	CHECK_OK(reply_word(db, arena, &s.w.leader, &r));
	CHECK_INT(replies(&s).n_alike, 3);
}

/* guide:S55 what she takes back is gone from the answer; her page has it no
 * more. */
TEST_DB(reply_holds_no_words_of_theirs)
{
	struct decided s;
	struct replies_shown shown;
	decided_new(&s, arena, db);
	decide(&s);
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	struct citizen c = citizen(&s, s.karen);
	CHECK_OK(reply_shown(db, arena, &c, &shown));
	CHECK_INT(shown.n, 1);
	CHECK_INT(shown.list[0].parts.n, 1);
	CHECK_STR(shown.list[0].parts.list[0].said, S("Lys ved stien."));
	struct citizen ole = citizen(&s, s.ole);
	CHECK_OK(reply_shown(db, arena, &ole, &shown));
	CHECK_INT(shown.n, 0); /* not sent yet */
	struct contribution said;
	CHECK_OK(contribution_get(db, arena, &s.w.leader, s.light, &said));
	CHECK_STR(said.state, S("answered"));
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.light));
	CHECK_OK(reply_shown(db, arena, &c, &shown));
	CHECK_INT(shown.n, 1); /* what we told her stands */
	CHECK_INT(shown.list[0].parts.n, 0);
	CHECK_OK(person_erase(db, arena, &s.w.leader, s.karen));
	CHECK_INT(replies(&s).n, 1);
}

TEST_DB(reply_tells_why_a_wish_was_not_followed)
{
	struct decided s;
	struct contribution said;
	decided_new(&s, arena, db);
	decide(&s);
	CHECK_OK(decided_send(&s, s.ole, "phone"));
	CHECK_OK(contribution_get(db, arena, &s.w.leader, s.path, &said));
	CHECK_STR(said.state, S("answered"));
	CHECK_STR(said.reason, S("Der er ikke penge til den."));
}

static void
merge_both(struct decided *s)
{
	struct merge m = {.id = id_new(NOW_US),
	    .of = {s->light, s->path},
	    .n = 2,
	    .kind = S("wish"),
	    .words = S("Lys og sti.")};
	CHECK_OK(contribution_merge(s->w.db, s->w.arena, &s->w.leader, &m));
	CHECK_INT(decided_grade(s, m.id), GRADE_CHANGED);
}

/* guide:S10 what somebody was told stays, whatever is done with the voices. */
TEST_DB(reply_stays_as_it_was_told)
{
	static const char SQL_TOLD[] =
	    "SELECT COUNT(*) FROM told WHERE org = $1";
	struct db_row row;
	struct decided s;
	struct replies_shown shown;
	decided_new(&s, arena, db);
	decide(&s);
	CHECK_OK(decided_send(&s, s.ole, "letter"));
	merge_both(&s);
	CHECK_HAS(text_to(&s, s.ole, true), S("Der er ikke penge til den."));
	CHECK_LACKS(text_to(&s, s.ole, true), S("Der kommer fire lamper."));
	struct citizen ole = citizen(&s, s.ole);
	CHECK_OK(reply_shown(db, arena, &ole, &shown));
	CHECK_INT(shown.list[0].parts.n, 1);
	CHECK_INT(shown.list[0].parts.list[0].link->grade, GRADE_NOT_FOLLOWED);
	/* Nor is it changed through what the voice was made of. */
	CHECK_INT(decided_link(
		      &s, TRACE_VOICE, s.path, GRADE_SHAPED, "Nej, den kom."),
	    ERR_CONFLICT);
	CHECK_OK(contribution_withdraw(db, arena, &s.w.leader, s.path));
	CHECK_OK(db_one(db, arena, SQL_TOLD, &row, DB_ID(s.w.org.id)));
	CHECK_INT(db_int(&row, 0), 0);
}

/* Who says more before the decision is closed is owed the rest. */
TEST_DB(reply_is_owed_for_what_is_said_since)
{
	struct decided s;
	struct reply_waits waits;
	struct replies_shown shown;
	decided_new(&s, arena, db);
	decide(&s);
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	CHECK_OK(decided_send(&s, s.ole, "letter"));
	CHECK_INT(replies(&s).owed, 0);
	struct id more = decided_say(&s, s.karen, "Og en bænk.");
	CHECK_INT(replies(&s).owed, 1);
	CHECK_INT(of(&s, s.karen).untold, 1);
	CHECK_INT(decided_send(&s, s.karen, "letter"), ERR_INVALID);
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, more, GRADE_OUT_OF_SCOPE, "Sendt til parken."));
	struct citizen karen = citizen(&s, s.karen);
	CHECK_OK(reply_shown(db, arena, &karen, &shown));
	CHECK_INT(shown.list[0].parts.n, 1); /* not told yet */
	s.w.leader.now_us += DAY_US;
	CHECK_OK(decided_send(&s, s.karen, "phone"));
	CHECK_INT(replies(&s).owed, 0);
	CHECK_STR(of(&s, s.karen).channel, S("phone"));
	CHECK_OK(reply_shown(db, arena, &karen, &shown));
	CHECK_INT(shown.list[0].parts.n, 2);
	CHECK_OK(reply_waits(db, arena, &s.w.leader, &waits));
	CHECK_INT(waits.n, 1); /* the others were answered as they said it */
	CHECK_INT(waits.us[0], DAY_US);
}

/* A word to her alone goes with the next answer, and adds to the last one. */
TEST_DB(reply_has_a_word_for_each_answer)
{
	struct decided s;
	struct replies_shown shown;
	decided_new(&s, arena, db);
	decide(&s);
	struct reply_to r = of(&s, s.karen);
	r.unsent = S("Tak for tegningen.");
	CHECK_OK(reply_word(db, arena, &s.w.leader, &r));
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	r = of(&s, s.karen);
	CHECK_STR(r.words, S("Tak for tegningen."));
	CHECK_STR(r.unsent, S(""));
	CHECK_INT(reply_word(db, arena, &s.w.leader, &r), ERR_CONFLICT);
	struct id more = decided_say(&s, s.karen, "Og en bænk.");
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, more, GRADE_SHAPED, "Den kommer i maj."));
	r = of(&s, s.karen);
	r.unsent = S("Og tak for bænken.");
	CHECK_OK(reply_word(db, arena, &s.w.leader, &r));
	CHECK_HAS(text_to(&s, s.karen, true), S("Og tak for bænken."));
	struct citizen karen = citizen(&s, s.karen);
	CHECK_OK(reply_shown(db, arena, &karen, &shown));
	CHECK_STR(shown.list[0].reply.words, S("Tak for tegningen."));
	CHECK_STR(shown.list[0].reply.unsent, S("")); /* it is not sent */
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	CHECK_OK(reply_shown(db, arena, &karen, &shown));
	CHECK_STR(shown.list[0].reply.words,
	    S("Tak for tegningen.\n\nOg tak for bænken."));
}

static void
split_in_two(struct decided *s, struct id voice, struct id part[2])
{
	struct contribution c;
	struct world *w = &s->w;
	struct split cut = {.n = 2};
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, voice, &c));
	struct passages all =
	    passage_sentences(w->arena, contribution_words(&c));
	for (int i = 0; i < 2; i++) {
		part[i] = id_new(NOW_US);
		cut.part[i] = (struct split_part){part[i], {&all.list[i], 1}};
	}
	CHECK_OK(contribution_split(w->db, w->arena, &w->leader, &c, &cut));
}

/* guide:S10 who said two things in one is told what each of them led to. */
TEST_DB(reply_tells_of_each_part_of_a_voice)
{
	struct decided s;
	struct id part[2];
	struct replies_shown shown;
	decided_new(&s, arena, db);
	struct id eva = decided_person(&s, "Eva");
	struct id two = decided_say(&s, eva, "Mere lys. Og en bænk ved søen.");
	decide(&s);
	split_in_two(&s, two, part);
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, part[0], GRADE_CHANGED, "Der kom lys."));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, part[1], GRADE_NOT_FOLLOWED, "Søen er statens."));
	CHECK_OK(decided_send(&s, eva, "letter"));
	struct citizen c = citizen(&s, eva);
	CHECK_OK(reply_shown(db, arena, &c, &shown));
	CHECK_INT(shown.list[0].parts.n, 2);
	bool told[GRADES] = {false};
	for (ptrdiff_t i = 0; i < 2; i++)
		told[shown.list[0].parts.list[i].link->grade] = true;
	CHECK(told[GRADE_CHANGED] && told[GRADE_NOT_FOLLOWED]);
	CHECK_INT(of(&s, eva).untold, 0);
	/* What each was told is its own, also when the links are gone. */
	static const char SQL_GONE[] = "DELETE FROM influence WHERE org = $1";
	static const enum grade grades[] = {GRADE_CHANGED, GRADE_NOT_FOLLOWED};
	CHECK_OK(db_exec(db, SQL_GONE, NULL, DB_ID(s.w.org.id)));
	for (int i = 0; i < 2; i++) {
		struct trace_paths paths;
		CHECK_OK(trace_paths(db, arena, &s.w.leader, part[i], &paths));
		CHECK_INT(paths.n, 1);
		CHECK_INT(paths.list[0].via.grade, grades[i]);
	}
	/* In one piece again it is still told. */
	CHECK_OK(contribution_undo(
	    db, arena, &s.w.leader, part[0], S("Det er én ting.")));
	CHECK_INT(of(&s, eva).untold, 0);
	CHECK_OK(reply_shown(db, arena, &c, &shown));
	CHECK_INT(shown.list[0].parts.n, 1);
}

/* What was told through an insight stays told when the voice is moved. */
TEST_DB(reply_stays_when_the_evidence_is_moved)
{
	struct decided s;
	struct decision_gate gate;
	struct replies_shown shown;
	decided_new(&s, arena, db);
	CHECK_OK(decided_take(&s, "Stien er mørk."));
	struct id dark = decided_insight(&s, "Der er mørkt.");
	struct evidence e = {.insight = dark, .contribution = s.light};
	CHECK_OK(evidence_put(db, arena, &s.w.leader, &e));
	CHECK_OK(decided_link(
	    &s, TRACE_INSIGHT, dark, GRADE_SHAPED, "Lyset kommer."));
	CHECK_OK(decided_link(
	    &s, TRACE_VOICE, s.path, GRADE_NOT_FOLLOWED, "For dyr."));
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	CHECK_OK(decided_send(&s, s.ole, "letter"));
	struct decision d = decided_now(&s);
	CHECK_OK(decision_close(db, arena, &s.w.leader, &d, &gate));
	CHECK_OK(evidence_drop(db, arena, &s.w.leader, dark, s.light));
	struct citizen karen = citizen(&s, s.karen);
	CHECK_OK(reply_shown(db, arena, &karen, &shown));
	CHECK_INT(shown.list[0].parts.n, 1);
	CHECK_STR(shown.list[0].parts.list[0].link->words, S("Lyset kommer."));
	CHECK_INT(decided_grade(&s, s.light), GRADE_SHAPED);
	struct trace_overview o;
	struct trace_paths paths;
	CHECK_OK(trace_overview(db, arena, &s.w.leader, &o));
	CHECK_INT(o.n_orphans, 0);
	CHECK_OK(trace_paths(db, arena, &s.w.leader, s.light, &paths));
	CHECK_INT(paths.n, 1);
}

/* guide:S10 the reaction comes back. */
TEST_DB(reply_takes_a_reaction)
{
	struct decided s;
	decided_new(&s, arena, db);
	decide(&s);
	CHECK_INT(reacts(&s, s.karen, "recognise", ""), ERR_NOT_FOUND);
	CHECK_OK(decided_send(&s, s.karen, "letter"));
	CHECK_INT(reacts(&s, s.karen, "applause", ""), ERR_INVALID);
	CHECK_INT(reacts(&s, s.karen, "question", " "), ERR_INVALID);
	CHECK_INT(
	    reacts(&s, s.karen, "disagree", "Se 010150-1234."), ERR_INVALID);
	CHECK_INT(reacts(&s, s.ole, "recognise", ""), ERR_NOT_FOUND);
	struct citizen child = citizen(&s, s.karen);
	child.needs_guardian = true;
	CHECK_INT(
	    reply_react(db, arena, &child,
		&(struct reply_reaction){s.decision, S("recognise"), S("")}),
	    ERR_DENIED);
	CHECK_OK(reacts(&s, s.karen, "recognise", ""));
	CHECK_OK(reacts(&s, s.karen, "question", "Hvornår kommer de?"));
	struct reply_to r = of(&s, s.karen);
	CHECK_STR(r.reaction, S("question"));
	CHECK_STR(r.reaction_words, S("Hvornår kommer de?"));
	CHECK_INT(r.seen_us, 0);
	CHECK_OK(reply_seen(db, arena, &s.w.leader, s.decision, s.karen));
	CHECK(of(&s, s.karen).seen_us > 0);
	CHECK_INT(reply_seen(db, arena, &s.w.leader, s.decision, s.ole),
	    ERR_NOT_FOUND);
}

TEST_DB(reply_is_due_as_the_organisation_says)
{
	struct decided s;
	struct date due;
	decided_new(&s, arena, db);
	decide(&s);
	struct decision d = decided_now(&s);
	CHECK_OK(reply_due(db, arena, &s.w.leader, &d, &due));
	CHECK_STR(date_iso(arena, due), S("2026-12-20")); /* 30 days */
}
