/* SPDX-License-Identifier: MPL-2.0 */

/* Landlock by its system calls: Debian 12 has no library for it, and its
 * headers know the first two versions only.  Numbers: the kernel's
 * Documentation/userspace-api/landlock.rst. */
#include "jobs/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	LL_CREATE = 444, /* system call numbers, the same on every machine */
	LL_ADD_RULE = 445,
	LL_RESTRICT = 446,
	LL_VERSION = 1, /* flag of LL_CREATE: only ask */
	LL_PATH_BENEATH = 1,
	LL_EXECUTE = 1 << 0,
	LL_WRITE_FILE = 1 << 1,
	LL_READ_FILE = 1 << 2,
	LL_READ_DIR = 1 << 3,
	LL_TRUNCATE = 1 << 14, /* from version 3 */
};

struct ll_ruleset {
	uint64_t fs; /* what is denied unless a rule allows it */
	uint64_t net; /* from version 4 */
	uint64_t scope; /* from version 6 */
};

/* The kernel reads the first 12 bytes. */
struct ll_beneath {
	uint64_t allowed;
	int32_t parent_fd;
};

int
sandbox_landlock_version(void)
{
	long version = syscall(LL_CREATE, NULL, 0, LL_VERSION);
	return version < 0 ? 0 : (int)version;
}

static uint64_t
all_file_rights(int version)
{
	int bits = 13; /* version 1: execute .. make symlink */
	if (version >= 2)
		bits = 14; /* moving between folders */
	if (version >= 3)
		bits = 15; /* truncate */
	if (version >= 5)
		bits = 16; /* ioctl on devices */
	return (UINT64_C(1) << bits) - 1;
}

static bool
allow_fd(int ruleset, int fd, uint64_t rights)
{
	struct ll_beneath rule = {.allowed = rights, .parent_fd = fd};
	/* A memory file lies in no folder: Landlock neither knows it nor
	 * minds. */
	return syscall(LL_ADD_RULE, ruleset, LL_PATH_BENEATH, &rule, 0) == 0 ||
	    errno == EBADFD;
}

/* What is not there needs no rule; only a folder can be listed. */
static bool
allow_path(int ruleset, const char *path, uint64_t rights)
{
	struct stat st;
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || errno == EACCES || errno == ENOTDIR;
	bool folder = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
	bool ok = allow_fd(ruleset, fd, folder ? rights | LL_READ_DIR : rights);
	close(fd);
	return ok;
}

/* The kernel starts a program by way of its loader. */
static const char *const loaders[] = {
    "/lib64/ld-linux-x86-64.so.2",
    "/lib/ld-linux-aarch64.so.1",
};

static bool
allow_program(int ruleset, const char *program, int version)
{
	uint64_t output = LL_READ_FILE | LL_WRITE_FILE;
	if (version >= 3)
		output |= LL_TRUNCATE;
	bool ok = allow_path(ruleset, program, LL_EXECUTE | LL_READ_FILE) &&
	    allow_fd(ruleset, 3, LL_READ_FILE) && allow_fd(ruleset, 4, output);
	for (ptrdiff_t i = 0; i < COUNT_OF(loaders); i++)
		ok = ok &&
		    allow_path(ruleset, loaders[i], LL_EXECUTE | LL_READ_FILE);
	return ok;
}

static bool
allow_all(int ruleset, const struct sandbox_child *box, int version)
{
	bool ok = true;
	for (int i = 0; box->reads != NULL && box->reads[i] != NULL; i++)
		ok = ok && allow_path(ruleset, box->reads[i], LL_READ_FILE);
	return ok &&
	    (box->program == NULL ||
		allow_program(ruleset, box->program, version));
}

enum err
sandbox_landlock(const struct sandbox_child *box)
{
	int version = sandbox_landlock_version();
	if (version == 0)
		return box->program == NULL ? ERR_OK : ERR_UNAVAIL;
	struct ll_ruleset denied = {.fs = all_file_rights(version)};
	size_t size = sizeof denied.fs;
	if (version >= 4) {
		denied.net = 3; /* bind and connect over TCP */
		size += sizeof denied.net;
	}
	if (version >= 6) {
		denied.scope = 3; /* abstract sockets and signals to others */
		size += sizeof denied.scope;
	}
	int ruleset = (int)syscall(LL_CREATE, &denied, size, 0);
	if (ruleset < 0)
		return ERR_UNAVAIL;
	bool built = allow_all(ruleset, box, version) &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    syscall(LL_RESTRICT, ruleset, 0) == 0;
	close(ruleset);
	return built ? ERR_OK : ERR_UNAVAIL;
}
