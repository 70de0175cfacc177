/* SPDX-License-Identifier: MPL-2.0 */

/* How long anything is kept (R17): every table has a rule, nothing goes before
 * its day or without the archive's decision, and what goes is what was listed.
 */
#include "model/retention.h"

#include "base/buf.h"
#include "db/migrate.h"
#include "model/audit.h"
#include "model/demo.h"
#include "model/setting.h"
#include "tests/model/fixture.h"

static const struct key root = {{7}};

struct kept {
	struct db *db;
	struct arena *arena;
	struct keys keys;
	struct demo demo;
	struct actor program;
};

/* The worked example, which ended just now. */
static void
kept_new(struct kept *k, struct arena *a, struct db *db)
{
	static const char SQL_END[] = "UPDATE network SET state = 'closed',"
				      " changed_us = $2 WHERE org = $1";
	*k = (struct kept){.db = db, .arena = a, .keys = keys_derive(&root)};
	CHECK_OK(demo_create(db, a, &k->keys, NOW_US, &k->demo));
	k->program = actor_program(k->demo.org.id, &k->keys, NOW_US);
	CHECK_OK(
	    db_exec(db, SQL_END, NULL, DB_ID(k->demo.org.id), DB_INT(NOW_US)));
	CHECK_OK(retention_daily(db, a, &k->program));
}

static void
set(struct kept *k, const char *name, const char *value)
{
	struct setting s = {str_c(name), str_c(value)};
	CHECK_OK(setting_save(k->db, k->arena, &k->program, &s));
}

static struct retained
decision(struct kept *k, const char *what)
{
	return (struct retained){.network = k->demo.network,
	    .decision = str_c(what),
	    .reference = S("Sag 2026-17"),
	    .day = S("2026-11-24")};
}

static void
decide(struct kept *k, const char *what)
{
	struct retained r = decision(k, what);
	set(k, "archive_contact", "Fjordby Stadsarkiv");
	CHECK_OK(retention_decide(k->db, k->arena, &k->program, &r));
}

static struct retained
now_of(struct kept *k)
{
	struct retained r;
	CHECK_OK(
	    retention_get(k->db, k->arena, &k->program, k->demo.network, &r));
	return r;
}

static struct retain_counts
count(struct kept *k)
{
	struct retain_counts c;
	CHECK_OK(
	    retention_count(k->db, k->arena, &k->program, k->demo.network, &c));
	return c;
}

/* As the job does it; how many rows went. */
static int64_t
let_go(struct kept *k, int64_t *of)
{
	int64_t all = 0, gone;
	struct retain_rules rules = retain_rules();
	CHECK_OK(retention_begin(k->db, &k->program, k->demo.network));
	for (ptrdiff_t i = 0; i < rules.n; i++) {
		struct retain_piece p = {
		    k->demo.network, i, S("build/no-such-folder")};
		of[i] = 0;
		do {
			CHECK_OK(retention_piece(
			    k->db, k->arena, &k->program, &p, &gone));
			of[i] += gone;
		} while (gone > 0);
		all += of[i];
	}
	CHECK_OK(retention_end(k->db, k->arena, &k->program, k->demo.network));
	return all;
}

/* ---- every table ---- */

static const char SQL_TABLES_LITE[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table'"
    " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_words_%'";

static const char SQL_TABLES_PG[] =
    "SELECT table_name::text FROM information_schema.tables"
    " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";

/* The first table without a rule, or "". */
static struct str
without_rule(struct arena *a, struct db *db)
{
	struct db_rows rows;
	struct retain_rules rules = retain_rules();
	CHECK_OK(db_all(db, a,
	    db_kind(db) == DB_SQLITE ? SQL_TABLES_LITE : SQL_TABLES_PG, &rows,
	    DB_NONE));
	CHECK(rows.n > 60);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct str name = db_text(&rows.row[i], 0);
		ptrdiff_t r = 0;
		while (r < rules.n && !str_eq(str_c(rules.list[r].table), name))
			r++;
		if (r == rules.n)
			return name;
	}
	return S("");
}

TEST_DB(retention_every_table_has_a_rule)
{
	CHECK_STR(without_rule(arena, db), S(""));
}

/* The twin: a table that somebody added. */
TEST(retention_a_table_without_a_rule_is_found)
{
	struct db *db;
	struct db_place place = {.dir = S(":memory:")};
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	CHECK_OK(migrate_up(db, arena, migrate_embedded(), 1));
	struct migration more = {9999, S("x"),
	    S("CREATE TABLE diary (org BLOB NOT NULL, PRIMARY KEY (org));"),
	    S("")};
	CHECK_STR(without_rule(arena, db), S(""));
	struct migrations all = migrate_embedded();
	struct migration *list = arena_new(arena, struct migration, all.n + 1);
	for (ptrdiff_t i = 0; i < all.n; i++)
		list[i] = all.list[i];
	list[all.n] = more;
	CHECK_OK(
	    migrate_up(db, arena, (struct migrations){list, all.n + 1}, 1));
	CHECK_STR(without_rule(arena, db), S("diary"));
	db_close(db);
}

TEST_DB(retention_statements_can_be_prepared)
{
	for (ptrdiff_t i = 0; i < retain_rules().n; i++) {
		const struct retain_sql *sql = retain_sql(i);
		const char *const each[] = {sql->count, sql->piece, sql->total};
		for (ptrdiff_t k = 0; k < COUNT_OF(each); k++) {
			if (each[k] != NULL)
				CHECK_OK(db_prepare(db, each[k]));
		}
	}
}

/* A rule that deletes says why, from when and for how long. */
TEST(retention_rules_are_whole)
{
	struct retain_rules rules = retain_rules();
	for (ptrdiff_t i = 0; i < rules.n; i++) {
		const struct retain_rule *r = &rules.list[i];
		CHECK(r->why != NULL);
		CHECK(r->how > RETAIN_AGED || (r->clock && r->days));
		CHECK(r->how > RETAIN_AGED || r->label != NULL);
		CHECK((r->how == RETAIN_WORDS) == (r->set != NULL));
	}
}

/* ---- before its day, and without a decision ---- */

TEST_DB(retention_day_before_present_on_the_day_gone)
{
	struct kept k;
	int64_t *of = arena_new(arena, int64_t, retain_rules().n);
	kept_new(&k, arena, db);
	decide(&k, "discard");
	struct retained r = now_of(&k);
	CHECK_INT(r.due_us, NOW_US + 365 * DAY_US);
	CHECK(!retention_ready(&r, r.due_us - 1));
	CHECK(!retention_ready(&r, r.due_us - DAY_US));
	CHECK(retention_ready(&r, r.due_us));
	CHECK(count(&k).total > 100);
	k.program.now_us = r.due_us;
	let_go(&k, of);
	CHECK_INT(count(&k).total, 0);
	r = now_of(&k);
	CHECK(r.done_us == r.due_us);
	CHECK(!retention_ready(&r, r.due_us + DAY_US));
}

TEST_DB(retention_waits_for_the_archive)
{
	struct kept k;
	kept_new(&k, arena, db);
	struct retained r = decision(&k, "discard");
	int64_t late = NOW_US + 5000 * DAY_US;
	struct retained now = now_of(&k);
	CHECK(!retention_ready(&now, late));
	/* Nobody is set to ask. */
	CHECK_INT(retention_decide(db, arena, &k.program, &r), ERR_INVALID);
	decide(&k, "keep");
	now = now_of(&k);
	CHECK(!retention_ready(&now, late));
	r = decision(&k, "keep");
	r.handed = S("2026-11-24");
	CHECK_OK(retention_decide(db, arena, &k.program, &r));
	now = now_of(&k);
	CHECK(retention_ready(&now, late));
	CHECK_OK(retention_begin(db, &k.program, k.demo.network));
	CHECK_INT(retention_decide(db, arena, &k.program, &r), ERR_CONFLICT);
}

TEST(retention_decision_says_where_it_is_found)
{
	struct retained r = {.decision = S("keep"),
	    .reference = S("Sag 17"),
	    .day = S("2026-11-24"),
	    .handed = S("")};
	CHECK(!retention_check(&r, NOW_US).any);
	r.reference = S("");
	CHECK(retention_check(&r, NOW_US).reference != NULL);
	r.reference = S("Sag 010150-5678");
	CHECK(retention_check(&r, NOW_US).reference != NULL);
	r.day = S("2026-11-25");
	CHECK(retention_check(&r, NOW_US).day != NULL);
	r.decision = S("");
	CHECK(retention_check(&r, NOW_US).decision != NULL);
	r.decision = S("discard");
	r.handed = S("2026-11-24");
	CHECK(retention_check(&r, NOW_US).handed != NULL);
}

TEST_DB(retention_is_for_who_sees_every_network)
{
	struct world w;
	struct retained_list all;
	struct retain_counts c;
	struct retention_clock clock;
	int64_t gone;
	world_new(&w, arena, db);
	struct retained r = {.network = w.network};
	struct retain_piece p = {.network = w.network};
	CHECK_INT(retention_list(db, arena, &w.leader, &all), ERR_DENIED);
	CHECK_INT(
	    retention_count(db, arena, &w.leader, w.network, &c), ERR_DENIED);
	CHECK_INT(retention_decide(db, arena, &w.leader, &r), ERR_DENIED);
	CHECK_INT(retention_clock(db, arena, &w.leader, &clock), ERR_DENIED);
	CHECK_INT(retention_confirm(db, arena, &w.leader), ERR_DENIED);
	CHECK_INT(retention_piece(db, arena, &w.leader, &p, &gone), ERR_DENIED);
	/* One that has not ended is none of them. */
	CHECK_INT(retention_decide(db, arena, &w.program, &r), ERR_NOT_FOUND);
}

/* ---- what goes is what was listed ---- */

TEST_DB(retention_list_is_what_is_deleted)
{
	struct kept k;
	struct retain_rules rules = retain_rules();
	int64_t *of = arena_new(arena, int64_t, rules.n);
	kept_new(&k, arena, db);
	decide(&k, "discard");
	struct retain_counts before = count(&k);
	k.program.now_us = now_of(&k).due_us;
	/* By their count: a piece of rows with several to a key is one. */
	CHECK_INT(let_go(&k, of), before.total);
	for (ptrdiff_t i = 0; i < rules.n; i++)
		CHECK_INT(of[i], before.of[i]);
	CHECK_INT(now_of(&k).rows, before.total);
}

/* What a row of people, voices or the vault said is nowhere in the database. */
TEST_DB(retention_leaves_the_work_and_names_nobody)
{
	static const char SQL_LEFT[] =
	    "SELECT (SELECT COUNT(*) FROM contribution WHERE org = $1)"
	    " + (SELECT COUNT(*) FROM person WHERE org = $1)"
	    " + (SELECT COUNT(*) FROM search_doc WHERE org = $1)"
	    " + (SELECT COUNT(*) FROM vault v WHERE v.org = $1 AND NOT EXISTS"
	    "  (SELECT 1 FROM account s WHERE s.org = $1 AND s.id = v.person)),"
	    " (SELECT COUNT(*) FROM account WHERE org = $1),"
	    " (SELECT COUNT(*) FROM theme WHERE org = $1)";
	struct kept k;
	struct db_row row;
	struct audit_report report;
	int64_t *of = arena_new(arena, int64_t, retain_rules().n);
	kept_new(&k, arena, db);
	decide(&k, "discard");
	k.program.now_us = now_of(&k).due_us;
	let_go(&k, of);
	CHECK_OK(db_one(db, arena, SQL_LEFT, &row, DB_ID(k.demo.org.id)));
	CHECK_INT(db_int(&row, 0), 0);
	CHECK(db_int(&row, 1) > 3);
	CHECK(db_int(&row, 2) > 0);
	CHECK_OK(audit_verify(db, arena, NULL, 0, &report));
	CHECK_INT(report.n_faults, 0);
}

static int64_t
logged(struct kept *k, const char *action)
{
	static const char SQL[] =
	    "SELECT COUNT(*) FROM audit WHERE org = $1 AND chain = $2"
	    " AND action = $3 AND object = $2";
	struct db_row row;
	CHECK_OK(db_one(k->db, k->arena, SQL, &row, DB_ID(k->demo.org.id),
	    DB_ID(k->demo.network), DB_TEXT(str_c(action))));
	return db_int(&row, 0);
}

TEST_DB(retention_decision_and_deletion_are_in_the_chain)
{
	struct kept k;
	int64_t *of = arena_new(arena, int64_t, retain_rules().n);
	kept_new(&k, arena, db);
	decide(&k, "discard");
	CHECK_INT(logged(&k, "retention.discard"), 1);
	CHECK_INT(logged(&k, "retention.delete"), 0);
	k.program.now_us = now_of(&k).due_us;
	let_go(&k, of);
	CHECK_INT(logged(&k, "retention.delete"), 1);
}

/* ---- the clock ---- */

static struct retention_clock
clock_of(struct kept *k)
{
	struct retention_clock c;
	CHECK_OK(retention_clock(k->db, k->arena, &k->program, &c));
	return c;
}

static void
day(struct kept *k, int64_t us)
{
	k->program.now_us += us;
	CHECK_OK(retention_daily(k->db, k->arena, &k->program));
}

/* trust TR16: -2 h, +2 h, +10 years. */
TEST_DB(retention_notices_that_the_clock_jumped)
{
	struct kept k;
	kept_new(&k, arena, db);
	day(&k, 2 * HOUR_US);
	day(&k, DAY_US);
	CHECK_INT(clock_of(&k).held_us, 0);
	day(&k, -2 * HOUR_US);
	CHECK(clock_of(&k).held_us != 0);
	CHECK_OK(retention_confirm(db, arena, &k.program));
	CHECK_INT(clock_of(&k).held_us, 0);
	day(&k, 3650 * DAY_US);
	CHECK(clock_of(&k).held_us != 0);
	/* Being back does not make it trusted. */
	day(&k, -3650 * DAY_US);
	CHECK(clock_of(&k).held_us != 0);
}

TEST_DB(retention_knows_how_much_would_go)
{
	struct kept k;
	struct retain_share share;
	kept_new(&k, arena, db);
	decide(&k, "discard");
	struct retained r = now_of(&k);
	struct retained_list one = {&r, 1}, none = {0};
	CHECK_OK(retention_share(db, arena, &k.program, &one, &share));
	CHECK_INT(share.percent, 100);
	CHECK(share.table.n > 0);
	CHECK_OK(retention_share(db, arena, &k.program, &none, &share));
	CHECK_INT(share.percent, 0);
	CHECK_STR(share.table, S(""));
}

TEST_DB(retention_clock_starts_anew_when_a_network_goes_on)
{
	static const char SQL_STATE[] = "UPDATE network SET state = $2,"
					" changed_us = $3 WHERE org = $1";
	struct kept k;
	kept_new(&k, arena, db);
	decide(&k, "discard");
	CHECK_OK(db_exec(db, SQL_STATE, NULL, DB_ID(k.demo.org.id),
	    DB_TEXT(S("active")), DB_INT(NOW_US)));
	struct retained r;
	day(&k, DAY_US);
	CHECK_INT(retention_get(db, arena, &k.program, k.demo.network, &r),
	    ERR_NOT_FOUND);
	CHECK_OK(db_exec(db, SQL_STATE, NULL, DB_ID(k.demo.org.id),
	    DB_TEXT(S("closed")), DB_INT(NOW_US + DAY_US)));
	day(&k, DAY_US);
	r = now_of(&k);
	CHECK_STR(r.decision, S(""));
	CHECK_INT(r.ended_us, NOW_US + DAY_US);
}
