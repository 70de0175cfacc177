/* SPDX-License-Identifier: MPL-2.0 */
#ifndef HTTP_FORMS_H
#define HTTP_FORMS_H

#include "http/http.h"

/* forms.h - the parsers of what comes in with a request.
 *
 * Each takes bytes from outside and gives ERR_INVALID rather than a guess;
 * each has a fuzz target in tests/fuzz.  Text is checked to be valid UTF-8,
 * NFC-normalised, with LF line ends.  At most 2,000 pairs and 100 files.
 * Results point into what was given or lie on the arena.
 * Tests: tests/http/forms.c
 */

/* application/x-www-form-urlencoded, and the part of a URL after '?'. */
enum err form_parse_urlencoded(
    struct arena *, struct str, struct http_pairs *) MUST_USE;

/* multipart/form-data (RFC 7578); `boundary` from the Content-Type. */
enum err form_parse_multipart(struct arena *, struct str body,
    struct str boundary, struct http_pairs *, struct http_file **files,
    ptrdiff_t *n_files) MUST_USE;

/* A Cookie header (RFC 6265 section 4.2.1). */
enum err form_parse_cookies(
    struct arena *, struct str, struct http_pairs *) MUST_USE;

/* %XX once; `plus` also turns '+' into a space.  NUL and bad UTF-8 refused. */
enum err form_unescape(
    struct arena *, struct str, bool plus, struct str *out) MUST_USE;

/* Escapes everything but unreserved characters (RFC 3986). */
struct str form_escape(struct arena *, struct str);

#endif
