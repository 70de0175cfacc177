/* SPDX-License-Identifier: MPL-2.0 */
/* timed - what one run of a command costs.
 *
 *	timed COMMAND [ARGUMENT]...
 *
 * Prints its wall time and the processor's, in ms, and the most memory that it
 * had, in MB; what it prints itself goes nowhere.  Exit status: 0, or 1 when
 * the command's was not 0. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

static void
become(char **command)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0)
		execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

static double
ms(struct timeval t)
{
	return 1e3 * (double)t.tv_sec + 1e-3 * (double)t.tv_usec;
}

int
main(int argc, char **argv)
{
	struct rusage used;
	int status = 0;
	if (argc < 2)
		return 2;
	int64_t from_us = clock_mono_us();
	pid_t pid = fork();
	if (pid == 0)
		become(argv + 1);
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid)
		return 1;
	printf("%.2f %.2f %ld\n", 1e-3 * (double)(clock_mono_us() - from_us),
	    ms(used.ru_utime) + ms(used.ru_stime), used.ru_maxrss / 1024);
	return status == 0 ? 0 : 1;
}
