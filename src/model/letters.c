/* SPDX-License-Identifier: MPL-2.0 */
#include "model/letters.h"

#include "base/buf.h"
#include "base/clock.h"

enum { BODY_BYTES = LETTERS_MOST * 128 };

static struct str
context(struct arena *a, const struct actor *who, struct id batch)
{
	return STR_JOIN(a, S("letters:"), id_text(a, who->org),
	    id_text(a, who->network), id_text(a, batch));
}

static const char SQL_KEEP[] =
    "INSERT INTO letter_batch (org, network, id, invitation, account, made_us,"
    " format, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

enum err
letters_keep(struct db *db, struct arena *a, const struct actor *who,
    const struct letter_batch *batch)
{
	struct buf b = buf_new(a, BODY_BYTES);
	if (!actor_may(who, CAP_VAULT))
		return ERR_DENIED;
	for (ptrdiff_t i = 0; i < batch->n; i++) {
		buf_add(&b, id_text(a, batch->code[i].person));
		buf_byte(&b, ' ');
		buf_add(&b, batch->code[i].token);
		buf_byte(&b, ' ');
		buf_add(&b, batch->code[i].channel);
		buf_byte(&b, ' ');
		buf_int(&b, batch->code[i].reminds_us);
		buf_byte(&b, '\n');
	}
	struct str body =
	    seal(a, &who->keys->mail, buf_str(&b), context(a, who, batch->id));
	return db_exec(db, SQL_KEEP, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(batch->id), DB_ID(batch->invitation), DB_ID(who->account),
	    DB_INT(who->now_us), DB_TEXT(batch->format), DB_BLOB(body));
}

static const char SQL_OPEN[] =
    "SELECT invitation, format, body FROM letter_batch"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4"
    "   AND made_us > $5";

/* Who stopped gets no more of it; a code that ended opens nothing. */
static const char SQL_DUE[] =
    "SELECT 1 FROM code c"
    "  JOIN person p ON p.org = $1 AND p.network = $2 AND p.id = c.person"
    " WHERE c.org = $1 AND c.hash = $3 AND c.person = $4"
    "   AND c.ended_us IS NULL AND p.state NOT IN ('stopped', 'erased')";

/* Takes out of the batch what is not to be printed any more. */
static enum err
keep_due(struct db *db, struct arena *a, const struct actor *who,
    struct letter_batch *batch)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < batch->n; i++) {
		struct db_row row;
		struct letter_code code = batch->code[i];
		struct hash hash = hash_of(code.token);
		enum err e = db_one(db, a, SQL_DUE, &row, DB_ID(who->org),
		    DB_ID(who->network), DB_HASH(hash), DB_ID(code.person));
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		if (e == ERR_OK)
			batch->code[n++] = code;
	}
	batch->n = n;
	return n > 0 ? ERR_OK : ERR_NOT_FOUND;
}

enum err
letters_open(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct letter_batch *out)
{
	struct db_row row;
	struct str body;
	if (!actor_may(who, CAP_VAULT))
		return ERR_DENIED;
	enum err e =
	    db_one(db, a, SQL_OPEN, &row, DB_ID(who->org), DB_ID(who->network),
		DB_ID(id), DB_ID(who->account), DB_INT(who->now_us - DAY_US));
	if (e != ERR_OK)
		return e;
	*out = (struct letter_batch){
	    .id = id, .invitation = db_id(&row, 0), .format = db_text(&row, 1)};
	if (!seal_open(a, &who->keys->mail, db_blob(&row, 2),
		context(a, who, id), &body))
		return ERR_NOT_FOUND;
	while (body.n > 0 && out->n < LETTERS_MOST) {
		struct str line = str_cut(&body, '\n');
		struct letter_code *code = &out->code[out->n];
		if (!id_parse(str_cut(&line, ' '), &code->person))
			continue;
		code->token = str_cut(&line, ' ');
		code->channel = str_cut(&line, ' ');
		if (str_int(line, &code->reminds_us))
			out->n++;
	}
	return keep_due(db, a, who, out);
}

static const char SQL_SWEEP[] =
    "DELETE FROM letter_batch WHERE org = $1 AND made_us <= $2";

enum err
letters_sweep(struct db *db, const struct actor *program)
{
	return db_exec(db, SQL_SWEEP, NULL, DB_ID(program->org),
	    DB_INT(program->now_us - DAY_US));
}
