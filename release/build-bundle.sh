#!/bin/bash
# Makes the bundle of one architecture in .state/bundle from images, chart and command line in .state.  usage: bundle.sh [ARCH] [KEY]
# Without a key one is made in .state/keys, for trying things out.
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
