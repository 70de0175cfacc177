/* SPDX-License-Identifier: MPL-2.0 */

/* JSON in and out of /api/v1 (web/api.h). */
#include "base/buf.h"
#include "base/utf8.h"
#include "web/api.h"

enum { PARTICIPANT_MAX = 200 };

void
api_add_text(struct buf *b, const char *key, struct str value)
{
	buf_fmt(b, "\"%s\": ", key);
	buf_json(b, value);
	buf_add(b, S(", "));
}

static void
drop_json(void *json)
{
	json_decref(json);
}

enum err
api_body(struct req *rq, size_t members, json_t **out)
{
	struct str body = rq->http->body;
	if (body.n > API_BODY)
		return ERR_TOO_LARGE;
	*out = json_loadb(body.p, (size_t)body.n, JSON_REJECT_DUPLICATES, NULL);
	if (*out == NULL)
		return ERR_INVALID;
	arena_defer(rq->arena, drop_json, *out);
	return json_is_object(*out) && json_object_size(*out) == members
	    ? ERR_OK
	    : ERR_INVALID;
}

struct str
api_member(struct req *rq, const json_t *body, const char *key)
{
	const json_t *value = json_object_get(body, key);
	if (!json_is_string(value))
		return S("");
	struct str text = {
	    json_string_value(value), (ptrdiff_t)json_string_length(value)};
	return str_trim(utf8_normal(rq->arena, text));
}

bool
api_member_int(const json_t *body, const char *key, int64_t *out)
{
	const json_t *value = json_object_get(body, key);
	if (!json_is_integer(value))
		return false;
	*out = json_integer_value(value);
	return true;
}

struct str
api_participant(struct req *rq, const struct api *api, const json_t *body)
{
	struct str whom = api_member(rq, body, "participant");
	if (whom.n == 0 || whom.n > PARTICIPANT_MAX)
		return S("");
	return STR_JOIN(rq->arena, S("token:"),
	    id_text(rq->arena, api->token.id), S(":"), whom);
}
