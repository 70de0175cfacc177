/* SPDX-License-Identifier: MPL-2.0 */

/* The outbox as its administrator sees it. */
#include "model/outbox_row.h"

#include <string.h>

#include "model/audit.h"

static struct mail_line
read_line(const struct db_row *row)
{
	return (struct mail_line){
	    .id = db_id(row, 0),
	    .kind = db_text(row, 1),
	    .state = db_text(row, 2),
	    .fault = db_text(row, 3),
	    .attempts = db_int(row, 4),
	    .created_us = db_int(row, 5),
	    .due_us = db_int(row, 6),
	    .ended_us = db_int(row, 7),
	};
}

/* A column that does not open (another key) reads as empty. */
static struct str
unsealed(struct arena *a, const struct actor *who, struct id id, struct str box,
    struct str what)
{
	struct str plain;
	if (box.n == 0 ||
	    !seal_open(a, &who->keys->mail, box,
		outbox_context(a, who, id, what), &plain))
		return (struct str){0};
	return plain;
}

static void
open_line(struct arena *a, const struct actor *who, const struct db_row *row,
    struct mail_line *line)
{
	line->to = unsealed(a, who, line->id, db_blob(row, 8), S("to"));
	line->subject =
	    unsealed(a, who, line->id, db_blob(row, 9), S("subject"));
}

static const char SQL_LIST[] =
    "SELECT id, kind, state, fault, attempts, created_us, due_us, ended_us,"
    " recipient, subject"
    "  FROM outbox WHERE org = $1 AND id < $2 ORDER BY id DESC LIMIT $3";

enum err
mail_list(struct db *db, struct arena *a, const struct actor *who,
    struct mail_query query, struct mail_lines *out)
{
	struct db_rows rows;
	*out = (struct mail_lines){0};
	if (!actor_may(who, CAP_ACCOUNTS))
		return ERR_DENIED;
	if (!id_is_set(query.before))
		memset(query.before.b, 0xff, sizeof query.before.b);
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
	    DB_ID(query.before), DB_INT(MAIL_PAGE));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct mail_line, rows.n);
	out->n = rows.n;
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		out->list[i] = read_line(&rows.row[i]);
		if (query.open)
			open_line(a, who, &rows.row[i], &out->list[i]);
	}
	return ERR_OK;
}

static const char SQL_GET[] =
    "SELECT id, kind, state, fault, attempts, created_us, due_us, ended_us,"
    " recipient, subject, body"
    "  FROM outbox WHERE org = $1 AND id = $2";

enum err
mail_get(struct db *db, struct arena *a, const struct actor *who, struct id id,
    struct mail_line *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_ACCOUNTS))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org), DB_ID(id));
	if (e != ERR_OK)
		return e;
	*out = read_line(&row);
	open_line(a, who, &row, out);
	out->body = unsealed(a, who, id, db_blob(&row, 10), S("body"));
	return ERR_OK;
}

static const char SQL_RESEND[] =
    "UPDATE outbox SET state = 'waiting', attempts = 0, due_us = $3,"
    " ended_us = NULL, fault = ''"
    " WHERE org = $1 AND id = $2 AND state IN ('kept', 'failed', 'waiting')";

enum err
mail_resend(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	int64_t changed = 0;
	struct mail_line line;
	enum err e = mail_get(db, a, who, id, &line);
	if (e == ERR_OK)
		e = db_exec(db, SQL_RESEND, &changed, DB_ID(who->org),
		    DB_ID(id), DB_INT(who->now_us));
	if (e != ERR_OK)
		return e;
	return changed == 0 ? ERR_CONFLICT
			    : audit_add(db, a, who, S("mail.resend"), id);
}

static const char SQL_DELETE[] =
    "DELETE FROM outbox WHERE org = $1 AND id = $2";

enum err
mail_delete(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ACCOUNTS))
		return ERR_DENIED;
	enum err e =
	    db_exec(db, SQL_DELETE, &changed, DB_ID(who->org), DB_ID(id));
	if (e != ERR_OK)
		return e;
	return changed == 0 ? ERR_NOT_FOUND
			    : audit_add(db, a, who, S("mail.delete"), id);
}

static const char SQL_COUNTS[] =
    "SELECT state, COUNT(*) FROM outbox WHERE org = $1 GROUP BY state";

enum err
mail_counts(
    struct db *db, struct arena *a, struct id org, struct mail_counts *out)
{
	struct db_rows rows;
	*out = (struct mail_counts){0};
	enum err e = db_all(db, a, SQL_COUNTS, &rows, DB_ID(org));
	if (e != ERR_OK)
		return e;
	const struct {
		struct str state;
		int64_t *count;
	} slots[] = {
	    {S("waiting"), &out->waiting},
	    {S("sending"), &out->sending},
	    {S("sent"), &out->sent},
	    {S("failed"), &out->failed},
	    {S("kept"), &out->kept},
	};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		for (ptrdiff_t k = 0; k < COUNT_OF(slots); k++) {
			if (str_eq(db_text(&rows.row[i], 0), slots[k].state))
				*slots[k].count = db_int(&rows.row[i], 1);
		}
	}
	return ERR_OK;
}
