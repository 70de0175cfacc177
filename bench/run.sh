#!/bin/bash
# SPDX-License-Identifier: MPL-2.0
# The budgets of the product, measured; bench/README.md tells how to read it.
#
#	bench/run.sh [pages|large|writes|votes|live|start|load|build|tests|
#		groups|draw|rank|change|lix|search|upload]...
#
# SAMSKAB_BENCH_ROUNDS (7) and SAMSKAB_BENCH_SECONDS (2, of each run).
set -eu -o pipefail
cd "$(dirname "$0")/.."
# shellcheck source=bench/lib.sh
. bench/lib.sh
for part in pages large writes votes live start build upload; do
	# shellcheck disable=SC1090
	. bench/$part.sh
done

# The commands of the engine print a line a figure, with what it comes from.
engine() { # PART COMMAND
	printf '\nsamskab %s   (alone: make bench-%s)\n' "$1" "$1"
	"$2" | sed 's/^/  /'
}

# The second database where SAMSKAB_BENCH_PG names an empty one.
search_both() {
	mkdir -p "$tmp/search"
	$bin/search "$tmp/search" 100000
	[ -z "${SAMSKAB_BENCH_PG:-}" ] || $bin/search "$SAMSKAB_BENCH_PG" 100000
}

[ $# -gt 0 ] || set -- pages large writes votes live start load groups draw rank \
	change lix search build tests upload
echo "Samskab $(git describe --tags --always 2>/dev/null || echo unknown)," \
	"$(nproc) x $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)"
echo "$rounds rounds of $seconds s each; medians; load $(cut -d' ' -f1 \
	/proc/loadavg) before"
for part; do
	case $part in
	pages | large | writes | votes | live | start | build | tests | upload)
		$part ;;
	load) first_load ;;
	rank) engine rank $bin/engine_rank ;;
	search) engine search search_both ;;
	groups | draw | change | lix) engine "$part" "bench/$part.sh" ;;
	*) echo "bench: no part is called $part" >&2 && exit 2 ;;
	esac
done
