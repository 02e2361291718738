# Databases that ClamAV's authors signed, for the tests: nobody else can make such ones. The source package of Debian's clamav has small ones
# among its own tests. They stay in the cache folder; sourced by tools/setup.sh, which has NODE_FOLDER's neighbours there.
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

# Puts them in place by one rename. apt compares what it fetches with the signed Release file of the machine's own sources.
fetch_signed_databases() {
  local work="$SIGNED_DATABASES.new" version archive
  rm -rf "$work"
  mkdir -p "$work/sources" "$work/lists/partial" "$work/kept"
  copy_sources "$work/sources"
  # What other sources of this machine lack is no matter as long as one has the package.
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
    echo "clamav $version cannot be had, or lacks the files: trying an older one"
    rm -f "$work"/clamav_*
  done
  echo "No version of clamav's source package could be had. Is there a network, and has the mirror of /etc/apt/sources.list* source packages?"
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

# source_apt <folder> <command…>: runs apt with the sources and a state of that folder; the machine's own state is not touched.
source_apt() {
  local folder=$1 command=$2
  shift 2
  "$command" -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$folder/sources" -o Dir::State::lists="$folder/lists" \
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root -o APT::Get::AllowUnauthenticated=false "$@"
}

# Newest first.
source_versions() { source_apt "$1" apt-cache showsrc --only-source clamav | sed -n 's/^Version: //p' | sort -rVu; }

# keep_signed_databases <archive> <folder>: false when one is missing.
keep_signed_databases() {
  local names=("${SIGNED_DATABASE_FILES[@]/#/*/unit_tests/input/}")
  tar -xf "$1" -C "$2" --strip-components=4 --no-same-owner --wildcards "${names[@]}"
}
