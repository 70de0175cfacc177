/* SPDX-License-Identifier: MPL-2.0 */

/* What a server writes about requests, and what it does not. */
#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/secret.h"
#include "tests/cli/program.h"

/* A server whose standard error is the file DATA-log. */
static const char *
serve_with_log(struct arena *a, struct program_server *s, const char *data)
{
	const char *options[] = {"--log-level", "debug", NULL};
	const char *path = str_cstr(a, str_cat(a, str_c(data), S("-log")));
	int log = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	int terminal = dup(2);
	CHECK(log >= 0 && terminal >= 0 && dup2(log, 2) == 2);
	program_serve(s, a, data, options);
	CHECK_INT(dup2(terminal, 2), 2);
	close(terminal);
	close(log);
	return path;
}

static struct str
get(struct arena *a, struct program_server *s, struct str target,
    struct str cookie)
{
	return program_ask(a, s,
	    str_fmt(a,
		"GET %.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
		"Cookie: __Host-samskab=%.*s\r\nConnection: close\r\n\r\n",
		STR_ARG(target), s->port, STR_ARG(cookie)));
}

static struct str
post(struct arena *a, struct program_server *s, struct str target,
    struct str form)
{
	return program_ask(a, s,
	    str_fmt(a,
		"POST %.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
		"Origin: http://127.0.0.1:%d\r\nConnection: close\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: %d\r\n\r\n%.*s",
		STR_ARG(target), s->port, s->port, (int)form.n, STR_ARG(form)));
}

/* What stands between `from` and the next ';' or line. */
static struct str
part_after(struct str text, struct str from)
{
	ptrdiff_t at = str_find(text, from);
	CHECK(at >= 0);
	struct str rest = str_sub(text, at + from.n, text.n);
	struct str line = str_cut(&rest, '\n');
	return str_trim(str_cut(&line, ';'));
}

/* One-time links, cookies, passwords, feeds, queries and addresses of mail:
 * the log names the route, never what came in it. */
TEST(log_of_requests_holds_no_secret)
{
	struct program_server server;
	const char *data = program_data(arena);
	CHECK_INT(RUN("init", "--data", data, "--name", "Fjordby", "--admin",
		      "ida@fjordby.example", "--log-level", "error")
		      .status,
	    0);
	const char *log = serve_with_log(arena, &server, data);
	struct str link =
	    RUN("link", "--data", data, "ida@fjordby.example").out;
	struct str path = part_after(
	    link, str_fmt(arena, "http://127.0.0.1:%d", server.port));
	struct str token = part_after(link, S("/log-ind/link/"));
	CHECK_INT(token.n, 26);
	get(arena, &server, path, S("x"));
	struct str in = post(arena, &server, path, S(""));
	struct str cookie = part_after(in, S("__Host-samskab="));
	CHECK_HAS(get(arena, &server, S("/konto"), cookie), S(" 200 "));
	post(arena, &server, S("/log-ind/adgangskode"),
	    S("mail=ida%40fjordby.example&password=hemmeligt+ord+nummer+et"));
	struct str feed = token_new(arena);
	get(arena, &server, str_cat(arena, S("/kalender/"), feed), S("x"));
	get(arena, &server, S("/ordliste?q=hemmelighed"), cookie);
	get(arena, &server, S("/hemmelig/sti"), cookie);
	CHECK_INT(program_stop(&server), 0);

	struct str text = test_file(arena, log);
	CHECK_HAS(text, S("/log-ind/link/{token}")); /* it was written */
	CHECK_HAS(text, S("/kalender/{token}"));
	CHECK_LACKS(text, token);
	CHECK_LACKS(text, str_sub(cookie, 5, cookie.n));
	CHECK_LACKS(text, feed);
	CHECK_LACKS(text, S("hemmelig"));
	CHECK_LACKS(text, S("ida@"));
	CHECK_LACKS(text, S("fjordby.example"));
}
