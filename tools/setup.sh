#!/bin/bash
# Prepares a Debian machine: installs missing packages and leaves existing ones unchanged. Fast if nothing is missing.
#
#   tools/setup.sh up       packages to run the platform, and the build
#   tools/setup.sh test     the same, and packages for the tests and benchmarks, including Go to build helm
#   tools/setup.sh build    Node, npm packages and the build
#   tools/setup.sh check    Node and npm packages, without the build, which `make check` runs itself
#   tools/setup.sh cluster  Debian packages for a Kubernetes cluster on this machine (e2e/cluster/)
#
# Steps: Debian packages, signed test databases, Node (through npm, into the cache folder), npm packages, build.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/steps.sh
source tools/node-folder.sh
source tools/signed-databases.sh

# Installed together with Node: the release that was tested with Node 24.21.
NPM_VERSION=11.19.1
# By default npm retries for minutes before it reports that the network is unavailable.
export npm_config_fetch_retry_mintimeout=2000 npm_config_fetch_retry_maxtimeout=10000

# Required file or command, Debian package, purpose. Files and commands are checked instead of packages: Docker's own packages
# contain containerd and dockerd too, and installing Debian's would remove them.
RUN_REQUIREMENTS='
clamd                      clamav-daemon              antivirus engine
clamscan                   clamav                     test load of signatures
containerd                 containerd                 container runtime for the demo pod, if this machine has none
runc                       runc                       low-level container runtime
/usr/lib/cni/loopback      containernetworking-plugins  pod network
/bin/busybox               busybox-static             contents of the demo image
useradd                    passwd                     unprivileged user for PostgreSQL
openssl                    openssl                    certificate of the signature server
'
TEST_REQUIREMENTS='
clamdscan                  clamdscan                  benchmark peer
dockerd                    docker.io                  Docker tests
chromium                   chromium                   console tests
freshclam                  clamav-freshclam           mirror tests
nginx                      nginx-light                web server of the console, in tests
skopeo                     skopeo                     image tests
zstd                       zstd                       bundle tests
xz                         xz-utils                   unpacks signed test databases
strip                      binutils                   strips the guardimesh executable
/usr/lib/postgresql/15/bin/pg_dump  postgresql-15    backup tests
age                        age                        decrypts backups in tests
python3                    python3                    unusual processes in node tests
gcc                        gcc                        programs of the placements benchmark
/usr/lib/x86_64-linux-gnu/libc.a  libc6-dev           the same, linked statically
7z                         p7zip-full                 archives of the placements benchmark, like the following
zip                        zip                        ZIP archives
lz4                        lz4                        LZ4 archives
cpio                       cpio                       cpio archives
mksquashfs                 squashfs-tools             squashfs images
genisoimage                genisoimage                ISO images
'
GO_REQUIREMENTS='
go                         golang-go                  builds helm and Kubernetes, or downloads a newer Go
/etc/ssl/certs/ca-certificates.crt  ca-certificates   TLS to the Go module proxy
'
CLUSTER_REQUIREMENTS='
containerd                 containerd                 container runtime of the nodes
runc                       runc                       low-level container runtime
/usr/lib/cni/bridge        containernetworking-plugins  pod network
/bin/busybox               busybox-static             creates volume folders
nft                        nftables                   Service addresses
iptables                   iptables                   address translation for pods
conntrack                  conntrack                  Service connections
ethtool                    ethtool                    pod network
tini                       tini                       PID 1 of every node
socat                      socat                      port forwarding
tcpdump                    tcpdump                    captures outbound packets
openssl                    openssl                    certificates
skopeo                     skopeo                     copies images to a registry
'

main() {
  local requirements=''
  case "${1:-}" in
    up) requirements=$RUN_REQUIREMENTS ;;
    test) requirements=$RUN_REQUIREMENTS$TEST_REQUIREMENTS$GO_REQUIREMENTS PATH="$PATH:/usr/local/go/bin" ;;
    cluster) requirements=$CLUSTER_REQUIREMENTS$GO_REQUIREMENTS PATH="$PATH:/usr/local/go/bin" ;;
    build | check) ;;
    *) fail "usage: tools/setup.sh up|test|build|check|cluster" ;;
  esac
  check_machine
  install_packages "$requirements"
  if [ "$1" = cluster ]; then return; fi
  if [ "$1" = test ]; then install_signed_databases; fi
  install_node
  export PATH="$NODE_FOLDER/node_modules/.bin:$PWD/node_modules/.bin:$PATH"
  install_npm_packages
  [ "$1" = check ] || build
}

check_machine() {
  [ "$(id -u)" = 0 ] || fail "root is required for containers, fanotify and mounts. Run: sudo make …"
  local ID='' ID_LIKE='' PRETTY_NAME='this system'
  source /etc/os-release
  [[ " $ID $ID_LIKE " == *" debian "* ]] || fail "unsupported system: $PRETTY_NAME. This script supports Debian 12 and its derivatives."
  command -v apt-get >/dev/null || fail "apt-get not found."
  NODE_PACKAGE="node-linux-$(node_architecture)"
}

node_architecture() {
  case "$(uname -m)" in
    x86_64) echo x64 ;;
    aarch64) echo arm64 ;;
    *) fail "unsupported processor: $(uname -m). Supported are x86-64 and arm64." ;;
  esac
}

install_packages() {
  local requirement package purpose packages=()
  while read -r requirement package purpose; do
    [ -z "$requirement" ] || is_installed "$requirement" || { packages+=("$package"); info "  $package: $purpose"; }
  done <<<"$1"
  # Debian's npm is large, so it is installed only if this machine has neither npm nor our Node.
  if ! has_node && ! command -v npm >/dev/null; then
    packages+=(npm)
    info "  npm: installs Node $NODE_VERSION"
  fi
  [ ${#packages[@]} = 0 ] && return
  run_step "Debian packages: ${packages[*]}" apt_install "${packages[@]}"
}

is_installed() {
  if [[ $1 = /* ]]; then [ -e "$1" ]; else PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null; fi
}

# Installs packages without starting or enabling their services, because the platform runs its own instances.
apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  local options=(-y --no-install-recommends -o DPkg::Lock::Timeout=300) status=0 made_policy=''
  apt-get update || { echo 'apt-get update failed. Check the network and the package sources.'; return 1; }
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

# disable_services <packages>: disables the units of packages that are not in the list.
disable_services() {
  local unit
  comm -13 <(echo "$1") <(installed_packages) | xargs -r dpkg -L | grep -E '^(/usr)?/lib/systemd/system/[^/@]+\.(service|socket|timer)$' |
    while read -r unit; do systemctl disable "$(basename "$unit")" || true; done
}

has_node() { [ "$("$NODE_FOLDER/node_modules/.bin/node" --version 2>/dev/null)" = "v$NODE_VERSION" ]; }

install_node() {
  has_node && return
  run_step "Node $NODE_VERSION into $NODE_FOLDER" fetch_node
}

# Installs Node with one rename, so that an interrupted download never counts as complete.
fetch_node() {
  local draft="$NODE_FOLDER.new"
  rm -rf "$draft"
  mkdir -p "$draft"
  (cd "$draft" && npm install --prefix "$draft" --ignore-scripts --no-save --no-audit --no-fund "$NODE_PACKAGE@$NODE_VERSION" "npm@$NPM_VERSION") ||
    { echo 'npm failed to download Node. Check the network and the registry in ~/.npmrc.'; return 1; }
  rm -rf "$NODE_FOLDER"
  mv "$draft" "$NODE_FOLDER"
  has_node
}

install_npm_packages() {
  node tools/npm-packages-match.mjs || run_step 'npm packages' npm ci
}

build() {
  run_step 'build' tsc -b
  local stamp=console/dist/.built-at
  if [ ! -e $stamp ] || [ -n "$(find console contracts/src contracts/generated package-lock.json -newer $stamp \
    -not -path '*/node_modules/*' -not -path '*/dist*' -not -path '*/test/*' -print -quit)" ]; then
    run_step 'console' build_console
  fi
}

# The stamp has the start time of the build, so that files edited during the build are built the next time.
build_console() {
  mkdir -p console/dist
  touch console/dist/.built-at.new
  npm run build -w console && mv console/dist/.built-at.new console/dist/.built-at
}

main "$@"
