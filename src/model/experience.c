/* SPDX-License-Identifier: MPL-2.0 */
#include "model/experience.h"

#include <math.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "model/audit.h"

/* `kind`: 'p' a person, 's' a sheet of paper. */
static struct hash
key_of(struct arena *a, const struct actor *who, struct id activity, char kind,
    struct str id)
{
	return actor_stand_in(
	    a, who, &(struct stand_in){"experience ", activity, kind, id});
}

bool
experience_was_there(const struct citizen *c, struct id activity)
{
	for (ptrdiff_t i = 0; i < c->n_asks; i++) {
		if (id_eq(c->ask[i].activity, activity) && c->ask[i].over &&
		    c->ask[i].paused.n == 0 &&
		    str_eq(c->ask[i].answer, S("yes")))
			return true;
	}
	return false;
}

bool
experience_asked(const struct citizen *c, struct id activity)
{
	return !c->needs_guardian && experience_was_there(c, activity);
}

static struct str
text_of(struct arena *a, const struct experience *x)
{
	struct buf b = buf_new(a, EXPERIENCE_ITEMS + 1);
	for (int i = 0; i < EXPERIENCE_ITEMS; i++)
		buf_byte(&b, (char)('0' + x->mark[i]));
	return buf_str(&b);
}

static bool
parse(struct str text, struct experience *x)
{
	*x = (struct experience){0};
	for (ptrdiff_t i = 0; i < text.n && i < EXPERIENCE_ITEMS; i++) {
		int digit = text.p[i] - '0';
		if (digit < 0 || digit > EXPERIENCE_DONT_KNOW)
			return false;
		x->mark[i] = (int8_t)digit;
	}
	return text.n == EXPERIENCE_ITEMS;
}

/* ---- by a citizen ---- */

static const char SQL_GET[] =
    "SELECT answers FROM experience"
    " WHERE org = $1 AND network = $2 AND activity = $3 AND who = $4";

enum err
experience_get(struct db *db, struct arena *a, const struct citizen *c,
    struct id activity, struct experience *out)
{
	struct db_row row;
	struct hash key =
	    key_of(a, &c->in, activity, 'p', id_text(a, c->person.id));
	*out = (struct experience){0};
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(c->in.org),
	    DB_ID(c->in.network), DB_ID(activity), DB_HASH(key));
	if (e == ERR_OK && !parse(db_text(&row, 0), out))
		e = ERR_INTERNAL;
	return e;
}

static const char SQL_PUT[] =
    "INSERT INTO experience (org, network, activity, who, way, answers)"
    " VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (org, network, activity, who) DO UPDATE SET answers = $6";

enum err
experience_put(struct db *db, struct arena *a, const struct citizen *c,
    struct id activity, const struct experience *x)
{
	struct hash key =
	    key_of(a, &c->in, activity, 'p', id_text(a, c->person.id));
	if (!experience_asked(c, activity))
		return ERR_NOT_FOUND;
	if (str_eq(text_of(a, x), S("0000")))
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_PUT, NULL, DB_ID(c->in.org),
	    DB_ID(c->in.network), DB_ID(activity), DB_HASH(key),
	    DB_TEXT(S("code")), DB_TEXT(text_of(a, x)));
	return e == ERR_OK
	    ? audit_add(db, a, &c->in, S("experience.answer"), activity)
	    : e;
}

static const char SQL_ERASE[] =
    "DELETE FROM experience"
    " WHERE org = $1 AND network = $2 AND activity = $3 AND who = $4";

enum err
experience_take_back(
    struct db *db, struct arena *a, const struct citizen *c, struct id activity)
{
	int64_t changed = 0;
	struct hash key =
	    key_of(a, &c->in, activity, 'p', id_text(a, c->person.id));
	enum err e = db_exec(db, SQL_ERASE, &changed, DB_ID(c->in.org),
	    DB_ID(c->in.network), DB_ID(activity), DB_HASH(key));
	return e == ERR_OK && changed > 0
	    ? audit_add(db, a, &c->in, S("experience.back"), activity)
	    : e;
}

/* ---- off paper ---- */

/* "SHEET; 4 5 x 3" */
static bool
read_sheet(struct str line, struct str *sheet, struct experience *x)
{
	int n = 0;
	*x = (struct experience){0};
	*sheet = str_trim(str_cut(&line, ';'));
	while (line.n > 0) {
		struct str word = str_trim(str_cut(&line, ' '));
		if (word.n == 0)
			continue;
		char c = word.p[0];
		bool none = c == '-', knows_not = c == 'x' || c == 'X';
		if (word.n != 1 || n == EXPERIENCE_ITEMS ||
		    !(none || knows_not || (c >= '1' && c <= '5')))
			return false;
		x->mark[n++] = knows_not ? EXPERIENCE_DONT_KNOW
		    : none		 ? 0
					 : (int8_t)(c - '0');
	}
	return n == EXPERIENCE_ITEMS && sheet->n > 0;
}

/* First only looks, then keeps: all of them or none. */
static enum err
go_through(struct db *db, struct arena *a, const struct actor *who,
    struct experience_sheets *s, bool keeps)
{
	enum err e = ERR_OK;
	struct str text = s->text;
	s->taken = s->wrong = 0;
	for (int64_t at = 1; e == ERR_OK && text.n > 0; at++) {
		struct experience x;
		struct str sheet;
		struct str line = str_trim(str_cut(&text, '\n'));
		if (line.n == 0)
			continue;
		s->wrong = at;
		if (s->taken == EXPERIENCE_LINES ||
		    !read_sheet(line, &sheet, &x))
			return ERR_INVALID;
		s->wrong = 0;
		s->taken++;
		struct hash key =
		    key_of(a, who, s->activity, 's', utf8_fold(a, sheet));
		if (keeps)
			e = db_exec(db, SQL_PUT, NULL, DB_ID(who->org),
			    DB_ID(who->network), DB_ID(s->activity),
			    DB_HASH(key), DB_TEXT(S("paper")),
			    DB_TEXT(text_of(a, &x)));
	}
	return e;
}

enum err
experience_paper(struct db *db, struct arena *a, const struct actor *who,
    struct experience_sheets *s)
{
	struct record activity;
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e =
	    record_get(db, a, who, KIND_ACTIVITY, s->activity, &activity);
	if (e == ERR_OK)
		e = go_through(db, a, who, s, false);
	if (e == ERR_OK)
		e = go_through(db, a, who, s, true);
	return e == ERR_OK && s->taken > 0
	    ? audit_add(db, a, who, S("experience.paper"), s->activity)
	    : e;
}

/* ---- gone ---- */

static const char SQL_ACTIVITIES[] = "SELECT DISTINCT activity FROM experience"
				     " WHERE org = $1 AND network = $2";

enum err
experience_erase(
    struct db *db, struct arena *a, const struct actor *who, struct id person)
{
	struct db_rows rows;
	enum err e = db_all(
	    db, a, SQL_ACTIVITIES, &rows, DB_ID(who->org), DB_ID(who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct id activity = db_id(&rows.row[i], 0);
		struct hash key =
		    key_of(a, who, activity, 'p', id_text(a, person));
		e = db_exec(db, SQL_ERASE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(activity), DB_HASH(key));
	}
	return e;
}

/* ---- what they answered ---- */

static const char SQL_LIST[] =
    "SELECT activity, answers FROM experience"
    " WHERE org = $1 AND network = $2 ORDER BY activity";

static void
add(struct experience_row *row, const struct experience *x)
{
	row->answered++;
	for (int i = 0; i < EXPERIENCE_ITEMS; i++) {
		if (x->mark[i] == 0 || x->mark[i] == EXPERIENCE_DONT_KNOW)
			continue;
		row->n[i]++;
		row->mean[i] += x->mark[i];
	}
}

enum err
experience_list(struct db *db, struct arena *a, const struct actor *who,
    int64_t k, struct experience_rows *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(
	    db, a, SQL_LIST, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct experience_rows){
	    arena_new(a, struct experience_row, rows.n), 0};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct experience x;
		struct id activity = db_id(&rows.row[i], 0);
		if (!parse(db_text(&rows.row[i], 1), &x))
			return ERR_INTERNAL;
		if (out->n == 0 ||
		    !id_eq(out->list[out->n - 1].activity, activity))
			out->list[out->n++].activity = activity;
		add(&out->list[out->n - 1], &x);
	}
	for (ptrdiff_t r = 0; r < out->n; r++) {
		struct experience_row *row = &out->list[r];
		for (int i = 0; i < EXPERIENCE_ITEMS; i++)
			row->mean[i] = row->n[i] < k
			    ? NAN
			    : row->mean[i] / (double)row->n[i];
	}
	return ERR_OK;
}
