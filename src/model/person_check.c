/* SPDX-License-Identifier: MPL-2.0 */

/* What a person's row may hold (model/person.h). */
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/catalogue.h"
#include "model/outbox.h"
#include "model/person.h"

enum { ALIAS_MAX = 60, LONGEST_NAME = 120, TEXT_MAX = 600 };

const struct choice person_ages[] = {
    {"0-14", N_("Under 15")},
    {"15-17", N_("15 to 17")},
    {"18-29", N_("18 to 29")},
    {"30-49", N_("30 to 49")},
    {"50-66", N_("50 to 66")},
    {"67-79", N_("67 to 79")},
    {"80-", N_("80 or more")},
    {0},
};

const struct choice person_channels[] = {
    {"in_person", N_("In person")},
    {"phone", N_("Phone")},
    {"letter", N_("Letter")},
    {"mail", N_("Mail")},
    {"sms", N_("Text message")},
    {"digital_post", N_("Digital Post")},
    {0},
};

const struct choice person_needs[] = {
    {"interpreter", N_("An interpreter")},
    {"transport", N_("Transport")},
    {"companion", N_("Somebody to come along")},
    {"access", N_("A place one can get into")},
    {"time", N_("Another time of the day")},
    {"language", N_("Easy words")},
    {"technology", N_("Help with technology")},
    {0},
};

const struct choice person_vulnerable[] = {
    {"no", N_("No")},
    {"maybe", N_("Maybe")},
    {"yes", N_("Yes")},
    {0},
};

const struct choice person_states[] = {
    {"proposed", N_("Proposed")},
    {"invited", N_("Invited")},
    {"yes", N_("Said yes")},
    {"no", N_("Said no")},
    {"active", N_("Takes part")},
    {"stopped", N_("Stopped")},
    {0},
};

const struct choice person_languages[] = {
    {"da", N_("Danish")},
    {"en", N_("English")},
    {0},
};

static const char *
check_choice(const struct choice *list, struct str key, bool required)
{
	if (key.n == 0 && !required)
		return NULL;
	return choice_find(list, key) != NULL
	    ? NULL
	    : N_("Choose one of the possibilities.");
}

static const char *
check_words(struct str text, ptrdiff_t max)
{
	if (cpr_find(text).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return utf8_length(text) > max ? N_("This is too long.") : NULL;
}

/* Asked, not guessed. */
static const char *
check_needs(const struct person *p)
{
	struct str rest = p->needs;
	while (rest.n > 0) {
		if (choice_find(person_needs, str_cut(&rest, ' ')) == NULL)
			return N_("Choose one of the possibilities.");
	}
	if ((p->needs.n > 0 || p->needs_note.n > 0) && p->needs_asked_us == 0)
		return N_("Needs are asked, not guessed. Say that you have "
			  "asked the person.");
	return NULL;
}

static const char *
check_group(struct db *db, struct arena *a, const struct actor *who,
    const struct person *p)
{
	struct record group;
	if (!id_is_set(p->group) ||
	    record_get(db, a, who, KIND_GROUP, p->group, &group) == ERR_OK)
		return NULL;
	return N_("That one is no longer there. Choose another.");
}

void
person_check(struct db *db, struct arena *a, const struct actor *who,
    const struct person *p, struct person_faults *f)
{
	*f = (struct person_faults){
	    .alias = check_words(p->alias, ALIAS_MAX),
	    .group = check_group(db, a, who, p),
	    .age = check_choice(person_ages, p->age, false),
	    .channel = check_choice(person_channels, p->channel, true),
	    .lang = check_choice(person_languages, p->lang, true),
	    .reason = utf8_blank(p->reason) ? N_("Write why you ask this "
						 "person.")
					    : check_words(p->reason, TEXT_MAX),
	    .needs = check_needs(p),
	    .needs_note = check_words(p->needs_note, TEXT_MAX),
	    .vulnerable = check_choice(person_vulnerable, p->vulnerable, false),
	    .big_wish = check_words(p->big_wish, TEXT_MAX),
	    .guardian = check_words(p->guardian, TEXT_MAX),
	};
	if (!catalogue_has(S("actor_kinds"), p->actor_kind))
		f->actor_kind = N_("Choose one of the possibilities.");
	f->any = f->alias || f->actor_kind || f->group || f->age ||
	    f->channel || f->lang || f->reason || f->needs || f->needs_note ||
	    f->vulnerable || f->big_wish || f->guardian;
}

struct person_contact_faults
person_contact_check(const struct person_contact *c)
{
	struct person_contact_faults f = {0};
	if (utf8_blank(c->name))
		f.name = N_("Write a name.");
	else
		f.name = check_words(c->name, LONGEST_NAME);
	f.mail = check_words(c->mail, TEXT_MAX);
	if (f.mail == NULL && c->mail.n > 0 &&
	    !mail_address_ok(str_trim(c->mail)))
		f.mail =
		    N_("Write a mail address, such as anna.berg@kommune.dk.");
	struct str rest[] = {c->phone, c->address, c->guardian};
	for (ptrdiff_t i = 0; f.mail == NULL && i < COUNT_OF(rest); i++)
		f.mail = check_words(rest[i], TEXT_MAX);
	if (f.mail == NULL && c->mail.n + c->phone.n + c->address.n == 0)
		f.mail = N_("Write a mail address, a phone or an address.");
	f.any = f.name != NULL || f.mail != NULL;
	return f;
}
