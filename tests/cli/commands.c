/* SPDX-License-Identifier: MPL-2.0 */

/* The commands as a person runs them: what is printed where, and the exit
 * status. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/cli/program.h"

TEST(init_makes_one_installation_and_one_link)
{
	const char *dir = program_data(arena);
	struct program_result r =
	    RUN("init", "--data", dir, "--name", "Fjordby", "--admin",
		"ida@fjordby.example", "--log-level", "error");
	CHECK_INT(r.status, 0);
	CHECK(str_starts(r.out, S("http://127.0.0.1:8080/log-ind/link/")));
	r = RUN("init", "--data", dir, "--name", "Fjordby", "--admin",
	    "ida@fjordby.example", "--log-level", "error");
	CHECK_INT(r.status, 2);
	CHECK_STR(r.out, S(""));
	CHECK_HAS(r.err, S("samskab init: there is an installation here"));
}

/* A second organisation lives on the same installation under its own name. */
TEST(init_adds_an_organisation_with_a_host_name)
{
	const char *dir = program_data(arena);
	CHECK_INT(RUN("init", "--data", dir, "--name", "F", "--admin",
		      "ida@f.example")
		      .status,
	    0);
	struct program_result r = RUN("init", "--data", dir, "--name", "G",
	    "--admin", "bo@g.example", "--host", "Samskab.G.example/");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("samskab init: --host takes a host name alone"));
	for (int i = 0; i < 2; i++) {
		r = RUN("init", "--data", dir, "--name", "G", "--admin",
		    "bo@g.example", "--host", "samskab.g.example");
		CHECK_INT(r.status, i == 0 ? 0 : 2);
		if (i == 1)
			CHECK_HAS(r.err, S("has this host name"));
		else
			CHECK(str_starts(r.out,
			    S("http://samskab.g.example:8080/log-ind/")));
	}
	r = RUN("link", "--data", dir, "bo@g.example");
	CHECK(str_starts(r.out, S("http://samskab.g.example:8080/log-ind/")));
	r = RUN("link", "--data", dir, "ida@f.example");
	CHECK(str_starts(r.out, S("http://127.0.0.1:8080/log-ind/")));
}

TEST(link_lets_only_known_people_in)
{
	const char *dir = program_data(arena);
	CHECK_INT(RUN("init", "--data", dir, "--name", "F", "--admin",
		      "ida@f.example")
		      .status,
	    0);
	CHECK_INT(RUN("link", "--data", dir, "IDA@f.example").status, 0);
	struct program_result r = RUN("link", "--data", dir, "x@f.example");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("nobody with an open account"));
	CHECK_INT(RUN("link", "--data", dir).status, 2);
}

TEST(verify_prints_heads_that_it_takes_back)
{
	const char *dir = program_data(arena);
	CHECK_INT(RUN("init", "--data", dir, "--name", "F", "--admin",
		      "ida@f.example")
		      .status,
	    0);
	struct program_result r = RUN("verify", "--data", dir);
	CHECK_INT(r.status, 0);
	CHECK(r.out.n > 100);
	const char *heads =
	    str_cstr(arena, str_cat(arena, str_c(dir), S("-heads")));
	int fd = open(heads, O_WRONLY | O_CREAT, 0644);
	CHECK(write(fd, r.out.p, (size_t)r.out.n) == r.out.n);
	close(fd);
	CHECK_INT(RUN("verify", "--data", dir, "--head", heads).status, 0);
	CHECK_HAS(
	    RUN("verify", "--data", dir, "--json").out, S("\"faults\": []"));
	fd = open(heads, O_WRONLY | O_TRUNC);
	CHECK(write(fd, "nonsense\n", 9) == 9);
	close(fd);
	r = RUN("verify", "--data", dir, "--head", heads);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("-heads:1:1: expected"));
}

TEST(wrong_use_is_one_line_and_status_two)
{
	static const char *const wrong[][4] = {{"serve"},
	    {"serve", "--data", "/nowhere/at/all"}, {"serve", "--nose", "1"},
	    {"init", "--data", "/tmp/x"}, {"verify"}, {"link"},
	    {"serve", "--listen", "nonsense"}};
	for (ptrdiff_t i = 0; i < COUNT_OF(wrong); i++) {
		struct program_result r = program_run(arena, wrong[i]);
		CHECK_INT(r.status, 2);
		CHECK_STR(r.out, S(""));
		CHECK(str_find(r.err, S("samskab ")) >= 0);
	}
	struct program_result r =
	    RUN("serve", "--data", program_data(arena), "--smtp-url",
		"smtp://127.0.0.1:25", "--mail-from", "Fjordby <x@f.example>");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("mail_from must be a mail address"));
	CHECK_INT(RUN("brew").status, 2);
	CHECK_INT(RUN("serve", "--help").status, 0);
	CHECK_INT(RUN("--help").status, 0);
}

/* What it prints is shown by tests/model/dossier.c. */
TEST(person_wants_a_reason_and_somebody)
{
	const char *dir = program_data(arena);
	CHECK_INT(RUN("demo", "--data", dir).status, 0);
	struct program_result r = RUN("person", "--data", dir, "K-1842");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("--reason"));
	r = RUN("person", "--data", dir, "--reason", "070361-4285", "K-1842");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("CPR"));
	r = RUN("person", "--data", dir, "--reason", "Hun bad om det", "Karen");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("K-1842"));
	r = RUN("person", "--data", dir, "--reason", "Hun bad om det", "K-999");
	CHECK_INT(r.status, 2);
	CHECK_STR(r.out, S(""));
	CHECK_HAS(r.err, S("nobody has this number"));
}

TEST(a_folder_without_a_readable_key_is_refused)
{
	const char *dir = program_data(arena);
	CHECK_INT(RUN("init", "--data", dir, "--name", "F", "--admin",
		      "ida@f.example")
		      .status,
	    0);
	const char *key =
	    str_cstr(arena, str_cat(arena, str_c(dir), S("/key")));
	CHECK(chmod(key, 0644) == 0);
	struct program_result r = RUN("link", "--data", dir, "ida@f.example");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("key"));
}
