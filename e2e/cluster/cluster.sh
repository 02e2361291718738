#!/bin/bash
# Runs a real Kubernetes cluster on one machine, each node in its own namespaces, without outbound network access. See README.md.
#
#   cluster.sh up [NODES]                        start the cluster (default: 2 nodes)
#   cluster.sh down                              stop the cluster and delete its state
#   cluster.sh status                            show the state of all components
#   cluster.sh kubectl|helm|helm4 ARGS…          run a client with the cluster's kubeconfig
#   cluster.sh exec COMMAND…                     run a command that can reach nodes, pods and Services
#   cluster.sh stop|start|restart COMPONENT      etcd, apiserver, controller-manager, scheduler, registry or nodeN (stop cuts its power)
#   cluster.sh node NODE COMMAND…                run a command on a node
#   cluster.sh put NODE FILE PATH                copy a file to the disk of a node
#   cluster.sh load ARCHIVE|LAYOUT…              import images into all running nodes
#   cluster.sh open [NAMESPACE/SERVICE[:PORT]] [LOCAL-PORT]
#                                                forward a Service to the loopback interface, until Ctrl-C
#   cluster.sh capture start|stop                record packets to outside addresses; stop prints them
#   cluster.sh external add NAME ADDRESS         add a machine outside the cluster (network namespace gm-ext-NAME)
#   cluster.sh external remove NAME              remove it
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
for file in common network certificates images control-plane nodes capture open clean-up; do source "e2e/cluster/lib/$file.sh"; done

DEFAULT_SERVICE=guardimesh-system/guardimesh-console:443
DEFAULT_PORT=8443
# Required commands that a minimal Debian lacks, each with its package.
REQUIRED_COMMANDS='containerd:containerd ctr:containerd runc:runc nft:nftables iptables:iptables conntrack:conntrack socat:socat ethtool:ethtool
  tini:tini busybox:busybox-static tcpdump:tcpdump ip:iproute2 openssl:openssl mkfs.ext4:e2fsprogs pgrep:procps'

main() {
  local command=${1:-}
  [ $# = 0 ] || shift
  [ "$(id -u)" = 0 ] || fail 'root is required for namespaces, mounts and control groups.'
  case "$command" in
    up) start_cluster "${1:-2}" ;;
    down) stop_cluster ;;
    status) show_status ;;
    kubectl | helm | helm4) require_cluster; run_client "$command" "$@" ;;
    exec) require_cluster; in_control_plane "$@" ;;
    node) require_cluster; on_node "$@" ;;
    put) require_cluster; put_file "$@" ;;
    start | stop | restart) require_cluster; "$command"_component "${1:-}" ;;
    load) require_cluster; load_images "$@" ;;
    open) require_cluster; open_service "${1:-$DEFAULT_SERVICE}" "${2:-$DEFAULT_PORT}" ;;
    capture) require_cluster; capture "${1:-}" ;;
    external) require_cluster; external "$@" ;;
    *) sed -n '2,/^set/s/^# \{0,1\}//p' e2e/cluster/cluster.sh; exit 64 ;;
  esac
}

start_cluster() {
  local nodes=$1 started=$SECONDS
  check_machine "$nodes"
  raise_watch_limit $((64 + 16 * nodes))
  prepare_state "$nodes"
  LOG_FILE="$STATE/log/up.log"
  run_step 'certificates' create_certificates
  run_step 'cluster images' build_images
  run_step 'network' create_control_plane_network
  run_step 'control plane' start_control_plane
  run_step "nodes ($nodes)" start_all_nodes
  run_step 'DNS and volumes' install_addons
  info "Kubernetes $("$BIN/kubectl" version --client -o yaml | awk '/gitVersion/ {print $2}') is running ($((SECONDS - started)) s). To use it: e2e/cluster/cluster.sh kubectl get nodes"
}

check_machine() {
  local pair missing='' program
  [[ "$1" =~ ^[0-9]+$ ]] && [ "$1" -ge 1 ] && [ "$1" -le $NODES_MAX ] || fail "invalid number of nodes: \"$1\". It must be from 1 to $NODES_MAX."
  for pair in $REQUIRED_COMMANDS; do command -v "${pair%:*}" >/dev/null || missing+=" ${pair#*:}"; done
  [ -e /usr/lib/cni/bridge ] || missing+=' containernetworking-plugins'
  [ -z "$missing" ] || fail "missing packages. Run: tools/setup.sh cluster, or apt-get install$missing"
  for program in kube-apiserver kubelet coredns pause; do [ -x "$BIN/$program" ] || fail "$program is not built yet. Run: e2e/cluster/build.sh"; done
  remove_dead_cluster
  [ ! -e "$RUNNING_FILE" ] || fail "a cluster is already running, with its state in $(cat "$RUNNING_FILE"). Stop it: make cluster-down"
  [ -z "$(namespaces)" ] || fail "network namespaces are in use by another program: $(namespaces | tr '\n' ' ')"
}

# Removes what a killed run or a reboot left: a recorded cluster without any process.
remove_dead_cluster() (
  [ -e "$RUNNING_FILE" ] || exit 0
  STATE=$(cat "$RUNNING_FILE")
  for component in $CONTROL_PLANE_COMPONENTS registry $(node_names 2>/dev/null); do ! pid_of "$component" >/dev/null || exit 0; done
  info "Removing a cluster that is not running any more, with its state in $STATE."
  stop_cluster
)

# Kubelet, runtime and proxy use 8 inotify instances per node, and the control plane uses 11. The kernel limits the sum for root.
raise_watch_limit() {
  local limit=/proc/sys/fs/inotify/max_user_instances
  [ "$(cat $limit)" -lt "$1" ] || return 0
  echo "$1" >$limit
  info "Raised fs.inotify.max_user_instances to $1 until the next reboot, as required for this number of nodes."
}

# Deletes the state of an earlier cluster, for example after a reboot. Rejects any other folder that is not empty.
prepare_state() {
  if [ -e "$STATE/$MARKER" ]; then stop_cluster; fi
  [ ! -d "$STATE" ] || [ -z "$(ls -A "$STATE")" ] || fail "$STATE is not empty and contains no cluster. Set GUARDIMESH_CLUSTER_STATE to a folder that may be deleted."
  mkdir -p "$STATE"/{boot,log}
  touch "$STATE/$MARKER"
  STATE=$(realpath "$STATE")
  echo "$1" >"$STATE/node-count"
  cp e2e/cluster/node/*.sh "$STATE/boot/"
  echo "$STATE" >"$RUNNING_FILE"
}

start_control_plane() {
  local component
  for component in $CONTROL_PLANE_COMPONENTS; do start_control_plane_component "$component"; done
}

start_all_nodes() {
  local node
  route_pods gm-cp
  for node in $(node_names); do start_node "$node"; done
  for node in $(node_names); do wait_until 180 "wait for $node to be Ready" is_node_ready "$node"; done
}

install_addons() {
  kubectl apply -f e2e/cluster/addons.yaml
  kubectl -n kube-system rollout status deployment/coredns deployment/local-path-provisioner --timeout=120s
}

run_client() {
  local client=$1
  shift
  [ -x "$BIN/$client" ] || fail "$client is not built yet. Run: e2e/cluster/build.sh --only $client"
  in_control_plane env KUBECONFIG="$STATE/pki/admin.conf" "$BIN/$client" "$@"
}

show_status() {
  local component
  is_up || { info 'No cluster is running.'; return 3; }
  for component in $CONTROL_PLANE_COMPONENTS registry $(node_names); do
    info "$(printf '%-20s' "$component") $(pid_of "$component" >/dev/null && echo running || echo stopped)"
  done
  kubectl get nodes -o wide || true
}

start_component() {
  if is_node "$1"; then start_node "$1"
  elif is_control_plane_component "$1"; then start_control_plane_component "$1"
  else fail_unknown_component "$1"; fi
}

stop_component() {
  if is_node "$1"; then stop_node "$1"
  elif is_control_plane_component "$1"; then stop_process "$1" TERM
  else fail_unknown_component "$1"; fi
}

restart_component() {
  stop_component "$1"
  start_component "$1"
}

fail_unknown_component() { fail "unknown component \"$1\". Components: $CONTROL_PLANE_COMPONENTS registry $(node_names | tr '\n' ' ')"; }

is_control_plane_component() { [[ " $CONTROL_PLANE_COMPONENTS registry " == *" $1 "* ]]; }

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
    *) fail 'usage: cluster.sh external add NAME ADDRESS | remove NAME' ;;
  esac
}

main "$@"
