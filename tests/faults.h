/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_FAULTS_H
#define TESTS_FAULTS_H

#include "db/db.h"

/* faults.h - a database that fails when a test asks for it.
 *
 * The fault stands between db.c and the backend, so that the product has
 * nothing of it.  What counts as a call: a statement, and the beginning, the
 * commit, the savepoint, its release and its undoing.  A rollback never fails:
 * it is what is left to do after the rest did.
 *
 * One fault at a time a thread; only on the thread that uses the connection.
 * Tests: tests/db/db.c
 */
enum fault_kind {
	FAULT_ONCE, /* the n-th call is not made, and gives ERR_UNAVAIL */
	FAULT_ON, /* neither are those that follow */
	FAULT_LATE, /* the n-th call is made, and gives ERR_UNAVAIL; a beginning
	               is not made: there is nobody to take it back */
	FAULT_LOST, /* as FAULT_ON, and the connection is opened anew after */
};

/* The n-th call from now; 0 takes the fault away. */
void db_fault(struct db *, enum fault_kind, int64_t n);

/* How many calls there were since the last fault was asked for. */
int64_t db_fault_calls(void);

/* Whether the last fault was met; also after it was taken away. */
bool db_fault_met(void);

/* FAULT_ONCE, counting only statements and commits. */
void db_fail_at(struct db *, int64_t n);

#endif
