/* SPDX-License-Identifier: MPL-2.0 */
#include "model/outbox.h"

#include <pthread.h>
#include <string.h>

#include "base/buf.h"
#include "db/migrate.h"
#include "tests/model/fixture.h"

static struct mail
letter(void)
{
	return (struct mail){.kind = S("signin"),
	    .to = S("åse@nej"),
	    .subject = S("Dit link til Samskab"),
	    .body = S("Kære Åse\n\nhttps://samskab.example/x\n"),
	    .has_smtp = true};
}

static void
add(struct world *w, const char *to, const char *once)
{
	struct mail mail = letter();
	mail.to = str_c(to);
	mail.once = str_c(once);
	CHECK_OK(mail_add(w->db, w->arena, &w->program, &mail));
}

static struct mail_claim
claim(struct world *w, int64_t after_us)
{
	struct mail_claim c;
	w->program.now_us = NOW_US + after_us;
	CHECK_OK(mail_claim(w->db, w->arena, &w->program, &c));
	return c;
}

static enum err
claim_none(struct world *w, int64_t after_us)
{
	struct mail_claim c;
	w->program.now_us = NOW_US + after_us;
	return mail_claim(w->db, w->arena, &w->program, &c);
}

static struct mail_line
first(struct world *w)
{
	struct mail_lines lines;
	CHECK_OK(mail_list(w->db, w->arena, &w->program,
	    (struct mail_query){.open = true}, &lines));
	CHECK(lines.n > 0);
	return lines.list[0];
}

TEST(mail_address_is_one_plain_address)
{
	static const char *const good[] = {"a@b.dk",
	    "anne-marie.o'neil+x@kommune.dk", "a@sub.domain.example",
	    "x_1%2@b2.co"};
	static const char *const bad[] = {"", "a", "@b.dk", "a@", "a@b",
	    "a@.dk", "a@b.", "a@b..dk", "a@-b.dk", "a b@c.dk", "a@b.dk ",
	    "a@b.dk,c@d.dk", "a@b.dk;c@d.dk", "<a@b.dk>", "\"a\"@b.dk",
	    "a@b.dk\r\nBcc: c@d.dk", "a@b.dk\n", "a@@b.dk", "a@b@c.dk",
	    "åse@b.dk", "a@[127.0.0.1]", "a(x)@b.dk", "a\\b@c.dk", "a\t@b.dk"};
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++)
		CHECK(mail_address_ok(str_c(good[i])));
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		if (mail_address_ok(str_c(bad[i])))
			print_error("taken: %s\n", bad[i]);
		CHECK(!mail_address_ok(str_c(bad[i])));
	}
	CHECK(!mail_address_ok((struct str){"a\0b@c.dk", 8}));
	struct buf b = buf_new(arena, 1024);
	for (int i = 0; i < 65; i++)
		buf_byte(&b, 'a');
	buf_add(&b, S("@b.dk"));
	CHECK(!mail_address_ok(buf_str(&b)));
	CHECK(mail_address_ok(str_sub(buf_str(&b), 1, b.n)));
}

TEST_DB(mail_add_refuses_many_recipients_and_header_lines)
{
	struct world w;
	world_bare(&w, arena, db);
	struct buf many = buf_new(arena, 1024 * 1024);
	for (int i = 0; i < 10000; i++)
		buf_fmt(&many, "%sp%d@fjordby.example", i > 0 ? "," : "", i);
	static const struct str subjects[] = {S_INIT("x\r\nBcc: c@d.dk"),
	    S_INIT("x\ny"), S_INIT("\r"), S_INIT("x\0y"), S_INIT("")};
	struct mail mail = letter();
	mail.to = buf_str(&many);
	CHECK_INT(mail_add(db, arena, &w.program, &mail), ERR_INVALID);
	mail.to = S("a@b.dk");
	for (ptrdiff_t i = 0; i < COUNT_OF(subjects); i++) {
		mail.subject = subjects[i];
		CHECK_INT(mail_add(db, arena, &w.program, &mail), ERR_INVALID);
	}
	mail.subject = S("Emne");
	mail.body = S("a\xff");
	CHECK_INT(mail_add(db, arena, &w.program, &mail), ERR_INVALID);
	struct mail_counts counts;
	CHECK_OK(mail_counts(db, arena, w.org.id, &counts));
	CHECK_INT(counts.waiting, 0);
	mail.body = S("a"); /* the control */
	CHECK_OK(mail_add(db, arena, &w.program, &mail));
}

TEST_DB(mail_is_claimed_sent_and_wiped)
{
	struct world w;
	struct ids orgs;
	world_bare(&w, arena, db);
	add(&w, "aase@fjordby.example", "");
	CHECK_OK(mail_due(db, arena, NOW_US, &orgs));
	CHECK_INT(orgs.n, 1);
	CHECK(id_eq(orgs.list[0], w.org.id));
	struct mail_claim c = claim(&w, SECOND_US);
	CHECK(c.readable);
	CHECK_STR(c.to, S("aase@fjordby.example"));
	CHECK_STR(c.subject, letter().subject);
	CHECK_STR(c.body, letter().body);
	CHECK_INT(c.attempts, 1);
	CHECK_STR(first(&w).state, S("sending"));
	CHECK_INT(claim_none(&w, SECOND_US), ERR_NOT_FOUND);
	CHECK_OK(mail_due(db, arena, NOW_US + SECOND_US, &orgs));
	CHECK_INT(orgs.n, 0);
	CHECK_OK(mail_sent(db, &w.program, &c));
	struct mail_line line;
	CHECK_OK(mail_get(db, arena, &w.program, c.id, &line));
	CHECK_STR(line.state, S("sent"));
	CHECK_INT(line.body.n, 0);
	CHECK_INT(line.ended_us, NOW_US + SECOND_US);
	CHECK_INT(claim_none(&w, DAY_US), ERR_NOT_FOUND);
}

TEST_DB(mail_of_a_dead_runner_is_taken_over_as_the_same)
{
	struct world w;
	world_bare(&w, arena, db);
	add(&w, "aase@fjordby.example", "");
	struct mail_claim dead = claim(&w, 0);
	int64_t lease = MAIL_LEASE_MINUTES * MINUTE_US;
	CHECK_INT(claim_none(&w, lease - 1), ERR_NOT_FOUND);
	struct mail_claim next = claim(&w, lease);
	CHECK(id_eq(next.id, dead.id));
	CHECK_INT(next.attempts, 2);
	/* the first one was only slow: it may not speak for the row now */
	CHECK_INT(mail_sent(db, &w.program, &dead), ERR_CONFLICT);
	CHECK_INT(mail_later(db, &w.program, &dead, S("x")), ERR_CONFLICT);
	CHECK_INT(mail_refused(db, &w.program, &dead, S("x")), ERR_CONFLICT);
	CHECK_STR(first(&w).state, S("sending"));
	CHECK_OK(mail_sent(db, &w.program, &next));
}

TEST_DB(mail_is_tried_for_three_days_and_then_kept_as_failed)
{
	struct world w;
	world_bare(&w, arena, db);
	add(&w, "aase@fjordby.example", "");
	static const int minutes[] = {1, 5, 30, 120, 360};
	int64_t at_us = 0;
	for (int i = 1; i <= MAIL_TRIES; i++) {
		struct mail_claim c = claim(&w, at_us);
		CHECK_INT(c.attempts, i);
		CHECK_OK(mail_later(db, &w.program, &c, S("not_now")));
		struct mail_line line = first(&w);
		CHECK_STR(line.fault, S("not_now"));
		if (i == MAIL_TRIES)
			break;
		CHECK_STR(line.state, S("waiting"));
		int64_t pause = line.due_us - w.program.now_us;
		if (i <= COUNT_OF(minutes))
			CHECK_INT(pause, minutes[i - 1] * MINUTE_US);
		CHECK_INT(claim_none(&w, at_us + pause - 1), ERR_NOT_FOUND);
		at_us += pause;
	}
	CHECK(at_us > 3 * DAY_US && at_us < 4 * DAY_US);
	struct mail_line line = first(&w);
	CHECK_STR(line.state, S("failed"));
	CHECK_STR(line.subject, letter().subject);
	CHECK_OK(mail_get(db, arena, &w.program, line.id, &line));
	CHECK_STR(line.body, letter().body);
	/* and the administrator lets it go again */
	CHECK_OK(mail_resend(db, arena, &w.program, line.id));
	CHECK_INT(claim(&w, at_us).attempts, 1);
}

TEST_DB(mail_without_a_server_is_kept_until_there_is_one)
{
	struct world w;
	struct mail mail = letter();
	world_bare(&w, arena, db);
	mail.to = S("aase@fjordby.example");
	mail.has_smtp = false;
	CHECK_OK(mail_add(db, arena, &w.program, &mail));
	CHECK_STR(first(&w).state, S("kept"));
	CHECK_INT(claim_none(&w, 400 * DAY_US), ERR_NOT_FOUND);
	CHECK_OK(mail_sweep(db, &w.program));
	struct mail_line line;
	CHECK_OK(mail_get(db, arena, &w.program, first(&w).id, &line));
	CHECK_STR(line.body, mail.body);
	CHECK_OK(mail_release(db, &w.program));
	CHECK_STR(claim(&w, 400 * DAY_US).body, mail.body);
}

TEST_DB(mail_with_the_same_once_is_one_mail)
{
	struct world w;
	struct mail_lines lines;
	world_bare(&w, arena, db);
	add(&w, "aase@fjordby.example", "task:1:2026-11-24");
	add(&w, "aase@fjordby.example", "task:1:2026-11-24");
	add(&w, "aase@fjordby.example", "task:1:2026-11-25");
	add(&w, "aase@fjordby.example", "");
	add(&w, "aase@fjordby.example", "");
	CHECK_OK(
	    mail_list(db, arena, &w.program, (struct mail_query){0}, &lines));
	CHECK_INT(lines.n, 4);
}

TEST_DB(mail_is_swept_after_its_time)
{
	struct world w;
	struct mail_counts n;
	world_bare(&w, arena, db);
	add(&w, "a@fjordby.example", "");
	add(&w, "b@fjordby.example", "");
	struct mail_claim one = claim(&w, 0), two = claim(&w, 0);
	CHECK_OK(mail_sent(db, &w.program, &one));
	CHECK_OK(mail_refused(db, &w.program, &two, S("refused")));
	static const struct {
		int days;
		int sent, failed;
	} steps[] = {{MAIL_SENT_DAYS - 1, 1, 1}, {MAIL_SENT_DAYS, 0, 1},
	    {MAIL_FAILED_DAYS - 1, 0, 1}, {MAIL_FAILED_DAYS, 0, 0}};
	for (ptrdiff_t i = 0; i < COUNT_OF(steps); i++) {
		w.program.now_us = NOW_US + steps[i].days * DAY_US;
		CHECK_OK(mail_sweep(db, &w.program));
		CHECK_OK(mail_counts(db, arena, w.org.id, &n));
		CHECK_INT(n.sent, steps[i].sent);
		CHECK_INT(n.failed, steps[i].failed);
	}
}

TEST_DB(mail_to_an_erased_person_is_gone)
{
	struct world w;
	struct mail_lines lines;
	world_bare(&w, arena, db);
	add(&w, "Aase@Fjordby.example", "");
	add(&w, "ali@fjordby.example", "");
	CHECK_OK(
	    mail_forget(db, arena, &w.program, S(" aase@fjordby.EXAMPLE")));
	CHECK_OK(mail_list(
	    db, arena, &w.program, (struct mail_query){.open = true}, &lines));
	CHECK_INT(lines.n, 1);
	CHECK_STR(lines.list[0].to, S("ali@fjordby.example"));
}

TEST_DB(mail_is_the_administrators_alone)
{
	struct world w;
	struct mail_lines lines;
	struct mail_line line;
	world_new(&w, arena, db);
	add(&w, "aase@fjordby.example", "");
	struct id id = first(&w).id;
	struct actor admin = world_as(&w, w.mette), other = world_as(&w, w.ali);
	struct mail_query all = {0};
	CHECK_INT(mail_list(db, arena, &other, all, &lines), ERR_DENIED);
	CHECK_INT(mail_get(db, arena, &other, id, &line), ERR_DENIED);
	CHECK_INT(mail_resend(db, arena, &other, id), ERR_DENIED);
	CHECK_INT(mail_delete(db, arena, &other, id), ERR_DENIED);
	CHECK_OK(mail_list(db, arena, &admin, all, &lines));
	CHECK_INT(lines.n, 1);
	CHECK_INT(lines.list[0].to.n, 0); /* not opened unless asked for */
	CHECK_OK(mail_get(db, arena, &admin, id, &line));
	CHECK_STR(line.to, S("aase@fjordby.example"));
	CHECK_OK(mail_delete(db, arena, &admin, id));
	CHECK_INT(mail_get(db, arena, &admin, id, &line), ERR_NOT_FOUND);
	CHECK_INT(mail_delete(db, arena, &admin, id), ERR_NOT_FOUND);
}

TEST_DB(mail_of_another_organisation_is_not_there)
{
	struct world w;
	struct mail_lines lines;
	struct mail_line line;
	world_bare(&w, arena, db);
	add(&w, "aase@fjordby.example", "");
	struct id id = first(&w).id;
	struct org other = {.id = id_new(NOW_US), .name = S("Bakkeby")};
	CHECK_OK(org_create(db, arena, other, NOW_US));
	struct actor who = actor_program(other.id, &w.keys, NOW_US);
	struct mail_claim c;
	CHECK_OK(mail_list(db, arena, &who, (struct mail_query){0}, &lines));
	CHECK_INT(lines.n, 0);
	CHECK_INT(mail_get(db, arena, &who, id, &line), ERR_NOT_FOUND);
	CHECK_INT(mail_resend(db, arena, &who, id), ERR_NOT_FOUND);
	CHECK_INT(mail_delete(db, arena, &who, id), ERR_NOT_FOUND);
	CHECK_INT(mail_claim(db, arena, &who, &c), ERR_NOT_FOUND);
	CHECK_OK(mail_forget(db, arena, &who, S("aase@fjordby.example")));
	CHECK_INT(first(&w).attempts, 0); /* it still is */
}

TEST_DB(mail_that_is_sent_or_being_sent_is_not_sent_again)
{
	struct world w;
	world_bare(&w, arena, db);
	add(&w, "aase@fjordby.example", "");
	struct mail_claim c = claim(&w, 0);
	CHECK_INT(mail_resend(db, arena, &w.program, c.id), ERR_CONFLICT);
	CHECK_OK(mail_sent(db, &w.program, &c));
	CHECK_INT(mail_resend(db, arena, &w.program, c.id), ERR_CONFLICT);
}

static const char SQL_RAW[] =
    "SELECT recipient, subject, body FROM outbox WHERE org = $1";
static const char SQL_SWAP[] =
    "UPDATE outbox SET subject = body WHERE org = $1";

TEST_DB(mail_lies_sealed_and_boxes_cannot_be_swapped)
{
	struct world w;
	struct db_row row;
	world_bare(&w, arena, db);
	add(&w, "aase@fjordby.example", "");
	CHECK_OK(db_one(db, arena, SQL_RAW, &row, DB_ID(w.org.id)));
	CHECK_LACKS(db_blob(&row, 0), S("aase"));
	CHECK_LACKS(db_blob(&row, 1), S("Samskab"));
	CHECK_LACKS(db_blob(&row, 2), S("samskab.example"));
	CHECK_OK(db_exec(db, SQL_SWAP, NULL, DB_ID(w.org.id)));
	CHECK(!claim(&w, 0).readable);
}

TEST_DB(mail_list_comes_in_pages_the_newest_first)
{
	struct world w;
	struct mail_lines lines;
	world_bare(&w, arena, db);
	for (int i = 0; i < MAIL_PAGE + 5; i++) {
		w.program.now_us = NOW_US + i * SECOND_US;
		add(&w, "aase@fjordby.example", "");
	}
	struct mail_query query = {0};
	CHECK_OK(mail_list(db, arena, &w.program, query, &lines));
	CHECK_INT(lines.n, MAIL_PAGE);
	CHECK_INT(
	    lines.list[0].created_us, NOW_US + (MAIL_PAGE + 4) * SECOND_US);
	query.before = lines.list[MAIL_PAGE - 1].id;
	CHECK_OK(mail_list(db, arena, &w.program, query, &lines));
	CHECK_INT(lines.n, 5);
	CHECK_INT(lines.list[4].created_us, NOW_US);
}

/* ---- several processes on one PostgreSQL ---- */

enum { CLAIMERS = 4, CLAIMED = 40 };

struct claimer {
	struct db *db;
	struct actor who;
	struct id got[CLAIMED];
	int n;
};

static enum err
claim_once(struct claimer *c, struct arena *a)
{
	struct mail_claim claimed;
	enum err e = db_begin(c->db);
	if (e == ERR_OK) {
		e = mail_claim(c->db, a, &c->who, &claimed);
		if (e == ERR_OK)
			e = db_commit(c->db);
		else
			db_rollback(c->db);
	}
	if (e == ERR_OK)
		c->got[c->n++] = claimed.id;
	return e;
}

/* Nothing found may mean that somebody was faster: asked again a few times. */
static void *
claim_all(void *arg)
{
	struct claimer *c = arg;
	struct arena *a = arena_open(16 * 1024 * 1024);
	for (int in_vain = 0; in_vain < 20 && c->n < CLAIMED;) {
		if (claim_once(c, a) != ERR_OK)
			in_vain++;
	}
	arena_close(a);
	return NULL;
}

TEST(mail_claims_of_many_connections_never_meet)
{
	struct world w;
	struct claimer claimer[CLAIMERS];
	pthread_t thread[CLAIMERS];
	struct id all[CLAIMERS * CLAIMED];
	int n = 0;
	struct db_place place = test_place(arena, DB_POSTGRES);
	struct db *db;
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	CHECK_OK(migrate_up(db, arena, migrate_embedded(), 1));
	world_bare(&w, arena, db);
	for (int i = 0; i < CLAIMED; i++)
		add(&w, "aase@fjordby.example", "");
	for (int i = 0; i < CLAIMERS; i++) {
		claimer[i] = (struct claimer){.who = w.program};
		CHECK_OK(db_open(arena, &place, DB_WRITE, &claimer[i].db));
	}
	for (int i = 0; i < CLAIMERS; i++)
		CHECK_INT(
		    pthread_create(&thread[i], NULL, claim_all, &claimer[i]),
		    0);
	for (int i = 0; i < CLAIMERS; i++) {
		pthread_join(thread[i], NULL);
		memcpy(&all[n], claimer[i].got,
		    (size_t)claimer[i].n * sizeof all[0]);
		n += claimer[i].n;
	}
	CHECK_INT(n, CLAIMED);
	for (int i = 0; i < n; i++) {
		for (int k = 0; k < i; k++)
			CHECK(!id_eq(all[i], all[k]));
	}
}
