/**
 * Returns the value of `--name=value` or `--name value` in the command line of any program; the last one wins, as with Go flags. Pure.
 * Node's `parseArgs` would need a declaration of every option of that program.
 */
export function argumentOf(args: readonly string[], name: string): string | undefined {
  const at = args.findLastIndex((arg) => arg === name || arg.startsWith(`${name}=`))
  if (at === -1) return undefined
  return args[at] === name ? args[at + 1] : args[at]?.slice(name.length + 1)
}
