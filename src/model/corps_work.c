/* SPDX-License-Identifier: MPL-2.0 */

/* What people offer and who fits, what was delivered, calendars, and leaving
 * (model/corps.h). */
#include <stdlib.h>

#include "base/buf.h"
#include "base/lang.h"
#include "model/audit.h"
#include "model/setting.h"
#include "model/shift.h"
#include "model/words.h"

/* ---- offers ---- */

static const char SQL_OFFER[] =
    "SELECT knowledge, skills, resources FROM corps_offer"
    " WHERE org = $1 AND network = $2 AND person = $3";

enum err
corps_offer_get(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct corps_offer *out)
{
	struct db_row row;
	*out = (struct corps_offer){.person = person};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_OFFER, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
	if (e != ERR_OK)
		return e;
	out->knowledge = db_text(&row, 0);
	out->skills = db_text(&row, 1);
	out->resources = db_text(&row, 2);
	return ERR_OK;
}

static const char SQL_PUT_OFFER[] =
    "INSERT INTO corps_offer (org, network, person, knowledge, skills,"
    " resources, changed_us) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network, person) DO UPDATE SET knowledge = $4,"
    " skills = $5, resources = $6, changed_us = $7";

enum err
corps_offer_save(struct db *db, struct arena *a, const struct actor *who,
    const struct corps_offer *o, const char **fault)
{
	*fault = corps_words_fault(o->knowledge, CORPS_TEXT, false);
	if (*fault == NULL)
		*fault = corps_words_fault(o->skills, CORPS_TEXT, false);
	if (*fault == NULL)
		*fault = corps_words_fault(o->resources, CORPS_TEXT, false);
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (*fault != NULL)
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_PUT_OFFER, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(o->person), DB_TEXT(o->knowledge),
	    DB_TEXT(o->skills), DB_TEXT(o->resources), DB_INT(who->now_us));
	return e == ERR_OK ? audit_add(db, a, who, S("corps.offer"), o->person)
			   : e;
}

/* ---- who fits ---- */

static const char SQL_OFFERS[] =
    "SELECT o.person, p.number, o.knowledge, o.skills, o.resources,"
    " (SELECT COUNT(*) FROM pledge g WHERE g.org = $1 AND g.network = $2"
    "   AND g.person = o.person AND g.task = $3"
    "   AND (g.state = 'agreed' OR g.state = 'running'))"
    "  FROM corps_offer o"
    "  JOIN person p ON p.org = $1 AND p.network = $2 AND p.id = o.person"
    " WHERE o.org = $1 AND o.network = $2"
    "   AND p.state <> 'stopped' AND p.state <> 'erased'"
    " ORDER BY p.number";

/* How many different stems of `needs` the words have. */
static int64_t
in_common(struct arena *a, struct str needs, struct str offers)
{
	struct words have;
	int64_t n = 0;
	struct str rest = needs;
	words_of(a, offers, &have);
	while (rest.n > 0) {
		struct str word = str_cut(&rest, ' ');
		ptrdiff_t before = needs.n - rest.n - word.n - 1;
		struct str key = STR_JOIN(a, S(" "), word, S(" "));
		bool again = str_find(str_sub(needs, 0, before + 1), key) >= 0;
		/* "og", "i", "at": too short to mean anything */
		if (word.n > 2 && !again && str_find(have.stems, key) >= 0)
			n++;
	}
	return n;
}

static int
by_words(const void *x, const void *y)
{
	const struct corps_match *p = x, *q = y;
	if (p->words != q->words)
		return p->words > q->words ? -1 : 1;
	return str_cmp(p->name, q->name);
}

static void
add_match(struct arena *a, struct corps_matches *out, struct str needs,
    struct corps_match m)
{
	m.words = in_common(a, needs, m.offers);
	if (m.words > 0)
		out->list[out->n++] = m;
}

static struct str
join_lines(struct arena *a, struct str one, struct str two, struct str three)
{
	struct str all = one;
	if (two.n > 0)
		all = all.n > 0 ? STR_JOIN(a, all, S(" · "), two) : two;
	if (three.n > 0)
		all = all.n > 0 ? STR_JOIN(a, all, S(" · "), three) : three;
	return all;
}

enum err
corps_match(struct db *db, struct arena *a, const struct actor *who,
    const struct corps_task *t, struct corps_matches *out)
{
	struct db_rows rows;
	struct records actors;
	struct words needs;
	*out = (struct corps_matches){0};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_OFFERS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(t->id));
	if (e == ERR_OK)
		e = record_list(db, a, who, KIND_ACTOR, &actors);
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct corps_match, rows.n + actors.n);
	words_of(a, t->needs, &needs);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		add_match(a, out, needs.stems,
		    (struct corps_match){.person = db_id(row, 0),
			.name = person_code(a, db_int(row, 1)),
			.offers = join_lines(a, db_text(row, 2),
			    db_text(row, 3), db_text(row, 4)),
			.pledged = db_int(row, 5) > 0});
	}
	for (ptrdiff_t i = 0; i < actors.n; i++) {
		const struct record *r = &actors.list[i];
		add_match(a, out, needs.stems,
		    (struct corps_match){.actor = r->id,
			.name = record_value(r, "name"),
			.offers = join_lines(a, record_value(r, "knowledge"),
			    record_value(r, "skills"),
			    record_value(r, "resources"))});
	}
	if (out->n > 0)
		qsort(out->list, (size_t)out->n, sizeof *out->list, by_words);
	return ERR_OK;
}

/* ---- what was delivered ---- */

static const char SQL_DELIVERIES[] =
    "SELECT id, task, day, what, staff_min FROM delivery WHERE org = $1"
    " AND network = $2 ORDER BY day DESC, id DESC";
static const char SQL_DELIVERIES_OF[] =
    "SELECT id, task, day, what, staff_min FROM delivery WHERE org = $1"
    " AND network = $2 AND task = $3 ORDER BY day DESC, id DESC";

enum err
delivery_list(struct db *db, struct arena *a, const struct actor *who,
    struct id task, struct deliveries *out)
{
	struct db_rows rows;
	*out = (struct deliveries){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = id_is_set(task)
	    ? db_all(db, a, SQL_DELIVERIES_OF, &rows, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(task))
	    : db_all(db, a, SQL_DELIVERIES, &rows, DB_ID(who->org),
		  DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out =
	    (struct deliveries){arena_new(a, struct delivery, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct delivery){db_id(row, 0), db_id(row, 1),
		    db_text(row, 2), db_text(row, 3), db_int(row, 4)};
	}
	return ERR_OK;
}

static const char SQL_ADD_DELIVERY[] =
    "INSERT INTO delivery (org, network, id, task, day, what, staff_min,"
    " at_us, account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (org, network, id) DO NOTHING";

enum err
delivery_add(struct db *db, struct arena *a, const struct actor *who,
    const struct delivery *d, struct delivery_faults *f)
{
	struct date day;
	struct corps_task task;
	*f = (struct delivery_faults){
	    .what = corps_words_fault(d->what, CORPS_TEXT, true)};
	if (!date_parse(d->day, &day))
		f->day = N_("Write a date that exists, as year-month-day: "
			    "2027-02-28.");
	else if (date_cmp(day, date_danish(who->now_us)) > 0)
		f->day = N_("That day is not here yet.");
	if (d->staff_min < 0 || d->staff_min > 60 * PLEDGE_HOURS)
		f->hours = N_("Write the hours as a number, 0 to 1,000.");
	f->any = f->what || f->day || f->hours;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (f->any)
		return ERR_INVALID;
	enum err e = corps_task_get(db, a, who, d->task, &task);
	if (e == ERR_OK)
		e = db_exec(db, SQL_ADD_DELIVERY, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(d->id), DB_ID(d->task),
		    DB_TEXT(d->day), DB_TEXT(d->what), DB_INT(d->staff_min),
		    DB_INT(who->now_us), DB_ID(who->account));
	return e == ERR_OK ? audit_add(db, a, who, S("delivery.add"), d->id)
			   : e;
}

static const char SQL_MINUTES[] =
    "SELECT SUM(p.minutes), SUM(p.kroner), COUNT(DISTINCT p.person)"
    " FROM shift_place p JOIN shift s ON s.org = $1 AND s.network = $2"
    " AND s.id = p.shift WHERE p.org = $1 AND p.network = $2 AND p.came"
    " = 'yes'";
static const char SQL_MINUTES_OF[] =
    "SELECT SUM(p.minutes), SUM(p.kroner), COUNT(DISTINCT p.person)"
    " FROM shift_place p JOIN shift s ON s.org = $1 AND s.network = $2"
    " AND s.id = p.shift WHERE p.org = $1 AND p.network = $2 AND p.came"
    " = 'yes' AND s.task = $3";

enum err
delivery_share(struct db *db, struct arena *a, const struct actor *who,
    struct id task, struct delivery_share *out)
{
	struct db_row row;
	struct deliveries all;
	struct settings_now now;
	*out = (struct delivery_share){0};
	enum err e = delivery_list(db, a, who, task, &all);
	if (e == ERR_OK)
		e = setting_list(db, a, who, &now);
	if (e == ERR_OK)
		e = id_is_set(task)
		    ? db_one(db, a, SQL_MINUTES_OF, &row, DB_ID(who->org),
			  DB_ID(who->network), DB_ID(task))
		    : db_one(db, a, SQL_MINUTES, &row, DB_ID(who->org),
			  DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = 0; i < all.n; i++)
		out->staff_min += all.list[i].staff_min;
	out->people = db_int(&row, 2);
	out->hidden =
	    db_int(&row, 0) > 0 && out->people < setting_number(&now, S("k"));
	if (out->hidden)
		return ERR_OK;
	out->citizen_min = db_int(&row, 0);
	out->kroner = db_int(&row, 1);
	return ERR_OK;
}

/* ---- calendars ---- */

static const char SQL_FEED[] =
    "INSERT INTO corps_feed (org, network, person, token, made_us)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (org, network, person) DO UPDATE SET token = $4,"
    " made_us = $5";

enum err
corps_feed_new(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct str *token)
{
	*token = token_new(a);
	struct hash hash = hash_of(*token);
	enum err e =
	    db_exec(db, SQL_FEED, NULL, DB_ID(who->org), DB_ID(who->network),
		DB_ID(person), DB_HASH(hash), DB_INT(who->now_us));
	return e == ERR_OK ? audit_add(db, a, who, S("corps.feed"), person) : e;
}

static const char SQL_FEED_END[] =
    "DELETE FROM corps_feed WHERE org = $1 AND network = $2 AND person = $3";

enum err
corps_feed_end(struct db *db, const struct actor *who, struct id person)
{
	return db_exec(db, SQL_FEED_END, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
}

static const char SQL_FEED_IS[] =
    "SELECT made_us FROM corps_feed"
    " WHERE org = $1 AND network = $2 AND person = $3";

enum err
corps_feed_is(struct db *db, struct arena *a, const struct actor *who,
    struct id person, bool *out)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_FEED_IS, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
	*out = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static const char SQL_FEED_FIND[] =
    "SELECT network, person FROM corps_feed WHERE org = $1 AND token = $2";

enum err
corps_feed_find(struct db *db, struct arena *a, struct id org, struct str token,
    struct corps_feed *out)
{
	struct db_row row;
	struct hash hash = hash_of(token_normal(a, token));
	enum err e =
	    db_one(db, a, SQL_FEED_FIND, &row, DB_ID(org), DB_HASH(hash));
	if (e != ERR_OK)
		return e;
	*out = (struct corps_feed){db_id(&row, 0), db_id(&row, 1)};
	return ERR_OK;
}
