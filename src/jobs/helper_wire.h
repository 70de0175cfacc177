/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_HELPER_WIRE_H
#define JOBS_HELPER_WIRE_H

#include "jobs/helper.h"

/* helper_wire.h - what serve's side (helper.c) and the helper's side
 * (helper_loop.c) say to each other.  Nobody else includes it. */

enum {
	CALL_FDS = 3, /* input, output, answer: passed with a wire_call */
	CALLS_AT_ONCE = 4, /* children; the rest wait in the socket */
	QUEUE_MS = 30000, /* how long a call may wait for its turn */
	ANSWER_MS = 2000, /* and for the news of its end */
};

struct wire_call {
	uint32_t kind; /* index in the table */
	uint32_t way; /* of a program */
	struct helper_limits limits;
};

enum wire_end {
	END_EXITED, /* code: see CODE_* */
	END_KILLED, /* code: the signal */
	END_LATE, /* past its wall time */
	END_UNBORN, /* code: errno; it could not be started */
};

struct wire_answer {
	int32_t end;
	int32_t code;
};

/* Exit codes of a child: CODE_ERR + enum err, or one of these.  Others come
 * from libraries that exit by themselves. */
enum {
	CODE_ERR = 64,
	CODE_FULL = 96, /* its arena */
	CODE_OUTPUT = 97, /* more than it may write */
	CODE_SANDBOX = 98, /* which could not be closed: nothing was run */
	CODE_PROGRAM = 99, /* which could not be started */
	CODE_STOPPED = 255 /* ffmpeg's own, after a signal that it catches */
};

/* The helper's whole life; never returns. */
NORETURN void helper_loop(
    int socket_fd, const struct helper_kind *const *kinds, ptrdiff_t n_kinds);

/* The child's whole life: seals itself in, runs the kind on the input. */
NORETURN void helper_child(const struct helper_kind *kind,
    const struct wire_call *, int in_fd, int out_fd);

#endif
