/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_WEB_CASES_H
#define TESTS_WEB_CASES_H

#include "tests/web/site.h"

/* cases.h - for every route a request that is in order, for tests that ask
 * each of them something.
 *
 * web_full() makes the site they need: Mette leads and administers, the
 * network has a record of every kind, Ida is in none, Gry has a second step.
 * tests/web/cases.def is the table; a route without a case fails the matrix.
 */
struct full {
	struct web web;
	struct id ida, gry;
	struct str totp_key; /* Gry's */
	struct id other; /* a network that Ali leads */
	int turn; /* makes what must be new */
};

void web_full(struct full *, struct arena *, struct db *);

/* One request: where it is aimed at, and what it became. */
struct shot {
	struct id network; /* in: the world's own, the other, or none such */
	bool exists; /* in: whether there is such a network */
	struct id id; /* {id} */
	struct str token; /* {token} */
	struct str bearer; /* of a program; "": none */
	struct str path, form; /* out */
};

/* tests/web/matrix.c says what each means for each role. */
enum who_may {
	WHO_EVERYBODY = 1,
	WHO_NO_ONE, /* from another machine */
	WHO_FIRST_STEP, /* signed in, the second step may be due */
	WHO_SIGNED_IN,
	WHO_LETS_IN, /* accounts and mail */
	WHO_OVERSEES, /* every network's standing */
	WHO_EDITS_CATALOGUE, /* methods and limits */
	WHO_READS, /* a network */
	WHO_WRITES, /* its plan */
	WHO_TAKES_PART, /* with agendas and tasks */
	WHO_RUNS, /* members, name and dates */
	WHO_KNOWS, /* who is asked, by code and alias */
	WHO_ASKS, /* adds and changes them */
	WHO_OPENS, /* their contact details */
	WHO_WATCHES, /* who opened them */
	WHO_DECIDES, /* notes what was decided */
	WHO_COUNT
};

struct web_case {
	enum http_method method;
	const char *pattern; /* as in web/routes.def */
	const char *kind; /* {kind}; NULL: none */
	const char *query; /* of a GET; NULL: none */
	/* Sets up what the request needs, and its ids, token and form.  It may
	 * end the session of who is signed in.  NULL: nothing is needed. */
	void (*aim)(struct full *, struct shot *);
	int status; /* of the answer when all is well */
	enum who_may who;
};

struct web_cases {
	const struct web_case *list;
	ptrdiff_t n;
};
struct web_cases web_cases(void);

/* Aims of cases about activities (tests/web/cases_activity.c). */
void aim_public(struct full *, struct shot *);
void aim_public_save(struct full *, struct shot *);
void aim_reuse(struct full *, struct shot *);
void aim_activity(struct full *, struct shot *);
void aim_activity_step(struct full *, struct shot *);
void aim_message(struct full *, struct shot *);
void aim_ethics(struct full *, struct shot *);
void aim_pass(struct full *, struct shot *);
void aim_terms(struct full *, struct shot *);

/* About invitations and by citizens (tests/web/cases_citizen.c). */
void aim_invitation(struct full *, struct shot *);
void aim_invite(struct full *, struct shot *);
void aim_letters(struct full *, struct shot *);
void aim_citizen(struct full *, struct shot *);
void aim_code_typed(struct full *, struct shot *);
void aim_citizen_answer(struct full *, struct shot *);

/* About what people said (tests/web/cases_voices.c). */
void aim_voice(struct full *, struct shot *);
void aim_person(struct full *, struct shot *);
void aim_voices(struct full *, struct shot *);
void aim_merge(struct full *, struct shot *);
void aim_merged(struct full *, struct shot *);
void aim_split(struct full *, struct shot *);
void aim_undo(struct full *, struct shot *);
void aim_coding(struct full *, struct shot *);
void aim_code_of_book(struct full *, struct shot *);
void aim_new_code(struct full *, struct shot *);
void aim_codebook(struct full *, struct shot *);
void aim_new_voices(struct full *, struct shot *);
void aim_new_voice(struct full *, struct shot *);
void aim_reword(struct full *, struct shot *);
void aim_voice_step(struct full *, struct shot *);
void aim_voice_tags(struct full *, struct shot *);
void aim_voice_agree(struct full *, struct shot *);
void aim_voices_file(struct full *, struct shot *);
void aim_recall(struct full *, struct shot *);
void aim_evidence(struct full *, struct shot *);
void aim_citizen_say(struct full *, struct shot *);
void aim_citizen_word(struct full *, struct shot *);
void aim_citizen_media(struct full *, struct shot *);

/* One that is clean, with a file, a small copy and captions. */
struct id web_media(
    struct full *, const struct actor *, struct id contribution);

/* About dialogues (tests/web/cases_dialogue.c). */
void aim_dialogue(struct full *, struct shot *);
void aim_dialogue_add(struct full *, struct shot *);
void aim_dialogue_read(struct full *, struct shot *);
void aim_talk(struct full *, struct shot *);
void aim_talk_vote(struct full *, struct shot *);
void aim_talk_say(struct full *, struct shot *);
void aim_talk_closed(struct full *, struct shot *);
void aim_code_talk(struct full *, struct shot *);
void aim_code_talk_vote(struct full *, struct shot *);
void aim_code_talk_say(struct full *, struct shot *);
void aim_code_talk_take(struct full *, struct shot *);
void aim_code_talk_closed(struct full *, struct shot *);
/* About ideas (tests/web/cases_ideas.c). */
void aim_idea(struct full *, struct shot *);
void aim_handover(struct full *, struct shot *);
void aim_idea_step(struct full *, struct shot *);
void aim_idea_hide(struct full *, struct shot *);
void aim_idea_feedback(struct full *, struct shot *);
void aim_idea_whole(struct full *, struct shot *);
void aim_idea_derive(struct full *, struct shot *);
void aim_idea_quick(struct full *, struct shot *);
void aim_idea_bank_save(struct full *, struct shot *);
void aim_idea_public(struct full *, struct shot *);
void aim_idea_send(struct full *, struct shot *);
void aim_idea_sent(struct full *, struct shot *);
void aim_citizen_idea(struct full *, struct shot *);

/* About files and programs (tests/web/cases_exchange.c). */
void aim_exchange(struct full *, struct shot *);
void aim_exchange_send(struct full *, struct shot *);
void aim_exchange_fetch(struct full *, struct shot *);
void aim_api(struct full *, struct shot *);
void aim_api_vote(struct full *, struct shot *);
void aim_api_state(struct full *, struct shot *);
void aim_api_idea(struct full *, struct shot *);
void aim_api_withdraw(struct full *, struct shot *);
void aim_api_round(struct full *, struct shot *);
void aim_api_round_closed(struct full *, struct shot *);
void aim_token(struct full *, struct shot *);
void aim_token_make(struct full *, struct shot *);

void aim_origin(struct full *, struct shot *);
void aim_origin_there(struct full *, struct shot *);
void aim_webhook(struct full *, struct shot *);
void aim_webhook_make(struct full *, struct shot *);

/* About what people ask of their data (tests/web/cases_rights.c). */
void aim_asked(struct full *, struct shot *);
void aim_asks(struct full *, struct shot *);
void aim_citizen_asks(struct full *, struct shot *);
void aim_pause(struct full *, struct shot *);

/* About what is kept how long (tests/web/cases_retention.c). */
void aim_ended(struct full *, struct shot *);
void aim_decision(struct full *, struct shot *);
void aim_clock(struct full *, struct shot *);
/* About the field (tests/web/cases_field.c). */
void aim_field_day(struct full *, struct shot *);
void aim_field_end(struct full *, struct shot *);
void aim_field_item(struct full *, struct shot *);
void aim_field_draft(struct full *, struct shot *);

/* About rounds of priorities (tests/web/cases_rounds.c). */
/* About decisions (tests/web/cases_decisions.c). */
void aim_verdict(struct full *, struct shot *);
void aim_decision_take(struct full *, struct shot *);
void aim_decision_taken(struct full *, struct shot *);
void aim_decision_linked(struct full *, struct shot *);
void aim_decision_closed(struct full *, struct shot *);
void aim_decision_ready(struct full *, struct shot *);
void aim_decision_react(struct full *, struct shot *);
void aim_story(struct full *, struct shot *);
void aim_card(struct full *, struct shot *);
void aim_after(struct full *, struct shot *);
void aim_answer_letters(struct full *, struct shot *);
void aim_code_replies(struct full *, struct shot *);
void aim_trial(struct full *, struct shot *);
void aim_trial_start(struct full *, struct shot *);
void aim_trial_analysis(struct full *, struct shot *);
void aim_trial_note(struct full *, struct shot *);
void aim_trial_said(struct full *, struct shot *);
void aim_code_trial(struct full *, struct shot *);
void aim_experience(struct full *, struct shot *);
void aim_experience_paper(struct full *, struct shot *);
void aim_measure_phones(struct full *, struct shot *);
void aim_measure_form_in(struct full *, struct shot *);
void aim_measure_table_in(struct full *, struct shot *);
void aim_measure_draft(struct full *, struct shot *);
void aim_measure(struct full *, struct shot *);
void aim_measure_closed(struct full *, struct shot *);
void aim_measure_paper(struct full *, struct shot *);
void aim_measure_form(struct full *, struct shot *);
void aim_citizen_measure(struct full *, struct shot *);
void aim_round(struct full *, struct shot *);
void aim_round_draft(struct full *, struct shot *);
void aim_round_pairs(struct full *, struct shot *);
void aim_round_ideas(struct full *, struct shot *);
void aim_round_import(struct full *, struct shot *);
void aim_round_import_send(struct full *, struct shot *);
void aim_round_closed(struct full *, struct shot *);
void aim_round_vote(struct full *, struct shot *);
void aim_paper(struct full *, struct shot *);
void aim_citizen_vote(struct full *, struct shot *);
void aim_citizen_result(struct full *, struct shot *);

/* About a corps of volunteers (tests/web/cases_corps.c). */
void aim_corps(struct full *, struct shot *);
void aim_corps_form(struct full *, struct shot *);
void aim_pledge_save(struct full *, struct shot *);
void aim_pledge(struct full *, struct shot *);
void aim_shift(struct full *, struct shot *);
void aim_shift_over(struct full *, struct shot *);
void aim_shift_phones(struct full *, struct shot *);
void aim_expense(struct full *, struct shot *);
void aim_shift_told(struct full *, struct shot *);
void aim_citizen_corps(struct full *, struct shot *);
void aim_citizen_feed(struct full *, struct shot *);
void aim_shift_calendar(struct full *, struct shot *);

/* Aims a case at a network: sets it up and fills path and form. */
struct shot web_aim(
    struct full *, const struct web_case *, struct id network, bool exists);

/* Fires it as whoever is signed in. */
struct reply web_fire(struct full *, const struct web_case *, struct shot);

#endif
