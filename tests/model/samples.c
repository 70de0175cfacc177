/* SPDX-License-Identifier: MPL-2.0 */

/* What an earlier release kept is brought up to this one, on both databases:
 * each tests/samples/NNNN.sql is loaded into schema NNNN, migrated, and read
 * as the program reads it.  tests/sample.sh writes one. */
#include <dirent.h>

#include "base/buf.h"
#include "db/migrate.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/catalogue.h"
#include "model/org.h"
#include "model/plan.h"
#include "tests/test.h"

#define SAMPLES "tests/samples"

/* :id'0192...' and :bytes'0192...' in the words of one database. */
static struct str
translated(struct arena *a, enum db_kind kind, struct str sql)
{
	bool sqlite = kind == DB_SQLITE;
	sql = str_replace(a, sql, S(":id'"), sqlite ? S("X'") : S("'"));
	return str_replace(a, sql, S(":bytes'"), sqlite ? S("X'") : S("'\\x"));
}

/* "-- key 0123..." in the third line. */
static struct keys
keys_of(struct str sample)
{
	struct key root;
	struct str mark = S("-- key ");
	ptrdiff_t at = str_find(sample, mark);
	CHECK(at >= 0);
	struct str hex = str_sub(sample, at + mark.n, at + mark.n + 64);
	for (ptrdiff_t i = 0; i < 32; i++) {
		int byte = 0;
		for (ptrdiff_t n = 2 * i; n < 2 * i + 2; n++) {
			char c = hex.p[n];
			byte = byte * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
		}
		root.b[i] = (unsigned char)byte;
	}
	return keys_derive(&root);
}

static void
load(struct db *db, struct arena *a, enum db_kind kind, int64_t version,
    struct str sample)
{
	struct migrations all = migrate_embedded(), then = all;
	then.n = 0;
	while (then.n < all.n && all.list[then.n].version <= version)
		then.n++;
	CHECK(then.n > 0);
	CHECK_OK(migrate_up(db, a, then, 1));
	CHECK_OK(db_begin(db));
	CHECK_OK(db_script(db, translated(a, kind, sample)));
	CHECK_OK(db_commit(db));
	CHECK_OK(migrate_up(db, a, all, 2));
}

/* Mette leads the network of the worked example, and it is all there. */
static void
check_network(struct db *db, struct arena *a, const struct actor *program)
{
	struct network_lines networks;
	struct actor mette, inside;
	struct account account;
	struct plan plan;
	CHECK_OK(account_by_mail(
	    db, a, program, S("mette.fjordlund@fjordby.example"), &account));
	CHECK_STR(account.name, S("Mette Fjordlund"));
	mette = (struct actor){.org = program->org,
	    .account = account.id,
	    .now_us = program->now_us,
	    .keys = program->keys};
	CHECK_OK(network_mine(db, a, &mette, &networks));
	CHECK_INT(networks.n, 1);
	CHECK_OK(actor_enter(db, a, &mette, networks.list[0].id, &inside));
	CHECK(actor_may(&inside, CAP_MANAGE));
	CHECK_OK(plan_load(db, a, &inside, &plan));
	struct fill fill = plan_fill(&plan);
	CHECK_INT(fill.filled, fill.parts);
	CHECK(plan.of[KIND_CELL].n > 20);
	CHECK(plan_stay(&plan) != NULL);
}

static void
check_sample(struct arena *a, enum db_kind kind, const char *name)
{
	int64_t version;
	struct db *db = NULL;
	struct orgs orgs;
	struct audit_report report;
	struct str number = str_sub(str_c(name), 0, 4);
	CHECK(str_int(number, &version));
	struct str sample =
	    test_file(a, str_cstr(a, str_cat(a, S(SAMPLES "/"), str_c(name))));
	struct db_place place = test_place(a, kind);
	CHECK_OK(db_open(a, &place, DB_WRITE, &db));
	load(db, a, kind, version, sample);
	struct keys keys = keys_of(sample);
	CHECK_OK(org_list(db, a, &orgs));
	CHECK_INT(orgs.n, 1);
	struct actor program =
	    actor_program(orgs.list[0].id, &keys, clock_now_us());
	check_network(db, a, &program);
	CHECK_OK(audit_verify(db, a, NULL, 0, &report));
	CHECK_INT(report.n_faults, 0);
	CHECK(report.rows > 100);
}

static void
close_folder(void *folder)
{
	closedir(folder);
}

static void
check_samples(struct arena *a, enum db_kind kind)
{
	int n = 0;
	DIR *folder = opendir(SAMPLES);
	CHECK(folder != NULL);
	arena_defer(a, close_folder, folder);
	catalogue_init();
	for (struct dirent *at; (at = readdir(folder)) != NULL;) {
		if (!str_ends(str_c(at->d_name), S(".sql")))
			continue;
		check_sample(a, kind, str_cstr(a, str_c(at->d_name)));
		n++;
	}
	CHECK(n > 0);
}

TEST(what_earlier_releases_kept_is_brought_up_sqlite)
{
	check_samples(arena, DB_SQLITE);
}

TEST(what_earlier_releases_kept_is_brought_up_postgres)
{
	check_samples(arena, DB_POSTGRES);
}
