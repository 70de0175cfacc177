/* SPDX-License-Identifier: MPL-2.0 */
#include "model/ethics.h"

#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "base/cpr.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "model/activity.h"
#include "model/audit.h"
#include "model/catalogue.h"
#include "model/rules.h"

enum { JSON_BYTES = 64 * 1024 };

/* What a check is made for; a line each, so that no two run together. */
static struct hash
basis(struct arena *a, const struct record *activity)
{
	static const char *const fields[] = {
	    "method", "groups", "people", "room", "place_kind", "place"};
	struct buf b = buf_new(a, JSON_BYTES);
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++) {
		buf_add(&b, record_value(activity, fields[i]));
		buf_byte(&b, '\n');
	}
	return hash_of(buf_str(&b));
}

/* ---- answers as JSON ---- */

static struct str
question_key(int i)
{
	return catalogue_list(S("ethics")).list[i].key;
}

static struct str
answers_json(struct arena *a, const struct ethics *e)
{
	struct buf b = buf_new(a, JSON_BYTES);
	for (int i = 0; i < ETHICS_QUESTIONS; i++) {
		buf_byte(&b, i == 0 ? '{' : ',');
		buf_json(&b, question_key(i));
		buf_add(&b, S(":["));
		buf_json(&b, e->answer[i]);
		buf_byte(&b, ',');
		buf_json(&b, e->note[i]);
		buf_byte(&b, ']');
	}
	buf_byte(&b, '}');
	return buf_str(&b);
}

static struct str
text_at(struct arena *a, const json_t *pair, size_t i)
{
	return str_dup(a, str_c(json_string_value(json_array_get(pair, i))));
}

static void
drop(void *root)
{
	json_decref(root);
}

static enum err
read_answers(struct arena *parent, struct str text, struct ethics *out)
{
	json_error_t error;
	json_t *root = json_loadb(text.p, (size_t)text.n, 0, &error);
	if (root == NULL)
		return ERR_INTERNAL; /* damaged, or malloc failed */
	arena_defer(parent, drop, root);
	for (int i = 0; i < ETHICS_QUESTIONS; i++) {
		const char *key = str_cstr(parent, question_key(i));
		const json_t *pair = json_object_get(root, key);
		out->answer[i] = text_at(parent, pair, 0);
		out->note[i] = text_at(parent, pair, 1);
	}
	return ERR_OK;
}

/* ---- reading and signing ---- */

static const char SQL_NEWEST[] =
    "SELECT at_us, account, basis, answers, complete FROM ethics"
    " WHERE org = $1 AND network = $2 AND activity = $3"
    " ORDER BY at_us DESC, id DESC LIMIT 1";

static bool
is_stale(struct arena *a, const struct plan *plan,
    const struct record *activity, struct str made_for, int64_t at_us)
{
	return !str_eq(made_for, hash_bytes(a, basis(a, activity))) ||
	    rule_before_theme(plan, at_us);
}

enum err
ethics_get(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, const struct record *activity, struct ethics *out)
{
	struct db_row row;
	*out = (struct ethics){0};
	enum err e = db_one(db, a, SQL_NEWEST, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(activity->id));
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	out->signed_off = true;
	out->at_us = db_int(&row, 0);
	out->account = db_id(&row, 1);
	out->stale = is_stale(a, plan, activity, db_blob(&row, 2), out->at_us);
	out->complete = db_int(&row, 4) != 0;
	return read_answers(a, db_text(&row, 3), out);
}

static const char SQL_NEWEST_OF_ALL[] =
    "SELECT e.activity, e.at_us, e.basis FROM ethics e"
    " WHERE e.org = $1 AND e.network = $2 AND NOT EXISTS"
    " (SELECT x.id FROM ethics x WHERE x.org = $1 AND x.network = $2"
    "   AND x.activity = e.activity AND (x.at_us > e.at_us"
    "    OR (x.at_us = e.at_us AND x.id > e.id)))"
    " ORDER BY e.activity";

static bool
is_before_held(const struct record *activity)
{
	enum activity_state state = activity_state(activity);
	return state >= ACTIVITY_ETHICS_OK && state < ACTIVITY_HELD;
}

enum err
ethics_stale(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, struct ids *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_NEWEST_OF_ALL, &rows, DB_ID(who->org),
	    DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct ids){.list = arena_new(a, struct id, rows.n)};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		const struct record *r =
		    plan_find(plan, KIND_ACTIVITY, db_id(row, 0));
		if (r != NULL && is_before_held(r) &&
		    is_stale(a, plan, r, db_blob(row, 2), db_int(row, 1)))
			out->list[out->n++] = r->id;
	}
	return ERR_OK;
}

static bool
is_sound(const struct ethics *e, bool *complete)
{
	*complete = true;
	for (int i = 0; i < ETHICS_QUESTIONS; i++) {
		bool yes = str_eq(e->answer[i], S("yes"));
		if ((!yes && !str_eq(e->answer[i], S("no"))) ||
		    utf8_length(e->note[i]) > ETHICS_NOTE_MAX ||
		    cpr_find(e->note[i]).n > 0)
			return false;
		*complete = *complete && yes;
	}
	return true;
}

static const char SQL_ADD[] =
    "INSERT INTO ethics (org, network, id, activity, at_us, account, basis,"
    " answers, complete) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

enum err
ethics_sign(struct db *db, struct arena *a, const struct actor *who,
    struct id id, int64_t rev, const struct ethics *check)
{
	struct record activity;
	bool complete;
	if (!actor_may(who, CAP_MANAGE))
		return ERR_DENIED;
	enum err e = record_get(db, a, who, KIND_ACTIVITY, id, &activity);
	if (e != ERR_OK)
		return e;
	if (activity.rev != rev)
		return ERR_CONFLICT;
	if (!is_sound(check, &complete))
		return ERR_INVALID;
	struct hash hash = basis(a, &activity);
	e = db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(id_new(who->now_us)), DB_ID(id), DB_INT(who->now_us),
	    DB_ID(who->account), DB_HASH(hash), DB_TEXT(answers_json(a, check)),
	    DB_INT(complete));
	return e == ERR_OK ? audit_add(db, a, who, S("ethics.sign"), id) : e;
}
