/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BENCH_WRITE_H
#define BENCH_WRITE_H

#include "bench/client.h"

/* write.h - the write that all load programs do alike: a new open question in
 * a network's plan.  It leaves five rows: the record, its first revision, a
 * link of the audit chain and the chain's head, and the form's key. */
#define WRITE_SLUG "spoergsmaal"
#define WRITE_STATE S("open")
#define WRITE_TEXT                                                               \
	S("Hvornår på dagen har de pårørende tid til at være med, og hvad " \
	  "skal der til, for at også de, der arbejder om aftenen og bor "       \
	  "langt væk, kan deltage?")

/* Somebody who is signed in, as `signin` printed it. */
struct visitor {
	struct target target;
	struct str cookie, csrf;
	struct str network; /* "/netvaerk/ID" */
};

/* The request of a form that saves it, with ids of its own. */
struct str write_request(struct arena *, const struct visitor *);

/* Whether the answer says that it was saved. */
bool write_is_saved(const struct visitor *, const struct answer *);

/* Writes a second, median and 99th percentile in ms, on one line. */
void write_report(double *latency_us, ptrdiff_t n, double seconds);

#endif
