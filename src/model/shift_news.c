/* SPDX-License-Identifier: MPL-2.0 */
#include "model/shift_news.h"

#include "base/buf.h"
#include "model/audit.h"

static const struct {
	const char *what, *words;
	bool place;
} kinds[] = {
    {"moved_up", N_("You have moved up. You are on this shift now."), true},
    {"shared", N_("The places are given out. You are on this shift."), true},
    {"queued", N_("The places are given out. You wait in line for this shift."),
	false},
    {"took", N_("You have taken over this shift from somebody else."), true},
    {"handed", N_("Somebody else has taken this shift. You are off it now."),
	false},
    {"off", N_("This shift is cancelled."), false},
};

static ptrdiff_t
kind_of(struct str what)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		if (str_eq(str_c(kinds[i].what), what))
			return i;
	}
	return -1;
}

bool
shift_is_news(struct str what)
{
	return kind_of(what) >= 0;
}

struct str
shift_news_words(struct arena *a, enum lang lang, const struct shift_news *news)
{
	ptrdiff_t i = kind_of(news->what);
	struct str words = i < 0 ? S("") : tr(lang, kinds[i].words);
	return news->shift.cancelled_us > 0
	    ? STR_JOIN(a, words, S(" "), news->shift.reason)
	    : words;
}

bool
shift_news_is_place(const struct shift_news *news)
{
	ptrdiff_t i = kind_of(news->what);
	return i >= 0 && kinds[i].place;
}

/* ---- reading ---- */

#define SQL_COLUMNS                                                         \
	"e.network, e.person, w.vault, p.id, e.shift, s.day,"               \
	" s.from_min, s.to_min, s.place, t.title, s.cancelled_us, e.seq,"   \
	" w.number, e.what, w.alias, w.channel, w.lang, t.contact, p.line," \
	" w.state, e.tell, s.reason"

static const char SQL_DUE[] =
    "SELECT " SQL_COLUMNS "  FROM shift_event e"
    "  JOIN shift s ON s.org = $1 AND s.network = e.network"
    "   AND s.id = e.shift"
    "  JOIN corps_task t ON t.org = $1 AND t.network = e.network"
    "   AND t.id = s.task"
    "  JOIN person w ON w.org = $1 AND w.network = e.network"
    "   AND w.id = e.person"
    "  JOIN shift_place p ON p.org = $1 AND p.network = e.network"
    "   AND p.shift = e.shift AND p.person = e.person"
    " WHERE e.org = $1 AND e.tell = 'due'"
    " ORDER BY e.network, e.person, s.day, s.from_min, e.shift, e.seq";

/* Also what is due and will not go by mail. */
static const char SQL_BY_HAND[] =
    "SELECT " SQL_COLUMNS "  FROM shift_event e"
    "  JOIN shift s ON s.org = $1 AND s.network = $2 AND s.id = e.shift"
    "  JOIN corps_task t ON t.org = $1 AND t.network = $2 AND t.id = s.task"
    "  JOIN person w ON w.org = $1 AND w.network = $2 AND w.id = e.person"
    "  JOIN shift_place p ON p.org = $1 AND p.network = $2"
    "   AND p.shift = e.shift AND p.person = e.person"
    " WHERE e.org = $1 AND e.network = $2 AND (e.tell = 'hand'"
    "   OR (e.tell = 'due' AND w.channel <> 'mail'))"
    " ORDER BY w.number, s.day, s.from_min, e.shift, e.seq";

/* They were put elsewhere since when the row has another place in line; of a
 * shift that is cancelled that is all there is to tell. */
static bool
is_late(const struct db_row *row, const struct shift_news *news, int64_t now_us)
{
	struct str state = db_text(row, 19);
	bool moved = db_int(row, 18) != news->seq;
	bool off = news->shift.cancelled_us > 0;
	if (str_eq(news->what, S("off")))
		moved = off = false;
	return moved || off || shift_is_over(&news->shift, now_us) ||
	    str_eq(state, S("stopped")) || str_eq(state, S("erased"));
}

static struct shift_news
read_news(const struct db_row *row, int64_t now_us)
{
	struct shift_news news = {.network = db_id(row, 0),
	    .person = db_id(row, 1),
	    .vault = db_id(row, 2),
	    .place = db_id(row, 3),
	    .shift = {.id = db_id(row, 4),
		.from_min = db_int(row, 6),
		.to_min = db_int(row, 7),
		.place = db_text(row, 8),
		.task_title = db_text(row, 9),
		.cancelled_us = db_int(row, 10),
		.reason = db_text(row, 21)},
	    .seq = db_int(row, 11),
	    .number = db_int(row, 12),
	    .what = db_text(row, 13),
	    .alias = db_text(row, 14),
	    .channel = db_text(row, 15),
	    .lang = db_text(row, 16),
	    .contact = db_text(row, 17),
	    .by_hand = str_eq(db_text(row, 20), S("hand"))};
	(void)!date_parse(db_text(row, 5), &news.shift.day);
	news.late = is_late(row, &news, now_us);
	return news;
}

enum err
shift_news_due(struct db *db, struct arena *a, const struct actor *program,
    struct shift_newses *out)
{
	struct db_rows rows;
	*out = (struct shift_newses){0};
	if (id_is_set(program->account))
		return ERR_DENIED; /* it leads to every network's people */
	enum err e = db_all(db, a, SQL_DUE, &rows, DB_ID(program->org));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct shift_news, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[out->n++] = read_news(&rows.row[i], program->now_us);
	return ERR_OK;
}

enum err
shift_news_list(struct db *db, struct arena *a, const struct actor *who,
    struct shift_newses *out)
{
	struct db_rows rows;
	*out = (struct shift_newses){0};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(
	    db, a, SQL_BY_HAND, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct shift_news, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct shift_news news = read_news(&rows.row[i], who->now_us);
		if (!news.late)
			out->list[out->n++] = news;
	}
	return ERR_OK;
}

/* ---- told ---- */

static const char SQL_SETTLE[] =
    "UPDATE shift_event SET tell = $5, told_us = $6, told_by = $7"
    " WHERE org = $1 AND network = $2 AND shift = $3 AND seq = $4"
    " AND (tell = 'due' OR tell = 'hand')";

static enum err
settle(struct db *db, const struct actor *who, const struct shift_news *news,
    struct str state, int64_t *changed)
{
	bool told = str_eq(state, S("told"));
	return db_exec(db, SQL_SETTLE, changed, DB_ID(who->org),
	    DB_ID(news->network), DB_ID(news->shift.id), DB_INT(news->seq),
	    DB_TEXT(state), told ? DB_INT(who->now_us) : DB_NULL,
	    DB_ID(who->account));
}

enum err
shift_news_settle(struct db *db, const struct actor *who,
    const struct shift_news *news, struct str state)
{
	return settle(db, who, news, state, NULL);
}

enum err
shift_news_said(struct db *db, struct arena *a, const struct actor *who,
    struct id shift, int64_t seq)
{
	int64_t changed = 0;
	struct shift_news news = {
	    .network = who->network, .shift.id = shift, .seq = seq};
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = settle(db, who, &news, S("told"), &changed);
	return e == ERR_OK && changed > 0
	    ? audit_add(db, a, who, S("shift.told"), shift)
	    : e;
}
