/* SPDX-License-Identifier: MPL-2.0 */

/* What looks like a person's name in a text (model/contribution.h): a frequent
 * first name, two words in a row that begin with a capital inside a sentence,
 * or one after "hr." or "fru".  A hint to the writer and nothing else: a rare
 * first name alone is not found, and a place of two words is. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/contribution.h"

enum { NAMES_BYTES = 400 };

/* First names that many in Denmark have (Danmarks Statistik, names of the
 * population); none that is a common word too.  Few enough to be looked
 * through, and only for words with a capital. */
static const char *const first_names[] = {"Aage", "Ahmad", "Ahmed", "Ali",
    "Alma", "Amalie", "Anders", "Andreas", "Anette", "Anita", "Anja", "Ann",
    "Anna", "Anne", "Annelise", "Annette", "Anni", "Anton", "Arne", "Asger",
    "Asta", "August", "Axel", "Bent", "Bente", "Benny", "Birgit", "Birgitte",
    "Birthe", "Bjarne", "Bo", "Brian", "Britta", "Camilla", "Carl", "Caroline",
    "Casper", "Cecilie", "Charlotte", "Christian", "Christina", "Christoffer",
    "Claus", "Clara", "Conny", "Daniel", "David", "Dennis", "Ditte", "Dorte",
    "Dorthe", "Ebbe", "Egon", "Elin", "Elisabeth", "Ella", "Ellen", "Else",
    "Emil", "Emilie", "Emma", "Erik", "Erling", "Eva", "Fatima", "Finn",
    "Flemming", "Freja", "Frederik", "Frederikke", "Frida", "Gerda", "Gert",
    "Gitte", "Grethe", "Gunnar", "Hanne", "Hans", "Harald", "Hassan", "Heidi",
    "Helene", "Helge", "Helle", "Henning", "Henrik", "Henriette", "Ibrahim",
    "Ida", "Inga", "Inge", "Inger", "Ingrid", "Jacob", "Jakob", "Jan", "Janne",
    "Jens", "Jeppe", "Jesper", "Jette", "Johan", "Johanne", "Johannes", "John",
    "Jonas", "Josefine", "Julie", "Karen", "Karin", "Karina", "Karl", "Karla",
    "Kasper", "Katrine", "Keld", "Kenneth", "Kent", "Kim", "Kirsten",
    "Kirstine", "Kjeld", "Klaus", "Knud", "Kristian", "Kristina", "Kurt",
    "Lars", "Laura", "Laurits", "Leif", "Lena", "Lene", "Line", "Linda", "Lis",
    "Lisbeth", "Lise", "Lone", "Louise", "Lucas", "Lykke", "Mads", "Magnus",
    "Maja", "Malene", "Maria", "Marianne", "Marie", "Martin", "Mathias",
    "Mathilde", "Merete", "Mette", "Mia", "Michael", "Mikkel", "Mogens",
    "Mohamed", "Mohammad", "Morten", "Nadia", "Nanna", "Niels", "Nikolaj",
    "Nina", "Oliver", "Oscar", "Ove", "Palle", "Patrick", "Per", "Peter",
    "Philip", "Pia", "Poul", "Preben", "Rasmus", "Rene", "Rikke", "Rita",
    "Robert", "Ruth", "Sanne", "Sara", "Sarah", "Sebastian", "Signe", "Simon",
    "Sofia", "Sofie", "Solveig", "Stig", "Stine", "Susanne", "Svend", "Tanja",
    "Tina", "Thea", "Thomas", "Tobias", "Tom", "Tommy", "Torben", "Tove",
    "Trine", "Troels", "Ulla", "Valdemar", "Vibeke", "Victor", "Viktor",
    "Villads", "William", "Yusuf"};

static const char *const titles[] = {"hr", "hr.", "fru", "frk.", "dr."};

static bool
is_first_name(struct str word)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(first_names); i++) {
		if (str_eq(str_c(first_names[i]), word))
			return true;
	}
	return false;
}

static bool
is_title(struct arena *a, struct str word)
{
	struct str lower = str_lower_ascii(a, word);
	for (ptrdiff_t i = 0; i < COUNT_OF(titles); i++) {
		if (str_eq(str_c(titles[i]), lower))
			return true;
	}
	return false;
}

/* A letter of the Danish alphabet, large. */
static bool
is_capital(struct str word)
{
	if (word.n == 0)
		return false;
	unsigned char first = (unsigned char)word.p[0];
	unsigned char next = word.n > 1 ? (unsigned char)word.p[1] : 0;
	return (first >= 'A' && first <= 'Z') ||
	    (first == 0xC3 && (next == 0x86 || next == 0x98 || next == 0x85));
}

static bool
is_edge(char c)
{
	return str_find(S(".,;:!?\"'()[]"), (struct str){&c, 1}) >= 0 ||
	    c == '\n';
}

/* A word without what stands about it; `ends`: a sentence ends with it. */
static struct str
bare(struct str word, bool *ends)
{
	while (word.n > 0 && is_edge(word.p[0]))
		word = str_sub(word, 1, word.n);
	*ends = false;
	while (word.n > 0 && is_edge(word.p[word.n - 1])) {
		char c = word.p[word.n - 1];
		*ends = *ends || c == '.' || c == '!' || c == '?' || c == '\n';
		word = str_sub(word, 0, word.n - 1);
	}
	return word;
}

static void
add_name(struct buf *b, struct str name)
{
	if (b->n + name.n + 2 > NAMES_BYTES)
		return; /* enough to look again */
	if (b->n > 0)
		buf_add(b, S(", "));
	buf_add(b, name);
}

struct str
contribution_names(struct arena *a, struct str text)
{
	struct buf b = buf_new(a, NAMES_BYTES);
	struct str before = {0}; /* a capital word inside the sentence */
	bool starts = true, titled = false;
	while (text.n > 0) {
		bool ends;
		ptrdiff_t at = 0;
		while (at < text.n && text.p[at] != ' ' && text.p[at] != '\n')
			at++;
		struct str raw = str_sub(text, 0, at);
		bool breaks = at < text.n && text.p[at] == '\n';
		text = str_sub(text, at < text.n ? at + 1 : at, text.n);
		struct str word = bare(raw, &ends);
		bool capital = is_capital(word) && utf8_length(word) > 1;
		bool pair = before.n > 0 && capital;
		if (capital && (titled || pair || is_first_name(word)))
			add_name(&b, word);
		titled = is_title(a, raw);
		before = capital && !starts && !ends ? word : (struct str){0};
		starts = (ends && !titled) || breaks;
	}
	return buf_str(&b);
}
