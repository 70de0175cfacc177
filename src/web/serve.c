/* SPDX-License-Identifier: MPL-2.0 */
#include "web/serve.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "jobs/helper.h"
#include "jobs/pool.h"
#include "jobs/render.h"
#include "jobs/sandbox.h"
#include "model/catalogue.h"
#include "model/outbox.h"
#include "model/schema.h"
#include "web/background.h"
#include "web/cache.h"
#include "web/control.h"
#include "web/datadir.h"
#include "web/handle.h"
#include "web/lane.h"
#include "web/rooms.h"
#include "web/route.h"
#include "web/security.h"

enum {
	REQUEST_BYTES = 32 * 1024 * 1024,
	POOL_THREADS = 2,
	ROOM_READERS = 1,
	POOL_QUEUE = 64,
	IDLE_SECONDS = 15,
	STOP_SECONDS = 8,
};

static enum err
fail(struct arena *a, struct serve_fault *fault, enum err e, const char *what)
{
	fault->text = str_fmt(a, "%s (%s)", what, err_name(e));
	return e;
}

/* ---- opening an installation ---- */

static struct db_place
place_of(const struct settings *settings)
{
	return (struct db_place){
	    .dir = settings->data, .url = settings->database};
}

static enum err
migrate(struct arena *a, struct db *db, struct serve_fault *fault)
{
	enum migrate_state state;
	enum err e = schema_state(db, a, &state);
	if (e != ERR_OK)
		return fail(a, fault, e, "the database cannot be read");
	if (state == MIGRATE_NEWER)
		return fail(a, fault, ERR_CONFLICT,
		    "the database was made by a newer version of the program");
	if (state == MIGRATE_CHANGED)
		return fail(a, fault, ERR_CONFLICT,
		    "the database was made by a changed program: one of its "
		    "migrations is not the one in this program");
	if (state == MIGRATE_CURRENT)
		return ERR_OK;
	e = schema_up(db, a, clock_now_us());
	return e == ERR_OK
	    ? e
	    : fail(a, fault, e, "the database cannot be brought up to date");
}

static void
fill_site(
    struct site *site, struct arena *process, const struct settings *settings)
{
	*site = (struct site){
	    .process = process,
	    .base_url = settings->base_url,
	    .data_dir = settings->data,
	    .place = place_of(settings),
	    .limits = {settings->session_idle_minutes * MINUTE_US,
		settings->session_hours * HOUR_US},
	    .attempts = limits_new(process),
	    .smtp = settings->smtp_url.n > 0,
	    .metrics_token = settings->metrics_token,
	    .started_us = clock_now_us(),
	};
}

enum err
serve_open(struct arena *process, const struct settings *settings, bool create,
    struct site *site, struct db **db, struct serve_fault *fault)
{
	fill_site(site, process, settings);
	enum err e = keys_load(settings->data, create, &site->keys);
	if (e == ERR_NOT_FOUND)
		return fail(process, fault, e,
		    "there is no installation in this folder; "
		    "samskab init makes one");
	if (e != ERR_OK)
		return fail(process, fault, e,
		    "the key file in the data folder cannot be used; it must "
		    "be 32 bytes that only its owner may read");
	e = db_open(process, &site->place, DB_WRITE, db);
	if (e != ERR_OK)
		return fail(process, fault, e, "the database cannot be opened");
	e = migrate(process, *db, fault);
	if (e != ERR_OK)
		return e;
	e = org_list(*db, process, &site->orgs);
	return e == ERR_OK
	    ? e
	    : fail(process, fault, e, "the database cannot be read");
}

enum err
serve_link(const struct site *site, struct db *db, struct arena *a,
    struct serve_link *link)
{
	struct actor program =
	    actor_program(link->org->id, &site->keys, clock_now_us());
	struct account account;
	struct str token;
	enum err e = account_by_mail(db, a, &program, link->mail, &account);
	if (e == ERR_OK)
		e = link_new(db, a, &program, account.id, &token);
	if (e == ERR_OK)
		link->url = site_link(site, a, link->org, token);
	return e;
}

/* ---- the parts of a running server ---- */

struct server {
	struct site site;
	const struct settings *settings;
	struct arena *process;
	struct serve_fault *fault;
	int lock_fd, control_fd;
	pthread_t control;
	bool controlling;
	int threads;
};

static int
count_threads(const struct settings *settings)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	if (settings->threads > 0)
		return (int)settings->threads;
	return cores < 1 ? 1 : cores > 64 ? 64 : (int)cores;
}

/* Without a sender no server takes our mail. */
static enum err
check_mail(struct server *s)
{
	if (s->settings->smtp_url.n == 0 ||
	    mail_address_ok(s->settings->mail_from))
		return ERR_OK;
	return fail(s->process, s->fault, ERR_INVALID,
	    "smtp_url is set, so mail_from must be a mail address");
}

/* Opens once to migrate, and closes again: from here on only the lane
 * writes. */
static enum err
open_database(struct server *s)
{
	struct db *db = NULL;
	enum err e =
	    serve_open(s->process, s->settings, false, &s->site, &db, s->fault);
	db_close(db);
	if (e == ERR_OK && s->site.orgs.n == 0)
		e = fail(s->process, s->fault, ERR_NOT_FOUND,
		    "there is no organisation yet; samskab init makes one");
	return e;
}

static enum err
open_lanes(struct server *s)
{
	struct lane_options options = {
	    .place = s->site.place,
	    .readers =
		s->threads + POOL_THREADS + BACKGROUND_READERS + ROOM_READERS,
	};
	s->site.first_pool_reader = s->threads;
	enum err e = lanes_open(s->process, &options, &s->site.lanes);
	if (e == ERR_OK)
		e = pool_open(
		    s->process, POOL_THREADS, POOL_QUEUE, &s->site.pool);
	if (s->site.place.url.n == 0)
		s->site.cache = cache_new(s->process);
	return e == ERR_OK
	    ? e
	    : fail(s->process, s->fault, e, "the database cannot be opened");
}

static enum err
open_listener(struct server *s)
{
	struct http_config config = {
	    .listen = s->settings->listen,
	    .threads = s->threads,
	    .arena_bytes = REQUEST_BYTES,
	    .max_connections = (int)s->settings->max_connections,
	    .max_streams = (int)s->settings->max_streams,
	    .idle_seconds = IDLE_SECONDS,
	    .trust_forwarded_for = s->settings->trust_forwarded_for,
	    .body_limit = route_body_limit,
	    .handle = handle_exchange,
	    .refuse = handle_refuse,
	    .arg = &s->site,
	};
	enum err e = http_start(s->process, &config, &s->site.server);
	return e == ERR_OK ? e
			   : fail(s->process, s->fault, e,
				 "the address cannot be listened on");
}

/* Links lead to where the server really is, unless a base_url was chosen. */
static void
find_base_url(struct server *s)
{
	struct settings defaults;
	settings_default(&defaults);
	struct str address = http_address(s->site.server);
	if (str_eq(s->settings->base_url, defaults.base_url) &&
	    !str_starts(address, S("unix:")))
		s->site.base_url = str_cat(s->process, S("http://"), address);
}

static void *
serve_control(void *arg)
{
	struct server *s = arg;
	while (control_serve_one(s->control_fd, control_answer, &s->site)) {
	}
	return NULL;
}

static enum err
open_control(struct server *s)
{
	enum err e = control_listen(s->settings->data, &s->control_fd);
	if (e == ERR_OK)
		s->controlling =
		    pthread_create(&s->control, NULL, serve_control, s) == 0;
	return e == ERR_OK && s->controlling
	    ? ERR_OK
	    : fail(s->process, s->fault, ERR_UNAVAIL,
		  "the control socket cannot be made");
}

static enum err
prepare_process(struct server *s)
{
	struct helper_kinds kinds = render_kinds();
	enum err e = datadir_make(s->settings->data);
	if (e == ERR_OK)
		e = drop_privileges(s->settings->data);
	if (e != ERR_OK)
		return fail(s->process, s->fault, e,
		    "the data folder cannot be used by an unprivileged user");
	e = datadir_lock(s->settings->data, &s->lock_fd);
	if (e == ERR_CONFLICT)
		return fail(s->process, s->fault, e,
		    "another samskab is already running on this folder");
	if (e != ERR_OK)
		return fail(
		    s->process, s->fault, e, "the data folder cannot be used");
	e = helper_start(s->process, kinds.list, kinds.n, &s->site.helper);
	if (e == ERR_OK)
		e = sandbox_serve();
	return e == ERR_OK ? e
			   : fail(s->process, s->fault, e,
				 "the helper process cannot be started");
}

/* helper and limits survive fill_site(), which open_database() calls. */
static enum err
start(struct server *s)
{
	enum err e = check_mail(s);
	if (e == ERR_OK)
		e = prepare_process(s);
	struct helper *helper = s->site.helper;
	if (e == ERR_OK)
		e = open_database(s);
	s->site.helper = helper;
	if (e == ERR_OK)
		e = open_lanes(s);
	if (e == ERR_OK)
		e = open_listener(s);
	if (e != ERR_OK)
		return e;
	find_base_url(s);
	e = open_control(s);
	if (e == ERR_OK)
		e = background_start(s->process, &s->site, s->settings,
		    s->threads + POOL_THREADS);
	if (e == ERR_OK)
		e = rooms_start(s->process, &s->site,
		    s->threads + POOL_THREADS + BACKGROUND_READERS,
		    &s->site.rooms);
	return e;
}

static void
stop(struct server *s)
{
	s->site.stopping = true;
	if (s->site.server != NULL)
		http_stop(s->site.server, STOP_SECONDS);
	/* Everything acknowledged is on disk: leaving so loses nothing. */
	if (!background_stop(s->site.background))
		_exit(1);
	if (s->controlling) {
		shutdown(s->control_fd, SHUT_RDWR);
		pthread_join(s->control, NULL);
		close(s->control_fd);
	}
	rooms_stop(s->site.rooms);
	pool_close(s->site.pool);
	lanes_close(s->site.lanes);
	cache_close(s->site.cache);
	helper_stop(s->site.helper);
	close(s->lock_fd);
}

enum err
serve_run(struct arena *process, const struct settings *settings,
    struct serve_fault *fault)
{
	sigset_t signals;
	int signal = 0;
	struct server *s = arena_new(process, struct server, 1);
	*s = (struct server){.settings = settings,
	    .process = process,
	    .fault = fault,
	    .lock_fd = -1,
	    .threads = count_threads(settings)};
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	catalogue_init();
	enum err e = start(s);
	if (e == ERR_OK) {
		printf("http://%.*s\n", STR_ARG(http_address(s->site.server)));
		fflush(stdout);
		do {
			sigwait(&signals, &signal);
		} while (signal == SIGHUP);
		log_event(LOG_INFO, "stopping", LOG_INT("signal", signal));
	}
	stop(s);
	return e;
}
