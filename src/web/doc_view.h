/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_DOC_VIEW_H
#define WEB_DOC_VIEW_H

#include "report/doc.h"
#include "view_document.h"
#include "web/req.h"

/* doc_view.h - a document as part of a page: what is printed can be read where it
 * is fetched.  Its title is the page's; headings of level 1 are h2.  A letter, a
 * QR code and a new page have no place on one: their texts stand.
 * Memory is the request's.  Tests: tests/web/report.c */
struct view_document doc_view(struct req *, const struct doc *);

#endif
