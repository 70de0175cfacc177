/* SPDX-License-Identifier: MPL-2.0 */

/* Aims of cases about what is kept how long. */
#include "base/buf.h"
#include "model/retention.h"
#include "model/setting.h"
#include "tests/web/cases.h"

static const char SQL_CLOSE[] =
    "UPDATE network SET state = 'closed' WHERE org = $1 AND id = $2";

/* One more network, which has ended. */
void
aim_ended(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor mette = world_as(w, w->mette);
	struct record_faults faults;
	struct network_form form = {
	    .name = S("Det, der var"), .type = S("learning")};
	shot->id = id_new(NOW_US + f->turn);
	CHECK_OK(
	    network_create(w->db, w->arena, &mette, shot->id, &form, &faults));
	CHECK_OK(
	    db_exec(w->db, SQL_CLOSE, NULL, DB_ID(w->org.id), DB_ID(shot->id)));
}

void
aim_decision(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct setting s = {S("archive_contact"), S("Stadsarkivet")};
	aim_ended(f, shot);
	CHECK_OK(setting_save(w->db, w->arena, &w->program, &s));
	shot->form =
	    S("decision=discard&reference=Sag+17&day=2026-11-24&handed=");
}

/* The clock jumped. */
void
aim_clock(struct full *f, struct shot *shot)
{
	struct world *w = &f->web.world;
	struct actor program = w->program;
	(void)shot;
	program.now_us = NOW_US + (10 + f->turn % 2 * 10) * DAY_US;
	CHECK_OK(retention_daily(w->db, w->arena, &program));
	program.now_us -= 5 * DAY_US;
	CHECK_OK(retention_daily(w->db, w->arena, &program));
}
