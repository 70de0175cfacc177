/* SPDX-License-Identifier: MPL-2.0 */

/* A network on its way out (model/transfer.h). */
#include <stdlib.h>

#include "model/audit.h"
#include "model/transfer_parts.h"

enum { FORMAT = 1, ROWS_TOLD = 500 };

static void
tell(struct transfer *t)
{
	const struct transfer_job *job = t->job;
	if (job->progress != NULL)
		job->progress(job->arg, t->result->rows, t->result->bytes);
}

void
transfer_count(struct transfer *t)
{
	if (++t->result->rows % ROWS_TOLD == 0)
		tell(t);
}

void
transfer_count_piece(struct transfer *t, struct str bytes)
{
	t->result->bytes += bytes.n;
	tell(t);
}

/* ---- who is named ---- */

static int
by_id(const void *x, const void *y)
{
	return id_cmp(*(const struct id *)x, *(const struct id *)y);
}

static struct id
note_id(struct transfer *t, struct id id)
{
	const struct id *found = t->accounts.n == 0
	    ? NULL
	    : bsearch(&id, t->accounts.list, (size_t)t->accounts.n,
		  sizeof *t->accounts.list, by_id);
	if (found != NULL)
		t->named[found - t->accounts.list] = true;
	return id;
}

static enum err
note_row(
    struct transfer *t, const struct transfer_table *table, struct db_value *v)
{
	bool revision = str_eq(table->name, S("revision"));
	for (ptrdiff_t i = 0; i < table->n; i++) {
		struct id id;
		if (table->column[i].account && v[i].type == DB_BLOB_T) {
			memcpy(id.b, v[i].s.p, sizeof id.b);
			note_id(t, id);
		}
		if (revision && v[i].type == DB_TEXT_T)
			(void)transfer_ids(t, v[i].s, note_id);
	}
	return ERR_OK;
}

static const char SQL_ACCOUNTS[] = "SELECT id FROM account WHERE org = $1";

/* Those whose own rows no table of the plan has. */
static const char SQL_ELSEWHERE[] =
    "SELECT DISTINCT account FROM audit WHERE org = $1 AND chain = $2"
    " AND account IS NOT NULL";

static const char SQL_METHODS[] =
    "SELECT DISTINCT changed_by FROM method_edit WHERE org = $1"
    " AND changed_by IS NOT NULL AND substr(method, 1, 4) = 'own_'"
    " AND method IN (SELECT v.method FROM activity v"
    "  WHERE v.org = $1 AND v.network = $2)";

static void
note_all(struct transfer *t, const struct db_rows *rows)
{
	for (ptrdiff_t i = 0; i < rows->n; i++)
		note_id(t, db_id(&rows->row[i], 0));
	arena_reset(t->row);
}

static enum err
note_elsewhere(struct transfer *t)
{
	struct db_rows rows;
	struct db_value org = DB_ID(t->who->org),
			network = DB_ID(t->who->network);
	enum err e = db_all(t->db, t->row, SQL_ELSEWHERE, &rows, org, network);
	if (e != ERR_OK)
		return e;
	note_all(t, &rows);
	e = db_all(t->db, t->row, SQL_METHODS, &rows, org, network);
	if (e == ERR_OK)
		note_all(t, &rows);
	return e;
}

static enum err
find_staff(struct transfer *t)
{
	struct db_rows rows;
	const struct transfer_plan *plan = transfer_plan();
	enum err e =
	    db_all(t->db, t->arena, SQL_ACCOUNTS, &rows, DB_ID(t->who->org));
	if (e != ERR_OK)
		return e;
	t->accounts = db_ids(t->arena, &rows);
	t->named = arena_new(t->arena, bool, rows.n);
	if (rows.n > 0)
		qsort(t->accounts.list, (size_t)rows.n,
		    sizeof *t->accounts.list, by_id);
	for (ptrdiff_t i = 0; e == ERR_OK && i < plan->n; i++)
		e = transfer_walk(t, &plan->list[i], note_row);
	return e == ERR_OK ? note_elsewhere(t) : e;
}

static const char SQL_PEOPLE[] =
    "SELECT id FROM person WHERE org = $1 AND network = $2";

static enum err
find_people(struct transfer *t)
{
	struct db_rows rows;
	enum err e = db_all(t->db, t->arena, SQL_PEOPLE, &rows,
	    DB_ID(t->who->org), DB_ID(t->who->network));
	if (e == ERR_OK)
		t->people = db_ids(t->arena, &rows);
	return e;
}

/* ---- records ---- */

static enum err
put(struct transfer *t, enum wire_kind kind, const struct db_value *v,
    ptrdiff_t n)
{
	struct db_row row = {v, n};
	return wire_put(t->job->out, t->row, kind, &row);
}

enum err
transfer_put(struct transfer *t, const struct db_value *v, ptrdiff_t n)
{
	transfer_count(t);
	return put(t, WIRE_ROW, v, n);
}

/* One file of a media row: as many pieces as it has. */
static enum err
put_file(struct transfer *t, struct media_file f)
{
	int64_t n = (f.size + MEDIA_PIECE - 1) / MEDIA_PIECE;
	enum err e = ERR_OK;
	if (n > 0)
		t->result->files++;
	for (int64_t i = 0; e == ERR_OK && i < n; i++) {
		struct str bytes;
		arena_reset(t->row);
		e = media_file_get(t->row, &f, i, &bytes);
		if (e == ERR_OK)
			transfer_count_piece(t, bytes);
		const struct db_value v[] = {
		    DB_HASH(f.name), DB_INT(i), DB_BLOB(bytes)};
		if (e == ERR_OK)
			e = put(t, WIRE_PIECE, v, COUNT_OF(v));
	}
	if (e == ERR_NOT_FOUND || e == ERR_INTERNAL)
		t->result->fault = "a file of sound, film or pictures is "
				   "missing or damaged; the log says which";
	return e;
}

static enum err
put_files(struct transfer *t)
{
	struct media_file f = media_kept(&t->media, t->who, t->job->dir);
	enum err e = put_file(t, f);
	f.name = t->media.thumb;
	f.size = t->media.thumb_size;
	return e == ERR_OK ? put_file(t, f) : e;
}

static enum err
put_row(
    struct transfer *t, const struct transfer_table *table, struct db_value *v)
{
	bool media = str_eq(table->name, S("media"));
	enum err e = transfer_open(t, table, v);
	if (e != ERR_OK) {
		t->result->fault =
		    "what is sealed does not open with the key in the folder";
		return ERR_CONFLICT;
	}
	if (media && !transfer_media(t, table, v))
		return ERR_OK; /* half of it is on its way in: it stays */
	e = transfer_put(t, v, table->n);
	return e == ERR_OK && media ? put_files(t) : e;
}

static enum err
put_table(struct transfer *t, const struct transfer_table *table)
{
	struct db_value *v = arena_new(t->row, struct db_value, table->n + 1);
	v[0] = DB_TEXT(table->name);
	for (ptrdiff_t i = 0; i < table->n; i++)
		v[1 + i] = DB_TEXT(table->column[i].name);
	enum err e = put(t, WIRE_TABLE, v, table->n + 1);
	arena_reset(t->row);
	return e == ERR_OK ? transfer_walk(t, table, put_row) : e;
}

static enum err
put_hands(struct transfer *t, bool last)
{
	struct transfer_hands all = transfer_hands();
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		const struct db_value v[] = {
		    DB_TEXT(all.list[i].table), DB_TEXT(all.list[i].columns)};
		if (all.list[i].last != last)
			continue;
		e = put(t, WIRE_TABLE, v, COUNT_OF(v));
		if (e == ERR_OK)
			e = all.list[i].out(t);
		arena_reset(t->row);
	}
	return e;
}

/* ---- all of it ---- */

static const char SQL_HEAD[] =
    "SELECT o.name, o.short, n.name FROM organisation o"
    "  JOIN network n ON n.org = $1 AND n.network = $2"
    " WHERE o.org = $1";

static enum err
put_head(struct transfer *t)
{
	struct db_row row;
	const struct actor *who = t->who;
	enum err e = db_one(t->db, t->arena, SQL_HEAD, &row, DB_ID(who->org),
	    DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	const struct db_value v[] = {DB_INT(FORMAT),
	    DB_INT(transfer_plan()->schema), DB_ID(who->org),
	    DB_TEXT(db_text(&row, 0)), DB_TEXT(db_text(&row, 1)),
	    DB_ID(who->network), DB_TEXT(db_text(&row, 2))};
	t->result->network = who->network;
	t->result->from = db_text(&row, 0);
	t->result->name = db_text(&row, 2);
	return put(t, WIRE_HEAD, v, COUNT_OF(v));
}

static enum err
put_all(struct transfer *t)
{
	const struct transfer_plan *plan = transfer_plan();
	enum err e = put_hands(t, false);
	for (ptrdiff_t i = 0; e == ERR_OK && i < plan->n; i++)
		e = put_table(t, &plan->list[i]);
	if (e == ERR_OK)
		e = put_hands(t, true);
	const struct db_value n[] = {DB_INT(t->result->rows)};
	return e == ERR_OK ? put(t, WIRE_END, n, COUNT_OF(n)) : e;
}

/* What is written anew at the other place must not have been changed here. */
static enum err
check_chain(struct transfer *t)
{
	bool whole = false;
	enum err e = audit_verify_one(t->db, t->arena, t->who, &whole);
	if (e != ERR_OK || whole)
		return e;
	t->result->fault = "somebody meddled with what was noted of the "
			   "network; samskab verify says where";
	return ERR_CONFLICT;
}

enum err
transfer_export(struct db *db, struct arena *a, const struct actor *who,
    const struct transfer_job *job, struct transfer_result *result)
{
	struct transfer t = {.db = db,
	    .arena = a,
	    .row = arena_scratch(a),
	    .who = who,
	    .job = job,
	    .result = result};
	*result = (struct transfer_result){0};
	enum err e = put_head(&t);
	if (e == ERR_OK)
		e = check_chain(&t);
	if (e == ERR_OK)
		e = find_people(&t);
	if (e == ERR_OK)
		e = find_staff(&t);
	if (e == ERR_OK)
		e = put_all(&t);
	arena_close(t.stand_arena);
	arena_close(t.row);
	return e;
}
