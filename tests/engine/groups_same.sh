#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The same bytes from gcc and clang, -O0 and -O3: builds what `samskab groups`
# computes with four ways and compares --json.  The twin: with contraction
# allowed (-ffp-contract=fast -mfma) the bytes differ, so the comparison can
# fail.
#	tests/engine/groups_same.sh
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0
build/release/bench/groups_data 300 60 9000 >"$dir/votes.csv" || exit 2
main='#include "cli/cli.h"
int main(int argc, char **argv) {
	struct cli cli = {.name = "groups", .arena = arena_open(1 << 30),
	    .argc = argc - 1, .argv = argv + 1};
	return command_groups(&cli); }'
echo "$main" >"$dir/main.c"

# NAME COMPILER FLAG...
run() {
	name=$1 compiler=$2
	shift 2
	$compiler -std=c17 -D_GNU_SOURCE -w -Isrc -Ibuild/gen "$@" -o "$dir/$name" \
		"$dir/main.c" src/engine/*.c src/cli/groups.c src/report/groups*.c src/cli/cli.c \
		src/cli/files.c src/model/votes_in.c \
		src/model/statements_in.c src/report/svg.c build/release/base.a \
		-lsodium -lgmp -lunistring -lcrypto -lm &&
	"$dir/$name" "$dir/votes.csv" --json >"$dir/$name.json"
}

run one gcc -O0 -ffp-contract=off || exit 2
for way in "gcc -O3" "clang -O0" "clang -O3"; do
	# shellcheck disable=SC2086
	if run other $way -ffp-contract=off &&
	    cmp -s "$dir/one.json" "$dir/other.json"; then
		passed=$((passed + 1))
	else
		echo "$way gives other bytes than gcc -O0"
		failed=$((failed + 1))
	fi
done
if run other gcc -O3 -ffp-contract=fast -mfma &&
    ! cmp -s "$dir/one.json" "$dir/other.json"; then
	passed=$((passed + 1))
else
	echo "contraction was not seen"
	failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
