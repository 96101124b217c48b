#!/usr/bin/env bash
# The browser tests use a Chromium on PATH: install Debian's where that is possible, otherwise say how.
set -euo pipefail
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-liberation >/dev/null
else
    echo "The browser tests need Chromium: install it (Debian: apt-get install chromium) and run again." >&2
    exit 1
fi
