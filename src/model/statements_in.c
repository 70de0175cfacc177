/* SPDX-License-Identifier: MPL-2.0 */

/* What goes with the votes: statements, and the groups of the last run. */
#include "model/votes_in.h"

/* Where the rows of a table are, by their id. */
static struct names
numbers_of(struct arena *a, const struct str *name, ptrdiff_t n)
{
	struct names names = names_new(a);
	for (ptrdiff_t i = 0; i < n; i++)
		names_add(&names, name[i]);
	return names;
}

static ptrdiff_t
find_either(const struct csv_reader *r, struct str one, struct str other)
{
	ptrdiff_t at = csv_find(r, one);
	return at >= 0 ? at : csv_find(r, other);
}

static bool
is_true(struct str field)
{
	field = str_trim(field);
	return str_eq(field, S("1")) || str_eq_nocase(field, S("true"));
}

static bool
is_flag(struct str field)
{
	field = str_trim(field);
	return is_true(field) || field.n == 0 || str_eq(field, S("0")) ||
	    str_eq_nocase(field, S("false"));
}

struct columns {
	ptrdiff_t id, moderated, meta, text, n;
};

static bool
take_statement(struct csv_reader *r, const struct columns *at,
    const struct names *names, struct statements_in *out)
{
	int64_t moderated = 0;
	if (r->n != at->n)
		return csv_fault(r, r->n, "as many fields as the header has");
	if (at->moderated >= 0 &&
	    (!str_int(str_trim(r->field[at->moderated]), &moderated) ||
		moderated < -1 || moderated > 1))
		return csv_fault(r, at->moderated,
		    "-1 (rejected), 0 (not looked at) or 1 (accepted)");
	if (at->meta >= 0 && !is_flag(r->field[at->meta]))
		return csv_fault(r, at->meta, "true or false");
	int32_t j = names_find(names, str_trim(r->field[at->id]));
	if (j < 0)
		return true;
	out->rejected[j] = moderated == -1;
	out->meta[j] = at->meta >= 0 && is_true(r->field[at->meta]);
	if (at->text >= 0)
		out->text[j] = str_trim(r->field[at->text]);
	return true;
}

bool
statements_read(struct arena *a, struct str text, const struct votes_table *t,
    struct statements_in *out, struct csv_reader *r)
{
	ptrdiff_t n = t->votes.statements;
	static const char header[] = "a header with comment-id or statement";
	struct names names = numbers_of(a, t->statement, n);
	*out = (struct statements_in){arena_new(a, struct str, n),
	    arena_new(a, bool, n), arena_new(a, bool, n)};
	csv_open(r, a, text);
	if (!csv_next(r))
		return csv_fault(
		    r, 0, r->expected != NULL ? r->expected : header);
	struct columns at = {
	    find_either(r, S("comment-id"), S("statement")),
	    csv_find(r, S("moderated")),
	    find_either(r, S("is-meta"), S("is_meta")),
	    find_either(r, S("comment-body"), S("text")),
	    r->n,
	};
	if (at.id < 0)
		return csv_fault(r, 0, header);
	while (csv_next(r)) {
		if (!take_statement(r, &at, &names, out))
			return false;
	}
	return r->expected == NULL;
}

bool
members_read(struct arena *a, struct str text, const struct votes_table *t,
    int32_t **out, struct csv_reader *r)
{
	struct names names = numbers_of(a, t->person, t->votes.people);
	static const char header[] = "a header with participant,group";
	*out = arena_new(a, int32_t, t->votes.people);
	for (ptrdiff_t i = 0; i < t->votes.people; i++)
		(*out)[i] = -1;
	csv_open(r, a, text);
	if (!csv_next(r))
		return csv_fault(
		    r, 0, r->expected != NULL ? r->expected : header);
	ptrdiff_t who = csv_find(r, S("participant"));
	ptrdiff_t group = csv_find(r, S("group")), n = r->n;
	if (who < 0 || group < 0)
		return csv_fault(r, 0, header);
	while (csv_next(r)) {
		if (r->n != n)
			return csv_fault(
			    r, r->n, "as many fields as the header has");
		struct str letter = str_trim(r->field[group]);
		if (letter.n > 1 ||
		    (letter.n == 1 && (letter.p[0] < 'A' || letter.p[0] > 'H')))
			return csv_fault(r, group, "A to H, or nothing");
		int32_t i = names_find(&names, str_trim(r->field[who]));
		if (i >= 0 && letter.n == 1)
			(*out)[i] = letter.p[0] - 'A';
	}
	return r->expected == NULL;
}
