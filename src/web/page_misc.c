/* SPDX-License-Identifier: MPL-2.0 */

/* Pages for everyone, and for programs: words, statement, calendar, health,
 * metrics, assets, live updates. */
#include <sys/statvfs.h>

#include "base/buf.h"
#include "model/catalogue.h"
#include "model/network.h"
#include "model/schema.h"
#include "model/was.h"
#include "report/ics.h"
#include "view_glossary.h"
#include "view_statement.h"
#include "web/assets.h"
#include "web/lane.h"
#include "web/pages.h"
#include "web/shell.h"

/* GET /ordliste */
enum err
page_glossary(struct req *rq)
{
	struct catalogue_items items = catalogue_list(S("glossary"));
	struct view_glossary_words *words =
	    arena_new(rq->arena, struct view_glossary_words, items.n);
	for (ptrdiff_t i = 0; i < items.n; i++)
		words[i] =
		    (struct view_glossary_words){.key = items.list[i].key,
			.name = catalogue_name(&items.list[i], rq->lang),
			.text = catalogue_text(&items.list[i], rq->lang)};
	struct view_glossary v = {
	    .head = shell_head(rq, req_tr(rq, "Words we use")),
	    .foot = shell_foot(rq),
	    .words = {words, items.n},
	};
	tmpl_glossary(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* GET /was */
enum err
page_statement(struct req *rq)
{
	static const struct date looked_at = {2026, 11, 24};
	struct was w;
	enum err e = was_get(rq->db, rq->arena, &rq->who, &w);
	if (e != ERR_OK)
		return e;
	struct view_statement v = {
	    .head = shell_head(rq, req_tr(rq, "Accessibility statement")),
	    .foot = shell_foot(rq),
	    .org = rq->org->name,
	    .contact = w.contact.n > 0 ? w.contact : rq->org->contact,
	    .missing = w.missing,
	    .link = w.link,
	    .date = lang_date(rq->arena, rq->lang, looked_at),
	};
	if (w.looked.year != 0) {
		v.looked = lang_date(rq->arena, rq->lang, w.looked);
		v.due = lang_date(rq->arena, rq->lang, w.due);
	}
	tmpl_statement(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* GET /kalender/TOKEN: one's own open tasks as a calendar to follow. */
enum err
page_calendar(struct req *rq)
{
	struct id account;
	struct task_lines tasks;
	enum err e = account_by_feed(rq->db, rq->arena, rq->org->id,
	    req_param(rq, S("token")), &account, &rq->lang);
	if (e != ERR_OK)
		return e;
	rq->who.account = account;
	e = task_mine(rq->db, rq->arena, &rq->who, &tasks);
	if (e != ERR_OK)
		return e;
	struct ics_event *events =
	    arena_new(rq->arena, struct ics_event, tasks.n);
	ptrdiff_t n = 0;
	struct str url = site_url(rq->site, rq->arena, rq->org);
	for (ptrdiff_t i = 0; i < tasks.n; i++) {
		const struct task_line *task = &tasks.list[i];
		struct date due;
		if (!date_parse(task->due, &due))
			continue;
		struct str network = id_text(rq->arena, task->network);
		events[n++] = (struct ics_event){
		    .uid = id_text(rq->arena, task->id),
		    .stamp_us = rq->http->now_us,
		    .date = due,
		    .summary = task->title,
		    .description = task->network_name,
		    .url = str_fmt(rq->arena, "%.*s/netvaerk/%.*s/opgaver",
			STR_ARG(url), STR_ARG(network)),
		};
	}
	rq->response.status = 200;
	rq->response.type = S("text/calendar; charset=utf-8");
	return ics_write(rq->arena, req_tr(rq, "Tasks in Samskab"), events, n,
	    &rq->response.body);
}

/* GET /assets/NAME.HASH.EXT: the same for ever under that name. */
enum err
page_asset(struct req *rq)
{
	const struct asset *asset = asset_find(req_param(rq, S("name")));
	if (asset == NULL)
		return ERR_NOT_FOUND;
	struct str accepts = http_get(rq->http->headers, S("accept-encoding"));
	bool packed = asset->gzip.n > 0 && str_find(accepts, S("gzip")) >= 0;
	rq->response.status = 200;
	rq->response.type = asset->type;
	rq->response.body = packed ? asset->gzip : asset->bytes;
	http_header_add(rq->arena, &rq->response, S("Cache-Control"),
	    S("public, max-age=31536000, immutable"));
	if (asset->gzip.n > 0)
		http_header_add(
		    rq->arena, &rq->response, S("Vary"), S("Accept-Encoding"));
	if (packed)
		http_header_add(
		    rq->arena, &rq->response, S("Content-Encoding"), S("gzip"));
	return ERR_OK;
}

static enum err
plain(struct req *rq, int status, struct str text)
{
	rq->response.status = status;
	rq->response.type = S("text/plain; charset=utf-8");
	rq->response.body = text;
	return ERR_OK;
}

/* GET /robots.txt */
enum err
page_robots(struct req *rq)
{
	return plain(rq, 200, S("User-agent: *\nDisallow: /\n"));
}

/* GET /healthz: the process answers. */
enum err
page_healthz(struct req *rq)
{
	return plain(rq, 200, S("ok\n"));
}

enum { DISK_FREE_PERCENT = 5 };

static bool
disk_is_full(struct req *rq)
{
	struct statvfs st;
	const char *dir = str_cstr(rq->arena, rq->site->data_dir);
	if (rq->site->data_dir.n == 0 || statvfs(dir, &st) != 0)
		return false;
	return st.f_bavail < st.f_blocks / 100 * DISK_FREE_PERCENT;
}

/* GET /readyz: it can also read, write and take more; says what not. */
enum err
page_readyz(struct req *rq)
{
	enum migrate_state state;
	if (rq->site->stopping)
		return plain(rq, 503, S("stopping\n"));
	if (schema_state(rq->db, rq->arena, &state) != ERR_OK ||
	    state != MIGRATE_CURRENT)
		return plain(rq, 503, S("database\n"));
	if (rq->site->lanes != NULL && lanes_counts(rq->site->lanes).failing)
		return plain(rq, 503, S("writes\n"));
	if (disk_is_full(rq))
		return plain(rq, 503, S("disk\n"));
	return plain(rq, 200, S("ready\n"));
}

static void
metric(struct buf *b, const char *name, const char *type, const char *help,
    int64_t value)
{
	buf_fmt(b,
	    "# HELP samskab_%s %s\n# TYPE samskab_%s %s\n"
	    "samskab_%s %lld\n",
	    name, help, name, type, name, (long long)value);
}

/* GET /metrics: Prometheus text.  On loopback, or with the token that the
 * setting metrics_token holds. */
enum err
page_metrics(struct req *rq)
{
	struct str token = rq->site->metrics_token;
	struct str given = http_get(rq->http->headers, S("authorization"));
	bool local = str_starts(rq->http->address, S("127.")) ||
	    str_eq(rq->http->address, S("::1"));
	bool known = token.n > 0 && str_starts(given, S("Bearer ")) &&
	    str_eq_secret(str_sub(given, 7, given.n), token);
	if (!known && (token.n > 0 || !local))
		return ERR_NOT_FOUND;
	struct buf b = buf_new(rq->arena, 64 * 1024);
	metric(&b, "uptime_seconds", "gauge", "Seconds since the start.",
	    (rq->http->now_us - rq->site->started_us) / SECOND_US);
	if (rq->site->server != NULL) {
		struct http_counts c = http_counts(rq->site->server);
		metric(&b, "http_requests_total", "counter",
		    "Requests answered.", c.requests);
		metric(&b, "http_refused_total", "counter",
		    "Requests refused before a page saw them.", c.refused);
		metric(&b, "http_connections", "gauge", "Open connections.",
		    c.open);
		metric(&b, "http_streams", "gauge", "Watchers of live updates.",
		    c.streams);
	}
	if (rq->site->lanes != NULL) {
		struct lane_counts c = lanes_counts(rq->site->lanes);
		metric(&b, "lane_writes_total", "counter",
		    "Writes that were committed.", c.writes);
		metric(&b, "lane_commits_total", "counter",
		    "Commits, each of a group of writes.", c.commits);
		metric(&b, "lane_waiting", "gauge",
		    "Writes that wait for a lane.", c.waiting);
	}
	enum err e = plain(rq, 200, buf_str(&b));
	rq->response.type = S("text/plain; version=0.0.4; charset=utf-8");
	return e;
}

/* GET /netvaerk/N/live: told when somebody changed the network. */
enum err
page_live(struct req *rq)
{
	rq->response.status = 200;
	rq->response.type = S("text/event-stream");
	rq->stream_topic = id_text(rq->arena, rq->who.network);
	return ERR_OK;
}
