/* SPDX-License-Identifier: MPL-2.0 */

/* The different long words of a text, and how often each comes.  Sorted, not
 * hashed: n log n whatever words somebody sends. */
#include "engine/lix_parts.h"

static int
by_bytes(const void *a, const void *b)
{
	const struct lix_word *x = a, *y = b;
	return str_cmp(x->word, y->word);
}

static int
by_times(const void *a, const void *b)
{
	const struct lix_word *x = a, *y = b;
	if (x->times != y->times)
		return x->times > y->times ? -1 : 1;
	return str_cmp(x->word, y->word);
}

/* Merges runs of `run` words from `from` into `to` */
static void
merge_pass(const struct lix_word *from, struct lix_word *to, ptrdiff_t n,
    ptrdiff_t run, int (*order)(const void *, const void *))
{
	for (ptrdiff_t start = 0; start < n; start += 2 * run) {
		ptrdiff_t middle = start + run < n ? start + run : n;
		ptrdiff_t end = middle + run < n ? middle + run : n;
		ptrdiff_t i = start, j = middle;
		for (ptrdiff_t k = start; k < end; k++) {
			bool left = i < middle &&
			    (j == end || order(&from[i], &from[j]) <= 0);
			to[k] = left ? from[i++] : from[j++];
		}
	}
}

static struct lix_word *
sort_words(struct lix_word *word, struct lix_word *spare, ptrdiff_t n,
    int (*order)(const void *, const void *))
{
	for (ptrdiff_t run = 1; run < n; run *= 2) {
		merge_pass(word, spare, n, run, order);
		struct lix_word *other = word;
		word = spare;
		spare = other;
	}
	return word;
}

void
lix_count_long(struct arena *a, const struct str *long_word, struct lix *l)
{
	ptrdiff_t n = l->long_words, different = 0;
	struct lix_word *word = arena_new(a, struct lix_word, n);
	struct lix_word *spare = arena_new(a, struct lix_word, n);
	for (ptrdiff_t i = 0; i < n; i++)
		word[i] = (struct lix_word){long_word[i], 1};
	struct lix_word *sorted = sort_words(word, spare, n, by_bytes);
	for (ptrdiff_t i = 0; i < n; i++) {
		if (different > 0 &&
		    str_eq(sorted[different - 1].word, sorted[i].word))
			sorted[different - 1].times++;
		else
			sorted[different++] = sorted[i];
	}
	l->word = sort_words(
	    sorted, sorted == word ? spare : word, different, by_times);
	l->different = different;
}
