/* SPDX-License-Identifier: MPL-2.0 */
#include "report/pdf.h"

#include <stdio.h>
#include <sys/stat.h>

/* The four files of the family as the linker put them in (Makefile: fonts.o);
 * IBM Plex Sans, Copyright IBM Corp., under the OFL-1.1. */
#define FONT_FILE(name)                                 \
	extern const char _binary_##name##_ttf_start[]; \
	extern const char _binary_##name##_ttf_end[]
FONT_FILE(IBMPlexSans_Regular);
FONT_FILE(IBMPlexSans_Italic);
FONT_FILE(IBMPlexSans_SemiBold);
FONT_FILE(IBMPlexSans_SemiBoldItalic);
#define FONT(name)                                                   \
	{                                                            \
		_binary_##name##_ttf_start, _binary_##name##_ttf_end \
	}

static const struct {
	const char *from, *to;
} FONTS[] = {
    FONT(IBMPlexSans_Regular),
    FONT(IBMPlexSans_Italic),
    FONT(IBMPlexSans_SemiBold),
    FONT(IBMPlexSans_SemiBoldItalic),
};

enum { FALLBACK_BYTES = 4 * 1024 * 1024 };

static void
close_file(void *file)
{
	fclose(file);
}

/* Empty when the package is not installed. */
static struct str
fallback_font(struct arena *a)
{
	struct stat st;
	FILE *file = fopen(PDF_FALLBACK_FONT, "rbe");
	if (file == NULL)
		return (struct str){0};
	arena_defer(a, close_file, file);
	if (fstat(fileno(file), &st) != 0 || st.st_size > FALLBACK_BYTES)
		return (struct str){0};
	char *bytes = arena_new(a, char, (ptrdiff_t)st.st_size);
	size_t n = fread(bytes, 1, (size_t)st.st_size, file);
	return (struct str){bytes, (ptrdiff_t)n};
}

enum err
pdf_fonts_embedded(struct arena *a, struct pdf_fonts **out)
{
	struct arena *scratch = arena_scratch(a);
	struct str files[COUNT_OF(FONTS) + 1];
	ptrdiff_t n = COUNT_OF(FONTS);
	for (ptrdiff_t i = 0; i < n; i++)
		files[i] =
		    (struct str){FONTS[i].from, FONTS[i].to - FONTS[i].from};
	files[n] = fallback_font(scratch);
	if (files[n].n > 0)
		n++;
	enum err e = pdf_fonts_open(a, files, n, out);
	arena_close(scratch);
	return e;
}
