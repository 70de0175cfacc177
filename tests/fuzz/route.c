/* SPDX-License-Identifier: MPL-2.0 */

/* Addresses: a route is found exactly when a slow reading of its pattern fits,
 * its parameters put into the pattern give the address, and none of them
 * reaches over a slash. */
#include "web/route.h"

#include <string.h>

#include "base/buf.h"
#include "tests/fuzz.h"

/* Letter by letter; {name} stands for one or more bytes that are no slash. */
static bool
fits(const char *pattern, struct str path)
{
	if (*pattern == 0)
		return path.n == 0;
	if (*pattern != '{')
		return path.n > 0 && path.p[0] == *pattern &&
		    fits(pattern + 1, str_sub(path, 1, path.n));
	ptrdiff_t n = 0;
	while (n < path.n && path.p[n] != '/')
		n++;
	return n > 0 &&
	    fits(strchr(pattern, '}') + 1, str_sub(path, n, path.n));
}

static struct str
filled(struct arena *a, const char *pattern, struct http_pairs params)
{
	struct buf b = buf_new(a, PTRDIFF_MAX / 4);
	while (*pattern != 0) {
		if (*pattern != '{') {
			buf_byte(&b, *pattern++);
			continue;
		}
		const char *end = strchr(pattern, '}');
		buf_add(&b,
		    http_get(
			params, (struct str){pattern + 1, end - pattern - 1}));
		pattern = end + 1;
	}
	return buf_str(&b);
}

static enum err
slow_find(enum http_method method, struct str path)
{
	struct routes all = route_table();
	enum err e = ERR_NOT_FOUND;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (!fits(all.list[i].pattern, path))
			continue;
		if (all.list[i].method == method)
			return ERR_OK;
		e = ERR_INVALID;
	}
	return e;
}

static void
check(struct arena *a, enum http_method method, struct str path)
{
	const struct route *route;
	struct http_pairs params;
	enum err e = route_find(a, method, path, &route, &params);
	MUST(e == slow_find(method, path));
	if (e != ERR_OK)
		return;
	MUST(fits(route->pattern, path));
	MUST(params.n <= REQ_PARAMS);
	MUST(str_eq(filled(a, route->pattern, params), path));
	for (ptrdiff_t i = 0; i < params.n; i++) {
		MUST(params.list[i].value.n > 0);
		MUST(str_find_byte(params.list[i].value, '/') < 0);
	}
}

FUZZ(input)
{
	const struct route *get, *head;
	struct http_pairs params;
	check(arena, HTTP_GET, input);
	check(arena, HTTP_POST, input);
	enum err e = route_find(arena, HTTP_GET, input, &get, &params);
	MUST(e == route_find(arena, HTTP_HEAD, input, &head, &params));
	MUST(e != ERR_OK || get == head);
}
