/* SPDX-License-Identifier: MPL-2.0 */

/* Erasing a person from a network (model/person.h).  What names a person in a
 * table of its own is listed here; tests/model/person.c looks for what is
 * left, in every table. */
#include "model/audit.h"
#include "model/ballot.h"
#include "model/experience.h"
#include "model/measure.h"
#include "model/coding.h"
#include "model/corps.h"
#include "model/dialogue.h"
#include "model/idea.h"
#include "model/trial.h"
#include "model/merge.h"
#include "model/outbox.h"
#include "model/recall.h"
#include "model/reply.h"
#include "model/scrub.h"
#include "model/search.h"
#include "model/sending.h"
#include "model/story.h"

static const char SQL_EMPTY[] =
    "UPDATE person SET rev = rev + 1, changed_us = $4, changed_by = $5,"
    " vault = NULL, state = 'erased', alias = '', target_group = NULL,"
    " age = '', reason = '', needs = '', needs_note = '',"
    " needs_asked_us = NULL, vulnerable = '', big_wish = '',"
    " big_wish_us = NULL, guardian = '', guardian_us = NULL"
    " WHERE org = $1 AND network = $2 AND id = $3";

static const char SQL_VALUES[] =
    "DELETE FROM person_value WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_MESSAGES[] =
    "DELETE FROM message WHERE org = $1 AND network = $2 AND person = $3";

/* The wish is met. */
static const char SQL_WISH[] =
    "DELETE FROM erasure WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_REQUESTS[] =
    "DELETE FROM subject_request"
    " WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_SENDINGS[] =
    "DELETE FROM sending WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_CODES[] =
    "DELETE FROM code WHERE org = $1 AND network = $2 AND person = $3";

/* What they said goes with them; that it was said once stays. */
static const char SQL_WORDS[] =
    "UPDATE contribution SET original = '', wording = '', shortened = 0,"
    " approval = '', reason = '', state = 'withdrawn', withdrawn_us = $4,"
    " rev = rev + 1, changed_us = $4"
    " WHERE org = $1 AND network = $2 AND person = $3 AND state <> 'withdrawn'";

/* Drafts from the field, and what was recorded with them (model/field.h). */
static const char SQL_DRAFT_MEDIA[] =
    "DELETE FROM media WHERE org = $1 AND network = $2 AND contribution IN"
    " (SELECT i.voice FROM field_item i WHERE i.org = $1 AND i.network = $2"
    "   AND i.person = $3)";

static const char SQL_DRAFTS[] =
    "UPDATE field_item SET words = NULL, person = NULL, state = 'dropped'"
    " WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_RECALL[] =
    "INSERT INTO recall (org, network, contribution, export, due_us)"
    " SELECT c.org, c.network, c.id, x.id, $4 FROM contribution c"
    "  JOIN voices_export x ON x.org = $1 AND x.network = $2"
    "   AND " SQL_MAY_HOLD
    " WHERE c.org = $1 AND c.network = $2 AND c.person = $3"
    "   AND c.state <> 'withdrawn'"
    " ON CONFLICT (org, network, contribution, export) DO NOTHING";

static const char SQL_EVIDENCE[] =
    "DELETE FROM evidence WHERE org = $1 AND network = $2 AND contribution IN"
    " (SELECT c.id FROM contribution c WHERE c.org = $1 AND c.network = $2"
    "   AND c.person = $3)";

/* The keys of the files go with the rows (model/media.h). */
static const char SQL_MEDIA[] =
    "DELETE FROM media WHERE org = $1 AND network = $2 AND contribution IN"
    " (SELECT c.id FROM contribution c WHERE c.org = $1 AND c.network = $2"
    "   AND c.person = $3)";

static const char SQL_TAGS[] =
    "DELETE FROM contribution_tag WHERE org = $1 AND network = $2"
    " AND contribution IN (SELECT c.id FROM contribution c WHERE c.org = $1"
    "   AND c.network = $2 AND c.person = $3)";

static const char SQL_ASKED[] =
    "UPDATE asked SET vault = NULL"
    " WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_ELSEWHERE[] =
    "SELECT count(*) FROM person WHERE org = $1 AND vault = $2";

static const char SQL_VAULT[] =
    "DELETE FROM vault WHERE org = $1 AND person = $2";

/* The key goes with the row: what was sealed for them opens no more. */
static enum err
drop_entry(
    struct db *db, struct arena *a, const struct actor *who, struct id entry)
{
	struct db_row row;
	if (!id_is_set(entry))
		return ERR_OK;
	enum err e =
	    db_one(db, a, SQL_ELSEWHERE, &row, DB_ID(who->org), DB_ID(entry));
	if (e != ERR_OK || db_int(&row, 0) > 0)
		return e;
	return db_exec(db, SQL_VAULT, NULL, DB_ID(who->org), DB_ID(entry));
}

static const char SQL_SAID[] =
    "SELECT id FROM contribution"
    " WHERE org = $1 AND network = $2 AND person = $3 AND state <> 'withdrawn'";

static enum err
drop_from_search(struct db *db, struct arena *a, const struct actor *who,
    const struct db_rows *said)
{
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < said->n; i++) {
		struct id id = db_id(&said->row[i], 0);
		e = search_drop(db, a, who, id);
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
	}
	return e;
}

/* What was made of their words. */
static enum err
drop_made(struct db *db, struct arena *a, const struct actor *who,
    const struct db_rows *said)
{
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < said->n; i++)
		e = merge_follow_gone(db, a, who, db_id(&said->row[i], 0));
	return e;
}

static enum err
drop_drafts(struct db *db, const struct actor *who, struct id id)
{
	enum err e = db_exec(db, SQL_DRAFT_MEDIA, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_DRAFTS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	return e;
}

static enum err
drop_words(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct db_rows said;
	enum err e = db_all(db, a, SQL_SAID, &said, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = drop_from_search(db, a, who, &said);
	if (e == ERR_OK)
		e = db_exec(db, SQL_RECALL, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id),
		    DB_INT(who->now_us + RECALL_DAYS * DAY_US));
	if (e == ERR_OK)
		e = db_exec(db, SQL_EVIDENCE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_MEDIA, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_TAGS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_WORDS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_INT(who->now_us));
	return e == ERR_OK ? drop_made(db, a, who, &said) : e;
}

static enum err
drop_rows(struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	enum err e = db_exec(db, SQL_VALUES, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_MESSAGES, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = mail_drop(db, who, sending_mails(a, id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_SENDINGS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_CODES, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_ASKED, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_WISH, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_REQUESTS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = drop_drafts(db, who, id);
	if (e == ERR_OK)
		e = ballot_erase(db, a, who, id);
	if (e == ERR_OK)
		e = trial_erase(db, who, id);
	if (e == ERR_OK)
		e = reply_erase(db, who, id);
	if (e == ERR_OK)
		e = corps_forget(db, a, who, id);
	if (e == ERR_OK)
		e = measure_erase(db, a, who, id);
	if (e == ERR_OK)
		e = experience_erase(db, a, who, id);
	if (e == ERR_OK)
		e = drop_words(db, a, who, id);
	if (e == ERR_OK)
		e = voter_erase(db, a, who, id);
	return e;
}

enum err
person_erase(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct person p;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = person_get(db, a, who, id, &p);
	if (e == ERR_OK && str_eq(p.state, S("erased")))
		return ERR_OK;
	if (e == ERR_OK)
		e = drop_rows(db, a, who, id);
	if (e == ERR_OK)
		e = db_exec(db, SQL_EMPTY, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_INT(who->now_us),
		    DB_ID(who->account));
	if (e == ERR_OK)
		e = drop_entry(db, a, who, p.vault);
	if (e == ERR_OK)
		e = scrub_ask(db, a, who);
	return e == ERR_OK ? audit_add(db, a, who, S("person.erase"), id) : e;
}
