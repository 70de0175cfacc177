/* SPDX-License-Identifier: MPL-2.0 */
#include "model/network.h"

#include "base/buf.h"
#include "model/audit.h"
#include "model/catalogue.h"
#include "model/session.h"

/* ---- starting one ---- */

/* The catalogue's phases become the network's own, to change as it likes. */
static enum err
add_phases(struct db *db, struct arena *a, const struct actor *inside)
{
	struct catalogue_items phases = catalogue_list(S("phases"));
	for (ptrdiff_t i = 0; i < phases.n; i++) {
		const struct catalogue_item *item = &phases.list[i];
		struct record_saved saved;
		struct record r = {.kind = KIND_PHASE,
		    .network = inside->network,
		    .id = id_new(inside->now_us)};
		record_set(&r, "position", str_fmt(a, "%td", i + 1));
		record_set(&r, "name", catalogue_name(item, inside->lang));
		record_set(&r, "about", catalogue_text(item, inside->lang));
		record_set(&r, "source", item->key);
		enum err e = record_save(db, a, inside, &r, &saved);
		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
}

static enum err
add_first_members(struct db *db, struct arena *a, const struct actor *inside,
    const struct network_form *form)
{
	struct id leader =
	    id_is_set(form->leader) ? form->leader : inside->account;
	enum err e = ERR_OK;
	if (id_is_set(leader))
		e = network_add_member(db, a, inside, leader, ROLE_LEADER);
	if (e == ERR_OK && id_is_set(form->codriver))
		e = network_add_member(
		    db, a, inside, form->codriver, ROLE_CODRIVER);
	if (e == ERR_OK && id_is_set(form->sponsor))
		e = network_add_member(
		    db, a, inside, form->sponsor, ROLE_SPONSOR);
	return e;
}

/* A form that came again finds its own network and changes nothing.  Anybody
 * else's, whose id is known to all its members, is not to be started anew. */
static enum err
started_before(struct db *db, struct arena *a, const struct actor *inside)
{
	struct record there;
	enum err e =
	    record_get(db, a, inside, KIND_NETWORK, inside->network, &there);
	if (e != ERR_OK)
		return e;
	bool own = there.rev == 1 && id_eq(there.changed_by, inside->account);
	return own ? ERR_OK : ERR_CONFLICT;
}

enum err
network_create(struct db *db, struct arena *a, const struct actor *who,
    struct id id, const struct network_form *form, struct record_faults *faults)
{
	struct actor inside = actor_inside(who, id);
	struct record r = {.kind = KIND_NETWORK, .network = id, .id = id};
	struct record_saved saved;
	*faults = (struct record_faults){0};
	if (!actor_may(who, CAP_CREATE))
		return ERR_DENIED;
	enum err e = started_before(db, a, &inside);
	if (e != ERR_NOT_FOUND)
		return e;
	record_set(&r, "name", form->name);
	record_set(&r, "type", form->type);
	record_set(&r, "state", S("draft"));
	record_set(&r, "goal", form->goal);
	record_set(&r, "starts", form->starts);
	record_set(&r, "ends", form->ends);
	e = record_save(db, a, &inside, &r, &saved);
	*faults = saved.faults;
	if (e == ERR_OK)
		e = add_first_members(db, a, &inside, form);
	if (e == ERR_OK)
		e = add_phases(db, a, &inside);
	return e;
}

/* ---- lists ---- */

static const char SQL_MINE[] =
    "SELECT n.id, n.name, n.type, n.state, n.starts, n.ends, m.role"
    "  FROM network n"
    "  LEFT JOIN member m ON m.org = $1 AND m.network = n.network"
    "   AND m.account = $2"
    " WHERE n.org = $1 AND n.removed_us IS NULL"
    "   AND (m.role IS NOT NULL OR $3 = 1)"
    " ORDER BY n.id DESC";

enum err
network_mine(struct db *db, struct arena *a, const struct actor *who,
    struct network_lines *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_MINE, &rows, DB_ID(who->org),
	    DB_ID(who->account), DB_INT(actor_may(who, CAP_OVERVIEW)));
	if (e != ERR_OK)
		return e;
	*out = (struct network_lines){
	    arena_new(a, struct network_line, rows.n), 0};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct id id = db_id(row, 0);
		enum member_role role;
		if (out->n == 0 || !id_eq(out->list[out->n - 1].id, id))
			out->list[out->n++] = (struct network_line){
			    .id = id,
			    .name = db_text(row, 1),
			    .type = db_text(row, 2),
			    .state = db_text(row, 3),
			    .starts = db_text(row, 4),
			    .ends = db_text(row, 5),
			};
		if (role_parse(db_text(row, 6), &role))
			out->list[out->n - 1].roles |= 1u << role;
	}
	return ERR_OK;
}

static const char SQL_MEMBERS[] =
    "SELECT account, role FROM member WHERE org = $1 AND network = $2"
    " ORDER BY since_us, account";

enum err
network_members(struct db *db, struct arena *a, const struct actor *who,
    const struct vault_names *names, struct members *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(
	    db, a, SQL_MEMBERS, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct members){arena_new(a, struct member, rows.n), 0};
	for (int role = 0; role < ROLE_COUNT; role++) {
		for (ptrdiff_t i = 0; i < rows.n; i++) {
			const struct db_row *row = &rows.row[i];
			struct str key = role_key((enum member_role)role);
			if (!str_eq(db_text(row, 1), key))
				continue;
			struct id account = db_id(row, 0);
			out->list[out->n++] = (struct member){account,
			    vault_name_of(names, account),
			    (enum member_role)role};
		}
	}
	return ERR_OK;
}

static const char SQL_HAS_MEMBER[] =
    "SELECT COUNT(*) FROM member"
    " WHERE org = $1 AND network = $2 AND account = $3";

enum err
network_has_member(struct db *db, struct arena *a, const struct actor *who,
    struct id account, bool *yes)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_HAS_MEMBER, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(account));
	*yes = e == ERR_OK && db_int(&row, 0) > 0;
	return e;
}

/* ---- members ---- */

static const char SQL_LEADER_STEPS_BACK[] =
    "UPDATE member SET role = 'codriver'"
    " WHERE org = $1 AND network = $2 AND role = 'leader'"
    "   AND account <> $3";

static const char SQL_NEW_LEADER_HAD[] =
    "DELETE FROM member WHERE org = $1 AND network = $2"
    " AND role = 'codriver' AND account IN"
    " (SELECT l.account FROM member l WHERE l.org = $1 AND l.network = $2"
    "   AND l.role = 'leader' AND l.account <> $3)";

static const char SQL_ADD_MEMBER[] =
    "INSERT INTO member (org, network, account, role, since_us)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (org, network, account, role) DO NOTHING";

/* The leader before becomes co-driver (and is not one twice). */
static enum err
step_back(struct db *db, const struct actor *who, struct id leader)
{
	enum err e = db_exec(db, SQL_NEW_LEADER_HAD, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(leader));
	if (e == ERR_OK)
		e = db_exec(db, SQL_LEADER_STEPS_BACK, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(leader));
	return e;
}

enum err
network_add_member(struct db *db, struct arena *a, const struct actor *who,
    struct id account, enum member_role role)
{
	struct account found;
	if (!actor_may(who, CAP_MANAGE))
		return ERR_DENIED;
	enum err e = account_get(db, a, who, account, &found);
	if (e == ERR_OK && !found.active)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK && role == ROLE_LEADER)
		e = step_back(db, who, account);
	if (e == ERR_OK)
		e = db_exec(db, SQL_ADD_MEMBER, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(account),
		    DB_TEXT(role_key(role)), DB_INT(who->now_us));
	if (e != ERR_OK)
		return e;
	return audit_add(
	    db, a, who, str_cat(a, S("member.add."), role_key(role)), account);
}

static const char SQL_DROP_MEMBER[] =
    "DELETE FROM member"
    " WHERE org = $1 AND network = $2 AND account = $3 AND role = $4";

enum err
network_drop_member(struct db *db, struct arena *a, const struct actor *who,
    struct id account, enum member_role role)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_MANAGE) || role == ROLE_LEADER)
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_DROP_MEMBER, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(account), DB_TEXT(role_key(role)));
	if (e == ERR_OK && changed == 0)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK) /* a role change ends what was open */
		e = session_end_all(db, who, account);
	if (e != ERR_OK)
		return e;
	return audit_add(
	    db, a, who, str_cat(a, S("member.drop."), role_key(role)), account);
}

/* ---- tasks ---- */

static struct task_lines
read_tasks(struct arena *a, const struct db_rows *rows)
{
	struct task_lines out = {arena_new(a, struct task_line, rows->n), 0};
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		const struct db_row *row = &rows->row[i];
		out.list[out.n++] = (struct task_line){
		    .network = db_id(row, 0),
		    .id = db_id(row, 1),
		    .network_name = db_text(row, 2),
		    .title = db_text(row, 3),
		    .due = db_text(row, 4),
		    .owner = db_id(row, 5),
		};
	}
	return out;
}

static const char SQL_TASKS_MINE[] =
    "SELECT t.network, t.id, n.name, t.title, t.due, t.owner"
    "  FROM task t"
    "  JOIN network n ON n.org = $1 AND n.network = t.network"
    "   AND n.removed_us IS NULL"
    " WHERE t.org = $1 AND t.owner = $2 AND t.state = 'open'"
    "   AND t.removed_us IS NULL"
    "   AND EXISTS (SELECT 1 FROM member m WHERE m.org = $1"
    "     AND m.network = t.network AND m.account = $2)"
    " ORDER BY CASE WHEN t.due = '' THEN 1 ELSE 0 END, t.due, t.id";

enum err
task_mine(struct db *db, struct arena *a, const struct actor *who,
    struct task_lines *out)
{
	struct db_rows rows;
	enum err e = db_all(
	    db, a, SQL_TASKS_MINE, &rows, DB_ID(who->org), DB_ID(who->account));
	if (e == ERR_OK)
		*out = read_tasks(a, &rows);
	return e;
}

static const char SQL_TASKS_DUE[] =
    "SELECT t.network, t.id, n.name, t.title, t.due, t.owner"
    "  FROM task t"
    "  JOIN network n ON n.org = $1 AND n.network = t.network"
    "   AND n.removed_us IS NULL"
    "  JOIN account s ON s.org = $1 AND s.id = t.owner"
    "   AND s.state = 'active' AND s.reminders = 1"
    " WHERE t.org = $1 AND t.state = 'open' AND t.removed_us IS NULL"
    "   AND t.due <> '' AND t.due <= $2"
    "   AND EXISTS (SELECT 1 FROM member m WHERE m.org = $1"
    "     AND m.network = t.network AND m.account = t.owner)"
    "   AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.org = $1"
    "     AND r.network = t.network AND r.task = t.id AND r.due = t.due)"
    " ORDER BY t.owner, t.due, t.id LIMIT 500";

enum err
task_to_remind(struct db *db, struct arena *a, const struct actor *who,
    struct date until, struct task_lines *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_TASKS_DUE, &rows, DB_ID(who->org),
	    DB_TEXT(date_iso(a, until)));
	if (e == ERR_OK)
		*out = read_tasks(a, &rows);
	return e;
}

static const char SQL_REMINDED[] =
    "INSERT INTO reminder (org, network, task, due, sent_us)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (org, network, task, due) DO NOTHING";

enum err
task_reminded(
    struct db *db, const struct actor *who, const struct task_line *task)
{
	return db_exec(db, SQL_REMINDED, NULL, DB_ID(who->org),
	    DB_ID(task->network), DB_ID(task->id), DB_TEXT(task->due),
	    DB_INT(who->now_us));
}
