# Forwards a Service to this machine's loopback interface, for a browser.

# open_service <NAMESPACE/SERVICE[:PORT]> <port on 127.0.0.1>: forwards until it receives a signal.
open_service() {
  local target=$1 listen=$2 namespace name port address
  [[ "$target" =~ ^([a-z0-9-]+)/([a-z0-9-]+)(:([0-9]+))?$ ]] || fail "invalid Service \"$target\": expected NAMESPACE/SERVICE or NAMESPACE/SERVICE:PORT."
  namespace=${BASH_REMATCH[1]} name=${BASH_REMATCH[2]} port=${BASH_REMATCH[4]:-443}
  [[ "$listen" =~ ^[0-9]+$ ]] || fail "invalid local port \"$listen\": expected a number."
  address=$(kubectl -n "$namespace" get service "$name" -o 'jsonpath={.spec.clusterIP}') || fail "Service $namespace/$name not found."
  ! is_listening "$listen" || fail "port $listen on 127.0.0.1 is already in use. Choose another one with PORT=…"
  start_process "open-$listen" socat "TCP-LISTEN:$listen,bind=127.0.0.1,fork,reuseaddr" \
    "EXEC:nsenter --net=/run/netns/gm-cp socat STDIO TCP\:$address\:$port"
  trap 'close_service "$listen"' EXIT
  trap 'exit 0' INT TERM
  wait_until 10 "listen on port $listen" is_listening "$listen"
  case "$port" in 443 | 8443) info "https://127.0.0.1:$listen" ;; *) info "http://127.0.0.1:$listen" ;; esac
  # Unlike a foreground command, wait returns immediately on a signal.
  wait "$(pid_of "open-$listen")" || true
}

# The listener leads a session that contains the processes of all open connections.
close_service() {
  local pid
  pid=$(pid_of "open-$1") && kill -- "-$pid" 2>/dev/null
  rm -f "$STATE/open-$1.pid"
}

is_listening() { [ -n "$(ss -Hltn "src 127.0.0.1:$1 or src 0.0.0.0:$1")" ]; }
