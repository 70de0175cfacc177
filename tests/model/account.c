/* SPDX-License-Identifier: MPL-2.0 */

/* Passwords, the second factor and the calendar feed of an account.  Who may
 * make and change accounts is tests/model/people.c. */
#include "model/account.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/totp.h"
#include "tests/model/fixture.h"

/* ---- passwords ---- */

/* `n` letters of two bytes each, none of it a repetition. */
static struct str
letters(struct arena *a, int n)
{
	static const char *const some[] = {"æ", "ø", "å", "é"};
	struct buf b = buf_new(a, 1024);
	for (int i = 0; i < n; i++)
		buf_add(&b, str_c(some[(i * i + i / 3) % 4]));
	return buf_str(&b);
}

TEST(password_has_15_to_200_letters)
{
	CHECK_INT(letters(arena, PASSWORD_MIN).n, 2 * PASSWORD_MIN);
	CHECK(password_fault(letters(arena, PASSWORD_MIN - 1)) != NULL);
	CHECK(password_fault(letters(arena, PASSWORD_MIN)) == NULL);
	CHECK(password_fault(letters(arena, PASSWORD_MAX)) == NULL);
	CHECK(password_fault(letters(arena, PASSWORD_MAX + 1)) != NULL);
}

TEST(password_is_not_a_short_piece_over_and_over)
{
	static const char *const poor[] = {"xxxxxxxxxxxxxxxx",
	    "abababababababab", "12312312312312312", "qwerqwerqwerqwerq",
	    "hejsahejsahejsahe"};
	for (ptrdiff_t i = 0; i < COUNT_OF(poor); i++)
		CHECK(password_fault(str_c(poor[i])) != NULL);
	CHECK(password_fault(S("hejsa hejsb hejsc")) == NULL);
	CHECK(password_fault(S("kun små bogstaver")) == NULL); /* no rules */
}

/* Nothing is cut off: the last letter of the longest counts. */
TEST(password_counts_to_its_last_letter)
{
	struct str longest = letters(arena, PASSWORD_MAX);
	struct str other = str_dup(arena, longest);
	((char *)(uintptr_t)other.p)[other.n - 1] ^= 1;
	struct str hash = password_hash(arena, longest);
	CHECK(password_matches(hash, longest));
	CHECK(!password_matches(hash, other));
	CHECK(!password_matches(hash, str_sub(longest, 0, longest.n - 2)));
}

TEST(password_hash_is_argon2id_of_64_mib_and_three_passes)
{
	struct str one = password_hash(arena, S("grøn cykel under broen"));
	struct str two = password_hash(arena, S("grøn cykel under broen"));
	CHECK(str_starts(one, S("$argon2id$v=19$m=65536,t=3,p=1$")));
	CHECK(!str_eq(one, two)); /* a salt each */
}

static int64_t
time_of(struct str hash)
{
	int64_t best_us = INT64_MAX;
	for (int i = 0; i < 3; i++) {
		int64_t from_us = clock_mono_us();
		CHECK(!password_matches(hash, S("ikke det rigtige kodeord")));
		int64_t us = clock_mono_us() - from_us;
		best_us = us < best_us ? us : best_us;
	}
	return best_us;
}

/* So that time does not tell whether an address is known. */
TEST(password_of_nobody_takes_as_long_as_a_wrong_one)
{
	int64_t wrong_us = time_of(password_hash(arena, S("et rigtigt ord x")));
	int64_t nobody_us = time_of(S(""));
	CHECK_MAX(nobody_us, 3 * wrong_us);
	CHECK_MAX(wrong_us, 3 * nobody_us);
	/* The twin: what is no hash at all is told at once. */
	CHECK_MAX(time_of(S("$argon2id$nonsense")), wrong_us / 10);
}

static struct login
login_of(struct world *w, struct str mail)
{
	struct login login;
	CHECK_OK(account_login(w->db, w->arena, &w->program, mail, &login));
	return login;
}

TEST_DB(password_of_a_closed_account_is_none)
{
	struct world w;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	struct str mail = S("ali@fjordby.example");
	CHECK_STR(login_of(&w, mail).hash, S(""));
	CHECK_OK(account_set_password(db, arena, &ali, S("$argon2id$x")));
	CHECK_STR(login_of(&w, mail).hash, S("$argon2id$x"));
	CHECK(id_eq(login_of(&w, mail).account, w.ali));
	CHECK_OK(account_enable(db, arena, &w.program, w.ali, false));
	CHECK_STR(login_of(&w, mail).hash, S(""));
	CHECK_OK(account_enable(db, arena, &w.program, w.ali, true));
	CHECK_OK(account_set_password(db, arena, &ali, S("")));
	CHECK_STR(login_of(&w, mail).hash, S(""));
	CHECK_STR(login_of(&w, S("nobody@fjordby.example")).hash, S(""));
}

/* ---- the second factor ---- */

static struct str
code_at(struct arena *a, struct str key, int64_t now_us)
{
	int64_t step = now_us / SECOND_US / TOTP_STEP_SECONDS;
	return str_fmt(a, "%06d", totp_code(key, step));
}

TEST_DB(totp_key_is_changed_until_it_is_in_force_and_then_stays)
{
	struct world w;
	struct str first, key, pending;
	struct account found;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	CHECK_INT(
	    account_totp_pending(db, arena, &ali, &pending), ERR_NOT_FOUND);
	CHECK_INT(
	    account_totp_confirm(db, arena, &ali, S("123456")), ERR_NOT_FOUND);
	CHECK_OK(account_totp_begin(db, arena, &ali, &first));
	CHECK_OK(account_totp_begin(db, arena, &ali, &key));
	CHECK(!str_eq(first, key));
	CHECK_OK(account_totp_pending(db, arena, &ali, &pending));
	CHECK_STR(pending, key);
	/* Not in force, it lets nobody in and is asked of nobody. */
	CHECK_INT(account_totp_check(
		      db, arena, &ali, w.ali, code_at(arena, key, NOW_US)),
	    ERR_INVALID);
	CHECK_OK(
	    account_totp_confirm(db, arena, &ali, code_at(arena, key, NOW_US)));
	CHECK_OK(account_get(db, arena, &ali, w.ali, &found));
	CHECK(found.has_totp);
	CHECK_INT(account_totp_pending(db, arena, &ali, &pending),
	    ERR_NOT_FOUND); /* shown once */
	CHECK_INT(account_totp_begin(db, arena, &ali, &key), ERR_CONFLICT);
}

TEST_DB(totp_key_lies_sealed_for_its_account)
{
	static const struct key other = {{8}};
	struct world w;
	struct db_row row;
	struct str key, got;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali), lis = world_as(&w, w.lis);
	CHECK_OK(account_totp_begin(db, arena, &ali, &key));
	CHECK_OK(db_one(db, arena,
	    "SELECT totp_key FROM account WHERE org = $1 AND id = $2", &row,
	    DB_ID(w.org.id), DB_ID(w.ali)));
	CHECK_INT(db_blob(&row, 0).n, TOTP_KEY_BYTES + SEAL_EXTRA);
	CHECK_LACKS(db_blob(&row, 0), key);
	/* Moved to another account the box does not open. */
	CHECK_OK(db_exec(db,
	    "UPDATE account SET totp_key = $3 WHERE org = $1 AND id = $2", NULL,
	    DB_ID(w.org.id), DB_ID(w.lis), DB_BLOB(db_blob(&row, 0))));
	CHECK_INT(account_totp_pending(db, arena, &lis, &got), ERR_INTERNAL);
	struct keys keys = keys_derive(&other);
	ali.keys = &keys;
	CHECK_INT(account_totp_pending(db, arena, &ali, &got), ERR_INTERNAL);
}

/* ---- calendar feed ---- */

static enum err
feed(struct world *w, struct str token, struct id *account)
{
	enum lang lang;
	return account_by_feed(
	    w->db, w->arena, w->org.id, token, account, &lang);
}

TEST_DB(feed_ends_with_a_new_one_and_with_the_account)
{
	struct world w;
	struct id found;
	struct str old, token;
	world_new(&w, arena, db);
	struct actor ali = world_as(&w, w.ali);
	CHECK_INT(feed(&w, S(""), &found), ERR_NOT_FOUND);
	CHECK_OK(account_feed_new(db, arena, &ali, &old));
	CHECK_OK(feed(&w, old, &found));
	CHECK_OK(account_feed_new(db, arena, &ali, &token));
	CHECK_INT(feed(&w, old, &found), ERR_NOT_FOUND);
	CHECK_OK(feed(&w, token_groups(arena, token), &found));
	CHECK(id_eq(found, w.ali));
	CHECK_OK(account_enable(db, arena, &w.program, w.ali, false));
	CHECK_INT(feed(&w, token, &found), ERR_NOT_FOUND);
}
