/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_QR_H
#define REPORT_QR_H

#include "base/str.h"

/* qr.h - an address as a QR code that a page shows: SVG, black on white with
 * the quiet zone that ISO/IEC 18004 asks for.  "" when the address is too long
 * (over DOC_MAX_QR bytes).  Tests: tests/report/qr.c
 */
struct str qr_svg(struct arena *, struct str address);

#endif
