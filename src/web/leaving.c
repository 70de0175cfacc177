/* SPDX-License-Identifier: MPL-2.0 */
#include "web/leaving.h"

struct leaving {
	struct voices_file file;
	struct ids held;
};

static enum err
write_leaving(struct req *rq, struct db *db)
{
	const struct leaving *l = rq->note.with;
	return export_note_of(db, rq->arena, &rq->who, &l->file, &l->held);
}

void
leaving_note(struct req *rq, enum scope readers, struct str format,
    const struct ids *held)
{
	struct leaving *l = arena_new(rq->arena, struct leaving, 1);
	*l = (struct leaving){{(int64_t)readers, format, held->n}, *held};
	rq->note.write = write_leaving;
	rq->note.with = l;
}

struct str
leaving_format(struct req *rq, struct str format)
{
	if (str_eq(format, S("story")))
		return req_tr(rq, "a story");
	return str_eq(format, S("brief")) ? req_tr(rq, "a brief") : format;
}
