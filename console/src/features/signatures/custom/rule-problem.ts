import { CustomRules, type CustomSignatures } from '@guardimesh/contracts'

/** What the first file of rules lacks that cannot be saved; undefined when all can. Whether rules compile, the signature server finds out. Pure. */
export function ruleProblem(rules: CustomSignatures['rules']): 'badName' | 'sameName' | 'badText' | undefined {
  const names = new Set<string>()
  for (const { name, text } of rules) {
    if (!CustomRules.shape.name.safeParse(name).success) return 'badName'
    if (names.has(name)) return 'sameName'
    if (text.trim() === '' || !CustomRules.shape.text.safeParse(text).success) return 'badText'
    names.add(name)
  }
  return undefined
}
