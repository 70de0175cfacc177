/* SPDX-License-Identifier: MPL-2.0 */
#include "model/voices_file.h"

#include "base/clock.h"
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/contribution.h"

enum { CPR_DIGITS = 10, NAME_SHOWN = 40, ID_MAX = 200 };

/* Of a field the first that is there is taken. */
static const struct {
	const char *name;
	enum voices_field field;
} names[] = {
    {"tekst", VOICES_TEXT},
    {"comment-body", VOICES_TEXT}, /* Talk to the City, Polis */
    {"comment", VOICES_TEXT},
    {"comment_text", VOICES_TEXT},
    {"kommentar", VOICES_TEXT},
    {"body/da", VOICES_TEXT}, /* Decidim */
    {"body", VOICES_TEXT},
    {"body/en", VOICES_TEXT},
    {"beskrivelse", VOICES_TEXT}, /* Go Vocal, as its form is in Danish */
    {"description", VOICES_TEXT},
    {"indhold", VOICES_TEXT},
    {"content", VOICES_TEXT},
    {"text", VOICES_TEXT},
    {"title/da", VOICES_TITLE},
    {"title", VOICES_TITLE},
    {"title/en", VOICES_TITLE},
    {"titel", VOICES_TITLE},
    {"id", VOICES_ID},
    {"comment-id", VOICES_ID},
    {"comment_id", VOICES_ID},
    {"slags", VOICES_KIND},
    {"kind", VOICES_KIND},
    {"maalgruppe", VOICES_GROUP},
    {"målgruppe", VOICES_GROUP},
    {"target group", VOICES_GROUP},
    {"withdrawn", VOICES_STATE},
    {"state", VOICES_STATE},
    {"moderated", VOICES_STATE},
    {"aktivitet", VOICES_ACTIVITY},
    {"activity", VOICES_ACTIVITY},
    {"hvem", VOICES_ALIAS},
    {"alias", VOICES_ALIAS},
    {"maaned", VOICES_MONTH},
    {"måned", VOICES_MONTH},
    {"month", VOICES_MONTH},
    {"ophav", VOICES_NUMBERS}, /* ours; what comes in has ids of its own */
    {"ophav_hvordan", VOICES_NUMBERS},
    {"timestamp", VOICES_NUMBERS},
    {"datetime", VOICES_NUMBERS},
    {"created_at", VOICES_NUMBERS},
    {"updated_at", VOICES_NUMBERS},
    {"published_at", VOICES_NUMBERS},
    {"state_published_at", VOICES_NUMBERS},
    {"answered_at", VOICES_NUMBERS},
    {"withdrawn_at", VOICES_NUMBERS},
    {"submitted at", VOICES_NUMBERS},
    {"published at", VOICES_NUMBERS},
    {"latitude", VOICES_NUMBERS},
    {"longitude", VOICES_NUMBERS},
};

void
voices_fault(struct voices_reader *f, struct file_place at, const char *message,
    struct str argument)
{
	if (f->faults == NULL)
		f->faults =
		    arena_new(f->arena, struct voices_fault, VOICES_FAULTS);
	if (f->n_faults < VOICES_FAULTS)
		f->faults[f->n_faults++] = (struct voices_fault){at, message,
		    str_dup(f->arena, utf8_cut(argument, NAME_SHOWN))};
}

static struct file_place
place_of(const struct voices_reader *f, ptrdiff_t i)
{
	struct csv_reader at = f->csv;
	bool more = csv_fault(&at, i, "");
	(void)more;
	return (struct file_place){at.line, at.column};
}

/* ---- the first line ---- */

static ptrdiff_t
find_name(struct arena *a, struct str head)
{
	struct str name = utf8_fold(a, str_trim(utf8_normal(a, head)));
	for (ptrdiff_t i = 0; i < COUNT_OF(names); i++) {
		if (str_eq(name, str_c(names[i].name)))
			return i;
	}
	return -1;
}

/* Takes column `i`, which has the name `found`, where no better one is. */
static void
take_column(
    struct voices_reader *f, ptrdiff_t i, ptrdiff_t found, ptrdiff_t *best)
{
	enum voices_field field = names[found].field;
	f->columns[i].field = field;
	if (field >= VOICES_FIELDS)
		return;
	if (best[field] == found) {
		voices_fault(f, place_of(f, i),
		    N_("The column \"%1\" is there twice."), f->csv.field[i]);
		return;
	}
	bool better = best[field] < 0 || found < best[field];
	ptrdiff_t worse = better ? f->at[field] : i;
	if (worse >= 0)
		f->columns[worse].field = VOICES_OTHER;
	if (better) {
		f->at[field] = i;
		best[field] = found;
	}
}

/* As somebody said; times and counts stay what they are when passed over. */
static void
say_column(struct voices_reader *f, ptrdiff_t i, char letter)
{
	const char *at = strchr(VOICES_LETTERS, letter);
	ptrdiff_t named = find_name(f->arena, f->csv.field[i]);
	enum voices_field field = VOICES_OTHER;
	if (at != NULL)
		field = (enum voices_field)(at - VOICES_LETTERS);
	else if (named >= 0 && names[named].field == VOICES_NUMBERS)
		field = VOICES_NUMBERS;
	f->columns[i].field = field;
	if (at == NULL)
		return;
	if (f->at[field] >= 0)
		voices_fault(f, place_of(f, i),
		    N_("Two columns are understood as the same."), S(""));
	f->at[field] = i;
}

bool
voices_columns_valid(struct str columns)
{
	for (ptrdiff_t i = 0; i < columns.n; i++) {
		if (columns.p[i] == '\0' ||
		    strchr(VOICES_LETTERS "-", columns.p[i]) == NULL)
			return false;
	}
	return columns.n <= VOICES_COLUMNS;
}

static void
read_columns(struct voices_reader *f, struct str said)
{
	ptrdiff_t best[VOICES_FIELDS];
	const struct csv_reader *r = &f->csv;
	for (int k = 0; k < VOICES_FIELDS; k++)
		best[k] = f->at[k] = -1;
	f->columns = arena_new(f->arena, struct voices_column, r->n);
	f->n_columns = r->n;
	for (ptrdiff_t i = 0; i < r->n; i++) {
		f->columns[i] =
		    (struct voices_column){str_trim(r->field[i]), VOICES_OTHER};
		ptrdiff_t found =
		    said.n > 0 ? -1 : find_name(f->arena, r->field[i]);
		if (i < said.n)
			say_column(f, i, said.p[i]);
		else if (found >= 0)
			take_column(f, i, found, best);
	}
}

static void
read_head(struct voices_reader *f, struct str said)
{
	const struct csv_reader *r = &f->csv;
	if (r->n > VOICES_COLUMNS) {
		voices_fault(f, place_of(f, VOICES_COLUMNS),
		    N_("There are too many columns."), S(""));
		return;
	}
	read_columns(f, said);
	f->ours = csv_find(r, S("tekst")) >= 0 &&
	    csv_find(r, S("slags")) >= 0 && csv_find(r, S("forkortet")) >= 0;
	if (f->at[VOICES_TEXT] < 0 && f->at[VOICES_TITLE] < 0)
		voices_fault(f, (struct file_place){r->line, 1},
		    N_("No column holds what was said. The first line must "
		       "name one \"tekst\", \"comment\", \"comment-body\", "
		       "\"body\" or \"title\"."),
		    S(""));
}

static void
fault_of_table(struct voices_reader *f)
{
	if (f->csv.expected == NULL)
		return;
	voices_fault(f, (struct file_place){f->csv.line, f->csv.column},
	    N_("This cannot be read as a table. Look at the quotation "
	       "marks, and save the list as CSV in UTF-8."),
	    S(""));
}

void
voices_reader_open(struct voices_reader *f, struct arena *a, struct str text)
{
	voices_reader_as(f, a, text, S(""));
}

void
voices_reader_as(struct voices_reader *f, struct arena *a, struct str text,
    struct str columns)
{
	*f = (struct voices_reader){.arena = a};
	csv_open(&f->csv, a, text);
	if (csv_next(&f->csv))
		read_head(f, columns);
	else if (f->csv.expected == NULL)
		voices_fault(f, (struct file_place){1, 1},
		    N_("There is nothing in this file."), S(""));
	fault_of_table(f);
	f->more = f->n_faults == 0; /* or no row could be understood */
	/* The room for one row, used again by each. */
	f->field = f->csv.field;
	f->start = f->csv.start;
	f->cap = f->csv.cap;
}

/* ---- a row ---- */

/* Most cells have too few digits to be looked at closely. */
static bool
has_cpr(struct str s)
{
	ptrdiff_t digits = 0;
	for (ptrdiff_t i = 0; i < s.n; i++)
		digits += (s.p[i] >= '0' && s.p[i] <= '9') ||
		    s.p[i] == '\xEF'; /* begins a full-width one */
	return digits >= CPR_DIGITS && cpr_find(s).n > 0;
}

static void
check_cells(struct voices_reader *f)
{
	const struct csv_reader *r = &f->csv;
	for (ptrdiff_t i = 0; i < r->n && i < f->n_columns; i++) {
		if (f->columns[i].field != VOICES_NUMBERS &&
		    f->columns[i].field != VOICES_MONTH && has_cpr(r->field[i]))
			voices_fault(f, place_of(f, i),
			    N_("There is what looks like a CPR number. Take it "
			       "out of the file."),
			    S(""));
	}
	if (r->n > f->n_columns)
		voices_fault(f, place_of(f, f->n_columns),
		    N_("This line has more columns than the first one."),
		    S(""));
}

static struct str
cell(const struct voices_reader *f, struct arena *a, enum voices_field field)
{
	ptrdiff_t i = f->at[field];
	if (i < 0 || i >= f->csv.n)
		return S("");
	return str_trim(utf8_normal(a, f->csv.field[i]));
}

/* The column of the words, for a fault in them. */
static struct file_place
words_place(const struct voices_reader *f)
{
	ptrdiff_t i = f->at[VOICES_TEXT];
	return place_of(f, i >= 0 ? i : f->at[VOICES_TITLE]);
}

static struct str
words_of(const struct voices_reader *f, struct arena *a)
{
	struct str title = cell(f, a, VOICES_TITLE);
	struct str text = cell(f, a, VOICES_TEXT);
	if (title.n == 0 || text.n == 0)
		return title.n > 0 ? title : text;
	return STR_JOIN(a, title, S("\n\n"), text);
}

static bool
is_taken_back(struct str state)
{
	static const char *const words[] = {
	    "withdrawn", "true", "yes", "ja", "-1"};
	for (ptrdiff_t i = 0; i < COUNT_OF(words); i++) {
		if (str_eq_nocase(state, str_c(words[i])))
			return true;
	}
	return false;
}

/* By its key, or by the word that is shown for it, in either language. */
static struct str
kind_key(struct arena *a, struct str word)
{
	struct str wanted = utf8_fold(a, word);
	for (const struct choice *c = contribution_kinds; c->key != NULL; c++) {
		if (str_eq(wanted, str_c(c->key)) ||
		    str_eq(wanted, utf8_fold(a, str_c(c->label))) ||
		    str_eq(wanted, utf8_fold(a, tr(LANG_DA, c->label))))
			return str_c(c->key);
	}
	return S("");
}

/* Noon of its first day, in UTC, so that it is in the month everywhere. */
static bool
month_of(struct str s, int64_t *at_us)
{
	int64_t year = 0, month = 0;
	if (s.n < 7 || s.p[4] != '-' || !str_int(str_sub(s, 0, 4), &year) ||
	    !str_int(str_sub(s, 5, 7), &month))
		return false;
	if (year < 1970 || year > 2200 || month < 1 || month > 12)
		return false;
	struct date day = {(int)year, (int)month, 1};
	*at_us = date_days(day) * 24 * HOUR_US + 12 * HOUR_US;
	return true;
}

static void
check_month(struct voices_reader *f, struct arena *a, struct voices_row *row)
{
	struct str month = cell(f, a, VOICES_MONTH);
	if (month.n > 0 && !month_of(month, &row->at_us))
		voices_fault(f, place_of(f, f->at[VOICES_MONTH]),
		    N_("Write the month as 2026-05."), S(""));
}

static void
check_row(struct voices_reader *f, struct arena *a, struct voices_row *row)
{
	struct str kind = cell(f, a, VOICES_KIND);
	if (kind.n > 0) {
		row->kind = kind_key(a, kind);
		if (row->kind.n == 0)
			voices_fault(f, place_of(f, f->at[VOICES_KIND]),
			    N_("There is no kind of voice called \"%1\"."),
			    kind);
	}
	check_month(f, a, row);
	if (row->words.n > WORDS_MAX && utf8_length(row->words) > WORDS_MAX)
		voices_fault(f, words_place(f), N_("This is too long."), S(""));
	if (row->id.n > ID_MAX)
		voices_fault(f, place_of(f, f->at[VOICES_ID]),
		    N_("This is too long."), S(""));
}

/* False: the row is passed over. */
static bool
read_row(struct voices_reader *f, struct arena *a, struct voices_row *row)
{
	check_cells(f);
	*row = (struct voices_row){.line = f->csv.line,
	    .id = cell(f, a, VOICES_ID),
	    .words = words_of(f, a),
	    .group = cell(f, a, VOICES_GROUP),
	    .activity = cell(f, a, VOICES_ACTIVITY),
	    .alias = cell(f, a, VOICES_ALIAS)};
	if (is_taken_back(cell(f, a, VOICES_STATE))) {
		f->taken_back++;
		return false;
	}
	if (utf8_blank(row->words)) {
		f->blank++;
		return false;
	}
	if (row->group.n > 0)
		row->group_at = place_of(f, f->at[VOICES_GROUP]);
	if (row->activity.n > 0)
		row->activity_at = place_of(f, f->at[VOICES_ACTIVITY]);
	check_row(f, a, row);
	return true;
}

/* The next line of the table; false at its end, or past the most. */
static bool
next_line(struct voices_reader *f, struct arena *a)
{
	f->csv.arena = a;
	f->csv.field = f->field;
	f->csv.start = f->start;
	f->csv.cap = f->cap;
	f->more = csv_next(&f->csv);
	if (!f->more) {
		fault_of_table(f);
	} else if (f->rows + f->blank + f->taken_back >= VOICES_ROWS) {
		f->more = false;
		voices_fault(f, (struct file_place){f->csv.line, 1},
		    N_("At most 100,000 rows at a time. Divide the file."),
		    S(""));
	}
	return f->more;
}

bool
voices_reader_next(
    struct voices_reader *f, struct arena *a, struct voices_row *row)
{
	while (f->more && f->n_faults < VOICES_FAULTS && next_line(f, a)) {
		if (read_row(f, a, row)) {
			f->rows++;
			return true;
		}
	}
	return false;
}
