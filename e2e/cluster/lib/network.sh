# One bridge in the namespace gm-cp, a veth for each node and external machine, static routes for pods and services; no uplink.

make_control_plane_network() {
  ip netns add gm-cp
  ip -n gm-cp link add gm0 type bridge
  ip -n gm-cp addr add "$CONTROL_PLANE_IP/16" dev gm0
  ip -n gm-cp link set gm0 up
  finish_network gm-cp
}

# add_machine <namespace> <address> <port on the bridge>
add_machine() {
  ip netns add "$1"
  ip link add "$3" netns gm-cp type veth peer name eth0 netns "$1"
  ip -n gm-cp link set "$3" master gm0 up
  ip -n "$1" addr add "$2/16" dev eth0
  ip -n "$1" link set eth0 up
  finish_network "$1"
}

# The route to all other addresses ends here: packets are dropped, and a capture shows them.
finish_network() {
  ip -n "$1" link set lo up
  # Without ARP, packets are sent without resolving the address, and the other end drops them.
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

# Users and tests in gm-cp reach services through the kube-proxy of the first running node.
route_services() {
  local node
  for node in $(node_names); do
    pid_of "$node" >/dev/null || continue
    ip -n gm-cp route replace "$SERVICE_RANGE" via "$(node_ip "$node")"
    return
  done
  ip -n gm-cp route del "$SERVICE_RANGE" 2>/dev/null || true
}

# add_external <name> <address>: a machine outside the cluster that pods can reach, for example for a database.
add_external() {
  [[ "${1:-}" =~ ^[a-z][a-z0-9]{0,7}$ ]] || fail 'the name must have 1 to 8 lower-case letters and digits: cluster.sh external add NAME ADDRESS.'
  [[ "${2:-}" =~ ^10\.99\.0\.(2[0-9]{2})$ ]] || fail 'the address must be between 10.99.0.200 and 10.99.0.254.'
  [ ! -e "/run/netns/gm-ext-$1" ] || fail "the external machine $1 already exists."
  add_machine "gm-ext-$1" "$2" "gme-$1"
  route_pods "gm-ext-$1"
}

remove_external() {
  [ -e "/run/netns/gm-ext-${1:-}" ] || fail "the external machine \"${1:-}\" does not exist."
  end_namespace "gm-ext-$1"
}

# Ends every process in a network namespace, then the namespace.
end_namespace() {
  wait_until 30 "end the processes of $1" kill_all_in "$1"
  ip netns del "$1"
}

# Succeeds when no process is left.
kill_all_in() {
  local pids; pids=$(ip netns pids "$1")
  [ -z "$pids" ] || { xargs kill -KILL <<<"$pids" || true; return 1; }
}
