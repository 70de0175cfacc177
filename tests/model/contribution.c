/* SPDX-License-Identifier: MPL-2.0 */

/* What people said: who reads it, in whose words, and until when. */
#include "model/contribution.h"

#include "model/evidence.h"
#include "model/merge.h"
#include "model/erasure.h"
#include "model/recall.h"
#include "tests/model/fixture.h"

static const char TOLD[] = "Kun netværket læser det.";

static struct contribution
said(struct world *w, const char *kind, const char *words)
{
	return (struct contribution){.id = id_new(w->leader.now_us),
	    .kind = str_c(kind),
	    .teller = S("staff"),
	    .original = str_c(words),
	    .basis = S("consent"),
	    .scope = SCOPE_NETWORK,
	    .anonymity = S("alias"),
	    .given_by = S("self")};
}

static struct person
karen(struct world *w)
{
	struct person p = {.id = id_new(w->leader.now_us),
	    .state = S("yes"),
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .age = S("67-79"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand."),
	    .source = S("named")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	return p;
}

static void
add(struct world *w, const struct contribution *c)
{
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, c, str_c(TOLD)));
}

static struct contribution
get(struct world *w, struct id id)
{
	struct contribution c;
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, id, &c));
	return c;
}

static enum err
move(struct world *w, struct id id, const char *state, const char *reason)
{
	struct contribution c = get(w, id);
	return contribution_move(w->db, w->arena, &w->leader, &c,
	    &(struct contribution_step){str_c(state), str_c(reason)});
}

/* guide:S55: the original is never overwritten, and a quote only shortened. */
TEST_DB(contribution_keeps_the_original)
{
	struct world w;
	world_new(&w, arena, db);
	struct contribution c = said(&w, "quote",
	    "Det er svært, når hjælperen skifter, og jeg må forklare igen.");
	add(&w, &c);
	add(&w, &c); /* the form was sent twice */
	struct contribution now = get(&w, c.id);
	CHECK_INT(contribution_reword(db, arena, &w.leader, &now,
		      S("Skiftende hjælpere er et problem.")),
	    ERR_INVALID);
	CHECK_OK(contribution_reword(db, arena, &w.leader, &now,
	    S("Det er svært, når hjælperen skifter")));
	CHECK_INT(contribution_reword(db, arena, &w.leader, &now, S("")),
	    ERR_CONFLICT); /* somebody else was there */
	now = get(&w, c.id);
	CHECK_STR(now.original, c.original);
	CHECK(now.shortened);
	CHECK_STR(
	    contribution_words(&now), S("Det er svært, når hjælperen skifter"));
	CHECK_OK(contribution_reword(db, arena, &w.leader, &now, c.original));
	now = get(&w, c.id);
	CHECK_INT(now.wording.n, 0);
	CHECK(!now.shortened);
}

TEST_DB(contribution_is_checked)
{
	struct world w;
	struct contribution_faults f;
	world_new(&w, arena, db);
	struct contribution c = said(&w, "quote", "Ring til 010150-1234.");
	c.scope = -1;
	c.basis = S("");
	CHECK_OK(contribution_check(db, arena, &w.leader, &c, &f));
	CHECK(f.original && f.scope && f.basis && !f.kind);
	CHECK_INT(contribution_add(db, arena, &w.leader, &c, str_c(TOLD)),
	    ERR_INVALID);
	c = said(&w, "gossip", "");
	CHECK_OK(contribution_check(db, arena, &w.leader, &c, &f));
	CHECK(f.original && f.kind && !f.scope && !f.basis);
	c = said(&w, "quote", "Alt godt.");
	CHECK_OK(contribution_check(db, arena, &w.leader, &c, &f));
	CHECK(!f.any);
}

/* R4: under 15 the person alone does not say yes. */
TEST_DB(contribution_of_a_child_needs_a_guardians_yes)
{
	struct world w;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	p.age = S("0-14");
	CHECK_OK(person_get(db, arena, &w.leader, p.id, &p));
	p.age = S("0-14");
	CHECK_OK(person_save(db, arena, &w.leader, &p));
	struct contribution c = said(&w, "idea", "En klub efter skole.");
	c.person = p.id;
	CHECK_INT(contribution_add(db, arena, &w.leader, &c, str_c(TOLD)),
	    ERR_INVALID);
	c.given_by = S("parent");
	add(&w, &c);
}

/* Trust P06: nobody reads beyond what was agreed to, in any state. */
TEST_DB(contribution_is_read_as_far_as_its_scope_goes)
{
	struct world w;
	world_new(&w, arena, db);
	struct contribution_filter all = {.max = 50};
	for (int64_t scope = 0; scope < SCOPES; scope++) {
		struct contribution c = said(&w, "wish", "Flere bænke.");
		c.id = id_new(w.leader.now_us + scope);
		c.scope = scope;
		add(&w, &c);
		struct contribution_page page;
		struct contribution seen;
		bool ali = scope >= SCOPE_NETWORK;
		bool lis = scope >= SCOPE_DECISION;
		CHECK_INT(
		    contribution_get(db, arena, &w.participant, c.id, &seen),
		    ERR_NOT_FOUND); /* nobody has looked at it yet */
		CHECK_OK(move(&w, c.id, "reviewed", ""));
		CHECK_INT(
		    contribution_get(db, arena, &w.participant, c.id, &seen),
		    ali ? ERR_OK : ERR_NOT_FOUND);
		CHECK_INT(contribution_get(db, arena, &w.decider, c.id, &seen),
		    lis ? ERR_OK : ERR_NOT_FOUND);
		CHECK_OK(
		    contribution_list(db, arena, &w.participant, &all, &page));
		CHECK_INT(page.n, scope);
		CHECK_INT(page.total, scope);
		CHECK_OK(contribution_list(db, arena, &w.decider, &all, &page));
		CHECK_INT(page.n, scope >= SCOPE_DECISION ? scope - 1 : 0);
	}
}

/* Whoever noted it sees where it went, whatever its scope. */
TEST_DB(contribution_is_read_by_who_noted_it)
{
	struct world w;
	struct contribution seen;
	world_new(&w, arena, db);
	struct contribution c = said(&w, "observation", "Døren er tung.");
	c.scope = SCOPE_INTERNAL;
	CHECK_OK(contribution_add(db, arena, &w.participant, &c, str_c(TOLD)));
	CHECK_OK(contribution_get(db, arena, &w.participant, c.id, &seen));
	CHECK_STR(seen.state, S("received"));
	CHECK_INT(contribution_get(db, arena, &w.decider, c.id, &seen),
	    ERR_NOT_FOUND);
	struct person p = karen(&w);
	c.id = id_new(NOW_US + 1);
	c.person = p.id; /* people are for those who may ask them */
	CHECK_INT(contribution_add(db, arena, &w.participant, &c, str_c(TOLD)),
	    ERR_DENIED);
}

/* No alias where none was agreed to, and never the code. */
TEST_DB(contribution_hides_who_said_it)
{
	struct world w;
	struct contribution seen;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	static const char *const ways[] = {"alias", "none"};
	for (int i = 0; i < 2; i++) {
		struct contribution c = said(&w, "wish", "Mere tid.");
		c.id = id_new(NOW_US + i);
		c.person = p.id;
		c.anonymity = str_c(ways[i]);
		add(&w, &c);
		CHECK_OK(move(&w, c.id, "reviewed", ""));
		CHECK_OK(
		    contribution_get(db, arena, &w.participant, c.id, &seen));
		CHECK_STR(seen.alias, i == 0 ? S("Karen") : S(""));
		CHECK(!id_is_set(seen.person) && seen.number == 0);
		CHECK(get(&w, c.id).number > 0);
	}
}

/* S53: used or not, somebody says so, and why not. */
TEST_DB(contribution_goes_step_by_step)
{
	struct world w;
	world_new(&w, arena, db);
	struct contribution c = said(&w, "idea", "Et fast telefonnummer.");
	add(&w, &c);
	CHECK_INT(move(&w, c.id, "used", ""), ERR_INVALID);
	CHECK_OK(move(&w, c.id, "reviewed", ""));
	CHECK_OK(move(&w, c.id, "approved", ""));
	CHECK_INT(move(&w, c.id, "not_used", " "), ERR_INVALID);
	CHECK_OK(move(&w, c.id, "not_used", "Der er ikke penge i år."));
	CHECK_OK(move(&w, c.id, "answered", ""));
	CHECK_STR(get(&w, c.id).reason, S("Der er ikke penge i år."));
	struct contribution now = get(&w, c.id);
	CHECK_INT(contribution_move(db, arena, &w.participant, &now,
		      &(struct contribution_step){S("used"), S("")}),
	    ERR_DENIED);
}

/* R11: words that the person was asked about and has not approved. */
TEST_DB(contribution_with_unapproved_wording_is_not_approved)
{
	struct world w;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	struct contribution c = said(&w, "anecdote", "Jeg ventede hele dagen.");
	c.person = p.id;
	add(&w, &c);
	struct contribution now = get(&w, c.id);
	CHECK_OK(contribution_reword(
	    db, arena, &w.leader, &now, S("Jeg ventede en hel dag.")));
	CHECK_STR(get(&w, c.id).approval, S("asked"));
	CHECK_OK(move(&w, c.id, "reviewed", ""));
	CHECK_INT(move(&w, c.id, "approved", ""), ERR_INVALID);
	now = get(&w, c.id);
	CHECK_OK(contribution_reword(db, arena, &w.leader, &now, S("")));
	CHECK_OK(move(&w, c.id, "approved", ""));
}

/* Trust P03: taken back at once, from everywhere, and asked back from files. */
TEST_DB(contribution_withdrawn_is_gone_at_once)
{
	struct world w;
	struct contribution_page page;
	struct receipts receipts;
	struct recalls recalls;
	struct contribution_tags tags;
	world_new(&w, arena, db);
	struct contribution c = said(&w, "quote", "Kanariefugl i køkkenet.");
	struct contribution other = said(&w, "quote", "Noget andet.");
	other.id = id_new(NOW_US + 1);
	add(&w, &c);
	add(&w, &other);
	struct contribution now = get(&w, c.id);
	CHECK_OK(contribution_tag(db, arena, &w.leader, &now, S("mad, dyr")));
	w.leader.now_us += HOUR_US;
	struct voices_file file = {SCOPE_NETWORK, S("csv"), 2};
	CHECK_OK(export_note(db, arena, &w.leader, &file));
	file.scope = SCOPE_PUBLIC; /* it was not in that one */
	CHECK_OK(export_note(db, arena, &w.leader, &file));
	CHECK_INT(
	    contribution_withdraw(db, arena, &w.participant, c.id), ERR_DENIED);
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, c.id));
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, c.id));
	now = get(&w, c.id);
	CHECK_INT(now.original.n + now.wording.n, 0);
	CHECK(now.withdrawn_us > 0);
	CHECK_OK(contribution_list(db, arena, &w.leader,
	    &(struct contribution_filter){.max = 50}, &page));
	CHECK_INT(page.n, 1);
	CHECK_OK(
	    contribution_tags(db, arena, &w.leader, (struct id){0}, &tags));
	CHECK_INT(tags.n, 0);
	CHECK_OK(recall_list(db, arena, &w.leader, &recalls));
	CHECK_INT(recalls.n, 1);
	CHECK(recalls.list[0].due_us > w.leader.now_us);
	CHECK_OK(
	    recall_done(db, arena, &w.leader, c.id, recalls.list[0].export));
	CHECK_OK(recall_list(db, arena, &w.leader, &recalls));
	CHECK_INT(recalls.n, 0);
	CHECK_OK(contribution_receipts(db, arena, &w.leader, c.id, &receipts));
	CHECK_INT(receipts.n, 2);
	CHECK_STR(receipts.list[0].event, S("given"));
	CHECK_STR(receipts.list[0].text, str_c(TOLD));
	CHECK_STR(receipts.list[1].event, S("withdrawn"));
}

static void
let_go(struct world *w, struct id id)
{
	static const struct str states[] = {
	    S_INIT("reviewed"), S_INIT("approved")};
	for (ptrdiff_t i = 0; i < COUNT_OF(states); i++) {
		struct contribution c = get(w, id);
		if (str_eq(c.state, i == 0 ? S("received") : S("reviewed")))
			CHECK_OK(contribution_move(w->db, w->arena, &w->leader,
			    &c, &(struct contribution_step){states[i], S("")}));
	}
}

/* guide:S55 A story holds the words of few: those alone are asked back, and of
 * what was merged each origin. */
TEST_DB(contribution_is_asked_back_from_a_file_that_it_stood_in)
{
	struct world w;
	struct recalls recalls;
	world_new(&w, arena, db);
	struct contribution in[] = {said(&w, "wish", "Lys."),
	    said(&w, "wish", "En sti."), said(&w, "wish", "En bænk.")};
	for (int i = 0; i < 3; i++) {
		in[i].id = id_new(NOW_US + i);
		add(&w, &in[i]);
		let_go(&w, in[i].id);
	}
	struct merge m = {.id = id_new(NOW_US + 3),
	    .of = {in[0].id, in[1].id},
	    .n = 2,
	    .kind = S("wish"),
	    .words = S("Lys og en sti.")};
	CHECK_OK(contribution_merge(db, arena, &w.leader, &m));
	let_go(&w, m.id);
	w.leader.now_us += HOUR_US;
	struct voices_file file = {SCOPE_NETWORK, S("story"), 1};
	struct ids held = {&m.id, 1};
	CHECK_OK(export_note_of(db, arena, &w.leader, &file, &held));
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, in[2].id));
	CHECK_OK(recall_list(db, arena, &w.leader, &recalls));
	CHECK_INT(recalls.n, 0); /* it was not in it */
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, in[0].id));
	CHECK_OK(recall_list(db, arena, &w.leader, &recalls));
	CHECK(recalls.n > 0);
	CHECK_STR(recalls.list[0].format, S("story"));
}

/* guide:S55 Taken back while the file was made: it is not handed out. */
TEST_DB(contribution_taken_back_meanwhile_leaves_in_no_file)
{
	struct world w;
	struct recalls recalls;
	world_new(&w, arena, db);
	struct contribution c = said(&w, "wish", "Lys.");
	add(&w, &c);
	struct voices_file file = {SCOPE_NETWORK, S("story"), 1};
	struct ids held = {&c.id, 1};
	CHECK_INT(export_note_of(db, arena, &w.leader, &file, &held),
	    ERR_CONFLICT); /* nobody let it go yet */
	let_go(&w, c.id);
	file.scope = SCOPE_PUBLIC;
	CHECK_INT(export_note_of(db, arena, &w.leader, &file, &held),
	    ERR_CONFLICT); /* not to such readers */
	file.scope = SCOPE_NETWORK;
	CHECK_OK(export_note_of(db, arena, &w.leader, &file, &held));
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, c.id));
	CHECK_INT(
	    export_note_of(db, arena, &w.leader, &file, &held), ERR_CONFLICT);
	CHECK_OK(recall_list(db, arena, &w.leader, &recalls));
	CHECK_INT(recalls.n, 1); /* the one that was handed out */
}

/* Erasing a person takes their words, and nobody else's. */
TEST_DB(contribution_goes_with_the_person)
{
	struct world w;
	struct recalls recalls;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	struct contribution c = said(&w, "wish", "Mere tid.");
	struct contribution other = said(&w, "wish", "Mere lys.");
	c.person = p.id;
	other.id = id_new(NOW_US + 1);
	add(&w, &c);
	add(&w, &other);
	w.leader.now_us += HOUR_US;
	struct voices_file file = {SCOPE_NETWORK, S("csv"), 2};
	CHECK_OK(export_note(db, arena, &w.leader, &file));
	CHECK_OK(person_erase(db, arena, &w.leader, p.id));
	CHECK_INT(get(&w, c.id).original.n, 0);
	CHECK_STR(get(&w, other.id).original, S("Mere lys."));
	CHECK_OK(recall_list(db, arena, &w.leader, &recalls));
	CHECK_INT(recalls.n, 1);
}

/* Asked back when the use of them was stopped, and once: the wish to be deleted
 * that comes after finds them asked back already. */
TEST_DB(contribution_that_was_restricted_can_be_erased)
{
	struct world w;
	struct recalls recalls;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	struct contribution c = said(&w, "wish", "Mere tid.");
	c.person = p.id;
	add(&w, &c);
	let_go(&w, c.id);
	struct voices_file file = {SCOPE_NETWORK, S("story"), 1};
	CHECK_OK(export_note_of(
	    db, arena, &w.leader, &file, &(struct ids){&c.id, 1}));
	struct erasure no = {.person = p.id,
	    .ground = S("journal"),
	    .note = S("Det hører til en sag.")};
	CHECK_OK(erasure_ask(db, arena, &w.leader, p.id));
	CHECK_OK(erasure_refuse(db, arena, &w.leader, &no));
	CHECK_OK(recall_list(db, arena, &w.leader, &recalls));
	CHECK_INT(recalls.n, 1);
	CHECK_OK(person_erase(db, arena, &w.leader, p.id));
	CHECK_INT(get(&w, c.id).original.n, 0);
	CHECK_OK(recall_list(db, arena, &w.leader, &recalls));
	CHECK_INT(recalls.n, 1);
}

TEST_DB(contribution_list_is_filtered_and_paged)
{
	struct world w;
	struct contribution_page page;
	world_new(&w, arena, db);
	for (int i = 0; i < 7; i++) {
		struct contribution c =
		    said(&w, i % 2 ? "wish" : "idea", "Ord.");
		c.id = id_new(NOW_US + i * SECOND_US);
		add(&w, &c);
		struct contribution now = get(&w, c.id);
		CHECK_OK(contribution_tag(
		    db, arena, &w.leader, &now, i < 2 ? S("tid") : S("")));
	}
	struct contribution_filter f = {.kind = S("idea"), .max = 3};
	CHECK_OK(contribution_list(db, arena, &w.leader, &f, &page));
	CHECK_INT(page.n, 3);
	CHECK_INT(page.total, 4);
	CHECK(id_cmp(page.list[0].id, page.list[1].id) > 0);
	f.before = page.list[2].id;
	CHECK_OK(contribution_list(db, arena, &w.leader, &f, &page));
	CHECK_INT(page.n, 1);
	f = (struct contribution_filter){.tag = S("tid"), .max = 50};
	CHECK_OK(contribution_list(db, arena, &w.leader, &f, &page));
	CHECK_INT(page.n, 2);
	f = (struct contribution_filter){.state = S("approved"), .max = 50};
	CHECK_OK(contribution_list(db, arena, &w.leader, &f, &page));
	CHECK_INT(page.n, 0);
}

TEST(contribution_names_are_pointed_out)
{
	CHECK_STR(contribution_names(arena,
		      S("Jeg talte med Jens Holm. Han sagde, at fru Bang og "
			"Mette fra Albertslund kommer.")),
	    S("Jens, Holm, Bang, Mette"));
	CHECK_INT(contribution_names(arena,
		      S("Jeg ventede. Det var svært i Albertslund.\nMad og te "
			"til I, der kom. Æbler?"))
		      .n,
	    0);
	CHECK_INT(contribution_names(arena, S("")).n, 0);
}

static ptrdiff_t
found(struct world *w, const struct actor *who, const char *query)
{
	struct contribution_search s = {.query = str_c(query)};
	CHECK_OK(contribution_search(w->db, w->arena, who, &s));
	return s.n;
}

/* By any form of its words, as far as one may read, and no longer than it is
 * there; also in the words that stand instead. */
TEST_DB(contribution_is_found_by_its_words)
{
	struct world w;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	struct contribution c = said(&w, "wish", "Flere bænke langs åen, tak.");
	struct contribution other = said(&w, "idea", "Bænken er for lav.");
	other.id = id_new(NOW_US + 1);
	other.person = p.id;
	add(&w, &c);
	add(&w, &other);
	CHECK_INT(found(&w, &w.leader, "bænk"), 2);
	CHECK_INT(found(&w, &w.leader, "\"langs åen\""), 1);
	CHECK_INT(found(&w, &w.leader, "bænk -lav"), 1);
	CHECK_INT(found(&w, &w.participant, "bænk"), 0); /* not looked at */
	CHECK_OK(move(&w, c.id, "reviewed", ""));
	CHECK_INT(found(&w, &w.participant, "bænk"), 1);
	struct contribution_search s = {
	    .query = S("bænk"), .filter = {.kind = S("idea")}};
	CHECK_OK(contribution_search(db, arena, &w.leader, &s));
	CHECK_INT(s.n, 1);
	struct contribution now = get(&w, c.id);
	CHECK_OK(
	    contribution_reword(db, arena, &w.leader, &now, S("Flere stole.")));
	CHECK_INT(found(&w, &w.leader, "stol"), 1);
	CHECK_INT(found(&w, &w.leader, "åen"), 0);
	CHECK_OK(contribution_withdraw(db, arena, &w.leader, c.id));
	CHECK_INT(found(&w, &w.leader, "stol"), 0);
	CHECK_OK(person_erase(db, arena, &w.leader, p.id));
	CHECK_INT(found(&w, &w.leader, "bænk"), 0);
}

/* The oldest of more than a thousand that have the word. */
TEST_DB(contribution_is_found_by_a_rare_filter)
{
	enum { OTHERS = 1050 };
	struct world w;
	world_new(&w, arena, db);
	struct contribution rare = said(&w, "idea", "En bænk ved åen.");
	add(&w, &rare);
	CHECK_OK(db_begin(db));
	for (int i = 1; i <= OTHERS; i++) {
		struct contribution c = said(&w, "wish", "Flere bænke.");
		w.leader.now_us = NOW_US + i * SECOND_US;
		c.id = id_new(w.leader.now_us);
		add(&w, &c);
	}
	CHECK_OK(db_commit(db));
	struct contribution_search s = {
	    .query = S("bænk"), .filter = {.kind = S("idea")}};
	CHECK_OK(contribution_search(db, arena, &w.leader, &s));
	CHECK_INT(s.n, 1);
	CHECK(id_eq(s.list[0].id, rare.id));
	CHECK(!s.more);
	s.filter.kind = S("wish");
	CHECK_OK(contribution_search(db, arena, &w.leader, &s));
	CHECK_INT(s.n, SEARCH_MOST);
	CHECK(s.more);
}
