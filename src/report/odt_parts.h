/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_ODT_PARTS_H
#define REPORT_ODT_PARTS_H

#include "report/doc.h"
#include "report/xml.h"

/* odt_parts.h - what the files of the OpenDocument writers share; nobody else
 * includes it.
 *
 *	odt.c          the package of a text
 *	odp.c          slides
 *	odt_content.c  content.xml
 *	odt_styles.c   styles.xml, meta.xml, the manifest
 */
enum { ODT_BYTES = 64 * 1024 * 1024 };

struct str odt_content(struct arena *, const struct doc *);
struct str odt_styles(struct arena *, const struct doc *);
struct str odt_meta(struct arena *, const struct doc *);
/* Of a package with content, styles and meta, of this media type. */
struct str odt_manifest(struct arena *, const char *type);

/* xml_add() inside a paragraph: line breaks, tabs and runs of spaces are
 * elements there. */
void xml_add_words(struct buf *, struct str);

/* The width of the text between the margins, in millimetres. */
double odt_text_width(const struct doc *);

/* xmlns:... of all that is used. */
extern const char ODT_NAMESPACES[];

#endif
