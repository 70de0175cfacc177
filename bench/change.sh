#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# bench/change.sh - how long samskab change takes for 48 questions to 523
# people with 20,000 resamples: whole numbers from 1 to 5, and numbers with
# many decimals.  The median of 5 runs, whole process, CSV to JSON.
set -eu
binary=${SAMSKAB_BINARY:-build/samskab}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

awk 'BEGIN {
	srand(48)
	print "code,round,item,answer"
	for (p = 1; p <= 523; p++)
		for (i = 1; i <= 48; i++) {
			b = 1 + int(5 * rand())
			a = b + int(3 * rand()) - 1
			a = a < 1 ? 1 : a > 5 ? 5 : a
			printf "p%d,before,q%d,%d\np%d,after,q%d,%d\n", \
			    p, i, b, p, i, a
		}
}' >"$dir/whole.csv"
awk 'BEGIN {
	srand(523)
	print "case,pre,post"
	for (i = 1; i <= 48; i++)
		for (p = 1; p <= 523; p++)
			printf "q%d,%.12f,%.12f\n", i, rand(), rand() + 0.05
}' >"$dir/real.csv"

# "real user" of one run.
once() {
	/usr/bin/time -f '%e %U' -o "$dir/time" \
		"$binary" change "$1" --json --resamples 20000 >"$dir/out"
	cat "$dir/time"
}

for kind in whole real; do
	for i in 1 2 3 4 5; do once "$dir/$kind.csv"; done |
		sort -n | sed -n 3p >"$dir/median"
	read -r wall user <"$dir/median"
	echo "change, 48 x 523, 20,000 resamples, $kind numbers:" \
		"$wall s (processor $user s), aim < 0.5 s:" \
		"samskab change $kind.csv --json"
done
