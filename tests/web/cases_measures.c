/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about measurements need (tests/web/cases.def): a draft, a round
 * that is open, or two that have closed. */
#include "base/buf.h"
#include "model/measure.h"
#include "tests/web/cases.h"

struct stage {
	struct world *w;
	struct actor who; /* the program in the network aimed at */
	struct measure m;
};

static void
set_stage(struct stage *s, struct full *f, struct shot *shot)
{
	struct record_saved saved;
	struct record r = world_record(&f->web.world, KIND_MEASURE);
	*s = (struct stage){.w = &f->web.world,
	    .who = actor_inside(&f->web.world.program, shot->network)};
	struct world *w = s->w;
	s->who.account = id_is_set(f->web.account) ? f->web.account : w->mette;
	r.network = shot->network;
	r.id = id_new(NOW_US + f->turn);
	record_set(&r, "title", S("Hjælp i hverdagen"));
	record_set(&r, "purpose", S("Vi vil vide, om hjælpen er god."));
	record_set(&r, "door", S("link"));
	CHECK_OK(record_save(w->db, w->arena, &s->who, &r, &saved));
	CHECK_OK(measure_get(w->db, w->arena, &s->who, r.id, &s->m));
	struct measure_more more = {.bank = S("q_respect q_fits")};
	CHECK_OK(measure_items_add(w->db, w->arena, &s->who, &s->m, &more));
	CHECK_OK(measure_get(w->db, w->arena, &s->who, r.id, &s->m));
	shot->id = r.id;
}

static bool
begin(struct stage *s, struct full *f, struct shot *shot)
{
	shot->id = id_new(NOW_US + f->turn);
	if (shot->exists)
		set_stage(s, f, shot);
	return shot->exists;
}

static void
open_round(struct stage *s)
{
	CHECK_OK(measure_begin_round(s->w->db, s->w->arena, &s->who, &s->m));
}

static void
answer(struct stage *s, int n, int mark)
{
	for (int i = 0; i < n; i++) {
		struct respondent p = measure_pseudonym(s->w->arena, &s->who,
		    &s->m, str_fmt(s->w->arena, "svar %d", i));
		struct measure_reply r = {.now = {(int8_t)(mark + i % 2), 3}};
		CHECK_OK(
		    measure_reply_put(s->w->db, s->w->arena, &s->who, &p, &r));
	}
}

void
aim_measure_draft(struct full *f, struct shot *shot)
{
	struct stage s;
	shot->form = S("bank=q_heard&own=Jeg+ved+det&number=1&rev=2");
	(void)begin(&s, f, shot);
}

void
aim_measure(struct full *f, struct shot *shot)
{
	struct stage s;
	if (begin(&s, f, shot))
		open_round(&s);
}

void
aim_measure_closed(struct full *f, struct shot *shot)
{
	enum { PEOPLE = 8 };
	struct stage s;
	if (!begin(&s, f, shot))
		return;
	for (int round = 0; round < 2; round++) {
		open_round(&s);
		answer(&s, PEOPLE, 2 + round);
		CHECK_OK(
		    measure_close_round(s.w->db, s.w->arena, &s.who, &s.m));
	}
}

/* One form, read in two ways. */
void
aim_measure_paper(struct full *f, struct shot *shot)
{
	struct stage s;
	struct measure_desk desk;
	struct measure_papers rows = {.text = S("ark 1; 4 4")};
	shot->form = S("rows=ark+2%3B+4+4&which=0&who=x");
	if (!begin(&s, f, shot))
		return;
	struct world *w = s.w;
	open_round(&s);
	CHECK_OK(measure_paper_read(w->db, w->arena, &s.who, &s.m, &rows));
	rows.text = S("ark 1; 4 5");
	struct actor second = s.who;
	second.account = w->lis;
	CHECK_OK(measure_paper_read(w->db, w->arena, &second, &s.m, &rows));
	CHECK_OK(measure_desk(w->db, w->arena, &s.who, &s.m, &desk));
	CHECK_INT(desk.n_differs, 1);
	shot->form = STR_JOIN(
	    w->arena, S("rows=ark+2%3B+4+4&which=0&who="), desk.differs[0].who);
}

void
aim_measure_phones(struct full *f, struct shot *shot)
{
	aim_measure(f, shot);
	shot->form = S("reason=De+skal+huske+at+svare");
}

void
aim_measure_form_in(struct full *f, struct shot *shot)
{
	struct stage s;
	(void)begin(&s, f, shot);
	shot->form = S("skema=%7B%22elements%22%3A%5B%7B%22type%22%3A%22"
		       "rating%22%2C%22name%22%3A%22Trygt%22%7D%5D%7D");
}

void
aim_measure_table_in(struct full *f, struct shot *shot)
{
	aim_measure_draft(f, shot);
	shot->form = S("tabel=kode,runde,1,2%0Akode7,1,4,5%0A");
}

/* ---- by who answers ---- */

void
aim_measure_form(struct full *f, struct shot *shot)
{
	struct stage s;
	struct shot own = *shot;
	own.network = f->web.world.network;
	set_stage(&s, f, &own);
	open_round(&s);
	shot->id = own.id;
	shot->form = S("n1=4&n2=6&kode=roed+cykel&givet=abcd-efgh");
}

void
aim_citizen_measure(struct full *f, struct shot *shot)
{
	aim_citizen(f, shot);
	aim_measure_form(f, shot);
}

/* ---- how it was to take part ---- */

void
aim_experience_paper(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct record_saved saved;
	struct record r = world_record(w, KIND_ACTIVITY);
	struct actor who = actor_inside(&w->program, shot->network);
	r.id = id_new(NOW_US + f->turn);
	r.network = shot->network;
	who.account = id_is_set(f->web.account) ? f->web.account : w->mette;
	for (ptrdiff_t i = 0; i < record_def(r.kind)->n_fields; i++) {
		if (record_def(r.kind)->fields[i].type == FIELD_REF ||
		    record_def(r.kind)->fields[i].type == FIELD_REFS)
			r.value[i] = S("");
	}
	if (shot->exists)
		CHECK_OK(record_save(w->db, w->arena, &who, &r, &saved));
	shot->form = STR_JOIN(w->arena, S("rows=1%3B+4+5+x+3&activity="),
	    id_text(w->arena, r.id));
}
