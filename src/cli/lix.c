/* SPDX-License-Identifier: MPL-2.0 */

/* lix: how hard Danish texts are to read, and where. */
#include <stdio.h>

#include "base/utf8.h"
#include "cli/cli.h"
#include "base/number.h"
#include "engine/lix.h"

enum {
	HARDEST = 3,
	WORDS_SHOWN = 10,
	SENTENCE_SHOWN = 300, /* code points */
	OUT_BYTES = 256 * 1024 * 1024
};

struct text {
	struct str path, prose;
	struct lix lix;
};

static const struct {
	const char *danish; /* as --json has it in every language */
	const char *shown;
} bands[] = {[LIX_VERY_EASY] = {"meget let", N_("very easy")},
    [LIX_EASY] = {"let", N_("easy")},
    [LIX_MEDIUM] = {"middel", N_("medium")},
    [LIX_HARD] = {"svær", N_("hard")},
    [LIX_VERY_HARD] = {"meget svær", N_("very hard")},
    [LIX_NO_BAND] = {"", ""}};

/* ---- reading ---- */

/* Where the bytes stop being text, and how to say so. */
static int
not_text(const struct cli *cli, struct str path, struct str text)
{
	int64_t line = 1, column = 1;
	struct str row = {0};
	while (text.n > 0) {
		row = str_cut(&text, '\n');
		if (!utf8_valid(row))
			break;
		line++;
	}
	for (ptrdiff_t i = 0, end = 1; end <= row.n; end++) {
		bool inside =
		    end < row.n && ((unsigned char)row.p[end] & 0xC0) == 0x80;
		if (inside)
			continue;
		if (!utf8_valid(str_sub(row, i, end)))
			break;
		column++;
		i = end;
	}
	return cli_fault(cli, path, line, column,
	    "text in UTF-8, without control characters");
}

static bool
named_markdown(struct cli *cli, struct str path)
{
	struct str lower = str_lower_ascii(cli->arena, path);
	return str_ends(lower, S(".md")) || str_ends(lower, S(".markdown"));
}

static int
read_text(struct cli *cli, bool markdown, struct text *t)
{
	struct str bytes = {0};
	int status = cli_read(cli, t->path, &bytes);
	if (status != 0)
		return status;
	if (!utf8_valid(bytes))
		return not_text(cli, t->path, bytes);
	markdown = markdown || named_markdown(cli, t->path);
	t->prose =
	    lix_prose(cli->arena, bytes, markdown ? LIX_MARKDOWN : LIX_PLAIN);
	t->lix = lix_of_prose(cli->arena, t->prose);
	return 0;
}

/* The texts as one; each ends a paragraph. */
static struct lix
together(struct arena *a, const struct text *t, int n)
{
	struct buf all = buf_new(a, OUT_BYTES);
	if (n == 1)
		return t[0].lix;
	for (int i = 0; i < n; i++)
		buf_add(&all, t[i].prose);
	return lix_of_prose(a, buf_str(&all));
}

/* ---- for programs ---- */

static void
key(struct buf *b, const char *name, double x)
{
	buf_fmt(b, "\"%s\": ", name);
	number_json(b, x);
	buf_add(b, S(", "));
}

static void
json_counts(struct buf *b, const struct lix *l)
{
	key(b, "lix", l->lix);
	key(b, "words", (double)l->words);
	key(b, "sentences", (double)l->sentences);
	key(b, "long_words", (double)l->long_words);
	buf_add(b, S("\"band\": "));
	if (l->band == LIX_NO_BAND)
		buf_add(b, S("null"));
	else
		buf_json(b, str_c(bands[l->band].danish));
	buf_fmt(b, ", \"sure\": %s, ", l->sure ? "true" : "false");
	key(b, "passive_sentences", (double)l->passive);
	buf_add(b, S("\"passive_share\": "));
	number_json(b, (double)l->passive / (double)l->sentences);
}

static void
json_hardest(struct buf *b, const struct lix *l)
{
	ptrdiff_t at[HARDEST];
	ptrdiff_t n = lix_hardest(l, at, HARDEST);
	buf_add(b, S(", \"hardest\": ["));
	for (ptrdiff_t i = 0; i < n; i++) {
		const struct lix_sentence *s = &l->sentence[at[i]];
		buf_add(
		    b, i > 0 ? S(", {\"sentence\": ") : S("{\"sentence\": "));
		buf_json(b, s->text);
		buf_fmt(b, ", \"words\": %lld, \"long_words\": %lld}",
		    (long long)s->words, (long long)s->long_words);
	}
	buf_add(b, S("], \"long\": ["));
	for (int64_t i = 0; i < l->different; i++) {
		buf_add(b, i > 0 ? S(", {\"word\": ") : S("{\"word\": "));
		buf_json(b, l->word[i].word);
		buf_fmt(b, ", \"times\": %lld}", (long long)l->word[i].times);
	}
	buf_byte(b, ']');
}

static void
json(struct buf *b, const struct lix *all, const struct text *t, int n)
{
	buf_byte(b, '{');
	json_counts(b, all);
	json_hardest(b, all);
	buf_add(b, S(", \"files\": ["));
	for (int i = 0; i < n; i++) {
		buf_add(b, i > 0 ? S(", {\"file\": ") : S("{\"file\": "));
		buf_json(b, t[i].path);
		buf_add(b, S(", "));
		json_counts(b, &t[i].lix);
		buf_byte(b, '}');
	}
	buf_add(b, S("]}\n"));
}

/* ---- for people ---- */

struct page {
	struct arena *a;
	enum lang lang;
	struct buf out;
};

/* A translated line with its numbers. */
static void
line(struct page *p, const char *msgid, const struct str *args, ptrdiff_t n)
{
	buf_add(&p->out, tr_fill(p->a, tr(p->lang, msgid), args, n));
	buf_byte(&p->out, '\n');
}

static void
say_value(struct page *p, const struct lix *l)
{
	const struct str value[] = {lang_int(p->a, p->lang, l->rounded),
	    tr(p->lang, bands[l->band].shown)};
	line(p, N_("LIX %1: %2."), value, 2);
	if (!l->sure)
		line(p,
		    N_("There are fewer than 100 words, so the number is "
		       "unsure."),
		    NULL, 0);
}

static void
say_counts(struct page *p, const struct lix *l)
{
	double share = 100 * (double)l->long_words / (double)l->words;
	const struct str counts[] = {lang_int(p->a, p->lang, l->words),
	    lang_int(p->a, p->lang, l->sentences),
	    number_text(
		p->a, p->lang, (double)l->words / (double)l->sentences, 1),
	    lang_int(p->a, p->lang, l->long_words),
	    number_text(p->a, p->lang, share, 0)};
	line(p,
	    N_("Words: %1. Sentences: %2. Words a sentence: %3. "
	       "Long words: %4 (%5 %)."),
	    counts, COUNT_OF(counts));
	const struct str passive[] = {lang_int(p->a, p->lang, l->passive),
	    lang_int(p->a, p->lang, l->sentences)};
	line(p, N_("Sentences that look passive: %1 of %2."), passive, 2);
}

/* One line, however the text was broken and indented. */
static struct str
shown(struct arena *a, struct str sentence)
{
	struct str cut = utf8_cut(sentence, SENTENCE_SHOWN);
	struct buf b = buf_new(a, 2 * cut.n + 8);
	bool space = false;
	for (ptrdiff_t i = 0; i < cut.n; i++) {
		bool here = cut.p[i] == ' ' || cut.p[i] == '\t';
		if (!here || !space)
			buf_byte(&b, here ? ' ' : cut.p[i]);
		space = here;
	}
	if (cut.n < sentence.n)
		buf_add(&b, S("\u2026"));
	return buf_str(&b);
}

static void
say_hardest(struct page *p, const struct lix *l)
{
	ptrdiff_t at[HARDEST];
	ptrdiff_t n = lix_hardest(l, at, HARDEST);
	buf_byte(&p->out, '\n');
	line(p, N_("The hardest sentences:"), NULL, 0);
	for (ptrdiff_t i = 0; i < n; i++) {
		const struct lix_sentence *s = &l->sentence[at[i]];
		const struct str args[] = {shown(p->a, s->text),
		    lang_int(p->a, p->lang, s->words),
		    lang_int(p->a, p->lang, s->long_words)};
		line(p, N_("- %1 (words: %2, long: %3)"), args, 3);
	}
}

static void
say_words(struct page *p, const struct lix *l)
{
	if (l->different == 0)
		return;
	buf_byte(&p->out, '\n');
	line(p, N_("The commonest long words:"), NULL, 0);
	for (int64_t i = 0; i < l->different && i < WORDS_SHOWN; i++)
		buf_fmt(&p->out, "%5lld  %.*s\n", (long long)l->word[i].times,
		    STR_ARG(l->word[i].word));
}

static void
say_files(struct page *p, const struct text *t, int n)
{
	struct str head[] = {tr(p->lang, "words")};
	buf_fmt(&p->out, "%5s %7.*s\n", "LIX", STR_ARG(head[0]));
	for (int i = 0; i < n; i++)
		buf_fmt(&p->out, "%5d %7lld  %.*s\n", t[i].lix.rounded,
		    (long long)t[i].lix.words, STR_ARG(t[i].path));
	buf_byte(&p->out, '\n');
}

static void
people(struct page *p, const struct lix *all, const struct text *t, int n)
{
	if (n > 1)
		say_files(p, t, n);
	if (all->words == 0) {
		line(p, N_("There is no running text."), NULL, 0);
		return;
	}
	say_value(p, all);
	say_counts(p, all);
	say_hardest(p, all);
	say_words(p, all);
	buf_byte(&p->out, '\n');
	line(p,
	    N_("LIX only counts. It does not know if the reader knows the "
	       "words, or if the order is good."),
	    NULL, 0);
}

/* lix [--markdown] [--json] [FILE...]: 0, also for a hard text. */
int
command_lix(struct cli *cli)
{
	bool markdown = false;
	const struct cli_option options[] = {{"--markdown", NULL, &markdown}};
	int status =
	    cli_files(cli, options, COUNT_OF(options), 0, CLI_ARGUMENTS);
	if (status != 0)
		return status;
	if (cli->n_arguments == 0)
		cli->argument[cli->n_arguments++] = S("-");
	int n = cli->n_arguments;
	struct text *t = arena_new(cli->arena, struct text, n);
	for (int i = 0; i < n && status == 0; i++) {
		t[i].path = cli->argument[i];
		status = read_text(cli, markdown, &t[i]);
	}
	if (status != 0)
		return status;
	struct lix all = together(cli->arena, t, n);
	struct page page = {
	    cli->arena, cli->lang, buf_new(cli->arena, OUT_BYTES)};
	if (cli->json)
		json(&page.out, &all, t, n);
	else
		people(&page, &all, t, n);
	return cli_write(cli, S("-"), buf_str(&page.out));
}
