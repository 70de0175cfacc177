/* SPDX-License-Identifier: MPL-2.0 */
#include <libstemmer.h>
#include <stdlib.h>

#include "base/macros.h"
#include "model/words_fold.h"

/* Words and stems of Snowball's that belong to another stem.  Written as
 * folded, with aa for å.  `tail`: also at the end of a longer word. */
static const struct other {
	struct str from, to;
	bool tail;
} others[] = {
    {S_INIT("børn"), S_INIT("barn"), true},
    {S_INIT("mænd"), S_INIT("mand"), true},
    {S_INIT("fødder"), S_INIT("fod"), true},
    {S_INIT("fødderne"), S_INIT("fod"), true},
    {S_INIT("bror"), S_INIT("bror"), true},
    {S_INIT("broder"), S_INIT("bror"), false},
    {S_INIT("broderen"), S_INIT("bror"), false},
    {S_INIT("brødr"), S_INIT("bror"), true},
    {S_INIT("far"), S_INIT("far"), false},
    {S_INIT("fader"), S_INIT("far"), false},
    {S_INIT("faderen"), S_INIT("far"), false},
    {S_INIT("fædr"), S_INIT("far"), false},
    {S_INIT("moder"), S_INIT("mor"), false},
    {S_INIT("moderen"), S_INIT("mor"), false},
    {S_INIT("mødr"), S_INIT("mor"), true},
    {S_INIT("datter"), S_INIT("datter"), true},
    {S_INIT("datteren"), S_INIT("datter"), true},
    {S_INIT("døtr"), S_INIT("datter"), true},
    {S_INIT("søster"), S_INIT("søster"), true},
    {S_INIT("søsteren"), S_INIT("søster"), true},
    {S_INIT("søstr"), S_INIT("søster"), true},
    {S_INIT("bøger"), S_INIT("bog"), true},
    {S_INIT("bøgerne"), S_INIT("bog"), true},
    {S_INIT("hænder"), S_INIT("haand"), false},
    {S_INIT("hænderne"), S_INIT("haand"), false},
    {S_INIT("tænder"), S_INIT("tand"), false},
    {S_INIT("tænderne"), S_INIT("tand"), false},
    {S_INIT("nætter"), S_INIT("nat"), true},
    {S_INIT("nætterne"), S_INIT("nat"), true},
    {S_INIT("kræfter"), S_INIT("kraft"), true},
    {S_INIT("kræfterne"), S_INIT("kraft"), true},
    {S_INIT("rødder"), S_INIT("rod"), false},
    {S_INIT("rødderne"), S_INIT("rod"), false},
    {S_INIT("stæder"), S_INIT("stad"), false},
    {S_INIT("stæderne"), S_INIT("stad"), false},
    {S_INIT("ænder"), S_INIT("and"), false},
    {S_INIT("ænderne"), S_INIT("and"), false},
    {S_INIT("gæs"), S_INIT("gaas"), false},
    {S_INIT("gæssene"), S_INIT("gaas"), false},
    {S_INIT("køer"), S_INIT("ko"), false},
    {S_INIT("køerne"), S_INIT("ko"), false},
    {S_INIT("koen"), S_INIT("ko"), false},
    {S_INIT("tæer"), S_INIT("taa"), false},
    {S_INIT("tæerne"), S_INIT("taa"), false},
    {S_INIT("øjn"), S_INIT("øje"), false},
    {S_INIT("øjet"), S_INIT("øje"), false},
    {S_INIT("øjets"), S_INIT("øje"), false},
    {S_INIT("stier"), S_INIT("sti"), true},
    {S_INIT("stien"), S_INIT("sti"), true},
    {S_INIT("stierne"), S_INIT("sti"), true},
    {S_INIT("byer"), S_INIT("by"), false},
    {S_INIT("byen"), S_INIT("by"), false},
    {S_INIT("byens"), S_INIT("by"), false},
    {S_INIT("byerne"), S_INIT("by"), false},
    {S_INIT("plads"), S_INIT("plads"), true},
    {S_INIT("center"), S_INIT("centr"), true},
    {S_INIT("teater"), S_INIT("teatr"), true},
    {S_INIT("cykel"), S_INIT("cykl"), true},
    {S_INIT("regel"), S_INIT("regl"), true},
    {S_INIT("artikel"), S_INIT("artikl"), true},
    {S_INIT("titel"), S_INIT("titl"), true},
    {S_INIT("middel"), S_INIT("midl"), true},
    {S_INIT("møbel"), S_INIT("møbl"), true},
    {S_INIT("gammel"), S_INIT("gaml"), false},
    {S_INIT("onkel"), S_INIT("onkl"), false},
    {S_INIT("engel"), S_INIT("engl"), false},
    {S_INIT("finger"), S_INIT("fingr"), false},
    {S_INIT("skulder"), S_INIT("skuldr"), false},
    {S_INIT("sommer"), S_INIT("somr"), false},
    {S_INIT("vinter"), S_INIT("vintr"), false},
    {S_INIT("aften"), S_INIT("aftn"), false},
};

/* Last parts of compounds by which these are looked for, as stems. */
static const struct str tails[] = {
    S_INIT("inddrag"),
    S_INIT("bibliotek"),
    S_INIT("skol"),
    S_INIT("plads"),
    S_INIT("forening"),
    S_INIT("hjem"),
    S_INIT("pleje"),
    S_INIT("plej"),
    S_INIT("hjælp"),
    S_INIT("tilbud"),
    S_INIT("omraad"),
    S_INIT("arbejd"),
    S_INIT("grupp"),
    S_INIT("centr"),
    S_INIT("cykl"),
    S_INIT("barn"),
    S_INIT("møde"),
    S_INIT("mød"),
    S_INIT("trafik"),
    S_INIT("transport"),
    S_INIT("sundhed"),
    S_INIT("udvikling"),
    S_INIT("bolig"),
    S_INIT("kultur"),
    S_INIT("klub"),
    S_INIT("lærer"),
    S_INIT("familie"),
    S_INIT("famili"),
    S_INIT("netværk"),
    S_INIT("kommun"),
    S_INIT("politik"),
    S_INIT("projekt"),
    S_INIT("borg"),
};

/* What nearly every text has, as folded words. */
static const struct str frequent[] = {S_INIT("og"), S_INIT("i"), S_INIT("at"),
    S_INIT("det"), S_INIT("er"), S_INIT("en"), S_INIT("et"), S_INIT("til"),
    S_INIT("paa"), S_INIT("der"), S_INIT("de"), S_INIT("den"), S_INIT("som"),
    S_INIT("med"), S_INIT("for"), S_INIT("af"), S_INIT("jeg"), S_INIT("vi"),
    S_INIT("har"), S_INIT("ikke"), S_INIT("om"), S_INIT("fra"), S_INIT("men"),
    S_INIT("man"), S_INIT("var"), S_INIT("saa")};

bool
stem_is_frequent(struct str word)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(frequent); i++) {
		if (str_eq(word, frequent[i]))
			return true;
	}
	return false;
}

struct stemmer {
	struct sb_stemmer *snowball;
	char room[WORD_BYTES + 8]; /* a stem of ours is little longer */
};

static void
close_stemmer(void *s)
{
	sb_stemmer_delete(s);
}

struct stemmer *
stem_open(struct arena *a)
{
	struct stemmer *s = arena_new(a, struct stemmer, 1);
	s->snowball = sb_stemmer_new("danish", "UTF_8");
	if (s->snowball == NULL) /* only when malloc failed */
		abort();
	arena_defer(a, close_stemmer, s->snowball);
	return s;
}

static const struct other *
find_other(struct str word)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(others); i++) {
		const struct other *o = &others[i];
		if (word.n < o->from.n ||
		    word.p[word.n - 1] != o->from.p[o->from.n - 1])
			continue;
		if (str_eq(word, o->from) ||
		    (o->tail && str_ends(word, o->from)))
			return o;
	}
	return NULL;
}

static struct str
tail_of(struct str stem)
{
	enum { MIN_FRONT = 2 };
	for (ptrdiff_t i = 0; i < COUNT_OF(tails); i++) {
		if (stem.n >= tails[i].n + MIN_FRONT &&
		    stem.p[stem.n - 1] == tails[i].p[tails[i].n - 1] &&
		    str_ends(stem, tails[i]))
			return tails[i];
	}
	return (struct str){0};
}

static struct str
replaced(struct stemmer *s, struct str word, const struct other *o)
{
	ptrdiff_t front = word.n - o->from.n;
	memcpy(s->room, word.p, (size_t)front);
	memcpy(s->room + front, o->to.p, (size_t)o->to.n);
	return (struct str){s->room, front + o->to.n};
}

struct str
stem_of(struct stemmer *s, struct str word, struct str *tail)
{
	const struct other *o = find_other(word);
	struct str stem = word;
	if (o == NULL) {
		const sb_symbol *p = sb_stemmer_stem(
		    s->snowball, (const sb_symbol *)word.p, (int)word.n);
		if (p == NULL) /* only when malloc failed */
			abort();
		stem = (struct str){
		    (const char *)p, sb_stemmer_length(s->snowball)};
		o = find_other(stem);
	}
	if (o != NULL)
		stem = replaced(s, stem, o);
	*tail = tail_of(stem);
	return stem;
}
