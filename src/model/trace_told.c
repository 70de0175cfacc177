/* SPDX-License-Identifier: MPL-2.0 */

/* What people were told of their voices (model/trace.h). */
#include "model/trace_parts.h"

#define SQL_READ                                                         \
	" t.decision, t.contribution, t.part, t.grade, t.words, t.at_us" \
	" FROM told t WHERE t.org = $1 AND t.network = $2"
#define SQL_ORDER " ORDER BY t.decision, t.contribution, t.at_us, t.part"

static const char SQL_TOLD[] =
    "SELECT" SQL_READ "  AND (t.decision = $3 OR $3 IS NULL)" SQL_ORDER;
static const char SQL_TOLD_OF[] =
    "SELECT" SQL_READ "  AND (t.decision = $4 OR $4 IS NULL)"
    "  AND t.contribution IN " SQL_AKIN SQL_ORDER;

static struct told
read_told(const struct db_row *row)
{
	struct id said = db_id(row, 1);
	return (struct told){said, db_id(row, 2),
	    {.decision = db_id(row, 0),
		.source = said,
		.kind = TRACE_VOICE,
		.grade = trace_grade(db_text(row, 3)),
		.words = db_text(row, 4),
		.at_us = db_int(row, 5)}};
}

enum err
told_load(struct base *b, struct id decision)
{
	struct db_rows rows;
	const struct actor *who = b->who;
	enum err e = id_is_set(b->of)
	    ? db_all(b->db, b->arena, SQL_TOLD_OF, &rows, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(b->of), DB_ID(decision))
	    : db_all(b->db, b->arena, SQL_TOLD, &rows, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(decision));
	if (e != ERR_OK)
		return e;
	b->told = arena_new(b->arena, struct told, rows.n);
	b->answer = arena_new(b->arena, struct answer, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct told *told = &b->told[i];
		*told = read_told(&rows.row[i]);
		if (i == 0 ||
		    !id_eq(told[-1].link.decision, told->link.decision))
			b->answer[b->n_answers++] =
			    (struct answer){told->link.decision, told, 0};
		b->answer[b->n_answers - 1].n++;
	}
	return ERR_OK;
}

struct answer
told_answer(const struct base *b, struct id decision)
{
	ptrdiff_t at =
	    base_find(b->answer, b->n_answers, sizeof *b->answer, decision);
	if (at < 0)
		return (struct answer){0};
	return b->answer[at];
}

/* Of the part that stands for it now; or else of one that stands no more, as
 * it was merged or split since. */
static const struct trace_link *
told_of(const struct base *b, const struct answer *answer, struct id said,
    struct id leaf)
{
	const struct trace_link *old = NULL;
	ptrdiff_t i =
	    base_first(answer->told, answer->n, sizeof *answer->told, said);
	for (; i < answer->n && id_eq(answer->told[i].said, said); i++) {
		const struct told *told = &answer->told[i];
		if (id_eq(told->part, leaf))
			return &told->link;
		if (old == NULL && base_leaf(b, told->part) < 0)
			old = &told->link;
	}
	return old;
}

void
told_fill(const struct base *b, struct trace *t)
{
	struct answer answer = told_answer(b, t->decision->record.id);
	if (answer.told == NULL)
		return;
	for (ptrdiff_t i = 0; i < t->n_said; i++) {
		struct trace_said *s = &t->said[i];
		s->told = told_of(b, &answer, s->contribution,
		    t->voice[s->voice].contribution);
	}
}

const struct trace_link *
trace_told(const struct trace *t, const struct trace_said *said)
{
	return said->told != NULL ? said->told : t->voice[said->voice].via;
}

static const char SQL_TELL[] =
    "INSERT INTO told (org, network, decision, contribution, part, grade,"
    " words, at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (org, network, decision, contribution, part) DO NOTHING";

enum err
trace_tell(struct db *db, const struct actor *who, const struct trace *t,
    const struct trace_said *said)
{
	const struct trace_link *link = trace_told(t, said);
	if (said->told != NULL)
		return ERR_OK;
	return db_exec(db, SQL_TELL, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(t->decision->record.id), DB_ID(said->contribution),
	    DB_ID(t->voice[said->voice].contribution),
	    DB_TEXT(str_c(trace_grades[link->grade].key)), DB_TEXT(link->words),
	    DB_INT(who->now_us));
}
