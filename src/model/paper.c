/* SPDX-License-Identifier: MPL-2.0 */
#include "model/paper.h"

#include "base/buf.h"
#include "model/audit.h"

enum { SECRET_CHARS = 8 };

/* ---- numbers ---- */

/* 40 bits in letters and digits that look like no others. */
static struct str
secret_of(struct arena *a, const struct actor *who, const struct round *r,
    int64_t serial)
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	struct hash h =
	    ballot_key(a, who, r, 'n', str_fmt(a, "%lld", (long long)serial));
	struct buf b = buf_new(a, SECRET_CHARS);
	for (int i = 0; i < SECRET_CHARS; i++)
		buf_byte(&b, digits[h.b[i] % 32]);
	return buf_str(&b);
}

struct str
paper_number(struct arena *a, const struct actor *who, const struct round *r,
    int64_t serial)
{
	struct str secret = secret_of(a, who, r, serial);
	return str_fmt(a, "%lld-%.*s-%.*s", (long long)serial,
	    STR_ARG(str_sub(secret, 0, 4)),
	    STR_ARG(str_sub(secret, 4, SECRET_CHARS)));
}

/* As a person types it: case, spaces, dashes and O/0, I/L/1 forgiven. */
static struct str
normal(struct arena *a, struct str typed)
{
	struct buf b = buf_new(a, 256);
	for (ptrdiff_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c == 'O')
			c = '0';
		if (c == 'I' || c == 'L')
			c = '1';
		if (c != '-' && c != ' ')
			buf_byte(&b, c);
	}
	return buf_str(&b);
}

static struct hash
number_hash(struct arena *a, int64_t serial, struct str secret)
{
	return hash_of(str_fmt(
	    a, "%lld %.*s", (long long)serial, STR_ARG(normal(a, secret))));
}

static const char SQL_HASHES[] =
    "SELECT number, hash FROM paper"
    " WHERE org = $1 AND network = $2 AND round = $3 ORDER BY number";

enum err
paper_own(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, struct paper_own *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_HASHES, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->record.id));
	if (e != ERR_OK)
		return e;
	*out = (struct paper_own){arena_new(a, bool, rows.n), rows.n, 0};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		int64_t serial = db_int(&rows.row[i], 0);
		struct hash h =
		    number_hash(a, serial, secret_of(a, who, r, serial));
		out->own[i] =
		    str_eq(db_blob(&rows.row[i], 1), hash_bytes(a, h));
		out->others += !out->own[i];
	}
	return ERR_OK;
}

static const char SQL_MADE[] =
    "SELECT count(*) FROM paper"
    " WHERE org = $1 AND network = $2 AND round = $3";

static const char SQL_MAKE[] =
    "INSERT INTO paper (org, network, round, number, hash, counted)"
    " VALUES ($1, $2, $3, $4, $5, 0)"
    " ON CONFLICT (org, network, round, number) DO NOTHING";

enum err
paper_make(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, int64_t in_all)
{
	struct db_row row;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (r->state == ROUND_CLOSED || r->method == ROUND_PAIRWISE ||
	    r->method == ROUND_VALUE)
		return ERR_CONFLICT;
	enum err e = db_one(db, a, SQL_MADE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->record.id));
	if (e != ERR_OK || in_all <= db_int(&row, 0))
		return e;
	if (in_all - db_int(&row, 0) > PAPER_ONCE || in_all > PAPER_MOST)
		return ERR_TOO_LARGE;
	for (int64_t i = db_int(&row, 0) + 1; e == ERR_OK && i <= in_all; i++) {
		struct hash hash = number_hash(a, i, secret_of(a, who, r, i));
		e = db_exec(db, SQL_MAKE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r->record.id), DB_INT(i),
		    DB_HASH(hash));
	}
	return e == ERR_OK
	    ? audit_add(db, a, who, S("paper.make"), r->record.id)
	    : e;
}

/* ---- what was read ---- */

static const char SQL_READINGS[] =
    "SELECT g.number, g.account, g.choices, p.counted FROM paper_reading g"
    "  JOIN paper p ON p.org = $1 AND p.network = $2 AND p.round = $3"
    "   AND p.number = g.number"
    " WHERE g.org = $1 AND g.network = $2 AND g.round = $3"
    " ORDER BY g.number, g.account";

static const char SQL_COUNTED[] =
    "SELECT sum(counted) FROM paper"
    " WHERE org = $1 AND network = $2 AND round = $3";

static void
look_through(struct arena *a, const struct db_rows *rows, struct paper_state *s)
{
	s->differs = arena_new(a, struct paper_differs, rows->n);
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		const struct db_row *row = &rows->row[i];
		int64_t serial = db_int(row, 0);
		if (db_int(row, 3) != 0)
			continue;
		bool two =
		    i + 1 < rows->n && db_int(&rows->row[i + 1], 0) == serial;
		if (!two) {
			s->once++;
			continue;
		}
		s->differs[s->n_differs++] = (struct paper_differs){
		    serial, db_text(row, 2), db_text(&rows->row[i + 1], 2)};
		i++;
	}
}

enum err
paper_state(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, struct paper_state *out)
{
	struct db_row made, counted;
	struct db_rows rows;
	*out = (struct paper_state){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_one(db, a, SQL_MADE, &made, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(r->record.id));
	if (e == ERR_OK)
		e = db_one(db, a, SQL_COUNTED, &counted, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r->record.id));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_READINGS, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(r->record.id));
	if (e != ERR_OK)
		return e;
	out->made = db_int(&made, 0);
	out->counted = db_int(&counted, 0);
	look_through(a, &rows, out);
	return ERR_OK;
}

/* ---- reading ---- */

static const char SQL_PAPER[] =
    "SELECT hash, counted FROM paper"
    " WHERE org = $1 AND network = $2 AND round = $3 AND number = $4";

static const char SQL_OTHERS[] =
    "SELECT choices FROM paper_reading WHERE org = $1 AND network = $2"
    " AND round = $3 AND number = $4 AND account <> $5";

static const char SQL_READ[] =
    "INSERT INTO paper_reading (org, network, round, number, account, choices)"
    " VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (org, network, round, number, account)"
    " DO UPDATE SET choices = $6";

static const char SQL_DONE[] =
    "UPDATE paper SET counted = 1 WHERE org = $1 AND network = $2"
    " AND round = $3 AND number = $4 AND counted = 0";

struct reading {
	struct db *db;
	struct arena *a;
	const struct actor *who;
	const struct round *r;
};

/* Among the others it stands under its own number, so that it counts once. */
static enum err
count(const struct reading *d, int64_t serial, const struct ballot *b)
{
	int64_t changed = 0;
	struct str number = str_fmt(d->a, "%lld", (long long)serial);
	struct elector v = {.round = d->r,
	    .side = SIDE_CITIZENS,
	    .key = ballot_key(d->a, d->who, d->r, 's', number)};
	enum err e = db_exec(d->db, SQL_DONE, &changed, DB_ID(d->who->org),
	    DB_ID(d->who->network), DB_ID(d->r->record.id), DB_INT(serial));
	return e == ERR_OK && changed == 1
	    ? ballot_cast(d->db, d->a, d->who, &v, b)
	    : e;
}

static enum err
keep_reading(
    const struct reading *d, struct paper_row *row, const struct ballot *b)
{
	struct db_rows others;
	const struct actor *who = d->who;
	struct str text = ballot_text(d->a, b);
	enum err e = db_all(d->db, d->a, SQL_OTHERS, &others, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(d->r->record.id), DB_INT(row->serial),
	    DB_ID(who->account));
	if (e == ERR_OK && others.n > 1) {
		row->outcome = PAPER_TWO;
		return ERR_OK;
	}
	if (e == ERR_OK)
		e = db_exec(d->db, SQL_READ, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(d->r->record.id),
		    DB_INT(row->serial), DB_ID(who->account), DB_TEXT(text));
	row->outcome = PAPER_FIRST;
	if (e != ERR_OK || others.n == 0)
		return e;
	bool same = str_eq(db_text(&others.row[0], 0), text);
	row->outcome = same ? PAPER_AGREES : PAPER_DIFFERS;
	return same ? count(d, row->serial, b) : ERR_OK;
}

static bool
is_its_number(struct arena *a, const struct db_row *paper, int64_t serial,
    struct str secret)
{
	struct hash hash = number_hash(a, serial, secret);
	return str_eq_secret(
	    db_blob(paper, 0), (struct str){(const char *)hash.b, HASH_BYTES});
}

/* "17-K3QF-9XTR; 1 4" */
static enum err
read_row(const struct reading *d, struct paper_row *row)
{
	struct ballot b;
	struct db_row paper;
	struct str rest = row->typed;
	struct str number = str_trim(str_cut(&rest, ';'));
	struct str serial = str_trim(str_cut(&number, '-'));
	row->outcome = PAPER_NO_NUMBER;
	if (!str_int(serial, &row->serial))
		return ERR_OK;
	enum err e = db_one(d->db, d->a, SQL_PAPER, &paper, DB_ID(d->who->org),
	    DB_ID(d->who->network), DB_ID(d->r->record.id),
	    DB_INT(row->serial));
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	if (!is_its_number(d->a, &paper, row->serial, number))
		return ERR_OK;
	row->outcome = PAPER_COUNTED;
	if (db_int(&paper, 1) != 0)
		return ERR_OK;
	row->outcome = PAPER_BAD_CHOICES;
	if (!ballot_typed(d->a, d->r, rest, &b) ||
	    ballot_check(d->r, &b).message != NULL)
		return ERR_OK;
	return keep_reading(d, row, &b);
}

enum err
paper_read(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, struct paper_rows *out)
{
	enum err e = ERR_OK;
	struct str text = out->text;
	struct reading d = {db, a, who, r};
	if (!actor_may(who, CAP_AGENDA) || !id_is_set(who->account))
		return ERR_DENIED;
	if (!round_takes(r, who->now_us))
		return ERR_CONFLICT;
	out->list = arena_new(a, struct paper_row, PAPER_ROWS);
	out->n = 0;
	while (e == ERR_OK && text.n > 0) {
		struct str line = str_trim(str_cut(&text, '\n'));
		if (line.n == 0)
			continue;
		if (out->n == PAPER_ROWS)
			return ERR_TOO_LARGE;
		struct paper_row *row = &out->list[out->n++];
		row->typed = line;
		e = read_row(&d, row);
	}
	return e == ERR_OK && out->n > 0
	    ? audit_add(db, a, who, S("paper.read"), r->record.id)
	    : e;
}

enum err
paper_settle(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, const struct paper_fix *fix)
{
	struct paper_state state;
	struct reading d = {db, a, who, r};
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (!round_takes(r, who->now_us))
		return ERR_CONFLICT;
	if (ballot_check(r, &fix->ballot).message != NULL)
		return ERR_INVALID;
	enum err e = paper_state(db, a, who, r, &state);
	for (ptrdiff_t i = 0; e == ERR_OK && i < state.n_differs; i++) {
		if (state.differs[i].serial != fix->serial)
			continue;
		e = count(&d, fix->serial, &fix->ballot);
		return e == ERR_OK
		    ? audit_add(db, a, who, S("paper.settle"), r->record.id)
		    : e;
	}
	return e == ERR_OK ? ERR_NOT_FOUND : e;
}
