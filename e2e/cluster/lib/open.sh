# Opens a Service on a loopback address of this machine, for a browser.

# open_service <NAMESPACE/SERVICE[:PORT]> <port on 127.0.0.1>: until it is stopped.
open_service() {
  local target=$1 listen=$2 namespace name port address
  [[ "$target" =~ ^([a-z0-9-]+)/([a-z0-9-]+)(:([0-9]+))?$ ]] || fail "the Service must be NAMESPACE/SERVICE or NAMESPACE/SERVICE:PORT, not \"$target\"."
  namespace=${BASH_REMATCH[1]} name=${BASH_REMATCH[2]} port=${BASH_REMATCH[4]:-443}
  [[ "$listen" =~ ^[0-9]+$ ]] || fail "the port on 127.0.0.1 must be a number, not \"$listen\"."
  address=$(kubectl -n "$namespace" get service "$name" -o 'jsonpath={.spec.clusterIP}') || fail "the Service $name does not exist in the namespace $namespace."
  ! is_listening "$listen" || fail "port $listen of 127.0.0.1 is in use: choose another one with PORT=…"
  start_process "open-$listen" socat "TCP-LISTEN:$listen,bind=127.0.0.1,fork,reuseaddr" \
    "EXEC:nsenter --net=/run/netns/gm-cp socat STDIO TCP\:$address\:$port"
  trap 'close_service "$listen"' EXIT
  trap 'exit 0' INT TERM
  wait_until 10 "listen on port $listen" is_listening "$listen"
  case "$port" in 443 | 8443) say "https://127.0.0.1:$listen" ;; *) say "http://127.0.0.1:$listen" ;; esac
  # Returns immediately on a signal, unlike a foreground command.
  wait "$(pid_of "open-$listen")" || true
}

# The listener has its own session, which includes the processes of open connections.
close_service() {
  local pid
  pid=$(pid_of "open-$1") && kill -- "-$pid" 2>/dev/null
  rm -f "$STATE/open-$1.pid"
}

is_listening() { [ -n "$(ss -Hltn "src 127.0.0.1:$1 or src 0.0.0.0:$1")" ]; }
