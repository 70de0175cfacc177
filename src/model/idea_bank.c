/* SPDX-License-Identifier: MPL-2.0 */
#include "model/idea_bank.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/webhook.h"

enum { ABOUT_MAX = 600 };

/* ---- what the network wants ---- */

static const char SQL_GET[] =
    "SELECT open, look_first, about, ends, changed_us FROM idea_bank"
    " WHERE org = $1 AND network = $2";

enum err
idea_bank_get(struct db *db, struct arena *a, const struct actor *who,
    struct idea_bank *out)
{
	struct db_row row;
	*out = (struct idea_bank){0};
	enum err e =
	    db_one(db, a, SQL_GET, &row, DB_ID(who->org), DB_ID(who->network));
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	if (e != ERR_OK)
		return e;
	*out = (struct idea_bank){.open = db_int(&row, 0) != 0,
	    .look_first = db_int(&row, 1) != 0,
	    .about = db_text(&row, 2),
	    .ends = db_text(&row, 3),
	    .changed_us = db_int(&row, 4)};
	return ERR_OK;
}

bool
idea_bank_is_open(const struct idea_bank *bank, const struct actor *who)
{
	struct date ends;
	if (!bank->open)
		return false;
	return !date_parse(bank->ends, &ends) ||
	    date_cmp(date_danish(who->now_us), ends) <= 0;
}

void
idea_bank_check(const struct idea_bank *bank, struct idea_bank_faults *f)
{
	struct date ends;
	*f = (struct idea_bank_faults){0};
	if (bank->open && utf8_blank(bank->about))
		f->about = N_("Write what it is about before you open it.");
	else if (cpr_find(bank->about).n > 0)
		f->about = N_("There is what looks like a CPR number. Delete "
			      "it before you save.");
	else if (utf8_length(bank->about) > ABOUT_MAX)
		f->about = N_("This is too long.");
	if (bank->ends.n > 0 && !date_parse(bank->ends, &ends))
		f->ends = N_("Write a date that exists, as year-month-day: "
			     "2027-02-28.");
	f->any = f->about || f->ends;
}

static const char SQL_PUT[] =
    "INSERT INTO idea_bank (org, network, open, look_first, about, ends,"
    " changed_us, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (org, network) DO UPDATE SET open = $3, look_first = $4,"
    " about = $5, ends = $6, changed_us = $7, changed_by = $8";

enum err
idea_bank_save(struct db *db, struct arena *a, const struct actor *who,
    const struct idea_bank *bank)
{
	struct idea_bank_faults faults;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	idea_bank_check(bank, &faults);
	if (faults.any)
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_PUT, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_INT(bank->open), DB_INT(bank->look_first),
	    DB_TEXT(bank->about), DB_TEXT(bank->ends), DB_INT(who->now_us),
	    DB_ID(who->account));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("idea_bank.change"), who->network)
	    : e;
}

/* ---- an idea is given ---- */

void
idea_given_check(const struct idea_given *g, struct idea_given_faults *f)
{
	*f = (struct idea_given_faults){0};
	if (utf8_blank(g->text))
		f->text = N_("Write your idea.");
	else if (cpr_find(g->text).n > 0)
		f->text = N_("There is what looks like a CPR number. Delete "
			     "it before you send.");
	else if (utf8_length(g->text) > IDEA_MAX)
		f->text = N_("This is too long.");
	if (g->scope < 0 || g->scope >= SCOPES)
		f->scope = N_("Choose who may read it.");
	f->any = f->text || f->scope;
}

/* The words, the idea, and what it builds on. */
static enum err
give(struct db *db, struct arena *a, const struct actor *in,
    const struct contribution *said, const struct idea_given *g)
{
	enum err e = contribution_add(db, a, in, said, g->told);
	struct idea_birth birth = {
	    g->id, true, g->waits ? S("waiting") : S("yes")};
	if (e == ERR_OK)
		e = idea_from_words(db, a, in, &birth);
	if (e == ERR_OK && id_is_set(g->built_on))
		e = idea_build_on(db, in, g->id, g->built_on);
	return e == ERR_OK ? webhook_notify(db, a, in, S("idea.given"), g->id)
			   : e;
}

static struct contribution
said_by(const struct idea_given *g)
{
	return (struct contribution){.id = g->id,
	    .kind = S("idea"),
	    .teller = S("self"),
	    .original = str_trim(g->text),
	    .basis = S("consent"),
	    .scope = g->scope,
	    .anonymity = S("none"),
	    .given_by = S("self")};
}

/* What they build on must be one that they can see. */
static enum err
check_built_on(struct db *db, struct arena *a, const struct actor *in,
    struct idea_view view, struct id built_on)
{
	struct ideas all;
	if (!id_is_set(built_on))
		return ERR_OK;
	enum err e = idea_list(db, a, in, &view, &all);
	if (e == ERR_OK && idea_find(&all, built_on) == NULL)
		return ERR_NOT_FOUND;
	return e;
}

enum err
citizen_gives_idea(struct db *db, struct arena *a, const struct citizen *c,
    const struct idea_given *g)
{
	struct idea_given_faults faults;
	struct idea_bank bank;
	struct contribution said = said_by(g);
	idea_given_check(g, &faults);
	if (faults.any || c->needs_guardian)
		return ERR_INVALID;
	enum err e = check_built_on(db, a, &c->in,
	    (struct idea_view){IDEA_CITIZEN, c->person.id}, g->built_on);
	if (e == ERR_OK)
		e = idea_bank_get(db, a, &c->in, &bank);
	if (e != ERR_OK)
		return e;
	said.person = c->person.id;
	said.given_by = c->person.guardian.n > 0 ? S("guardian") : S("self");
	struct idea_given kept = *g;
	kept.waits = bank.look_first;
	return give(db, a, &c->in, &said, &kept);
}

static const char SQL_SENDER[] =
    "INSERT INTO idea_sender (org, network, contribution, token)"
    " VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (org, network, contribution) DO NOTHING";

static enum err
add_sender(struct db *db, struct arena *a, const struct actor *program,
    struct id id, struct hash token)
{
	return db_exec(db, SQL_SENDER, NULL, DB_ID(program->org),
	    DB_ID(program->network), DB_ID(id), DB_BLOB(hash_bytes(a, token)));
}

/* Nobody who sees the idea's id finds the form's, or the token. */
static struct hash
secret_of(const struct actor *program, struct id form, struct str purpose)
{
	struct key key = key_derive(&program->keys->lookup, purpose);
	return hash_keyed(
	    &key, (struct str){(const char *)form.b, sizeof form.b});
}

static struct id
id_of_form(const struct actor *program, struct id form)
{
	struct hash h = secret_of(program, form, S("idea"));
	return id_beside(form, h.b);
}

static struct str
token_of_form(struct arena *a, const struct actor *program, struct id form)
{
	return token_of(a, secret_of(program, form, S("idea-token")));
}

enum err
idea_send(struct db *db, struct arena *a, const struct actor *program,
    const struct idea_given *sent, struct str *token)
{
	struct idea_given_faults faults;
	struct idea_bank bank;
	struct contribution there;
	struct idea_given g = *sent;
	g.id = id_of_form(program, sent->id);
	struct contribution said = said_by(&g);
	*token = token_of_form(a, program, sent->id);
	idea_given_check(&g, &faults);
	enum err e = idea_bank_get(db, a, program, &bank);
	if (e != ERR_OK)
		return e;
	if (!idea_bank_is_open(&bank, program))
		return ERR_DENIED;
	if (faults.any || !g.grown_up)
		return ERR_INVALID;
	e = contribution_get(db, a, program, g.id, &there);
	if (e != ERR_NOT_FOUND)
		return e; /* sent twice: the first stands */
	g.waits = true;
	e = give(db, a, program, &said, &g);
	return e == ERR_OK ? add_sender(db, a, program, g.id, hash_of(*token))
			   : e;
}

static const char SQL_SENT[] =
    "SELECT contribution FROM idea_sender"
    " WHERE org = $1 AND network = $2 AND token = $3";

enum err
idea_sent(struct db *db, struct arena *a, const struct actor *program,
    struct hash token, struct contribution *out)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_SENT, &row, DB_ID(program->org),
	    DB_ID(program->network), DB_BLOB(hash_bytes(a, token)));
	if (e == ERR_OK)
		e = contribution_get(db, a, program, db_id(&row, 0), out);
	if (e == ERR_OK && str_eq(out->state, S("withdrawn")))
		return ERR_NOT_FOUND;
	return e;
}

enum err
idea_unsend(struct db *db, struct arena *a, const struct actor *program,
    struct hash token)
{
	struct contribution c;
	enum err e = idea_sent(db, a, program, token, &c);
	return e == ERR_OK ? contribution_withdraw(db, a, program, c.id) : e;
}

/* ---- for somebody whom a program names ---- */

/* Leads from the idea to nobody without the key and the program's names. */
static struct hash
mark_of_sender(struct arena *a, const struct actor *program, struct id id,
    struct str sender)
{
	struct key key =
	    key_derive(&program->keys->lookup, S("idea-by-program"));
	return hash_keyed(&key, STR_JOIN(a, id_text(a, id), S(":"), sender));
}

enum err
idea_bring(struct db *db, struct arena *a, const struct actor *program,
    const struct idea_given *given, struct str sender)
{
	struct idea_given_faults faults;
	struct idea_bank bank;
	struct idea_given g = *given;
	struct contribution said = said_by(&g);
	idea_given_check(&g, &faults);
	enum err e = idea_bank_get(db, a, program, &bank);
	if (e != ERR_OK)
		return e;
	if (!idea_bank_is_open(&bank, program))
		return ERR_DENIED;
	if (faults.any || !g.grown_up || sender.n == 0)
		return ERR_INVALID;
	g.waits = true;
	e = check_built_on(db, a, program,
	    (struct idea_view){.reader = IDEA_PUBLIC}, g.built_on);
	if (e == ERR_OK)
		e = give(db, a, program, &said, &g);
	return e == ERR_OK ? add_sender(db, a, program, g.id,
				 mark_of_sender(a, program, g.id, sender))
			   : e;
}

enum err
idea_take_away(struct db *db, struct arena *a, const struct actor *program,
    struct id id, struct str sender)
{
	struct contribution c;
	enum err e = idea_sent(
	    db, a, program, mark_of_sender(a, program, id, sender), &c);
	return e == ERR_OK ? contribution_withdraw(db, a, program, c.id) : e;
}
