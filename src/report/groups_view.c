/* SPDX-License-Identifier: MPL-2.0 */

/* One result, and what of it may be shown. */
#include <math.h>
#include <string.h>

#include "report/groups.h"
#include "engine/suppress.h"

static void
by_polis(struct groups_view *v)
{
	v->polis = polis_of(
	    v->arena, &v->table.votes, v->about.rejected, v->about.meta);
	const struct polis *p = &v->polis;
	v->k = p->k;
	v->reason = p->k > 0 ? OPINION_CLEAR : OPINION_FEW;
	v->n_in = p->n_in;
	v->group = p->group;
	v->place = p->people;
	v->tally = p->tally;
	v->consensus = p->consensus_agree;
	v->consensus_against = p->consensus_disagree;
	v->shared = p->agree;
	v->shared_against = p->disagree;
	for (int g = 0; g < p->k; g++) {
		v->mark[g] = p->mark[g];
		v->name[g] = g;
	}
	for (int c = 0; c < PCA_AXES && p->pca.total > 0; c++)
		v->explained[c] = p->pca.variance[c] / p->pca.total;
}

static void
by_our_own(struct groups_view *v)
{
	struct arena *a = v->arena;
	struct opinion_ask ask = {.left_out = v->left_out, .last = v->ask.last};
	v->opinion = opinion_of(a, &v->table.votes, &ask);
	const struct opinion *o = &v->opinion;
	v->k = o->k;
	v->reason = o->reason;
	v->n_in = o->n_in;
	v->group = o->group;
	v->tally = o->tally;
	v->place = arena_new(a, double, 2 * v->people);
	for (ptrdiff_t i = 0; i < v->people; i++) {
		v->place[2 * i] = o->place[i].x;
		v->place[2 * i + 1] = o->place[i].y;
	}
	memcpy(v->name, o->name, sizeof v->name);
	for (int c = 0; c < PCA_AXES && o->pca.total > 0; c++)
		v->explained[c] = o->pca.variance[c] / o->pca.total;
	v->consensus = arena_new(a, double, v->statements);
	v->consensus_against = arena_new(a, double, v->statements);
	consensus(
	    o->tally, o->k, v->statements, v->consensus, v->consensus_against);
	struct group_votes votes = {o->tally, o->k, v->statements, v->left_out};
	marks_of_groups(a, &votes, v->mark);
	v->shared = marks_shared(&votes, true);
	v->shared_against = marks_shared(&votes, false);
}

/* Sizes add up to all people: a table of one row.  Its sums by column are the
 * row once more, which is not shown. */
static void
hide_sizes(struct groups_view *v)
{
	int32_t count[2 * (OPINION_GROUPS + 3)];
	bool hidden[2 * (OPINION_GROUPS + 3)];
	int columns = v->k + 3; /* groups, between, out, all */
	int32_t out = (int32_t)(v->people - v->n_in);
	for (int g = 0; g <= v->k; g++)
		count[g] = v->size[g];
	count[v->k + 1] = out;
	count[v->k + 2] = (int32_t)v->people;
	memset(hidden, 0, sizeof hidden);
	for (int c = 0; c < columns; c++) {
		count[columns + c] = count[c];
		hidden[columns + c] = true;
	}
	struct cells cells = {2, columns, count, hidden};
	suppress(&cells, v->ask.k);
	memcpy(v->size_hidden, hidden, (size_t)(v->k + 1) * sizeof *hidden);
	v->in_hidden = hidden[v->k + 1];
}

static void
put_row(int32_t *count, struct tally t)
{
	count[0] = t.agree;
	count[1] = t.disagree;
	count[2] = t.pass;
	count[3] = tally_seen(t);
}

/* The votes on one statement: a row a group, one for everybody else, which is
 * never shown, and the sum. */
static void
hide_cells(struct groups_view *v, ptrdiff_t j, const bool *small)
{
	int32_t count[(OPINION_GROUPS + 2) * GROUPS_COLUMNS];
	bool hidden[(OPINION_GROUPS + 2) * GROUPS_COLUMNS];
	struct tally rest = v->all[j];
	int rows = 0, k = v->k;
	for (int g = 0; g < k; g++) {
		struct tally t = v->tally[g * v->statements + j];
		put_row(count + 4 * rows, t);
		for (int c = 0; c < 4; c++)
			hidden[4 * rows + c] = small[g];
		rest.agree -= t.agree;
		rest.disagree -= t.disagree;
		rest.pass -= t.pass;
		rows++;
	}
	bool is_rest = tally_seen(rest) > 0;
	if (is_rest) {
		put_row(count + 4 * rows, rest);
		for (int c = 0; c < 4; c++)
			hidden[4 * rows + c] = true;
		rows++;
	}
	put_row(count + 4 * rows, v->all[j]);
	memset(hidden + 4 * rows, 0, 4 * sizeof *hidden);
	struct cells cells = {rows + 1, GROUPS_COLUMNS, count, hidden};
	suppress(&cells, v->ask.k);
	bool *out = v->hidden + j * (k + 1) * 4;
	memcpy(out, hidden, (size_t)k * 4 * sizeof *out);
	memcpy(out + k * 4, hidden + 4 * rows, 4 * sizeof *out);
}

void
groups_compute(struct groups_view *v)
{
	struct arena *a = v->arena;
	v->people = v->table.votes.people;
	v->statements = v->table.votes.statements;
	v->n_votes = v->table.votes.row[v->people];
	v->left_out = arena_new(a, bool, v->statements);
	for (ptrdiff_t j = 0; j < v->statements; j++)
		v->left_out[j] = v->about.rejected[j] || v->about.meta[j];
	if (v->ask.polis)
		by_polis(v);
	else
		by_our_own(v);
	v->all = arena_new(a, struct tally, v->statements);
	votes_tally(
	    &v->table.votes, arena_new(a, int32_t, v->people), 1, v->all);
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (v->group[i] >= 0)
			v->size[v->group[i]]++;
	}
	v->size[v->k] = (int32_t)v->n_in;
	for (int g = 0; g < v->k; g++)
		v->size[v->k] -= v->size[g];
	hide_sizes(v);
	bool small[OPINION_GROUPS] = {false};
	for (int g = 0; g < v->k; g++)
		small[g] = v->size[g] < v->ask.k;
	v->hidden = arena_new(a, bool, v->statements *(v->k + 1) * 4);
	for (ptrdiff_t j = 0; j < v->statements; j++)
		hide_cells(v, j, small);
}

bool
groups_hidden(
    const struct groups_view *v, ptrdiff_t statement, int g, int column)
{
	return v->hidden[(statement * (v->k + 1) + g) * 4 + column];
}

bool
groups_row_hidden(const struct groups_view *v, ptrdiff_t statement, int g)
{
	bool any = false;
	for (int c = 0; c < GROUPS_COLUMNS; c++)
		any = any || groups_hidden(v, statement, g, c);
	return any;
}

struct str
groups_name(const struct groups_view *v, int g)
{
	return str_fmt(v->arena, "%c", 'A' + v->name[g]);
}

struct str
groups_fill(const struct groups_view *v, const char *msgid, struct str one,
    struct str two, struct str three)
{
	struct str args[3] = {one, two, three};
	return tr_fill(v->arena, tr(v->lang, msgid), args, 3);
}

struct str
groups_count(const struct groups_view *v, int64_t n)
{
	return lang_int(v->arena, v->lang, n);
}

static struct str
counted(const struct groups_view *v, struct str text, int64_t n)
{
	struct str count = groups_count(v, n);
	return tr_fill(v->arena, text, &count, 1);
}

struct str
groups_turnout(const struct groups_view *v)
{
	return groups_fill(v, N_("%1, %2, %3."),
	    counted(v, trn(v->lang, "%1 person", "%1 people", v->people),
		v->people),
	    counted(
		v, trn(v->lang, "%1 vote", "%1 votes", v->n_votes), v->n_votes),
	    counted(v,
		trn(v->lang, "%1 statement", "%1 statements", v->statements),
		v->statements));
}

struct str
groups_percent(const struct groups_view *v, double share)
{
	return str_fmt(v->arena, "%lld %%",
	    (long long)(isfinite(share) ? floor(100 * share + 0.5) : 0));
}

struct str
groups_statement(const struct groups_view *v, ptrdiff_t j)
{
	struct str text = v->about.text[j];
	return text.n > 0 ? text
			  : groups_fill(v, N_("Statement %1"),
				v->table.statement[j], S(""), S(""));
}

struct str
groups_share(const struct groups_view *v, ptrdiff_t j, int g, bool agree)
{
	struct tally t =
	    g == v->k ? v->all[j] : v->tally[g * v->statements + j];
	if (groups_hidden(v, j, g, agree ? 0 : 1) ||
	    groups_hidden(v, j, g, 3) || tally_seen(t) == 0)
		return S("-");
	return groups_percent(
	    v, (double)(agree ? t.agree : t.disagree) / tally_seen(t));
}

struct str
groups_why_none(const struct groups_view *v)
{
	switch (v->reason) {
	case OPINION_FEW:
		return tr(v->lang,
		    "There are no groups to show: fewer than 10 people have "
		    "voted on 7 statements.");
	case OPINION_CHANCE:
		return tr(v->lang,
		    "There are no clear groups: votes dealt at random would "
		    "look much the same.");
	default:
		return tr(v->lang,
		    "There are no clear groups: with half of the people, too "
		    "many would end up in another group.");
	}
}

struct str
groups_members(struct groups_view *v)
{
	struct buf b = buf_new(v->arena, (ptrdiff_t)1 << 30);
	buf_add(&b, S("participant,group\n"));
	for (ptrdiff_t i = 0; i < v->people; i++) {
		struct str id = v->table.person[i];
		bool quote = str_find_byte(id, ',') >= 0 ||
		    str_find_byte(id, '"') >= 0 || str_find_byte(id, '\n') >= 0;
		if (quote)
			id = str_fmt(v->arena, "\"%.*s\"",
			    STR_ARG(
				str_replace(v->arena, id, S("\""), S("\"\""))));
		buf_add(&b, id);
		buf_byte(&b, ',');
		if (v->group[i] >= 0)
			buf_add(&b, groups_name(v, v->group[i]));
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}
