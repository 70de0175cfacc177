/* SPDX-License-Identifier: MPL-2.0 */

/* One person in several networks shares one vault entry: what one network does
 * with it takes nothing from another, and who only says that they are somebody
 * changes nothing. */
#include "model/interest.h"

#include "tests/model/fixture.h"

struct shared {
	struct world w;
	struct actor there; /* the program in the second network */
	struct person karen; /* in the first one */
};

static const struct person_contact known = {.name = S_INIT("Karen Holm"),
    .mail = S_INIT("karen@borger.example"),
    .phone = S_INIT("20 30 40 50"),
    .address = S_INIT("Elmevej 3"),
    .guardian = S_INIT("Bo Holm")};

static struct person
new_person(void)
{
	return (struct person){.id = id_new(NOW_US),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand"),
	    .source = S("named")};
}

static void
shared_new(struct shared *s, struct arena *a, struct db *db)
{
	struct record_faults faults;
	struct id id = id_new(NOW_US);
	world_new(&s->w, a, db);
	struct network_form form = {
	    .name = S("Et andet"), .type = S("welfare"), .leader = s->w.mette};
	CHECK_OK(network_create(db, a, &s->w.program, id, &form, &faults));
	s->there = actor_inside(&s->w.program, id);
	s->there.now_us += DAY_US; /* the older entry is the first found */
	s->karen = new_person();
	CHECK_OK(person_save(db, a, &s->w.leader, &s->karen));
	CHECK_OK(person_contact_put(db, a, &s->w.leader, s->karen.id, &known));
	CHECK_OK(person_get(db, a, &s->w.leader, s->karen.id, &s->karen));
}

static struct person_contact
read_here(struct shared *s)
{
	struct person_contact c;
	CHECK_OK(person_contact_read(
	    s->w.db, s->w.arena, &s->w.leader, s->karen.id, S("Ringe"), &c));
	return c;
}

static void
check_untouched(struct shared *s)
{
	struct person_contact c = read_here(s);
	CHECK_STR(c.name, known.name);
	CHECK_STR(c.mail, known.mail);
	CHECK_STR(c.phone, known.phone);
	CHECK_STR(c.address, known.address);
	CHECK_STR(c.guardian, known.guardian);
}

/* A list with name and phone only is no reason to forget the rest. */
TEST_DB(shared_entry_keeps_what_another_network_does_not_know)
{
	struct shared s;
	struct person_contact less = {
	    .name = S("Karen Holm"), .phone = S("20 30 40 50")};
	shared_new(&s, arena, db);
	struct person p = new_person();
	CHECK_OK(person_save(db, arena, &s.there, &p));
	CHECK_OK(person_contact_put(db, arena, &s.there, p.id, &less));
	CHECK_OK(person_get(db, arena, &s.there, p.id, &p));
	CHECK(id_eq(p.vault, s.karen.vault));
	check_untouched(&s);
	/* The twin: what is told anew counts, and who has the entry before
	 * them can take something out. */
	less.address = S("Birkevej 9");
	CHECK_OK(person_contact_put(db, arena, &s.there, p.id, &less));
	CHECK_STR(read_here(&s).address, S("Birkevej 9"));
	CHECK_STR(read_here(&s).mail, S(""));
}

static void
register_as(struct shared *s, struct person_contact contact)
{
	struct interest set = {.open = true, .about = S("Kom og vær med.")};
	struct registration r = {.id = id_new(NOW_US), .contact = contact};
	struct world *w = &s->w;
	CHECK_OK(interest_save(w->db, w->arena, &s->there, &set));
	CHECK_OK(interest_register(w->db, w->arena, &s->there, &set, &r));
	CHECK_OK(person_get(w->db, w->arena, &s->there, r.id, &s->karen));
}

/* Who knows a name and a phone sends nobody's letters elsewhere. */
TEST_DB(shared_entry_is_not_changed_from_the_open_page)
{
	struct shared s;
	shared_new(&s, arena, db);
	struct person karen = s.karen;
	register_as(&s,
	    (struct person_contact){.name = S("karen holm"),
		.mail = S("tyv@evil.example"),
		.phone = S("20304050")});
	struct person thief = s.karen;
	s.karen = karen;
	check_untouched(&s);
	CHECK(!id_eq(thief.vault, karen.vault));
	/* The twin: who says nothing new is the same person. */
	register_as(&s,
	    (struct person_contact){
		.name = S("karen holm"), .phone = S("+45 20304050")});
	CHECK(id_eq(s.karen.vault, karen.vault));
	s.karen = karen;
	check_untouched(&s);
}

/* Protected in one network, protected in all. */
TEST_DB(shared_entry_is_protected_in_every_network)
{
	struct shared s;
	struct person_page page;
	shared_new(&s, arena, db);
	struct person p = new_person();
	CHECK_OK(person_save(db, arena, &s.there, &p));
	CHECK_OK(person_contact_put(db, arena, &s.there, p.id, &known));
	CHECK_OK(person_get(db, arena, &s.there, p.id, &p));
	CHECK(!p.protected_address); /* the twin */
	s.karen.protected_address = true;
	CHECK_OK(person_save(db, arena, &s.w.leader, &s.karen));
	CHECK_OK(person_get(db, arena, &s.there, p.id, &p));
	CHECK(p.protected_address);
	CHECK_OK(person_list(
	    db, arena, &s.there, &(struct person_filter){0}, &page));
	CHECK_INT(page.n, 1);
	CHECK(page.list[0].protected_address);
}
