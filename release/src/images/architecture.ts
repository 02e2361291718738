/** A processor that images are built for, under the names that each source of files has for it. */
export interface Architecture {
  /** Node's and npm's name, and the folder below `.state/images`. */
  readonly name: 'x64' | 'arm64'
  readonly debian: 'amd64' | 'arm64'
  /** Go's name, which OCI uses. */
  readonly oci: 'amd64' | 'arm64'
  /** Debian's folder of libraries is /usr/lib/<triple>. */
  readonly triple: string
}

const ARCHITECTURES: readonly Architecture[] = [
  { name: 'x64', debian: 'amd64', oci: 'amd64', triple: 'x86_64-linux-gnu' },
  { name: 'arm64', debian: 'arm64', oci: 'arm64', triple: 'aarch64-linux-gnu' },
]

/** Pure. @throws Error when no image can be built for `name`. */
export function architectureNamed(name: string): Architecture {
  const found = ARCHITECTURES.find((architecture) => architecture.name === name)
  if (!found) throw new Error(`there are no images for "${name}": the architecture must be x64 or arm64`)
  return found
}
