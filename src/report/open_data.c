/* SPDX-License-Identifier: MPL-2.0 */
#include "report/open_data.h"

#include "base/buf.h"
#include "report/open_data_parts.h"

/* NULL as the column: a file begins.  The tables are made from these lines, so
 * a column that is not told of is in none. */
static const struct {
	const char *column;
	const char *what; /* msgid; of a file: its name */
} lines[] = {
    {NULL, "netvaerk.csv"},
    {"felt", N_("What the line is about.")},
    {"tekst", N_("What the network says of it.")},
    {NULL, "beslutninger.csv"},
    {"beslutning", N_("The decision's mark, the same in each file.")},
    {"titel", N_("What it is called.")},
    {"udfald",
	N_("adopted: yes. partly: in part. rejected: no. postponed: "
	   "later.")},
    {"dag", N_("The day, YYYY-MM-DD.")},
    {"begrundelse", N_("Why.")},
    {"naeste", N_("What happens now.")},
    {"resultat", N_("What came of it.")},
    {"fik_svar",
	N_("How many people were answered on what they said. Empty: too few.")},
    {"flyttede",
	N_("How many of them said something that changed the decision or "
	   "helped to shape it. Empty: too few, or too few others.")},
    {NULL, "nyt.csv"},
    {"beslutning", N_("The decision's mark, the same in each file.")},
    {"dag", N_("The day, YYYY-MM-DD.")},
    {"tekst", N_("What was told since then.")},
    {NULL, "fortaellinger.csv"},
    {"fortaelling", N_("The story's mark, the same in each file.")},
    {"titel", N_("What it is called.")},
    {"begyndelse", N_("How it begins.")},
    {"slutning", N_("How it ends.")},
    {NULL, "fortalt.csv"},
    {"fortaelling", N_("The story's mark, the same in each file.")},
    {"nummer", N_("The place in the story, from 1.")},
    {"foer", N_("What stands before the words, in the network's own.")},
    {"ord", N_("A person's own words.")},
    {"hvem", N_("What the person is called there. Empty: wants no name.")},
    {"forkortet", N_("1: the words were shortened. 0: they are whole.")},
    {"af_anden", N_("1: told by somebody else for the person.")},
    {NULL, "dialoger.csv"},
    {"dialog", N_("The dialogue's mark, the same in each file.")},
    {"spoergsmaal", N_("The question.")},
    {"om", N_("What those who took part were told.")},
    {"slut", N_("The last day, YYYY-MM-DD. Empty: none was set.")},
    {"deltagere", N_("How many people voted. Empty: too few.")},
    {NULL, "udsagn.csv"},
    {"dialog", N_("The dialogue's mark, the same in each file.")},
    {"nummer", N_("The statement's number.")},
    {"udsagn", N_("The statement.")},
    {"kilde",
	N_("Who wrote it: staff, citizen, agenda (what the network disagrees "
	   "on) or import (from another system).")},
    {"enige", N_("How many agree. Empty: too few people.")},
    {"uenige", N_("How many disagree. Empty: too few people.")},
    {"ved_ikke", N_("How many pass. Empty: too few people.")},
    {"svar", N_("How many voted on it. Empty: too few people.")},
};

static void
put_zip(void *zip, struct str piece)
{
	zipper_add(zip, piece);
}

struct csv
open_table(const struct open_out *o, const char *file)
{
	struct csv csv = csv_flow(o->arena, ';', put_zip, o->zip);
	ptrdiff_t i = 0;
	while (lines[i].column != NULL ||
	    !str_eq(str_c(lines[i].what), str_c(file)))
		i++;
	zipper_part(o->zip, file);
	zipper_add(o->zip, S("\xEF\xBB\xBF"));
	for (i++; i < COUNT_OF(lines) && lines[i].column != NULL; i++)
		csv_text(&csv, str_c(lines[i].column));
	csv_row(&csv);
	return csv;
}

void
open_count(struct csv *csv, int64_t n, bool hidden)
{
	if (hidden)
		csv_text(csv, S(""));
	else
		csv_int(csv, n);
}

/* ---- the README ---- */

static void
paragraph(struct buf *b, struct str text)
{
	buf_add(b, text);
	buf_add(b, S("\n\n"));
}

static void
add_about(struct arena *a, struct buf *b, enum lang lang,
    const struct open_data_ask *ask, struct date day)
{
	struct str from[] = {ask->org, ask->url, lang_date(a, lang, day)};
	struct str k = lang_int(a, lang, ask->k);
	paragraph(b,
	    tr_fill(a, tr(lang, N_("From %1: %2, as it was on %3.")), from, 3));
	paragraph(b,
	    tr(lang,
		N_("The tables are CSV in UTF-8 with a semicolon between cells "
		   "and a mark of its encoding first. An apostrophe stands "
		   "before what a spreadsheet would run.")));
	paragraph(b,
	    tr_fill(a,
		tr(lang,
		    N_("Nobody's own votes or answers are in it. Counts of "
		       "fewer than %1 people are empty cells, and so are those "
		       "from which such a count could be worked out. A cell "
		       "that says 0 is nobody.")),
		&k, 1));
	paragraph(b,
	    tr(lang,
		N_("People's own words are in it as long as they let everybody "
		   "read them. They may take them back. Fetch the file anew "
		   "before you use it, and delete what is not in it any "
		   "more.")));
	paragraph(b,
	    tr(lang,
		N_("Not in it: ideas, rounds of priorities, measurements, "
		   "dialogues that are not over or not for everybody, and what "
		   "waits to be looked through.")));
}

struct str
open_data_readme(
    struct arena *a, const struct open_data_ask *ask, struct date day)
{
	static const enum lang langs[] = {LANG_DA, LANG_EN};
	struct buf b = buf_new(a, 128 * 1024);
	for (ptrdiff_t l = 0; l < COUNT_OF(langs); l++) {
		enum lang lang = langs[l];
		paragraph(&b, record_value(ask->network, "name"));
		add_about(a, &b, lang, ask, day);
		for (ptrdiff_t i = 0; i < COUNT_OF(lines); i++) {
			if (lines[i].column == NULL) {
				buf_fmt(&b, "\n%s\n", lines[i].what);
				continue;
			}
			buf_fmt(&b, "%s: ", lines[i].column);
			buf_add(&b, tr(lang, lines[i].what));
			buf_add(&b, S("\n"));
		}
		buf_add(&b, S("\n\n"));
	}
	return buf_str(&b);
}

enum err
open_data_write(struct db *db, struct arena *a, const struct actor *who,
    const struct open_data_ask *ask, int64_t *size)
{
	struct open_out o = {.arena = a,
	    .db = db,
	    .who = who,
	    .ask = ask,
	    .zip = zipper_open(a, ask->fd)};
	if (o.zip == NULL)
		return ERR_UNAVAIL;
	zipper_part(o.zip, "README.txt");
	zipper_add(o.zip, open_data_readme(a, ask, date_danish(who->now_us)));
	enum err e = open_page(&o);
	if (e == ERR_OK)
		e = open_dialogues(&o);
	return e == ERR_OK ? zipper_end(o.zip, size) : e;
}
