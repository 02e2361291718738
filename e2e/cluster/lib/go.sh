# Sets GO to the machine's Go if it is new enough, otherwise to one from the Go module proxy. Sourced; requires CACHE and fail.

# Minimum version for the modules in tools/, and the version to download if the machine has none.
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
  # GOTOOLCHAIN=local reports the installed version instead of one that Go would download.
  local version; version=$(cd / && GOTOOLCHAIN=local "$1" env GOVERSION 2>/dev/null) || return 1
  printf '%s\n%s\n' "$GO_AT_LEAST" "${version#go}" | sort -VC
}

# Downloads the module golang.org/toolchain with Debian's older Go. Any Go since 1.13 verifies the module's checksum.
fetch_go() {
  local old_go module="golang.org/toolchain@v0.0.1-go$GO_FETCHED.linux-$(dpkg --print-architecture)" folder="$CACHE/go-$GO_FETCHED" modules
  old_go=$(command -v go || ls /usr/lib/go-*/bin/go 2>/dev/null | tail -n 1)
  [ -n "$old_go" ] || { echo 'Go not found. Run: apt-get install golang-go'; return 1; }
  modules=$(mktemp -d)
  (cd "$modules" && GOPATH="$modules" GO111MODULE=on GOFLAGS= GOTOOLCHAIN=local "$old_go" mod download "$module") ||
    { chmod -R u+w "$modules"; rm -rf "$modules"; echo "$old_go failed to download $module. Check that the Go module proxy is reachable."; return 1; }
  chmod -R u+w "$modules"
  rm -rf "$folder"
  mv "$modules/pkg/mod/$module" "$folder"
  rm -rf "$modules"
  # Files in Go modules have no execute permission.
  chmod +x "$folder"/bin/* "$folder"/pkg/tool/*/*
  "$folder/bin/go" version
}
