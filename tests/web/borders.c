/* SPDX-License-Identifier: MPL-2.0 */

/* Things of another network, of another organisation, of another person: asked
 * for by their address, named in a form, followed as a calendar. */
#include "base/buf.h"
#include "tests/web/cases.h"

/* ---- another network's records, inside one's own ---- */

/* The same record in the other network, and its id. */
static struct id
save_there(struct full *f, struct record *r)
{
	struct record_saved saved;
	struct world *w = &f->web.world;
	struct actor other = actor_inside(&w->program, f->other);
	r->network = f->other;
	CHECK_OK(record_save(w->db, w->arena, &other, r, &saved));
	return r->id;
}

static struct id
question_there(struct full *f)
{
	struct record r = {.kind = KIND_QUESTION, .id = id_new(NOW_US)};
	record_set(&r, "text", S("Hvad ved de andre?"));
	record_set(&r, "state", S("open"));
	return save_there(f, &r);
}

static struct id
actor_there(struct full *f)
{
	struct record r = {.kind = KIND_ACTOR, .id = id_new(NOW_US)};
	record_set(&r, "name", S("Skolebestyrelsen"));
	record_set(&r, "kind", S("citizen"));
	return save_there(f, &r);
}

static struct str
at(struct full *f, const char *rest, struct id id)
{
	struct arena *a = f->web.world.arena;
	return str_cat(a, web_path(&f->web, rest), id_text(a, id));
}

static struct str
without(struct full *f, struct str body, struct id id)
{
	struct arena *a = f->web.world.arena;
	return str_replace(a, body, id_text(a, id), S("ID"));
}

/* Both are answered alike, to the byte. */
static void
check_alike(struct full *f, struct reply there, struct id id_there,
    struct reply none, struct id id_none)
{
	CHECK_INT(there.status, none.status);
	CHECK_INT(there.headers.n, none.headers.n);
	CHECK_STR(
	    without(f, there.body, id_there), without(f, none.body, id_none));
}

TEST_DB(another_networks_record_is_not_there)
{
	struct full f;
	web_full(&f, arena, db);
	web_session(&f.web, f.web.world.mette);
	struct id there = question_there(&f), none = id_new(NOW_US);
	struct str change = S("rev=1&text=Mit&state=open");
	struct reply x, y;
	x = web_get(&f.web, at(&f, "/historik/spoergsmaal/", there));
	y = web_get(&f.web, at(&f, "/historik/spoergsmaal/", none));
	CHECK_INT(x.status, 404);
	check_alike(&f, x, there, y, none);
	x = web_get(&f.web, at(&f, "/plan?ret=spoergsmaal.", there));
	y = web_get(&f.web, at(&f, "/plan?ret=spoergsmaal.", none));
	CHECK_INT(x.status, 404);
	check_alike(&f, x, there, y, none);
	x = web_post(&f.web, at(&f, "/gem/spoergsmaal/", there), change);
	y = web_post(&f.web, at(&f, "/gem/spoergsmaal/", none), change);
	CHECK_INT(x.status, 404);
	check_alike(&f, x, there, y, none);
	x = web_post(&f.web, at(&f, "/fjern/spoergsmaal/", there), S("rev=1"));
	y = web_post(&f.web, at(&f, "/fjern/spoergsmaal/", none), S("rev=1"));
	CHECK_INT(x.status, 404);
	check_alike(&f, x, there, y, none);
}

/* A form that names one says that it is not there; so does one that names an
 * account that is no member. */
TEST_DB(a_form_cannot_name_what_is_not_ones_own)
{
	struct full f;
	web_full(&f, arena, db);
	web_session(&f.web, f.web.world.mette);
	struct id there = actor_there(&f), none = id_new(NOW_US);
	struct str path = at(&f, "/gem/deltager/", id_new(NOW_US));
	static const char form[] = "rev=0&name=X&state=active&actor=%.*s";
	struct reply x = web_post(
	    &f.web, path, str_fmt(arena, form, STR_ARG(id_text(arena, there))));
	struct reply y = web_post(
	    &f.web, path, str_fmt(arena, form, STR_ARG(id_text(arena, none))));
	CHECK_INT(x.status, 422);
	CHECK_INT(y.status, 422);
	CHECK_HAS(x.body, S("Den er der ikke længere."));
	CHECK_LACKS(x.body, S("Skolebestyrelsen"));
	CHECK_INT(x.body.n, y.body.n);
	path = at(&f, "/gem/opgave/", id_new(NOW_US));
	x = web_post(&f.web, path,
	    str_fmt(arena, "rev=0&title=X&state=open&owner=%.*s",
		STR_ARG(id_text(arena, f.ida))));
	CHECK_INT(x.status, 422);
}

/* ---- another organisation in the same database ---- */

static const char SQL_HOST[] =
    "UPDATE organisation SET host = 'samskab.test' WHERE org = $1";

struct elsewhere {
	struct org org;
	struct id account, network;
};

static void
make_elsewhere(struct full *f, struct elsewhere *e)
{
	struct record_faults faults;
	struct world *w = &f->web.world;
	*e = (struct elsewhere){
	    .org = {.id = id_new(NOW_US + 5),
		.name = S("Bjergby"),
		.host = S("bjergby.test")},
	    .account = id_new(NOW_US + 6),
	    .network = id_new(NOW_US + 7),
	};
	CHECK_OK(org_create(w->db, w->arena, e->org, NOW_US));
	struct actor program = actor_program(e->org.id, &w->keys, NOW_US);
	struct account_form form = {.name = S("Bo Berg"),
	    .mail = S("bo@bjergby.example"),
	    .is_admin = true};
	CHECK_OK(account_create(w->db, w->arena, &program, e->account, form));
	struct network_form network = {
	    .name = S("Bjerget"), .type = S("learning"), .leader = e->account};
	CHECK_OK(network_create(
	    w->db, w->arena, &program, e->network, &network, &faults));
	CHECK_OK(db_exec(w->db, SQL_HOST, NULL, DB_ID(w->org.id)));
	CHECK_OK(org_list(w->db, w->arena, &f->web.site->orgs));
	CHECK_INT(f->web.site->orgs.n, 2);
}

static struct reply
get_from(struct full *f, struct str host, struct str path)
{
	struct http_pair list[] = {
	    {S("host"), host}, {S("cookie"), f->web.cookie}};
	return web_raw(
	    &f->web, HTTP_GET, path, S(""), (struct http_pairs){list, 2});
}

TEST_DB(another_organisation_is_another_world)
{
	struct full f;
	struct elsewhere e;
	web_full(&f, arena, db);
	make_elsewhere(&f, &e);
	web_session(&f.web, f.web.world.mette);
	struct str here = S("samskab.test"), there = S("bjergby.test");
	struct id none = id_new(NOW_US);
	CHECK_INT(get_from(&f, here, S("/")).status, 200);
	/* A session of one is none of the other. */
	struct reply r = get_from(&f, there, S("/"));
	CHECK_STR(r.location, S("/log-ind"));
	/* Whoever administers one sees nothing of the other's. */
	struct str accounts = get_from(&f, here, S("/admin/brugere")).body;
	CHECK_HAS(accounts, S("Ida Lund"));
	CHECK_LACKS(accounts, S("Bo Berg"));
	struct str account = S("/admin/brugere/"), network = S("/netvaerk/");
	struct reply x = get_from(
	    &f, here, str_cat(arena, account, id_text(arena, e.account)));
	struct reply y =
	    get_from(&f, here, str_cat(arena, account, id_text(arena, none)));
	CHECK_INT(x.status, 404);
	check_alike(&f, x, e.account, y, none);
	x = get_from(
	    &f, here, str_cat(arena, network, id_text(arena, e.network)));
	y = get_from(&f, here, str_cat(arena, network, id_text(arena, none)));
	CHECK_INT(x.status, 404);
	check_alike(&f, x, e.network, y, none);
	/* A host name that is nobody's. */
	CHECK_INT(get_from(&f, S("ukendt.test"), S("/")).status, 404);
}

/* A one-time link, a calendar and a password are good at home only. */
TEST_DB(what_opens_one_organisation_opens_no_other)
{
	struct full f;
	struct elsewhere e;
	struct str link, feed;
	web_full(&f, arena, db);
	make_elsewhere(&f, &e);
	struct actor bo = actor_program(e.org.id, &f.web.world.keys, NOW_US);
	bo.account = e.account;
	CHECK_OK(link_new(db, arena, &bo, e.account, &link));
	CHECK_OK(account_feed_new(db, arena, &bo, &feed));
	struct str link_path = str_cat(arena, S("/log-ind/link/"), link);
	struct str feed_path = str_cat(arena, S("/kalender/"), feed);
	struct str here = S("samskab.test"), there = S("bjergby.test");
	CHECK_INT(get_from(&f, here, link_path).status, 410);
	CHECK_INT(get_from(&f, there, link_path).status, 200);
	CHECK_INT(get_from(&f, here, feed_path).status, 404);
	CHECK_INT(get_from(&f, there, feed_path).status, 200);
	struct reply r = web_post(&f.web, S("/log-ind"),
	    S("mail=bo%40bjergby.example")); /* asked for at the wrong door */
	CHECK_INT(r.status, 303);
	struct db_row row;
	CHECK_OK(
	    db_one(db, arena, "SELECT COUNT(*) FROM outbox WHERE org <> $1",
		&row, DB_ID(f.web.world.org.id)));
	CHECK_INT(db_int(&row, 0), 0);
}

/* ---- calendars ---- */

static struct str
new_feed(struct full *f, struct id account)
{
	struct str token;
	struct world *w = &f->web.world;
	struct actor who = world_as(w, account);
	CHECK_OK(account_feed_new(w->db, w->arena, &who, &token));
	return str_cat(w->arena, S("/kalender/"), token);
}

static void
give_task(struct full *f, struct str title, struct id owner)
{
	struct world *w = &f->web.world;
	struct record task = world_record(w, KIND_TASK);
	record_set(&task, "title", title);
	record_set(&task, "owner", id_text(w->arena, owner));
	record_set(&task, "due", S("2026-12-01"));
	world_save(w, &task);
}

/* Whoever has the address sees its owner's tasks, whoever they are. */
TEST_DB(a_calendar_shows_its_owners_tasks_to_whoever_has_it)
{
	struct full f;
	web_full(&f, arena, db);
	struct world *w = &f.web.world;
	give_task(&f, S("Alis opgave"), w->ali);
	give_task(&f, S("Mettes opgave"), w->mette);
	struct str ali = new_feed(&f, w->ali), mette = new_feed(&f, w->mette);
	web_session(&f.web, w->mette);
	struct str body = web_get(&f.web, ali).body;
	CHECK_HAS(body, S("Alis opgave"));
	CHECK_LACKS(body, S("Mettes opgave"));
	web_nobody(&f.web);
	body = web_get(&f.web, mette).body;
	CHECK_HAS(body, S("Mettes opgave"));
	CHECK_LACKS(body, S("Alis opgave"));
}

TEST_DB(a_calendar_ends_with_its_address_the_role_and_the_account)
{
	struct full f;
	web_full(&f, arena, db);
	struct world *w = &f.web.world;
	give_task(&f, S("Alis opgave"), w->ali);
	struct str old = new_feed(&f, w->ali);
	CHECK_INT(web_get(&f.web, old).status, 200);
	struct str now = new_feed(&f, w->ali);
	struct reply gone = web_get(&f.web, old);
	struct reply never =
	    web_get(&f.web, str_cat(arena, S("/kalender/"), token_new(arena)));
	CHECK_INT(gone.status, 404);
	CHECK_INT(never.status, 404);
	CHECK_INT(gone.body.n, never.body.n);
	CHECK_HAS(web_get(&f.web, now).body, S("Alis opgave"));
	CHECK_OK(network_drop_member(
	    db, arena, &w->leader, w->ali, ROLE_PARTICIPANT));
	struct reply left = web_get(&f.web, now);
	CHECK_INT(left.status, 200);
	CHECK_LACKS(left.body, S("Alis opgave"));
	CHECK_OK(account_enable(db, arena, &w->program, w->ali, false));
	CHECK_INT(web_get(&f.web, now).status, 404);
}
