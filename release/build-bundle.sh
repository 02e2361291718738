#!/bin/bash
# Builds the bundle of one architecture in .state/bundle from images, chart and CLI in .state.  usage: build-bundle.sh [ARCH] [KEY]
# Without a key, creates one in .state/keys for testing.
set -euo pipefail
cd "$(dirname "$0")/.."
arch=${1:-$(node -p process.arch)}
key=${2:-.state/keys/guardimesh.key}
guardimesh=(node --enable-source-maps cli/dist/main.js)
if [ ! -e "$key" ] && [ -z "${2:-}" ]; then
  mkdir -p .state/keys
  "${guardimesh[@]}" bundle keygen "${key%.key}"
fi
chart=$(node --enable-source-maps release/dist/chart/package-chart.js "$arch")
"${guardimesh[@]}" bundle build --images ".state/images/$arch" --chart "$chart" --cli ".state/cli/guardimesh-linux-$arch" --key "$key" --output .state/bundle
