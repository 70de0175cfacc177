#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# A PostgreSQL for tests: its own data folder, one port on loopback, durable as
# in use.
#
#	tests/pg.sh start DIR [PORT]   prints the URL for SAMSKAB_TEST_PG
#	tests/pg.sh stop DIR
#
# As root it runs as the user postgres or, without one, nobody.  It never
# touches another cluster: everything lies in DIR.
set -eu

say() {
	echo "pg.sh: $*" >&2
}

bindir() {
	for d in /usr/lib/postgresql/*/bin; do
		[ -x "$d/initdb" ] && last=$d
	done
	[ -n "${last:-}" ] || { command -v initdb >/dev/null &&
		last=$(dirname "$(command -v initdb)"); }
	[ -n "${last:-}" ] || { say "no PostgreSQL server is installed"; exit 2; }
	echo "$last"
}

# Runs the rest of the line as a user who may run a server.
as_user() {
	if [ "$(id -u)" != 0 ]; then
		"$@"
	else
		setpriv --reuid "$user" --regid "$(id -g "$user")" \
			--clear-groups env HOME="$dir" "$@"
	fi
}

free_port() {
	p=${1:-0}
	[ "$p" != 0 ] || p=$((20000 + $$ % 20000))
	while ss -Hltn "sport = :$p" 2>/dev/null | grep -q .; do
		p=$((p + 1))
	done
	echo "$p"
}

# So many connections not because they are used: a server keeps track of ten
# serializable transactions for each, also of those that are over while any other
# still runs, and with fewer one program's long transaction would let another's
# fail that met nobody.
start() {
	mkdir -p "$dir"
	[ "$(id -u)" != 0 ] || { chown "$user" "$dir"; chmod 0711 "$dir"; }
	if [ -s "$dir/url" ] && as_user "$bin/pg_ctl" -D "$dir/data" status \
		>/dev/null 2>&1; then
		cat "$dir/url"
		return
	fi
	if [ ! -s "$dir/data/PG_VERSION" ]; then
		as_user "$bin/initdb" -D "$dir/data" -U samskab -A trust \
			-E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 ||
			{ cat "$dir/initdb.log" >&2; exit 1; }
	fi
	port=$(free_port "${1:-0}")
	cat >"$dir/data/postgresql.auto.conf" <<-CONF
		listen_addresses = '127.0.0.1'
		port = $port
		unix_socket_directories = ''
		fsync = on
		synchronous_commit = on
		full_page_writes = on
		max_connections = 500
		shared_buffers = 64MB
		max_locks_per_transaction = 256
		autovacuum = off
		jit = off
	CONF
	as_user "$bin/pg_ctl" -D "$dir/data" -w -t 30 -l "$dir/data/log" start \
		>/dev/null || { tail -20 "$dir/data/log" >&2; exit 1; }
	echo "postgresql://samskab@127.0.0.1:$port/postgres" | tee "$dir/url"
}

stop() {
	[ -s "$dir/data/postmaster.pid" ] || return 0
	as_user "$bin/pg_ctl" -D "$dir/data" -w -t 30 -m "${1:-fast}" stop \
		>/dev/null
	rm -f "$dir/url"
}

[ $# -ge 2 ] || { say "usage: pg.sh start|stop DIR [PORT|MODE]"; exit 2; }
case $2 in
/*) dir=$2 ;;
*) dir=$PWD/$2 ;;
esac
user=nobody
! id postgres >/dev/null 2>&1 || user=postgres
bin=$(bindir)
case $1 in
start) start "${3:-}" ;;
stop) stop "${3:-}" ;;
*) say "unknown word: $1"; exit 2 ;;
esac
