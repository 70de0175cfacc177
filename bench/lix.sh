#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# bench/lix.sh - how fast samskab lix reads a Danish text of 20 MB.  The median
# of 5 runs, whole process, text to JSON.
set -eu
binary=${SAMSKAB_BINARY:-build/samskab}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

awk 'BEGIN {
	srand(20)
	n = split("vi og det er en at for på kommunen borgere velkommen " \
	    "tirsdag ansøgning behandles bliver sendt køkken møde spørgsmål " \
	    "jeg har ikke men så kom igen beslutning samarbejde pårørende " \
	    "hjælp i dag morgen aften bl.a. f.eks.", word, " ")
	for (bytes = 0; bytes < 20000000; bytes += length(line) + 6) {
		line = "Så"
		for (k = int(4 + 18 * rand()); k > 0; k--)
			line = line " " word[1 + int(n * rand())]
		printf "%s.%s", line, rand() < 0.2 ? "\n\n" : " "
	}
}' >"$dir/text.txt"
bytes=$(wc -c <"$dir/text.txt")

for i in 1 2 3 4 5; do
	/usr/bin/time -f '%e %U' -o "$dir/time" \
		"$binary" lix --json "$dir/text.txt" >"$dir/out"
	cat "$dir/time"
done | sort -n | sed -n 3p >"$dir/median"
read -r wall user <"$dir/median"
rate=$(awk -v b="$bytes" -v s="$wall" 'BEGIN { printf "%.0f", b / s / 1e6 }')
cpu=$(awk -v b="$bytes" -v s="$user" 'BEGIN { printf "%.0f", b / s / 1e6 }')
echo "lix, 20 MB of Danish: $rate MB/s ($wall s; by processor time $cpu" \
	"MB/s), aim tens of MB/s: samskab lix --json text.txt"
