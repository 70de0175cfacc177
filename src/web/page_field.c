/* SPDX-License-Identifier: MPL-2.0 */

/* The field page: its shell, which works without a line, what makes it one that
 * can be installed, and getting ready for a day. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/media.h"
#include "view_field.h"
#include "view_field_day.h"
#include "web/assets.h"
#include "web/field_form.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/security.h"
#include "web/shell.h"
#include "web/voice_view.h"

enum { TEXT_BYTES = 64 * 1024, SNIPPET = 120, HOURS = 24 };

/* ---- the shell ---- */

/* GET /netvaerk/N/felt: the same for everybody who may do the same; the
 * network's name is all it tells, since the phone keeps it. */
enum err
page_field(struct req *rq)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct field_inputs in = field_form_inputs(rq);
	struct view_field v = {
	    .lang = lang_code(rq->lang),
	    .network = record_value(&plan->network, "name"),
	    .dkfds_href = asset_url(S("dkfds.css")),
	    .css_href = asset_url(S("app.css")),
	    .icon_href = asset_url(S("icon.svg")),
	    .box_href = asset_url(S("field-box.js")),
	    .send_href = asset_url(S("field-send.js")),
	    .js_href = asset_url(S("field.js")),
	    .manifest_href = req_network_path(rq, "/felt.webmanifest"),
	    .network_href = rq->network_path,
	    .base = req_network_path(rq, "/felt"),
	    .worker_href = S("/felt-tjener.js"),
	    .form_href = req_network_path(rq, "/stemmer/ny"),
	    .day_href = req_network_path(rq, "/felt/dag"),
	    .words = in.words,
	    .consent = in.consent,
	    .media = in.media,
	    .asks = actor_may(&rq->who, CAP_ASK),
	};
	rq->records = v.asks;
	tmpl_field(&rq->out, rq->lang, &v);
	return req_html(rq);
}

static enum err
answer(struct req *rq, const char *type, const struct buf *b)
{
	rq->response.status = 200;
	rq->response.type = str_c(type);
	rq->response.body = buf_str(b);
	return b->full ? ERR_TOO_LARGE : ERR_OK;
}

/* GET /netvaerk/N/felt.webmanifest */
enum err
page_field_manifest(struct req *rq)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct str name = record_value(&plan->network, "name");
	struct buf b = buf_new(rq->arena, TEXT_BYTES);
	buf_add(&b, S("{\"id\":"));
	buf_json(&b, req_network_path(rq, "/felt"));
	buf_add(&b, S(",\"start_url\":"));
	buf_json(&b, req_network_path(rq, "/felt"));
	buf_add(&b, S(",\"scope\":"));
	buf_json(&b, req_network_path(rq, "/felt"));
	buf_add(&b, S(",\"name\":"));
	buf_json(&b, req_tr1(rq, "In the field: %1", name));
	buf_add(&b, S(",\"short_name\":"));
	buf_json(&b, req_tr(rq, "In the field"));
	buf_add(&b, S(",\"lang\":"));
	buf_json(&b, lang_code(rq->lang));
	buf_add(&b,
	    S(",\"display\":\"standalone\",\"background_color\":"
	      "\"#ffffff\",\"theme_color\":\"#004d99\",\"icons\":"
	      "[{\"sizes\":\"any\",\"type\":\"image/svg+xml\",\"src\":"));
	buf_json(&b, asset_url(S("icon.svg")));
	buf_add(&b, S("}]}"));
	return answer(rq, "application/manifest+json", &b);
}

static const struct asset *
asset_named(struct str name)
{
	const struct asset *found = NULL;
	for (ptrdiff_t i = 0; i < assets_n; i++) {
		if (str_eq(assets[i].name, name))
			found = &assets[i];
	}
	return found;
}

/* GET /felt-tjener.js: the service worker, behind the list of what it keeps.
 * One for all networks, so that none of it asks who is there. */
enum err
page_field_worker(struct req *rq)
{
	const struct asset *worker = asset_named(S("field-worker.js"));
	struct buf b = buf_new(rq->arena, TEXT_BYTES);
	buf_add(&b, S("const SHELL = ["));
	for (ptrdiff_t i = 0; i < assets_n; i++) {
		if (str_eq(assets[i].name, S("app.js")) ||
		    str_eq(assets[i].name, worker->name))
			continue;
		buf_json(&b, assets[i].url);
		buf_byte(&b, ',');
	}
	buf_add(&b, S("];\n"));
	buf_add(&b, worker->bytes);
	http_header_add(rq->arena, &rq->response, S("Service-Worker-Allowed"),
	    S("/netvaerk/"));
	http_header_add(
	    rq->arena, &rq->response, S("Cache-Control"), S("no-cache"));
	return answer(rq, "text/javascript; charset=utf-8", &b);
}

/* ---- how it stands, for the page ---- */

static void
add_day(struct req *rq, struct buf *b, const struct field_day *day)
{
	buf_add(b, S("{\"id\":"));
	buf_json(b, id_text(rq->arena, day->id));
	buf_add(b, S(",\"point\":"));
	buf_json(b, base64(rq->arena, day->pair.point));
	buf_fmt(b, ",\"made\":%lld,\"ends\":%lld}",
	    (long long)(day->made_us / 1000), (long long)(day->ends_us / 1000));
}

/* GET /netvaerk/N/felt/stand */
enum err
page_field_state(struct req *rq)
{
	struct field_days days;
	struct field_drafts drafts;
	struct buf b = buf_new(rq->arena, TEXT_BYTES);
	enum err e = field_days(rq->db, rq->arena, &rq->who, &days);
	if (e == ERR_OK)
		e = field_drafts(rq->db, rq->arena, &rq->who, &drafts);
	if (e != ERR_OK)
		return e;
	buf_add(&b, S("{\"csrf\":"));
	buf_json(&b, req_csrf(rq));
	buf_fmt(&b, ",\"now\":%lld,\"drafts\":%lld,\"days\":[",
	    (long long)(rq->http->now_us / 1000), (long long)drafts.n);
	for (ptrdiff_t i = 0; i < days.n; i++) {
		if (i > 0)
			buf_byte(&b, ',');
		add_day(rq, &b, &days.list[i]);
	}
	buf_add(&b, S("]}"));
	return answer(rq, "application/json", &b);
}

/* ---- getting ready ---- */

static const struct choice lengths[] = {
    {"12", N_("12 hours")},
    {"24", N_("A day")},
    {"72", N_("Three days")},
    {0},
};

struct day_form {
	struct field_day day;
	int64_t hours;
	const char *fault; /* of the hours */
};

static struct view_inputs
day_inputs(struct req *rq, const struct plan *plan, const struct day_form *form)
{
	const struct field_day *d = &form->day;
	const struct input in[] = {
	    {.kind = INPUT_SELECT,
		.name = "activity",
		.label = N_("At which activity"),
		.hint = N_("It is written on all that you note."),
		.value = id_is_set(d->activity)
		    ? id_text(rq->arena, d->activity)
		    : S(""),
		.optional = true,
		.options = voice_options(rq, plan, KIND_ACTIVITY)},
	    {.kind = INPUT_SELECT,
		.name = "group",
		.label = N_("Target group"),
		.value =
		    id_is_set(d->group) ? id_text(rq->arena, d->group) : S(""),
		.optional = true,
		.options = voice_options(rq, plan, KIND_GROUP)},
	    {.kind = INPUT_SELECT,
		.name = "hours",
		.label = N_("How long you are out"),
		.value = str_fmt(rq->arena, "%lld", (long long)form->hours),
		.fault = form->fault,
		.choices = lengths},
	};
	return inputs_view(rq, in, COUNT_OF(in));
}

/* The first of its words. */
static enum err
snippet(struct req *rq, const struct field_item *item, struct str *words)
{
	struct field_form form;
	enum err e = field_form_read(rq, item, item->words, &form);
	*words = e == ERR_OK ? utf8_cut(form.c.original, SNIPPET) : S("");
	if (words->n == 0)
		*words = req_tr(rq, "Without words");
	return e;
}

static enum err
fill_drafts(
    struct req *rq, const struct field_drafts *all, struct view_field_day *v)
{
	enum err e = ERR_OK;
	struct view_field_day_drafts *rows =
	    arena_new(rq->arena, struct view_field_day_drafts, all->n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all->n; i++) {
		const struct field_item *item = &all->list[i];
		struct str words, id = id_text(rq->arena, item->voice);
		e = snippet(rq, item, &words);
		rows[i] = (struct view_field_day_drafts){
		    .words = words,
		    .when = lang_date(
			rq->arena, rq->lang, date_danish(item->came_us)),
		    .href = STR_JOIN(rq->arena,
			req_network_path(rq, "/stemmer/ny?kladde="), id),
		    .drop_action = STR_JOIN(rq->arena,
			req_network_path(rq, "/felt/kladde/"), id, S("/slet")),
		};
	}
	v->drafts.p = rows;
	v->drafts.n = all->n;
	return e;
}

static enum err
show_day(struct req *rq, const struct day_form *form, int status)
{
	const struct plan *plan;
	struct field_drafts drafts;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = field_drafts(rq->db, rq->arena, &rq->who, &drafts);
	if (e != ERR_OK)
		return e;
	struct view_field_day v = {
	    .head = voice_head(rq, plan, req_tr(rq, "Get ready for the field")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/felt/dag"),
	    .field_href = req_network_path(rq, "/felt"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .id = id_text(rq->arena, form->day.id),
	    .inputs = day_inputs(rq, plan, form),
	};
	e = fill_drafts(rq, &drafts, &v);
	if (e != ERR_OK)
		return e;
	tmpl_field_day(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/felt/dag */
enum err
page_field_day(struct req *rq)
{
	struct day_form form = {
	    .day.id = id_new(rq->http->now_us), .hours = HOURS};
	if (!id_parse(req_query(rq, S("aktivitet")), &form.day.activity))
		form.day.activity = (struct id){0};
	return show_day(rq, &form, 200);
}

/* An id that is none is no longer there. */
static struct id
read_id(struct req *rq, const char *name)
{
	struct id id = {0};
	struct str typed = req_form(rq, str_c(name));
	if (typed.n > 0 && !id_parse(typed, &id))
		id = id_new(1);
	return id;
}

/* POST /netvaerk/N/felt/dag */
enum err
page_field_begin(struct req *rq)
{
	struct day_form form = {.day.activity = read_id(rq, "activity"),
	    .day.group = read_id(rq, "group")};
	if (!id_parse(req_form(rq, S("id")), &form.day.id))
		return ERR_INVALID;
	if (!str_int(req_form(rq, S("hours")), &form.hours))
		form.hours = 0;
	enum err e =
	    field_day_begin(rq->db, rq->arena, &rq->who, &form.day, form.hours);
	if (e == ERR_INVALID) {
		form.fault = N_("Choose one of the possibilities.");
		return show_day(rq, &form, 422);
	}
	struct str path = req_network_path(rq, "/felt");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(path)) : e;
}

/* POST /netvaerk/N/felt/kladde/VOICE/slet: with what was recorded with it. */
enum err
page_field_drop(struct req *rq)
{
	struct id voice;
	struct field_item item;
	enum err e = req_param_id(rq, S("id"), &voice);
	if (e == ERR_OK)
		e = field_draft_of(rq->db, rq->arena, &rq->who, voice, &item);
	if (e == ERR_OK && actor_may(&rq->who, CAP_ASK))
		e = media_erase_of(
		    rq->db, rq->arena, &rq->who, voice, rq->site->data_dir);
	item.state = S("dropped");
	if (e == ERR_OK)
		e = field_settle(rq->db, rq->arena, &rq->who, &item);
	struct str path = req_network_path(rq, "/felt/dag?besked=slettet");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(path)) : e;
}
