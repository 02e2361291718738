# Records packets to outside addresses in every network namespace of the cluster.

# Nodes and machines, pods, Services, loopback, link-local, multicast, broadcast, unspecified. All other destinations are outside.
INSIDE='dst net 10.99.0.0/16 or dst net 10.244.0.0/16 or dst net 10.96.0.0/16 or dst net 127.0.0.0/8 or dst net 169.254.0.0/16 or dst net 224.0.0.0/4
  or dst host 255.255.255.255 or dst host 0.0.0.0'
INSIDE_IPV6='dst host ::1 or dst net fe80::/10 or dst net ff00::/8 or dst host ::'
OUTSIDE="(ip and not ($INSIDE)) or (ip6 and not ($INSIDE_IPV6))"
# Destination of marker packets, which show that a capture has started and is up to date: the discard port of the loopback interface.
MARKERS='udp dst port 9 and dst host 127.0.0.1'

# Namespaces that are created later are not recorded. A restarted node keeps its namespace and is recorded.
start_capture() {
  local namespace
  [ ! -e "$STATE/capture" ] || ! is_capturing || fail 'a capture is already running. Stop it: e2e/cluster/cluster.sh capture stop'
  rm -rf "$STATE/capture"
  mkdir "$STATE/capture"
  for namespace in $(namespaces); do
    start_process "capture-$namespace" nsenter --net="/run/netns/$namespace" \
      tcpdump -i any --immediate-mode -U -Z root -w "$STATE/capture/$namespace.pcap" "$OUTSIDE or ($MARKERS)"
  done
  for namespace in $(namespaces); do wait_until 20 "start the capture in $namespace" has_recorded "$namespace" "started-$$"; done
}

# Prints one line per packet to an outside address: namespace, tab, tcpdump's description. The files are kept until the next capture.
stop_capture() {
  local file namespace
  is_capturing || fail 'no capture is running. Start one: e2e/cluster/cluster.sh capture start'
  for file in "$STATE"/capture-*.pid; do
    namespace=$(basename "$file" .pid)
    namespace=${namespace#capture-}
    # Packets are written in order: once the marker is in the file, so are all earlier packets.
    wait_until 20 "wait for the last packets of $namespace" has_recorded "$namespace" "stopped-$$"
    stop_process "capture-$namespace" INT
    rm "$file"
    grep 'dropped by kernel' "$STATE/log/capture-$namespace.log" | tail -n 1 | grep -q '^0 ' || fail "the capture in $namespace lost packets: $STATE/log/capture-$namespace.log"
    # Run in the namespace, where tcpdump can resolve interface numbers to names.
    in_namespace "$namespace" tcpdump -nn -tttt -r "$STATE/capture/$namespace.pcap" "$OUTSIDE" 2>>"$STATE/log/capture-$namespace.log" | sed "s/^/$namespace\t/"
  done
}

is_capturing() { compgen -G "$STATE/capture-*.pid" >/dev/null; }

# has_recorded <namespace> <marker>: sends the marker over the namespace's loopback interface and checks whether it is in the file.
has_recorded() {
  in_namespace "$1" bash -c "echo -n guardimesh-$2 >/dev/udp/127.0.0.1/9"
  grep -qaF "guardimesh-$2" "$STATE/capture/$1.pcap"
}
