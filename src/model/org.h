/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_ORG_H
#define MODEL_ORG_H

#include "model/actor.h"

/* org.h - the organisation: a municipality or region, the tenant.
 * Tests: tests/model/org.c, tests/web/orgs.c */
struct org {
	struct id id;
	struct str short_code; /* leads its cookies and codes: A-Z 0-9 */
	struct str host; /* its staff's, in lower case; "" for any */
	struct str name;
	struct str contact;
};

/* A host name alone, in lower case: letters, digits, '.', '-'. */
bool org_host_ok(struct str);

/* A new one, with a short code of its own unless `org` brings one. */
enum err org_create(
    struct db *, struct arena *, struct org, int64_t now_us) MUST_USE;

/* Another short code for one that has no network yet, so that codes on paper
 * from where it was before open their pages; it ends sign-ins.  *has: it has it
 * now.  It has not when there is a network, or another bears it. */
enum err org_take_short(struct db *, struct arena *, struct org *,
    struct str short_code, bool *has) MUST_USE;

/* Every organisation of the installation, the eldest first. */
struct orgs {
	struct org *list;
	ptrdiff_t n;
};
enum err org_list(struct db *, struct arena *, struct orgs *) MUST_USE;

/* The one that answers on this host name (without the port): the one whose
 * host it is, else the only one there is.  NULL: none. */
const struct org *org_by_host(const struct orgs *, struct str host);
/* One of the list's own; an id that is not there is a bug. */
const struct org *org_by_id(const struct orgs *, struct id);
const struct org *org_by_short(const struct orgs *, struct str short_code);

#endif
