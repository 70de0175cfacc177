/* SPDX-License-Identifier: MPL-2.0 */
#include "help.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <zip.h>

#include "base/buf.h"

struct doc *
sample_doc(struct arena *a)
{
	struct doc *d = doc_new(a, LANG_DA, S("Plan for Ældre på Ærø"));
	d->author = S("Åby Kommune");
	d->subject = S("Udskrevet 24. november 2026");
	d->footer = S("Åby Kommune · Velfærdsnetværket");
	d->created_us = INT64_C(1795500000000000);
	doc_heading(d, 1, S("Formål"));
	doc_say(d, S("Første afsnit.\n\nAndet afsnit\nmed to linjer."));
	struct doc_text *t = doc_paragraph(d);
	doc_run(d, t, DOC_PLAIN, S("Se "));
	doc_link(d, t, S("siden"), S("https://example.dk/a?b=1&c=2"));
	doc_run(d, t, DOC_PLAIN, S(", som er "));
	doc_run(d, t, DOC_BOLD, S("vigtig"));
	doc_run(d, t, DOC_EMPHASIS, S(" og ny"));
	doc_heading(d, 2, S("Grundoplysninger"));
	doc_run(d, doc_pair(d, S("Leder")), DOC_PLAIN, S("Mette Ærenlund"));
	doc_run(d, doc_pair(d, S("Løfte")), DOC_PLAIN, S("Vi svarer."));
	doc_run(d, doc_note(d), DOC_PLAIN, S("Svar inden 30 dage."));
	doc_run(d, doc_bullet(d), DOC_PLAIN, S("punkt et"));
	doc_run(d, doc_bullet(d), DOC_PLAIN, S("punkt to"));
	doc_run(d, doc_number(d), DOC_PLAIN, S("trin et"));
	doc_page_break(d);
	doc_heading(d, 3, S("Aktører"));
	struct doc_table *table = doc_table(d, S("Hvem og hvad"), 2);
	table->row_headers = true;
	doc_column(d, table, 0, S("Aktør"), 0.3);
	doc_column(d, table, 1, S("Viden"), 0.7);
	struct doc_text *cells = doc_row(d, table);
	doc_run(d, &cells[0], DOC_PLAIN, S("Pårørende"));
	doc_run(d, &cells[1], DOC_PLAIN, S("Hverdagen"));
	doc_heading(d, 4, S("Til sidst"));
	doc_say(d, S("Slut & <færdig> \"nu\"."));
	doc_letter(d, S("Åby Kommune"), S("Karen Ærø\nVej 1\n9999 Åby"));
	doc_run(d, doc_qr(d, S("https://example.dk/c/A-B")), DOC_BOLD,
	    S("Skriv A-B"));
	return d;
}

struct doc *
table_doc(struct arena *a, int rows, int columns)
{
	struct doc *d = doc_new(a, LANG_DA, S("Tabel"));
	struct doc_table *t = doc_table(d, S("Mange"), columns);
	t->row_headers = true;
	for (int c = 0; c < columns; c++)
		doc_column(d, t, c, str_fmt(a, "kolonne%d", c), 1);
	for (int r = 0; r < rows; r++) {
		struct doc_text *cells = doc_row(d, t);
		for (int c = 0; c < columns; c++)
			doc_run(d, &cells[c], DOC_PLAIN,
			    str_fmt(a, "c%d-%d", r, c));
	}
	return d;
}

struct str
many_words(struct arena *a, const char *prefix, int n)
{
	struct buf b = buf_new(a, 1 << 24);
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s%d ", prefix, i);
	return buf_str(&b);
}

static struct arena *process;

static void
close_process(void)
{
	arena_close(process);
}

/* Once a process, as pdf.h asks for. */
struct pdf_fonts *
open_fonts(void)
{
	static struct pdf_fonts *fonts;
	if (fonts == NULL) {
		process = arena_open(64 * 1024 * 1024);
		CHECK_INT(atexit(close_process), 0);
		CHECK_OK(pdf_fonts_embedded(process, &fonts));
	}
	return fonts;
}

struct str
pdf_of(struct arena *a, const struct doc *d)
{
	struct str out;
	CHECK_OK(pdf_write(a, open_fonts(), d, &out));
	return out;
}

struct str
ask(struct arena *a, const char *command, struct str file)
{
	struct str path = str_cat(a, test_dir(a), S("/file"));
	FILE *f = fopen(str_cstr(a, path), "wbe");
	CHECK(f != NULL);
	CHECK(fwrite(file.p, 1, (size_t)file.n, f) == (size_t)file.n);
	CHECK_INT(fclose(f), 0);
	struct buf out = buf_new(a, 1 << 26);
	struct str line =
	    str_fmt(a, "%s %.*s 2>/dev/null", command, STR_ARG(path));
	if (str_starts(str_c(command), S("pdftotext")))
		line =
		    str_fmt(a, "%s %.*s - 2>/dev/null", command, STR_ARG(path));
	FILE *p = popen(str_cstr(a, line), "re");
	CHECK(p != NULL);
	char bytes[4096];
	size_t n;
	while ((n = fread(bytes, 1, sizeof bytes, p)) > 0)
		buf_add(&out, (struct str){bytes, (ptrdiff_t)n});
	int status = pclose(p);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		test_skip("poppler-utils is not installed");
	CHECK_INT(status, 0);
	return buf_str(&out);
}

int
count_of(struct str text, struct str part)
{
	int n = 0;
	ptrdiff_t at;
	while ((at = str_find(text, part)) >= 0) {
		n++;
		text = str_sub(text, at + part.n, text.n);
	}
	return n;
}

bool
has_in_order(struct arena *a, struct str text, const char *prefix, int n)
{
	for (int i = 0; i < n; i++) {
		struct arena *scratch = arena_scratch(a);
		struct str part = str_fmt(scratch, "%s%d", prefix, i);
		ptrdiff_t at = str_find(text, part);
		arena_close(scratch);
		if (at < 0)
			return false;
		text = str_sub(text, at + 1, text.n);
	}
	return true;
}

struct str
zip_part(struct arena *a, struct str file, const char *name)
{
	zip_source_t *source =
	    zip_source_buffer_create(file.p, (zip_uint64_t)file.n, 0, NULL);
	zip_t *zip =
	    zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	zip_stat_t stat;
	struct str out = {0};
	CHECK(zip != NULL);
	if (zip_stat(zip, name, 0, &stat) == 0) {
		char *bytes = arena_new(a, char, (ptrdiff_t)stat.size + 1);
		zip_file_t *part = zip_fopen(zip, name, 0);
		CHECK(part != NULL);
		CHECK_INT(
		    zip_fread(part, bytes, stat.size), (int64_t)stat.size);
		zip_fclose(part);
		out = (struct str){bytes, (ptrdiff_t)stat.size};
	}
	zip_discard(zip);
	return out;
}
