/* SPDX-License-Identifier: MPL-2.0 */

/* What a form may not change in a record: what the model alone sets, and what
 * is frozen (model/kinds.h). */
#include "base/lang.h"
#include "model/kinds.h"

/* As the column holds it: no number is 0. */
static bool
same_value(const struct field_def *field, struct str x, struct str y)
{
	int64_t m, n;
	if (field->type != FIELD_NUMBER)
		return str_eq(x, y);
	return (str_int(x, &m) ? m : 0) == (str_int(y, &n) ? n : 0);
}

static bool
has_managed(const struct record_def *def)
{
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		if (def->fields[i].managed)
			return true;
	}
	return false;
}

/* What only the model sets is as it was, whatever was sent in. */
static enum err
keep_managed(struct db *db, struct arena *a, const struct actor *who,
    struct record *mine)
{
	struct record now = {0};
	const struct record_def *def = record_def(mine->kind);
	if (!has_managed(def))
		return ERR_OK;
	enum err e = record_get(db, a, who, mine->kind, mine->id, &now);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *field = &def->fields[i];
		if (!field->managed)
			continue;
		mine->value[i] = now.value[i];
		if (e == ERR_NOT_FOUND && field->choices != NULL)
			mine->value[i] = str_c(field->choices[0].key);
	}
	return ERR_OK;
}

/* What is frozen is refused, so that nobody thinks it was changed. */
static enum err
refuse_frozen(struct db *db, struct arena *a, const struct actor *who,
    const struct record *mine, struct record_faults *faults)
{
	struct record now;
	const struct record_def *def = record_def(mine->kind);
	if (def->frozen == NULL)
		return ERR_OK;
	enum err e = record_get(db, a, who, mine->kind, mine->id, &now);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *field = &def->fields[i];
		if (!field->managed && def->frozen(&now, field->name) &&
		    !same_value(field, mine->value[i], now.value[i]))
			record_fault(faults, mine->kind, field->name,
			    N_("This can no longer be changed."));
	}
	return faults->any ? ERR_INVALID : ERR_OK;
}

/* ---- a network does not end while somebody waits for an answer ---- */

static const char SQL_OWED[] =
    "SELECT (SELECT COUNT(*) FROM decision d WHERE d.org = $1"
    "   AND d.network = $2 AND d.removed_us IS NULL"
    "   AND d.state IN ('taken', 'reasoned'))"
    " + (SELECT COUNT(*) FROM activity v WHERE v.org = $1"
    "   AND v.network = $2 AND v.removed_us IS NULL"
    "   AND v.state IN ('held', 'documented'))";

static bool
has_ended(const struct record *r)
{
	struct str state = record_value(r, "state");
	return str_eq(state, S("closed")) || str_eq(state, S("archived"));
}

static enum err
refuse_owed(struct db *db, struct arena *a, const struct actor *who,
    const struct record *mine, struct record_faults *faults)
{
	struct db_row row;
	struct record now;
	if (mine->kind != KIND_NETWORK || !has_ended(mine))
		return ERR_OK;
	enum err e = record_get(db, a, who, KIND_NETWORK, mine->id, &now);
	if (e != ERR_OK || has_ended(&now))
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	e = db_one(db, a, SQL_OWED, &row, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK || db_int(&row, 0) == 0)
		return e;
	record_fault(faults, KIND_NETWORK, "state",
	    N_("People still wait for an answer: on a decision, or after an "
	       "activity. Answer them first."));
	return ERR_INVALID;
}

enum err
record_keep(struct db *db, struct arena *a, const struct actor *who,
    struct record *mine, struct record_faults *faults)
{
	enum err e = keep_managed(db, a, who, mine);
	if (e == ERR_OK)
		e = refuse_frozen(db, a, who, mine, faults);
	return e == ERR_OK ? refuse_owed(db, a, who, mine, faults) : e;
}
