/* SPDX-License-Identifier: MPL-2.0 */
#include "model/measure_file.h"

#include "base/buf.h"
#include "base/cpr.h"
#include "base/csvread.h"
#include "base/lang.h"
#include "base/names.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/measure_parts.h"

enum { COLUMNS_MOST = 200 };

struct input {
	struct arena *a, *line; /* line: until the next one */
	const struct measure *m;
	struct csv_reader csv;
	ptrdiff_t code, round, item, answer; /* columns; -1: none */
	int64_t *item_of; /* of each column, when each is a question */
	ptrdiff_t n; /* columns */
	struct names people; /* "code/round" */
	struct measure_file *out;
};

/* ---- one word ---- */

static bool
among(struct str word, const char *const *words, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		if (str_eq(word, str_c(words[i])))
			return true;
	}
	return false;
}

/* The number of the question; 0: none is called so. */
static int64_t
item_named(const struct input *in, struct str word)
{
	int64_t number;
	bool digits = str_int(word, &number);
	for (ptrdiff_t i = 0; i < in->m->n_items; i++) {
		const struct measure_item *item = &in->m->item[i];
		if (str_eq(item->da, word) || str_eq(item->en, word) ||
		    str_eq(item->bank, word) ||
		    (digits && number == item->number))
			return word.n > 0 ? item->number : 0;
	}
	return 0;
}

/* 0: it is none. */
static int64_t
round_named(const struct input *in, struct str word)
{
	static const char *const before[] = {
	    "før", "before", "pre", "dengang", "then"};
	static const char *const after[] = {
	    "efter", "after", "post", "nu", "now"};
	int64_t number;
	struct str folded = utf8_fold(in->line, word);
	if (among(folded, before, COUNT_OF(before)))
		return 1;
	if (among(folded, after, COUNT_OF(after)))
		return 2;
	return str_int(word, &number) && number >= 1 &&
		number <= MEASURE_FILE_ROUNDS
	    ? number
	    : 0;
}

static bool
read_mark(const struct input *in, struct str word, int8_t *mark)
{
	static const char *const dont_know[] = {"ved ikke", "ved-ikke",
	    "ved_ikke", "don't know", "dont know", "dontknow"};
	int64_t number;
	*mark = MEASURE_DONT_KNOW;
	if (among(utf8_fold(in->line, word), dont_know, COUNT_OF(dont_know)))
		return true;
	*mark = 0;
	if (word.n == 0)
		return true;
	if (!str_int(word, &number) || number < 1 || number > MEASURE_HIGHEST)
		return false;
	*mark = (int8_t)number;
	return true;
}

/* ---- one line ---- */

/* Where field `i` stands, without making it a fault. */
static void
locate(struct csv_reader *r, ptrdiff_t i, struct measure_entry *e)
{
	int64_t line = r->line;
	(void)csv_fault(r, i, "");
	e->line = r->line;
	e->column = r->column;
	r->line = line;
	r->expected = NULL;
}

static bool
is_code(struct str code)
{
	return code.n >= 2 && utf8_length(code) <= MEASURE_CODE &&
	    utf8_valid(code) && cpr_find(code).n == 0;
}

/* Two spellings of a code are one: "K-01842" is K-1842 too. */
static struct str
key_of(const struct input *in, struct str code, int64_t round)
{
	int64_t number;
	bool retro = in->m->design == MEASURE_RETROSPECTIVE;
	struct str plain = measure_code_normal(in->line, code);
	if (measure_code_number(in->line, code, &number))
		plain = str_fmt(in->line, "k%lld", (long long)number);
	return str_fmt(in->line, "%.*s/%lld", STR_ARG(plain),
	    retro ? 0LL : (long long)round);
}

/* What there is of this person in this round; NULL after a fault. */
static struct measure_entry *
entry_of(struct input *in, int64_t round)
{
	struct measure_file *f = in->out;
	bool retro = in->m->design == MEASURE_RETROSPECTIVE;
	struct str code = str_trim(in->csv.field[in->code]);
	if (!is_code(code)) {
		(void)csv_fault(&in->csv, in->code,
		    N_("a code of 2 to 40 characters, and no CPR number"));
		return NULL;
	}
	struct str key = key_of(in, code, round);
	int32_t at = names_find(&in->people, key);
	if (at >= 0)
		return &f->list[at];
	if (f->n == MEASURE_FILE_REPLIES) {
		(void)csv_fault(&in->csv, in->code,
		    N_("no more: at most 10,000 answers at once"));
		return NULL;
	}
	(void)names_add(&in->people, str_dup(in->a, key));
	f->list[f->n].code = code;
	f->list[f->n].round = retro ? 0 : round;
	locate(&in->csv, in->code, &f->list[f->n]);
	return &f->list[f->n++];
}

static bool
take_answer(struct input *in, int64_t round, int64_t item, ptrdiff_t field)
{
	int8_t mark;
	struct measure_entry *e = entry_of(in, round);
	bool then = in->m->design == MEASURE_RETROSPECTIVE && round == 1;
	if (e == NULL)
		return false;
	if (!read_mark(in, str_trim(in->csv.field[field]), &mark))
		return csv_fault(
		    &in->csv, field, N_("1 to 5, \"ved ikke\", or nothing"));
	int8_t *place = (then ? e->reply.then : e->reply.now) + (item - 1);
	if (*place != 0 && mark != 0 && *place != mark)
		return csv_fault(&in->csv, field,
		    N_("one answer to each question from each person"));
	*place = mark != 0 ? mark : *place;
	return true;
}

static bool
take_line(struct input *in)
{
	int64_t round = 0, item;
	struct csv_reader *r = &in->csv;
	if (r->n != in->n)
		return csv_fault(
		    r, r->n, N_("as many fields as the first line has"));
	if (in->round >= 0)
		round = round_named(in, str_trim(r->field[in->round]));
	if (in->round >= 0 &&
	    (round == 0 ||
		(in->m->design == MEASURE_RETROSPECTIVE && round > 2)))
		return csv_fault(
		    r, in->round, N_("a round: before, after, or its number"));
	if (in->item >= 0) {
		item = item_named(in, str_trim(r->field[in->item]));
		return item > 0 ? take_answer(in, round, item, in->answer)
				: csv_fault(r, in->item,
				      N_("one of the questions as they are "
					 "worded here, or its number"));
	}
	for (ptrdiff_t i = 0; i < in->n; i++) {
		if (in->item_of[i] > 0 &&
		    !take_answer(in, round, in->item_of[i], i))
			return false;
	}
	return true;
}

/* ---- the first line ---- */

/* The column called `said`, else one of the known words; -1: none. */
static ptrdiff_t
column(const struct csv_reader *r, struct str said, const char *const *words)
{
	ptrdiff_t at = -1;
	if (said.n > 0)
		return csv_find(r, said);
	for (; *words != NULL && at < 0; words++)
		at = csv_find(r, str_c(*words));
	return at;
}

/* Columns that are questions themselves; whether there is one. */
static bool
question_columns(struct input *in)
{
	bool any = false;
	in->item_of = arena_new(in->a, int64_t, in->n);
	for (ptrdiff_t i = 0; i < in->n; i++) {
		if (i == in->code || i == in->round)
			continue;
		in->item_of[i] = item_named(in, str_trim(in->csv.field[i]));
		any = any || in->item_of[i] > 0;
	}
	return any;
}

static bool
read_heading(struct input *in, const struct measure_columns *said)
{
	static const char *const code[] = {"kode", "code", "id", NULL},
				 *const round[] = {"runde", "round", NULL},
				 *const item[] = {"spørgsmål", "Spørgsmål",
				     "question", "item", NULL},
				 *const answer[] = {"svar", "answer", NULL};
	struct csv_reader *r = &in->csv;
	if (!csv_next(r))
		return r->expected != NULL ||
		    csv_fault(r, 0, N_("a first line that names the columns"));
	in->n = r->n;
	if (in->n > COLUMNS_MOST)
		return csv_fault(r, COLUMNS_MOST, N_("at most 200 columns"));
	in->code = column(r, said->code, code);
	in->round = column(r, said->round, round);
	in->item = column(r, said->item, item);
	in->answer = column(r, said->answer, answer);
	if (in->code < 0)
		return csv_fault(r, 0, N_("a column with codes, called kode"));
	if (said->round.n > 0 && in->round < 0)
		return csv_fault(r, 0, N_("the column that you named"));
	if (in->item >= 0 && in->answer >= 0)
		return true;
	in->item = -1;
	return question_columns(in) ||
	    csv_fault(r, 0,
		N_("columns with questions and answers, or one for each "
		   "question"));
}

/* Half of a retrospective measurement cannot be told from the other. */
static bool
says_which(struct input *in)
{
	return in->m->design != MEASURE_RETROSPECTIVE || in->round >= 0 ||
	    csv_fault(&in->csv, 0,
		N_("a column with rounds that says before or after"));
}

/* Who opened a form and wrote nothing has not answered. */
static void
drop_blank(struct measure_file *f)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < f->n; i++) {
		if (measure_reply_any(&f->list[i].reply))
			f->list[n++] = f->list[i];
	}
	f->n = n;
}

bool
measure_file_read(struct arena *a, const struct measure *m, struct str text,
    const struct measure_columns *said, struct measure_file *out)
{
	struct input in = {.a = a, .m = m, .people = names_new(a), .out = out};
	*out = (struct measure_file){
	    .list = arena_new(a, struct measure_entry, MEASURE_FILE_REPLIES)};
	csv_open(&in.csv, a, text);
	bool ok = read_heading(&in, said) && says_which(&in);
	while (ok && csv_next(&in.csv)) {
		in.line = arena_scratch(a);
		ok = take_line(&in);
		arena_close(in.line);
	}
	drop_blank(out);
	if (in.csv.expected == NULL && out->n == 0)
		(void)csv_fault(&in.csv, 0, N_("answers below the first line"));
	out->fault = in.csv.expected;
	out->line = in.csv.line;
	out->column = in.csv.column;
	return out->fault == NULL;
}
