#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Installs what is missing; says what, when it may not.
#
#	tools/deps.sh build	to build and run
#	tools/deps.sh check	to run every test as well
#
# Nothing is asked of the network when nothing is missing.
set -eu
cd "$(dirname "$0")/.."

build="gcc make pkg-config libmicrohttpd-dev libpq-dev libsodium-dev
libcurl4-openssl-dev libssl-dev libjansson-dev libcairo2-dev libpango1.0-dev
libfontconfig-dev libfreetype-dev libharfbuzz-dev libqpdf-dev libzip-dev libqrencode-dev
libunistring-dev libseccomp-dev zlib1g-dev gettext fonts-dejavu-core"
check="clang clang-format clang-tidy cppcheck libclang-rt-14-dev
libcmocka-dev postgresql-15 chromium poppler-utils python3-aiosmtpd mandoc
nginx-light wrk libxml2-utils"

wanted=$build
[ "${1:-build}" = check ] && wanted="$build $check"
command -v npm >/dev/null 2>&1 || wanted="$wanted npm"

stamp="build/deps-${1:-build}"
now=$(cat tools/deps.sh package-lock.json | cksum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && [ -d node_modules ] &&
	exit 0

missing=""
for p in $wanted; do
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = \
		installed ] || missing="$missing $p"
done

tell() {
	echo "Samskab needs a few programs that are not here." >&2
	echo "Install them, then start again:" >&2
	echo "  apt-get install$missing" >&2
	exit 2
}

if [ -n "$missing" ]; then
	as_root=""
	[ "$(id -u)" = 0 ] || as_root="sudo -n"
	command -v apt-get >/dev/null 2>&1 || tell
	[ -z "$as_root" ] || sudo -n true 2>/dev/null || tell
	echo "Installing from Debian:$missing"
	$as_root apt-get update -qq
	# A cluster of Debian's own is neither wanted nor started.
	$as_root mkdir -p /etc/postgresql-common
	[ -e /etc/postgresql-common/createcluster.conf ] ||
		echo "create_main_cluster = false" | $as_root \
		tee /etc/postgresql-common/createcluster.conf >/dev/null
	# shellcheck disable=SC2086
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
		--no-install-recommends $missing >build-deps.log 2>&1 || {
		tail -5 build-deps.log >&2
		tell
	}
	rm -f build-deps.log
fi

npm_stamp=build/deps-npm
npm_now=$(cksum <package-lock.json)
if [ ! -d node_modules ] || [ "$(cat $npm_stamp 2>/dev/null)" != "$npm_now" ]
then
	echo "Installing the npm packages of package-lock.json"
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || {
		echo "npm ci --ignore-scripts did not succeed" >&2
		exit 2
	}
fi
mkdir -p build
echo "$npm_now" >$npm_stamp
echo "$now" >"$stamp"
