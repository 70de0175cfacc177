/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about invitations and by citizens need (tests/web/cases.def):
 * an activity that somebody may be invited to, and somebody who is. */
#include "base/buf.h"
#include "model/code.h"
#include "model/ethics.h"
#include "model/invite.h"
#include "tests/web/cases.h"

struct scene {
	struct full *f;
	struct world *w;
	struct actor who; /* the program in the network aimed at */
	struct record group, question, activity, invitation;
	struct id person;
	struct str token;
};

/* The one there is, or a new one with these two fields. */
static struct record
ensure(struct scene *s, enum record_kind kind, const char *const pairs[][2])
{
	struct record_saved saved;
	const struct record_def *def = record_def(kind);
	struct record r = {.kind = kind,
	    .network = s->who.network,
	    .id = def->single ? s->who.network : id_new(NOW_US)};
	struct world *w = s->w;
	if (def->single &&
	    record_get(w->db, w->arena, &s->who, kind, r.id, &r) == ERR_OK)
		return r;
	for (ptrdiff_t i = 0; pairs[i][0] != NULL; i++)
		record_set(&r, pairs[i][0], str_c(pairs[i][1]));
	CHECK_OK(record_save(w->db, w->arena, &s->who, &r, &saved));
	CHECK_OK(record_get(w->db, w->arena, &s->who, kind, r.id, &r));
	return r;
}

#define ENSURE(s, kind, ...) \
	ensure(s, kind, (const char *const[][2]){__VA_ARGS__, {NULL, NULL}})

/* What R1 asks for, and what people are told about their data. */
static void
ensure_plan(struct scene *s)
{
	ENSURE(s, KIND_NEED, {"text", "Vi kender ikke natten."});
	ENSURE(s, KIND_SCOPE, {"decision", "Aftenplanen"});
	ENSURE(s, KIND_PROMISE, {"level", "involve"});
	ENSURE(s, KIND_NOTICE, {"controller", "Fjordby Kommune"},
	    {"dpo", "Bo, 99 99 99 99"}, {"purpose", "At gøre det bedre"},
	    {"basis", "public_task"}, {"recipients", "Mette"},
	    {"kept", "Et år"});
	s->group = ENSURE(s, KIND_GROUP, {"name", "Ægtefæller"},
	    {"kind", "relative"}, {"horizon", "now"}, {"state", "chosen"});
	s->question = ENSURE(s, KIND_QUESTION, {"text", "Hvad sker om natten?"},
	    {"state", "open"});
}

static void
add_activity(struct scene *s)
{
	struct record_saved saved;
	struct world *w = s->w;
	struct ethics ethics = {0};
	s->activity = ENSURE(s, KIND_ACTIVITY, {"title", "Kaffe"},
	    {"method", "interview"}, {"room", "alone"},
	    {"place_kind", "theirs"}, {"people", "1"}, {"minutes", "60"});
	record_set(&s->activity, "groups", s->group.id_text);
	record_set(&s->activity, "questions", s->question.id_text);
	CHECK_OK(record_save(w->db, w->arena, &s->who, &s->activity, &saved));
	CHECK_OK(record_get(w->db, w->arena, &s->who, KIND_ACTIVITY,
	    s->activity.id, &s->activity));
	for (int i = 0; i < ETHICS_QUESTIONS; i++)
		ethics.answer[i] = S("yes");
	CHECK_OK(ethics_sign(w->db, w->arena, &s->who, s->activity.id,
	    s->activity.rev, &ethics));
	record_set(&s->activity, "state", S("ethics_ok"));
	CHECK_OK(record_save_managed(
	    w->db, w->arena, &s->who, &s->activity, &saved));
}

static void
add_person(struct scene *s)
{
	struct world *w = s->w;
	struct person p = {.id = id_new(NOW_US),
	    .group = s->group.id,
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand"),
	    .source = S("named")};
	struct person_contact c = {.name = S("Karen Holm"),
	    .phone = S("20304050"),
	    .address = S("Elmevej 3")};
	s->person = p.id;
	CHECK_OK(person_save(w->db, w->arena, &s->who, &p));
	CHECK_OK(person_contact_put(w->db, w->arena, &s->who, p.id, &c));
}

static void
set_scene(struct scene *s, struct full *f, struct shot *shot)
{
	*s = (struct scene){.f = f,
	    .w = &f->web.world,
	    .who = actor_inside(&f->web.world.program, shot->network)};
	s->who.account =
	    id_is_set(f->web.account) ? f->web.account : f->web.world.mette;
	ensure_plan(s);
	add_activity(s);
	s->invitation = ENSURE(s, KIND_INVITATION,
	    {"activity", str_cstr(s->w->arena, s->activity.id_text)},
	    {"lang", "da"}, {"about", "Vi vil gerne høre om natten."},
	    {"why", "Du passer din mand."}, {"how", "Det tager en time."},
	    {"use", "Vi bruger det i planen."}, {"hears_by", "2027-01-10"},
	    {"contact", "Mette, 99 99 99 99"});
	add_person(s);
	shot->id = s->activity.id;
}

/* Sent by letter; the shot is the citizen's. */
static void
send_letter(struct scene *s, struct shot *shot)
{
	struct world *w = s->w;
	s->token = token_new(w->arena);
	struct sending_new new = {.invitation = &s->invitation,
	    .person = s->person,
	    .channel = S("letter"),
	    .token = s->token,
	    .code_days = 365,
	    .minutes = 60};
	CHECK_OK(sending_make(w->db, w->arena, &s->who, &new));
	shot->token = code_text(
	    w->arena, s->f->web.site->orgs.list[0].short_code, s->token);
}

void
aim_invitation(struct full *f, struct shot *shot)
{
	struct scene s;
	shot->id = id_new(NOW_US + f->turn);
	if (!shot->exists)
		return;
	set_scene(&s, f, shot);
	send_letter(&s, shot);
}

void
aim_invite(struct full *f, struct shot *shot)
{
	struct scene s;
	shot->id = id_new(NOW_US + f->turn);
	if (!shot->exists)
		return;
	set_scene(&s, f, shot);
	shot->form =
	    str_fmt(s.w->arena, "invitation=%.*s&format=letters&person=%.*s",
		STR_ARG(s.invitation.id_text),
		STR_ARG(id_text(s.w->arena, s.person)));
}

void
aim_letters(struct full *f, struct shot *shot)
{
	struct scene s;
	struct letter_batch batch = {
	    .id = id_new(NOW_US + f->turn), .format = S("sms"), .n = 1};
	shot->id = batch.id;
	if (!shot->exists)
		return;
	set_scene(&s, f, shot);
	shot->id = batch.id;
	batch.invitation = s.invitation.id;
	send_letter(&s, shot);
	batch.code[0] = (struct letter_code){
	    .person = s.person, .token = s.token, .channel = S("sms")};
	CHECK_OK(letters_keep(s.w->db, s.w->arena, &s.who, &batch));
}

/* ---- by a citizen, whoever is signed in in that browser ---- */

static void
citizen_scene(struct scene *s, struct full *f, struct shot *shot)
{
	struct shot own = *shot;
	own.network = f->web.world.network;
	own.exists = true;
	set_scene(s, f, &own);
	send_letter(s, shot);
}

void
aim_citizen(struct full *f, struct shot *shot)
{
	struct scene s;
	citizen_scene(&s, f, shot);
}

void
aim_code_typed(struct full *f, struct shot *shot)
{
	struct scene s;
	citizen_scene(&s, f, shot);
	shot->form = STR_JOIN(s.w->arena, S("kode="), shot->token);
}

static const char SQL_SENDING[] =
    "SELECT id FROM sending WHERE org = $1 AND network = $2 AND person = $3";

void
aim_citizen_answer(struct full *f, struct shot *shot)
{
	struct scene s;
	struct db_row row;
	citizen_scene(&s, f, shot);
	struct arena *a = s.w->arena;
	CHECK_OK(db_one(s.w->db, a, SQL_SENDING, &row, DB_ID(s.w->org.id),
	    DB_ID(s.who.network), DB_ID(s.person)));
	shot->form = str_fmt(a,
	    "sending=%.*s&message=%.*s&answer=other&way=phone&needs=time"
	    "&text=Ring+til+mig",
	    STR_ARG(id_text(a, db_id(&row, 0))),
	    STR_ARG(id_text(a, id_new(NOW_US + f->turn))));
}

/* ---- how it was to take part ---- */

static const char SQL_ASKED[] =
    "SELECT activity FROM sending"
    " WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_SAID_YES[] =
    "UPDATE sending SET answer = 'yes', state = 'answered'"
    " WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_HELD[] = "UPDATE activity SET state = 'held'"
			       " WHERE org = $1 AND network = $2 AND id = $3";

void
aim_experience(struct full *f, struct shot *shot)
{
	struct scene s;
	struct db_row row;
	citizen_scene(&s, f, shot);
	struct world *w = s.w;
	CHECK_OK(db_one(w->db, w->arena, SQL_ASKED, &row, DB_ID(w->org.id),
	    DB_ID(w->network), DB_ID(s.person)));
	shot->id = db_id(&row, 0);
	CHECK_OK(db_exec(w->db, SQL_SAID_YES, NULL, DB_ID(w->org.id),
	    DB_ID(w->network), DB_ID(s.person)));
	CHECK_OK(db_exec(w->db, SQL_HELD, NULL, DB_ID(w->org.id),
	    DB_ID(w->network), DB_ID(shot->id)));
	shot->form = S("e1=4&e2=5&e3=6");
}
