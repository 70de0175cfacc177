/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PACK_H
#define WEB_PACK_H

#include "web/req.h"

/* pack.h - pages in gzip, for weak lines.
 *
 * Only answers to a GET without a query: they hold nothing that the request
 * brought along, so their length tells a stranger nothing about the session's
 * token (BREACH; doc/decisions/0007).  Tests: tests/web/pack.c
 */

/* Whether this request's page may be packed. */
bool pack_wanted(const struct req *);

/* Packs the response's body and says so in its headers; leaves it alone when
 * it is small or memory is short.  The encoder is kept, one a thread. */
void pack_response(struct req *);

/* Whether bytes are a gzip stream (RFC 1952: they begin 1f 8b). */
bool pack_is_packed(struct str);

/* The headers of a packed page. */
void pack_headers(struct req *);

#endif
