/* SPDX-License-Identifier: MPL-2.0 */
#include "bench/example.h"

#include "model/account.h"
#include "model/network.h"
#include "model/org.h"

enum err
example_leader(struct db *db, struct arena *a, const struct keys *keys,
    int64_t now_us, struct actor *who)
{
	struct orgs orgs;
	struct network_lines networks;
	struct account leader;
	enum err e = org_list(db, a, &orgs);
	if (e != ERR_OK || orgs.n == 0)
		return ERR_NOT_FOUND;
	struct actor program = actor_program(orgs.list[0].id, keys, now_us);
	e = network_mine(db, a, &program, &networks);
	if (e == ERR_OK)
		e = account_by_mail(db, a, &program,
		    S("mette.fjordlund@fjordby.example"), &leader);
	if (e != ERR_OK || networks.n == 0)
		return ERR_NOT_FOUND;
	*who = actor_inside(&program, networks.list[0].id);
	who->account = leader.id;
	return ERR_OK;
}
