/* SPDX-License-Identifier: MPL-2.0 */
#include "model/contribution.h"

#include "model/audit.h"
#include "model/catalogue.h"
#include "model/consent.h"
#include "model/search.h"

/* ---- who reads what ---- */

int64_t
contribution_least(const struct actor *who)
{
	if (actor_may(who, CAP_PEOPLE))
		return -1;
	return actor_may(who, CAP_AGENDA) ? SCOPE_NETWORK : SCOPE_DECISION;
}

/* Of the person no more is shown than they agreed to. */
static void
mask(const struct actor *who, struct contribution *c)
{
	if (actor_may(who, CAP_PEOPLE))
		return;
	if (str_eq(c->anonymity, S("none")))
		c->alias = (struct str){0};
	c->number = 0;
	c->person = (struct id){0};
	c->account =
	    id_eq(c->account, who->account) ? c->account : (struct id){0};
}

static struct contribution
read_row(const struct db_row *row)
{
	return (struct contribution){
	    .id = db_id(row, 0),
	    .rev = db_int(row, 1),
	    .changed_us = db_int(row, 2),
	    .at_us = db_int(row, 3),
	    .account = db_id(row, 4),
	    .person = db_id(row, 5),
	    .actor_kind = db_text(row, 6),
	    .teller = db_text(row, 7),
	    .kind = db_text(row, 8),
	    .original = db_text(row, 9),
	    .wording = db_text(row, 10),
	    .shortened = db_int(row, 11) != 0,
	    .approval = db_text(row, 12),
	    .state = db_text(row, 13),
	    .reason = db_text(row, 14),
	    .activity = db_id(row, 15),
	    .phase = db_id(row, 16),
	    .group = db_id(row, 17),
	    .basis = db_text(row, 18),
	    .scope = db_int(row, 19),
	    .anonymity = db_text(row, 20),
	    .given_by = db_text(row, 21),
	    .withdrawn_us = db_int(row, 22),
	    .alias = db_text(row, 23),
	    .number = db_int(row, 24),
	    .restricted = db_int(row, 25) != 0,
	};
}

/* $4 the least scope, $5 who asks. */
static const char SQL_GET[] =
    "SELECT c.id, c.rev, c.changed_us, c.at_us, c.account, c.person,"
    " c.actor_kind, c.teller, c.kind, c.original, c.wording, c.shortened,"
    " c.approval, c.state, c.reason, c.activity, c.phase, c.target_group,"
    " c.basis, c.scope, c.anonymity, c.given_by, c.withdrawn_us, p.alias,"
    " p.number, CASE WHEN " SQL_RESTRICTED " THEN 1 ELSE 0 END"
    "  FROM contribution c"
    "  LEFT JOIN person p ON p.org = $1 AND p.network = $2 AND p.id = c.person"
    " WHERE c.org = $1 AND c.network = $2 AND c.id = $3"
    "   AND ($4 < 0 OR (c.account = $5 AND NOT " SQL_RESTRICTED ")"
    "    OR (c.scope >= $4 AND c.state NOT IN ('received', 'withdrawn')))";

enum err
contribution_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct contribution *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_INT(contribution_least(who)),
	    DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	*out = read_row(&row);
	mask(who, out);
	return ERR_OK;
}

/* $3 state, $4 kind, $5 tag, or ''; $6 group, $7 activity, $8 phase, $9 person,
 * or null; $10 the least scope, $11 who asks, $12 before or null, $13 most, $14 code or null. */
static const char SQL_LIST[] =
    "SELECT c.id, c.rev, c.changed_us, c.at_us, c.account, c.person,"
    " c.actor_kind, c.teller, c.kind, c.original, c.wording, c.shortened,"
    " c.approval, c.state, c.reason, c.activity, c.phase, c.target_group,"
    " c.basis, c.scope, c.anonymity, c.given_by, c.withdrawn_us, p.alias,"
    " p.number, CASE WHEN " SQL_RESTRICTED " THEN 1 ELSE 0 END"
    "  FROM contribution c"
    "  LEFT JOIN person p ON p.org = $1 AND p.network = $2 AND p.id = c.person"
    " WHERE c.org = $1 AND c.network = $2 AND c.id IN"
    " (SELECT c.id FROM contribution c WHERE c.org = $1 AND c.network = $2"
    "   AND (c.state = $3 OR ($3 = '' AND c.state <> 'withdrawn'))"
    "   AND (c.kind = $4 OR $4 = '')"
    "   AND ($5 = '' OR c.id IN (SELECT t.contribution"
    "    FROM contribution_tag t WHERE t.org = $1 AND t.network = $2"
    "     AND t.tag = $5))"
    "   AND (c.id IN (SELECT k.contribution FROM book_coding k"
    "    JOIN book_code b ON b.org = $1 AND b.network = $2 AND b.id = k.code"
    "    WHERE k.org = $1 AND k.network = $2"
    "     AND (b.id = $14 OR b.parent = $14)) OR $14 IS NULL)"
    "   AND (c.target_group = $6 OR $6 IS NULL)"
    "   AND (c.activity = $7 OR $7 IS NULL)"
    "   AND (c.phase = $8 OR $8 IS NULL)"
    "   AND (c.person = $9 OR $9 IS NULL)"
    "   AND ($10 < 0 OR (c.account = $11 AND NOT " SQL_RESTRICTED ")"
    "    OR (c.scope >= $10"
    "    AND c.state NOT IN ('received', 'withdrawn')))"
    "   AND (c.id < $12 OR $12 IS NULL)"
    "   ORDER BY c.id DESC LIMIT $13)"
    " ORDER BY c.id DESC";

static const char SQL_COUNT[] =
    "SELECT COUNT(*) FROM contribution c WHERE c.org = $1 AND c.network = $2"
    "   AND (c.state = $3 OR ($3 = '' AND c.state <> 'withdrawn'))"
    "   AND (c.kind = $4 OR $4 = '')"
    "   AND ($5 = '' OR c.id IN (SELECT t.contribution"
    "    FROM contribution_tag t WHERE t.org = $1 AND t.network = $2"
    "     AND t.tag = $5))"
    "   AND (c.id IN (SELECT k.contribution FROM book_coding k"
    "    JOIN book_code b ON b.org = $1 AND b.network = $2 AND b.id = k.code"
    "    WHERE k.org = $1 AND k.network = $2"
    "     AND (b.id = $12 OR b.parent = $12)) OR $12 IS NULL)"
    "   AND (c.target_group = $6 OR $6 IS NULL)"
    "   AND (c.activity = $7 OR $7 IS NULL)"
    "   AND (c.phase = $8 OR $8 IS NULL)"
    "   AND (c.person = $9 OR $9 IS NULL)"
    "   AND ($10 < 0 OR (c.account = $11 AND NOT " SQL_RESTRICTED ")"
    "    OR (c.scope >= $10"
    "    AND c.state NOT IN ('received', 'withdrawn')))";

enum err
contribution_list(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution_filter *f, struct contribution_page *out)
{
	struct db_rows rows;
	struct db_row count;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_TEXT(f->state), DB_TEXT(f->kind),
	    DB_TEXT(f->tag), DB_ID(f->group), DB_ID(f->activity),
	    DB_ID(f->phase), DB_ID(f->person), DB_INT(contribution_least(who)),
	    DB_ID(who->account), DB_ID(f->before), DB_INT(f->max),
	    DB_ID(f->code));
	if (e == ERR_OK)
		e = db_one(db, a, SQL_COUNT, &count, DB_ID(who->org),
		    DB_ID(who->network), DB_TEXT(f->state), DB_TEXT(f->kind),
		    DB_TEXT(f->tag), DB_ID(f->group), DB_ID(f->activity),
		    DB_ID(f->phase), DB_ID(f->person),
		    DB_INT(contribution_least(who)), DB_ID(who->account),
		    DB_ID(f->code));
	if (e != ERR_OK)
		return e;
	*out = (struct contribution_page){
	    arena_new(a, struct contribution, rows.n), rows.n,
	    db_int(&count, 0)};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		out->list[i] = read_row(&rows.row[i]);
		mask(who, &out->list[i]);
	}
	return ERR_OK;
}

/* ---- looking for words ---- */

enum err
contribution_index(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, struct str words)
{
	struct search_text text = {S("contribution"), c->id, c->at_us, words};
	return search_put(db, a, who, &text);
}

/* ---- adding ---- */

static const char SQL_ADD[] =
    "INSERT INTO contribution (org, network, id, rev, changed_us, changed_by,"
    " at_us, account, person, actor_kind, teller, kind, original, wording,"
    " shortened, approval, state, reason, activity, phase, target_group, basis,"
    " scope, anonymity, given_by)"
    " VALUES ($1, $2, $3, 1, $4, $5, $4, $5, $6, $7, $8, $9, $10, '', 0, '',"
    " 'received', '', $11, $12, $13, $14, $15, $16, $17)"
    " ON CONFLICT (org, network, id) DO NOTHING";

/* Group and kind of actor are the person's, the phase the activity's, where
 * the form said nothing. */
static enum err
fill_places(struct db *db, struct arena *a, const struct actor *who,
    struct contribution *c, struct str *age)
{
	struct person p;
	struct record activity;
	enum err e = ERR_OK;
	if (id_is_set(c->person)) {
		e = person_get(db, a, who, c->person, &p);
		if (e != ERR_OK)
			return e;
		*age = p.age;
		c->actor_kind = p.actor_kind;
		if (!id_is_set(c->group))
			c->group = p.group;
	}
	if (c->actor_kind.n == 0)
		c->actor_kind = S("citizen");
	if (id_is_set(c->activity) && !id_is_set(c->phase)) {
		e = record_get(
		    db, a, who, KIND_ACTIVITY, c->activity, &activity);
		if (e == ERR_OK &&
		    !id_parse(record_value(&activity, "phase"), &c->phase))
			c->phase = (struct id){0};
	}
	return e;
}

static const char SQL_WHOSE[] = "SELECT person, account FROM contribution"
				" WHERE org = $1 AND network = $2 AND id = $3";

/* What is there under this id came from the same hands: a form sent twice. */
static enum err
is_the_same(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_WHOSE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(c->id));
	if (e != ERR_OK)
		return e;
	return id_eq(db_id(&row, 0), c->person) &&
		id_eq(db_id(&row, 1), who->account)
	    ? ERR_OK
	    : ERR_CONFLICT;
}

enum err
contribution_add(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, struct str told)
{
	struct contribution_faults faults;
	struct contribution mine = *c;
	struct str age = S("");
	int64_t added = 0;
	if (!actor_may(who, CAP_AGENDA) ||
	    (id_is_set(c->person) && !actor_may(who, CAP_ASK)))
		return ERR_DENIED;
	enum err e = contribution_check(db, a, who, c, &faults);
	if (e != ERR_OK || faults.any)
		return e == ERR_OK ? ERR_INVALID : e;
	e = fill_places(db, a, who, &mine, &age);
	if (e == ERR_OK)
		e = db_exec(db, SQL_ADD, &added, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(c->id), DB_INT(who->now_us),
		    DB_ID(who->account), DB_ID(c->person),
		    DB_TEXT(mine.actor_kind), DB_TEXT(c->teller),
		    DB_TEXT(c->kind), DB_TEXT(c->original), DB_ID(c->activity),
		    DB_ID(mine.phase), DB_ID(mine.group), DB_TEXT(c->basis),
		    DB_INT(c->scope), DB_TEXT(c->anonymity),
		    DB_TEXT(c->given_by));
	if (e != ERR_OK)
		return e;
	if (added == 0)
		return is_the_same(db, a, who, c);
	e = consent_add(
	    db, a, who, &mine, &(struct consent_event){S("given"), age, told});
	mine.at_us = who->now_us;
	if (e == ERR_OK)
		e = contribution_index(db, a, who, &mine, c->original);
	return e == ERR_OK ? audit_add(db, a, who, S("contribution.add"), c->id)
			   : e;
}
