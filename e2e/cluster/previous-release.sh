#!/bin/bash
# Builds the bundle of the release that the upgrade test starts from, out of this repository's history. Done once per machine: about a
# minute if packages are cached. Prints the folder, which has the layout of .state/.
#
# Output: $XDG_CACHE_HOME/guardimesh/releases/COMMIT-ARCH/{bundle,keys,cli,chart}
set -euo pipefail
cd "$(dirname "$0")/../.."
# Version 0.1.0: engines in the scanner pod, migrations 1 to 11.
COMMIT=6d4eb33937521b45547953b5f3ce6e1c545d5897
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/guardimesh"
FOLDER="$CACHE/releases/$COMMIT-$(uname -m)"
LOG_FILE="$CACHE/releases/build.log"

main() {
  mkdir -p "$CACHE/releases"
  exec 9>"$CACHE/releases/build.lock"
  flock 9
  if [ ! -e "$FOLDER" ]; then
    source tools/steps.sh
    git cat-file -e "$COMMIT^{commit}" 2>/dev/null ||
      fail "commit $COMMIT not found, which the upgrade test starts from. In a shallow clone, run: git fetch --unshallow"
    run_step "previous release (${COMMIT:0:7})" build_release >&2
  fi
  echo "$FOLDER"
}

# Builds in a folder of its own with caches of its own: the build replaces npm packages that belong to another lock file. Only downloads
# that do not depend on the version are shared. The result is installed with a rename, so that an interrupted build never counts as complete.
build_release() {
  local draft="$FOLDER.new"
  local source="$draft/source"
  rm -rf "$draft"
  mkdir -p "$source" "$draft/cache/guardimesh" "$CACHE/debs"
  git archive "$COMMIT" | tar -x -C "$source"
  ln -s "$CACHE/debs" "$draft/cache/guardimesh/debs"
  local node; node="node-$(cat "$source/.node-version")"
  [ ! -e "$CACHE/$node" ] || ln -s "$CACHE/$node" "$draft/cache/guardimesh/$node"
  # The variables of a surrounding make would apply to this build, too.
  env -u MAKEFLAGS -u MAKELEVEL -u MAKEOVERRIDES -u ARCH -u KEY -u LOG_FILE XDG_CACHE_HOME="$draft/cache" make -C "$source" bundle &&
    rm -rf "$source/.state/images" "$source"/.state/*.l* && mv "$source/.state" "$FOLDER" && rm -rf "$draft"
}

main
