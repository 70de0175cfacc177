/* SPDX-License-Identifier: MPL-2.0 */

/* Two texts: their runs put together are both of them again, and an undone
 * change is the change undone. */
#include "base/diff.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "tests/fuzz.h"

static struct str
joined(struct arena *a, const struct diff_runs *runs, enum diff_kind kind)
{
	struct buf b = buf_new(a, PTRDIFF_MAX / 4);
	for (ptrdiff_t i = 0; i < runs->n; i++) {
		if (runs->run[i].kind == DIFF_SAME || runs->run[i].kind == kind)
			buf_add(&b, runs->run[i].text);
	}
	return buf_str(&b);
}

static ptrdiff_t
check_runs(struct arena *a, struct str old, struct str now)
{
	struct diff_runs runs;
	bool text = utf8_valid(old) && utf8_valid(now);
	ptrdiff_t same = 0;
	diff_words(a, old, now, &runs);
	for (ptrdiff_t i = 0; i < runs.n; i++) {
		const struct diff_run *run = &runs.run[i];
		enum diff_kind before =
		    i > 0 ? runs.run[i - 1].kind : DIFF_SAME;
		MUST(run->text.n > 0);
		MUST(i == 0 || run->kind != before);
		MUST(run->kind != DIFF_REMOVED || before != DIFF_ADDED);
		MUST(!text || utf8_valid(run->text));
		same += run->kind == DIFF_SAME ? run->text.n : 0;
	}
	MUST(str_eq(joined(a, &runs, DIFF_REMOVED), old));
	MUST(str_eq(joined(a, &runs, DIFF_ADDED), now));
	return same;
}

FUZZ(input)
{
	struct str now = input, old = fuzz_part(&now);
	(void)check_runs(arena, old, now);
	(void)check_runs(arena, now, old);
	MUST(check_runs(arena, old, old) == old.n);
}
