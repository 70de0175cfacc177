/* SPDX-License-Identifier: MPL-2.0 */
#include "db/tables.h"

#include <assert.h>

enum { TABLES_MOST = 200, COLUMNS_MOST = 64, KEY_MOST = 8 };

struct reading {
	struct arena *arena;
	struct tables all;
	struct table *open; /* the one whose lines these are, or NULL */
};

static struct str
without_comment(struct str line)
{
	ptrdiff_t at = str_find(line, S("--"));
	return str_trim(at < 0 ? line : str_sub(line, 0, at));
}

static enum column_type
type_of(struct str word)
{
	static const struct {
		struct str word;
		enum column_type type;
	} words[] = {
	    {S_INIT(":id"), COLUMN_ID},
	    {S_INIT(":int"), COLUMN_INT},
	    {S_INIT("INTEGER"), COLUMN_INT},
	    {S_INIT(":real"), COLUMN_REAL},
	    {S_INIT("TEXT"), COLUMN_TEXT},
	    {S_INIT(":bytes"), COLUMN_BYTES},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(words); i++) {
		if (str_eq(words[i].word, word))
			return words[i].type;
	}
	return COLUMN_OTHER;
}

/* The word that the line begins with, without what ends it. */
static struct str
first_word(struct str line)
{
	struct str word = str_cut(&line, ' ');
	ptrdiff_t n = 0;
	while (n < word.n && word.p[n] != ',' && word.p[n] != ';')
		n++;
	return str_sub(word, 0, n);
}

/* "name TYPE ..." */
static void
add_column(struct table *t, struct str line)
{
	struct str name = str_cut(&line, ' ');
	assert(t->n < COLUMNS_MOST);
	t->column[t->n++] =
	    (struct column){name, type_of(first_word(str_trim(line)))};
}

/* "(a, b, c)" */
static void
set_key(struct table *t, struct str line)
{
	(void)str_cut(&line, '(');
	struct str names = str_cut(&line, ')');
	for (t->n_key = 0; names.n > 0; t->n_key++) {
		assert(t->n_key < KEY_MOST);
		t->key[t->n_key] = str_trim(str_cut(&names, ','));
	}
}

static struct table *
new_table(struct reading *r, struct str name)
{
	assert(r->all.n < TABLES_MOST);
	struct table *t = &r->all.list[r->all.n++];
	*t = (struct table){.name = name,
	    .column = arena_new(r->arena, struct column, COLUMNS_MOST),
	    .key = arena_new(r->arena, struct str, KEY_MOST)};
	return t;
}

/* The table whose name begins the line. */
static struct table *
named(struct reading *r, struct str *line)
{
	struct str name = str_cut(line, ' ');
	return (struct table *)tables_find(&r->all, name);
}

/* A line of a table. */
static void
read_inside(struct reading *r, struct str line)
{
	if (str_starts(line, S(")")))
		r->open = NULL;
	else if (str_starts(line, S("PRIMARY KEY")))
		set_key(r->open, line);
	else if (!str_starts(line, S("UNIQUE")) &&
	    !str_starts(line, S(", FOREIGN KEY")))
		add_column(r->open, line);
	if (r->open != NULL && str_find(line, S(" NOT NULL PRIMARY KEY")) > 0) {
		r->open->key[0] = first_word(line);
		r->open->n_key = 1;
	}
}

/* "name ADD COLUMN ...", "name RENAME TO ..." */
static void
change_table(struct reading *r, struct str line)
{
	static const struct str add = S_INIT("ADD COLUMN "),
				rename = S_INIT("RENAME TO ");
	struct table *t = named(r, &line);
	assert(t != NULL);
	if (str_starts(line, rename)) {
		t->name = first_word(str_sub(line, rename.n, line.n));
		return;
	}
	assert(str_starts(line, add));
	add_column(t, str_sub(line, add.n, line.n));
}

static void
drop_table(struct reading *r, struct str name)
{
	const struct table *gone = tables_find(&r->all, name);
	assert(gone != NULL);
	r->all.n--;
	for (ptrdiff_t i = gone - r->all.list; i < r->all.n; i++)
		r->all.list[i] = r->all.list[i + 1];
}

static void
read_line(struct reading *r, struct str line)
{
	static const struct str create = S_INIT("CREATE TABLE "),
				alter = S_INIT("ALTER TABLE "),
				drop = S_INIT("DROP TABLE ");
	line = without_comment(line);
	if (line.n == 0)
		return;
	if (r->open != NULL) {
		read_inside(r, line);
	} else if (str_starts(line, create)) {
		line = str_sub(line, create.n, line.n);
		r->open = new_table(r, str_cut(&line, ' '));
	} else if (str_starts(line, alter)) {
		change_table(r, str_sub(line, alter.n, line.n));
	} else if (str_starts(line, drop)) {
		drop_table(r, first_word(str_sub(line, drop.n, line.n)));
	}
}

struct tables
tables_of(struct arena *a, struct migrations all, enum db_kind kind)
{
	struct reading r = {.arena = a};
	r.all.list = arena_new(a, struct table, TABLES_MOST);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		struct str text = kind == DB_SQLITE ? all.list[i].sqlite
						    : all.list[i].postgres;
		while (text.n > 0)
			read_line(&r, str_cut(&text, '\n'));
		assert(r.open == NULL);
	}
	return r.all;
}

const struct table *
tables_find(const struct tables *all, struct str name)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (str_eq(all->list[i].name, name))
			return &all->list[i];
	}
	return NULL;
}

ptrdiff_t
table_column(const struct table *t, struct str name)
{
	for (ptrdiff_t i = 0; i < t->n; i++) {
		if (str_eq(t->column[i].name, name))
			return i;
	}
	return -1;
}
