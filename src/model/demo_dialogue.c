/* SPDX-License-Identifier: MPL-2.0 */
#include "model/demo_dialogue.h"

#include "base/buf.h"
#include "engine/random.h"
#include "model/dialogue.h"

enum { CAMPS = 2, PASS_SHARE = 8, SEEN_SHARE = 90 };

static enum err
add_statements(struct demo_loader *l, const struct actor *who,
    struct id dialogue, const json_t *list)
{
	enum err e = ERR_OK;
	for (size_t i = 0; e == ERR_OK && i < json_array_size(list); i++) {
		struct statement s = {.once = id_new(who->now_us + l->ticks++),
		    .text = demo_text(json_array_get(list, i), "text"),
		    .seed = true,
		    .source = S("staff")};
		e = statement_add(l->db, l->arena, who, dialogue, &s);
	}
	return e;
}

/* -2: they have not seen it. */
static int
vote_of(struct random *chance, const json_t *statement, int camp)
{
	const json_t *shares = json_object_get(statement, "agree");
	json_int_t agree =
	    json_integer_value(json_array_get(shares, (size_t)camp));
	uint64_t seen = random_below(chance, 100);
	uint64_t pass = random_below(chance, 100);
	uint64_t side = random_below(chance, 100);
	if (seen >= SEEN_SHARE)
		return -2;
	if (pass < PASS_SHARE)
		return VOTE_PASS;
	return side < (uint64_t)agree ? VOTE_AGREE : VOTE_DISAGREE;
}

static enum err
add_votes(struct demo_loader *l, const struct actor *who, struct id dialogue,
    const json_t *item)
{
	const json_t *list = json_object_get(item, "statements");
	json_int_t voters = json_integer_value(json_object_get(item, "voters"));
	struct random chance = random_new(S("demo"), S("dialogue"));
	enum err e = ERR_OK;
	for (json_int_t i = 0; e == ERR_OK && i < voters; i++) {
		struct voter v = voter_of(who, dialogue, VOTER_LINK,
		    str_fmt(l->arena, "demo %lld", (long long)i));
		for (size_t j = 0; e == ERR_OK && j < json_array_size(list);
		     j++) {
			int vote = vote_of(
			    &chance, json_array_get(list, j), (int)(i % CAMPS));
			if (vote >= VOTE_DISAGREE)
				e = voter_votes(l->db, l->arena, who, &v,
				    (struct vote){(int64_t)j, vote});
		}
	}
	return e;
}

static enum err
add_dialogue(struct demo_loader *l, const json_t *item)
{
	static const char *const fields[] = {
	    "question", "about", "state", "door", "own"};
	struct actor who = demo_writer(l, item);
	struct record r = demo_record(l, KIND_DIALOGUE, &who);
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++)
		record_set(&r, fields[i], demo_text(item, fields[i]));
	record_set(&r, "pause", S("10"));
	enum err e = demo_save(l, &who, &r);
	if (e == ERR_OK)
		e = add_statements(
		    l, &who, r.id, json_object_get(item, "statements"));
	return e == ERR_OK ? add_votes(l, &who, r.id, item) : e;
}

enum err
demo_dialogues(struct demo_loader *l)
{
	return demo_each(l, "dialogues", add_dialogue);
}
