/* SPDX-License-Identifier: MPL-2.0 */
#include "model/merge.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"

struct made {
	struct db *db;
	struct arena *arena;
	const struct actor *who;
	const char *way;
	struct contribution c; /* what is made */
};

/* ---- the rows of what is made ---- */

static const char SQL_ADD[] =
    "INSERT INTO contribution (org, network, id, rev, changed_us, changed_by,"
    " at_us, account, person, actor_kind, teller, kind, original, wording,"
    " shortened, approval, state, reason, activity, phase, target_group, basis,"
    " scope, anonymity, given_by)"
    " VALUES ($1, $2, $3, 1, $4, $5, $4, $5, NULL, $6, 'staff', $7, $8, '', 0,"
    " '', 'reviewed', '', $9, $10, $11, $12, $13, 'none', 'self')"
    " ON CONFLICT (org, network, id) DO NOTHING";

static const char SQL_MADE[] =
    "INSERT INTO contribution_making (org, network, contribution, way, at_us,"
    " account, reason) VALUES ($1, $2, $3, $4, $5, $6, '')";

static const char SQL_ORIGIN[] =
    "INSERT INTO contribution_origin (org, network, contribution, made_of, way,"
    " at_us, account) VALUES ($1, $2, $3, $4, $5, $6, $7)";

static const char SQL_PASSAGE[] =
    "INSERT INTO contribution_passage (org, network, contribution, made_of,"
    " from_at, to_at) VALUES ($1, $2, $3, $4, $5, $6)";

/* What the origin comes from, comes after it in the line. */
static const char SQL_ANCESTORS[] =
    "INSERT INTO contribution_line (org, network, contribution, ancestor, root)"
    " SELECT l.org, l.network, $3, l.ancestor, l.root FROM contribution_line l"
    " WHERE l.org = $1 AND l.network = $2 AND l.contribution = $4"
    " ON CONFLICT (org, network, contribution, ancestor) DO NOTHING";

static const char SQL_ANCESTOR[] =
    "INSERT INTO contribution_line (org, network, contribution, ancestor, root)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (org, network, contribution, ancestor) DO NOTHING";

static enum err
add_origin(const struct made *m, struct id of)
{
	struct db *db = m->db;
	const struct actor *who = m->who;
	struct str way;
	enum err e = merge_is_made(db, m->arena, who, of, &way);
	if (e == ERR_OK)
		e = db_exec(db, SQL_ORIGIN, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(m->c.id), DB_ID(of),
		    DB_TEXT(str_c(m->way)), DB_INT(who->now_us),
		    DB_ID(who->account));
	if (e == ERR_OK)
		e = db_exec(db, SQL_ANCESTORS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(m->c.id), DB_ID(of));
	if (e == ERR_OK)
		e = db_exec(db, SQL_ANCESTOR, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(m->c.id), DB_ID(of),
		    DB_INT(way.n == 0));
	return e;
}

/* *added: it was not there.  Its words are searched from now on. */
static enum err
add_made(const struct made *m, int64_t *added)
{
	struct db *db = m->db;
	const struct actor *who = m->who;
	const struct contribution *c = &m->c;
	enum err e = db_exec(db, SQL_ADD, added, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(c->id), DB_INT(who->now_us),
	    DB_ID(who->account), DB_TEXT(c->actor_kind), DB_TEXT(c->kind),
	    DB_TEXT(c->original), DB_ID(c->activity), DB_ID(c->phase),
	    DB_ID(c->group), DB_TEXT(c->basis), DB_INT(c->scope));
	if (e != ERR_OK || *added == 0)
		return e;
	e = db_exec(db, SQL_MADE, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(c->id), DB_TEXT(str_c(m->way)), DB_INT(who->now_us),
	    DB_ID(who->account));
	return e == ERR_OK
	    ? contribution_index(db, m->arena, who, c, c->original)
	    : e;
}

/* ---- merging ---- */

static struct id
same_id(struct id x, struct id y)
{
	return id_eq(x, y) ? x : (struct id){0};
}

/* What the result has of its origins: no more than each of them. */
static void
take_from(struct contribution *c, const struct contribution *of, bool first)
{
	if (first) {
		c->actor_kind = of->actor_kind;
		c->activity = of->activity;
		c->phase = of->phase;
		c->group = of->group;
		c->basis = of->basis;
		c->scope = of->scope;
		return;
	}
	c->activity = same_id(c->activity, of->activity);
	c->phase = same_id(c->phase, of->phase);
	c->group = same_id(c->group, of->group);
	if (str_eq(of->basis, S("consent")))
		c->basis = of->basis;
	if (of->scope < c->scope)
		c->scope = of->scope;
}

static bool
is_there(const struct contribution *c)
{
	return !c->restricted && !str_eq(c->state, S("withdrawn")) &&
	    !str_eq(c->state, S("received")) && contribution_words(c).n > 0;
}

static const char *
check_words(struct str words)
{
	if (utf8_blank(words))
		return N_("Write the common words, or keep those of one.");
	if (cpr_find(words).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return utf8_length(words) > WORDS_MAX ? N_("This is too long.") : NULL;
}

/* Reads the origins into what is made of them. */
static enum err
read_origins(struct made *m, const struct merge *in, const char **fault)
{
	bool kept = !id_is_set(in->kept);
	if (in->n < 2 || in->n > MERGE_MOST)
		*fault = N_("Choose two or more, at most 50.");
	for (ptrdiff_t i = 0; *fault == NULL && i < in->n; i++) {
		struct contribution of;
		enum err e =
		    contribution_get(m->db, m->arena, m->who, in->of[i], &of);
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		for (ptrdiff_t k = 0; k < i; k++) {
			if (id_eq(in->of[i], in->of[k]))
				*fault = N_("Choose two or more, at most 50.");
		}
		if (e == ERR_NOT_FOUND || !is_there(&of)) {
			*fault = N_("One of them is gone, or nobody has looked "
				    "it through yet.");
			return ERR_OK;
		}
		take_from(&m->c, &of, i == 0);
		if (id_eq(in->kept, of.id)) {
			kept = true;
			m->c.original = contribution_words(&of);
		}
	}
	if (*fault == NULL && !kept)
		*fault = N_("Keep the words of one that you chose.");
	return ERR_OK;
}

static enum err
look(struct made *m, const struct merge *in, struct merge_faults *f)
{
	*f = (struct merge_faults){0};
	m->c = (struct contribution){
	    .id = in->id, .kind = in->kind, .original = str_trim(in->words)};
	enum err e = read_origins(m, in, &f->of);
	if (e != ERR_OK)
		return e;
	if (!id_is_set(in->kept))
		f->words = check_words(m->c.original);
	if (choice_find(contribution_kinds, in->kind) == NULL)
		f->kind = N_("Choose one of the possibilities.");
	else if (!id_is_set(in->kept) && str_eq(in->kind, S("quote")))
		f->kind = N_("Words of your own are no quote. Choose another "
			     "kind, or keep the words of one.");
	f->any = f->of || f->words || f->kind;
	return ERR_OK;
}

enum err
merge_check(struct db *db, struct arena *a, const struct actor *who,
    const struct merge *in, struct merge_faults *f)
{
	struct made m = {.db = db, .arena = a, .who = who, .way = "merged"};
	return look(&m, in, f);
}

enum err
contribution_merge(struct db *db, struct arena *a, const struct actor *who,
    const struct merge *in)
{
	struct made m = {.db = db, .arena = a, .who = who, .way = "merged"};
	struct merge_faults faults;
	int64_t added = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = look(&m, in, &faults);
	if (e == ERR_OK && faults.any)
		return ERR_INVALID;
	m.c.at_us = who->now_us;
	if (e == ERR_OK)
		e = add_made(&m, &added);
	if (e != ERR_OK || added == 0)
		return e;
	for (ptrdiff_t i = 0; e == ERR_OK && i < in->n; i++)
		e = add_origin(&m, in->of[i]);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("contribution.merge"), in->id)
	    : e;
}

/* ---- splitting ---- */

static enum err
add_part(struct made *m, const struct contribution *of,
    const struct split_part *part)
{
	int64_t added = 0;
	m->c.id = part->id;
	m->c.at_us = m->who->now_us;
	m->c.kind = of->kind;
	m->c.original =
	    passages_words(m->arena, contribution_words(of), &part->of);
	take_from(&m->c, of, true);
	enum err e = add_made(m, &added);
	if (e != ERR_OK || added == 0)
		return e;
	e = add_origin(m, of->id);
	for (ptrdiff_t i = 0; e == ERR_OK && i < part->of.n; i++)
		e = db_exec(m->db, SQL_PASSAGE, NULL, DB_ID(m->who->org),
		    DB_ID(m->who->network), DB_ID(part->id), DB_ID(of->id),
		    DB_INT(part->of.list[i].from), DB_INT(part->of.list[i].to));
	return e;
}

static bool
is_part(struct str words, const struct split_part *part)
{
	int64_t at = 0;
	for (ptrdiff_t i = 0; i < part->of.n; i++) {
		struct passage p = part->of.list[i];
		if (p.from < at || passage_words(words, p).n == 0)
			return false;
		at = p.to;
	}
	return part->of.n > 0;
}

enum err
contribution_split(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, const struct split *s)
{
	struct made m = {.db = db, .arena = a, .who = who, .way = "split"};
	struct contribution now;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = contribution_get(db, a, who, c->id, &now);
	if (e != ERR_OK)
		return e;
	if (now.rev != c->rev)
		return ERR_CONFLICT;
	if (!is_there(&now) || s->n < 2 || s->n > PARTS_MOST)
		return ERR_INVALID;
	for (ptrdiff_t i = 0; i < s->n; i++) {
		if (!is_part(contribution_words(&now), &s->part[i]))
			return ERR_INVALID;
	}
	for (ptrdiff_t i = 0; e == ERR_OK && i < s->n; i++)
		e = add_part(&m, &now, &s->part[i]);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("contribution.split"), c->id)
	    : e;
}

/* ---- undoing ---- */

static const char SQL_EVIDENCE_BACK[] =
    "INSERT INTO evidence (org, network, insight, contribution, stance, at_us,"
    " account)"
    " SELECT e.org, e.network, e.insight, o.made_of, e.stance, e.at_us,"
    " e.account FROM evidence e"
    "  JOIN contribution_origin o ON o.org = $1 AND o.network = $2"
    "   AND o.contribution = e.contribution"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = o.made_of AND c.state <> 'withdrawn'"
    " WHERE e.org = $1 AND e.network = $2 AND e.contribution = $3"
    " ON CONFLICT (org, network, insight, contribution) DO NOTHING";

static const char SQL_UNDONE[] =
    "UPDATE contribution_making SET undone_us = $4, undone_by = $5, reason = $6"
    " WHERE org = $1 AND network = $2 AND contribution = $3"
    "   AND undone_us IS NULL";

enum err
contribution_undo(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct str reason)
{
	struct contribution c;
	struct str way;
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = contribution_get(db, a, who, id, &c);
	if (e == ERR_OK)
		e = merge_is_made(db, a, who, id, &way);
	if (e != ERR_OK)
		return e;
	if (way.n == 0 || utf8_blank(reason) ||
	    utf8_length(reason) > WORDS_MAX || cpr_find(reason).n > 0)
		return ERR_INVALID;
	e = db_exec(db, SQL_UNDONE, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_INT(who->now_us),
	    DB_ID(who->account), DB_TEXT(reason));
	if (e != ERR_OK || changed == 0)
		return e;
	e = db_exec(db, SQL_EVIDENCE_BACK, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK && !str_eq(c.state, S("withdrawn")))
		e = contribution_empty(db, a, who, &c);
	if (e == ERR_OK)
		e = merge_follow_gone(db, a, who, id);
	return e == ERR_OK ? audit_add(db, a, who, S("contribution.undo"), id)
			   : e;
}
