/* SPDX-License-Identifier: MPL-2.0 */
#include "model/reply_post.h"

#include <inttypes.h>

#include "base/buf.h"
#include "model/code.h"
#include "model/setting.h"

struct poster {
	struct db *db;
	struct arena *a;
	const struct actor *who;
	const struct reply_post *in;
	int64_t code_days;
	struct letter_batch batch;
	struct reply_posted *out;
};

static bool
is_due(const struct reply_to *r)
{
	return r != NULL && reply_is_owed(r) && r->open == 0 &&
	    !str_eq(r->state, S("stopped"));
}

/* Twice at once is once; a later answer, on what they said since, is another
 * mail. */
static struct str
once_of(struct arena *a, const struct reply_to *r)
{
	struct str once = sending_mail(a, r->person, r->decision);
	return r->sent_us == 0
	    ? once
	    : str_fmt(a, "%.*s:%" PRId64, STR_ARG(once), r->sent_us);
}

static enum err
mail_to(struct poster *p, const struct reply_to *r, struct str address,
    struct str token)
{
	struct mail mail = p->in->mail;
	struct str url = STR_JOIN(
	    p->a, p->in->page, code_text(p->a, p->in->short_code, token));
	mail.once = once_of(p->a, r);
	mail.to = address;
	mail.body = tr_fill(p->a, mail.body, &url, 1);
	p->out->mailed++;
	struct reply_to sent = *r;
	sent.channel = S("mail");
	enum err e = mail_add(p->db, p->a, p->who, &mail);
	return e == ERR_OK ? reply_send(p->db, p->a, p->who, &sent) : e;
}

/* How; "" by none of these. */
static struct str
channel_of(const struct poster *p, const struct person *person,
    const struct vault_contact *c)
{
	bool called = str_eq(person->channel, S("phone")) ||
	    str_eq(person->channel, S("in_person"));
	if (p->in->way == REPLY_OWN)
		return called
		    ? S("")
		    : sending_own_channel(person, c, p->in->mail.has_smtp);
	if (p->in->way == REPLY_LETTERS)
		return S("letter");
	return c->mail.n > 0 ? S("mail") : S("");
}

static enum err
post_to(struct poster *p, const struct reply_to *r)
{
	struct person person;
	struct vault_contact c = {0};
	enum err e = person_get(p->db, p->a, p->who, r->person, &person);
	if (e == ERR_OK && id_is_set(person.vault))
		e = vault_contact_get(p->db, p->a, p->who, person.vault, &c);
	if (e != ERR_OK)
		return e;
	struct str channel = channel_of(p, &person, &c);
	if (channel.n == 0) {
		p->out->left_out++;
		return ERR_OK;
	}
	struct sending_new new = {.person = r->person,
	    .token = token_new(p->a),
	    .code_days = p->code_days};
	e = sending_code(p->db, p->who, &new);
	if (e == ERR_OK && str_eq(channel, S("mail")))
		return mail_to(p, r, c.mail, new.token);
	p->batch.code[p->batch.n++] = (struct letter_code){
	    .person = r->person, .token = new.token, .channel = channel};
	return e;
}

static enum err
finish(struct poster *p)
{
	enum err e = ERR_OK;
	const struct decision *d = p->in->trace->decision;
	if (p->batch.n > 0) {
		p->batch.id = id_new(p->who->now_us);
		p->batch.invitation = d->record.id;
		p->batch.format =
		    p->in->way == REPLY_OWN ? S("own") : S("answer");
		p->out->batch = p->batch.id;
		e = letters_keep(p->db, p->a, p->who, &p->batch);
	}
	if (e != ERR_OK || p->batch.n + p->out->mailed == 0)
		return e;
	return access_add(p->db, p->who, S("answer"),
	    record_value(&d->record, "title"), (struct id){0},
	    p->batch.n + p->out->mailed);
}

enum err
reply_post(struct db *db, struct arena *a, const struct actor *who,
    const struct reply_post *in, struct reply_posted *out)
{
	struct replies all;
	struct settings_now now;
	struct poster *p = arena_new(a, struct poster, 1);
	*out = (struct reply_posted){0};
	if (!actor_may(who, CAP_VAULT | CAP_ASK | CAP_PEOPLE))
		return ERR_DENIED;
	if (in->trace->decision->state < DECISION_REASONED)
		return ERR_CONFLICT;
	ptrdiff_t most = in->way == REPLY_OWN ? POST_MOST : LETTERS_MOST;
	if (in->people.n == 0 || in->people.n > most ||
	    (in->way == REPLY_MAIL && !in->mail.has_smtp))
		return ERR_INVALID;
	enum err e = reply_list(db, a, who, in->trace, &all);
	if (e == ERR_OK)
		e = setting_list(db, a, who, &now);
	if (e != ERR_OK)
		return e;
	*p = (struct poster){.db = db,
	    .a = a,
	    .who = who,
	    .in = in,
	    .out = out,
	    .code_days = setting_number(&now, S("code_days"))};
	for (ptrdiff_t i = 0; e == ERR_OK && i < in->people.n; i++) {
		const struct reply_to *r = reply_find(&all, in->people.list[i]);
		if (is_due(r))
			e = post_to(p, r);
		else
			out->left_out++;
	}
	return e == ERR_OK ? finish(p) : e;
}
