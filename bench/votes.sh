# SPDX-License-Identifier: MPL-2.0
# A dialogue: votes on disk through HTTP while others watch; how soon a vote is
# answered at 1,000 a second; a large conversation from the database to groups.
# shellcheck shell=bash
votes() {
	heading "A dialogue, 64 phones and 500 watchers" "make bench-votes"
	local i
	for i in $(seq "$rounds"); do
		demo "$tmp/votes.$i"
		serve "$tmp/votes.$i"
		$bin/votes "$base" "$tmp/votes.$i" "$seconds" 64 0 500 |
			paste -sd' ' >>"$tmp/votes"
		$bin/votes "$base" "$tmp/votes.$i" "$seconds" 64 1000 500 |
			paste -sd' ' >>"$tmp/votes.paced"
		stop "$pid"
		rm -rf "$tmp/votes.$i"
	done
	local rate late
	rate=$(median "$tmp/votes")
	row "votes/s, as fast as they can" "$rate" "" \
		"$(verdict "$rate" 5000 "")"
	awk '{ print $3 }' "$tmp/votes.paced" >"$tmp/votes.p99"
	late=$(median "$tmp/votes.p99")
	row "p99 at 1,000 votes/s, ms" "$late" "" "$(verdict "$late" "" 20)"
	awk '{ print $4 }' "$tmp/votes" >"$tmp/votes.heard"
	row "events a watcher heard" "$(median "$tmp/votes.heard")"
	demo "$tmp/room"
	$bin/room "$tmp/room" 20000 500 2000000
	demo "$tmp/result"
	local what now
	$bin/result "$tmp/result" 10000 | while IFS=$'\t' read -r what now; do
		row "result of 10,000 ballots: $what, ms" "$now" "" \
			"$(verdict "$now" "" 100)"
	done
	demo "$tmp/moved"
	$bin/moved "$tmp/moved" 10000 | while IFS=$'\t' read -r what now; do
		row "what moved, 10,000 answers a round: $what, ms" "$now" "" \
			"$(verdict "$now" "" 100)"
	done
}
