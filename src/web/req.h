/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_REQ_H
#define WEB_REQ_H

#include "base/buf.h"
#include "http/http.h"
#include "model/org.h"
#include "model/record.h"
#include "model/session.h"
#include "web/cache.h"

/* req.h - one request on its way through a page.
 *
 * A page function reads what it needs from here, calls the model with
 * rq->who, and either fills rq->out with a view or says where to go next.
 * Everything lives in rq->arena.  rq->db reads only, except in a page that
 * its route sends through a write lane.
 * Tests: tests/web/
 */
enum { REQ_PARAMS = 4, PAGE_BYTES = 4 * 1024 * 1024 };

struct req {
	struct site *site;
	struct http_request *http;
	struct arena *arena;
	struct db *db;
	const struct route *route;
	const struct org *org;
	struct actor who; /* .account is not set when nobody is signed in */
	struct session session;
	bool signed_in; /* and through the second factor */
	bool half_in; /* the second factor is due */
	bool known; /* from a moment ago, without asking the database */
	enum lang lang;
	struct http_pairs params; /* of the path: {network}, {id} */
	struct str network_path; /* "/netvaerk/ID", once inside one */
	struct buf out;
	struct http_response response;
	struct id form_key; /* this form's key; not set on a GET */
	struct str prepared; /* what the route's `prepare` worked out */
	struct event { /* told to watchers after the commit */
		struct id network, account;
	} event;
	struct { /* a page of a SLOW lane: what is written of the reading,
		  * before it leaves; NULL: nothing */
		enum err (*write)(struct req *, struct db *);
		const void *with;
	} note;
	bool stale_form; /* our own form, with a token that has ended */
	bool kick; /* a mail or a job waits once this is committed */
	bool keeps; /* what it wrote stays also when it answers 409 or 422 */
	bool records; /* the page may ask for the microphone */
	struct str stream_topic; /* set: the answer is a stream of it */
	bool stamped; /* a page that reads: how new its data is at least */
	struct cache_stamp stamp;
};

/* A {name} of the path; "" when there is none. */
struct str req_param(const struct req *, struct str name);
/* The same as an id; ERR_NOT_FOUND when it is not one. */
enum err req_param_id(
    const struct req *, struct str name, struct id *) MUST_USE;

/* A query value, a form value (trimmed, normal form); "" when missing. */
struct str req_query(const struct req *, struct str name);
struct str req_form(const struct req *, struct str name);
/* Every form value of that name, a space between. */
struct str req_form_all(struct req *, struct str name);
bool req_checked(const struct req *, struct str name);

/* 303 to a path of ours, made like printf. */
enum err req_redirect(struct req *, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Status 200 with rq->out as HTML; a page returns what this returns. */
enum err req_html(struct req *);
/* The same with another status: a form that comes back is 422, an edit that
 * met another 409. */
enum err req_html_status(struct req *, int status);
/* A file to keep: inline when it is a PDF, else an attachment. */
enum err req_file(
    struct req *, struct str type, struct str name, struct str bytes);

/* The same of what lies in a file that is closed with the arena. */
enum err req_file_of(
    struct req *, struct str type, struct str name, int fd, int64_t bytes);

/* An arena beside the request's, gone with it, for what takes more than a
 * request has.  NULL: no memory. */
struct arena *req_work(struct req *, ptrdiff_t bytes);

/* A new form's key, and the hidden CSRF token, as text. */
struct str req_new_key(struct req *);
struct str req_csrf(struct req *);

/* Translates, and fills %1 %2. */
struct str req_tr(struct req *, const char *msgid);
struct str req_tr1(struct req *, const char *msgid, struct str one);
struct str req_tr2(
    struct req *, const char *msgid, struct str one, struct str two);

/* The chain says of the reading: `deed`, a literal, with what it is about. */
void req_note(struct req *, const char *deed, struct id about);

/* Who acts where nobody is signed in: on an open page, for a code, a token. */
struct actor req_program(const struct req *);

/* The network {id} of an open page, and the program acting in it.
 * ERR_NOT_FOUND: there is none. */
enum err req_open_network(
    struct req *, struct actor *in, struct record *network) MUST_USE;

/* "/netvaerk/ID" + rest. */
struct str req_network_path(struct req *, const char *rest);

#endif
