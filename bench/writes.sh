# SPDX-License-Identifier: MPL-2.0
# Durable writes: 64 clients that post forms, against 64 threads that give the
# same writes to our own lane; and SQLite by itself.
# shellcheck shell=bash

# Each in a folder of its own with the same beginning.
writes() {
	heading "Durable writes, 64 clients, our own lane in-process" \
		"make bench-writes"
	local i posted laned bare
	for i in $(seq "$rounds"); do
		demo "$tmp/posts.$i"
		demo "$tmp/lane.$i"
		demo "$tmp/bare.$i"
		serve "$tmp/posts.$i"
		sign_in "$tmp/posts.$i"
		posted=$($bin/posts "$base" "$cookie" "$csrf" "$network" \
			"$seconds" 64)
		stop "$pid"
		laned=$($bin/lane "$tmp/lane.$i" "$seconds" 64)
		bare=$($bin/bare "$tmp/bare.$i" "$seconds")
		echo "$posted $laned $bare" >>"$tmp/writes"
		build/samskab verify --data "$tmp/posts.$i" >/dev/null ||
			echo "  the audit chain does not hold"
		rm -rf "$tmp/posts.$i" "$tmp/lane.$i" "$tmp/bare.$i"
	done
	awk '{ print $1, $4 }' "$tmp/writes" >"$tmp/writes.rate"
	awk '{ print $3, $6 }' "$tmp/writes" >"$tmp/writes.p99"
	awk '{ print $1, $7 }' "$tmp/writes" >"$tmp/writes.bare"
	pair_row "through HTTP, writes/s" "$tmp/writes.rate" 0.5
	row "" "" "" "$(verdict "$(median "$tmp/writes.rate")" 5000 "")"
	pair_row "p99, ms" "$tmp/writes.p99"
	pair_row "beside bare SQLite, writes/s" "$tmp/writes.bare"
}
