/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/model/decided.h"

#include "model/evidence.h"

struct id
decided_person(struct decided *s, const char *alias)
{
	struct person p = {.id = id_new(NOW_US),
	    .state = S("yes"),
	    .alias = str_c(alias),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Ved noget."),
	    .source = S("named")};
	CHECK_OK(person_save(s->w.db, s->w.arena, &s->w.leader, &p));
	return p.id;
}

struct id
decided_say_at(
    struct decided *s, struct id person, struct id activity, const char *words)
{
	struct contribution now;
	struct world *w = &s->w;
	struct contribution c = {.id = id_new(NOW_US),
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = str_c(words),
	    .person = person,
	    .activity = activity,
	    .basis = S("consent"),
	    .scope = SCOPE_DECISION,
	    .anonymity = S("alias"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &c, S("")));
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, c.id, &now));
	CHECK_OK(contribution_move(w->db, w->arena, &w->leader, &now,
	    &(struct contribution_step){S("reviewed"), S("")}));
	return c.id;
}

struct id
decided_say(struct decided *s, struct id person, const char *words)
{
	return decided_say_at(s, person, (struct id){0}, words);
}

struct id
decided_insight(struct decided *s, const char *statement)
{
	struct record r = world_record(&s->w, KIND_INSIGHT);
	record_set(&r, "statement", str_c(statement));
	record_set(&r, "question", S(""));
	record_set(&r, "tension", S(""));
	world_save(&s->w, &r);
	return r.id;
}

void
decided_new(struct decided *s, struct arena *a, struct db *db)
{
	world_new(&s->w, a, db);
	s->karen = decided_person(s, "Karen");
	s->ole = decided_person(s, "Ole");
	s->light = decided_say(s, s->karen, "Lys ved stien.");
	s->path = decided_say(s, s->ole, "En ny sti.");
	struct record r = {.kind = KIND_DECISION,
	    .network = s->w.network,
	    .id = id_new(NOW_US)};
	record_set(&r, "title", S("Lys ved skolen"));
	record_set(&r, "question", S("Skal der lys ved stien?"));
	record_set(&r, "body", S("Teknisk udvalg"));
	record_set(&r, "room", S("Hvor lyset skal stå."));
	world_save(&s->w, &r);
	s->decision = r.id;
}

struct decision
decided_now(struct decided *s)
{
	struct decision d;
	CHECK_OK(
	    decision_get(s->w.db, s->w.arena, &s->w.leader, s->decision, &d));
	return d;
}

enum err
decided_take(struct decided *s, const char *reason)
{
	struct decision d = decided_now(s);
	struct decision_taking t = {.outcome = S("adopted"),
	    .taken = S("2026-11-20"),
	    .reason = str_c(reason)};
	return decision_take(s->w.db, s->w.arena, &s->w.decider, &d, &t);
}

enum err
decided_link(struct decided *s, enum trace_kind kind, struct id source,
    enum grade grade, const char *words)
{
	struct decision d = decided_now(s);
	struct trace_link link = {.source = source,
	    .kind = kind,
	    .grade = grade,
	    .words = str_c(words)};
	return trace_put(s->w.db, s->w.arena, &s->w.leader, &d,
	    &(struct trace_links){&link, 1});
}

struct trace
decided_trace(struct decided *s)
{
	struct trace t;
	struct decision *d = arena_new(s->w.arena, struct decision, 1);
	*d = decided_now(s);
	CHECK_OK(trace_load(s->w.db, s->w.arena, &s->w.leader, d, &t));
	return t;
}

int
decided_grade(struct decided *s, struct id voice)
{
	struct trace t = decided_trace(s);
	for (ptrdiff_t i = 0; i < t.n; i++) {
		if (id_eq(t.voice[i].contribution, voice))
			return t.voice[i].via == NULL
			    ? GRADES
			    : (int)t.voice[i].via->grade;
	}
	return -1;
}

enum err
decided_send(struct decided *s, struct id person, const char *channel)
{
	struct replies all;
	struct trace t = decided_trace(s);
	CHECK_OK(reply_list(s->w.db, s->w.arena, &s->w.leader, &t, &all));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		struct reply_to r = all.list[i];
		r.channel = str_c(channel);
		if (id_eq(r.person, person))
			return reply_send(
			    s->w.db, s->w.arena, &s->w.leader, &r);
	}
	return ERR_NOT_FOUND;
}
