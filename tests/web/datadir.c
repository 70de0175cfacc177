/* SPDX-License-Identifier: MPL-2.0 */

/* One owner a folder, and the socket on which a command asks it. */
#include "web/datadir.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "tests/test.h"

static const char *
in(struct arena *a, struct str dir, const char *name)
{
	return str_cstr(a, str_cat(a, dir, str_c(name)));
}

static int
mode_of(const char *path)
{
	struct stat st;
	CHECK_INT(lstat(path, &st), 0);
	return st.st_mode & 07777;
}

/* ---- the folder and its lock ---- */

TEST(datadir_is_made_for_its_owner_alone)
{
	struct str dir = str_cat(arena, test_dir(arena), S("/data"));
	mode_t old = umask(0);
	CHECK_OK(datadir_make(dir));
	CHECK_OK(datadir_make(dir)); /* it may be there */
	umask(old);
	CHECK_INT(mode_of(str_cstr(arena, dir)), 0700);
	CHECK_INT(datadir_make(S("")), ERR_INVALID);
	CHECK_INT(datadir_make(S("/tmp/a\0b")), ERR_INVALID);
	CHECK_INT(
	    datadir_make(str_cat(arena, dir, S("/no/such"))), ERR_UNAVAIL);
}

TEST(datadir_has_one_owner)
{
	struct str dir = test_dir(arena);
	int fd, second;
	CHECK_OK(datadir_lock(dir, &fd));
	CHECK_INT(mode_of(in(arena, dir, "/lock")), 0600);
	CHECK_INT(datadir_lock(dir, &second), ERR_CONFLICT);
	CHECK_INT(second, -1);
	/* The refused one took nothing from the owner. */
	CHECK_INT(datadir_lock(dir, &second), ERR_CONFLICT);
	close(fd);
	CHECK_OK(datadir_lock(dir, &fd));
	close(fd);
}

TEST(datadir_that_is_not_there_is_not_owned)
{
	struct str dir = test_dir(arena);
	int fd;
	CHECK_INT(
	    datadir_lock(str_cat(arena, dir, S("/no")), &fd), ERR_NOT_FOUND);
	CHECK_INT(fd, -1);
	CHECK_INT(
	    datadir_lock(str_cat(arena, dir, S("/lock")), &fd), ERR_NOT_FOUND);
	CHECK_OK(datadir_lock(dir, &fd));
	CHECK_INT(datadir_lock(str_cat(arena, dir, S("/lock")), &fd),
	    ERR_NOT_FOUND); /* a file */
}

/* An owner that is killed leaves the folder free: the kernel lets go. */
TEST(datadir_of_an_owner_that_died_is_free)
{
	struct str dir = test_dir(arena);
	int ready[2], fd;
	char byte;
	CHECK_INT(pipe(ready), 0);
	pid_t pid = fork();
	if (pid == 0) {
		bool ok = datadir_lock(dir, &fd) == ERR_OK &&
		    write(ready[1], "x", 1) == 1;
		while (ok)
			pause();
		_exit(1);
	}
	CHECK_INT(read(ready[0], &byte, 1), 1);
	CHECK_INT(datadir_lock(dir, &fd), ERR_CONFLICT);
	CHECK_INT(kill(pid, SIGKILL), 0);
	CHECK_INT(waitpid(pid, NULL, 0), pid);
	CHECK_OK(datadir_lock(dir, &fd));
	close(fd);
	close(ready[0]);
	close(ready[1]);
}

/* ---- the control socket ---- */

struct server {
	struct str dir;
	int fd;
	int asked;
	pthread_t thread;
};

/* Says again what it was asked, loudly. */
static struct str
echo(void *arg, struct arena *a, struct str question)
{
	struct server *s = arg;
	s->asked++;
	return str_cat(a, question, S("!"));
}

static void *
serve(void *arg)
{
	struct server *s = arg;
	while (control_serve_one(s->fd, echo, s))
		continue;
	return NULL;
}

static void
server_start(struct server *s, struct str dir)
{
	*s = (struct server){.dir = dir};
	CHECK_OK(control_listen(dir, &s->fd));
	CHECK_INT(pthread_create(&s->thread, NULL, serve, s), 0);
}

/* As serve ends it. */
static void
server_stop(struct server *s)
{
	CHECK_INT(shutdown(s->fd, SHUT_RDWR), 0);
	CHECK_INT(pthread_join(s->thread, NULL), 0);
	close(s->fd);
}

/* A peer that says what it likes. */
static int
peer(struct arena *a, struct str dir)
{
	struct sockaddr_un there = {.sun_family = AF_UNIX};
	struct str path = str_cat(a, dir, S("/control.sock"));
	CHECK(path.n < (ptrdiff_t)sizeof there.sun_path);
	memcpy(there.sun_path, path.p, (size_t)path.n);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK_INT(connect(fd, (struct sockaddr *)&there, sizeof there), 0);
	return fd;
}

static void
say(int fd, struct str text)
{
	CHECK_INT(send(fd, text.p, (size_t)text.n, MSG_NOSIGNAL), text.n);
}

/* What comes until the other side closes. */
static struct str
hear(struct arena *a, int fd)
{
	char *p = arena_new(a, char, 8192);
	ptrdiff_t n = 0;
	ssize_t got;
	while ((got = read(fd, p + n, (size_t)(8192 - n))) > 0)
		n += got;
	close(fd);
	return (struct str){p, n};
}

static void
check_answers(struct arena *a, struct server *s)
{
	struct str answer;
	CHECK_OK(control_ask(a, s->dir, S("link æøå"), &answer));
	CHECK_STR(answer, S("link æøå!"));
}

TEST(control_answers_what_it_is_asked)
{
	struct server s;
	server_start(&s, test_dir(arena));
	CHECK_INT(mode_of(in(arena, s.dir, "/control.sock")), 0600);
	for (int i = 0; i < 50; i++)
		check_answers(arena, &s);
	CHECK_INT(s.asked, 50);
	server_stop(&s);
}

TEST(control_without_a_server_is_told_at_once)
{
	struct str dir = test_dir(arena), answer;
	int64_t from_us = clock_mono_us();
	CHECK_INT(control_ask(arena, dir, S("x"), &answer), ERR_UNAVAIL);
	struct server s;
	server_start(&s, dir);
	server_stop(&s);
	/* The file is still there, and nobody behind it. */
	CHECK_INT(access(in(arena, dir, "/control.sock"), F_OK), 0);
	CHECK_INT(control_ask(arena, dir, S("x"), &answer), ERR_UNAVAIL);
	CHECK_MAX(clock_mono_us() - from_us, SECOND_US);
}

TEST(control_takes_the_place_of_a_dead_socket)
{
	struct server s;
	struct str dir = test_dir(arena);
	server_start(&s, dir);
	server_stop(&s);
	server_start(&s, dir);
	check_answers(arena, &s);
	server_stop(&s);
}

TEST(control_asks_nothing_of_a_path_that_is_too_long)
{
	struct buf b = buf_new(arena, 200);
	struct str answer;
	int fd;
	buf_add(&b, test_dir(arena));
	while (b.n < 120)
		buf_add(&b, S("/longer"));
	CHECK_INT(control_listen(buf_str(&b), &fd), ERR_TOO_LARGE);
	CHECK_INT(
	    control_ask(arena, buf_str(&b), S("x"), &answer), ERR_TOO_LARGE);
}

static struct str
filled(struct arena *a, ptrdiff_t n)
{
	char *p = arena_new(a, char, n);
	memset(p, 'x', (size_t)n);
	return (struct str){p, n};
}

TEST(control_drops_a_line_that_is_too_long)
{
	struct server s;
	server_start(&s, test_dir(arena));
	struct str longest = str_cat(arena, filled(arena, 4095), S("\n"));
	int fd = peer(arena, s.dir);
	say(fd, longest);
	CHECK_INT(hear(arena, fd).n, 4097); /* and ! */
	CHECK_INT(s.asked, 1);
	fd = peer(arena, s.dir);
	say(fd, str_cat(arena, S("x"), longest));
	CHECK_INT(hear(arena, fd).n, 0);
	CHECK_INT(s.asked, 1);
	check_answers(arena, &s);
	server_stop(&s);
}

TEST(control_drops_a_peer_that_says_nothing)
{
	struct server s;
	server_start(&s, test_dir(arena));
	int fd = peer(arena, s.dir), early = peer(arena, s.dir);
	close(early); /* came and went */
	int64_t from_us = clock_mono_us();
	check_answers(arena, &s); /* behind the two of them */
	CHECK_MAX(clock_mono_us() - from_us, 3 * SECOND_US);
	CHECK_INT(hear(arena, fd).n, 0);
	CHECK_INT(s.asked, 1);
	server_stop(&s);
}

/* Nor is it held up by one that says a letter a second. */
TEST(control_drops_a_peer_that_does_not_come_to_an_end)
{
	struct server s;
	server_start(&s, test_dir(arena));
	int fd = peer(arena, s.dir);
	int64_t from_us = clock_mono_us();
	for (int i = 0; i < 5; i++) {
		(void)!send(fd, "x", 1, MSG_NOSIGNAL);
		usleep(700 * 1000);
		if (recv(fd, (char[1]){0}, 1, MSG_DONTWAIT) == 0)
			break;
	}
	CHECK_MAX(clock_mono_us() - from_us, 3 * SECOND_US);
	close(fd);
	check_answers(arena, &s);
	server_stop(&s);
}
