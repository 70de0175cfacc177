/* SPDX-License-Identifier: MPL-2.0 */
#include "model/search.h"

#include <assert.h>

#include "base/buf.h"
#include "base/secret.h"
#include "model/search_parts.h"

enum {
	MARK_BYTES = 5, /* of its network, before each word */
	MS_BITS = 20, /* texts of one millisecond */
	LAST_MS_BITS = 63 - MS_BITS,
	MATCH_BYTES = 64 * 1024,
	TAGGED_BYTES = 4 * 1024 * 1024, /* words of two letters, marked */
};

/* ---- marks ---- */

struct mark {
	char b[MARK_BYTES];
};

/* Two networks may have the same one by chance: then a list is longer than it
 * need be, and org and network part them. */
static struct mark
mark_of(const struct actor *who)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	struct mark m;
	char both[2 * sizeof(struct id)];
	memcpy(both, who->org.b, sizeof who->org.b);
	memcpy(both + sizeof who->org.b, who->network.b, sizeof who->network.b);
	struct hash h = hash_of((struct str){both, sizeof both});
	for (int i = 0; i < MARK_BYTES; i++)
		m.b[i] = letters[h.b[i] % 32];
	return m;
}

static struct str
mark_str(const struct mark *m)
{
	return (struct str){m->b, MARK_BYTES};
}

/* The words of " a b " with the mark before each. */
static void
add_marked(struct buf *b, const struct mark *m, struct str words)
{
	for (words = str_trim(words); words.n > 0;) {
		struct str word = str_cut(&words, ' ');
		buf_add(b, mark_str(m));
		buf_add(b, word);
		if (words.n > 0)
			buf_byte(b, ' ');
	}
}

/* ---- a question ---- */

static void
add_fts5_term(struct buf *b, const struct mark *m, const struct term *t)
{
	if (t->kind == TERM_PHRASE)
		buf_add(b, S("stems : "));
	buf_byte(b, '"');
	add_marked(b, m, t->text);
	buf_byte(b, '"');
	if (t->kind == TERM_PREFIX)
		buf_add(b, S(" *"));
}

/* All terms that are (or are not) to be left out, joined; gives how many. */
static ptrdiff_t
add_fts5_terms(struct buf *b, const struct mark *m, const struct words_query *q,
    bool without)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < q->n; i++) {
		if (q->term[i].without != without)
			continue;
		if (n++ > 0)
			buf_add(b, without ? S(" OR ") : S(" AND "));
		add_fts5_term(b, m, &q->term[i]);
	}
	return n;
}

/* (all AND these) NOT (one OR another); every text has the bare mark. */
static struct str
fts5_match(struct arena *a, const struct mark *m, const struct words_query *q)
{
	struct buf b = buf_new(a, MATCH_BYTES);
	struct buf no = buf_new(a, MATCH_BYTES);
	buf_byte(&b, '(');
	if (add_fts5_terms(&b, m, q, false) == 0)
		buf_add(&b, mark_str(m));
	buf_byte(&b, ')');
	if (add_fts5_terms(&no, m, q, true) > 0) {
		buf_add(&b, S(" NOT ("));
		buf_add(&b, buf_str(&no));
		buf_byte(&b, ')');
	}
	assert(!b.full && !no.full);
	return buf_str(&b);
}

static void
add_tsquery_word(
    struct buf *b, const struct mark *m, struct str word, bool prefix)
{
	buf_byte(b, '\'');
	buf_add(b, mark_str(m));
	buf_add(b, word);
	buf_add(b, prefix ? S("':*") : S("'"));
}

/* A phrase's words; one that is to be left out says nothing about its words. */
static void
add_tsquery_term(struct buf *b, const struct mark *m, const struct term *t)
{
	struct str rest = t->text;
	if (t->kind == TERM_PHRASE && t->without)
		return;
	while (rest.n > 0) {
		buf_add(b, t->without ? S(" & !") : S(" & "));
		add_tsquery_word(
		    b, m, str_cut(&rest, ' '), t->kind == TERM_PREFIX);
	}
}

/* Patterns of the phrases, as the text of an array. */
static ptrdiff_t
add_patterns(struct buf *b, const struct words_query *q, bool without)
{
	ptrdiff_t n = 0;
	buf_byte(b, '{');
	for (ptrdiff_t i = 0; i < q->n; i++) {
		const struct term *t = &q->term[i];
		if (t->kind != TERM_PHRASE || t->without != without)
			continue;
		buf_add(b, n++ > 0 ? S(",\"% ") : S("\"% "));
		buf_add(b, t->text);
		buf_add(b, S(" %\""));
	}
	buf_byte(b, '}');
	return n;
}

/* tsquery / "phrases" or nothing / patterns that must / that must not. */
static struct str
tsquery_match(
    struct arena *a, const struct mark *m, const struct words_query *q)
{
	struct buf b = buf_new(a, MATCH_BYTES);
	struct buf patterns = buf_new(a, MATCH_BYTES);
	ptrdiff_t n = add_patterns(&patterns, q, false);
	buf_byte(&patterns, '/');
	n += add_patterns(&patterns, q, true);
	bool some = false;
	for (ptrdiff_t i = 0; i < q->n; i++)
		some = some || !q->term[i].without;
	/* The bare mark only where nothing else narrows the search. */
	if (!some)
		add_tsquery_word(&b, m, (struct str){0}, false);
	ptrdiff_t from = some ? 3 : 0; /* without the first " & " */
	for (int without = 0; without < 2; without++)
		for (ptrdiff_t i = 0; i < q->n; i++)
			if (q->term[i].without == (without != 0))
				add_tsquery_term(&b, m, &q->term[i]);
	assert(!b.full && !patterns.full);
	return STR_JOIN(a, str_sub(buf_str(&b), from, b.n),
	    n > 0 ? S("/phrases/") : S("//"), buf_str(&patterns));
}

struct str
search_match(const struct db *db, struct arena *a, const struct actor *who,
    const struct words_query *q)
{
	struct mark m = mark_of(who);
	return db_kind(db) == DB_SQLITE ? fts5_match(a, &m, q)
					: tsquery_match(a, &m, q);
}

/* ---- looking ---- */

static const char SQL_FIND_SQLITE[] =
    "SELECT m.id, m.kind, m.doc FROM search_words"
    " CROSS JOIN search_words_doc m ON m.doc = search_words.rowid"
    " WHERE search_words MATCH $3 AND search_words.rowid < $4"
    " AND m.org = $1 AND m.network = $2 AND ($5 = '' OR m.kind = $5)"
    " ORDER BY search_words.rowid DESC LIMIT $6";

static const char SQL_FIND_POSTGRES[] =
    "SELECT w.id, w.kind, w.doc FROM search_words w"
    " WHERE w.org = $1 AND w.network = $2 AND w.id IN (" SQL_HITS_POSTGRES
    ") AND w.doc < $4 AND ($5 = '' OR w.kind = $5)"
    " ORDER BY w.doc DESC LIMIT $6";

enum err
search_find(struct db *db, struct arena *a, const struct actor *who,
    const struct search_find *f, struct search_hits *out)
{
	struct words_query q;
	struct db_rows rows;
	words_query(a, f->query, &q);
	*out = (struct search_hits){0};
	enum err e = db_all(db, a,
	    db_kind(db) == DB_SQLITE ? SQL_FIND_SQLITE : SQL_FIND_POSTGRES,
	    &rows, DB_ID(who->org), DB_ID(who->network),
	    DB_TEXT(search_match(db, a, who, &q)),
	    DB_INT(f->before > 0 ? f->before : INT64_MAX), DB_TEXT(f->kind),
	    DB_INT(f->most));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct search_hit, rows.n);
	out->n = rows.n;
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = (struct search_hit){
		    db_id(&rows.row[i], 0), db_text(&rows.row[i], 1)};
	if (rows.n > 0 && rows.n == f->most)
		out->last = db_int(&rows.row[rows.n - 1], 2);
	return ERR_OK;
}

/* ---- one text, in the index ---- */

static const char SQL_ADD_DOC[] =
    "INSERT INTO search_doc (org, network, id, kind, doc, stems, forms)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

static const char SQL_NUMBER_SQLITE[] =
    "INSERT INTO search_words_doc (org, network, id, kind, doc)"
    " VALUES ($1, $2, $3, $4, $5)";

/* all orgs: the index has no columns beside words, and these bear the mark */
static const char SQL_INDEX_SQLITE[] =
    "INSERT INTO search_words (rowid, stems, forms) VALUES ($1, $2, $3)";

static const char SQL_INDEX_POSTGRES[] =
    "INSERT INTO search_words (org, network, id, kind, doc, words)"
    " VALUES ($1, $2, $3, $4, $5, array_to_tsvector(string_to_array($6, ' ')))";

struct words
search_marked(struct arena *a, const struct actor *who, const struct words *w)
{
	struct mark m = mark_of(who);
	struct buf stems = buf_new(a, TAGGED_BYTES);
	struct buf forms = buf_new(a, TAGGED_BYTES);
	buf_reserve(&stems, 2 * w->stems.n + MARK_BYTES);
	buf_add(&stems, mark_str(&m));
	buf_byte(&stems, ' ');
	add_marked(&stems, &m, w->stems);
	add_marked(&forms, &m, w->forms);
	assert(!stems.full && !forms.full);
	return (struct words){str_trim(buf_str(&stems)), buf_str(&forms)};
}

static enum err
index_sqlite(struct db *db, struct arena *a, const struct actor *who,
    const struct search_entry *n)
{
	struct words w = search_marked(a, who, &n->words);
	enum err e = db_exec(db, SQL_NUMBER_SQLITE, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(n->id), DB_TEXT(n->kind),
	    DB_INT(n->doc));
	return e != ERR_OK ? e
			   : db_exec(db, SQL_INDEX_SQLITE, NULL, DB_INT(n->doc),
				 DB_TEXT(w.stems), DB_TEXT(w.forms));
}

static enum err
index_postgres(struct db *db, struct arena *a, const struct actor *who,
    const struct search_entry *n)
{
	struct words w = search_marked(a, who, &n->words);
	struct str all = str_trim(STR_JOIN(a, w.stems, S(" "), w.forms));
	return db_exec(db, SQL_INDEX_POSTGRES, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(n->id), DB_TEXT(n->kind), DB_INT(n->doc),
	    DB_TEXT(all));
}

enum err
search_entry_add(struct db *db, struct arena *a, const struct actor *who,
    const struct search_entry *n)
{
	enum err e = db_exec(db, SQL_ADD_DOC, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(n->id), DB_TEXT(n->kind), DB_INT(n->doc),
	    DB_TEXT(n->words.stems), DB_TEXT(n->words.forms));
	if (e != ERR_OK)
		return e;
	return db_kind(db) == DB_SQLITE ? index_sqlite(db, a, who, n)
					: index_postgres(db, a, who, n);
}

/* ---- and out of it ---- */

static const char SQL_DROP_DOC[] = "DELETE FROM search_doc WHERE org = $1"
				   " AND network = $2 AND id = $3";

static const char SQL_UNNUMBER_SQLITE[] =
    "DELETE FROM search_words_doc WHERE org = $1 AND network = $2"
    " AND doc = $3";

/* all orgs: as SQL_INDEX_SQLITE; takes out exactly what that put in */
static const char SQL_UNINDEX_SQLITE[] =
    "INSERT INTO search_words (search_words, rowid, stems, forms)"
    " VALUES ('delete', $1, $2, $3)";

static const char SQL_UNINDEX_POSTGRES[] =
    "DELETE FROM search_words WHERE org = $1 AND network = $2 AND id = $3";

static enum err
unindex_sqlite(struct db *db, struct arena *a, const struct actor *who,
    const struct search_entry *n)
{
	struct words w = search_marked(a, who, &n->words);
	enum err e = db_exec(db, SQL_UNINDEX_SQLITE, NULL, DB_INT(n->doc),
	    DB_TEXT(w.stems), DB_TEXT(w.forms));
	return e != ERR_OK
	    ? e
	    : db_exec(db, SQL_UNNUMBER_SQLITE, NULL, DB_ID(who->org),
		  DB_ID(who->network), DB_INT(n->doc));
}

static enum err
drop_entry(struct db *db, struct arena *a, const struct actor *who,
    const struct search_entry *n)
{
	enum err e = db_exec(db, SQL_DROP_DOC, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(n->id));
	if (e != ERR_OK)
		return e;
	if (db_kind(db) == DB_SQLITE)
		return unindex_sqlite(db, a, who, n);
	return db_exec(db, SQL_UNINDEX_POSTGRES, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(n->id));
}

static const char SQL_OLD[] =
    "SELECT id, kind, doc, stems, forms FROM search_doc"
    " WHERE org = $1 AND network = $2 AND id = $3";

static struct search_entry
read_entry(const struct db_row *row)
{
	return (struct search_entry){db_id(row, 0), db_text(row, 1),
	    db_int(row, 2), {db_text(row, 3), db_text(row, 4)}};
}

/* Takes out what is there; its number in *doc, or 0. */
static enum err
drop_old(struct db *db, struct arena *a, const struct actor *who, struct id id,
    int64_t *doc)
{
	struct db_row row;
	*doc = 0;
	enum err e = db_one(db, a, SQL_OLD, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	struct search_entry old = read_entry(&row);
	*doc = old.doc;
	return drop_entry(db, a, who, &old);
}

enum err
search_drop(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	int64_t doc;
	struct arena *scratch = arena_scratch(a);
	enum err e = drop_old(db, scratch, who, id, &doc);
	arena_close(scratch);
	return e;
}

/* ---- numbers ---- */

/* all orgs: the numbers of one index, which all organisations share */
static const char SQL_LAST_SQLITE[] =
    "SELECT doc FROM search_words_doc WHERE doc >= $1 AND doc < $2"
    " ORDER BY doc DESC LIMIT 1";

/* Not MAX(), for which PostgreSQL without statistics reads all of it. */
static const char SQL_LAST_POSTGRES[] =
    "SELECT doc FROM search_words"
    " WHERE org = $1 AND network = $2 AND doc >= $3 AND doc < $4"
    " ORDER BY doc DESC LIMIT 1";

/* The first number of a millisecond: numbers go up with time. */
static int64_t
first_of(int64_t at_us)
{
	int64_t ms = at_us / 1000;
	int64_t last = (INT64_C(1) << LAST_MS_BITS) - 2;
	if (ms < 1)
		ms = 1;
	return (ms > last ? last : ms) << MS_BITS;
}

enum err
search_next(struct db *db, struct arena *a, const struct actor *who,
    int64_t at_us, int64_t *doc)
{
	struct db_row row;
	int64_t from = first_of(at_us), to = from + (INT64_C(1) << MS_BITS);
	enum err e = db_kind(db) == DB_SQLITE
	    ? db_one(db, a, SQL_LAST_SQLITE, &row, DB_INT(from), DB_INT(to))
	    : db_one(db, a, SQL_LAST_POSTGRES, &row, DB_ID(who->org),
		  DB_ID(who->network), DB_INT(from), DB_INT(to));
	*doc = e == ERR_OK ? db_int(&row, 0) + 1 : from;
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	return *doc < to ? ERR_OK : ERR_TOO_LARGE;
}

static enum err
put(struct db *db, struct arena *a, const struct actor *who,
    const struct search_text *t)
{
	struct search_entry n = {.id = t->id, .kind = t->kind};
	enum err e = drop_old(db, a, who, t->id, &n.doc);
	if (e == ERR_OK && n.doc >> MS_BITS != first_of(t->at_us) >> MS_BITS)
		e = search_next(db, a, who, t->at_us, &n.doc);
	if (e != ERR_OK)
		return e;
	words_of(a, t->text, &n.words);
	return search_entry_add(db, a, who, &n);
}

enum err
search_put(struct db *db, struct arena *a, const struct actor *who,
    const struct search_text *t)
{
	struct arena *scratch = arena_scratch(a);
	enum err e = put(db, scratch, who, t);
	arena_close(scratch);
	return e;
}

/* ---- a network ---- */

static const char SQL_SOME[] =
    "SELECT id, kind, doc, stems, forms FROM search_doc"
    " WHERE org = $1 AND network = $2 ORDER BY id LIMIT $3";

static enum err
clear_some(struct db *db, struct arena *a, const struct actor *who,
    ptrdiff_t most, ptrdiff_t *n)
{
	struct db_rows rows;
	*n = 0;
	enum err e = db_all(db, a, SQL_SOME, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_INT(most));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct search_entry old = read_entry(&rows.row[i]);
		e = drop_entry(db, a, who, &old);
		++*n;
	}
	return e;
}

enum err
search_clear(struct db *db, struct arena *a, const struct actor *who,
    ptrdiff_t most, bool *left)
{
	enum { AT_ONCE = 100 };
	enum err e = ERR_OK;
	ptrdiff_t n = 1;
	while (e == ERR_OK && most > 0 && n > 0) {
		struct arena *scratch = arena_scratch(a);
		e = clear_some(
		    db, scratch, who, most < AT_ONCE ? most : AT_ONCE, &n);
		most -= n;
		arena_close(scratch);
	}
	*left = n > 0;
	return e;
}
