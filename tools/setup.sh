#!/bin/bash
# Prepares a Debian machine: installs missing dependencies only, so it is fast when nothing is missing.
#
#   tools/setup.sh up      dependencies of the platform on this machine
#   tools/setup.sh test    the same, and dependencies of tests and benchmarks, such as helm, which is built with Go
#   tools/setup.sh build   dependencies of the compilation, and the compiled code
#   tools/setup.sh check   the same without compiling, which the check does
#   tools/setup.sh cluster dependencies of a Kubernetes cluster on this machine (e2e/cluster/): Debian packages only
#
# Steps: Debian packages, signed test databases, Node (with npm, into the cache folder; the machine's Node is not changed), npm packages, build.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/steps.sh
source tools/node-folder.sh
source tools/signed-databases.sh

# Release of npm for a manual installation, tested with Node 24.21.
NPM_VERSION=11.19.1
# npm would retry for some minutes before it reports a missing network.
export npm_config_fetch_retry_mintimeout=2000 npm_config_fetch_retry_maxtimeout=10000

# Required command or file, its package, and its purpose. The command counts, not the package: Docker's packages also contain
# containerd and dockerd, and Debian's packages would replace them.
NEEDED_TO_RUN='
clamd                      clamav-daemon              the antivirus engine
clamscan                   clamav                     loads signatures for a test
containerd                 containerd                 runs the demo pod when this machine has no container runtime
runc                       runc                       runs containers
/usr/lib/cni/loopback      containernetworking-plugins  network of pods
/bin/busybox               busybox-static             content of the demo image
useradd                    passwd                     an unprivileged user for PostgreSQL
openssl                    openssl                    the certificate of the signature server
'
NEEDED_TO_TEST='
clamdscan                  clamdscan                  peer of the benchmarks
dockerd                    docker.io                  the tests with Docker
chromium                   chromium                   the tests of the console
freshclam                  clamav-freshclam           updates from the mirror, in tests
nginx                      nginx-light                the web server of the console, in tests
skopeo                     skopeo                     the tests of images
zstd                       zstd                       reads bundles, in tests
xz                         xz-utils                   unpacks the signed test databases
strip                      binutils                   makes the command line small
/usr/lib/postgresql/15/bin/pg_dump  postgresql-15    the tests of backup
python3                    python3                    odd processes for the tests of the node
'
NEEDED_TO_BUILD_GO='
go                         golang-go                  builds helm and Kubernetes, or fetches a Go that is new enough to
/etc/ssl/certs/ca-certificates.crt  ca-certificates   the Go module proxy
'
NEEDED_FOR_CLUSTER='
containerd                 containerd                 runs the pods of every node
runc                       runc                       runs containers
/usr/lib/cni/bridge        containernetworking-plugins  network of pods
/bin/busybox               busybox-static             makes the folders of volumes
nft                        nftables                   addresses of services
iptables                   iptables                   address translation of pods
conntrack                  conntrack                  connections of services
ethtool                    ethtool                    network of pods
tini                       tini                       PID 1 of every node
socat                      socat                      opens services to a browser, port forwarding
tcpdump                    tcpdump                    shows what tries to leave
openssl                    openssl                    certificates
skopeo                     skopeo                     copies images into a registry
'

main() {
  local wanted=''
  case "${1:-}" in
    up) wanted=$NEEDED_TO_RUN ;;
    test) wanted=$NEEDED_TO_RUN$NEEDED_TO_TEST$NEEDED_TO_BUILD_GO PATH="$PATH:/usr/local/go/bin" ;;
    cluster) wanted=$NEEDED_FOR_CLUSTER$NEEDED_TO_BUILD_GO PATH="$PATH:/usr/local/go/bin" ;;
    build | check) ;;
    *) fail "usage: tools/setup.sh up|test|build|check|cluster" ;;
  esac
  check_machine
  install_packages "$wanted"
  if [ "$1" = cluster ]; then return; fi
  if [ "$1" = test ]; then install_signed_databases; fi
  install_node
  export PATH="$NODE_FOLDER/node_modules/.bin:$PWD/node_modules/.bin:$PATH"
  install_npm_packages
  [ "$1" = check ] || build
}

check_machine() {
  [ "$(id -u)" = 0 ] || fail "root is required for containers, fanotify and mounts. Try: sudo make …"
  local ID='' ID_LIKE='' PRETTY_NAME='this system'
  source /etc/os-release
  [[ " $ID $ID_LIKE " == *" debian "* ]] || fail "only Debian 12 and its derivatives are supported, not $PRETTY_NAME."
  command -v apt-get >/dev/null || fail "apt-get is missing."
  NODE_PACKAGE="node-linux-$(node_architecture)"
}

node_architecture() {
  case "$(uname -m)" in
    x86_64) echo x64 ;;
    aarch64) echo arm64 ;;
    *) fail "the architecture must be x86-64 or arm64, not $(uname -m)." ;;
  esac
}

install_packages() {
  local what package why packages=()
  while read -r what package why; do
    [ -z "$what" ] || is_there "$what" || { packages+=("$package"); say "  $package: $why"; }
  done <<<"$1"
  # Debian's npm is large; it is installed only when this machine has neither npm nor the pinned Node.
  if ! has_node && ! command -v npm >/dev/null; then
    packages+=(npm)
    say "  npm: brings Node $NODE_VERSION"
  fi
  [ ${#packages[@]} = 0 ] && return
  step "Debian packages: ${packages[*]}" apt_install "${packages[@]}"
}

is_there() {
  if [[ $1 = /* ]]; then [ -e "$1" ]; else PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null; fi
}

# Installs packages without starting their services, now or at boot: Guardimesh runs its own instances.
apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  local options=(-y --no-install-recommends -o DPkg::Lock::Timeout=300) status=0 made_policy=''
  apt-get update || { echo 'apt-get update failed: check the network and the package sources.'; return 1; }
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    made_policy=yes
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
  fi
  local before; before=$(installed_packages)
  apt-get install "${options[@]}" "$@" || status=$?
  [ -z "$made_policy" ] || rm -f /usr/sbin/policy-rc.d
  [ $status = 0 ] || return $status
  if command -v systemctl >/dev/null; then disable_services "$before"; fi
}

installed_packages() { dpkg-query -W -f '${Package}\n' | sort; }

# Disables the units of newly installed packages.
disable_services() {
  local unit
  comm -13 <(echo "$1") <(installed_packages) | xargs -r dpkg -L | grep -E '^(/usr)?/lib/systemd/system/[^/@]+\.(service|socket|timer)$' |
    while read -r unit; do systemctl disable "$(basename "$unit")" || true; done
}

has_node() { [ "$("$NODE_FOLDER/node_modules/.bin/node" --version 2>/dev/null)" = "v$NODE_VERSION" ]; }

install_node() {
  has_node && return
  step "Node $NODE_VERSION into $NODE_FOLDER" fetch_node
}

# Renames Node into place, so that an interrupted download is not mistaken for a complete one.
fetch_node() {
  local draft="$NODE_FOLDER.new"
  rm -rf "$draft"
  mkdir -p "$draft"
  (cd "$draft" && npm install --prefix "$draft" --no-save --no-audit --no-fund "$NODE_PACKAGE@$NODE_VERSION" "npm@$NPM_VERSION") ||
    { echo 'npm failed to fetch Node: check the network and the registry in ~/.npmrc.'; return 1; }
  rm -rf "$NODE_FOLDER"
  mv "$draft" "$NODE_FOLDER"
  has_node
}

install_npm_packages() {
  node tools/npm-packages-match.mjs || step 'npm packages' npm ci
}

build() {
  step 'build' tsc -b
  local stamp=console/dist/.built-at
  if [ ! -e $stamp ] || [ -n "$(find console contracts/src contracts/generated package-lock.json -newer $stamp \
    -not -path '*/node_modules/*' -not -path '*/dist*' -not -path '*/test/*' -print -quit)" ]; then
    step 'console' build_console
  fi
}

# The stamp has the start time, so files that are edited during the build are built the next time.
build_console() {
  mkdir -p console/dist
  touch console/dist/.built-at.new
  npm run build -w console && mv console/dist/.built-at.new console/dist/.built-at
}

main "$@"
