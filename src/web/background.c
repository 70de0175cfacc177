/* SPDX-License-Identifier: MPL-2.0 */
#include "web/background.h"

#include <curl/curl.h>

#include "jobs/import.h"
#include "jobs/media.h"
#include "jobs/remind.h"
#include "jobs/retention.h"
#include "jobs/sortition.h"
#include "jobs/exchange.h"
#include "jobs/voices.h"
#include "jobs/webhook.h"
#include "model/dialogue.h"
#include "model/field.h"
#include "model/import.h"
#include "model/letters.h"
#include "model/media.h"
#include "model/retention.h"
#include "model/round.h"
#include "model/round_import.h"
#include "model/sending.h"
#include "model/shift.h"
#include "model/exchange.h"
#include "model/token.h"
#include "model/voices_import.h"
#include "web/lane.h"
#include "web/write.h"

#define REMIND_EVERY_US (10 * MINUTE_US)
#define SWEEP_EVERY_US HOUR_US
#define ROUNDS_EVERY_US (5 * MINUTE_US)
#define SHIFTS_EVERY_US MINUTE_US

struct background {
	struct site *site;
	struct smtp_server smtp;
	struct runner_config config;
	struct runner *runner;
	int reader;
};

/* ---- what comes by the clock ---- */

static struct remind
remind_of(
    const struct background *b, struct arena *a, const struct actor *program)
{
	const struct org *org = org_by_id(&b->site->orgs, program->org);
	return (struct remind){site_url(b->site, a, org), b->site->smtp};
}

static enum err
remind(void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	struct remind what = remind_of(ctx, a, program);
	enum err e = remind_owners(&what, a, program, db);
	if (e == ERR_OK)
		e = remind_volunteers(&what, a, program, db);
	if (e == ERR_OK)
		e = remind_respondents(&what, a, program, db);
	if (e == ERR_OK)
		e = remind_late(&what, a, program, db);
	return e == ERR_OK ? remind_statement(&what, a, program, db) : e;
}

static enum err
sweep(void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	const struct background *b = ctx;
	(void)a;
	enum err e = session_sweep(
	    db, program->org, program->now_us, b->site->limits.idle_us);
	return e == ERR_OK ? letters_sweep(db, program) : e;
}

static enum err
sweep_imports(
    void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	(void)ctx;
	(void)a;
	enum err e = import_sweep(db, program);
	if (e == ERR_OK)
		e = exchange_sweep(db, program);
	if (e == ERR_OK)
		e = token_sweep(db, program);
	if (e == ERR_OK)
		e = round_import_sweep(db, program);
	return e == ERR_OK ? voices_import_sweep(db, program) : e;
}

/* Long before the outbox forgets (MAIL_SENT_DAYS). */
static enum err
note_mailed(
    void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	(void)ctx;
	(void)a;
	return sending_sweep(db, program);
}

static enum err
sweep_media(
    void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	const struct background *b = ctx;
	return media_sweep(db, a, program, b->site->data_dir);
}

static enum err
keep_days(
    void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	(void)ctx;
	return retention_daily(db, a, program);
}

static enum err
sweep_field(
    void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	(void)ctx;
	return field_sweep(db, a, program);
}

/* Dialogues whose last day is over. */
static enum err
close_dialogues(
    void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	(void)ctx;
	return dialogue_sweep(db, a, program);
}

/* Rounds whose last day is over. */
static enum err
close_rounds(
    void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	(void)ctx;
	return round_sweep(db, a, program);
}

/* Places of shifts whose hour is past; then who moved up is told. */
static enum err
share_shifts(
    void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	struct remind what = remind_of(ctx, a, program);
	enum err e = shift_sweep(db, a, program);
	return e == ERR_OK ? remind_news(&what, a, program, db) : e;
}

static const struct recurring RECURRING[] = {
    {"reminders", REMIND_EVERY_US, remind},
    {"sessions", SWEEP_EVERY_US, sweep},
    {"imports", SWEEP_EVERY_US, sweep_imports},
    {"mailed", SWEEP_EVERY_US, note_mailed},
    {"media", SWEEP_EVERY_US, sweep_media},
    {"retention", SWEEP_EVERY_US, keep_days},
    {"field", SWEEP_EVERY_US, sweep_field},
    {"rounds", ROUNDS_EVERY_US, close_rounds},
    {"dialogues", ROUNDS_EVERY_US, close_dialogues},
    {"shifts", SHIFTS_EVERY_US, share_shifts},
};

/* ---- what is asked for ---- */

static enum err
draw(struct job_turn *turn)
{
	const struct background *b = turn->ctx;
	return sortition_job(turn, b->site->helper);
}

static enum err
clean_media(struct job_turn *turn)
{
	const struct background *b = turn->ctx;
	struct media_tools tools = {b->site->helper, b->site->data_dir};
	return media_job(turn, &tools);
}

static enum err
let_go(struct job_turn *turn)
{
	const struct background *b = turn->ctx;
	return retention_job(turn, b->site->data_dir);
}

static const struct job_kind KINDS[] = {
    {"draw", draw},
    {"exchange", exchange_job},
    {"import", import_job},
    {"media", clean_media},
    {"retention", let_go},
    {"scrub", scrub_job},
    {"voices", voices_job},
    {"webhook", webhook_job},
};

/* ---- the runner's way to the database ---- */

static enum err
write(void *ctx, struct id org, struct arena *a,
    enum err (*fn)(void *arg, struct db *), void *arg)
{
	const struct background *b = ctx;
	return write_wait(b->site->lanes, org, a, fn, arg);
}

static struct db *
reader(void *ctx, int thread)
{
	const struct background *b = ctx;
	return lanes_reader(b->site->lanes, b->reader + thread);
}

/* ---- start and stop ---- */

static void
configure(struct background *b, const struct settings *settings)
{
	b->smtp = (struct smtp_server){
	    .url = settings->smtp_url,
	    .user = settings->smtp_user,
	    .password = settings->smtp_password,
	    .from = settings->mail_from,
	};
	b->config = (struct runner_config){
	    .db = {.ctx = b, .write = write, .read = reader},
	    .keys = &b->site->keys,
	    .orgs = &b->site->orgs,
	    .smtp = b->site->smtp ? &b->smtp : NULL,
	    .kinds = KINDS,
	    .n_kinds = COUNT_OF(KINDS),
	    .aside = "media",
	    .recurring = RECURRING,
	    .n_recurring = COUNT_OF(RECURRING),
	    .ctx = b,
	};
}

enum err
background_start(struct arena *process, struct site *site,
    const struct settings *settings, int first_reader)
{
	struct background *b = arena_new(process, struct background, 1);
	b->site = site;
	b->reader = first_reader;
	configure(b, settings);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	enum err e = runner_start(process, &b->config, &b->runner);
	if (e == ERR_OK)
		site->background = b;
	return e;
}

void
background_kick(struct background *b)
{
	if (b != NULL)
		runner_kick(b->runner);
}

bool
background_stop(struct background *b)
{
	return b == NULL || runner_stop(b->runner);
}
