/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_VAULT_H
#define MODEL_VAULT_H

#include "model/actor.h"

/* vault.h - names and addresses of people, sealed.
 *
 * Each person has a key of their own, wrapped by the installation's; what is
 * sealed with it can be read only together with both.  So one row destroyed is
 * a person erased, whatever else was sealed for them, and a copy of the
 * database without DIR/key names nobody.  (A copy from before, together with
 * DIR/key, still does.)
 *
 * Staff see each other's names as their work: vault_names() leaves no trace.
 * doc/decisions/0004 says why, and what is logged for everyone else.
 * Tests: tests/model/vault.c, tests/model/people.c
 */
struct vault_entry {
	struct str name, mail;
};

enum err vault_put(struct db *, struct arena *, const struct actor *,
    struct id person, struct vault_entry) MUST_USE;

enum err vault_get(struct db *, struct arena *, const struct actor *,
    struct id person, struct vault_entry *) MUST_USE;

/* Who has this mail address; ERR_NOT_FOUND. */
enum err vault_find_mail(struct db *, struct arena *, const struct actor *,
    struct str mail, struct id *person) MUST_USE;

struct vault_name {
	struct id person;
	struct str name, mail;
};

struct vault_names {
	struct vault_name *list; /* in Danish order of their names */
	ptrdiff_t n;
};

/* Everyone who has an account; one query. */
enum err vault_names(struct db *, struct arena *, const struct actor *,
    struct vault_names *) MUST_USE;

/* "" when the person is not among them. */
struct str vault_name_of(const struct vault_names *, struct id person);

/* ---- the people who are asked (model/vault_contact.c) ---- */

struct vault_contact {
	struct str name, mail, phone, address, guardian;
};

/* All of a person's entry, under a new key; "" is not held. */
enum err vault_contact_put(struct db *, struct arena *, const struct actor *,
    struct id person, const struct vault_contact *) MUST_USE;

enum err vault_contact_get(struct db *, struct arena *, const struct actor *,
    struct id person, struct vault_contact *) MUST_USE;

/* Whoever has this mail or this phone (each may be "") and this name, whatever
 * the case and the spaces; ERR_NOT_FOUND. */
enum err vault_contact_find(struct db *, struct arena *, const struct actor *,
    const struct vault_contact *, struct id *person) MUST_USE;

/* What is the same of two that vault_contact_find() takes for one: a phone's
 * digits without the country code; a name's letters without case and spaces. */
struct str vault_phone_key(struct arena *, struct str phone);
struct str vault_name_key(struct arena *, struct str name);

#endif
