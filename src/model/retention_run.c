/* SPDX-License-Identifier: MPL-2.0 */

/* Counting what would go, and letting it go (model/retention.h). */
#include "base/clock.h"
#include "model/audit.h"
#include "model/job.h"
#include "model/media.h"
#include "model/retention.h"
#include "model/scrub.h"
#include "model/search.h"
#include "model/setting.h"

static bool
is_table(ptrdiff_t rule, const char *table)
{
	return str_eq(str_c(retain_rules().list[rule].table), str_c(table));
}

/* ---- people who are in no other network ---- */

static const char SQL_ALONE[] =
    "SELECT DISTINCT p.vault FROM person p WHERE p.org = $1 AND p.network = $2"
    "   AND p.vault IS NOT NULL AND NOT EXISTS"
    "  (SELECT 1 FROM person q WHERE q.org = $1 AND q.vault = p.vault"
    "    AND q.network <> $2)"
    "   AND NOT EXISTS"
    "  (SELECT 1 FROM account s WHERE s.org = $1 AND s.id = p.vault)"
    " LIMIT 200";

static const char SQL_ALONE_COUNT[] =
    "SELECT COUNT(DISTINCT p.vault) FROM person p"
    " WHERE p.org = $1 AND p.network = $2 AND p.vault IS NOT NULL"
    "   AND NOT EXISTS"
    "  (SELECT 1 FROM person q WHERE q.org = $1 AND q.vault = p.vault"
    "    AND q.network <> $2)"
    "   AND NOT EXISTS"
    "  (SELECT 1 FROM account s WHERE s.org = $1 AND s.id = p.vault)";

static const char SQL_LET_GO[] =
    "UPDATE person SET vault = NULL WHERE org = $1 AND vault = $2";

static const char SQL_VAULT[] =
    "DELETE FROM vault WHERE org = $1 AND person = $2";

static enum err
piece_of_vault(struct db *db, struct arena *a, const struct actor *who,
    struct id network, int64_t *gone)
{
	struct db_rows rows;
	enum err e =
	    db_all(db, a, SQL_ALONE, &rows, DB_ID(who->org), DB_ID(network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct id entry = db_id(&rows.row[i], 0);
		e = db_exec(
		    db, SQL_LET_GO, NULL, DB_ID(who->org), DB_ID(entry));
		if (e == ERR_OK)
			e = db_exec(
			    db, SQL_VAULT, NULL, DB_ID(who->org), DB_ID(entry));
	}
	*gone = e == ERR_OK ? rows.n : 0;
	return e;
}

/* ---- counting ---- */

static enum err
count_rule(struct db *db, struct arena *a, const struct actor *who,
    const struct retain_piece *of, int64_t *out)
{
	struct db_row row;
	const char *sql = is_table(of->rule, "vault")
	    ? SQL_ALONE_COUNT
	    : retain_sql(of->rule)->count;
	enum err e =
	    db_one(db, a, sql, &row, DB_ID(who->org), DB_ID(of->network));
	*out = e == ERR_OK ? db_int(&row, 0) : 0;
	return e;
}

static bool
by_network(ptrdiff_t rule)
{
	enum retain how = retain_rules().list[rule].how;
	return how == RETAIN_ROWS || how == RETAIN_WORDS;
}

enum err
retention_count(struct db *db, struct arena *a, const struct actor *who,
    struct id network, struct retain_counts *out)
{
	struct retain_rules rules = retain_rules();
	enum err e = ERR_OK;
	*out = (struct retain_counts){.of = arena_new(a, int64_t, rules.n)};
	if (!actor_may(who, CAP_OVERVIEW))
		return ERR_DENIED;
	for (ptrdiff_t i = 0; e == ERR_OK && i < rules.n; i++) {
		struct retain_piece of = {.network = network, .rule = i};
		if (!by_network(i))
			continue;
		e = count_rule(db, a, who, &of, &out->of[i]);
		out->total += out->of[i];
	}
	return e;
}

/* The moment up to which rows with a clock of their own go. */
static enum err
aged_until(struct db *db, struct arena *a, const struct actor *who,
    ptrdiff_t rule, int64_t *until_us)
{
	struct settings_now now;
	const char *days = retain_rules().list[rule].days;
	enum err e = setting_list(db, a, who, &now);
	if (e == ERR_OK)
		*until_us =
		    who->now_us - setting_number(&now, str_c(days)) * DAY_US;
	return e;
}

struct share_sum {
	const struct retained_list *ready;
	int64_t percent;
};

static enum err
due_by_clock(struct db *db, struct arena *a, const struct actor *who,
    ptrdiff_t rule, int64_t *due)
{
	struct db_row row;
	int64_t until = 0;
	enum err e = aged_until(db, a, who, rule, &until);
	if (e == ERR_OK)
		e = db_one(db, a, retain_sql(rule)->count, &row,
		    DB_ID(who->org), DB_INT(until));
	*due = e == ERR_OK ? db_int(&row, 0) : 0;
	return e;
}

/* In per cent of the table; 0 when nothing goes. */
static enum err
share_of(struct db *db, struct arena *a, const struct actor *who,
    ptrdiff_t rule, struct share_sum *sum)
{
	struct db_row row;
	enum err e = ERR_OK;
	int64_t some = 0, due = 0;
	sum->percent = 0;
	if (retain_rules().list[rule].how == RETAIN_AGED)
		e = due_by_clock(db, a, who, rule, &due);
	for (ptrdiff_t i = 0;
	     by_network(rule) && e == ERR_OK && i < sum->ready->n; i++) {
		struct retain_piece of = {
		    .network = sum->ready->list[i].network, .rule = rule};
		e = count_rule(db, a, who, &of, &some);
		due += some;
	}
	if (e == ERR_OK && due > 0)
		e = db_one(
		    db, a, retain_sql(rule)->total, &row, DB_ID(who->org));
	if (e == ERR_OK && due > 0 && db_int(&row, 0) > 0)
		sum->percent = due * 100 / db_int(&row, 0);
	return e;
}

enum err
retention_share(struct db *db, struct arena *a, const struct actor *who,
    const struct retained_list *ready, struct retain_share *out)
{
	struct retain_rules rules = retain_rules();
	struct share_sum sum = {.ready = ready};
	enum err e = ERR_OK;
	*out = (struct retain_share){.table = S("")};
	for (ptrdiff_t i = 0; e == ERR_OK && i < rules.n; i++) {
		if (rules.list[i].how > RETAIN_AGED)
			continue;
		e = share_of(db, a, who, i, &sum);
		if (sum.percent > out->percent)
			*out = (struct retain_share){
			    str_c(rules.list[i].table), sum.percent};
	}
	return e;
}

/* ---- letting go ---- */

static const char SQL_MEDIA[] =
    "SELECT id FROM media WHERE org = $1 AND network = $2 ORDER BY id LIMIT 50";

/* Files too, so a few at a time. */
static enum err
piece_of_media(struct db *db, struct arena *a, const struct actor *who,
    const struct retain_piece *of, int64_t *gone)
{
	struct db_rows rows;
	struct actor in = actor_inside(who, of->network);
	enum err e = db_all(
	    db, a, SQL_MEDIA, &rows, DB_ID(who->org), DB_ID(of->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++)
		e = media_erase(db, a, &in, db_id(&rows.row[i], 0), of->dir);
	*gone = e == ERR_OK ? rows.n : 0;
	return e;
}

static const char SQL_VOICES[] =
    "SELECT id FROM contribution WHERE org = $1 AND network = $2"
    " ORDER BY id LIMIT 200";

/* What the piece takes, as retain_sql() chooses it. */
static enum err
drop_from_search(
    struct db *db, struct arena *a, const struct actor *who, struct id network)
{
	struct db_rows rows;
	struct actor in = actor_inside(who, network);
	enum err e =
	    db_all(db, a, SQL_VOICES, &rows, DB_ID(who->org), DB_ID(network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++)
		e = search_drop(db, a, &in, db_id(&rows.row[i], 0));
	return e;
}

static const char SQL_GONE[] = "UPDATE retention SET rows_gone = rows_gone + $3"
			       " WHERE org = $1 AND network = $2";

enum err
retention_piece(struct db *db, struct arena *a, const struct actor *who,
    const struct retain_piece *of, int64_t *gone)
{
	const struct retain_rules all = retain_rules();
	const struct retain_rule *rule = &all.list[of->rule];
	int64_t until = 0;
	enum err e = ERR_OK;
	*gone = 0;
	if (!actor_may(who, CAP_OVERVIEW) || id_is_set(who->account))
		return ERR_DENIED; /* the program's alone */
	if (rule->how == RETAIN_AGED) {
		e = aged_until(db, a, who, of->rule, &until);
		return e != ERR_OK ? e
				   : db_exec(db, retain_sql(of->rule)->piece,
					 gone, DB_ID(who->org), DB_INT(until));
	}
	if (!by_network(of->rule))
		return ERR_OK;
	if (is_table(of->rule, "contribution"))
		e = drop_from_search(db, a, who, of->network);
	if (is_table(of->rule, "vault"))
		e = piece_of_vault(db, a, who, of->network, gone);
	else if (is_table(of->rule, "media"))
		e = piece_of_media(db, a, who, of, gone);
	else if (e == ERR_OK)
		e = db_exec(db, retain_sql(of->rule)->piece, gone,
		    DB_ID(who->org), DB_ID(of->network));
	return e != ERR_OK || *gone == 0
	    ? e
	    : db_exec(db, SQL_GONE, NULL, DB_ID(who->org), DB_ID(of->network),
		  DB_INT(*gone));
}

static const char SQL_BEGIN[] =
    "UPDATE retention SET begun_us = $3"
    " WHERE org = $1 AND network = $2 AND begun_us IS NULL";

enum err
retention_begin(struct db *db, const struct actor *who, struct id network)
{
	return db_exec(db, SQL_BEGIN, NULL, DB_ID(who->org), DB_ID(network),
	    DB_INT(who->now_us));
}

static const char SQL_END[] =
    "UPDATE retention SET done_us = $3"
    " WHERE org = $1 AND network = $2 AND done_us IS NULL";

enum err
retention_end(
    struct db *db, struct arena *a, const struct actor *who, struct id network)
{
	int64_t changed = 0;
	struct actor inside = actor_inside(who, network);
	enum err e = db_exec(db, SQL_END, &changed, DB_ID(who->org),
	    DB_ID(network), DB_INT(who->now_us));
	if (e != ERR_OK || changed == 0)
		return e;
	e = scrub_ask(db, a, who);
	return e == ERR_OK
	    ? audit_add(db, a, &inside, S("retention.delete"), network)
	    : e;
}

/* ---- what comes by the clock ---- */

static const char SQL_NOTE_ENDED[] =
    "INSERT INTO retention (org, network, ended_us, decision, reference, day,"
    " handed, rows_gone)"
    " SELECT n.org, n.network, COALESCE(n.removed_us, n.changed_us), '', '',"
    "  '', '', 0 FROM network n WHERE n.org = $1"
    "   AND (n.removed_us IS NOT NULL OR n.state IN ('closed', 'archived'))"
    " ON CONFLICT (org, network) DO NOTHING";

/* Went on after all: the clock begins anew when it ends again. */
static const char SQL_NOTE_OPEN[] =
    "DELETE FROM retention WHERE org = $1 AND begun_us IS NULL"
    " AND network IN (SELECT n.network FROM network n WHERE n.org = $1"
    "  AND n.removed_us IS NULL AND n.state NOT IN ('closed', 'archived'))";

static const char SQL_CLOCK[] =
    "SELECT seen_us, asked_us FROM retention_clock WHERE org = $1";

static const char SQL_SEEN[] =
    "INSERT INTO retention_clock (org, seen_us, asked_us, held_us, held_table,"
    " held_share) VALUES ($1, $2, 0, NULL, '', 0)"
    " ON CONFLICT (org) DO UPDATE SET seen_us = $2";

static const char SQL_JUMPED[] = "UPDATE retention_clock SET held_us = $2"
				 " WHERE org = $1 AND held_us IS NULL";

static const char SQL_ASKED[] =
    "UPDATE retention_clock SET asked_us = $2 WHERE org = $1";

static enum err
look_at_clock(
    struct db *db, struct arena *a, const struct actor *who, int64_t *asked_us)
{
	struct db_row row;
	bool jumped = false;
	*asked_us = 0;
	enum err e = db_one(db, a, SQL_CLOCK, &row, DB_ID(who->org));
	if (e == ERR_OK) {
		int64_t since = who->now_us - db_int(&row, 0);
		jumped = since < -HOUR_US || since > RETENTION_JUMP_US;
		*asked_us = db_int(&row, 1);
	}
	if (e == ERR_OK || e == ERR_NOT_FOUND)
		e = db_exec(
		    db, SQL_SEEN, NULL, DB_ID(who->org), DB_INT(who->now_us));
	return e == ERR_OK && jumped ? db_exec(db, SQL_JUMPED, NULL,
					   DB_ID(who->org), DB_INT(who->now_us))
				     : e;
}

/* One that waits still is enough. */
static const char SQL_WAITING[] =
    "SELECT COUNT(*) FROM job WHERE org = $1 AND kind = 'retention'"
    " AND state IN ('waiting', 'running')";

static enum err
ask_for_job(struct db *db, struct arena *a, const struct actor *who)
{
	struct db_row row;
	struct job job = {
	    .id = id_new(who->now_us), .kind = S("retention"), .args = S("{}")};
	enum err e = db_one(db, a, SQL_WAITING, &row, DB_ID(who->org));
	if (e != ERR_OK || db_int(&row, 0) > 0)
		return e;
	e = db_exec(db, SQL_ASKED, NULL, DB_ID(who->org), DB_INT(who->now_us));
	return e == ERR_OK ? job_add(db, who, &job) : e;
}

enum err
retention_daily(struct db *db, struct arena *a, const struct actor *program)
{
	int64_t asked;
	enum err e = look_at_clock(db, a, program, &asked);
	if (e == ERR_OK)
		e = db_exec(db, SQL_NOTE_OPEN, NULL, DB_ID(program->org));
	if (e == ERR_OK)
		e = db_exec(db, SQL_NOTE_ENDED, NULL, DB_ID(program->org));
	if (e != ERR_OK)
		return e;
	bool today = date_days(date_danish(asked)) ==
	    date_days(date_danish(program->now_us));
	return today ? ERR_OK : ask_for_job(db, a, program);
}
