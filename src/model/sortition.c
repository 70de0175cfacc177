/* SPDX-License-Identifier: MPL-2.0 */
#include "model/sortition.h"

#include "base/cpr.h"
#include "model/audit.h"
#include "model/job.h"

static const char SQL_ADD[] =
    "INSERT INTO draw (org, network, id, account, created_us, state, size,"
    " seed, people, targets, after, stays, gone, result, proof, published)"
    " VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8, $9, $10, $11, $12,"
    " '', '', '')"
    " ON CONFLICT (org, network, id) DO NOTHING";

enum err
sortition_add(struct db *db, struct arena *a, const struct actor *who,
    const struct sortition *s)
{
	struct job job = {.id = s->id, .kind = S("draw"), .args = S("{}")};
	int64_t made = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (cpr_find(s->seed).n > 0)
		return ERR_INVALID; /* it is published */
	enum err e = db_exec(db, SQL_ADD, &made, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(s->id), DB_ID(who->account),
	    DB_INT(who->now_us), DB_INT(s->size), DB_TEXT(s->seed),
	    DB_TEXT(s->people), DB_TEXT(s->targets), DB_ID(s->after),
	    DB_TEXT(s->stays), DB_TEXT(s->gone));
	if (e != ERR_OK || made == 0)
		return e;
	e = job_add(db, who, &job);
	return e == ERR_OK ? audit_add(db, a, who, S("draw.ask"), s->id) : e;
}

static const char SQL_GET[] =
    "SELECT id, account, created_us, state, size, seed, after, stays, gone,"
    " ended_us, published, people, targets, result, proof FROM draw"
    " WHERE org = $1 AND network = $2 AND id = $3";

static const char SQL_PUBLIC[] =
    "SELECT id, account, created_us, state, size, seed, after, stays, gone,"
    " ended_us, published, '', '', result, '' FROM draw"
    " WHERE org = $1 AND id = $2 AND state = 'done' AND published <> ''";

static const char SQL_LIST[] =
    "SELECT id, account, created_us, state, size, seed, after, stays, gone,"
    " ended_us, published FROM draw"
    " WHERE org = $1 AND network = $2 ORDER BY id DESC";

static struct sortition
read_row(const struct db_row *row)
{
	return (struct sortition){
	    .id = db_id(row, 0),
	    .account = db_id(row, 1),
	    .created_us = db_int(row, 2),
	    .state = db_text(row, 3),
	    .size = db_int(row, 4),
	    .seed = db_text(row, 5),
	    .after = db_id(row, 6),
	    .stays = db_text(row, 7),
	    .gone = db_text(row, 8),
	    .ended_us = db_int(row, 9),
	    .published = db_text(row, 10),
	};
}

static struct sortition
read_whole(const struct db_row *row)
{
	struct sortition s = read_row(row);
	s.people = db_text(row, 11);
	s.targets = db_text(row, 12);
	s.result = db_text(row, 13);
	s.proof = db_text(row, 14);
	return s;
}

enum err
sortition_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct sortition *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		*out = read_whole(&row);
	return e;
}

enum err
sortition_public(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct sortition *out)
{
	struct db_row row;
	enum err e =
	    db_one(db, a, SQL_PUBLIC, &row, DB_ID(who->org), DB_ID(id));
	if (e == ERR_OK)
		*out = read_whole(&row);
	return e;
}

static const char SQL_PUBLISH[] =
    "UPDATE draw SET published = $4"
    " WHERE org = $1 AND network = $2 AND id = $3 AND state = 'done'";

enum err
sortition_publish(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct str how)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (how.n > 0 && !str_eq(how, S("chances")) && !str_eq(how, S("codes")))
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_PUBLISH, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_TEXT(how));
	if (e == ERR_OK && changed == 0)
		e = ERR_NOT_FOUND;
	return e == ERR_OK ? audit_add(db, a, who, S("draw.publish"), id) : e;
}

enum err
sortition_list(struct db *db, struct arena *a, const struct actor *who,
    struct sortitions *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(
	    db, a, SQL_LIST, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out =
	    (struct sortitions){arena_new(a, struct sortition, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = read_row(&rows.row[i]);
	return ERR_OK;
}

static const char SQL_END[] =
    "UPDATE draw SET state = $4, result = $5, proof = $6, ended_us = $7"
    " WHERE org = $1 AND network = $2 AND id = $3 AND state = 'waiting'";

enum err
sortition_end(struct db *db, struct arena *a, const struct actor *who,
    const struct sortition *s)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_END, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(s->id), DB_TEXT(s->state),
	    DB_TEXT(s->result), DB_TEXT(s->proof), DB_INT(who->now_us));
	if (e != ERR_OK || changed == 0) /* a job that was begun again */
		return e;
	return audit_add(db, a, who, S("draw.end"), s->id);
}
