/* SPDX-License-Identifier: MPL-2.0 */
#include "model/guardian.h"

#include "model/activity.h"

enum err
guardian_load(struct db *db, struct arena *a, const struct actor *who,
    struct guardian *out)
{
	struct record notice;
	*out = (struct guardian){0};
	enum err e = record_get(db, a, who, KIND_NOTICE, who->network, &notice);
	if (e == ERR_OK)
		out->by_consent =
		    str_eq(record_value(&notice, "basis"), S("consent"));
	if (e == ERR_NOT_FOUND)
		e = ERR_OK;
	return e == ERR_OK ? activity_limits(db, a, who, &out->limits) : e;
}

bool
guardian_is_missing(
    struct arena *a, const struct guardian *g, const struct person *p)
{
	struct rules rules = rules_new(a, LANG_DA, &g->limits);
	return rule_no_guardian(
	    &rules, p->age, g->by_consent, p->guardian.n > 0);
}

enum err
guardian_asked(struct db *db, struct arena *a, const struct actor *who,
    const struct person *p, bool *missing)
{
	struct guardian g;
	enum err e = guardian_load(db, a, who, &g);
	*missing = e == ERR_OK && guardian_is_missing(a, &g, p);
	return e;
}
