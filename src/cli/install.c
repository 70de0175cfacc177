/* SPDX-License-Identifier: MPL-2.0 */

/* init, demo and link: making an installation, and letting people in. */
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/install.h"
#include "jobs/sandbox.h"
#include "model/catalogue.h"
#include "model/code.h"
#include "model/demo.h"
#include "model/outbox.h"
#include "web/datadir.h"

int
open_installation(struct cli *cli, bool create, struct opened *o)
{
	struct serve_fault fault = {0};
	enum err e = create ? datadir_make(cli->settings.data) : ERR_OK;
	if (e == ERR_OK)
		e = drop_privileges(cli->settings.data);
	if (e == ERR_OK)
		e = datadir_lock(cli->settings.data, &o->lock_fd);
	if (e == ERR_CONFLICT)
		return cli_fail(
		    cli, "a server is running on this folder; stop it first");
	if (e != ERR_OK)
		return cli_fail(cli, "the folder %.*s cannot be used (%s)",
		    STR_ARG(cli->settings.data), err_name(e));
	catalogue_init();
	e = serve_open(
	    cli->arena, &cli->settings, create, &o->site, &o->db, &fault);
	return e == ERR_OK ? 0 : cli_fail(cli, "%.*s", STR_ARG(fault.text));
}

int
finish(struct cli *cli, struct opened *o, enum err e, const char *what)
{
	if (e == ERR_OK)
		e = db_commit(o->db);
	else
		db_rollback(o->db);
	if (e != ERR_OK)
		cli_fail(cli, "%s (%s)", what, err_name(e));
	db_close(o->db);
	close(o->lock_fd);
	return cli_exit(e);
}

static enum err
link_for(struct opened *o, struct cli *cli, const struct org *org,
    struct id account, struct str *url)
{
	struct str token;
	struct actor who =
	    actor_program(org->id, &o->site.keys, clock_now_us());
	enum err e = link_new(o->db, cli->arena, &who, account, &token);
	if (e == ERR_OK)
		*url = site_link(&o->site, cli->arena, org, token);
	return e;
}

/* ---- init ---- */

static enum err
make_org(struct opened *o, struct cli *cli, struct str *url)
{
	int64_t now_us = clock_now_us();
	struct org org = {.id = id_new(now_us),
	    .host = cli->host,
	    .name = cli->organisation,
	    .contact = cli->admin};
	struct id account = id_new(now_us);
	struct account_form form = {.name = cli->admin,
	    .mail = cli->admin,
	    .lang = LANG_DA,
	    .is_admin = true};
	struct actor who = actor_program(org.id, &o->site.keys, now_us);
	enum err e = org_create(o->db, cli->arena, org, now_us);
	if (e == ERR_OK)
		e = account_create(o->db, cli->arena, &who, account, form);
	return e == ERR_OK ? link_for(o, cli, &org, account, url) : e;
}

/* Organisations on one installation are told apart by their host names. */
static enum err
check_room(const struct opened *o, const struct cli *cli, const char **fault)
{
	const struct org *there = org_by_host(&o->site.orgs, cli->host);
	if (o->site.orgs.n == 0)
		return ERR_OK;
	*fault = "there is an installation here already; with --host NAME "
		 "another organisation is added to it";
	if (cli->host.n == 0)
		return ERR_CONFLICT;
	*fault = "another organisation here has this host name";
	return there != NULL && str_eq_nocase(there->host, cli->host)
	    ? ERR_CONFLICT
	    : ERR_OK;
}

static int
check_init(struct cli *cli)
{
	int status = cli_need_data(cli);
	if (status != 0)
		return status;
	if (str_trim(cli->organisation).n == 0)
		return cli_fail(cli,
		    "say what the organisation is called "
		    "with --name \"Organisation\"");
	if (!mail_address_ok(cli->admin))
		return cli_fail(cli,
		    "say the administrator's mail address "
		    "with --admin MAIL");
	if (cli->host.n > 0 && !org_host_ok(cli->host))
		return cli_fail(
		    cli, "--host takes a host name alone: samskab.example.dk");
	return 0;
}

/* init --data DIR --name "Organisation" --admin MAIL [--host NAME] */
int
command_init(struct cli *cli)
{
	struct opened o = {0};
	struct str url = {0};
	const char *fault = "it could not be made";
	int status = check_init(cli);
	if (status == 0)
		status = open_installation(cli, true, &o);
	if (status != 0)
		return status;
	enum err e = db_begin(o.db);
	if (e == ERR_OK)
		e = check_room(&o, cli, &fault);
	if (e == ERR_OK)
		e = make_org(&o, cli, &url);
	status = finish(cli, &o, e, fault);
	if (status == 0)
		printf("%.*s\n", STR_ARG(url));
	return status;
}

/* ---- demo ---- */

static enum err
print_links(struct opened *o, struct cli *cli, const struct demo *demo,
    struct str *lines)
{
	struct buf b = buf_new(cli->arena, 64 * 1024);
	for (ptrdiff_t i = 0; i < demo->n_people; i++) {
		const struct demo_person *p = &demo->people[i];
		struct str url;
		enum err e = link_for(o, cli, &demo->org, p->account, &url);
		if (e != ERR_OK)
			return e;
		buf_add(&b, p->role);
		buf_byte(&b, '\t');
		buf_add(&b, url);
		buf_byte(&b, '\n');
	}
	struct str code =
	    code_text(cli->arena, demo->org.short_code, demo->citizen_token);
	struct str url = site_url(&o->site, cli->arena, &demo->org);
	buf_add(&b, S("citizen\t"));
	buf_add(&b, url);
	buf_add(&b, S("/c/"));
	buf_add(&b, code);
	buf_byte(&b, '\n');
	*lines = buf_str(&b);
	return ERR_OK;
}

/* demo --data DIR: one line a person, role and one-time link. */
int
command_demo(struct cli *cli)
{
	struct opened o = {0};
	struct demo demo;
	struct str lines = {0};
	int status = cli_need_data(cli);
	if (status == 0)
		status = open_installation(cli, true, &o);
	if (status != 0)
		return status;
	enum err e = db_begin(o.db);
	if (e == ERR_OK)
		e = demo_create(
		    o.db, cli->arena, &o.site.keys, clock_now_us(), &demo);
	if (e == ERR_OK)
		e = print_links(&o, cli, &demo, &lines);
	status = finish(cli, &o, e,
	    e == ERR_CONFLICT ? "there is an installation here already"
			      : "it could not be made");
	if (status == 0)
		printf("%.*s", STR_ARG(lines));
	return status;
}

/* ---- link ---- */

static int
link_here(struct cli *cli, struct str *url)
{
	struct opened o = {0};
	int status = open_installation(cli, false, &o);
	if (status != 0)
		return status;
	struct serve_link link = {.mail = cli->argument[0]};
	enum err e = db_begin(o.db);
	if (e == ERR_OK)
		e = ERR_NOT_FOUND;
	for (ptrdiff_t i = 0; e == ERR_NOT_FOUND && i < o.site.orgs.n; i++) {
		link.org = &o.site.orgs.list[i];
		e = serve_link(&o.site, o.db, cli->arena, &link);
	}
	*url = link.url;
	return finish(cli, &o, e,
	    e == ERR_NOT_FOUND ? "nobody with an open account has this address"
			       : "it could not be made");
}

/* link --data DIR MAIL: asks the running server, or does it itself. */
int
command_link(struct cli *cli)
{
	struct str url = {0}, answer = {0};
	int status = cli_need_data(cli);
	if (status != 0)
		return status;
	if (cli->n_arguments != 1)
		return cli_fail(cli, "say whose mail address it is");
	struct str question = str_cat(cli->arena, S("link "), cli->argument[0]);
	enum err e =
	    control_ask(cli->arena, cli->settings.data, question, &answer);
	if (e == ERR_OK && !str_starts(answer, S("ok ")))
		return cli_fail(
		    cli, "nobody with an open account has this address");
	if (e == ERR_OK)
		url = str_sub(answer, 3, answer.n);
	else
		status = link_here(cli, &url);
	if (status == 0)
		printf("%.*s\n", STR_ARG(url));
	return status;
}
