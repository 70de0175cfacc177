# SPDX-License-Identifier: MPL-2.0
# Every page of a network as large as one ever gets: 2,000 people, 300
# activities, 20 years of history (grow.c makes it).  One reader, each page
# drawn anew each time; beside it the same page of the worked example.
# shellcheck shell=bash

# The addresses that a leader can open from the network's own navigation, and
# those below them that need no id.
large_pages() {
	$bin/fetch "$base" "$network" "$cookie" |
		grep -o "href=\"$network[^\"#?]*\"" |
		sed "s#href=\"$network##; s#\"##" | grep -v "/[0-9a-f-]\{36\}" | sort -u
	printf '/%s\n' historik mennesker personer maalgrupper metoder \
		refleksion lodtraekning tilmelding adgang
}

# page_ms PATH: the median of one reader's requests.
page_ms() {
	wrk -t1 -c1 -d1s --latency -H "Cookie: $cookie" \
		"$base$network$1?sprog=da" | awk '
		function ms(t) {
			return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000
		}
		$1 == "50%" { printf "%.2f", ms($2) }'
}

large() {
	local page small=$tmp/small big=$tmp/big
	heading "A large network, ms a page" "make bench-large"
	demo "$small"
	serve "$small"
	sign_in "$small"
	local pages
	pages=$(large_pages | sort -u)
	declare -A before
	for page in "" $pages; do
		before[_$page]=$(page_ms "$page")
	done
	demo "$big"
	$bin/grow "$big"
	serve "$big"
	sign_in "$big"
	for page in "" $pages; do
		local now
		now=$(page_ms "$page")
		row "${page:-/}" "$now" "${before[_$page]}" \
			"$(verdict "$now" "" 50)"
	done
	demo "$tmp/shifts"
	$bin/shifts "$tmp/shifts" 1000
	serve "$tmp/shifts"
	sign_in "$tmp/shifts"
	now=$(page_ms /vagter)
	row "/vagter with 1,000 shifts" "$now" "${before[_/vagter]:-}" \
		"$(verdict "$now" "" 50)"
	demo "$tmp/trace"
	now=$($bin/trace "$tmp/trace" 20000 200)
	row "trace of 20,000 voices and 200 decisions" "$now" "" \
		"$(verdict "$now" "" 100)"
	demo "$tmp/list"
	now=$($bin/people "$tmp/list" 10000)
	row "10,000 people brought in, s" "$now" "" "$(verdict "$now" "" 5)"
	demo "$tmp/said"
	now=$($bin/voices_in "$tmp/said" 100000)
	row "100,000 voices brought in, s" "$now" "" "$(verdict "$now" "" 10)"
	demo "$tmp/voices"
	local what
	$bin/voices "$tmp/voices" 100000 | while IFS=$'\t' read -r what now; do
		row "inbox of 100,000 voices: $what" "$now" "" \
			"$(verdict "$now" "" 50)"
	done
}
