/* SPDX-License-Identifier: MPL-2.0 */

/* People out of files: what is read, and where it is wrong. */
#include "model/people_file.h"

#include "base/buf.h"
#include "tests/test.h"

/* A line a row, values apart by "|"; then a line "line:column message" a
 * fault. */
static struct str
read_back(struct arena *a, struct str bytes)
{
	struct people_file f;
	struct buf b = buf_new(a, 64 * 1024);
	people_file_read(a, bytes, &f);
	for (ptrdiff_t i = 0; i < f.n; i++) {
		for (int k = 0; k < PEOPLE_FIELDS; k++) {
			buf_add(&b, k > 0 ? S("|") : S(""));
			buf_add(&b, f.rows[i].value[k]);
		}
		buf_byte(&b, '\n');
	}
	for (ptrdiff_t i = 0; i < f.n_faults; i++)
		buf_fmt(&b, "!%lld:%lld %s\n", (long long)f.faults[i].at.line,
		    (long long)f.faults[i].at.column, f.faults[i].message);
	return buf_str(&b);
}

TEST(people_file_reads_tables_in_danish_and_english)
{
	static const struct str cases[][2] = {
	    {S_INIT("navn;mail;telefon;adresse;alder;målgruppe;kanal;alias;"
		    "særlig grund\r\nKaren Ø;k@borger.example;20304050;Elmevej "
		    "3;71;Pårørende;Brev;K;Passer sin mand\r\n"),
		S_INIT("Karen Ø|k@borger.example|20304050|Elmevej "
		       "3|67-79|Pårørende|letter|K|Passer sin mand\n")},
	    {S_INIT("\xEF\xBB\xBF"
		    "Name,Phone,Age,Channel\nBo,1,18-29,phone\n\nAa,2,99,\n"),
		S_INIT("Bo||1||18-29||phone||\nAa||2||80-||||\n")},
	    {S_INIT("NAVN\tTLF.\n\"Holm, \"\"Bo\"\"\"\t12 34\n"),
		S_INIT("Holm, \"Bo\"||12 34||||||\n")},
	    /* Windows-1252, as Excel saves it */
	    {S_INIT("navn;m\xE5lgruppe;tlf\nS\xF8ren;B\xF8rn \x96 unge;1\n"),
		S_INIT("Søren||1|||Børn – unge|||\n")},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_STR(read_back(arena, cases[i][0]), cases[i][1]);
}

TEST(people_file_names_the_place_of_every_fault)
{
	static const struct str cases[][2] = {
	    {S_INIT(""), S_INIT("!1:1 There is nobody")},
	    {S_INIT("navn;tlf\n"), S_INIT("!1:1 There is nobody")},
	    {S_INIT("navn;sko;tlf\nBo;43;1\n"), S_INIT("!1:6 We do not know")},
	    {S_INIT("navn;tlf;navn\nBo;1;Bo\n"), S_INIT("!1:10 The column")},
	    {S_INIT("tlf\n1\n"), S_INIT("!1:1 The first line")},
	    {S_INIT("navn;tlf\nBo;1\n;2\n"), S_INIT("!3:1 Write a name")},
	    {S_INIT("navn;tlf\nBo;\n"), S_INIT("!2:1 Write a mail")},
	    {S_INIT("navn;mail\nÆøå;x@\n"), S_INIT("!2:5 This is no mail")},
	    {S_INIT("navn;tlf\nBo;1;2\n"), S_INIT("!2:6 This line has more")},
	    {S_INIT("navn;tlf;alder\nBo;1;ung\n"),
		S_INIT("!2:6 Write the age")},
	    {S_INIT("navn;tlf;alder\nBo;1;121\n"),
		S_INIT("!2:6 Write the age")},
	    {S_INIT("navn;tlf;kanal\nBo;1;due\n"), S_INIT("!2:6 Write letter")},
	    {S_INIT("navn;tlf\nBo;\"1\n"), S_INIT("!2:4 This cannot be read")},
	    {S_INIT("navn;tlf;grund\nBo;1;\"har\n010150-5678\"\n"),
		S_INIT("!2:6 There is what looks like a CPR")},
	    {S_INIT("navn;tlf\nBo;0101505678\n"),
		S_INIT("!2:4 There is what looks like a CPR")},
	    {S_INIT("BEGIN:VCARD\nFN:Bo\nTEL:0101505678\nEND:VCARD\n"),
		S_INIT("!3:5 There is what looks like a CPR")},
	    {S_INIT("BEGIN:VCARD\nTEL:1\nEND:VCARD\n"),
		S_INIT("!1:1 Write a name")},
	    {S_INIT("\nBEGIN:VCARD\nFN:Bo\nTEL:1\n"),
		S_INIT("!2:1 This card has no end")},
	    {S_INIT("BEGIN:VCARD\nFN:Bo\nBEGIN:VCARD\nFN:An\nTEL:1\n"
		    "END:VCARD\n"),
		S_INIT("!1:1 This card has no end")},
	    {S_INIT("BEGIN:VCARD\nFN:B\x01o\nTEL:1\nEND:VCARD\n"),
		S_INIT("!1:1 There are characters")},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_HAS(read_back(arena, cases[i][0]), cases[i][1]);
}

TEST(people_file_reads_cards)
{
	static const struct str cases[][2] = {
	    {S_INIT("BEGIN:VCARD\r\nVERSION:3.0\r\nN:Holm;Karen;;;\r\n"
		    "FN:Karen Holm\r\nEMAIL;TYPE=INTERNET:k@borger.example\r\n"
		    "item1.TEL:+45 20\r\n  304050\r\n"
		    "ADR;TYPE=home:;;Elmevej 3\\, st.;Fjordby;;9999;\r\n"
		    "NICKNAME:K\r\nNOTE:Kender alle\\ni byen\r\nEND:VCARD\r\n"),
		S_INIT("Karen Holm|k@borger.example|+45 20 304050|Elmevej 3, "
		       "st., Fjordby, 9999||||K|Kender alle\ni byen\n")},
	    {S_INIT("BEGIN:VCARD\nVERSION:4.0\nFN;X=\"a:b\":Åse\nTEL;VALUE=uri:"
		    "tel:+4512\nEND:VCARD\nBEGIN:VCARD\nN:Bo\nTEL:2\n"
		    "end:vcard\n"),
		S_INIT("Åse||+4512||||||\nBo||2||||||\n")},
	    {S_INIT("BEGIN:VCARD\nVERSION:2.1\n"
		    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=B8ren =\n"
		    "=C3=86bel=C3=B8\nTEL:1\nEND:VCARD\n"),
		S_INIT("Søren Æbelø||1||||||\n")},
	    {S_INIT("BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:S=F8ren=\n"
		    "\nTEL:1\nEND:VCARD\n"),
		S_INIT("Søren||1||||||\n")},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_STR(read_back(arena, cases[i][0]), cases[i][1]);
}

TEST(people_file_takes_ten_thousand_and_no_more)
{
	struct people_file f;
	struct buf b = buf_new(arena, 4 * 1024 * 1024);
	buf_add(&b, S("navn;tlf\n"));
	for (int i = 0; i < PEOPLE_ROWS; i++)
		buf_fmt(&b, "Person %d;%d\n", i, 10000000 + i);
	people_file_read(arena, buf_str(&b), &f);
	CHECK_INT(f.n, PEOPLE_ROWS);
	CHECK_INT(f.n_faults, 0);
	buf_add(&b, S("En for meget;1\nTo;2\n"));
	people_file_read(arena, buf_str(&b), &f);
	CHECK_INT(f.n_faults, 1);
	CHECK_INT(f.faults[0].at.line, PEOPLE_ROWS + 2);
}

TEST(people_file_tells_a_hundred_faults)
{
	struct people_file f;
	struct buf b = buf_new(arena, 64 * 1024);
	buf_add(&b, S("navn;tlf\n"));
	for (int i = 0; i < 2 * PEOPLE_FAULTS; i++)
		buf_add(&b, S(";1\n"));
	people_file_read(arena, buf_str(&b), &f);
	CHECK_INT(f.n_faults, PEOPLE_FAULTS);
	CHECK_INT(f.faults[PEOPLE_FAULTS - 1].at.line, PEOPLE_FAULTS + 1);
}
