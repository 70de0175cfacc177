/* SPDX-License-Identifier: MPL-2.0 */
/* signin - signs in with a one-time link, as a browser without scripts does.
 *
 *	signin http://127.0.0.1:PORT /log-ind/link/TOKEN
 *
 * Prints what the load programs need: COOKIE CSRF /netvaerk/ID, where the
 * network is the first one on the front page. */
#include <stdio.h>

#include "base/id.h"
#include "bench/client.h"

/* What stands between `before` and the next quotation mark. */
static struct str
quoted(struct str text, struct str before)
{
	ptrdiff_t at = str_find(text, before);
	if (at < 0)
		return (struct str){0};
	struct str rest = str_sub(text, at + before.n, text.n);
	return str_cut(&rest, '"');
}

static struct str
first_network(struct str page)
{
	struct id id;
	static const struct str before = S_INIT("href=\"/netvaerk/");
	struct str found = quoted(page, before);
	while (found.n > 0 && !id_parse(found, &id)) {
		page = str_sub(page, found.p - page.p, page.n);
		found = quoted(page, before);
	}
	return found;
}

int
main(int argc, char **argv)
{
	struct answer in, front;
	struct arena *a = arena_open(16 * 1024 * 1024);
	if (a == NULL || argc != 3)
		return 2;
	struct target target = target_of(a, argv[1]);
	if (!client_ask(a, &target,
		client_post(a, &target, str_c(argv[2]), S(""), S("")), &in))
		return 1;
	struct str cookie = answer_header(&in, S("Set-Cookie"));
	cookie = str_cut(&cookie, ';');
	if (!client_ask(
		a, &target, client_get(a, &target, S("/"), cookie), &front))
		return 1;
	struct str csrf = quoted(front.body, S("name=\"csrf\" value=\""));
	struct str network = first_network(front.body);
	if (cookie.n == 0 || csrf.n == 0 || network.n == 0) {
		fprintf(stderr, "signin: answered %d and %d\n", in.status,
		    front.status);
		return 1;
	}
	printf("%.*s %.*s /netvaerk/%.*s\n", STR_ARG(cookie), STR_ARG(csrf),
	    STR_ARG(network));
	arena_close(a);
	return 0;
}
