/* SPDX-License-Identifier: MPL-2.0 */

/* votes.csv: a row a vote.  Public ones go from the database into the file; of
 * others an order is made first, of twelve bytes each. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "report/exchange_parts.h"

/* ---- cells ---- */

static void
put_zip(void *zip, struct str piece)
{
	zipper_add(zip, piece);
}

struct csv
exchange_table(const struct out *o, const char *name)
{
	zipper_part(o->zip, name);
	return csv_flow(o->arena, ',', put_zip, o->zip);
}

void
exchange_heads(struct csv *csv, const char *const *names)
{
	for (; *names != NULL; names++)
		csv_text(csv, str_c(*names));
}

int64_t
exchange_time(const struct out *o, int64_t at_us)
{
	return o->open ? at_us : at_us - at_us % HOUR_US;
}

/* Seconds now, milliseconds before. */
void
exchange_stamp(const struct out *o, struct csv *csv, int64_t at_us)
{
	csv_int(
	    csv, o->ask->kind == POLIS_NOW ? at_us / SECOND_US : at_us / 1000);
}

/* As a browser, or Java, writes it. */
void
exchange_datetime(const struct out *o, struct csv *csv, int64_t at_us)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c = civil_utc(at_us);
	const char *day = days + 3 * date_weekday(c.date);
	const char *month = months + 3 * (c.date.month - 1);
	bool now = o->ask->kind == POLIS_NOW;
	char text[100];
	struct buf b = buf_on(text, sizeof text);
	buf_fmt(&b, "%.3s %.3s %02d ", day, month, c.date.day);
	if (now)
		buf_fmt(&b, "%04d ", c.date.year);
	buf_fmt(&b, "%02d:%02d:%02d ", c.hour, c.minute, c.second);
	if (now)
		buf_add(&b, S("GMT+0000 (Coordinated Universal Time)"));
	else
		buf_fmt(&b, "UTC %04d", c.date.year);
	csv_text(csv, (struct str){b.p, b.n});
}

/* ---- every vote ---- */

struct voted {
	int64_t at_us;
	int32_t person, statement; /* the number it has in this file; its own */
	int8_t vote;
};

static void
put_vote(const struct out *o, struct csv *csv, const struct voted *v)
{
	exchange_stamp(o, csv, v->at_us);
	exchange_datetime(o, csv, v->at_us);
	csv_int(csv, v->statement);
	csv_int(csv, v->person);
	csv_int(csv, v->vote);
	csv_row(csv);
}

/* Calls see() for each vote, page by page.  In the snapshot that the room was
 * made of they are its ballots, in the same order: ERR_UNAVAIL when not. */
static enum err
each_vote(struct out *o,
    void (*see)(struct out *, void *arg, ptrdiff_t nth, const struct voted *),
    void *arg)
{
	struct vote_rows rows = {o->ask->dialogue->id, -1, NULL, 0};
	const struct ballots *all = &o->room->ballots;
	ptrdiff_t n = 0;
	enum err e;
	do {
		struct arena *page = arena_scratch(o->arena);
		e = vote_since(o->db, page, o->who, &rows);
		if (e == ERR_OK && n + rows.n > all->n)
			e = ERR_UNAVAIL;
		for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++, n++) {
			const struct vote_row *v = &rows.list[i];
			ptrdiff_t row = exchange_row(o, v->voter);
			rows.after = v->seq;
			if (row < 0 || v->statement != all->statement[n])
				e = ERR_UNAVAIL;
			else
				see(o, arg, n,
				    &(struct voted){v->at_us, o->drawn[row],
					v->statement, v->vote});
		}
		arena_close(page);
	} while (e == ERR_OK && rows.n == VOTE_ROWS_MAX);
	return e == ERR_OK && n != all->n ? ERR_UNAVAIL : e;
}

static void
write_it(struct out *o, void *csv, ptrdiff_t nth, const struct voted *v)
{
	(void)nth;
	put_vote(o, csv, v);
}

static void
keep_place(struct out *o, void *casts, ptrdiff_t nth, const struct voted *v)
{
	struct cast *list = casts;
	(void)o;
	list[nth] = (struct cast){
	    (int32_t)(v->at_us / HOUR_US), v->person, (int32_t)nth};
}

static int
compare_casts(const void *x, const void *y)
{
	const struct cast *a = x, *b = y;
	if (a->hour != b->hour)
		return a->hour < b->hour ? -1 : 1;
	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return (a->nth > b->nth) - (a->nth < b->nth);
}

/* Whose votes came in which order says who was there together, so within an
 * hour they stand by person. */
static enum err
write_by_hour(struct out *o, struct csv *csv)
{
	const struct ballots *all = &o->room->ballots;
	struct cast *casts = arena_new(o->arena, struct cast, all->n);
	enum err e = each_vote(o, keep_place, casts);
	if (e != ERR_OK)
		return e;
	if (all->n > 1)
		qsort(casts, (size_t)all->n, sizeof *casts, compare_casts);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct cast *c = &casts[i];
		put_vote(o, csv,
		    &(struct voted){c->hour * HOUR_US, c->person,
			all->statement[c->nth], all->vote[c->nth]});
	}
	return ERR_OK;
}

enum err
exchange_votes(struct out *o)
{
	static const char *const head[] = {
	    "timestamp", "datetime", "comment-id", "voter-id", "vote", NULL};
	struct csv csv = exchange_table(o, "votes.csv");
	exchange_heads(&csv, head);
	csv_row(&csv);
	enum err e =
	    o->open ? each_vote(o, write_it, &csv) : write_by_hour(o, &csv);
	return e == ERR_OK ? csv_end(&csv) : e;
}
