/* SPDX-License-Identifier: MPL-2.0 */

/* A ballot as text, as it is typed off a paper, and whether it may be cast
 * (model/ballot.h). */
#include <stdlib.h>

#include "base/buf.h"
#include "base/lang.h"
#include "model/ballot.h"

static int
by_option(const void *x, const void *y)
{
	const struct mark *p = x, *q = y;
	if (p->option != q->option)
		return p->option < q->option ? -1 : 1;
	return (p->value > q->value) - (p->value < q->value);
}

static ptrdiff_t
most_marks(const struct round *r)
{
	return r->method == ROUND_PAIRWISE ? BALLOT_PAIRS : r->n_options;
}

/* Whether the marks name options that are there, each (each pair) once. */
static bool
are_apart(const struct round *r, const struct ballot *b)
{
	bool pairs = r->method == ROUND_PAIRWISE;
	for (ptrdiff_t i = 0; i < b->n; i++) {
		const struct mark *m = &b->mark[i];
		if (round_option(r, m->option) == NULL)
			return false;
		if (pairs &&
		    (round_option(r, m->value) == NULL ||
			m->option >= m->value))
			return false;
		if (i > 0 && m->option == m[-1].option &&
		    (!pairs || m->value == m[-1].value))
			return false;
	}
	return true;
}

/* Room for the words of `text`, or as many as a ballot may have. */
static struct ballot
room_for(struct arena *a, const struct round *r, struct str text)
{
	ptrdiff_t words = 1, most = most_marks(r);
	for (ptrdiff_t i = 0; i < text.n; i++)
		words += text.p[i] == ' ';
	return (struct ballot){
	    arena_new(a, struct mark, words < most ? words : most), 0};
}

static bool
take(const struct round *r, struct ballot *b, struct mark m)
{
	if (b->n == most_marks(r))
		return false;
	b->mark[b->n++] = m;
	return true;
}

static bool
put_in_order(const struct round *r, struct ballot *b)
{
	qsort(b->mark, (size_t)b->n, sizeof *b->mark, by_option);
	return are_apart(r, b);
}

/* "3:4/2" with `sep` for the colon; without it the value is 1. */
static bool
read_mark(struct str text, char sep, struct mark *m)
{
	struct str option = str_cut(&text, sep);
	struct str value = str_cut(&text, '/');
	*m = (struct mark){.value = 1};
	return str_int(option, &m->option) &&
	    (value.n == 0 || str_int(value, &m->value)) &&
	    (text.n == 0 || str_int(text, &m->other));
}

bool
ballot_parse(
    struct arena *a, const struct round *r, struct str text, struct ballot *out)
{
	struct mark m;
	*out = room_for(a, r, text);
	while (text.n > 0) {
		if (!read_mark(str_cut(&text, ' '), ':', &m) ||
		    !take(r, out, m))
			return false;
	}
	return put_in_order(r, out);
}

bool
ballot_typed(
    struct arena *a, const struct round *r, struct str text, struct ballot *out)
{
	struct mark m;
	text = str_replace(a, text, S(","), S(" "));
	text = str_replace(a, text, S(";"), S(" "));
	*out = room_for(a, r, text);
	while (text.n > 0) {
		struct str one = str_trim(str_cut(&text, ' '));
		if (one.n == 0)
			continue;
		if (!read_mark(one, '=', &m) || !take(r, out, m))
			return false;
	}
	return r->method != ROUND_PAIRWISE && put_in_order(r, out);
}

struct str
ballot_text(struct arena *a, const struct ballot *b)
{
	struct buf out = buf_new(a, 64 * 1024);
	for (ptrdiff_t i = 0; i < b->n; i++) {
		const struct mark *m = &b->mark[i];
		buf_fmt(&out, "%s%lld:%lld", i > 0 ? " " : "",
		    (long long)m->option, (long long)m->value);
		if (m->other != 0)
			buf_fmt(&out, "/%lld", (long long)m->other);
	}
	return buf_str(&out);
}

/* ---- may it be cast? ---- */

static bool
mark_fits(const struct round *r, const struct mark *m)
{
	switch (r->method) {
	case ROUND_POINTS:
		return m->value >= 1 && m->value <= r->points && m->other == 0;
	case ROUND_STARS:
		return m->value >= 1 && m->value <= 5 && m->other == 0;
	case ROUND_VALUE:
		return m->value >= 1 && m->value <= 5 && m->other >= 1 &&
		    m->other <= 5;
	case ROUND_PAIRWISE:
		return m->other >= 0 && m->other <= 2;
	default:
		return m->value == 1 && m->other == 0;
	}
}

struct ballot_fault
ballot_check(const struct round *r, const struct ballot *b)
{
	int64_t sum = 0;
	bool chooses = r->method <= ROUND_POINTS;
	if (b->n == 0)
		return (struct ballot_fault){
		    N_("Choose one or more. Then send it."), 0};
	for (ptrdiff_t i = 0; i < b->n; i++) {
		if (r->method == ROUND_VALUE && b->mark[i].other == 0)
			return (struct ballot_fault){
			    N_("Answer both questions about number %1, or "
			       "none of them."),
			    b->mark[i].option};
		if (!mark_fits(r, &b->mark[i]))
			return (struct ballot_fault){r->method == ROUND_POINTS
				? N_("Write whole points, at most %1.")
				: N_("Something is wrong with number %1. "
				     "Choose "
				     "it again."),
			    r->method == ROUND_POINTS ? r->points
						      : b->mark[i].option};
		sum += b->mark[i].value;
	}
	if (r->method == ROUND_POINTS && sum > r->points)
		return (struct ballot_fault){
		    N_("You have %1 points in all. You gave more."), r->points};
	if (chooses && r->most > 0 && b->n > r->most)
		return (struct ballot_fault){N_("Choose at most %1."), r->most};
	if (!are_apart(r, b))
		return (struct ballot_fault){
		    N_("Something is wrong with number %1. Choose it again."),
		    b->mark[0].option};
	return (struct ballot_fault){0};
}
