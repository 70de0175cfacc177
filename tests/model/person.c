/* SPDX-License-Identifier: MPL-2.0 */

/* The people a network asks: their row, their sealed contact details, who may
 * see which, and how often they were asked. */
#include "model/person.h"

#include "model/network.h"
#include "tests/model/fixture.h"

static struct person
karen(struct world *w)
{
	return (struct person){.id = id_new(w->leader.now_us),
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .age = S("67-79"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand hjemme"),
	    .source = S("named")};
}

static struct person
saved(struct world *w)
{
	struct person p = karen(w), out;
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	CHECK_OK(person_get(w->db, w->arena, &w->leader, p.id, &out));
	return out;
}

static const struct person_contact details = {.name = S_INIT("Karen Holm"),
    .mail = S_INIT("karen@borger.example"),
    .phone = S_INIT("+45 20 30 40 50"),
    .address = S_INIT("Elmevej 3\n9999 Fjordby")};

TEST_DB(person_is_known_by_a_number_and_an_alias)
{
	struct world w;
	world_new(&w, arena, db);
	struct person p = saved(&w);
	CHECK(p.number >= 1000 && p.number <= 9999);
	CHECK_STR(person_code(arena, 1842), S("K-1842"));
	CHECK_STR(p.state, S("proposed"));
	CHECK_STR(p.alias, S("Karen"));
	CHECK(!id_is_set(p.vault));
	p.alias = S("K");
	CHECK_OK(person_save(db, arena, &w.leader, &p));
	CHECK_INT(person_save(db, arena, &w.leader, &p), ERR_CONFLICT);
	CHECK_OK(person_set_state(db, arena, &w.leader, p.id, S("yes")));
	CHECK_INT(person_set_state(db, arena, &w.leader, p.id, S("erased")),
	    ERR_INVALID);
	struct person_page page;
	struct person_filter filter = {.state = S("yes")};
	CHECK_OK(person_list(db, arena, &w.leader, &filter, &page));
	CHECK_INT(page.total, 1);
	CHECK_STR(page.list[0].alias, S("K"));
	filter.state = S("no");
	CHECK_OK(person_list(db, arena, &w.leader, &filter, &page));
	CHECK_INT(page.n, 0);
}

TEST_DB(person_saved_twice_is_one)
{
	struct world w;
	struct person_page page;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	CHECK_OK(person_save(db, arena, &w.leader, &p));
	CHECK_OK(person_save(db, arena, &w.leader, &p));
	CHECK_OK(person_list(
	    db, arena, &w.leader, &(struct person_filter){0}, &page));
	CHECK_INT(page.total, 1);
}

TEST_DB(person_contact_is_read_with_a_reason_and_logged)
{
	struct world w;
	struct person_contact out;
	struct access_rows log;
	world_new(&w, arena, db);
	struct person p = saved(&w);
	CHECK_INT(
	    person_contact_read(db, arena, &w.leader, p.id, S("Ringe"), &out),
	    ERR_NOT_FOUND);
	CHECK_OK(person_contact_put(db, arena, &w.leader, p.id, &details));
	CHECK_INT(person_contact_read(db, arena, &w.leader, p.id, S(" "), &out),
	    ERR_INVALID);
	CHECK_OK(access_list(db, arena, &w.leader, 10, &log));
	CHECK_INT(log.n, 0);
	CHECK_OK(person_contact_read(
	    db, arena, &w.leader, p.id, S("Ringe om besøget"), &out));
	CHECK_STR(out.name, details.name);
	CHECK_STR(out.address, details.address);
	CHECK_STR(out.guardian, S(""));
	CHECK_OK(access_list(db, arena, &w.leader, 10, &log));
	CHECK_INT(log.n, 1);
	CHECK(id_eq(log.list[0].person, p.id));
	CHECK_STR(log.list[0].reason, S("Ringe om besøget"));
}

TEST_DB(person_contact_is_for_those_who_may)
{
	struct world w;
	struct person_contact out;
	struct person_page page;
	world_new(&w, arena, db);
	struct person p = saved(&w);
	CHECK_OK(person_contact_put(db, arena, &w.leader, p.id, &details));
	CHECK_INT(person_contact_read(
		      db, arena, &w.decider, p.id, S("Nysgerrig"), &out),
	    ERR_DENIED);
	CHECK_INT(person_list(
		      db, arena, &w.decider, &(struct person_filter){0}, &page),
	    ERR_DENIED);
	CHECK_INT(person_save(db, arena, &w.decider, &p), ERR_DENIED);
	CHECK_INT(person_contact_put(db, arena, &w.decider, p.id, &details),
	    ERR_DENIED);
}

TEST_DB(person_is_the_same_in_another_network)
{
	struct world w;
	struct person other;
	struct record_faults faults;
	struct id id = id_new(NOW_US);
	world_new(&w, arena, db);
	struct person p = saved(&w);
	CHECK_OK(person_contact_put(db, arena, &w.leader, p.id, &details));
	struct network_form form = {.name = S("Et andet"),
	    .type = S("welfare"),
	    .leader = w.leader.account};
	CHECK_OK(network_create(db, arena, &w.program, id, &form, &faults));
	struct actor there = actor_inside(&w.program, id);
	struct person q = karen(&w);
	CHECK_OK(person_save(db, arena, &there, &q));
	struct person_contact same = {
	    .name = S("karen  holm"), .phone = S("20304050")};
	CHECK_OK(person_contact_put(db, arena, &there, q.id, &same));
	CHECK_OK(person_get(db, arena, &w.leader, p.id, &p));
	CHECK_OK(person_get(db, arena, &there, q.id, &q));
	CHECK(id_eq(p.vault, q.vault));
	/* Who shares the phone only is somebody else. */
	struct person husband = karen(&w);
	CHECK_OK(person_save(db, arena, &there, &husband));
	same.name = S("Jens Holm");
	CHECK_OK(person_contact_put(db, arena, &there, husband.id, &same));
	CHECK_OK(person_get(db, arena, &there, husband.id, &other));
	CHECK(!id_eq(other.vault, p.vault));
	/* Asked in both: it is one burden. */
	struct burden burden;
	CHECK_OK(asked_add(db, arena, &w.leader, p.id, (struct id){0}, 60));
	CHECK_OK(asked_add(db, arena, &there, q.id, (struct id){0}, 30));
	CHECK_OK(asked_add(db, arena, &there, other.id, (struct id){0}, 30));
	CHECK_OK(person_burden(db, arena, &w.leader, p.id, &burden));
	CHECK_INT(burden.times_90_days, 2);
	CHECK_INT(burden.minutes_asked, 60);
	CHECK_INT(burden.minutes_used, 0);
	w.leader.now_us += 91 * INT64_C(24) * 3600 * 1000000;
	CHECK_OK(person_burden(db, arena, &w.leader, p.id, &burden));
	CHECK_INT(burden.times_90_days, 0);
}

/* Somebody who registers with an address is in no account's way. */
TEST_DB(person_with_the_mail_of_an_account_is_another_entry)
{
	struct world w;
	struct id found;
	world_new(&w, arena, db);
	struct person p = saved(&w);
	struct person_contact c = {
	    .name = S("Lis Ås"), .mail = S("lis@fjordby.example")};
	CHECK_OK(person_contact_put(db, arena, &w.leader, p.id, &c));
	CHECK_OK(person_get(db, arena, &w.leader, p.id, &p));
	CHECK(!id_eq(p.vault, w.lis));
	if (vault_find_mail(db, arena, &w.program, c.mail, &found) == ERR_OK)
		CHECK(!id_eq(found, p.vault));
}

/* ---- erasing ---- */

static const char SQL_TABLES[] =
    "SELECT (SELECT count(*) FROM person_value WHERE org = $1 AND person = $2)"
    " + (SELECT count(*) FROM code WHERE org = $1 AND person = $2)"
    " + (SELECT count(*) FROM message WHERE org = $1 AND person = $2)"
    " + (SELECT count(*) FROM sending WHERE org = $1 AND person = $2)"
    " + (SELECT count(*) FROM asked WHERE org = $1 AND person = $2"
    "     AND vault IS NOT NULL)";

static const char SQL_MESSAGE[] =
    "INSERT INTO message (org, network, id, person, at_us, text)"
    " VALUES ($1, $2, $3, $4, 1, 'kanarie')";

static const char SQL_CODE[] =
    "INSERT INTO code (org, hash, network, person, created_us, ends_us)"
    " VALUES ($1, $2, $3, $4, 1, 2)";

static int64_t
traces(struct world *w, struct id person)
{
	struct db_row row;
	CHECK_OK(db_one(w->db, w->arena, SQL_TABLES, &row, DB_ID(w->org.id),
	    DB_ID(person)));
	return db_int(&row, 0);
}

static void
leave_traces(struct world *w, struct id person)
{
	struct hash hash = hash_of(id_text(w->arena, person));
	CHECK_OK(db_exec(w->db, SQL_MESSAGE, NULL, DB_ID(w->org.id),
	    DB_ID(w->network), DB_ID(id_new(NOW_US)), DB_ID(person)));
	CHECK_OK(db_exec(w->db, SQL_CODE, NULL, DB_ID(w->org.id), DB_HASH(hash),
	    DB_ID(w->network), DB_ID(person)));
	CHECK_OK(
	    asked_add(w->db, w->arena, &w->leader, person, (struct id){0}, 60));
}

TEST_DB(person_erased_leaves_a_number_only)
{
	struct world w;
	struct person_contact out;
	struct vault_contact sealed;
	world_new(&w, arena, db);
	struct person p = saved(&w);
	CHECK_OK(person_contact_put(db, arena, &w.leader, p.id, &details));
	CHECK_OK(person_get(db, arena, &w.leader, p.id, &p));
	leave_traces(&w, p.id);
	CHECK_INT(traces(&w, p.id), 3);
	CHECK_INT(person_erase(db, arena, &w.decider, p.id), ERR_DENIED);
	CHECK_OK(person_erase(db, arena, &w.leader, p.id));
	CHECK_OK(person_erase(db, arena, &w.leader, p.id));
	CHECK_INT(traces(&w, p.id), 0);
	CHECK_INT(vault_contact_get(db, arena, &w.program, p.vault, &sealed),
	    ERR_NOT_FOUND);
	struct person gone;
	CHECK_OK(person_get(db, arena, &w.leader, p.id, &gone));
	CHECK_STR(gone.state, S("erased"));
	CHECK_INT(gone.number, p.number);
	CHECK_INT(gone.alias.n + gone.reason.n + gone.age.n, 0);
	CHECK_INT(
	    person_contact_read(db, arena, &w.leader, p.id, S("Ringe"), &out),
	    ERR_NOT_FOUND);
	CHECK_INT(person_contact_put(db, arena, &w.leader, p.id, &details),
	    ERR_NOT_FOUND);
	CHECK_INT(person_set_state(db, arena, &w.leader, p.id, S("yes")),
	    ERR_NOT_FOUND);
}

/* ---- what may stand in a row ---- */

/* guide:S47: needs are asked, not guessed. */
TEST_DB(person_needs_are_asked_not_guessed)
{
	struct world w;
	struct person_faults f;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	p.needs = S("transport companion");
	person_check(db, arena, &w.leader, &p, &f);
	CHECK(f.needs != NULL && f.any);
	CHECK_INT(person_save(db, arena, &w.leader, &p), ERR_INVALID);
	p.needs_asked_us = NOW_US;
	CHECK_OK(person_save(db, arena, &w.leader, &p));
	p.needs = S("transport mind_reading");
	person_check(db, arena, &w.leader, &p, &f);
	CHECK(f.needs != NULL);
}

/* guide:S36: whoever is asked is asked for a reason. */
TEST_DB(person_is_asked_for_a_reason)
{
	struct world w;
	struct person_faults f;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	p.reason = S(" ");
	p.channel = S("pigeon");
	p.actor_kind = S("robot");
	p.group = id_new(1);
	person_check(db, arena, &w.leader, &p, &f);
	CHECK(f.reason && f.channel && f.actor_kind && f.group);
	CHECK(!f.alias && !f.lang && !f.age);
}

TEST_DB(person_row_holds_no_cpr_number)
{
	struct world w;
	struct person_faults f;
	struct person_contact contact = details;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	p.alias = p.reason = p.big_wish = S("010150-5678");
	person_check(db, arena, &w.leader, &p, &f);
	CHECK(f.alias && f.reason && f.big_wish && f.any);
	contact.name = S("Karen Holm 010150 5678");
	CHECK(person_contact_check(&contact).name != NULL);
	CHECK(!person_contact_check(&details).any);
}

/* No CPR number in any of them: they lie sealed, but are printed. */
TEST(person_contact_holds_no_cpr_number)
{
	struct person_contact c = {
	    .name = S("Karen Holm"), .phone = S("20304050")};
	CHECK(!person_contact_check(&c).any);
	struct str *parts[] = {&c.name, &c.phone, &c.address, &c.guardian};
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++) {
		struct str was = *parts[i];
		*parts[i] = S("Holm 010145-5678");
		CHECK(person_contact_check(&c).any);
		*parts[i] = was;
	}
	CHECK(!person_contact_check(&c).any);
}
