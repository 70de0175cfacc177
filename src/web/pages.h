/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H

#include "web/req.h"

/* pages.h - the functions that web/routes.def names: each page, and what is
 * prepared on the pool before a page gets the write lane.  Each is documented
 * where it is defined. */
#define ROUTE(method, pattern, page, need, lane, csrf, body, cached) \
	enum err page(struct req *);
#define ROUTE_PREPARED(method, pattern, page, need, csrf, body, prepare) \
	enum err page(struct req *);                                     \
	enum err prepare(struct req *);
#include "web/routes.def"
#undef ROUTE
#undef ROUTE_PREPARED

#endif
