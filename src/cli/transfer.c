/* SPDX-License-Identifier: MPL-2.0 */

/* export and import: a whole network into a file that a passphrase opens, and
 * from there into another installation. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sealfile.h"
#include "cli/install.h"
#include "cli/passphrase.h"
#include "jobs/sandbox.h"
#include "model/account.h"
#include "model/network.h"
#include "model/person.h"
#include "model/schema.h"
#include "model/transfer.h"
#include "web/datadir.h"

enum { EACH_US = 100 * 1000, MEGABYTE = 1000 * 1000 };

struct moving {
	struct cli *cli;
	struct str path;
	int fd; /* of the file */
	struct sealfile *file;
	struct db *db; /* export: reads only */
	struct keys keys;
	struct actor who; /* export: inside the network */
	struct str name; /* of the network */
	struct transfer_job job;
	struct transfer_result result;
	int64_t tell_us; /* not before */
	bool told; /* a line of progress stands on the terminal */
};

/* ---- how far it is ---- */

static void
tell(void *arg, int64_t rows, int64_t bytes)
{
	struct moving *m = arg;
	int64_t now_us = clock_now_us();
	if (now_us < m->tell_us || !isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\rsamskab %s: %lld rows, %lld MB of files",
	    m->cli->name, (long long)rows, (long long)(bytes / MEGABYTE));
	m->tell_us = now_us + EACH_US;
	m->told = true;
}

static void
tell_no_more(struct moving *m)
{
	if (m->told)
		fprintf(stderr, "\r\033[K");
	m->told = false;
}

static void
begin_telling(struct moving *m)
{
	m->tell_us = clock_now_us() + SECOND_US;
	m->job.dir = m->cli->settings.data;
	m->job.progress = tell;
	m->job.arg = m;
}

/* ---- export: which network ---- */

static int
open_read(struct moving *m)
{
	struct cli *cli = m->cli;
	struct db_place place = {
	    .dir = cli->settings.data, .url = cli->settings.database};
	enum migrate_state state = MIGRATE_BEHIND;
	enum err e = drop_privileges(cli->settings.data);
	if (e == ERR_OK)
		e = keys_load(cli->settings.data, false, &m->keys);
	if (e == ERR_OK)
		e = db_open(cli->arena, &place, DB_READ, &m->db);
	if (e == ERR_OK)
		e = schema_state(m->db, cli->arena, &state);
	if (e != ERR_OK)
		return cli_fail(
		    cli, "the installation cannot be read (%s)", err_name(e));
	return state == MIGRATE_CURRENT
	    ? 0
	    : cli_fail(cli,
		  "the database is not of this samskab; start samskab serve "
		  "once, which brings it up to date");
}

static void
print_network(struct cli *cli, const struct actor *who, struct str name)
{
	struct str id = id_text(cli->arena, who->network);
	fprintf(stderr, "%.*s  %.*s\n", STR_ARG(id), STR_ARG(name));
}

/* Adds those of one organisation to `*seen`; the last is kept, and where there
 * are several, all are printed. */
static enum err
find_in(struct moving *m, const struct org *org, int *seen)
{
	struct cli *cli = m->cli;
	struct network_lines all;
	struct actor program = actor_program(org->id, &m->keys, clock_now_us());
	enum err e = network_mine(m->db, cli->arena, &program, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		const struct network_line *n = &all.list[i];
		struct str id = id_text(cli->arena, n->id);
		if (!str_eq(cli->argument[0], id) &&
		    !str_eq(cli->argument[0], n->name))
			continue;
		if (*seen == 1)
			print_network(cli, &m->who, m->name);
		m->who = actor_inside(&program, n->id);
		m->name = n->name;
		if (++*seen > 1)
			print_network(cli, &m->who, m->name);
	}
	return e;
}

static int
find(struct moving *m)
{
	struct orgs *orgs = arena_new(m->cli->arena, struct orgs, 1);
	int seen = 0;
	enum err e = org_list(m->db, m->cli->arena, orgs);
	for (ptrdiff_t i = 0; e == ERR_OK && i < orgs->n; i++)
		e = find_in(m, &orgs->list[i], &seen);
	if (e != ERR_OK)
		return cli_fail(
		    m->cli, "the database cannot be read (%s)", err_name(e));
	if (seen == 0)
		return cli_fail(m->cli, "there is no network of this name");
	return seen == 1 ? 0
			 : cli_fail(m->cli,
			       "several networks are called so: say which by "
			       "its id");
}

/* ---- export: that it is taken out is noted first ---- */

static int
note_here(struct moving *m)
{
	struct opened o = {0};
	int status = open_installation(m->cli, false, &o);
	if (status != 0)
		return status;
	struct actor program =
	    actor_program(m->who.org, &o.site.keys, clock_now_us());
	struct actor in = actor_inside(&program, m->who.network);
	enum err e = db_begin(o.db);
	if (e == ERR_OK)
		e = access_network(o.db, m->cli->arena, &in, m->cli->reason);
	return finish(m->cli, &o, e, "it could not be noted");
}

static int
note(struct moving *m)
{
	struct arena *a = m->cli->arena;
	struct str answer;
	struct str question = STR_JOIN(a, S("network "), id_text(a, m->who.org),
	    S(" "), id_text(a, m->who.network), S(" "), m->cli->reason);
	enum err e = control_ask(a, m->cli->settings.data, question, &answer);
	if (e != ERR_OK)
		return note_here(m);
	return str_eq(answer, S("ok"))
	    ? 0
	    : cli_fail(m->cli, "it could not be noted");
}

/* ---- export: the file ---- */

static enum err
write_file(void *arg, struct str bytes)
{
	struct moving *m = arg;
	return sealfile_write(m->file, bytes);
}

/* What of the network stays, where somebody may look for it. */
static void
print_left(const struct moving *m, const struct transfer_lefts *left)
{
	printf("%.*s: %lld rows, %lld files, %lld people\n", STR_ARG(m->name),
	    (long long)m->result.rows, (long long)m->result.files,
	    (long long)m->result.people);
	for (ptrdiff_t i = 0; i < left->n; i++)
		printf("stays behind: %lld of %s: %s\n",
		    (long long)left->list[i].rows, left->list[i].table,
		    left->list[i].why);
}

static int
write_network(struct moving *m, struct str passphrase)
{
	struct cli *cli = m->cli;
	struct wire_out out = {write_file, m};
	struct transfer_lefts left = {0};
	begin_telling(m);
	m->job.out = &out;
	enum err e = sealfile_create(cli->arena, m->fd, passphrase, &m->file);
	if (e == ERR_OK)
		e = db_begin(m->db);
	if (e == ERR_OK)
		e = transfer_export(
		    m->db, cli->arena, &m->who, &m->job, &m->result);
	if (e == ERR_OK)
		e = transfer_left(m->db, cli->arena, &m->who, &left);
	if (e == ERR_OK)
		e = sealfile_end(m->file);
	tell_no_more(m);
	if (e != ERR_OK && m->result.fault != NULL)
		return cli_fail(cli, "%s", m->result.fault);
	if (e != ERR_OK)
		return cli_fail(cli, "%.*s cannot be written (%s)",
		    STR_ARG(m->path), err_name(e));
	print_left(m, &left);
	return 0;
}

/* Before root is given up, so it is whoever's who called.  An empty one is what
 * an export left that came to nothing. */
static int
make_file(struct moving *m)
{
	struct stat st;
	const char *path = str_cstr(m->cli->arena, m->path);
	m->fd = path == NULL
	    ? -1
	    : open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (m->fd < 0 || fstat(m->fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (st.st_size == 0 && fchmod(m->fd, 0600) != 0))
		return cli_fail(
		    m->cli, "%.*s cannot be written", STR_ARG(m->path));
	return st.st_size == 0
	    ? 0
	    : cli_fail(m->cli, "%.*s is there already", STR_ARG(m->path));
}

/* Nothing of it is left; where the folder is root's, an empty file is. */
static void
unmake_file(struct moving *m)
{
	const char *path = str_cstr(m->cli->arena, m->path);
	if (ftruncate(m->fd, 0) == 0 && path != NULL)
		(void)unlink(path);
}

static int
check_export(struct cli *cli)
{
	int status = cli_need_data(cli);
	if (status == 0 && cli->n_arguments != 2)
		status = cli_fail(cli,
		    "say which network, by its id or its name, and into which "
		    "file");
	return status == 0 ? cli_need_reason(cli) : status;
}

/* export --data DIR --reason TEXT [--passphrase FILE] NETWORK FILE */
int
command_export(struct cli *cli)
{
	struct moving m = {.cli = cli, .fd = -1};
	struct str passphrase = {0};
	int status = check_export(cli);
	if (status == 0)
		status = passphrase_read(cli, true, &passphrase);
	m.path = cli->argument[1];
	if (status == 0)
		status = make_file(&m);
	if (status != 0)
		return status;
	status = open_read(&m);
	if (status == 0)
		status = find(&m);
	if (status == 0)
		status = note(&m);
	if (status == 0)
		status = write_network(&m, passphrase);
	db_close(m.db);
	if (status != 0)
		unmake_file(&m);
	close(m.fd);
	return status;
}

/* ---- import ---- */

static enum err
read_file(void *arg, char *to, ptrdiff_t n)
{
	struct moving *m = arg;
	return sealfile_read(m->file, to, n);
}

static int
open_file(struct moving *m)
{
	struct str passphrase = {0};
	struct cli *cli = m->cli;
	const char *path = str_cstr(cli->arena, m->path);
	m->fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	if (m->fd < 0)
		return cli_fail(cli, "%.*s cannot be read", STR_ARG(m->path));
	int status = passphrase_read(cli, false, &passphrase);
	if (status != 0)
		return status;
	enum err e = sealfile_open(cli->arena, m->fd, passphrase, &m->file);
	if (e == ERR_INVALID)
		return cli_fail(cli,
		    "%.*s is no file of samskab export, or the beginning of "
		    "one",
		    STR_ARG(m->path));
	if (e == ERR_DENIED)
		return cli_fail(cli,
		    "the passphrase does not open %.*s, or the file was "
		    "changed",
		    STR_ARG(m->path));
	return e == ERR_OK ? 0
			   : cli_fail(cli, "%.*s cannot be read (%s)",
				 STR_ARG(m->path), err_name(e));
}

/* The one that is said by host or name, or the only one; NULL: none, or not
 * which. */
static const struct org *
place_of(const struct cli *cli, const struct orgs *orgs)
{
	const struct org *found = NULL;
	bool said = cli->host.n > 0 || cli->organisation.n > 0;
	if (!said)
		return orgs->n == 1 ? &orgs->list[0] : NULL;
	for (ptrdiff_t i = 0; i < orgs->n; i++) {
		const struct org *org = &orgs->list[i];
		bool is = cli->host.n > 0
		    ? str_eq_nocase(org->host, cli->host)
		    : str_eq(org->name, cli->organisation);
		if (is && found != NULL)
			return NULL;
		if (is)
			found = org;
	}
	return found;
}

/* Where it goes, and who is to lead it. */
static enum err
find_place(struct moving *m, struct opened *o)
{
	struct cli *cli = m->cli;
	struct account leader;
	const struct org *org = place_of(cli, &o->site.orgs);
	m->result.fault = "say which organisation here with --host or --name";
	if (org == NULL)
		return ERR_CONFLICT;
	m->who = actor_program(org->id, &o->site.keys, clock_now_us());
	if (cli->leader.n == 0)
		return ERR_OK;
	m->result.fault = "who is to lead it has no open account here";
	enum err e =
	    account_by_mail(o->db, cli->arena, &m->who, cli->leader, &leader);
	if (e == ERR_NOT_FOUND || (e == ERR_OK && !leader.active))
		return ERR_CONFLICT;
	m->job.leader = leader.id;
	return e;
}

static enum err
read_network(struct moving *m, struct opened *o)
{
	struct wire_in in = {read_file, m};
	m->job.in = &in;
	enum err e =
	    transfer_import(o->db, m->cli->arena, &m->who, &m->job, &m->result);
	return e == ERR_OK ? sealfile_done(m->file) : e;
}

static void
print_moved(const struct moving *m)
{
	const struct transfer_result *r = &m->result;
	printf("%.*s: %lld rows, %lld files, %lld people\n", STR_ARG(r->name),
	    (long long)r->rows, (long long)r->files, (long long)r->people);
	if (r->new_staff > 0)
		printf("%lld of %lld members of staff had no account here: "
		       "they have closed ones, which an administrator can "
		       "open\n",
		    (long long)r->new_staff, (long long)r->staff);
	if (!r->codes)
		printf("codes on paper begin otherwise here: citizens need "
		       "new ones\n");
	if (!r->led)
		printf("whoever leads it has no open account here: an "
		       "administrator can open it\n");
}

/* import --data DIR [--host NAME | --name ORGANISATION] [--leader MAIL] [--passphrase FILE] FILE */
int
command_import(struct cli *cli)
{
	struct moving m = {.cli = cli, .fd = -1};
	struct opened o = {0};
	int status = cli_need_data(cli);
	if (status == 0 && cli->n_arguments != 1)
		status = cli_fail(cli, "say which file");
	m.path = cli->argument[0];
	if (status == 0)
		status = open_file(&m);
	if (status == 0)
		status = open_installation(cli, false, &o);
	if (status != 0)
		return status;
	begin_telling(&m);
	enum err e = db_begin(o.db);
	if (e == ERR_OK)
		e = find_place(&m, &o);
	if (e == ERR_OK)
		e = read_network(&m, &o);
	tell_no_more(&m);
	const char *fault = m.result.fault != NULL ? m.result.fault
	    : e == ERR_INVALID ? "the file is cut short or was changed"
			       : "it could not be brought in";
	status = finish(cli, &o, e, fault);
	if (e != ERR_OK)
		transfer_undo(cli->arena, &m.result);
	if (status == 0)
		print_moved(&m);
	close(m.fd);
	return status;
}
