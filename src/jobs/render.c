/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/render.h"

#include "base/buf.h"
#include "jobs/film.h"
#include "jobs/picture.h"
#include "jobs/sortition.h"
#include "report/pdf.h"

enum {
	CPU_SECONDS = 20,
	WALL_MS = 30 * 1000,
	MEMORY_BYTES = 512 * 1024 * 1024,
	OUTPUT_BYTES = 64 * 1024 * 1024,
};

/* Opened once in the helper; each child has them already. */
static struct pdf_fonts *fonts;
static struct arena *fonts_of; /* whose life they have */

/* Nobody draws with them after the arena they live in, also when it ran full
 * while they were in use. */
static void
forget_fonts(void *arena)
{
	if (fonts_of == arena)
		fonts = NULL;
}

static enum err
open_fonts(struct arena *a)
{
	fonts_of = a;
	arena_defer(a, forget_fonts, a);
	return pdf_fonts_embedded(a, &fonts);
}

/* In the child: a document's JSON in, a PDF out. */
static enum err
draw_pdf(struct arena *a, struct str input, struct str *output)
{
	struct doc *doc;
	enum err e = doc_read_json(a, input, &doc);
	if (e == ERR_OK && fonts == NULL) /* in this process: page tests */
		e = open_fonts(a);
	if (e == ERR_OK)
		e = pdf_write(a, fonts, doc, output);
	forget_fonts(a);
	return e;
}

static const struct helper_kind pdf_kind = {
    .name = "pdf",
    .run = draw_pdf,
    .prepare = open_fonts,
    .threads = true,
};

static const struct helper_kind *const kinds[] = {
    &pdf_kind, &sortition_kind, &picture_kind, &film_kind};

struct helper_kinds
render_kinds(void)
{
	return (struct helper_kinds){kinds, COUNT_OF(kinds)};
}

enum err
render_pdf(struct helper *helper, struct arena *a, const struct doc *doc,
    struct str *out)
{
	struct helper_call call = {
	    .kind = &pdf_kind,
	    .limits = {CPU_SECONDS, WALL_MS, MEMORY_BYTES, OUTPUT_BYTES},
	};
	enum err e = doc_write_json(a, doc, &call.input);
	return e == ERR_OK ? helper_run(helper, a, &call, out) : e;
}
