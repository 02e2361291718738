/** Types of the package, which has none. */
declare module 'postject' {
  /** Injects data into a program, which Node loads when the fuse is set. */
  export function inject(programFile: string, name: string, data: Buffer, options: { readonly sentinelFuse: string }): Promise<void>
}
