/* SPDX-License-Identifier: MPL-2.0 */

/* Who can be drawn, and a draw that is asked for.  guide:S36 */
#include "model/sortition.h"

#include "model/job.h"
#include "tests/model/fixture.h"

static struct id
add_person(struct world *w, const char *age, const char *state)
{
	struct person p = {.id = id_new(NOW_US),
	    .alias = S("En"),
	    .actor_kind = S("citizen"),
	    .age = str_c(age),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Bor her"),
	    .source = S("named")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	CHECK_OK(
	    person_set_state(w->db, w->arena, &w->leader, p.id, str_c(state)));
	return p.id;
}

static const char SQL_ANSWER[] =
    "INSERT INTO person_value (org, network, person, field, value)"
    " VALUES ($1, $2, $3, $4, $5)";

static int
count(const struct pool *pool, int feature, const char *key)
{
	const struct pool_feature *f = &pool->feature[feature];
	for (ptrdiff_t v = 0; v < f->n; v++) {
		if (str_eq(f->value[v].key, str_c(key)))
			return f->value[v].people;
	}
	fail_msg("no value %s", key);
	return 0;
}

TEST_DB(pool_is_those_who_said_yes_by_what_they_told)
{
	struct world w;
	struct plan plan;
	struct pool pool;
	struct interest interest = {.open = true, .about = S("Kom og vær med")};
	world_new(&w, arena, db);
	interest.field[0] = (struct interest_field){
	    .label = S("Bydel"), .choices = S("Nord\nSyd")};
	CHECK_OK(interest_save(db, arena, &w.leader, &interest));
	CHECK_OK(interest_get(db, arena, &w.leader, &interest));
	struct id one = add_person(&w, "67-79", "yes");
	add_person(&w, "67-79", "active");
	add_person(&w, "", "yes");
	add_person(&w, "67-79", "no");
	add_person(&w, "67-79", "proposed");
	CHECK_OK(
	    db_exec(db, SQL_ANSWER, NULL, DB_ID(w.org.id), DB_ID(w.network),
		DB_ID(one), DB_ID(interest.field[0].id), DB_TEXT(S("Syd"))));
	CHECK_OK(plan_load(db, arena, &w.leader, &plan));
	CHECK_OK(sortition_pool(db, arena, &w.leader, &plan, &pool));
	CHECK_INT(pool.n, 3);
	CHECK_INT(pool.n_features, 3);
	CHECK_INT(count(&pool, 0, "67-79"), 2);
	CHECK_INT(count(&pool, 0, ""), 1);
	CHECK_INT(count(&pool, 1, ""), 3);
	CHECK_INT(count(&pool, 2, "Syd"), 1);
	CHECK_INT(count(&pool, 2, "Nord"), 0);
	CHECK(str_starts(pool.code[0], S("K-")));
	CHECK_INT(sortition_pool(db, arena, &w.participant, &plan, &pool),
	    ERR_DENIED);
}

TEST_DB(draw_is_asked_for_once_and_ends_once)
{
	struct world w;
	struct sortitions all;
	struct jobs jobs;
	struct sortition got,
	    s = {.id = id_new(NOW_US),
		.size = 2,
		.seed = S("6 6 6"),
		.people = S("id\n1\n"),
		.targets = S("feature,value,min,max\n")};
	world_new(&w, arena, db);
	CHECK_INT(sortition_add(db, arena, &w.participant, &s), ERR_DENIED);
	CHECK_OK(sortition_add(db, arena, &w.leader, &s));
	CHECK_OK(sortition_add(db, arena, &w.leader, &s));
	CHECK_OK(sortition_list(db, arena, &w.leader, &all));
	CHECK_INT(all.n, 1);
	CHECK_STR(all.list[0].state, S("waiting"));
	CHECK_OK(job_list(db, arena, &w.leader, &jobs));
	CHECK_INT(jobs.n, 1);

	s.state = S("done");
	s.proof = S("{}");
	CHECK_OK(sortition_end(db, arena, &w.leader, &s));
	s.proof = S("another");
	CHECK_OK(sortition_end(db, arena, &w.leader, &s));
	CHECK_OK(sortition_get(db, arena, &w.leader, s.id, &got));
	CHECK_STR(got.proof, S("{}"));
	CHECK_STR(got.people, s.people);
	CHECK_INT(
	    sortition_get(db, arena, &w.participant, s.id, &got), ERR_DENIED);
}
