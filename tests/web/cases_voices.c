/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about what people said need (tests/web/cases.def). */
#include "base/buf.h"
#include "model/citizen_words.h"
#include "model/code.h"
#include "model/coding.h"
#include "model/evidence.h"
#include "model/merge.h"
#include "model/recall.h"
#include "model/voices_import.h"
#include "tests/web/cases.h"

static struct actor
inside(struct full *f, const struct shot *shot)
{
	struct actor who = actor_inside(&f->web.world.program, shot->network);
	who.account =
	    id_is_set(f->web.account) ? f->web.account : f->web.world.mette;
	return who;
}

static struct contribution
said(struct full *f)
{
	return (struct contribution){.id = id_new(NOW_US + f->turn),
	    .kind = S("wish"),
	    .teller = S("staff"),
	    .original = S("Flere bænke i parken."),
	    .basis = S("consent"),
	    .scope = SCOPE_PUBLIC,
	    .anonymity = S("none"),
	    .given_by = S("self")};
}

void
aim_voice(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct contribution c = said(f);
	struct actor who = inside(f, shot);
	shot->id = c.id;
	if (!shot->exists)
		return;
	CHECK_OK(contribution_add(w->db, w->arena, &who, &c, S("")));
	CHECK_OK(contribution_get(w->db, w->arena, &who, c.id, &c));
	CHECK_OK(contribution_move(w->db, w->arena, &who, &c,
	    &(struct contribution_step){S("reviewed"), S("")}));
}

static void
aim_with(struct full *f, struct shot *shot, const char *form)
{
	aim_voice(f, shot);
	shot->form = str_c(form);
}

void
aim_new_voice(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&original=Flere+lamper&kind=wish&teller=staff&scope=1"
	      "&anonymity=none&basis=consent&given_by=self"));
}

void
aim_reword(struct full *f, struct shot *shot)
{
	aim_with(f, shot, "rev=2&wording=B%C3%A6nke+i+parken.");
}

void
aim_voice_step(struct full *f, struct shot *shot)
{
	aim_with(f, shot, "rev=2&state=not_used&reason=Ingen+penge");
}

void
aim_voice_tags(struct full *f, struct shot *shot)
{
	aim_with(f, shot, "tags=park%2C+hvile");
}

void
aim_voice_agree(struct full *f, struct shot *shot)
{
	aim_with(f, shot, "scope=1&anonymity=alias&given_by=self");
}

void
aim_voices_file(struct full *f, struct shot *shot)
{
	aim_with(f, shot, "scope=0&format=csv");
}

/* Withdrawn after a file with it was made. */
void
aim_recall(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct arena *a = w->arena;
	struct recalls all;
	struct actor who = inside(f, shot);
	shot->form = S("contribution=0&file=0");
	aim_voice(f, shot);
	if (!shot->exists)
		return;
	struct voices_file file = {SCOPE_INTERNAL, S("csv"), 1};
	CHECK_OK(export_note(w->db, a, &who, &file));
	CHECK_OK(contribution_withdraw(w->db, a, &who, shot->id));
	CHECK_OK(recall_list(w->db, a, &who, &all));
	shot->form = STR_JOIN(a, S("contribution="),
	    id_text(a, all.list[all.n - 1].contribution), S("&file="),
	    id_text(a, all.list[all.n - 1].export));
}

/* A file is shown to who brought it. */
void
aim_voices(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct voices_import in = {.id = id_new(NOW_US + f->turn),
	    .kind = S("idea"),
	    .basis = S("consent"),
	    .scope = SCOPE_NETWORK,
	    .told = S("Netværket læser det."),
	    .file = S("id;tekst\n1;Flere træer\n")};
	shot->id = in.id;
	if (shot->exists)
		CHECK_OK(voices_import_put(w->db, w->arena, &who, &in));
}

void
aim_new_voices(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&kind=idea&scope=1&basis=consent&told=Vi+ser+det"
	      "&list=tekst%0AFlere+busser"));
}

void
aim_evidence(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct arena *a = w->arena;
	struct record_saved saved;
	struct actor who = inside(f, shot);
	struct record r = {.kind = KIND_INSIGHT,
	    .network = shot->network,
	    .id = id_new(NOW_US + f->turn)};
	aim_voice(f, shot);
	record_set(&r, "statement", S("Man vil kunne hvile."));
	if (shot->exists)
		CHECK_OK(record_save(w->db, a, &who, &r, &saved));
	shot->form = STR_JOIN(a, S("insight="), id_text(a, r.id),
	    S("&contribution="), id_text(a, shot->id), S("&stance=for"));
}

/* ---- put together, divided ---- */

/* Two that say the same, both looked through. */
static struct merge
two_voices(struct full *f, struct shot *shot)
{
	struct merge m = {.id = id_new(NOW_US + f->turn),
	    .n = 2,
	    .kind = S("wish"),
	    .words = S("Bænke i parken.")};
	for (int i = 0; i < 2; i++) {
		aim_voice(f, shot);
		m.of[i] = shot->id;
	}
	return m;
}

void
aim_merge(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct merge m = two_voices(f, shot);
	shot->form = STR_JOIN(a, S("id="), id_text(a, m.id), S("&v="),
	    id_text(a, m.of[0]), S("&v="), id_text(a, m.of[1]),
	    S("&keep=own&kind=wish&words=B%C3%A6nke+i+parken."));
}

void
aim_merged(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct merge m = two_voices(f, shot);
	if (shot->exists)
		CHECK_OK(contribution_merge(w->db, w->arena, &who, &m));
	shot->id = m.id;
}

void
aim_split(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct contribution c;
	struct id whole = id_new(NOW_US + f->turn);
	struct contribution long_one = said(f);
	aim_with(f, shot, "rev=2&s1=1&s2=2");
	if (!shot->exists)
		return;
	long_one.id = shot->id = whole;
	long_one.original = S("Flere bænke. Og mere lys.");
	CHECK_OK(contribution_add(w->db, w->arena, &who, &long_one, S("")));
	CHECK_OK(contribution_get(w->db, w->arena, &who, whole, &c));
	CHECK_OK(contribution_move(w->db, w->arena, &who, &c,
	    &(struct contribution_step){S("reviewed"), S("")}));
}

void
aim_undo(struct full *f, struct shot *shot)
{
	aim_merged(f, shot);
	shot->form = S("undo_reason=To+ting");
}

/* ---- codes ---- */

/* A book has 200 codes at most, and each request of a test makes one more. */
static void
make_room(struct full *f)
{
	static const char SQL_CODINGS[] =
	    "DELETE FROM book_coding WHERE org = $1";
	static const char SQL_CODES[] = "DELETE FROM book_code WHERE org = $1";
	struct world *w = &f->web.world;
	if (f->turn % 50 != 0)
		return;
	CHECK_OK(db_exec(w->db, SQL_CODINGS, NULL, DB_ID(w->org.id)));
	CHECK_OK(db_exec(w->db, SQL_CODES, NULL, DB_ID(w->org.id)));
}

static struct book_code
new_code(struct full *f)
{
	make_room(f);
	return (struct book_code){.id = id_new(NOW_US + f->turn),
	    .name = str_fmt(f->web.world.arena, "Hvile %d", (int)f->turn),
	    .colour = S("green")};
}

void
aim_code_of_book(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor who = inside(f, shot);
	struct book_code c = new_code(f);
	shot->id = c.id;
	shot->form = STR_JOIN(w->arena, S("rev=1&colour=red&retired=1&name="),
	    id_text(w->arena, c.id));
	if (shot->exists)
		CHECK_OK(book_save(w->db, w->arena, &who, &c));
}

void
aim_coding(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct arena *a = w->arena;
	struct actor who = inside(f, shot);
	struct book_code code = new_code(f);
	struct coding k = {.id = id_new(NOW_US + f->turn),
	    .code = code.id,
	    .at = {0, 6},
	    .memo = S("Husk")};
	aim_voice(f, shot);
	struct contribution c = {.id = shot->id, .rev = 2};
	shot->form = STR_JOIN(a, S("rev=2&s=1&kode="), id_text(a, code.id),
	    S("&memo=Vi+ser&id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&coding="), id_text(a, k.id));
	if (!shot->exists)
		return;
	CHECK_OK(book_save(w->db, a, &who, &code));
	CHECK_OK(coding_add(w->db, a, &who, &c, &k));
}

void
aim_new_code(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct id id = id_new(NOW_US + f->turn);
	make_room(f);
	shot->form = STR_JOIN(a, S("id="), id_text(a, id),
	    S("&meaning=Et+sted+at+sidde&colour=blue&letter=H&place=1&name="),
	    id_text(a, id));
}

void
aim_codebook(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct str id = id_text(a, id_new(NOW_US + f->turn));
	make_room(f);
	shot->form = STR_JOIN(a,
	    S("fil=%3CCodeBook+xmlns%3D%22urn%3AQDA-XML%3Acodebook%3A1.0%22%3E"
	      "%3CCodes%3E%3CCode+guid%3D%22"),
	    id, S("%22+name%3D%22"), id,
	    S("%22+isCodable%3D%22true%22%2F%3E%3C%2FCodes%3E%3C%2FCodeBook"
	      "%3E"));
}

/* ---- by a citizen ---- */

void
aim_citizen_say(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	aim_citizen(f, shot);
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&text=Ring+f%C3%B8rst&scope=1"));
}

/* Something that whoever has the code said. */
static struct id
citizen_said(struct full *f, struct shot *shot)
{
	struct code code;
	struct citizen citizen;
	struct world *w = &f->web.world;
	struct citizen_word word = {
	    id_new(NOW_US + f->turn), S("Ring først."), SCOPE_NETWORK};
	aim_citizen(f, shot);
	CHECK(code_parse(w->arena, shot->token, &code));
	CHECK_OK(citizen_enter(
	    w->db, w->arena, &w->program, hash_of(code.token), &citizen));
	CHECK_OK(citizen_says(w->db, w->arena, &citizen, &word));
	return word.id;
}

void
aim_citizen_word(struct full *f, struct shot *shot)
{
	struct arena *a = f->web.world.arena;
	struct id id = citizen_said(f, shot);
	shot->form =
	    STR_JOIN(a, S("id="), id_text(a, id), S("&text=Ring.&scope=0"));
}

/* A recording of somebody who has a code. */
void
aim_citizen_media(struct full *f, struct shot *shot)
{
	struct id said = citizen_said(f, shot);
	struct actor who = inside(f, shot);
	shot->id = web_media(f, &who, said);
}
