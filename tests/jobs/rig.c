/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/jobs/rig.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/migrate.h"

enum { MAX_OPTIONS = 8, STEP_MS = 10, STEPS = 1000 };

/* ---- the sink ---- */

static const char *
sink_path(struct sink *s, const char *name)
{
	return str_cstr(
	    s->arena, str_fmt(s->arena, "%.*s/%s", STR_ARG(s->dir), name));
}

static void
end_sink(void *arg)
{
	const struct sink *s = arg;
	kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
}

static pid_t
spawn(const char *dir, const char *const *options)
{
	const char *argv[MAX_OPTIONS + 4] = {
	    "/usr/bin/python3", "tests/sink.py", dir};
	for (int i = 0; options != NULL && options[i] != NULL; i++)
		argv[3 + i] = options[i];
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(null, 2); /* aiosmtpd warns of what is meant */
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	return pid;
}

void
sink_start(struct sink *s, struct arena *a, const char *const *options)
{
	struct str port = {0};
	int64_t number = 0;
	*s = (struct sink){.arena = a, .dir = test_dir(a)};
	if (system("/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null") != 0)
		test_skip("python3-aiosmtpd is not installed");
	s->pid = spawn(str_cstr(a, s->dir), options);
	CHECK(s->pid > 0);
	struct sink *kept = arena_new(a, struct sink, 1);
	*kept = *s;
	arena_defer(a, end_sink, kept);
	const char *path = sink_path(s, "port");
	for (int i = 0; i < STEPS && access(path, R_OK) != 0; i++)
		poll(NULL, 0, STEP_MS);
	port = test_file(a, path);
	CHECK(str_int(port, &number));
	s->port = (int)number;
	s->url = str_fmt(a, "smtp://127.0.0.1:%d", s->port);
}

void
sink_mode(struct sink *s, const char *mode)
{
	int fd = open(sink_path(s, "mode"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
	struct str text = str_c(mode);
	CHECK(fd >= 0);
	CHECK_INT(write(fd, text.p, (size_t)text.n), text.n);
	close(fd);
}

int
sink_count(struct sink *s)
{
	int64_t n = 0;
	const char *path = sink_path(s, "count");
	if (access(path, R_OK) != 0)
		return 0;
	CHECK(str_int(test_file(s->arena, path), &n));
	return (int)n;
}

bool
sink_has(struct sink *s, int count)
{
	for (int i = 0; i < STEPS; i++) {
		if (sink_count(s) >= count)
			return true;
		poll(NULL, 0, STEP_MS);
	}
	return false;
}

struct str
sink_part(struct sink *s, int n, const char *part)
{
	char name[64];
	snprintf(name, sizeof name, "%d.%s", n, part);
	return test_file(s->arena, sink_path(s, name));
}

/* ---- the database ---- */

static enum err
rig_write(void *ctx, struct id org, struct arena *a,
    enum err (*fn)(void *arg, struct db *), void *arg)
{
	struct rig *rig = ctx;
	(void)org;
	(void)a;
	pthread_mutex_lock(&rig->lock);
	enum err e = ERR_UNAVAIL;
	rig->writes++;
	if (rig->fail_from == 0 || rig->writes < rig->fail_from)
		e = db_begin(rig->writer);
	if (e == ERR_OK) {
		e = fn(arg, rig->writer);
		if (e == ERR_OK)
			e = db_commit(rig->writer);
		else
			db_rollback(rig->writer);
	}
	pthread_mutex_unlock(&rig->lock);
	return e;
}

static struct db *
rig_read(void *ctx, int thread)
{
	const struct rig *rig = ctx;
	return rig->reader[thread];
}

static void
configure(struct rig *rig)
{
	rig->smtp = (struct smtp_server){.from = S("samskab@fjordby.example")};
	rig->config = (struct runner_config){
	    .db = {.ctx = rig, .write = rig_write, .read = rig_read},
	    .keys = &rig->keys,
	    .orgs = &rig->orgs,
	    .aside = "",
	    .look_ms = 20,
	    .ctx = rig,
	};
}

void
rig_open(struct rig *rig, struct arena *a, struct db_place place)
{
	static const struct key root = {{7}};
	*rig = (struct rig){.arena = a, .keys = keys_derive(&root)};
	pthread_mutex_init(&rig->lock, NULL);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	CHECK_OK(db_open(a, &place, DB_WRITE, &rig->writer));
	CHECK_OK(migrate_up(rig->writer, a, migrate_embedded(), 1));
	for (int i = 0; i < RUNNER_THREADS; i++)
		CHECK_OK(db_open(a, &place, DB_READ, &rig->reader[i]));
	CHECK_OK(org_list(rig->writer, a, &rig->orgs));
	if (rig->orgs.n == 0) {
		struct org org = {
		    .id = id_new(RIG_NOW_US), .name = S("Fjordby Kommune")};
		CHECK_OK(org_create(rig->writer, a, org, RIG_NOW_US));
		CHECK_OK(org_list(rig->writer, a, &rig->orgs));
	}
	rig->org = rig->orgs.list[0];
	rig->program = actor_program(rig->org.id, &rig->keys, clock_now_us());
	configure(rig);
}

void
rig_mail(struct rig *rig, const char *to, const char *subject)
{
	struct mail mail = {.kind = S("test"),
	    .to = str_c(to),
	    .subject = str_c(subject),
	    .body = S("Kære Åse\n\nSe her.\n"),
	    .has_smtp = true};
	pthread_mutex_lock(&rig->lock);
	enum err e = mail_add(rig->writer, rig->arena, &rig->program, &mail);
	pthread_mutex_unlock(&rig->lock);
	CHECK_OK(e);
}

struct mail_counts
rig_counts(struct rig *rig)
{
	struct mail_counts counts;
	pthread_mutex_lock(&rig->lock);
	enum err e = mail_counts(rig->writer, rig->arena, rig->org.id, &counts);
	pthread_mutex_unlock(&rig->lock);
	CHECK_OK(e);
	return counts;
}

bool
rig_sent(struct rig *rig, int count)
{
	for (int i = 0; i < STEPS; i++) {
		if (rig_counts(rig).sent >= count)
			return true;
		poll(NULL, 0, STEP_MS);
	}
	return false;
}

struct runner *
rig_start(struct rig *rig)
{
	struct runner *r = NULL;
	CHECK_OK(runner_start(rig->arena, &rig->config, &r));
	return r;
}
