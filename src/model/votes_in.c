/* SPDX-License-Identifier: MPL-2.0 */
#include "model/votes_in.h"

#include <string.h>

#include "base/lang.h"

#define EXPECT_HEADER                                               \
	N_("a header with participant,statement,vote, or Polis' "   \
	   "comment-id,voter-id,vote, or participant and a column " \
	   "for each statement")
#define EXPECT_FIELDS N_("as many fields as the header has")
#define EXPECT_VOTE N_("a vote: 1, 0 or -1")

static void
add_ballot(struct votes_in *in, int32_t person, int32_t statement, int8_t vote)
{
	struct ballots *b = &in->ballots;
	b->person[b->n] = person;
	b->statement[b->n] = statement;
	b->vote[b->n++] = vote;
}

/* 1, 0 or -1, and nothing else. */
static bool
read_vote(struct str field, int8_t *vote)
{
	field = str_trim(field);
	if (field.n == 1 && (field.p[0] == '0' || field.p[0] == '1')) {
		*vote = (int8_t)(field.p[0] - '0');
		return true;
	}
	*vote = -1;
	return field.n == 2 && field.p[0] == '-' && field.p[1] == '1';
}

/* A number for a name; of a run of equal names only the first is looked up. */
struct looked_up {
	struct names *names;
	struct str name;
	int32_t number;
};

static int32_t
look_up(struct looked_up *l, struct str name)
{
	name = str_trim(name);
	if (l->number < 0 || !str_eq(l->name, name)) {
		l->number = names_add(l->names, name);
		l->name = name;
	}
	return l->number;
}

struct columns {
	ptrdiff_t person, statement, vote, time, n;
};

static bool
read_long(struct votes_in *in, struct csv_reader *r, struct columns at)
{
	struct looked_up person = {&in->person, {0}, -1};
	struct looked_up statement = {&in->statement, {0}, -1};
	while (csv_next(r)) {
		int8_t vote;
		ptrdiff_t n = in->ballots.n;
		if (r->n != at.n)
			return csv_fault(r, r->n, EXPECT_FIELDS);
		if (!read_vote(r->field[at.vote], &vote))
			return csv_fault(r, at.vote, EXPECT_VOTE);
		if (str_trim(r->field[at.person]).n == 0)
			return csv_fault(r, at.person, N_("who voted"));
		if (str_trim(r->field[at.statement]).n == 0)
			return csv_fault(
			    r, at.statement, N_("a statement's id"));
		if (in->time != NULL &&
		    !str_int(str_trim(r->field[at.time]), &in->time[n]))
			return csv_fault(
			    r, at.time, N_("a time in whole numbers"));
		if (in->time != NULL && n > 0 && in->time[n] < in->time[n - 1])
			in->in_order = false;
		add_ballot(in, look_up(&person, r->field[at.person]),
		    look_up(&statement, r->field[at.statement]), vote);
	}
	return r->expected == NULL;
}

/* Which columns of a matrix are statements: those named by a number. */
static bool *
statement_columns(struct arena *a, struct csv_reader *r)
{
	bool *is_statement = arena_new(a, bool, r->n);
	struct names seen = names_new(a);
	for (ptrdiff_t i = 0; i < r->n; i++) {
		int64_t id;
		struct str name = str_trim(r->field[i]);
		is_statement[i] = str_int(name, &id);
		if (!is_statement[i])
			continue;
		if (names_find(&seen, name) >= 0) {
			csv_fault(r, i, N_("each statement once"));
			return NULL;
		}
		names_add(&seen, name);
	}
	if (seen.n == 0)
		csv_fault(r, 0, EXPECT_HEADER);
	return seen.n > 0 ? is_statement : NULL;
}

/* A matrix being read: who and what nobody voted on gets no number. */
struct matrix {
	const bool *is_statement;
	struct str *name; /* of each column */
	int32_t *number; /* of each column, or -1 */
	ptrdiff_t person, n;
};

static bool
read_matrix_row(
    struct votes_in *in, struct csv_reader *r, const struct matrix *m)
{
	int32_t person = -1;
	struct str who = r->n == m->n ? str_trim(r->field[m->person]) : S("");
	if (r->n != m->n)
		return csv_fault(r, r->n, EXPECT_FIELDS);
	if (who.n == 0)
		return csv_fault(r, m->person, N_("who voted"));
	for (ptrdiff_t i = 0; i < m->n; i++) {
		int8_t vote;
		if (r->field[i].n == 0 || !m->is_statement[i] ||
		    str_trim(r->field[i]).n == 0)
			continue;
		if (!read_vote(r->field[i], &vote))
			return csv_fault(r, i, "a vote: 1, 0, -1, or nothing");
		if (person < 0)
			person = names_add(&in->person, who);
		if (m->number[i] < 0)
			m->number[i] = names_add(&in->statement, m->name[i]);
		add_ballot(in, person, m->number[i], vote);
	}
	return true;
}

static bool
read_matrix(struct arena *a, struct votes_in *in, struct csv_reader *r,
    ptrdiff_t person_at)
{
	struct matrix m = {.is_statement = statement_columns(a, r),
	    .name = arena_new(a, struct str, r->n),
	    .number = arena_new(a, int32_t, r->n),
	    .person = person_at,
	    .n = r->n};
	if (m.is_statement == NULL)
		return false;
	for (ptrdiff_t i = 0; i < m.n; i++) {
		m.name[i] = str_trim(r->field[i]);
		m.number[i] = -1;
	}
	while (csv_next(r)) {
		if (!read_matrix_row(in, r, &m))
			return false;
	}
	return r->expected == NULL;
}

/* More ballots than `text` can hold: one a line, or one a field. */
static ptrdiff_t
most_ballots(struct str text, bool matrix)
{
	ptrdiff_t n = 1;
	for (ptrdiff_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		n += c == '\n' || c == '\r' ||
		    (matrix && (c == ',' || c == ';' || c == '\t'));
	}
	return n;
}

static void
make_room(struct arena *a, struct votes_in *in, ptrdiff_t n, bool times)
{
	in->ballots.person = arena_new(a, int32_t, n);
	in->ballots.statement = arena_new(a, int32_t, n);
	in->ballots.vote = arena_new(a, int8_t, n);
	if (times)
		in->time = arena_new(a, int64_t, n);
}

bool
votes_read(
    struct arena *a, struct str text, struct votes_in *in, struct csv_reader *r)
{
	*in = (struct votes_in){.person = names_new(a),
	    .statement = names_new(a),
	    .in_order = true};
	csv_open(r, a, text);
	if (!csv_next(r))
		return csv_fault(
		    r, 0, r->expected != NULL ? r->expected : EXPECT_HEADER);
	struct columns at = {csv_find(r, S("participant")),
	    csv_find(r, S("statement")), csv_find(r, S("vote")), -1, r->n};
	ptrdiff_t voter = csv_find(r, S("voter-id"));
	if (voter >= 0) {
		at.person = voter;
		at.statement = csv_find(r, S("comment-id"));
		at.time = csv_find(r, S("timestamp"));
	}
	if (at.person < 0)
		return csv_fault(r, 0, EXPECT_HEADER);
	bool matrix = at.statement < 0 && voter < 0;
	make_room(a, in, most_ballots(text, matrix), at.time >= 0);
	if (matrix)
		return read_matrix(a, in, r, at.person);
	if (at.statement < 0 || at.vote < 0)
		return csv_fault(r, 0, EXPECT_HEADER);
	return read_long(in, r, at);
}

/* The places of the ballots by time, those of one time as they came: a radix
 * sort, eight bits a round. */
static int32_t *
by_time(struct arena *a, const struct votes_in *in)
{
	ptrdiff_t n = in->ballots.n;
	int32_t *order = arena_new(a, int32_t, n);
	int32_t *next = arena_new(a, int32_t, n);
	int64_t least = in->time[0], most = in->time[0];
	for (ptrdiff_t i = 0; i < n; i++) {
		order[i] = (int32_t)i;
		least = in->time[i] < least ? in->time[i] : least;
		most = in->time[i] > most ? in->time[i] : most;
	}
	uint64_t range = (uint64_t)most - (uint64_t)least;
	for (int shift = 0; shift < 64 && range >> shift != 0; shift += 8) {
		ptrdiff_t at[257] = {0};
		for (ptrdiff_t i = 0; i < n; i++)
			at[(((uint64_t)in->time[i] - (uint64_t)least) >> shift &
			       255) +
			    1]++;
		for (int digit = 0; digit < 256; digit++)
			at[digit + 1] += at[digit];
		for (ptrdiff_t i = 0; i < n; i++) {
			uint64_t since =
			    (uint64_t)in->time[order[i]] - (uint64_t)least;
			next[at[since >> shift & 255]++] = order[i];
		}
		int32_t *swap = order;
		order = next;
		next = swap;
	}
	return order;
}

void
votes_by_time(struct arena *a, struct votes_in *in)
{
	if (in->in_order)
		return;
	struct ballots sorted = {arena_new(a, int32_t, in->ballots.n),
	    arena_new(a, int32_t, in->ballots.n),
	    arena_new(a, int8_t, in->ballots.n), in->ballots.n};
	int64_t *time = arena_new(a, int64_t, in->ballots.n);
	struct arena *scratch = arena_scratch(a);
	int32_t *order = by_time(scratch, in);
	for (ptrdiff_t i = 0; i < sorted.n; i++) {
		sorted.person[i] = in->ballots.person[order[i]];
		sorted.statement[i] = in->ballots.statement[order[i]];
		sorted.vote[i] = in->ballots.vote[order[i]];
		time[i] = in->time[order[i]];
	}
	arena_close(scratch);
	in->ballots = sorted;
	in->time = time;
	in->in_order = true;
}

/* Ranks in the order of the first vote. */
static int32_t *
by_first_vote(struct arena *a, const struct votes_in *in)
{
	int32_t *rank = arena_new(a, int32_t, in->person.n);
	int32_t n = 0;
	for (int32_t i = 0; i < in->person.n; i++)
		rank[i] = -1;
	for (ptrdiff_t i = 0; i < in->ballots.n; i++) {
		if (rank[in->ballots.person[i]] < 0)
			rank[in->ballots.person[i]] = n++;
	}
	return rank;
}

static struct str *
names_by(struct arena *a, const struct names *names, const int32_t *rank)
{
	struct str *name = arena_new(a, struct str, names->n);
	for (int32_t i = 0; i < names->n; i++)
		name[rank[i]] = names->name[i];
	return name;
}

/* Renumbers the ballots in place: they are read once. */
static struct votes_table
build(struct arena *a, struct votes_in *in, const int32_t *person)
{
	struct votes_table t;
	int32_t *statement = names_rank(&in->statement);
	for (ptrdiff_t i = 0; i < in->ballots.n; i++) {
		in->ballots.person[i] = person[in->ballots.person[i]];
		in->ballots.statement[i] = statement[in->ballots.statement[i]];
	}
	votes_build(a, &in->ballots, in->person.n, in->statement.n, &t.votes);
	t.person = names_by(a, &in->person, person);
	t.statement = names_by(a, &in->statement, statement);
	return t;
}

struct votes_table
votes_sorted(struct arena *a, struct votes_in *in)
{
	votes_by_time(a, in);
	return build(a, in, names_rank(&in->person));
}

struct votes_table
votes_as_polis(struct arena *a, struct votes_in *in)
{
	votes_by_time(a, in);
	return build(a, in, by_first_vote(a, in));
}
