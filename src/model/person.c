/* SPDX-License-Identifier: MPL-2.0 */
#include "model/person.h"

#include "base/buf.h"
#include "base/cpr.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/corps.h"
#include "model/guardian.h"
#include "model/measure.h"
#include "model/outbox.h"
#include "model/sending.h"

enum { NUMBER_TRIES = 40, DAYS_90_S = 90 * 24 * 3600 };

struct str
person_code(struct arena *a, int64_t number)
{
	return str_fmt(a, "K-%lld", (long long)number);
}

/* ---- reading ---- */

static struct person
read_person(const struct db_row *row)
{
	return (struct person){
	    .id = db_id(row, 0),
	    .rev = db_int(row, 1),
	    .changed_us = db_int(row, 2),
	    .created_us = db_int(row, 3),
	    .number = db_int(row, 4),
	    .vault = db_id(row, 5),
	    .state = db_text(row, 6),
	    .alias = db_text(row, 7),
	    .actor_kind = db_text(row, 8),
	    .group = db_id(row, 9),
	    .age = db_text(row, 10),
	    .channel = db_text(row, 11),
	    .lang = db_text(row, 12),
	    .reason = db_text(row, 13),
	    .source = db_text(row, 14),
	    .needs = db_text(row, 15),
	    .needs_note = db_text(row, 16),
	    .needs_asked_us = db_int(row, 17),
	    .vulnerable = db_text(row, 18),
	    .big_wish = db_text(row, 19),
	    .big_wish_us = db_int(row, 20),
	    .guardian = db_text(row, 21),
	    .guardian_us = db_int(row, 22),
	    .protected_address = db_int(row, 23) != 0,
	};
}

/* Protected in one network is protected in all.  $3 a state or '', $4 a group
 * or null. */
static const char SQL_LIST[] =
    "SELECT id, rev, changed_us, created_us, number, vault, state, alias,"
    " actor_kind, target_group, age, channel, lang, reason, source, needs,"
    " needs_note, needs_asked_us, vulnerable, big_wish, big_wish_us, guardian,"
    " guardian_us, protected + (SELECT COUNT(*) FROM person q WHERE q.org = $1"
    "  AND q.vault = person.vault AND q.protected = 1) FROM person"
    " WHERE org = $1 AND network = $2"
    "   AND (state = $3 OR ($3 = '' AND state <> 'erased'))"
    "   AND (target_group = $4 OR $4 IS NULL) AND number > $5"
    " ORDER BY number LIMIT $6";

static const char SQL_COUNT[] =
    "SELECT count(*) FROM person"
    " WHERE org = $1 AND network = $2"
    "   AND (state = $3 OR ($3 = '' AND state <> 'erased'))"
    "   AND (target_group = $4 OR $4 IS NULL)";

enum err
person_list(struct db *db, struct arena *a, const struct actor *who,
    const struct person_filter *filter, struct person_page *out)
{
	struct db_rows rows;
	struct db_row count;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_TEXT(filter->state), DB_ID(filter->group),
	    DB_INT(filter->after),
	    DB_INT(filter->max > 0 ? filter->max : INT32_MAX));
	if (e == ERR_OK)
		e = db_one(db, a, SQL_COUNT, &count, DB_ID(who->org),
		    DB_ID(who->network), DB_TEXT(filter->state),
		    DB_ID(filter->group));
	if (e != ERR_OK)
		return e;
	*out = (struct person_page){
	    arena_new(a, struct person, rows.n), rows.n, db_int(&count, 0)};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = read_person(&rows.row[i]);
	return ERR_OK;
}

static const char SQL_GET[] =
    "SELECT id, rev, changed_us, created_us, number, vault, state, alias,"
    " actor_kind, target_group, age, channel, lang, reason, source, needs,"
    " needs_note, needs_asked_us, vulnerable, big_wish, big_wish_us, guardian,"
    " guardian_us, protected + (SELECT COUNT(*) FROM person q WHERE q.org = $1"
    "  AND q.vault = person.vault AND q.protected = 1) FROM person"
    " WHERE org = $1 AND network = $2 AND id = $3";

enum err
person_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct person *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		*out = read_person(&row);
	return e;
}

/* ---- writing ---- */

static const char SQL_TAKEN[] =
    "SELECT 1 FROM person WHERE org = $1 AND network = $2 AND number = $3";

/* At random, so that it tells nothing of who came first, and of so many digits
 * that most are free. */
static enum err
new_number(
    struct db *db, struct arena *a, const struct actor *who, int64_t *number)
{
	int64_t from = 1000;
	for (int i = 0; i < NUMBER_TRIES; i++) {
		uint64_t bits;
		struct db_row row;
		rand_bytes(&bits, sizeof bits);
		*number = from + (int64_t)(bits % (9 * (uint64_t)from));
		enum err e = db_one(db, a, SQL_TAKEN, &row, DB_ID(who->org),
		    DB_ID(who->network), DB_INT(*number));
		if (e != ERR_OK)
			return e == ERR_NOT_FOUND ? ERR_OK : e;
		if (i % 4 == 3)
			from *= 10;
	}
	return ERR_UNAVAIL;
}

static const char SQL_ADD[] =
    "INSERT INTO person (org, network, id, rev, changed_us, changed_by,"
    " created_us, number, state, alias, actor_kind, target_group, age,"
    " channel, lang, reason, source, needs, needs_note, needs_asked_us,"
    " vulnerable, big_wish, big_wish_us, guardian, guardian_us, protected)"
    " VALUES ($1, $2, $3, 1, $4, $5, $4, $6, 'proposed', $7, $8, $9, $10, $11,"
    " $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)"
    " ON CONFLICT (org, network, id) DO NOTHING";

static const char SQL_CHANGE[] =
    "UPDATE person SET rev = $6 + 1, changed_us = $4, changed_by = $5,"
    " alias = $7, actor_kind = $8, target_group = $9, age = $10,"
    " channel = $11, lang = $12, reason = $13, source = $14, needs = $15,"
    " needs_note = $16, needs_asked_us = $17, vulnerable = $18,"
    " big_wish = $19, big_wish_us = $20, guardian = $21, guardian_us = $22,"
    " protected = $23"
    " WHERE org = $1 AND network = $2 AND id = $3 AND rev = $6"
    "   AND state <> 'erased'";

static struct db_value
time_or_null(int64_t at_us)
{
	return at_us == 0 ? DB_NULL : DB_INT(at_us);
}

/* $6 is the number of a new one, the revision of one that is changed. */
static enum err
write_person(struct db *db, const struct actor *who, const struct person *p,
    int64_t number_or_rev, int64_t *changed)
{
	const struct db_value v[] = {DB_ID(who->org), DB_ID(who->network),
	    DB_ID(p->id), DB_INT(who->now_us), DB_ID(who->account),
	    DB_INT(number_or_rev), DB_TEXT(p->alias), DB_TEXT(p->actor_kind),
	    DB_ID(p->group), DB_TEXT(p->age), DB_TEXT(p->channel),
	    DB_TEXT(p->lang), DB_TEXT(p->reason), DB_TEXT(p->source),
	    DB_TEXT(p->needs), DB_TEXT(p->needs_note),
	    time_or_null(p->needs_asked_us), DB_TEXT(p->vulnerable),
	    DB_TEXT(p->big_wish), time_or_null(p->big_wish_us),
	    DB_TEXT(p->guardian), time_or_null(p->guardian_us),
	    DB_INT(p->protected_address), DB_NONE};
	return p->rev == 0 ? db_exec_v(db, SQL_ADD, changed, v)
			   : db_exec_v(db, SQL_CHANGE, changed, v);
}

enum err
person_save(struct db *db, struct arena *a, const struct actor *who,
    const struct person *p)
{
	int64_t number_or_rev = p->rev, changed = 0;
	struct person_faults faults;
	enum err e = ERR_OK;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	person_check(db, a, who, p, &faults);
	if (faults.any)
		return ERR_INVALID;
	if (p->rev == 0)
		e = new_number(db, a, who, &number_or_rev);
	if (e == ERR_OK)
		e = write_person(db, who, p, number_or_rev, &changed);
	if (e != ERR_OK)
		return e;
	if (changed == 0)
		return p->rev == 0 ? ERR_OK : ERR_CONFLICT;
	return audit_add(db, a, who,
	    p->rev == 0 ? S("person.create") : S("person.change"), p->id);
}

static const char SQL_STATE[] =
    "UPDATE person SET rev = rev + 1, state = $4, changed_us = $5,"
    " changed_by = $6"
    " WHERE org = $1 AND network = $2 AND id = $3 AND state <> 'erased'";

enum err
person_halt_mail(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	enum err e = mail_halt(db, who, sending_mails(a, id));
	return e == ERR_OK ? mail_halt(db, who, measure_mails(a, id)) : e;
}

/* Rule R4. */
static enum err
check_guardian(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct person p;
	struct guardian g;
	enum err e = person_get(db, a, who, id, &p);
	if (e == ERR_OK)
		e = guardian_load(db, a, who, &g);
	return e == ERR_OK && guardian_is_missing(a, &g, &p) ? ERR_INVALID : e;
}

enum err
person_set_state(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct str state)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (choice_find(person_states, state) == NULL)
		return ERR_INVALID;
	enum err e = ERR_OK;
	if (str_eq(state, S("yes")) || str_eq(state, S("active")))
		e = check_guardian(db, a, who, id);
	if (e == ERR_OK)
		e = db_exec(db, SQL_STATE, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_TEXT(state),
		    DB_INT(who->now_us), DB_ID(who->account));
	if (e == ERR_OK && changed == 0)
		return ERR_NOT_FOUND;
	if (e == ERR_OK && str_eq(state, S("stopped")))
		e = person_halt_mail(db, a, who, id);
	if (e == ERR_OK && str_eq(state, S("stopped")))
		e = corps_leave(db, a, who, id);
	return e == ERR_OK
	    ? audit_add(db, a, who, STR_JOIN(a, S("person."), state), id)
	    : e;
}

/* ---- contact details ---- */

static const char SQL_LINK[] =
    "UPDATE person SET vault = $4"
    " WHERE org = $1 AND network = $2 AND id = $3 AND state <> 'erased'";

/* Whether `told` says nothing that `held` does not. */
static bool
is_known(struct arena *a, const struct vault_contact *held,
    const struct vault_contact *told)
{
	struct str mail = utf8_fold(a, str_trim(told->mail));
	struct str phone = vault_phone_key(a, told->phone);
	return (mail.n == 0 || str_eq(mail, utf8_fold(a, held->mail))) &&
	    (phone.n == 0 || str_eq(phone, vault_phone_key(a, held->phone))) &&
	    told->address.n + told->guardian.n == 0;
}

/* What is not told now stays. */
static void
keep_held(struct vault_contact *c, const struct vault_contact *held)
{
	struct str *const now[] = {
	    &c->mail, &c->phone, &c->address, &c->guardian};
	const struct str before[] = {
	    held->mail, held->phone, held->address, held->guardian};
	for (ptrdiff_t i = 0; i < COUNT_OF(now); i++) {
		if (utf8_blank(*now[i]))
			*now[i] = before[i];
	}
}

struct giving {
	struct person person;
	struct vault_contact contact;
	bool told; /* by somebody whom nobody has seen */
};

/* The entry of the same person in another network, or a new one.  Who may be
 * anybody gets a new one unless they say what is known; nothing of that is
 * changed. */
static enum err
share_entry(
    struct db *db, struct arena *a, const struct actor *who, struct giving *g)
{
	struct vault_contact held;
	struct id *entry = &g->person.vault;
	enum err e = vault_contact_find(db, a, who, &g->contact, entry);
	if (e == ERR_OK)
		e = vault_contact_get(db, a, who, *entry, &held);
	if (e == ERR_OK && !g->told)
		keep_held(&g->contact, &held);
	else if (e == ERR_OK && is_known(a, &held, &g->contact))
		g->contact = held;
	else if (e == ERR_OK)
		e = ERR_NOT_FOUND;
	if (e != ERR_NOT_FOUND)
		return e;
	*entry = id_new(who->now_us);
	return ERR_OK;
}

static enum err
put_contact(
    struct db *db, struct arena *a, const struct actor *who, struct giving *g)
{
	struct person *p = &g->person;
	enum err e = person_get(db, a, who, p->id, p);
	if (e == ERR_OK && str_eq(p->state, S("erased")))
		e = ERR_NOT_FOUND;
	if (e == ERR_OK && !id_is_set(p->vault))
		e = share_entry(db, a, who, g);
	if (e == ERR_OK)
		e = vault_contact_put(db, a, who, p->vault, &g->contact);
	if (e == ERR_OK)
		e = db_exec(db, SQL_LINK, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(p->id), DB_ID(p->vault));
	return e == ERR_OK ? audit_add(db, a, who, S("person.contact"), p->id)
			   : e;
}

static struct giving
giving(struct id person, const struct person_contact *c, bool told)
{
	return (struct giving){.person = {.id = person},
	    .contact = {c->name, c->mail, c->phone, c->address, c->guardian},
	    .told = told};
}

static enum err
give(struct db *db, struct arena *a, const struct actor *who, struct giving g)
{
	struct person_contact c = {g.contact.name, g.contact.mail,
	    g.contact.phone, g.contact.address, g.contact.guardian};
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (person_contact_check(&c).any)
		return ERR_INVALID;
	return put_contact(db, a, who, &g);
}

enum err
person_contact_put(struct db *db, struct arena *a, const struct actor *who,
    struct id id, const struct person_contact *contact)
{
	return give(db, a, who, giving(id, contact, false));
}

enum err
person_contact_told(struct db *db, struct arena *a, const struct actor *who,
    struct id id, const struct person_contact *contact)
{
	return give(db, a, who, giving(id, contact, true));
}

enum err
person_contact_read(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct str reason, struct person_contact *out)
{
	struct person p;
	struct vault_contact c;
	if (!actor_may(who, CAP_VAULT))
		return ERR_DENIED;
	if (utf8_blank(reason) || cpr_find(reason).n > 0)
		return ERR_INVALID;
	enum err e = person_get(db, a, who, id, &p);
	if (e == ERR_OK && !id_is_set(p.vault))
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = vault_contact_get(db, a, who, p.vault, &c);
	if (e == ERR_OK)
		e = access_add(db, who, S("contact"), reason, id, 1);
	if (e == ERR_OK)
		*out = (struct person_contact){
		    c.name, c.mail, c.phone, c.address, c.guardian};
	return e;
}

/* ---- how much of their time ---- */

static const char SQL_ASKED[] =
    "INSERT INTO asked (org, network, id, person, vault, activity, at_us,"
    " minutes_asked, minutes_used) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)";

enum err
asked_add(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct id activity, int64_t minutes)
{
	struct person p;
	enum err e = person_get(db, a, who, person, &p);
	if (e != ERR_OK)
		return e;
	return db_exec(db, SQL_ASKED, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id_new(who->now_us)), DB_ID(person),
	    DB_ID(p.vault), DB_ID(activity), DB_INT(who->now_us),
	    DB_INT(minutes));
}

static const char SQL_TIMES[] =
    "SELECT count(*) FROM asked"
    " WHERE org = $1 AND at_us > $4"
    "   AND ((network = $2 AND person = $3) OR vault = $5)";

static const char SQL_MINUTES[] =
    "SELECT SUM(minutes_asked), SUM(minutes_used) FROM asked"
    " WHERE org = $1 AND network = $2 AND person = $3";

enum err
person_burden(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct burden *out)
{
	struct person p;
	struct db_row times, minutes;
	enum err e = person_get(db, a, who, id, &p);
	if (e == ERR_OK)
		e = db_one(db, a, SQL_TIMES, &times, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id),
		    DB_INT(who->now_us - DAYS_90_S * INT64_C(1000000)),
		    DB_ID(p.vault));
	if (e == ERR_OK)
		e = db_one(db, a, SQL_MINUTES, &minutes, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		*out = (struct burden){db_int(&times, 0), db_int(&minutes, 0),
		    db_int(&minutes, 1)};
	return e;
}
