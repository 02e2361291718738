# Databases signed by ClamAV's authors, for the tests. The source package of Debian's clamav contains small ones as test data. They are kept
# in the cache folder. Sourced by tools/setup.sh.
SIGNED_DATABASES="${XDG_CACHE_HOME:-$HOME/.cache}/guardimesh/signed-databases"
SIGNED_DATABASE_FILES=(
  freshclam_testfiles/test-{1..6}.cvd
  freshclam_testfiles/test-{2..6}.cdiff
  bytecode_sigs/bytecode.cvd
)

install_signed_databases() {
  has_signed_databases && return
  step "signed test databases, from the source package of Debian's clamav" fetch_signed_databases
}

has_signed_databases() {
  local file
  for file in "${SIGNED_DATABASE_FILES[@]}"; do [ -s "$SIGNED_DATABASES/$(basename "$file")" ] || return; done
}

# Renames them into place. apt verifies downloads with the signed Release file of the machine's sources.
fetch_signed_databases() {
  local work="$SIGNED_DATABASES.new" version archive
  rm -rf "$work"
  mkdir -p "$work/sources" "$work/lists/partial" "$work/kept"
  copy_sources "$work/sources"
  # Failures of some sources are acceptable as long as one has the package.
  source_apt "$work" apt-get update || true
  for version in $(source_versions "$work"); do
    archive=''
    (cd "$work" && source_apt "$work" apt-get source --download-only "clamav=$version") && archive=$(compgen -G "$work/clamav_*.orig.tar.*")
    if [ -n "$archive" ] && keep_signed_databases "$archive" "$work/kept"; then
      rm -rf "$SIGNED_DATABASES"
      mv "$work/kept" "$SIGNED_DATABASES"
      rm -rf "$work"
      return
    fi
    echo "clamav $version is not available, or lacks the files: trying an older version"
    rm -f "$work"/clamav_*
  done
  echo "No version of clamav's source package is available: check the network, and that the mirror in /etc/apt/sources.list* has source packages."
  return 1
}

# The machine's apt sources of both formats, with their mirrors and keys, as sources of source packages.
copy_sources() {
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [ ! -e "$file" ] || sed -E 's/^Types:.*/Types: deb-src/I' "$file" >"$1/$(basename "$file")"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -e "$file" ] || sed -nE 's/^[[:space:]]*deb(-src)?([[:space:]])/deb-src\2/p' "$file" | sort -u >"$1/$(basename "$file")"
  done
}

# source_apt <folder> <command…>: runs apt with the sources and the state of that folder, without changing the machine's state.
source_apt() {
  local folder=$1 command=$2
  shift 2
  "$command" -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$folder/sources" -o Dir::State::lists="$folder/lists" \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root -o APT::Get::AllowUnauthenticated=false "$@"
}

# Newest first.
source_versions() { source_apt "$1" apt-cache showsrc --only-source clamav | sed -n 's/^Version: //p' | sort -rVu; }

# keep_signed_databases <archive> <folder>: fails when one is missing.
keep_signed_databases() {
  local names=("${SIGNED_DATABASE_FILES[@]/#/*/unit_tests/input/}")
  tar -xf "$1" -C "$2" --strip-components=4 --no-same-owner --wildcards "${names[@]}"
}
