#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The figures of `samskab groups`: makes its data in a folder that goes
# afterwards, runs the release build, prints one line a figure.
#	bench/groups.sh            (or: make bench-groups)
# Wall time is the median of five runs; beside it stands the processor's own
# time, which tells more on a machine that others use too.  The peer, in turn
# with it, is a plain read of the same bytes by another process (cat).
cd "$(dirname "$0")/.." || exit 2
golden=${SAMSKAB_GOLDEN:-../shared/golden}/groups
tools=build/release/bench
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
echo "machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)," \
	"$(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg)"

# WHAT AIM FILE [OPTION...]
figure() {
	what=$1 aim=$2 file=$3
	shift 3
	: >"$dir/runs"
	for _ in 1 2 3 4 5; do
		ours=$($tools/timed build/samskab groups "$file" "$@" --json) ||
			exit 1
		peer=$($tools/timed cat "$file") || exit 1
		echo "$ours $peer" >>"$dir/runs"
	done
	read -r wall plain ratio low high <<-END
	$(awk '{ print $1, $4 }' "$dir/runs" | $tools/pairs)
	END
	read -r processor memory <<-END
	$(awk '{ print $2, $3 }' "$dir/runs" | $tools/pairs)
	END
	echo "$what: $wall ms (processor $processor ms, ${memory%% *} MB)," \
		"aim $aim; plain read $plain ms, ratio $ratio ($low - $high);" \
		"samskab groups FILE${*:+ $*} --json"
}

bowling=$golden/american-assembly.bowling-green
if [ -r "$bowling/participants-votes.csv" ]; then
	figure "Bowling Green, 225,524 votes" "100 ms" \
		"$bowling/participants-votes.csv"
	figure "Bowling Green by the published method" "-" \
		"$bowling/participants-votes.csv" --method polis
	for d in "$golden"/*/; do
		log=$d/votes.csv
		[ -r "$log" ] || log=$d/input_votes.csv
		$tools/engine_groups --replay "$log" "$d/comments.csv" \
			"$(basename "$d")" || exit 1
	done
else
	echo "skipped: the golden data are not here (SAMSKAB_GOLDEN)"
fi
$tools/groups_data 33000 783 1600000 >"$dir/middle.csv" || exit 1
figure "33,000 x 783, 1.6 million votes" "1,000 ms" "$dir/middle.csv"
$tools/engine_groups "$dir/middle.csv" || exit 1
$tools/groups_data 100000 1000 10000000 >"$dir/large.csv" || exit 1
figure "100,000 x 1,000, 10 million votes" "5,000 ms, 500 MB" "$dir/large.csv"
