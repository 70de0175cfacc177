/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "report/pdf_parts.h"

/*
 * Where a word that is longer than its line may be broken.
 *
 * First choice is a joint of a Danish compound: after an ending that is
 * followed by the binding s (-ings|, -heds|), or before a word that often
 * stands last.  Otherwise before the last consonant that begins a syllable,
 * with at least a vowel on each side (Retskrivningsordbogen, section 15).
 * At least three letters stay and three go.
 */
static const char *const ENDING[] = {"ings", "heds", "tions", "skabs", "tets",
    "værks", "borger", "bruger", "kommune", "familie", "ældre", "sundhed"};

static const char *const LAST_WORD[] = {"aktivitet", "ansvar", "arbejde",
    "behov", "beslutning", "bruger", "deltag", "forløb", "forvaltning",
    "gruppe", "hjælp", "implementering", "inddragelse", "indsats", "leder",
    "leverance", "medarbejder", "møde", "netværk", "område", "oplevelse",
    "organisation", "perspektiv", "plan", "plejen", "proces", "repræsentant",
    "ressource", "tilbud", "udvalg", "udvikling", "undersøgelse", "vurdering"};

/* Pairs of consonants that begin a syllable together. */
static const char ONSET[] = "bl br dr fl fr gl gr kl kn kr kv pl pr sk sl sm "
			    "sn sp st sv tr tv";

static bool
is_vowel(gunichar c)
{
	return c != 0 && g_utf8_strchr("aeiouyæøåéäö", -1, c) != NULL;
}

static bool
is_onset(gunichar first, gunichar second)
{
	if (first >= 0x80 || second >= 0x80)
		return false;
	char pair[] = {(char)first, (char)second, '\0'};
	return strstr(ONSET, pair) != NULL;
}

/* Whether `part` (UTF-8) stands at word[at]; its number of letters or 0. */
static int
part_at(const gunichar *word, int n, int at, const char *part)
{
	int i = 0;
	for (const char *p = part; *p != '\0'; p = g_utf8_next_char(p), i++) {
		if (at < 0 || at + i >= n || word[at + i] != g_utf8_get_char(p))
			return 0;
	}
	return i;
}

static bool
is_joint(const gunichar *word, int n, int at)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(ENDING); i++) {
		int length = (int)g_utf8_strlen(ENDING[i], -1);
		if (part_at(word, n, at - length, ENDING[i]) > 0 &&
		    word[at] != 's')
			return true;
	}
	for (ptrdiff_t i = 0; i < COUNT_OF(LAST_WORD); i++) {
		if (part_at(word, n, at, LAST_WORD[i]) > 0)
			return true;
	}
	return false;
}

static bool
has_vowel(const gunichar *word, int from, int to)
{
	for (int i = from; i < to; i++) {
		if (is_vowel(word[i]))
			return true;
	}
	return false;
}

/* Whether a syllable begins at word[at]: one consonant, or two that may begin
 * it, and then a vowel. */
static bool
is_syllable(const gunichar *word, int n, int at)
{
	if (is_vowel(word[at]) || at + 2 >= n || !has_vowel(word, 0, at))
		return false;
	if (is_vowel(word[at + 1]))
		return !is_onset(word[at - 1], word[at]);
	return is_onset(word[at], word[at + 1]) && is_vowel(word[at + 2]);
}

int
hyphen_place(const gunichar *word, int n, int max)
{
	int syllable = 0;
	if (max > n - 3)
		max = n - 3;
	for (int at = max; at >= 3; at--) {
		if (is_joint(word, n, at))
			return at;
		if (syllable == 0 && is_syllable(word, n, at))
			syllable = at;
	}
	return syllable;
}
