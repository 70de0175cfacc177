/* SPDX-License-Identifier: MPL-2.0 */
#include "model/people_file.h"

#include "base/buf.h"
#include "base/csvread.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/people_parts.h"

enum { FIRST_ROWS = 64, COLUMNS_MAX = 64 };

struct people_row *
people_row_new(struct arena *a, struct people_file *f, int64_t line)
{
	if (f->n == PEOPLE_ROWS) {
		people_fault(a, f, (struct file_place){line, 1},
		    N_("At most 10,000 people at a time. Divide the list."),
		    S(""));
		return NULL;
	}
	if (f->n == f->cap) {
		ptrdiff_t cap = f->cap > 0 ? 2 * f->cap : FIRST_ROWS;
		struct people_row *rows = arena_new(a, struct people_row, cap);
		if (f->n > 0)
			memcpy(rows, f->rows, (size_t)f->n * sizeof *rows);
		f->rows = rows;
		f->cap = cap;
	}
	f->rows[f->n] = (struct people_row){.line = line};
	return &f->rows[f->n++];
}

void
people_fault(struct arena *a, struct people_file *f, struct file_place at,
    const char *message, struct str argument)
{
	if (f->faults == NULL)
		f->faults = arena_new(a, struct people_fault, PEOPLE_FAULTS);
	if (f->n_faults < PEOPLE_FAULTS)
		f->faults[f->n_faults++] =
		    (struct people_fault){at, message, argument};
}

/* ---- what the bytes mean ---- */

/* 0x80 to 0x9F of Windows-1252; 0: none. */
static const unsigned short windows[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E,
    0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D,
    0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

static void
put_code_point(struct buf *b, unsigned c)
{
	if (c < 0x80) {
		buf_byte(b, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_byte(b, (char)(0xC0 | c >> 6));
	} else {
		buf_byte(b, (char)(0xE0 | c >> 12));
		buf_byte(b, (char)(0x80 | (c >> 6 & 0x3F)));
	}
	buf_byte(b, (char)(0x80 | (c & 0x3F)));
}

struct str
people_text(struct arena *a, struct str bytes)
{
	if (utf8_valid(bytes))
		return bytes;
	struct buf b = buf_new(a, 3 * bytes.n + 1);
	for (ptrdiff_t i = 0; i < bytes.n; i++) {
		unsigned c = (unsigned char)bytes.p[i];
		if (c >= 0x80 && c < 0xA0)
			c = windows[c - 0x80];
		put_code_point(&b, c);
	}
	return buf_str(&b);
}

/* ---- CSV ---- */

static const struct {
	const char *name;
	enum people_field field;
} columns[] = {
    {"navn", PEOPLE_NAME},
    {"name", PEOPLE_NAME},
    {"mail", PEOPLE_MAIL},
    {"e-mail", PEOPLE_MAIL},
    {"email", PEOPLE_MAIL},
    {"telefon", PEOPLE_PHONE},
    {"tlf", PEOPLE_PHONE},
    {"tlf.", PEOPLE_PHONE},
    {"mobil", PEOPLE_PHONE},
    {"phone", PEOPLE_PHONE},
    {"adresse", PEOPLE_ADDRESS},
    {"address", PEOPLE_ADDRESS},
    {"alder", PEOPLE_AGE},
    {"age", PEOPLE_AGE},
    {"målgruppe", PEOPLE_GROUP},
    {"group", PEOPLE_GROUP},
    {"target group", PEOPLE_GROUP},
    {"kanal", PEOPLE_CHANNEL},
    {"channel", PEOPLE_CHANNEL},
    {"alias", PEOPLE_ALIAS},
    {"særlig grund", PEOPLE_REASON},
    {"grund", PEOPLE_REASON},
    {"reason", PEOPLE_REASON},
};

static bool
find_column(struct arena *a, struct str head, enum people_field *field)
{
	struct str name = utf8_fold(a, str_trim(utf8_normal(a, head)));
	for (ptrdiff_t i = 0; i < COUNT_OF(columns); i++) {
		if (str_eq(name, str_c(columns[i].name))) {
			*field = columns[i].field;
			return true;
		}
	}
	return false;
}

static struct file_place
place_of(const struct csv_reader *r, ptrdiff_t i)
{
	struct csv_reader at = *r;
	bool more = csv_fault(&at, i, "");
	(void)more;
	return (struct file_place){at.line, at.column};
}

struct layout {
	enum people_field field[COLUMNS_MAX];
	ptrdiff_t n;
};

static void
read_head(struct arena *a, const struct csv_reader *r, struct people_file *f,
    struct layout *to)
{
	bool seen[PEOPLE_FIELDS] = {false};
	for (ptrdiff_t i = 0; i < r->n && i < COLUMNS_MAX; i++) {
		enum people_field field = PEOPLE_FIELDS;
		if (!find_column(a, r->field[i], &field))
			people_fault(a, f, place_of(r, i),
			    N_("We do not know the column \"%1\". Give it "
			       "another name, or take it out."),
			    utf8_cut(r->field[i], 40));
		else if (seen[field])
			people_fault(a, f, place_of(r, i),
			    N_("The column \"%1\" is there twice."),
			    r->field[i]);
		else
			seen[field] = true;
		to->field[to->n++] = field;
	}
	if (!seen[PEOPLE_NAME])
		people_fault(a, f, place_of(r, 0),
		    N_("The first line must name the columns, and one of them "
		       "must be \"navn\" or \"name\"."),
		    S(""));
}

/* False when no more are taken. */
static bool
read_row(struct arena *a, const struct csv_reader *r, struct people_file *f,
    const struct layout *layout)
{
	struct people_row *row = people_row_new(a, f, r->line);
	if (row == NULL)
		return false;
	for (ptrdiff_t i = 0; i < layout->n && i < r->n; i++) {
		row->value[layout->field[i]] = r->field[i];
		row->at[layout->field[i]] = place_of(r, i);
	}
	if (r->n > layout->n)
		people_fault(a, f, place_of(r, layout->n),
		    N_("This line has more columns than the first one."),
		    S(""));
	people_row_check(a, f, row);
	return f->n_faults < PEOPLE_FAULTS;
}

static void
read_csv(struct arena *a, struct str text, struct people_file *f)
{
	struct csv_reader r;
	struct layout layout = {.n = 0};
	csv_open(&r, a, text);
	if (csv_next(&r))
		read_head(a, &r, f, &layout);
	/* Nothing more can be understood without the columns. */
	bool more = f->n_faults == 0;
	while (more && csv_next(&r))
		more = read_row(a, &r, f, &layout);
	if (r.expected != NULL)
		people_fault(a, f, (struct file_place){r.line, r.column},
		    N_("This cannot be read as a table. Look at the quotation "
		       "marks, and save the list as CSV in UTF-8."),
		    S(""));
}

void
people_file_read(struct arena *a, struct str bytes, struct people_file *out)
{
	struct str text = people_text(a, bytes);
	*out = (struct people_file){0};
	if (str_starts(text, S("\xEF\xBB\xBF")))
		text = str_sub(text, 3, text.n);
	if (str_eq_nocase(str_sub(str_trim(text), 0, 11), S("BEGIN:VCARD")))
		people_vcard_read(a, text, out);
	else
		read_csv(a, text, out);
	if (out->n == 0 && out->n_faults == 0)
		people_fault(a, out, (struct file_place){1, 1},
		    N_("There is nobody in this file."), S(""));
}
