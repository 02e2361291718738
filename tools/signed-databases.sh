# Fetches small databases signed by the ClamAV project, which only the project can create, for the tests. Debian's clamav source package
# contains them as test data. They are kept in the cache folder. Sourced by tools/setup.sh.
SIGNED_DATABASES="${XDG_CACHE_HOME:-$HOME/.cache}/guardimesh/signed-databases"
SIGNED_DATABASE_FILES=(
  freshclam_testfiles/test-{1..6}.cvd
  freshclam_testfiles/test-{2..6}.cdiff
  bytecode_sigs/bytecode.cvd
)

install_signed_databases() {
  has_signed_databases && return
  run_step "signed test databases (from Debian's clamav source package)" fetch_signed_databases
}

has_signed_databases() {
  local file
  for file in "${SIGNED_DATABASE_FILES[@]}"; do [ -s "$SIGNED_DATABASES/$(basename "$file")" ] || return; done
}

# Installs the databases with one rename. apt verifies the package against the signed Release file of the configured sources.
fetch_signed_databases() {
  local work="$SIGNED_DATABASES.new" version archive
  rm -rf "$work"
  mkdir -p "$work/sources" "$work/lists/partial" "$work/databases"
  copy_sources "$work/sources"
  # Some configured sources may have no source packages; one with clamav is enough.
  source_apt "$work" apt-get update || true
  for version in $(source_versions "$work"); do
    archive=''
    (cd "$work" && source_apt "$work" apt-get source --download-only "clamav=$version") && archive=$(compgen -G "$work/clamav_*.orig.tar.*")
    if [ -n "$archive" ] && extract_signed_databases "$archive" "$work/databases"; then
      rm -rf "$SIGNED_DATABASES"
      mv "$work/databases" "$SIGNED_DATABASES"
      rm -rf "$work"
      return
    fi
    echo "clamav $version: download failed or files are missing; trying an older version"
    rm -f "$work"/clamav_*
  done
  echo "Failed to download clamav's source package. Check the network, and that the mirror in /etc/apt/sources.list* has source packages."
  return 1
}

# Copies the configured apt sources, in both file formats, as sources of source packages with the same mirrors and keys.
copy_sources() {
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [ ! -e "$file" ] || sed -E 's/^Types:.*/Types: deb-src/I' "$file" >"$1/$(basename "$file")"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -e "$file" ] || sed -nE 's/^[[:space:]]*deb(-src)?([[:space:]])/deb-src\2/p' "$file" | sort -u >"$1/$(basename "$file")"
  done
}

# source_apt <folder> <command…>: runs apt with the sources and state in that folder, so that the machine's own apt state does not change.
source_apt() {
  local folder=$1 command=$2
  shift 2
  "$command" -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$folder/sources" -o Dir::State::lists="$folder/lists" \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root -o APT::Get::AllowUnauthenticated=false "$@"
}

# Prints the available versions, newest first.
source_versions() { source_apt "$1" apt-cache showsrc --only-source clamav | sed -n 's/^Version: //p' | sort -rVu; }

# extract_signed_databases <archive> <folder>: fails if a file is missing.
extract_signed_databases() {
  local names=("${SIGNED_DATABASE_FILES[@]/#/*/unit_tests/input/}")
  tar -xf "$1" -C "$2" --strip-components=4 --no-same-owner --wildcards "${names[@]}"
}
