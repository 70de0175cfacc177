/* SPDX-License-Identifier: MPL-2.0 */

/* What one row of a file of people may hold (model/people_file.h). */
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/outbox.h"
#include "model/people_parts.h"
#include "model/person.h"

enum { OLDEST = 120 };

/* At most so many characters. */
static const ptrdiff_t longest[PEOPLE_FIELDS] = {
    [PEOPLE_NAME] = 120,
    [PEOPLE_MAIL] = 254,
    [PEOPLE_PHONE] = 40,
    [PEOPLE_ADDRESS] = 300,
    [PEOPLE_AGE] = 40,
    [PEOPLE_GROUP] = 200,
    [PEOPLE_CHANNEL] = 40,
    [PEOPLE_ALIAS] = 60,
    [PEOPLE_REASON] = 600,
};

/* By its key, or by the word that is shown for it, in either language. */
static struct str
choice_key(struct arena *a, const struct choice *list, struct str word)
{
	struct str wanted = utf8_fold(a, word);
	for (; list->key != NULL; list++) {
		struct str label = str_c(list->label);
		if (str_eq(wanted, str_c(list->key)) ||
		    str_eq(wanted, utf8_fold(a, label)) ||
		    str_eq(wanted, utf8_fold(a, tr(LANG_DA, list->label))))
			return str_c(list->key);
	}
	return S("");
}

/* The first year of a band stands before its hyphen: "67-79". */
static struct str
age_key(struct arena *a, struct str word)
{
	int64_t years, from;
	struct str key = choice_key(a, person_ages, word);
	if (key.n > 0 || !str_int(word, &years) || years < 0 || years > OLDEST)
		return key;
	for (const struct choice *c = person_ages; c->key != NULL; c++) {
		struct str rest = str_c(c->key);
		if (str_int(str_cut(&rest, '-'), &from) && from <= years)
			key = str_c(c->key);
	}
	return key;
}

static const char *
check_field(struct arena *a, enum people_field field, struct str *value)
{
	if (cpr_find(*value).n > 0)
		return N_("There is what looks like a CPR number. Take it out "
			  "of the file.");
	if (utf8_length(*value) > longest[field])
		return N_("This is too long.");
	if (field == PEOPLE_MAIL && !mail_address_ok(*value))
		return N_("This is no mail address.");
	if (field == PEOPLE_AGE) {
		*value = age_key(a, *value);
		if (value->n == 0)
			return N_("Write the age in years, or as 18-29.");
	}
	if (field == PEOPLE_CHANNEL) {
		*value = choice_key(a, person_channels, *value);
		if (value->n == 0)
			return N_("Write letter, mail, phone, text message, "
				  "Digital Post or in person.");
	}
	return NULL;
}

void
people_row_check(struct arena *a, struct people_file *f, struct people_row *row)
{
	struct str *v = row->value;
	for (int i = 0; i < PEOPLE_FIELDS; i++) {
		const char *message = NULL;
		v[i] = str_trim(utf8_normal(a, v[i]));
		if (v[i].n > 0)
			message = check_field(a, (enum people_field)i, &v[i]);
		if (message != NULL)
			people_fault(a, f, row->at[i], message, S(""));
	}
	struct file_place start = {row->line, 1};
	if (utf8_blank(v[PEOPLE_NAME]))
		people_fault(a, f, start, N_("Write a name."), S(""));
	if (v[PEOPLE_MAIL].n + v[PEOPLE_PHONE].n + v[PEOPLE_ADDRESS].n == 0)
		people_fault(a, f, start,
		    N_("Write a mail address, a phone or an address."), S(""));
}
