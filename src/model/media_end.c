/* SPDX-License-Identifier: MPL-2.0 */

/* Media: what they are by their first bytes, what the job made of them, and
 * how they go. */
#include "base/clock.h"
#include "model/audit.h"
#include "model/media.h"

/* ---- by content ---- */

static const struct {
	ptrdiff_t at;
	struct str bytes;
	struct media_sort sort;
} sorts[] = {
    {0, S_INIT("\xff\xd8\xff"), {S_INIT("picture"), S_INIT("image/jpeg")}},
    {0, S_INIT("\x89PNG\r\n\x1a\n"), {S_INIT("picture"), S_INIT("image/png")}},
    {8, S_INIT("WEBP"), {S_INIT("picture"), S_INIT("image/webp")}},
    {8, S_INIT("WAVE"), {S_INIT("sound"), S_INIT("audio/wav")}},
    {0, S_INIT("ID3"), {S_INIT("sound"), S_INIT("audio/mpeg")}},
    {0, S_INIT("\xff\xfb"), {S_INIT("sound"), S_INIT("audio/mpeg")}},
    {0, S_INIT("\xff\xfa"), {S_INIT("sound"), S_INIT("audio/mpeg")}},
    {0, S_INIT("\xff\xf3"), {S_INIT("sound"), S_INIT("audio/mpeg")}},
    {0, S_INIT("\xff\xf2"), {S_INIT("sound"), S_INIT("audio/mpeg")}},
    {0, S_INIT("\xff\xf1"), {S_INIT("sound"), S_INIT("audio/aac")}},
    {0, S_INIT("\xff\xf9"), {S_INIT("sound"), S_INIT("audio/aac")}},
    {0, S_INIT("#!AMR"), {S_INIT("sound"), S_INIT("audio/amr")}},
    {0, S_INIT("OggS"), {S_INIT("sound"), S_INIT("audio/ogg")}},
    {0, S_INIT("fLaC"), {S_INIT("sound"), S_INIT("audio/flac")}},
    {4, S_INIT("ftypM4A"), {S_INIT("sound"), S_INIT("audio/mp4")}},
    {4, S_INIT("ftypisom"), {S_INIT("film"), S_INIT("video/mp4")}},
    {4, S_INIT("ftypiso"), {S_INIT("film"), S_INIT("video/mp4")}},
    {4, S_INIT("ftypmp4"), {S_INIT("film"), S_INIT("video/mp4")}},
    {4, S_INIT("ftypavc1"), {S_INIT("film"), S_INIT("video/mp4")}},
    {4, S_INIT("ftypM4V"), {S_INIT("film"), S_INIT("video/mp4")}},
    {4, S_INIT("ftypMSNV"), {S_INIT("film"), S_INIT("video/mp4")}},
    {4, S_INIT("ftypdash"), {S_INIT("film"), S_INIT("video/mp4")}},
    {4, S_INIT("ftypXAVC"), {S_INIT("film"), S_INIT("video/mp4")}},
    {4, S_INIT("ftyp3gp"), {S_INIT("film"), S_INIT("video/3gpp")}},
    {4, S_INIT("ftypqt"), {S_INIT("film"), S_INIT("video/quicktime")}},
    {0, S_INIT("\x1a\x45\xdf\xa3"), {S_INIT("film"), S_INIT("video/webm")}},
    {0, S_INIT("%PDF-"), {S_INIT("document"), S_INIT("application/pdf")}},
};

/* What stands before a name that does not begin the file: RIFF, or the size of
 * a first box that is small, so that no text is taken for one. */
static bool
begins_well(struct str first, ptrdiff_t at)
{
	if (at == 8)
		return str_starts(first, S("RIFF"));
	return at == 0 || (first.p[0] == 0 && first.p[1] == 0);
}

bool
media_sort_of(struct str first, struct media_sort *out)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(sorts); i++) {
		struct str part =
		    str_sub(first, sorts[i].at, sorts[i].at + sorts[i].bytes.n);
		if (!str_eq(part, sorts[i].bytes) ||
		    !begins_well(first, sorts[i].at))
			continue;
		*out = sorts[i].sort;
		return true;
	}
	return false;
}

/* ---- what came of it ---- */

static const char SQL_CLEANED[] =
    "UPDATE media SET state = 'clean', type = $4, size = $5, got = $5,"
    " hash = $6, file = $7, thumb = $8, thumb_size = $9, width = $10,"
    " height = $11, changed_us = $12, kind = $13"
    " WHERE org = $1 AND network = $2 AND id = $3 AND state = 'raw'";

enum err
media_cleaned(struct db *db, struct arena *a, const struct actor *who,
    const struct media *m)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_CLEANED, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(m->id), DB_TEXT(m->type),
	    DB_INT(m->size), DB_HASH(m->hash), DB_HASH(m->file),
	    DB_HASH(m->thumb), DB_INT(m->thumb_size), DB_INT(m->width),
	    DB_INT(m->height), DB_INT(who->now_us), DB_TEXT(m->kind));
	if (e != ERR_OK)
		return e;
	if (changed == 0)
		return ERR_NOT_FOUND; /* erased meanwhile */
	return audit_add(db, a, who, S("media.clean"), m->id);
}

static const char SQL_REFUSE[] =
    "UPDATE media SET state = 'refused', fault = $4, got = 0, changed_us = $5"
    " WHERE org = $1 AND network = $2 AND id = $3"
    " AND state IN ('coming', 'raw')";

enum err
media_refuse(struct db *db, struct arena *a, const struct actor *who,
    const struct media *m, struct str dir)
{
	int64_t changed = 0;
	struct media_file f = media_kept(m, who, dir);
	enum err e = media_may_tend(db, a, who, m->contribution);
	if (e == ERR_OK)
		e = media_file_drop(a, &f);
	if (e == ERR_OK)
		e = db_exec(db, SQL_REFUSE, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(m->id), DB_TEXT(m->fault),
		    DB_INT(who->now_us));
	if (e != ERR_OK || changed == 0)
		return e;
	return audit_add(db, a, who, S("media.refuse"), m->id);
}

/* ---- away ---- */

static enum err
drop_files(struct arena *a, const struct actor *who, const struct media *m,
    struct str dir)
{
	struct media_file f = media_kept(m, who, dir);
	enum err e = media_file_drop(a, &f);
	f.name = m->thumb;
	if (e == ERR_OK && m->thumb_size > 0)
		e = media_file_drop(a, &f);
	return e;
}

static const char SQL_ERASE[] =
    "DELETE FROM media WHERE org = $1 AND network = $2 AND id = $3";

static enum err
erase(struct db *db, struct arena *a, const struct actor *who,
    const struct media *m, struct str dir)
{
	enum err e = drop_files(a, who, m, dir);
	if (e == ERR_OK)
		e = db_exec(db, SQL_ERASE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(m->id));
	return e == ERR_OK ? audit_add(db, a, who, S("media.erase"), m->id) : e;
}

enum err
media_erase(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct str dir)
{
	struct media m;
	enum err e = media_get(db, a, who, id, &m);
	if (e == ERR_OK)
		e = media_may_tend(db, a, who, m.contribution);
	return e == ERR_OK ? erase(db, a, who, &m, dir) : e;
}

enum err
media_erase_of(struct db *db, struct arena *a, const struct actor *who,
    struct id contribution, struct str dir)
{
	struct media_list all = {0};
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = media_of(db, a, who, contribution, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++)
		e = erase(db, a, who, &all.list[i], dir);
	return e;
}

/* ---- by the clock ---- */

static const char SQL_HALF[] =
    "SELECT network, id FROM media"
    " WHERE org = $1 AND state = 'coming' AND changed_us <= $2 LIMIT 100";

static const char SQL_USED[] =
    "SELECT 1 FROM media WHERE org = $1 AND (file = $2 OR thumb = $2) LIMIT 1";

static enum err
sweep_half(
    struct db *db, struct arena *a, const struct actor *program, struct str dir)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_HALF, &rows, DB_ID(program->org),
	    DB_INT(program->now_us - MEDIA_COMING_US));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct actor in = actor_inside(program, db_id(&rows.row[i], 0));
		e = media_erase(db, a, &in, db_id(&rows.row[i], 1), dir);
	}
	return e;
}

enum err
media_sweep(
    struct db *db, struct arena *a, const struct actor *program, struct str dir)
{
	struct hashes names = {0};
	struct db_row row;
	struct media_file f = {.dir = dir, .org = program->org};
	enum err e = sweep_half(db, a, program, dir);
	if (e == ERR_OK)
		e = media_file_list(a, &f,
		    (int)(program->now_us / HOUR_US % 16),
		    program->now_us - MEDIA_COMING_US, &names);
	for (ptrdiff_t i = 0; e == ERR_OK && i < names.n; i++) {
		f.name = names.list[i];
		e = db_one(db, a, SQL_USED, &row, DB_ID(program->org),
		    DB_HASH(f.name));
		if (e == ERR_NOT_FOUND)
			e = media_file_drop(a, &f);
	}
	return e;
}
