/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include "base/str.h"

/* assets.h - style sheets, scripts, fonts and icons, in the program itself.
 *
 * tools/embed makes the table from assets/ and assets/npm.list.  The address
 * of an asset changes with its bytes, so browsers may keep it for ever.
 * Everything here is constant.  Tests: tests/tools/embed.c
 */
struct asset {
	struct str name; /* "app.css" */
	struct str url_name; /* "app.3f2a90c41b07.css" */
	struct str url; /* "/assets/app.3f2a90c41b07.css" */
	struct str type; /* for Content-Type */
	struct str bytes;
	struct str gzip; /* the same packed; empty where that gains nothing */
};

extern const struct asset assets[]; /* sorted by name */
extern const ptrdiff_t assets_n;

/* What lies at /assets/(url_name); NULL: nothing. */
const struct asset *asset_find(struct str url_name);

/* The address of an asset by its name.  A name that does not exist is a bug
 * of ours, and stops the program. */
struct str asset_url(struct str name);

#endif
