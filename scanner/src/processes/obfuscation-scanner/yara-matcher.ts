import { SEVERITIES, type SeverityName } from '@guardimesh/contracts/detection/severity'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { type YaraMatch, type YaraRules, type YaraSource, YaraTimeoutError, yaraEngine } from '@guardimesh/signature-format'
import { SELF_TEST_RULE } from '../../engines/obfuscation/self-test-rule.js'
import { TaskRefusal } from '../../engines/worker.js'

export interface BrokenRuleFile {
  readonly name: string
  readonly reason: string
}

export interface RuleMatch {
  readonly rule: string
  readonly description: string
  readonly severity: SeverityName
  readonly engine: 'yara' | 'entropy'
}

/** 16 MiB take 0.02 s with the starter rules. */
export const YARA_SCAN_TIMEOUT_MS = 10 * SECOND_MS
const MAX_REASON_CHARS = 400

/** A rule next to the others that matches only `SELF_CHECK_CONTENT`. No rule file has this name. */
const SELF_CHECK_NAME = 'self-check'
const SELF_CHECK_CONTENT = Buffer.from('#!/bin/sh\n# content of the self-check of the obfuscation scanner\n')
const SELF_CHECK: YaraSource = {
  name: SELF_CHECK_NAME,
  source: `rule Self_Check { strings: $a = "self-check of the obfuscation scanner" condition: $a and filesize == ${SELF_CHECK_CONTENT.length} }`,
}

/** Compiled rules. A scan that YARA-X does not stop by itself can only be stopped by ending the process. */
export class YaraMatcher {
  readonly #rules: YaraRules
  /** Files that do not compile; they are skipped. */
  readonly broken: readonly BrokenRuleFile[]

  constructor(files: readonly YaraSource[]) {
    const broken: BrokenRuleFile[] = []
    const usable = files.filter(({ name, source }) => {
      const reason = yaraEngine().compileError(source)
      if (reason !== undefined) broken.push({ name, reason: reason.slice(0, MAX_REASON_CHARS) })
      return reason === undefined
    })
    this.broken = broken
    this.#rules = yaraEngine().compile([SELF_CHECK, SELF_TEST_RULE, ...usable], YARA_SCAN_TIMEOUT_MS)
  }

  /** @throws TaskRefusal ENGINE_TIMEOUT, or Error with the message of YARA-X. */
  matches(content: Uint8Array, fileName: string): readonly RuleMatch[] {
    return this.#scan(content, fileName)
      .filter(({ sourceName }) => sourceName !== SELF_CHECK_NAME)
      .map(({ rule, metadata }) => ({
        rule,
        description: descriptionOf(metadata.description),
        severity: severityOf(metadata.severity),
        engine: 'yara',
      }))
  }

  /** @throws Error when the rules do not match a content that they must match. */
  checkItself(): void {
    const found = this.#scan(SELF_CHECK_CONTENT, 'self-check.sh')
    if (!found.some(({ sourceName }) => sourceName === SELF_CHECK_NAME))
      throw new Error('the rules did not match the content of the self-check')
  }

  #scan(content: Uint8Array, fileName: string): readonly YaraMatch[] {
    try {
      return this.#rules.scan(content, fileName)
    } catch (error) {
      if (!(error instanceof YaraTimeoutError)) throw error
      throw new TaskRefusal('ENGINE_TIMEOUT', `the rules took more than ${YARA_SCAN_TIMEOUT_MS / SECOND_MS} s for one file`)
    }
  }
}

function descriptionOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 1000) : 'A rule for hidden or packed code matched this file.'
}

/** Third-party rules have no severity, or other names for it. */
function severityOf(value: unknown): SeverityName {
  return SEVERITIES.find((severity) => severity === value) ?? 'medium'
}
