/* SPDX-License-Identifier: MPL-2.0 */

/* What a phone notes without a line: sealed until it is here, once, and
 * unreadable for ever when the day is over. */
#include "model/field.h"

#include "base/buf.h"
#include "model/media.h"
#include "tests/model/fixture.h"

struct stage {
	struct world w;
	struct field_day day;
	struct field_part part;
	struct field_item item;
	struct str dir;
};

static const struct actor *
leader(struct stage *s)
{
	return &s->w.leader;
}

static void
stage_new(struct stage *s, struct arena *a, struct db *db)
{
	*s = (struct stage){.dir = test_dir(a)};
	world_new(&s->w, a, db);
	s->day.id = id_new(NOW_US);
	CHECK_OK(field_day_begin(db, a, leader(s), &s->day, 24));
	CHECK_OK(field_day_get(db, a, leader(s), s->day.id, &s->day));
	s->part = (struct field_part){
	    .id = id_new(NOW_US + 1), .day = s->day.id, .kind = S("voice")};
}

/* As the phone closes it. */
static struct str
closed(struct stage *s, struct id item, int64_t nr, struct str plain)
{
	struct arena *a = s->w.arena;
	return envelope_close(a, s->day.pair.point, plain,
	    STR_JOIN(a, id_text(a, item), S("/"),
		str_fmt(a, "%lld", (long long)nr)));
}

static enum err
put(struct stage *s, struct field_part p, struct str plain)
{
	p.box = closed(s, p.id, p.nr, plain);
	return field_put(s->w.db, s->w.arena, leader(s), &p);
}

static enum err
get(struct stage *s, struct id id)
{
	return field_get(s->w.db, s->w.arena, leader(s), id, &s->item);
}

static enum err
open_words(struct stage *s, int64_t parts, struct str *words)
{
	s->item.parts = parts;
	return field_open(s->w.db, s->w.arena, leader(s), &s->item, words);
}

static enum err
settle(struct stage *s, const char *state, const char *allows)
{
	s->item.state = str_c(state);
	s->item.allows = str_c(allows);
	return field_settle(s->w.db, s->w.arena, leader(s), &s->item);
}

static int64_t
parts_left(struct stage *s)
{
	struct db_row row;
	CHECK_OK(db_one(s->w.db, s->w.arena, "SELECT COUNT(*) FROM field_part",
	    &row, DB_NONE));
	return db_int(&row, 0);
}

TEST_DB(field_words_come_in_once_and_open_here)
{
	struct stage s;
	struct str words;
	stage_new(&s, arena, db);
	CHECK_OK(put(&s, s.part, S("original=B%C3%A6nken")));
	CHECK_OK(put(&s, s.part, S("another time")));
	CHECK_OK(get(&s, s.part.id));
	CHECK_STR(s.item.state, S("coming"));
	CHECK_INT(open_words(&s, 2, &words), ERR_CONFLICT); /* one is missing */
	CHECK_OK(open_words(&s, 1, &words));
	CHECK_STR(words, S("original=B%C3%A6nken"));
	CHECK_OK(settle(&s, "received", "sound"));
	CHECK_INT(parts_left(&s), 0);
	CHECK_OK(put(&s, s.part, S("late")));
	CHECK_INT(parts_left(&s), 0);
	CHECK_OK(get(&s, s.part.id));
	CHECK_STR(s.item.state, S("received"));
}

TEST_DB(field_parts_of_the_database_hold_no_words)
{
	struct stage s;
	struct db_row row;
	stage_new(&s, arena, db);
	CHECK_OK(put(&s, s.part, S("KANARIEFUGL")));
	CHECK_OK(
	    db_one(db, arena, "SELECT box FROM field_part", &row, DB_NONE));
	CHECK(str_find(db_blob(&row, 0), S("KANARIE")) < 0);
	CHECK_OK(get(&s, s.part.id));
	s.item.words = S("KANARIEFUGL");
	CHECK_OK(settle(&s, "draft", ""));
	CHECK_OK(
	    db_one(db, arena, "SELECT words FROM field_item", &row, DB_NONE));
	CHECK(str_find(db_blob(&row, 0), S("KANARIE")) < 0);
	CHECK_OK(get(&s, s.part.id));
	CHECK_STR(s.item.words, S("KANARIEFUGL")); /* the twin */
}

TEST_DB(field_item_is_its_senders_alone)
{
	struct stage s;
	struct field_drafts drafts;
	struct field_days days;
	stage_new(&s, arena, db);
	CHECK_OK(put(&s, s.part, S("x")));
	CHECK_INT(field_get(db, arena, &s.w.participant, s.part.id, &s.item),
	    ERR_NOT_FOUND);
	s.part.box = closed(&s, s.part.id, 1, S("y"));
	s.part.nr = 1;
	CHECK_INT(field_put(db, arena, &s.w.participant, &s.part),
	    ERR_NOT_FOUND); /* another's day */
	CHECK_OK(get(&s, s.part.id));
	CHECK_OK(settle(&s, "draft", ""));
	CHECK_OK(field_drafts(db, arena, leader(&s), &drafts));
	CHECK_INT(drafts.n, 1);
	CHECK_OK(field_draft_of(
	    db, arena, leader(&s), drafts.list[0].voice, &s.item));
	CHECK_OK(field_drafts(db, arena, &s.w.participant, &drafts));
	CHECK_INT(drafts.n, 0);
	CHECK_OK(field_days(db, arena, &s.w.participant, &days));
	CHECK_INT(days.n, 0);
	CHECK_INT(field_days(db, arena, &s.w.decider, &days), ERR_DENIED);
}

TEST_DB(field_takes_only_parts_that_can_be)
{
	struct stage s;
	stage_new(&s, arena, db);
	struct field_part p = s.part;
	p.nr = -1;
	CHECK_INT(put(&s, p, S("x")), ERR_INVALID);
	p.nr = FIELD_PARTS;
	CHECK_INT(put(&s, p, S("x")), ERR_TOO_LARGE);
	p = s.part;
	p.kind = S("film");
	CHECK_INT(put(&s, p, S("x")), ERR_INVALID);
	p = s.part;
	p.day = id_new(NOW_US + 5);
	CHECK_INT(put(&s, p, S("x")), ERR_NOT_FOUND);
	p = s.part;
	p.kind = S("sound");
	p.of = id_new(NOW_US + 6);
	CHECK_INT(put(&s, p, S("x")), ERR_CONFLICT); /* the voice comes first */
	CHECK_INT(
	    field_day_begin(db, arena, leader(&s), &s.day, 0), ERR_INVALID);
	CHECK_INT(
	    field_day_begin(db, arena, leader(&s), &s.day, 73), ERR_INVALID);
	s.day.activity = id_new(NOW_US + 7);
	CHECK_INT(
	    field_day_begin(db, arena, leader(&s), &s.day, 8), ERR_INVALID);
}

TEST_DB(field_box_for_another_place_does_not_open)
{
	struct stage s;
	struct str words;
	stage_new(&s, arena, db);
	s.part.box = closed(&s, id_new(NOW_US + 9), 0, S("x"));
	CHECK_OK(field_put(db, arena, leader(&s), &s.part));
	CHECK_OK(get(&s, s.part.id));
	CHECK_INT(open_words(&s, 1, &words), ERR_INVALID);
}

TEST_DB(field_days_are_limited)
{
	struct stage s;
	stage_new(&s, arena, db);
	struct field_day day = {0};
	for (int i = 1; i < FIELD_DAYS; i++) {
		day.id = id_new(NOW_US + i);
		CHECK_OK(field_day_begin(db, arena, leader(&s), &day, 1));
	}
	CHECK_OK(field_day_begin(db, arena, leader(&s), &day, 1));
	day.id = id_new(NOW_US + FIELD_DAYS);
	CHECK_INT(field_day_begin(db, arena, leader(&s), &day, 1), ERR_LIMITED);
}

/* ---- the end ---- */

TEST_DB(field_day_that_is_over_opens_until_the_grace_is_past)
{
	struct stage s;
	struct str words;
	struct actor later;
	stage_new(&s, arena, db);
	CHECK_OK(put(&s, s.part, S("sent late")));
	later = s.w.program;
	later.now_us = s.day.ends_us + FIELD_GRACE_US - 1;
	CHECK_OK(field_sweep(db, arena, &later));
	CHECK_OK(get(&s, s.part.id));
	CHECK_OK(open_words(&s, 1, &words));
	CHECK_STR(words, S("sent late"));
	later.now_us++;
	CHECK_OK(field_sweep(db, arena, &later));
	CHECK_INT(open_words(&s, 1, &words), ERR_INVALID);
	CHECK_OK(field_day_get(db, arena, leader(&s), s.day.id, &s.day));
	CHECK_INT(s.day.pair.secret.n, 0);
	CHECK(s.day.closed_us > 0);
	struct field_part next = s.part;
	next.id = id_new(NOW_US + 3);
	CHECK_INT(put(&s, next, S("x")), ERR_INVALID);
	later.now_us = NOW_US + FIELD_KEPT_US + FIELD_GRACE_US + 4 * DAY_US;
	CHECK_OK(field_sweep(db, arena, &later));
	CHECK_INT(parts_left(&s), 0);
	CHECK_INT(get(&s, s.part.id), ERR_NOT_FOUND);
	CHECK_OK(field_sweep(db, arena, &later));
	CHECK_INT(field_day_get(db, arena, leader(&s), s.day.id, &s.day),
	    ERR_NOT_FOUND);
}

TEST_DB(field_day_ended_by_hand_has_no_key)
{
	struct stage s;
	struct field_days days;
	stage_new(&s, arena, db);
	CHECK_OK(put(&s, s.part, S("x")));
	CHECK_INT(field_day_end(db, arena, &s.w.participant, s.day.id),
	    ERR_NOT_FOUND);
	CHECK_OK(field_day_end(db, arena, leader(&s), s.day.id));
	CHECK_OK(field_day_end(db, arena, leader(&s), s.day.id));
	CHECK_INT(parts_left(&s), 0);
	CHECK_OK(field_days(db, arena, leader(&s), &days));
	CHECK_INT(days.n, 0);
}

/* ---- sound and photos ---- */

enum { SLICE = 90000, SLICES = 40 }; /* of a recording: 3,6 MB */

static struct str
slice(struct arena *a, int nr)
{
	struct buf b = buf_new(a, SLICE + 32);
	if (nr == 0)
		buf_add(&b, S("OggS"));
	while (b.n < SLICE)
		buf_fmt(&b, "%d.%td ", nr, b.n);
	return str_sub(buf_str(&b), 0, SLICE);
}

/* The voice is in, and allows what is said; the recording's parts are here. */
static void
record_sound(struct stage *s, struct field_media *f, const char *allows)
{
	CHECK_OK(put(s, s->part, S("x")));
	CHECK_OK(get(s, s->part.id));
	CHECK_OK(settle(s, "received", allows));
	struct field_part p = {.id = id_new(NOW_US + 2),
	    .day = s->day.id,
	    .of = s->part.id,
	    .kind = S("sound")};
	for (p.nr = 0; p.nr < SLICES; p.nr++)
		CHECK_OK(put(s, p, slice(s->w.arena, (int)p.nr)));
	CHECK_OK(get(s, p.id));
	s->item.parts = SLICES;
	*f = (struct field_media){
	    .item = s->item, .dir = s->dir, .name = S("lyd")};
}

static enum err
hand_on(struct stage *s, struct field_media *f)
{
	return field_hand_on(s->w.db, s->w.arena, leader(s), f);
}

TEST_DB(field_recording_becomes_the_same_bytes)
{
	struct stage s;
	struct media m;
	struct field_media f;
	stage_new(&s, arena, db);
	record_sound(&s, &f, "sound");
	f.item.parts++;
	CHECK_INT(hand_on(&s, &f), ERR_CONFLICT); /* one is missing */
	f.item.parts--;
	int calls = 0;
	for (f.whole = false; !f.whole && calls < 9; calls++)
		CHECK_OK(hand_on(&s, &f));
	CHECK(f.whole);
	CHECK_STR(f.item.state, S("received"));
	CHECK_INT(parts_left(&s), 0);
	CHECK_OK(media_get(db, arena, leader(&s), f.item.id, &m));
	CHECK_INT(m.size, SLICE * SLICES);
	CHECK_INT(m.got, m.size);
	CHECK(id_eq(m.contribution, s.item.voice));
	CHECK_STR(m.kind, S("sound"));
	struct media_file file = media_kept(&m, leader(&s), s.dir);
	for (int i = 0; i < SLICES; i++) {
		struct str bytes;
		CHECK_OK(media_file_read(arena, &file, (int64_t)i * SLICE,
		    (int64_t)(i + 1) * SLICE, &bytes));
		CHECK_STR(bytes, slice(arena, i));
	}
}

TEST_DB(field_recording_needs_that_it_was_said_yes_to)
{
	struct stage s;
	struct field_media f;
	stage_new(&s, arena, db);
	record_sound(&s, &f, "photo");
	CHECK_INT(hand_on(&s, &f), ERR_DENIED);
	CHECK_INT(parts_left(&s), SLICES); /* nothing is lost */
}

TEST_DB(field_recording_of_what_was_taken_back_is_dropped)
{
	struct stage s;
	struct field_media f;
	stage_new(&s, arena, db);
	record_sound(&s, &f, "sound");
	struct contribution c = {.id = f.item.voice,
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = S("En bænk."),
	    .basis = S("consent"),
	    .anonymity = S("none"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(db, arena, leader(&s), &c, S("")));
	CHECK_OK(contribution_withdraw(db, arena, leader(&s), c.id));
	CHECK_OK(hand_on(&s, &f));
	CHECK(f.whole);
	CHECK_STR(f.item.state, S("dropped"));
	CHECK_INT(parts_left(&s), 0);
}

TEST_DB(field_recording_is_not_for_a_participant)
{
	struct stage s;
	stage_new(&s, arena, db);
	struct field_part p = s.part;
	p.kind = S("sound");
	p.box = closed(&s, p.id, 0, S("x"));
	CHECK_INT(field_put(db, arena, &s.w.participant, &p), ERR_DENIED);
}

TEST_DB(field_draft_goes_with_the_person)
{
	struct stage s;
	struct field_drafts drafts;
	stage_new(&s, arena, db);
	struct person p = {.id = id_new(NOW_US + 4),
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Bor her")};
	CHECK_OK(put(&s, s.part, S("x")));
	CHECK_OK(get(&s, s.part.id));
	s.item.words = S("original=x");
	s.item.person = p.id;
	CHECK_OK(person_save(db, arena, leader(&s), &p));
	CHECK_OK(settle(&s, "draft", ""));
	CHECK_OK(person_erase(db, arena, leader(&s), p.id));
	CHECK_OK(field_drafts(db, arena, leader(&s), &drafts));
	CHECK_INT(drafts.n, 0);
	CHECK_OK(get(&s, s.part.id));
	CHECK_INT(s.item.words.n, 0);
}
