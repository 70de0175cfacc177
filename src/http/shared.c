/* SPDX-License-Identifier: MPL-2.0 */

/* Bytes that many streams send, and the small things about pairs. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "http/http.h"
#include "http/inner.h"

struct http_shared {
	atomic_int refs;
	ptrdiff_t n;
	char bytes[];
};

struct http_shared *
http_shared_new(struct str bytes)
{
	struct http_shared *s = malloc(sizeof *s + (size_t)bytes.n);
	if (s == NULL)
		return NULL;
	s->refs = 1;
	s->n = bytes.n;
	if (bytes.n > 0)
		memcpy(s->bytes, bytes.p, (size_t)bytes.n);
	return s;
}

struct str
http_shared_bytes(const struct http_shared *s)
{
	return (struct str){s->bytes, s->n};
}

struct http_shared *
http_shared_ref(struct http_shared *s)
{
	atomic_fetch_add(&s->refs, 1);
	return s;
}

void
http_shared_unref(struct http_shared *s)
{
	if (s != NULL && atomic_fetch_sub(&s->refs, 1) == 1)
		free(s);
}

struct str
http_get(struct http_pairs pairs, struct str name)
{
	for (ptrdiff_t i = 0; i < pairs.n; i++) {
		if (str_eq(pairs.list[i].name, name))
			return pairs.list[i].value;
	}
	return (struct str){0};
}

bool
http_has(struct http_pairs pairs, struct str name)
{
	for (ptrdiff_t i = 0; i < pairs.n; i++) {
		if (str_eq(pairs.list[i].name, name))
			return true;
	}
	return false;
}

void
http_header_set(struct arena *a, struct http_response *response,
    struct str name, struct str value)
{
	for (ptrdiff_t i = 0; i < response->headers.n; i++) {
		if (str_eq(response->headers.list[i].name, name)) {
			response->headers.list[i].value = value;
			return;
		}
	}
	http_header_add(a, response, name, value);
}

void
http_header_add(struct arena *a, struct http_response *response,
    struct str name, struct str value)
{
	(void)!form_add_pair(
	    a, &response->headers, (struct http_pair){name, value});
}
