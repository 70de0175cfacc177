/* SPDX-License-Identifier: MPL-2.0 */
#include "report/surveyjs.h"

#include <jansson.h>

#include "base/buf.h"
#include "model/catalogue.h"
#include "tests/test.h"

static struct measure
sample(bool retrospective)
{
	struct measure m = {.asks_words = true,
	    .design =
		retrospective ? MEASURE_RETROSPECTIVE : MEASURE_BEFORE_AFTER,
	    .n_items = 2};
	catalogue_init();
	m.record.kind = KIND_MEASURE;
	record_set(&m.record, "title", S("Hjælp \"i\" hverdagen"));
	record_set(&m.record, "purpose", S("Vi vil vide\nom den er god."));
	const struct catalogue_item *c =
	    catalogue_find(S("quality"), S("q_respect"));
	CHECK(c != NULL);
	m.item[0] = (struct measure_item){
	    1, c->key, catalogue_name(c, LANG_DA), catalogue_name(c, LANG_EN)};
	m.item[1] = (struct measure_item){
	    .number = 2, .da = S("Jeg kan <få> fat i nogen.")};
	return m;
}

/* Written, it is JSON as a form library reads it; read, it is the same. */
TEST(surveyjs_is_written_and_read_again_the_same)
{
	for (int retro = 0; retro < 2; retro++) {
		struct surveyjs *s = arena_new(arena, struct surveyjs, 1);
		struct measure m = sample(retro == 1);
		struct str json = surveyjs_write(arena, &m);
		json_t *root = json_loadb(json.p, (size_t)json.n, 0, NULL);
		CHECK(root != NULL);
		CHECK_INT(
		    json_array_size(json_object_get(root, "pages")), 1 + retro);
		json_decref(root);
		CHECK_HAS(json, S("\"showDontKnowItem\":true"));
		CHECK_HAS(json, S("\"name\":\"q_respect\""));
		CHECK(surveyjs_read(arena, json, s));
		CHECK_INT(s->n_left, 0);
		CHECK_INT(s->n, 2);
		for (int i = 0; i < 2; i++) {
			CHECK_STR(s->item[i].bank, m.item[i].bank);
			CHECK_STR(s->item[i].da, m.item[i].da);
			CHECK_STR(s->item[i].en, m.item[i].en);
		}
	}
}

static struct surveyjs *
reads(struct arena *a, const char *json)
{
	struct surveyjs *s = arena_new(a, struct surveyjs, 1);
	CHECK(surveyjs_read(a, str_c(json), s));
	return s;
}

TEST(surveyjs_takes_what_rates_from_one_to_five)
{
	struct surveyjs *s = reads(arena,
	    "{\"pages\":[{\"elements\":["
	    "{\"type\":\"rating\",\"name\":\"a\",\"title\":\"A\"},"
	    "{\"type\":\"panel\",\"elements\":[{\"type\":\"dropdown\","
	    "\"name\":\"B\",\"choices\":[\"1\",\"2\",3,4,{\"value\":5}]}]},"
	    "{\"type\":\"matrix\",\"name\":\"m\",\"columns\":[1,2,3,4,5,"
	    "\"none\"],\"rows\":[\"C\",{\"value\":\"d\",\"text\":{"
	    "\"default\":\"D\",\"da\":\"Dansk\"}}]}]}]}");
	CHECK_INT(s->n_left, 0);
	CHECK_INT(s->n, 4);
	CHECK_STR(s->item[0].da, S("A"));
	CHECK_STR(s->item[1].da, S("B"));
	CHECK_STR(s->item[2].da, S("C"));
	CHECK_STR(s->item[3].da, S("Dansk"));
	CHECK_STR(s->item[3].en, S("D"));
}

TEST(surveyjs_names_what_it_cannot_take)
{
	struct surveyjs *s = reads(arena,
	    "{\"elements\":["
	    "{\"type\":\"rating\",\"name\":\"To ti\",\"rateMax\":10},"
	    "{\"type\":\"boolean\",\"name\":\"Ja\",\"title\":\"Ja eller "
	    "nej\"},"
	    "{\"type\":\"radiogroup\",\"name\":\"R\",\"choices\":[5,4,3,2,1]},"
	    "{\"type\":\"rating\",\"name\":\"V\",\"visibleIf\":\"{x}=1\"},"
	    "{\"type\":\"comment\",\"name\":\"mere\"},"
	    "{\"type\":\"rating\",\"name\":\"L\\nL\"}]}");
	CHECK_INT(s->n, 1);
	CHECK_STR(s->item[0].da, S("V"));
	CHECK_INT(s->n_left, 6);
	CHECK_STR(s->left[0].name, S("To ti"));
	CHECK_STR(str_c(s->left[0].why), S("its scale is not 1 to 5"));
	CHECK_STR(s->left[1].name, S("Ja eller nej"));
	CHECK_STR(str_c(s->left[1].why), S("it is no question on a scale"));
	CHECK_STR(s->left[3].name, S("V"));
	CHECK_STR(s->left[4].name, S("mere"));
}

TEST(surveyjs_says_where_it_is_no_form)
{
	struct surveyjs *s = arena_new(arena, struct surveyjs, 1);
	CHECK(!surveyjs_read(arena, S("{\"pages\":[\n  {]}"), s));
	CHECK(s->fault != NULL);
	CHECK_INT(s->line, 2);
	CHECK(!surveyjs_read(arena, S("{\"a\":1}"), s));
	CHECK_INT(s->line, 0);
	CHECK(!surveyjs_read(arena, S(""), s));
}
