#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The figures of `samskab groups`: makes its data in a folder that goes
# afterwards, runs the release build, prints one line a figure.
#	bench/groups.sh            (or: make bench-groups)
# Wall time is the least of five runs; beside it stands the processor's own
# time, which tells more on a machine that others use too, and the time of a
# plain read of the same bytes in the same run.
cd "$(dirname "$0")/.." || exit 2
golden=${SAMSKAB_GOLDEN:-../shared/golden}/groups
tools=build/bench
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
echo "machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)," \
	"$(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg)"

# WHAT AIM FILE [OPTION...]
figure() {
	what=$1 aim=$2 file=$3
	shift 3
	for run in 1 2 3 4 5; do
		/usr/bin/time -f "%e %U %S %M" -o "$dir/t" \
			build/samskab groups "$file" "$@" --json >"$dir/out" || exit 1
		cat "$dir/t" >>"$dir/all"
		/usr/bin/time -f "%e" -a -o "$dir/reads" cat "$file" >/dev/null
	done
	read -r wall user system memory <<-END
	$(sort -n "$dir/all" | head -n 1)
	END
	echo "$what: $wall s (processor $user + $system s, $((memory / 1024)) MB)," \
		"aim $aim; plain read $(sort -n "$dir/reads" | head -n 1) s;" \
		"samskab groups FILE $* --json"
	rm -f "$dir/all" "$dir/reads"
}

bowling=$golden/american-assembly.bowling-green
if [ -r "$bowling/participants-votes.csv" ]; then
	figure "Bowling Green, 225,524 votes" "0.1 s" \
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
figure "33,000 x 783, 1.6 million votes" "1 s" "$dir/middle.csv"
$tools/engine_groups "$dir/middle.csv" || exit 1
$tools/groups_data 100000 1000 10000000 >"$dir/large.csv" || exit 1
figure "100,000 x 1,000, 10 million votes" "5 s, 500 MB" "$dir/large.csv"
