import { join } from 'node:path'

export interface ContainerdConfigOptions {
  readonly folder: string
  readonly socketPath: string
  /** Reference of the sandbox image; imported, never pulled. */
  readonly pauseImage: string
  readonly snapshotter: Snapshotter
}

/** Root file system of containers: a writable layer over the image, or a copy of the image. */
export type Snapshotter = 'overlayfs' | 'native'

/**
 * Builds the configuration of the private containerd. Pure.
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
# Sandboxed kernels reject a raised score, and runc then fails.
restrict_oom_score_adj = true
# Requires a program and a kernel profile that the test would have to remove.
disable_apparmor = true

[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "/usr/lib/cni"
# Empty: pods use the machine's network, without a bridge and firewall rules.
conf_dir = ${quoted(join(folder, 'cni'))}

[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = ${quoted(snapshotter)}

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
`
}

/** Quotes a TOML basic string, which has the escapes of a JSON string. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
