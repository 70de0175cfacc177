/* SPDX-License-Identifier: MPL-2.0 */

/* Media of a contribution: coming in over a weak line, shown only when it may
 * be, and gone for good. */
#include "model/media.h"

#include "base/buf.h"
#include "model/contribution.h"
#include "model/job.h"
#include "tests/model/fixture.h"

enum { SIZE = 2 * MEDIA_PIECE + 777 };

struct stage {
	struct world w;
	struct str dir, bytes;
	struct media in, out;
};

static struct str
jpeg_like(struct arena *a, ptrdiff_t n)
{
	struct buf b = buf_new(a, n + 32);
	buf_add(&b, S("\xff\xd8\xff\xe0"));
	for (int i = 0; b.n < n; i++)
		buf_fmt(&b, "KANARIEFUGL %d ", i);
	return str_sub(buf_str(&b), 0, n);
}

static struct media
begin(struct stage *s, int64_t size)
{
	struct world *w = &s->w;
	struct media m = {.id = id_new(w->leader.now_us),
	    .contribution = id_new(w->leader.now_us),
	    .name = S("Karens have.jpg"),
	    .size = size};
	CHECK_OK(media_begin(w->db, w->arena, &w->leader, &m));
	return m;
}

static void
stage_new(struct stage *s, struct arena *a, struct db *db)
{
	*s = (struct stage){.dir = test_dir(a), .bytes = jpeg_like(a, SIZE)};
	world_new(&s->w, a, db);
	s->in = begin(s, SIZE);
}

static enum err
add(struct stage *s, int64_t from, struct str bytes)
{
	struct world *w = &s->w;
	struct media_piece piece = {s->in.id, s->dir, from, bytes};
	return media_add(w->db, w->arena, &w->leader, &piece, &s->out);
}

static struct str
piece_at(struct stage *s, int64_t from)
{
	return str_sub(s->bytes, from, from + MEDIA_PIECE);
}

static void
add_all(struct stage *s)
{
	for (int64_t at = 0; at < s->bytes.n; at += MEDIA_PIECE)
		CHECK_OK(add(s, at, piece_at(s, at)));
}

static enum err
get(struct stage *s, struct id id)
{
	struct world *w = &s->w;
	return media_get(w->db, w->arena, &w->leader, id, &s->out);
}

/* As the job would leave it. */
static void
clean(struct stage *s)
{
	struct world *w = &s->w;
	CHECK_OK(get(s, s->in.id));
	struct media made = s->out;
	made.type = S("image/jpeg");
	made.width = 10;
	CHECK_OK(media_cleaned(w->db, w->arena, &w->leader, &made));
}

TEST_DB(media_comes_in_pieces_and_goes_on_where_it_broke_off)
{
	struct stage s;
	struct job job;
	stage_new(&s, arena, db);
	CHECK_OK(get(&s, s.in.id));
	CHECK_STR(s.out.state, S("coming"));
	CHECK_STR(s.out.name, S("Karens have.jpg"));
	CHECK_INT(s.out.got, 0);
	CHECK_INT(
	    add(&s, MEDIA_PIECE, piece_at(&s, MEDIA_PIECE)), ERR_CONFLICT);
	CHECK_INT(s.out.got, 0); /* where it is told to go on */
	CHECK_OK(add(&s, 0, piece_at(&s, 0)));
	CHECK_STR(s.out.kind, S("picture"));
	CHECK_OK(add(&s, 0, piece_at(&s, 0))); /* the answer was lost */
	CHECK_INT(s.out.got, MEDIA_PIECE);
	CHECK_INT(add(&s, 5, piece_at(&s, 5)), ERR_CONFLICT);
	CHECK_INT(add(&s, MEDIA_PIECE, S("short")), ERR_INVALID);
	CHECK_OK(get(&s, s.in.id)); /* another day */
	CHECK_OK(add(&s, s.out.got, piece_at(&s, s.out.got)));
	CHECK_INT(
	    job_get(db, arena, &s.w.leader, s.in.id, &job), ERR_NOT_FOUND);
	CHECK_OK(add(&s, s.out.got, piece_at(&s, s.out.got)));
	CHECK_INT(s.out.got, SIZE);
	CHECK_STR(s.out.state, S("raw"));
	CHECK_OK(job_get(db, arena, &s.w.leader, s.in.id, &job));
	CHECK_OK(add(&s, 0, S("anything"))); /* it is here already */
	CHECK_STR(s.out.state, S("raw"));
}

TEST_DB(media_of_two_uploads_at_once_do_not_mix)
{
	struct stage s;
	struct str got;
	stage_new(&s, arena, db);
	struct media first = s.in, second = begin(&s, SIZE);
	struct str one = s.bytes,
		   two = str_replace(arena, one, S("FUGL"), S("KATT"));
	for (int64_t at = 0; at < SIZE; at += MEDIA_PIECE) {
		s.in = first;
		s.bytes = one;
		CHECK_OK(add(&s, at, piece_at(&s, at)));
		s.in = second;
		s.bytes = two;
		CHECK_OK(add(&s, at, piece_at(&s, at)));
	}
	CHECK_OK(get(&s, first.id));
	struct media_file f = media_kept(&s.out, &s.w.leader, s.dir);
	CHECK_OK(media_file_read(arena, &f, 0, SIZE, &got));
	CHECK(str_eq(got, one));
	CHECK_OK(get(&s, second.id));
	f = media_kept(&s.out, &s.w.leader, s.dir);
	CHECK_OK(media_file_read(arena, &f, 0, SIZE, &got));
	CHECK(str_eq(got, two));
}

TEST_DB(media_is_what_its_first_bytes_are)
{
	static const struct {
		struct str bytes;
		const char *kind;
	} cases[] = {
	    {S_INIT("\xff\xd8\xff\xe0...."), "picture"},
	    {S_INIT("\x89PNG\r\n\x1a\n...."), "picture"},
	    {S_INIT("RIFF....WEBPVP8 "), "picture"},
	    {S_INIT("RIFF....WAVEfmt "), "sound"},
	    {S_INIT("\0\0\0\x1c"
		    "ftypM4A ...."),
		"sound"},
	    {S_INIT("\0\0\0\x20"
		    "ftypisom...."),
		"film"},
	    {S_INIT("<a>.ftypisom...."), NULL},
	    {S_INIT("\x1a\x45\xdf\xa3...."), "film"},
	    {S_INIT("%PDF-1.7 ...."), "document"},
	    {S_INIT("<html>\xff\xd8\xff"), NULL},
	    {S_INIT("<svg xmlns='x'/>"), NULL},
	    {S_INIT("MZ\x90\0 program"), NULL},
	    {S_INIT("#EXTM3U\nfile:///etc/passwd"), NULL},
	    {S_INIT("....WEBP...."), NULL},
	    {S_INIT("x"), NULL},
	};
	struct stage s;
	stage_new(&s, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++) {
		s.in = begin(&s, cases[i].bytes.n);
		CHECK_OK(add(&s, 0, cases[i].bytes));
		CHECK_STR(s.out.kind, str_c(cases[i].kind));
		CHECK_STR(s.out.state,
		    cases[i].kind != NULL ? S("raw") : S("refused"));
		CHECK_OK(get(&s, s.in.id));
		CHECK_STR(s.out.state,
		    cases[i].kind != NULL ? S("raw") : S("refused"));
	}
}

TEST_DB(media_that_is_not_in_order_is_not_begun)
{
	struct stage s;
	struct media m;
	stage_new(&s, arena, db);
	struct actor *leader = &s.w.leader;
	m = s.in;
	m.id = id_new(NOW_US + 1);
	m.name = S("pas 010203-1234.jpg");
	CHECK_INT(media_begin(db, arena, leader, &m), ERR_INVALID);
	m.name = S("pas.jpg");
	m.size = 0;
	CHECK_INT(media_begin(db, arena, leader, &m), ERR_INVALID);
	m.size = (int64_t)MEDIA_BYTES + 1;
	CHECK_INT(media_begin(db, arena, leader, &m), ERR_TOO_LARGE);
	m.size = MEDIA_BYTES;
	CHECK_INT(media_begin(db, arena, &s.w.decider, &m), ERR_DENIED);
	CHECK_OK(media_begin(db, arena, leader, &m));
	CHECK_OK(media_begin(db, arena, leader, &m)); /* twice is once */
	for (int i = 2; i < MEDIA_A_CONTRIBUTION; i++) {
		m.id = id_new(NOW_US + i);
		CHECK_OK(media_begin(db, arena, leader, &m));
	}
	m.id = id_new(NOW_US + 99);
	CHECK_INT(media_begin(db, arena, leader, &m), ERR_LIMITED);
}

static enum err
describe(struct stage *s, const char *words, const char *faces)
{
	struct world *w = &s->w;
	struct media_say say = {s->in.id, str_c(words), str_c(faces)};
	return media_describe(w->db, w->arena, &w->leader, &say);
}

static enum err
show(struct stage *s, bool shown)
{
	struct world *w = &s->w;
	return media_show(w->db, w->arena, &w->leader, s->in.id, shown);
}

TEST_DB(media_is_shown_with_words_and_faces_settled_only)
{
	struct stage s;
	stage_new(&s, arena, db);
	add_all(&s);
	CHECK_INT(media_bytes(&s.out, &s.w.leader, s.dir, false).size, 0);
	CHECK_OK(describe(&s, "En have", "yes"));
	CHECK_INT(show(&s, true), ERR_CONFLICT); /* raw */
	clean(&s);
	CHECK_OK(describe(&s, " ", "yes"));
	CHECK_INT(show(&s, true), ERR_CONFLICT);
	CHECK_OK(describe(&s, "En have med æbletræer", "unasked"));
	CHECK_INT(show(&s, true), ERR_CONFLICT);
	CHECK_OK(describe(&s, "En have med æbletræer", "no"));
	CHECK_INT(show(&s, true), ERR_CONFLICT);
	CHECK_OK(describe(&s, "En have med æbletræer", "yes"));
	CHECK_OK(show(&s, true));
	CHECK_OK(get(&s, s.in.id));
	CHECK_STR(s.out.state, S("shown"));
	CHECK_STR(s.out.words, S("En have med æbletræer"));
	CHECK_INT(media_bytes(&s.out, &s.w.leader, s.dir, false).size, SIZE);
	/* somebody in it changes their mind */
	CHECK_OK(describe(&s, "En have med æbletræer", "no"));
	CHECK_OK(get(&s, s.in.id));
	CHECK_STR(s.out.state, S("clean"));
	CHECK_INT(describe(&s, "Hun er 010203-1234", "yes"), ERR_INVALID);
	CHECK_INT(describe(&s, "En have", "maybe"), ERR_INVALID);
	CHECK_OK(describe(&s, "En have", "yes"));
	CHECK_OK(show(&s, true));
	CHECK_OK(show(&s, false));
	CHECK_OK(show(&s, false));
}

TEST_DB(media_needs_rights_and_its_network)
{
	struct stage s;
	struct media m;
	struct media_list list;
	stage_new(&s, arena, db);
	CHECK_INT(
	    media_get(db, arena, &s.w.decider, s.in.id, &m), ERR_NOT_FOUND);
	struct actor far = actor_inside(&s.w.program, id_new(NOW_US));
	CHECK_INT(media_get(db, arena, &far, s.in.id, &m), ERR_NOT_FOUND);
	CHECK_INT(media_erase(db, arena, &far, s.in.id, s.dir), ERR_NOT_FOUND);
	CHECK_OK(media_of(db, arena, &s.w.leader, s.in.contribution, &list));
	CHECK_INT(list.n, 1);
	CHECK_OK(media_of(db, arena, &far, s.in.contribution, &list));
	CHECK_INT(list.n, 0);
}

static int
files_left(struct stage *s)
{
	int n = 0;
	struct hashes names;
	struct media_file f = {.dir = s->dir, .org = s->w.org.id};
	for (int digit = 0; digit < 16; digit++) {
		CHECK_OK(
		    media_file_list(s->w.arena, &f, digit, INT64_MAX, &names));
		n += (int)names.n;
	}
	return n;
}

TEST_DB(media_that_is_erased_is_gone_from_disk_and_database)
{
	struct stage s;
	struct db_row row;
	stage_new(&s, arena, db);
	add_all(&s);
	CHECK_INT(files_left(&s), 1); /* the twin */
	CHECK_OK(
	    media_erase_of(db, arena, &s.w.leader, s.in.contribution, s.dir));
	CHECK_INT(files_left(&s), 0);
	CHECK_INT(get(&s, s.in.id), ERR_NOT_FOUND);
	CHECK_OK(db_one(db, arena, "SELECT COUNT(*) FROM media WHERE org = $1",
	    &row, DB_ID(s.w.org.id)));
	CHECK_INT(db_int(&row, 0), 0);
}

TEST_DB(media_that_stays_half_is_swept_after_a_day)
{
	struct stage s;
	stage_new(&s, arena, db);
	CHECK_OK(add(&s, 0, piece_at(&s, 0)));
	struct media half = s.in;
	s.in = begin(&s, SIZE);
	add_all(&s);
	CHECK_INT(files_left(&s), 2);
	s.w.program.now_us = NOW_US + MEDIA_COMING_US - 1;
	CHECK_OK(media_sweep(db, arena, &s.w.program, s.dir));
	CHECK_OK(get(&s, half.id));
	s.w.program.now_us = NOW_US + MEDIA_COMING_US;
	CHECK_OK(media_sweep(db, arena, &s.w.program, s.dir));
	CHECK_INT(get(&s, half.id), ERR_NOT_FOUND);
	CHECK_OK(get(&s, s.in.id));
	CHECK_INT(files_left(&s), 1);
}

/* A row that is gone without its file, as after a fall: within sixteen hours
 * the file is gone, too, and no other. */
TEST_DB(media_file_of_no_row_is_swept)
{
	struct stage s;
	stage_new(&s, arena, db);
	add_all(&s);
	struct media_file lost = {.dir = s.dir,
	    .org = s.w.org.id,
	    .name = hash_of(S("lost")),
	    .size = 1};
	CHECK_OK(media_file_write(arena, &lost, S("x")));
	s.w.program.now_us = INT64_C(4000000000) * SECOND_US;
	for (int hour = 0; hour < 16; hour++) {
		CHECK_OK(media_sweep(db, arena, &s.w.program, s.dir));
		s.w.program.now_us += HOUR_US;
	}
	CHECK_INT(files_left(&s), 1);
	CHECK_OK(get(&s, s.in.id));
}

/* ---- who noted it ---- */

static struct id
note(struct stage *s, const struct actor *who, int64_t scope)
{
	struct world *w = &s->w;
	struct contribution c = {.id = id_new(NOW_US),
	    .kind = S("anecdote"),
	    .teller = S("staff"),
	    .original = S("Sådan lyder min have."),
	    .basis = S("consent"),
	    .scope = scope,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(w->db, w->arena, who, &c, S("")));
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, c.id, &c));
	CHECK_OK(contribution_move(w->db, w->arena, &w->leader, &c,
	    &(struct contribution_step){S("reviewed"), S("")}));
	return c.id;
}

TEST_DB(media_is_tended_by_who_noted_what_it_belongs_to)
{
	struct stage s;
	struct media m;
	struct media_list list;
	stage_new(&s, arena, db);
	struct actor me = s.w.leader, other = s.w.leader;
	me.caps = other.caps = CAP_READ | CAP_AGENDA;
	me.account = id_new(NOW_US);
	other.account = id_new(NOW_US);
	struct media in = {.id = id_new(NOW_US),
	    .contribution = note(&s, &me, SCOPE_NETWORK),
	    .name = S("have.jpg"),
	    .size = SIZE};
	CHECK_INT(media_begin(db, arena, &other, &in), ERR_DENIED);
	CHECK_OK(media_begin(db, arena, &me, &in));
	for (int64_t at = 0; at < SIZE; at += MEDIA_PIECE) {
		struct media_piece piece = {in.id, s.dir, at, piece_at(&s, at)};
		CHECK_INT(
		    media_add(db, arena, &other, &piece, &m), ERR_NOT_FOUND);
		CHECK_OK(media_add(db, arena, &me, &piece, &m));
	}
	CHECK_OK(media_cleaned(db, arena, &s.w.leader, &m));
	/* another reads nothing of it before it is shown */
	CHECK_OK(media_of(db, arena, &other, in.contribution, &list));
	CHECK_INT(list.n, 0);
	CHECK_INT(media_get(db, arena, &other, in.id, &m), ERR_NOT_FOUND);
	CHECK_OK(media_of(db, arena, &me, in.contribution, &list));
	CHECK_INT(list.n, 1);
	struct media_say say = {in.id, S("En have"), S("yes")};
	CHECK_INT(media_describe(db, arena, &other, &say), ERR_NOT_FOUND);
	CHECK_OK(media_describe(db, arena, &me, &say));
	CHECK_OK(media_show(db, arena, &me, in.id, true));
	CHECK_OK(media_get(db, arena, &other, in.id, &m));
	CHECK_OK(media_of(db, arena, &other, in.contribution, &list));
	CHECK_INT(list.n, 1);
	CHECK_INT(media_describe(db, arena, &other, &say), ERR_DENIED);
	CHECK_INT(media_show(db, arena, &other, in.id, false), ERR_DENIED);
	CHECK_INT(media_erase(db, arena, &other, in.id, s.dir), ERR_DENIED);
	/* and nothing at all of what is not for them, or taken back */
	CHECK_OK(
	    contribution_withdraw(db, arena, &s.w.leader, in.contribution));
	CHECK_INT(media_get(db, arena, &me, in.id, &m), ERR_NOT_FOUND);
	in.contribution = note(&s, &me, SCOPE_INTERNAL);
	CHECK_INT(media_begin(db, arena, &other, &in), ERR_NOT_FOUND);
	CHECK_INT(
	    media_of(db, arena, &other, in.contribution, &list), ERR_NOT_FOUND);
}

/* A voice is known like a face. */
TEST_DB(media_with_a_voice_is_shown_once_the_speaker_said_yes)
{
	struct stage s;
	stage_new(&s, arena, db);
	add_all(&s);
	struct media made = s.out;
	made.kind = S("sound");
	made.type = S("audio/mp4");
	CHECK_OK(media_cleaned(db, arena, &s.w.leader, &made));
	struct media_say say = {s.in.id, S("0:01 Hej"), S("unasked")};
	CHECK_OK(media_describe(db, arena, &s.w.leader, &say));
	CHECK_INT(
	    media_show(db, arena, &s.w.leader, s.in.id, true), ERR_CONFLICT);
	say.faces = S("yes");
	CHECK_OK(media_describe(db, arena, &s.w.leader, &say));
	CHECK_OK(media_show(db, arena, &s.w.leader, s.in.id, true));
	say.words = S("");
	CHECK_OK(media_describe(db, arena, &s.w.leader, &say));
	CHECK_OK(get(&s, s.in.id));
	CHECK_STR(s.out.state, S("clean")); /* without words it is not shown */
}
