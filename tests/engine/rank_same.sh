#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The same bytes from gcc and clang, -O0 and -O3: builds the engine four ways,
# links each with the rest of the release build, and compares what `samskab
# rank --json` prints.  A fifth build, in which multiplications and additions
# may melt together, shows that a difference would be seen where the machine
# has such an instruction.
#
#	sh tests/engine/rank_same.sh		after make
set -eu
cd "$(dirname "$0")/../.."
golden=${SAMSKAB_GOLDEN:-../shared/golden}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
libs="$(make -s print-libs) -lm"

# An election with many ties, and choices, made by arithmetic.
awk 'BEGIN {
	print "META\nkey;value\ndescription;Made\ncountry;x\nunit;x"
	print "instance;1\nnum_projects;40\nnum_votes;900\nbudget;40000,50"
	print "vote_type;approval\nrule;equalshares/add1\ndate_begin;1"
	print "date_end;1\nPROJECTS\nproject_id;cost"
	for (c = 0; c < 40; c++) printf "%d;%d\n", c, 500 + (c * 37 % 20) * 150
	print "VOTES\nvoter_id;vote;sex"
	for (v = 0; v < 900; v++) {
		x = (v * 7919 + 13) % 1009; printf "%d;%d", v, x % 40
		if (x % 3) printf ",%d", (x % 40 + 1 + x % 7) % 40
		if (x % 5 == 0) printf ",%d", (x % 40 + 9 + x % 11) % 40
		print x % 2 ? ";F" : ";M"
	}
}' >"$dir/made.pb"
awk 'BEGIN {
	print "voter,winner,loser"
	for (v = 0; v < 600; v++) {
		a = v * 7919 % 53; b = (a + 1 + v * 31 % 52) % 53
		printf "%d,%d,%d\n", v % 50, a, b
	}
}' >"$dir/made.csv"

# answers NAME: all that the program of this name says of all files
answers() {
	for pb in "$dir/made.pb" "$golden"/budgets/*.pb; do
		[ -r "$pb" ] || continue
		for rule in greedy equalshares equalshares/add1 phragmen; do
			for utility in cost votes; do
				"$dir/$1" rank --json --seed x --rule $rule \
					--utility $utility "$pb"
			done
		done
	done
	for csv in "$dir/made.csv" "$golden"/pairwise/*.csv; do
		[ -r "$csv" ] || continue
		"$dir/$1" rank --json --rule bradley-terry "$csv"
	done
}

# build NAME COMPILER OPTIONS...
build() {
	name=$1 cc=$2
	shift 2
	mkdir "$dir/$name.o"
	for c in src/engine/*.c; do
		$cc -std=c17 -D_GNU_SOURCE -Isrc -fPIE -w "$@" \
			$(pkg-config --cflags libsodium gmp) -c \
			-o "$dir/$name.o/$(basename "$c" .c).o" "$c"
	done
	set --
	for folder in cli web jobs report model db http base engine solver; do
		set -- "$@" build/release/$folder.a
	done
	# shellcheck disable=SC2086
	gcc -pie -o "$dir/$name" build/release/src/main.o "$dir/$name.o"/*.o \
		-Wl,--start-group "$@" -Wl,--end-group $libs
	answers "$name" >"$dir/$name.out"
}

build gcc0 gcc -O0 -ffp-contract=off
build gcc3 gcc -O3 -ffp-contract=off
build clang0 clang -O0 -ffp-contract=off
build clang3 clang -O3 -ffp-contract=off
failed=0
for name in gcc3 clang0 clang3; do
	cmp "$dir/gcc0.out" "$dir/$name.out" || failed=$((failed + 1))
done
passed=$((3 - failed))
if grep -qw fma /proc/cpuinfo 2>/dev/null; then
	build fused gcc -O3 -mfma -ffp-contract=fast
	if cmp -s "$dir/gcc0.out" "$dir/fused.out"; then
		echo "the fused build should differ, and does not"
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
fi
echo "$(wc -c <"$dir/gcc0.out") bytes compared"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
