/* SPDX-License-Identifier: MPL-2.0 */

/* Where calls may go, who may ask for them, and that one is one. */
#include "model/webhook.h"

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
