import { CustomRules, type CustomSignatures } from '@guardimesh/contracts'

/** Returns the first problem that prevents saving the rule files; undefined if there is none. Compilation is checked by the signature server. Pure. */
export function findRuleProblem(rules: CustomSignatures['rules']): 'badName' | 'sameName' | 'badText' | undefined {
  const names = new Set<string>()
  for (const { name, text } of rules) {
    if (!CustomRules.shape.name.safeParse(name).success) return 'badName'
    if (names.has(name)) return 'sameName'
    if (text.trim() === '' || !CustomRules.shape.text.safeParse(text).success) return 'badText'
    names.add(name)
  }
  return undefined
}
