/* SPDX-License-Identifier: MPL-2.0 */

/* The commands as a person runs them: what is printed where, and the exit
 * status.  The program is SAMSKAB_BINARY, or build/samskab. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/test.h"

struct result {
	int status;
	struct str out, err;
};

static struct str
read_all(struct arena *a, int fd)
{
	struct buf b = buf_new(a, 1024 * 1024);
	char part[4096];
	ssize_t n;
	while ((n = read(fd, part, sizeof part)) > 0)
		buf_add(&b, (struct str){part, n});
	close(fd);
	return buf_str(&b);
}

/* Small outputs only: they wait in the pipes. */
static struct result
run(struct arena *a, const char *const *args)
{
	const char *binary = getenv("SAMSKAB_BINARY");
	const char *argv[12] = {"samskab"};
	int out[2], err[2], status;
	for (int i = 0; args[i] != NULL; i++)
		argv[i + 1] = args[i];
	CHECK(pipe(out) == 0 && pipe(err) == 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(out[1], 1);
		dup2(err[1], 2);
		execv(binary != NULL ? binary : "build/samskab",
		    (char *const *)argv);
		_exit(127);
	}
	close(out[1]);
	close(err[1]);
	CHECK(waitpid(pid, &status, 0) == pid);
	return (struct result){
	    WEXITSTATUS(status), read_all(a, out[0]), read_all(a, err[0])};
}
#define RUN(...) run(arena, (const char *const[]){__VA_ARGS__, NULL})

static const char *
data_dir(struct arena *arena)
{
	struct str dir = test_dir(arena);
	chmod(str_cstr(arena, dir), 0755);
	return str_cstr(arena, str_cat(arena, dir, S("/data")));
}

TEST(init_makes_one_installation_and_one_link)
{
	const char *dir = data_dir(arena);
	struct result r = RUN("init", "--data", dir, "--name", "Fjordby",
	    "--admin", "ida@fjordby.example", "--log-level", "error");
	CHECK_INT(r.status, 0);
	CHECK(str_starts(r.out, S("http://127.0.0.1:8080/log-ind/link/")));
	r = RUN("init", "--data", dir, "--name", "Fjordby", "--admin",
	    "ida@fjordby.example", "--log-level", "error");
	CHECK_INT(r.status, 2);
	CHECK_STR(r.out, S(""));
	CHECK_HAS(r.err, S("samskab init: there is an installation here"));
}

TEST(link_lets_only_known_people_in)
{
	const char *dir = data_dir(arena);
	CHECK_INT(RUN("init", "--data", dir, "--name", "F", "--admin",
		      "ida@f.example")
		      .status,
	    0);
	CHECK_INT(RUN("link", "--data", dir, "IDA@f.example").status, 0);
	struct result r = RUN("link", "--data", dir, "x@f.example");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("nobody with an open account"));
	CHECK_INT(RUN("link", "--data", dir).status, 2);
}

TEST(verify_prints_heads_that_it_takes_back)
{
	const char *dir = data_dir(arena);
	CHECK_INT(RUN("init", "--data", dir, "--name", "F", "--admin",
		      "ida@f.example")
		      .status,
	    0);
	struct result r = RUN("verify", "--data", dir);
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
		struct result r = run(arena, wrong[i]);
		CHECK_INT(r.status, 2);
		CHECK_STR(r.out, S(""));
		CHECK(str_find(r.err, S("samskab ")) >= 0);
	}
	CHECK_INT(RUN("brew").status, 2);
	CHECK_INT(RUN("serve", "--help").status, 0);
	CHECK_INT(RUN("--help").status, 0);
}

TEST(a_folder_without_a_readable_key_is_refused)
{
	const char *dir = data_dir(arena);
	CHECK_INT(RUN("init", "--data", dir, "--name", "F", "--admin",
		      "ida@f.example")
		      .status,
	    0);
	const char *key =
	    str_cstr(arena, str_cat(arena, str_c(dir), S("/key")));
	CHECK(chmod(key, 0644) == 0);
	struct result r = RUN("link", "--data", dir, "ida@f.example");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("key"));
}
