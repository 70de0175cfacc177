/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/web/cases.h"

#include <sodium.h>

#include "base/buf.h"
#include "base/totp.h"
#include "http/forms.h"
#include "model/import.h"
#include "model/interest.h"
#include "model/media.h"
#include "model/method.h"
#include "model/outbox.h"
#include "model/reflection.h"
#include "model/sortition.h"
#include "web/assets.h"

/* ---- the site ---- */

static struct id
add_person(struct full *f, struct str name, struct str mail)
{
	struct world *w = &f->web.world;
	struct id id = id_new(NOW_US);
	struct account_form form = {.name = name, .mail = mail};
	CHECK_OK(account_create(w->db, w->arena, &w->program, id, form));
	return id;
}

static struct str
code_of(struct full *f, struct str key)
{
	int64_t step = f->web.now_us / SECOND_US / TOTP_STEP_SECONDS;
	return str_fmt(f->web.world.arena, "%06d", totp_code(key, step));
}

/* Gives the account a second step; the sessions it has end. */
static struct str
turn_totp_on(struct full *f, struct id account)
{
	struct str key;
	struct world *w = &f->web.world;
	struct actor who = world_as(w, account);
	CHECK_OK(account_totp_begin(w->db, w->arena, &who, &key));
	CHECK_OK(account_totp_confirm(w->db, w->arena, &who, code_of(f, key)));
	return key;
}

void
web_full(struct full *f, struct arena *a, struct db *db)
{
	struct record_faults faults;
	struct network_form form = {
	    .name = S("Skolevejen"), .type = S("learning")};
	*f = (struct full){0};
	web_new(&f->web, a, db);
	struct world *w = &f->web.world;
	for (int kind = KIND_THEME; kind < KIND_COUNT; kind++) {
		struct record r = world_record(w, (enum record_kind)kind);
		world_save(w, &r);
	}
	f->ida = add_person(f, S("Ida Lund"), S("ida@fjordby.example"));
	f->gry = add_person(f, S("Gry Bæk"), S("gry@fjordby.example"));
	f->totp_key = turn_totp_on(f, f->gry);
	struct actor ali = world_as(w, w->ali);
	f->other = id_new(NOW_US);
	CHECK_OK(network_create(db, a, &ali, f->other, &form, &faults));
}

/* The program, inside the network the shot is aimed at. */
static struct actor
inside(struct full *f, const struct shot *shot)
{
	return actor_inside(&f->web.world.program, shot->network);
}

/* ---- what a request needs ---- */

static const char SQL_NO_LINKS[] =
    "DELETE FROM link WHERE org = $1 AND account = $2";

/* A new link ends an older one: that there is none is the usual case. */
static void
drop_links(struct full *f, struct id account)
{
	struct world *w = &f->web.world;
	CHECK_OK(db_exec(
	    w->db, SQL_NO_LINKS, NULL, DB_ID(w->org.id), DB_ID(account)));
}

static void
aim_link_form(struct full *f, struct shot *shot)
{
	drop_links(f, f->web.world.ali);
	shot->form = S("mail=ali%40fjordby.example");
}

static void
aim_link(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	CHECK_OK(link_new(w->db, w->arena, &w->program, w->ali, &shot->token));
}

/* A hash that is quick to compare with: its cost stands in it. */
static struct str
quick_hash(struct arena *a, struct str password)
{
	char *out = arena_new(a, char, crypto_pwhash_STRBYTES);
	CHECK_INT(crypto_pwhash_str(out, password.p, (size_t)password.n,
		      crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN),
	    0);
	return str_c(out);
}

static void
aim_password(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor ida = world_as(w, f->ida);
	CHECK_OK(account_set_password(w->db, w->arena, &ida,
	    quick_hash(w->arena, S("fire ord i en sky"))));
	shot->form = S("mail=ida%40fjordby.example&password=fire+ord+i+en+sky");
}

static const char SQL_CODES_AGAIN[] =
    "UPDATE account SET totp_step = 0 WHERE org = $1 AND id = $2";

static void
codes_again(struct full *f, struct id account)
{
	struct world *w = &f->web.world;
	CHECK_OK(db_exec(
	    w->db, SQL_CODES_AGAIN, NULL, DB_ID(w->org.id), DB_ID(account)));
}

static void
aim_code(struct full *f, struct shot *shot)
{
	codes_again(f, f->gry);
	shot->form =
	    str_cat(f->web.world.arena, S("code="), code_of(f, f->totp_key));
}

static void
aim_calendar(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor ali = world_as(w, w->ali);
	CHECK_OK(account_feed_new(w->db, w->arena, &ali, &shot->token));
}

static void
aim_lang(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = w->program;
	who.account = f->web.account;
	CHECK_OK(account_set_lang(w->db, w->arena, &who, LANG_DA));
	shot->form = S("lang=en");
}

static void
aim_reminders(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = w->program;
	who.account = f->web.account;
	CHECK_OK(account_set_reminders(w->db, w->arena, &who, false));
	shot->form = S("reminders=1");
}

static void
aim_no_password(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	shot->form = S("password=");
	if (!id_is_set(f->web.account))
		return;
	struct actor who = world_as(w, f->web.account);
	CHECK_OK(account_set_password(w->db, w->arena, &who,
	    quick_hash(w->arena, S("fire ord i en sky"))));
}

/* Whoever is signed in has no second step yet, or had it until now. */
static void
aim_totp_begin(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	(void)shot;
	if (!id_is_set(f->web.account) || id_eq(f->web.account, f->gry))
		return;
	struct actor who = world_as(w, f->web.account);
	CHECK_OK(account_totp_end(w->db, w->arena, &who));
}

/* A key is shown that waits for its first code. */
static void
aim_totp_pending(struct full *f, struct shot *shot)
{
	struct str key;
	struct world *w = &f->web.world;
	aim_totp_begin(f, shot);
	if (!id_is_set(f->web.account) || id_eq(f->web.account, f->gry))
		return;
	struct actor who = world_as(w, f->web.account);
	CHECK_OK(account_totp_begin(w->db, w->arena, &who, &key));
}

static void
aim_totp_confirm(struct full *f, struct shot *shot)
{
	struct str key;
	struct world *w = &f->web.world;
	shot->form = S("code=000000");
	aim_totp_begin(f, shot);
	if (!id_is_set(f->web.account) || id_eq(f->web.account, f->gry))
		return;
	struct actor who = world_as(w, f->web.account);
	CHECK_OK(account_totp_begin(w->db, w->arena, &who, &key));
	shot->form = str_cat(w->arena, S("code="), code_of(f, key));
}

static void
aim_totp_end(struct full *f, struct shot *shot)
{
	shot->form = S("code=000000");
	aim_totp_begin(f, shot);
	if (!id_is_set(f->web.account) || id_eq(f->web.account, f->gry))
		return;
	struct str key = turn_totp_on(f, f->web.account);
	codes_again(f, f->web.account);
	shot->form = str_cat(f->web.world.arena, S("code="), code_of(f, key));
}

/* ---- for administrators ---- */

static void
aim_ida(struct full *f, struct shot *shot)
{
	shot->id = f->ida;
}

static void
aim_ida_link(struct full *f, struct shot *shot)
{
	drop_links(f, f->ida);
	shot->id = f->ida;
}

static void
aim_new_account(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct str key = id_text(a, id_new(NOW_US + f->turn));
	shot->form = str_fmt(a,
	    "key=%.*s&name=Ny+%d&mail=ny%d%%40fjordby.example&lang=da",
	    STR_ARG(key), f->turn, f->turn);
}

static void
aim_change_account(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct account_form before = {
	    .name = S("Ida Lund"), .mail = S("ida@fjordby.example")};
	CHECK_OK(account_change(w->db, w->arena, &w->program, f->ida, before));
	shot->id = f->ida;
	shot->form = S("name=Ida+Holm&mail=ida%40fjordby.example&lang=en");
}

static void
aim_close_account(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	shot->id = f->ida;
	shot->form = S("active=");
	CHECK_OK(account_enable(w->db, w->arena, &w->program, f->ida, true));
}

static const char SQL_NO_MAIL[] = "DELETE FROM outbox WHERE org = $1";

static void
aim_mail(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct mail_lines all;
	struct mail mail = {.kind = S("signin"),
	    .to = S("ida@fjordby.example"),
	    .subject = S("Dit link"),
	    .body = S("Her er det.\n")};
	CHECK_OK(db_exec(w->db, SQL_NO_MAIL, NULL, DB_ID(w->org.id)));
	CHECK_OK(mail_add(w->db, w->arena, &w->program, &mail));
	CHECK_OK(mail_list(w->db, w->arena, &w->program,
	    (struct mail_query){.open = false}, &all));
	shot->id = all.list[0].id;
}

/* ---- in a network ---- */

static void
aim_new_network(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct str key = id_text(a, id_new(NOW_US + f->turn));
	shot->form =
	    str_fmt(a, "key=%.*s&name=Nyt+%d&type=learning&starts=2027-01-01",
		STR_ARG(key), f->turn);
}

static void
aim_single(struct full *f, struct shot *shot)
{
	(void)f;
	shot->id = shot->network;
}

static void
aim_task(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct str key = id_text(a, id_new(NOW_US + f->turn));
	shot->id = id_new(NOW_US + f->turn);
	shot->form = str_fmt(a,
	    "key=%.*s&rev=0&title=Opgave+%d&due=2027-01-02&state=open",
	    STR_ARG(key), f->turn);
}

/* Its words as they ship, but for one. */
static void
aim_method(struct full *f, struct shot *shot)
{
	struct methods all;
	struct world *w = &f->web.world;
	CHECK_OK(method_reset(w->db, w->arena, &w->program, S("interview")));
	CHECK_OK(method_list(w->db, w->arena, &w->program, &all));
	const struct method *m = method_find(&all, S("interview"));
	struct buf b = buf_new(w->arena, 100000);
	buf_add(&b, S("seen=0"));
	for (int i = 0; i < METHOD_FIELDS; i++) {
		struct str value = m->value[i];
		if (str_eq(str_c(method_def(i)->name), S("time_da")))
			value = S("En time");
		buf_fmt(&b, "&%s=", method_def(i)->name);
		buf_add(&b, form_escape(w->arena, value));
	}
	shot->form = buf_str(&b);
}

/* The record of a kind that there is one of, and its next state. */
static int64_t
rev_of(struct full *f, const struct shot *shot, enum record_kind kind)
{
	struct record r;
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	enum err e = record_get(w->db, w->arena, &who, kind, shot->network, &r);
	return e == ERR_OK ? r.rev : 0;
}

static void
aim_need(struct full *f, struct shot *shot)
{
	shot->id = shot->network;
	shot->form = str_fmt(f->web.world.arena, "rev=%d&text=Behov+%d",
	    (int)rev_of(f, shot, KIND_NEED), f->turn);
}

static void
aim_frame(struct full *f, struct shot *shot)
{
	shot->id = shot->network;
	shot->form = str_fmt(f->web.world.arena,
	    "rev=%d&name=Netv%%C3%%A6rk+%d&type=welfare&state=active",
	    (int)rev_of(f, shot, KIND_NETWORK), f->turn);
}

/* A record that may be taken out again. */
static void
aim_removal(
    struct full *f, struct shot *shot, enum record_kind kind, const char *field)
{
	struct record_saved saved;
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct record r = {.kind = kind,
	    .network = shot->network,
	    .id = id_new(NOW_US + f->turn)};
	shot->id = r.id;
	shot->form = S("rev=1");
	record_set(&r, field, S("Skal ud igen"));
	record_set(&r, "state", S("open"));
	if (shot->exists)
		CHECK_OK(record_save(w->db, w->arena, &who, &r, &saved));
}

static void
aim_question_out(struct full *f, struct shot *shot)
{
	aim_removal(f, shot, KIND_QUESTION, "text");
}

static void
aim_task_out(struct full *f, struct shot *shot)
{
	aim_removal(f, shot, KIND_TASK, "title");
}

/* The same, taken out. */
static void
aim_return(
    struct full *f, struct shot *shot, enum record_kind kind, const char *field)
{
	struct world *w = &f->web.world;
	aim_removal(f, shot, kind, field);
	struct actor who = inside(f, shot);
	shot->form = S("rev=2");
	if (shot->exists)
		CHECK_OK(
		    record_remove(w->db, w->arena, &who, kind, shot->id, 1));
}

static void
aim_question_back(struct full *f, struct shot *shot)
{
	aim_return(f, shot, KIND_QUESTION, "text");
}

static void
aim_task_back(struct full *f, struct shot *shot)
{
	aim_return(f, shot, KIND_TASK, "title");
}

static struct str
member_form(struct full *f, const char *role)
{
	struct arena *a = f->web.world.arena;
	return str_fmt(
	    a, "account=%.*s&role=%s", STR_ARG(id_text(a, f->ida)), role);
}

static const char SQL_NO_MEMBER[] =
    "DELETE FROM member WHERE org = $1 AND network = $2 AND account = $3";

static void
aim_member(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	CHECK_OK(account_enable(w->db, w->arena, &w->program, f->ida, true));
	CHECK_OK(db_exec(w->db, SQL_NO_MEMBER, NULL, DB_ID(w->org.id),
	    DB_ID(shot->network), DB_ID(f->ida)));
	shot->form = member_form(f, "sponsor");
}

static void
aim_member_out(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	aim_member(f, shot);
	if (shot->exists)
		CHECK_OK(network_add_member(
		    w->db, w->arena, &who, f->ida, ROLE_SPONSOR));
}

/* ---- the people a network asks ---- */

void
aim_person(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct person p = {.id = id_new(NOW_US + f->turn),
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .channel = S("phone"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand"),
	    .source = S("named")};
	shot->id = p.id;
	if (shot->exists)
		CHECK_OK(person_save(w->db, w->arena, &who, &p));
}

static void
aim_contact(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct person_contact c = {
	    .name = S("Karen Holm"), .phone = S("20304050")};
	aim_person(f, shot);
	if (shot->exists)
		CHECK_OK(
		    person_contact_put(w->db, w->arena, &who, shot->id, &c));
	shot->form = S("grund=Ringe+om+tirsdag");
}

static void
aim_looked(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct person_contact c;
	aim_contact(f, shot);
	if (shot->exists)
		CHECK_OK(person_contact_read(
		    w->db, w->arena, &who, shot->id, S("Ringe"), &c));
}

static void
aim_new_contact(struct full *f, struct shot *shot)
{
	aim_person(f, shot);
	shot->form = S("name=Karen+Holm&phone=20304050");
}

static void
aim_new_person(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct str id = id_text(a, id_new(NOW_US + f->turn));
	shot->form = str_fmt(a,
	    "id=%.*s&rev=0&reason=Ved+noget&alias=K&actor_kind=citizen"
	    "&channel=phone&lang=da&needs=transport&needs=time&asked=1",
	    STR_ARG(id));
}

static void
aim_person_state(struct full *f, struct shot *shot)
{
	aim_person(f, shot);
	shot->form = S("tilstand=yes");
}

static void
aim_wish(struct full *f, struct shot *shot)
{
	aim_person(f, shot);
	shot->form = S("step=ask");
}

static void
aim_person_out(struct full *f, struct shot *shot)
{
	aim_contact(f, shot);
	shot->form = S("sikker=1");
}

static void
aim_notice(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct record there;
	struct record_saved saved;
	struct record r = {
	    .kind = KIND_NOTICE, .network = who.network, .id = who.network};
	record_set(&r, "controller", S("Fjordby Kommune"));
	record_set(&r, "dpo", S("Bo, 99 99 99 99"));
	record_set(&r, "purpose", S("At gøre hjælpen bedre"));
	record_set(&r, "basis", S("public_task"));
	record_set(&r, "recipients", S("Mette og Ali"));
	record_set(&r, "kept", S("Et år"));
	if (record_get(w->db, w->arena, &who, KIND_NOTICE, who.network,
		&there) != ERR_OK)
		CHECK_OK(record_save(w->db, w->arena, &who, &r, &saved));
}

/* A list is shown to who brought it. */
static void
aim_import(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct import in = {.id = id_new(NOW_US + f->turn),
	    .actor_kind = S("citizen"),
	    .reason = S("Fra en liste"),
	    .file = S("navn;tlf\nKaren Holm;20304050\n")};
	who.account = id_is_set(f->web.account) ? f->web.account : w->mette;
	shot->id = in.id;
	if (shot->exists)
		CHECK_OK(import_put(w->db, w->arena, &who, &in));
}

struct id
web_media(struct full *f, const struct actor *who, struct id contribution)
{
	struct world *w = &f->web.world;
	struct media m = {.id = id_new(NOW_US + f->turn),
	    .contribution = contribution,
	    .name = S("have.jpg"),
	    .size = 8};
	struct media_piece piece = {
	    m.id, f->web.site->data_dir, 0, S("\xff\xd8\xff\xe0....")};
	struct media_say say = {m.id, S("0:01 En have"), S("unasked")};
	CHECK_OK(media_begin(w->db, w->arena, who, &m));
	CHECK_OK(media_add(w->db, w->arena, who, &piece, &m));
	CHECK_OK(media_describe(w->db, w->arena, who, &say));
	m.thumb = m.file;
	m.thumb_size = m.size;
	CHECK_OK(media_cleaned(w->db, w->arena, who, &m));
	return m.id;
}

static void
aim_media(struct full *f, struct shot *shot)
{
	struct actor who = inside(f, shot);
	struct id contribution;
	aim_voice(f, shot);
	contribution = shot->id;
	shot->id = id_new(NOW_US + f->turn);
	shot->form = S("words=En+have&faces=yes");
	if (shot->exists)
		shot->id = web_media(f, &who, contribution);
}

static void
aim_new_media(struct full *f, struct shot *shot)
{
	aim_voice(f, shot);
	shot->form = S("name=have.jpg&size=1000");
}

static void
aim_new_import(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct str id = id_text(a, id_new(NOW_US + f->turn));
	shot->form =
	    str_fmt(a, "id=%.*s&reason=Ved+noget&list=navn%%3Btlf%%0ABo%%3B1",
		STR_ARG(id));
}

static void
aim_interest(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct interest set = {.open = true,
	    .about = S("Vi vil gerne høre fra dig."),
	    .field = {{.label = S("Hvor bor du?"), .choices = S("By\nLand")}}};
	if (!shot->exists)
		return;
	aim_notice(f, shot);
	CHECK_OK(interest_save(w->db, w->arena, &who, &set));
}

static void
aim_set_interest(struct full *f, struct shot *shot)
{
	aim_interest(f, shot);
	shot->form = str_fmt(f->web.world.arena,
	    "seen=%lld&about=Kom+og+v%%C3%%A6r+med&open=1"
	    "&label0=Hvor+bor+du+nu%%3F&choices0=By%%0ALand",
	    (long long)NOW_US);
}

/* It is the world's own network, whoever asks. */
static void
aim_signup(struct full *f, struct shot *shot)
{
	struct shot own = {.network = f->web.world.network, .exists = true};
	aim_interest(f, &own);
	shot->id = own.network;
}

static void
aim_signup_form(struct full *f, struct shot *shot)
{
	aim_signup(f, shot);
	shot->form = S("name=Karen+Holm&phone=20304050&value0=By");
}

/* Somebody who said yes. */
static void
aim_pool(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct arena *a = w->arena;
	struct actor who = inside(f, shot);
	struct str key = id_text(a, id_new(NOW_US + f->turn));
	aim_person(f, shot);
	if (shot->exists)
		CHECK_OK(person_set_state(w->db, a, &who, shot->id, S("yes")));
	shot->form = str_fmt(a, "key=%.*s&size=1&seed=6", STR_ARG(key));
}

/* A draw that is done. */
static void
aim_draw(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct sortition s = {.id = id_new(NOW_US + f->turn),
	    .size = 1,
	    .seed = S("6"),
	    .people = S("id,alle\nK-1001,ja\nK-1002,ja\n"),
	    .targets = S("feature,value,min,max\nalle,ja,1,1\n"),
	    .state = S("done"),
	    .result = S("{\"panel\":[\"K-1001\"],\"method\":\"leximin\"}"),
	    .proof = S("{}")};
	shot->id = s.id;
	if (shot->exists) {
		CHECK_OK(sortition_add(w->db, w->arena, &who, &s));
		CHECK_OK(sortition_end(w->db, w->arena, &who, &s));
	}
	shot->form = str_fmt(w->arena, "key=%.*s&seed=5&gone-K-1001=1",
	    STR_ARG(id_text(w->arena, id_new(NOW_US + f->turn))));
}

/* One that anybody may see; of the network there is. */
static void
aim_shown_draw(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct shot own = {.network = w->network, .exists = true};
	if (shot->exists)
		own.network = shot->network;
	struct actor who = inside(f, &own);
	aim_draw(f, &own);
	CHECK_OK(sortition_publish(w->db, w->arena, &who, own.id, S("codes")));
	shot->id = own.id;
	shot->form = S("how=chances");
}

static const char SQL_NO_SETTINGS[] = "DELETE FROM org_setting WHERE org = $1";

static void
aim_rules(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	CHECK_OK(db_exec(w->db, SQL_NO_SETTINGS, NULL, DB_ID(w->org.id)));
	shot->form =
	    str_fmt(f->web.world.arena, "k=%d&r2_people=6", 5 + f->turn % 40);
}

/* Begun by whoever asks, so that it is theirs. */
static void
begin_reflection(struct full *f, struct shot *shot, bool shared)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct reflection_form form = {
	    .id = id_new(NOW_US + f->turn), .shared = shared};
	shot->id = form.id;
	who.account = id_is_set(f->web.account) ? f->web.account : w->mette;
	if (shot->exists)
		CHECK_OK(reflection_begin(w->db, w->arena, &who, &form));
}

static void
aim_reflection(struct full *f, struct shot *shot)
{
	begin_reflection(f, shot, true);
}

static void
aim_own_reflection(struct full *f, struct shot *shot)
{
	begin_reflection(f, shot, false);
}

static void
aim_new_reflection(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct str key = id_text(a, id_new(NOW_US + f->turn));
	shot->form = str_fmt(a, "key=%.*s&shared=1", STR_ARG(key));
}

static void
aim_answer(struct full *f, struct shot *shot)
{
	begin_reflection(f, shot, true);
	shot->form = S("r-q01=0&a-q01=no&t-q01=Vi+mangler+et+svar");
}

static void
aim_comparison(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	begin_reflection(f, shot, true);
	shot->token = id_text(a, shot->id);
}

/* ---- the table ---- */

#define NETWORK "/netvaerk/{network}"
static const struct web_case cases[] = {
#define CASE(method, pattern, kind, query, aim, status, who) \
	{HTTP_##method, pattern, kind, query, aim, status, WHO_##who},
#include "tests/web/cases.def"
#undef CASE
};

struct web_cases
web_cases(void)
{
	return (struct web_cases){cases, COUNT_OF(cases)};
}

/* The pattern with everything put in. */
static struct str
path_of(struct full *f, const struct web_case *c, const struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct str path = str_c(c->pattern);
	if (c->query != NULL)
		path = str_fmt(a, "%s?%s", c->pattern, c->query);
	path = str_replace(a, path, S("{network}"), id_text(a, shot->network));
	path = str_replace(a, path, S("{kind}"), str_c(c->kind));
	path = str_replace(a, path, S("{key}"), str_c(c->kind));
	path = str_replace(a, path, S("{token}"), shot->token);
	path = str_replace(a, path, S("{id}"), id_text(a, shot->id));
	struct str asset = asset_url(S("app.css"));
	return str_replace(
	    a, path, S("{name}"), str_sub(asset, S("/assets/").n, asset.n));
}

struct shot
web_aim(
    struct full *f, const struct web_case *c, struct id network, bool exists)
{
	struct shot shot = {.network = network, .exists = exists};
	f->turn++;
	if (c->aim != NULL)
		c->aim(f, &shot);
	shot.path = path_of(f, c, &shot);
	return shot;
}

struct reply
web_fire(struct full *f, const struct web_case *c, struct shot shot)
{
	f->web.bearer = shot.bearer;
	struct reply r = c->method == HTTP_POST
	    ? web_post(&f->web, shot.path, shot.form)
	    : web_get(&f->web, shot.path);
	f->web.bearer = S("");
	return r;
}
