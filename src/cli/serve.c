/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/cli.h"

/* serve --data DIR --listen ADDR:PORT [--database URL] */
int
command_serve(struct cli *cli)
{
	struct serve_fault fault = {0};
	int status = cli_need_data(cli);
	if (status != 0)
		return status;
	enum err e = serve_run(cli->arena, &cli->settings, &fault);
	return e == ERR_OK ? 0 : cli_fail(cli, "%.*s", STR_ARG(fault.text));
}
