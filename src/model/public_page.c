/* SPDX-License-Identifier: MPL-2.0 */
#include "model/public_page.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"

static const char SQL_GET[] = "SELECT open, data, about, changed_us"
			      " FROM public_page"
			      " WHERE org = $1 AND network = $2";

enum err
public_page_get(struct db *db, struct arena *a, const struct actor *who,
    struct public_page *out)
{
	struct db_row row;
	*out = (struct public_page){0};
	enum err e =
	    db_one(db, a, SQL_GET, &row, DB_ID(who->org), DB_ID(who->network));
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	if (e == ERR_OK)
		*out = (struct public_page){db_int(&row, 0) != 0,
		    db_int(&row, 1) != 0, db_text(&row, 2), db_int(&row, 3)};
	return e;
}

const char *
public_page_fault(const struct public_page *page)
{
	if (page->open && utf8_blank(page->about))
		return N_("Write what it is about before you open it.");
	if (cpr_find(page->about).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return utf8_length(page->about) > PUBLIC_ABOUT ? N_("This is too long.")
						       : NULL;
}

static const char SQL_PUT[] =
    "INSERT INTO public_page (org, network, open, about, changed_us,"
    " changed_by, data) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network) DO UPDATE SET open = $3, about = $4,"
    " changed_us = $5, changed_by = $6, data = $7";

enum err
public_page_save(struct db *db, struct arena *a, const struct actor *who,
    const struct public_page *page)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (public_page_fault(page) != NULL)
		return ERR_INVALID;
	enum err e =
	    db_exec(db, SQL_PUT, NULL, DB_ID(who->org), DB_ID(who->network),
		DB_INT(page->open), DB_TEXT(str_trim(page->about)),
		DB_INT(who->now_us), DB_ID(who->account), DB_INT(page->data));
	struct str deed =
	    page->open ? S("public_page.open") : S("public_page.close");
	return e == ERR_OK ? audit_add(db, a, who, deed, who->network) : e;
}

/* ---- what stands on it ---- */

static const char SQL_TOLD[] =
    "SELECT t.decision, COUNT(DISTINCT c.person), COUNT(DISTINCT"
    "  CASE WHEN t.grade IN ('changed', 'shaped') THEN c.person END)"
    " FROM told t JOIN contribution c ON c.org = $1 AND c.network = $2"
    "  AND c.id = t.contribution"
    " WHERE t.org = $1 AND t.network = $2 AND NOT " SQL_RESTRICTED
    " GROUP BY t.decision";

static void
count_told(const struct db_rows *rows, struct public_decision *d)
{
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		const struct db_row *row = &rows->row[i];
		if (!id_eq(db_id(row, 0), d->decision.record.id))
			continue;
		d->told = db_int(row, 1);
		d->moved = db_int(row, 2);
	}
}

enum err
public_decisions(struct db *db, struct arena *a, const struct actor *who,
    struct public_decisions *out)
{
	struct db_rows told;
	struct decisions all;
	*out = (struct public_decisions){0};
	enum err e = decision_list(db, a, who, &all);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_TOLD, &told, DB_ID(who->org),
		    DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct public_decision, all.n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		struct public_decision d = {.decision = all.list[i]};
		if (d.decision.state < DECISION_ANSWERED)
			continue;
		count_told(&told, &d);
		e = decision_news(db, a, who, d.decision.record.id, &d.news);
		out->list[out->n++] = d;
	}
	return e;
}

enum err
public_stories(struct db *db, struct arena *a, const struct actor *who,
    struct public_stories *out)
{
	struct records all;
	*out = (struct public_stories){0};
	enum err e = record_list(db, a, who, KIND_STORY, &all);
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct story, PUBLIC_STORIES);
	for (ptrdiff_t i = all.n - 1;
	     e == ERR_OK && i >= 0 && out->n < PUBLIC_STORIES; i--) {
		struct story *s = &out->list[out->n];
		if (!story_is_for_page(&all.list[i]))
			continue;
		e = story_get(db, a, who, all.list[i].id, s);
		out->n += e == ERR_OK && story_may_leave(s);
	}
	return e;
}
