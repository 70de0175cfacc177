/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_API_H
#define WEB_API_H

#include <jansson.h>

#include "model/token.h"
#include "web/req.h"

/* api.h - what every request of /api/v1 goes through.
 *
 * A program shows a token (model/token.h) in `Authorization: Bearer`; no cookie
 * counts here, so there is nothing to forge, and no other site may read an
 * answer (no CORS).  A POST bears an Idempotency-Key: sent again it is answered
 * as it was and done once.  Faults are RFC 9457, in English.  Which routes
 * there are stands in web/routes.def; what each means in api_open.c.
 * Tests: tests/web/api.c
 */
enum {
	API_A_MINUTE = 600,
	API_BODY = 16384, /* bytes; a route may take less */
	API_ANSWER = 4 * 1024 * 1024,
};

struct api {
	struct token token;
	struct actor in;
	struct token_once once; /* of a POST */
};

/* ERR_SIGNIN: no token, or none that is good.  ERR_DENIED: not for this. */
enum err api_enter(struct req *, int64_t right, struct api *) MUST_USE;

/* The same of a POST.  *again: it was done before, and is answered. */
enum err api_enter_once(struct req *, struct api *, bool *again) MUST_USE;

/* Answers with JSON; of a POST it is kept for when it comes again. */
enum err api_answer(struct req *, struct str json);
enum err api_done(
    struct req *, struct api *, int status, struct str json) MUST_USE;

/* ---- JSON ---- */

/* "key": "value" and a comma. */
void api_add_text(struct buf *, const char *key, struct str value);

/* The body: an object with so many members, in memory that ends with the
 * request. */
enum err api_body(struct req *, size_t members, json_t **) MUST_USE;
/* "" when it is no text. */
struct str api_member(struct req *, const json_t *, const char *key);
bool api_member_int(const json_t *, const char *key, int64_t *) MUST_USE;
/* Somebody of the program's own: the same one in another program is another.
 * "": none is named. */
struct str api_participant(
    struct req *, const struct api *, const json_t *body);

/* Whether it is a path of ours, and the answer to what went wrong there. */
bool api_is(const struct req *);
void api_problem(struct req *, int status);

/* What the routes are, as OpenAPI 3.1. */
struct api_word {
	const char *method, *pattern, *summary;
	int64_t right; /* 0: none is needed */
	const char *body; /* JSON schema, or NULL */
	const char *answer; /* JSON schema */
};
struct api_words {
	const struct api_word *list;
	ptrdiff_t n;
};
struct api_words api_words(void);

#endif
