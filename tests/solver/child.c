/* SPDX-License-Identifier: MPL-2.0 */
#include "solver/child.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/test.h"

static int told;

static enum err
answer(void *arg, struct arena *a, const struct watch *w, struct str *out)
{
	(void)w;
	*out = str_cat(a, *(struct str *)arg, S(" from a child"));
	return ERR_OK;
}

static enum err
hang(void *arg, struct arena *a, const struct watch *w, struct str *out)
{
	(void)arg, (void)a, (void)w, (void)out;
	while (told >= 0)
		pause();
	return ERR_OK;
}

static enum err
die(void *arg, struct arena *a, const struct watch *w, struct str *out)
{
	(void)arg, (void)a, (void)w, (void)out;
	_exit(3);
}

static enum err
fill(void *arg, struct arena *a, const struct watch *w, struct str *out)
{
	(void)arg, (void)w, (void)out;
	while (told >= 0)
		arena_new(a, char, 1 << 20);
	return ERR_OK;
}

static enum err
refuse(void *arg, struct arena *a, const struct watch *w, struct str *out)
{
	(void)arg, (void)a, (void)w, (void)out;
	return ERR_NOT_FOUND;
}

static struct child
child_of(
    enum err (*run)(void *, struct arena *, const struct watch *, struct str *),
    int64_t us)
{
	static struct str hello = S_INIT("hello");
	return (struct child){.run = run,
	    .arg = &hello,
	    .deadline_us = clock_mono_us() + us,
	    .memory = 64 << 20};
}

TEST(child_gives_what_it_found)
{
	struct child c = child_of(answer, 30 * SECOND_US);
	struct str out;
	CHECK_OK(child_run(arena, &c, &out));
	CHECK_STR(out, S("hello from a child"));
}

TEST(child_outcomes_come_back)
{
	struct child c = child_of(refuse, 30 * SECOND_US);
	struct str out;
	CHECK_INT(child_run(arena, &c, &out), ERR_NOT_FOUND);
}

TEST(child_that_hangs_is_ended)
{
	struct child c = child_of(hang, SECOND_US / 5);
	struct str out;
	int64_t start_us = clock_mono_us();
	CHECK_INT(child_run(arena, &c, &out), ERR_UNAVAIL);
	CHECK(clock_mono_us() - start_us >= SECOND_US / 5);
	CHECK(clock_mono_us() - start_us < 20 * SECOND_US);
}

TEST(child_that_dies_or_fills_up_is_no_answer)
{
	struct child c = child_of(die, 30 * SECOND_US);
	struct str out;
	CHECK_INT(child_run(arena, &c, &out), ERR_UNAVAIL);
	c = child_of(fill, 30 * SECOND_US);
	CHECK_INT(child_run(arena, &c, &out), ERR_UNAVAIL);
}

static enum err
slow(void *arg, struct arena *a, const struct watch *w, struct str *out)
{
	(void)arg, (void)a, (void)out;
	for (int i = 0; i < 5; i++) {
		usleep(120 * 1000);
		if (!watch_tick(w, "step", i, 5))
			return ERR_UNAVAIL;
	}
	return ERR_OK;
}

static void
hear(void *arg, const char *step, int64_t done, int64_t whole)
{
	(void)arg;
	CHECK_STR(str_c(step), S("step"));
	CHECK(done < whole);
	told++;
}

TEST(child_tells_how_far_it_is)
{
	struct child c = child_of(slow, 60 * SECOND_US);
	struct str out;
	c.progress = hear;
	told = 0;
	CHECK_OK(child_run(arena, &c, &out));
	CHECK(told >= 3);
}
