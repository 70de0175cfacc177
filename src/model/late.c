/* SPDX-License-Identifier: MPL-2.0 */
#include "model/late.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/lang.h"
#include "model/erasure.h"
#include "model/setting.h"

const char *
late_words(enum late_kind kind)
{
	static const char *const words[] = {
	    [LATE_REASON] = N_("The reason for a decision"),
	    [LATE_ANSWERS] = N_("Answers to those who spoke"),
	    [LATE_REQUEST] = N_("An answer about somebody's data"),
	    [LATE_ERASURE] = N_("An answer to a wish to be deleted"),
	};
	return words[kind];
}

static enum late_stage
stage_of(struct date due, struct date today)
{
	int64_t late = date_days(today) - date_days(due);
	if (late >= LATE_LONG_DAYS)
		return LATE_LONG;
	if (late > 0)
		return LATE_NOW;
	return late >= -LATE_SOON_DAYS ? LATE_SOON : LATE_NOT;
}

/* Of what waits (x): the network's name and who leads it. */
#define SQL_WHOSE                                                     \
	" JOIN network n ON n.org = $1 AND n.network = x.network"     \
	"  AND n.removed_us IS NULL"                                  \
	" LEFT JOIN member m ON m.org = $1 AND m.network = x.network" \
	"  AND m.role = 'leader'"

static const char SQL_DECISIONS[] =
    "SELECT x.network, x.id, n.name, m.account, x.title, x.state, x.taken"
    "  FROM decision x" SQL_WHOSE " WHERE x.org = $1 AND x.removed_us IS NULL"
    "  AND x.state IN ('taken', 'reasoned') ORDER BY x.taken, x.id LIMIT $2";

static const char SQL_REQUESTS[] =
    "SELECT x.network, x.id, n.name, m.account, x.received, x.longer"
    "  FROM subject_request x" SQL_WHOSE
    " WHERE x.org = $1 AND x.outcome = '' ORDER BY x.received, x.id LIMIT $2";

static const char SQL_ERASURES[] =
    "SELECT x.network, x.person, n.name, m.account, x.asked_us, x.longer"
    "  FROM erasure x" SQL_WHOSE " WHERE x.org = $1 AND x.answered_us IS NULL"
    " ORDER BY x.asked_us, x.person LIMIT $2";

struct look {
	const struct actor *who;
	struct date today;
	int64_t answer_days; /* from a decision to its answers */
	struct lates *out;
};

static void
add(const struct look *l, const struct db_row *row, struct late late)
{
	late.network = db_id(row, 0);
	late.about = db_id(row, 1);
	late.network_name = db_text(row, 2);
	if (!db_is_null(row, 3))
		late.leader = db_id(row, 3);
	late.stage = stage_of(late.due, l->today);
	l->out->list[l->out->n++] = late;
}

static void
add_decision(const struct look *l, const struct db_row *row)
{
	struct date taken;
	bool reasoned = str_eq(db_text(row, 5), S("reasoned"));
	if (!date_parse(db_text(row, 6), &taken))
		return;
	add(l, row,
	    (struct late){.title = db_text(row, 4),
		.kind = reasoned ? LATE_ANSWERS : LATE_REASON,
		.due = date_from_days(date_days(taken) + l->answer_days)});
}

static void
add_request(const struct look *l, const struct db_row *row)
{
	struct date received;
	if (!date_parse(db_text(row, 4), &received))
		return;
	add(l, row,
	    (struct late){.kind = LATE_REQUEST,
		.title = S(""),
		.due = erasure_due(received, db_text(row, 5).n > 0)});
}

static void
add_erasure(const struct look *l, const struct db_row *row)
{
	struct date asked = date_danish(db_int(row, 4));
	add(l, row,
	    (struct late){.kind = LATE_ERASURE,
		.title = S(""),
		.due = erasure_due(asked, db_text(row, 5).n > 0)});
}

static int
by_due(const void *x, const void *y)
{
	const struct late *p = x, *q = y;
	int64_t a = date_days(p->due), b = date_days(q->due);
	if (a != b)
		return a < b ? -1 : 1;
	return id_cmp(p->about, q->about);
}

static void
add_all(const struct look *l, const struct db_rows *rows,
    void (*add_one)(const struct look *, const struct db_row *))
{
	for (ptrdiff_t i = 0; i < rows->n; i++)
		add_one(l, &rows->row[i]);
}

static enum err
read_all(struct db *db, struct arena *a, const struct look *l)
{
	struct db_rows rows;
	struct id org = l->who->org;
	enum err e =
	    db_all(db, a, SQL_DECISIONS, &rows, DB_ID(org), DB_INT(LATE_MOST));
	if (e != ERR_OK)
		return e;
	add_all(l, &rows, add_decision);
	e = db_all(db, a, SQL_REQUESTS, &rows, DB_ID(org), DB_INT(LATE_MOST));
	if (e != ERR_OK)
		return e;
	add_all(l, &rows, add_request);
	e = db_all(db, a, SQL_ERASURES, &rows, DB_ID(org), DB_INT(LATE_MOST));
	if (e == ERR_OK)
		add_all(l, &rows, add_erasure);
	return e;
}

enum err
late_list(
    struct db *db, struct arena *a, const struct actor *who, struct lates *out)
{
	struct settings_now now;
	struct look l = {
	    .who = who, .today = date_danish(who->now_us), .out = out};
	*out = (struct lates){.list = arena_new(a, struct late, 3 * LATE_MOST)};
	if (!actor_may(who, CAP_OVERVIEW))
		return ERR_DENIED;
	enum err e = setting_list(db, a, who, &now);
	if (e == ERR_OK)
		l.answer_days = setting_number(&now, S("first_answer_days"));
	if (e == ERR_OK)
		e = read_all(db, a, &l);
	if (e == ERR_OK && out->n > 1)
		qsort(out->list, (size_t)out->n, sizeof *out->list, by_due);
	return e;
}

static const char SQL_TELL[] =
    "INSERT INTO late_told (org, network, about, account, stage, at_us)"
    " VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (org, network, about, account, stage) DO NOTHING";

enum err
late_tell(struct db *db, const struct actor *who, const struct late *late,
    struct id account)
{
	static const char *const stages[] = {"", "soon", "late", "long"};
	static const char *const kinds[] = {
	    "reason", "answers", "request", "erasure"};
	int64_t added = 0;
	char told[60];
	struct buf b = buf_on(told, sizeof told);
	buf_fmt(&b, "%s %s %lld", kinds[late->kind], stages[late->stage],
	    (long long)date_days(late->due));
	enum err e = db_exec(db, SQL_TELL, &added, DB_ID(who->org),
	    DB_ID(late->network), DB_ID(late->about), DB_ID(account),
	    DB_TEXT(buf_str(&b)), DB_INT(who->now_us));
	return e == ERR_OK && added == 0 ? ERR_NOT_FOUND : e;
}
