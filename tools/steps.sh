# Long steps of shell scripts: prints one line with the duration of each step, and its log when it fails.
LOG_FILE="${LOG_FILE:-$PWD/.state/setup.log}"
mkdir -p "$(dirname "$LOG_FILE")"
: >"$LOG_FILE"

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# step <title> <command…>: runs the command, shows its progress and prints its duration.
step() {
  local title=$1 started=$SECONDS pid status=0
  shift
  printf '## %s: %s\n' "$title" "$*" >>"$LOG_FILE"
  ("$@") >>"$LOG_FILE" 2>&1 &
  pid=$!
  trap 'kill "$pid" 2>/dev/null || true' EXIT
  if [ -t 1 ]; then show_time "$title" "$pid" "$started"; else say "… $title"; fi
  wait "$pid" || status=$?
  trap - EXIT
  if [ "$status" != 0 ]; then
    printf '\r✗ %s\033[K\n' "$title" >&2
    tail -n 25 "$LOG_FILE" | sed 's/^/    /' >&2
    fail "\"$title\" failed with status $status. Full output: $LOG_FILE"
  fi
  if [ -t 1 ]; then printf '\r✓ %s (%s s)\033[K\n' "$title" $((SECONDS - started)); else say "✓ $title ($((SECONDS - started)) s)"; fi
}

show_time() {
  while kill -0 "$2" 2>/dev/null; do
    printf '\r… %s (%s s)\033[K' "$1" $((SECONDS - $3))
    sleep 0.2
  done
}
