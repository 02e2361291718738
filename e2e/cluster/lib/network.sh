# Network: one bridge in the namespace gm-cp, a veth pair per node and external machine, static routes for pods and Services, no uplink.

create_control_plane_network() {
  ip netns add gm-cp
  ip -n gm-cp link add gm0 type bridge
  ip -n gm-cp addr add "$CONTROL_PLANE_IP/16" dev gm0
  ip -n gm-cp link set gm0 up
  add_blackhole_route gm-cp
}

# add_machine <namespace> <address> <port on the bridge>
add_machine() {
  ip netns add "$1"
  ip link add "$3" netns gm-cp type veth peer name eth0 netns "$1"
  ip -n gm-cp link set "$3" master gm0 up
  ip -n "$1" addr add "$2/16" dev eth0
  ip -n "$1" link set eth0 up
  add_blackhole_route "$1"
}

# Routes all other addresses to an interface that drops packets, where a capture can record the attempts.
add_blackhole_route() {
  ip -n "$1" link set lo up
  # Without ARP, packets are sent without a prior query, and the other end drops them because they have another address.
  ip -n "$1" link add gm-nowhere type veth peer name gm-nowhere-end
  ip -n "$1" link set gm-nowhere-end arp off up
  ip -n "$1" link set gm-nowhere arp off up
  ip -n "$1" route add default dev gm-nowhere
  ip -n "$1" -6 route add default dev gm-nowhere
}

# route_pods <namespace>: adds routes to the pods of all other nodes.
route_pods() {
  local node
  for node in $(node_names); do
    [ "$1" = "gm-$node" ] || ip -n "$1" route replace "$(pod_range "$node")" via "$(node_ip "$node")"
  done
}

# Users and tests in gm-cp reach Services through the first running node, whose kube-proxy forwards to all pods.
route_services() {
  local node
  for node in $(node_names); do
    pid_of "$node" >/dev/null || continue
    ip -n gm-cp route replace "$SERVICE_RANGE" via "$(node_ip "$node")"
    return
  done
  ip -n gm-cp route del "$SERVICE_RANGE" 2>/dev/null || true
}

# add_external <name> <address>: adds a machine outside the cluster that pods can reach, for example for a database.
add_external() {
  [[ "${1:-}" =~ ^[a-z][a-z0-9]{0,7}$ ]] || fail 'invalid name of the external machine: use 1 to 8 lower-case letters and digits.'
  [[ "${2:-}" =~ ^10\.99\.0\.(2[0-9]{2})$ ]] || fail 'invalid address of the external machine: use 10.99.0.200 to 10.99.0.254.'
  [ ! -e "/run/netns/gm-ext-$1" ] || fail "external machine $1 already exists."
  add_machine "gm-ext-$1" "$2" "gme-$1"
  route_pods "gm-ext-$1"
}

remove_external() {
  [ -e "/run/netns/gm-ext-${1:-}" ] || fail "external machine \"${1:-}\" not found."
  delete_namespace "gm-ext-$1"
}

# Kills all processes in a network namespace and deletes it.
delete_namespace() {
  wait_until 30 "kill the processes of $1" kill_all_in "$1"
  ip netns del "$1"
}

# Kills the processes of a namespace; succeeds if there are none.
kill_all_in() {
  local pids; pids=$(ip netns pids "$1")
  [ -z "$pids" ] || { xargs kill -KILL <<<"$pids" || true; return 1; }
}
