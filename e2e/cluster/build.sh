#!/bin/bash
# Builds the programs of the cluster and its tools from Go modules. Programs whose sources have not changed are not rebuilt.
#
#   build.sh                    build the programs that `cluster.sh up` requires
#   build.sh --only NAME...     build these programs only; the names are in the first column below
#
# Output: $XDG_CACHE_HOME/guardimesh/cluster/bin/NAME, a link to store/MODULE-HASH/ next to it. GOFLAGS and GOPROXY of the machine apply.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tools/steps.sh
source e2e/cluster/lib/go.sh
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/guardimesh/cluster"

# Name, module in tools/, package, purpose.
PROGRAMS='
kube-apiserver          kubernetes    k8s.io/kubernetes/cmd/kube-apiserver              cluster
kube-controller-manager kubernetes    k8s.io/kubernetes/cmd/kube-controller-manager     cluster
kube-scheduler          kubernetes    k8s.io/kubernetes/cmd/kube-scheduler              cluster
kubelet                 kubernetes    k8s.io/kubernetes/cmd/kubelet                     cluster
kube-proxy              kubernetes    k8s.io/kubernetes/cmd/kube-proxy                  cluster
kubectl                 kubernetes    k8s.io/kubernetes/cmd/kubectl                     cluster
etcd                    kubernetes    go.etcd.io/etcd/server/v3                         cluster
coredns                 kubernetes    ./dns                                             cluster
pause                   kubernetes    ./pause                                           cluster
local-path-provisioner  kubernetes    github.com/rancher/local-path-provisioner         cluster
registry                kubernetes    ./registry                                        cluster
helm                    kubernetes    helm.sh/helm/v3/cmd/helm                          cluster
helm4                   kubernetes    helm.sh/helm/v4/cmd/helm                          cluster
kwok                    kubernetes    sigs.k8s.io/kwok/cmd/kwok                         bench
kube-score              kube-score    github.com/zegl/kube-score/cmd/kube-score         chart
kubeconform             kubeconform   github.com/yannh/kubeconform/cmd/kubeconform      chart
cert-manager            cert-manager  github.com/cert-manager/cert-manager              crds
'

main() {
  local selected name module package purpose
  case "${1:-}" in
    '') selected=" $(awk '$4 == "cluster" {print $1}' <<<"$PROGRAMS" | tr '\n' ' ')" ;;
    --only) shift; selected=" $* " ;;
    *) fail 'usage: build.sh [--only NAME...]' ;;
  esac
  for name in $selected; do grep -q "^$name " <<<"$PROGRAMS" || fail "unknown program \"$name\". Programs: $(awk '{printf "%s ", $1}' <<<"$PROGRAMS")"; done
  mkdir -p "$CACHE/bin" "$CACHE/store"
  while read -r name module package purpose; do
    [[ -z "$name" || "$selected" != *" $name "* ]] || ensure_built "$name" "$module" "$package" "$purpose"
  done <<<"$PROGRAMS"
  remove_unused
}

# ensure_built <name> <module> <package> <purpose>
ensure_built() {
  local name=$1 folder; folder="$CACHE/store/$2-$(source_hash "$2")"
  local link="../store/${folder##*/}/$name"
  [ -e "$folder/$name" ] || build_once "$@" "$folder/$name"
  [ "$(readlink "$CACHE/bin/$name")" = "$link" ] || ln -sfn "$link" "$CACHE/bin/$name"
}

# build_once <name> <module> <package> <purpose> <file>
build_once() {
  # Parallel builds would do the same work twice on the same cores.
  exec 9>"$CACHE/build.lock"
  flock 9
  [ ! -e "$5" ] || return 0
  ensure_go
  mkdir -p "$(dirname "$5")"
  if [ "$4" = crds ]; then run_step "$1 (definitions)" fetch_crds "$2" "$3" "$5"; else run_step "build $1" build_part "$2" "$3" "$5"; fi
  exec 9>&-
}

# Hashes everything that determines the output: the module's files, including go.mod and go.sum, the build functions (names and bodies,
# without comments), and the processor.
source_hash() {
  { uname -m; declare -f build_part fetch_crds; (cd "e2e/cluster/tools/$1" && find . -type f | LC_ALL=C sort | xargs sha256sum); } | sha256sum | cut -c 1-16
}

ensure_go() {
  [ -n "${GO:-}" ] || find_go
  [ -n "$GO" ] || { run_step "Go $GO_FETCHED into $CACHE" fetch_go; find_go; }
  [ -n "$GO" ] || fail "Go $GO_AT_LEAST or newer not found, and the downloaded one does not run."
}

# build_part <module> <package> <file>: builds with low priority, so that the machine stays usable, and installs the program with a rename.
# Leaving out debug information saves a tenth of the build time.
build_part() {
  cd "e2e/cluster/tools/$1"
  local flags='-s -w'
  if [ "$1" = kubernetes ]; then flags+=" -X k8s.io/component-base/version.gitVersion=$("$GO" list -m -f '{{.Version}}' k8s.io/kubernetes)"; fi
  CGO_ENABLED=0 nice "$GO" build -trimpath -gcflags=all=-dwarf=false -ldflags "$flags" -o "$3.new" "$2" && mv "$3.new" "$3"
}

# fetch_crds <module> <Go module> <folder>: copies the module's CustomResourceDefinitions, verified with go.sum.
fetch_crds() {
  cd "e2e/cluster/tools/$1"
  "$GO" mod download "$2"
  rm -rf "$3.new"
  mkdir "$3.new"
  cp "$("$GO" list -m -f '{{.Dir}}' "$2")"/deploy/crds/*.yaml "$3.new/"
  chmod -R u+w "$3.new"
  mv "$3.new" "$3"
}

# Deletes store folders that no link in bin/ refers to. Skipped while another build is running, because its folder has no link yet.
remove_unused() {
  local folder
  exec 9>"$CACHE/build.lock"
  flock -n 9 || return 0
  for folder in "$CACHE"/store/*/; do
    find "$CACHE/bin" -type l -lname "../store/$(basename "$folder")/*" -print -quit | grep -q . || rm -rf "$folder"
  done
}

main "$@"
