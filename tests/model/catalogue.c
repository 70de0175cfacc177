/* SPDX-License-Identifier: MPL-2.0 */
#include "model/catalogue.h"

#include "base/utf8.h"
#include "tests/model/plain.h"
#include "tests/test.h"

static const char *const lists[] = {"phases", "roles", "coforms", "modes",
    "promises", "actor_kinds", "network_types", "target_group_kinds",
    "access_ways", "glossary", "office_words", "help", "questions", "methods",
    "yields", "rules", "ethics", "terms"};

TEST(catalogue_lix_of_the_test_counts_as_by_hand)
{
	/* 20 words in a sentence, 4 of them long: 20 + 20 */
	CHECK_INT(lix(S("Vi har en bil og en hund og en kat og et stort "
			"værelse, tagterrasse, havestue, kælderrum til os.")),
	    40);
	CHECK_INT(lix(S("En. To! Tre?")), 1);
	CHECK_INT(lix(S("Den 19. maj går vi hjem.")), 6);
	CHECK_INT(lix(S("Søstrene på øen")), 3 + 33); /* æøå are one letter */
	CHECK_INT(lix(S("")), 0);
}

/* ---- what ships ---- */

TEST(catalogue_that_ships_is_sound)
{
	struct str fault;
	const struct catalogue *c =
	    catalogue_read(arena, catalogue_json, &fault);
	CHECK_STR(fault, S(""));
	CHECK(c != NULL);
	for (int i = 0; i < COUNT_OF(lists); i++)
		CHECK(catalogue_in(c, str_c(lists[i])).n > 2);
}

static void
check_keys(const char *list, const char *keys)
{
	struct catalogue_items items = catalogue_list(str_c(list));
	struct str rest = str_c(keys);
	for (ptrdiff_t i = 0; i < items.n; i++)
		CHECK_STR(items.list[i].key, str_cut(&rest, ' '));
	CHECK_INT(rest.n, 0);
}

/* Rows in databases carry these, so they stay, in this order. */
TEST(catalogue_keys_that_code_relies_on)
{
	check_keys("phases",
	    "startup design focus discovery processing ideas test spread "
	    "closing");
	check_keys("modes", "core along one_off informed not");
	check_keys(
	    "coforms", "co_design co_delivery co_assessment co_priority");
	check_keys("promises", "inform consult involve collaborate empower");
	check_keys(
	    "actor_kinds", "citizen company interest_org association other");
	check_keys("network_types", "learning welfare innovation");
	check_keys("target_group_kinds",
	    "user relative indirect non_user future front_staff");
	check_keys("access_ways", "member visit go_out bring_in");
	check_keys("help",
	    "purpose decision need promise actors role_grid documentation "
	    "theme question phase agenda common_focus participant "
	    "target_group task activity contact invitation notice insight "
	    "journey dialogue idea round trial measure verdict story "
	    "theme_card evaluation spread");
	CHECK_INT(catalogue_list(S("roles")).n, 25);
	CHECK_INT(catalogue_list(S("methods")).n, 23);
	CHECK_INT(catalogue_list(S("questions")).n, 25 + 4);
}

/* guide:S18: three co-forms ship, and one more that is switched on. */
TEST(catalogue_offers_three_coforms)
{
	struct catalogue_items forms = catalogue_list(S("coforms"));
	ptrdiff_t offered = 0;
	for (ptrdiff_t i = 0; i < forms.n; i++)
		offered += forms.list[i].offered;
	CHECK_INT(offered, 3);
	CHECK(!catalogue_find(S("coforms"), S("co_priority"))->offered);
	CHECK(catalogue_find(S("modes"), S("not"))->initial);
}

TEST(catalogue_says_it_in_both_languages)
{
	for (int l = 0; l < COUNT_OF(lists); l++) {
		struct catalogue_items items = catalogue_list(str_c(lists[l]));
		for (ptrdiff_t i = 0; i < items.n; i++) {
			const struct catalogue_item *x = &items.list[i];
			CHECK(catalogue_name(x, LANG_DA).n > 0);
			CHECK(catalogue_name(x, LANG_EN).n > 0);
			CHECK(!str_eq(catalogue_text(x, LANG_DA),
			    catalogue_text(x, LANG_EN)));
			CHECK(utf8_valid(catalogue_text(x, LANG_DA)));
		}
	}
}

TEST(catalogue_without_a_key_is_empty)
{
	CHECK(catalogue_find(S("roles"), S("nobody")) == NULL);
	CHECK(catalogue_find(S("roles"), S("")) == NULL);
	CHECK(catalogue_has(S("roles"), S("guide")));
	CHECK(!catalogue_has(S("phases"), S("guide")));
	CHECK_STR(catalogue_name(NULL, LANG_DA), S(""));
	CHECK(catalogue_help(S("weather"), LANG_EN) == NULL);
	CHECK(catalogue_term(S("weather"), LANG_EN) == NULL);
	CHECK_STR(catalogue_term(S("decision_room"), LANG_DA)->text,
	    S("Det, der stadig kan ændres."));
	CHECK_STR(catalogue_help(S("task"), LANG_EN)->name, S("Task"));
}

TEST(catalogue_speaks_to_citizens_at_eye_level)
{
	for (int l = 0; l < COUNT_OF(lists); l++) {
		struct str list = str_c(lists[l]);
		struct catalogue_items items = catalogue_list(list);
		if (str_eq(list, S("questions")) || /* the leader's own */
		    str_eq(list, S("office_words"))) /* no sentences */
			continue;
		for (ptrdiff_t i = 0; i < items.n; i++) {
			const struct catalogue_words *w =
			    catalogue_words(&items.list[i], LANG_DA);
			check_lix(items.list[i].key, w->text);
			check_lix(items.list[i].key, w->ask);
			check_lix(items.list[i].key, w->promise);
			check_lix(items.list[i].key, w->example);
			check_lix(items.list[i].key, w->caution);
			check_lix(items.list[i].key, w->why);
			check_lix(items.list[i].key, w->way);
		}
	}
	CHECK(lix(S("Kommunalbestyrelsen prioriterer inddragelsesprocesser "
		    "vedrørende velfærdsområdet.")) > LIX_CITIZEN);
}

/* One sentence: one full stop, and it is the last letter. */
static bool
is_one_sentence(struct str s)
{
	ptrdiff_t stops = 0;
	for (ptrdiff_t i = 0; i < s.n; i++)
		stops += s.p[i] == '.' || s.p[i] == '!' || s.p[i] == '?';
	return stops == 1 && str_ends(s, S("."));
}

/* guide:S16: the umbrella terms and the rest, one plain sentence each. */
TEST(catalogue_glossary_has_one_sentence_a_term)
{
	struct catalogue_items terms = catalogue_list(S("glossary"));
	CHECK(terms.n >= 40);
	for (ptrdiff_t i = 0; i < terms.n; i++) {
		CHECK(is_one_sentence(catalogue_text(&terms.list[i], LANG_DA)));
		CHECK(is_one_sentence(catalogue_text(&terms.list[i], LANG_EN)));
	}
	CHECK(catalogue_has(S("glossary"), S("cocreation")));
	CHECK(catalogue_has(S("glossary"), S("coproduction")));
	CHECK(!is_one_sentence(S("To. Sætninger.")));
	CHECK(!is_one_sentence(S("uden punktum")));
}

static bool
holds(struct catalogue_texts texts, struct str key)
{
	for (ptrdiff_t i = 0; i < texts.n; i++) {
		if (str_eq(texts.list[i], key))
			return true;
	}
	return false;
}

/* Whether some item of `list` carries `key`: a method a role, a role a phase. */
static bool
some_method_has_role(struct str role)
{
	struct catalogue_items methods = catalogue_list(S("methods"));
	for (ptrdiff_t i = 0; i < methods.n; i++) {
		if (holds(methods.list[i].roles, role))
			return true;
	}
	return false;
}

static bool
some_role_has_phase(struct str phase)
{
	struct catalogue_items roles = catalogue_list(S("roles"));
	for (ptrdiff_t i = 0; i < roles.n; i++) {
		if (holds(roles.list[i].phases, phase))
			return true;
	}
	return false;
}

TEST(catalogue_has_a_way_for_each_role_and_a_role_for_each_phase)
{
	struct catalogue_items roles = catalogue_list(S("roles"));
	struct catalogue_items phases = catalogue_list(S("phases"));
	for (ptrdiff_t i = 0; i < roles.n; i++)
		CHECK(some_method_has_role(roles.list[i].key));
	for (ptrdiff_t i = 0; i < phases.n; i++)
		CHECK(some_role_has_phase(phases.list[i].key));
	CHECK(!some_method_has_role(S("nobody")));
	CHECK(catalogue_find(S("roles"), S("interest_holder"))->interest);
	CHECK(catalogue_find(S("roles"), S("company_developer"))->interest);
	CHECK(!catalogue_find(S("roles"), S("guide"))->interest);
}

/* Interview, podcast, film and user journey. */
TEST(catalogue_marks_the_gentle_methods_of_the_guide)
{
	struct catalogue_items methods = catalogue_list(S("methods"));
	ptrdiff_t named = 0;
	for (ptrdiff_t i = 0; i < methods.n; i++) {
		const struct catalogue_item *m = &methods.list[i];
		named += m->in_guide;
		CHECK(!m->in_guide || m->gentle >= 2);
		CHECK(m->people_min <= m->people_max);
	}
	CHECK_INT(named, 4);
	CHECK_INT(catalogue_find(S("methods"), S("town_hall"))->gentle, 0);
}

TEST(catalogue_does_not_speak_for_the_author_of_the_guide)
{
	for (int i = 0; i < COUNT_OF(lists); i++)
		CHECK_LACKS(catalogue_json(str_c(lists[i])), S("Albertslund"));
	CHECK_LACKS(catalogue_json(S("demo")), S("Albertslund"));
	CHECK(catalogue_json(S("demo")).n > 1000); /* it was looked at */
}

/* ---- faults ---- */

static struct planted {
	struct arena *arena;
	struct str file, from, to;
} planted;

static struct str
planted_source(struct str name)
{
	struct str text = catalogue_json(name);
	if (!str_eq(name, planted.file))
		return text;
	ptrdiff_t at = str_find(text, planted.from);
	assert_true(at >= 0);
	struct str head =
	    str_cat(planted.arena, str_sub(text, 0, at), planted.to);
	return str_cat(
	    planted.arena, head, str_sub(text, at + planted.from.n, text.n));
}

/* Replaces the first `from` in one file; the fault must name file and item. */
static void
check_fault(struct arena *a, const char *file, const char *from, const char *to,
    const char *fault)
{
	struct str got;
	planted = (struct planted){a, str_c(file), str_c(from), str_c(to)};
	CHECK(catalogue_read(a, planted_source, &got) == NULL);
	CHECK_HAS(got, str_c(fault));
	CHECK_HAS(got, str_cat(a, str_c(file), S(".json: ")));
}

TEST(catalogue_with_a_fault_names_file_item_and_field)
{
	struct arena *a = arena;
	check_fault(a, "roles", "[\"startup\"]", "[\"nowhere\"]",
	    "theme_setter: phases: points at nothing: nowhere");
	check_fault(a, "roles", "[\"co_design\"]", "[\"co_sing\"]",
	    "theme_setter: coforms: points at nothing: co_sing");
	check_fault(a, "roles", "[\"knowledge\"]", "[\"luck\"]",
	    "theme_setter: needs: has an unknown value");
	check_fault(a, "methods", "[\"go_out\"]", "[\"stay\"]",
	    "interview: access: points at nothing");
	check_fault(a, "methods", "\"gentle\": 3", "\"gentle\": 4",
	    "interview: gentle: must be a number in its range");
	check_fault(a, "methods", "\"gentle\": 3", "\"gentle\": \"3\"",
	    "interview: gentle: must be a number");
	check_fault(a, "modes", "\"core\"", "\"along\"", "along: key");
	check_fault(a, "modes", "\"core\"", "\"Core\"", "Core: key");
	check_fault(
	    a, "modes", "false", "0", "core: initial: must be true or false");
	check_fault(a, "help", "[\"S11\", \"S12\"]", "[\"S57\"]",
	    "purpose: guide: has an unknown value");
	check_fault(a, "glossary", "\"name\": \"Netværk\",", "",
	    "network: name: is missing");
	check_fault(a, "glossary", "\"en\":", "\"sv\":", "must be an object");
	check_fault(a, "glossary", "\"name\": \"Netværk\"",
	    "\"name\": \"Netværk\", \"note\": \"x\"", "a field that nobody");
	check_fault(a, "glossary", "\"Netværk\"", "\" Netværk\"", "blanks");
	check_fault(a, "glossary", "\"Netværk\"", "\"\"", "is empty");
	check_fault(a, "glossary", "\"Netværk\"", "7", "must be a text");
	check_fault(a, "phases", "\"version\": 1", "\"version\": 2", "version");
	check_fault(a, "phases", "\"items\"", "\"item\"", "items");
	check_fault(a, "phases", "]", "", "line ");
	check_fault(a, "phases", "\"number\": 1,",
	    "\"number\": 1, \"number\": 1,", "duplicate");
}
