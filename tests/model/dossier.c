/* SPDX-License-Identifier: MPL-2.0 */

/* What a person gets who asks for everything (P20): all that is theirs in every
 * table, nothing of anybody else, and who looked (guide:S45). */
#include "model/dossier.h"

#include "base/buf.h"
#include "model/contribution.h"
#include "model/mask.h"
#include "tests/model/fixture.h"

static struct person
somebody(struct world *w, const char *alias)
{
	struct person p = {.id = id_new(w->leader.now_us),
	    .alias = str_c(alias),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand hjemme"),
	    .source = S("named")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	CHECK_OK(person_get(w->db, w->arena, &w->leader, p.id, &p));
	return p;
}

/* A row of what the schema wants, of each table that a person's own id leads to
 * and that has words: each word is "fund-TABLE-COLUMN-NAME". */
static struct str
word(struct arena *a, const char *table, struct str column, const char *whose)
{
	return STR_JOIN(
	    a, S("fund-"), str_c(table), S("-"), column, S("-"), str_c(whose));
}

static const struct {
	const char *table, *sql; /* $1 org $2 network $3 person $4 id $5 word */
} planted[] = {
    {"message",
	"INSERT INTO message (org, network, id, person, at_us, text)"
	" VALUES ($1, $2, $4, $3, 5, $5)"},
    {"asked",
	"INSERT INTO asked (org, network, id, person, vault, at_us,"
	" minutes_asked, minutes_used) VALUES ($1, $2, $4, $3, $4, 5,"
	" length($5), 0)"},
    {"contribution",
	"INSERT INTO contribution (org, network, id, rev, changed_us, at_us,"
	" person, actor_kind, teller, kind, original, wording, shortened,"
	" approval, state, reason, basis, scope, anonymity, given_by)"
	" VALUES ($1, $2, $4, 1, 5, 5, $3, 'citizen', 'self', 'quote', $5,"
	" '', 0, '', 'received', '', 'consent', 0, 'alias', 'self')"},
    {"contribution_tag",
	"INSERT INTO contribution_tag (org, network, contribution, tag)"
	" SELECT c.org, c.network, c.id, $5 FROM contribution c"
	" WHERE c.org = $1 AND c.network = $2 AND c.person = $3"
	" AND c.id <> $4"},
    {"consent",
	"INSERT INTO consent (org, network, id, contribution, person, at_us,"
	" event, basis, scope, anonymity, given_by, age, text) VALUES ($1, $2,"
	" $4, $4, $3, 5, 'given', 'consent', 0, 'alias', 'self', '', $5)"},
    {"corps_offer",
	"INSERT INTO corps_offer (org, network, person, knowledge, skills,"
	" resources, changed_us) SELECT $1, $2, $3, $5, '', '', 5"
	" FROM organisation o WHERE o.org = $1 AND o.org <> $4"},
    {"erasure",
	"INSERT INTO erasure (org, network, person, asked_us, longer, ground,"
	" note) SELECT $1, $2, $3, 5, $5, '', '' FROM organisation o"
	" WHERE o.org = $1 AND o.org <> $4"},
    {"subject_request",
	"INSERT INTO subject_request (org, network, id, person, kind, received,"
	" text, longer, outcome, answer, noted_us) VALUES ($1, $2, $4, $3,"
	" 'access', '2026-11-01', $5, '', '', '', 5)"},
    {"field_item",
	"INSERT INTO field_item (org, network, id, day, account, came_us, kind,"
	" state, voice, person, allows) VALUES ($1, $2, $4, $4, $4, 5, 'words',"
	" 'draft', $4, $3, $5)"},
    {"access",
	"INSERT INTO access (org, id, at_us, account, network, person, count,"
	" what, reason) VALUES ($1, $4, 5, NULL, $2, $3, 1, 'contact', $5)"},
};

static void
plant(struct world *w, struct id person, const char *whose)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(planted); i++) {
		struct str text =
		    word(w->arena, planted[i].table, S("x"), whose);
		CHECK_OK(db_exec(w->db, planted[i].sql, NULL, DB_ID(w->org.id),
		    DB_ID(w->network), DB_ID(person), DB_ID(id_new(NOW_US + i)),
		    DB_TEXT(text)));
	}
}

/* Every table and value, one a line. */
static struct str
told(struct arena *a, const struct dossier *d)
{
	struct buf b = buf_new(a, 1024 * 1024);
	buf_fmt(&b, "%.*s %.*s %.*s\n", STR_ARG(d->contact.name),
	    STR_ARG(d->contact.mail), STR_ARG(d->contact.phone));
	for (ptrdiff_t i = 0; i < d->n; i++) {
		buf_fmt(&b, "[%s]\n", d->part[i].table->table);
		for (ptrdiff_t r = 0; r < d->part[i].n; r++) {
			const struct dossier_row *row = &d->part[i].row[r];
			for (ptrdiff_t k = 0; k < row->n; k++)
				buf_fmt(&b, "%.*s: %.*s %.*s\n",
				    STR_ARG(row->fact[k].label),
				    STR_ARG(row->fact[k].raw),
				    STR_ARG(row->fact[k].value));
		}
	}
	return buf_str(&b);
}

static struct str
told_of(struct world *w, struct id person)
{
	struct dossier d;
	struct actor who = actor_inside(&w->program, w->network);
	struct dossier_wish wish = {
	    .person = person, .lang = LANG_DA, .contact = true};
	CHECK_OK(dossier_get(w->db, w->arena, &who, &wish, &d));
	return told(w->arena, &d);
}

TEST_DB(dossier_has_all_of_one_person_and_nothing_of_another)
{
	struct world w;
	world_new(&w, arena, db);
	struct person one = somebody(&w, "Karen"), other = somebody(&w, "Ole");
	plant(&w, one.id, "hendes");
	plant(&w, other.id, "hans");
	struct str all = told_of(&w, one.id);
	for (ptrdiff_t i = 0; i < COUNT_OF(planted); i++) {
		const char *table = planted[i].table;
		if (!str_eq(str_c(table), S("asked")))
			CHECK_HAS(all, word(arena, table, S("x"), "hendes"));
		CHECK_HAS(all, STR_JOIN(arena, S("["), str_c(table), S("]")));
	}
	CHECK_HAS(all, S("Passer sin mand hjemme"));
	CHECK_LACKS(all, S("-hans"));
	/* Keys and hashes are the program's. */
	CHECK_LACKS(all, id_text(arena, w.network));
	CHECK_HAS(told_of(&w, other.id), S("-hans"));
}

TEST_DB(dossier_masks_others_and_names_staff_by_role)
{
	struct world w;
	world_new(&w, arena, db);
	struct person one = somebody(&w, "Karen"),
		      other = somebody(&w, "Viggo");
	struct person_contact c = {.name = S("Viggo Friis"),
	    .mail = S("viggo@borger.example"),
	    .phone = S("22334455")};
	CHECK_OK(person_contact_put(db, arena, &w.leader, other.id, &c));
	c = (struct person_contact){.name = S("Karen Holm"),
	    .mail = S("karen@borger.example"),
	    .phone = S("20 30 40 50")};
	CHECK_OK(person_contact_put(db, arena, &w.leader, one.id, &c));
	CHECK_OK(db_exec(db, planted[0].sql, NULL, DB_ID(w.org.id),
	    DB_ID(w.network), DB_ID(one.id), DB_ID(id_new(NOW_US)),
	    DB_TEXT(S("Viggos nabo ringede fra 22334455 til 20 30 40 50, "
		      "viggo@borger.example, 070361-4285, Mette Holm"))));
	CHECK_OK(person_contact_read(
	    db, arena, &w.leader, one.id, S("Ringe om besøget"), &c));
	struct str all = told_of(&w, one.id);
	CHECK_HAS(all,
	    S("[...]s nabo ringede fra [...] til 20 30 40 50, "
	      "[...], xxxxxx-xxxx"));
	CHECK_LACKS(all, S("Viggo"));
	CHECK_LACKS(all, S("070361"));
	CHECK_HAS(all, S("karen@borger.example"));
	/* Who looked, when and why. */
	CHECK_HAS(all, S("Ringe om besøget"));
	CHECK_HAS(all, S("Netværksleder"));
	CHECK_LACKS(all, S("Mette"));
}

/* The twin: without a name to hide the text stays as it was. */
TEST(dossier_mask_leaves_what_is_nobodys)
{
	struct mask m = mask_new(arena, 4);
	m.own = S("Karen\n20304050");
	mask_other(&m, S("Karen"));
	mask_other(&m, S("Ib"));
	mask_other(&m, S("Else"));
	CHECK_STR(mask_text(&m, S("Karen og Ib, 20304050, kl. 10 den 24.")),
	    S("Karen og Ib, 20304050, kl. 10 den 24."));
	CHECK_STR(mask_text(&m, S("Else sagde det. Elsebeth og Elses søn.")),
	    S("[...] sagde det. Elsebeth og [...]s søn."));
	CHECK_STR(mask_text(&m, S("")), S(""));
	CHECK_STR(mask_text(&m, S("24.11.2026, 24-11-2026 og 2026-11-24")),
	    S("24.11.2026, 24-11-2026 og 2026-11-24"));
}

/* Jens is not Karen Jensen, and a number is one however it is written. */
TEST(dossier_mask_finds_a_name_within_their_own_and_numbers_in_groups)
{
	struct mask m = mask_new(arena, 4);
	m.own = S("Karen Jensen\n20304050");
	mask_other(&m, S("Jens"));
	mask_other(&m, S("Jensen"));
	CHECK_STR(mask_text(&m, S("Jens ringede til Jensen.")),
	    S("[...] ringede til Jensen."));
	CHECK_STR(mask_text(&m,
		      S("21-22-23-24, 21.22.23.24, 21 22 23 24, "
			"0045 21222324, +45 2122 2324.")),
	    S("[...], [...], [...], [...], +[...]."));
}

static enum err
fetch(struct world *w, const struct actor *who, struct id person,
    struct str reason, struct dossier *d)
{
	struct dossier_wish wish = {
	    .person = person, .lang = LANG_DA, .reason = reason};
	return dossier_read(w->db, w->arena, who, &wish, d);
}

TEST_DB(dossier_read_needs_a_reason_and_is_logged)
{
	struct world w;
	struct dossier d;
	struct access_rows log;
	world_new(&w, arena, db);
	struct person p = somebody(&w, "Karen");
	CHECK_INT(fetch(&w, &w.leader, p.id, S(" "), &d), ERR_INVALID);
	CHECK_INT(
	    fetch(&w, &w.leader, p.id, S("070361-4285"), &d), ERR_INVALID);
	CHECK_INT(fetch(&w, &w.decider, p.id, S("Se"), &d), ERR_DENIED);
	CHECK_OK(access_list(db, arena, &w.leader, 10, &log));
	CHECK_INT(log.n, 0);
	CHECK_OK(fetch(&w, &w.leader, p.id, S("Hun har bedt om det"), &d));
	CHECK_OK(access_list(db, arena, &w.leader, 10, &log));
	CHECK_INT(log.n, 1);
	CHECK_STR(log.list[0].what, S("dossier"));
	/* Who may not open the contact gets the rest. */
	struct actor dpo = w.leader;
	dpo.caps = CAP_READ | CAP_PEOPLE | CAP_ACCESS;
	struct person_contact c = {
	    .name = S("Karen Holm"), .phone = S("20304050")};
	CHECK_OK(person_contact_put(db, arena, &w.leader, p.id, &c));
	CHECK_OK(fetch(&w, &dpo, p.id, S("Tilsyn"), &d));
	CHECK(d.has_contact && !d.opened && d.contact.name.n == 0);
	CHECK_OK(person_erase(db, arena, &w.leader, p.id));
	CHECK_INT(fetch(&w, &w.leader, p.id, S("Se"), &d), ERR_NOT_FOUND);
}
