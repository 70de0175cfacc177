/* SPDX-License-Identifier: MPL-2.0 */

/* samskab export and import as an administrator runs them. */
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/cli/program.h"

#define NETWORK "Pårørende i ældreplejen"

struct move {
	struct arena *arena;
	struct str dir;
	const char *old, *new, *file, *pass;
	struct str code; /* "/c/...", a citizen's page in the example */
};

static const char *
in_dir(struct move *m, const char *name)
{
	return str_cstr(
	    m->arena, STR_JOIN(m->arena, m->dir, S("/"), str_c(name)));
}

/* The worked example, an installation without networks, and a passphrase. */
static void
move_new(struct move *m, struct arena *arena)
{
	*m = (struct move){.arena = arena, .dir = test_dir(arena)};
	chmod(str_cstr(arena, m->dir), 0755);
	m->old = in_dir(m, "old");
	m->new = in_dir(m, "new");
	m->file = in_dir(m, "network");
	m->pass = in_dir(m, "pass");
	CHECK_OK(
	    file_write(arena, str_c(m->pass), S("fire ord i en lang række\n")));
	struct program_result demo = RUN("demo", "--data", m->old);
	CHECK_INT(demo.status, 0);
	ptrdiff_t at = str_find(demo.out, S("/c/"));
	CHECK(at >= 0);
	m->code = str_trim(str_sub(demo.out, at, demo.out.n));
	CHECK_INT(RUN("init", "--data", m->new, "--name", "Søby", "--admin",
		      "else@soeby.example")
		      .status,
	    0);
}

static struct program_result
export_to(struct move *m, const char *from, const char *file)
{
	struct arena *arena = m->arena;
	return RUN("export", "--data", from, "--reason", "Flytter",
	    "--passphrase", m->pass, NETWORK, file);
}

static struct program_result
import_from(struct move *m, const char *file)
{
	struct arena *arena = m->arena;
	return RUN("import", "--data", m->new, "--leader", "else@soeby.example",
	    "--passphrase", m->pass, file);
}

TEST(export_and_import_move_a_network)
{
	struct move m;
	struct stat st;
	struct program_server server;
	move_new(&m, arena);
	struct program_result r = export_to(&m, m.old, m.file);
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S(NETWORK ": "));
	CHECK(stat(m.file, &st) == 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK_INT(str_find(test_file(arena, m.file), S("ældrepleje")), -1);

	r = import_from(&m, m.file);
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S(NETWORK ": "));
	CHECK_HAS(r.out, S("members of staff had no account here"));
	CHECK_LACKS(r.out, S("whoever leads it"));
	CHECK_LACKS(r.out, S("codes on paper"));
	CHECK_INT(RUN("verify", "--data", m.new).status, 0);

	/* A citizen's code opens their page there, and what came in goes out
	 * again beside a running server. */
	program_serve(&server, arena, m.new, (const char *[]){NULL});
	struct str page = program_ask(arena, &server,
	    STR_JOIN(arena, S("GET "), m.code,
		S(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
		  "\r\n")));
	CHECK_HAS(page, S("HTTP/1.1 200"));
	CHECK_HAS(page, S("Mette kommer hjem til dig"));
	r = export_to(&m, m.new, in_dir(&m, "again"));
	CHECK_INT(r.status, 0);
	CHECK_INT(import_from(&m, m.file).status, 2);
	CHECK_INT(program_stop(&server), 0);
}

TEST(import_says_what_is_wrong_and_changes_nothing)
{
	struct move m;
	move_new(&m, arena);
	CHECK_INT(export_to(&m, m.old, m.file).status, 0);
	struct str heads = RUN("verify", "--data", m.new).out;
	struct str bytes = test_file(arena, m.file);
	const char *cut = in_dir(&m, "cut");
	CHECK_OK(file_write(arena, str_c(cut), str_sub(bytes, 0, 100000)));
	struct program_result r = import_from(&m, cut);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("cut short or was changed"));
	CHECK_OK(file_write(arena, str_c(cut), str_sub(bytes, 0, 40)));
	r = import_from(&m, cut);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("no file of samskab export"));
	r = import_from(&m, in_dir(&m, "nowhere"));
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("cannot be read"));
	r = RUN("import", "--data", m.new, "--passphrase", m.file, m.file);
	CHECK_INT(r.status, 2);
	r = RUN("import", "--data", m.new, "--passphrase", m.pass, "--leader",
	    "nobody@soeby.example", m.file);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("no open account"));
	r = RUN("import", "--data", m.new, "--passphrase", m.pass, "--host",
	    "other.example", m.file);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("--host"));
	CHECK_INT(RUN("init", "--data", m.new, "--name", "Ny", "--admin",
		      "else@ny.example", "--host", "ny.example")
		      .status,
	    0);
	heads = RUN("verify", "--data", m.new).out;
	r = import_from(&m, m.file);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("which organisation"));
	CHECK_STR(RUN("verify", "--data", m.new).out, heads);

	for (int i = 0; i < 2; i++) {
		r = RUN("import", "--data", m.new, "--passphrase", m.pass,
		    "--name", "Søby", m.file);
		CHECK_INT(r.status, i == 0 ? 0 : 2);
		CHECK_HAS(r.err, i == 0 ? S("") : S("already"));
	}
	CHECK(!str_eq(RUN("verify", "--data", m.new).out, heads));
	r = RUN("import", "--data", m.new, "--passphrase", m.pass, "--host",
	    "ny.example", "--leader", "else@ny.example", m.file);
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("codes on paper begin otherwise here"));
}

TEST(export_wants_a_reason_a_network_and_a_passphrase)
{
	struct move m;
	move_new(&m, arena);
	struct program_result r = RUN(
	    "export", "--data", m.old, "--passphrase", m.pass, NETWORK, m.file);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("--reason"));
	r = RUN("export", "--data", m.old, "--reason", "Flytter",
	    "--passphrase", m.pass, "Ingen steder", m.file);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("no network of this name"));
	const char *weak = in_dir(&m, "weak");
	CHECK_OK(file_write(arena, str_c(weak), S("kort\n")));
	r = RUN("export", "--data", m.old, "--reason", "Flytter",
	    "--passphrase", weak, NETWORK, m.file);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("15 characters"));
	r = RUN("export", "--data", m.old, NETWORK);
	CHECK_INT(r.status, 2);
	CHECK_INT(export_to(&m, m.old, m.file).status, 0);
	r = export_to(&m, m.old, m.file);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("is there already"));
}
