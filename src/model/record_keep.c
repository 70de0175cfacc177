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

enum err
record_keep(struct db *db, struct arena *a, const struct actor *who,
    struct record *mine, struct record_faults *faults)
{
	enum err e = keep_managed(db, a, who, mine);
	return e == ERR_OK ? refuse_frozen(db, a, who, mine, faults) : e;
}
