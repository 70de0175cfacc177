/* SPDX-License-Identifier: MPL-2.0 */
#include "model/reflection.h"

#include <assert.h>

#include "base/cpr.h"
#include "base/diff.h"
#include "base/utf8.h"
#include "model/audit.h"

static const struct {
	struct str key;
	const char *label;
} answers[ANSWER_COUNT] = {
    [ANSWER_NONE] = {S_INIT(""), N_("Not answered yet")},
    [ANSWER_YES] = {S_INIT("yes"), N_("Yes")},
    [ANSWER_PARTLY] = {S_INIT("partly"), N_("Partly")},
    [ANSWER_NO] = {S_INIT("no"), N_("No")},
    [ANSWER_UNKNOWN] = {S_INIT("unknown"), N_("Don't know")},
};

struct str
reflection_answer_key(enum reflection_answer answer)
{
	return answers[answer].key;
}

const char *
reflection_answer_label(enum reflection_answer answer)
{
	return answers[answer].label;
}

bool
reflection_answer_parse(struct str key, enum reflection_answer *out)
{
	for (int i = 0; i < ANSWER_COUNT; i++) {
		if (str_eq(answers[i].key, key)) {
			*out = (enum reflection_answer)i;
			return true;
		}
	}
	return false;
}

bool
reflection_is_open(enum reflection_answer answer)
{
	return answer == ANSWER_NO || answer == ANSWER_UNKNOWN;
}

/* ---- the questions ---- */

static bool
is_young(const struct catalogue_item *question)
{
	return str_eq(question->section, S("young"));
}

/* An empty reply to each question that the reflection has. */
static void
set_questions(struct arena *a, struct reflection *r)
{
	struct catalogue_items all = catalogue_list(S("questions"));
	assert(all.n <= REFLECTION_QUESTIONS);
	r->reply = arena_new(a, struct reflection_reply, all.n);
	r->n = 0;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (!is_young(&all.list[i]) || r->head.young)
			r->reply[r->n++].question = &all.list[i];
	}
	r->head.questions = (int)r->n;
}

static struct reflection_reply *
find_reply(struct reflection *r, struct str question)
{
	for (ptrdiff_t i = 0; i < r->n; i++) {
		if (str_eq(r->reply[i].question->key, question))
			return &r->reply[i];
	}
	return NULL; /* a question of another release */
}

static void
count_replies(struct reflection *r)
{
	struct reflection_line *head = &r->head;
	head->answered = head->open = 0;
	head->changed_us = head->begun_us;
	for (ptrdiff_t i = 0; i < r->n; i++) {
		const struct reflection_reply *reply = &r->reply[i];
		head->answered += reply->answer != ANSWER_NONE;
		head->open += reflection_is_open(reply->answer);
		if (reply->at_us > head->changed_us)
			head->changed_us = reply->at_us;
	}
}

/* ---- reading ---- */

/* Columns question, rev, answer, text, at_us, account, from `first` on. */
static struct reflection_reply
read_state(const struct db_row *row, ptrdiff_t first)
{
	struct reflection_reply state = {
	    .rev = db_int(row, first + 1),
	    .text = db_text(row, first + 3),
	    .at_us = db_int(row, first + 4),
	    .account = db_id(row, first + 5),
	};
	if (!reflection_answer_parse(db_text(row, first + 2), &state.answer))
		state.answer = ANSWER_NONE;
	return state;
}

/* A later state takes the place of an earlier one. */
static void
keep_state(struct reflection *r, const struct db_row *row, ptrdiff_t first)
{
	struct reflection_reply *reply = find_reply(r, db_text(row, first));
	if (reply == NULL)
		return;
	const struct catalogue_item *question = reply->question;
	*reply = read_state(row, first);
	reply->question = question;
}

/* Columns id, account, shared, young, begun_us. */
static struct reflection_line
read_head(const struct db_row *row)
{
	return (struct reflection_line){
	    .id = db_id(row, 0),
	    .account = db_id(row, 1),
	    .shared = db_int(row, 2) != 0,
	    .young = db_int(row, 3) != 0,
	    .begun_us = db_int(row, 4),
	};
}

static const char SQL_LIST[] =
    "SELECT id, account, shared, young, begun_us FROM reflection"
    " WHERE org = $1 AND network = $2 AND (shared = 1 OR account = $3)"
    " ORDER BY id DESC";

/* All states without their texts, as the list is ordered. */
static const char SQL_LIST_STATES[] =
    "SELECT a.reflection, a.question, a.rev, a.answer, '', a.at_us, a.account"
    "  FROM reflection_answer a"
    "  JOIN reflection r ON r.org = $1 AND r.network = $2"
    "   AND r.id = a.reflection"
    " WHERE a.org = $1 AND a.network = $2"
    "   AND (r.shared = 1 OR r.account = $3)"
    " ORDER BY a.reflection DESC, a.question, a.rev";

static void
count_lines(struct arena *a, const struct db_rows *heads,
    const struct db_rows *states, struct reflection_lines *out)
{
	ptrdiff_t at = 0;
	for (ptrdiff_t i = 0; i < heads->n; i++) {
		struct reflection r = {.head = read_head(&heads->row[i])};
		set_questions(a, &r);
		for (; at < states->n &&
		     id_eq(db_id(&states->row[at], 0), r.head.id);
		     at++)
			keep_state(&r, &states->row[at], 1);
		count_replies(&r);
		out->list[out->n++] = r.head;
	}
}

enum err
reflection_list(struct db *db, struct arena *a, const struct actor *who,
    struct reflection_lines *out)
{
	struct db_rows heads, states;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_LIST, &heads, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(who->account));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_LIST_STATES, &states, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	*out = (struct reflection_lines){
	    arena_new(a, struct reflection_line, heads.n), 0};
	count_lines(a, &heads, &states, out);
	return ERR_OK;
}

static const char SQL_HEAD[] =
    "SELECT id, account, shared, young, begun_us FROM reflection"
    " WHERE org = $1 AND network = $2 AND id = $3"
    "   AND (shared = 1 OR account = $4)";

static const char SQL_STATES[] =
    "SELECT question, rev, answer, text, at_us, account FROM reflection_answer"
    " WHERE org = $1 AND network = $2 AND reflection = $3"
    " ORDER BY question, rev";

/* The reflection, and the rows that it was read from. */
static enum err
load(struct db *db, struct arena *a, const struct actor *who,
    struct reflection *out, struct db_rows *states)
{
	struct db_row head;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_one(db, a, SQL_HEAD, &head, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(out->head.id), DB_ID(who->account));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_STATES, states, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(out->head.id));
	if (e != ERR_OK)
		return e;
	out->head = read_head(&head);
	set_questions(a, out);
	for (ptrdiff_t i = 0; i < states->n; i++)
		keep_state(out, &states->row[i], 0);
	count_replies(out);
	return ERR_OK;
}

enum err
reflection_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct reflection *out)
{
	struct db_rows states;
	*out = (struct reflection){.head = {.id = id}};
	return load(db, a, who, out, &states);
}

/* ---- writing ---- */

static const char SQL_ANSWER[] =
    "INSERT INTO reflection_answer (org, network, reflection, question, rev,"
    " answer, text, at_us, account)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static enum err
write_reply(struct db *db, const struct actor *who, struct id reflection,
    const struct reflection_reply *reply)
{
	return db_exec(db, SQL_ANSWER, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(reflection),
	    DB_TEXT(reply->question->key), DB_INT(reply->rev),
	    DB_TEXT(answers[reply->answer].key), DB_TEXT(reply->text),
	    DB_INT(who->now_us), DB_ID(who->account));
}

static const char SQL_BEGIN[] =
    "INSERT INTO reflection (org, network, id, account, shared, young,"
    " begun_us) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network, id) DO NOTHING";

static enum err
copy_replies(struct db *db, const struct actor *who, struct id to,
    const struct reflection *from)
{
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < from->n; i++) {
		struct reflection_reply reply = from->reply[i];
		if (reply.rev == 0)
			continue;
		reply.rev = 1;
		e = write_reply(db, who, to, &reply);
	}
	return e;
}

enum err
reflection_begin(struct db *db, struct arena *a, const struct actor *who,
    const struct reflection_form *form)
{
	struct reflection before = {0};
	int64_t made = 0;
	enum err e = ERR_OK;
	if (!actor_may(who, CAP_AGENDA) || !id_is_set(who->account))
		return ERR_DENIED;
	if (id_is_set(form->after))
		e = reflection_get(db, a, who, form->after, &before);
	if (e == ERR_OK)
		e = db_exec(db, SQL_BEGIN, &made, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(form->id), DB_ID(who->account),
		    DB_INT(form->shared), DB_INT(form->young),
		    DB_INT(who->now_us));
	if (e != ERR_OK)
		return e;
	if (made == 0) { /* a repeated form, if it is ours */
		e = reflection_get(db, a, who, form->id, &before);
		return e == ERR_NOT_FOUND ? ERR_CONFLICT : e;
	}
	e = copy_replies(db, who, form->id, &before);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("reflection.begin"), form->id)
	    : e;
}

/* ---- answers that meet ---- */

/* What a question was when its form was made; nothing, before its first. */
static struct reflection_reply
state_at(const struct db_rows *states, struct str question, int64_t rev)
{
	for (ptrdiff_t i = 0; i < states->n; i++) {
		const struct db_row *row = &states->row[i];
		if (db_int(row, 1) == rev && str_eq(db_text(row, 0), question))
			return read_state(row, 0);
	}
	return (struct reflection_reply){0};
}

static bool
same(const struct reflection_reply *x, const struct reflection_reply *y)
{
	return x->answer == y->answer && str_eq(x->text, y->text);
}

/* Brings `mine`, made from `base`, up to `now`; false: they meet. */
static bool
merge(struct arena *a, const struct reflection_reply *base,
    const struct reflection_reply *now, struct reflection_reply *mine)
{
	if (mine->answer == base->answer)
		mine->answer = now->answer;
	else if (now->answer != base->answer && now->answer != mine->answer)
		return false;
	if (str_eq(mine->text, base->text))
		mine->text = now->text;
	return str_eq(now->text, base->text) || str_eq(now->text, mine->text) ||
	    merge3(a, base->text, mine->text, now->text, &mine->text);
}

struct saving {
	struct db *db;
	struct arena *arena;
	const struct actor *who;
	const struct db_rows *states;
	struct reflection_saved *saved;
};

static const char *
text_fault(struct str text)
{
	if (cpr_find(text).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return utf8_length(text) > REFLECTION_TEXT
	    ? N_("Use at most %1 characters.")
	    : NULL;
}

static enum err
save_reply(struct saving *s, const struct reflection_reply *wanted, ptrdiff_t i)
{
	struct reflection_saved *saved = s->saved;
	struct reflection_reply mine = *wanted;
	struct reflection_reply *now =
	    find_reply(&saved->now, mine.question->key);
	if (now == NULL)
		return ERR_INVALID;
	struct reflection_reply base =
	    state_at(s->states, mine.question->key, mine.rev);
	if (same(&mine, &base) || same(&mine, now))
		return ERR_OK;
	saved->fault[i] = text_fault(mine.text);
	if (saved->fault[i] != NULL) {
		saved->faults++;
		return ERR_OK;
	}
	if (!merge(s->arena, &base, now, &mine) ||
	    text_fault(mine.text) != NULL) {
		saved->meets[i] = true;
		saved->met++;
		return ERR_OK;
	}
	mine.rev = now->rev + 1;
	mine.at_us = s->who->now_us;
	mine.account = s->who->account;
	*now = mine;
	saved->changed++;
	return write_reply(s->db, s->who, saved->now.head.id, &mine);
}

enum err
reflection_save(struct db *db, struct arena *a, const struct actor *who,
    const struct reflection *mine, struct reflection_saved *saved)
{
	struct db_rows states;
	struct saving s = {db, a, who, &states, saved};
	*saved = (struct reflection_saved){.now.head.id = mine->head.id};
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = load(db, a, who, &saved->now, &states);
	for (ptrdiff_t i = 0; e == ERR_OK && i < mine->n; i++)
		e = save_reply(&s, &mine->reply[i], i);
	if (e != ERR_OK || saved->changed == 0)
		return e;
	count_replies(&saved->now);
	return audit_add(db, a, who, S("reflection.change"), mine->head.id);
}

/* ---- whose it is ---- */

static enum err
get_own(struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct reflection r;
	enum err e = reflection_get(db, a, who, id, &r);
	if (e != ERR_OK)
		return e;
	bool own = id_eq(r.head.account, who->account);
	return own && !r.head.shared ? ERR_OK : ERR_DENIED;
}

static const char SQL_SHARE[] =
    "UPDATE reflection SET shared = 1"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
reflection_share(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = get_own(db, a, who, id);
	if (e == ERR_OK)
		e = db_exec(db, SQL_SHARE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
	return e == ERR_OK ? audit_add(db, a, who, S("reflection.share"), id)
			   : e;
}

static const char SQL_DROP_TASKS[] =
    "DELETE FROM reflection_task"
    " WHERE org = $1 AND network = $2 AND reflection = $3";

static const char SQL_DROP_ANSWERS[] =
    "DELETE FROM reflection_answer"
    " WHERE org = $1 AND network = $2 AND reflection = $3";

static const char SQL_DROP[] =
    "DELETE FROM reflection WHERE org = $1 AND network = $2 AND id = $3";

enum err
reflection_drop(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = get_own(db, a, who, id);
	if (e == ERR_OK)
		e = db_exec(db, SQL_DROP_TASKS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_DROP_ANSWERS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_DROP, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	return e == ERR_OK ? audit_add(db, a, who, S("reflection.drop"), id)
			   : e;
}
