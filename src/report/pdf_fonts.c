/* SPDX-License-Identifier: MPL-2.0 */
#include "report/pdf.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "report/pdf_parts.h"

/* fontconfig knows fonts by path only.  A sealed memory file has one as long
 * as this process keeps it open, and no sandbox rule about files applies. */
static void
close_fd(void *arg)
{
	close(*(const int *)arg);
}

static bool
memory_file(struct arena *a, struct str bytes, const char **path)
{
	int *fd = arena_new(a, int, 1);
	*fd = memfd_create("font", MFD_CLOEXEC);
	if (*fd < 0)
		return false;
	arena_defer(a, close_fd, fd);
	for (ptrdiff_t at = 0; at < bytes.n;) {
		ssize_t n = write(*fd, bytes.p + at, (size_t)(bytes.n - at));
		if (n <= 0)
			return false;
		at += n;
	}
	*path = str_cstr(a, str_fmt(a, "/proc/self/fd/%d", *fd));
	return true;
}

static void
drop_config(void *config)
{
	FcConfigDestroy(config);
}

static void
drop_object(void *object)
{
	g_object_unref(object);
}

/* Lays a word out, so that all that reads the font has its file open: pango
 * for its name, FreeType for its measures, HarfBuzz for its letters. */
static bool
warm_style(PangoContext *context, PangoWeight weight, PangoStyle style)
{
	PangoFontDescription *want = pango_font_description_new();
	pango_font_description_set_family(want, PDF_FAMILY);
	pango_font_description_set_size(want, 10 * PANGO_SCALE);
	pango_font_description_set_weight(want, weight);
	pango_font_description_set_style(want, style);
	PangoFont *font = pango_context_load_font(context, want);
	PangoFontDescription *got =
	    font != NULL ? pango_font_describe(font) : NULL;
	bool found = got != NULL &&
	    strcmp(pango_font_description_get_family(got), PDF_FAMILY) == 0;
	PangoLayout *layout = pango_layout_new(context);
	PangoRectangle ink;
	pango_layout_set_font_description(layout, want);
	pango_layout_set_text(layout, "a", -1);
	pango_layout_get_extents(layout, &ink, NULL);
	g_object_unref(layout);
	if (font != NULL)
		g_object_unref(font);
	pango_font_description_free(got);
	pango_font_description_free(want);
	return found && ink.width > 0;
}

static bool
warm(PangoContext *context)
{
	bool found = true;
	for (int i = 0; i < 4; i++)
		found = warm_style(context,
			    i & 1 ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL,
			    i & 2 ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL) &&
		    found;
	return found;
}

/* One word in every script that the fallback fonts may have to draw. */
static void
warm_fallback(PangoContext *context)
{
	PangoLayout *layout = pango_layout_new(context);
	pango_layout_set_text(layout,
	    "a \xd7\xa9 \xd8\xb3 \xe2\x86\x92 "
	    "\xf0\x9f\x98\x80",
	    -1);
	PangoRectangle ink;
	pango_layout_get_extents(layout, &ink, NULL);
	g_object_unref(layout);
}

static PangoContext *
context_new(PangoFontMap *map)
{
	PangoContext *context = pango_font_map_create_context(map);
	cairo_font_options_t *options = cairo_font_options_create();
	/* Letters where the design puts them, not where a screen's dots are. */
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	return context;
}

enum err
pdf_fonts_open(struct arena *a, const struct str *files, ptrdiff_t n,
    struct pdf_fonts **out)
{
	FcConfig *config = FcConfigCreate();
	if (config == NULL)
		return ERR_INTERNAL;
	arena_defer(a, drop_config, config);
	for (ptrdiff_t i = 0; i < n; i++) {
		const char *path;
		if (!memory_file(a, files[i], &path))
			return ERR_INTERNAL;
		if (!FcConfigAppFontAddFile(config, (const FcChar8 *)path))
			return ERR_INVALID;
	}
	struct pdf_fonts *fonts = arena_new(a, struct pdf_fonts, 1);
	fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	arena_defer(a, drop_object, fonts->map);
	pango_fc_font_map_set_config(
	    (PangoFcFontMap *)(void *)fonts->map, config);
	fonts->context = context_new(fonts->map);
	arena_defer(a, drop_object, fonts->context);
	if (!warm(fonts->context))
		return ERR_INVALID;
	warm_fallback(fonts->context);
	*out = fonts;
	return ERR_OK;
}
