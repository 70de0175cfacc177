/* SPDX-License-Identifier: MPL-2.0 */

/* The different long words of a text, and how often each comes.  Sorted, not
 * hashed: n log n whatever words somebody sends.  Equal words are put together
 * at each merge, so that a common text costs little more than one pass. */
#include <string.h>

#include "engine/lix_parts.h"

struct entry {
	uint64_t key; /* the first eight bytes, the first one highest */
	struct lix_word w;
};

static int
by_word(const struct entry *x, const struct entry *y)
{
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return str_cmp(x->w.word, y->w.word);
}

static int
by_times(const struct entry *x, const struct entry *y)
{
	if (x->w.times != y->w.times)
		return x->w.times > y->w.times ? -1 : 1;
	return by_word(x, y);
}

/* Two sorted lists into one, equals put together; how long it is. */
static ptrdiff_t
merge(const struct entry *from, ptrdiff_t n[2], const struct entry *second,
    struct entry *to,
    int (*compare)(const struct entry *, const struct entry *))
{
	ptrdiff_t i = 0, j = 0, k = 0;
	while (i < n[0] && j < n[1]) {
		int c = compare(&from[i], &second[j]);
		to[k] = c <= 0 ? from[i] : second[j];
		if (c == 0)
			to[k].w.times += second[j].w.times;
		i += c <= 0;
		j += c >= 0;
		k++;
	}
	for (; i < n[0]; i++)
		to[k++] = from[i];
	for (; j < n[1]; j++)
		to[k++] = second[j];
	return k;
}

/* Sorts in place; how many different ones are left. */
static ptrdiff_t
sort(struct entry *e, struct entry *spare, ptrdiff_t n,
    int (*compare)(const struct entry *, const struct entry *))
{
	if (n < 2)
		return n;
	ptrdiff_t half = n / 2;
	ptrdiff_t left[2] = {sort(e, spare, half, compare),
	    sort(e + half, spare, n - half, compare)};
	ptrdiff_t k = merge(e, left, e + half, spare, compare);
	memcpy(e, spare, (size_t)k * sizeof *e);
	return k;
}

static uint64_t
key_of(struct str word)
{
	uint64_t key = 0;
	for (int i = 0; i < 8; i++)
		key = key << 8 | (i < word.n ? (unsigned char)word.p[i] : 0U);
	return key;
}

void
lix_count_long(struct arena *a, const struct str *long_word, struct lix *l)
{
	struct arena *scratch = arena_scratch(a);
	ptrdiff_t n = l->long_words;
	struct entry *e = arena_new(scratch, struct entry, n);
	struct entry *spare = arena_new(scratch, struct entry, n);
	for (ptrdiff_t i = 0; i < n; i++)
		e[i] = (struct entry){key_of(long_word[i]), {long_word[i], 1}};
	l->different = sort(e, spare, n, by_word);
	sort(e, spare, l->different, by_times);
	l->word = arena_new(a, struct lix_word, l->different);
	for (ptrdiff_t i = 0; i < l->different; i++)
		l->word[i] = e[i].w;
	arena_close(scratch);
}
