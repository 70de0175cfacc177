/* SPDX-License-Identifier: MPL-2.0 */

/* Addresses of other programs (model/webhook.h). */
#include "base/buf.h"
#include "model/webhook.h"

static bool
only(struct str s, const char *more)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9') &&
		    str_find_byte(str_c(more), c) < 0)
			return false;
	}
	return s.n > 0;
}

/* What may stand in a path and a query. */
static bool
path_ok(struct str path)
{
	if (path.n > 0 && path.p[0] != '/')
		return false;
	for (ptrdiff_t i = 0; i < path.n; i++) {
		if (path.p[i] <= ' ' || path.p[i] > '~' ||
		    str_find_byte(S("\"<>\\^`{|}#"), path.p[i]) >= 0)
			return false;
	}
	return true;
}

/* "host", "host:port" or "[v6]:port". */
static bool
read_authority(struct str text, struct webhook_url *out)
{
	bool six = str_starts(text, S("["));
	ptrdiff_t end =
	    six ? str_find_byte(text, ']') : str_find_byte(text, ':');
	if (six && end < 0)
		return false;
	if (end < 0)
		end = text.n;
	out->host = str_sub(text, six ? 1 : 0, end);
	struct str rest = str_sub(text, end + (six ? 1 : 0), text.n);
	if (rest.n > 0 &&
	    (rest.p[0] != ':' ||
		!str_int(str_sub(rest, 1, rest.n), &out->port)))
		return false;
	return only(out->host, six ? ":" : "-.") && out->host.n <= 253 &&
	    out->host.p[0] != '.' && out->port >= 1 && out->port <= 65535;
}

static bool
is_here(struct str host)
{
	return str_eq(host, S("127.0.0.1")) || str_eq(host, S("::1"));
}

bool
webhook_url_parse(struct arena *a, struct str text, struct webhook_url *out)
{
	bool tls = str_starts(text, S("https://"));
	if (text.n > WEBHOOK_URL_MAX ||
	    (!tls && !str_starts(text, S("http://"))))
		return false;
	*out = (struct webhook_url){.tls = tls, .port = tls ? 443 : 80};
	struct str rest = str_sub(text, tls ? 8 : 7, text.n);
	ptrdiff_t slash = str_find_byte(rest, '/');
	struct str authority = slash < 0 ? rest : str_sub(rest, 0, slash);
	struct str path = str_sub(rest, authority.n, rest.n);
	if (!path_ok(path) || !read_authority(authority, out) ||
	    (!tls && !is_here(out->host)))
		return false;
	bool six = str_find_byte(out->host, ':') >= 0;
	out->origin = STR_JOIN(a, tls ? S("https://") : S("http://"),
	    six ? S("[") : S(""), out->host, six ? S("]") : S(""));
	if (out->port != (tls ? 443 : 80))
		out->origin = STR_JOIN(
		    a, out->origin, str_fmt(a, ":%lld", (long long)out->port));
	return true;
}
