/* SPDX-License-Identifier: MPL-2.0 */

/* A transcript with times becomes captions, and the reverse. */
#include "model/captions.h"

#include "tests/test.h"

TEST(captions_begin_where_a_line_says)
{
	struct captions all = captions_of(arena,
	    S("Samtale i haven\n0:03 Vi sad ude.\r\nDet var koldt.\n"
	      "\n1:02.5-1:04 Så kom regnen.\n1:01:00 Slut."));
	CHECK_INT(all.n, 3);
	CHECK_INT(all.list[0].from_ms, 3000);
	CHECK_INT(all.list[0].to_ms, 62500); /* until the next one */
	CHECK_STR(all.list[0].text, S("Vi sad ude.\nDet var koldt."));
	CHECK_INT(all.list[1].to_ms, 64000);
	CHECK_STR(all.list[1].text, S("Så kom regnen."));
	CHECK_INT(all.list[2].from_ms, 3660000);
	CHECK_INT(all.list[2].to_ms, 3670000);
}

TEST(captions_of_a_transcript_without_times_are_none)
{
	static const char *const texts[] = {"", "\n\n", "Vi sad ude.",
	    "Klokken 10:30 sad vi ude.", "10 børn", "1:2:3:4 x", "1:75 x",
	    "1:00", "3:1x nej"};
	for (int i = 0; i < COUNT_OF(texts); i++)
		CHECK_INT(captions_of(arena, str_c(texts[i])).n, 0);
}

TEST(captions_can_not_break_out)
{
	struct str vtt = captions_vtt(arena,
	    S("0:01 <b>a</b> & b --> c\n0:01-0:00 d\n00:99:00.000 --> x"));
	CHECK_STR(vtt,
	    S("WEBVTT\n"
	      "\n00:00:01.000 --> 00:00:01.500\n&lt;b&gt;a&lt;/b&gt; &amp; b "
	      "--&gt; c\n"
	      "\n00:00:01.000 --> 00:00:11.000\nd\n00:99:00.000 --&gt; x\n"));
}

TEST(captions_are_read_from_a_file)
{
	struct str words;
	CHECK_OK(captions_read(arena,
	    S("\xef\xbb\xbfWEBVTT - x\r\n\r\nNOTE no\r\n\r\n1\r\n"
	      "00:03.000 --> 00:06.500 align:start\r\n<v Bo>Vi sad\r\nude "
	      "&amp; "
	      "frøs.\r\n\r\n01:00:00.000 --> 01:00:01.000\r\nSlut\r\n"),
	    &words));
	CHECK_STR(words,
	    S("0:03-0:06.500 Vi sad ude & frøs.\n1:00:00-1:00:01 Slut\n"));
	CHECK_INT(captions_of(arena, words).n, 2);
	CHECK_INT(captions_read(arena, S(""), &words), ERR_INVALID);
	CHECK_INT(captions_read(arena, S("WEBVTT\n\nx"), &words), ERR_INVALID);
	CHECK_INT(captions_read(
		      arena, S("1\n00:00:01,000 --> 00:00:02,000\nx"), &words),
	    ERR_INVALID);
	CHECK_INT(captions_read(arena, S("WEBVTT\xff\n"), &words), ERR_INVALID);
}

/* What is wrong in a file, and where. */
TEST(captions_that_are_broken_say_in_which_line)
{
	static const struct {
		const char *vtt;
		int64_t line;
	} cases[] = {
	    {"1\n2", 1},
	    {"WEBVTT\n\nx", 4},
	    {"WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n00:03 -> 1 --> x\nB\n",
		6},
	    {"WEBVTT\n\n00:05.000 --> 00:02.000\nA\n", 3},
	    {"WEBVTT\n\n\xff\n", 3},
	};
	struct str words;
	int64_t line;
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++) {
		CHECK(captions_fault(
			  arena, str_c(cases[i].vtt), &words, &line) != NULL);
		CHECK_INT(line, cases[i].line);
	}
	CHECK(captions_fault(arena, S("WEBVTT\n\n00:01.000 --> 00:02.000\nA"),
		  &words, &line) == NULL);
}
