/* SPDX-License-Identifier: MPL-2.0 */
#include "web/site.h"

#include <string.h>

#include "base/buf.h"

/* https://HOST:PORT, HOST perhaps an address in brackets. */
struct str
site_url(const struct site *site, struct arena *a, const struct org *org)
{
	struct str url = site->base_url;
	if (org->host.n == 0)
		return url;
	ptrdiff_t from = str_find(url, S("://")) + 3;
	struct str rest = str_sub(url, from, url.n);
	ptrdiff_t bracket = str_find_byte(rest, ']');
	struct str port = str_sub(rest, bracket + 1, rest.n);
	ptrdiff_t colon = str_find_byte(port, ':');
	port = colon < 0 ? S("") : str_sub(port, colon, port.n);
	return str_fmt(a, "%.*s%.*s%.*s", STR_ARG(str_sub(url, 0, from)),
	    STR_ARG(org->host), STR_ARG(port));
}

struct str
site_link(const struct site *site, struct arena *a, const struct org *org,
    struct str token)
{
	struct str url = site_url(site, a, org);
	return str_fmt(
	    a, "%.*s/log-ind/link/%.*s", STR_ARG(url), STR_ARG(token));
}

/* Ids end in random bits (base/id.h). */
static uint32_t
slot_of(struct id chain)
{
	uint32_t bits;
	memcpy(&bits, chain.b + 12, sizeof bits);
	return bits % VERSION_SLOTS;
}

uint64_t
site_version(const struct site *site, struct id chain)
{
	return atomic_load(&site->version[slot_of(chain)]);
}

void
site_changed(struct site *site, struct id chain)
{
	atomic_fetch_add(&site->version[slot_of(chain)], 1);
}
