/* SPDX-License-Identifier: MPL-2.0 */

/* verify: whether the audit chains, and the ballots of closed rounds, are as
 * they were written. */
#include <stdio.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "jobs/sandbox.h"
#include "model/round_seal.h"

enum { MAX_HEADS = 10000 };

/* Lines "ORG CHAIN SEQ HASH", as --json false prints them.  False: `line` is
 * the first that is not one. */
static bool
read_heads(struct str text, struct audit_head *heads, ptrdiff_t *n, int *line)
{
	*n = 0;
	for (*line = 1; text.n > 0; ++*line) {
		struct str rest = str_trim(str_cut(&text, '\n'));
		struct audit_head *h = &heads[*n];
		if (rest.n == 0)
			continue;
		if (*n == MAX_HEADS ||
		    !id_parse(str_cut(&rest, ' '), &h->org) ||
		    !id_parse(str_cut(&rest, ' '), &h->chain) ||
		    !str_int(str_cut(&rest, ' '), &h->seq) ||
		    rest.n != 2 * HASH_BYTES)
			return false;
		h->hash_hex = rest;
		++*n;
	}
	return true;
}

static void
print_text(struct arena *a, const struct audit_report *r)
{
	for (ptrdiff_t i = 0; i < r->n_heads; i++) {
		const struct audit_head *h = &r->heads[i];
		printf("%.*s %.*s %lld %.*s\n", STR_ARG(id_text(a, h->org)),
		    STR_ARG(id_text(a, h->chain)), (long long)h->seq,
		    STR_ARG(h->hash_hex));
	}
	for (ptrdiff_t i = 0; i < r->n_faults; i++)
		fprintf(stderr, "samskab verify: chain %.*s, row %lld: %s\n",
		    STR_ARG(id_text(a, r->faults[i].chain)),
		    (long long)r->faults[i].seq, r->faults[i].what);
}

static void
print_json(struct arena *a, const struct audit_report *r)
{
	printf("{\"rows\": %lld, \"heads\": [", (long long)r->rows);
	for (ptrdiff_t i = 0; i < r->n_heads; i++) {
		const struct audit_head *h = &r->heads[i];
		printf("%s{\"org\": \"%.*s\", \"chain\": \"%.*s\", "
		       "\"seq\": %lld, \"hash\": \"%.*s\"}",
		    i > 0 ? ", " : "", STR_ARG(id_text(a, h->org)),
		    STR_ARG(id_text(a, h->chain)), (long long)h->seq,
		    STR_ARG(h->hash_hex));
	}
	printf("], \"faults\": [");
	for (ptrdiff_t i = 0; i < r->n_faults; i++)
		printf("%s{\"chain\": \"%.*s\", \"row\": %lld, "
		       "\"what\": \"%s\"}",
		    i > 0 ? ", " : "", STR_ARG(id_text(a, r->faults[i].chain)),
		    (long long)r->faults[i].seq, r->faults[i].what);
	printf("]}\n");
}

/* verify --data DIR [--head FILE] [--json]: prints each chain's head; 1 when a
 * chain was meddled with. */
int
command_verify(struct cli *cli)
{
	struct arena *a = cli->arena;
	struct audit_head *known = arena_new(a, struct audit_head, MAX_HEADS);
	struct audit_report report;
	struct str text = {0};
	struct db *db = NULL;
	ptrdiff_t n_known = 0;
	int line = 0;
	int status = cli_need_data(cli);
	if (status != 0)
		return status;
	if (cli->head.n > 0)
		status = cli_read(cli, cli->head, &text);
	if (status != 0)
		return status;
	if (!read_heads(text, known, &n_known, &line))
		return cli_fault(cli, cli->head, line, 1,
		    "an organisation, a chain, a number and a hash, as "
		    "samskab verify prints them");
	struct db_place place = {
	    .dir = cli->settings.data, .url = cli->settings.database};
	/* Files that reading makes must be the server's user's. */
	enum err e = drop_privileges(cli->settings.data);
	if (e == ERR_OK)
		e = db_open(a, &place, DB_READ, &db);
	if (e == ERR_OK)
		e = audit_verify(db, a, known, n_known, &report);
	if (e == ERR_OK)
		e = round_verify(db, a, &report);
	db_close(db);
	if (e != ERR_OK)
		return cli_fail(
		    cli, "the database cannot be read (%s)", err_name(e));
	if (cli->json)
		print_json(a, &report);
	else
		print_text(a, &report);
	return report.n_faults > 0 ? 1 : 0;
}
