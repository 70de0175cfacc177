/* SPDX-License-Identifier: MPL-2.0 */
#include "model/setting.h"

#include <assert.h>

#include "base/clock.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"

static const char *
date_fault(struct str text)
{
	struct date day;
	return date_parse(text, &day)
	    ? NULL
	    : N_("Write the date as year-month-day: 2026-11-24.");
}

/* Of the national tool: the statement sends people nowhere else. */
static const char *
link_fault(struct str text)
{
	return str_starts(text, S("https://was.digst.dk/"))
	    ? NULL
	    : N_("Write the whole address: https://was.digst.dk/...");
}

static const struct setting_def own[] = {
    {.name = S_INIT("k"),
	.label = N_("Fewest answers that a number is shown of"),
	.hint = N_("With fewer, a number could give somebody away."),
	.number = true,
	.value = 5,
	.least = 3,
	.most = 50},
    {.name = S_INIT("first_answer_days"),
	.label = N_("Days until the first answer"),
	.hint = N_("So soon after an activity people hear from you."),
	.number = true,
	.value = 30,
	.least = 1,
	.most = 365},
    {.name = S_INIT("code_days"),
	.label = N_("Days that a citizen's code works"),
	.hint = N_("From the day a letter is made. After that it opens "
		   "nothing."),
	.number = true,
	.value = 365,
	.least = 30,
	.most = 1095},
    {.name = S_INIT("retention_days"),
	.label = N_("Days that data about people is kept"),
	.hint = N_("From the day a network ends. Then it is deleted, when the "
		   "archive has decided."),
	.number = true,
	.value = 365,
	.least = 30,
	.most = 3650},
    {.name = S_INIT("access_days"),
	.label = N_("Days that the log of who looked is kept"),
	.hint = N_("A year is what the state asks of such logs."),
	.number = true,
	.value = 365,
	.least = 365,
	.most = 1825},
    {.name = S_INIT("retention_percent"),
	.label = N_("Most that is deleted at once after the clock jumped"),
	.hint = N_("In per cent of a table. When more would go, somebody has "
		   "to confirm the clock first."),
	.number = true,
	.value = 20,
	.least = 1,
	.most = 100},
    {.name = S_INIT("rankings_live"),
	.label = N_("Rankings are seen while a round is open"),
	.hint = N_("0: only when it is closed, so that nobody votes with the "
		   "crowd. 1: at once."),
	.number = true,
	.value = 0,
	.least = 0,
	.most = 1},
    {.name = S_INIT("archive_contact"),
	.label = N_("Archive"),
	.hint = N_("Who decides what is kept. Without one nothing is deleted "
		   "before its time."),
	.number = false},
    {.name = S_INIT("dpo_contact"),
	.label = N_("Data protection officer"),
	.hint = N_("How citizens reach them. It stands in what they are told "
		   "about their data."),
	.number = false},
    {.name = S_INIT("was_contact"),
	.label = N_("Who hears of what is not accessible"),
	.hint = N_("Phone and mail. They stand in the accessibility "
		   "statement.")},
    {.name = S_INIT("was_missing"),
	.label = N_("What is not accessible yet"),
	.hint = N_("In plain words, for the accessibility statement. Empty: "
		   "what the makers of the program know."),
	.most = 2000},
    {.name = S_INIT("was_day"),
	.label = N_("Day you last looked at how accessible it is"),
	.hint = N_("As 2026-11-24. A year later administrators are "
		   "reminded."),
	.check = date_fault},
    {.name = S_INIT("was_link"),
	.label = N_("Your statement in the national tool"),
	.hint = N_("Its address: https://was.digst.dk/..."),
	.check = link_fault},
};

struct setting_defs
setting_defs(void)
{
	return (struct setting_defs){own, COUNT_OF(own)};
}

static const struct setting_def *
find_own(struct str name)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(own); i++) {
		if (str_eq(own[i].name, name))
			return &own[i];
	}
	return NULL;
}

bool
setting_range(struct str name, int64_t *least, int64_t *most)
{
	const struct setting_def *def = find_own(name);
	const struct catalogue_item *limit = catalogue_find(S("limits"), name);
	if (limit != NULL) {
		*least = limit->least;
		*most = limit->most;
		return true;
	}
	if (def == NULL || !def->number)
		return false;
	*least = def->least;
	*most = def->most;
	return true;
}

int64_t
setting_most(const struct setting_def *def)
{
	return def != NULL && def->most > 0 ? def->most : SETTING_TEXT;
}

static const char *
text_fault(const struct setting_def *def, struct str value)
{
	if (utf8_length(value) > setting_most(def))
		return N_("Use at most %1 characters.");
	return def != NULL && def->check != NULL ? def->check(value) : NULL;
}

const char *
setting_fault(struct str name, struct str value)
{
	int64_t least, most, number;
	if (value.n == 0)
		return NULL;
	if (cpr_find(value).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	if (!setting_range(name, &least, &most))
		return text_fault(find_own(name), value);
	if (!str_int(value, &number) || number < least || number > most)
		return N_("Write a whole number from %1 to %2.");
	return NULL;
}

static const char SQL_LIST[] =
    "SELECT name, value FROM org_setting WHERE org = $1 ORDER BY name";

enum err
setting_list(struct db *db, struct arena *a, const struct actor *who,
    struct settings_now *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org));
	if (e != ERR_OK)
		return e;
	*out =
	    (struct settings_now){arena_new(a, struct setting, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = (struct setting){
		    db_text(&rows.row[i], 0), db_text(&rows.row[i], 1)};
	return ERR_OK;
}

struct str
setting_value(const struct settings_now *now, struct str name)
{
	for (ptrdiff_t i = 0; i < now->n; i++) {
		if (str_eq(now->list[i].name, name))
			return now->list[i].value;
	}
	return (struct str){0};
}

int64_t
setting_number(const struct settings_now *now, struct str name)
{
	int64_t number;
	const struct setting_def *def = find_own(name);
	const struct catalogue_item *limit = catalogue_find(S("limits"), name);
	struct str value = setting_value(now, name);
	assert(limit != NULL || (def != NULL && def->number));
	if (setting_fault(name, value) == NULL && str_int(value, &number))
		return number;
	return limit != NULL ? limit->value : def->value;
}

static const char SQL_SET[] =
    "INSERT INTO org_setting (org, name, value, changed_us, changed_by)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (org, name) DO UPDATE SET value = $3, changed_us = $4,"
    " changed_by = $5";

enum err
setting_save(struct db *db, struct arena *a, const struct actor *who,
    const struct setting *setting)
{
	struct settings_now now;
	bool known = find_own(setting->name) != NULL ||
	    catalogue_has(S("limits"), setting->name);
	if (!actor_may(who, CAP_CATALOGUE))
		return ERR_DENIED;
	if (!known || setting_fault(setting->name, setting->value) != NULL)
		return ERR_INVALID;
	enum err e = setting_list(db, a, who, &now);
	if (e != ERR_OK ||
	    str_eq(setting_value(&now, setting->name), setting->value))
		return e;
	e = db_exec(db, SQL_SET, NULL, DB_ID(who->org), DB_TEXT(setting->name),
	    DB_TEXT(setting->value), DB_INT(who->now_us), DB_ID(who->account));
	return e == ERR_OK
	    ? audit_add(db, a, who, STR_JOIN(a, S("setting."), setting->name),
		  who->org)
	    : e;
}
