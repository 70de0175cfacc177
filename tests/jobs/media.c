/* SPDX-License-Identifier: MPL-2.0 */

/* From a camera's file to what is shown: pieces in, the job, two copies. */
#include "jobs/media.h"

#include "model/media.h"
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

TEST_DB(media_that_is_sound_is_kept_and_not_shown)
{
	struct stage s;
	struct str bytes;
	stage_new(&s, arena, db);
	bring(&s, S("OggS og en stemme"));
	work(&s);
	CHECK_STR(s.m.state, S("raw"));
	struct media_file f =
	    media_bytes(&s.m, &s.w.leader, s.tools.dir, false);
	CHECK_INT(f.size, 0);
	f = media_kept(&s.m, &s.w.leader, s.tools.dir);
	CHECK_OK(media_file_read(arena, &f, 0, f.size, &bytes));
	CHECK_STR(bytes, S("OggS og en stemme"));
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
