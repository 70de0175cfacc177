# SPDX-License-Identifier: MPL-2.0
# Pages: rendered each time, unchanged since, and 304, each against nginx with
# a file of the same bytes; 64 connections that stay open.
# shellcheck shell=bash

# keep PATH NAME: the page as a file for nginx; sets $size.
keep() {
	$bin/fetch "$base" "$1" "$cookie" >"$tmp/www/$2.html"
	chmod 644 "$tmp/www/$2.html"
	size=$(stat -c %s "$tmp/www/$2.html")
}

# compare NAME OUR-URL PEER-URL [OUR-HEADER [PEER-HEADER]]: the rounds, each
# with the two one after the other, in turn which is first.
compare() {
	local name=$1 ours=$2 peer=$3 i a b
	local our_headers=("Cookie: $cookie" ${4:+"$4"})
	local peer_headers=(${5:+"$5"})
	for i in $(seq "$rounds"); do
		if [ $((i % 2)) = 1 ]; then
			a=$(load "$pid" "$ours" "${our_headers[@]}")
			b=$(load "$nginx_pid" "$peer" "${peer_headers[@]}")
		else
			b=$(load "$nginx_pid" "$peer" "${peer_headers[@]}")
			a=$(load "$pid" "$ours" "${our_headers[@]}")
		fi
		echo "$a $b"
	done >"$tmp/$name"
	awk '{ print $1, $4 }' "$tmp/$name" >"$tmp/$name.rate"
	awk '{ print $5, $2 }' "$tmp/$name" >"$tmp/$name.cpu"
	awk '{ print $3, $6 }' "$tmp/$name" >"$tmp/$name.p99"
}

# The ratio of CPU is the peer's to ours, so that it reads as the other one.
rows() { # NAME LEAST MOST-MS
	local late rest ours peer ratio low high
	pair_row "  requests/s" "$tmp/$1.rate" "$2"
	read -r peer ours ratio low high < <($bin/pairs <"$tmp/$1.cpu")
	printf '  %-34s %11.4g %11.4g %8.2f (%.2f - %.2f)\n' \
		"  CPU, us a request" "$ours" "$peer" "$ratio" "$low" "$high"
	read -r late rest < <($bin/pairs <"$tmp/$1.p99")
	printf '  %-34s %11.4g %11.4g %22s  %s\n' "  p99, ms" "$late" \
		"${rest%% *}" "" "${3:+$(verdict "$late" "" "$3")}"
}

pages() {
	heading "Pages, nginx with a file of the same bytes" "make bench-pages"
	mkdir -p "$tmp/www"
	chmod 755 "$tmp/www"
	demo "$tmp/pages"
	serve "$tmp/pages"
	sign_in "$tmp/pages"
	nginx_serve
	local n=$network size tag peer_tag

	keep "$n/faser?sprog=da" faser
	echo "  phases, $size bytes, rendered each time"
	compare rendered "$base$n/faser?sprog=da" "$nginx_base/faser.html"
	rows rendered 0.5 10

	keep "$n/faser" kept
	cmp "$tmp/www/faser.html" "$tmp/www/kept.html"
	echo "  the same page, unchanged since"
	compare kept "$base$n/faser" "$nginx_base/kept.html"
	rows kept 0.9 10

	tag=$($bin/fetch "$base" "$n/faser" "$cookie" ETag)
	peer_tag=$($bin/fetch "$nginx_base" /kept.html "" ETag)
	echo "  the same page, and the browser has it: 304"
	compare same "$base$n/faser" "$nginx_base/kept.html" \
		"If-None-Match: $tag" "If-None-Match: $peer_tag"
	rows same 0.9 10

	keep "$n/mennesker" people
	echo "  people, $size bytes, has forms and is never kept"
	compare people "$base$n/mennesker" "$nginx_base/people.html"
	rows people "" 10

	echo "  the same, packed each time (gzip, level 5, both)"
	compare packed "$base$n/mennesker" "$nginx_base/packed/people.html" \
		"Accept-Encoding: gzip" "Accept-Encoding: gzip"
	rows packed "" ""

	keep "$n/plan?sprog=da" plan
	echo "  the whole plan, $size bytes, rendered each time"
	compare plan "$base$n/plan?sprog=da" "$nginx_base/plan.html"
	rows plan "" ""

	stop "$pid"
	serve "$tmp/pages" info
	echo "  phases, unchanged since, with a line in the log (both)"
	compare logged "$base$n/faser" "$nginx_base/logged/kept.html"
	rows logged "" ""
	stop "$pid" "$nginx_pid"
}
