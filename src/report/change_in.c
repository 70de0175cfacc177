/* SPDX-License-Identifier: MPL-2.0 */
#include "report/change_in.h"

#include <string.h>

#include "base/buf.h"
#include "report/change_in_parts.h"
#include "base/number.h"

enum { FIRST_ROWS = 1024, EXPECTED_BYTES = 400 };

/* ---- one answer ---- */

bool
change_among(struct str word, const char *const *words, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		if (str_eq_nocase(word, str_c(words[i])))
			return true;
	}
	return false;
}

static const char *const DONT_KNOW_WORDS[] = {
    "ved ikke", "ved-ikke", "ved_ikke", "don't know", "dont know"};
static const char *const YES_WORDS[] = {"ja", "yes"};
static const char *const NO_WORDS[] = {"nej", "no"};

/* As it is written, or the same number. */
static bool
declared_missing(const struct input *in, struct str word, const double *value)
{
	struct str rest = in->rules->missing;
	double code;
	while (rest.n > 0) {
		struct str one = str_trim(str_cut(&rest, ','));
		if (str_eq_nocase(one, word))
			return true;
		if (value != NULL && number_parse(one, false, &code) &&
		    code == *value)
			return true;
	}
	return false;
}

static bool
in_scale(const struct change_rules *r, double value)
{
	bool yes_no = r->any_scale && value == 0;
	return yes_no || (value >= r->low && value <= r->high);
}

/* False: it is none of what may stand here. */
static bool
read_answer(const struct input *in, struct str word, struct answer *out)
{
	double value;
	bool comma = in->csv.separator != ',';
	*out = (struct answer){.kind = NOTHING};
	word = str_trim(word);
	bool number = number_parse(word, comma, &value);
	if (word.n == 0 || declared_missing(in, word, number ? &value : NULL))
		return true;
	*out = (struct answer){.kind = DONT_KNOW};
	if (change_among(word, DONT_KNOW_WORDS, COUNT_OF(DONT_KNOW_WORDS)))
		return true;
	*out = (struct answer){value, NUMBER};
	if (number)
		return in_scale(in->rules, value);
	out->value = change_among(word, YES_WORDS, COUNT_OF(YES_WORDS)) ? 1 : 0;
	return out->value == 1 ||
	    change_among(word, NO_WORDS, COUNT_OF(NO_WORDS));
}

static void
expect(struct input *in)
{
	struct buf b = buf_new(in->a, EXPECTED_BYTES);
	const struct change_rules *r = in->rules;
	if (r->low > -CHANGE_FAR) {
		buf_add(&b, S("a number from "));
		number_json(&b, r->low);
		buf_add(&b, S(" to "));
		number_json(&b, r->high);
	} else {
		buf_add(&b, S("a number"));
	}
	buf_add(&b, S(", ja, nej, \"ved ikke\" or nothing"));
	if (r->any_scale && r->low > -CHANGE_FAR)
		buf_add(&b,
		    S(" (--scale 0-10 takes another scale, --missing 77,98 "
		      "names codes for no answer)"));
	else
		buf_add(&b, S(" (--missing names codes for no answer)"));
	in->expected = str_cstr(in->a, buf_str(&b));
}

/* ---- rows ---- */

/* Where field `i` stands, without making it a fault. */
static void
locate(struct csv_reader *r, ptrdiff_t i, int64_t *line, int64_t *column)
{
	int64_t row_line = r->line;
	csv_fault(r, i, "");
	*line = r->line;
	*column = r->column;
	r->line = row_line;
	r->expected = NULL;
}

static void
see(struct input *in, int32_t item, struct answer answer, ptrdiff_t field)
{
	struct seen *s = &in->seen[item];
	if (answer.kind != NUMBER)
		return;
	if (answer.value == 0 && !s->zero)
		locate(&in->csv, field, &s->line, &s->column);
	s->zero = s->zero || answer.value == 0;
	s->other = s->other || (answer.value != 0 && answer.value != 1);
}

static void
add_row(struct input *in, struct row row)
{
	if (in->n == in->cap) {
		ptrdiff_t cap = in->cap > 0 ? 2 * in->cap : FIRST_ROWS;
		struct row *rows = arena_new(in->a, struct row, cap);
		if (in->n > 0)
			memcpy(rows, in->row, (size_t)in->n * sizeof *rows);
		in->row = rows;
		in->cap = cap;
	}
	in->row[in->n++] = row;
}

/* The number of the item in this row, or -1 after a fault. */
static int32_t
item_of(struct input *in, ptrdiff_t field)
{
	struct str name = str_trim(in->csv.field[field]);
	if (name.n == 0) {
		csv_fault(&in->csv, field, "the name of an item");
		return -1;
	}
	int32_t item = names_add(&in->items, name);
	if (item < CHANGE_ITEMS)
		return item;
	csv_fault(&in->csv, field, "at most 10000 different items");
	return -1;
}

static struct str
code_of(struct input *in, ptrdiff_t field)
{
	struct str code = str_trim(in->csv.field[field]);
	for (ptrdiff_t i = 0; i < code.n; i++) {
		if (code.p[i] >= 'A' && code.p[i] <= 'Z')
			return str_lower_ascii(in->a, code);
	}
	return code;
}

/* ---- the two forms ---- */

enum column { CODE, ROUND, ITEM, ANSWER, COLUMNS };
enum pair_column { CASE, PRE, POST, PAIR_COLUMNS };

static ptrdiff_t
find(const struct csv_reader *r, const char *const *names, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		ptrdiff_t at = csv_find(r, str_c(names[i]));
		if (at >= 0)
			return at;
	}
	return -1;
}

static bool
long_row(struct input *in, const ptrdiff_t *column)
{
	struct csv_reader *r = &in->csv;
	struct row row = {0};
	for (int i = 0; i < COLUMNS; i++) {
		if (column[i] >= r->n)
			return csv_fault(
			    r, r->n, "as many fields as the first line has");
	}
	row.item = item_of(in, column[ITEM]);
	if (row.item < 0)
		return false;
	/* Without codes every line is a person. */
	struct str code = column[CODE] < 0 ? S("") : code_of(in, column[CODE]);
	if (code.n == 0 && !in->rules->unpaired)
		return csv_fault(r, column[CODE], "the code of a person");
	row.code = code.n > 0 ? names_add(&in->codes, code) : -1;
	struct str round = str_trim(r->field[column[ROUND]]);
	if (round.n == 0)
		return csv_fault(r, column[ROUND], "the name of a round");
	row.round = names_add(&in->rounds, round);
	if (row.round == 2 && in->third_line == 0)
		locate(r, column[ROUND], &in->third_line, &in->third_column);
	if (!read_answer(in, r->field[column[ANSWER]], &row.answer))
		return csv_fault(r, column[ANSWER], in->expected);
	add_row(in, row);
	see(in, row.item, row.answer, column[ANSWER]);
	return true;
}

static bool
pair_row(struct input *in, const ptrdiff_t *column)
{
	struct csv_reader *r = &in->csv;
	for (int i = 0; i < PAIR_COLUMNS; i++) {
		if (column[i] >= r->n)
			return csv_fault(
			    r, r->n, "as many fields as the first line has");
	}
	struct row row = {.code = (int32_t)(in->n / 2)};
	row.item = item_of(in, column[CASE]);
	if (row.item < 0)
		return false;
	for (; row.round < 2; row.round++) {
		ptrdiff_t field = column[PRE + row.round];
		if (!read_answer(in, r->field[field], &row.answer))
			return csv_fault(r, field, in->expected);
		add_row(in, row);
		see(in, row.item, row.answer, field);
	}
	return true;
}

/* ---- the whole ---- */

static const char *const HEADINGS[COLUMNS][4] = {
    {"code", "kode", "person", "id"}, {"round", "runde", "gang", "måling"},
    {"item", "spørgsmål", "punkt", "question"},
    {"answer", "svar", "value", "værdi"}};
static const char *const PAIR_HEADINGS[PAIR_COLUMNS][4] = {
    {"case", "item", "spørgsmål", "punkt"}, {"pre", "before", "før", "Før"},
    {"post", "after", "efter", "Efter"}};

/* Reads the first line; whether it is the pair form. */
static bool
read_heading(struct input *in, ptrdiff_t *column, bool *pairs)
{
	struct csv_reader *r = &in->csv;
	ptrdiff_t least = 0;
	for (int i = 0; i < PAIR_COLUMNS; i++) {
		column[i] = find(r, PAIR_HEADINGS[i], 4);
		least = column[i] < least ? column[i] : least;
	}
	*pairs = least >= 0;
	for (int i = 0; i < COLUMNS && !*pairs; i++) {
		column[i] = find(r, HEADINGS[i], 4);
		if (column[i] < 0 && !(i == CODE && in->rules->unpaired))
			return csv_fault(r, 0,
			    "the headings code,round,item,answer or "
			    "case,pre,post");
	}
	return true;
}

static bool
read_rows(struct input *in, struct change_rules *rules)
{
	ptrdiff_t column[COLUMNS] = {0};
	bool pairs;
	if (!csv_next(&in->csv))
		return in->csv.expected != NULL ||
		    csv_fault(&in->csv, 0, "a first line with headings");
	if (!read_heading(in, column, &pairs))
		return false;
	/* A pair may be of anything that is measured. */
	if (pairs && rules->any_scale) {
		rules->low = -CHANGE_FAR;
		rules->high = CHANGE_FAR;
	}
	expect(in);
	while (csv_next(&in->csv)) {
		if (!(pairs ? pair_row(in, column) : long_row(in, column)))
			return false;
	}
	return in->csv.expected == NULL;
}

bool
change_read(struct arena *a, struct str text, const struct change_rules *given,
    struct change_data *data, struct change_fault *fault)
{
	struct change_rules rules = *given;
	struct input *in = arena_new(a, struct input, 1);
	in->a = a;
	in->items = names_new(a);
	in->codes = names_new(a);
	in->rounds = names_new(a);
	in->rules = &rules;
	in->seen = arena_new(a, struct seen, CHANGE_ITEMS);
	*data = (struct change_data){0};
	*fault = (struct change_fault){0};
	if (rules.any_scale) {
		rules.low = 1;
		rules.high = 5;
	}
	csv_open(&in->csv, a, text);
	if (!read_rows(in, &rules) || in->csv.expected != NULL) {
		*fault = (struct change_fault){
		    in->csv.line, in->csv.column, in->csv.expected};
		return false;
	}
	if (in->n == 0) {
		*fault = (struct change_fault){
		    in->csv.line, 1, "answers below the headings"};
		return false;
	}
	return change_gather(in, data, fault);
}
