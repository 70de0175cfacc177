/* SPDX-License-Identifier: MPL-2.0 */

/* A CPR number typed into any field of the forms about people, activities and
 * the organisation is kept nowhere.  Each field has its twin: ordinary words in
 * it are taken, and found where they are kept in clear. */
#include <stdio.h>

#include "base/buf.h"
#include "tests/web/cases.h"
#include "web/security.h"

#define PERSONS "/netvaerk/{network}/personer"
#define ACTIVITY "/netvaerk/{network}/aktiviteter/{id}"

enum kept {
	CLEAR, /* in a column that can be read here */
	SEALED
};

static const struct field {
	const char *pattern, *kind, *name, *more;
	enum kept kept;
	const char *words; /* NULL: the usual ones */
} fields[] = {
    {PERSONS "/ny", NULL, "reason", "", CLEAR, NULL},
    {PERSONS "/ny", NULL, "alias", "", CLEAR, NULL},
    {PERSONS "/ny", NULL, "needs_note", "", CLEAR, NULL},
    {PERSONS "/ny", NULL, "big_wish", "", CLEAR, NULL},
    {PERSONS "/ny", NULL, "guardian", "", CLEAR, NULL},
    {PERSONS "/{id}/kontakt", NULL, "grund", "", CLEAR, NULL},
    {PERSONS "/{id}/kontakt/gem", NULL, "name", "&phone=1", SEALED, NULL},
    {PERSONS "/{id}/kontakt/gem", NULL, "mail", "&name=Bo", SEALED,
	"*@b.example"},
    {PERSONS "/{id}/kontakt/gem", NULL, "phone", "&name=Bo", SEALED, NULL},
    {PERSONS "/{id}/kontakt/gem", NULL, "address", "&name=Bo", SEALED, NULL},
    {PERSONS "/{id}/kontakt/gem", NULL, "guardian", "&name=Bo&phone=1", SEALED,
	NULL},
    {PERSONS "/import", NULL, "reason", "", CLEAR, NULL},
    {"/netvaerk/{network}/tilmelding", NULL, "about", "&open=1", CLEAR, NULL},
    {"/netvaerk/{network}/tilmelding", NULL, "label0", "", CLEAR, NULL},
    {"/netvaerk/{network}/tilmelding", NULL, "choices0", "&label0=Hvor", CLEAR,
	"By%0A*"},
    {"/deltag/{id}", NULL, "name", "&phone=1&value0=By", SEALED, NULL},
    {"/deltag/{id}", NULL, "mail", "&name=Bo&value0=By", SEALED, "*@b.example"},
    {"/deltag/{id}", NULL, "phone", "&name=Bo&value0=By", SEALED, NULL},
    {"/deltag/{id}", NULL, "needs", "", CLEAR, NULL},
    {"/c/{token}/svar", NULL, "text", "", CLEAR, NULL},
    {ACTIVITY "/besked", NULL, "text", "", CLEAR, NULL},
    {ACTIVITY "/etik", NULL, "used_note", "", CLEAR, NULL},
    {"/netvaerk/{network}/tilsidesaet", NULL, "reason", "", CLEAR, NULL},
    {"/netvaerk/{network}/lige-vilkaar", NULL, "agenda_note", "", CLEAR, NULL},
    {"/netvaerk/{network}/lodtraekning", NULL, "seed", "", CLEAR, NULL},
    {"/netvaerk/{network}/lodtraekning/{id}/igen", NULL, "seed", "", CLEAR,
	NULL},
    {"/netvaerk/{network}/refleksion/{id}", NULL, "t-q01", "", CLEAR, NULL},
    {"/netvaerk/{network}/gem/{kind}/{id}", "behov", "text", "", CLEAR, NULL},
    {"/netvaerk/{network}/gem/{kind}/{id}", "netvaerk", "name", "", CLEAR,
	NULL},
    {"/netvaerk/nyt", NULL, "name", "", CLEAR, NULL},
    {"/netvaerk/nyt", NULL, "goal", "", CLEAR, NULL},
    {"/metoder/{key}", "interview", "name_da", "", CLEAR, NULL},
    {"/metoder/{key}", "interview", "name_en", "", CLEAR, NULL},
    {"/sekretariat/regler", NULL, "archive_contact", "", CLEAR, NULL},
    {"/sekretariat/regler", NULL, "dpo_contact", "", CLEAR, NULL},
};

static const struct web_case *
find_case(const struct field *field)
{
	struct web_cases all = web_cases();
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct web_case *c = &all.list[i];
		if (c->method == HTTP_POST &&
		    str_eq(str_c(c->pattern), str_c(field->pattern)) &&
		    (field->kind == NULL ||
			str_eq(str_c(c->kind), str_c(field->kind))))
			return c;
	}
	fail_msg("no case for %s", field->pattern);
	return NULL;
}

/* ---- the whole database ---- */

enum { TABLES_MAX = 256, SQL_BYTES = 100 };

static const char SQL_TABLES[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table'"
    " AND name NOT LIKE 'sqlite_%'";

static bool
row_has(const struct db_row *row, struct str what)
{
	for (ptrdiff_t c = 0; c < row->n; c++) {
		const struct db_value *v = &row->value[c];
		if ((v->type == DB_TEXT_T || v->type == DB_BLOB_T) &&
		    str_find(v->s, what) >= 0)
			return true;
	}
	return false;
}

/* The table that has it, or "". */
static struct str
where_kept(struct arena *a, struct db *db, struct str what)
{
	static char sql[TABLES_MAX][SQL_BYTES]; /* known by their address */
	struct db_rows tables, rows;
	CHECK_OK(db_all(db, a, SQL_TABLES, &tables, DB_NONE));
	CHECK(tables.n > 20 && tables.n <= TABLES_MAX);
	for (ptrdiff_t t = 0; t < tables.n; t++) {
		struct str name = db_text(&tables.row[t], 0);
		snprintf(
		    sql[t], SQL_BYTES, "SELECT * FROM %.*s", STR_ARG(name));
		CHECK_OK(db_all(db, a, sql[t], &rows, DB_NONE));
		for (ptrdiff_t i = 0; i < rows.n; i++) {
			if (row_has(&rows.row[i], what))
				return name;
		}
	}
	return S("");
}

/* ---- a field ---- */

/* The form with this field first: the first of a name counts. */
static struct reply
fill_in(struct full *f, const struct field *field, struct str words)
{
	struct arena *a = f->web.world.arena;
	const struct web_case *c = find_case(field);
	f->web.site->attempts = limits_new(f->web.request);
	struct shot shot = web_aim(f, c, f->web.world.network, true);
	web_session(&f->web, f->web.world.mette);
	struct str value = words;
	if (field->words != NULL)
		value = str_replace(a, str_c(field->words), S("*"), words);
	shot.form = str_fmt(a, "%s=%.*s%s&%.*s", field->name, STR_ARG(value),
	    field->more, STR_ARG(shot.form));
	return web_fire(f, c, shot);
}

/* Words of its own for each field, so that what is found is its. */
static bool
takes_words(struct full *f, ptrdiff_t i)
{
	struct arena *a = f->web.request;
	struct str words = str_fmt(a, "vidne%tdord", i);
	struct reply r = fill_in(f, &fields[i], words);
	if (r.status != 303 && r.status != 200)
		return false;
	return fields[i].kept != CLEAR ||
	    where_kept(a, f->web.world.db, words).n > 0;
}

static bool
takes_cpr(struct full *f, ptrdiff_t i)
{
	struct arena *a = f->web.request;
	struct str cpr =
	    str_fmt(a, "%02d01%02d-5678", 1 + (int)i % 28, 50 + (int)i / 28);
	struct reply r = fill_in(f, &fields[i], cpr);
	struct str table = where_kept(a, f->web.world.db, cpr);
	if (r.status >= 400 && r.status < 500 && table.n == 0)
		return false;
	print_error("%s %s: a CPR number is answered with %d, and kept in "
		    "\"%.*s\"\n",
	    fields[i].pattern, fields[i].name, r.status, STR_ARG(table));
	return true;
}

/* The rules are the program's, so one database is enough. */
TEST_DB(no_form_takes_a_cpr_number)
{
	struct full f;
	int bad = 0;
	if (db_kind(db) != DB_SQLITE)
		return;
	web_full(&f, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++) {
		f.web.request = arena_scratch(arena);
		if (!takes_words(&f, i))
			fail_msg("%s %s: ordinary words are not taken",
			    fields[i].pattern, fields[i].name);
		bad += takes_cpr(&f, i);
		arena_close(f.web.request);
		f.web.request = NULL;
	}
	CHECK_INT(bad, 0);
}
