# Ends the cluster: processes, namespaces, control groups, loop devices, mounts, files. Idempotent, also after an interrupted start.

take_down() {
  local namespace file
  if [ -e "$RUNNING_FILE" ] && [ "$(cat "$RUNNING_FILE")" != "$STATE" ]; then
    fail "the state of the running cluster is in $(cat "$RUNNING_FILE"): set GUARDIMESH_CLUSTER_STATE to that folder."
  fi
  [ -e "$STATE/$MARKER" ] || [ -e "$RUNNING_FILE" ] || { say 'No cluster is up here.'; return; }
  for file in "$STATE"/open-*.pid; do [ ! -e "$file" ] || { file=${file##*/open-}; close_service "${file%.pid}"; }; done
  # A node's PID 1 is in its network namespace; all processes of its pods end with it.
  for namespace in $(namespaces); do end_namespace "$namespace"; done
  if [ -e "$STATE/$MARKER" ]; then
    for namespace in $(node_names 2>/dev/null); do
      wait_until 30 "remove the control groups of $namespace" remove_control_groups "gm-$namespace"
      wait_until 30 "detach the disk of $namespace" is_detached "$STATE/$namespace/disk.img"
    done
    rm -rf --one-file-system "$STATE"
  fi
  rm -f "$RUNNING_FILE"
}

# The kernel detaches a disk at the last unmount; a disk that was never mounted must be detached explicitly.
is_detached() {
  local device
  for device in $(losetup -nO NAME -j "$1"); do losetup -d "$device"; done
  [ -z "$(losetup -nO NAME -j "$1")" ]
}
