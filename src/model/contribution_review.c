/* SPDX-License-Identifier: MPL-2.0 */

/* What becomes of a contribution after it came in (model/contribution.h). */
#include "base/buf.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/coding.h"
#include "model/consent.h"
#include "model/idea.h"
#include "model/trial.h"
#include "model/merge.h"
#include "model/recall.h"
#include "model/scrub.h"
#include "model/search.h"
#include "model/story.h"
#include "model/trace.h"

/* ---- its words ---- */

static const char SQL_REWORD[] =
    "UPDATE contribution SET rev = rev + 1, changed_us = $5, changed_by = $6,"
    " wording = $7, shortened = $8, approval = $9"
    " WHERE org = $1 AND network = $2 AND id = $3 AND rev = $4"
    "   AND state <> 'withdrawn'";

/* The original in fewer words, in the order they were said. */
static bool
is_shortened(struct str original, struct str wording)
{
	while (wording.n > 0) {
		struct str word = str_cut(&wording, ' ');
		ptrdiff_t at = str_find(original, word);
		if (at < 0)
			return false;
		original = str_sub(original, at + word.n, original.n);
	}
	return true;
}

enum err
contribution_reword(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, struct str wording)
{
	int64_t changed = 0;
	struct str words = str_trim(wording), way;
	if (str_eq(words, str_trim(c->original)))
		words = S("");
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = merge_is_made(db, a, who, c->id, &way);
	if (e != ERR_OK)
		return e;
	bool quote = str_eq(c->kind, S("quote")) || str_eq(way, S("split"));
	quote = quote && c->original.n > 0;
	if (utf8_length(words) > WORDS_MAX || cpr_find(words).n > 0 ||
	    (quote && words.n > 0 && !is_shortened(c->original, words)) ||
	    (words.n == 0 && c->original.n == 0))
		return ERR_INVALID;
	bool ask = words.n > 0 && id_is_set(c->person);
	e = db_exec(db, SQL_REWORD, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(c->id), DB_INT(c->rev),
	    DB_INT(who->now_us), DB_ID(who->account), DB_TEXT(words),
	    DB_INT(quote && words.n > 0), DB_TEXT(ask ? S("asked") : S("")));
	if (e == ERR_OK && changed == 0)
		return ERR_CONFLICT;
	if (e == ERR_OK)
		e = contribution_reworded(
		    db, a, who, c, words.n > 0 ? words : c->original);
	if (e == ERR_OK && way.n > 0)
		e = merge_reworded(db, who, c->id);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("contribution.reword"), c->id)
	    : e;
}

enum err
contribution_reworded(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, struct str words)
{
	enum err e = contribution_index(db, a, who, c, words);
	if (e == ERR_OK)
		e = coding_follow(db, a, who, c->id, words);
	return e == ERR_OK ? merge_follow_words(db, who, c->id) : e;
}

/* ---- its state ---- */

bool
contribution_may_move(struct str from, struct str to)
{
	static const char *const ways[][2] = {{"received", "reviewed"},
	    {"reviewed", "approved"}, {"approved", "reviewed"},
	    {"reviewed", "not_used"}, {"approved", "used"},
	    {"approved", "not_used"}, {"not_used", "approved"},
	    {"used", "answered"}, {"not_used", "answered"}};
	for (ptrdiff_t i = 0; i < COUNT_OF(ways); i++) {
		if (str_eq(str_c(ways[i][0]), from) &&
		    str_eq(str_c(ways[i][1]), to))
			return true;
	}
	return false;
}

static const char SQL_MOVE[] =
    "UPDATE contribution SET rev = rev + 1, changed_us = $5, changed_by = $6,"
    " state = $7, reason = $8"
    " WHERE org = $1 AND network = $2 AND id = $3 AND rev = $4";

/* R11: wording that the person was asked about and has not approved. */
static bool
is_unapproved(const struct contribution *c)
{
	return c->wording.n > 0 && c->approval.n > 0 &&
	    !str_eq(c->approval, S("yes"));
}

enum err
contribution_move(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, const struct contribution_step *step)
{
	struct str state = step->state, reason = step->reason;
	struct contribution now;
	int64_t changed = 0;
	bool unused = str_eq(state, S("not_used"));
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (!contribution_may_move(c->state, state) ||
	    (unused && utf8_blank(reason)) || utf8_length(reason) > WORDS_MAX ||
	    cpr_find(reason).n > 0 || contribution_words(c).n == 0 ||
	    (str_eq(state, S("approved")) && is_unapproved(c)))
		return ERR_INVALID;
	bool keeps = str_eq(state, S("answered"));
	struct str why = unused ? reason : keeps ? c->reason : S("");
	enum err e = contribution_get(db, a, who, c->id, &now);
	if (e == ERR_OK && now.restricted && str_eq(state, S("used")))
		return ERR_INVALID;
	if (e == ERR_OK)
		e = db_exec(db, SQL_MOVE, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(c->id), DB_INT(c->rev),
		    DB_INT(who->now_us), DB_ID(who->account), DB_TEXT(state),
		    DB_TEXT(why));
	if (e == ERR_OK && changed == 0)
		return ERR_CONFLICT;
	return e == ERR_OK ? audit_add(db, a, who,
				 STR_JOIN(a, S("contribution."), state), c->id)
			   : e;
}

/* ---- tags ---- */

static const char SQL_TAGS[] =
    "SELECT tag, COUNT(*) FROM contribution_tag"
    " WHERE org = $1 AND network = $2 AND (contribution = $3 OR $3 IS NULL)"
    " GROUP BY tag ORDER BY tag";

static const char SQL_UNTAG[] =
    "DELETE FROM contribution_tag"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

static const char SQL_TAG[] =
    "INSERT INTO contribution_tag (org, network, contribution, tag)"
    " VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (org, network, contribution, tag) DO NOTHING";

enum err
contribution_tags(struct db *db, struct arena *a, const struct actor *who,
    struct id of, struct contribution_tags *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_TAGS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(of));
	if (e != ERR_OK)
		return e;
	*out = (struct contribution_tags){arena_new(a, struct str, rows.n),
	    arena_new(a, int64_t, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		out->list[i] = db_text(&rows.row[i], 0);
		out->count[i] = db_int(&rows.row[i], 1);
	}
	return ERR_OK;
}

enum err
contribution_tag(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, struct str tags)
{
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (cpr_find(tags).n > 0)
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_UNTAG, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(c->id));
	for (int n = 0; e == ERR_OK && tags.n > 0;) {
		struct str tag = str_trim(str_cut(&tags, ','));
		if (tag.n == 0)
			continue;
		if (++n > TAGS_MAX || utf8_length(tag) > TAG_MAX)
			return ERR_INVALID;
		e = db_exec(db, SQL_TAG, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(c->id), DB_TEXT(tag));
	}
	return e == ERR_OK ? audit_add(db, a, who, S("contribution.tag"), c->id)
			   : e;
}

/* ---- what was agreed to ---- */

static const char SQL_AGREE[] =
    "UPDATE contribution SET rev = rev + 1, changed_us = $4, changed_by = $5,"
    " scope = $6, anonymity = $7, basis = $8, given_by = $9"
    " WHERE org = $1 AND network = $2 AND id = $3 AND state <> 'withdrawn'";

enum err
contribution_agree(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, struct str told)
{
	struct contribution_faults faults;
	struct person p = {.age = S("")};
	int64_t changed = 0;
	struct str way;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = contribution_check(db, a, who, c, &faults);
	if (e == ERR_OK)
		e = merge_is_made(db, a, who, c->id, &way);
	if (e != ERR_OK)
		return e;
	if (way.n > 0) /* its origins say how far it goes */
		return ERR_INVALID;
	if (faults.scope || faults.anonymity || faults.basis || faults.given_by)
		return ERR_INVALID;
	e = id_is_set(c->person) ? person_get(db, a, who, c->person, &p)
				 : ERR_OK;
	if (e == ERR_OK)
		e = db_exec(db, SQL_AGREE, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(c->id), DB_INT(who->now_us),
		    DB_ID(who->account), DB_INT(c->scope),
		    DB_TEXT(c->anonymity), DB_TEXT(c->basis),
		    DB_TEXT(c->given_by));
	if (e == ERR_OK && changed == 0)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = consent_add(db, a, who, c,
		    &(struct consent_event){S("changed"), p.age, told});
	if (e == ERR_OK)
		e = merge_follow_scope(db, a, who, c->id);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("contribution.agree"), c->id)
	    : e;
}

static const char SQL_WITHDRAW[] =
    "UPDATE contribution SET rev = rev + 1, changed_us = $4, changed_by = $5,"
    " original = '', wording = '', shortened = 0, approval = '', reason = '',"
    " state = 'withdrawn', withdrawn_us = $4"
    " WHERE org = $1 AND network = $2 AND id = $3";

static const char SQL_NO_EVIDENCE[] =
    "DELETE FROM evidence"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

/* The key of each goes with its row, so that what lies in the files until the
 * next sweep (media_sweep()) is read by nobody. */
static const char SQL_NO_MEDIA[] =
    "DELETE FROM media"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

enum err
contribution_empty(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c)
{
	struct id id = c->id;
	enum err e = recall_add(db, who, c);
	if (e == ERR_OK)
		e = db_exec(db, SQL_WITHDRAW, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_INT(who->now_us),
		    DB_ID(who->account));
	if (e == ERR_OK)
		e = db_exec(db, SQL_NO_EVIDENCE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_UNTAG, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = coding_drop_all(db, who, id);
	if (e == ERR_OK)
		e = idea_forget(db, who, id);
	if (e == ERR_OK)
		e = trial_forget(db, who, id);
	if (e == ERR_OK)
		e = trace_forget(db, who, id);
	if (e == ERR_OK)
		e = story_forget(db, who, id);
	if (e == ERR_OK)
		e = search_drop(db, a, who, id);
	return e == ERR_OK ? db_exec(db, SQL_NO_MEDIA, NULL, DB_ID(who->org),
				 DB_ID(who->network), DB_ID(id))
			   : e;
}

enum err
contribution_withdraw(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct contribution c;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = contribution_get(db, a, who, id, &c);
	if (e == ERR_OK && str_eq(c.state, S("withdrawn")))
		return ERR_OK;
	if (e == ERR_OK)
		e = contribution_empty(db, a, who, &c);
	if (e == ERR_OK)
		e = merge_follow_gone(db, a, who, id);
	if (e == ERR_OK)
		e = consent_add(db, a, who, &c,
		    &(struct consent_event){S("withdrawn"), S(""), S("")});
	if (e == ERR_OK)
		e = scrub_ask(db, a, who);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("contribution.withdraw"), id)
	    : e;
}
