/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BENCH_EXAMPLE_H
#define BENCH_EXAMPLE_H

#include "model/actor.h"

/* example.h - the leader of the worked example that `samskab demo` makes, in
 * the example's network.  ERR_NOT_FOUND: it is not one. */
enum err example_leader(struct db *, struct arena *, const struct keys *,
    int64_t now_us, struct actor *) MUST_USE;

#endif
