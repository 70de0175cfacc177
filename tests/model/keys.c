/* SPDX-License-Identifier: MPL-2.0 */
#include "model/keys.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/test.h"

static const char *
key_file(struct arena *a, struct str dir)
{
	return str_cstr(a, str_cat(a, dir, S("/key")));
}

static void
put(struct arena *a, struct str dir, ptrdiff_t n, mode_t mode)
{
	static const char bytes[100] = "0123456789abcdef0123456789abcdef+";
	const char *path = key_file(a, dir);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(fd >= 0);
	CHECK_INT(write(fd, bytes, (size_t)n), n);
	CHECK_INT(fchmod(fd, mode), 0);
	close(fd);
}

TEST(keys_are_made_once_and_stay)
{
	struct keys made, again;
	struct stat st;
	struct str dir = test_dir(arena);
	mode_t old = umask(0);
	CHECK_INT(keys_load(dir, false, &made), ERR_NOT_FOUND);
	CHECK_INT(access(key_file(arena, dir), F_OK), -1);
	CHECK_OK(keys_load(dir, true, &made));
	umask(old);
	CHECK_INT(stat(key_file(arena, dir), &st), 0);
	CHECK_INT(st.st_mode & 07777, 0600);
	CHECK_INT(st.st_size, KEY_BYTES);
	CHECK_OK(keys_load(dir, false, &again));
	CHECK_INT(memcmp(&made, &again, sizeof made), 0);
	CHECK_OK(keys_load(dir, true, &again)); /* what is there stays */
	CHECK_INT(memcmp(&made, &again, sizeof made), 0);
	CHECK_OK(keys_load(test_dir(arena), true, &again));
	CHECK(memcmp(&made, &again, sizeof made) != 0);
}

TEST(keys_that_others_may_read_are_refused)
{
	static const mode_t bad[] = {0640, 0604, 0620, 0602, 0610, 0777};
	struct keys keys;
	struct str dir = test_dir(arena);
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		put(arena, dir, KEY_BYTES, bad[i]);
		CHECK_INT(keys_load(dir, false, &keys), ERR_DENIED);
		CHECK_INT(keys_load(dir, true, &keys), ERR_DENIED);
	}
	put(arena, dir, KEY_BYTES, 0600);
	CHECK_OK(keys_load(dir, false, &keys));
	put(arena, dir, KEY_BYTES, 0400);
	CHECK_OK(keys_load(dir, false, &keys));
}

/* Never a new one in place of what is damaged: the vault would be gone. */
TEST(keys_of_another_length_are_refused_and_left)
{
	static const ptrdiff_t bad[] = {0, 1, KEY_BYTES - 1, KEY_BYTES + 1};
	struct keys keys;
	struct stat st;
	struct str dir = test_dir(arena);
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		put(arena, dir, bad[i], 0600);
		CHECK_INT(keys_load(dir, true, &keys), ERR_INVALID);
		CHECK_INT(stat(key_file(arena, dir), &st), 0);
		CHECK_INT(st.st_size, bad[i]);
	}
}

TEST(keys_want_a_folder)
{
	struct keys keys;
	struct str dir = test_dir(arena);
	CHECK_INT(keys_load(str_cat(arena, dir, S("/no")), true, &keys),
	    ERR_NOT_FOUND);
	CHECK_INT(keys_load(S(""), true, &keys), ERR_NOT_FOUND);
	put(arena, dir, KEY_BYTES, 0600);
	CHECK_INT(keys_load(str_cat(arena, dir, S("/key")), true, &keys),
	    ERR_NOT_FOUND); /* a file */
}

/* One that leaks opens nothing of the others. */
TEST(keys_are_each_for_one_use)
{
	static const struct key root = {{7}};
	struct keys k = keys_derive(&root);
	const struct key *all[] = {
	    &root, &k.vault, &k.lookup, &k.mail, &k.csrf, &k.totp, &k.ballot};
	CHECK_INT(sizeof k, 6 * sizeof root); /* and none is left out here */
	for (int i = 0; i < COUNT_OF(all); i++) {
		for (int j = 0; j < i; j++)
			CHECK(memcmp(all[i], all[j], sizeof root) != 0);
	}
}
