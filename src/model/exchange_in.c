/* SPDX-License-Identifier: MPL-2.0 */

/* What is in the files of a conversation. */
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/exchange.h"
#include "model/votes_in.h"

/* ---- which file is which ---- */

/* Each column under the names that others give it, the first that is there. */
static const char *const ID[] = {
    "comment-id", "statement", "Idea ID", "id", NULL};
static const char *const TEXT[] = {"comment-body", "comment_text", "text",
    "Idea Text", "title", "title/da", "title/en", "body", NULL};
static const char *const MODERATED[] = {"moderated", NULL};
static const char *const META[] = {"is-meta", "is_meta", NULL};
static const char *const SEED[] = {"is-seed", "is_seed", NULL};
static const char *const AUTHOR[] = {"author-id", NULL};
static const char *const TIME[] = {"timestamp", NULL};
static const char *const ACTIVE[] = {"Active", NULL};
static const char *const STATE[] = {
    "state", "state_published_at", "withdrawn", NULL};

static ptrdiff_t
find_any(const struct csv_reader *r, const char *const *names)
{
	ptrdiff_t at = -1;
	for (; at < 0 && *names != NULL; names++)
		at = csv_find(r, str_c(*names));
	return at;
}

/* Whether its first line is that of votes; with a line a vote, or a matrix. */
enum sort { NEITHER, STATEMENTS, VOTES, MATRIX };

static enum sort
sort_of(struct arena *a, struct str text)
{
	struct csv_reader r;
	csv_open(&r, a, text);
	if (!csv_next(&r))
		return NEITHER;
	bool person = csv_find(&r, S("participant")) >= 0;
	if (csv_find(&r, S("vote")) >= 0 &&
	    (person || csv_find(&r, S("voter-id")) >= 0))
		return VOTES;
	if (person && csv_find(&r, S("n-votes")) >= 0)
		return MATRIX;
	/* comment-groups.csv has words too, but says nothing new. */
	if (csv_find(&r, S("total-votes")) >= 0)
		return NEITHER;
	return find_any(&r, TEXT) >= 0 ? STATEMENTS : NEITHER;
}

bool
exchange_sort(struct arena *a, struct str text, struct exchange_import *in)
{
	enum sort sort = sort_of(a, text);
	if (sort == STATEMENTS && in->statements.n == 0) {
		in->statements = text;
		return true;
	}
	bool matrix = in->votes.n > 0 && sort_of(a, in->votes) == MATRIX;
	if ((sort == VOTES && (in->votes.n == 0 || matrix)) ||
	    (sort == MATRIX && in->votes.n == 0)) {
		in->votes = text;
		return true;
	}
	return false;
}

/* ---- time ---- */

/* Milliseconds in older exports, seconds in newer ones; -1: cannot be. */
static int64_t
time_us(int64_t time)
{
	const int64_t most = INT64_C(4102444800); /* 2100 */
	if (time > 0 && time < most)
		return time * SECOND_US;
	return time > most && time / 1000 < most ? time * 1000 : -1;
}

/* ---- statements ---- */

struct columns {
	ptrdiff_t id, text, moderated, meta, seed, author, time, active, state;
	ptrdiff_t n;
};

/* A statement as it stands in its file. */
struct line {
	struct str id, text, author;
	int64_t moderated, at_us;
	bool meta, seed, dropped;
};

struct lines {
	struct line *list;
	ptrdiff_t n, cap;
};

static bool
is_true(const struct csv_reader *r, ptrdiff_t at)
{
	struct str field = at < 0 ? S("") : str_trim(r->field[at]);
	return str_eq(field, S("1")) || str_eq_nocase(field, S("true"));
}

static bool
is_withdrawn(const struct csv_reader *r, const struct columns *at)
{
	struct str state =
	    at->state < 0 ? S("") : str_trim(r->field[at->state]);
	return str_eq_nocase(state, S("withdrawn")) ||
	    str_eq_nocase(state, S("rejected")) ||
	    str_eq_nocase(state, S("true")) ||
	    (at->active >= 0 && !is_true(r, at->active));
}

static struct str
plain_text(struct arena *a, struct str text)
{
	text = csv_plain(str_trim(text));
	return utf8_blank(text) ? S("") : utf8_normal(a, text);
}

static bool
check_line(
    struct csv_reader *r, const struct columns *at, const struct line *line)
{
	if (line->moderated < -1 || line->moderated > 1)
		return csv_fault(r, at->moderated,
		    N_("-1 (rejected), 0 (not looked at) or 1 (accepted)"));
	if (at->id >= 0 && line->id.n == 0)
		return csv_fault(r, at->id, N_("a statement's id"));
	if (cpr_find(line->text).n > 0)
		return csv_fault(r, at->text, N_("words without a CPR number"));
	if (str_find_byte(line->text, 0) >= 0)
		return csv_fault(r, at->text, N_("words without a zero byte"));
	if (utf8_length(line->text) > EXCHANGE_WORDS)
		return csv_fault(
		    r, at->text, N_("a statement of at most 1,000 characters"));
	return true;
}

static struct line *
add_line(struct arena *a, struct lines *lines)
{
	if (lines->n == lines->cap) {
		struct line *old = lines->list;
		lines->cap = lines->cap > 0 ? 2 * lines->cap : 64;
		lines->list = arena_new(a, struct line, lines->cap);
		for (ptrdiff_t i = 0; i < lines->n; i++)
			lines->list[i] = old[i];
	}
	return &lines->list[lines->n++];
}

static bool
take_line(struct arena *a, struct csv_reader *r, const struct columns *at,
    struct lines *lines)
{
	int64_t time = 0;
	if (r->n != at->n)
		return csv_fault(
		    r, r->n, N_("as many fields as the header has"));
	struct line line = {
	    .id = at->id < 0 ? S("") : str_trim(r->field[at->id]),
	    .text = at->text < 0 ? S("") : plain_text(a, r->field[at->text]),
	    .author = at->author < 0 ? S("") : str_trim(r->field[at->author]),
	    .moderated = at->moderated < 0 ? 1 : 0,
	    .at_us = -1,
	    .meta = is_true(r, at->meta),
	    .seed = at->seed < 0 ? at->author < 0 : is_true(r, at->seed),
	    .dropped = is_withdrawn(r, at)};
	if (at->moderated >= 0 &&
	    !str_int(str_trim(r->field[at->moderated]), &line.moderated))
		line.moderated = 2;
	if (at->time >= 0 && str_int(str_trim(r->field[at->time]), &time))
		line.at_us = time_us(time);
	if (!check_line(r, at, &line))
		return false;
	if (lines->n >= STATEMENTS_MAX)
		return csv_fault(r, 0, N_("at most 2,000 statements"));
	*add_line(a, lines) = line;
	return true;
}

static bool
read_lines(
    struct arena *a, struct str text, struct lines *lines, struct csv_reader *r)
{
	csv_open(r, a, text);
	if (!csv_next(r))
		return csv_fault(r, 0,
		    r->expected != NULL
			? r->expected
			: N_("a first line that names the columns"));
	struct columns at = {find_any(r, ID), find_any(r, TEXT),
	    find_any(r, MODERATED), find_any(r, META), find_any(r, SEED),
	    find_any(r, AUTHOR), find_any(r, TIME), find_any(r, ACTIVE),
	    find_any(r, STATE), r->n};
	while (csv_next(r)) {
		if (!take_line(a, r, &at, lines))
			return false;
	}
	return r->expected == NULL;
}

/* ---- both together ---- */

static bool
fault(struct exchange_in *out, const struct csv_reader *r, bool in_votes)
{
	out->in_votes = in_votes;
	out->line = r->line;
	out->column = r->column;
	out->expected = r->expected;
	return false;
}

/* number[name]: the id itself where all are small whole numbers, else their
 * rank.  NULL: there are too many. */
static int64_t *
number_all(struct arena *a, const struct names *names)
{
	int64_t *number = arena_new(a, int64_t, names->n);
	int32_t *rank = names_rank(names);
	bool own = true;
	for (int32_t i = 0; i < names->n; i++)
		own = own && str_int(names->name[i], &number[i]) &&
		    number[i] >= 0 && number[i] < STATEMENTS_MAX &&
		    (names->name[i].n == 1 || names->name[i].p[0] != '0');
	for (int32_t i = 0; i < names->n && !own; i++)
		number[i] = rank[i];
	return names->n <= STATEMENTS_MAX ? number : NULL;
}

struct join {
	struct arena *arena;
	struct lines lines;
	struct votes_in votes;
	struct names statements; /* of both files */
	int64_t *number; /* of a name */
	int32_t *voter; /* number of a person of the file */
	int32_t *answers; /* of a name: how many voted */
};

static enum exchange_state
state_of(const struct join *j, const struct line *line, int32_t name)
{
	if (line->moderated < 0)
		return EXCHANGE_REFUSED;
	/* Who wrote it has agreed with it, unseen by others. */
	return line->moderated == 0 && j->answers[name] < 2 ? EXCHANGE_WAITING
							    : EXCHANGE_SHOWN;
}

static int64_t
author_of(const struct join *j, struct str author)
{
	int32_t person =
	    author.n > 0 ? names_find(&j->votes.person, author) : -1;
	return person >= 0 ? j->voter[person] : -1;
}

static void
put_statement(struct join *j, const struct line *line, int32_t name,
    struct exchange_in *out)
{
	bool words = line != NULL && line->text.n > 0;
	struct exchange_statement s = {.number = j->number[name],
	    .state = EXCHANGE_GONE,
	    .author = -1,
	    .at_us = -1};
	if (!words && j->answers[name] == 0) {
		out->blank++;
		return;
	}
	if (line != NULL)
		s.at_us = line->at_us;
	if (words) {
		s.text = line->text;
		s.meta = line->meta;
		s.seed = line->seed;
		s.author = author_of(j, line->author);
		s.state = state_of(j, line, name);
	}
	out->state[s.state]++;
	out->list[out->n++] = s;
}

/* Each statement of both files, the last line of an id. */
static void
join_statements(struct join *j, struct exchange_in *out)
{
	const struct line **of =
	    arena_new(j->arena, const struct line *, j->statements.n);
	for (ptrdiff_t i = 0; i < j->lines.n; i++)
		of[names_find(&j->statements, j->lines.list[i].id)] =
		    &j->lines.list[i];
	out->list =
	    arena_new(j->arena, struct exchange_statement, j->statements.n);
	for (int32_t i = 0; i < j->statements.n; i++)
		put_statement(j, of[i], i, out);
}

static void
join_votes(struct join *j, struct exchange_in *out)
{
	struct votes_in *in = &j->votes;
	ptrdiff_t n = in->ballots.n;
	out->voters = in->person.n;
	out->voter = arena_new(j->arena, struct str, out->voters);
	j->voter = names_rank(&in->person);
	for (int32_t i = 0; i < in->person.n; i++)
		out->voter[j->voter[i]] = in->person.name[i];
	out->votes = in->ballots;
	out->time_us = in->time;
	for (ptrdiff_t i = 0; i < n; i++) {
		int32_t name = names_find(&j->statements,
		    in->statement.name[in->ballots.statement[i]]);
		j->answers[name]++;
		out->votes.person[i] = j->voter[in->ballots.person[i]];
		out->votes.statement[i] = (int32_t)j->number[name];
		if (out->time_us != NULL)
			out->time_us[i] = time_us(in->time[i]);
	}
}

static bool
too_many(struct exchange_in *out)
{
	out->line = 1;
	out->column = 1;
	out->in_votes = true;
	out->expected = N_("at most 2,000 statements");
	return false;
}

static bool
read_conversation(
    struct join *j, const struct exchange_import *of, struct exchange_in *out)
{
	struct csv_reader r;
	if (!votes_read(j->arena, of->votes, &j->votes, &r))
		return fault(out, &r, true);
	votes_by_time(j->arena, &j->votes);
	j->statements = names_new(j->arena);
	for (ptrdiff_t i = 0; i < j->lines.n; i++)
		names_add(&j->statements, j->lines.list[i].id);
	for (int32_t i = 0; i < j->votes.statement.n; i++)
		names_add(&j->statements, j->votes.statement.name[i]);
	j->number = number_all(j->arena, &j->statements);
	if (j->number == NULL)
		return too_many(out);
	j->answers = arena_new(j->arena, int32_t, j->statements.n);
	join_votes(j, out);
	join_statements(j, out);
	return true;
}

/* Statements alone, in the order of the file, as a beginning.  What others
 * wrote elsewhere is read by somebody first. */
static void
take_beginning(struct join *j, struct exchange_in *out)
{
	out->list = arena_new(j->arena, struct exchange_statement, j->lines.n);
	for (ptrdiff_t i = 0; i < j->lines.n; i++) {
		const struct line *line = &j->lines.list[i];
		bool seed = line->id.n == 0;
		if (line->text.n == 0)
			out->blank++;
		else if (line->dropped || line->moderated < 0)
			out->dropped++;
		if (line->text.n == 0 || line->dropped || line->moderated < 0)
			continue;
		struct exchange_statement s = {.number = out->n,
		    .text = line->text,
		    .state = seed ? EXCHANGE_SHOWN : EXCHANGE_WAITING,
		    .meta = line->meta,
		    .seed = true,
		    .author = -1,
		    .at_us = -1};
		out->state[s.state]++;
		out->list[out->n++] = s;
	}
}

bool
exchange_read(
    struct arena *a, const struct exchange_import *of, struct exchange_in *out)
{
	struct csv_reader r;
	struct join j = {.arena = a};
	*out = (struct exchange_in){0};
	if (of->statements.n > 0 &&
	    !read_lines(a, of->statements, &j.lines, &r))
		return fault(out, &r, false);
	if (of->votes.n > 0)
		return read_conversation(&j, of, out);
	take_beginning(&j, out);
	return true;
}
