#!/bin/sh
# Installs Debian's Chromium, and a font with Japanese letters, for the browser tests where that is possible.
set -u
if command -v chromium >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing chromium for the browser tests"
    if apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-noto-cjk >/dev/null; then
        exit 0
    fi
fi
echo "No chromium here, and it cannot be installed (that needs root and apt-get): the browser tests will be skipped." >&2
echo "Install it by hand, e.g. sudo apt-get install chromium, and run make test again." >&2
[ "${CI:-}" != true ]
