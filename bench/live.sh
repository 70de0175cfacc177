# SPDX-License-Identifier: MPL-2.0
# Live updates: 2,000 watchers of one network, and somebody who saves.
# shellcheck shell=bash
live() {
	heading "Live updates, 2,000 watchers" "make bench-live"
	local i
	for i in $(seq "$rounds"); do
		demo "$tmp/live.$i"
		serve "$tmp/live.$i"
		sign_in "$tmp/live.$i"
		$bin/watch "$base" "$cookie" "$csrf" "$network" 2000 20 \
			"$pid" >>"$tmp/live"
		stop "$pid"
		rm -rf "$tmp/live.$i"
	done
	row "median, ms" "$(median "$tmp/live")"
	awk '{ print $2 }' "$tmp/live" >"$tmp/live.p99"
	local late kb
	late=$(median "$tmp/live.p99")
	row "p99 from the save to arrival, ms" "$late" "" \
		"$(verdict "$late" "" 100)"
	row "that never came" "$(awk '{ n += $4 } END { print n }' \
		"$tmp/live")" "" "0"
	awk '{ print $5 }' "$tmp/live" >"$tmp/live.kb"
	kb=$(median "$tmp/live.kb")
	row "memory a watcher, KB" "$kb" "" "$(verdict "$kb" "" 16)"
}
