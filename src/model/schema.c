/* SPDX-License-Identifier: MPL-2.0 */
#include "model/schema.h"

enum err
schema_state(struct db *db, struct arena *a, enum migrate_state *out)
{
	return migrate_state(db, a, migrate_embedded(), out);
}

enum err
schema_up(struct db *db, struct arena *a, int64_t now_us)
{
	return migrate_up(db, a, migrate_embedded(), now_us);
}
