/* SPDX-License-Identifier: MPL-2.0 */

/* What is bound to the installation's key, on its way out and in.
 *
 * Who somebody is among votes and answers is a keyed hash.  It cannot be turned
 * back; but of each person in the network it can be made again.  So on the way
 * out a hash that is somebody's becomes a letter and their id, and on the way
 * in the hash that they have here.  One that is nobody's (a device that came by
 * an open link, a pseudonym, a ballot of a closed round) goes as it is. */
#include <stdlib.h>

#include "model/dialogue.h"
#include "model/field.h"
#include "model/transfer_parts.h"

enum { SOMEBODY = 1 + sizeof(struct id) };

/* ---- hashes of people ---- */

static struct hash
hash_for(struct transfer *t, struct arena *a, enum transfer_care care,
    const struct transfer_stand *s, struct id about)
{
	static const char *const purpose[] = {[CARE_BALLOT] = "",
	    [CARE_MEASURE] = "measure ",
	    [CARE_EXPERIENCE] = "experience "};
	struct str id = id_text(a, s->id);
	if (care == CARE_VOTER)
		return voter_of(t->who, about, VOTER_CODE, id).key;
	return actor_stand_in(
	    a, t->who, &(struct stand_in){purpose[care], about, s->kind, id});
}

static int
by_hash(const void *x, const void *y)
{
	const struct transfer_stand *a = x, *b = y;
	return memcmp(a->hash.b, b->hash.b, sizeof a->hash.b);
}

static void
add_all(struct transfer *t, const struct ids *ids, char kind)
{
	for (ptrdiff_t i = 0; i < ids->n; i++) {
		struct arena *scratch = arena_scratch(t->stand_arena);
		struct transfer_stand *s = &t->stand[t->n_stand++];
		*s = (struct transfer_stand){.id = ids->list[i], .kind = kind};
		s->hash =
		    hash_for(t, scratch, t->stand_care, s, t->stand_about);
		arena_close(scratch);
	}
}

/* Everybody's hash at `about`; staff vote in rounds only. */
static void
stand_for(struct transfer *t, enum transfer_care care, struct id about)
{
	if (t->stand_arena != NULL && t->stand_care == care &&
	    id_eq(t->stand_about, about))
		return;
	if (t->stand_arena == NULL)
		t->stand_arena = arena_scratch(t->arena);
	arena_reset(t->stand_arena);
	t->stand = arena_new(
	    t->stand_arena, struct transfer_stand, t->people.n + t->accounts.n);
	t->n_stand = 0;
	t->stand_care = care;
	t->stand_about = about;
	add_all(t, &t->people, 'p');
	if (care == CARE_BALLOT)
		add_all(t, &t->accounts, 'a');
	if (t->n_stand > 0)
		qsort(t->stand, (size_t)t->n_stand, sizeof *t->stand, by_hash);
}

static struct id
id_of(const struct db_value *v)
{
	struct id id = {0};
	if (v->type == DB_BLOB_T && v->s.n == (ptrdiff_t)sizeof id.b)
		memcpy(id.b, v->s.p, sizeof id.b);
	return id;
}

static void
open_stand(struct transfer *t, enum transfer_care care, struct id about,
    struct db_value *v)
{
	struct transfer_stand wanted = {0};
	if (v->s.n != (ptrdiff_t)sizeof wanted.hash.b)
		return;
	stand_for(t, care, about);
	memcpy(wanted.hash.b, v->s.p, sizeof wanted.hash.b);
	const struct transfer_stand *found = t->n_stand == 0
	    ? NULL
	    : bsearch(&wanted, t->stand, (size_t)t->n_stand, sizeof *t->stand,
		  by_hash);
	if (found == NULL)
		return;
	char *p = arena_new(t->row, char, SOMEBODY);
	p[0] = found->kind;
	memcpy(p + 1, found->id.b, sizeof found->id.b);
	*v = DB_BLOB(((struct str){p, SOMEBODY}));
}

static enum err
close_stand(struct transfer *t, enum transfer_care care, struct id about,
    struct db_value *v)
{
	struct transfer_stand s = {0};
	if (v->s.n == (ptrdiff_t)sizeof s.hash.b)
		return ERR_OK;
	if (v->s.n != SOMEBODY)
		return ERR_INVALID;
	s.kind = v->s.p[0];
	memcpy(s.id.b, v->s.p + 1, sizeof s.id.b);
	if (s.kind == 'a')
		s.id = transfer_mapped(&t->map, s.id);
	struct hash h = hash_for(t, t->row, care, &s, about);
	*v = DB_BLOB(hash_bytes(t->row, h));
	return ERR_OK;
}

/* ---- sealed ---- */

static bool
is_key(const struct transfer_column *c)
{
	return str_eq(c->name, S("key"));
}

/* The key stands before what is sealed with it. */
static enum err
open_media(
    struct transfer *t, const struct transfer_column *c, struct db_value *v)
{
	if (!is_key(c))
		return media_words_open(t->row, t->who, &t->media, &v->s)
		    ? ERR_OK
		    : ERR_INTERNAL;
	if (!media_key_open(t->row, t->who, v->s, &t->media))
		return ERR_INTERNAL;
	v->s = str_dup(
	    t->row, (struct str){(const char *)t->media.key.b, KEY_BYTES});
	return ERR_OK;
}

static enum err
close_media(
    struct transfer *t, const struct transfer_column *c, struct db_value *v)
{
	if (!is_key(c)) {
		v->s = media_words_box(t->row, t->who, &t->media, v->s);
		return ERR_OK;
	}
	if (v->s.n != KEY_BYTES)
		return ERR_INVALID;
	memcpy(t->media.key.b, v->s.p, KEY_BYTES);
	v->s = media_key_box(t->row, t->who, &t->media);
	return ERR_OK;
}

static struct db_value
value_at(const struct transfer_table *table, const struct db_value *v,
    struct str column)
{
	for (ptrdiff_t i = 0; i < table->n; i++) {
		if (str_eq(table->column[i].name, column))
			return v[i];
	}
	return DB_NULL;
}

static struct hash
hash_at(const struct transfer_table *table, const struct db_value *v,
    struct str column)
{
	struct hash h = {0};
	struct str bytes = value_at(table, v, column).s;
	if (bytes.n == (ptrdiff_t)sizeof h.b)
		memcpy(h.b, bytes.p, sizeof h.b);
	return h;
}

bool
transfer_media(struct transfer *t, const struct transfer_table *table,
    const struct db_value *v)
{
	struct str state = value_at(table, v, S("state")).s;
	struct media *m = &t->media;
	m->file = hash_at(table, v, S("file"));
	m->thumb = hash_at(table, v, S("thumb"));
	m->size = value_at(table, v, S("size")).i;
	m->thumb_size = value_at(table, v, S("thumb_size")).i;
	if (str_eq(state, S("refused")))
		m->size = m->thumb_size = 0; /* its bytes are dropped */
	return !str_eq(state, S("coming"));
}

/* ---- a row ---- */

static struct id
at(const struct db_value *v, ptrdiff_t place)
{
	struct id none = {0};
	return place < 0 ? none : id_of(&v[place]);
}

enum err
transfer_open(
    struct transfer *t, const struct transfer_table *table, struct db_value *v)
{
	enum err e = ERR_OK;
	t->media = (struct media){.id = at(v, table->id)};
	for (ptrdiff_t i = 0; e == ERR_OK && i < table->n; i++) {
		const struct transfer_column *c = &table->column[i];
		if (c->care == CARE_NONE || v[i].type != DB_BLOB_T)
			continue;
		if (c->care == CARE_MEDIA)
			e = open_media(t, c, &v[i]);
		else if (c->care == CARE_FIELD)
			e = field_unbox(
			    t->row, t->who, at(v, table->id), &v[i].s);
		else
			open_stand(t, c->care, at(v, table->about), &v[i]);
	}
	return e;
}

enum err
transfer_close(
    struct transfer *t, const struct transfer_table *table, struct db_value *v)
{
	enum err e = ERR_OK;
	t->media = (struct media){.id = at(v, table->id)};
	for (ptrdiff_t i = 0; e == ERR_OK && i < table->n; i++) {
		const struct transfer_column *c = &table->column[i];
		if (c->care == CARE_NONE || v[i].type != DB_BLOB_T)
			continue;
		if (c->care == CARE_MEDIA)
			e = close_media(t, c, &v[i]);
		else if (c->care == CARE_FIELD && v[i].s.n > 0)
			v[i].s =
			    field_box(t->row, t->who, at(v, table->id), v[i].s);
		else if (c->care != CARE_FIELD)
			e = close_stand(t, c->care, at(v, table->about), &v[i]);
	}
	return e;
}

/* ---- ids in a text ---- */

enum { ID_CHARS = 36, FIRST_DASH = 8 };

static char *
copy_of(struct transfer *t, struct str text)
{
	char *copy = arena_new(t->row, char, text.n);
	memcpy(copy, text.p, (size_t)text.n);
	return copy;
}

struct str
transfer_ids(struct transfer *t, struct str text, transfer_id_fn *fn)
{
	char *copy = NULL;
	for (ptrdiff_t i = 0; i + ID_CHARS <= text.n; i++) {
		struct id id;
		if (text.p[i + FIRST_DASH] != '-' ||
		    !id_parse(str_sub(text, i, i + ID_CHARS), &id))
			continue;
		struct id other = fn(t, id);
		if (!id_eq(other, id)) {
			if (copy == NULL)
				copy = copy_of(t, text);
			memcpy(copy + i, id_text(t->row, other).p, ID_CHARS);
		}
		i += ID_CHARS - 1;
	}
	return copy == NULL ? text : (struct str){copy, text.n};
}
