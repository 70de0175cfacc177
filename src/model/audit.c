/* SPDX-License-Identifier: MPL-2.0 */
#include "model/audit.h"

#include <string.h>

#include "base/buf.h"

enum { BATCH = 1000, MAX_FAULTS = 1000 };

static void
add_id(struct buf *b, struct id id)
{
	buf_add(b, (struct str){(const char *)id.b, sizeof id.b});
}

static struct hash
entry_hash(struct arena *a, struct id org, struct id chain, struct str previous,
    const struct audit_entry *entry)
{
	struct buf b = buf_new(a, 4096);
	buf_add(&b, previous);
	add_id(&b, org);
	add_id(&b, chain);
	buf_fmt(
	    &b, "|%lld|%lld|", (long long)entry->seq, (long long)entry->at_us);
	add_id(&b, entry->account);
	add_id(&b, entry->object);
	buf_add(&b, entry->action);
	return hash_of(buf_str(&b));
}

static const char SQL_HEAD[] =
    "SELECT seq, hash FROM audit_head WHERE org = $1 AND chain = $2";

static const char SQL_HEAD_NEW[] =
    "INSERT INTO audit_head (org, chain, seq, hash) VALUES ($1, $2, $3, $4)";

static const char SQL_HEAD_MOVE[] =
    "UPDATE audit_head SET seq = $3, hash = $4"
    " WHERE org = $1 AND chain = $2 AND seq = $5";

static const char SQL_ADD[] =
    "INSERT INTO audit (org, chain, seq, at_us, account, action, object, hash)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

static enum err
move_head(struct db *db, struct id org, struct id chain, int64_t seq,
    struct hash hash)
{
	int64_t changed = 1;
	enum err e;
	if (seq == 1)
		e = db_exec(db, SQL_HEAD_NEW, NULL, DB_ID(org), DB_ID(chain),
		    DB_INT(seq), DB_HASH(hash));
	else
		e = db_exec(db, SQL_HEAD_MOVE, &changed, DB_ID(org),
		    DB_ID(chain), DB_INT(seq), DB_HASH(hash), DB_INT(seq - 1));
	if (e == ERR_CONFLICT || (e == ERR_OK && changed != 1))
		return ERR_UNAVAIL; /* somebody was faster: try again */
	return e;
}

enum err
audit_append(struct db *db, struct arena *a, const struct actor *who,
    const struct audit_entry *from)
{
	struct id chain = id_is_set(who->network) ? who->network : who->org;
	struct str previous = {0};
	struct audit_entry entry = *from;
	struct db_row row;
	entry.seq = 1;
	enum err e =
	    db_one(db, a, SQL_HEAD, &row, DB_ID(who->org), DB_ID(chain));
	if (e == ERR_OK) {
		entry.seq = db_int(&row, 0) + 1;
		previous = db_blob(&row, 1);
	} else if (e != ERR_NOT_FOUND) {
		return e;
	}

	struct hash hash = entry_hash(a, who->org, chain, previous, &entry);
	e = move_head(db, who->org, chain, entry.seq, hash);
	if (e != ERR_OK)
		return e;
	return db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(chain),
	    DB_INT(entry.seq), DB_INT(entry.at_us), DB_ID(entry.account),
	    DB_TEXT(entry.action), DB_ID(entry.object), DB_HASH(hash));
}

enum err
audit_add(struct db *db, struct arena *a, const struct actor *who,
    struct str action, struct id object)
{
	return audit_append(db, a, who,
	    &(struct audit_entry){.at_us = who->now_us,
		.account = who->account,
		.object = object,
		.action = action});
}

enum err
audit_seq(struct db *db, struct arena *a, struct id org, struct id chain,
    int64_t *seq)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_HEAD, &row, DB_ID(org), DB_ID(chain));
	*seq = e == ERR_OK ? db_int(&row, 0) : 0;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* ---- verify ---- */

/* all orgs: the operator's check of the whole installation */
static const char SQL_CHAINS[] =
    "SELECT org, chain, seq, hash FROM audit_head ORDER BY org, chain";

/* all orgs: rows whose chain lost its head */
static const char SQL_HEADLESS[] =
    "SELECT DISTINCT t.org, t.chain FROM audit t"
    " WHERE NOT EXISTS (SELECT 1 FROM audit_head h"
    "   WHERE h.org = t.org AND h.chain = t.chain)";

static const char SQL_ROWS[] =
    "SELECT seq, at_us, account, action, object, hash FROM audit"
    " WHERE org = $1 AND chain = $2 AND seq > $3"
    " ORDER BY seq LIMIT $4";

void
audit_add_fault(
    struct audit_report *r, struct id chain, int64_t seq, const char *what)
{
	if (r->n_faults < MAX_FAULTS)
		r->faults[r->n_faults++] =
		    (struct audit_fault){chain, seq, what};
}

struct walk {
	struct audit_report *report;
	struct id org, chain;
	int64_t seq; /* of the last row seen */
	char hash[HASH_BYTES]; /* and its hash */
};

static void
check_row(struct walk *w, struct arena *scratch, const struct db_row *row)
{
	struct audit_entry entry = {
	    .seq = db_int(row, 0),
	    .at_us = db_int(row, 1),
	    .account = db_id(row, 2),
	    .action = db_text(row, 3),
	    .object = db_id(row, 4),
	};
	struct str stored = db_blob(row, 5);
	struct str previous = {w->hash, w->seq > 0 ? HASH_BYTES : 0};
	if (entry.seq != w->seq + 1)
		audit_add_fault(
		    w->report, w->chain, entry.seq, "rows before it are gone");
	struct hash hash =
	    entry_hash(scratch, w->org, w->chain, previous, &entry);
	if (!str_eq(stored, (struct str){(char *)hash.b, HASH_BYTES}))
		audit_add_fault(w->report, w->chain, entry.seq,
		    "the row, or one before it, was changed");
	if (stored.n == HASH_BYTES)
		memcpy(w->hash, stored.p, HASH_BYTES);
	w->seq = entry.seq;
	w->report->rows++;
}

static enum err
walk_chain(struct walk *w, struct db *db, struct arena *a)
{
	for (;;) {
		struct arena *scratch = arena_scratch(a);
		struct db_rows rows;
		enum err e = db_all(db, scratch, SQL_ROWS, &rows, DB_ID(w->org),
		    DB_ID(w->chain), DB_INT(w->seq), DB_INT(BATCH));
		for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++)
			check_row(w, scratch, &rows.row[i]);
		bool done = e != ERR_OK || rows.n < BATCH;
		arena_close(scratch);
		if (done)
			return e;
	}
}

/* A head that was exported earlier must still be a row of its chain. */
static const char SQL_HASH_AT[] =
    "SELECT hash FROM audit WHERE org = $1 AND chain = $2 AND seq = $3";

static enum err
check_known(struct db *db, struct arena *a, const struct audit_head *known,
    struct audit_report *r)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_HASH_AT, &row, DB_ID(known->org),
	    DB_ID(known->chain), DB_INT(known->seq));
	if (e == ERR_NOT_FOUND) {
		audit_add_fault(r, known->chain, known->seq,
		    "the chain is shorter than the exported head");
		return ERR_OK;
	}
	if (e != ERR_OK)
		return e;
	struct buf hex = buf_new(a, 2 * HASH_BYTES);
	struct str hash = db_blob(&row, 0);
	buf_hex(&hex, (const unsigned char *)hash.p, hash.n);
	if (!str_eq(buf_str(&hex), known->hash_hex))
		audit_add_fault(r, known->chain, known->seq,
		    "the row is not the one in the exported head");
	return ERR_OK;
}

static enum err
verify_chain(struct db *db, struct arena *a, const struct db_row *head,
    struct audit_report *r)
{
	struct walk w = {
	    .report = r, .org = db_id(head, 0), .chain = db_id(head, 1)};
	int64_t seq = db_int(head, 2);
	struct str hash = db_blob(head, 3);
	enum err e = walk_chain(&w, db, a);
	if (e != ERR_OK)
		return e;
	if (w.seq != seq || !str_eq(hash, (struct str){w.hash, HASH_BYTES}))
		audit_add_fault(
		    r, w.chain, seq, "the chain does not end at its head");
	struct buf hex = buf_new(a, 2 * HASH_BYTES);
	buf_hex(&hex, (const unsigned char *)hash.p, hash.n);
	r->heads[r->n_heads++] =
	    (struct audit_head){w.org, w.chain, seq, buf_str(&hex)};
	return ERR_OK;
}

static const char SQL_ONE[] = "SELECT org, chain, seq, hash FROM audit_head"
			      " WHERE org = $1 AND chain = $2";

enum err
audit_verify_one(
    struct db *db, struct arena *a, const struct actor *inside, bool *whole)
{
	struct db_row head;
	struct audit_report report = {
	    .heads = arena_new(a, struct audit_head, 1),
	    .faults = arena_new(a, struct audit_fault, MAX_FAULTS)};
	enum err e = db_one(
	    db, a, SQL_ONE, &head, DB_ID(inside->org), DB_ID(inside->network));
	if (e == ERR_OK)
		e = verify_chain(db, a, &head, &report);
	*whole = e == ERR_OK && report.n_faults == 0;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
audit_verify(struct db *db, struct arena *a, const struct audit_head *known,
    ptrdiff_t n_known, struct audit_report *out)
{
	struct db_rows chains, headless;
	*out = (struct audit_report){
	    .faults = arena_new(a, struct audit_fault, MAX_FAULTS)};
	enum err e = db_all(db, a, SQL_CHAINS, &chains, DB_NONE);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_HEADLESS, &headless, DB_NONE);
	if (e != ERR_OK)
		return e;
	out->heads = arena_new(a, struct audit_head, chains.n);
	for (ptrdiff_t i = 0; i < headless.n; i++)
		audit_add_fault(out, db_id(&headless.row[i], 1), 0,
		    "the chain has no head");
	for (ptrdiff_t i = 0; e == ERR_OK && i < chains.n; i++)
		e = verify_chain(db, a, &chains.row[i], out);
	for (ptrdiff_t i = 0; e == ERR_OK && i < n_known; i++)
		e = check_known(db, a, &known[i], out);
	return e;
}
