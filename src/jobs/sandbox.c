/* SPDX-License-Identifier: MPL-2.0 */

/* What serve gives up for itself. */
#include "jobs/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

/* ---- no other programs ---- */

/* LeakSanitizer looks for leaks from a process that it forks and that traces
 * this one. */
#ifdef __SANITIZE_ADDRESS__
enum { FINDS_LEAKS = 1 };
#else
enum { FINDS_LEAKS = 0 };
#endif

static const int DENIED[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(kcmp),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(bpf),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(move_mount),
    SCMP_SYS(open_tree),
    SCMP_SYS(fsopen),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(reboot),
    SCMP_SYS(personality),
};

static bool
deny(scmp_filter_ctx filter, int call)
{
	return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
}

/* Threads are made by clone with CLONE_THREAD; clone3 hides its flags behind a
 * pointer, and "not there" makes the C library use clone. */
static bool
deny_processes(scmp_filter_ctx filter)
{
	struct scmp_arg_cmp no_thread = {.arg = 0,
	    .op = SCMP_CMP_MASKED_EQ,
	    .datum_a = CLONE_THREAD,
	    .datum_b = 0};
	if (FINDS_LEAKS)
		return true;
	return deny(filter, SCMP_SYS(ptrace)) && deny(filter, SCMP_SYS(fork)) &&
	    deny(filter, SCMP_SYS(vfork)) &&
	    seccomp_rule_add(
		filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
	    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
		no_thread) == 0;
}

static bool
close_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (filter == NULL)
		return false;
	bool ok = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
	    deny_processes(filter);
	for (ptrdiff_t i = 0; i < COUNT_OF(DENIED); i++)
		ok = ok && deny(filter, DENIED[i]);
	ok = ok && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return ok;
}

enum err
sandbox_serve(void)
{
	bool ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    (FINDS_LEAKS || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0) &&
	    close_filter();
	if (!ok)
		log_event(LOG_ERROR, "sandbox_serve", LOG_INT("errno", errno));
	return ok ? ERR_OK : ERR_UNAVAIL;
}

/* ---- not root ---- */

struct nobody {
	uid_t uid;
	gid_t gid;
	bool give; /* the folder is root's */
};

static bool
by_name(const char *name, struct nobody *out)
{
	const struct passwd *pw = getpwnam(name);
	if (pw == NULL || pw->pw_uid == 0)
		return false;
	*out = (struct nobody){pw->pw_uid, pw->pw_gid, true};
	return true;
}

static bool
choose_user(const char *dir, struct nobody *out)
{
	struct stat st;
	if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))
		return false;
	if (st.st_uid == 0)
		return by_name("samskab", out) || by_name("nobody", out);
	const struct passwd *pw = getpwuid(st.st_uid);
	*out = (struct nobody){
	    .uid = st.st_uid,
	    .gid = pw != NULL ? pw->pw_gid : st.st_gid,
	};
	return true;
}

/* Gives away what root owns in the folder.  Links are not followed, and a file
 * with a second name stays: that name may be outside. */
static bool
give_folder(const char *dir, const struct nobody *to)
{
	char *roots[] = {(char *)(uintptr_t)dir, NULL};
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	if (walk == NULL)
		return false;
	bool ok = true;
	for (FTSENT *at; ok && (at = fts_read(walk)) != NULL;) {
		bool last = at->fts_info == FTS_DP;
		bool plain =
		    at->fts_info == FTS_F && at->fts_statp->st_nlink == 1;
		if ((last || plain) && at->fts_statp->st_uid == 0)
			ok = lchown(at->fts_path, to->uid, to->gid) == 0;
	}
	fts_close(walk);
	return ok;
}

static bool
become(const struct nobody *to)
{
	return setgroups(0, NULL) == 0 &&
	    setresgid(to->gid, to->gid, to->gid) == 0 &&
	    setresuid(to->uid, to->uid, to->uid) == 0 &&
	    /* and there is no way back */
	    setuid(0) != 0 && setgid(0) != 0 && geteuid() == to->uid &&
	    getegid() == to->gid && getgroups(0, NULL) == 0;
}

static enum err
drop_into(const char *dir)
{
	struct nobody to;
	if (!choose_user(dir, &to)) {
		log_event(LOG_ERROR, "root_without_user",
		    LOG_STR("wanted",
			S("the owner of the data folder, "
			  "samskab or nobody")));
		return ERR_DENIED;
	}
	if (to.give && !give_folder(dir, &to))
		return ERR_UNAVAIL;
	if (!become(&to))
		return ERR_UNAVAIL;
	if (access(dir, R_OK | W_OK | X_OK) != 0) {
		log_event(LOG_ERROR, "data_folder_out_of_reach",
		    LOG_INT("uid", (int64_t)to.uid));
		return ERR_DENIED;
	}
	log_event(LOG_INFO, "root_dropped", LOG_INT("uid", (int64_t)to.uid));
	return ERR_OK;
}

enum err
drop_privileges(struct str dir)
{
	if (geteuid() != 0)
		return ERR_OK;
	struct arena *a = arena_open(64 * 1024);
	if (a == NULL)
		return ERR_UNAVAIL;
	const char *path = str_cstr(a, dir);
	enum err e = path == NULL ? ERR_INVALID : drop_into(path);
	arena_close(a);
	return e;
}
