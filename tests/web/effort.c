/* SPDX-License-Identifier: MPL-2.0 */

/* The page of what involving people took (E7). */
#include "tests/web/site.h"

/* guide:S45 */
TEST_DB(effort_page_says_what_it_took_and_how_it_is_worked_out)
{
	struct web w;
	web_new(&w, arena, db);
	web_session(&w, w.world.mette);
	struct reply r = web_get(&w, web_path(&w, "/indsats"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Ingen aktivitet er holdt endnu."));
	struct record a = world_record(&w.world, KIND_ACTIVITY);
	record_set(&a, "title", S("Kaffe i haven"));
	record_set(&a, "people", S("8"));
	record_set(&a, "minutes", S("90"));
	record_set(&a, "cost", S("1500"));
	world_save(&w.world, &a);
	world_set_state(&w.world, &a, "held");
	r = web_get(&w, web_path(&w, "/indsats"));
	CHECK_HAS(r.body, S("Kaffe i haven"));
	CHECK_HAS(r.body, S("12 t. 0 min."));
	CHECK_HAS(r.body, S("1.500"));
	CHECK_HAS(r.body, S("Tallet siger ikke"));
	CHECK_HAS(web_get(&w, web_path(&w, "")).body, S("/indsats\""));
}
