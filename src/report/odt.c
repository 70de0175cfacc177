/* SPDX-License-Identifier: MPL-2.0 */
#include "report/odt.h"

#include "report/odt_parts.h"
#include "report/zip.h"

static const char TYPE[] = "application/vnd.oasis.opendocument.text";

struct str
odt_manifest(struct arena *a, const char *type)
{
	return str_fmt(a,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:"
	    "opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">\n"
	    "<manifest:file-entry manifest:full-path=\"/\""
	    " manifest:version=\"1.2\" manifest:media-type=\"%s\"/>\n"
	    "<manifest:file-entry manifest:full-path=\"content.xml\""
	    " manifest:media-type=\"text/xml\"/>\n"
	    "<manifest:file-entry manifest:full-path=\"styles.xml\""
	    " manifest:media-type=\"text/xml\"/>\n"
	    "<manifest:file-entry manifest:full-path=\"meta.xml\""
	    " manifest:media-type=\"text/xml\"/>\n"
	    "</manifest:manifest>\n",
	    type);
}

enum err
odt_write(struct arena *a, const struct doc *d, struct str *out)
{
	enum err e = doc_check(d);
	if (e != ERR_OK)
		return e;
	const struct zip_part parts[] = {
	    {"mimetype", str_c(TYPE), true},
	    {"content.xml", odt_content(a, d), false},
	    {"styles.xml", odt_styles(a, d), false},
	    {"meta.xml", odt_meta(a, d), false},
	    {"META-INF/manifest.xml", odt_manifest(a, TYPE), false},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++) {
		if (parts[i].bytes.n == 0)
			return ERR_TOO_LARGE;
	}
	return zip_write(a, parts, COUNT_OF(parts), out);
}
