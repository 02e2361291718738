#!/bin/bash
# Builds .state/cli/guardimesh-linux-ARCH, the CLI as a single executable.  usage: build-cli.sh [x64|arm64]
set -euo pipefail
cd "$(dirname "$0")/.."
machine=$(node -p process.arch)
arch=${1:-$machine}
version=$(cat .node-version)
if [ "$arch" = "$machine" ]; then
  program=$(node -p process.execPath)
else
  # The npm package of Node for the other architecture is unpacked, but not executed.
  folder="${XDG_CACHE_HOME:-$HOME/.cache}/guardimesh/node-$version-$arch"
  program="$folder/package/bin/node"
  if [ ! -e "$program" ]; then
    mkdir -p "$folder"
    archive=$(npm pack --silent --pack-destination "$folder" "node-linux-$arch@$version")
    tar -xf "$folder/$archive" -C "$folder" package/bin/node
    rm "$folder/$archive"
  fi
fi
node release/dist/executable/build-executable.js --output .state/cli --arch "$arch" --node "$program"
