/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_corps.h"

#include "model/shift.h"

/* What it says of newcomers stands in the first item. */
static enum err
add_words(struct demo_loader *l, const struct actor *who, const json_t *item)
{
	struct corps_faults faults;
	struct corps c = {.about = demo_text(item, "newcomers"),
	    .contact = demo_text(item, "contact")};
	return c.about.n > 0 ? corps_save(l->db, l->arena, who, &c, &faults)
			     : ERR_OK;
}

static enum err
add_pledge(struct demo_loader *l, const struct actor *who, struct id task,
    const json_t *item)
{
	struct pledge_faults faults;
	const json_t *given = json_object_get(item, "promise");
	if (given == NULL)
		return ERR_OK;
	struct pledge p = {.id = id_new(who->now_us),
	    .task = task,
	    .actor = demo_id(l, demo_text(given, "actor")),
	    .what = demo_text(given, "what"),
	    .per = S("month"),
	    .ends = demo_date(l, given, "ends"),
	    .contact = demo_text(item, "contact"),
	    .way = S("paper")};
	return pledge_add(l->db, l->arena, who, &p, &faults);
}

static enum err
add_shifts(struct demo_loader *l, const struct actor *who, struct id task,
    const json_t *item)
{
	struct shift_faults faults;
	const json_t *made = json_object_get(item, "shifts");
	struct shift_new in = {.id = id_new(who->now_us),
	    .task = task,
	    .day = demo_date(l, made, "day"),
	    .from = demo_text(made, "from"),
	    .to = demo_text(made, "to"),
	    .place = demo_text(made, "place"),
	    .what = demo_text(made, "what"),
	    .places = demo_text(made, "places"),
	    .weeks = demo_text(made, "weeks")};
	return shift_make(l->db, l->arena, who, &in, &faults);
}

static enum err
add_task(struct demo_loader *l, const json_t *item)
{
	struct corps_task_faults faults;
	struct actor who = demo_writer(l, item);
	struct corps_task t = {.id = id_new(who.now_us + l->ticks++),
	    .title = demo_text(item, "title"),
	    .about = demo_text(item, "about"),
	    .needs = demo_text(item, "needs"),
	    .contact = demo_text(item, "contact"),
	    .secrecy = demo_text(item, "secrecy"),
	    .tie = S("decision"),
	    .tie_text = demo_text(item, "decision")};
	enum err e = add_words(l, &who, item);
	if (e == ERR_OK)
		e = corps_task_save(l->db, l->arena, &who, &t, &faults);
	if (e == ERR_OK)
		e = add_pledge(l, &who, t.id, item);
	return e == ERR_OK ? add_shifts(l, &who, t.id, item) : e;
}

enum err
demo_corps(struct demo_loader *l)
{
	return demo_each(l, "corps", add_task);
}
