/* SPDX-License-Identifier: MPL-2.0 */
#include "model/sending.h"

#include "base/buf.h"
#include "model/audit.h"
#include "model/catalogue.h"
#include "model/outbox.h"

static const char SQL_LIST[] =
    "SELECT s.id, s.invitation, s.activity, s.person, s.channel, s.state,"
    " s.made_us, s.opened_us, s.answered_us, s.answer, s.way, p.number,"
    " p.alias, o.state, s.reminded_us"
    "  FROM sending s"
    "  JOIN person p ON p.org = $1 AND p.network = $2 AND p.id = s.person"
    "  LEFT JOIN outbox o ON o.org = $1 AND o.once = s.mail AND s.mail <> ''"
    " WHERE s.org = $1 AND s.network = $2 AND s.activity = $3"
    " ORDER BY p.number, s.id";

/* What the mail server said counts as long as nobody opened the page. */
static struct str
state_of(const struct db_row *row)
{
	struct str state = db_text(row, 5), mail = db_text(row, 13);
	if (!str_eq(state, S("made")))
		return state;
	if (str_eq(mail, S("failed")))
		return S("bounced");
	return str_eq(mail, S("sent")) ? mail : state;
}

enum err
sending_list(struct db *db, struct arena *a, const struct actor *who,
    struct id activity, struct sendings *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(activity));
	if (e != ERR_OK)
		return e;
	*out = (struct sendings){arena_new(a, struct sending, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct sending){.id = db_id(row, 0),
		    .invitation = db_id(row, 1),
		    .activity = db_id(row, 2),
		    .person = db_id(row, 3),
		    .channel = db_text(row, 4),
		    .state = state_of(row),
		    .made_us = db_int(row, 6),
		    .opened_us = db_int(row, 7),
		    .answered_us = db_int(row, 8),
		    .reminded_us = db_int(row, 14),
		    .answer = db_text(row, 9),
		    .way = db_text(row, 10),
		    .number = db_int(row, 11),
		    .alias = db_text(row, 12)};
	}
	return ERR_OK;
}

const struct sending *
sending_find(const struct sendings *all, struct id invitation, struct id person)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct sending *s = &all->list[i];
		if (id_eq(s->invitation, invitation) &&
		    id_eq(s->person, person))
			return s;
	}
	return NULL;
}

bool
sending_is_due(const struct sending *s)
{
	return s->answer.n == 0 && s->reminded_us == 0;
}

/* ---- making one ---- */

static const char SQL_THERE[] =
    "SELECT id FROM sending WHERE org = $1 AND network = $2"
    " AND invitation = $3 AND person = $4";

static const char SQL_END_CODES[] =
    "UPDATE code SET ended_us = $4"
    " WHERE org = $1 AND network = $2 AND person = $3 AND ended_us IS NULL";

static const char SQL_CODE[] =
    "INSERT INTO code (org, hash, network, person, created_us, ends_us)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

static const char SQL_PUT[] =
    "INSERT INTO sending (org, network, id, invitation, activity, person,"
    " channel, state, code, mail, made_us, answer, way)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, 'made', $8, $9, $10, '', '')"
    " ON CONFLICT (org, network, invitation, person) DO UPDATE SET"
    " channel = $7, code = $8, mail = $9, made_us = $10";

static const char SQL_REMIND[] =
    "UPDATE sending SET channel = $5, code = $6, mail = $7, reminded_us = $8"
    " WHERE org = $1 AND network = $2 AND invitation = $3 AND person = $4";

/* Any letter that is astray opens all of the person's page: no code stays. */
static enum err
end_codes(struct db *db, struct arena *a, const struct actor *who,
    const struct sending_new *new)
{
	enum err e = db_exec(db, SQL_END_CODES, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(new->person), DB_INT(who->now_us));
	/* Sent or not, a mail would lead nowhere. */
	return e == ERR_OK ? mail_drop(db, who, sending_mails(a, new->person))
			   : e;
}

/* *again says whether there is one already. */
static enum err
look_before(struct db *db, struct arena *a, const struct actor *who,
    const struct sending_new *new, bool *again)
{
	struct db_row row;
	enum err e =
	    db_one(db, a, SQL_THERE, &row, DB_ID(who->org), DB_ID(who->network),
		DB_ID(new->invitation->id), DB_ID(new->person));
	*again = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
sending_code(
    struct db *db, const struct actor *who, const struct sending_new *new)
{
	struct hash hash = hash_of(new->token);
	return db_exec(db, SQL_CODE, NULL, DB_ID(who->org), DB_HASH(hash),
	    DB_ID(who->network), DB_ID(new->person), DB_INT(who->now_us),
	    DB_INT(who->now_us + DAY_US * new->code_days));
}

static enum err
put(struct db *db, const struct actor *who, const struct sending_new *new)
{
	struct id activity = {0};
	struct hash hash = hash_of(new->token);
	if (!id_parse(record_value(new->invitation, "activity"), &activity))
		return ERR_INVALID;
	if (new->reminds)
		return db_exec(db, SQL_REMIND, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(new->invitation->id),
		    DB_ID(new->person), DB_TEXT(new->channel), DB_HASH(hash),
		    DB_TEXT(new->mail), DB_INT(who->now_us));
	return db_exec(db, SQL_PUT, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(id_new(who->now_us)), DB_ID(new->invitation->id),
	    DB_ID(activity), DB_ID(new->person), DB_TEXT(new->channel),
	    DB_HASH(hash), DB_TEXT(new->mail), DB_INT(who->now_us));
}

struct str
sending_own_channel(
    const struct person *p, const struct vault_contact *c, bool has_smtp)
{
	if (str_eq(p->channel, S("mail")))
		return c->mail.n > 0 && has_smtp ? p->channel : S("letter");
	if (str_eq(p->channel, S("sms")))
		return c->phone.n > 0 ? p->channel : S("letter");
	return str_eq(p->channel, S("digital_post")) ? p->channel : S("letter");
}

struct str
sending_mails(struct arena *a, struct id person)
{
	return STR_JOIN(a, S("invite:"), id_text(a, person), S(":"));
}

struct str
sending_mail(struct arena *a, struct id person, struct id mail)
{
	return str_cat(a, sending_mails(a, person), id_text(a, mail));
}

/* The first time: they were asked, and whoever was only proposed is invited. */
static enum err
note_asked(struct db *db, struct arena *a, const struct actor *who,
    const struct sending_new *new)
{
	struct person p;
	struct id activity = {0};
	if (!id_parse(record_value(new->invitation, "activity"), &activity))
		return ERR_INVALID;
	enum err e = person_get(db, a, who, new->person, &p);
	if (e == ERR_OK)
		e = asked_add(db, a, who, p.id, activity, new->minutes);
	if (e == ERR_OK && str_eq(p.state, S("proposed")))
		e = person_set_state(db, a, who, p.id, S("invited"));
	return e;
}

enum err
sending_make(struct db *db, struct arena *a, const struct actor *who,
    const struct sending_new *new)
{
	bool again = false;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = look_before(db, a, who, new, &again);
	if (e == ERR_OK && new->astray)
		e = end_codes(db, a, who, new);
	if (e == ERR_OK)
		e = sending_code(db, who, new);
	if (e == ERR_OK)
		e = put(db, who, new);
	if (e == ERR_OK && !again)
		e = note_asked(db, a, who, new);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("sending.make"), new->person)
	    : e;
}

static const char SQL_TOLD[] =
    "UPDATE sending SET state = 'answered', answer = $4, answered_us = $5"
    " WHERE org = $1 AND network = $2 AND person = $3 AND answer = ''";

enum err
sending_told(
    struct db *db, const struct actor *who, struct id person, struct str answer)
{
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	return db_exec(db, SQL_TOLD, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(person), DB_TEXT(answer), DB_INT(who->now_us));
}

static const char SQL_GUARDIAN[] =
    "UPDATE person SET state = 'yes'"
    " WHERE org = $1 AND network = $2 AND id = $3 AND state = 'invited'"
    "   AND EXISTS (SELECT s.id FROM sending s WHERE s.org = $1"
    "    AND s.network = $2 AND s.person = $3 AND s.answer = 'yes')";

enum err
sending_guardian(struct db *db, const struct actor *who, struct id person)
{
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	return db_exec(db, SQL_GUARDIAN, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
}

static const char SQL_MAILED[] =
    "UPDATE sending SET state = 'sent' WHERE org = $1 AND state = 'made'"
    " AND mail IN (SELECT o.once FROM outbox o"
    "  WHERE o.org = $1 AND o.state = 'sent' AND o.once <> '')";

static const char SQL_BOUNCED[] =
    "UPDATE sending SET state = 'bounced' WHERE org = $1 AND state = 'made'"
    " AND mail IN (SELECT o.once FROM outbox o"
    "  WHERE o.org = $1 AND o.state = 'failed' AND o.once <> '')";

enum err
sending_sweep(struct db *db, const struct actor *program)
{
	enum err e = db_exec(db, SQL_MAILED, NULL, DB_ID(program->org));
	return e == ERR_OK ? db_exec(db, SQL_BOUNCED, NULL, DB_ID(program->org))
			   : e;
}

/* ---- the words ---- */

static void
add_paragraph(struct buf *b, struct str text)
{
	if (text.n == 0)
		return;
	if (b->n > 0)
		buf_add(b, S("\n\n"));
	buf_add(b, text);
}

static struct str
promise_words(const struct plan *plan, enum lang lang)
{
	const struct record *r = plan_single(plan, KIND_PROMISE);
	if (r == NULL)
		return S("");
	const struct catalogue_item *item =
	    catalogue_find(S("promises"), record_value(r, "level"));
	return item == NULL ? S("") : catalogue_words(item, lang)->promise;
}

static void
add_date(struct arena *a, struct buf *b, enum lang lang, const char *msgid,
    struct str value)
{
	struct date date;
	if (!date_parse(value, &date))
		return;
	struct str day = lang_date(a, lang, date);
	add_paragraph(b, tr_fill(a, tr(lang, msgid), &day, 1));
}

enum lang
invitation_lang(const struct record *invitation)
{
	return str_eq(record_value(invitation, "lang"), S("en")) ? LANG_EN
								 : LANG_DA;
}

struct str
invitation_reminder(
    struct arena *a, const struct record *invitation, int64_t first_us)
{
	enum lang lang = invitation_lang(invitation);
	struct str day = lang_date(a, lang, date_danish(first_us));
	return tr_fill(a,
	    tr(lang,
		N_("We wrote to you on %1. We have not heard from you, and "
		   "that is fine. We ask this one time more.")),
	    &day, 1);
}

struct str
invitation_text(
    struct arena *a, const struct plan *plan, const struct record *r)
{
	enum lang lang = invitation_lang(r);
	static const char *const fields[] = {"about", "why", "how", "use"};
	struct buf b = buf_new(a, 64 * 1024);
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		add_paragraph(&b, record_value(r, fields[i]));
	add_paragraph(&b, promise_words(plan, lang));
	add_paragraph(&b, record_value(r, "more"));
	add_paragraph(&b,
	    tr(lang,
		N_("You may say no. You may stop when you like. It has no "
		   "effect on the help you get.")));
	add_date(a, &b, lang, N_("Please answer by %1."),
	    record_value(r, "reply_by"));
	add_date(a, &b, lang, N_("You hear from us by %1."),
	    record_value(r, "hears_by"));
	return buf_str(&b);
}

enum plain_reader
invitation_reader(const struct plan *plan, const struct record *r)
{
	struct str groups = record_value(r, "target_group");
	const struct record *activity =
	    plan_ref(plan, KIND_ACTIVITY, record_value(r, "activity"));
	if (groups.n == 0 && activity != NULL)
		groups = record_value(activity, "groups");
	return groups_reader(plan, groups);
}

enum plain_reader
groups_reader(const struct plan *plan, struct str groups)
{
	struct id id;
	while (record_next_ref(&groups, &id)) {
		const struct record *group = plan_find(plan, KIND_GROUP, id);
		if (group != NULL &&
		    str_eq(record_value(group, "vulnerability"), S("yes")))
			return PLAIN_GENTLE;
	}
	return PLAIN_CITIZEN;
}
