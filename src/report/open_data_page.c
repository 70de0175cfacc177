/* SPDX-License-Identifier: MPL-2.0 */

/* Open data: what stands on the page for everybody. */
#include "base/lang.h"
#include "engine/suppress.h"
#include "model/catalogue.h"
#include "report/open_data_parts.h"

static void
field(struct csv *csv, const char *name, struct str text)
{
	if (text.n == 0)
		return;
	csv_text(csv, str_c(name));
	csv_text(csv, text);
	csv_row(csv);
}

/* The one there is of such a kind; of none its values are "". */
static enum err
single(const struct open_out *o, enum record_kind kind, struct record *out)
{
	struct records all;
	enum err e = record_list(o->db, o->arena, o->who, kind, &all);
	if (e == ERR_OK)
		*out = all.n > 0 ? all.list[0] : (struct record){.kind = kind};
	return e;
}

static enum err
put_network(const struct open_out *o)
{
	struct record need, promise, scope;
	enum err e = single(o, KIND_NEED, &need);
	if (e == ERR_OK)
		e = single(o, KIND_PROMISE, &promise);
	if (e == ERR_OK)
		e = single(o, KIND_SCOPE, &scope);
	if (e != ERR_OK)
		return e;
	struct csv csv = open_table(o, "netvaerk.csv");
	const struct catalogue_item *level =
	    catalogue_find(S("promises"), record_value(&promise, "level"));
	field(&csv, "navn", record_value(o->ask->network, "name"));
	field(&csv, "adresse", o->ask->url);
	field(&csv, "om", o->ask->page->about);
	field(&csv, "behov", record_value(&need, "text"));
	if (level != NULL) {
		field(&csv, "loefte", catalogue_words(level, LANG_DA)->promise);
		field(&csv, "loefte_note", record_value(&promise, "note"));
	}
	if (record_value(&scope, "decision").n > 0) {
		field(&csv, "kan_aendres", record_value(&scope, "decision"));
		field(&csv, "ligger_fast", record_value(&scope, "fixed"));
		field(&csv, "hvem_beslutter", record_value(&scope, "decider"));
	}
	return csv_end(&csv);
}

/* ---- decisions ---- */

static void
put_decision(
    const struct open_out *o, struct csv *csv, const struct public_decision *d)
{
	static const char *const fields[] = {
	    "title", "outcome", "taken", "reason", "next", "result"};
	bool hidden[3];
	int64_t part[] = {d->moved, d->told - d->moved};
	suppress_line(part, 2, (int32_t)o->ask->k, hidden);
	csv_text(csv, id_text(o->arena, d->decision.record.id));
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		csv_text(csv, record_value(&d->decision.record, fields[i]));
	open_count(csv, d->told, hidden[2]);
	open_count(csv, d->moved, hidden[0]);
	csv_row(csv);
}

static enum err
put_decisions(const struct open_out *o)
{
	struct public_decisions all;
	enum err e = public_decisions(o->db, o->arena, o->who, &all);
	if (e != ERR_OK)
		return e;
	struct csv csv = open_table(o, "beslutninger.csv");
	for (ptrdiff_t i = 0; i < all.n; i++)
		put_decision(o, &csv, &all.list[i]);
	e = csv_end(&csv);
	if (e != ERR_OK)
		return e;
	csv = open_table(o, "nyt.csv");
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct public_decision *d = &all.list[i];
		for (ptrdiff_t n = 0; n < d->news.n; n++) {
			struct date day = date_danish(d->news.list[n].at_us);
			csv_text(
			    &csv, id_text(o->arena, d->decision.record.id));
			csv_text(&csv, date_iso(o->arena, day));
			csv_text(&csv, d->news.list[n].words);
			csv_row(&csv);
		}
	}
	return csv_end(&csv);
}

/* ---- stories ---- */

static void
put_told(const struct open_out *o, struct csv *csv, const struct story *s)
{
	for (ptrdiff_t i = 0; i < s->n; i++) {
		const struct quote *q = s->voice[i].quote;
		csv_text(csv, id_text(o->arena, s->record.id));
		csv_int(csv, i + 1);
		csv_text(csv, s->voice[i].lead);
		csv_text(csv, q->words);
		csv_text(csv, q->alias);
		csv_int(csv, q->shortened);
		csv_int(csv, q->proxy);
		csv_row(csv);
	}
}

static enum err
put_stories(const struct open_out *o)
{
	static const char *const fields[] = {"title", "opening", "ending"};
	struct public_stories all;
	enum err e = public_stories(o->db, o->arena, o->who, &all);
	if (e != ERR_OK)
		return e;
	struct csv csv = open_table(o, "fortaellinger.csv");
	for (ptrdiff_t i = 0; i < all.n; i++) {
		csv_text(&csv, id_text(o->arena, all.list[i].record.id));
		for (ptrdiff_t f = 0; f < COUNT_OF(fields); f++)
			csv_text(
			    &csv, record_value(&all.list[i].record, fields[f]));
		csv_row(&csv);
	}
	e = csv_end(&csv);
	if (e != ERR_OK)
		return e;
	csv = open_table(o, "fortalt.csv");
	for (ptrdiff_t i = 0; i < all.n; i++)
		put_told(o, &csv, &all.list[i]);
	return csv_end(&csv);
}

enum err
open_page(const struct open_out *o)
{
	enum err e = put_network(o);
	if (e == ERR_OK)
		e = put_decisions(o);
	return e == ERR_OK ? put_stories(o) : e;
}
