/* SPDX-License-Identifier: MPL-2.0 */
#include "web/line.h"

struct view_line
line_view(struct req *rq, const struct choice *stages, int now)
{
	int n = 0;
	while (stages[n].key != NULL)
		n++;
	struct view_line_rows *rows =
	    arena_new(rq->arena, struct view_line_rows, n);
	for (int i = 0; i < n; i++)
		rows[i] =
		    (struct view_line_rows){.name = req_tr(rq, stages[i].label),
			.now = i == now,
			.been = i < now};
	return (struct view_line){.rows = {rows, n}};
}
