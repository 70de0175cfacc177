/* SPDX-License-Identifier: MPL-2.0 */
#include "model/media.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/contribution.h"
#include "model/job.h"

/* ---- boxes ---- */

static struct str
context_of(struct arena *a, const struct actor *who, struct id id)
{
	return STR_JOIN(
	    a, id_text(a, who->org), id_text(a, who->network), id_text(a, id));
}

struct str
media_key_box(struct arena *a, const struct actor *who, const struct media *m)
{
	struct key outer = key_derive(&who->keys->vault, S("media"));
	return seal(a, &outer, (struct str){(const char *)m->key.b, KEY_BYTES},
	    context_of(a, who, m->id));
}

bool
media_key_open(
    struct arena *a, const struct actor *who, struct str box, struct media *m)
{
	struct str plain;
	struct key outer = key_derive(&who->keys->vault, S("media"));
	if (!seal_open(a, &outer, box, context_of(a, who, m->id), &plain) ||
	    plain.n != KEY_BYTES)
		return false;
	memcpy(m->key.b, plain.p, KEY_BYTES);
	return true;
}

struct str
media_words_box(struct arena *a, const struct actor *who, const struct media *m,
    struct str plain)
{
	return seal(a, &m->key, plain, context_of(a, who, m->id));
}

bool
media_words_open(struct arena *a, const struct actor *who,
    const struct media *m, struct str *box)
{
	return seal_open(a, &m->key, *box, context_of(a, who, m->id), box);
}

/* ---- who may ---- */

enum err
media_may_tend(struct db *db, struct arena *a, const struct actor *who,
    struct id contribution)
{
	struct contribution c;
	if (actor_may(who, CAP_ASK))
		return ERR_OK;
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = contribution_get(db, a, who, contribution, &c);
	if (e != ERR_OK)
		return e;
	if (c.withdrawn_us > 0)
		return ERR_NOT_FOUND;
	return id_eq(c.account, who->account) ? ERR_OK : ERR_DENIED;
}

/* Whether all of a contribution's media is read, not only what is shown. */
static enum err
may_read(struct db *db, struct arena *a, const struct actor *who,
    struct id contribution, bool *all)
{
	struct contribution c;
	*all = actor_may(who, CAP_PEOPLE);
	if (*all)
		return ERR_OK;
	enum err e = contribution_get(db, a, who, contribution, &c);
	if (e != ERR_OK)
		return e;
	*all = id_eq(c.account, who->account);
	return c.withdrawn_us > 0 ? ERR_NOT_FOUND : ERR_OK;
}

/* ---- announcing ---- */

static const char SQL_COUNT[] =
    "SELECT COUNT(*) FROM media"
    " WHERE org = $1 AND network = $2 AND contribution = $3 AND id <> $4";

static const char SQL_BEGIN[] =
    "INSERT INTO media (org, network, id, contribution, account, created_us,"
    " changed_us, state, kind, type, fault, size, got, hash, file, thumb,"
    " thumb_size, width, height, key, name, words, has_words, faces)"
    " VALUES ($1, $2, $3, $4, $5, $6, $6, 'coming', '', '', '', $7, 0, $8, $9,"
    " NULL, 0, 0, 0, $10, $11, $12, 0, 'unasked')"
    " ON CONFLICT (org, network, id) DO NOTHING";

static enum err
check_new(struct db *db, struct arena *a, const struct actor *who,
    const struct media *in)
{
	struct db_row row;
	enum err e = media_may_tend(db, a, who, in->contribution);
	if (e != ERR_OK)
		return e;
	if (in->size > MEDIA_BYTES)
		return ERR_TOO_LARGE;
	if (in->size <= 0 || utf8_length(in->name) > MEDIA_NAME ||
	    cpr_find(in->name).n > 0)
		return ERR_INVALID;
	e = db_one(db, a, SQL_COUNT, &row, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(in->contribution), DB_ID(in->id));
	if (e != ERR_OK)
		return e;
	return db_int(&row, 0) < MEDIA_A_CONTRIBUTION ? ERR_OK : ERR_LIMITED;
}

enum err
media_begin(struct db *db, struct arena *a, const struct actor *who,
    const struct media *in)
{
	int64_t added = 0;
	struct media m = *in;
	enum err e = check_new(db, a, who, in);
	if (e != ERR_OK)
		return e;
	m.key = key_new();
	m.file = hash_keyed(&m.key, context_of(a, who, m.id));
	e = db_exec(db, SQL_BEGIN, &added, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(m.id), DB_ID(m.contribution), DB_ID(who->account),
	    DB_INT(who->now_us), DB_INT(m.size), DB_HASH(m.hash),
	    DB_HASH(m.file), DB_BLOB(media_key_box(a, who, &m)),
	    DB_BLOB(media_words_box(a, who, &m, m.name)),
	    DB_BLOB(media_words_box(a, who, &m, S(""))));
	if (e != ERR_OK || added == 0)
		return e;
	return audit_add(db, a, who, S("media.begin"), m.id);
}

/* ---- reading ---- */

static const char SQL_GET[] =
    "SELECT id, contribution, account, created_us, changed_us, state, kind,"
    " type, fault, size, got, hash, file, thumb, thumb_size, width,"
    " height, key, name, words, faces FROM media"
    " WHERE org = $1 AND network = $2 AND id = $3";

static const char SQL_OF[] =
    "SELECT id, contribution, account, created_us, changed_us, state, kind,"
    " type, fault, size, got, hash, file, thumb, thumb_size, width,"
    " height, key, name, words, faces FROM media"
    " WHERE org = $1 AND network = $2 AND contribution = $3 ORDER BY id";

static struct hash
read_hash(const struct db_row *row, ptrdiff_t column)
{
	struct hash h = {0};
	struct str bytes = db_blob(row, column);
	if (bytes.n == HASH_BYTES)
		memcpy(h.b, bytes.p, HASH_BYTES);
	return h;
}

static enum err
read_row(struct arena *a, const struct actor *who, const struct db_row *row,
    struct media *m)
{
	*m = (struct media){.id = db_id(row, 0),
	    .contribution = db_id(row, 1),
	    .account = db_id(row, 2),
	    .created_us = db_int(row, 3),
	    .changed_us = db_int(row, 4),
	    .state = db_text(row, 5),
	    .kind = db_text(row, 6),
	    .type = db_text(row, 7),
	    .fault = db_text(row, 8),
	    .size = db_int(row, 9),
	    .got = db_int(row, 10),
	    .hash = read_hash(row, 11),
	    .file = read_hash(row, 12),
	    .thumb = read_hash(row, 13),
	    .thumb_size = db_int(row, 14),
	    .width = db_int(row, 15),
	    .height = db_int(row, 16),
	    .faces = db_text(row, 20)};
	struct str context = context_of(a, who, m->id);
	return media_key_open(a, who, db_blob(row, 17), m) &&
		seal_open(a, &m->key, db_blob(row, 18), context, &m->name) &&
		seal_open(a, &m->key, db_blob(row, 19), context, &m->words)
	    ? ERR_OK
	    : ERR_INTERNAL;
}

enum err
media_get(struct db *db, struct arena *a, const struct actor *who, struct id id,
    struct media *out)
{
	struct db_row row;
	bool all = false;
	if (!actor_may(who, CAP_READ))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = read_row(a, who, &row, out);
	if (e == ERR_OK)
		e = may_read(db, a, who, out->contribution, &all);
	return e == ERR_OK && !all && !str_eq(out->state, S("shown"))
	    ? ERR_NOT_FOUND
	    : e;
}

enum err
media_of(struct db *db, struct arena *a, const struct actor *who,
    struct id contribution, struct media_list *out)
{
	struct db_rows rows;
	bool all = false;
	if (!actor_may(who, CAP_READ))
		return ERR_DENIED;
	enum err e = may_read(db, a, who, contribution, &all);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_OF, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(contribution));
	if (e != ERR_OK)
		return e;
	*out = (struct media_list){arena_new(a, struct media, rows.n), 0};
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		e = read_row(a, who, &rows.row[i], &out->list[out->n]);
		out->n += all || str_eq(out->list[out->n].state, S("shown"));
	}
	return e;
}

struct media_file
media_kept(const struct media *m, const struct actor *who, struct str dir)
{
	return (struct media_file){dir, who->org, m->file, m->key, m->size};
}

struct media_file
media_bytes(
    const struct media *m, const struct actor *who, struct str dir, bool thumb)
{
	struct media_file f = media_kept(m, who, dir);
	if (!str_eq(m->state, S("clean")) && !str_eq(m->state, S("shown")))
		return (struct media_file){0};
	if (thumb) {
		f.name = m->thumb;
		f.size = m->thumb_size;
	}
	return f;
}

/* ---- one piece ---- */

static const char SQL_PIECE[] =
    "UPDATE media SET got = $4, hash = $5, state = $6, kind = $7, type = $8,"
    " changed_us = $9"
    " WHERE org = $1 AND network = $2 AND id = $3 AND got = $10"
    " AND state = 'coming'";

static enum err
note_piece(struct db *db, const struct actor *who, const struct media *m,
    int64_t before)
{
	int64_t changed = 0;
	enum err e = db_exec(db, SQL_PIECE, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(m->id), DB_INT(m->got), DB_HASH(m->hash),
	    DB_TEXT(m->state), DB_TEXT(m->kind), DB_TEXT(m->type),
	    DB_INT(who->now_us), DB_INT(before));
	return e == ERR_OK && changed == 0 ? ERR_CONFLICT : e;
}

enum err
media_ask(struct db *db, const struct actor *who, struct id id)
{
	struct job job = {.id = id, .kind = S("media"), .args = S("{}")};
	return job_add(db, who, &job);
}

static enum err
add_piece(struct db *db, struct arena *a, const struct actor *who,
    const struct media_piece *in, struct media *m)
{
	struct media_file f = media_kept(m, who, in->dir);
	int64_t before = m->got;
	enum err e = media_file_put(a, &f, before / MEDIA_PIECE, in->bytes);
	if (e != ERR_OK)
		return e == ERR_CONFLICT ? ERR_INVALID : e;
	m->got += in->bytes.n;
	m->hash = media_file_hash(a, m->hash, in->bytes);
	if (m->got == m->size)
		m->state = S("raw");
	e = note_piece(db, who, m, before);
	if (e == ERR_OK && m->got == m->size)
		e = media_ask(db, who, m->id);
	return e;
}

enum err
media_add(struct db *db, struct arena *a, const struct actor *who,
    const struct media_piece *in, struct media *out)
{
	struct media_sort sort;
	enum err e = media_get(db, a, who, in->id, out);
	if (e == ERR_OK)
		e = media_may_tend(db, a, who, out->contribution);
	if (e != ERR_OK)
		return e;
	if (in->from < 0 || in->from % MEDIA_PIECE != 0 || in->from > out->got)
		return ERR_CONFLICT;
	if (in->from < out->got || !str_eq(out->state, S("coming")))
		return ERR_OK;
	if (out->got == 0 && !media_sort_of(in->bytes, &sort)) {
		out->state = S("refused");
		out->fault = S("kind");
		return media_refuse(db, a, who, out, in->dir);
	}
	if (out->got == 0) {
		out->kind = sort.kind;
		out->type = sort.type;
	}
	return add_piece(db, a, who, in, out);
}

/* ---- what is said of it, and whether it is shown ---- */

static const char SQL_DESCRIBE[] =
    "UPDATE media SET words = $4, has_words = $5, faces = $6, changed_us = $7"
    " WHERE org = $1 AND network = $2 AND id = $3";

static const char SQL_HIDE[] =
    "UPDATE media SET state = 'clean', changed_us = $4"
    " WHERE org = $1 AND network = $2 AND id = $3 AND state = 'shown'";

/* Of what is shown: whether it still may be. */
static bool
may_show(const struct media *m, const struct media_say *say)
{
	bool people = !str_eq(m->kind, S("document"));
	return !utf8_blank(say->words) &&
	    (!people || str_eq(say->faces, S("yes")));
}

static bool
is_in_order(const struct media_say *say)
{
	return utf8_length(say->words) <= MEDIA_WORDS &&
	    cpr_find(say->words).n == 0 &&
	    (str_eq(say->faces, S("yes")) || str_eq(say->faces, S("no")) ||
		str_eq(say->faces, S("unasked")));
}

static enum err
describe(struct db *db, struct arena *a, const struct actor *who,
    const struct media *m, const struct media_say *say)
{
	struct str box = media_words_box(a, who, m, say->words);
	enum err e = db_exec(db, SQL_DESCRIBE, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(m->id), DB_BLOB(box),
	    DB_INT(!utf8_blank(say->words)), DB_TEXT(say->faces),
	    DB_INT(who->now_us));
	if (e == ERR_OK && !may_show(m, say))
		e = db_exec(db, SQL_HIDE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(m->id), DB_INT(who->now_us));
	return e;
}

enum err
media_describe(struct db *db, struct arena *a, const struct actor *who,
    const struct media_say *say)
{
	struct media m;
	enum err e = media_get(db, a, who, say->id, &m);
	if (e == ERR_OK)
		e = media_may_tend(db, a, who, m.contribution);
	if (e == ERR_OK && !is_in_order(say))
		e = ERR_INVALID;
	if (e == ERR_OK)
		e = describe(db, a, who, &m, say);
	return e == ERR_OK ? audit_add(db, a, who, S("media.describe"), say->id)
			   : e;
}

static const char SQL_SHOW[] =
    "UPDATE media SET state = 'shown', changed_us = $4"
    " WHERE org = $1 AND network = $2 AND id = $3 AND state = 'clean'"
    " AND has_words = 1"
    " AND (faces = 'yes' OR kind = 'document')";

enum err
media_show(struct db *db, struct arena *a, const struct actor *who,
    struct id id, bool shown)
{
	struct media m;
	int64_t changed = 0;
	enum err e = media_get(db, a, who, id, &m);
	if (e == ERR_OK)
		e = media_may_tend(db, a, who, m.contribution);
	if (e == ERR_OK && str_eq(m.state, shown ? S("shown") : S("clean")))
		return ERR_OK;
	if (e == ERR_OK)
		e = shown
		    ? db_exec(db, SQL_SHOW, &changed, DB_ID(who->org),
			  DB_ID(who->network), DB_ID(id), DB_INT(who->now_us))
		    : db_exec(db, SQL_HIDE, &changed, DB_ID(who->org),
			  DB_ID(who->network), DB_ID(id), DB_INT(who->now_us));
	if (e != ERR_OK)
		return e;
	if (changed == 0)
		return ERR_CONFLICT;
	return audit_add(
	    db, a, who, shown ? S("media.show") : S("media.hide"), id);
}
