# SPDX-License-Identifier: MPL-2.0
# What the parts of the bench share; bench/run.sh sources it.
#
# Everything listens on loopback, on free ports, with its data in a temporary
# folder that goes afterwards.  As root, what serves runs as `nobody`.  Only
# what was started here is stopped.
# shellcheck shell=bash
export LC_ALL=C SAMSKAB_LOG_LEVEL=warn
rounds=${SAMSKAB_BENCH_ROUNDS:-7}
seconds=${SAMSKAB_BENCH_SECONDS:-2}
bin=build/release/bench
started=()
tmp=$(mktemp -d)
chmod 711 "$tmp"

stop() { # PID...
	for pid in "$@"; do
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
}

clean_up() {
	stop "${started[@]}"
	rm -rf "$tmp"
}
trap clean_up EXIT
trap 'exit 2' INT TERM

as_nobody=()
if [ "$(id -u)" = 0 ]; then
	as_nobody=(setpriv --reuid nobody --regid nogroup --clear-groups)
fi

# own FOLDER: makes it, for whom serves.
own() {
	mkdir -p "$1"
	[ ${#as_nobody[@]} = 0 ] || chown -R nobody:nogroup "$1"
}

free_port() {
	local port
	for port in $(shuf -i 20000-32000 -n 100); do
		# Nobody answers there, so it can be had.
		if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			echo "$port"
			return
		fi
	done
}

until_answers() { # BASE
	local try
	for try in $(seq 200); do
		(exec 3<>"/dev/tcp/127.0.0.1/${1##*:}") 2>/dev/null && return
		sleep 0.05
	done
	echo "bench: nothing answers on $1" >&2
	exit 1
}

# ---- the servers ----

# demo FOLDER: the worked example; its one-time links are in FOLDER.links.
demo() {
	build/samskab demo --data "$1" >"$1.links"
}

link_of() { # FOLDER ROLE
	sed -n "s#^$2\t.*\(/log-ind/link/.*\)#\1#p" "$1.links" | head -n 1
}

# serve FOLDER [LOG LEVEL]: sets $pid and $base.  What it logs is in FOLDER.log.
serve() {
	SAMSKAB_LOG_LEVEL=${2:-$SAMSKAB_LOG_LEVEL} \
		build/samskab serve --data "$1" --listen 127.0.0.1:0 \
		>"$1.out" 2>"$1.log" &
	pid=$!
	started+=("$pid")
	local try
	for try in $(seq 200); do
		base=$(cat "$1.out" 2>/dev/null) || base=
		[ -z "$base" ] || return 0
		sleep 0.05
	done
	cat "$1.log" >&2
	exit 1
}

# sign_in FOLDER: the leader; sets $cookie, $csrf and $network.
sign_in() {
	read -r cookie csrf network \
		< <($bin/signin "$base" "$(link_of "$1" leader)")
}

# nginx_serve: $tmp/www with two workers; sets $nginx_pid and $nginx_base.
# access_log is off but under /logged/.
nginx_serve() {
	local port dir=$tmp/nginx
	port=$(free_port)
	own "$dir"
	cat >"$dir/nginx.conf" <<-END
		worker_processes 2;
		daemon off;
		pid $dir/pid;
		error_log $dir/error.log;
		events { worker_connections 1024; }
		http {
			types { text/html html; }
			sendfile on;
			tcp_nopush on;
			keepalive_requests 100000000;
			access_log off;
			client_body_temp_path $dir/t1;
			proxy_temp_path $dir/t2;
			fastcgi_temp_path $dir/t3;
			uwsgi_temp_path $dir/t4;
			scgi_temp_path $dir/t5;
			server {
				listen 127.0.0.1:$port;
				root $tmp/www;
				location /packed/ {
					alias $tmp/www/;
					gzip on;
					gzip_comp_level 5;
				}
				location /logged/ {
					alias $tmp/www/;
					access_log $dir/access.log;
				}
			}
		}
	END
	"${as_nobody[@]}" nginx -c "$dir/nginx.conf" 2>"$dir/start.log" &
	nginx_pid=$!
	started+=("$nginx_pid")
	nginx_base=http://127.0.0.1:$port
	until_answers "$nginx_base"
}

# ---- measuring ----

# CPU time of the process and its children so far, in clock ticks.
ticks() {
	local p
	for p in $1 $(cat "/proc/$1/task/$1/children"); do
		awk '{ print $14 + $15 }' "/proc/$p/stat"
	done | awk '{ n += $1 } END { print n }'
}

resident_kb() { # PID
	awk '/^VmRSS/ { print $2 }' "/proc/$1/status"
}

# load PID URL [HEADER...]: one run of wrk with 64 connections.  Prints
# requests a second, CPU of the process in us a request, p99 in ms.
load() {
	local of=$1 url=$2 before after out
	shift 2
	local headers=()
	for h in "$@"; do headers+=(-H "$h"); done
	before=$(ticks "$of")
	out=$(wrk -t1 -c64 -d"${seconds}s" --latency "${headers[@]}" "$url")
	after=$(ticks "$of")
	if grep -q "Non-2xx or 3xx\|Socket errors" <<<"$out"; then
		echo "bench: $url: $out" >&2
		exit 1
	fi
	awk -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '
		function ms(t) {
			return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000
		}
		$1 == "99%" { late = ms($2) }
		/requests in/ { n = $1 }
		/^Requests\/sec/ { rate = $2 }
		END { print rate, ticks / hz * 1e6 / n, late }' <<<"$out"
}

# ---- the table ----

heading() { # TEXT COMMAND
	printf '\n%s   (alone: %s)\n' "$1" "$2"
	printf '  %-34s %11s %11s %22s  %s\n' "" ours peer \
		"ratio (low - high)" aim
}

# verdict VALUE LEAST|"" MOST|""
verdict() {
	awk -v v="$1" -v least="$2" -v most="$3" 'BEGIN {
		if (least != "")
			print ">= " least, (v + 0 >= least) ? "met" : "MISSED"
		if (most != "")
			print "< " most, (v + 0 < most) ? "met" : "MISSED"
	}'
}

# pair_row NAME FILE [LEAST]: FILE has a line OURS PEER a round.
pair_row() {
	local ours peer ratio low high
	read -r ours peer ratio low high < <($bin/pairs <"$2")
	printf '  %-34s %11.5g %11.5g %8.2f (%.2f - %.2f)  %s\n' "$1" \
		"$ours" "$peer" "$ratio" "$low" "$high" \
		"${3:+$(verdict "$ratio" "$3" "")}"
}

# row NAME OURS [PEER [AIM]]
row() {
	printf '  %-34s %11s %11s %22s  %s\n' "$1" "$2" "${3:-}" "" "${4:-}"
}

median() { # FILE: of its first column
	local middle rest
	read -r middle rest < <(awk '{ print $1, 1 }' "$1" | $bin/pairs)
	echo "$middle"
}
