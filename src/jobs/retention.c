/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/retention.h"

#include "base/buf.h"
#include "base/log.h"
#include "model/retention.h"
#include "model/setting.h"

struct work {
	struct job_turn *turn;
	struct retained_list ready;
	struct retain_piece piece;
	struct retain_share share;
	int64_t gone; /* by the last write */
	int64_t done, total;
};

/* ---- writes: each may be run more than once ---- */

static enum err
write_hold(void *arg, struct db *db)
{
	struct work *w = arg;
	return retention_hold(db, &w->turn->who, &w->share);
}

static enum err
write_begin(void *arg, struct db *db)
{
	struct work *w = arg;
	return retention_begin(db, &w->turn->who, w->piece.network);
}

static enum err
write_piece(void *arg, struct db *db)
{
	struct work *w = arg;
	return retention_piece(
	    db, w->turn->arena, &w->turn->who, &w->piece, &w->gone);
}

static enum err
write_end(void *arg, struct db *db)
{
	struct work *w = arg;
	return retention_end(
	    db, w->turn->arena, &w->turn->who, w->piece.network);
}

/* ---- what is to be done ---- */

static enum err
find_ready(struct work *w)
{
	struct retained_list all;
	struct job_turn *t = w->turn;
	enum err e = retention_list(t->db, t->arena, &t->who, &all);
	if (e != ERR_OK)
		return e;
	w->ready.list = arena_new(t->arena, struct retained, all.n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		struct retain_counts counts;
		if (!retention_ready(&all.list[i], t->who.now_us))
			continue;
		w->ready.list[w->ready.n++] = all.list[i];
		e = retention_count(
		    t->db, t->arena, &t->who, all.list[i].network, &counts);
		w->total += counts.total;
	}
	return e;
}

/* After a jump of the clock (TR16): *held when too much would go. */
static enum err
look_at_clock(struct work *w, bool *held)
{
	struct job_turn *t = w->turn;
	struct retention_clock clock;
	struct settings_now now;
	*held = false;
	enum err e = retention_clock(t->db, t->arena, &t->who, &clock);
	if (e != ERR_OK || clock.held_us == 0)
		return e;
	e = setting_list(t->db, t->arena, &t->who, &now);
	if (e == ERR_OK)
		e = retention_share(
		    t->db, t->arena, &t->who, &w->ready, &w->share);
	if (e != ERR_OK ||
	    w->share.percent <= setting_number(&now, S("retention_percent")))
		return e;
	*held = true;
	log_event(LOG_WARN, "retention_held", LOG_STR("table", w->share.table),
	    LOG_INT("percent", w->share.percent));
	return job_write(t, write_hold, w);
}

/* ---- doing it ---- */

static enum err
carry_out(struct work *w, ptrdiff_t rule)
{
	enum err e = ERR_OK;
	w->piece.rule = rule;
	do {
		if (!job_progress(w->turn, w->done, w->total))
			return ERR_CONFLICT;
		w->gone = 0;
		e = job_write(w->turn, write_piece, w);
		w->done += w->gone;
		if (w->done > w->total)
			w->total = w->done;
	} while (e == ERR_OK && w->gone > 0);
	return e;
}

static enum err
carry_out_aged(struct work *w)
{
	struct retain_rules rules = retain_rules();
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < rules.n; i++) {
		if (rules.list[i].how == RETAIN_AGED)
			e = carry_out(w, i);
	}
	return e;
}

static enum err
empty_network(struct work *w, struct id network)
{
	struct retain_rules rules = retain_rules();
	w->piece.network = network;
	enum err e = job_write(w->turn, write_begin, w);
	for (ptrdiff_t i = 0; e == ERR_OK && i < rules.n; i++) {
		if (rules.list[i].how < RETAIN_AGED)
			e = carry_out(w, i);
	}
	return e == ERR_OK ? job_write(w->turn, write_end, w) : e;
}

enum err
retention_job(struct job_turn *turn, struct str data_dir)
{
	struct work w = {.turn = turn, .piece = {.dir = data_dir}};
	bool held = false;
	enum err e = find_ready(&w);
	if (e == ERR_OK)
		e = look_at_clock(&w, &held);
	if (e != ERR_OK || held) {
		turn->result = held ? S("held") : S("");
		return e;
	}
	e = carry_out_aged(&w);
	for (ptrdiff_t i = 0; e == ERR_OK && i < w.ready.n; i++)
		e = empty_network(&w, w.ready.list[i].network);
	turn->result = str_fmt(turn->arena, "%lld", (long long)w.done);
	return e;
}

/* ---- nowhere in the files ---- */

static enum err
write_empty_log(void *arg, struct db *db)
{
	(void)arg;
	db_empty_log(db);
	return ERR_OK;
}

/* Of tables that hold anything about people; SQLite's index has parts of its
 * own. */
static bool
is_rewritten(const struct retain_rule *rule)
{
	return rule->how != RETAIN_KEPT &&
	    !str_eq(str_c(rule->table), S("search_words_doc"));
}

enum err
scrub_job(struct job_turn *turn)
{
	struct retain_rules rules = retain_rules();
	enum err e = job_write(turn, write_empty_log, NULL);
	for (ptrdiff_t i = 0; e == ERR_OK && i < rules.n; i++) {
		if (!job_progress(turn, i, rules.n))
			return ERR_CONFLICT;
		if (is_rewritten(&rules.list[i]) &&
		    db_rewrite(turn->db, rules.list[i].table) != ERR_OK)
			e = ERR_UNAVAIL; /* in use just now: later */
	}
	return e == ERR_OK ? db_rewrite(turn->db, "pg_statistic") : e;
}
