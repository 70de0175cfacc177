/* SPDX-License-Identifier: MPL-2.0 */
#include "model/story.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"

static const char SQL_VOICES[] =
    "SELECT contribution, number, lead FROM story_voice"
    " WHERE org = $1 AND network = $2 AND story = $3"
    " ORDER BY number, contribution";

static const struct quote *
quote_of(const struct quotes *all, struct id contribution)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].contribution, contribution))
			return &all->list[i];
	}
	return NULL;
}

enum scope
story_readers_of(const struct record *r)
{
	const struct choice *c =
	    choice_find(story_readers, record_value(r, "readers"));
	return c == NULL ? SCOPE_PUBLIC
			 : (enum scope)(c - story_readers + SCOPE_NETWORK);
}

bool
story_is_for_page(const struct record *r)
{
	return story_readers_of(r) == SCOPE_PUBLIC &&
	    str_eq(record_value(r, "page"), S("yes"));
}

struct told {
	struct quotes may_go; /* to the story's readers */
	struct quotes read; /* of those: for `who` */
};

static enum err
read_quotes(struct db *db, struct arena *a, const struct actor *who,
    const struct story *s, struct told *out)
{
	int64_t least = contribution_least(who);
	struct quote_ask ask = {s->readers, s->record.id};
	enum err e = quote_list_of(db, a, who, &ask, &out->may_go);
	out->read = out->may_go;
	if (e != ERR_OK || least <= (int64_t)s->readers)
		return e;
	ask.readers = (enum scope)least;
	return quote_list_of(db, a, who, &ask, &out->read);
}

enum err
story_get(struct db *db, struct arena *a, const struct actor *who, struct id id,
    struct story *out)
{
	struct db_rows rows;
	struct told told = {0};
	*out = (struct story){0};
	enum err e = record_get(db, a, who, KIND_STORY, id, &out->record);
	if (e != ERR_OK)
		return e;
	out->readers = story_readers_of(&out->record);
	e = db_all(db, a, SQL_VOICES, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = read_quotes(db, a, who, out, &told);
	for (ptrdiff_t i = 0;
	     e == ERR_OK && i < rows.n && out->n < STORY_VOICES; i++) {
		struct id said = db_id(&rows.row[i], 0);
		struct story_voice v = {said, db_int(&rows.row[i], 1),
		    db_text(&rows.row[i], 2), quote_of(&told.read, said),
		    quote_of(&told.may_go, said) == NULL};
		out->held_back += v.held;
		out->unread += !v.held && v.quote == NULL;
		out->voice[out->n++] = v;
	}
	return e;
}

bool
story_may_leave(const struct story *s)
{
	return s->n > 0 && s->held_back + s->unread == 0;
}

void
story_rules(struct rules *r, const struct story *s)
{
	for (ptrdiff_t i = 0; i < s->n; i++) {
		const struct story_voice *v = &s->voice[i];
		struct quoting q = {(int64_t)s->readers, (int64_t)s->readers,
		    !v->held, lang_int(r->arena, r->lang, v->number)};
		(void)rule_quoted_beyond(r, &q);
	}
}

/* ---- putting words in, and taking them off ---- */

static const char SQL_ADD[] =
    "INSERT INTO story_voice (org, network, story, contribution, number, lead,"
    " account) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network, story, contribution) DO UPDATE SET lead = $6";

enum err
story_add(struct db *db, struct arena *a, const struct actor *who,
    const struct story *s, const struct story_voice *v)
{
	bool may;
	struct str lead = str_trim(v->lead);
	struct id voice = v->contribution;
	struct quote_wish wish = {s->readers, {&voice, 1}};
	int64_t last = s->n == 0 ? 0 : s->voice[s->n - 1].number;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (utf8_length(lead) > STORY_LEAD || cpr_find(lead).n > 0 ||
	    s->n >= STORY_VOICES)
		return ERR_INVALID;
	enum err e = quote_may(db, a, who, &wish, &may);
	if (e != ERR_OK || !may)
		return e == ERR_OK ? ERR_INVALID : e;
	e = db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(s->record.id), DB_ID(v->contribution), DB_INT(last + 1),
	    DB_TEXT(lead), DB_ID(who->account));
	return e == ERR_OK ? audit_add(db, a, who, S("story.add"), s->record.id)
			   : e;
}

static const char SQL_DROP[] =
    "DELETE FROM story_voice WHERE org = $1 AND network = $2 AND story = $3"
    " AND contribution = $4";

enum err
story_drop(struct db *db, struct arena *a, const struct actor *who,
    const struct story *s, struct id contribution)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_DROP, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(s->record.id), DB_ID(contribution));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("story.drop"), s->record.id)
	    : e;
}

static const char SQL_FORGET[] =
    "DELETE FROM story_voice WHERE org = $1 AND network = $2"
    " AND contribution = $3";

enum err
story_forget(struct db *db, const struct actor *who, struct id contribution)
{
	return db_exec(db, SQL_FORGET, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(contribution));
}
