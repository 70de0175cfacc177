/* SPDX-License-Identifier: MPL-2.0 */

/* Open data: dialogues that are over, in sums. */
#include "engine/suppress.h"
#include "model/dialogue.h"
#include "report/open_data_parts.h"

/* A statement of a dialogue in which so many people voted. */
struct voted {
	struct id id;
	int64_t people;
	const struct statement *statement;
};

/* Anybody could answer it, and can no more. */
static bool
is_for_all(const struct open_out *o, const struct record *r)
{
	return str_eq(record_value(r, "door"), S("link")) &&
	    !str_eq(record_value(r, "state"), S("draft")) &&
	    !dialogue_is_open(r, o->who);
}

/* A statement's counts, and of which nothing is said: those who voted in the
 * dialogue, but not on it.  How many voted in all is told, so where few did not
 * vote on it, neither is it told how many did. */
static void
put_counts(const struct open_out *o, struct csv *csv,
    const struct vote_sum *sum, int64_t people)
{
	bool of_votes[4], of_people[5];
	int64_t votes = sum->agree + sum->disagree + sum->pass;
	int64_t part[] = {sum->agree, sum->disagree, sum->pass, people - votes};
	suppress_line(part, 3, (int32_t)o->ask->k, of_votes);
	suppress_line(part, 4, (int32_t)o->ask->k, of_people);
	for (int i = 0; i < 3; i++)
		open_count(csv, part[i], of_votes[i] || of_people[i]);
	open_count(csv, votes, of_votes[3] || of_people[3]);
}

static void
put_statement(const struct open_out *o, struct csv *csv,
    const struct voted *dialogue, const struct vote_sum *sum)
{
	const struct statement *s = dialogue->statement;
	csv_text(csv, id_text(o->arena, dialogue->id));
	csv_int(csv, s->number);
	csv_text(csv, s->text);
	csv_text(csv, s->source);
	put_counts(o, csv, sum, dialogue->people);
	csv_row(csv);
}

static enum err
put_statements(
    const struct open_out *o, struct csv *csv, const struct record *r)
{
	struct vote_sums sums = {0};
	struct statements all = {0};
	struct voted voted = {.id = r->id};
	struct arena *a = arena_scratch(o->arena);
	enum err e = voter_count(o->db, a, o->who, r->id, &voted.people);
	if (e == ERR_OK)
		e = statement_list(o->db, a, o->who, r->id, &all);
	if (e == ERR_OK)
		e = vote_sums(o->db, a, o->who, r->id, &sums);
	for (ptrdiff_t i = 0, at = 0; e == ERR_OK && i < all.n; i++) {
		const struct statement *s = &all.list[i];
		struct vote_sum none = {.statement = s->number};
		while (at < sums.n && sums.list[at].statement < s->number)
			at++;
		bool any = at < sums.n && sums.list[at].statement == s->number;
		voted.statement = s;
		if (str_eq(s->state, S("shown")))
			put_statement(
			    o, csv, &voted, any ? &sums.list[at] : &none);
	}
	arena_close(a);
	return e;
}

static enum err
put_dialogue(const struct open_out *o, struct csv *csv, const struct record *r)
{
	int64_t people;
	enum err e = voter_count(o->db, o->arena, o->who, r->id, &people);
	if (e != ERR_OK)
		return e;
	csv_text(csv, id_text(o->arena, r->id));
	csv_text(csv, record_value(r, "question"));
	csv_text(csv, record_value(r, "about"));
	csv_text(csv, record_value(r, "ends"));
	open_count(csv, people, people > 0 && people < o->ask->k);
	csv_row(csv);
	return ERR_OK;
}

enum err
open_dialogues(const struct open_out *o)
{
	struct records all;
	enum err e = record_list(o->db, o->arena, o->who, KIND_DIALOGUE, &all);
	if (e != ERR_OK)
		return e;
	struct csv csv = open_table(o, "dialoger.csv");
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		if (is_for_all(o, &all.list[i]))
			e = put_dialogue(o, &csv, &all.list[i]);
	}
	if (e == ERR_OK)
		e = csv_end(&csv);
	if (e != ERR_OK)
		return e;
	csv = open_table(o, "udsagn.csv");
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		if (is_for_all(o, &all.list[i]))
			e = put_statements(o, &csv, &all.list[i]);
	}
	return e == ERR_OK ? csv_end(&csv) : e;
}
