/* SPDX-License-Identifier: MPL-2.0 */
#include "model/notice.h"

#include "tests/test.h"

TEST(notice_is_told_in_full_with_the_rights_last)
{
	(void)arena;
	struct notice_fact fact[NOTICE_FACTS];
	struct record notice = {.kind = KIND_NOTICE};
	record_set(&notice, "controller", S("Fjordby Kommune"));
	record_set(&notice, "dpo", S("Bo Lund"));
	CHECK_INT(notice_facts(LANG_DA, &notice, fact), NOTICE_FACTS);
	CHECK_STR(fact[0].label, S("Hvem vi er"));
	CHECK_STR(fact[0].text, S("Fjordby Kommune"));
	CHECK_STR(fact[NOTICE_FACTS - 2].text, S("Bo Lund"));
	CHECK_STR(fact[NOTICE_FACTS - 1].label, S("Dine rettigheder"));
	CHECK_HAS(fact[NOTICE_FACTS - 1].text, S("Datatilsynet"));
}

TEST(rights_are_told_where_no_notice_is_written)
{
	(void)arena;
	struct notice_fact fact[NOTICE_FACTS];
	CHECK_INT(notice_facts(LANG_EN, NULL, fact), 1);
	CHECK_STR(fact[0].label, S("Your rights"));
}
