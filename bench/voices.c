/* SPDX-License-Identifier: MPL-2.0 */
/* voices - a network of the worked example in which very much was said, and
 * how long the inbox takes to show it.
 *
 *	voices DIR N
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs
 * on it.  Prints a line each: what was asked for, and the median of 11 times,
 * in milliseconds. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "bench/example.h"
#include "jobs/sandbox.h"
#include "model/catalogue.h"
#include "model/coding.h"
#include "model/contribution.h"

enum { A_WRITE = 1000, TIMES = 11, MIDDLE = 5, A_PAGE = 50 };

struct bench {
	struct db *db;
	struct arena *arena; /* of one write or one look */
	struct actor who;
	struct id code;
};

static enum err
add(struct bench *b, int64_t i)
{
	static const char *const kinds[] = {"quote", "wish", "anecdote"};
	struct contribution c = {.id = id_new(b->who.now_us + i),
	    .kind = str_c(kinds[i % 3]),
	    .teller = S("staff"),
	    .original = str_fmt(b->arena,
		"Stemme nummer %lld. Om aftenen er der ingen, der ringer "
		"tilbage, og det er svært at vide, hvem man skal spørge.",
		(long long)i),
	    .basis = S("consent"),
	    .scope = i % SCOPES,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	enum err e = contribution_add(b->db, b->arena, &b->who, &c, S("Alle."));
	if (e != ERR_OK || i % 1000 != 0)
		return e;
	c.rev = 1;
	c.state = S("received");
	e = contribution_move(b->db, b->arena, &b->who, &c,
	    &(struct contribution_step){S("reviewed"), S("")});
	if (e == ERR_OK)
		e = contribution_tag(b->db, b->arena, &b->who, &c, S("aften"));
	struct coding k = {
	    .id = id_new(b->who.now_us + i), .code = b->code, .at = {0, 6}};
	c.rev = 2;
	return e == ERR_OK ? coding_add(b->db, b->arena, &b->who, &c, &k) : e;
}

static enum err
add_code(struct bench *b)
{
	struct book_code code = {.id = id_new(b->who.now_us),
	    .name = S("Alene"),
	    .colour = S("blue")};
	b->code = code.id;
	enum err e = db_begin(b->db);
	if (e == ERR_OK)
		e = book_save(b->db, b->arena, &b->who, &code);
	return e == ERR_OK ? db_commit(b->db) : e;
}

static enum err
add_all(struct bench *b, int64_t n)
{
	enum err e = add_code(b);
	for (int64_t i = 0; e == ERR_OK && i < n; i += A_WRITE) {
		e = db_begin(b->db);
		for (int64_t k = i; e == ERR_OK && k < i + A_WRITE; k++)
			e = add(b, k);
		if (e == ERR_OK)
			e = db_commit(b->db);
		arena_reset(b->arena);
	}
	return e;
}

static int
by_size(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

static enum err
look(struct bench *b, const char *name, const struct contribution_filter *f)
{
	struct contribution_page page;
	int64_t took[TIMES];
	enum err e = ERR_OK;
	for (int i = 0; e == ERR_OK && i < TIMES; i++) {
		int64_t from_us = clock_mono_us();
		e = contribution_list(b->db, b->arena, &b->who, f, &page);
		took[i] = clock_mono_us() - from_us;
		arena_reset(b->arena);
	}
	qsort(took, TIMES, sizeof took[0], by_size);
	if (e == ERR_OK)
		printf("%s\t%.1f\n", name, (double)took[MIDDLE] / 1000);
	return e;
}

static enum err
look_all(struct bench *b)
{
	struct contribution_filter all = {.max = A_PAGE},
				   kind = {.kind = S("wish"), .max = A_PAGE},
				   rare = {.state = S("reviewed"),
				       .max = A_PAGE},
				   tag = {.tag = S("aften"), .max = A_PAGE},
				   code = {.code = b->code, .max = A_PAGE},
				   none = {.state = S("used"), .max = A_PAGE};
	enum err e = look(b, "newest", &all);
	if (e == ERR_OK)
		e = look(b, "a kind", &kind);
	if (e == ERR_OK)
		e = look(b, "a state that few have", &rare);
	if (e == ERR_OK)
		e = look(b, "a tag", &tag);
	if (e == ERR_OK)
		e = look(b, "a code", &code);
	if (e == ERR_OK)
		e = look(b, "a state that none has", &none);
	b->who.caps = CAP_READ | CAP_AGENDA;
	return e == ERR_OK ? look(b, "as a participant", &all) : e;
}

int
main(int argc, char **argv)
{
	int64_t n = 0;
	struct keys keys;
	struct bench b = {0};
	struct arena *a = arena_open((ptrdiff_t)256 * 1024 * 1024);
	if (a == NULL || argc != 3 || !str_int(str_c(argv[2]), &n))
		return 2;
	secret_init();
	log_set_level(LOG_WARN);
	catalogue_init();
	struct str dir = str_c(argv[1]);
	b.arena = arena_scratch(a);
	enum err e = drop_privileges(dir);
	if (e == ERR_OK)
		e = keys_load(dir, false, &keys);
	if (e == ERR_OK)
		e = db_open(a, &(struct db_place){.dir = dir}, DB_WRITE, &b.db);
	if (e == ERR_OK)
		e = example_leader(b.db, a, &keys, clock_now_us(), &b.who);
	if (e == ERR_OK)
		e = add_all(&b, n);
	if (e == ERR_OK)
		e = look_all(&b);
	if (e != ERR_OK)
		fprintf(stderr, "voices: %s: outcome %d\n", argv[1], (int)e);
	db_close(b.db);
	arena_close(a);
	return e == ERR_OK ? 0 : 1;
}
