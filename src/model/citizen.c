/* SPDX-License-Identifier: MPL-2.0 */
#include "model/citizen.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/guardian.h"
#include "model/pause.h"
#include "model/thread.h"

enum { CITIZEN_TEXT = 2000 };

/* ---- who it is ---- */

static const char SQL_CODE[] =
    "SELECT network, person FROM code"
    " WHERE org = $1 AND hash = $2 AND ended_us IS NULL AND ends_us > $3";

static const char SQL_ASKS[] =
    "SELECT id, activity, invitation, answer, way, answered_us FROM sending"
    " WHERE org = $1 AND network = $2 AND person = $3"
    " ORDER BY made_us DESC, id DESC LIMIT 20";

static bool
is_over(const struct record *activity)
{
	struct str state = record_value(activity, "state");
	return !str_eq(state, S("planned")) && !str_eq(state, S("ethics_ok")) &&
	    !str_eq(state, S("invited"));
}

/* One whose words were taken out of the plan is not shown. */
static enum err
read_ask(
    struct db *db, struct arena *a, struct citizen *c, const struct db_row *row)
{
	struct record activity;
	struct citizen_ask ask = {.sending = db_id(row, 0),
	    .activity = db_id(row, 1),
	    .answer = db_text(row, 3),
	    .way = db_text(row, 4),
	    .answered_us = db_int(row, 5)};
	enum err e = record_get(
	    db, a, &c->in, KIND_INVITATION, db_id(row, 2), &ask.invitation);
	if (e == ERR_OK)
		e = record_get(
		    db, a, &c->in, KIND_ACTIVITY, ask.activity, &activity);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	ask.title = record_value(&activity, "title");
	ask.over = is_over(&activity);
	c->ask[c->n_asks++] = ask;
	return ERR_OK;
}

static enum err
mark_paused(struct db *db, struct arena *a, struct citizen *c)
{
	struct pauses all;
	if (c->n_asks == 0)
		return ERR_OK;
	enum err e = pause_list(db, a, &c->in, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < c->n_asks; i++) {
		const struct pause *p = pause_find(&all, c->ask[i].activity);
		c->ask[i].paused = p != NULL ? p->reason : S("");
	}
	return e;
}

static enum err
load_asks(struct db *db, struct arena *a, struct citizen *c)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_ASKS, &rows, DB_ID(c->in.org),
	    DB_ID(c->in.network), DB_ID(c->person.id));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n && i < CITIZEN_ASKS;
	     i++)
		e = read_ask(db, a, c, &rows.row[i]);
	return e == ERR_OK ? mark_paused(db, a, c) : e;
}

static const char SQL_SAID[] =
    "SELECT at_us, text, account FROM message"
    " WHERE org = $1 AND network = $2 AND person = $3"
    " ORDER BY at_us DESC, id DESC LIMIT 100";

static enum err
load_said(struct db *db, struct arena *a, struct citizen *c)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_SAID, &rows, DB_ID(c->in.org),
	    DB_ID(c->in.network), DB_ID(c->person.id));
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = rows.n - 1; i >= 0; i--)
		c->said[c->n_said++] =
		    (struct citizen_said){db_int(&rows.row[i], 0),
			db_text(&rows.row[i], 1), !db_is_null(&rows.row[i], 2)};
	return ERR_OK;
}

static enum err
load_frame(struct db *db, struct arena *a, struct citizen *c)
{
	struct record promise;
	struct id network = c->in.network;
	enum err e = record_get(db, a, &c->in, KIND_PROMISE, network, &promise);
	if (e == ERR_OK)
		c->promise = record_value(&promise, "level");
	if (e == ERR_OK || e == ERR_NOT_FOUND)
		e = record_get(db, a, &c->in, KIND_NOTICE, network, &c->notice);
	if (e == ERR_NOT_FOUND) {
		c->notice = (struct record){.kind = KIND_NOTICE};
		return ERR_OK;
	}
	struct guardian g;
	if (e == ERR_OK)
		e = guardian_load(db, a, &c->in, &g);
	c->needs_guardian =
	    e == ERR_OK && guardian_is_missing(a, &g, &c->person);
	return e;
}

enum err
citizen_enter(struct db *db, struct arena *a, const struct actor *program,
    struct hash code, struct citizen *out)
{
	struct db_row row;
	*out = (struct citizen){.code = code};
	enum err e = db_one(db, a, SQL_CODE, &row, DB_ID(program->org),
	    DB_HASH(code), DB_INT(program->now_us));
	if (e != ERR_OK)
		return e;
	out->in = actor_inside(program, db_id(&row, 0));
	e = person_get(db, a, &out->in, db_id(&row, 1), &out->person);
	if (e == ERR_OK && str_eq(out->person.state, S("erased")))
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = load_asks(db, a, out);
	if (e == ERR_OK)
		e = load_said(db, a, out);
	return e == ERR_OK ? load_frame(db, a, out) : e;
}

static const char SQL_OPENED[] =
    "UPDATE sending SET opened_us = $3, state = 'opened'"
    " WHERE org = $1 AND state IN ('made', 'sent') AND (network, person) ="
    " (SELECT c.network, c.person FROM code c"
    "   WHERE c.org = $1 AND c.hash = $2)";

static const char SQL_CODE_OPENED[] =
    "UPDATE code SET opened_us = $3"
    " WHERE org = $1 AND hash = $2 AND opened_us IS NULL";

enum err
citizen_opened(struct db *db, struct id org, struct hash code, int64_t now_us)
{
	enum err e = db_exec(
	    db, SQL_OPENED, NULL, DB_ID(org), DB_HASH(code), DB_INT(now_us));
	return e == ERR_OK ? db_exec(db, SQL_CODE_OPENED, NULL, DB_ID(org),
				 DB_HASH(code), DB_INT(now_us))
			   : e;
}

/* ---- what they do ---- */

void
citizen_check(const struct citizen_answer *in, struct citizen_faults *f)
{
	bool other = str_eq(in->answer, S("other"));
	*f = (struct citizen_faults){0};
	if (!other && !str_eq(in->answer, S("yes")) &&
	    !str_eq(in->answer, S("no")))
		f->answer = N_("Choose one of the three.");
	if (other && !str_eq(in->way, S("phone")) &&
	    !str_eq(in->way, S("visit")) && !str_eq(in->way, S("later")))
		f->way = N_("Choose how you would like it instead.");
	if (utf8_length(in->text) > CITIZEN_TEXT)
		f->text = N_("This is too long. Call us, and tell the rest.");
	else if (cpr_find(in->text).n > 0)
		f->text = N_("This looks like a CPR number. Please take it "
			     "out. We do not need it.");
	f->any = f->answer || f->way || f->text;
}

static const char SQL_ANSWER[] =
    "UPDATE sending SET state = 'answered', answer = $4, way = $5,"
    " answered_us = $6"
    " WHERE org = $1 AND network = $2 AND id = $3 AND person = $7";

static const char SQL_NEEDS[] =
    "UPDATE person SET rev = rev + 1, needs = $4, needs_asked_us = $5"
    " WHERE org = $1 AND network = $2 AND id = $3";

static const struct citizen_ask *
find_ask(const struct citizen *c, struct id sending)
{
	for (ptrdiff_t i = 0; i < c->n_asks; i++) {
		if (id_eq(c->ask[i].sending, sending))
			return &c->ask[i];
	}
	return NULL;
}

/* What was said last counts: who asks for another way has not said yes. */
static enum err
save_state(
    struct db *db, struct arena *a, const struct citizen *c, struct str answer)
{
	struct str now = c->person.state, state = answer;
	bool said = str_eq(now, S("yes")) || str_eq(now, S("no"));
	if (str_eq(answer, S("other")) ||
	    (str_eq(answer, S("yes")) && c->needs_guardian)) {
		if (!said)
			return ERR_OK;
		state = S("invited");
	}
	return person_set_state(db, a, &c->in, c->person.id, state);
}

static bool
are_needs(struct str needs)
{
	while (needs.n > 0) {
		struct str key = str_cut(&needs, ' ');
		const struct choice *c = person_needs;
		while (c->key != NULL && !str_eq(str_c(c->key), key))
			c++;
		if (c->key == NULL)
			return false;
	}
	return true;
}

static enum err
save_words(struct db *db, struct arena *a, const struct citizen *c,
    const struct citizen_ask *ask, const struct citizen_answer *in)
{
	struct message m = {.id = in->message,
	    .activity = ask->activity,
	    .person = c->person.id,
	    .text = in->text};
	enum err e = ERR_OK;
	if (in->needs_told || in->needs.n > 0)
		e = db_exec(db, SQL_NEEDS, NULL, DB_ID(c->in.org),
		    DB_ID(c->in.network), DB_ID(c->person.id),
		    DB_TEXT(in->needs), DB_INT(c->in.now_us));
	if (e == ERR_OK && !utf8_blank(in->text))
		e = thread_add(db, a, &c->in, &m, true);
	return e;
}

enum err
citizen_answers(struct db *db, struct arena *a, const struct citizen *c,
    const struct citizen_answer *in)
{
	struct citizen_faults faults;
	const struct citizen_ask *ask = find_ask(c, in->sending);
	citizen_check(in, &faults);
	if (faults.any || !are_needs(in->needs))
		return ERR_INVALID;
	if (ask == NULL || ask->over)
		return ERR_NOT_FOUND;
	if (ask->paused.n > 0)
		return ERR_CONFLICT;
	bool other = str_eq(in->answer, S("other"));
	enum err e = db_exec(db, SQL_ANSWER, NULL, DB_ID(c->in.org),
	    DB_ID(c->in.network), DB_ID(in->sending), DB_TEXT(in->answer),
	    DB_TEXT(other ? in->way : S("")), DB_INT(c->in.now_us),
	    DB_ID(c->person.id));
	if (e == ERR_OK)
		e = save_state(db, a, c, in->answer);
	return e == ERR_OK ? save_words(db, a, c, ask, in) : e;
}

enum err
citizen_stops(struct db *db, struct arena *a, const struct citizen *c)
{
	return person_set_state(db, a, &c->in, c->person.id, S("stopped"));
}

/* ---- to be deleted ---- */

static const char SQL_USED[] =
    "SELECT 1 FROM contribution WHERE org = $1 AND network = $2"
    " AND person = $3 AND state IN ('used', 'answered') LIMIT 1";

static enum err
load_used(
    struct db *db, struct arena *a, const struct citizen *c, bool *looked_at)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_USED, &row, DB_ID(c->in.org),
	    DB_ID(c->in.network), DB_ID(c->person.id));
	*looked_at = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
citizen_wish(struct db *db, struct arena *a, const struct citizen *c,
    struct citizen_wish *out)
{
	*out = (struct citizen_wish){0};
	enum err e = erasure_get(db, a, &c->in, c->person.id, &out->said);
	if (e == ERR_NOT_FOUND)
		return load_used(db, a, c, &out->looked_at);
	out->waits = e == ERR_OK && out->said.answered_us == 0;
	out->refused = e == ERR_OK && !out->waits;
	return e;
}

enum err
citizen_erases(struct db *db, struct arena *a, const struct citizen *c)
{
	struct citizen_wish wish;
	enum err e = citizen_wish(db, a, c, &wish);
	if (e != ERR_OK || wish.waits || wish.refused)
		return e;
	return wish.looked_at ? erasure_ask(db, a, &c->in, c->person.id)
			      : person_erase(db, a, &c->in, c->person.id);
}
