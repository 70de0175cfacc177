/* SPDX-License-Identifier: MPL-2.0 */
#include "model/thread.h"

#include "base/buf.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/person.h"
#include "model/record.h"

static const char SQL_LIST[] =
    "SELECT m.id, m.person, m.account, m.answers, m.at_us, m.text, p.number,"
    " p.alias"
    "  FROM message m"
    "  LEFT JOIN person p ON p.org = $1 AND p.network = $2"
    "   AND p.id = m.person"
    " WHERE m.org = $1 AND m.network = $2 AND m.activity = $3"
    " ORDER BY m.at_us, m.id";

static struct message
read_message(struct arena *a, struct id activity, const struct db_row *row)
{
	struct message m = {
	    .id = db_id(row, 0),
	    .activity = activity,
	    .person = db_id(row, 1),
	    .account = db_id(row, 2),
	    .answers = db_id(row, 3),
	    .at_us = db_int(row, 4),
	    .text = db_text(row, 5),
	};
	if (id_is_set(m.person))
		m.alias = STR_JOIN(
		    a, person_code(a, db_int(row, 6)), S(" "), db_text(row, 7));
	return m;
}

/* The first answer to each, how long they took, and who waits. */
static void
count_answers(struct thread *t)
{
	int64_t sum = 0, answered = 0;
	for (ptrdiff_t i = 0; i < t->n; i++) {
		struct message *m = &t->list[i];
		for (ptrdiff_t j = i + 1; j < t->n && !m->answered_us; j++) {
			if (id_eq(t->list[j].answers, m->id))
				m->answered_us = t->list[j].at_us;
		}
		if (id_is_set(m->account))
			continue;
		answered += m->answered_us > 0;
		t->waiting += m->answered_us == 0;
		sum += m->answered_us > 0 ? m->answered_us - m->at_us : 0;
	}
	t->mean_us = answered > 0 ? sum / answered : 0;
}

enum err
thread_list(struct db *db, struct arena *a, const struct actor *who,
    struct id activity, struct thread *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(activity));
	if (e != ERR_OK)
		return e;
	*out = (struct thread){.list = arena_new(a, struct message, rows.n)};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct message m = read_message(a, activity, &rows.row[i]);
		if (!id_is_set(m.person) || actor_may(who, CAP_PEOPLE))
			out->list[out->n++] = m;
	}
	count_answers(out);
	return ERR_OK;
}

/* The message it answers is of the same activity and with the same person. */
static enum err
check_answered(struct db *db, struct arena *a, const struct actor *who,
    const struct message *m)
{
	struct thread t;
	if (!id_is_set(m->answers))
		return ERR_OK;
	enum err e = thread_list(db, a, who, m->activity, &t);
	for (ptrdiff_t i = 0; e == ERR_OK && i < t.n; i++) {
		if (id_eq(t.list[i].id, m->answers))
			return id_eq(t.list[i].person, m->person)
			    ? ERR_OK
			    : ERR_NOT_FOUND;
	}
	return e == ERR_OK ? ERR_NOT_FOUND : e;
}

static enum err
check_places(struct db *db, struct arena *a, const struct actor *who,
    const struct message *m)
{
	struct record activity;
	struct person person;
	enum err e =
	    record_get(db, a, who, KIND_ACTIVITY, m->activity, &activity);
	if (e == ERR_OK && id_is_set(m->person))
		e = person_get(db, a, who, m->person, &person);
	return e == ERR_OK ? check_answered(db, a, who, m) : e;
}

static const char SQL_ADD[] =
    "INSERT INTO message (org, network, id, activity, person, account, at_us,"
    " text, answers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (org, network, id) DO NOTHING";

enum err
thread_add(struct db *db, struct arena *a, const struct actor *who,
    const struct message *m, bool from_person)
{
	struct id nobody = {0};
	int64_t changed = 0;
	bool person = id_is_set(m->person);
	if (!actor_may(who, person ? CAP_ASK : CAP_AGENDA))
		return ERR_DENIED;
	if (utf8_blank(m->text) || utf8_length(m->text) > MESSAGE_MAX ||
	    cpr_find(m->text).n > 0 || (from_person && !person))
		return ERR_INVALID;
	enum err e = check_places(db, a, who, m);
	if (e == ERR_OK)
		e = db_exec(db, SQL_ADD, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(m->id), DB_ID(m->activity),
		    DB_ID(m->person),
		    DB_ID(from_person ? nobody : who->account),
		    DB_INT(who->now_us), DB_TEXT(m->text), DB_ID(m->answers));
	if (e != ERR_OK || changed == 0)
		return e;
	return audit_add(db, a, who, S("message.add"), m->activity);
}
