/* SPDX-License-Identifier: MPL-2.0 */
#include "model/invite.h"

#include "base/buf.h"
#include "model/code.h"

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

static enum lang
lang_of(const struct record *invitation)
{
	return str_eq(record_value(invitation, "lang"), S("en")) ? LANG_EN
								 : LANG_DA;
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
	out->plain = plain_check(a, out->text, lang_of(invitation),
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
	int64_t minutes;
	struct letter_batch batch;
	struct invite_result *result;
};

static bool
by_mail(const struct invite *in)
{
	return str_eq(in->format, S("mail"));
}

static struct str
channel_of(const struct invite *in)
{
	if (str_eq(in->format, S("post")))
		return S("digital_post");
	if (str_eq(in->format, S("sms")) || by_mail(in))
		return in->format;
	return S("letter");
}

/* Whether they can be reached that way. */
static bool
reachable(const struct invite *in, const struct vault_contact *c)
{
	if (by_mail(in))
		return c->mail.n > 0;
	return !str_eq(in->format, S("sms")) || c->phone.n > 0;
}

/* The mail says that there is a page, and where: nothing else. */
static enum err
add_mail(struct sender *s, const struct vault_contact *c, struct str once,
    struct str token)
{
	struct mail mail = s->in->mail;
	struct str url = STR_JOIN(
	    s->a, s->in->page, code_text(s->a, s->in->short_code, token));
	mail.once = once;
	mail.to = c->mail;
	mail.body = tr_fill(s->a, mail.body, &url, 1);
	return mail_add(s->db, s->a, s->who, &mail);
}

static enum err
send_one(struct sender *s, struct id person)
{
	struct person p;
	struct vault_contact c = {0};
	struct sending_new new = {.invitation = s->in->invitation,
	    .person = person,
	    .channel = channel_of(s->in),
	    .token = token_new(s->a),
	    .minutes = s->minutes};
	enum err e = person_get(s->db, s->a, s->who, person, &p);
	if (e == ERR_OK && id_is_set(p.vault))
		e = vault_contact_get(s->db, s->a, s->who, p.vault, &c);
	if (e != ERR_OK)
		return e;
	if (!reachable(s->in, &c) || str_eq(p.state, S("stopped")) ||
	    str_eq(p.state, S("erased"))) {
		s->result->left_out++;
		return ERR_OK;
	}
	if (by_mail(s->in)) {
		new.mail = STR_JOIN(
		    s->a, S("invite:"), id_text(s->a, id_new(s->who->now_us)));
		e = add_mail(s, &c, new.mail, new.token);
	} else {
		s->batch.code[s->batch.n++] =
		    (struct letter_code){person, new.token};
	}
	s->result->sent++;
	return e == ERR_OK ? sending_make(s->db, s->a, s->who, &new) : e;
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

enum err
invite_send(struct db *db, struct arena *a, const struct actor *who,
    const struct plan *plan, const struct invite *in, struct invite_result *out)
{
	struct invite_gate look;
	struct sender *s = arena_new(a, struct sender, 1);
	*out = (struct invite_result){0};
	if (!actor_may(who, CAP_VAULT | CAP_ASK))
		return ERR_DENIED;
	if (in->people.n == 0 || in->people.n > LETTERS_MOST ||
	    (str_eq(in->format, S("post")) && in->people.n > POST_MOST))
		return ERR_INVALID;
	enum err e = invite_look(db, a, who, plan, in->invitation, &look);
	if (e != ERR_OK)
		return e;
	if (!look.open)
		return ERR_INVALID;
	*s = (struct sender){
	    .db = db, .a = a, .who = who, .in = in, .result = out};
	if (!str_int(
		record_value(&look.activity.record, "minutes"), &s->minutes))
		s->minutes = 0;
	return send_all(s, &look);
}
