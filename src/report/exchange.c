/* SPDX-License-Identifier: MPL-2.0 */
#include "report/exchange.h"

#include "base/lang.h"
#include "base/rand.h"
#include "model/exchange.h"
#include "report/exchange_parts.h"
#include "report/exchange_readme.h"

const struct choice polis_kinds[] = {
    {"now", N_("As Polis writes them now")},
    {"2024", N_("As Polis wrote them in October 2024")},
    {"legacy", N_("As Polis wrote them before 2024")},
    {0},
};

/* ---- who has which number ---- */

static uint32_t
random_below(uint32_t n)
{
	uint32_t x, most = UINT32_MAX - UINT32_MAX % n;
	do {
		rand_bytes(&x, sizeof x);
	} while (x >= most);
	return x % n;
}

static void
draw_numbers(struct out *o)
{
	ptrdiff_t n = o->room->groups.table.votes.people;
	o->row = arena_new(o->arena, int32_t, n);
	o->drawn = arena_new(o->arena, int32_t, n);
	for (ptrdiff_t i = 0; i < n; i++)
		o->row[i] = (int32_t)i;
	for (ptrdiff_t i = n - 1; i > 0; i--) {
		ptrdiff_t j = random_below((uint32_t)i + 1);
		int32_t swap = o->row[i];
		o->row[i] = o->row[j];
		o->row[j] = swap;
	}
	for (ptrdiff_t i = 0; i < n; i++)
		o->drawn[o->row[i]] = (int32_t)i;
}

ptrdiff_t
exchange_row(const struct out *o, int64_t voter)
{
	ptrdiff_t low = 0, n = o->room->groups.table.votes.people, high = n;
	while (low < high) {
		ptrdiff_t at = low + (high - low) / 2;
		if (o->room->voter[at] < voter)
			low = at + 1;
		else
			high = at;
	}
	return low < n && o->room->voter[low] == voter ? low : -1;
}

static void
find_statements(struct out *o)
{
	ptrdiff_t n = o->room->groups.statements;
	const struct statements *all = &o->room->statements;
	o->statement = arena_new(o->arena, const struct statement *, n);
	o->wrote =
	    arena_new(o->arena, int64_t, o->room->groups.table.votes.people);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct statement *s = &all->list[i];
		ptrdiff_t row = exchange_row(o, s->author);
		o->statement[room_column(o->room, s->number)] = s;
		if (row >= 0)
			o->authors += o->wrote[row]++ == 0;
	}
}

/* ---- all of it ---- */

static enum err
write_tables(struct out *o)
{
	enum err e = exchange_summary(o);
	if (e == ERR_OK)
		e = exchange_comments(o);
	if (e == ERR_OK)
		e = exchange_votes(o);
	if (e == ERR_OK)
		e = exchange_people(o);
	return e == ERR_OK ? exchange_groups(o) : e;
}

static enum err
write_zip(struct out *o, int fd, int64_t *size)
{
	o->zip = zipper_open(o->arena, fd);
	if (o->zip == NULL)
		return ERR_UNAVAIL;
	enum err e = write_tables(o);
	if (e != ERR_OK)
		return e;
	zipper_part(o->zip, "README.txt");
	zipper_add(o->zip,
	    exchange_readme(o->arena, o->who->lang, o->ask->kind, o->open));
	return zipper_end(o->zip, size);
}

enum err
exchange_export(struct db *db, struct arena *a, const struct actor *who,
    const struct exchange_ask *ask, int64_t *size)
{
	struct out o = {.arena = a, .db = db, .who = who, .ask = ask};
	struct room_ask room = {ask->dialogue->id, NULL, ask->k};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = exchange_is_open(db, a, who, ask->dialogue->id, &o.open);
	if (e == ERR_OK)
		e = room_make(db, a, who, &room, &o.room);
	if (e != ERR_OK)
		return e;
	draw_numbers(&o);
	find_statements(&o);
	return write_zip(&o, ask->fd, size);
}
