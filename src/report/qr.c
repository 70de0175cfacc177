/* SPDX-License-Identifier: MPL-2.0 */
#include "report/qr.h"

#include <qrencode.h>

#include "base/buf.h"
#include "report/doc.h"

enum { QUIET = 4, SVG_BYTES = 256 * 1024 };

/* Each run of black squares in a row is one stroke of the path. */
static void
add_row(struct buf *b, const QRcode *code, int y)
{
	const unsigned char *row = code->data + (ptrdiff_t)y * code->width;
	for (int x = 0; x < code->width;) {
		int from = x;
		while (x < code->width && (row[x] & 1) != 0)
			x++;
		if (x > from)
			buf_fmt(b, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET,
			    x - from, x - from);
		else
			x++;
	}
}

static void
drop_code(void *code)
{
	QRcode_free(code);
}

struct str
qr_svg(struct arena *a, struct str address)
{
	if (address.n > DOC_MAX_QR)
		return S("");
	struct buf b = buf_new(a, SVG_BYTES);
	QRcode *code = QRcode_encodeData(
	    (int)address.n, (const unsigned char *)address.p, 0, QR_ECLEVEL_M);
	if (code == NULL)
		return S("");
	arena_defer(a, drop_code, code);
	int size = code->width + 2 * QUIET;
	buf_fmt(&b,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
	    " shape-rendering=\"crispEdges\"><path fill=\"#fff\""
	    " d=\"M0 0h%dv%dH0z\"/><path d=\"",
	    size, size, size, size);
	for (int y = 0; y < code->width; y++)
		add_row(&b, code, y);
	buf_add(&b, S("\"/></svg>\n"));
	return b.full ? S("") : buf_str(&b);
}
