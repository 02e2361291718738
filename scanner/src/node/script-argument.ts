import { basename } from 'node:path'

/** Where an interpreter reads its program from: a path as given, or its standard input. */
export type ScriptSource = { readonly kind: 'path'; readonly path: string } | { readonly kind: 'stdin' }

interface Options {
  /** Options after which the program is in the arguments, or none is read. */
  readonly inline: RegExp
  /** Options whose value is the next argument. */
  readonly valued: RegExp
  /** Options whose value is the script. */
  readonly script?: RegExp
}

const SHELL: Options = { inline: /^-[a-zA-Z]*c/, valued: /^[-+][oO]$|^--(rcfile|init-file)$/ }
const INTERPRETERS: readonly (readonly [RegExp, Options])[] = [
  [/^(ba|da|a|k|mk|z|fi)?sh$/, SHELL],
  [/^(python|pypy)[\d.]*$/, { inline: /^-[a-zA-Z]*[cm]|^-[hV]$|^--(help|version)$/, valued: /^-[WX]$|^--check-hash-based-pycs$/ }],
  [/^perl[\d.]*$/, { inline: /^-[a-zA-Z\d]*[eE]|^-[vV]/, valued: /^-I$/ }],
  [/^ruby[\d.]*$/, { inline: /^-[a-zA-Z]*e|^-v$|^--version$/, valued: /^-[rIECFK]$/ }],
  [
    /^(node|nodejs)[\d.]*$/,
    { inline: /^-[ep]|^--(eval|print|version|help)/, valued: /^-[rC]$|^--(require|import|loader|conditions|env-file)$/ },
  ],
  [/^php[\d.]*(-cli)?$/, { inline: /^-[rBRESimv]$/, valued: /^-[cdtz]$/, script: /^-f$/ }],
  [/^lua(jit)?[\d.]*$/, { inline: /^-[ev]/, valued: /^-l$/ }],
]

/** Returns true for the program of an interpreter. Pure. @param path path of the program. */
export function isInterpreter(path: string): boolean {
  const name = basename(path)
  return name === 'busybox' || optionsOf(name) !== undefined
}

/**
 * Finds the program text in the arguments of an interpreter. Pure.
 *
 * @param args arguments of the process, its own name first.
 * @param program path of its program.
 * @returns undefined for other programs, and when the program text is in the arguments.
 */
export function scriptSource(args: readonly string[], program: string): ScriptSource | undefined {
  const ownName = basename(program) === 'busybox' ? basename(args[0] ?? '').replace(/^-/, '') : basename(program)
  if (ownName === 'busybox') return args[1] === undefined ? undefined : scriptSource(args.slice(1), program)
  const options = optionsOf(ownName)
  if (!options) return undefined
  return sourceInArguments(args, options)
}

function sourceInArguments(args: readonly string[], options: Options): ScriptSource | undefined {
  for (let index = 1; index < args.length; index++) {
    const argument = args[index] as string
    if (options.inline.test(argument)) return undefined
    if (argument === '-' || (options === SHELL && /^-[a-z]*s$/.test(argument))) return { kind: 'stdin' }
    if (argument === '--' || options.script?.test(argument)) return positional(args[index + 1])
    if (options.valued.test(argument)) index++
    else if (!/^[-+]./.test(argument)) return positional(argument)
  }
  return { kind: 'stdin' }
}

function positional(argument: string | undefined): ScriptSource {
  if (argument === undefined || argument === '/dev/stdin') return { kind: 'stdin' }
  return { kind: 'path', path: argument }
}

function optionsOf(name: string): Options | undefined {
  return INTERPRETERS.find(([pattern]) => pattern.test(name))?.[1]
}
