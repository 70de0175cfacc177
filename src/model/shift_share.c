/* SPDX-License-Identifier: MPL-2.0 */
#include "model/shift_share.h"

#include <string.h>

#include "base/buf.h"

struct hash
share_lot(struct arena *a, struct str seed, struct str code)
{
	return hash_of(STR_JOIN(a, seed, S(" "), code));
}

bool
share_before(const struct share_person *p, const struct share_person *q)
{
	return p->has != q->has ? p->has < q->has
				: memcmp(p->lot.b, q->lot.b, HASH_BYTES) < 0;
}

/* ---- a heap of people, whoever is next on top ---- */

struct line {
	struct share *s;
	ptrdiff_t *heap; /* people */
	ptrdiff_t n;
	ptrdiff_t *next, *end; /* [n_people] their wishes that are left */
};

static bool
goes_before(const struct line *l, ptrdiff_t i, ptrdiff_t k)
{
	return share_before(
	    &l->s->person[l->heap[i]], &l->s->person[l->heap[k]]);
}

static void
swap(struct line *l, ptrdiff_t i, ptrdiff_t k)
{
	ptrdiff_t person = l->heap[i];
	l->heap[i] = l->heap[k];
	l->heap[k] = person;
}

static void
sink(struct line *l, ptrdiff_t i)
{
	for (;;) {
		ptrdiff_t best = i, left = 2 * i + 1;
		if (left < l->n && goes_before(l, left, best))
			best = left;
		if (left + 1 < l->n && goes_before(l, left + 1, best))
			best = left + 1;
		if (best == i)
			return;
		swap(l, i, best);
		i = best;
	}
}

static void
line_up(struct arena *a, struct share *s, struct line *l)
{
	*l = (struct line){.s = s,
	    .heap = arena_new(a, ptrdiff_t, s->n_people),
	    .next = arena_new(a, ptrdiff_t, s->n_people),
	    .end = arena_new(a, ptrdiff_t, s->n_people)};
	for (ptrdiff_t i = 0; i < s->n_wishes; i++) {
		ptrdiff_t person = s->wish[i].person;
		if (l->end[person] == 0) {
			l->next[person] = i;
			l->heap[l->n++] = person;
		}
		l->end[person] = i + 1;
	}
	for (ptrdiff_t i = l->n / 2 - 1; i >= 0; i--)
		sink(l, i);
}

/* The first wish of the person that can be met, or NULL. */
static enum err
first_wish(struct line *l, ptrdiff_t person, struct share_wish **out)
{
	struct share *s = l->s;
	*out = NULL;
	while (l->next[person] < l->end[person]) {
		bool yes = true;
		enum err e = ERR_OK;
		struct share_wish *w = &s->wish[l->next[person]++];
		if (s->free[w->shift] <= 0)
			continue;
		if (s->fits != NULL)
			e = s->fits(s->ctx, person, w->shift, &yes);
		if (e != ERR_OK)
			return e;
		if (!yes)
			continue;
		*out = w;
		return ERR_OK;
	}
	return ERR_OK;
}

enum err
share_out(struct arena *a, struct share *s)
{
	struct line l;
	struct share_wish *w;
	enum err e = ERR_OK;
	line_up(a, s, &l);
	while (e == ERR_OK && l.n > 0) {
		ptrdiff_t person = l.heap[0];
		e = first_wish(&l, person, &w);
		if (e == ERR_OK && w != NULL) {
			w->given = true;
			s->free[w->shift]--;
			s->person[person].has++;
			if (s->given != NULL)
				e = s->given(s->ctx, person, w->shift);
		} else {
			l.heap[0] = l.heap[--l.n];
		}
		sink(&l, 0);
	}
	return e;
}
