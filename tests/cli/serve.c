/* SPDX-License-Identifier: MPL-2.0 */

/* The server as a whole: what goes on beside the pages. */
#include "base/buf.h"
#include "tests/cli/program.h"
#include "tests/jobs/rig.h"

static void
make(struct arena *arena, const char *data)
{
	CHECK_INT(RUN("init", "--data", data, "--name", "Fjordby", "--admin",
		      "ida@fjordby.example", "--log-level", "error")
		      .status,
	    0);
}

/* The form of the sign-in page, as a browser without scripts sends it. */
static struct str
ask_for_link(struct arena *a, struct program_server *s, const char *mail)
{
	struct str form = str_fmt(a, "mail=%s", mail);
	return program_ask(a, s,
	    str_fmt(a,
		"POST /log-ind HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
		"Origin: http://127.0.0.1:%d\r\nConnection: close\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: %d\r\n\r\n%.*s",
		s->port, s->port, (int)form.n, STR_ARG(form)));
}

TEST(serve_sends_the_link_that_was_asked_for)
{
	struct sink sink;
	struct program_server server;
	const char *data = program_data(arena);
	sink_start(&sink, arena, NULL);
	make(arena, data);
	const char *options[] = {"--smtp-url", str_cstr(arena, sink.url),
	    "--mail-from", "samskab@fjordby.example", NULL};
	program_serve(&server, arena, data, options);
	CHECK_HAS(ask_for_link(arena, &server, "nobody%40fjordby.example"),
	    S("HTTP/1.1 303"));
	CHECK_HAS(ask_for_link(arena, &server, "ida%40fjordby.example"),
	    S("HTTP/1.1 303"));
	CHECK(sink_has(&sink, 1));
	CHECK_STR(sink_part(&sink, 1, "subject"), S("Dit link til Samskab"));
	CHECK_HAS(sink_part(&sink, 1, "body"),
	    str_fmt(arena, "http://127.0.0.1:%d/log-ind/link/", server.port));
	CHECK_INT(program_stop(&server), 0);
	CHECK_INT(sink_count(&sink), 1);
}

/* What was kept while there was no mail server goes out when there is one. */
TEST(serve_keeps_mail_over_a_restart)
{
	struct sink sink;
	struct program_server server;
	const char *data = program_data(arena);
	make(arena, data);
	program_serve(&server, arena, data, NULL);
	CHECK_HAS(ask_for_link(arena, &server, "ida%40fjordby.example"),
	    S("HTTP/1.1 303"));
	CHECK_INT(program_stop(&server), 0);
	sink_start(&sink, arena, NULL);
	const char *options[] = {"--smtp-url", str_cstr(arena, sink.url),
	    "--mail-from", "samskab@fjordby.example", NULL};
	program_serve(&server, arena, data, options);
	CHECK(sink_has(&sink, 1));
	CHECK_INT(program_stop(&server), 0);
}

/* A running server owns the folder: it is asked, for whichever organisation,
 * and refuses a second owner. */
TEST(serve_answers_commands_for_each_organisation)
{
	struct program_server server;
	const char *data = program_data(arena);
	make(arena, data);
	CHECK_INT(RUN("init", "--data", data, "--name", "G", "--admin",
		      "bo@g.example", "--host", "samskab.g.example")
		      .status,
	    0);
	program_serve(&server, arena, data, NULL);
	struct program_result r = RUN("link", "--data", data, "bo@g.example");
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, S("http://samskab.g.example:"));
	r = RUN("link", "--data", data, "ida@fjordby.example");
	CHECK_HAS(r.out, S("http://127.0.0.1:"));
	CHECK_INT(RUN("link", "--data", data, "x@g.example").status, 2);
	r = RUN("init", "--data", data, "--name", "H", "--admin", "c@h.example",
	    "--host", "samskab.h.example");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("a server is running on this folder"));
	CHECK_INT(program_stop(&server), 0);
}
