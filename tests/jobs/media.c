/* SPDX-License-Identifier: MPL-2.0 */

/* From a camera's file to what is shown: pieces in, the job, two copies. */
#include "jobs/media.h"

#include <fts.h>

#include "base/buf.h"
#include "base/file.h"
#include "jobs/picture_parts.h"
#include "jobs/render.h"
#include "model/media.h"
#include "tests/jobs/clip.h"
#include "tests/jobs/photo.h"
#include "tests/model/fixture.h"

struct stage {
	struct world w;
	struct media_tools tools;
	struct media m;
};

static void
bring(struct stage *s, struct str bytes)
{
	struct world *w = &s->w;
	struct media in = {.id = id_new(NOW_US),
	    .contribution = id_new(NOW_US),
	    .name = S("IMG_1.JPG"),
	    .size = bytes.n};
	CHECK_OK(media_begin(w->db, w->arena, &w->leader, &in));
	for (int64_t at = 0; at < bytes.n; at += MEDIA_PIECE) {
		struct media_piece piece = {in.id, s->tools.dir, at,
		    str_sub(bytes, at, at + MEDIA_PIECE)};
		CHECK_OK(media_add(w->db, w->arena, &w->leader, &piece, &s->m));
	}
	CHECK_STR(s->m.state, S("raw"));
}

static void
stage_new(struct stage *s, struct arena *a, struct db *db)
{
	*s = (struct stage){.tools.dir = test_dir(a)};
	world_new(&s->w, a, db);
}

static void
work(struct stage *s)
{
	struct world *w = &s->w;
	CHECK_OK(media_work(w->db, w->arena, &w->leader, &s->tools, s->m.id));
	CHECK_OK(media_get(w->db, w->arena, &w->leader, s->m.id, &s->m));
}

static struct str
read_all(struct stage *s, bool thumb)
{
	struct str bytes;
	struct world *w = &s->w;
	struct media_file f =
	    media_bytes(&s->m, &w->leader, s->tools.dir, thumb);
	CHECK_OK(media_file_read(w->arena, &f, 0, f.size, &bytes));
	return bytes;
}

static void
check_secrets(struct str bytes, bool wanted)
{
	for (ptrdiff_t i = 0; photo_secrets[i] != NULL; i++)
		test_check_has(bytes, str_c(photo_secrets[i]), wanted,
		    photo_secrets[i], __FILE__, __LINE__);
}

TEST_DB(media_of_a_camera_is_shown_without_what_it_tells)
{
	struct stage s;
	struct str before;
	stage_new(&s, arena, db);
	struct str planted =
	    photo_planted(arena, photo_jpeg(arena, 2400, 1800), 6);
	bring(&s, planted);
	struct media_file raw = media_kept(&s.m, &s.w.leader, s.tools.dir);
	CHECK_OK(media_file_read(arena, &raw, 0, raw.size, &before));
	check_secrets(before, true); /* the twin: what came */
	work(&s);
	CHECK_STR(s.m.state, S("clean"));
	CHECK_INT(s.m.width, 1200);
	CHECK_INT(s.m.height, 1600);
	check_secrets(read_all(&s, false), false);
	check_secrets(read_all(&s, true), false);
	/* and what came is nowhere */
	CHECK_INT(media_file_get(arena, &raw, 0, &before), ERR_NOT_FOUND);
	work(&s); /* once more is no harm */
	CHECK_STR(s.m.state, S("clean"));
}

TEST_DB(media_that_is_no_picture_is_refused_and_dropped)
{
	struct stage s;
	struct str bytes;
	stage_new(&s, arena, db);
	struct str whole = photo_jpeg(arena, 300, 300);
	bring(&s, str_sub(whole, 0, whole.n / 2));
	struct media_file raw = media_kept(&s.m, &s.w.leader, s.tools.dir);
	work(&s);
	CHECK_STR(s.m.state, S("refused"));
	CHECK_STR(s.m.fault, S("broken"));
	CHECK_INT(media_file_get(arena, &raw, 0, &bytes), ERR_NOT_FOUND);
}

TEST_DB(media_that_changed_on_disk_is_refused)
{
	struct stage s;
	stage_new(&s, arena, db);
	bring(&s, photo_jpeg(arena, 300, 300));
	struct media_file raw = media_kept(&s.m, &s.w.leader, s.tools.dir);
	/* well sealed, but not what was taken in */
	CHECK_OK(media_file_write(arena, &raw,
	    str_replace(
		arena, photo_jpeg(arena, 300, 300), S("JFIF"), S("JFIX"))));
	work(&s);
	CHECK_STR(s.m.state, S("refused"));
}

/* ---- sound and film ---- */

static void
stage_with_helper(struct stage *s, struct arena *a, struct db *db)
{
	struct helper_kinds kinds = render_kinds();
	struct helper *h = NULL;
	CHECK_OK(helper_start(a, kinds.list, kinds.n, &h));
	stage_new(s, a, db);
	s->tools.helper = h;
}

/* Every file of the folder, one after the other. */
static struct str
whole_folder(struct arena *a, struct str dir)
{
	char *roots[] = {(char *)(uintptr_t)str_cstr(a, dir), NULL};
	struct buf all = buf_new(a, 256 * 1024 * 1024);
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	CHECK(walk != NULL);
	for (FTSENT *at; (at = fts_read(walk)) != NULL;) {
		struct str bytes;
		if (at->fts_info != FTS_F)
			continue;
		CHECK_OK(file_read(
		    a, str_c(at->fts_path), 128 * 1024 * 1024, &bytes));
		buf_add(&all, bytes);
	}
	fts_close(walk);
	return buf_str(&all);
}

TEST_DB(media_of_a_recorder_is_heard_without_what_it_tells)
{
	struct stage s;
	struct str before;
	stage_with_helper(&s, arena, db);
	bring(&s, clip_sound(arena, "a.m4a", 3));
	CHECK_STR(s.m.kind, S("sound"));
	struct media_file raw = media_kept(&s.m, &s.w.leader, s.tools.dir);
	CHECK_OK(media_file_read(arena, &raw, 0, raw.size, &before));
	clip_check_secrets(before, true); /* the twin: what came */
	work(&s);
	CHECK_STR(s.m.state, S("clean"));
	CHECK_STR(s.m.type, S("audio/mp4"));
	CHECK_INT(s.m.thumb_size, 0);
	clip_check_secrets(read_all(&s, false), false);
	CHECK_INT(media_file_get(arena, &raw, 0, &before), ERR_NOT_FOUND);
	clip_check_secrets(whole_folder(arena, s.tools.dir), false);
	work(&s); /* once more is no harm */
	CHECK_STR(s.m.state, S("clean"));
}

TEST_DB(media_of_a_film_has_a_picture_of_it)
{
	struct stage s;
	struct pixels p;
	stage_with_helper(&s, arena, db);
	bring(&s, clip_film(arena, "f.mp4", 640, 360, 2));
	work(&s);
	CHECK_STR(s.m.kind, S("film"));
	CHECK_STR(s.m.type, S("video/mp4"));
	CHECK_INT(s.m.width, 640);
	CHECK_INT(s.m.height, 360);
	CHECK_OK(picture_read(arena, read_all(&s, true), &p));
	CHECK_INT(p.width, 640);
	clip_check_secrets(read_all(&s, false), false);
}

TEST_DB(media_of_a_film_without_pictures_is_sound)
{
	struct stage s;
	stage_with_helper(&s, arena, db);
	bring(&s, clip_sound(arena, "a.webm", 1));
	CHECK_STR(s.m.kind, S("film"));
	work(&s);
	CHECK_STR(s.m.kind, S("sound"));
	CHECK_STR(s.m.state, S("clean"));
}

TEST_DB(media_that_is_no_sound_is_refused_and_dropped)
{
	struct stage s;
	struct str bytes;
	stage_with_helper(&s, arena, db);
	bring(&s, S("OggS og en stemme"));
	struct media_file raw = media_kept(&s.m, &s.w.leader, s.tools.dir);
	work(&s);
	CHECK_STR(s.m.state, S("refused"));
	CHECK_INT(media_file_get(arena, &raw, 0, &bytes), ERR_NOT_FOUND);
}

TEST_DB(media_waits_where_there_is_no_helper)
{
	struct stage s;
	struct world *w = &s.w;
	stage_new(&s, arena, db);
	bring(&s, S("OggS og en stemme"));
	CHECK_INT(
	    media_work(db, arena, &w->leader, &s.tools, s.m.id), ERR_UNAVAIL);
	CHECK_OK(media_get(db, arena, &w->leader, s.m.id, &s.m));
	CHECK_STR(s.m.state, S("raw"));
	struct media_file f = media_bytes(&s.m, &w->leader, s.tools.dir, false);
	CHECK_INT(f.size, 0);
}

TEST_DB(media_that_is_erased_during_the_job_leaves_nothing)
{
	struct stage s;
	struct hashes names;
	stage_new(&s, arena, db);
	bring(&s, photo_jpeg(arena, 300, 300));
	CHECK_OK(media_erase(db, arena, &s.w.leader, s.m.id, s.tools.dir));
	CHECK_OK(media_work(db, arena, &s.w.leader, &s.tools, s.m.id));
	struct media_file any = {.dir = s.tools.dir, .org = s.w.org.id};
	for (int digit = 0; digit < 16; digit++) {
		CHECK_OK(
		    media_file_list(arena, &any, digit, INT64_MAX, &names));
		CHECK_INT(names.n, 0);
	}
}
