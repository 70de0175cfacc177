/* SPDX-License-Identifier: MPL-2.0 */

/* Where ideas come from, and what is taken back (model/idea.h). */
#include "base/buf.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/idea.h"
#include "model/idea_words.h"
#include "model/kinds.h"

/* ---- of what somebody said ---- */

static const char SQL_SOURCE[] =
    "INSERT INTO idea_source (org, network, idea, contribution, role, peers,"
    " rev, at_us, account) VALUES ($1, $2, $3, $4, 'words', $5, 1, $6, $7)"
    " ON CONFLICT (org, network, idea, contribution) DO NOTHING";

static struct record
born(const struct actor *who, const struct contribution *c, struct arena *a)
{
	struct record r = {
	    .kind = KIND_IDEA, .network = who->network, .id = c->id};
	record_set(&r, "title", tr(LANG_DA, idea_no_title));
	record_set(&r, "kind", S("other"));
	record_set(&r, "state", S("new"));
	record_set(&r, "origin", S("citizen"));
	record_set(&r, "value_score", S("0"));
	record_set(&r, "feasibility", S("0"));
	if (id_is_set(c->group))
		record_set(&r, "target_groups", id_text(a, c->group));
	return r;
}

/* A target group that was taken out since is not one of the idea's. */
static enum err
drop_group(
    struct db *db, struct arena *a, const struct actor *who, struct record *r)
{
	struct id id;
	struct record group;
	struct str refs = record_value(r, "target_groups");
	if (!record_next_ref(&refs, &id))
		return ERR_OK;
	enum err e = record_get(db, a, who, KIND_GROUP, id, &group);
	if (e == ERR_NOT_FOUND)
		record_set(r, "target_groups", S(""));
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
idea_from_words(struct db *db, struct arena *a, const struct actor *who,
    const struct idea_birth *birth)
{
	struct contribution c;
	struct record there;
	struct record_saved saved;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e =
	    record_get(db, a, who, KIND_IDEA, birth->contribution, &there);
	if (e != ERR_NOT_FOUND)
		return e;
	e = contribution_get(db, a, who, birth->contribution, &c);
	if (e == ERR_OK && str_eq(c.state, S("withdrawn")))
		return ERR_NOT_FOUND;
	if (e != ERR_OK)
		return e;
	if (c.restricted)
		return ERR_INVALID;
	struct record r = born(who, &c, a);
	record_set(&r, "shown", birth->shown);
	e = drop_group(db, a, who, &r);
	if (e == ERR_OK)
		e = record_save_managed(db, a, who, &r, &saved);
	if (e == ERR_INVALID) /* all it refers to was there a moment ago */
		e = ERR_UNAVAIL;
	return e == ERR_OK ? db_exec(db, SQL_SOURCE, NULL, DB_ID(who->org),
				 DB_ID(who->network), DB_ID(r.id), DB_ID(c.id),
				 DB_INT(birth->peers), DB_INT(who->now_us),
				 DB_ID(who->account))
			   : e;
}

/* ---- of others ---- */

static const char SQL_ORIGIN[] =
    "INSERT INTO idea_origin (org, network, idea, made_of, way, at_us,"
    " account, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, '')"
    " ON CONFLICT (org, network, idea, made_of) DO NOTHING";

static enum err
add_origin(struct db *db, const struct actor *who, struct id idea,
    struct id made_of, struct str way)
{
	return db_exec(db, SQL_ORIGIN, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(idea), DB_ID(made_of), DB_TEXT(way),
	    DB_INT(who->now_us), DB_ID(who->account));
}

enum err
idea_build_on(
    struct db *db, const struct actor *who, struct id idea, struct id made_of)
{
	return add_origin(db, who, idea, made_of, S("built_on"));
}

/* What people said for each of them is under the new one too, under the
 * promise that it was said under. */
static const char SQL_INHERIT[] =
    "INSERT INTO idea_source (org, network, idea, contribution, role, peers,"
    " rev, at_us, account)"
    " SELECT s.org, s.network, $4, s.contribution, s.role, s.peers, s.rev,"
    "  s.at_us, s.account FROM idea_source s"
    " WHERE s.org = $1 AND s.network = $2 AND s.idea = $3"
    "   AND s.role = 'words'"
    " ON CONFLICT (org, network, idea, contribution) DO NOTHING";

static const char *
check_line(struct str text, ptrdiff_t max)
{
	if (utf8_blank(text))
		return N_("This must be filled in.");
	if (cpr_find(text).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return utf8_length(text) > max ? N_("This is too long.") : NULL;
}

static ptrdiff_t
count_refs(struct str refs)
{
	struct id id;
	ptrdiff_t n = 0;
	while (record_next_ref(&refs, &id))
		n++;
	return n;
}

static void
check_new(const struct idea_new *new, struct idea_faults *f)
{
	ptrdiff_t n = count_refs(new->made_of);
	const struct field_def *kind =
	    &idea_def.fields[record_field(KIND_IDEA, "kind")];
	*f = (struct idea_faults){.title = check_line(new->title, 120),
	    .what = check_line(new->what, 2000),
	    .kind = choice_find(kind->choices, new->kind) == NULL
		? N_("Choose one of the possibilities.")
		: NULL};
	if (str_find_byte(new->title, '\n') >= 0)
		f->title = N_("Write this on one line.");
	if (n > IDEA_ORIGINS)
		f->made_of = N_("Choose at most 20.");
	else if (n < (new->combined ? 2 : 1))
		f->made_of = new->combined
		    ? N_("Choose at least two that become one.")
		    : N_("Choose at least one that it builds on.");
	f->any = f->title || f->what || f->kind || f->made_of;
}

/* What two of them say in a field of references, once each. */
static void
join_refs(struct arena *a, struct record *r, const struct record *of,
    const char *field)
{
	record_set(r, field,
	    record_refs(a,
		STR_JOIN(a, record_value(r, field), S(" "),
		    record_value(of, field))));
}

static enum err
take_over(struct db *db, struct arena *a, const struct actor *who,
    const struct idea_new *new, struct record *r)
{
	struct str refs = new->made_of;
	struct id id;
	struct record of;
	while (record_next_ref(&refs, &id)) {
		enum err e = record_get(db, a, who, KIND_IDEA, id, &of);
		if (e != ERR_OK)
			return e;
		join_refs(a, r, &of, "target_groups");
		join_refs(a, r, &of, "insights");
		if (new->combined && record_value(r, "citizen_part").n == 0)
			record_set(r, "citizen_part",
			    record_value(&of, "citizen_part"));
	}
	return ERR_OK;
}

static enum err
link_origins(struct db *db, const struct actor *who, const struct idea_new *new)
{
	struct str refs = new->made_of;
	struct id id;
	enum err e = ERR_OK;
	while (e == ERR_OK && record_next_ref(&refs, &id)) {
		e = add_origin(db, who, new->id, id,
		    new->combined ? S("combined") : S("built_on"));
		if (e == ERR_OK && new->combined)
			e = db_exec(db, SQL_INHERIT, NULL, DB_ID(who->org),
			    DB_ID(who->network), DB_ID(id), DB_ID(new->id));
	}
	return e;
}

enum err
idea_derive(struct db *db, struct arena *a, const struct actor *who,
    const struct idea_new *new, struct idea_faults *f)
{
	struct record r = {
	    .kind = KIND_IDEA, .network = who->network, .id = new->id};
	struct record there;
	struct record_saved saved;
	check_new(new, f);
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (f->any)
		return ERR_INVALID;
	enum err e = record_get(db, a, who, KIND_IDEA, new->id, &there);
	if (e != ERR_NOT_FOUND)
		return e; /* sent twice */
	record_set(&r, "title", str_trim(new->title));
	record_set(&r, "what", str_trim(new->what));
	record_set(&r, "kind", new->kind);
	e = take_over(db, a, who, new, &r);
	if (e == ERR_NOT_FOUND) {
		f->made_of = N_("One of them is no longer there. Choose "
				"again.");
		f->any = true;
		return ERR_INVALID;
	}
	if (e == ERR_OK)
		e = record_save(db, a, who, &r, &saved);
	if (e == ERR_INVALID) /* it was checked, and what it refers to */
		e = ERR_UNAVAIL;
	if (e == ERR_OK)
		e = link_origins(db, who, new);
	return e == ERR_OK
	    ? audit_add(db, a, who,
		  new->combined ? S("idea.combine") : S("idea.build"), new->id)
	    : e;
}

static const char SQL_APART[] =
    "UPDATE idea_origin SET undone_us = $4, undone_by = $5, reason = $6"
    " WHERE org = $1 AND network = $2 AND idea = $3 AND way = 'combined'"
    "   AND undone_us IS NULL";

enum err
idea_take_apart(struct db *db, struct arena *a, const struct actor *who,
    const struct idea *idea, const struct idea_step *step)
{
	int64_t undone = 0;
	struct idea_step drop = {step->rev, S("dropped"), step->reason};
	enum err e = idea_move(db, a, who, idea, &drop);
	if (e == ERR_OK)
		e = db_exec(db, SQL_APART, &undone, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(idea->record.id),
		    DB_INT(who->now_us), DB_ID(who->account),
		    DB_TEXT(str_trim(step->reason)));
	if (e == ERR_OK && undone == 0)
		return ERR_NOT_FOUND;
	return e == ERR_OK
	    ? audit_add(db, a, who, S("idea.apart"), idea->record.id)
	    : e;
}

/* ---- taken back ---- */

/* Words of the network's own may still tell what was taken back: those are
 * looked at again. */
static const char SQL_MARK[] =
    "INSERT INTO idea_reword (org, network, idea, contribution, at_us)"
    " SELECT s.org, s.network, s.idea, s.contribution, $4 FROM idea_source s"
    "  JOIN idea i ON i.org = $1 AND i.network = $2 AND i.id = s.idea"
    " WHERE s.org = $1 AND s.network = $2 AND s.contribution = $3"
    "   AND (i.what <> '' OR i.title NOT IN ($5, $6))"
    " ON CONFLICT (org, network, idea, contribution) DO NOTHING";

static const char SQL_UNLINK[] =
    "DELETE FROM idea_source"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

static const char SQL_UNKNOWN[] =
    "DELETE FROM idea_sender"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

enum err
idea_forget(struct db *db, const struct actor *who, struct id contribution)
{
	enum err e = db_exec(db, SQL_MARK, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(contribution), DB_INT(who->now_us),
	    DB_TEXT(tr(LANG_DA, idea_no_title)),
	    DB_TEXT(tr(LANG_EN, idea_no_title)));
	if (e == ERR_OK)
		e = db_exec(db, SQL_UNLINK, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(contribution));
	return e == ERR_OK ? db_exec(db, SQL_UNKNOWN, NULL, DB_ID(who->org),
				 DB_ID(who->network), DB_ID(contribution))
			   : e;
}

static const char SQL_REWORDED[] =
    "UPDATE idea_reword SET done_us = $4, done_by = $5"
    " WHERE org = $1 AND network = $2 AND idea = $3 AND done_us IS NULL";

enum err
idea_reworded(struct db *db, struct arena *a, const struct actor *who,
    const struct idea *idea)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_REWORDED, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(idea->record.id), DB_INT(who->now_us),
	    DB_ID(who->account));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("idea.reworded"), idea->record.id)
	    : e;
}
