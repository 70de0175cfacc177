/* SPDX-License-Identifier: MPL-2.0 */
#include "model/citizen_words.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/consent.h"

enum err
citizen_words(struct db *db, struct arena *a, const struct citizen *c,
    struct contribution_page *out)
{
	struct contribution_filter f = {
	    .person = c->person.id, .max = CITIZEN_WORDS};
	return contribution_list(db, a, &c->in, &f, out);
}

void
citizen_word_check(const struct citizen_word *w, struct citizen_word_faults *f)
{
	*f = (struct citizen_word_faults){0};
	if (utf8_blank(w->text))
		f->text = N_("Write what you want to say.");
	else if (cpr_find(w->text).n > 0)
		f->text = N_("There is what looks like a CPR number. Delete "
			     "it before you send.");
	else if (utf8_length(w->text) > WORDS_MAX)
		f->text = N_("This is too long.");
	if (w->scope < 0 || w->scope >= SCOPES)
		f->scope = N_("Choose who may read it.");
	f->any = f->text || f->scope;
}

/* By the program for the person, so a consent of their own. */
enum err
citizen_says(struct db *db, struct arena *a, const struct citizen *c,
    const struct citizen_word *w)
{
	struct citizen_word_faults faults;
	bool guarded = c->person.guardian.n > 0;
	citizen_word_check(w, &faults);
	if (faults.any)
		return ERR_INVALID;
	struct contribution said = {
	    .id = w->id,
	    .kind = S("feedback"),
	    .teller = S("self"),
	    .original = str_trim(w->text),
	    .person = c->person.id,
	    .activity = c->n_asks > 0 ? c->ask[0].activity : (struct id){0},
	    .basis = S("consent"),
	    .scope = w->scope,
	    .anonymity = S("alias"),
	    .given_by = guarded ? S("guardian") : S("self"),
	};
	return contribution_add(
	    db, a, &c->in, &said, consent_text(a, c->in.lang, w->scope));
}

/* One of theirs that is not taken back. */
static enum err
find(struct db *db, struct arena *a, const struct citizen *c, struct id id,
    struct contribution *out)
{
	enum err e = contribution_get(db, a, &c->in, id, out);
	if (e != ERR_OK)
		return e;
	if (!id_eq(out->person, c->person.id) ||
	    str_eq(out->state, S("withdrawn")))
		return ERR_NOT_FOUND;
	return ERR_OK;
}

/* ERR_INVALID: it is kept by law, so it is not theirs to change. */
static enum err
find_free(struct db *db, struct arena *a, const struct citizen *c, struct id id,
    struct contribution *out)
{
	enum err e = find(db, a, c, id, out);
	return e == ERR_OK && out->restricted ? ERR_INVALID : e;
}

static const char SQL_CHANGE[] =
    "UPDATE contribution SET rev = rev + 1, changed_us = $5, changed_by = NULL,"
    " wording = $6, shortened = $7, approval = $8"
    " WHERE org = $1 AND network = $2 AND person = $3 AND id = $4"
    "   AND state <> 'withdrawn'";

static enum err
change_words(struct db *db, const struct citizen *c,
    const struct contribution *was, struct str text)
{
	struct str words = str_eq(text, str_trim(was->original)) ? S("") : text;
	bool quote = str_eq(was->kind, S("quote"));
	return db_exec(db, SQL_CHANGE, NULL, DB_ID(c->in.org),
	    DB_ID(c->in.network), DB_ID(c->person.id), DB_ID(was->id),
	    DB_INT(c->in.now_us), DB_TEXT(words), DB_INT(quote && words.n > 0),
	    DB_TEXT(words.n > 0 ? S("yes") : S("")));
}

enum err
citizen_changes(struct db *db, struct arena *a, const struct citizen *c,
    const struct citizen_word *w)
{
	struct contribution was;
	struct citizen_word_faults faults;
	citizen_word_check(w, &faults);
	if (faults.any)
		return ERR_INVALID;
	enum err e = find_free(db, a, c, w->id, &was);
	if (e != ERR_OK)
		return e;
	e = change_words(db, c, &was, str_trim(w->text));
	if (e == ERR_OK)
		e = contribution_reworded(
		    db, a, &c->in, &was, str_trim(w->text));
	if (e == ERR_OK)
		e = audit_add(db, a, &c->in, S("contribution.reword"), was.id);
	if (e != ERR_OK || was.scope == w->scope)
		return e;
	was.scope = w->scope;
	return contribution_agree(
	    db, a, &c->in, &was, consent_text(a, c->in.lang, w->scope));
}

enum err
citizen_takes_back(
    struct db *db, struct arena *a, const struct citizen *c, struct id id)
{
	struct contribution was;
	enum err e = find_free(db, a, c, id, &was);
	return e == ERR_OK ? contribution_withdraw(db, a, &c->in, id) : e;
}

/* ---- their recordings and pictures ---- */

static bool
is_ready(const struct media *m)
{
	return str_eq(m->state, S("clean")) || str_eq(m->state, S("shown"));
}

enum err
citizen_media_of(struct db *db, struct arena *a, const struct citizen *c,
    struct id contribution, struct media_list *out)
{
	struct contribution of;
	struct media_list all = {0};
	*out = (struct media_list){0};
	enum err e = find(db, a, c, contribution, &of);
	if (e == ERR_OK)
		e = media_of(db, a, &c->in, of.id, &all);
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct media, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (is_ready(&all.list[i]))
			out->list[out->n++] = all.list[i];
	}
	return ERR_OK;
}

struct found {
	struct media media;
	struct contribution of;
};

static enum err
find_media(struct db *db, struct arena *a, const struct citizen *c,
    struct id id, struct found *out)
{
	enum err e = media_get(db, a, &c->in, id, &out->media);
	if (e == ERR_OK)
		e = find(db, a, c, out->media.contribution, &out->of);
	return e == ERR_OK && !is_ready(&out->media) ? ERR_NOT_FOUND : e;
}

enum err
citizen_media(struct db *db, struct arena *a, const struct citizen *c,
    struct id id, struct media *out)
{
	struct found f = {0};
	enum err e = find_media(db, a, c, id, &f);
	*out = f.media;
	return e;
}

static enum err
note(struct db *db, struct arena *a, const struct citizen *c,
    const struct contribution *of, struct consent_event event)
{
	event.age = c->person.age;
	return consent_add(db, a, &c->in, of, &event);
}

enum err
citizen_media_agrees(struct db *db, struct arena *a, const struct citizen *c,
    struct id id, struct str told)
{
	struct found f;
	enum err e = find_media(db, a, c, id, &f);
	if (e != ERR_OK)
		return e;
	if (c->needs_guardian || f.of.restricted)
		return ERR_INVALID;
	if (str_eq(f.media.faces, S("yes")))
		return ERR_OK;
	struct media_say say = {id, f.media.words, S("yes")};
	e = media_describe(db, a, &c->in, &say);
	return e == ERR_OK
	    ? note(db, a, c, &f.of,
		  (struct consent_event){.event = S("given"), .text = told})
	    : e;
}

enum err
citizen_media_stops(struct db *db, struct arena *a, const struct citizen *c,
    const struct citizen_stop *stop)
{
	struct found f;
	enum err e = find_media(db, a, c, stop->id, &f);
	if (e == ERR_OK && f.of.restricted)
		return ERR_INVALID;
	if (e == ERR_OK)
		e = media_erase(db, a, &c->in, f.media.id, stop->dir);
	return e == ERR_OK ? note(db, a, c, &f.of,
				 (struct consent_event){.event = S("withdrawn"),
				     .text = stop->told})
			   : e;
}
