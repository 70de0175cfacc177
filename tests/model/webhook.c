/* SPDX-License-Identifier: MPL-2.0 */

/* Where calls may go, who may ask for them, and that one is one. */
#include "model/webhook.h"

#include "model/dialogue.h"
#include "tests/model/fixture.h"

TEST(webhook_reads_an_address_in_one_way)
{
	static const char *const good[][2] = {
	    {"https://program.dk", "https://program.dk"},
	    {"https://program.dk:443/x?y=1", "https://program.dk"},
	    {"https://program.dk:8443/", "https://program.dk:8443"},
	    {"http://127.0.0.1:9/x", "http://127.0.0.1:9"},
	    {"http://[::1]:9", "http://[::1]:9"}};
	static const char *const bad[] = {"", "program.dk", "ftp://program.dk",
	    "http://program.dk", "http://127.0.0.2", "https://", "https:///x",
	    "https://a@program.dk", "https://program.dk#x",
	    "https://program.dk\\@x", "https://Program.dk",
	    "https://program.dk:0", "https://program.dk:65536",
	    "https://program.dk:x", "https://program.dk x",
	    "https://program.dk/\r\nHost: x", "https://[::1", "https://æ.dk",
	    "https://program.dk?x", "https://pro%67ram.dk", "https://.dk"};
	struct webhook_url url;
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++) {
		CHECK(webhook_url_parse(arena, str_c(good[i][0]), &url));
		CHECK_STR(url.origin, str_c(good[i][1]));
	}
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++)
		CHECK(!webhook_url_parse(arena, str_c(bad[i]), &url));
}

TEST_DB(webhook_goes_where_an_administrator_allowed)
{
	struct world w;
	struct str secret;
	struct webhooks all;
	world_new(&w, arena, db);
	struct webhook hook = {
	    .id = id_new(NOW_US), .url = S("https://program.dk/x")};
	CHECK_INT(
	    webhook_make(db, arena, &w.leader, &hook, &secret), ERR_DENIED);
	CHECK_INT(webhook_allow(db, arena, &w.program, S("https://x.dk/y")),
	    ERR_INVALID);
	CHECK_OK(webhook_allow(db, arena, &w.program, S("https://program.dk")));
	struct actor reader = w.leader;
	reader.caps = CAP_READ;
	CHECK_INT(
	    webhook_allow(db, arena, &reader, S("https://x.dk")), ERR_DENIED);
	CHECK_INT(webhook_make(db, arena, &reader, &hook, &secret), ERR_DENIED);
	CHECK_OK(webhook_make(db, arena, &w.leader, &hook, &secret));
	CHECK(secret.n > 0);
	CHECK_OK(webhook_make(db, arena, &w.leader, &hook, &secret));
	CHECK_INT(secret.n, 0); /* shown once */
	CHECK_OK(webhook_list(db, arena, &w.leader, &all));
	CHECK_INT(all.n, 1);
}

TEST_DB(webhook_of_the_same_in_a_minute_is_one_call)
{
	struct world w;
	struct str secret;
	struct jobs jobs;
	world_new(&w, arena, db);
	struct webhook hook = {
	    .id = id_new(NOW_US), .url = S("https://program.dk/x")};
	struct id x = id_new(NOW_US + 1), y = id_new(NOW_US + 2);
	CHECK_OK(webhook_allow(db, arena, &w.program, S("https://program.dk")));
	CHECK_OK(webhook_notify(db, arena, &w.leader, S("idea.given"), x));
	CHECK_OK(job_list(db, arena, &w.leader, &jobs));
	CHECK_INT(jobs.n, 0); /* nobody asked for it */
	CHECK_OK(webhook_make(db, arena, &w.leader, &hook, &secret));
	CHECK_OK(webhook_notify(db, arena, &w.leader, S("idea.given"), x));
	CHECK_OK(webhook_notify(db, arena, &w.leader, S("idea.given"), x));
	CHECK_OK(webhook_notify(db, arena, &w.leader, S("idea.given"), y));
	CHECK_OK(job_list(db, arena, &w.leader, &jobs));
	CHECK_INT(jobs.n, 2);
	struct actor later = w.leader;
	later.now_us += MINUTE_US;
	CHECK_OK(webhook_notify(db, arena, &later, S("idea.given"), x));
	CHECK_OK(job_list(db, arena, &w.leader, &jobs));
	CHECK_INT(jobs.n, 3);
	CHECK_OK(webhook_end(db, arena, &w.leader, hook.id));
	later.now_us += MINUTE_US;
	CHECK_OK(webhook_notify(db, arena, &later, S("idea.given"), x));
	CHECK_OK(job_list(db, arena, &w.leader, &jobs));
	CHECK_INT(jobs.n, 3);
}

/* ---- a dialogue ---- */

/* How many calls wait that tell `event` of it. */
static int
told(struct world *w, const char *event, struct id about)
{
	struct jobs jobs;
	int n = 0;
	struct str id = id_text(w->arena, about);
	CHECK_OK(job_list(w->db, w->arena, &w->leader, &jobs));
	for (ptrdiff_t i = 0; i < jobs.n; i++)
		n += str_find(jobs.list[i].args, str_c(event)) >= 0 &&
		    str_find(jobs.list[i].args, id) >= 0;
	return n;
}

static void
set(struct world *w, struct record *r, const char *field, const char *value)
{
	struct record_saved saved;
	w->leader.now_us += MINUTE_US; /* the same in a minute is one call */
	CHECK_OK(
	    record_get(w->db, w->arena, &w->leader, KIND_DIALOGUE, r->id, r));
	record_set(r, field, str_c(value));
	CHECK_OK(record_save(w->db, w->arena, &w->leader, r, &saved));
	CHECK_OK(
	    record_get(w->db, w->arena, &w->leader, KIND_DIALOGUE, r->id, r));
}

static struct record
heard_dialogue(struct world *w)
{
	struct str secret;
	struct webhook hook = {
	    .id = id_new(NOW_US), .url = S("https://program.dk/x")};
	struct record r = world_record(w, KIND_DIALOGUE);
	CHECK_OK(webhook_allow(
	    w->db, w->arena, &w->program, S("https://program.dk")));
	CHECK_OK(webhook_make(w->db, w->arena, &w->leader, &hook, &secret));
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	record_set(&r, "state", S("draft"));
	record_set(&r, "ends", S("2026-12-10"));
	world_save(w, &r);
	return r;
}

TEST_DB(webhook_tells_when_a_dialogue_opens_and_closes)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = heard_dialogue(&w);
	CHECK_INT(told(&w, "dialogue", r.id), 0);
	set(&w, &r, "state", "open");
	CHECK_INT(told(&w, "dialogue.opened", r.id), 1);
	set(&w, &r, "question", "Hvad hjælper jer?"); /* not that */
	CHECK_INT(told(&w, "dialogue", r.id), 1);
	set(&w, &r, "state", "closed");
	CHECK_INT(told(&w, "dialogue.closed", r.id), 1);
	set(&w, &r, "state", "draft");
	CHECK_INT(told(&w, "dialogue", r.id), 2);
	set(&w, &r, "state", "open");
	CHECK_INT(told(&w, "dialogue.opened", r.id), 2);
}

TEST_DB(webhook_tells_when_an_open_dialogue_is_taken_out_or_put_back)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = heard_dialogue(&w);
	CHECK_OK(
	    record_remove(db, arena, &w.leader, KIND_DIALOGUE, r.id, r.rev));
	CHECK_OK(record_restore(
	    db, arena, &w.leader, KIND_DIALOGUE, r.id, r.rev + 1));
	CHECK_INT(told(&w, "dialogue", r.id), 0); /* it was none that is open */
	set(&w, &r, "state", "open");
	w.leader.now_us += MINUTE_US;
	CHECK_OK(
	    record_remove(db, arena, &w.leader, KIND_DIALOGUE, r.id, r.rev));
	CHECK_INT(told(&w, "dialogue.closed", r.id), 1);
	CHECK_OK(record_restore(
	    db, arena, &w.leader, KIND_DIALOGUE, r.id, r.rev + 1));
	CHECK_INT(told(&w, "dialogue.opened", r.id), 2);
}

/* The last day counts in whole: then it is closed, once. */
TEST_DB(webhook_tells_when_a_dialogue_closes_by_its_last_day)
{
	struct world w;
	world_new(&w, arena, db);
	struct record r = heard_dialogue(&w);
	set(&w, &r, "state", "open");
	struct date last = {2026, 12, 10};
	struct actor then = w.program;
	int64_t days = date_days(last) - date_days(date_danish(then.now_us));
	then.now_us += days * DAY_US;
	CHECK_OK(dialogue_sweep(db, arena, &then));
	CHECK_INT(told(&w, "dialogue.closed", r.id), 0);
	then.now_us += DAY_US;
	CHECK_OK(dialogue_sweep(db, arena, &then));
	CHECK_OK(dialogue_sweep(db, arena, &then));
	CHECK_INT(told(&w, "dialogue.closed", r.id), 1);
	CHECK_OK(record_get(db, arena, &w.leader, KIND_DIALOGUE, r.id, &r));
	CHECK_STR(record_value(&r, "state"), S("closed"));
	CHECK(!id_is_set(r.changed_by)); /* nobody did */
	/* Opened anew by who moves the day. */
	set(&w, &r, "ends", "2027-01-10");
	CHECK_INT(told(&w, "dialogue.opened", r.id), 1);
	set(&w, &r, "state", "open");
	CHECK_INT(told(&w, "dialogue.opened", r.id), 2);
}
