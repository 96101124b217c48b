#!/usr/bin/env bash
# What tests use and pip does not install, from Debian where that is possible: need.sh "PACKAGES" COMMAND [OR THIS COMMAND]…
set -euo pipefail
packages=$1
shift
for command; do command -v "$command" >/dev/null && exit 0; done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages >/dev/null
else
    echo "There is no $1 on PATH, which tests use: install it (Debian: apt-get install $packages) and run again." >&2
    exit 1
fi
