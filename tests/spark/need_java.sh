#!/usr/bin/env bash
# Spark runs on Java 17 or newer: install Debian's where that is possible, otherwise say that its tests are skipped.
set -euo pipefail
command -v java >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq openjdk-17-jre-headless >/dev/null
else
    echo "No Java on PATH: the tests of loading on Spark are skipped (Debian: apt-get install openjdk-17-jre-headless)." >&2
fi
