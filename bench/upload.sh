# SPDX-License-Identifier: MPL-2.0
# A film of 500 MB brought in piece by piece, with the server killed on the way
# and started again, then made anew in the sandbox: time and memory.
# shellcheck shell=bash

film_bytes=$((500 * 1024 * 1024))

# film FILE: noise over ffmpeg's test picture, so that little can be packed;
# the box at the end fills up what is missing to 500 MB.
film() {
	ffmpeg -nostdin -loglevel error -y -f lavfi -i \
		testsrc2=size=1280x720:rate=25,noise=alls=90:allf=t \
		-f lavfi -i sine=frequency=440 -t 60 -c:v mjpeg -q:v 2 \
		-pix_fmt yuvj420p -c:a aac -fs $((film_bytes - 8 * 1024 * 1024)) "$1"
	local missing=$((film_bytes - $(stat -c %s "$1")))
	[ $missing -ge 8 ]
	# shellcheck disable=SC2059
	printf "$(printf '\\x%02x\\x%02x\\x%02x\\x%02x' \
		$((missing >> 24 & 255)) $((missing >> 16 & 255)) \
		$((missing >> 8 & 255)) $((missing & 255)))free" >>"$1"
	truncate -s $film_bytes "$1"
}

ask_server() { # PATH [CURL OPTION...]
	local path=$1
	shift
	curl -sS -H "Cookie: $cookie" -H "Origin: $base" "$@" "$base$path"
}

state_of() { # NAME: of the answer that comes in
	sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"
}

# watch FILE: what the server and its children took at most, in KB, by name.
watch_memory() {
	local p
	while [ -d "/proc/$pid" ]; do
		for p in $(family "$pid"); do
			awk '/^Name/ { n = $2 } /^VmHWM/ { print n, $2 }' \
				"/proc/$p/status" 2>/dev/null || true
		done >>"$1"
		sleep 0.1
	done
}

family() { # PID: it and all below it
	echo "$1"
	local p
	for p in $(cat "/proc/$1/task/$1/children" 2>/dev/null || true); do
		family "$p"
	done
}

most_mb() { # FILE NAME
	awk -v name="$2" '$1 == name && $2 > most { most = $2 }
		END { printf "%.1f", most / 1024 }' "$1"
}

# send FROM TO: pieces of the film until so many bytes are there.
send() {
	local at=$1
	while [ "$at" -lt "$2" ]; do
		dd if="$tmp/film.mp4" bs="$piece" skip=$((at / piece)) count=1 \
			status=none >"$tmp/piece"
		at=$(ask_server "$network/medier/$media/stykke" \
			-F "csrf=$csrf" -F "fra=$at" \
			-F "stykke=@$tmp/piece;type=video/mp4" | state_of got)
		[ -n "$at" ] || return 1
	done
}

upload() {
	heading "A film of 500 MB, in pieces, and made anew" "make bench-upload"
	local voice media piece got from sent state
	film "$tmp/film.mp4"
	demo "$tmp/upload"
	serve "$tmp/upload"
	sign_in "$tmp/upload"
	voice=$(ask_server "$network/stemmer" |
		sed -n 's/.*name="v" id="v-\([0-9a-f-]*\)".*/\1/p' | head -n 1)
	media=$(ask_server "$network/medier/til/$voice/ny" -d "csrf=$csrf" \
		-d "name=film.mp4" -d "size=$film_bytes" | tee "$tmp/begun" |
		state_of id)
	piece=$(state_of piece <"$tmp/begun")
	watch_memory "$tmp/memory" &
	from=$(date +%s%N)
	send 0 $((film_bytes / 2))
	kill -9 "$pid"
	wait "$pid" 2>/dev/null || true
	serve "$tmp/upload"
	watch_memory "$tmp/memory" &
	got=$(ask_server "$network/medier/$media/stand" | state_of got)
	[ "$got" -ge $((film_bytes / 2)) ]
	send "$got" $film_bytes
	sent=$(date +%s%N)
	state=raw
	while [ "$state" = raw ]; do
		sleep 0.2
		state=$(ask_server "$network/medier/$media/stand" |
			state_of state)
	done
	row "sent, with a crash half way, s" \
		$(((sent - from) / 1000000000))
	row "made anew in the sandbox ($state), s" \
		$((($(date +%s%N) - sent) / 1000000000))
	row "server at most, MB" "$(most_mb "$tmp/memory" samskab)" "" \
		"$(verdict "$(most_mb "$tmp/memory" samskab)" "" 128)"
	row "ffmpeg at most, MB" "$(most_mb "$tmp/memory" ffmpeg)" "" \
		"$(verdict "$(most_mb "$tmp/memory" ffmpeg)" "" 1024)"
	stop "$pid"
	[ "$state" = clean ]
}
