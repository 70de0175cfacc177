/* SPDX-License-Identifier: MPL-2.0 */

/* GET /api/v1/openapi.json: made from the routes that there are. */
#include <string.h>

#include "base/buf.h"
#include "web/api.h"
#include "web/pages.h"
#include "web/route.h"

#define OBJECT "{\"type\": \"object\"}"
#define LIST "{\"type\": \"array\", \"items\": " OBJECT "}"
#define PARTICIPANT                                                     \
	"\"participant\": {\"type\": \"string\", \"minLength\": 1, "    \
	"\"maxLength\": 200, \"description\": \"Your own reference of " \
	"who answers; kept as a keyed hash\"}"

#define IDEA                                                                   \
	"{\"type\": \"object\", \"required\": [\"participant\", \"text\", "    \
	"\"readers\", \"of_age\"], \"additionalProperties\": false, "          \
	"\"properties\": {" PARTICIPANT                                        \
	", \"text\": {\"type\": \"string\", \"maxLength\": 2000}, "            \
	"\"readers\": {\"enum\": [\"network\", \"decision\", \"public\"], "    \
	"\"description\": \"Who may read it, as the participant chose: the "   \
	"others who take part and those who work with this; also those who "   \
	"decide; everybody. Only the last are read here again\"}, "            \
	"\"of_age\": {\"const\": true, \"description\": \"The participant is " \
	"15 or older, or a parent said yes\"}}}"
#define MARK(properties, required)                                 \
	"{\"type\": \"object\", \"additionalProperties\": false, " \
	"\"required\": [" required "], \"properties\": {" properties "}}"
#define NUMBER(name) "\"" name "\": {\"type\": \"integer\", \"minimum\": 0}"

static const struct api_word words[] = {
    {"GET", "/api/v1/openapi.json", "This description", 0, NULL, OBJECT},
    {"GET", "/api/v1/dialogues", "The dialogues of the network", TOKEN_READ,
	NULL, LIST},
    {"GET", "/api/v1/dialogues/{id}", "A dialogue", TOKEN_READ, NULL, OBJECT},
    {"GET", "/api/v1/dialogues/{id}/statements",
	"The statements that are "
	"shown",
	TOKEN_READ, NULL, LIST},
    {"GET", "/api/v1/dialogues/{id}/results",
	"How the votes fall out, by group; null: too few people", TOKEN_READ,
	NULL, OBJECT},
    {"POST", "/api/v1/dialogues/{id}/statements",
	"A statement of a participant's own", TOKEN_TAKE_PART,
	"{\"type\": \"object\", \"required\": [\"participant\", \"text\"], "
	"\"additionalProperties\": false, \"properties\": {" PARTICIPANT
	", \"text\": {\"type\": \"string\", \"maxLength\": 240}}}",
	OBJECT},
    {"POST", "/api/v1/dialogues/{id}/votes",
	"A participant's vote; a later one replaces it", TOKEN_TAKE_PART,
	"{\"type\": \"object\", \"required\": [\"participant\", "
	"\"statement\", \"vote\"], \"additionalProperties\": false, "
	"\"properties\": {" PARTICIPANT
	", \"statement\": {\"type\": \"integer\", \"minimum\": 0}, "
	"\"vote\": {\"type\": \"integer\", \"enum\": [1, 0, -1]}}}",
	OBJECT},
    {"GET", "/api/v1/ideas", "The ideas that everybody may read", TOKEN_READ,
	NULL, LIST},
    {"GET", "/api/v1/ideas/{id}", "An idea", TOKEN_READ, NULL, OBJECT},
    {"POST", "/api/v1/ideas",
	"A participant's idea; it is looked at before anybody else sees it",
	TOKEN_TAKE_PART, IDEA, OBJECT},
    {"POST", "/api/v1/ideas/{id}/builds", "An idea that builds on this one",
	TOKEN_TAKE_PART, IDEA, OBJECT},
    {"POST", "/api/v1/ideas/{id}/withdrawal",
	"The participant takes it back; no reason is asked", TOKEN_TAKE_PART,
	"{\"type\": \"object\", \"required\": [\"participant\"], "
	"\"additionalProperties\": false, \"properties\": {" PARTICIPANT "}}",
	OBJECT},
    {"GET", "/api/v1/rounds", "The rounds of priorities of the network",
	TOKEN_READ, NULL, LIST},
    {"GET", "/api/v1/rounds/{id}", "A round and its options", TOKEN_READ, NULL,
	OBJECT},
    {"GET", "/api/v1/rounds/{id}/results",
	"The three rankings and the turnout, once they are shown; null: too "
	"few people",
	TOKEN_READ, NULL, OBJECT},
    {"POST", "/api/v1/rounds/{id}/ballots",
	"A participant's ballot, one each; a later one replaces it, and of a "
	"pairwise round adds to it",
	TOKEN_TAKE_PART,
	"{\"type\": \"object\", \"required\": [\"participant\", "
	"\"choices\"], \"additionalProperties\": false, \"properties\": "
	"{" PARTICIPANT ", \"choices\": {\"type\": \"array\", \"minItems\": 1, "
	"\"items\": {\"oneOf\": [" MARK(NUMBER("option"),
	    "\"option\"") ", " MARK(NUMBER("option") ", " NUMBER("value"),
	    "\"option\", \"value\"") ", " MARK(NUMBER("left") ", " NUMBER("righ"
									  "t") ", " NUMBER("chosen"),
	    "\"left\", \"right\", \"chosen\"") "]}}}}",
	OBJECT},
};

struct api_words
api_words(void)
{
	return (struct api_words){words, COUNT_OF(words)};
}

static const struct api_word *
word_of(const struct route *route)
{
	const char *method = route->method == HTTP_POST ? "POST" : "GET";
	for (ptrdiff_t i = 0; i < COUNT_OF(words); i++) {
		if (strcmp(words[i].pattern, route->pattern) == 0 &&
		    strcmp(words[i].method, method) == 0)
			return &words[i];
	}
	return NULL;
}

static void
add_parameters(struct buf *b, const struct api_word *w)
{
	bool id = strstr(w->pattern, "{id}") != NULL;
	buf_add(b, S("\"parameters\": ["));
	if (id)
		buf_add(b,
		    S("{\"name\": \"id\", \"in\": \"path\", \"required\": "
		      "true, \"schema\": {\"type\": \"string\"}}"));
	if (id && w->body != NULL)
		buf_add(b, S(", "));
	if (w->body != NULL)
		buf_add(b,
		    S("{\"name\": \"Idempotency-Key\", \"in\": \"header\", "
		      "\"required\": true, \"schema\": {\"type\": \"string\", "
		      "\"maxLength\": 200}}"));
	buf_add(b, S("], "));
}

static void
add_operation(struct buf *b, const struct api_word *w)
{
	buf_fmt(b, "\"%s\": {\"summary\": ", w->body != NULL ? "post" : "get");
	buf_json(b, str_c(w->summary));
	buf_add(b, S(", "));
	buf_add(b, w->right == 0 ? S("\"security\": [], ") : S(""));
	add_parameters(b, w);
	if (w->body != NULL)
		buf_fmt(b,
		    "\"requestBody\": {\"required\": true, \"content\": "
		    "{\"application/json\": {\"schema\": %s}}}, ",
		    w->body);
	buf_fmt(b,
	    "\"responses\": {\"%d\": {\"description\": \"Done\", "
	    "\"content\": {\"application/json\": {\"schema\": %s}}}, "
	    "\"default\": {\"description\": \"A problem (RFC 9457)\", "
	    "\"content\": {\"application/problem+json\": {\"schema\": "
	    "{\"type\": \"object\"}}}}}}",
	    w->body != NULL ? 201 : 200, w->answer);
}

/* Whether an earlier route has the same path. */
static bool
is_first(const struct routes *all, ptrdiff_t at)
{
	for (ptrdiff_t i = 0; i < at; i++) {
		if (strcmp(all->list[i].pattern, all->list[at].pattern) == 0)
			return false;
	}
	return true;
}

static void
add_path(struct buf *b, const struct routes *all, ptrdiff_t at)
{
	bool begun = false;
	buf_json(b, str_c(all->list[at].pattern));
	buf_add(b, S(": {"));
	for (ptrdiff_t i = at; i < all->n; i++) {
		const struct api_word *w = word_of(&all->list[i]);
		if (w == NULL ||
		    strcmp(all->list[i].pattern, all->list[at].pattern) != 0)
			continue;
		buf_add(b, begun ? S(", ") : S(""));
		begun = true;
		add_operation(b, w);
	}
	buf_add(b, S("}"));
}

enum err
page_api_open(struct req *rq)
{
	struct routes all = route_table();
	struct buf b = buf_new(rq->arena, 256 * 1024);
	bool begun = false;
	buf_add(&b,
	    S("{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"Samskab\", "
	      "\"version\": \"1\"}, \"security\": [{\"token\": []}], "
	      "\"components\": {\"securitySchemes\": {\"token\": {\"type\": "
	      "\"http\", \"scheme\": \"bearer\"}}}, \"paths\": {"));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (strncmp(all.list[i].pattern, "/api/v1/", 8) != 0 ||
		    !is_first(&all, i))
			continue;
		buf_add(&b, begun ? S(", ") : S(""));
		begun = true;
		add_path(&b, &all, i);
	}
	buf_add(&b, S("}}\n"));
	return api_answer(rq, buf_str(&b));
}
