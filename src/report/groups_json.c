/* SPDX-License-Identifier: MPL-2.0 */

/* groups --json: one object, the same keys in the same order each time.  What
 * is hidden is null. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/groups.h"

enum { JSON_BYTES = 512 * 1024 * 1024 };

/* As short as reads back the same; null for what is no number. */
static void
add_number(struct buf *b, double x)
{
	char text[40];
	if (!isfinite(x)) {
		buf_add(b, S("null"));
		return;
	}
	snprintf(text, sizeof text, "%.16g", x);
	if (strtod(text, NULL) != x)
		snprintf(text, sizeof text, "%.17g", x);
	buf_add(b, str_c(text));
}

static void
add_key(struct buf *b, const char *key)
{
	if (b->n > 0 && b->p[b->n - 1] != '{' && b->p[b->n - 1] != '[')
		buf_add(b, S(", "));
	buf_json(b, str_c(key));
	buf_add(b, S(": "));
}

static void
add_comma(struct buf *b)
{
	if (b->n > 0 && b->p[b->n - 1] != '[')
		buf_add(b, S(", "));
}

static void
add_value(struct buf *b, const char *key, double x)
{
	add_key(b, key);
	add_number(b, x);
}

static void
add_count(struct buf *b, const char *key, int64_t n, bool hidden)
{
	add_key(b, key);
	if (hidden)
		buf_add(b, S("null"));
	else
		buf_int(b, n);
}

static void
add_pair(struct buf *b, const char *key, double one, double two)
{
	add_key(b, key);
	buf_byte(b, '[');
	add_number(b, one);
	buf_add(b, S(", "));
	add_number(b, two);
	buf_byte(b, ']');
}

/* Wilson's 95 % interval of a share, or null. */
static void
add_interval(struct buf *b, const char *key, int32_t n, int32_t of)
{
	struct interval i = share_interval(n, of);
	add_pair(b, key, i.low, i.high);
}

/* A list of statements and the side that is meant. */
static void
add_picks(const struct groups_view *v, struct buf *b, const char *key,
    const struct picks *list)
{
	add_key(b, key);
	buf_byte(b, '[');
	for (int i = 0; i < list->n; i++) {
		const struct pick *p = &list->pick[i];
		add_comma(b);
		buf_add(b, S("{\"id\": "));
		buf_json(b, v->table.statement[p->statement]);
		add_key(b, "side");
		buf_json(b, p->agree ? S("agree") : S("disagree"));
		buf_byte(b, '}');
	}
	buf_byte(b, ']');
}

static void
add_members(const struct groups_view *v, struct buf *b, int g)
{
	add_key(b, "members");
	if (v->ask.k > 1) {
		buf_add(b, S("null"));
		return;
	}
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (v->group[i] != g)
			continue;
		add_comma(b);
		buf_json(b, v->table.person[i]);
	}
	buf_byte(b, ']');
}

static void
add_groups(const struct groups_view *v, struct buf *b)
{
	add_key(b, "groups");
	buf_byte(b, '[');
	for (int g = 0; g < v->k; g++) {
		add_comma(b);
		buf_add(b, S("{\"id\": "));
		buf_json(b, groups_name(v, g));
		add_count(b, "size", v->size[g], v->size_hidden[g]);
		add_members(v, b, g);
		add_picks(v, b, "representative", &v->mark[g]);
		buf_byte(b, '}');
	}
	buf_byte(b, ']');
}

static void
add_cells(const struct groups_view *v, struct buf *b, ptrdiff_t j, int g)
{
	struct tally t =
	    g == v->k ? v->all[j] : v->tally[g * v->statements + j];
	add_count(b, "agree", t.agree, groups_hidden(v, j, g, 0));
	add_count(b, "disagree", t.disagree, groups_hidden(v, j, g, 1));
	add_count(b, "pass", t.pass, groups_hidden(v, j, g, 2));
}

static void
add_intervals(const struct groups_view *v, struct buf *b, ptrdiff_t j, int g)
{
	struct tally t =
	    g == v->k ? v->all[j] : v->tally[g * v->statements + j];
	bool seen = !groups_hidden(v, j, g, 3);
	if (seen && !groups_hidden(v, j, g, 0))
		add_interval(b, "agree_interval", t.agree, tally_seen(t));
	else
		add_count(b, "agree_interval", 0, true);
	if (seen && !groups_hidden(v, j, g, 1))
		add_interval(b, "disagree_interval", t.disagree, tally_seen(t));
	else
		add_count(b, "disagree_interval", 0, true);
}

/* Null where a part of it is: from the product the part could be had. */
static void
add_consensus(const struct groups_view *v, struct buf *b, ptrdiff_t j)
{
	bool hidden = v->k == 0;
	for (int g = 0; g < v->k; g++)
		hidden = hidden || groups_hidden(v, j, g, 0) ||
		    groups_hidden(v, j, g, 3);
	struct group_votes votes = {v->tally, v->k, v->statements, v->left_out};
	struct interval i = consensus_interval(&votes, j);
	add_value(
	    b, "group_informed_consensus", hidden ? NAN : v->consensus[j]);
	add_pair(b, "group_informed_consensus_interval", hidden ? NAN : i.low,
	    hidden ? NAN : i.high);
}

static void
add_statement(const struct groups_view *v, struct buf *b, ptrdiff_t j)
{
	add_comma(b);
	buf_add(b, S("{\"id\": "));
	buf_json(b, v->table.statement[j]);
	add_key(b, "left_out");
	buf_add(b, v->left_out[j] ? S("true") : S("false"));
	add_cells(v, b, j, v->k);
	add_intervals(v, b, j, v->k);
	add_consensus(v, b, j);
	if (v->ask.polis && v->ask.k <= 1)
		add_value(b, "priority", v->polis.priority[j]);
	add_key(b, "groups");
	buf_byte(b, '[');
	for (int g = 0; g < v->k; g++) {
		struct tally t = v->tally[g * v->statements + j];
		add_comma(b);
		buf_add(b, S("{\"id\": "));
		buf_json(b, groups_name(v, g));
		add_cells(v, b, j, g);
		add_count(b, "seen", tally_seen(t), groups_hidden(v, j, g, 3));
		add_intervals(v, b, j, g);
		buf_byte(b, '}');
	}
	buf_add(b, S("]}"));
}

static void
add_stability(const struct groups_view *v, struct buf *b)
{
	const struct opinion *o = &v->opinion;
	bool known = !v->ask.polis && o->k > 0;
	add_value(b, "stability", known ? o->stability[o->k] : NAN);
	add_pair(b, "stability_interval", known ? o->stability_low : NAN,
	    known ? o->stability_high : NAN);
	add_key(b, "stability_by_k");
	buf_byte(b, '[');
	for (int k = 2; k <= OPINION_GROUPS && !v->ask.polis; k++) {
		add_comma(b);
		buf_fmt(b, "{\"k\": %d", k);
		add_value(b, "stability", o->stability[k]);
		add_value(b, "placed", o->placed[k]);
		add_value(b, "separation", o->separation[k]);
		buf_byte(b, '}');
	}
	buf_byte(b, ']');
}

/* Row by row, so only when the data are public anyway. */
static void
add_places(const struct groups_view *v, struct buf *b)
{
	add_key(b, "places");
	if (v->ask.k > 1) {
		buf_add(b, S("null"));
		return;
	}
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < v->people; i++) {
		add_comma(b);
		buf_add(b, S("{\"id\": "));
		buf_json(b, v->table.person[i]);
		add_value(b, "x", v->place[2 * i]);
		add_value(b, "y", v->place[2 * i + 1]);
		add_key(b, "group");
		if (v->group[i] < 0)
			buf_add(b, S("null"));
		else
			buf_json(b, groups_name(v, v->group[i]));
		if (!v->ask.polis)
			add_value(b, "certainty", v->opinion.certainty[i]);
		buf_byte(b, '}');
	}
	buf_byte(b, ']');
}

static struct str
reason_word(const struct groups_view *v)
{
	static const char *const word[] = {[OPINION_CLEAR] = "clear",
	    [OPINION_FEW] = "few_people",
	    [OPINION_UNSTABLE] = "unstable",
	    [OPINION_CHANCE] = "chance"};
	return str_c(word[v->reason]);
}

struct str
groups_json(struct groups_view *v)
{
	struct buf out = buf_new(v->arena, JSON_BYTES), *b = &out;
	buf_byte(b, '{');
	add_key(b, "method");
	buf_json(b, v->ask.polis ? S("polis") : S("samskab"));
	add_count(b, "k_anonymity", v->ask.k, false);
	add_count(b, "participants", v->people, false);
	add_count(b, "in_conversation", v->n_in, v->in_hidden);
	add_count(b, "statements", v->statements, false);
	add_count(b, "votes", v->n_votes, false);
	add_count(b, "k", v->k, false);
	add_key(b, "reason");
	buf_json(b, reason_word(v));
	add_pair(b, "explained_variance", v->explained[0], v->explained[1]);
	add_stability(v, b);
	add_groups(v, b);
	add_count(b, "between", v->size[v->k], v->size_hidden[v->k]);
	add_picks(v, b, "shared_agree", &v->shared);
	add_picks(v, b, "shared_disagree", &v->shared_against);
	add_key(b, "statement");
	buf_byte(b, '[');
	for (ptrdiff_t j = 0; j < v->statements; j++)
		add_statement(v, b, j);
	buf_byte(b, ']');
	add_places(v, b);
	buf_add(b, S("}\n"));
	return out.full ? S("") : buf_str(b);
}
