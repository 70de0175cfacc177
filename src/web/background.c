/* SPDX-License-Identifier: MPL-2.0 */
#include "web/background.h"

#include <curl/curl.h>
#include <pthread.h>
#include <time.h>

#include "base/buf.h"
#include "base/log.h"
#include "jobs/smtp.h"
#include "model/network.h"
#include "model/outbox.h"
#include "web/lane.h"
#include "web/write.h"

enum {
	ROUND_BYTES = 16 * 1024 * 1024,
	MAILS_A_ROUND = 50,
	REMIND_DAYS = 2, /* a task is called to mind this long before */
};
#define REMIND_EVERY_US (10 * MINUTE_US)
#define SWEEP_EVERY_US HOUR_US

struct background {
	struct site *site;
	struct smtp_server server;
	struct db *db;
	struct arena *round; /* of this round */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	int64_t remind_us, sweep_us; /* monotonic: the next time */
};

/* One organisation's share of one round. */
struct share {
	struct background *b;
	struct arena *arena;
	struct actor who;
	struct mail_claim claim;
	struct task_lines tasks;
	enum err outcome;
};

static enum err
write(struct share *s, enum err (*fn)(void *, struct db *))
{
	return write_wait(s->b->site->lanes, s->who.org, s->arena, fn, s);
}

/* ---- mail ---- */

static enum err
claim(void *arg, struct db *db)
{
	struct share *s = arg;
	return mail_claim(db, s->arena, &s->who, &s->claim);
}

static enum err
mark(void *arg, struct db *db)
{
	struct share *s = arg;
	if (s->outcome == ERR_OK)
		return mail_sent(db, &s->who, &s->claim);
	if (s->outcome == ERR_INVALID)
		return mail_refused(db, &s->who, &s->claim, S("refused"));
	return mail_later(db, &s->who, &s->claim, S("no_answer"));
}

static bool
send_one(struct share *s)
{
	if (write(s, claim) != ERR_OK)
		return false;
	s->outcome = s->claim.readable
	    ? smtp_send(s->arena, &s->b->server, &s->claim, s->who.now_us)
	    : ERR_INVALID;
	enum err e = write(s, mark);
	log_event(LOG_INFO, "mail",
	    LOG_STR("id", id_text(s->arena, s->claim.id)),
	    LOG_STR("outcome", str_c(err_name(s->outcome))),
	    LOG_STR("marked", str_c(err_name(e))));
	return e == ERR_OK;
}

static enum err
release(void *arg, struct db *db)
{
	struct share *s = arg;
	return mail_release(db, &s->who);
}

/* ---- reminders ---- */

static struct str
task_list(struct share *s, ptrdiff_t first, ptrdiff_t n, enum lang lang)
{
	struct buf b = buf_new(s->arena, 64 * 1024);
	for (ptrdiff_t i = first; i < first + n; i++) {
		const struct task_line *task = &s->tasks.list[i];
		struct date due = {0};
		(void)!date_parse(task->due, &due);
		buf_fmt(&b, "- %.*s (%.*s)\n", STR_ARG(task->title),
		    STR_ARG(lang_date(s->arena, lang, due)));
	}
	return buf_str(&b);
}

/* One mail an owner, with all that is due; a row a task says that it was. */
static enum err
remind_owner(struct share *s, struct db *db, ptrdiff_t first, ptrdiff_t n)
{
	struct account account;
	enum err e = account_get(
	    db, s->arena, &s->who, s->tasks.list[first].owner, &account);
	if (e != ERR_OK)
		return e;
	struct str args[] = {account.name, task_list(s, first, n, account.lang),
	    s->b->site->base_url};
	struct str count = lang_int(s->arena, account.lang, n);
	struct mail mail = {
	    .kind = S("reminder"),
	    .to = account.mail,
	    .subject = tr_fill(
		s->arena, tr(account.lang, "Your tasks: %1"), &count, 1),
	    .body = tr_fill(s->arena,
		tr(account.lang,
		    "Hello %1\n\nThese tasks in Samskab are due soon:\n\n"
		    "%2\nSee them here:\n\n%3\n\nYou can turn reminders off "
		    "on your account.\n"),
		args, 3),
	    .has_smtp = s->b->site->smtp,
	};
	e = mail_add(db, s->arena, &s->who, &mail);
	for (ptrdiff_t i = first; e == ERR_OK && i < first + n; i++)
		e = task_reminded(db, &s->who, &s->tasks.list[i]);
	return e;
}

static enum err
remind(void *arg, struct db *db)
{
	struct share *s = arg;
	struct date today = date_danish(s->who.now_us);
	struct date until = date_from_days(date_days(today) + REMIND_DAYS);
	enum err e = task_to_remind(db, s->arena, &s->who, until, &s->tasks);
	for (ptrdiff_t i = 0; e == ERR_OK && i < s->tasks.n;) {
		ptrdiff_t n = 1;
		while (i + n < s->tasks.n &&
		    id_eq(s->tasks.list[i].owner, s->tasks.list[i + n].owner))
			n++;
		e = remind_owner(s, db, i, n);
		i += n;
	}
	return e;
}

/* ---- what has had its time ---- */

static enum err
sweep(void *arg, struct db *db)
{
	struct share *s = arg;
	enum err e = session_sweep(
	    db, s->who.org, s->who.now_us, s->b->site->limits.idle_us);
	return e == ERR_OK ? mail_sweep(db, &s->who) : e;
}

/* ---- the thread ---- */

static bool
is_due(int64_t *next_us, int64_t every_us)
{
	int64_t now = clock_mono_us();
	if (now < *next_us)
		return false;
	*next_us = now + every_us;
	return true;
}

static bool
has_mail(struct background *b, struct arena *a)
{
	struct ids orgs = {0};
	return b->site->smtp &&
	    mail_due(b->db, a, clock_now_us(), &orgs) == ERR_OK && orgs.n > 0;
}

static void
run_round(void *arg)
{
	struct background *b = arg;
	struct arena *a = b->round;
	bool reminding = is_due(&b->remind_us, REMIND_EVERY_US);
	bool sweeping = is_due(&b->sweep_us, SWEEP_EVERY_US);
	bool mail = has_mail(b, a);
	for (ptrdiff_t i = 0; i < b->site->orgs.n; i++) {
		struct share s = {.b = b, .arena = a};
		s.who = actor_program(
		    b->site->orgs.list[i].id, &b->site->keys, clock_now_us());
		b->server.from_name = b->site->orgs.list[i].name;
		if (reminding && write(&s, remind) != ERR_OK)
			log_event(LOG_WARN, "remind", LOG_INT("org", i));
		if (sweeping && write(&s, sweep) != ERR_OK)
			log_event(LOG_WARN, "sweep", LOG_INT("org", i));
		for (int n = 0; mail && n < MAILS_A_ROUND && send_one(&s); n++)
			s.who.now_us = clock_now_us();
	}
}

/* Waits a second, or until it is to stop. */
static bool
rest(struct background *b)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_mutex_lock(&b->lock);
	if (!b->stopping)
		pthread_cond_timedwait(&b->wake, &b->lock, &until);
	bool go_on = !b->stopping;
	pthread_mutex_unlock(&b->lock);
	return go_on;
}

static void *
run(void *arg)
{
	struct background *b = arg;
	while (rest(b)) {
		struct arena *a = arena_open(ROUND_BYTES);
		if (a == NULL)
			continue;
		b->round = a;
		if (!arena_guard(a, run_round, b))
			log_event(LOG_WARN, "round_full",
			    LOG_INT("bytes", ROUND_BYTES));
		arena_close(a);
	}
	return NULL;
}

/* Mail that was kept goes out once there is a server. */
static void
release_kept(struct background *b, struct arena *process)
{
	for (ptrdiff_t i = 0; b->site->smtp && i < b->site->orgs.n; i++) {
		struct share s = {.b = b, .arena = process};
		s.who = actor_program(
		    b->site->orgs.list[i].id, &b->site->keys, clock_now_us());
		if (write(&s, release) != ERR_OK)
			log_event(LOG_WARN, "mail_release", LOG_INT("org", i));
	}
}

enum err
background_start(struct arena *process, struct site *site,
    const struct settings *settings, int reader, struct background **out)
{
	struct background *b = arena_new(process, struct background, 1);
	*b = (struct background){
	    .site = site,
	    .db = lanes_reader(site->lanes, reader),
	    .server =
		{
		    .url = settings->smtp_url,
		    .user = settings->smtp_user,
		    .password = settings->smtp_password,
		    .from = settings->mail_from,
		},
	};
	curl_global_init(CURL_GLOBAL_DEFAULT);
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->wake, NULL);
	release_kept(b, process);
	if (pthread_create(&b->thread, NULL, run, b) != 0)
		return ERR_UNAVAIL;
	*out = b;
	return ERR_OK;
}

void
background_stop(struct background *b)
{
	if (b == NULL)
		return;
	pthread_mutex_lock(&b->lock);
	b->stopping = true;
	pthread_cond_signal(&b->wake);
	pthread_mutex_unlock(&b->lock);
	pthread_join(b->thread, NULL);
}
