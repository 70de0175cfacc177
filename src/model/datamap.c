/* SPDX-License-Identifier: MPL-2.0 */
#include "model/datamap.h"

#define APART_OPENED N_("It is opened apart, for whoever may, and put first.")
#define APART_MAIL                                           \
	N_("Mail on its way, for days. What it says stands " \
	   "where it was sent from.")
#define APART_FILE N_("A sealed file that is read in, and gone within days.")
#define APART_DRAW                                                           \
	N_("One draw of many people: a part of it would tell of the others." \
	   " The proof of it is public.")
#define APART_EXPORTS \
	N_("What was called back, and who looked, say which files were out.")
#define APART_INDEX N_("An index of words that stand elsewhere.")
#define APART_HASH \
	N_("A hash that leads to nobody without what only they have.")
#define APART_PAPER N_("A paper ballot has a number and no person.")

#define APART_PARTS \
	N_("Which part of what was said stands where: ids and places alone.")

#define IS_PERSON "x.network = $2 AND x.id = $3"
#define OF_PERSON "x.network = $2 AND x.person = $3"
#define SAID                                                \
	"(SELECT c.id FROM contribution c WHERE c.org = $1" \
	" AND c.network = $2 AND c.person = $3)"
#define OF_SAID "x.network = $2 AND x.contribution IN " SAID
#define OF_SOURCE \
	"x.network = $2 AND x.kind = 'contribution' AND x.source IN " SAID
#define OF_PLEDGE                                                   \
	"x.network = $2 AND x.pledge IN (SELECT g.id FROM pledge g" \
	" WHERE g.org = $1 AND g.network = $2 AND g.person = $3)"
#define AUDITED "x.chain = $2 AND (x.object = $3 OR x.object IN " SAID ")"
/* Also when several were looked at, since they are there: they may be one. */
#define LOOKED                                                   \
	"x.network = $2 AND (x.person = $3 OR (x.person IS NULL" \
	" AND x.at_us >= (SELECT p.created_us FROM person p"     \
	"  WHERE p.org = $1 AND p.network = $2 AND p.id = $3)))"
#define BY_HASH DATAMAP_BY_HASH
#define BY_NUMBER DATAMAP_BY_NUMBER

static const struct datamap_table tables[] = {
#define TABLE(name, use, who, ...)    \
	{.table = #name,              \
	    .purpose = PURPOSE_##use, \
	    .readers = READERS_##who, \
	    __VA_ARGS__},
#include "model/datamap.def"
#undef TABLE
};

struct datamap
datamap(void)
{
	return (struct datamap){tables, COUNT_OF(tables)};
}

const struct datamap_table *
datamap_find(struct str table)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(tables); i++) {
		if (str_eq(str_c(tables[i].table), table))
			return &tables[i];
	}
	return NULL;
}

struct str
datamap_next(struct str *columns)
{
	return str_cut(columns, ' ');
}

static bool
has(const char *columns, struct str column, char ends)
{
	struct str rest = str_c(columns);
	while (rest.n > 0) {
		struct str one = datamap_next(&rest);
		if (str_eq(str_cut(&one, ends), column))
			return true;
	}
	return false;
}

const char *
datamap_sort(const struct datamap_table *t, struct str column)
{
	if (has(t->shown, column, ' '))
		return N_("Words and facts");
	if (has(t->times, column, ' '))
		return N_("A time");
	if (has(t->staff, column, ' '))
		return N_("A member of staff");
	if (has(t->named, column, ':'))
		return N_("What it is about");
	if (has(t->sealed, column, ' '))
		return N_("Sealed words");
	return has(t->inner, column, ' ') ? N_("A key or a counter") : NULL;
}

/* ---- what it is for ---- */

#define PUBLIC_TASK                                               \
	N_("Article 6(1)(e): a task of the authority. Where the " \
	   "network says so, article 6(1)(a): consent.")
#define TO_SHOW \
	N_("Article 6(1)(c): a duty in law to be able to show what was done.")
#define CITIZENS N_("Citizens and others who are asked")
#define STAFF_TOO N_("Staff, and those who sit in the network")

static const struct {
	const char *purpose, *basis, *people;
} purposes[PURPOSE_COUNT] = {
    [PURPOSE_ASK] = {N_("People are found, asked and invited"), PUBLIC_TASK,
	CITIZENS},
    [PURPOSE_HEAR] = {N_("What people say is heard and used"), PUBLIC_TASK,
	CITIZENS},
    [PURPOSE_WEIGH] = {N_("Statements and ideas are weighed"), PUBLIC_TASK,
	CITIZENS},
    [PURPOSE_HELP] = {N_("Volunteers help"), PUBLIC_TASK,
	N_("Citizens who promised to help")},
    [PURPOSE_TRY] = {N_("What was tried, and whether it got better"),
	PUBLIC_TASK, CITIZENS},
    [PURPOSE_PLAN] = {N_("The network plans its work"),
	N_("Article 6(1)(e): a task of the authority."), STAFF_TOO},
    [PURPOSE_STAFF] = {N_("Staff sign in"),
	N_("Article 6(1)(e): a task of the authority."), N_("Staff")},
    [PURPOSE_PROOF] = {N_("It can be shown who did what"), TO_SHOW,
	N_("Citizens who are asked, and staff")},
    [PURPOSE_RUN] = {N_("The program runs"),
	N_("Article 6(1)(e): a task of the authority."), N_("Staff")},
};

const char *
datamap_purpose(enum datamap_purpose p)
{
	return purposes[p].purpose;
}

const char *
datamap_basis(enum datamap_purpose p)
{
	return purposes[p].basis;
}

const char *
datamap_people(enum datamap_purpose p)
{
	return purposes[p].people;
}

const char *
datamap_readers(enum datamap_readers r)
{
	static const char *const words[READERS_COUNT] = {
	    [READERS_PUBLIC] = N_("Anybody, while it is open"),
	    [READERS_NETWORK] = N_("All in the network"),
	    [READERS_SCOPE] = N_("As far as was agreed to"),
	    [READERS_CARE] = N_("Those in the network who may see people"),
	    [READERS_ASK] = N_("Those in the network who may ask people"),
	    [READERS_VAULT] =
		N_("Leader and co-driver, with a reason that is logged"),
	    [READERS_ACCESS] =
		N_("Leader, co-driver and data protection officer"),
	    [READERS_MANAGE] = N_("Leader and co-driver"),
	    [READERS_WRITER] = N_("Who wrote it, until they share it"),
	    [READERS_SECRETARIAT] = N_("The secretariat"),
	    [READERS_ADMIN] = N_("Administrators"),
	    [READERS_PROGRAM] = N_("The program alone"),
	};
	return words[r];
}

const struct retain_rule *
datamap_rule(const struct datamap_table *t)
{
	struct retain_rules all = retain_rules();
	const struct retain_rule *list = all.list;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (str_eq(str_c(list[i].table), str_c(t->table)))
			return &list[i];
	}
	return NULL;
}

const char *
datamap_label(const struct datamap_table *t)
{
	const struct retain_rule *rule = datamap_rule(t);
	if (rule != NULL && rule->label != NULL)
		return rule->label;
	if (str_eq(str_c(t->table), S("audit")))
		return N_("What was done, by id");
	return str_eq(str_c(t->table), S("ballot")) ? N_("Ballots") : NULL;
}
