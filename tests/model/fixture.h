/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_MODEL_FIXTURE_H
#define TESTS_MODEL_FIXTURE_H

#include "model/network.h"
#include "model/org.h"
#include "tests/test.h"

/* fixture.h - an organisation with a few people and a network, to test on.
 * Everything on `arena`; the clock stands at NOW_US. */
#define NOW_US (INT64_C(1795507200) * SECOND_US) /* 2026-11-24 08:00 UTC */

struct world {
	struct db *db;
	struct arena *arena;
	struct keys keys;
	struct org org;
	struct actor program; /* may everything, outside networks */
	struct id mette, ali, lis; /* leader, participant, decision maker */
	struct id network;
	struct actor leader; /* Mette inside the network */
	struct actor participant, decider;
	int64_t records; /* that were made: each is a microsecond later */
};

/* The keys and the organisation only. */
void world_bare(struct world *, struct arena *, struct db *);
/* All of it. */
void world_new(struct world *, struct arena *, struct db *);

/* An actor with the rights of the account, as at sign-in. */
struct actor world_as(struct world *, struct id account);
/* The same inside the network; the test fails when they may not. */
struct actor world_inside(struct world *, struct id account);

/* A new record of the kind with required fields filled in. */
struct record world_record(struct world *, enum record_kind);
/* Saves it as the leader; the test fails unless it is ERR_OK. */
/* As the steps of an activity do, which no form may. */
void world_set_state(struct world *, struct record *, const char *state);
void world_save(struct world *, struct record *);

#endif
