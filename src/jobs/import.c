/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/import.h"

#include "base/buf.h"
#include "model/import.h"

enum { PEOPLE_A_WRITE = 250 };

struct work {
	struct job_turn *turn;
	struct import import;
	struct import_people people;
	ptrdiff_t from;
	int64_t added; /* by the writes before this one */
	int64_t added_now;
};

/* May be run more than once, so it counts from the start. */
static enum err
write_some(void *arg, struct db *db)
{
	struct work *w = arg;
	struct import_rows rows = {w->from, w->from + PEOPLE_A_WRITE, 0};
	if (rows.to > w->people.file.n)
		rows.to = w->people.file.n;
	enum err e =
	    import_add(db, w->turn->arena, &w->turn->who, &w->people, &rows);
	w->added_now = rows.added;
	if (e == ERR_OK && rows.to == w->people.file.n)
		e = import_drop(
		    db, w->turn->arena, &w->turn->who, w->import.id);
	return e;
}

enum err
import_job(struct job_turn *turn)
{
	struct work w = {.turn = turn};
	turn->who.account = turn->job->account;
	enum err e = import_get(
	    turn->db, turn->arena, &turn->who, turn->job->id, &w.import);
	/* The last write was the end of it. */
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	if (e == ERR_OK)
		e = import_read(
		    turn->db, turn->arena, &turn->who, &w.import, &w.people);
	while (e == ERR_OK && w.from < w.people.file.n) {
		if (!job_progress(turn, w.from, w.people.file.n))
			return ERR_CONFLICT;
		e = job_write(turn, write_some, &w);
		w.added += w.added_now;
		w.from += PEOPLE_A_WRITE;
	}
	turn->result = str_fmt(turn->arena, "%lld", (long long)w.added);
	return e;
}

enum err
import_start(struct db *db, const struct actor *who, struct id import)
{
	struct job job = {.id = import, .kind = S("import"), .args = S("{}")};
	return job_add(db, who, &job);
}
