/* SPDX-License-Identifier: MPL-2.0 */

/* Danish words that lix.c must know.  Every list is sorted by bytes. */
#include "engine/lix_parts.h"

static const char *const INSIDE[] = {"adr", "afd", "alm", "ang", "art", "bd",
    "bet", "bl", "bl.a", "ca", "cand", "chr", "dr", "dvs", "e.m", "eks",
    "ekskl", "el", "evt", "f.eks", "f.ex", "f.m", "ff", "fhv", "fr", "frk",
    "gl", "gns", "henv", "hhv", "hr", "i.f.m", "ifm", "ift", "iht", "ing",
    "inkl", "jf", "jfr", "jvf", "kap", "kgl", "kl", "lb", "mag", "maks", "max",
    "mdr", "mht", "min", "ndr", "nr", "nuv", "o.m.a", "obs", "omtr", "pga",
    "ph.d", "pkt", "pr", "prof", "ref", "resp", "sdr", "skt", "sml", "st",
    "stk", "stud", "tilsv", "tlf", "udg", "vedr", "vestl", "vha", "vs", "årg",
    "østl"};

static const char *const MAYBE_LAST[] = {"e.kr", "e.l", "etc", "f.kr", "kr",
    "m.fl", "m.m", "m.v", "mfl", "mia", "mill", "mio", "mm", "mv", "o.a",
    "o.lign", "o.m", "o.s.v", "ol", "osv", "pct", "sek"};

static const char *const MONTHS[] = {"april", "august", "december", "februar",
    "januar", "juli", "juni", "maj", "marts", "november", "oktober",
    "september"};

/* Words in -es that are no passive: other words, genitives, and verbs that
 * only have this form. */
static const char *const NOT_PASSIVE[] = {"alles", "andres", "ansattes",
    "beboeres", "begges", "behøves", "blindes", "borgeres", "brugeres", "dages",
    "deltageres", "deres", "dettes", "dødes", "døves", "enes", "enkeltes",
    "fattiges", "findes", "fleres", "flestes", "forgæves", "fremmedes",
    "frivilliges", "fælles", "færdes", "gamles", "handicappedes", "hendes",
    "hjemmes", "indbyrdes", "indvortes", "interesseredes", "jeres", "kollegaes",
    "lederes", "ledsageres", "ligeledes", "lykkes", "længes", "medarbejderes",
    "menneskes", "mindes", "mislykkes", "mødes", "nogles", "nærmes",
    "pårørendes", "riges", "samles", "skiftes", "skyldes", "skændes", "stedes",
    "syges", "synes", "således", "særdeles", "trives", "udvortes", "uges",
    "undres", "unges", "voksnes", "vores", "væmmes", "ældres", "øvriges"};

/* Passives that the rule for endings does not see, or would refuse. */
static const char *const PASSIVE[] = {"bedes", "betjenes", "fjernes", "forenes",
    "foreslås", "forstås", "fortjenes", "fås", "gøres", "menes", "nås", "opnås",
    "påses", "påstås", "rengøres", "tilgås", "tjenes", "udgøres", "undgås"};

static const char *const PARTICIPLES[] = {"afbrudt", "afholdt", "afleveret",
    "aflyst", "afsat", "afvist", "anbragt", "ansat", "anset", "anvendt", "bedt",
    "bedømt", "begået", "behandlet", "beskrevet", "besluttet", "besøgt",
    "betalt", "bragt", "brugt", "bygget", "båret", "delt", "drøftet", "dækket",
    "dømt", "fastholdt", "fastlagt", "fastsat", "fejret", "fjernet", "flyttet",
    "forelagt", "foreslået", "foretaget", "forstået", "fortalt", "frataget",
    "fremlagt", "fulgt", "fundet", "fyret", "født", "ført", "gemt",
    "gennemført", "givet", "gjort", "glemt", "godkendt", "hentet", "henvist",
    "hjulpet", "holdt", "hævet", "hørt", "inddraget", "indført", "indgået",
    "indkaldt", "indlagt", "indsat", "indskrevet", "indstillet", "kaldt",
    "kendt", "kontaktet", "købt", "lagt", "lavet", "lovet", "lukket", "låst",
    "læst", "løst", "malet", "meldt", "modtaget", "mødt", "nedlagt", "nedsat",
    "nævnt", "opdaget", "opdelt", "opført", "opgivet", "opkrævet", "oplyst",
    "oprettet", "opsagt", "optaget", "ordnet", "overført", "overgået",
    "overholdt", "oversat", "overset", "overtaget", "passet", "planlagt",
    "plejet", "pålagt", "påvirket", "ramt", "rettet", "ringet", "rost", "sagt",
    "samlet", "sat", "sendt", "serveret", "set", "sikret", "skabt", "skiftet",
    "skrevet", "slettet", "slukket", "solgt", "spildt", "spist", "spurgt",
    "stillet", "stjålet", "stoppet", "støttet", "sænket", "tabt", "taget",
    "talt", "testet", "tilbudt", "tildelt", "tilført", "tilrettelagt",
    "truffet", "trukket", "trykket", "tvunget", "tændt", "udarbejdet", "udført",
    "udgivet", "udnyttet", "udpeget", "udsat", "udskrevet", "udvidet",
    "undersøgt", "valgt", "vedtaget", "vendt", "visiteret", "vist", "vurderet",
    "åbnet", "ændret"};

struct list {
	const char *const *word;
	ptrdiff_t n;
};

#define LIST(array) ((struct list){array, COUNT_OF(array)})

static bool
has(struct list list, struct str word)
{
	ptrdiff_t low = 0, high = list.n;
	while (low < high) {
		ptrdiff_t middle = low + (high - low) / 2;
		int order = str_cmp(str_c(list.word[middle]), word);
		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

enum lix_short
lix_short_of(struct str word)
{
	if (has(LIST(INSIDE), word))
		return SHORT_INSIDE;
	return has(LIST(MAYBE_LAST), word) ? SHORT_MAYBE_LAST : SHORT_NOT;
}

bool
lix_month(struct str word)
{
	return has(LIST(MONTHS), word);
}

bool
lix_blive(struct str word)
{
	return str_eq(word, S("bliver")) || str_eq(word, S("blev")) ||
	    str_eq(word, S("blive")) || str_eq(word, S("blevet"));
}

/* "-ernes" and "-enes" are genitives of the definite plural (borgernes,
 * børnenes), "-rendes" of participles (pårørendes). */
bool
lix_s_passive(struct str word)
{
	enum { LEAST = 5 };
	if (word.n < 3 || word.p[word.n - 1] != 's')
		return false;
	if (has(LIST(PASSIVE), word))
		return true;
	return word.n >= LEAST && str_ends(word, S("es")) &&
	    !str_ends(word, S("ernes")) && !str_ends(word, S("enes")) &&
	    !str_ends(word, S("rendes")) && !has(LIST(NOT_PASSIVE), word);
}

bool
lix_participle(struct str word)
{
	enum { LEAST = 6 };
	if (word.n < 3)
		return false;
	if (has(LIST(PARTICIPLES), word))
		return true;
	return word.n >= LEAST &&
	    (str_ends(word, S("eret")) || str_ends(word, S("erede")) ||
		str_ends(word, S("lagte")) || str_ends(word, S("sendte")) ||
		str_ends(word, S("valgte")));
}

static bool
sorted(struct list list)
{
	for (ptrdiff_t i = 1; i < list.n; i++) {
		if (str_cmp(str_c(list.word[i - 1]), str_c(list.word[i])) >= 0)
			return false;
	}
	return true;
}

bool
lix_lists_sorted(void)
{
	return sorted(LIST(INSIDE)) && sorted(LIST(MAYBE_LAST)) &&
	    sorted(LIST(MONTHS)) && sorted(LIST(NOT_PASSIVE)) &&
	    sorted(LIST(PASSIVE)) && sorted(LIST(PARTICIPLES));
}
