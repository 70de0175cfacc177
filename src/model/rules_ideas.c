/* SPDX-License-Identifier: MPL-2.0 */

/* The rules about ideas: R14, R16 and R18. */
#include "model/idea.h"
#include "model/rules.h"

bool
rule_not_learned(struct rules *r, const struct idea *idea, bool learned)
{
	return !learned &&
	    rules_fire(r,
		(struct rule_hit){
		    .rule = 14, .stops = true, .argument = idea->title});
}

bool
rule_without_ground(struct rules *r, const struct idea *idea)
{
	return idea_without_ground(idea) &&
	    rules_fire(
		r, (struct rule_hit){.rule = 16, .argument = idea->title});
}

bool
rule_part_not_asked(struct rules *r, const struct idea *idea)
{
	return !idea_part_is_asked(idea) &&
	    rules_fire(
		r, (struct rule_hit){.rule = 18, .argument = idea->title});
}
