/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include "base/buf.h"
#include "base/lang.h"

/* view.h - what a compiled view calls: one way of escaping for each position.
 *
 * Pages do not call these; they fill the struct view_NAME that tools/tmplc
 * makes from NAME.html and call tmpl_NAME() (doc/views.md).
 *
 * Everywhere, control characters and the invisible characters that turn the
 * direction of what follows (U+202A..U+202E, U+2066..U+2069) are left out:
 * what somebody wrote must not change how the rest of the page reads.
 * Tests: tests/tools/views.c
 */

/* HTML that goes out as it is.  Only a sanitizer may make one. */
struct safe_html {
	struct str trusted;
};

/* Between tags: & < > are escaped. */
void view_text(struct buf *, struct str);

/* In a quoted attribute: & < > " ' are escaped. */
void view_attr(struct buf *, struct str);

/* An attribute that is an address, whole: a path of ours ("/x", "?x", "#x"),
 * http:, https: or mailto:.  Anything else becomes "#". */
void view_url(struct buf *, struct str);

/* The same where the browser would run or embed what it finds: "/x" only. */
void view_url_local(struct buf *, struct str);

/* One value inside an address: everything but letters, digits and -._~@ is
 * percent-encoded, so that it stays one value. */
void view_url_part(struct buf *, struct str);

/* The end of an address that has begun with a fixed part: its ? & = / # stay
 * what they are. */
void view_url_rest(struct buf *, struct str);

/* "12.345" / "12,345" */
void view_number(struct buf *, enum lang, int64_t);

void view_html(struct buf *, struct safe_html);

#endif
