/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_XML_H
#define REPORT_XML_H

#include "base/buf.h"

/* xml.h - text as XML 1.0: markup escaped, line breaks and tabs as spaces, and
 * the two code points that it forbids although UTF-8 does not (U+FFFE, U+FFFF)
 * shown as U+FFFD.  Control characters are not utf8_valid().
 * Tests: tests/report/atom.c, tests/report/odt.c */
void xml_add(struct buf *, struct str);

#endif
