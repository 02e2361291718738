# Nodes: mount, PID, UTS and network namespaces, a disk (a loop file) and control groups for each node, like a machine of its own.

DISK_SIZE=20G

# Starts a node, or starts it again with the same disk, as after a power failure.
start_node() {
  local node=$1
  is_stopped "$node" || return 0
  mkdir -p "$STATE/$node"/{disk,root}
  [ -e "$STATE/$node/disk.img" ] || { truncate -s $DISK_SIZE "$STATE/$node/disk.img"; mkfs.ext4 -qF -E lazy_itable_init=1 "$STATE/$node/disk.img"; }
  if [ -e "/run/netns/gm-$node" ]; then
    ip netns exec "gm-$node" nft flush ruleset
    ip -n "gm-$node" link del cni0 2>/dev/null || true
    ip -n gm-cp link set "gm${node}" up
  else
    add_machine "gm-$node" "$(node_ip "$node")" "gm$node"
    ip netns exec "gm-$node" sysctl -qw net.ipv4.ip_forward=1
    route_pods "gm-$node"
  fi
  make_control_groups "gm-$node"
  start_process "$node" nsenter --net="/run/netns/gm-$node" unshare --mount --propagation private --uts --pid --fork --kill-child \
    bash "$STATE/boot/enter-root.sh" "$node" "$STATE" "$CACHE" "$(node_ip "$node")" "$(pod_range "$node")"
  route_services
}

# Simulates a power failure: kills all processes and the network, and keeps the disk. Removes the control groups, which the kernel would keep:
# a kubelet waits three seconds for each one of an ended container, and minutes in total.
stop_node() {
  local init
  init=$(node_init "$1") || return 0
  ip -n gm-cp link set "gm$1" down
  kill -KILL "$init"
  wait_until 30 "stop $1" is_stopped "$1"
  wait_until 30 "remove the control groups of $1" remove_control_groups "gm-$1"
  route_services
}

# Prints the pid of the node's PID 1 on the machine.
node_init() {
  local pid
  pid=$(pid_of "$1") && pgrep -P "$pid"
}

# on_node <node> <command…>
on_node() {
  local init
  is_node "$1" || fail "unknown node \"$1\". Nodes: $(node_names | tr '\n' ' ')"
  init=$(node_init "$1") || fail "$1 is not running. Start it: e2e/cluster/cluster.sh start $1"
  nsenter -t "$init" -m -p -u -n "${@:2}"
}

# put_file <node> <file of this machine> <path>: copies a file with its mode to a node's disk, as from removable media.
put_file() {
  [ $# = 3 ] || fail 'usage: cluster.sh put NODE FILE PATH'
  [ -f "$2" ] || fail "the file $2 does not exist."
  on_node "$1" bash -c 'mkdir -p "$(dirname "$1")" && cat >"$1" && chmod "$2" "$1"' put "$3" "$(stat -c %a "$2")" <"$2"
}

is_node() { node_names | grep -qx "$1"; }

is_node_ready() { [ "$(kubectl get node "$1" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ]; }

# cgroup v1 has one tree for each controller; v2 has a single one whose controllers must be delegated.
make_control_groups() {
  local tree
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    echo '+cpuset +cpu +memory +pids' >/sys/fs/cgroup/cgroup.subtree_control
    mkdir -p "/sys/fs/cgroup/$1"
    return
  fi
  for tree in /sys/fs/cgroup/*/; do
    mkdir -p "$tree$1"
    # A new cpuset group accepts no process before these are set.
    for file in cpuset.cpus cpuset.mems; do [ ! -e "$tree$file" ] || cat "$tree$file" >"$tree$1/$file"; done
  done
}

# Succeeds when the group is removed; it becomes empty shortly after its last process ended.
remove_control_groups() {
  local groups group
  groups=$(find /sys/fs/cgroup/ -maxdepth 2 -type d -name "$1")
  [ -n "$groups" ] || return 0
  while read -r group; do find "$group" -depth -type d -exec rmdir {} + || true; done <<<"$groups"
  return 1
}
