# SPDX-License-Identifier: MPL-2.0
# From the start to the first page, memory after 100,000 requests, and the
# binary: beside Fossil, which is a program of the same kind.
# shellcheck shell=bash

# Both serve their sign-in page.
start_rows() {
	local i a b port=$1 fossil_port=$2
	for i in $(seq $((rounds * 3))); do
		a=$($bin/start "http://127.0.0.1:$port" /log-ind \
			build/samskab serve --data "$tmp/start" \
			--listen "127.0.0.1:$port")
		b=$($bin/start "http://127.0.0.1:$fossil_port" /login \
			"${fossil[@]}")
		echo "$a $b" >>"$tmp/start.ms"
	done
	pair_row "to the first page, ms" "$tmp/start.ms"
	row "" "" "" "$(verdict "$(median "$tmp/start.ms")" "" 100)"
}

# Kept pages, rendered ones and packed ones, 100,000 in all.  Fossil makes a
# process a request, so its own stays as it began.
memory_row() {
	serve "$tmp/start"
	sign_in "$tmp/start"
	local all=$pid mb fossil_pid fossil_mb sent=0 page out
	while [ $sent -lt 100000 ]; do
		for page in plan faser mennesker opgaver "plan?sprog=en" ""; do
			out=$(wrk -t1 -c64 -d1s -H "Cookie: $cookie" \
				-H "Accept-Encoding: gzip" \
				"$base$network/$page")
			sent=$((sent + $(awk '/requests in/ { print $1 }' \
				<<<"$out")))
		done
	done
	mb=$(for p in $all $(cat "/proc/$all/task/$all/children"); do
		resident_kb "$p"
	done | awk '{ n += $1 } END { printf "%.1f", n / 1024 }')
	stop "$pid"
	"${fossil[@]}" >/dev/null 2>&1 &
	fossil_pid=$!
	started+=("$fossil_pid")
	until_answers "http://127.0.0.1:$1"
	wrk -t1 -c64 -d"${seconds}s" "http://127.0.0.1:$1/login" >/dev/null
	fossil_mb=$(resident_kb $fossil_pid |
		awk '{ printf "%.1f", $1 / 1024 }')
	stop "$fossil_pid"
	row "resident after $sent requests, MB" "$mb" "$fossil_mb" \
		"$(verdict "$mb" "" 64)"
}

mega() { awk -v n="$(stat -c %s "$1")" 'BEGIN { printf "%.1f", n / 1048576 }'; }

binary_rows() {
	local whole stripped
	strip -o "$tmp/stripped" build/samskab
	whole=$(mega build/samskab)
	stripped=$(mega "$tmp/stripped")
	row "binary, stripped, MB" "$stripped" \
		"$(mega "$(command -v fossil)")" "$(verdict "$stripped" "" 12)"
	row "binary as built, with -g, MB" "$whole" "" \
		"$(verdict "$whole" "" 12)"
}

start() {
	heading "Start, memory, binary; beside Fossil" "make bench-start"
	local port fossil_port fossil
	port=$(free_port)
	fossil_port=$(free_port)
	demo "$tmp/start"
	own "$tmp/fossil"
	fossil=(env "HOME=$tmp/fossil" USER=nobody "${as_nobody[@]}" fossil)
	"${fossil[@]}" init "$tmp/fossil/x.fossil" >/dev/null
	# Else a child of its own goes on in the background after it was stopped.
	"${fossil[@]}" settings backoffice-disable 1 \
		-R "$tmp/fossil/x.fossil" >/dev/null
	fossil+=(server --localhost --port "$fossil_port"
		"$tmp/fossil/x.fossil")
	start_rows "$port" "$fossil_port"
	memory_row "$fossil_port"
	binary_rows
}
