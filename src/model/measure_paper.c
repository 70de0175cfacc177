/* SPDX-License-Identifier: MPL-2.0 */

/* Answers on paper, read by two (model/measure.h). */
#include "base/buf.h"
#include "model/audit.h"
#include "model/measure.h"

struct reading {
	struct db *db;
	struct arena *a;
	const struct actor *who;
	const struct measure *m;
	int64_t round;
};

/* "4", "x", "-": false for anything else. */
static bool
take_mark(struct str word, int8_t *out)
{
	if (word.n != 1)
		return false;
	char c = word.p[0];
	*out = c == 'x' || c == 'X' ? MEASURE_DONT_KNOW
	    : c == '-'		    ? 0
				    : (int8_t)(c - '0');
	return c == 'x' || c == 'X' || c == '-' ||
	    (c >= '1' && c <= '0' + MEASURE_HIGHEST);
}

/* "4 5 x 3", an answer a question. */
static bool
read_marks(const struct measure *m, struct str text, struct measure_reply *r)
{
	ptrdiff_t n = 0;
	while (text.n > 0) {
		struct str word = str_trim(str_cut(&text, ' '));
		if (word.n == 0)
			continue;
		if (n == m->n_items)
			return false;
		if (m->design == MEASURE_RETROSPECTIVE &&
		    !take_mark(str_cut(&word, '/'), &r->then[n]))
			return false;
		if (!take_mark(word, &r->now[n++]))
			return false;
	}
	return n == m->n_items;
}

static const char SQL_OTHER[] =
    "SELECT answers, words FROM measure_paper WHERE org = $1"
    " AND network = $2 AND measure = $3 AND round = $4 AND who = $5"
    " AND account <> $6";

static const char SQL_READ[] =
    "INSERT INTO measure_paper (org, network, measure, round, who, account,"
    " code, answers, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (org, network, measure, round, who, account)"
    " DO UPDATE SET answers = $8, words = $9";

static const char SQL_DONE[] =
    "DELETE FROM measure_paper WHERE org = $1 AND network = $2"
    " AND measure = $3 AND round = $4 AND who = $5";

static enum err
count(const struct reading *d, const struct respondent *p,
    const struct measure_reply *r)
{
	enum err e = db_exec(d->db, SQL_DONE, NULL, DB_ID(d->who->org),
	    DB_ID(d->who->network), DB_ID(d->m->record.id), DB_INT(d->round),
	    DB_HASH(p->who));
	return e == ERR_OK ? measure_reply_put(d->db, d->a, d->who, p, r) : e;
}

static enum err
keep(const struct reading *d, struct measure_paper *row,
    const struct respondent *p, const struct measure_reply *r)
{
	struct db_rows others;
	struct str text = measure_reply_text(d->a, d->m, r);
	enum err e = db_all(d->db, d->a, SQL_OTHER, &others, DB_ID(d->who->org),
	    DB_ID(d->who->network), DB_ID(d->m->record.id), DB_INT(d->round),
	    DB_HASH(p->who), DB_ID(d->who->account));
	if (e != ERR_OK)
		return e;
	row->outcome = others.n == 0 ? MEASURE_FIRST : MEASURE_DIFFERS;
	if (others.n > 0 && str_eq(db_text(&others.row[0], 0), text) &&
	    str_eq(db_text(&others.row[0], 1), r->words)) {
		row->outcome = MEASURE_AGREES;
		return count(d, p, r);
	}
	if (others.n > 1)
		return ERR_OK;
	return db_exec(d->db, SQL_READ, NULL, DB_ID(d->who->org),
	    DB_ID(d->who->network), DB_ID(d->m->record.id), DB_INT(d->round),
	    DB_HASH(p->who), DB_ID(d->who->account), DB_TEXT(p->code),
	    DB_TEXT(text), DB_TEXT(r->words));
}

/* "K-1842; 4 5 x 3; words" */
static enum err
read_line(const struct reading *d, struct measure_paper *row)
{
	struct respondent p;
	struct measure_reply r = {0}, kept;
	struct str rest = row->typed;
	struct str code = str_trim(str_cut(&rest, ';'));
	struct str marks = str_trim(str_cut(&rest, ';'));
	r.words = str_trim(rest);
	row->outcome = MEASURE_NO_CODE;
	if (code.n < 2 || code.n > MEASURE_CODE)
		return ERR_OK;
	p.code = code;
	enum err e = measure_on_paper(d->db, d->a, d->who, d->m, &p);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	row->outcome = MEASURE_NO_GUARDIAN;
	if (p.refused != NULL)
		return ERR_OK;
	row->outcome = MEASURE_BAD_ANSWERS;
	if (!read_marks(d->m, marks, &r) ||
	    measure_words_fault(r.words) != NULL)
		return ERR_OK;
	e = measure_reply_get(d->db, d->a, d->who, &p, &kept);
	row->outcome = MEASURE_COUNTED;
	if (e == ERR_NOT_FOUND)
		return keep(d, row, &p, &r);
	return e;
}

enum err
measure_paper_read(struct db *db, struct arena *a, const struct actor *who,
    const struct measure *m, struct measure_papers *out)
{
	enum err e = ERR_OK;
	struct str text = out->text;
	const struct measure_round *round = measure_now(m);
	if (!actor_may(who, CAP_AGENDA) || !id_is_set(who->account))
		return ERR_DENIED;
	if (round == NULL)
		return ERR_CONFLICT;
	struct reading d = {db, a, who, m, round->number};
	out->list = arena_new(a, struct measure_paper, MEASURE_PAPERS);
	out->n = 0;
	while (e == ERR_OK && text.n > 0) {
		struct str line = str_trim(str_cut(&text, '\n'));
		if (line.n == 0)
			continue;
		if (out->n == MEASURE_PAPERS)
			return ERR_TOO_LARGE;
		out->list[out->n].typed = line;
		e = read_line(&d, &out->list[out->n++]);
	}
	return e == ERR_OK && out->n > 0
	    ? audit_add(db, a, who, S("measure.paper"), m->record.id)
	    : e;
}

/* ---- where two differ ---- */

static const char SQL_DESK[] =
    "SELECT who, code, answers, words FROM measure_paper WHERE org = $1"
    " AND network = $2 AND measure = $3 AND round = $4 ORDER BY who, account";

enum err
measure_desk(struct db *db, struct arena *a, const struct actor *who,
    const struct measure *m, struct measure_desk *out)
{
	struct db_rows rows;
	const struct measure_round *round = measure_now(m);
	*out = (struct measure_desk){0};
	if (round == NULL)
		return ERR_OK;
	enum err e = db_all(db, a, SQL_DESK, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(m->record.id), DB_INT(round->number));
	if (e != ERR_OK)
		return e;
	out->differs = arena_new(a, struct measure_differs, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *one = &rows.row[i], *next = one + 1;
		struct hash key;
		bool two =
		    i + 1 < rows.n && str_eq(db_blob(one, 0), db_blob(next, 0));
		if (!two) {
			out->once++;
			continue;
		}
		struct str who_bytes = db_blob(one, 0);
		for (int k = 0; k < HASH_BYTES; k++)
			key.b[k] = (unsigned char)who_bytes.p[k];
		out->differs[out->n_differs++] =
		    (struct measure_differs){db_text(one, 1), hash_hex(a, key),
			{db_text(one, 2), db_text(next, 2)},
			{db_text(one, 3), db_text(next, 3)}};
		i++;
	}
	return ERR_OK;
}

enum err
measure_settle(struct db *db, struct arena *a, const struct actor *who,
    const struct measure *m, const struct measure_fix *fix)
{
	struct measure_desk desk;
	struct respondent p;
	struct measure_reply r = {0};
	const struct measure_round *round = measure_now(m);
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (round == NULL || fix->which < 0 || fix->which > 1)
		return ERR_CONFLICT;
	struct reading d = {db, a, who, m, round->number};
	enum err e = measure_desk(db, a, who, m, &desk);
	for (ptrdiff_t i = 0; e == ERR_OK && i < desk.n_differs; i++) {
		const struct measure_differs *one = &desk.differs[i];
		if (!str_eq(one->who, fix->who))
			continue;
		r.words = one->words[fix->which];
		if (!measure_reply_parse(m, one->answers[fix->which], &r))
			return ERR_INTERNAL;
		p.code = one->code;
		e = measure_on_paper(db, a, who, m, &p);
		if (e == ERR_OK)
			e = count(&d, &p, &r);
		return e == ERR_OK
		    ? audit_add(db, a, who, S("measure.settle"), m->record.id)
		    : e;
	}
	return e == ERR_OK ? ERR_NOT_FOUND : e;
}
