/* SPDX-License-Identifier: MPL-2.0 */

/* Two options at a time (model/ballot.h): which pair comes next, and the choice
 * between them. */
#include "base/buf.h"
#include "engine/random.h"
#include "model/ballot.h"

static const double WEIGHT_MOST = 0.05;

static const char SQL_SEEN[] =
    "SELECT low, high, votes FROM round_pair"
    " WHERE org = $1 AND network = $2 AND round = $3";

struct drawing {
	const struct round *r;
	ptrdiff_t n; /* options */
	double *weight; /* [n * n], of low < high */
	double sum;
	ptrdiff_t left; /* pairs with a weight */
};

static double *
weight_of(struct drawing *d, int64_t low, int64_t high)
{
	return &d->weight[(low - 1) * d->n + high - 1];
}

static enum err
weigh(
    struct db *db, struct arena *a, const struct actor *who, struct drawing *d)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_SEEN, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(d->r->record.id));
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = 0; i < d->n * d->n; i++)
		d->weight[i] = WEIGHT_MOST;
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		int64_t low = db_int(&rows.row[i], 0);
		int64_t high = db_int(&rows.row[i], 1);
		double w = 1 / ((double)db_int(&rows.row[i], 2) + 1);
		if (round_option(d->r, low) && round_option(d->r, high))
			*weight_of(d, low, high) =
			    w < WEIGHT_MOST ? w : WEIGHT_MOST;
	}
	return ERR_OK;
}

/* What this voter was asked already is not asked again. */
static void
leave_out(struct drawing *d, const struct ballot *b)
{
	for (ptrdiff_t i = 0; i < b->n; i++)
		*weight_of(d, b->mark[i].option, b->mark[i].value) = 0;
	for (int64_t low = 1; low <= d->n; low++) {
		for (int64_t high = low + 1; high <= d->n; high++) {
			double w = *weight_of(d, low, high);
			d->sum += w;
			d->left += w > 0;
		}
	}
}

static struct pair
draw(struct drawing *d, struct random *rng)
{
	double at = random_unit(rng) * d->sum;
	struct pair last = {0};
	for (int64_t low = 1; low <= d->n; low++) {
		for (int64_t high = low + 1; high <= d->n; high++) {
			double w = *weight_of(d, low, high);
			if (w <= 0)
				continue;
			last = (struct pair){low, high, 0};
			at -= w;
			if (at < 0)
				return last;
		}
	}
	return last; /* the last of them, when sums round */
}

/* The seed is the voter's and how many they answered: the same page shows the
 * same pair again, and either side is as likely. */
enum err
ballot_next_pair(struct db *db, struct arena *a, const struct actor *who,
    const struct elector *v, struct pair *out)
{
	struct ballot b;
	struct drawing d = {.r = v->round, .n = v->round->n_options};
	enum err e = ballot_get(db, a, who, v, &b);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	d.weight = arena_new(a, double, d.n *d.n);
	e = weigh(db, a, who, &d);
	if (e != ERR_OK)
		return e;
	leave_out(&d, &b);
	if (d.left == 0 || b.n == BALLOT_PAIRS)
		return ERR_NOT_FOUND;
	struct str key = hash_hex(a, v->key);
	struct str seed = str_fmt(a, "%.*s %td", STR_ARG(key), b.n);
	struct random rng = random_new(seed, S("round pair"));
	*out = draw(&d, &rng);
	if (random_below(&rng, 2) == 1)
		*out = (struct pair){out->right, out->left, 0};
	return ERR_OK;
}

static const char SQL_COUNT[] =
    "UPDATE round_pair SET votes = votes + 1 WHERE org = $1 AND network = $2"
    " AND round = $3 AND low = $4 AND high = $5";

static const char SQL_FIRST[] =
    "INSERT INTO round_pair (org, network, round, low, high, votes)"
    " VALUES ($1, $2, $3, $4, $5, 1)"
    " ON CONFLICT (org, network, round, low, high) DO NOTHING";

static enum err
count_pair(struct db *db, const struct actor *who, const struct round *r,
    const struct mark *m)
{
	int64_t changed = 0;
	enum err e = db_exec(db, SQL_COUNT, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->record.id), DB_INT(m->option),
	    DB_INT(m->value));
	if (e != ERR_OK || changed > 0)
		return e;
	return db_exec(db, SQL_FIRST, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->record.id), DB_INT(m->option),
	    DB_INT(m->value));
}

/* Where this pair stands on the ballot; -1: not yet. */
static ptrdiff_t
find(const struct ballot *b, const struct mark *m)
{
	for (ptrdiff_t i = 0; i < b->n; i++) {
		if (b->mark[i].option == m->option &&
		    b->mark[i].value == m->value)
			return i;
	}
	return -1;
}

/* With the lower number first. */
static struct mark
mark_of(const struct pair *p)
{
	if (p->left < p->right)
		return (struct mark){p->left, p->right, p->which};
	return (struct mark){
	    p->right, p->left, p->which == 0 ? 0 : 3 - p->which};
}

enum err
ballot_choose(struct db *db, struct arena *a, const struct actor *who,
    const struct elector *v, const struct pair *p)
{
	struct ballot old, sorted;
	struct ballot now = {arena_new(a, struct mark, BALLOT_PAIRS), 0};
	struct mark m = mark_of(p);
	if (v->round->method != ROUND_PAIRWISE || p->which < 0 || p->which > 2)
		return ERR_INVALID;
	enum err e = ballot_get(db, a, who, v, &old);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	ptrdiff_t at = find(&old, &m);
	for (ptrdiff_t i = 0; i < old.n; i++)
		now.mark[now.n++] = i == at ? m : old.mark[i];
	if (at < 0 && now.n == BALLOT_PAIRS)
		return ERR_OK;
	if (at < 0)
		now.mark[now.n++] = m;
	if (!ballot_parse(a, v->round, ballot_text(a, &now), &sorted))
		return ERR_INVALID;
	e = ballot_cast(db, a, who, v, &sorted);
	return e == ERR_OK && at < 0 ? count_pair(db, who, v->round, &m) : e;
}
