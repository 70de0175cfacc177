/* SPDX-License-Identifier: MPL-2.0 */

/* Everything about one person as JSON, for another program. */
#include "report/dossier.h"

#include <jansson.h>

#include "tests/test.h"

static struct dossier
one(struct arena *a, bool opened)
{
	struct dossier_fact *f = arena_new(a, struct dossier_fact, 2);
	struct dossier_row *row = arena_new(a, struct dossier_row, 1);
	struct dossier_part *part = arena_new(a, struct dossier_part, 1);
	f[0] = (struct dossier_fact){
	    .name = S("text"), .raw = S("\"Ja\"\n<b>"), .value = S("Ja")};
	f[1] = (struct dossier_fact){
	    .name = S("at_us"), .raw = S("2026-11-24T08:00:00.000Z")};
	*row = (struct dossier_row){f, 2};
	*part = (struct dossier_part){
	    .table = datamap_find(S("message")), .row = row, .n = 1};
	return (struct dossier){.network = S("Trygge \"ældre\""),
	    .code = S("K-1842"),
	    .contact = {.name = S("Karen Holm")},
	    .has_contact = true,
	    .opened = opened,
	    .part = part,
	    .n = 1};
}

TEST(dossier_json_is_read_back_as_it_was)
{
	struct dossier d[2] = {one(arena, true), one(arena, false)};
	struct str out;
	CHECK_OK(dossier_json(arena, d, 2, &out));
	json_t *all = json_loadb(out.p, (size_t)out.n, 0, NULL);
	CHECK(all != NULL);
	CHECK_INT((int64_t)json_array_size(all), 2);
	json_t *first = json_array_get(all, 0);
	CHECK_STR(str_c(json_string_value(json_object_get(
		      json_object_get(first, "contact"), "name"))),
	    S("Karen Holm"));
	json_t *rows =
	    json_object_get(json_object_get(first, "held"), "message");
	CHECK_STR(str_c(json_string_value(
		      json_object_get(json_array_get(rows, 0), "text"))),
	    S("\"Ja\"\n<b>"));
	/* Sealed, and not opened: that it is held is said. */
	CHECK_STR(str_c(json_string_value(
		      json_object_get(json_array_get(all, 1), "contact"))),
	    S("held"));
	json_decref(all);
	CHECK_OK(dossier_json(arena, d, 0, &out));
	CHECK_STR(out, S("[]\n"));
}
