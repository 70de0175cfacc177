/* SPDX-License-Identifier: MPL-2.0 */
#include "model/interest.h"

#include "base/clock.h"
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"

enum { ABOUT_MAX = 600, LABEL_MAX = 80, VALUE_MAX = 200 };

/* ---- the page ---- */

static const char SQL_GET[] = "SELECT open, about, ends, changed_us FROM "
			      "interest WHERE org = $1 AND network = $2";

static const char SQL_FIELDS[] =
    "SELECT id, label, choices, required, position FROM person_field"
    " WHERE org = $1 AND network = $2 AND removed_us IS NULL"
    " ORDER BY position";

enum err
interest_get(struct db *db, struct arena *a, const struct actor *who,
    struct interest *out)
{
	struct db_row row;
	struct db_rows fields;
	*out = (struct interest){0};
	enum err e =
	    db_one(db, a, SQL_GET, &row, DB_ID(who->org), DB_ID(who->network));
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	if (e == ERR_OK)
		e = db_all(db, a, SQL_FIELDS, &fields, DB_ID(who->org),
		    DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	out->open = db_int(&row, 0) != 0;
	out->about = db_text(&row, 1);
	out->ends = db_text(&row, 2);
	out->changed_us = db_int(&row, 3);
	for (ptrdiff_t i = 0; i < fields.n; i++) {
		const struct db_row *f = &fields.row[i];
		int64_t at = db_int(f, 4);
		if (at >= 0 && at < INTEREST_FIELDS)
			out->field[at] = (struct interest_field){db_id(f, 0),
			    db_text(f, 1), db_text(f, 2), db_int(f, 3) != 0};
	}
	return ERR_OK;
}

bool
interest_is_open(const struct interest *in, const struct actor *who)
{
	struct date ends;
	if (!in->open)
		return false;
	return !date_parse(in->ends, &ends) ||
	    date_cmp(date_danish(who->now_us), ends) <= 0;
}

static ptrdiff_t
count_lines(struct str text)
{
	ptrdiff_t n = 0;
	while (text.n > 0)
		n += !utf8_blank(str_cut(&text, '\n'));
	return n;
}

static const char *
check_words(struct str text, ptrdiff_t max)
{
	if (cpr_find(text).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return utf8_length(text) > max ? N_("This is too long.") : NULL;
}

static const char *
check_choices(struct str choices)
{
	ptrdiff_t n = count_lines(choices);
	if (n == 1 || n > INTEREST_CHOICES)
		return N_("Write from 2 to 12 choices, one on each line.");
	return check_words(choices, INTEREST_CHOICES * LABEL_MAX);
}

void
interest_check(const struct interest *in, struct interest_faults *f)
{
	struct date ends;
	*f = (struct interest_faults){0};
	if (in->open && utf8_blank(in->about))
		f->about = N_("Write what it is about before you open it.");
	else
		f->about = check_words(in->about, ABOUT_MAX);
	if (in->ends.n > 0 && !date_parse(in->ends, &ends))
		f->ends = N_("Write a date that exists, as year-month-day: "
			     "2027-02-28.");
	f->any = f->about != NULL || f->ends != NULL;
	for (int i = 0; i < INTEREST_FIELDS; i++) {
		const struct interest_field *field = &in->field[i];
		f->label[i] = check_words(field->label, LABEL_MAX);
		if (field->label.n == 0 && field->choices.n > 0)
			f->label[i] = N_("Write what the choices are about.");
		f->choices[i] = check_choices(field->choices);
		f->any = f->any || f->label[i] || f->choices[i];
	}
}

static const char SQL_PUT[] =
    "INSERT INTO interest (org, network, open, about, ends, changed_us,"
    " changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network) DO UPDATE SET open = $3, about = $4,"
    " ends = $5, changed_us = $6, changed_by = $7";

static const char SQL_PUT_FIELD[] =
    "INSERT INTO person_field (org, network, id, position, label, choices,"
    " required) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network, id) DO UPDATE SET position = $4, label = $5,"
    " choices = $6, required = $7";

static const char SQL_DROP_FIELD[] =
    "UPDATE person_field SET removed_us = $4"
    " WHERE org = $1 AND network = $2 AND id = $3";

static enum err
save_field(struct db *db, const struct actor *who,
    const struct interest_field *field, int position)
{
	struct id id = field->id;
	if (field->label.n == 0 && !id_is_set(id))
		return ERR_OK;
	if (field->label.n == 0)
		return db_exec(db, SQL_DROP_FIELD, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_INT(who->now_us));
	if (!id_is_set(id))
		id = id_new(who->now_us);
	return db_exec(db, SQL_PUT_FIELD, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_INT(position),
	    DB_TEXT(field->label), DB_TEXT(field->choices),
	    DB_INT(field->required));
}

enum err
interest_save(struct db *db, struct arena *a, const struct actor *who,
    const struct interest *in)
{
	struct interest now;
	struct interest_faults faults;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	interest_check(in, &faults);
	if (faults.any)
		return ERR_INVALID;
	enum err e = interest_get(db, a, who, &now);
	if (e == ERR_OK)
		e = db_exec(db, SQL_PUT, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_INT(in->open), DB_TEXT(in->about),
		    DB_TEXT(in->ends), DB_INT(who->now_us),
		    DB_ID(who->account));
	for (int i = 0; e == ERR_OK && i < INTEREST_FIELDS; i++) {
		struct interest_field field = in->field[i];
		field.id = now.field[i].id; /* whatever was sent in */
		e = save_field(db, who, &field, i);
	}
	return e == ERR_OK
	    ? audit_add(db, a, who, S("interest.change"), who->network)
	    : e;
}

/* ---- registering ---- */

static bool
is_line_of(struct str lines, struct str value)
{
	while (lines.n > 0) {
		if (str_eq(str_trim(str_cut(&lines, '\n')), value))
			return true;
	}
	return false;
}

static const char *
check_value(const struct interest_field *field, struct str value)
{
	if (field->label.n == 0)
		return NULL;
	if (value.n == 0)
		return field->required ? N_("This must be filled in.") : NULL;
	if (field->choices.n > 0)
		return is_line_of(field->choices, value)
		    ? NULL
		    : N_("Choose one of the possibilities.");
	if (cpr_find(value).n > 0)
		return N_("This looks like a CPR number. Please take it out. "
			  "We do not need it.");
	return utf8_length(value) > VALUE_MAX ? N_("This is too long.") : NULL;
}

void
registration_check(const struct interest *in, const struct registration *r,
    struct registration_faults *f)
{
	struct person_contact_faults contact =
	    person_contact_check(&r->contact);
	*f = (struct registration_faults){
	    .name = contact.name, .reach = contact.mail};
	if (r->age.n > 0 && choice_find(person_ages, r->age) == NULL)
		f->age = N_("Choose one of the possibilities.");
	if (utf8_length(r->needs_note) > ABOUT_MAX)
		f->needs_note = N_("This is too long.");
	else if (cpr_find(r->needs_note).n > 0)
		f->needs_note = N_("This looks like a CPR number. Please take "
				   "it out. We do not need it.");
	f->any = contact.any || f->age || f->needs_note;
	for (int i = 0; i < INTEREST_FIELDS; i++) {
		f->value[i] = check_value(&in->field[i], r->value[i]);
		f->any = f->any || f->value[i];
	}
}

static const char SQL_VALUE[] =
    "INSERT INTO person_value (org, network, person, field, value)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (org, network, person, field) DO NOTHING";

static enum err
add_values(struct db *db, const struct actor *who, const struct interest *in,
    const struct registration *r)
{
	enum err e = ERR_OK;
	for (int i = 0; e == ERR_OK && i < INTEREST_FIELDS; i++) {
		if (in->field[i].label.n > 0 && r->value[i].n > 0)
			e = db_exec(db, SQL_VALUE, NULL, DB_ID(who->org),
			    DB_ID(who->network), DB_ID(r->id),
			    DB_ID(in->field[i].id), DB_TEXT(r->value[i]));
	}
	return e;
}

/* The way they gave is the way they want. */
static struct str
channel_of(const struct person_contact *c)
{
	if (c->mail.n > 0)
		return S("mail");
	return c->phone.n > 0 ? S("phone") : S("letter");
}

enum err
interest_register(struct db *db, struct arena *a, const struct actor *program,
    const struct interest *in, const struct registration *r)
{
	struct registration_faults faults;
	struct person p = {.id = r->id,
	    .actor_kind = S("citizen"),
	    .age = r->age,
	    .channel = channel_of(&r->contact),
	    .lang = lang_code(program->lang),
	    .reason = tr(program->lang, "Registered on the open page"),
	    .source = S("interest"),
	    .needs_note = r->needs_note,
	    .needs_asked_us = r->needs_note.n > 0 ? program->now_us : 0};
	if (!interest_is_open(in, program))
		return ERR_DENIED;
	registration_check(in, r, &faults);
	if (faults.any)
		return ERR_INVALID;
	/* Sent twice: the first stands, and whose id it was stays untouched. */
	struct person there;
	enum err e = person_get(db, a, program, r->id, &there);
	if (e != ERR_NOT_FOUND)
		return e;
	e = person_save(db, a, program, &p);
	if (e == ERR_OK)
		e = person_contact_told(db, a, program, r->id, &r->contact);
	return e == ERR_OK ? add_values(db, program, in, r) : e;
}

/* ---- what they answered ---- */

static const char SQL_ANSWERS[] =
    "SELECT f.label, v.value FROM person_value v"
    "  JOIN person_field f ON f.org = $1 AND f.network = $2 AND f.id = v.field"
    " WHERE v.org = $1 AND v.network = $2 AND v.person = $3"
    " ORDER BY f.position, f.id";

enum err
person_answers(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct person_answers *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_ANSWERS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
	if (e != ERR_OK)
		return e;
	*out = (struct person_answers){
	    arena_new(a, struct person_answer, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = (struct person_answer){
		    db_text(&rows.row[i], 0), db_text(&rows.row[i], 1)};
	return ERR_OK;
}
