#!/bin/bash
# Builds the components of the cluster and its tools from Go modules, once for each version of their sources.
#
#   build.sh                    programs for `cluster.sh up`
#   build.sh --only NAME...     only the named programs; names are the first column below
#
# Results: $XDG_CACHE_HOME/guardimesh/cluster/bin/NAME, links into store/MODULE-HASH/ next to it. GOFLAGS and GOPROXY of the machine apply.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tools/steps.sh
source e2e/cluster/lib/go.sh
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/guardimesh/cluster"

# Name, module in tools/, package, purpose.
PARTS='
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
  local wanted name module package purpose
  case "${1:-}" in
    '') wanted=" $(awk '$4 == "cluster" {print $1}' <<<"$PARTS" | tr '\n' ' ')" ;;
    --only) shift; wanted=" $* " ;;
    *) fail 'usage: build.sh [--only NAME...]' ;;
  esac
  for name in $wanted; do grep -q "^$name " <<<"$PARTS" || fail "unknown name \"$name\". Names: $(awk '{printf "%s ", $1}' <<<"$PARTS")"; done
  mkdir -p "$CACHE/bin" "$CACHE/store"
  while read -r name module package purpose; do
    [[ -z "$name" || "$wanted" != *" $name "* ]] || ensure_built "$name" "$module" "$package" "$purpose"
  done <<<"$PARTS"
  remove_unused
}

# ensure_built <name> <module> <package> <purpose>
ensure_built() {
  local name=$1 folder; folder="$CACHE/store/$2-$(source_hash "$2")"
  local link="../store/${folder##*/}/$name"
  [ -e "$folder/$name" ] || make_part "$@" "$folder/$name"
  [ "$(readlink "$CACHE/bin/$name")" = "$link" ] || ln -sfn "$link" "$CACHE/bin/$name"
}

# make_part <name> <module> <package> <purpose> <file>
make_part() {
  # Concurrent builds would do the same work twice.
  exec 9>"$CACHE/build.lock"
  flock 9
  [ ! -e "$5" ] || return 0
  ensure_go
  mkdir -p "$(dirname "$5")"
  if [ "$4" = crds ]; then step "$1 (definitions)" fetch_crds "$2" "$3" "$5"; else step "build $1" build_part "$2" "$3" "$5"; fi
  exec 9>&-
}

# The result depends on the files of the module, this script and the architecture. Versions and checksums are in go.mod and go.sum.
source_hash() {
  { uname -m; declare -f build_part fetch_crds; (cd "e2e/cluster/tools/$1" && find . -type f | LC_ALL=C sort | xargs sha256sum); } | sha256sum | cut -c 1-16
}

ensure_go() {
  [ -n "${GO:-}" ] || find_go
  [ -n "$GO" ] || { step "Go $GO_FETCHED into $CACHE" fetch_go; find_go; }
  [ -n "$GO" ] || fail "Go $GO_AT_LEAST or newer was not found, and the fetched version does not run."
}

# build_part <module> <package> <file>: sequentially and with low priority, so that the machine stays responsive. The result is renamed into place.
# Without debug information, which takes a tenth of the time.
build_part() {
  cd "e2e/cluster/tools/$1"
  local flags='-s -w'
  if [ "$1" = kubernetes ]; then flags+=" -X k8s.io/component-base/version.gitVersion=$("$GO" list -m -f '{{.Version}}' k8s.io/kubernetes)"; fi
  CGO_ENABLED=0 nice "$GO" build -trimpath -gcflags=all=-dwarf=false -ldflags "$flags" -o "$3.new" "$2" && mv "$3.new" "$3"
}

# fetch_crds <module> <Go module> <folder>: its CustomResourceDefinitions, verified by go.sum.
fetch_crds() {
  cd "e2e/cluster/tools/$1"
  "$GO" mod download "$2"
  rm -rf "$3.new"
  mkdir "$3.new"
  cp "$("$GO" list -m -f '{{.Dir}}' "$2")"/deploy/crds/*.yaml "$3.new/"
  chmod -R u+w "$3.new"
  mv "$3.new" "$3"
}

# Removes results of earlier sources that no name refers to, unless another build is running, whose result has no name yet.
remove_unused() {
  local folder
  exec 9>"$CACHE/build.lock"
  flock -n 9 || return 0
  for folder in "$CACHE"/store/*/; do
    find "$CACHE/bin" -type l -lname "../store/$(basename "$folder")/*" -print -quit | grep -q . || rm -rf "$folder"
  done
}

main "$@"
