/* SPDX-License-Identifier: MPL-2.0 */

/* What is not moved, and what a move that fails leaves: nothing. */
#include "tests/faults.h"
#include "tests/model/transfer_place.h"

TEST(transfer_a_media_file_that_is_gone_is_told)
{
	struct two t;
	const char *fault = NULL;
	two_new(&t, arena, "else@soeby.example");
	struct media m = two_media(&t, TWO_SIZE);
	CHECK_OK(two_fault(&t, &fault));
	CHECK(fault == NULL);
	struct media_file f = media_kept(&m, &t.then, t.old.dir);
	CHECK_OK(media_file_drop(arena, &f));
	CHECK_INT(two_fault(&t, &fault), ERR_NOT_FOUND);
	CHECK_HAS(str_c(fault), S("missing or damaged"));
}

TEST(transfer_a_chain_that_was_meddled_with_is_not_made_anew)
{
	struct two t;
	const char *fault = NULL;
	two_new(&t, arena, "else@soeby.example");
	CHECK_OK(db_begin(t.old.db));
	CHECK_OK(db_script(
	    t.old.db, S("UPDATE audit SET action = 'told' WHERE seq = 7")));
	CHECK_OK(db_commit(t.old.db));
	CHECK_INT(two_fault(&t, &fault), ERR_CONFLICT);
	CHECK_HAS(str_c(fault), S("meddled"));
}

TEST(transfer_what_is_sealed_for_another_key_is_not_moved)
{
	struct two t;
	const char *fault = NULL;
	two_new(&t, arena, "else@soeby.example");
	t.then.keys = &t.new.keys;
	CHECK_INT(two_fault(&t, &fault), ERR_CONFLICT);
	CHECK_HAS(str_c(fault), S("do not open"));
}

static void
check_refused(struct two *t, struct str file, enum err want, const char *why)
{
	CHECK_INT(place_import(&t->new, file, nobody, &t->r), want);
	CHECK_HAS(str_c(t->r.fault), str_c(why));
}

/* The file with another whole number in its head. */
static struct str
with_schema(struct arena *a, struct str file, int add)
{
	char *p = arena_new(a, char, file.n);
	memcpy(p, file.p, (size_t)file.n);
	p[3 + 9 + 1] = (char)(p[3 + 9 + 1] + add);
	return (struct str){p, file.n};
}

TEST(transfer_a_file_of_another_schema_is_refused)
{
	struct two t;
	two_new(&t, arena, "else@soeby.example");
	t.file = place_export(&t.old, t.network, &t.r);
	check_refused(&t, with_schema(arena, t.file, 1), ERR_INVALID, "newer");
	check_refused(&t, with_schema(arena, t.file, -1), ERR_INVALID, "older");
	CHECK_OK(place_import(&t.new, t.file, nobody, &t.r));
	check_refused(&t, t.file, ERR_CONFLICT, "already");
}

static ptrdiff_t
files_in(struct place *p)
{
	ptrdiff_t n = 0;
	struct media_file any = {.dir = p->dir, .org = p->org.id};
	for (int digit = 0; digit < 16; digit++) {
		struct hashes all;
		CHECK_OK(
		    media_file_list(p->arena, &any, digit, INT64_MAX, &all));
		n += all.n;
	}
	return n;
}

/* Whatever it is cut behind: no row, no file, and what was there is there. */
TEST(transfer_a_file_that_is_cut_short_changes_nothing)
{
	struct two t;
	two_new(&t, arena, "else@soeby.example");
	two_media(&t, TWO_SIZE);
	t.file = place_export(&t.old, t.network, &t.r);
	int64_t audits = place_count(&t.new, "SELECT COUNT(*) FROM audit");
	for (int i = 1; i <= 8; i++) {
		struct str cut = str_sub(
		    t.file, 0, i == 8 ? t.file.n - 1 : t.file.n / 8 * i);
		CHECK_INT(place_import(&t.new, cut, nobody, &t.r), ERR_INVALID);
		CHECK_INT(
		    place_count(&t.new, "SELECT COUNT(*) FROM network"), 0);
		CHECK_INT(
		    place_count(&t.new, "SELECT COUNT(*) FROM person"), 0);
		CHECK_INT(
		    place_count(&t.new, "SELECT COUNT(*) FROM account"), 1);
		CHECK_INT(
		    place_count(&t.new, "SELECT COUNT(*) FROM audit"), audits);
		CHECK_INT(files_in(&t.new), 0);
	}
	CHECK_OK(place_import(&t.new, t.file, nobody, &t.r));
	CHECK_INT(files_in(&t.new), 1);
	CHECK_INT(place_count(&t.new, "SELECT COUNT(*) FROM network"), 1);
}

/* Whichever statement fails; the last one is the commit. */
TEST(transfer_a_database_that_fails_is_left_as_it_was)
{
	struct two t;
	int failed = 0;
	two_new(&t, arena, "else@soeby.example");
	t.file = place_export(&t.old, t.network, &t.r);
	for (int64_t n = 1;; n += 1 + n / 2) {
		db_fail_at(t.new.db, n);
		enum err e = place_import(&t.new, t.file, nobody, &t.r);
		db_fail_at(t.new.db, 0);
		if (!db_fault_met())
			break;
		failed++;
		CHECK_INT(e, ERR_UNAVAIL);
		CHECK_INT(
		    place_count(&t.new, "SELECT COUNT(*) FROM network"), 0);
		CHECK_INT(
		    place_count(&t.new, "SELECT COUNT(*) FROM account"), 1);
		CHECK_INT(
		    place_count(&t.new, "SELECT COUNT(*) FROM search_doc"), 0);
	}
	CHECK(failed > 10);
	CHECK_STR(
	    place_differs(arena, t.file, place_export(&t.new, t.network, &t.r)),
	    S(""));
	for (int64_t n = 1; n < 100; n += 1 + n / 2) {
		const char *fault;
		db_fail_at(t.old.db, n);
		CHECK_INT(two_fault(&t, &fault), ERR_UNAVAIL);
		db_fail_at(t.old.db, 0);
	}
}
