import { join } from 'node:path'

export interface ContainerdConfigOptions {
  readonly folder: string
  readonly socketPath: string
  /** Reference of the image that holds a pod's namespaces; imported, never pulled. */
  readonly pauseImage: string
  readonly snapshotter: Snapshotter
}

/** How containers get their root: a writable layer over the image's, or a copy of the whole image. */
export type Snapshotter = 'overlayfs' | 'native'

/**
 * The text of the private containerd's configuration. Pure.
 * Source: containerd 1.6, docs/cri/config.md and docs/man/containerd-config.toml.5.md.
 */
export function containerdConfig({ folder, socketPath, pauseImage, snapshotter }: ContainerdConfigOptions): string {
  return `version = 2
root = ${quoted(join(folder, 'root'))}
state = ${quoted(join(folder, 'state'))}
disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.tracing.processor.v1.otlp"]

[grpc]
address = ${quoted(socketPath)}

[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = ${quoted(pauseImage)}
# Kernels in a sandbox of their own refuse a raised score, and runc then fails.
restrict_oom_score_adj = true
# Needs a program and a profile in the kernel that we would have to take away again.
disable_apparmor = true

[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "/usr/lib/cni"
# Empty: pods use the machine's network, so no bridge and no firewall rule is made.
conf_dir = ${quoted(join(folder, 'cni'))}

[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = ${quoted(snapshotter)}

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
`
}

/** A TOML basic string has the escapes of a JSON string. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
