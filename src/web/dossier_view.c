/* SPDX-License-Identifier: MPL-2.0 */
#include "web/dossier_view.h"

#include <string.h>

#include "base/buf.h"
#include "report/dossier.h"
#include "view_dossier_file.h"

enum { CONTACT_FACTS = 5, FILE_BYTES = 8 * 1024 * 1024, APART_MOST = 40 };

static void
add(struct view_facts_list *list, ptrdiff_t *n, struct str label,
    struct str value)
{
	if (value.n > 0)
		list[(*n)++] =
		    (struct view_facts_list){.label = label, .value = value};
}

static struct view_facts
contact_of(struct arena *a, enum lang lang, const struct dossier *d)
{
	struct view_facts_list *list =
	    arena_new(a, struct view_facts_list, CONTACT_FACTS);
	ptrdiff_t n = 0;
	add(list, &n, tr(lang, "Name"), d->contact.name);
	add(list, &n, tr(lang, "Mail address"), d->contact.mail);
	add(list, &n, tr(lang, "Phone"), d->contact.phone);
	add(list, &n, tr(lang, "Postal address"), d->contact.address);
	add(list, &n, tr(lang, "The guardian's name"), d->contact.guardian);
	return (struct view_facts){.list = {list, n}};
}

static struct view_facts
row_of(struct arena *a, const struct dossier_row *row)
{
	struct view_facts_list *list =
	    arena_new(a, struct view_facts_list, row->n);
	for (ptrdiff_t i = 0; i < row->n; i++)
		list[i] = (struct view_facts_list){
		    .label = row->fact[i].label, .value = row->fact[i].value};
	return (struct view_facts){.list = {list, row->n}};
}

struct view_dossier
dossier_view(struct arena *a, enum lang lang, const struct dossier *d)
{
	struct view_dossier_parts *parts =
	    arena_new(a, struct view_dossier_parts, d->n);
	for (ptrdiff_t i = 0; i < d->n; i++) {
		const struct dossier_part *p = &d->part[i];
		struct view_dossier_parts_rows *rows =
		    arena_new(a, struct view_dossier_parts_rows, p->n);
		for (ptrdiff_t r = 0; r < p->n; r++)
			rows[r].facts = row_of(a, &p->row[r]);
		parts[i] = (struct view_dossier_parts){
		    .anchor =
			STR_JOIN(a, d->code, S("-"), str_c(p->table->table)),
		    .label = p->label,
		    .rows = {rows, p->n}};
	}
	return (struct view_dossier){.prefix = str_cat(a, d->code, S("-")),
	    .contact_shown = d->opened,
	    .contact_held = d->has_contact,
	    .contact = contact_of(a, lang, d),
	    .parts = {parts, d->n}};
}

/* Each reason once. */
static void
fill_apart(struct arena *a, enum lang lang, struct view_dossier_file *v)
{
	struct datamap map = datamap();
	const char *said[APART_MOST];
	struct view_dossier_file_apart *list =
	    arena_new(a, struct view_dossier_file_apart, APART_MOST);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < map.n && n < APART_MOST; i++) {
		const char *why = map.list[i].apart;
		ptrdiff_t k = 0;
		if (why == NULL)
			continue;
		while (k < n && strcmp(said[k], why) != 0)
			k++;
		if (k < n)
			continue;
		said[n] = why;
		list[n++].why = tr(lang, why);
	}
	v->apart.p = list;
	v->apart.n = n;
}

static struct view_dossier_file_networks_array
networks_of(struct arena *a, const struct dossier_file *f)
{
	struct view_dossier_file_networks *list =
	    arena_new(a, struct view_dossier_file_networks, f->n);
	for (ptrdiff_t i = 0; i < f->n; i++)
		list[i] = (struct view_dossier_file_networks){
		    .network = f->of[i].network,
		    .code = f->of[i].code,
		    .dossier = dossier_view(a, f->lang, &f->of[i])};
	return (struct view_dossier_file_networks_array){list, f->n};
}

enum err
dossier_file(struct arena *a, const struct dossier_file *f, struct str *out)
{
	struct buf b = buf_new(a, FILE_BYTES);
	if (f->json)
		return dossier_json(a, f->of, f->n, out);
	struct view_dossier_file v = {
	    .lang = lang_code(f->lang),
	    .title = tr_fill(
		a, tr(f->lang, "All that is held about %1"), &f->of->code, 1),
	    .org = f->org,
	    .day = lang_date(a, f->lang, date_danish(f->now_us)),
	    .networks = networks_of(a, f),
	};
	fill_apart(a, f->lang, &v);
	tmpl_dossier_file(&b, f->lang, &v);
	*out = buf_str(&b);
	return b.full ? ERR_TOO_LARGE : ERR_OK;
}
