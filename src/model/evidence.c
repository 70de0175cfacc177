/* SPDX-License-Identifier: MPL-2.0 */
#include "model/evidence.h"

#include <math.h>

#include "model/audit.h"
#include "model/record.h"

/* $3 the least scope that is read, below 0 all (as in contribution.c). */
static const char SQL_LIST[] =
    "SELECT e.insight, e.contribution, e.stance, c.kind, c.original,"
    " c.wording, c.anonymity, p.alias, p.number"
    "  FROM evidence e"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = e.contribution"
    "  LEFT JOIN person p ON p.org = $1 AND p.network = $2 AND p.id = c.person"
    " WHERE e.org = $1 AND e.network = $2 AND c.state <> 'withdrawn'"
    "   AND (c.original <> '' OR c.wording <> '')"
    "   AND NOT " SQL_RESTRICTED
    "   AND ($3 < 0 OR (c.scope >= $3 AND c.state <> 'received'))"
    " ORDER BY e.insight, e.stance DESC, e.contribution";

enum err
evidence_list(struct db *db, struct arena *a, const struct actor *who,
    struct evidences *out)
{
	struct db_rows rows;
	bool all = actor_may(who, CAP_PEOPLE);
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_INT(contribution_least(who)));
	if (e != ERR_OK)
		return e;
	*out =
	    (struct evidences){arena_new(a, struct evidence, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct str wording = db_text(row, 5);
		bool unnamed = str_eq(db_text(row, 6), S("none"));
		out->list[i] = (struct evidence){.insight = db_id(row, 0),
		    .contribution = db_id(row, 1),
		    .against = str_eq(db_text(row, 2), S("against")),
		    .kind = db_text(row, 3),
		    .words = wording.n > 0 ? wording : db_text(row, 4),
		    .alias = all || !unnamed ? db_text(row, 7) : S(""),
		    .number = all ? db_int(row, 8) : 0};
	}
	return ERR_OK;
}

static const char SQL_PUT[] =
    "INSERT INTO evidence (org, network, insight, contribution, stance, at_us,"
    " account) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network, insight, contribution) DO UPDATE SET"
    " stance = $5, at_us = $6, account = $7";

enum err
evidence_put(struct db *db, struct arena *a, const struct actor *who,
    const struct evidence *ev)
{
	struct record r;
	struct contribution c;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = record_get(db, a, who, KIND_INSIGHT, ev->insight, &r);
	if (e == ERR_OK)
		e = contribution_get(db, a, who, ev->contribution, &c);
	if (e == ERR_OK && str_eq(c.state, S("withdrawn")))
		return ERR_NOT_FOUND;
	if (e == ERR_OK && c.restricted)
		return ERR_INVALID;
	if (e == ERR_OK)
		e = db_exec(db, SQL_PUT, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(ev->insight),
		    DB_ID(ev->contribution),
		    DB_TEXT(ev->against ? S("against") : S("for")),
		    DB_INT(who->now_us), DB_ID(who->account));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("evidence.put"), ev->insight)
	    : e;
}

static const char SQL_DROP[] =
    "DELETE FROM evidence WHERE org = $1 AND network = $2 AND insight = $3"
    " AND contribution = $4";

enum err
evidence_drop(struct db *db, struct arena *a, const struct actor *who,
    struct id insight, struct id contribution)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_DROP, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(insight), DB_ID(contribution));
	return e == ERR_OK ? audit_add(db, a, who, S("evidence.drop"), insight)
			   : e;
}

/* ---- how many people ---- */

/* What was made of others speaks as the people its origins are of. */
static const char SQL_STRENGTHS[] =
    "SELECT x.insight, x.stance, COUNT(*) FROM"
    " (SELECT DISTINCT e.insight, e.stance,"
    "   COALESCE(o.person, o.id, c.person, c.id) AS voice"
    "  FROM evidence e"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = e.contribution"
    "  LEFT JOIN contribution_line l ON l.org = $1 AND l.network = $2"
    "   AND l.contribution = c.id AND l.root = 1"
    "  LEFT JOIN contribution o ON o.org = $1 AND o.network = $2"
    "   AND o.id = l.ancestor AND o.state <> 'withdrawn'"
    "  WHERE e.org = $1 AND e.network = $2 AND c.state <> 'withdrawn'"
    "   AND (l.ancestor IS NULL OR o.id IS NOT NULL)"
    "   AND NOT " SQL_RESTRICTED ") x"
    " GROUP BY x.insight, x.stance ORDER BY x.insight";

enum err
evidence_strengths(struct db *db, struct arena *a, const struct actor *who,
    struct strengths *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(
	    db, a, SQL_STRENGTHS, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct strengths){arena_new(a, struct strength, rows.n), 0};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct id insight = db_id(row, 0);
		if (out->n == 0 ||
		    !id_eq(out->list[out->n - 1].insight, insight))
			out->list[out->n++].insight = insight;
		struct strength *s = &out->list[out->n - 1];
		if (str_eq(db_text(row, 1), S("against")))
			s->against = db_int(row, 2);
		else
			s->people = db_int(row, 2);
	}
	return ERR_OK;
}

struct strength
evidence_strength(const struct strengths *all, struct id insight)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].insight, insight))
			return all->list[i];
	}
	return (struct strength){.insight = insight};
}

/* ---- who has spoken ---- */

/* What was made of others was counted when it was said. */
static const char SQL_SPEAKERS[] =
    "SELECT c.person, p.source, COUNT(*) FROM contribution c"
    "  LEFT JOIN person p ON p.org = $1 AND p.network = $2 AND p.id = c.person"
    " WHERE c.org = $1 AND c.network = $2 AND c.actor_kind = 'citizen'"
    "   AND c.state <> 'withdrawn' AND NOT EXISTS (SELECT 1"
    "    FROM contribution_making m WHERE m.org = $1 AND m.network = $2"
    "     AND m.contribution = c.id)"
    " GROUP BY c.person, p.source ORDER BY COUNT(*) DESC, c.person";

static const char SQL_GROUPS[] =
    "SELECT c.target_group, COUNT(*) FROM contribution c"
    " WHERE c.org = $1 AND c.network = $2 AND c.state <> 'withdrawn'"
    "   AND c.target_group IS NOT NULL AND NOT EXISTS (SELECT 1"
    "    FROM contribution_making m WHERE m.org = $1 AND m.network = $2"
    "     AND m.contribution = c.id)"
    " GROUP BY c.target_group ORDER BY c.target_group";

/* Rows of people come with the busiest first. */
static void
count_speakers(const struct db_rows *rows, int64_t busiest, struct skew *out)
{
	int64_t taken = 0;
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		const struct db_row *row = &rows->row[i];
		out->contributions += db_int(row, 2);
		out->people += !db_is_null(row, 0);
		if (str_eq(db_text(row, 1), S("interest")))
			out->self_selected += db_int(row, 2);
	}
	int64_t most = (out->people * busiest + 99) / 100;
	for (ptrdiff_t i = 0; i < rows->n && taken < most; i++) {
		if (db_is_null(&rows->row[i], 0))
			continue;
		out->top += db_int(&rows->row[i], 2);
		taken++;
	}
}

enum err
skew_get(struct db *db, struct arena *a, const struct actor *who,
    int64_t busiest, struct skew *out)
{
	struct db_rows speakers, groups;
	*out = (struct skew){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_SPEAKERS, &speakers, DB_ID(who->org),
	    DB_ID(who->network));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_GROUPS, &groups, DB_ID(who->org),
		    DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	count_speakers(&speakers, busiest, out);
	for (ptrdiff_t i = 0; i < groups.n && i < SKEW_GROUPS; i++) {
		out->group[i] = db_id(&groups.row[i], 0);
		out->of_group[i] = db_int(&groups.row[i], 1);
		out->n_groups++;
	}
	return ERR_OK;
}

static const char SQL_SPREAD[] =
    "SELECT c.actor_kind, COUNT(*) FROM contribution c"
    " WHERE c.org = $1 AND c.network = $2 AND c.state <> 'withdrawn'"
    "   AND NOT EXISTS (SELECT 1 FROM contribution_making m"
    "    WHERE m.org = $1 AND m.network = $2 AND m.contribution = c.id)"
    " GROUP BY c.actor_kind ORDER BY c.actor_kind";

enum err
spread_get(
    struct db *db, struct arena *a, const struct actor *who, struct spread *out)
{
	struct db_rows rows;
	*out = (struct spread){.n = 0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(
	    db, a, SQL_SPREAD, &rows, DB_ID(who->org), DB_ID(who->network));
	for (ptrdiff_t i = 0;
	     e == ERR_OK && i < rows.n && out->n < SPREAD_KINDS; i++) {
		out->kind[out->n] = db_text(&rows.row[i], 0);
		out->voices[out->n++] = db_int(&rows.row[i], 1);
	}
	return e;
}

int64_t
skew_of_group(const struct skew *skew, struct id group)
{
	for (ptrdiff_t i = 0; i < skew->n_groups; i++) {
		if (id_eq(skew->group[i], group))
			return skew->of_group[i];
	}
	return 0;
}

double
skew_distance(const int64_t *wanted, const int64_t *heard, ptrdiff_t n)
{
	double all_wanted = 0, all_heard = 0, distance = 0;
	for (ptrdiff_t i = 0; i < n; i++) {
		all_wanted += (double)wanted[i];
		all_heard += (double)heard[i];
	}
	if (all_wanted <= 0 || all_heard <= 0)
		return -1;
	for (ptrdiff_t i = 0; i < n; i++)
		distance += fabs((double)wanted[i] / all_wanted -
		    (double)heard[i] / all_heard);
	return distance / 2;
}
