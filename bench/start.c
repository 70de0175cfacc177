/* SPDX-License-Identifier: MPL-2.0 */
/* start - from starting a server to its first page.
 *
 *	start BASE PATH PROGRAM ARGUMENT...
 *
 * Starts the program, asks for the page as soon as somebody listens, and ends
 * the program again.  Prints the ms from the start to the whole page. */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "bench/client.h"

enum { PATIENCE_US = 20 * SECOND_US, LOOK_US = 200 };

static pid_t
start(char **command)
{
	pid_t pid = -1;
	posix_spawn_file_actions_t files;
	posix_spawn_file_actions_init(&files);
	for (int fd = 0; fd < 3; fd++)
		posix_spawn_file_actions_addopen(
		    &files, fd, "/dev/null", O_RDWR, 0);
	if (posix_spawnp(&pid, command[0], &files, NULL, command, environ) != 0)
		pid = -1;
	posix_spawn_file_actions_destroy(&files);
	return pid;
}

/* Until the page is there, or the program is gone, or patience. */
static bool
wait_for_page(
    struct arena *a, const struct target *target, struct str request, pid_t pid)
{
	struct answer answer;
	struct timespec look = {.tv_nsec = LOOK_US * 1000};
	int64_t until_us = clock_mono_us() + PATIENCE_US;
	while (clock_mono_us() < until_us && waitpid(pid, NULL, WNOHANG) == 0) {
		int fd = client_connect(target);
		close(fd);
		if (fd >= 0)
			return client_ask(a, target, request, &answer) &&
			    answer.status == 200;
		nanosleep(&look, NULL);
	}
	return false;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_open(16 * 1024 * 1024);
	if (a == NULL || argc < 4)
		return 2;
	struct target target = target_of(a, argv[1]);
	struct str request =
	    client_get(a, &target, str_c(argv[2]), (struct str){0});
	int64_t from_us = clock_mono_us();
	pid_t pid = start(argv + 3);
	bool there = pid > 0 && wait_for_page(a, &target, request, pid);
	if (there)
		printf("%.1f\n", (double)(clock_mono_us() - from_us) / 1000);
	if (pid > 0) {
		kill(pid, SIGTERM);
		waitpid(pid, NULL, 0);
	}
	arena_close(a);
	return there ? 0 : 1;
}
