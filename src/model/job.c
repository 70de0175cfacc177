/* SPDX-License-Identifier: MPL-2.0 */
#include "model/job.h"

static const char SQL_ADD[] =
    "INSERT INTO job (org, id, network, account, kind, args, state, attempts,"
    " done, total, created_us, due_us, fault, result)"
    " VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, 0, 0, $7, $8, '', '')"
    " ON CONFLICT (org, id) DO NOTHING";

enum err
job_add(struct db *db, const struct actor *who, const struct job *job)
{
	int64_t due_us = job->due_us > 0 ? job->due_us : who->now_us;
	return db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(job->id),
	    DB_ID(who->network), DB_ID(who->account), DB_TEXT(job->kind),
	    DB_TEXT(job->args), DB_INT(who->now_us), DB_INT(due_us));
}

static struct job
read_job(struct id org, const struct db_row *row)
{
	return (struct job){
	    .org = org,
	    .id = db_id(row, 0),
	    .network = db_id(row, 1),
	    .account = db_id(row, 2),
	    .kind = db_text(row, 3),
	    .args = db_text(row, 4),
	    .state = db_text(row, 5),
	    .attempts = db_int(row, 6),
	    .done = db_int(row, 7),
	    .total = db_int(row, 8),
	    .created_us = db_int(row, 9),
	    .due_us = db_int(row, 10),
	    .ended_us = db_int(row, 11),
	    .fault = db_text(row, 12),
	    .result = db_text(row, 13),
	};
}

static const char SQL_GET[] =
    "SELECT id, network, account, kind, args, state, attempts, done, total,"
    " created_us, due_us, ended_us, fault, result"
    "  FROM job WHERE org = $1 AND id = $2";

enum err
job_get(struct db *db, struct arena *a, const struct actor *who, struct id id,
    struct job *out)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org), DB_ID(id));
	if (e != ERR_OK)
		return e;
	*out = read_job(who->org, &row);
	return id_eq(out->network, who->network) ? ERR_OK : ERR_NOT_FOUND;
}

static const char SQL_LIST[] =
    "SELECT id, network, account, kind, args, state, attempts, done, total,"
    " created_us, due_us, ended_us, fault, result"
    "  FROM job WHERE org = $1 AND network = $2 ORDER BY id DESC LIMIT $3";

static const char SQL_LIST_OWN[] =
    "SELECT id, network, account, kind, args, state, attempts, done, total,"
    " created_us, due_us, ended_us, fault, result"
    "  FROM job WHERE org = $1 AND network IS NULL ORDER BY id DESC LIMIT $2";

enum err
job_list(
    struct db *db, struct arena *a, const struct actor *who, struct jobs *out)
{
	struct db_rows rows;
	enum err e;
	*out = (struct jobs){0};
	if (id_is_set(who->network))
		e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_INT(JOB_PAGE));
	else
		e = db_all(db, a, SQL_LIST_OWN, &rows, DB_ID(who->org),
		    DB_INT(JOB_PAGE));
	if (e != ERR_OK)
		return e;
	*out = (struct jobs){arena_new(a, struct job, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = read_job(who->org, &rows.row[i]);
	return ERR_OK;
}

/* ---- for the runner ---- */

/* all orgs: which of them have a job to do now */
static const char SQL_DUE[] =
    "SELECT DISTINCT org FROM job WHERE due_us <= $1"
    " AND (kind = $2 OR $2 = '') AND (kind <> $3 OR $3 = '')"
    " ORDER BY org LIMIT 500";

enum err
job_due(struct db *db, struct arena *a, const struct job_share *share,
    int64_t now_us, struct ids *orgs)
{
	struct db_rows rows;
	*orgs = (struct ids){0};
	enum err e = db_all(db, a, SQL_DUE, &rows, DB_INT(now_us),
	    DB_TEXT(share->only), DB_TEXT(share->but));
	if (e == ERR_OK)
		*orgs = db_ids(a, &rows);
	return e;
}

/* The last condition is looked at again by whoever waited for the row, so of
 * two at once one finds nothing. */
static const char SQL_CLAIM[] =
    "UPDATE job SET state = 'running', attempts = attempts + 1, lease = $2,"
    " due_us = $3, done = 0, total = 0"
    " WHERE org = $1 AND due_us <= $4 AND id ="
    " (SELECT j.id FROM job j WHERE j.org = $1 AND j.due_us <= $4"
    "   AND (j.kind = $5 OR $5 = '') AND (j.kind <> $6 OR $6 = '')"
    "   ORDER BY j.due_us, j.id LIMIT 1)"
    " RETURNING id, network, account, kind, args, state, attempts, done,"
    " total, created_us, due_us, ended_us, fault, result";

static int64_t
lease_end(const struct actor *who)
{
	return who->now_us + JOB_LEASE_SECONDS * SECOND_US;
}

enum err
job_claim(struct db *db, struct arena *a, const struct actor *who,
    const struct job_share *share, struct job *out)
{
	struct db_row row;
	struct id lease = id_new(who->now_us);
	enum err e = db_one(db, a, SQL_CLAIM, &row, DB_ID(who->org),
	    DB_ID(lease), DB_INT(lease_end(who)), DB_INT(who->now_us),
	    DB_TEXT(share->only), DB_TEXT(share->but));
	if (e != ERR_OK)
		return e;
	*out = read_job(who->org, &row);
	out->lease = lease;
	return ERR_OK;
}

static enum err
if_held(enum err e, int64_t changed)
{
	if (e == ERR_OK && changed == 0)
		return ERR_CONFLICT;
	return e;
}

static const char SQL_BEAT[] =
    "UPDATE job SET done = $4, total = $5, due_us = $6"
    " WHERE org = $1 AND id = $2 AND lease = $3";

enum err
job_beat(struct db *db, const struct actor *who, const struct job *job)
{
	int64_t changed = 0;
	enum err e = db_exec(db, SQL_BEAT, &changed, DB_ID(who->org),
	    DB_ID(job->id), DB_ID(job->lease), DB_INT(job->done),
	    DB_INT(job->total), DB_INT(lease_end(who)));
	return if_held(e, changed);
}

static const char SQL_DONE[] =
    "UPDATE job SET state = 'done', lease = NULL, due_us = NULL,"
    " ended_us = $4, fault = '', result = $5"
    " WHERE org = $1 AND id = $2 AND lease = $3";

enum err
job_done(struct db *db, const struct actor *who, const struct job *job,
    struct str result)
{
	int64_t changed = 0;
	enum err e =
	    db_exec(db, SQL_DONE, &changed, DB_ID(who->org), DB_ID(job->id),
		DB_ID(job->lease), DB_INT(who->now_us), DB_TEXT(result));
	return if_held(e, changed);
}

static const char SQL_WAIT[] =
    "UPDATE job SET state = 'waiting', lease = NULL, attempts = $4,"
    " due_us = $5, fault = $6 WHERE org = $1 AND id = $2 AND lease = $3";

enum err
job_later(struct db *db, const struct actor *who, const struct job *job,
    struct str fault)
{
	if (job->attempts >= JOB_TRIES)
		return job_failed(db, who, job, fault);
	int64_t changed = 0;
	int64_t pause_us = job->attempts * job->attempts * 15 * SECOND_US;
	enum err e = db_exec(db, SQL_WAIT, &changed, DB_ID(who->org),
	    DB_ID(job->id), DB_ID(job->lease), DB_INT(job->attempts),
	    DB_INT(who->now_us + pause_us), DB_TEXT(fault));
	return if_held(e, changed);
}

enum err
job_return(struct db *db, const struct actor *who, const struct job *job)
{
	int64_t changed = 0;
	enum err e = db_exec(db, SQL_WAIT, &changed, DB_ID(who->org),
	    DB_ID(job->id), DB_ID(job->lease), DB_INT(job->attempts - 1),
	    DB_INT(who->now_us), DB_TEXT(job->fault));
	return if_held(e, changed);
}

static const char SQL_FAILED[] =
    "UPDATE job SET state = 'failed', lease = NULL, due_us = NULL,"
    " ended_us = $4, fault = $5"
    " WHERE org = $1 AND id = $2 AND lease = $3";

enum err
job_failed(struct db *db, const struct actor *who, const struct job *job,
    struct str fault)
{
	int64_t changed = 0;
	enum err e =
	    db_exec(db, SQL_FAILED, &changed, DB_ID(who->org), DB_ID(job->id),
		DB_ID(job->lease), DB_INT(who->now_us), DB_TEXT(fault));
	return if_held(e, changed);
}

static const char SQL_SWEEP[] =
    "DELETE FROM job WHERE org = $1 AND ended_us <= $2";

enum err
job_sweep(struct db *db, const struct actor *who)
{
	return db_exec(db, SQL_SWEEP, NULL, DB_ID(who->org),
	    DB_INT(who->now_us - JOB_KEPT_DAYS * DAY_US));
}
