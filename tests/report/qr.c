/* SPDX-License-Identifier: MPL-2.0 */
#include "report/qr.h"

#include <qrencode.h>

#include "report/doc.h"
#include "tests/test.h"

/* The black squares that the picture's strokes cover: "M5 4h7v1h-7z". */
static int64_t
covered(struct str svg)
{
	int64_t n = 0, wide;
	struct str rest = svg;
	for (ptrdiff_t at; (at = str_find(rest, S("v1h-"))) >= 0;) {
		rest = str_sub(rest, at + 4, rest.n);
		struct str number = rest;
		CHECK(str_int(str_cut(&number, 'z'), &wide));
		n += wide;
	}
	return n;
}

TEST(qr_draws_every_black_square)
{
	struct str address =
	    S("https://samskab.example/dialog/01a1e35e-c000-7204-908c-310");
	QRcode *code = QRcode_encodeData(
	    (int)address.n, (const unsigned char *)address.p, 0, QR_ECLEVEL_M);
	int64_t black = 0;
	for (int i = 0; i < code->width * code->width; i++)
		black += code->data[i] & 1;
	QRcode_free(code);
	CHECK_INT(covered(qr_svg(arena, address)), black);
	CHECK(black > 300);
}

TEST(qr_of_a_long_address_is_none)
{
	char long_one[DOC_MAX_QR + 1];
	for (int i = 0; i <= DOC_MAX_QR; i++)
		long_one[i] = 'a';
	CHECK_INT(qr_svg(arena, (struct str){long_one, DOC_MAX_QR + 1}).n, 0);
	CHECK(qr_svg(arena, (struct str){long_one, DOC_MAX_QR}).n > 0);
}
