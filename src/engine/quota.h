/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_QUOTA_H
#define ENGINE_QUOTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* quota.h - who can be drawn, and what a panel must look like.
 *
 * People with the same features, the same weight and the same company at home
 * are interchangeable: there is a best distribution that gives them the same
 * chance.  So the search runs over classes of people, not over people, and
 * loses nothing (doc/engine/draw.md).  Tests: tests/solver/chances.c
 */
struct quota {
	ptrdiff_t n_people, n_features, n_values;
	int32_t size; /* of a panel, 1 or more */
	/* [n_people * n_features], row-major: which value a person has, as an
	 * index into lo and hi.  Each value belongs to one feature. */
	const int32_t *value;
	const int32_t *lo, *hi; /* [n_values]: 0 <= lo <= hi */
	/* [n_people], or NULL: people with the same number live together, and
	 * at most one of them may be drawn; -1: alone. */
	const int32_t *home;
	/* [n_people], or NULL for 1: finite and > 0.  Twice the weight asks for
	 * twice the chance. */
	const double *weight;
};

/* The people of one class.  Order of classes: by values, then weight, then
 * household; it does not depend on the order of people. */
struct quota_class {
	int32_t people;
	int32_t most; /* of them on one panel */
	int32_t kind; /* of household; -1: each of them lives alone */
	double weight;
};

/* One quota, its people sorted into classes. */
struct quota_pool {
	const struct quota *quota;
	ptrdiff_t n_classes;
	const struct quota_class *class;
	const int32_t *value; /* [n_classes * n_features] */
	/* Households of two or more whose members look the same, person by
	 * person, are one kind: a panel takes at most homes[kind] people from
	 * the classes of that kind. */
	ptrdiff_t n_kinds;
	const int32_t *homes; /* [n_kinds] */
	const int32_t *class_of; /* [n_people] */
	const int32_t *home_of; /* [n_people]: which of the kind's homes */
	/* people[first[c]] to people[first[c + 1] - 1] are in class c, in the
	 * order in which they came. */
	const int32_t *first, *people;
};

/* A panel: how many of which classes, classes rising, no count 0. */
struct panel {
	int32_t n;
	const int32_t *class, *count;
};

/* Sorts the people into classes.  O(n log n) comparisons of n_features values;
 * the answer lies on `a` and points to `q`. */
struct quota_pool *quota_classes(struct arena *a, const struct quota *q);

/* Whether the panel has the right size, keeps every quota, and takes at most
 * one of a household. */
bool quota_allows(struct arena *, const struct quota_pool *, struct panel);

/* Adds the panel's people to count[n_values]. */
void quota_count(
    const struct quota_pool *, struct panel, int64_t *count_of_value);

#endif
