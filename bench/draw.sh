#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Times samskab draw on the published pools: what, figure, aim, command.
#
#	bench/draw.sh		with SAMSKAB_GOLDEN, or ../shared/golden
#
# Wall time is the least of five runs; user time is given beside it, as it says
# less about what else the machine does.
set -eu
cd "$(dirname "$0")/.."
golden=${SAMSKAB_GOLDEN:-../shared/golden}/sortition
binary=${SAMSKAB_BINARY:-build/samskab}
[ -d "$golden" ] || {
	echo "skipped: the golden data are not here (SAMSKAB_GOLDEN)"
	exit 0
}

# NAME SIZE METHOD AIM RUNS
measure() {
	best=
	for _ in $(seq "$5"); do
		t=$({ /usr/bin/env bash -c 'TIMEFORMAT="%R %U"; time "$@" \
			>/dev/null' bash "$binary" draw --people \
			"$golden/$1/respondents.csv" --targets \
			"$golden/$1/categories.csv" --size "$2" --seed bench \
			--method "$3" --json; } 2>&1)
		best=$(printf '%s\n%s\n' "$best" "$t" | sed '/^$/d' | sort -n |
			head -n 1)
	done
	echo "$1 $3: ${best% *} s (user ${best#* } s), aim $4 s:" \
		"samskab draw --size $2 --method $3"
}

measure example_large_200 200 leximin 0.05 5
measure sf_fixture_22 22 leximin 0.3 5
measure sf_fixture_22 22 nash - 3
measure sf_fixture_22 22 goldilocks - 3
measure diversimax_exact_60 60 leximin 1 5
measure synthetic_sfe_110 110 maximin 10 2
measure synthetic_sfe_110 110 leximin - 2
