/* SPDX-License-Identifier: MPL-2.0 */
#include "web/api.h"

#include "base/buf.h"
#include "web/security.h"

enum { KEY_MAX = 200 };

static const struct attempt calls = {"api", API_A_MINUTE, MINUTE_US};
static const struct attempt unknown = {"api-unknown", 30, MINUTE_US};

static struct str
bearer(const struct req *rq)
{
	struct str given = http_get(rq->http->headers, S("authorization"));
	return str_starts(given, S("Bearer ")) ? str_sub(given, 7, given.n)
					       : S("");
}

enum err
api_enter(struct req *rq, int64_t right, struct api *api)
{
	struct actor program = req_program(rq);
	enum err e =
	    token_find(rq->db, rq->arena, &program, bearer(rq), &api->token);
	if (e == ERR_NOT_FOUND)
		return security_may_try(rq, &unknown, security_peer(rq))
		    ? ERR_SIGNIN
		    : ERR_LIMITED;
	if (e != ERR_OK)
		return e;
	if (!security_may_try(rq, &calls, id_text(rq->arena, api->token.id)))
		return ERR_LIMITED;
	api->in = token_actor(&program, &api->token);
	return (api->token.rights & right) != 0 ? ERR_OK : ERR_DENIED;
}

enum err
api_enter_once(struct req *rq, struct api *api, bool *again)
{
	struct str key = http_get(rq->http->headers, S("idempotency-key"));
	*again = false;
	enum err e = api_enter(rq, TOKEN_TAKE_PART, api);
	if (e != ERR_OK)
		return e;
	if (key.n == 0 || key.n > KEY_MAX)
		return ERR_INVALID;
	api->once.key = hash_of(key);
	api->once.request = hash_of(
	    STR_JOIN(rq->arena, rq->http->path, S("\n"), rq->http->body));
	e = token_again(rq->db, rq->arena, &api->in, &api->token, &api->once);
	if (e == ERR_NOT_FOUND)
		return token_used(rq->db, &api->in, &api->token);
	if (e != ERR_OK)
		return e;
	*again = true;
	e = api_answer(rq, api->once.answer);
	rq->response.status = (int)api->once.status;
	return e;
}

enum err
api_answer(struct req *rq, struct str json)
{
	rq->response.status = 200;
	rq->response.type = S("application/json");
	rq->response.body = json;
	return ERR_OK;
}

enum err
api_done(struct req *rq, struct api *api, int status, struct str json)
{
	api->once.status = status;
	api->once.answer = json;
	enum err e = token_done(rq->db, &api->in, &api->token, &api->once);
	if (e != ERR_OK)
		return e;
	e = api_answer(rq, json);
	rq->response.status = status;
	return e;
}

/* ---- what went wrong ---- */

bool
api_is(const struct req *rq)
{
	return rq->http != NULL && str_starts(rq->http->path, S("/api/"));
}

static const struct {
	int status;
	const char *title, *detail;
} problems[] = {
    {400, "Bad Request",
	"The request is not what is described in "
	"/api/v1/openapi.json."},
    {401, "Unauthorized", "Send a token that is good, as a bearer token."},
    {403, "Forbidden",
	"The token may not do this, or nothing is taken in here "
	"now."},
    {404, "Not Found", "There is no such thing here."},
    {405, "Method Not Allowed", "Not by this method."},
    {409, "Conflict", "The Idempotency-Key was used for another request."},
    {413, "Content Too Large", "The request is larger than it may be."},
    {429, "Too Many Requests", "Wait as long as Retry-After says."},
    {503, "Service Unavailable", "Not now. Send the same request again."},
    {500, "Internal Server Error", "It should not happen; the log has more."},
};

void
api_problem(struct req *rq, int status)
{
	ptrdiff_t at = 0;
	while (at < COUNT_OF(problems) - 1 && problems[at].status != status)
		at++;
	struct buf b = buf_new(rq->arena, 4096);
	buf_add(&b, S("{\"type\": \"about:blank\", \"title\": "));
	buf_json(&b, str_c(problems[at].title));
	buf_fmt(&b, ", \"status\": %d, \"detail\": ", status);
	buf_json(&b, str_c(problems[at].detail));
	buf_add(&b, S("}\n"));
	rq->response = (struct http_response){.status = status,
	    .type = S("application/problem+json"),
	    .body = buf_str(&b)};
	if (status == 401)
		http_header_add(rq->arena, &rq->response, S("WWW-Authenticate"),
		    S("Bearer"));
	if (status == 429)
		http_header_add(
		    rq->arena, &rq->response, S("Retry-After"), S("60"));
}
