/* SPDX-License-Identifier: MPL-2.0 */

/* person: everything that is held about one person (GDPR art. 15), in every
 * network of the organisation where they are by the same contact details. */
#include <assert.h>
#include <stdio.h>

#include "cli/install.h"
#include "jobs/sandbox.h"
#include "model/dossier.h"
#include "web/datadir.h"
#include "web/dossier_view.h"

enum { NETWORKS_MOST = 100 };

struct fetching {
	struct cli *cli;
	struct db *db; /* reads only */
	struct keys keys;
	struct actor program;
	const struct org *org;
	struct dossier_place found;
	struct dossier_places all;
	struct str text;
};

/* "K-1842" or "1842". */
static bool
read_number(struct str text, int64_t *number)
{
	if (str_starts(text, S("K-")) || str_starts(text, S("k-")))
		text = str_sub(text, 2, text.n);
	return str_int(text, number) && *number > 0;
}

static int
open_read(struct fetching *f)
{
	struct cli *cli = f->cli;
	struct db_place place = {
	    .dir = cli->settings.data, .url = cli->settings.database};
	enum err e = drop_privileges(cli->settings.data);
	if (e == ERR_OK)
		e = keys_load(cli->settings.data, false, &f->keys);
	if (e == ERR_OK)
		e = db_open(cli->arena, &place, DB_READ, &f->db);
	return e == ERR_OK
	    ? 0
	    : cli_fail(
		  cli, "the installation cannot be read (%s)", err_name(e));
}

/* ---- who it is ---- */

static void
print_place(struct cli *cli, const struct dossier_place *p)
{
	struct str id = id_text(cli->arena, p->network);
	fprintf(stderr, "%.*s  %.*s\n", STR_ARG(id), STR_ARG(p->name));
}

/* Adds those of one organisation to `*seen`; the last one is kept, and where
 * there are several, all are printed. */
static enum err
find_in(struct fetching *f, const struct org *org, int64_t number, int *seen)
{
	struct cli *cli = f->cli;
	struct dossier_places places;
	struct actor program = actor_program(org->id, &f->keys, clock_now_us());
	enum err e =
	    dossier_places(f->db, cli->arena, &program, number, &places);
	for (ptrdiff_t i = 0; e == ERR_OK && i < places.n; i++) {
		struct dossier_place *p = &places.list[i];
		struct str id = id_text(cli->arena, p->network);
		if (cli->network.n > 0 && !str_eq(cli->network, id))
			continue;
		if (*seen == 1)
			print_place(cli, &f->found);
		if (++*seen > 1)
			print_place(cli, p);
		f->found = *p;
		f->org = org;
		f->program = program;
	}
	return e;
}

static int
find(struct fetching *f, int64_t number)
{
	struct orgs *orgs = arena_new(f->cli->arena, struct orgs, 1);
	int seen = 0;
	enum err e = org_list(f->db, f->cli->arena, orgs);
	for (ptrdiff_t i = 0; e == ERR_OK && i < orgs->n; i++)
		e = find_in(f, &orgs->list[i], number, &seen);
	if (e != ERR_OK)
		return cli_fail(
		    f->cli, "the database cannot be read (%s)", err_name(e));
	if (seen == 0 || f->org == NULL)
		return cli_fail(f->cli, "nobody has this number");
	if (seen > 1)
		return cli_fail(f->cli,
		    "the number is somebody's in several networks: say which "
		    "with --network ID");
	e = dossier_same(f->db, f->cli->arena, &f->program, &f->found, &f->all);
	return e == ERR_OK && f->all.n <= NETWORKS_MOST
	    ? 0
	    : cli_fail(f->cli, "the database cannot be read");
}

/* ---- that it is fetched is noted first ---- */

static int
note_here(struct fetching *f, const struct dossier_place *p)
{
	struct opened o = {0};
	int status = open_installation(f->cli, false, &o);
	if (status != 0)
		return status;
	struct actor program =
	    actor_program(f->org->id, &o.site.keys, clock_now_us());
	struct actor in = actor_inside(&program, p->network);
	enum err e = db_begin(o.db);
	if (e == ERR_OK)
		e = access_add(
		    o.db, &in, S("dossier"), f->cli->reason, p->person, 1);
	return finish(f->cli, &o, e, "it could not be noted");
}

static int
note(struct fetching *f, const struct dossier_place *p)
{
	struct arena *a = f->cli->arena;
	struct str answer;
	struct str question = STR_JOIN(a, S("person "), id_text(a, f->org->id),
	    S(" "), id_text(a, p->network), S(" "), id_text(a, p->person),
	    S(" "), f->cli->reason);
	enum err e = control_ask(a, f->cli->settings.data, question, &answer);
	if (e != ERR_OK)
		return note_here(f, p);
	return str_eq(answer, S("ok"))
	    ? 0
	    : cli_fail(f->cli, "it could not be noted");
}

/* ---- the paper ---- */

static int
make(struct fetching *f)
{
	struct arena *a = f->cli->arena;
	struct dossier *all = arena_new(a, struct dossier, f->all.n);
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < f->all.n; i++) {
		struct actor in =
		    actor_inside(&f->program, f->all.list[i].network);
		struct dossier_wish wish = {.person = f->all.list[i].person,
		    .lang = LANG_DA,
		    .contact = true};
		e = dossier_get(f->db, a, &in, &wish, &all[i]);
	}
	assert(f->org != NULL); /* find() found somebody */
	struct dossier_file file = {.lang = LANG_DA,
	    .org = f->org->name,
	    .now_us = clock_now_us(),
	    .json = f->cli->json,
	    .of = all,
	    .n = f->all.n};
	if (e == ERR_OK)
		e = dossier_file(a, &file, &f->text);
	return e == ERR_OK
	    ? 0
	    : cli_fail(f->cli, "it cannot be read (%s)", err_name(e));
}

static int
check(struct cli *cli, int64_t *number)
{
	int status = cli_need_data(cli);
	if (status != 0)
		return status;
	if (cli->n_arguments != 1 || !read_number(cli->argument[0], number))
		return cli_fail(cli, "say who it is: K-1842");
	return cli_need_reason(cli);
}

/* person --data DIR --reason TEXT [--network ID] [--json] K-1842 */
int
command_person(struct cli *cli)
{
	struct fetching f = {.cli = cli};
	int64_t number = 0;
	int status = check(cli, &number);
	if (status == 0)
		status = open_read(&f);
	if (status == 0)
		status = find(&f, number);
	for (ptrdiff_t i = 0; status == 0 && i < f.all.n; i++)
		status = note(&f, &f.all.list[i]);
	if (status == 0)
		status = make(&f);
	db_close(f.db);
	if (status == 0)
		fwrite(f.text.p, 1, (size_t)f.text.n, stdout);
	return status;
}
