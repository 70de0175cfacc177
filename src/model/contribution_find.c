/* SPDX-License-Identifier: MPL-2.0 */

/* Looking for words among what people said (contribution_search()): words,
 * filters and who may read are one statement, so that the rarest filter finds
 * its hits, however many texts have the word. */
#include "model/contribution.h"
#include "model/search.h"

/* $3 the words; $4 state, $5 kind, or ''; $6 group, $7 activity, $8 phase,
 * $9 person, or null; $10 the least scope, $11 who asks; $12 most,
 * $13 a tag or '', $14 a code or null. */
static const char SQL_FOUND_SQLITE[] =
    "SELECT c.id FROM search_words"
    " CROSS JOIN search_words_doc m ON m.doc = search_words.rowid"
    " CROSS JOIN contribution c ON c.org = $1 AND c.network = $2"
    "  AND c.id = m.id"
    " WHERE search_words MATCH $3 AND m.org = $1 AND m.network = $2"
    "   AND m.kind = 'contribution'"
    "   AND (c.state = $4 OR $4 = '') AND (c.kind = $5 OR $5 = '')"
    "   AND (c.target_group = $6 OR $6 IS NULL)"
    "   AND (c.activity = $7 OR $7 IS NULL)"
    "   AND (c.phase = $8 OR $8 IS NULL)"
    "   AND (c.person = $9 OR $9 IS NULL)"
    "   AND ($10 < 0 OR (c.account = $11 AND NOT " SQL_RESTRICTED ")"
    "    OR (c.scope >= $10"
    "    AND c.state NOT IN ('received', 'withdrawn')))"
    "   AND ($13 = '' OR EXISTS (SELECT 1 FROM contribution_tag t"
    "    WHERE t.org = $1 AND t.network = $2 AND t.contribution = c.id"
    "     AND t.tag = $13))"
    "   AND (EXISTS (SELECT 1 FROM book_coding k"
    "    JOIN book_code b ON b.org = $1 AND b.network = $2 AND b.id = k.code"
    "    WHERE k.org = $1 AND k.network = $2 AND k.contribution = c.id"
    "     AND (b.id = $14 OR b.parent = $14)) OR $14 IS NULL)"
    " ORDER BY search_words.rowid DESC LIMIT $12";

static const char SQL_FOUND_POSTGRES[] =
    "SELECT c.id FROM search_words s JOIN contribution c ON c.org = $1"
    "  AND c.network = $2 AND c.id = s.id"
    " WHERE s.org = $1 AND s.network = $2 AND s.kind = 'contribution'"
    "   AND s.id IN (" SQL_HITS_POSTGRES ")"
    "   AND (c.state = $4 OR $4 = '') AND (c.kind = $5 OR $5 = '')"
    "   AND (c.target_group = $6 OR $6 IS NULL)"
    "   AND (c.activity = $7 OR $7 IS NULL)"
    "   AND (c.phase = $8 OR $8 IS NULL)"
    "   AND (c.person = $9 OR $9 IS NULL)"
    "   AND ($10 < 0 OR (c.account = $11 AND NOT " SQL_RESTRICTED ")"
    "    OR (c.scope >= $10"
    "    AND c.state NOT IN ('received', 'withdrawn')))"
    "   AND ($13 = '' OR EXISTS (SELECT 1 FROM contribution_tag t"
    "    WHERE t.org = $1 AND t.network = $2 AND t.contribution = c.id"
    "     AND t.tag = $13))"
    "   AND (EXISTS (SELECT 1 FROM book_coding k"
    "    JOIN book_code b ON b.org = $1 AND b.network = $2 AND b.id = k.code"
    "    WHERE k.org = $1 AND k.network = $2 AND k.contribution = c.id"
    "     AND (b.id = $14 OR b.parent = $14)) OR $14 IS NULL)"
    " ORDER BY s.doc DESC LIMIT $12";

/* ---- a filter that few fit: those are looked at one by one ---- */

enum { FEW = 1000 };

/* As above; without the words. */
static const char SQL_FEW_SQLITE[] =
    "SELECT c.id FROM contribution c WHERE c.org = $1 AND c.network = $2"
    "   AND (c.state = $3 OR $3 = '') AND (c.kind = $4 OR $4 = '')"
    "   AND (c.target_group = $5 OR $5 IS NULL)"
    "   AND (c.activity = $6 OR $6 IS NULL)"
    "   AND (c.phase = $7 OR $7 IS NULL)"
    "   AND (c.person = $8 OR $8 IS NULL)"
    "   AND ($9 < 0 OR (c.account = $10 AND NOT " SQL_RESTRICTED ")"
    "    OR (c.scope >= $9"
    "    AND c.state NOT IN ('received', 'withdrawn')))"
    "   AND ($12 = '' OR EXISTS (SELECT 1 FROM contribution_tag t"
    "    WHERE t.org = $1 AND t.network = $2 AND t.contribution = c.id"
    "     AND t.tag = $12))"
    "   AND (EXISTS (SELECT 1 FROM book_coding k"
    "    JOIN book_code b ON b.org = $1 AND b.network = $2 AND b.id = k.code"
    "    WHERE k.org = $1 AND k.network = $2 AND k.contribution = c.id"
    "     AND (b.id = $13 OR b.parent = $13)) OR $13 IS NULL)"
    " LIMIT $11";

static const char SQL_WORDS_SQLITE[] =
    "SELECT stems, forms, doc FROM search_doc"
    " WHERE org = $1 AND network = $2 AND id = $3";

struct found {
	struct id id;
	int64_t doc;
};

struct look {
	struct db *db;
	struct arena *arena, *scratch;
	const struct actor *who;
	const struct words_query *query;
	struct found *list; /* the newest first */
	ptrdiff_t n;
};

static void
add_found(struct look *l, struct found f)
{
	ptrdiff_t i = l->n++;
	for (; i > 0 && l->list[i - 1].doc < f.doc; i--)
		l->list[i] = l->list[i - 1];
	l->list[i] = f;
}

static enum err
look_at(struct look *l, struct id id)
{
	struct db_row row;
	arena_reset(l->scratch);
	enum err e = db_one(l->db, l->scratch, SQL_WORDS_SQLITE, &row,
	    DB_ID(l->who->org), DB_ID(l->who->network), DB_ID(id));
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e; /* withdrawn */
	struct words w = {.stems = db_text(&row, 0), .forms = db_text(&row, 1)};
	if (words_match(l->query, &w))
		add_found(l, (struct found){id, db_int(&row, 2)});
	return ERR_OK;
}

static bool
is_filtered(const struct contribution_filter *f)
{
	return f->state.n > 0 || f->kind.n > 0 || id_is_set(f->group) ||
	    id_is_set(f->activity) || id_is_set(f->phase) ||
	    id_is_set(f->person) || f->tag.n > 0 || id_is_set(f->code);
}

/* *few false: too many fit the filter, nothing was done.  PostgreSQL finds its
 * own way through the one statement. */
static enum err
look_among_few(struct look *l, const struct contribution_filter *f, bool *few)
{
	struct db_rows rows;
	*few = false;
	if (db_kind(l->db) != DB_SQLITE || !is_filtered(f))
		return ERR_OK;
	enum err e = db_all(l->db, l->arena, SQL_FEW_SQLITE, &rows,
	    DB_ID(l->who->org), DB_ID(l->who->network), DB_TEXT(f->state),
	    DB_TEXT(f->kind), DB_ID(f->group), DB_ID(f->activity),
	    DB_ID(f->phase), DB_ID(f->person),
	    DB_INT(contribution_least(l->who)), DB_ID(l->who->account),
	    DB_INT(FEW + 1), DB_TEXT(f->tag), DB_ID(f->code));
	if (e != ERR_OK || rows.n > FEW)
		return e;
	*few = true;
	l->list = arena_new(l->arena, struct found, rows.n);
	l->scratch = arena_scratch(l->arena);
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++)
		e = look_at(l, db_id(&rows.row[i], 0));
	arena_close(l->scratch);
	return e;
}

static enum err
look_among_all(
    struct look *l, const struct contribution_filter *f, ptrdiff_t most)
{
	struct db_rows rows;
	enum err e = db_all(l->db, l->arena,
	    db_kind(l->db) == DB_SQLITE ? SQL_FOUND_SQLITE : SQL_FOUND_POSTGRES,
	    &rows, DB_ID(l->who->org), DB_ID(l->who->network),
	    DB_TEXT(search_match(l->db, l->arena, l->who, l->query)),
	    DB_TEXT(f->state), DB_TEXT(f->kind), DB_ID(f->group),
	    DB_ID(f->activity), DB_ID(f->phase), DB_ID(f->person),
	    DB_INT(contribution_least(l->who)), DB_ID(l->who->account),
	    DB_INT(most), DB_TEXT(f->tag), DB_ID(f->code));
	if (e != ERR_OK)
		return e;
	l->list = arena_new(l->arena, struct found, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++)
		l->list[l->n++].id = db_id(&rows.row[i], 0);
	return ERR_OK;
}

enum err
contribution_search(struct db *db, struct arena *a, const struct actor *who,
    struct contribution_search *s)
{
	struct words_query q;
	struct look l = {.db = db, .arena = a, .who = who, .query = &q};
	bool few;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	words_query(a, s->query, &q);
	enum err e = look_among_few(&l, &s->filter, &few);
	if (e == ERR_OK && !few)
		e = look_among_all(&l, &s->filter, SEARCH_MOST + 1);
	s->list = arena_new(a, struct contribution, SEARCH_MOST);
	s->n = 0;
	for (ptrdiff_t i = 0; e == ERR_OK && i < l.n && i < SEARCH_MOST; i++) {
		e = contribution_get(db, a, who, l.list[i].id, &s->list[s->n]);
		s->n += e == ERR_OK;
		e = e == ERR_NOT_FOUND ? ERR_OK : e; /* gone meanwhile */
	}
	s->more = e == ERR_OK && l.n > SEARCH_MOST;
	return e;
}
