/* SPDX-License-Identifier: MPL-2.0 */
#include "web/site.h"

#include <string.h>

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
