/** An architecture of images, with its name in each source of files. */
export interface Architecture {
  /** Node's and npm's name, and the folder below `.state/images`. */
  readonly name: 'x64' | 'arm64'
  readonly debian: 'amd64' | 'arm64'
  /** Go's name, which OCI uses. */
  readonly oci: 'amd64' | 'arm64'
  /** Debian's folder of libraries is /usr/lib/<triple>. */
  readonly triple: string
  /** npm packages that only another architecture uses. */
  readonly unusedPackages: readonly string[]
}

/** There is no native YARA-X for arm64 on npm, so only its images contain the WASM build. Source: docs/decisions/0023-native-yara-x.md */
const ARCHITECTURES: readonly Architecture[] = [
  { name: 'x64', debian: 'amd64', oci: 'amd64', triple: 'x86_64-linux-gnu', unusedPackages: ['@virustotal/yara-x'] },
  { name: 'arm64', debian: 'arm64', oci: 'arm64', triple: 'aarch64-linux-gnu', unusedPackages: [] },
]

/** Finds an architecture by name. Pure. @throws Error for an unsupported one. */
export function architectureNamed(name: string): Architecture {
  const found = ARCHITECTURES.find((architecture) => architecture.name === name)
  if (!found) throw new Error(`unsupported architecture "${name}": use x64 or arm64`)
  return found
}
