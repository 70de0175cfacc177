/* SPDX-License-Identifier: MPL-2.0 */
#include "model/codebook.h"

#include "base/buf.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"

/* ---- colours ---- */

const struct choice book_colours[] = {
    {"blue", N_("Blue")},
    {"green", N_("Green")},
    {"red", N_("Red")},
    {"yellow", N_("Yellow")},
    {"purple", N_("Purple")},
    {"brown", N_("Brown")},
    {"turquoise", N_("Turquoise")},
    {"grey", N_("Grey")},
    {0},
};

/* In the order of the list; assets/app.css has the same. */
static const int rgb[][3] = {{0x1f, 0x5f, 0xa8}, {0x2e, 0x7d, 0x32},
    {0xb7, 0x1c, 0x1c}, {0x7a, 0x5f, 0x00}, {0x6a, 0x1b, 0x9a},
    {0x6d, 0x4c, 0x41}, {0x00, 0x69, 0x6b}, {0x54, 0x5b, 0x62}};

struct str
book_colour_hex(struct str key)
{
	static const char *const hex[] = {"#1f5fa8", "#2e7d32", "#b71c1c",
	    "#7a5f00", "#6a1b9a", "#6d4c41", "#00696b", "#545b62"};
	for (ptrdiff_t i = 0; i < COUNT_OF(hex); i++) {
		if (str_eq(str_c(book_colours[i].key), key))
			return str_c(hex[i]);
	}
	return str_c(hex[0]);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool
read_hex(struct str hex, int *out)
{
	if (hex.n != 7 || hex.p[0] != '#')
		return false;
	for (int i = 0; i < 3; i++) {
		int high = hex_digit(hex.p[1 + 2 * i]);
		int low = hex_digit(hex.p[2 + 2 * i]);
		if (high < 0 || low < 0)
			return false;
		out[i] = high * 16 + low;
	}
	return true;
}

struct str
book_colour_near(struct str hex)
{
	int want[3], least = -1;
	struct str found = str_c(book_colours[0].key);
	if (!read_hex(hex, want))
		return found;
	for (ptrdiff_t i = 0; i < COUNT_OF(rgb); i++) {
		int far = 0;
		for (int k = 0; k < 3; k++)
			far += (rgb[i][k] - want[k]) * (rgb[i][k] - want[k]);
		if (least < 0 || far < least) {
			least = far;
			found = str_c(book_colours[i].key);
		}
	}
	return found;
}

/* ---- reading ---- */

/* Those below one come after it. */
static const char SQL_GET[] =
    "SELECT c.id, c.rev, c.name, c.letter, c.colour, c.meaning, c.parent,"
    " c.place, c.retired_us FROM book_code c"
    "  LEFT JOIN book_code p ON p.org = $1 AND p.network = $2"
    "   AND p.id = c.parent"
    " WHERE c.org = $1 AND c.network = $2"
    " ORDER BY COALESCE(p.place, c.place), COALESCE(p.sort, c.sort),"
    "  COALESCE(p.id, c.id), CASE WHEN c.parent IS NULL THEN 0 ELSE 1 END,"
    "  c.place, c.sort, c.id";

enum err
codebook_get(struct db *db, struct arena *a, const struct actor *who,
    struct codebook *out)
{
	struct db_rows rows;
	*out = (struct codebook){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e =
	    db_all(db, a, SQL_GET, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out =
	    (struct codebook){arena_new(a, struct book_code, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct book_code){.id = db_id(row, 0),
		    .rev = db_int(row, 1),
		    .name = db_text(row, 2),
		    .letter = db_text(row, 3),
		    .colour = db_text(row, 4),
		    .meaning = db_text(row, 5),
		    .parent = db_id(row, 6),
		    .place = db_int(row, 7),
		    .retired_us = db_int(row, 8)};
	}
	return ERR_OK;
}

const struct book_code *
codebook_find(const struct codebook *book, struct id id)
{
	for (ptrdiff_t i = 0; i < book->n; i++) {
		if (id_eq(book->list[i].id, id))
			return &book->list[i];
	}
	return NULL;
}

/* ---- checking ---- */

static const char *
check_line(struct str text, ptrdiff_t most)
{
	if (cpr_find(text).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return utf8_length(text) > most ? N_("This is too long.") : NULL;
}

static const char *
check_name(const struct codebook *book, const struct book_code *c)
{
	if (utf8_blank(c->name))
		return N_("Write a name.");
	for (ptrdiff_t i = 0; i < book->n; i++) {
		const struct book_code *other = &book->list[i];
		if (!id_eq(other->id, c->id) && str_eq(other->name, c->name) &&
		    id_eq(other->parent, c->parent))
			return N_("There is a code of that name already.");
	}
	return check_line(c->name, BOOK_NAME);
}

/* One level: below one that is below none, and nothing below itself. */
static const char *
check_parent(const struct codebook *book, const struct book_code *c)
{
	if (!id_is_set(c->parent))
		return NULL;
	const struct book_code *parent = codebook_find(book, c->parent);
	bool above = false;
	for (ptrdiff_t i = 0; i < book->n; i++)
		above = above || id_eq(book->list[i].parent, c->id);
	return parent == NULL || id_is_set(parent->parent) || above ||
		id_eq(c->parent, c->id)
	    ? N_("A code stands below one that stands below none.")
	    : NULL;
}

void
book_check(const struct codebook *book, const struct book_code *c,
    struct book_faults *f)
{
	const char *colour = choice_find(book_colours, c->colour) == NULL
	    ? N_("Choose one of the possibilities.")
	    : NULL;
	*f = (struct book_faults){.name = check_name(book, c),
	    .letter = check_line(c->letter, BOOK_LETTER),
	    .colour = colour,
	    .meaning = check_line(c->meaning, BOOK_MEANING),
	    .parent = check_parent(book, c)};
	f->any = f->name || f->letter || f->colour || f->meaning || f->parent;
}

/* ---- writing ---- */

static const char SQL_ADD[] =
    "INSERT INTO book_code (org, network, id, rev, changed_us, changed_by,"
    " name, sort, letter, colour, meaning, parent, place)"
    " VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    " ON CONFLICT (org, network, id) DO NOTHING";

static const char SQL_CHANGE[] =
    "UPDATE book_code SET rev = rev + 1, changed_us = $5, changed_by = $6,"
    " name = $7, sort = $8, letter = $9, colour = $10, meaning = $11,"
    " parent = $12, place = $13"
    " WHERE org = $1 AND network = $2 AND id = $3 AND rev = $4";

static struct str
sort_of(struct arena *a, struct str name)
{
	struct str key = utf8_sort_key(a, name);
	struct buf b = buf_new(a, 2 * key.n + 1);
	buf_hex(&b, (const unsigned char *)key.p, key.n);
	return buf_str(&b);
}

static enum err
save(struct db *db, struct arena *a, const struct actor *who,
    const struct book_code *c)
{
	int64_t changed = 0;
	struct str letter = c->letter.n > 0 ? c->letter : utf8_cut(c->name, 1);
	struct str sort = sort_of(a, c->name);
	enum err e = c->rev == 0
	    ? db_exec(db, SQL_ADD, &changed, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(c->id), DB_INT(who->now_us),
		  DB_ID(who->account), DB_TEXT(c->name), DB_TEXT(sort),
		  DB_TEXT(letter), DB_TEXT(c->colour), DB_TEXT(c->meaning),
		  DB_ID(c->parent), DB_INT(c->place))
	    : db_exec(db, SQL_CHANGE, &changed, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(c->id), DB_INT(c->rev),
		  DB_INT(who->now_us), DB_ID(who->account), DB_TEXT(c->name),
		  DB_TEXT(sort), DB_TEXT(letter), DB_TEXT(c->colour),
		  DB_TEXT(c->meaning), DB_ID(c->parent), DB_INT(c->place));
	if (e != ERR_OK || changed == 0)
		return e == ERR_OK && c->rev > 0 ? ERR_CONFLICT : e;
	return audit_add(db, a, who, S("code.save"), c->id);
}

enum err
book_save(struct db *db, struct arena *a, const struct actor *who,
    const struct book_code *c)
{
	struct codebook book;
	struct book_faults faults;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = codebook_get(db, a, who, &book);
	if (e != ERR_OK)
		return e;
	book_check(&book, c, &faults);
	if (c->rev == 0 && codebook_find(&book, c->id) != NULL)
		return ERR_OK; /* the form was sent twice */
	if (faults.any || (c->rev == 0 && book.n >= BOOK_MOST))
		return ERR_INVALID;
	return save(db, a, who, c);
}

static const char SQL_RETIRE[] =
    "UPDATE book_code SET rev = rev + 1, changed_us = $4, changed_by = $5,"
    " retired_us = $6 WHERE org = $1 AND network = $2 AND id = $3";

enum err
book_retire(struct db *db, struct arena *a, const struct actor *who,
    struct id id, bool retired)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_RETIRE, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_INT(who->now_us),
	    DB_ID(who->account), retired ? DB_INT(who->now_us) : DB_NULL);
	if (e == ERR_OK && changed == 0)
		return ERR_NOT_FOUND;
	return e == ERR_OK ? audit_add(db, a, who, S("code.retire"), id) : e;
}

/* What is here and what is to come, as one book to check against. */
static struct codebook
both(struct arena *a, const struct codebook *here, const struct codebook *in)
{
	struct codebook all = {
	    arena_new(a, struct book_code, here->n + in->n), here->n};
	for (ptrdiff_t i = 0; i < here->n; i++)
		all.list[i] = here->list[i];
	for (ptrdiff_t i = 0; i < in->n; i++) {
		if (codebook_find(here, in->list[i].id) == NULL)
			all.list[all.n++] = in->list[i];
	}
	return all;
}

enum err
codebook_import(struct db *db, struct arena *a, const struct actor *who,
    const struct codebook *in)
{
	struct codebook here;
	struct book_faults faults;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = codebook_get(db, a, who, &here);
	if (e != ERR_OK)
		return e;
	struct codebook all = both(a, &here, in);
	for (ptrdiff_t i = here.n; i < all.n; i++) {
		book_check(&all, &all.list[i], &faults);
		if (faults.any || all.n > BOOK_MOST)
			return ERR_INVALID;
	}
	for (ptrdiff_t i = here.n; e == ERR_OK && i < all.n; i++) {
		e = save(db, a, who, &all.list[i]);
		if (e == ERR_OK && all.list[i].retired_us > 0)
			e = book_retire(db, a, who, all.list[i].id, true);
	}
	return e;
}
