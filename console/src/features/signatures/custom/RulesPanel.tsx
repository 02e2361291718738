import type { CustomSignatures } from '@guardimesh/contracts'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/ActionButton.js'
import { ImportOutcome } from '../ImportOutcome.js'
import classes from './custom.module.css'
import { RulesEditor } from './RulesEditor.js'
import type { StartedTrial } from './TryRules.js'
import type { CustomDraft } from './use-custom-draft.js'

type Rules = CustomSignatures['rules'][number]

/** What a new file begins with: it compiles and matches nothing that exists. */
const TEMPLATE = `rule site_example
{
    meta:
        description = "What this rule finds, for whoever reads the finding"
    strings:
        $text = "replace-this-text"
    condition:
        $text
}
`

interface RulesPanelProps {
  shown: CustomSignatures
  draft: CustomDraft
  disabledReason: string | undefined
}

/** Files of YARA rules: a list beside an editor. */
export function RulesPanel({ shown: { rules }, draft, disabledReason }: RulesPanelProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState(0)
  // By the name of the file: going to another one and back loses nothing.
  const [trials, setTrials] = useState<Readonly<Record<string, StartedTrial>>>({})
  const index = Math.min(chosen, rules.length - 1)
  const open = rules[index]
  const setRules = (change: (rules: readonly Rules[]) => Rules[]) => draft.edit((custom) => ({ ...custom, rules: change(custom.rules) }))
  const add = () => {
    setRules((before) => [...before, { name: freeName(before), text: TEMPLATE, reason: '', addedBy: '' }])
    setChosen(rules.length)
  }
  return (
    <>
      <p className={classes.meaning}>{t('signatures.custom.list.rules.meaning')}</p>
      {draft.outcome?.state === 'refused' && draft.outcome.check === 'rules' ? (
        <ImportOutcome imports={[draft.outcome]} importId={draft.importId} />
      ) : null}
      <div className={classes.rules}>
        <div className={classes.ruleNames}>
          {rules.map((file, position) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed; the place in the list does not.
              key={position}
              type="button"
              className={classes.ruleName}
              aria-pressed={position === index}
              onClick={() => setChosen(position)}
            >
              {file.name || t('signatures.custom.rule.unnamed')}
            </button>
          ))}
          <ActionButton
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            disabledReason={disabledReason}
            onClick={add}
          >
            {t('signatures.custom.list.rules.add')}
          </ActionButton>
        </div>
        {open ? (
          <RulesEditor
            key={index}
            file={open}
            trial={trials[open.name]}
            disabledReason={disabledReason}
            onChange={(changes) => setRules((before) => before.map((file, at) => (at === index ? { ...file, ...changes } : file)))}
            onRemove={() => setRules((before) => before.filter((_, at) => at !== index))}
            onTrial={(trial) => setTrials((before) => ({ ...before, [open.name]: trial }))}
          />
        ) : (
          <p role="status" className={classes.none}>
            {t('signatures.custom.list.rules.none')}
          </p>
        )}
      </div>
    </>
  )
}

function freeName(rules: readonly Rules[]): string {
  const taken = new Set(rules.map(({ name }) => name))
  let number = 1
  while (taken.has(`site-rules-${number}`)) number += 1
  return `site-rules-${number}`
}
