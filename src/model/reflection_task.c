/* SPDX-License-Identifier: MPL-2.0 */

/* What was answered "no" or "don't know" becomes tasks
 * (reflection_tasks() in model/reflection.h). */
#include "base/utf8.h"
#include "model/record.h"
#include "model/reflection.h"

static const char SQL_TASKS[] =
    "SELECT l.reflection, l.question, t.state, t.removed_us"
    "  FROM reflection_task l"
    "  JOIN task t ON t.org = $1 AND t.network = $2 AND t.id = l.task"
    " WHERE l.org = $1 AND l.network = $2";

/* Of this reflection any task counts, of others one that is still open. */
static bool
has_task(const struct db_rows *rows, struct id reflection, struct str question)
{
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		const struct db_row *row = &rows->row[i];
		bool open =
		    str_eq(db_text(row, 2), S("open")) && db_is_null(row, 3);
		if (str_eq(db_text(row, 1), question) &&
		    (open || id_eq(db_id(row, 0), reflection)))
			return true;
	}
	return false;
}

static const char SQL_LINK[] =
    "INSERT INTO reflection_task (org, network, reflection, question, task)"
    " VALUES ($1, $2, $3, $4, $5)";

/* The question only: what was written beside it may be for oneself. */
static enum err
make_task(struct db *db, struct arena *a, const struct actor *who,
    struct id reflection, const struct catalogue_item *question)
{
	struct record_saved saved;
	const struct field_def *title = &record_def(KIND_TASK)->fields[0];
	struct str text = catalogue_text(question, who->lang);
	struct record task = {.kind = KIND_TASK,
	    .network = who->network,
	    .id = id_new(who->now_us)};
	record_set(&task, "title", utf8_cut(text, title->max));
	record_set(&task, "state", S("open"));
	record_set(&task, "note",
	    tr_fill(a, tr(who->lang, "From a reflection: %1."),
		&question->words[who->lang].name, 1));
	enum err e = record_save(db, a, who, &task, &saved);
	return e == ERR_OK
	    ? db_exec(db, SQL_LINK, NULL, DB_ID(who->org), DB_ID(who->network),
		  DB_ID(reflection), DB_TEXT(question->key), DB_ID(task.id))
	    : e;
}

enum err
reflection_tasks(struct db *db, struct arena *a, const struct actor *who,
    struct id id, int *made)
{
	struct reflection r;
	struct db_rows rows;
	*made = 0;
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = reflection_get(db, a, who, id, &r);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_TASKS, &rows, DB_ID(who->org),
		    DB_ID(who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < r.n; i++) {
		const struct reflection_reply *reply = &r.reply[i];
		if (!reflection_is_open(reply->answer) ||
		    has_task(&rows, id, reply->question->key))
			continue;
		e = make_task(db, a, who, id, reply->question);
		*made += e == ERR_OK;
	}
	return e;
}
