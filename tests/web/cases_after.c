/* SPDX-License-Identifier: MPL-2.0 */

/* Theme cards, and the plans for what comes after. */
#include "tests/web/cases.h"

static void
save(struct full *f, const struct shot *shot, struct record *r)
{
	struct record_saved saved;
	struct world *w = &f->web.world;
	struct actor who = actor_inside(&w->program, shot->network);
	who.account = w->mette;
	CHECK_OK(record_save(w->db, w->arena, &who, r, &saved));
}

/* Once: of these there is one a network. */
static void
write_plan(struct full *f, const struct shot *shot, enum record_kind kind,
    const char *field, const char *text)
{
	struct record there;
	struct world *w = &f->web.world;
	struct actor who = actor_inside(&w->program, shot->network);
	struct record r = {
	    .kind = kind, .network = shot->network, .id = shot->network};
	if (record_get(w->db, w->arena, &who, kind, r.id, &there) == ERR_OK)
		return;
	record_set(&r, field, str_c(text));
	record_set(&r, "state", S("agreed"));
	save(f, shot, &r);
}

/* A card that has all its words. */
void
aim_card(struct full *f, struct shot *shot)
{
	static const char *const texts[] = {"about", "why", "how", "use"};
	struct world *w = &f->web.world;
	struct record group = {.kind = KIND_GROUP,
	    .network = shot->network,
	    .id = id_new(NOW_US + f->turn++)};
	struct record card = {.kind = KIND_CARD,
	    .network = shot->network,
	    .id = id_new(NOW_US + f->turn++)};
	shot->id = card.id;
	if (!shot->exists)
		return;
	record_set(&group, "name", S("Pårørende"));
	record_set(&group, "kind", S("relative"));
	record_set(&group, "horizon", S("now"));
	record_set(&group, "state", S("chosen"));
	save(f, shot, &group);
	record_set(&card, "target_group", id_text(w->arena, group.id));
	record_set(&card, "lang", S("da"));
	for (ptrdiff_t i = 0; i < COUNT_OF(texts); i++)
		record_set(&card, texts[i], S("Det er kort at læse."));
	record_set(&card, "hears_by", S("2027-01-15"));
	record_set(&card, "contact", S("Mette, 12 34 56 78"));
	save(f, shot, &card);
}

/* Both plans are written. */
void
aim_after(struct full *f, struct shot *shot)
{
	if (!shot->exists)
		return;
	write_plan(f, shot, KIND_EVALUATION, "aim", "Om de sover bedre.");
	write_plan(f, shot, KIND_SPREAD, "what", "Aftalen om natten.");
}
