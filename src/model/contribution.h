/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CONTRIBUTION_H
#define MODEL_CONTRIBUTION_H

#include "model/person.h"
#include "model/record.h"

/* contribution.h - what people said, in their own words and under their own
 * control (S50, S55).
 *
 *	received -> reviewed -> approved -> used ------> answered
 *	                              `---> not used --^   (with a reason)
 *
 * The original is never overwritten: what stands instead is a wording of its
 * own, which the person is asked to approve.  A contribution is shown as far
 * as its scope goes and no further; once withdrawn its words are gone at once,
 * from here and from what is searched, and what was handed out is listed to be
 * called back (model/recall.h).
 *
 * Who reads: CAP_PEOPLE everything; who noted it, that one; others in the
 * network what is at least reviewed and meant for them.  Filtering reads an
 * index alone; a list of any filter reads at most that index and MAX rows.
 * Memory: the caller's arena.  Tests: tests/model/contribution.c
 */
enum scope { SCOPE_INTERNAL, SCOPE_NETWORK, SCOPE_DECISION, SCOPE_PUBLIC };

enum { SCOPES = 4, WORDS_MAX = 8000, TAGS_MAX = 10, TAG_MAX = 40 };

struct contribution {
	struct id id, account, person, activity, phase, group;
	int64_t rev, at_us, changed_us, withdrawn_us;
	struct str actor_kind, teller, kind;
	struct str original, wording;
	bool shortened;
	struct str approval, state, reason;
	struct str basis, anonymity, given_by;
	int64_t scope; /* enum scope; < 0: not chosen */
	struct str alias; /* of the person; "" for none, or who may not see */
	int64_t number; /* of the person; 0 the same */
	bool restricted; /* kept, and used for nothing: SQL_RESTRICTED */
};

/* SQL: what the contribution `c` says is of somebody whose wish to be deleted
 * was refused (model/erasure.h), or who had the use of it stopped (rights.h), or
 * was made of what such a one said.  It is kept for that ground alone: read by
 * those who look after it, shown to nobody else, and an input to nothing (trust
 * P10).  Whatever reads what people said to use it leaves these out; whoever
 * adds or widens asks contribution_check().  $1 the organisation, $2 the
 * network. */
#define SQL_RESTRICTED                                                     \
	"(EXISTS (SELECT w.person FROM erasure w WHERE w.org = $1"         \
	" AND w.network = $2 AND w.ground <> ''" /* asked once: seldom */  \
	" UNION ALL SELECT s.person FROM subject_request s"                \
	" WHERE s.org = $1 AND s.network = $2 AND s.outcome = 'granted'"   \
	"  AND s.kind IN ('restriction', 'objection'))"                    \
	" AND EXISTS (SELECT 1 FROM"                                       \
	" (SELECT y.person FROM erasure y WHERE y.org = $1"                \
	"    AND y.network = $2 AND y.ground <> ''"                        \
	"   UNION ALL SELECT z.person FROM subject_request z"              \
	"   WHERE z.org = $1 AND z.network = $2 AND z.outcome = 'granted'" \
	"    AND z.kind IN ('restriction', 'objection')) q"                \
	" WHERE q.person = c.person OR q.person IN"                        \
	"  (SELECT r.person FROM contribution_line n"                      \
	"    JOIN contribution r ON r.org = $1 AND r.network = $2"         \
	"     AND r.id = n.ancestor"                                       \
	"   WHERE n.org = $1 AND n.network = $2"                           \
	"    AND n.contribution = c.id)))"

/* What may be chosen; each list is ended by {0}. */
extern const struct choice contribution_kinds[];
extern const struct choice contribution_tellers[];
extern const struct choice contribution_states[];
extern const struct choice contribution_scopes[]; /* "0" .. "3" */
extern const struct choice contribution_anonymities[];
extern const struct choice contribution_bases[];
extern const struct choice contribution_givers[];

/* The words as they are shown: the wording, or else the original. */
struct str contribution_words(const struct contribution *);

/* "Karen, Holm": what looks like people's names in a text, for the writer
 * to look at again.  "" for none.  Linear. */
struct str contribution_names(struct arena *, struct str text);

struct contribution_faults { /* msgids, or NULL */
	const char *kind, *original, *person, *activity, *group, *basis, *scope,
	    *anonymity, *given_by, *teller;
	bool any;
};

/* Other outcomes than ERR_OK are of the database. */
enum err contribution_check(struct db *, struct arena *, const struct actor *,
    const struct contribution *, struct contribution_faults *) MUST_USE;

/* Whether what the person says is kept and used for nothing. */
enum err contribution_person_restricted(struct db *, struct arena *,
    const struct actor *, struct id person, bool *restricted) MUST_USE;

/* Adds it, with its receipt; the same id twice is one.  `told`: the text that
 * was agreed to.  Needs CAP_AGENDA; with a person CAP_ASK.  ERR_INVALID:
 * contribution_check(); ERR_CONFLICT: the id is of what somebody else said. */
enum err contribution_add(struct db *, struct arena *, const struct actor *,
    const struct contribution *, struct str told) MUST_USE;

/* ---- reading ---- */

/* The least scope that `who` reads in the network; below 0 everything. */
int64_t contribution_least(const struct actor *);

/* ERR_NOT_FOUND also for one that is not for `who`. */
enum err contribution_get(struct db *, struct arena *, const struct actor *,
    struct id, struct contribution *) MUST_USE;

struct contribution_filter {
	struct str state, kind, tag; /* "": any; state: any but withdrawn */
	struct id group, activity, phase, person, code; /* not set: any; a code:
			       * it or one below it */
	struct id before; /* older than this one; not set: from the newest */
	int max;
};

struct contribution_page {
	struct contribution *list; /* the newest first */
	ptrdiff_t n;
	int64_t total; /* that fit the filter and may be read */
};

enum err contribution_list(struct db *, struct arena *, const struct actor *,
    const struct contribution_filter *, struct contribution_page *) MUST_USE;

/* Looking for words (model/words.h says how): the newest that have them, fit
 * the filter (its before and max are not read) and may be read.  One
 * statement (contribution_find.c), so a rare filter finds its own. */
enum { SEARCH_MOST = 50 };
struct contribution_search {
	struct str query;
	struct contribution_filter filter;
	struct contribution *list; /* out */
	ptrdiff_t n;
	bool more; /* there are older ones */
};
enum err contribution_search(struct db *, struct arena *, const struct actor *,
    struct contribution_search *) MUST_USE;

/* For those who write words: what it is found by from now on. */
enum err contribution_index(struct db *, struct arena *, const struct actor *,
    const struct contribution *, struct str words) MUST_USE;

struct contribution_tags {
	struct str *list; /* in the order of their letters */
	int64_t *count;
	ptrdiff_t n;
};

/* Those of a network, or of one contribution (`of` set). */
enum err contribution_tags(struct db *, struct arena *, const struct actor *,
    struct id of, struct contribution_tags *) MUST_USE;

/* ---- the review: CAP_ASK, `rev` as it was read, else ERR_CONFLICT ---- */

/* Another wording; one of a person with a code is theirs to approve.  As the
 * original, or "": the original is shown again. */
enum err contribution_reword(struct db *, struct arena *, const struct actor *,
    const struct contribution *, struct str wording) MUST_USE;

/* For those who write other words: what follows them (the index, passages that
 * are coded, what was made of it). */
enum err contribution_reworded(struct db *, struct arena *,
    const struct actor *, const struct contribution *,
    struct str words) MUST_USE;

struct contribution_step {
	struct str state, reason;
};
/* The next state; "not_used" wants a reason.  ERR_INVALID: not from here, no
 * reason, or (approved) a wording that the person has not approved. */
enum err contribution_move(struct db *, struct arena *, const struct actor *,
    const struct contribution *, const struct contribution_step *) MUST_USE;
bool contribution_may_move(struct str from, struct str to);

/* All its tags, a comma between them.  ERR_INVALID: too many, too long. */
enum err contribution_tag(struct db *, struct arena *, const struct actor *,
    const struct contribution *, struct str tags) MUST_USE;

/* Noted for the person, who said so: scope and anonymity, or all of it taken
 * back, which needs nothing and no reason. */
enum err contribution_agree(struct db *, struct arena *, const struct actor *,
    const struct contribution *, struct str told) MUST_USE;
enum err contribution_withdraw(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

/* ---- receipts ---- */

struct receipt {
	int64_t at_us, scope;
	struct id account;
	struct str event, basis, anonymity, given_by, age, text;
};
struct receipts {
	struct receipt *list; /* as they came */
	ptrdiff_t n;
};
enum err contribution_receipts(struct db *, struct arena *,
    const struct actor *, struct id, struct receipts *) MUST_USE;

#endif
