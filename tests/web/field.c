/* SPDX-License-Identifier: MPL-2.0 */

/* The field page: its shell and what the browser may do with it, and what the
 * phone is told when it sends. */
#include "model/field.h"

#include "base/buf.h"
#include "tests/web/site.h"

struct out {
	struct web w;
	struct field_day day;
	struct id item;
};

static void
out_new(struct out *o, struct arena *a, struct db *db)
{
	*o = (struct out){.item = id_new(NOW_US + 1)};
	web_new(&o->w, a, db);
	web_sign_in(&o->w, o->w.world.mette);
	o->day.id = id_new(NOW_US);
	CHECK_OK(field_day_begin(db, a, &o->w.world.leader, &o->day, 24));
	CHECK_OK(field_day_get(db, a, &o->w.world.leader, o->day.id, &o->day));
}

/* The first part of a voice, as the phone sends it. */
static void
bring(struct out *o, const char *form)
{
	struct world *w = &o->w.world;
	struct field_part p = {
	    .id = o->item, .day = o->day.id, .kind = S("voice")};
	p.box = envelope_close(w->arena, o->day.pair.point, str_c(form),
	    str_cat(w->arena, id_text(w->arena, p.id), S("/0")));
	CHECK_OK(field_put(w->db, w->arena, &w->leader, &p));
}

static struct reply
take(struct out *o)
{
	struct arena *a = o->w.world.arena;
	return web_post(&o->w,
	    STR_JOIN(
		a, web_path(&o->w, "/felt/"), id_text(a, o->item), S("/ind")),
	    S("dele=1"));
}

#define WHOLE                                                         \
	"original=Lampen+er+slukket&kind=wish&scope=1&anonymity=none" \
	"&basis=consent&given_by=self&told=L%C3%A6st+h%C3%B8jt&sound=1"

static int64_t
count_voices(struct out *o, struct contribution *first)
{
	struct world *w = &o->w.world;
	struct contribution_page page;
	CHECK_OK(contribution_list(w->db, w->arena, &w->leader,
	    &(struct contribution_filter){.max = 9}, &page));
	if (page.n > 0)
		*first = page.list[0];
	return page.n;
}

TEST_DB(field_page_is_a_shell_without_anybody_in_it)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply mine = web_get(&w, web_path(&w, "/felt"));
	CHECK_INT(mine.status, 200);
	CHECK(str_find(mine.body, w.csrf) < 0);
	CHECK(str_find(mine.body, S("Mette")) < 0);
	CHECK_HAS(http_get(mine.headers, S("Permissions-Policy")),
	    S("microphone=(self)"));
	CHECK_HAS(http_get(mine.headers, S("Content-Security-Policy")),
	    S("script-src 'self'"));
	web_sign_in(&w, w.world.ali); /* a participant records nothing */
	struct reply theirs = web_get(&w, web_path(&w, "/felt"));
	CHECK_HAS(http_get(theirs.headers, S("Permissions-Policy")),
	    S("microphone=()"));
	CHECK(str_find(theirs.body, S("felt-optag")) < 0);
	CHECK(str_find(mine.body, S("felt-optag")) >= 0);
}

TEST_DB(field_page_can_be_installed)
{
	struct web w;
	web_new(&w, arena, db);
	struct reply r = web_get(&w, S("/felt-tjener.js"));
	CHECK_INT(r.status, 200);
	CHECK_STR(
	    http_get(r.headers, S("Service-Worker-Allowed")), S("/netvaerk/"));
	CHECK_STR(http_get(r.headers, S("Cache-Control")), S("no-cache"));
	CHECK_HAS(r.body, S("/assets/field.")); /* what it keeps */
	CHECK(str_find(r.body, S("/netvaerk/")) < 0);
	web_sign_in(&w, w.world.mette);
	r = web_get(&w, web_path(&w, "/felt.webmanifest"));
	CHECK_HAS(r.body, S("\"display\":\"standalone\""));
	CHECK_HAS(r.body, web_path(&w, "/felt"));
}

/* guide:S50 guide:S55 */
TEST_DB(field_words_are_in_once_with_what_was_read_out)
{
	struct out o;
	struct contribution c;
	struct receipts all;
	out_new(&o, arena, db);
	bring(&o, WHOLE "&at=1795507200000");
	CHECK_HAS(take(&o).body, S("\"state\":\"received\""));
	CHECK_HAS(take(&o).body, S("\"state\":\"received\""));
	CHECK_INT(count_voices(&o, &c), 1);
	CHECK_STR(c.original, S("Lampen er slukket"));
	CHECK(!id_eq(c.id, o.item)); /* the list sorts by it */
	CHECK_OK(
	    contribution_receipts(db, arena, &o.w.world.leader, c.id, &all));
	CHECK_HAS(all.list[0].text, S("Læst højt"));
	CHECK_HAS(all.list[0].text, S("kl. 09.00"));
}

TEST_DB(field_clock_of_the_phone_is_believed_within_the_day)
{
	struct out o;
	struct contribution c;
	struct receipts all;
	out_new(&o, arena, db);
	bring(&o, WHOLE "&at=1925000000000"); /* 2031 */
	CHECK_HAS(take(&o).body, S("received"));
	CHECK_INT(count_voices(&o, &c), 1);
	CHECK_INT(c.at_us, NOW_US);
	CHECK_OK(
	    contribution_receipts(db, arena, &o.w.world.leader, c.id, &all));
	CHECK(str_find(all.list[0].text, S("kl.")) < 0);
}

static void
comes_back(
    struct arena *arena, struct db *db, const char *form, const char *because)
{
	struct out o;
	struct contribution c;
	struct field_drafts drafts;
	out_new(&o, arena, db);
	bring(&o, form);
	CHECK_HAS(take(&o).body, S("\"state\":\"draft\""));
	CHECK_HAS(take(&o).body, S("\"state\":\"draft\""));
	CHECK_INT(count_voices(&o, &c), 0);
	CHECK_OK(field_drafts(db, arena, &o.w.world.leader, &drafts));
	CHECK_INT(drafts.n, 1);
	struct str path = STR_JOIN(arena, web_path(&o.w, "/stemmer/ny?kladde="),
	    id_text(arena, drafts.list[0].voice));
	struct reply r = web_get(&o.w, path);
	CHECK_HAS(r.body, str_c(because));
	web_sign_in(&o.w, o.w.world.ali);
	CHECK_INT(web_get(&o.w, path).status, 404);
}

TEST_DB(field_words_with_a_cpr_number_come_back)
{
	comes_back(arena, db,
	    "original=010150-5008&kind=wish&scope=1&anonymity=none"
	    "&basis=consent&given_by=self",
	    "010150-5008");
}

TEST_DB(field_words_with_a_name_come_back)
{
	comes_back(arena, db,
	    "original=Min+nabo+Karen+ringer&kind=wish&scope=1&anonymity=none"
	    "&basis=consent&given_by=self",
	    "Det ligner et navn: Karen");
}

TEST_DB(field_words_nobody_said_yes_to_come_back)
{
	comes_back(
	    arena, db, "original=Halvt+skrevet&kind=wish", "Halvt skrevet");
}

TEST_DB(field_words_of_a_child_want_a_guardian)
{
	comes_back(arena, db, WHOLE "&child=1", "Lampen er slukket");
}

TEST_DB(field_words_of_a_number_nobody_has_come_back)
{
	comes_back(arena, db, WHOLE "&code=K-99999", "Lampen er slukket");
}

TEST_DB(field_draft_is_put_right_in_the_ordinary_form)
{
	struct out o;
	struct contribution c;
	struct receipts all;
	struct field_drafts drafts;
	out_new(&o, arena, db);
	bring(&o, "original=Halvt&kind=wish&told=L%C3%A6st+h%C3%B8jt");
	CHECK_HAS(take(&o).body, S("draft"));
	CHECK_OK(field_drafts(db, arena, &o.w.world.leader, &drafts));
	struct str id = id_text(arena, drafts.list[0].voice);
	struct reply r = web_post(&o.w, web_path(&o.w, "/stemmer/ny"),
	    STR_JOIN(arena, S("id="), id,
		S("&original=Helt&kind=wish&teller=staff&scope=1"
		  "&anonymity=none&basis=consent&given_by=self")));
	CHECK_INT(r.status, 303);
	CHECK_INT(count_voices(&o, &c), 1);
	CHECK_STR(c.original, S("Helt"));
	CHECK_OK(
	    contribution_receipts(db, arena, &o.w.world.leader, c.id, &all));
	CHECK_HAS(all.list[0].text, S("Læst højt"));
	CHECK_OK(field_drafts(db, arena, &o.w.world.leader, &drafts));
	CHECK_INT(drafts.n, 0);
	CHECK_HAS(take(&o).body, S("received"));
}

TEST_DB(field_sends_again_what_is_missing_and_not_what_is_closed)
{
	struct out o;
	out_new(&o, arena, db);
	CHECK_HAS(take(&o).body, S("\"state\":\"parts\""));
	bring(&o, WHOLE);
	CHECK_OK(field_day_end(db, arena, &o.w.world.leader, o.day.id));
	CHECK_HAS(take(&o).body, S("\"state\":\"refused\""));
	struct reply r = web_get(&o.w, web_path(&o.w, "/felt/stand"));
	CHECK_HAS(r.body, S("\"days\":[]"));
	web_nobody(&o.w);
	r = web_get(&o.w, web_path(&o.w, "/felt/stand"));
	CHECK_INT(r.status, 303);
	CHECK_INT(take(&o).status, 401);
}

TEST_DB(signing_out_keeps_what_is_not_sent)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_post(&w, S("/log-ud"), S(""));
	struct str clear = http_get(r.headers, S("Clear-Site-Data"));
	CHECK_HAS(clear, S("cookies"));
	CHECK(str_find(clear, S("storage")) < 0);
}
