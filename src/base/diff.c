/* SPDX-License-Identifier: MPL-2.0 */
#include "base/diff.h"

#include <string.h>

#include "base/buf.h"

/* Comparisons of one run of Myers' algorithm before it gives up: long texts of
 * few different words could otherwise cost edits times words. */
enum { MAX_STEPS = 20 * 1000 * 1000 };

/* ---- cutting a text into tokens ---- */

struct tokens {
	struct str text; /* all of it */
	ptrdiff_t *start; /* [n + 1], bytes; start[n] is the length */
	int *word; /* [n], the same number for the same bytes */
	ptrdiff_t n;
};

enum grain { BY_WORD, BY_LINE };

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool
is_space(char c)
{
	return is_blank(c) || c == '\n';
}

/* Where the token that starts at `at` ends. */
static ptrdiff_t
token_end(struct str s, ptrdiff_t at, enum grain grain)
{
	if (grain == BY_LINE) {
		while (at < s.n && s.p[at] != '\n')
			at++;
		return at < s.n ? at + 1 : at;
	}
	if (s.p[at] == '\n')
		return at + 1;
	while (at < s.n && !is_space(s.p[at]))
		at++;
	while (at < s.n && is_blank(s.p[at]))
		at++;
	return at;
}

static struct tokens
cut(struct arena *a, struct str text, enum grain grain)
{
	struct tokens t = {.text = text};
	for (ptrdiff_t at = 0; at < text.n; t.n++)
		at = token_end(text, at, grain);
	t.start = arena_new(a, ptrdiff_t, t.n + 1);
	t.word = arena_new(a, int, t.n);
	for (ptrdiff_t i = 0; i < t.n; i++)
		t.start[i + 1] = token_end(text, t.start[i], grain);
	return t;
}

/* The bytes of tokens from..to. */
static struct str
piece(const struct tokens *t, ptrdiff_t from, ptrdiff_t to)
{
	return str_sub(t->text, t->start[from], t->start[to]);
}

/* ---- giving equal tokens equal numbers ---- */

struct words {
	struct str *seen; /* [size], empty: free */
	int *number;
	ptrdiff_t size; /* a power of two */
	int n;
};

static struct words
words_new(struct arena *a, ptrdiff_t tokens)
{
	struct words w = {.size = 16};
	while (w.size < 2 * tokens)
		w.size *= 2;
	w.seen = arena_new(a, struct str, w.size);
	w.number = arena_new(a, int, w.size);
	return w;
}

/* FNV-1a, 64 bits (a value only this table sees). */
static uint64_t
hash_bytes(struct str s)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (ptrdiff_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
	return h ^ h >> 32;
}

static void
number_words(struct words *w, struct tokens *t)
{
	for (ptrdiff_t i = 0; i < t->n; i++) {
		struct str s = piece(t, i, i + 1);
		uint64_t mask = (uint64_t)w->size - 1;
		uint64_t at = hash_bytes(s) & mask;
		while (w->seen[at].n > 0 && !str_eq(w->seen[at], s))
			at = (at + 1) & mask;
		if (w->seen[at].n == 0) {
			w->seen[at] = s;
			w->number[at] = w->n++;
		}
		t->word[i] = w->number[at];
	}
}

/* ---- Myers, "An O(ND) Difference Algorithm and Its Variations", 1986 ---- */

struct side {
	const int *word;
	ptrdiff_t n;
};

/* How far each diagonal was followed in `old` after d edits: the diagonals
 * -d, -d+2, .., d of row d lie at d*(d+1)/2. */
struct search {
	struct side old, now;
	int *reach;
	ptrdiff_t steps;
};

static int
reach_at(const struct search *s, ptrdiff_t d, ptrdiff_t k)
{
	return s->reach[d * (d + 1) / 2 + (k + d) / 2];
}

/* Whether the best way to diagonal k with d edits ends in an insertion. */
static bool
comes_down(const struct search *s, ptrdiff_t d, ptrdiff_t k)
{
	return k == -d ||
	    (k != d && reach_at(s, d - 1, k - 1) < reach_at(s, d - 1, k + 1));
}

static ptrdiff_t
first_x(const struct search *s, ptrdiff_t d, ptrdiff_t k)
{
	if (d == 0)
		return 0;
	return comes_down(s, d, k) ? reach_at(s, d - 1, k + 1)
				   : reach_at(s, d - 1, k - 1) + 1;
}

/* One row of diagonals; true when it gets to the end of both. */
static bool
search_row(struct search *s, ptrdiff_t d)
{
	for (ptrdiff_t k = -d; k <= d; k += 2) {
		ptrdiff_t x = first_x(s, d, k), y = x - k;
		ptrdiff_t from = x;
		while (x < s->old.n && y < s->now.n &&
		    s->old.word[x] == s->now.word[y])
			x++, y++;
		s->steps += x - from + 1;
		s->reach[d * (d + 1) / 2 + (k + d) / 2] = (int)x;
		if (x >= s->old.n && y >= s->now.n)
			return true;
	}
	return false;
}

/* Writes match[x] = y for the words that stay, walking back from the end. */
static void
trace_back(const struct search *s, ptrdiff_t d, ptrdiff_t *match)
{
	ptrdiff_t k = s->old.n - s->now.n, x = s->old.n;
	for (; d >= 0; d--) {
		ptrdiff_t from = first_x(s, d, k);
		for (; x > from; x--)
			match[x - 1] = x - 1 - k;
		if (d == 0)
			return;
		bool down = comes_down(s, d, k);
		x = down ? from : from - 1;
		k += down ? 1 : -1;
	}
}

/* False: more edits or steps than we are willing to look for. */
static bool
search_edits(
    struct arena *a, struct side old, struct side now, ptrdiff_t *match)
{
	ptrdiff_t most = old.n + now.n;
	if (most > DIFF_MAX_EDITS)
		most = DIFF_MAX_EDITS;
	struct search s = {.old = old, .now = now};
	s.reach = arena_new(a, int, (most + 1) * (most + 2) / 2);
	for (ptrdiff_t d = 0; d <= most && s.steps < MAX_STEPS; d++) {
		if (search_row(&s, d)) {
			trace_back(&s, d, match);
			return true;
		}
	}
	return false;
}

/* match[i] = the token of `now` that token i of `old` became, -1 for none;
 * rising.  False: only the common start and end are matched. */
static bool
match_tokens(struct arena *a, const struct tokens *old,
    const struct tokens *now, ptrdiff_t *match)
{
	ptrdiff_t n = old->n, m = now->n, head = 0;
	for (ptrdiff_t i = 0; i < n; i++)
		match[i] = -1;
	while (head < n && head < m && old->word[head] == now->word[head]) {
		match[head] = head;
		head++;
	}
	while (n > head && m > head && old->word[n - 1] == now->word[m - 1])
		match[--n] = --m;
	if (n == head || m == head)
		return true;

	struct side x = {old->word + head, n - head};
	struct side y = {now->word + head, m - head};
	if (!search_edits(a, x, y, match + head))
		return false;
	for (ptrdiff_t i = head; i < n; i++)
		match[i] += match[i] >= 0 ? head : 0;
	return true;
}

/* ---- runs ---- */

static void
add_run(struct diff_runs *out, enum diff_kind kind, struct str text)
{
	if (text.n == 0)
		return;
	struct diff_run *last = out->n > 0 ? &out->run[out->n - 1] : NULL;
	if (last != NULL && last->kind == kind) {
		last->text.n += text.n;
		return;
	}
	out->run[out->n++] = (struct diff_run){kind, text};
}

/* "word" replaced by "word more" is " more" added: the blank after a word is
 * part of its token, but not of what a reader calls the change. */
static ptrdiff_t
common_start(struct str x, struct str y)
{
	ptrdiff_t common = 0;
	for (ptrdiff_t i = 0; i <= x.n && i <= y.n; i++) {
		bool x_ends = i == x.n || is_space(x.p[i]);
		bool y_ends = i == y.n || is_space(y.p[i]);
		if (x_ends && y_ends)
			common = i;
		if (i == x.n || i == y.n || x.p[i] != y.p[i])
			break;
	}
	return common;
}

static void
add_change(struct diff_runs *out, struct str gone, struct str come)
{
	ptrdiff_t same = common_start(gone, come);
	add_run(out, DIFF_SAME, str_sub(come, 0, same));
	add_run(out, DIFF_REMOVED, str_sub(gone, same, gone.n));
	add_run(out, DIFF_ADDED, str_sub(come, same, come.n));
}

static void
add_runs(const struct tokens *old, const struct tokens *now,
    const ptrdiff_t *match, struct diff_runs *out)
{
	ptrdiff_t i = 0, j = 0;
	while (i < old->n || j < now->n) {
		ptrdiff_t p = i;
		while (p < old->n && match[p] < 0)
			p++;
		ptrdiff_t q = p < old->n ? match[p] : now->n;
		add_change(out, piece(old, i, p), piece(now, j, q));
		if (p < old->n)
			add_run(out, DIFF_SAME, piece(now, q, q + 1));
		i = p + 1;
		j = q + 1;
	}
}

/* False: too different at this grain; `out` then holds the coarsest answer. */
static bool
diff_at(struct arena *a, const struct str text[2], enum grain grain,
    struct diff_runs *out)
{
	struct arena *work = arena_scratch(a);
	struct tokens old = cut(work, text[0], grain);
	struct tokens now = cut(work, text[1], grain);
	struct words words = words_new(work, old.n + now.n);
	number_words(&words, &old);
	number_words(&words, &now);
	ptrdiff_t *match = arena_new(work, ptrdiff_t, old.n);
	bool found = match_tokens(work, &old, &now, match);

	/* Each token ends at most one run and begins at most two. */
	struct diff_runs runs = {
	    .run = arena_new(work, struct diff_run, 2 * (old.n + now.n) + 2)};
	add_runs(&old, &now, match, &runs);
	*out = (struct diff_runs){
	    .run = arena_new(a, struct diff_run, runs.n), .n = runs.n};
	if (runs.n > 0)
		memcpy(out->run, runs.run, (size_t)runs.n * sizeof *runs.run);
	arena_close(work);
	return found;
}

void
diff_words(
    struct arena *a, struct str old, struct str now, struct diff_runs *out)
{
	const struct str text[2] = {old, now};
	if (!diff_at(a, text, BY_WORD, out))
		(void)diff_at(a, text, BY_LINE, out);
}

/* ---- three-way merge ---- */

enum { BASE, MINE, THEIRS, TEXTS };

/* The three texts cut at one grain, and where base's tokens are in the other
 * two (match[BASE] is unused). */
struct three {
	struct tokens t[TEXTS];
	ptrdiff_t *match[TEXTS];
};

static void
three_init(struct arena *a, struct three *three, const struct str text[TEXTS],
    enum grain grain)
{
	ptrdiff_t tokens = 0;
	for (int i = 0; i < TEXTS; i++) {
		three->t[i] = cut(a, text[i], grain);
		tokens += three->t[i].n;
	}
	struct words words = words_new(a, tokens);
	for (int i = 0; i < TEXTS; i++)
		number_words(&words, &three->t[i]);
	for (int i = MINE; i < TEXTS; i++) {
		three->match[i] = arena_new(a, ptrdiff_t, three->t[BASE].n);
		(void)match_tokens(
		    a, &three->t[BASE], &three->t[i], three->match[i]);
	}
}

static bool merge_at(struct arena *a, const struct str text[TEXTS],
    enum grain grain, struct buf *out);

/* One passage that is not the same in all three. */
static bool
merge_passage(struct arena *a, const struct str text[TEXTS], enum grain grain,
    struct buf *out)
{
	if (str_eq(text[MINE], text[THEIRS]) ||
	    str_eq(text[BASE], text[THEIRS])) {
		buf_add(out, text[MINE]);
		return true;
	}
	if (str_eq(text[BASE], text[MINE])) {
		buf_add(out, text[THEIRS]);
		return true;
	}
	return grain == BY_LINE && merge_at(a, text, BY_WORD, out);
}

/* Whether token at[BASE] stands next in all three. */
static bool
in_step(const struct three *three, const ptrdiff_t at[TEXTS])
{
	return three->match[MINE][at[BASE]] == at[MINE] &&
	    three->match[THEIRS][at[BASE]] == at[THEIRS];
}

/* Where the texts meet again: the next token of base that both have kept. */
static void
next_meeting(
    const struct three *three, const ptrdiff_t at[TEXTS], ptrdiff_t end[TEXTS])
{
	ptrdiff_t p = at[BASE], n = three->t[BASE].n;
	while (
	    p < n && (three->match[MINE][p] < 0 || three->match[THEIRS][p] < 0))
		p++;
	end[BASE] = p;
	for (int i = MINE; i < TEXTS; i++)
		end[i] = p < n ? three->match[i][p] : three->t[i].n;
}

static bool
merge_three(struct arena *a, const struct three *three, enum grain grain,
    struct buf *out)
{
	ptrdiff_t at[TEXTS] = {0}, end[TEXTS];
	for (;;) {
		while (at[BASE] < three->t[BASE].n && in_step(three, at)) {
			buf_add(out,
			    piece(&three->t[BASE], at[BASE], at[BASE] + 1));
			for (int i = 0; i < TEXTS; i++)
				at[i]++;
		}
		struct str passage[TEXTS];
		bool any = false;
		next_meeting(three, at, end);
		for (int i = 0; i < TEXTS; i++) {
			passage[i] = piece(&three->t[i], at[i], end[i]);
			any = any || passage[i].n > 0;
			at[i] = end[i];
		}
		if (!any)
			return true;
		if (!merge_passage(a, passage, grain, out))
			return false;
	}
}

static bool
merge_at(struct arena *a, const struct str text[TEXTS], enum grain grain,
    struct buf *out)
{
	struct arena *work = arena_scratch(a);
	struct three three;
	three_init(work, &three, text, grain);
	bool clean = merge_three(work, &three, grain, out);
	arena_close(work);
	return clean;
}

bool
merge3(struct arena *a, struct str base, struct str mine, struct str theirs,
    struct str *merged)
{
	const struct str text[TEXTS] = {base, mine, theirs};
	/* What is merged was in `mine` or in `theirs`. */
	struct buf out = buf_new(a, mine.n + theirs.n);
	if (!merge_passage(a, text, BY_LINE, &out))
		return false;
	*merged = buf_str(&out);
	return true;
}
