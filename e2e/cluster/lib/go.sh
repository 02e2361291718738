# Go for builds: GO is the machine's Go if it is new enough, otherwise one from the Go module proxy. Sourced; requires CACHE and fail.

# The oldest Go that the modules of tools/ support, and the version that is fetched otherwise.
GO_AT_LEAST=1.26
GO_FETCHED=1.26.8

find_go() {
  local candidate
  for candidate in "$(command -v go || true)" /usr/local/go/bin/go "$CACHE/go-$GO_FETCHED/bin/go"; do
    if is_new_enough "$candidate"; then GO=$candidate; return; fi
  done
  GO=''
}

is_new_enough() {
  [ -x "$1" ] || return 1
  # GOTOOLCHAIN=local: returns its own version, not one that it could fetch.
  local version; version=$(cd / && GOTOOLCHAIN=local "$1" env GOVERSION 2>/dev/null) || return 1
  printf '%s\n%s\n' "$GO_AT_LEAST" "${version#go}" | sort -VC
}

# Fetches Go as the module golang.org/toolchain, whose checksum any Go since 1.13 verifies, with Debian's older Go.
fetch_go() {
  local old_go module="golang.org/toolchain@v0.0.1-go$GO_FETCHED.linux-$(dpkg --print-architecture)" folder="$CACHE/go-$GO_FETCHED" modules
  old_go=$(command -v go || ls /usr/lib/go-*/bin/go 2>/dev/null | tail -n 1)
  [ -n "$old_go" ] || { echo 'Go was not found. Try: apt-get install golang-go'; return 1; }
  modules=$(mktemp -d)
  (cd "$modules" && GOPATH="$modules" GO111MODULE=on GOFLAGS= GOTOOLCHAIN=local "$old_go" mod download "$module") ||
    { chmod -R u+w "$modules"; rm -rf "$modules"; echo "$old_go could not fetch $module: is the Go module proxy reachable?"; return 1; }
  chmod -R u+w "$modules"
  rm -rf "$folder"
  mv "$modules/pkg/mod/$module" "$folder"
  rm -rf "$modules"
  # A module's files carry no execute bits.
  chmod +x "$folder"/bin/* "$folder"/pkg/tool/*/*
  "$folder/bin/go" version
}
