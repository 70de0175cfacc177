/* SPDX-License-Identifier: MPL-2.0 */

/* Each command does the examples of its man page as they stand there. */
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "tests/cli/program.h"

/* Under EXAMPLES, what stands between .Bd -literal and .Ed, as a script. */
static struct str
examples(struct arena *a, struct str page)
{
	struct buf b = buf_new(a, 65536);
	bool in = false;
	ptrdiff_t at = str_find(page, S("\n.Sh EXAMPLES\n"));
	CHECK(at >= 0);
	page = str_sub(page, at + 1, page.n);
	while (page.n > 0) {
		struct str line = str_cut(&page, '\n');
		if (str_starts(line, S(".Ed")))
			in = false;
		if (in) {
			buf_add(&b, line);
			buf_byte(&b, '\n');
		}
		if (str_starts(line, S(".Bd -literal")))
			in = true;
	}
	return str_replace(a, buf_str(&b), S("\\e"), S("\\"));
}

static int
run_script(const char *path)
{
	int status = -1;
	pid_t pid = fork();
	if (pid == 0) {
		execl("/bin/sh", "sh", path, (char *)NULL);
		_exit(127);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	return status;
}

static void
put(struct arena *a, struct str dir, const char *name, struct str text)
{
	CHECK_OK(
	    file_write(a, str_fmt(a, "%.*s/%s", STR_ARG(dir), name), text));
}

/* What all of the examples of a page print, one after the other. */
static struct str
do_examples(struct arena *a, struct str dir, const char *command)
{
	const char *binary = getenv("SAMSKAB_BINARY");
	char here[PATH_MAX];
	CHECK(
	    realpath(binary != NULL ? binary : "build/samskab", here) != NULL);
	struct str page =
	    test_file(a, str_cstr(a, str_fmt(a, "man/samskab-%s.1", command)));
	struct str script = examples(a, page);
	CHECK(str_find(script, str_fmt(a, "samskab %s", command)) >= 0);
	struct str path = str_fmt(a, "%.*s/script", STR_ARG(dir));
	put(a, dir, "script",
	    str_fmt(a,
		"set -e\ncd '%.*s'\nexec >out\n"
		"samskab() { '%s' \"$@\"; }\n%.*s",
		STR_ARG(dir), here, STR_ARG(script)));
	CHECK_INT(run_script(str_cstr(a, path)), 0);
	return test_file(a, str_cstr(a, str_fmt(a, "%.*s/out", STR_ARG(dir))));
}

TEST(rank_does_the_examples_of_its_page)
{
	struct str out = do_examples(arena, test_dir(arena), "rank");
	CHECK_HAS(out, S("tree"));
	CHECK_HAS(out, S("Schulze"));
}

TEST(groups_does_the_examples_of_its_page)
{
	struct str dir = test_dir(arena);
	put(arena, dir, "votes.csv",
	    S("timestamp,datetime,comment-id,voter-id,vote\n1,x,0,7,1\n"));
	put(arena, dir, "comments.csv",
	    S("timestamp,comment-id,author-id,agrees,disagrees,moderated,"
	      "comment-body\n1,0,7,1,0,1,Flere borde\n"));
	struct str out = do_examples(arena, dir, "groups");
	CHECK_HAS(out, S("2 people, 2 votes, 1 statement."));
	CHECK_HAS(out, S("1 person, 1 stemme, 1 udsagn."));
	CHECK_HAS(out, S("There are no groups to show"));
	struct str page = test_file(arena,
	    str_cstr(arena, str_fmt(arena, "%.*s/groups.html", STR_ARG(dir))));
	CHECK_HAS(page, S("<h1>Holdningsgrupper</h1>"));
}

TEST(draw_does_the_examples_of_its_page)
{
	struct str out = do_examples(arena, test_dir(arena), "draw");
	CHECK_HAS(out, S("Trukket: 3 af 6."));
	CHECK_HAS(out, S("rigtigt"));
	CHECK_LACKS(out, S("forkert"));
}

TEST(change_does_the_examples_of_its_page)
{
	struct str out = do_examples(arena, test_dir(arena), "change");
	CHECK_HAS(out, S("Fewer than 5 answered both times"));
}

TEST(lix_does_the_examples_of_its_page)
{
	struct str dir = test_dir(arena);
	put(arena, dir, "README.md", S("Vi mødes den 17. juni.\n"));
	struct str out = do_examples(arena, dir, "lix");
	CHECK_HAS(out, S("\"sentences\": 1"));
}

TEST(export_does_the_examples_of_its_page)
{
	struct str dir = test_dir(arena);
	CHECK(chmod(str_cstr(arena, dir), 0755) == 0);
	struct str out = do_examples(arena, dir, "export");
	CHECK_HAS(out, S("members of staff had no account here"));
}

/* Each option in the page's SYNOPSIS is in the help; how many there are. */
static int
count_options(struct arena *a, struct str page, struct str help)
{
	int n = 0;
	ptrdiff_t at = str_find(page, S("\n.Sh SYNOPSIS\n"));
	CHECK(at >= 0);
	page = str_sub(page, at + 1, page.n);
	str_cut(&page, '\n');
	while (page.n > 0 && !str_starts(page, S(".Sh"))) {
		struct str line = str_cut(&page, '\n');
		while ((at = str_find(line, S("Fl -"))) >= 0) {
			line = str_sub(line, at + 4, line.n);
			struct str rest = line, name = str_cut(&rest, ' ');
			CHECK_HAS(help, str_cat(a, S("--"), name));
			n++;
		}
	}
	return n;
}

TEST(help_names_the_options_of_the_page)
{
	static const struct {
		const char *command;
		int options;
	} all[] = {{"lix", 3}, {"change", 11}, {"groups", 9}, {"draw", 22},
	    {"rank", 13}};
	for (ptrdiff_t i = 0; i < COUNT_OF(all); i++) {
		struct str page = test_file(arena,
		    str_cstr(arena,
			str_fmt(arena, "man/samskab-%s.1", all[i].command)));
		struct program_result r = RUN(all[i].command, "--help");
		CHECK_INT(count_options(arena, page, r.out), all[i].options);
	}
}

TEST(help_of_export_and_import_names_the_options_of_their_page)
{
	struct str page = test_file(arena, "man/samskab-export.1");
	struct str help = str_cat(
	    arena, RUN("export", "--help").out, RUN("import", "--help").out);
	CHECK_INT(count_options(arena, page, help), 8);
}
