# Records packets to external destinations in all network namespaces of the cluster.

# Nodes and machines, pods, services, loopback, link-local, multicast, broadcast, unspecified. All other destinations are outside.
INSIDE='dst net 10.99.0.0/16 or dst net 10.244.0.0/16 or dst net 10.96.0.0/16 or dst net 127.0.0.0/8 or dst net 169.254.0.0/16 or dst net 224.0.0.0/4
  or dst host 255.255.255.255 or dst host 0.0.0.0'
INSIDE_IPV6='dst host ::1 or dst net fe80::/10 or dst net ff00::/8 or dst host ::'
OUTSIDE="(ip and not ($INSIDE)) or (ip6 and not ($INSIDE_IPV6))"
# Marks are sent to the discard port of loopback; they show that a capture is running and up to date.
MARKS='udp dst port 9 and dst host 127.0.0.1'

# Namespaces that are created later are not recorded; a restarted node is.
start_capture() {
  local namespace
  [ ! -e "$STATE/capture" ] || ! is_capturing || fail 'a capture is already running. Stop it: e2e/cluster/cluster.sh capture stop'
  rm -rf "$STATE/capture"
  mkdir "$STATE/capture"
  for namespace in $(namespaces); do
    start_process "capture-$namespace" nsenter --net="/run/netns/$namespace" \
      tcpdump -i any --immediate-mode -U -Z root -w "$STATE/capture/$namespace.pcap" "$OUTSIDE or ($MARKS)"
  done
  for namespace in $(namespaces); do wait_until 20 "capture in $namespace" has_recorded "$namespace" "started-$$"; done
}

# Prints one line for each external packet: namespace, tab, output of tcpdump. The files are kept until the next capture.
stop_capture() {
  local file namespace
  is_capturing || fail 'no capture is running. Start one: e2e/cluster/cluster.sh capture start'
  for file in "$STATE"/capture-*.pid; do
    namespace=$(basename "$file" .pid)
    namespace=${namespace#capture-}
    # When the mark is in the file, all packets before it are, too.
    wait_until 20 "last packets of $namespace" has_recorded "$namespace" "stopped-$$"
    stop_process "capture-$namespace" INT
    rm "$file"
    grep 'dropped by kernel' "$STATE/log/capture-$namespace.log" | tail -n 1 | grep -q '^0 ' || fail "the capture in $namespace lost packets: $STATE/log/capture-$namespace.log"
    # In the namespace, where interface numbers resolve to names.
    in_namespace "$namespace" tcpdump -nn -tttt -r "$STATE/capture/$namespace.pcap" "$OUTSIDE" 2>>"$STATE/log/capture-$namespace.log" | sed "s/^/$namespace\t/"
  done
}

is_capturing() { compgen -G "$STATE/capture-*.pid" >/dev/null; }

# has_recorded <namespace> <mark>: sends the mark over the namespace's loopback, and searches for it in the file.
has_recorded() {
  in_namespace "$1" bash -c "echo -n guardimesh-$2 >/dev/udp/127.0.0.1/9"
  grep -qaF "guardimesh-$2" "$STATE/capture/$1.pcap"
}
