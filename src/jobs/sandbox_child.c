/* SPDX-License-Identifier: MPL-2.0 */

/* The walls around a child: limits, Landlock, and a seccomp filter that lets
 * it compute, use the files it was given, and end. */
#include "jobs/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { KEPT_FDS = 5, MAX_FDS = 64 };

/* ASan keeps a map of terabytes that it never fills, so there the limit is
 * one on each single mapping only. */
#ifdef __SANITIZE_ADDRESS__
enum { ADDRESS_LIMIT = 0 };
#else
enum { ADDRESS_LIMIT = 1 };
#endif

/* ---- what is open, and how much it may take ---- */

/* Leaves 0, 1, 2 on /dev/null (libraries print what they read), the input as 3
 * and the output as 4. */
static bool
keep_fds(const struct sandbox_child *box)
{
	int null = open("/dev/null", O_RDWR);
	int in = fcntl(box->in_fd, F_DUPFD, 10);
	int out = fcntl(box->out_fd, F_DUPFD, 10);
	return null >= 0 && in >= 0 && out >= 0 && dup2(null, 0) == 0 &&
	    dup2(null, 1) == 1 && dup2(null, 2) == 2 && dup2(in, 3) == 3 &&
	    dup2(out, 4) == 4 && close_range(KEPT_FDS, ~0U, 0) == 0;
}

static bool
limit(int what, int64_t most)
{
	struct rlimit r = {(rlim_t)most, (rlim_t)most};
	return setrlimit((__rlimit_resource_t)what, &r) == 0;
}

/* The lower limit ends it with a signal that tells why. */
static bool
limit_cpu(int seconds)
{
	struct rlimit r = {(rlim_t)seconds, (rlim_t)seconds + 1};
	return setrlimit(RLIMIT_CPU, &r) == 0;
}

/* The bytes of address space in use; -1: not known. */
static int64_t
address_space(void)
{
	long pages = -1;
	FILE *f = fopen("/proc/self/statm", "re");
	if (f == NULL)
		return -1;
	if (fscanf(f, "%ld", &pages) != 1)
		pages = -1;
	fclose(f);
	return pages < 0 ? -1 : (int64_t)pages * sysconf(_SC_PAGESIZE);
}

static bool
set_limits(const struct sandbox_child *box)
{
	int64_t used = address_space();
	if (used < 0)
		return false;
	if (ADDRESS_LIMIT && !limit(RLIMIT_AS, used + box->memory))
		return false;
	return limit_cpu(box->cpu_seconds) &&
	    limit(RLIMIT_FSIZE, box->output) && limit(RLIMIT_CORE, 0) &&
	    limit(RLIMIT_NOFILE, MAX_FDS) && limit(RLIMIT_MEMLOCK, 0) &&
	    limit(RLIMIT_MSGQUEUE, 0);
}

/* ---- what it may ask of the kernel ---- */

static const int ALLOWED[] = {
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(readv),
    SCMP_SYS(write),
    SCMP_SYS(pwrite64),
    SCMP_SYS(writev),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(fstatfs),
    SCMP_SYS(close),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fadvise64),
    SCMP_SYS(munmap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(membarrier),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getrandom),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getppid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getrusage),
    SCMP_SYS(getcpu),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(set_tid_address),
};

/* For a child that reads folders; Landlock says which, and that nothing is
 * opened for writing is said once more below. */
static const int ALLOWED_READING[] = {
    SCMP_SYS(newfstatat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(statx),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),
    SCMP_SYS(statfs),
};

/* For a program: what it opens is Landlock's to say. */
static const int ALLOWED_PROGRAM[] = {
    SCMP_SYS(open),
    SCMP_SYS(openat),
};

static bool
allow(scmp_filter_ctx filter, const int *list, ptrdiff_t n)
{
	bool ok = true;
	for (ptrdiff_t i = 0; i < n; i++)
		ok = ok &&
		    seccomp_rule_add(filter, SCMP_ACT_ALLOW, list[i], 0) == 0;
	return ok;
}

static struct scmp_arg_cmp
arg_is(unsigned n, uint64_t value)
{
	return (struct scmp_arg_cmp){
	    .arg = n, .op = SCMP_CMP_EQ, .datum_a = value};
}

static struct scmp_arg_cmp
arg_at_most(unsigned n, uint64_t value)
{
	return (struct scmp_arg_cmp){
	    .arg = n, .op = SCMP_CMP_LE, .datum_a = value};
}

/* Of the bits `mask` exactly `bits` are set. */
static struct scmp_arg_cmp
arg_has(unsigned n, uint64_t mask, uint64_t bits)
{
	return (struct scmp_arg_cmp){.arg = n,
	    .op = SCMP_CMP_MASKED_EQ,
	    .datum_a = mask,
	    .datum_b = bits};
}

static bool
allow_one(scmp_filter_ctx filter, int call, struct scmp_arg_cmp only)
{
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, only) == 0;
}

/* Memory that is not code, in pieces of at most `most` bytes. */
static bool
allow_memory(scmp_filter_ctx filter, int64_t most)
{
	uint64_t bytes = (uint64_t)most;
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
		   arg_at_most(1, bytes), arg_has(2, PROT_EXEC, 0)) == 0 &&
	    allow_one(filter, SCMP_SYS(mprotect), arg_has(2, PROT_EXEC, 0)) &&
	    allow_one(filter, SCMP_SYS(mremap), arg_at_most(2, bytes));
}

static bool
allow_reading(scmp_filter_ctx filter)
{
	const uint64_t writes = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC |
	    O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
	return allow(filter, ALLOWED_READING, COUNT_OF(ALLOWED_READING)) &&
	    allow_one(filter, SCMP_SYS(openat), arg_has(2, writes, 0)) &&
	    allow_one(filter, SCMP_SYS(open), arg_has(1, writes, 0));
}

/* A program opens what Landlock lets it, is loaded from files, and is started
 * once: by the name that lies at this address, which it cannot know and which
 * Landlock holds it to.  Memory that was written is still never code. */
static bool
allow_program(scmp_filter_ctx filter, const struct sandbox_child *box)
{
	uint64_t bytes = (uint64_t)box->memory;
	uint64_t code = PROT_EXEC | PROT_WRITE;
	return allow(filter, ALLOWED_READING, COUNT_OF(ALLOWED_READING)) &&
	    allow(filter, ALLOWED_PROGRAM, COUNT_OF(ALLOWED_PROGRAM)) &&
	    allow_one(filter, SCMP_SYS(execve),
		arg_is(0, (uint64_t)(uintptr_t)box->program)) &&
	    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 3,
		arg_at_most(1, bytes), arg_has(2, code, PROT_EXEC),
		arg_has(3, MAP_ANONYMOUS, 0)) == 0;
}

/* clone3 hides its flags behind a pointer: "not there" makes the C library use
 * clone, whose flags can be looked at. */
static bool
allow_threads(scmp_filter_ctx filter)
{
	return allow_one(filter, SCMP_SYS(clone),
		   arg_has(0, CLONE_THREAD, CLONE_THREAD)) &&
	    seccomp_rule_add(
		filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

/* Looking at limits but not changing them, abort() but no other's end, and of
 * fcntl and prctl only what is harmless. */
static bool
allow_guarded(scmp_filter_ctx filter)
{
	const struct {
		int call;
		unsigned arg;
		uint64_t value;
	} only[] = {
	    {SCMP_SYS(prlimit64), 2, 0},
	    {SCMP_SYS(tgkill), 0, (uint64_t)getpid()},
	    {SCMP_SYS(prctl), 0, PR_SET_NAME},
	    {SCMP_SYS(prctl), 0, PR_SET_VMA},
	    {SCMP_SYS(fcntl), 1, F_GETFD},
	    {SCMP_SYS(fcntl), 1, F_SETFD},
	    {SCMP_SYS(fcntl), 1, F_GETFL},
	};
	bool ok = true;
	for (ptrdiff_t i = 0; i < COUNT_OF(only); i++)
		ok = ok &&
		    allow_one(filter, only[i].call,
			arg_is(only[i].arg, only[i].value));
	return ok;
}

/* cairo asks whether a font's file may be read each time it is used, though it
 * has it open: "yes" without looking tells nothing about any file. */
static bool
answer_access(scmp_filter_ctx filter)
{
	return seccomp_rule_add(
		   filter, SCMP_ACT_ERRNO(0), SCMP_SYS(access), 0) == 0 &&
	    seccomp_rule_add(
		filter, SCMP_ACT_ERRNO(0), SCMP_SYS(faccessat), 0) == 0;
}

static bool
allow_files(scmp_filter_ctx filter, const struct sandbox_child *box)
{
	if (box->program != NULL)
		return allow_program(filter, box);
	return box->reads == NULL ? answer_access(filter)
				  : allow_reading(filter);
}

static bool
close_filter(const struct sandbox_child *box)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (filter == NULL)
		return false;
	/* fstat() is newfstatat() of a descriptor since glibc 2.33; where paths
	 * may be read it is allowed as a whole. */
	bool stat_fd = box->reads != NULL || box->program != NULL ||
	    allow_one(filter, SCMP_SYS(newfstatat),
		arg_has(3, AT_EMPTY_PATH, AT_EMPTY_PATH));
	bool ok = stat_fd && allow(filter, ALLOWED, COUNT_OF(ALLOWED)) &&
	    allow_memory(filter, box->memory) && allow_guarded(filter) &&
	    allow_files(filter, box) &&
	    (!box->threads || allow_threads(filter)) &&
	    seccomp_load(filter) == 0;
	seccomp_release(filter);
	return ok;
}

enum err
sandbox_child(const struct sandbox_child *box)
{
	bool ok = keep_fds(box) && set_limits(box) &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
	    sandbox_landlock(box) == ERR_OK && close_filter(box);
	return ok ? ERR_OK : ERR_UNAVAIL;
}
