/* SPDX-License-Identifier: MPL-2.0 */
#include "report/exchange_readme.h"

#include "base/buf.h"

/* NULL as the column: a file begins. */
static const struct {
	const char *column;
	const char *what; /* msgid; of a file: its name */
} lines[] = {
    {NULL, "summary.csv"},
    {"topic", N_("The question.")},
    {"url", N_("Where the dialogue stands.")},
    {"views", N_("How many took part. Visits are not counted here.")},
    {"voters", N_("How many voted.")},
    {"voters-in-conv", N_("How many of them voted enough for a group.")},
    {"commenters", N_("How many of them wrote a statement.")},
    {"comments", N_("How many statements there are.")},
    {"groups", N_("How many groups of opinion; 0: there are no clear ones.")},
    {"conversation-description", N_("What those who took part were told.")},
    {NULL, "comments.csv"},
    {"timestamp",
	N_("When, since 1970: in seconds now, in milliseconds in the two "
	   "earlier forms.")},
    {"datetime", N_("The same, to read.")},
    {"comment-id", N_("The statement's number.")},
    {"author-id", N_("Who wrote it. Empty unless the data were public.")},
    {"agrees", N_("How many agree.")},
    {"disagrees", N_("How many disagree.")},
    {"moderated",
	N_("1: shown. 0: nobody has read it yet. -1: turned down or taken "
	   "back. Of the two last the words are left out.")},
    {"is-meta", N_("Whether it is about the dialogue itself.")},
    {"is-seed", N_("Whether it was there from the start.")},
    {"group-informed-consensus",
	N_("How far all groups agree, each counting the same: 0 to 1.")},
    {"comment-body",
	N_("The statement. An apostrophe stands before what a spreadsheet "
	   "would run.")},
    {NULL, "votes.csv"},
    {"timestamp", N_("When, as in comments.csv.")},
    {"datetime", N_("The same, to read.")},
    {"comment-id", N_("The statement's number.")},
    {"voter-id", N_("The number of who voted, drawn for this file.")},
    {"vote",
	N_("1: agrees. -1: disagrees. 0: passes. The last vote of a person "
	   "on a statement counts.")},
    {NULL, "participant-votes.csv, participants-votes.csv"},
    {"participant", N_("The number of who voted, drawn for this file.")},
    {"xid", N_("Always empty: nobody is named.")},
    {"group-id", N_("Their group, from 0. Empty: none, or too few in it.")},
    {"n-comments",
	N_("How many statements they wrote. Empty unless the data were "
	   "public.")},
    {"n-votes", N_("How many statements they voted on.")},
    {"n-agree", N_("How many they agree with.")},
    {"n-disagree", N_("How many they disagree with.")},
    {"0, 1, 2 ...",
	N_("Their vote on the statement of that number. Empty: not seen.")},
    {NULL, "comment-groups.csv"},
    {"comment-id", N_("The statement's number.")},
    {"comment", N_("The statement.")},
    {"total-votes", N_("How many voted on it.")},
    {"total-agrees", N_("How many agree.")},
    {"total-disagrees", N_("How many disagree.")},
    {"total-passes", N_("How many pass.")},
    {"group-a-votes, group-b-votes ...",
	N_("How many of the group voted on it. Empty: too few people.")},
    {"group-a-agrees ...", N_("How many of the group agree.")},
    {"group-a-disagrees ...", N_("How many of the group disagree.")},
    {"group-a-passes ...", N_("How many of the group pass.")},
};

struct str
exchange_readme(
    struct arena *a, enum lang lang, enum polis_kind kind, bool open)
{
	static const char *const kinds[POLIS_KINDS] = {
	    [POLIS_NOW] = N_("The tables are as Polis writes them now."),
	    [POLIS_2024] =
		N_("The tables are as Polis wrote them in October 2024."),
	    [POLIS_LEGACY] =
		N_("The tables are as Polis wrote them before 2024."),
	};
	struct buf b = buf_new(a, 64 * 1024);
	buf_add(&b, tr(lang, N_("What is in these files")));
	buf_add(&b, S("\n\n"));
	buf_add(&b, tr(lang, kinds[kind]));
	buf_add(&b, S("\n"));
	buf_add(&b,
	    tr(lang,
		open ? N_("All votes came in as data that are public already, "
			  "so times and authors are as they were. People have "
			  "new numbers.")
		     : N_("Each row is one person's votes, so look after the "
			  "file. People have numbers that are drawn anew for "
			  "each file. Times are whole hours, and within an "
			  "hour the rows do not stand in the order the votes "
			  "came in.")));
	buf_add(&b, S("\n"));
	for (ptrdiff_t i = 0; i < COUNT_OF(lines); i++) {
		if (lines[i].column == NULL)
			buf_add(&b, S("\n"));
		buf_add(&b,
		    str_c(lines[i].column != NULL ? lines[i].column
						  : lines[i].what));
		if (lines[i].column != NULL) {
			buf_add(&b, S(": "));
			buf_add(&b, tr(lang, lines[i].what));
		}
		buf_add(&b, S("\n"));
	}
	return buf_str(&b);
}
