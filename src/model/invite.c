/* SPDX-License-Identifier: MPL-2.0 */
#include "model/invite.h"

#include "base/buf.h"
#include "model/code.h"
#include "model/contribution.h"
#include "model/setting.h"

/* ---- what is in the way ---- */

/* The same questions as for the step to "invited", however far it is. */
static struct activity
before_invited(const struct activity *a)
{
	struct activity then = *a;
	if (then.state > ACTIVITY_ETHICS_OK)
		then.state = ACTIVITY_ETHICS_OK;
	return then;
}

enum err
invite_look(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, const struct record *invitation,
    struct invite_gate *out)
{
	struct rule_limits limits;
	const struct record *r =
	    plan_ref(plan, KIND_ACTIVITY, record_value(invitation, "activity"));
	if (r == NULL)
		return ERR_NOT_FOUND;
	enum err e = activity_limits(db, a, who, &limits);
	if (e == ERR_OK)
		e = activity_load(db, a, who, plan, r, &out->activity);
	if (e != ERR_OK)
		return e;
	struct activity then = before_invited(&out->activity);
	out->gate = activity_gate(a, &limits, plan, &then);
	out->text = invitation_text(a, plan, invitation);
	out->plain = plain_check(a, out->text, invitation_lang(invitation),
	    invitation_reader(plan, invitation));
	out->too_late = out->activity.state >= ACTIVITY_HELD;
	out->open = out->gate.open && out->gate.next == ACTIVITY_INVITED &&
	    out->plain.finding != PLAIN_TOO_HARD && !out->too_late;
	return ERR_OK;
}

/* ---- doing it ---- */

struct sender {
	struct db *db;
	struct arena *a;
	const struct actor *who;
	const struct invite *in;
	int64_t minutes, code_days;
	struct sendings before;
	struct letter_batch batch;
	struct invite_result *result;
};

/* In what a person is written to: the format's, or their own. */
static struct str
channel_of(const struct invite *in, const struct person *p,
    const struct vault_contact *c)
{
	if (str_eq(in->format, S("own")))
		return sending_own_channel(p, c, in->mail.has_smtp);
	if (str_eq(in->format, S("mail")) || str_eq(in->format, S("sms")))
		return in->format;
	return str_eq(in->format, S("post")) ? S("digital_post") : S("letter");
}

static bool
reachable(struct str channel, const struct vault_contact *c)
{
	if (str_eq(channel, S("mail")))
		return c->mail.n > 0;
	return !str_eq(channel, S("sms")) || c->phone.n > 0;
}

/* Nobody writes to whoever has left, or had the use of their data stopped. */
static enum err
is_left_alone(const struct sender *s, const struct person *p, bool *left)
{
	*left = str_eq(p->state, S("stopped")) || str_eq(p->state, S("erased"));
	return *left
	    ? ERR_OK
	    : contribution_person_restricted(s->db, s->a, s->who, p->id, left);
}

/* The mail says that there is a page, and where: nothing else. */
static enum err
add_mail(struct sender *s, const struct vault_contact *c,
    const struct sending_new *new)
{
	struct mail mail = s->in->mail;
	struct str url = STR_JOIN(
	    s->a, s->in->page, code_text(s->a, s->in->short_code, new->token));
	mail.once = new->mail;
	mail.to = c->mail;
	mail.body = tr_fill(s->a, mail.body, &url, 1);
	s->result->mailed++;
	return mail_add(s->db, s->a, s->who, &mail);
}

static void
add_letter(struct sender *s, const struct sending_new *new, int64_t reminds_us)
{
	s->batch.code[s->batch.n++] = (struct letter_code){
	    .person = new->person,
	    .token = new->token,
	    .channel = new->channel,
	    .reminds_us = reminds_us,
	};
}

static enum err
send_to(struct sender *s, const struct person *p, const struct vault_contact *c,
    const struct sending *before)
{
	bool answered = before == NULL || before->answer.n > 0;
	struct sending_new new = {
	    .invitation = s->in->invitation,
	    .person = p->id,
	    .channel = channel_of(s->in, p, c),
	    .token = token_new(s->a),
	    .code_days = s->code_days,
	    .astray = s->in->astray,
	    .reminds = !answered && !s->in->astray,
	    .minutes = s->minutes,
	};
	bool mails = str_eq(new.channel, S("mail")), left = false;
	enum err e = is_left_alone(s, p, &left);
	if (e != ERR_OK)
		return e;
	if (left || !reachable(new.channel, c) ||
	    (new.reminds && !sending_is_due(before))) {
		s->result->left_out++;
		return ERR_OK;
	}
	if (mails)
		new.mail = sending_mail(s->a, p->id, id_new(s->who->now_us));
	s->result->sent++;
	e = sending_make(s->db, s->a, s->who, &new);
	if (e == ERR_OK && mails)
		return add_mail(s, c, &new);
	add_letter(s, &new, new.reminds ? before->made_us : 0);
	return e;
}

static enum err
send_one(struct sender *s, struct id person)
{
	struct person p;
	struct vault_contact c = {0};
	enum err e = person_get(s->db, s->a, s->who, person, &p);
	if (e == ERR_OK && id_is_set(p.vault))
		e = vault_contact_get(s->db, s->a, s->who, p.vault, &c);
	return e == ERR_OK
	    ? send_to(s, &p, &c,
		  sending_find(&s->before, s->in->invitation->id, person))
	    : e;
}

/* The first ones that are sent take the activity on. */
static enum err
take_on(struct sender *s, const struct invite_gate *look)
{
	struct gate gate;
	if (look->activity.state != ACTIVITY_ETHICS_OK)
		return ERR_OK;
	return activity_step(
	    s->db, s->a, s->who, &look->activity.record, &gate);
}

static enum err
send_all(struct sender *s, const struct invite_gate *look)
{
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < s->in->people.n; i++)
		e = send_one(s, s->in->people.list[i]);
	if (e == ERR_OK && s->result->sent == 0)
		return ERR_INVALID;
	if (e == ERR_OK && s->batch.n > 0) {
		s->batch.id = id_new(s->who->now_us);
		s->batch.invitation = s->in->invitation->id;
		s->batch.format = s->in->format;
		s->result->batch = s->batch.id;
		e = letters_keep(s->db, s->a, s->who, &s->batch);
	}
	if (e == ERR_OK)
		e = access_add(s->db, s->who, S("invitation"),
		    record_value(&look->activity.record, "title"),
		    (struct id){0}, s->result->sent);
	return e == ERR_OK ? take_on(s, look) : e;
}

/* A PDF for each, in one answer. */
static bool
is_drawn_each(struct str format)
{
	return str_eq(format, S("post")) || str_eq(format, S("own"));
}

enum err
invite_send(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, const struct invite *in, struct invite_result *out)
{
	struct invite_gate look;
	struct settings_now now;
	struct sender *s = arena_new(a, struct sender, 1);
	*out = (struct invite_result){0};
	if (!actor_may(who, CAP_VAULT | CAP_ASK))
		return ERR_DENIED;
	if (in->people.n == 0 || in->people.n > LETTERS_MOST ||
	    (is_drawn_each(in->format) && in->people.n > POST_MOST))
		return ERR_INVALID;
	enum err e = invite_look(db, a, who, plan, in->invitation, &look);
	if (e != ERR_OK)
		return e;
	if (!look.open)
		return ERR_INVALID;
	*s = (struct sender){
	    .db = db, .a = a, .who = who, .in = in, .result = out};
	e = sending_list(db, a, who, look.activity.record.id, &s->before);
	if (e == ERR_OK)
		e = setting_list(db, a, who, &now);
	if (e != ERR_OK)
		return e;
	s->code_days = setting_number(&now, S("code_days"));
	if (!str_int(
		record_value(&look.activity.record, "minutes"), &s->minutes))
		s->minutes = 0;
	return send_all(s, &look);
}
