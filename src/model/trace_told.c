/* SPDX-License-Identifier: MPL-2.0 */

/* What people were told of their voices (model/trace.h). */
#include "model/trace_parts.h"

static const char SQL_TOLD[] =
    "SELECT contribution, grade, words, at_us FROM told"
    " WHERE org = $1 AND network = $2 AND decision = $3 ORDER BY contribution";
static const char SQL_TOLD_OF[] =
    "SELECT contribution, grade, words, at_us FROM told"
    " WHERE org = $1 AND network = $2 AND decision = $3"
    "   AND contribution IN (SELECT c.id FROM contribution c"
    "  WHERE c.org = $1 AND c.network = $2 AND c.person = $4)"
    " ORDER BY contribution";

struct told {
	struct id contribution; /* first: base_find() */
	struct trace_link link;
};

static struct told
read_told(const struct trace *t, const struct db_row *row)
{
	struct id said = db_id(row, 0);
	return (struct told){said,
	    {.decision = t->decision->record.id,
		.source = said,
		.kind = TRACE_VOICE,
		.grade = trace_grade(db_text(row, 1)),
		.words = db_text(row, 2),
		.at_us = db_int(row, 3)}};
}

enum err
told_load(const struct base *b, struct trace *t)
{
	struct db_rows rows;
	const struct actor *who = b->who;
	struct id decision = t->decision->record.id;
	enum err e = id_is_set(t->whose)
	    ? db_all(b->db, b->arena, SQL_TOLD_OF, &rows, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(decision), DB_ID(t->whose))
	    : db_all(b->db, b->arena, SQL_TOLD, &rows, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(decision));
	if (e != ERR_OK)
		return e;
	struct told *told = arena_new(b->arena, struct told, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++)
		told[i] = read_told(t, &rows.row[i]);
	for (ptrdiff_t i = 0; i < t->n_said; i++) {
		ptrdiff_t at = base_find(
		    told, rows.n, sizeof *told, t->said[i].contribution);
		t->said[i].told = at < 0 ? NULL : &told[at].link;
	}
	return ERR_OK;
}

const struct trace_link *
trace_told(const struct trace *t, const struct trace_said *said)
{
	return said->told != NULL ? said->told : t->voice[said->voice].via;
}

/* A voice that was split stands for what she said twice: told once. */
static const char SQL_TELL[] =
    "INSERT INTO told (org, network, decision, contribution, grade, words,"
    " at_us) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network, decision, contribution) DO NOTHING";

enum err
trace_tell(struct db *db, const struct actor *who, const struct trace *t,
    const struct trace_said *said)
{
	const struct trace_link *link = trace_told(t, said);
	return db_exec(db, SQL_TELL, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(t->decision->record.id), DB_ID(said->contribution),
	    DB_TEXT(str_c(trace_grades[link->grade].key)), DB_TEXT(link->words),
	    DB_INT(who->now_us));
}
