# Removes all processes, namespaces, control groups, loop devices, mounts and files of the cluster. Idempotent; also after a failed start.

stop_cluster() {
  local namespace file
  if [ -e "$RUNNING_FILE" ] && [ "$(cat "$RUNNING_FILE")" != "$STATE" ]; then
    fail "the running cluster has its state in $(cat "$RUNNING_FILE"). Set GUARDIMESH_CLUSTER_STATE to this folder."
  fi
  [ -e "$STATE/$MARKER" ] || [ -e "$RUNNING_FILE" ] || { info 'No cluster is running.'; return; }
  for file in "$STATE"/open-*.pid; do [ ! -e "$file" ] || { file=${file##*/open-}; close_service "${file%.pid}"; }; done
  # Killing a node's PID 1, which is in its network namespace, ends all processes of its pods.
  for namespace in $(namespaces); do delete_namespace "$namespace"; done
  if [ -e "$STATE/$MARKER" ]; then
    for namespace in $(node_names 2>/dev/null); do
      wait_until 30 "remove the control groups of $namespace" remove_control_groups "gm-$namespace"
      wait_until 30 "detach the disk of $namespace" is_detached "$STATE/$namespace/disk.img"
    done
    rm -rf --one-file-system "$STATE"
  fi
  rm -f "$RUNNING_FILE"
}

# The kernel detaches a disk after its last unmount. A disk that was never mounted must be detached explicitly.
is_detached() {
  local device
  for device in $(losetup -nO NAME -j "$1"); do losetup -d "$device"; done
  [ -z "$(losetup -nO NAME -j "$1")" ]
}
