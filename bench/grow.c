/* SPDX-License-Identifier: MPL-2.0 */
/* grow - makes the worked example's network as large as one ever gets.
 *
 *	grow DIR
 *
 * DIR holds the worked example that `samskab demo` makes, and no server runs
 * on it.  Adds 2,000 people with contact details, each asked a few times, 300
 * activities with contact plans and invitations, and 20 years of changes. */
#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "bench/example.h"
#include "jobs/sandbox.h"
#include "model/catalogue.h"
#include "model/person.h"
#include "model/plan.h"

enum {
	PEOPLE = 2000,
	ACTIVITIES = 300,
	TASKS = 200,
	CHANGES = 24, /* of each task: one a month in two years */
	YEARS = 20,
};

struct grow {
	struct db *db;
	struct arena *arena; /* of one write */
	struct keys keys;
	struct actor who;
	struct plan plan;
	struct id activity[ACTIVITIES];
	int64_t until_us;
};

/* The n-th of `of` moments in the last 20 years. */
static int64_t
moment(const struct grow *g, int64_t n, int64_t of)
{
	int64_t years_us = YEARS * INT64_C(365) * 24 * 3600 * SECOND_US;
	return g->until_us - years_us + years_us / of * n;
}

static struct str
ref_to(const struct grow *g, enum record_kind kind, ptrdiff_t n)
{
	const struct records *all = &g->plan.of[kind];
	return all->n == 0 ? S("") : all->list[n % all->n].id_text;
}

static enum err
save(struct grow *g, const struct record *r)
{
	struct record_saved saved;
	return record_save(g->db, g->arena, &g->who, r, &saved);
}

static struct record
new_record(struct grow *g, enum record_kind kind)
{
	return (struct record){.kind = kind,
	    .network = g->who.network,
	    .id = id_new(g->who.now_us)};
}

static enum err
add_person(struct grow *g, int64_t n)
{
	static const struct str states[] = {S_INIT("proposed"),
	    S_INIT("invited"), S_INIT("yes"), S_INIT("no"), S_INIT("active")};
	struct person p = {.id = id_new(g->who.now_us),
	    .alias = str_fmt(g->arena, "Borger %lld", (long long)n),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Passer en, der er syg, derhjemme"),
	    .source = S("import")};
	struct person_contact c = {
	    .name = str_fmt(g->arena, "Karen Holm %lld", (long long)n),
	    .mail = str_fmt(g->arena, "karen%lld@borger.example", (long long)n),
	    .address = S("Elmevej 3\n9999 Fjordby")};
	struct str group = ref_to(g, KIND_GROUP, n);
	if (group.n > 0 && !id_parse(group, &p.group))
		return ERR_INTERNAL;
	enum err e = person_save(g->db, g->arena, &g->who, &p);
	if (e == ERR_OK)
		e = person_contact_put(g->db, g->arena, &g->who, p.id, &c);
	if (e == ERR_OK)
		e = person_set_state(g->db, g->arena, &g->who, p.id,
		    states[n % COUNT_OF(states)]);
	for (int i = 0; e == ERR_OK && i < 3; i++)
		e = asked_add(g->db, g->arena, &g->who, p.id,
		    g->activity[(n + i) % ACTIVITIES], 45);
	return e;
}

static enum err
add_invitation(struct grow *g, struct id activity, int64_t n)
{
	struct record r = new_record(g, KIND_INVITATION);
	record_set(&r, "activity", id_text(g->arena, activity));
	record_set(&r, "target_group", ref_to(g, KIND_GROUP, n));
	record_set(&r, "lang", S("da"));
	record_set(&r, "about", S("Vi vil gerne høre, hvordan natten går."));
	record_set(&r, "why", S("Vi spørger dig, fordi du passer din mand."));
	record_set(&r, "how", S("Det tager en time, hjemme hos dig."));
	record_set(&r, "use", S("Det, du siger, bruges til nye aftaler."));
	record_set(&r, "hears_by", S("2026-12-24"));
	record_set(&r, "contact", S("Mette, 99 99 99 99"));
	return save(g, &r);
}

static enum err
add_activity(struct grow *g, int64_t n)
{
	struct record r = new_record(g, KIND_ACTIVITY);
	g->activity[n] = r.id;
	record_set(
	    &r, "title", str_fmt(g->arena, "Kaffe nr. %lld", (long long)n));
	record_set(&r, "method", S("interview"));
	record_set(&r, "groups", ref_to(g, KIND_GROUP, n));
	record_set(&r, "questions", ref_to(g, KIND_QUESTION, n));
	record_set(&r, "people", S("2"));
	record_set(&r, "room", S("alone"));
	record_set(&r, "place_kind", S("theirs"));
	record_set(&r, "minutes", S("60"));
	enum err e = save(g, &r);
	for (int i = 0; e == ERR_OK && i < 2; i++) {
		struct record c = new_record(g, KIND_CONTACT);
		record_set(&c, "activity", id_text(g->arena, r.id));
		record_set(&c, "how", i == 0 ? S("in_person") : S("phone"));
		record_set(&c, "state", S("planned"));
		e = save(g, &c);
	}
	return e == ERR_OK ? add_invitation(g, r.id, n) : e;
}

/* A task that was changed every month for two years. */
static enum err
add_task(struct grow *g, int64_t n)
{
	enum err e = ERR_OK;
	struct record r = new_record(g, KIND_TASK);
	record_set(&r, "state", S("done"));
	for (int i = 0; e == ERR_OK && i < CHANGES; i++) {
		g->who.now_us = moment(g, n * CHANGES + i, TASKS * CHANGES);
		record_set(&r, "title",
		    str_fmt(g->arena, "Ring til nr. %lld, gang %d",
			(long long)n, i));
		r.rev = i;
		e = save(g, &r);
	}
	return e;
}

/* 50 writes a transaction. */
static enum err
add_all(struct grow *g, enum err (*add)(struct grow *, int64_t), int64_t n)
{
	enum err e = ERR_OK;
	for (int64_t i = 0; e == ERR_OK && i < n; i++) {
		if (i % 50 == 0)
			e = db_begin(g->db);
		if (e == ERR_OK)
			e = add(g, i);
		if (e == ERR_OK && (i % 50 == 49 || i == n - 1))
			e = db_commit(g->db);
		arena_reset(g->arena);
		g->who.now_us += SECOND_US;
	}
	return e;
}

static enum err
grow(struct grow *g, struct arena *a, struct str dir)
{
	struct db_place place = {.dir = dir};
	g->until_us = clock_now_us();
	g->arena = arena_scratch(a);
	enum err e = drop_privileges(dir);
	if (e == ERR_OK)
		e = keys_load(dir, false, &g->keys);
	if (e == ERR_OK)
		e = db_open(a, &place, DB_WRITE, &g->db);
	if (e == ERR_OK)
		e = example_leader(g->db, a, &g->keys, g->until_us, &g->who);
	if (e == ERR_OK)
		e = plan_load(g->db, a, &g->who, &g->plan);
	if (e == ERR_OK)
		e = add_all(g, add_task, TASKS);
	g->who.now_us = g->until_us - 3600 * SECOND_US;
	if (e == ERR_OK)
		e = add_all(g, add_activity, ACTIVITIES);
	if (e == ERR_OK)
		e = add_all(g, add_person, PEOPLE);
	return e;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_open((ptrdiff_t)256 * 1024 * 1024);
	if (a == NULL || argc != 2)
		return 2;
	secret_init();
	log_set_level(LOG_WARN);
	catalogue_init();
	struct grow *g = arena_new(a, struct grow, 1);
	enum err e = grow(g, a, str_c(argv[1]));
	if (e != ERR_OK)
		fprintf(stderr, "grow: %s: outcome %d\n", argv[1], (int)e);
	db_close(g->db);
	arena_close(a);
	return e == ERR_OK ? 0 : 1;
}
