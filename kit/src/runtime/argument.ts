/** Value of `--name=value` or `--name value` in the arguments of a program; the last one counts. Pure. */
export function argumentOf(args: readonly string[], name: string): string | undefined {
  const at = args.findLastIndex((arg) => arg === name || arg.startsWith(`${name}=`))
  if (at === -1) return undefined
  return args[at] === name ? args[at + 1] : args[at]?.slice(name.length + 1)
}
