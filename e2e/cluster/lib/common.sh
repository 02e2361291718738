# Names, addresses and processes of the cluster. Sourced by cluster.sh in the root folder of the repository.
source tools/steps.sh

CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/guardimesh/cluster"
BIN="$CACHE/bin"
STATE="${GUARDIMESH_CLUSTER_STATE:-/var/lib/guardimesh-cluster}"
# Contains the state folder of the running cluster. Like the cluster, it does not survive a reboot.
RUNNING_FILE=/run/guardimesh-cluster.state
# Marks state folders: a folder without this file is never deleted.
MARKER=.guardimesh-cluster

# Node N has the address 10.99.1.N and the pod range 10.244.N.0/24.
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
require_cluster() {
  is_up && return
  [ -e "$RUNNING_FILE" ] && [ -e /run/netns/gm-cp ] && fail "the running cluster has its state in $(cat "$RUNNING_FILE"). Set GUARDIMESH_CLUSTER_STATE to this folder."
  fail 'no cluster is running. Start one: make cluster-up'
}

# wait_until <seconds> <action> <command…>: repeats the command until it succeeds. After the timeout it fails and names the action.
wait_until() {
  local timeout=$1 end=$((SECONDS + $1)) action=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || fail "timed out after $timeout s: $action. Logs: $STATE/log"
    sleep 0.2
  done
}

# --- processes: NAME.pid contains the process ID and start time, so that a reused process ID is recognised.

# start_process <name> <command…>: starts a background process in a new session with output in log/NAME.log.
start_process() {
  local name=$1
  shift
  exec_detached "$@" >>"$STATE/log/$name.log" 2>&1 </dev/null &
  echo "$! $(start_time $!)" >"$STATE/$name.pid"
}

# Closes the caller's file descriptors, because its locks and pipes would otherwise stay open as long as the cluster runs.
exec_detached() {
  local descriptor
  for descriptor in /proc/$BASHPID/fd/*; do
    descriptor=${descriptor##*/}
    [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
  done
  exec setsid "$@"
}

start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" {print $20}'; }

# Prints the process ID; fails if the process is not running.
pid_of() {
  local pid started
  read -r pid started 2>/dev/null <"$STATE/$1.pid" || return 1
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] && echo "$pid"
}

is_stopped() { ! pid_of "$1" >/dev/null; }

# stop_process <name> <signal>: kills the process if it has not exited after STOP_SECONDS, as a service manager does.
STOP_SECONDS=10
stop_process() {
  local pid end=$((SECONDS + STOP_SECONDS))
  pid=$(pid_of "$1") || return 0
  kill "-$2" "$pid"
  until is_stopped "$1" || [ $SECONDS -ge $end ]; do sleep 0.1; done
  is_stopped "$1" || kill -KILL "$pid"
  wait_until 10 "stop $1" is_stopped "$1"
}
