/* SPDX-License-Identifier: MPL-2.0 */

/* The page of the data protection officer in one network, and the data map. */
#include "base/buf.h"
#include "model/datamap.h"
#include "model/pause.h"
#include "model/rights.h"
#include "report/csv.h"
#include "view_datamap.h"
#include "view_protection.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/retention_view.h"
#include "web/shell.h"

enum { FACTS = 6, MAP_BYTES = 1024 * 1024 };

/* ---- the page ---- */

static void
fill_rights(struct req *rq, const struct rights *all, struct view_protection *v)
{
	struct date today = date_danish(rq->who.now_us);
	struct view_protection_rights *rows =
	    arena_new(rq->arena, struct view_protection_rights, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct right *r = &all->list[i];
		bool wish = str_eq(r->kind, S("erasure"));
		bool late = right_late(r, today);
		rows[i] = (struct view_protection_rights){
		    .href = person_href(
			rq, r->person, wish ? "/sletteoenske" : "/anmodning"),
		    .code = person_code(rq->arena, r->number),
		    .kind = wish ? req_tr(rq, "Be deleted")
				 : choice_label(rq, right_kinds, r->kind),
		    .came = lang_date(rq->arena, rq->lang, r->received),
		    .due = lang_date(rq->arena, rq->lang, r->due),
		    .is_late = late,
		    .is_soon = !late && right_soon(r, today)};
		v->late += late;
	}
	v->rights.p = rows;
	v->rights.n = all->n;
	v->any = all->n > 0;
}

static void
fill_notice(struct req *rq, const struct plan *plan, struct view_protection *v)
{
	const struct record *notice = plan_single(plan, KIND_NOTICE);
	v->notice = facts_of_notice(rq, notice);
	if (notice == NULL)
		return;
	const struct record_def *def = record_def(KIND_NOTICE);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *f = &def->fields[i];
		if (str_eq(str_c(f->name), S("basis")) && f->choices != NULL)
			v->basis =
			    choice_label(rq, f->choices, notice->value[i]);
	}
}

static struct str
contact_of(struct req *rq, const struct settings_now *now, struct str name)
{
	struct str value = setting_value(now, name);
	return value.n > 0 ? value : req_tr(rq, "Not written yet");
}

static enum err
fill_kept(struct req *rq, struct view_protection *v)
{
	struct settings_now now;
	struct retained r;
	struct facts f = facts_new(rq, FACTS);
	enum err e = setting_list(rq->db, rq->arena, &rq->who, &now);
	if (e != ERR_OK)
		return e;
	facts_add(&f, req_tr(rq, "Days that data about people is kept"),
	    lang_int(rq->arena, rq->lang,
		setting_number(&now, S("retention_days"))));
	facts_add(&f, req_tr(rq, "Archive"),
	    contact_of(rq, &now, S("archive_contact")));
	facts_add(&f, req_tr(rq, "Data protection officer"),
	    contact_of(rq, &now, S("dpo_contact")));
	e = retention_get(rq->db, rq->arena, &rq->who, rq->who.network, &r);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	facts_add(&f, req_tr(rq, "This network"),
	    e == ERR_OK ? retention_next_text(rq, &r)
			: req_tr(rq,
			      "It goes on. The clock starts when it "
			      "ends."));
	v->kept = facts_view(&f);
	return ERR_OK;
}

static enum err
fill_pauses(struct req *rq, const struct plan *plan, struct view_protection *v)
{
	struct pauses all;
	enum err e = pause_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_protection_pauses *rows =
	    arena_new(rq->arena, struct view_protection_pauses, all.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct record *r =
		    plan_find(plan, KIND_ACTIVITY, all.list[i].activity);
		if (r == NULL)
			continue; /* taken out of the plan */
		rows[n++] = (struct view_protection_pauses){
		    .href = STR_JOIN(rq->arena,
			req_network_path(rq, "/aktiviteter/"), r->id_text),
		    .title = record_value(r, "title"),
		    .reason = all.list[i].reason,
		    .since = lang_date(
			rq->arena, rq->lang, date_danish(all.list[i].at_us))};
	}
	v->pauses.p = rows;
	v->pauses.n = n;
	v->has_pauses = n > 0;
	return ERR_OK;
}

/* GET /netvaerk/N/databeskyttelse */
enum err
page_protection(struct req *rq)
{
	const struct plan *plan;
	struct rights all;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = rights_open(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_protection v = {
	    .head = person_head(rq, plan, req_tr(rq, "Data protection")),
	    .foot = shell_foot(rq),
	    .persons_href = req_network_path(rq, "/personer"),
	    .log_href = req_network_path(rq, "/adgang"),
	    .map_href = req_network_path(rq, "/databeskyttelse/datakort"),
	    .breach_href = req_network_path(rq, "/databeskyttelse/brud"),
	    .record_pdf =
		req_network_path(rq, "/databeskyttelse/papir/fortegnelse.pdf"),
	    .record_odt =
		req_network_path(rq, "/databeskyttelse/papir/fortegnelse.odt"),
	    .dpia_pdf =
		req_network_path(rq, "/databeskyttelse/papir/konsekvenser.pdf"),
	    .dpia_odt =
		req_network_path(rq, "/databeskyttelse/papir/konsekvenser.odt"),
	};
	fill_rights(rq, &all, &v);
	fill_notice(rq, plan, &v);
	e = fill_kept(rq, &v);
	if (e == ERR_OK)
		e = fill_pauses(rq, plan, &v);
	if (e != ERR_OK)
		return e;
	tmpl_protection(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- the data map ---- */

static struct str
columns_of(struct req *rq, const struct datamap_table *t)
{
	const struct {
		const char *columns, *sort;
	} groups[] = {{t->shown, N_("Words and facts")},
	    {t->times, N_("Times")}, {t->staff, N_("Members of staff")},
	    {t->named, N_("What it is about")}, {t->sealed, N_("Sealed words")},
	    {t->inner, N_("Keys and counters")}};
	struct buf b = buf_new(rq->arena, PAGE_BYTES);
	for (ptrdiff_t i = 0; i < COUNT_OF(groups); i++) {
		struct str rest = str_c(groups[i].columns);
		if (rest.n == 0)
			continue;
		buf_add(&b, b.n > 0 ? S("\n") : S(""));
		buf_add(&b, req_tr(rq, groups[i].sort));
		buf_add(&b, S(": "));
		for (bool first = true; rest.n > 0; first = false) {
			struct str one = datamap_next(&rest);
			buf_add(&b, first ? S("") : S(", "));
			buf_add(&b, str_cut(&one, ':'));
		}
	}
	return buf_str(&b);
}

static struct str
label_of(struct req *rq, const struct datamap_table *t)
{
	const char *label = datamap_label(t);
	return label != NULL ? req_tr(rq, label)
			     : req_tr(rq, datamap_rule(t)->why);
}

static void
fill_purpose(struct req *rq, const struct settings_now *now, int purpose,
    struct view_datamap_purposes *v)
{
	struct datamap map = datamap();
	struct view_datamap_purposes_tables *rows =
	    arena_new(rq->arena, struct view_datamap_purposes_tables, map.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < map.n; i++) {
		const struct datamap_table *t = &map.list[i];
		if ((int)t->purpose != purpose)
			continue;
		rows[n++] = (struct view_datamap_purposes_tables){
		    .table = str_c(t->table),
		    .label = label_of(rq, t),
		    .columns = columns_of(rq, t),
		    .kept = retention_rule_text(rq, datamap_rule(t), now),
		    .readers = req_tr(rq, datamap_readers(t->readers))};
	}
	*v = (struct view_datamap_purposes){
	    .anchor = str_fmt(rq->arena, "formaal-%d", purpose + 1),
	    .purpose = req_tr(rq, datamap_purpose(purpose)),
	    .basis = req_tr(rq, datamap_basis(purpose)),
	    .people = req_tr(rq, datamap_people(purpose)),
	    .count = n,
	    .tables = {rows, n}};
}

/* GET /netvaerk/N/databeskyttelse/datakort */
enum err
page_datamap(struct req *rq)
{
	const struct plan *plan;
	struct settings_now now;
	struct view_datamap_purposes list[PURPOSE_COUNT];
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = setting_list(rq->db, rq->arena, &rq->who, &now);
	if (e != ERR_OK)
		return e;
	for (int i = 0; i < PURPOSE_COUNT; i++)
		fill_purpose(rq, &now, i, &list[i]);
	struct view_datamap v = {
	    .head = person_head(rq, plan, req_tr(rq, "Data map")),
	    .foot = shell_foot(rq),
	    .csv_href = req_network_path(rq, "/databeskyttelse/datakort.csv"),
	    .back = req_network_path(rq, "/databeskyttelse"),
	    .purposes = {list, PURPOSE_COUNT},
	};
	tmpl_datamap(&rq->out, rq->lang, &v);
	return req_html(rq);
}

static void
add_columns(struct req *rq, const struct settings_now *now,
    const struct datamap_table *t, struct csv *csv)
{
	const char *groups[] = {
	    t->shown, t->times, t->staff, t->named, t->sealed, t->inner};
	for (ptrdiff_t i = 0; i < COUNT_OF(groups); i++) {
		struct str rest = str_c(groups[i]);
		while (rest.n > 0) {
			struct str one = datamap_next(&rest);
			struct str column = str_cut(&one, ':');
			csv_text(csv, str_c(t->table));
			csv_text(csv, column);
			csv_text(csv, req_tr(rq, datamap_sort(t, column)));
			csv_text(csv, req_tr(rq, datamap_purpose(t->purpose)));
			csv_text(csv, req_tr(rq, datamap_basis(t->purpose)));
			csv_text(csv, req_tr(rq, datamap_people(t->purpose)));
			csv_text(
			    csv, retention_rule_text(rq, datamap_rule(t), now));
			csv_text(csv, req_tr(rq, datamap_readers(t->readers)));
			csv_row(csv);
		}
	}
}

/* GET /netvaerk/N/databeskyttelse/datakort.csv: a row a column. */
enum err
page_datamap_csv(struct req *rq)
{
	static const char *const heads[] = {N_("Table"), N_("Column"),
	    N_("Sort"), N_("Purpose"), N_("Ground in law"), N_("About whom"),
	    N_("How long"), N_("Who reads it")};
	struct csv csv = csv_new(rq->arena, MAP_BYTES, ';', true);
	struct datamap map = datamap();
	struct settings_now now;
	struct str bytes;
	enum err e = setting_list(rq->db, rq->arena, &rq->who, &now);
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = 0; i < COUNT_OF(heads); i++)
		csv_text(&csv, req_tr(rq, heads[i]));
	csv_row(&csv);
	for (ptrdiff_t i = 0; i < map.n; i++)
		add_columns(rq, &now, &map.list[i], &csv);
	e = csv_done(&csv, &bytes);
	return e == ERR_OK ? req_file(rq, S("text/csv; charset=utf-8"),
				 S("datakort.csv"), bytes)
			   : e;
}
