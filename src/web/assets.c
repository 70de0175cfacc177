/* SPDX-License-Identifier: MPL-2.0 */
#include "web/assets.h"

#include <assert.h>

/* A dozen assets: a row to walk along beats a search. */

const struct asset *
asset_find(struct str url_name)
{
	for (ptrdiff_t i = 0; i < assets_n; i++) {
		if (str_eq(assets[i].url_name, url_name))
			return &assets[i];
	}
	return NULL;
}

struct str
asset_url(struct str name)
{
	for (ptrdiff_t i = 0; i < assets_n; i++) {
		if (str_eq(assets[i].name, name))
			return assets[i].url;
	}
	assert(false); /* no asset of this name: a bug of ours */
	return (struct str){0};
}
