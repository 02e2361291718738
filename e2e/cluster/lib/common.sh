# Names, addresses and processes of the one cluster of this machine. Sourced by cluster.sh in the root folder of the checkout.
source tools/steps.sh

CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/guardimesh/cluster"
BIN="$CACHE/bin"
STATE="${GUARDIMESH_CLUSTER_STATE:-/var/lib/guardimesh-cluster}"
# File with the state folder of the running cluster; deleted by a restart of the machine, like the cluster.
RUNNING_FILE=/run/guardimesh-cluster.state
# Marks state folders, so that no other folder is deleted.
MARKER=.guardimesh-cluster

# The control plane, the pods of node N (10.244.N.0/24), services. Nodes are 10.99.1.N.
CONTROL_PLANE_IP=10.99.0.1
API_SERVER="https://$CONTROL_PLANE_IP:6443"
POD_RANGE=10.244.0.0/16
SERVICE_RANGE=10.96.0.0/16
REGISTRY="$CONTROL_PLANE_IP:5000"
NODES_MAX=100

node_ip() { echo "10.99.1.${1#node}"; }
pod_range() { echo "10.244.${1#node}.0/24"; }
node_names() { seq -f 'node%.0f' "$(cat "$STATE/node-count")"; }
namespaces() { ip netns list | awk '/^gm-(cp|node[0-9]+|ext-)/ {print $1}'; }
in_namespace() { nsenter --net="/run/netns/$1" "${@:2}"; }
in_control_plane() { in_namespace gm-cp "$@"; }
kubectl() { in_control_plane "$BIN/kubectl" --kubeconfig="$STATE/pki/admin.conf" "$@"; }

is_up() { [ -e /run/netns/gm-cp ] && [ "$(cat "$RUNNING_FILE" 2>/dev/null)" = "$STATE" ]; }
need_cluster() {
  is_up && return
  [ -e "$RUNNING_FILE" ] && [ -e /run/netns/gm-cp ] && fail "the state of the running cluster is in $(cat "$RUNNING_FILE"): set GUARDIMESH_CLUSTER_STATE to that folder."
  fail 'no cluster is running. Start one: make cluster-up'
}

# wait_until <seconds> <what> <command…>: runs the command until it succeeds; fails with a message at the timeout.
wait_until() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || fail "timeout waiting for: $what. Logs: $STATE/log"
    sleep 0.2
  done
}

# --- processes: a file NAME.pid holds the process and its start time, so that a reused pid is not mistaken for it.

# start_process <name> <command…>: in the background, in its own session, output in log/NAME.log.
start_process() {
  local name=$1
  shift
  detached "$@" >>"$STATE/log/$name.log" 2>&1 </dev/null &
  echo "$! $(start_time $!)" >"$STATE/$name.pid"
}

# Closes inherited descriptors: locks and pipes of the caller would stay open as long as the cluster runs.
detached() {
  local descriptor
  for descriptor in /proc/$BASHPID/fd/*; do
    descriptor=${descriptor##*/}
    [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
  done
  exec setsid "$@"
}

start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" {print $20}'; }

# Prints the pid of a process if it is running.
pid_of() {
  local pid started
  read -r pid started 2>/dev/null <"$STATE/$1.pid" || return 1
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] && echo "$pid"
}

is_stopped() { ! pid_of "$1" >/dev/null; }

# stop_process <name> <signal>: kills it after STOP_SECONDS, like a service manager.
STOP_SECONDS=10
stop_process() {
  local pid end=$((SECONDS + STOP_SECONDS))
  pid=$(pid_of "$1") || return 0
  kill "-$2" "$pid"
  until is_stopped "$1" || [ $SECONDS -ge $end ]; do sleep 0.1; done
  is_stopped "$1" || kill -KILL "$pid"
  wait_until 10 "stop $1" is_stopped "$1"
}
