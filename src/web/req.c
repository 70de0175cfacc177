/* SPDX-License-Identifier: MPL-2.0 */
#include "web/req.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "http/forms.h"
#include "model/audit.h"

struct str
req_param(const struct req *rq, struct str name)
{
	return http_get(rq->params, name);
}

enum err
req_param_id(const struct req *rq, struct str name, struct id *id)
{
	return id_parse(req_param(rq, name), id) ? ERR_OK : ERR_NOT_FOUND;
}

struct str
req_query(const struct req *rq, struct str name)
{
	return str_trim(http_get(rq->http->query, name));
}

struct str
req_form(const struct req *rq, struct str name)
{
	return str_trim(http_get(rq->http->form, name));
}

struct str
req_form_all(struct req *rq, struct str name)
{
	struct http_pairs form = rq->http->form;
	struct buf b = buf_new(rq->arena, PAGE_BYTES);
	for (ptrdiff_t i = 0; i < form.n; i++) {
		if (!str_eq(form.list[i].name, name))
			continue;
		buf_add(&b, form.list[i].value);
		buf_byte(&b, ' ');
	}
	return str_trim(buf_str(&b));
}

bool
req_checked(const struct req *rq, struct str name)
{
	return req_form(rq, name).n > 0;
}

enum err
req_redirect(struct req *rq, const char *fmt, ...)
{
	char text[2000];
	va_list args;
	va_start(args, fmt);
	int n = vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	assert(
	    n > 0 && n < (int)sizeof text && text[0] == '/' && text[1] != '/');
	rq->response.status = 303;
	http_header_add(rq->arena, &rq->response, S("Location"),
	    str_dup(rq->arena, (struct str){text, n}));
	return ERR_OK;
}

enum err
req_html_status(struct req *rq, int status)
{
	rq->response.status = status;
	rq->response.type = S("text/html; charset=utf-8");
	rq->response.body = buf_str(&rq->out);
	return ERR_OK;
}

enum err
req_html(struct req *rq)
{
	return req_html_status(rq, 200);
}

enum err
req_file(struct req *rq, struct str type, struct str name, struct str bytes)
{
	bool inline_file = str_eq(type, S("application/pdf"));
	rq->response.status = 200;
	rq->response.type = type;
	rq->response.body = bytes;
	struct str escaped = form_escape(rq->arena, name);
	http_header_add(rq->arena, &rq->response, S("Content-Disposition"),
	    str_fmt(rq->arena, "%s; filename*=UTF-8''%.*s",
		inline_file ? "inline" : "attachment", STR_ARG(escaped)));
	return ERR_OK;
}

enum err
req_file_of(
    struct req *rq, struct str type, struct str name, int fd, int64_t bytes)
{
	enum err e = req_file(rq, type, name, S(""));
	rq->response.file.fd = fd;
	rq->response.file.bytes = bytes;
	return e;
}

static void
close_work(void *arg)
{
	arena_close(arg);
}

struct arena *
req_work(struct req *rq, ptrdiff_t bytes)
{
	struct arena *a = arena_open(bytes);
	if (a != NULL)
		arena_defer(rq->arena, close_work, a);
	return a;
}

struct str
req_new_key(struct req *rq)
{
	return id_text(rq->arena, id_new(rq->http->now_us));
}

struct str
req_csrf(struct req *rq)
{
	struct str session = {
	    (const char *)rq->session.token_hash.b, HASH_BYTES};
	struct hash h = hash_keyed(&rq->site->keys.csrf, session);
	return str_sub(hash_hex(rq->arena, h), 0, 32);
}

struct str
req_tr(struct req *rq, const char *msgid)
{
	return tr(rq->lang, msgid);
}

struct str
req_tr1(struct req *rq, const char *msgid, struct str one)
{
	return tr_fill(rq->arena, tr(rq->lang, msgid), &one, 1);
}

struct str
req_tr2(struct req *rq, const char *msgid, struct str one, struct str two)
{
	struct str args[] = {one, two};
	return tr_fill(rq->arena, tr(rq->lang, msgid), args, 2);
}

struct deed {
	const char *name;
	struct id about;
};

static enum err
write_deed(struct req *rq, struct db *db)
{
	const struct deed *deed = rq->note.with;
	return audit_add(
	    db, rq->arena, &rq->who, str_c(deed->name), deed->about);
}

void
req_note(struct req *rq, const char *name, struct id about)
{
	struct deed *deed = arena_new(rq->arena, struct deed, 1);
	*deed = (struct deed){name, about};
	rq->note.write = write_deed;
	rq->note.with = deed;
}

struct actor
req_program(const struct req *rq)
{
	struct actor program =
	    actor_program(rq->org->id, rq->who.keys, rq->http->now_us);
	program.lang = rq->lang;
	return program;
}

enum err
req_open_network(struct req *rq, struct actor *in, struct record *network)
{
	struct id id;
	struct actor program = req_program(rq);
	enum err e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	*in = actor_inside(&program, id);
	return record_get(rq->db, rq->arena, in, KIND_NETWORK, id, network);
}

struct str
req_network_path(struct req *rq, const char *rest)
{
	assert(rq->network_path.n > 0);
	return str_cat(rq->arena, rq->network_path, str_c(rest));
}
