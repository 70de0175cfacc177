/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_WEB_MARKUP_H
#define TESTS_WEB_MARKUP_H

#include "tests/test.h"

/* markup.h - a small strict reader of the markup we write, HTML and XML.
 *
 * It takes less than a browser does: every value in double quotes, every <, >
 * and & of text and values as a reference of ours, every element closed in its
 * order.  So what it reads, every browser reads alike.
 */
enum piece_kind { PIECE_TEXT, PIECE_OPEN, PIECE_VALUE, PIECE_CLOSE };

struct piece {
	enum piece_kind kind;
	struct str name; /* of the element, or of a value's attribute */
	struct str text; /* of TEXT and VALUE, references resolved */
};

struct markup {
	const struct piece *list;
	ptrdiff_t n;
	const char *fault; /* NULL: it was read to its end */
	ptrdiff_t at; /* the byte where the fault is */
};

struct markup markup_html(struct arena *, struct str);
struct markup markup_xml(struct arena *, struct str);

/* The value of the form's field `name`, of an input or a textarea; {0} when
 * there is none. */
struct str markup_field(const struct markup *, struct str name);

#endif
