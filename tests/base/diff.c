/* SPDX-License-Identifier: MPL-2.0 */
#include "base/diff.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "tests/test.h"

enum { TEXTS = 1000, MERGES = 2000 };

/* The limits are for a build for use; sanitizers make it 4 to 7 times slower
 * (ARENA_DEBUG is set in those builds). */
#ifdef ARENA_DEBUG
enum { SLOWER = 5 };
#else
enum { SLOWER = 1 };
#endif

/* ---- texts by chance, the same in each run ---- */

static uint32_t
next(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(*seed >> 33);
}

static const char *const words[] = {"og", "en", "kaffe", "søster", "æble", "å",
    "rød", "grød", "pårørende", "når", "blåbær", "på", "1", ",", "€", "\n",
    "\n", "\n\n", " ", "  ", "\t"};

static void
add_word(struct buf *b, uint64_t *seed)
{
	buf_add(b, str_c(words[next(seed) % COUNT_OF(words)]));
	if (next(seed) % 4 > 0)
		buf_byte(b, ' ');
}

static struct str
some_text(struct arena *a, uint64_t *seed, uint32_t most)
{
	struct buf b = buf_new(a, 1 << 20);
	for (uint32_t n = next(seed) % (most + 1); n > 0; n--)
		add_word(&b, seed);
	return buf_str(&b);
}

/* `s` with about one change in `rarely` words; added ones are marked, so that
 * a merge that lost one can be told. */
static struct str
edited(struct arena *a, uint64_t *seed, struct str s, const char *mark,
    uint32_t rarely)
{
	struct buf b = buf_new(a, 1 << 20);
	int64_t marks = 0;
	while (s.n > 0) {
		ptrdiff_t space = str_find_byte(s, ' ');
		ptrdiff_t end = space < 0 ? s.n : space + 1;
		uint32_t dice = next(seed) % (2 * rarely);
		if (dice == 0) {
			buf_add(&b, str_c(mark));
			buf_int(&b, marks++);
			buf_byte(&b, ' ');
		}
		if (dice != 1)
			buf_add(&b, str_sub(s, 0, end));
		s = str_sub(s, end, s.n);
	}
	return buf_str(&b);
}

/* ---- what a diff must be ---- */

static struct str
joined(struct arena *a, const struct diff_runs *runs, enum diff_kind kind)
{
	struct buf b = buf_new(a, 1 << 20);
	for (ptrdiff_t i = 0; i < runs->n; i++) {
		if (runs->run[i].kind == DIFF_SAME || runs->run[i].kind == kind)
			buf_add(&b, runs->run[i].text);
	}
	return buf_str(&b);
}

/* Readable: [-gone-]{+come+}. */
static struct str
shown(struct arena *a, struct str old, struct str now)
{
	static const char *const open[] = {"", "[-", "{+"};
	static const char *const close[] = {"", "-]", "+}"};
	struct diff_runs runs;
	struct buf b = buf_new(a, 1 << 20);
	diff_words(a, old, now, &runs);
	for (ptrdiff_t i = 0; i < runs.n; i++) {
		buf_add(&b, str_c(open[runs.run[i].kind]));
		buf_add(&b, runs.run[i].text);
		buf_add(&b, str_c(close[runs.run[i].kind]));
	}
	return buf_str(&b);
}

static bool
is_sound(struct arena *a, const struct diff_runs *runs, struct str old,
    struct str now)
{
	for (ptrdiff_t i = 0; i < runs->n; i++) {
		if (runs->run[i].text.n == 0 || !utf8_valid(runs->run[i].text))
			return false;
		if (i > 0 && runs->run[i].kind == runs->run[i - 1].kind)
			return false;
	}
	return str_eq(joined(a, runs, DIFF_REMOVED), old) &&
	    str_eq(joined(a, runs, DIFF_ADDED), now);
}

TEST(diff_of_a_text_with_itself_is_all_the_same)
{
	uint64_t seed = 1;
	for (int i = 0; i < TEXTS; i++) {
		struct diff_runs runs;
		struct arena *a = arena_scratch(arena);
		struct str s = some_text(a, &seed, 60);
		diff_words(a, s, s, &runs);
		CHECK_INT(runs.n, s.n > 0 ? 1 : 0);
		if (runs.n == 1) {
			CHECK_INT(runs.run[0].kind, DIFF_SAME);
			CHECK_STR(runs.run[0].text, s);
		}
		arena_close(a);
	}
}

TEST(diff_gives_back_both_texts)
{
	uint64_t seed = 2;
	ptrdiff_t changes = 0;
	for (int i = 0; i < TEXTS; i++) {
		struct diff_runs runs;
		struct arena *a = arena_scratch(arena);
		struct str old = some_text(a, &seed, 60);
		struct str now = i % 2 == 0 ? some_text(a, &seed, 60)
					    : edited(a, &seed, old, "ny", 5);
		diff_words(a, old, now, &runs);
		CHECK(is_sound(a, &runs, old, now));
		changes += runs.n > 1;
		arena_close(a);
	}
	CHECK(changes > TEXTS / 2); /* else the test shows nothing */
}

/* The check above must see a diff that lost a word, or cut a letter. */
TEST(diff_check_sees_a_wrong_diff)
{
	struct diff_runs runs;
	struct str old = S("en rød kop"), now = S("en blå kop");
	diff_words(arena, old, now, &runs);
	CHECK(is_sound(arena, &runs, old, now));
	CHECK_INT(runs.n, 4);
	struct diff_run whole = runs.run[1];
	runs.run[1].text = str_sub(whole.text, 0, 1);
	CHECK(!is_sound(arena, &runs, old, now));
	runs.run[1].text = str_sub(whole.text, 0, 2); /* half an ø */
	CHECK(!is_sound(arena, &runs, old, now));
	runs.run[1] = (struct diff_run){DIFF_SAME, whole.text};
	CHECK(!is_sound(arena, &runs, old, now));
}

TEST(diff_reads_well)
{
	CHECK_STR(shown(arena, S("en rød kop"), S("en blå kop")),
	    S("en [-rød -]{+blå +}kop"));
	CHECK_STR(shown(arena, S("søster"), S("søster og bror")),
	    S("søster{+ og bror+}"));
	CHECK_STR(shown(arena, S("søster og bror"), S("søster")),
	    S("søster[- og bror-]"));
	CHECK_STR(
	    shown(arena, S("a\n\nc"), S("a\nb\n\nc")), S("a\n{+b\n+}\nc"));
	CHECK_STR(shown(arena, S("smør"), S("smart")), S("[-smør-]{+smart+}"));
	CHECK_STR(shown(arena, S("på vej"), S("på  vej")), S("på {+ +}vej"));
}

TEST(diff_of_empty_texts)
{
	struct diff_runs runs;
	diff_words(arena, S(""), S(""), &runs);
	CHECK_INT(runs.n, 0);
	CHECK_STR(shown(arena, S(""), S("ny")), S("{+ny+}"));
	CHECK_STR(shown(arena, S("væk\n"), (struct str){0}), S("[-væk\n-]"));
}

/* Letters are never cut, not even where the bytes of two of them begin the
 * same: æ, ø and å all start with 0xc3. */
TEST(diff_keeps_letters_whole)
{
	CHECK_STR(shown(arena, S("æ"), S("ø")), S("[-æ-]{+ø+}"));
	CHECK_STR(
	    shown(arena, S("bær år"), S("bør år")), S("[-bær -]{+bør +}år"));
	CHECK_STR(shown(arena, S("10\u00a0kr"), S("20\u00a0kr")),
	    S("[-10\u00a0kr-]{+20\u00a0kr+}"));
}

/* ---- size ---- */

static struct str
long_text(struct arena *a, uint64_t *seed, ptrdiff_t bytes)
{
	struct buf b = buf_new(a, 1 << 20);
	while (b.n < bytes)
		add_word(&b, seed);
	return buf_str(&b);
}

static int64_t
time_diff(
    struct arena *a, struct str old, struct str now, struct diff_runs *runs)
{
	int64_t started = clock_mono_us();
	diff_words(a, old, now, runs);
	return clock_mono_us() - started;
}

TEST(diff_of_100_kb_is_quick)
{
	enum { BYTES = 100 * 1000, LIMIT_US = SLOWER * 50 * 1000 };
	uint64_t seed = 3;
	struct str old = long_text(arena, &seed, BYTES);
	struct str now = edited(arena, &seed, old, "ny", 100);
	struct str other = long_text(arena, &seed, BYTES);
	struct diff_runs runs;
	CHECK_MAX(time_diff(arena, old, now, &runs), LIMIT_US);
	CHECK(is_sound(arena, &runs, old, now));
	CHECK(runs.n > 50);
	CHECK_MAX(time_diff(arena, old, other, &runs), LIMIT_US);
	CHECK(is_sound(arena, &runs, old, other));
}

/* n lines "WORD I", of which all but each tenth are `changed`. */
static struct str
lines(struct arena *a, int n, const char *word, const char *tenth)
{
	struct buf b = buf_new(a, 1 << 20);
	for (int i = 0; i < n; i++) {
		buf_fmt(&b, "%s%d de samme ord igen\n",
		    i % 10 == 0 ? tenth : word, i);
	}
	return buf_str(&b);
}

TEST(diff_past_the_limit_goes_by_lines_then_gives_up)
{
	struct diff_runs runs;
	struct str old = lines(arena, 900, "x", "fast");
	struct str now = lines(arena, 900, "y", "fast");
	diff_words(arena, old, now, &runs); /* 1,620 words, 1,620 lines */
	CHECK(is_sound(arena, &runs, old, now));
	CHECK_INT(runs.n, 3);
	CHECK_HAS(runs.run[0].text, S("fast0 de samme"));

	old = str_cat(arena, S("start\n"), lines(arena, 450, "x", "fast"));
	now = str_cat(arena, S("start\n"), lines(arena, 450, "y", "fast"));
	diff_words(arena, old, now, &runs); /* 810 of each */
	CHECK(is_sound(arena, &runs, old, now));
	CHECK(runs.n > 100);
}

/* ---- merge ---- */

static struct str
merged(struct arena *a, struct str base, struct str mine, struct str theirs)
{
	struct str out = {0};
	return merge3(a, base, mine, theirs, &out) ? out : S("(in doubt)");
}

TEST(merge_of_one_change_is_that_change)
{
	uint64_t seed = 4;
	for (int i = 0; i < TEXTS; i++) {
		struct arena *a = arena_scratch(arena);
		struct str b = some_text(a, &seed, 40);
		struct str x = i % 2 == 0 ? some_text(a, &seed, 40)
					  : edited(a, &seed, b, "ny", 5);
		CHECK_STR(merged(a, b, b, x), x);
		CHECK_STR(merged(a, b, x, b), x);
		CHECK_STR(merged(a, b, x, x), x);
		arena_close(a);
	}
}

/* Each word of `s` that starts with `mark` and is not in `base`. */
static bool
has_all(struct str text, struct str s, struct str mark)
{
	while (s.n > 0) {
		struct str word = str_trim(str_cut(&s, ' '));
		ptrdiff_t at = str_find(word, mark);
		if (at >= 0 && str_find(text, str_sub(word, at, word.n)) < 0)
			return false;
	}
	return true;
}

TEST(merge_loses_nothing_and_is_symmetric)
{
	uint64_t seed = 5;
	ptrdiff_t clean = 0, doubt = 0;
	for (int i = 0; i < MERGES; i++) {
		struct arena *a = arena_scratch(arena);
		struct str b = some_text(a, &seed, 80), one, two;
		struct str mine = edited(a, &seed, b, "MINE", 12);
		struct str theirs = edited(a, &seed, b, "THEIRS", 12);
		bool ok = merge3(a, b, mine, theirs, &one);
		CHECK_INT(merge3(a, b, theirs, mine, &two), ok);
		if (ok) {
			CHECK_STR(two, one);
			CHECK(utf8_valid(one));
			CHECK(has_all(one, mine, S("MINE")));
			CHECK(has_all(one, theirs, S("THEIRS")));
		}
		clean += ok;
		doubt += !ok;
		arena_close(a);
	}
	CHECK(clean > MERGES / 10); /* both must have happened often */
	CHECK(doubt > MERGES / 10);
}

TEST(merge_check_sees_a_lost_word)
{
	CHECK(has_all(S("a MINE0 b"), S("MINE0 b"), S("MINE")));
	CHECK(!has_all(S("a b"), S("MINE0 b"), S("MINE")));
	CHECK(!has_all(S("a MINE0 b"), S("MINE0 MINE1 "), S("MINE")));
}

TEST(merge_takes_changes_that_stand_apart)
{
	CHECK_STR(merged(arena, S("linje et\nlinje to\nlinje tre\n"),
		      S("linje 1\nlinje to\nlinje tre\n"),
		      S("linje et\nlinje to\nlinje 3\n")),
	    S("linje 1\nlinje to\nlinje 3\n"));
	CHECK_STR(merged(arena, S("Vi spørger de pårørende før jul."),
		      S("Vi spørger alle pårørende før jul."),
		      S("Vi spørger de pårørende før påske.")),
	    S("Vi spørger alle pårørende før påske."));
	CHECK_STR(merged(arena, S("et\nto"), S("en\nto"), S("et\nto\ntre")),
	    S("en\nto\ntre"));
	CHECK_STR(
	    merged(arena, S("a b c d e f"), S("a c d e f"), S("a b c d e f g")),
	    S("a c d e f g"));
}

TEST(merge_leaves_doubt_to_people)
{
	struct str out = S("urørt");
	/* the same word, neighbours, the same place, changed and deleted */
	CHECK(!merge3(
	    arena, S("en rød kop"), S("en blå kop"), S("en grøn kop"), &out));
	CHECK(!merge3(arena, S("en rød kop kaffe til mor"),
	    S("en blå kop kaffe til mor"), S("en rød kande kaffe til mor"),
	    &out));
	CHECK(!merge3(arena, S("a b"), S("a x b"), S("a y b"), &out));
	CHECK(!merge3(arena, S(""), S("min"), S("din"), &out));
	CHECK(!merge3(arena, S("a b c d"), S("a d"), S("a b x c d"), &out));
	CHECK_STR(out, S("urørt"));
}

/* Two new texts that share small words are not mixed into a third. */
TEST(merge_does_not_mix_two_rewritten_passages)
{
	struct str b = S("Vi ringer til dem og hører, hvad de vil.");
	struct str mine = S("Ali besøger Karen og drikker kaffe med hende.");
	struct str theirs = S("Skriv et brev, og vent på svar.");
	struct str out;
	CHECK(!merge3(arena, b, mine, theirs, &out));
	/* ... but what both took out, and each one's own change, is clear */
	CHECK_STR(merged(arena, S("a b c d e f g h"), S("x b h"), S("a b y")),
	    S("(in doubt)"));
	CHECK_STR(
	    merged(arena, S("a b c d e f g h"), S("x b g h"), S("a b g y")),
	    S("x b g y"));
	CHECK(!merge3(arena, S("a b c og d e f"), S("x y z og d2 e2 f2"),
	    S("p q r og d3 e3 f3"), &out));
}

TEST(merge_keeps_the_same_change_once)
{
	CHECK_STR(merged(arena, S("a b c d e"), S("a X c d E"), S("a X c d e")),
	    S("a X c d E"));
	CHECK_STR(
	    merged(arena, S("a\n"), S("a\nny\n"), S("a\nny\n")), S("a\nny\n"));
}

TEST(merge_of_100_kb_is_quick)
{
	enum { BYTES = 100 * 1000, LIMIT_US = SLOWER * 100 * 1000 };
	uint64_t seed = 6;
	struct str b = long_text(arena, &seed, BYTES), out;
	struct str mine = edited(arena, &seed, b, "MINE", 400);
	struct str theirs = edited(arena, &seed, b, "THEIRS", 400);
	int64_t started = clock_mono_us();
	bool ok = merge3(arena, b, mine, theirs, &out);
	CHECK_MAX(clock_mono_us() - started, LIMIT_US);
	if (ok)
		CHECK(has_all(out, mine, S("MINE")));
}
