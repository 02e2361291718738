/** The package has no types of its own. */
declare module 'postject' {
  /** Puts data into a program, where Node finds it when the fuse is set. */
  export function inject(programFile: string, name: string, data: Buffer, options: { readonly sentinelFuse: string }): Promise<void>
}
