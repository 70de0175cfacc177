/* SPDX-License-Identifier: MPL-2.0 */

/* Thread 0: mail that goes out. */
#include "jobs/runner_parts.h"

#include "base/log.h"

enum {
	MAILS_A_ROUND = 50, /* of one organisation, then the next one's */
	SERVER_PAUSE_SECONDS = 15, /* after it was out of reach */
};

struct sending {
	struct runner *runner;
	struct arena *arena;
	struct actor who;
	struct mail_claim claim;
	enum err outcome; /* of smtp_send() */
};

static enum err
write_claim(void *arg, struct db *db)
{
	struct sending *s = arg;
	return mail_claim(db, s->arena, &s->who, &s->claim);
}

static enum err
write_outcome(void *arg, struct db *db)
{
	const struct sending *s = arg;
	switch (s->outcome) {
	case ERR_OK:
		return mail_sent(db, &s->who, &s->claim);
	case ERR_LIMITED:
		return mail_later(db, &s->who, &s->claim, S("not_now"));
	case ERR_UNAVAIL:
		return mail_later(db, &s->who, &s->claim, S("no_server"));
	case ERR_INTERNAL:
		return mail_refused(db, &s->who, &s->claim, S("unreadable"));
	default:
		return mail_refused(db, &s->who, &s->claim, S("refused"));
	}
}

static enum err
send_claim(struct sending *s)
{
	struct smtp_server server = *s->runner->config->smtp;
	if (!s->claim.readable)
		return ERR_INTERNAL;
	/* It was begun that often without an end: it may be what ends us. */
	if (s->claim.attempts > MAIL_TRIES)
		return ERR_INVALID;
	server.from_name =
	    org_by_id(s->runner->config->orgs, s->claim.org)->name;
	server.until_us = &s->runner->send_until_us;
	return smtp_send(s->arena, &server, &s->claim, s->who.now_us);
}

/* One mail; false: no more of this organisation now. */
static bool
send_one(struct round *round, struct id org)
{
	struct runner *r = round->runner;
	struct sending s = {.runner = r, .arena = round->arena};
	s.who = runner_actor(r, org);
	if (runner_write(r, org, s.arena, write_claim, &s) != ERR_OK)
		return false;
	s.outcome = send_claim(&s);
	s.who.now_us = runner_now_us(r);
	enum err e = runner_write(r, org, s.arena, write_outcome, &s);
	log_event(LOG_INFO, "mail", LOG_STR("id", id_text(s.arena, s.claim.id)),
	    LOG_STR("outcome", str_c(err_name(s.outcome))),
	    LOG_STR("marked", str_c(err_name(e))),
	    LOG_INT("attempt", s.claim.attempts));
	if (s.outcome == ERR_UNAVAIL)
		r->mail_again_us =
		    clock_mono_us() + SERVER_PAUSE_SECONDS * SECOND_US;
	return e == ERR_OK && s.outcome != ERR_UNAVAIL;
}

struct one_mail {
	struct round round;
	struct id org;
	bool more;
};

static void
send_guarded(void *arg)
{
	struct one_mail *x = arg;
	x->more = send_one(&x->round, x->org);
}

/* Each mail on an arena of its own: what it takes is given back. */
static bool
send_next(struct round *round, struct id org)
{
	struct one_mail x = {*round, org, false};
	x.round.arena = arena_scratch(round->arena);
	if (!arena_guard(x.round.arena, send_guarded, &x))
		log_event(LOG_ERROR, "mail_too_large", LOG_INT("thread", 0));
	arena_close(x.round.arena);
	return x.more;
}

static void
mail_round(void *arg)
{
	struct round *round = arg;
	struct runner *r = round->runner;
	struct ids orgs = {0};
	if (mail_due(round->db, round->arena, runner_now_us(r), &orgs) !=
	    ERR_OK)
		return;
	for (ptrdiff_t i = 0; i < orgs.n; i++) {
		int n = 0;
		while (n < MAILS_A_ROUND && !r->stopping &&
		    clock_mono_us() >= r->mail_again_us &&
		    send_next(round, orgs.list[i]))
			n++;
	}
}

void
runner_mail_round(struct round *round)
{
	const struct runner *r = round->runner;
	if (r->config->smtp == NULL || clock_mono_us() < r->mail_again_us)
		return;
	if (!arena_guard(round->arena, mail_round, round))
		log_event(LOG_WARN, "round_full", LOG_INT("thread", 0));
}
