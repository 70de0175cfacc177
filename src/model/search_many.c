/* SPDX-License-Identifier: MPL-2.0 */

/* Many texts of one moment into the index: the first number is looked up, the
 * others follow, and the rows go in some at a time (model/many.h). */
#include "base/buf.h"
#include "model/many.h"
#include "model/search_parts.h"

/* A row of each table for a text. */
struct rows {
	struct db_value *texts, *numbers, *words;
	int64_t doc; /* the number of the first */
	bool sqlite;
};

static void
fill_words(struct rows *r, struct arena *a, ptrdiff_t at,
    const struct search_text *t, const struct words *marked)
{
	struct db_value *words = r->words + 3 * at;
	if (r->sqlite) {
		r->numbers[2 * at] = DB_ID(t->id);
		r->numbers[2 * at + 1] = DB_INT(r->doc + at);
		words[0] = DB_INT(r->doc + at);
		words[1] = DB_TEXT(marked->stems);
		words[2] = DB_TEXT(marked->forms);
		return;
	}
	words[0] = DB_ID(t->id);
	words[1] = DB_INT(r->doc + at);
	words[2] = DB_TEXT(
	    str_trim(STR_JOIN(a, marked->stems, S(" "), marked->forms)));
}

static void
fill(struct rows *r, struct arena *a, const struct actor *who, ptrdiff_t at,
    const struct search_text *t)
{
	struct words plain;
	struct db_value *texts = r->texts + 4 * at;
	words_of(a, t->text, &plain);
	struct words marked = search_marked(a, who, &plain);
	texts[0] = DB_ID(t->id);
	texts[1] = DB_INT(r->doc + at);
	texts[2] = DB_TEXT(plain.stems);
	texts[3] = DB_TEXT(plain.forms);
	fill_words(r, a, at, t, &marked);
}

static enum err
put_rows(struct db *db, const struct actor *who, struct str kind,
    const struct rows *r, ptrdiff_t n)
{
	const struct db_value shared[] = {
	    DB_ID(who->org), DB_ID(who->network), DB_TEXT(kind)};
	enum err e =
	    many_exec(db, MANY_TEXTS, &(struct many){shared, r->texts, n});
	if (e == ERR_OK && r->sqlite)
		e = many_exec(db, MANY_NUMBERS_SQLITE,
		    &(struct many){shared, r->numbers, n});
	if (e != ERR_OK)
		return e;
	return many_exec(db,
	    r->sqlite ? MANY_WORDS_SQLITE : MANY_WORDS_POSTGRES,
	    &(struct many){shared, r->words, n});
}

/* As many at a time as one statement takes, so that little is held. */
static enum err
add_some(struct db *db, struct arena *a, const struct actor *who,
    const struct search_texts *t, int64_t doc)
{
	struct rows r = {arena_new(a, struct db_value, 4 * t->n),
	    arena_new(a, struct db_value, 2 * t->n),
	    arena_new(a, struct db_value, 3 * t->n), doc,
	    db_kind(db) == DB_SQLITE};
	for (ptrdiff_t i = 0; i < t->n; i++)
		fill(&r, a, who, i, &t->list[i]);
	return put_rows(db, who, t->kind, &r, t->n);
}

enum err
search_add(struct db *db, struct arena *a, const struct actor *who,
    const struct search_texts *t)
{
	int64_t doc = 0;
	enum err e = search_next(db, a, who, t->at_us, &doc);
	struct arena *scratch = arena_scratch(a);
	for (ptrdiff_t at = 0; e == ERR_OK && at < t->n; at += MANY_ROWS) {
		struct search_texts some = {t->kind, t->at_us, t->list + at,
		    t->n - at < MANY_ROWS ? t->n - at : MANY_ROWS};
		e = add_some(db, scratch, who, &some, doc + at);
		arena_reset(scratch);
	}
	arena_close(scratch);
	return e;
}
