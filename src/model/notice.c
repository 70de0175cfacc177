/* SPDX-License-Identifier: MPL-2.0 */
#include "model/notice.h"

static const struct {
	const char *label, *field;
} told[NOTICE_FACTS - 1] = {
    {N_("Who we are"), "controller"},
    {N_("What we use it for"), "purpose"},
    {N_("Who sees it"), "recipients"},
    {N_("How long it is kept"), "kept"},
    {N_("Data protection officer"), "dpo"},
};

ptrdiff_t
notice_facts(enum lang lang, const struct record *notice,
    struct notice_fact fact[NOTICE_FACTS])
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; notice != NULL && i < COUNT_OF(told); i++)
		fact[n++] = (struct notice_fact){tr(lang, told[i].label),
		    record_value(notice, told[i].field)};
	fact[n++] = (struct notice_fact){tr(lang, "Your rights"),
	    tr(lang,
		"You can see it, have it put right or have it deleted. "
		"You can say no. Call us or write to us. You can also "
		"complain to Datatilsynet.")};
	return n;
}
