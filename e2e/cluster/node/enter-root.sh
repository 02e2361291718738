#!/bin/bash
# Creates the root file system of a node and becomes its PID 1. Runs in the node's new namespaces, on every start.
#
#   enter-root.sh NODE STATE CACHE ADDRESS POD-RANGE
#
# The machine's files are the lower layer, and the node's writes go to its disk. All paths are as on a real node, and nodes share neither
# /var nor file system marks nor hostPaths.
set -euo pipefail
node=$1 state=$2 cache=$3
disk="$state/$node/disk" root="$state/$node/root"

hostname "$node"
mount -o loop "$state/$node/disk.img" "$disk"
mkdir -p "$disk"/{upper,work}
mount -t overlay "$node" -o "lowerdir=/,upperdir=$disk/upper,workdir=$disk/work" "$root"

# Folders directly on the disk: container layers cannot be overlays on an overlay, and volumes are ext4 as on a real node.
for path in var/lib/containerd var/lib/kubelet var/lib/cni var/lib/volumes var/lib/guardimesh var/log etc/cni/net.d tmp; do
  mkdir -p "$disk/own/$path" "$root/$path"
  mount --bind "$disk/own/$path" "$root/$path"
done
chmod 1777 "$root/tmp"
# They may be on another file system than the machine's root.
for path in "$state"/{boot,images,log,pki} "$cache"; do
  mkdir -p "$root$path"
  mount --bind "$path" "$root$path"
done

mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
for path in sys/fs/cgroup sys/fs/bpf sys/kernel/debug sys/kernel/tracing dev; do [ ! -e "$root/$path" ] || mount --rbind "/$path" "$root/$path"; done
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mkdir -p "$root/run"/{lock,netns,old-root}

# Names are resolved by the DNS of the cluster: the machine's servers are unreachable.
rm -f "$root"/etc/{resolv.conf,machine-id,hostname}
echo 'nameserver 10.96.0.10' >"$root/etc/resolv.conf"
echo "$node" >"$root/etc/hostname"
md5sum <<<"$node" | cut -c 1-32 >"$root/etc/machine-id"

cd "$root"
pivot_root . run/old-root
umount -l /run/old-root
rmdir /run/old-root
mount --make-rshared /
exec tini -g -- bash "$state/boot/run-services.sh" "$@"
