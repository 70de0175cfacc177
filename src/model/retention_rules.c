/* SPDX-License-Identifier: MPL-2.0 */

/* made SQL: counting and deleting, for each rule.
 *
 * The one table of how long anything is kept.  A new table with something about
 * people gets its line here; tests/model/retention.c fails while it has none,
 * and prepares every statement.  Lines are carried out in their order, so what
 * refers to a row stands above it. */
#include <assert.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>

#include "model/retention.h"

/* The table, its key, what it is called, and why. */
#define ROWS(t, k, l, w)                                                 \
	{                                                                \
		.table = (t), .how = RETAIN_ROWS, .key = (k),            \
		.clock = "retention.ended_us", .days = "retention_days", \
		.label = (l), .why = (w)                                 \
	}
#define WORDS(t, s, lf, l, w)                                            \
	{                                                                \
		.table = (t), .how = RETAIN_WORDS,                       \
		.clock = "retention.ended_us", .days = "retention_days", \
		.set = (s), .left = (lf), .label = (l), .why = (w)       \
	}
#define AGED(t, k, c, d, l, w)                                              \
	{                                                                   \
		.table = (t), .how = RETAIN_AGED, .key = (k), .clock = (c), \
		.days = (d), .label = (l), .why = (w)                       \
	}
#define SWEPT(t, c, w)                                                      \
	{                                                                   \
		.table = (t), .how = RETAIN_SWEPT, .clock = (c), .why = (w) \
	}
#define WITH(t, w)                                           \
	{                                                    \
		.table = (t), .how = RETAIN_WITH, .why = (w) \
	}
#define KEPT(t, w)                                           \
	{                                                    \
		.table = (t), .how = RETAIN_KEPT, .why = (w) \
	}

#define OF_PERSON N_("It is about a person who was asked.")
#define OF_VOICE N_("It is what somebody said, or belongs to it.")
#define OF_STAFF N_("It is what staff wrote about the work and its people.")
#define OF_WORK N_("It is about the work and names no citizen.")
#define BY_ID N_("It holds ids and no content.")
#define FOR_DAYS N_("It is gone within days, by itself.")
#define LOOKED N_("A log of who looked is kept for a year and no longer.")

static const struct retain_rule rules[] = {
    ROWS("code", "hash", N_("Codes of citizens"), OF_PERSON),
    ROWS("sending", "id", N_("Invitations sent"), OF_PERSON),
    ROWS("message", "id", N_("Messages"), OF_PERSON),
    ROWS("asked", "id", N_("How often people were asked"), OF_PERSON),
    ROWS("erasure", "person", N_("Wishes to be deleted"), OF_PERSON),
    ROWS("subject_request", "id", N_("What people asked about their data"),
	OF_PERSON),
    ROWS("pledge_event", "pledge", N_("What was pledged when"), OF_PERSON),
    ROWS("pledge", "id", N_("Pledges"), OF_PERSON),
    ROWS("corps_offer", "person", N_("What people offered"), OF_PERSON),
    ROWS("corps_feed", "person", N_("Calendars of people"), OF_PERSON),
    ROWS("shift_event", "shift", N_("What was done to shifts"), OF_PERSON),
    WORDS("shift_place", "person = NULL, account = NULL", "person IS NOT NULL",
	N_("Who was on which shift"), OF_PERSON),
    ROWS("person_value", "person", N_("Answers to own questions"), OF_PERSON),
    ROWS("evidence", "insight", N_("What speaks for an insight"), OF_VOICE),
    ROWS("recall", "contribution", N_("Files called back"), OF_VOICE),
    ROWS("export_voice", "export", N_("What stood in files given out"),
	OF_VOICE),
    ROWS("voices_export", "id", N_("Files given out"), OF_VOICE),
    ROWS("voices_seen", "hash", N_("What was brought in once"), OF_VOICE),
    ROWS("contribution_tag", "contribution", N_("Tags"), OF_VOICE),
    ROWS("contribution_origin", "contribution", N_("What became of what"),
	OF_VOICE),
    ROWS("contribution_passage", "contribution", N_("Where parts begin"),
	OF_VOICE),
    ROWS("contribution_line", "contribution", N_("What stems from what"),
	OF_VOICE),
    ROWS("contribution_making", "contribution",
	N_("What was put together or divided"), OF_VOICE),
    ROWS("idea_sender", "contribution", N_("Who sent an idea, by a hash"),
	OF_PERSON),
    ROWS("story_voice", "contribution", N_("Words in stories"), OF_VOICE),
    ROWS("reply", "person", N_("Answers on decisions"), OF_PERSON),
    ROWS("told", "contribution", N_("What people were told of voices"),
	OF_VOICE),
    ROWS("influence", "source", N_("What voices did to decisions"), OF_VOICE),
    ROWS("trial_answer", "person", N_("Answers of those who tried something"),
	OF_PERSON),
    ROWS("trial_feedback", "contribution", N_("What was said of trials"),
	OF_VOICE),
    ROWS("idea_source", "contribution", N_("What ideas are made of"), OF_VOICE),
    ROWS("idea_reword", "contribution", N_("Ideas to be reworded"), OF_VOICE),
    ROWS("idea_origin", "idea", N_("What ideas build on"), OF_VOICE),
    ROWS("book_coding", "id", N_("Coded passages"), OF_VOICE),
    ROWS("consent", "id", N_("Consents"), OF_VOICE),
    ROWS("field_item", "id", N_("What was noted in the field"), OF_VOICE),
    ROWS("field_day", "id", N_("Days in the field"), OF_STAFF),
    ROWS("media", "id", N_("Pictures, sound, film and papers"), OF_VOICE),
    ROWS("contribution", "id", N_("Voices"), OF_VOICE),
    ROWS("vote", "seq", N_("Votes"), OF_VOICE),
    ROWS("voter", "number", N_("Who voted, by a keyed hash"), OF_PERSON),
    ROWS("statement", "number", N_("Statements"), OF_VOICE),
    ROWS("late_told", "about", N_("Who was told that an answer is late"),
	OF_STAFF),
    ROWS("measure_reminder", "who",
	N_("Who was reminded of questions, by a hash"), OF_PERSON),
    ROWS("measure_paper", "who", N_("What was read on paper forms"), OF_PERSON),
    ROWS("measure_answer", "who", N_("Answers before and after"), OF_VOICE),
    ROWS("experience", "who", N_("How it was to take part"), OF_VOICE),
    ROWS("paper_reading", "round", N_("What was read on paper ballots"),
	OF_PERSON),
    ROWS("journey_step", "id", N_("Steps of journeys"), OF_VOICE),
    ROWS("journey", "id", N_("Journeys"), OF_VOICE),
    ROWS("draw", "id", N_("Draws by lot"), OF_PERSON),
    ROWS("vault", "person", N_("Names and contact details"), OF_PERSON),
    ROWS("person", "id", N_("People"), OF_PERSON),
    ROWS("revision", "object", N_("What stood before"), OF_STAFF),
    ROWS("reflection_answer", "reflection", N_("Answers in reflections"),
	OF_STAFF),
    ROWS("reflection_task", "reflection", N_("Tasks from reflections"),
	OF_STAFF),
    ROWS("reflection", "id", N_("Reflections"), OF_STAFF),
    ROWS("override", "id", N_("Rules let pass"), OF_STAFF),
    ROWS("ethics", "id", N_("Ethics checks"), OF_STAFF),
    ROWS("contact", "id", N_("Planned contacts"), OF_STAFF),
    ROWS("reminder", "task", N_("Reminders sent"), OF_STAFF),
    ROWS("task", "id", N_("Tasks"), OF_STAFF),
    WORDS("tension", "about = '-'", "about <> '-'", N_("Tensions"), OF_STAFF),
    WORDS("agenda", "wish = '-', concern = ''", "wish <> '-'", N_("Agendas"),
	OF_STAFF),
    WORDS("participant", "name = '-', note = ''", "name <> '-'",
	N_("Participants"), OF_STAFF),
    WORDS("actor", "name = '-', interest = ''", "name <> '-'", N_("Actors"),
	OF_STAFF),

    AGED("access", "id", "at_us", "access_days", N_("Who looked"), LOOKED),

    SWEPT("session", "ends_us", FOR_DAYS),
    SWEPT("link", "ends_us", FOR_DAYS),
    SWEPT("once", "at_us", FOR_DAYS),
    SWEPT("outbox", "ended_us", FOR_DAYS),
    SWEPT("job", "ended_us", FOR_DAYS),
    SWEPT("import", "at_us", FOR_DAYS),
    SWEPT("letter_batch", "made_us", FOR_DAYS),
    SWEPT("voices_import_part", "at_us", FOR_DAYS),
    SWEPT("voices_import", "at_us", FOR_DAYS),
    SWEPT("dialogue_import_part", "at_us", FOR_DAYS),
    SWEPT("dialogue_import", "at_us", FOR_DAYS),
    SWEPT("round_import", "at_us", FOR_DAYS),
    SWEPT("api_once", "at_us", FOR_DAYS),

    SWEPT("field_part", "at_us", FOR_DAYS),

    WITH("search_doc", OF_VOICE),
    WITH("search_words", OF_VOICE),
    WITH("search_words_doc", OF_VOICE),

    KEPT("audit", BY_ID),
    KEPT("audit_head", BY_ID),
    KEPT("retention", BY_ID),
    KEPT("retention_clock", BY_ID),
    KEPT("dialogue_erased", BY_ID),
    KEPT("dialogue_source", BY_ID),
    KEPT("api_token", OF_WORK),
    KEPT("webhook", OF_WORK),
    KEPT("webhook_origin", OF_WORK),
    KEPT("member", N_("Who works with what, by id. A name is in the vault.")),
    KEPT("account", N_("Staff, as long as they have an account.")),
    KEPT("organisation", OF_WORK),
    KEPT("org_setting", OF_WORK),
    KEPT("method_edit", OF_WORK),
    KEPT("equal_term", OF_WORK),
    KEPT("interest", OF_WORK),
    KEPT("person_field", OF_WORK),
    KEPT("network", OF_WORK),
    KEPT("theme", OF_WORK),
    KEPT("question", OF_WORK),
    KEPT("phase", OF_WORK),
    KEPT("visit", OF_WORK),
    KEPT("target_group", OF_WORK),
    KEPT("focus", OF_WORK),
    KEPT("purpose", OF_WORK),
    KEPT("scope", OF_WORK),
    KEPT("need", OF_WORK),
    KEPT("promise", OF_WORK),
    KEPT("cell", OF_WORK),
    KEPT("documentation", OF_WORK),
    KEPT("activity", OF_WORK),
    KEPT("pause", OF_WORK),
    KEPT("invitation", OF_WORK),
    KEPT("notice", OF_WORK),
    KEPT("insight", OF_WORK),
    KEPT("book_code", OF_WORK),
    KEPT("dialogue", OF_WORK),
    KEPT("idea", OF_WORK),
    KEPT("idea_bank", OF_WORK),
    KEPT("public_page", OF_WORK),
    KEPT("trial", OF_WORK),
    KEPT("trial_goal", OF_WORK),
    KEPT("corps", OF_WORK),
    KEPT("corps_task", OF_WORK),
    KEPT("shift", OF_WORK),
    KEPT("shift_release", OF_WORK),
    KEPT("delivery", OF_WORK),
    KEPT("story", OF_WORK),
    KEPT("theme_card", OF_WORK),
    KEPT("evaluation", OF_WORK),
    KEPT("spread", OF_WORK),
    KEPT("decision", OF_WORK),
    KEPT("decision_news", OF_WORK),
    KEPT("measure", OF_WORK),
    KEPT("measure_item", OF_WORK),
    KEPT("measure_round", OF_WORK),
    KEPT("round", OF_WORK),
    KEPT("round_option", OF_WORK),
    KEPT("round_pair", OF_WORK),
    KEPT("ballot",
	N_("A closed round's ballots lead to nobody, and the result rests on "
	   "them.")),
    KEPT("turnout", OF_WORK),
    KEPT("paper", OF_WORK),
    KEPT("schema_migration", OF_WORK),
    KEPT("schema_lock", OF_WORK),
};

struct retain_rules
retain_rules(void)
{
	return (struct retain_rules){rules, COUNT_OF(rules)};
}

/* ---- the statements ---- */

enum { COUNT, PIECE, TOTAL, STATEMENTS, TEXT_BYTES = 400 };

static char texts[COUNT_OF(rules)][STATEMENTS][TEXT_BYTES];
static struct retain_sql all[COUNT_OF(rules)];
static pthread_once_t made = PTHREAD_ONCE_INIT;

static const char *PRINTF_LIKE(3, 4)
    put(ptrdiff_t rule, int which, const char *fmt, ...)
{
	va_list args;
	char *text = texts[rule][which];
	va_start(args, fmt);
	int n = vsnprintf(text, TEXT_BYTES, fmt, args);
	va_end(args);
	assert(n >= 0 && n < TEXT_BYTES);
	return text;
}

static void
make_piece(ptrdiff_t i, const char *where, const char *inner, const char *by)
{
	const struct retain_rule *r = &rules[i];
	all[i].piece = put(i, PIECE,
	    "DELETE FROM %s WHERE org = $1%s AND %s IN (SELECT x.%s FROM %s x"
	    " WHERE x.org = $1%s ORDER BY x.%s LIMIT %d)",
	    r->table, where, r->key, r->key, r->table, inner, by, RETAIN_PIECE);
}

static void
make_aged(ptrdiff_t i)
{
	const struct retain_rule *r = &rules[i];
	char inner[60];
	snprintf(inner, sizeof inner, " AND x.%s <= $2", r->clock);
	all[i].count =
	    put(i, COUNT, "SELECT COUNT(*) FROM %s WHERE org = $1 AND %s <= $2",
		r->table, r->clock);
	make_piece(i, "", inner, r->clock);
}

static void
make_words(ptrdiff_t i)
{
	const struct retain_rule *r = &rules[i];
	all[i].count = put(i, COUNT,
	    "SELECT COUNT(*) FROM %s WHERE org = $1 AND network = $2 AND %s",
	    r->table, r->left);
	all[i].piece = put(i, PIECE,
	    "UPDATE %s SET %s WHERE org = $1 AND network = $2 AND %s", r->table,
	    r->set, r->left);
}

static void
make_rows(ptrdiff_t i)
{
	const struct retain_rule *r = &rules[i];
	all[i].count = put(i, COUNT,
	    "SELECT COUNT(*) FROM %s WHERE org = $1 AND network = $2",
	    r->table);
	make_piece(i, " AND network = $2", " AND x.network = $2", r->key);
}

/* The vault's is in retention.c: it has no network of its own. */
static void
make_all(void)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(rules); i++) {
		if (rules[i].how > RETAIN_AGED)
			continue;
		all[i].total = put(i, TOTAL,
		    "SELECT COUNT(*) FROM %s WHERE org = $1", rules[i].table);
		if (str_eq(str_c(rules[i].table), S("vault")))
			continue;
		if (rules[i].how == RETAIN_ROWS)
			make_rows(i);
		else if (rules[i].how == RETAIN_WORDS)
			make_words(i);
		else
			make_aged(i);
	}
}

const struct retain_sql *
retain_sql(ptrdiff_t rule)
{
	pthread_once(&made, make_all);
	return &all[rule];
}
