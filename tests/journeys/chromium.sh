#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Chromium for the journeys, as the user nobody when root calls: the profile
# that the test made becomes that user's.
for a in "$@"; do
	case $a in
	--user-data-dir=*) profile=${a#*=} ;;
	esac
done
export HOME="${profile:-/nonexistent}" XDG_CONFIG_HOME="${profile:-}" \
	XDG_CACHE_HOME="${profile:-}"
program=/usr/bin/chromium
[ -x "$program" ] || program=$(command -v chromium || command -v google-chrome)
[ "$(id -u)" = 0 ] || exec "$program" "$@"
chown -R nobody "$profile"
exec setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups \
	"$program" "$@"
