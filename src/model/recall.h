/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_RECALL_H
#define MODEL_RECALL_H

#include "model/contribution.h"

/* recall.h - files with what people said that left the house, and which of
 * them hold words that were taken back since.
 *
 * A file is noted when it is made: when, by whom, for whom.  It held whatever
 * might be shown to them then, so a contribution that is withdrawn is asked
 * back from each file that was made since it came in and whose readers it was
 * for, within RECALL_DAYS.  Of a story or a brief it is noted whose words stood
 * in it, and what those were made of; it is asked back from those alone.
 * Memory: the caller's arena.  Tests: tests/model/contribution.c
 */
enum { RECALL_DAYS = 14 };

struct voices_file {
	int64_t scope; /* enum scope: whom it is for */
	struct str format; /* csv, json, qdpx, story, brief */
	int64_t rows;
};
/* Needs CAP_PEOPLE. */
enum err export_note(struct db *, struct arena *, const struct actor *,
    const struct voices_file *) MUST_USE;
/* Of a "story" or a "brief", with what stood in it.  Needs CAP_READ.
 * ERR_CONFLICT: some of that may go to such readers no more, since the file was
 * made: it must not be handed out. */
enum err export_note_of(struct db *, struct arena *, const struct actor *,
    const struct voices_file *, const struct ids *) MUST_USE;

/* Which files (x) may hold a contribution (c): $1 the organisation, $2 the
 * network. */
#define SQL_MAY_HOLD                                                  \
	"((x.format NOT IN ('story', 'brief') AND x.at_us >= c.at_us" \
	"  AND x.scope <= c.scope) OR x.id IN (SELECT v.export"       \
	"  FROM export_voice v WHERE v.org = $1 AND v.network = $2"   \
	"   AND v.contribution = c.id))"

/* Called as it is withdrawn. */
enum err recall_add(
    struct db *, const struct actor *, const struct contribution *) MUST_USE;

struct recall {
	struct id contribution, export, account; /* who made the file */
	int64_t due_us, made_us, scope;
	struct str format;
};
struct recalls {
	struct recall *list; /* the first due first */
	ptrdiff_t n;
};

/* Those that are not done.  Needs CAP_PEOPLE. */
enum err recall_list(struct db *, struct arena *, const struct actor *,
    struct recalls *) MUST_USE;

/* The file was destroyed or the words taken out of it.  Needs CAP_ASK. */
enum err recall_done(struct db *, struct arena *, const struct actor *,
    struct id contribution, struct id export) MUST_USE;

#endif
