/* SPDX-License-Identifier: MPL-2.0 */
/* fetch - one page, as it is sent.
 *
 *	fetch BASE PATH COOKIE [HEADER]      "" for no cookie
 *
 * Prints the body, or the value of that header of the answer. */
#include <stdio.h>

#include "bench/client.h"

int
main(int argc, char **argv)
{
	struct answer answer;
	struct arena *a = arena_open(16 * 1024 * 1024);
	if (a == NULL || argc < 4 || argc > 5)
		return 2;
	struct target target = target_of(a, argv[1]);
	struct str request =
	    client_get(a, &target, str_c(argv[2]), str_c(argv[3]));
	if (!client_ask(a, &target, request, &answer) || answer.status != 200) {
		fprintf(
		    stderr, "fetch: no such page: %s%s\n", argv[1], argv[2]);
		return 1;
	}
	if (argc == 5)
		answer.body = answer_header(&answer, str_c(argv[4]));
	fwrite(answer.body.p, 1, (size_t)answer.body.n, stdout);
	arena_close(a);
	return 0;
}
