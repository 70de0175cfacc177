/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_HANDLE_H
#define WEB_HANDLE_H

#include "http/http.h"
#include "web/req.h"

/* handle.h - from an exchange of the HTTP room to a page, and back.
 *
 * A read runs on the HTTP thread in one snapshot; a write waits in its lane
 * and is answered after its commit; slow work runs on the pool.  Page tests
 * call handle_now() instead: the same steps on one connection.
 * Tests: tests/web/, tests/journeys/
 */

/* For struct http_config, beside route_body_limit(); arg is the struct site. */
void handle_exchange(void *site, struct http_exchange *);
void handle_refuse(
    void *site, struct arena *, int status, struct http_response *);

/* Serves a request at once on `db` (opened for writing), in a transaction
 * that is committed as its lane would.  For page tests. */
void handle_now(
    struct site *, struct db *, struct http_request *, struct http_response *);

#endif
