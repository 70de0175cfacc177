#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# fuzz.sh SECONDS TARGET...: lets each target search for so long, one after the
# other; called by `make fuzz`, which builds them.
#
# What a search learns stays in build/fuzz/learned/TARGET, where the next one
# begins.  An input that breaks a target lies in build/fuzz/found/TARGET; the
# last line counts, and the exit status is 1 when there is one.
set -u
cd "$(dirname "$0")/.." || exit 2
[ $# -gt 1 ] || {
	echo "usage: tools/fuzz.sh SECONDS TARGET..." >&2
	exit 2
}
seconds=$1
shift
targets=0 broken=0

# The figures of libFuzzer's last lines: "stat::number_of_...: 12".
stat() {
	sed -n "s/^stat::$1: *//p" "$2"
}

for target in "$@"; do
	learned=build/fuzz/learned/$target found=build/fuzz/found/$target
	log=build/fuzz/$target.log
	mkdir -p "$learned" "$found"
	targets=$((targets + 1))
	if nice "build/fuzz/fuzz-$target" -max_total_time="$seconds" \
		-max_len=1024 -timeout=5 -rss_limit_mb=512 \
		-print_final_stats=1 -artifact_prefix="$found/" \
		"$learned" "tests/fuzz/corpus/$target" >"$log" 2>&1; then
		printf '%-12s %10s inputs, no fault\n' "$target" \
			"$(stat number_of_executed_units "$log")"
		continue
	fi
	broken=$((broken + 1))
	printf '%-12s A FAULT: %s\n' "$target" "$log"
	grep -E 'must hold|ERROR: |runtime error|Test unit written' "$log" |
		head -n 5
done
echo "$targets targets searched, $broken with a fault"
[ $broken = 0 ]
