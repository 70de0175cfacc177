/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about rounds of priorities need (tests/web/cases.def): a round
 * with three options, a draft, open or closed. */
#include "base/buf.h"
#include "model/paper.h"
#include "model/round_import.h"
#include "tests/web/cases.h"

struct stage {
	struct full *f;
	struct world *w;
	struct actor who; /* the program in the network aimed at */
	struct round round;
};

static const char *method = "approval"; /* of the next one that is set up */

static void
set_stage(struct stage *s, struct full *f, struct shot *shot, bool open)
{
	struct record_saved saved;
	struct record r = world_record(&f->web.world, KIND_ROUND);
	*s = (struct stage){.f = f,
	    .w = &f->web.world,
	    .who = actor_inside(&f->web.world.program, shot->network)};
	struct world *w = s->w;
	s->who.account = id_is_set(f->web.account) ? f->web.account : w->mette;
	r.network = shot->network;
	r.id = id_new(NOW_US + f->turn);
	record_set(&r, "question", S("Hvad skal vi begynde med?"));
	record_set(&r, "about", S("Vælg det, du helst vil have."));
	record_set(&r, "method", str_c(method));
	CHECK_OK(record_save(w->db, w->arena, &s->who, &r, &saved));
	CHECK_OK(round_get(w->db, w->arena, &s->who, r.id, &s->round));
	CHECK_OK(round_options_titles(w->db, w->arena, &s->who, &s->round,
	    S("En rampe\nEn bænk\nEt fælles måltid")));
	CHECK_OK(round_get(w->db, w->arena, &s->who, r.id, &s->round));
	if (open)
		CHECK_OK(round_begin(w->db, w->arena, &s->who, &s->round));
	shot->id = r.id;
}

static bool
begin(struct stage *s, struct full *f, struct shot *shot, bool open)
{
	shot->id = id_new(NOW_US + f->turn);
	if (shot->exists)
		set_stage(s, f, shot, open);
	return shot->exists;
}

void
aim_round(struct full *f, struct shot *shot)
{
	struct stage s;
	(void)begin(&s, f, shot, true);
}

void
aim_round_draft(struct full *f, struct shot *shot)
{
	struct stage s;
	shot->form = S("options=En+gynge%0AEt+kor&number=1&rev=3");
	(void)begin(&s, f, shot, false);
}

/* One of two ideas is ticked. */
void
aim_round_ideas(struct full *f, struct shot *shot)
{
	struct stage s;
	struct shot idea = *shot;
	aim_idea(f, &idea);
	shot->form = STR_JOIN(f->web.world.arena, S("ide-"),
	    id_text(f->web.world.arena, idea.id), S("=1"));
	(void)begin(&s, f, shot, false);
}

static void
cast(struct stage *s, int n)
{
	struct world *w = s->w;
	struct ballot b;
	CHECK(ballot_parse(w->arena, &s->round, S("1:1 3:1"), &b));
	for (int i = 0; i < n; i++) {
		struct elector v = {.round = &s->round,
		    .side = i % 2 == 0 ? SIDE_CITIZENS : SIDE_NETWORK,
		    .key = ballot_key(w->arena, &s->who, &s->round, 't',
			str_fmt(w->arena, "%d", i))};
		CHECK_OK(ballot_cast(w->db, w->arena, &s->who, &v, &b));
	}
}

void
aim_round_closed(struct full *f, struct shot *shot)
{
	struct stage s;
	if (!begin(&s, f, shot, true))
		return;
	cast(&s, 14);
	CHECK_OK(round_close(s.w->db, s.w->arena, &s.who, &s.round));
}

void
aim_round_pairs(struct full *f, struct shot *shot)
{
	struct stage s;
	method = "pairwise";
	if (begin(&s, f, shot, true))
		CHECK_OK(round_close(s.w->db, s.w->arena, &s.who, &s.round));
	method = "approval";
}

/* ---- choices from a file ---- */

#define CHOICES                                                             \
	"Session ID,Winner ID,Winner Text,Loser ID,Loser Text\n1,1,En ramp" \
	"e,2,En trappe\n"

void
aim_round_import_send(struct full *f, struct shot *shot)
{
	struct stage s;
	struct arena *a = f->web.world.arena;
	(void)begin(&s, f, shot, false);
	shot->form = STR_JOIN(a, S("id="), id_text(a, id_new(NOW_US + f->turn)),
	    S("&list=Session+ID%2CWinner+ID%0A1%2C1"));
}

/* A file is shown to who brought it. */
void
aim_round_import(struct full *f, struct shot *shot)
{
	struct stage s;
	method = "pairwise";
	bool there = begin(&s, f, shot, false);
	method = "approval";
	struct round_import in = {.id = id_new(NOW_US + f->turn),
	    .round = shot->id,
	    .file = S(CHOICES)};
	shot->id = in.id;
	if (there)
		CHECK_OK(round_import_put(s.w->db, s.w->arena, &s.who, &in));
}

void
aim_round_vote(struct full *f, struct shot *shot)
{
	struct stage s;
	shot->form = S("v=1&v=3");
	(void)begin(&s, f, shot, true);
}

/* Ballots on paper, one of them read in two ways. */
void
aim_paper(struct full *f, struct shot *shot)
{
	struct stage s;
	struct paper_rows rows = {0};
	shot->form = S("in_all=7&serial=1&choices=1%3A1&rows=x");
	if (!begin(&s, f, shot, true))
		return;
	struct world *w = s.w;
	CHECK_OK(paper_make(w->db, w->arena, &s.who, &s.round, 3));
	struct str number = paper_number(w->arena, &s.who, &s.round, 1);
	rows.text = STR_JOIN(w->arena, number, S(";1"));
	CHECK_OK(paper_read(w->db, w->arena, &s.who, &s.round, &rows));
	rows.text = STR_JOIN(w->arena, number, S(";2"));
	struct actor second = s.who;
	second.account = w->lis;
	CHECK_OK(paper_read(w->db, w->arena, &second, &s.round, &rows));
	CHECK_INT(rows.list[0].outcome, PAPER_DIFFERS);
}

/* ---- by a citizen ---- */

static void
citizen_stage(struct stage *s, struct full *f, struct shot *shot)
{
	struct shot own = *shot;
	aim_citizen(f, shot);
	own.network = f->web.world.network;
	own.exists = true;
	set_stage(s, f, &own, true);
	shot->id = own.id;
	shot->form = S("v=2");
}

void
aim_citizen_vote(struct full *f, struct shot *shot)
{
	struct stage s;
	citizen_stage(&s, f, shot);
}

void
aim_citizen_result(struct full *f, struct shot *shot)
{
	struct stage s;
	citizen_stage(&s, f, shot);
	cast(&s, 14);
	CHECK_OK(round_close(s.w->db, s.w->arena, &s.who, &s.round));
}
