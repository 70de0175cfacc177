/* SPDX-License-Identifier: MPL-2.0 */
#include "model/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct keys
keys_derive(const struct key *root)
{
	return (struct keys){
	    .vault = key_derive(root, S("vault")),
	    .lookup = key_derive(root, S("lookup")),
	    .mail = key_derive(root, S("mail")),
	    .csrf = key_derive(root, S("csrf")),
	    .totp = key_derive(root, S("totp")),
	    .ballot = key_derive(root, S("ballot")),
	};
}

static enum err
read_key(int fd, struct key *root)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return ERR_UNAVAIL;
	if ((st.st_mode & 077) != 0)
		return ERR_DENIED;
	if (st.st_size != KEY_BYTES ||
	    read(fd, root->b, KEY_BYTES) != KEY_BYTES)
		return ERR_INVALID;
	return ERR_OK;
}

static enum err
create_key(int dir_fd, struct key *root)
{
	*root = key_new();
	int fd = openat(
	    dir_fd, "key", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return ERR_UNAVAIL;
	bool written =
	    write(fd, root->b, KEY_BYTES) == KEY_BYTES && fsync(fd) == 0;
	close(fd);
	return written && fsync(dir_fd) == 0 ? ERR_OK : ERR_UNAVAIL;
}

static enum err
load_from(int dir_fd, bool create, struct key *root)
{
	int fd = openat(dir_fd, "key", O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return create ? create_key(dir_fd, root) : ERR_NOT_FOUND;
	if (fd < 0)
		return errno == EACCES ? ERR_DENIED : ERR_UNAVAIL;
	enum err e = read_key(fd, root);
	close(fd);
	return e;
}

enum err
keys_load(struct str dir, bool create, struct keys *out)
{
	struct key root = {0};
	struct arena *a = arena_open(64 * 1024);
	if (a == NULL)
		return ERR_UNAVAIL;
	const char *path = str_cstr(a, dir);
	int dir_fd =
	    path == NULL ? -1 : open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum err e = ERR_NOT_FOUND;
	if (dir_fd >= 0) {
		e = load_from(dir_fd, create, &root);
		close(dir_fd);
	}
	if (e == ERR_OK)
		*out = keys_derive(&root);
	arena_close(a);
	return e;
}
