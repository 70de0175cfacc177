/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include <stdatomic.h>

#include "base/lang.h"
#include "http/http.h"
#include "model/keys.h"
#include "model/org.h"
#include "model/session.h"

/* site.h - what all requests of one process share.
 *
 * Made by serve (or by a test), read by every page.  Nothing in it is the
 * truth: another process can rebuild all of it from the database.
 */
enum { VERSION_SLOTS = 4096 };

struct site {
	struct arena *process;
	struct str base_url; /* "https://samskab.fjordby.dk", no slash */
	struct str data_dir;
	struct db_place place;
	struct keys keys;
	struct orgs orgs;
	struct session_limits limits;
	struct lanes *lanes; /* NULL in page tests */
	struct pool *pool; /* NULL in page tests */
	struct helper *helper; /* NULL: rendered in this process */
	struct http_server *server; /* NULL in page tests */
	struct background *_Atomic background; /* NULL in page tests */
	struct page_cache *cache; /* NULL: none */
	struct rooms *rooms; /* NULL in page tests */
	struct limits_table *attempts;
	bool smtp; /* mail goes out */
	struct str metrics_token;
	int64_t started_us;
	atomic_bool stopping;
	/* web/made.h: a large file is made, for staff and for anybody */
	atomic_bool exporting, giving;
	int first_pool_reader; /* of the read-only connections */
	/* Grows at each commit that touched a network (or the organisation);
	 * by hash, so two may share a slot, which only costs a rendering. */
	_Atomic uint64_t version[VERSION_SLOTS];
};

/* Where an organisation's people find it: base_url, under the organisation's
 * own host name when it has one. */
struct str site_url(const struct site *, struct arena *, const struct org *);
/* The address of a one-time sign-in link. */
struct str site_link(
    const struct site *, struct arena *, const struct org *, struct str token);

uint64_t site_version(const struct site *, struct id chain);
void site_changed(struct site *, struct id chain);

#endif
