/* SPDX-License-Identifier: MPL-2.0 */
#include "report/xml.h"

/* The length of a forbidden code point at s[i], or 0. */
static ptrdiff_t
forbidden(struct str s, ptrdiff_t i)
{
	return i + 2 < s.n && (unsigned char)s.p[i] == 0xef &&
		(unsigned char)s.p[i + 1] == 0xbf &&
		(unsigned char)s.p[i + 2] >= 0xbe
	    ? 3
	    : 0;
}

void
xml_add(struct buf *out, struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (forbidden(s, i) > 0) {
			buf_add(out, S("\xef\xbf\xbd"));
			i += 2;
		} else if (c == '&') {
			buf_add(out, S("&amp;"));
		} else if (c == '<') {
			buf_add(out, S("&lt;"));
		} else if (c == '>') {
			buf_add(out, S("&gt;"));
		} else if (c == '"') {
			buf_add(out, S("&quot;"));
		} else if (c == '\n' || c == '\r' || c == '\t') {
			buf_byte(out, ' ');
		} else {
			buf_byte(out, c);
		}
	}
}
