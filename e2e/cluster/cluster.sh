#!/bin/bash
# A real Kubernetes cluster on one machine, each node in its own namespaces, without outbound network access. See README.md.
#
#   cluster.sh up [NODES]                     start the cluster (default: 2 nodes)
#   cluster.sh down                           stop the cluster and remove all its files
#   cluster.sh status                         list running components
#   cluster.sh kubectl|helm|helm4 ARGS…       run a client of the cluster
#   cluster.sh exec COMMAND…                  run a command with access to nodes, pods and services
#   cluster.sh stop|start|restart PART        nodeN (power failure), etcd, apiserver, controller-manager, scheduler, registry
#   cluster.sh node NODE COMMAND…             run a command on a node
#   cluster.sh put NODE FILE PATH             copy a file to the disk of a node
#   cluster.sh load ARCHIVE|LAYOUT…           load images into all running nodes
#   cluster.sh open [NAMESPACE/SERVICE[:PORT]] [LOCAL-PORT]   open a loopback address for a browser, until Ctrl-C
#   cluster.sh capture start|stop             record packets to external destinations; stop lists them
#   cluster.sh external add NAME ADDRESS      a machine outside the cluster: network namespace gm-ext-NAME
#   cluster.sh external remove NAME
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
for file in common network certificates images control-plane nodes capture open clean-up; do source "e2e/cluster/lib/$file.sh"; done

DEFAULT_SERVICE=guardimesh-system/guardimesh-console:443
DEFAULT_PORT=8443
# Required commands that are not part of every Debian, with their packages.
NEEDED_COMMANDS='containerd:containerd ctr:containerd runc:runc nft:nftables iptables:iptables conntrack:conntrack socat:socat ethtool:ethtool
  tini:tini busybox:busybox-static tcpdump:tcpdump ip:iproute2 openssl:openssl mkfs.ext4:e2fsprogs pgrep:procps'

main() {
  local command=${1:-}
  [ $# = 0 ] || shift
  [ "$(id -u)" = 0 ] || fail 'the cluster requires root for namespaces, mounts and control groups.'
  case "$command" in
    up) bring_up "${1:-2}" ;;
    down) take_down ;;
    status) show_status ;;
    kubectl | helm | helm4) need_cluster; run_client "$command" "$@" ;;
    exec) need_cluster; in_control_plane "$@" ;;
    node) need_cluster; on_node "$@" ;;
    put) need_cluster; put_file "$@" ;;
    start | stop | restart) need_cluster; "$command"_any "${1:-}" ;;
    load) need_cluster; load_images "$@" ;;
    open) need_cluster; open_service "${1:-$DEFAULT_SERVICE}" "${2:-$DEFAULT_PORT}" ;;
    capture) need_cluster; capture "${1:-}" ;;
    external) need_cluster; external "$@" ;;
    *) sed -n '2,/^set/s/^# \{0,1\}//p' e2e/cluster/cluster.sh; exit 64 ;;
  esac
}

bring_up() {
  local nodes=$1 started=$SECONDS
  check_machine "$nodes"
  raise_watch_limit $((64 + 16 * nodes))
  prepare_state "$nodes"
  LOG_FILE="$STATE/log/up.log"
  step 'certificates' make_certificates
  step 'images of the cluster' make_images
  step 'network' make_control_plane_network
  step 'control plane' start_control_plane
  step "$nodes nodes" start_all_nodes
  step 'DNS and volumes' install_addons
  say "Kubernetes $("$BIN/kubectl" version --client -o yaml | awk '/gitVersion/ {print $2}') is up after $((SECONDS - started)) s. Talk to it: e2e/cluster/cluster.sh kubectl get nodes"
}

check_machine() {
  local pair missing='' part
  [[ "$1" =~ ^[0-9]+$ ]] && [ "$1" -ge 1 ] && [ "$1" -le $NODES_MAX ] || fail "NODES must be a number from 1 to $NODES_MAX, not \"$1\"."
  for pair in $NEEDED_COMMANDS; do command -v "${pair%:*}" >/dev/null || missing+=" ${pair#*:}"; done
  [ -e /usr/lib/cni/bridge ] || missing+=' containernetworking-plugins'
  [ -z "$missing" ] || fail "some programs are missing. Try: tools/setup.sh cluster, or apt-get install$missing"
  for part in kube-apiserver kubelet coredns pause; do [ -x "$BIN/$part" ] || fail "$part was not built yet. Try: e2e/cluster/build.sh"; done
  [ -e "$RUNNING_FILE" ] && [ -z "$(namespaces)" ] && rm "$RUNNING_FILE"
  [ ! -e "$RUNNING_FILE" ] || fail "a cluster is already running, with its state in $(cat "$RUNNING_FILE"). Stop it: make cluster-down"
  [ -z "$(namespaces)" ] || fail "network namespaces with these names already exist: $(namespaces | tr '\n' ' ')"
}

# The kubelet, runtime and proxy of a node use 8 inotify instances, which the kernel counts for root as a whole; the control plane uses 11.
raise_watch_limit() {
  local limit=/proc/sys/fs/inotify/max_user_instances
  [ "$(cat $limit)" -lt "$1" ] || return 0
  echo "$1" >$limit
  say "Raised fs.inotify.max_user_instances to $1 until the next restart of this machine: so many nodes need it."
}

# Empties the folder of an earlier cluster, for example after a restart of the machine; rejects any other folder.
prepare_state() {
  if [ -e "$STATE/$MARKER" ]; then take_down; fi
  [ ! -d "$STATE" ] || [ -z "$(ls -A "$STATE")" ] || fail "$STATE is not empty and has no cluster. Set GUARDIMESH_CLUSTER_STATE to a folder that can be deleted."
  mkdir -p "$STATE"/{boot,log}
  touch "$STATE/$MARKER"
  STATE=$(realpath "$STATE")
  echo "$1" >"$STATE/node-count"
  cp e2e/cluster/node/*.sh "$STATE/boot/"
  echo "$STATE" >"$RUNNING_FILE"
}

start_control_plane() {
  local part
  for part in $CONTROL_PLANE_PARTS; do start_part "$part"; done
}

start_all_nodes() {
  local node
  route_pods gm-cp
  for node in $(node_names); do start_node "$node"; done
  for node in $(node_names); do wait_until 180 "$node is Ready" is_node_ready "$node"; done
}

install_addons() {
  kubectl apply -f e2e/cluster/addons.yaml
  kubectl -n kube-system rollout status deployment/coredns deployment/local-path-provisioner --timeout=120s
}

run_client() {
  local client=$1
  shift
  [ -x "$BIN/$client" ] || fail "$client was not built yet. Try: e2e/cluster/build.sh --only $client"
  in_control_plane env KUBECONFIG="$STATE/pki/admin.conf" "$BIN/$client" "$@"
}

show_status() {
  local part
  is_up || { say 'No cluster is up here.'; return 3; }
  for part in $CONTROL_PLANE_PARTS registry $(node_names); do say "$(printf '%-20s' "$part") $(pid_of "$part" >/dev/null && echo running || echo stopped)"; done
  kubectl get nodes -o wide || true
}

start_any() {
  if is_node "$1"; then start_node "$1"
  elif is_part "$1"; then start_part "$1"
  else fail "unknown component \"$1\". Components: $CONTROL_PLANE_PARTS registry $(node_names | tr '\n' ' ')"; fi
}

stop_any() {
  if is_node "$1"; then stop_node "$1"
  elif is_part "$1"; then stop_process "$1" TERM
  else fail "unknown component \"$1\". Components: $CONTROL_PLANE_PARTS registry $(node_names | tr '\n' ' ')"; fi
}

restart_any() {
  stop_any "$1"
  start_any "$1"
}

is_part() { [[ " $CONTROL_PLANE_PARTS registry " == *" $1 "* ]]; }

capture() {
  case "$1" in
    start) start_capture ;;
    stop) stop_capture ;;
    *) fail 'usage: cluster.sh capture start|stop' ;;
  esac
}

external() {
  case "${1:-}" in
    add) add_external "${2:-}" "${3:-}" ;;
    remove) remove_external "${2:-}" ;;
    *) fail 'usage: cluster.sh external add NAME ADDRESS, cluster.sh external remove NAME' ;;
  esac
}

main "$@"
