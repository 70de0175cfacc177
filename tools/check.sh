#!/bin/bash
# SPDX-License-Identifier: MPL-2.0
# Every test, one after another; called by ./check.  Each step's whole output
# is in build/check/.  A program that ends without its closing line "N passed,
# N failed" has failed, whatever it printed before.
set -u
cd "$(dirname "$0")/.." || exit 2
out=build/check
rm -rf $out && mkdir -p $out
passed=0 failed=0 skipped=0
export SAMSKAB_GOLDEN="${SAMSKAB_GOLDEN:-../shared/golden}"

# step NAME COMMAND...: one check, passed when the command ends with 0.
step() {
	local name=$1 from=$SECONDS
	shift
	if "$@" >"$out/$name.log" 2>&1; then
		passed=$((passed + 1))
		printf '%-28s ok %4ds\n' "$name" $((SECONDS - from))
	else
		failed=$((failed + 1))
		printf '%-28s FAILED %ds\n' "$name" $((SECONDS - from))
		tail -n 15 "$out/$name.log"
	fi
}

# suite NAME COMMAND...: a program that counts for itself.
suite() {
	local name=$1 from=$SECONDS
	shift
	"$@" >"$out/$name.log" 2>&1
	count "$name" $? "$from"
}

# count NAME STATUS FROM: what its log says.
count() {
	local name=$1 status=$2 from=$3 line p f s
	line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$out/$name.log" |
		tail -n 1)
	read -r p f s < <(echo "$line" | sed -E \
		's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?.*/\1 \2 \4/')
	p=${p:-0} f=${f:-0} s=${s:-0}
	if [ -z "$line" ] || { [ $status != 0 ] && [ "$f" = 0 ]; }; then
		f=$((f + 1))
	fi
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
	printf '%-28s %s passed, %s failed, %s skipped %4ds\n' "$name" \
		"$p" "$f" "$s" $((SECONDS - from))
	[ "$f" = 0 ] || grep -E 'FAILED|ERROR|not ok|runtime error|Sanitizer' \
		"$out/$name.log" | head -n 20
	if [ "$s" != 0 ]; then
		grep -E '^skipped:|SKIPPED' "$out/$name.log" | head -n 5
	fi
}

pg=$(mktemp -d)
chmod 755 "$pg"
stop() {
	[ -z "${pages:-}" ] || kill "$pages" 2>/dev/null
	sh tests/pg.sh stop "$pg/data" >/dev/null 2>&1
	rm -rf "$pg"
}
trap stop EXIT
trap 'exit 2' INT TERM

step build make -j2 all
step build-tests make -j2 V=asan test-programs
step build-clang make -j2 V=clang compile
for part in house sql format cppcheck tidy docs; do
	step "lint-$part" make -j2 "lint-$part"
done
step messages make check-messages

# The engine is a library of its own, and gives the same bytes whatever built it.
step library sh tests/engine/library.sh
step same-data make build/release/bench/groups_data
for script in tests/engine/*_same.sh; do
	name=$(basename "$script" .sh)
	step "same-${name%_same}" sh "$script"
done
pool=$SAMSKAB_GOLDEN/sortition/sf_fixture_22
if [ -d "$pool" ]; then
	step same-draw sh tests/solver/same.sh "$pool/respondents.csv" \
		"$pool/categories.csv" 22 --seed check
else
	echo "skipped: the same draw from each compiler, no golden data"
	skipped=$((skipped + 1))
fi

url=$(sh tests/pg.sh start "$pg/data" 2>"$out/pg.log")
if [ -n "$url" ]; then
	export SAMSKAB_TEST_PG="$url"
else
	echo "skipped: tests on PostgreSQL, no server could be started"
	cat "$out/pg.log"
	failed=$((failed + 1))
fi

# The pages take longest: they are tested beside all that follows.
pages_from=$SECONDS
timeout 4500 build/asan/tests-web >"$out/tests-web.log" 2>&1 &
pages=$!
for program in build/asan/tests-*; do
	case $program in *.d | *.o | */tests-web) continue ;; esac
	suite "$(basename "$program")" timeout 900 "$program"
done
suite hacking timeout 600 sh tests/tools/hacking.sh
# A target without a corpus fails, and so does a corpus without a target.
for name in $(basename -s .c tests/fuzz/*.c tests/fuzz/corpus/* | sort -u); do
	suite "replay-$name" timeout 300 "build/asan/replay-$name" \
		"tests/fuzz/corpus/$name"
done
suite journeys timeout 2400 tools/journeys.sh
wait $pages
count tests-web $? "$pages_from"

[ $skipped = 0 ] || echo "$skipped skipped; why is said above"
echo "everything took $((SECONDS / 60)) min $((SECONDS % 60)) s"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
