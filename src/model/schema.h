/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "db/migrate.h"

/* schema.h - whether a database is this program's, and making it so.
 * Tests: tests/db/migrate.c */
enum err schema_state(
    struct db *, struct arena *, enum migrate_state *) MUST_USE;
enum err schema_up(struct db *, struct arena *, int64_t now_us) MUST_USE;

#endif
