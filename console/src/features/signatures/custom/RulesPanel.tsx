import type { CustomSignatures } from '@guardimesh/contracts'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/ActionButton.js'
import { ImportOutcome } from '../ImportOutcome.js'
import classes from './custom.module.css'
import { RulesEditor } from './RulesEditor.js'
import type { StartedTrial } from './RuleTrialSection.js'
import type { CustomDraft } from './use-custom-draft.js'

type Rules = CustomSignatures['rules'][number]

/** Content of a new rule file: it compiles and matches no real file. */
const TEMPLATE = `rule site_example
{
    meta:
        description = "What this rule detects; shown in findings"
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

/** YARA rule files: a list next to an editor. */
export function RulesPanel({ shown: { rules }, draft, disabledReason }: RulesPanelProps) {
  const { t } = useTranslation()
  const [selected, setSelected] = useState(0)
  // By file name, so that a trial is kept while the user edits another file.
  const [trials, setTrials] = useState<Readonly<Record<string, StartedTrial>>>({})
  const index = Math.min(selected, rules.length - 1)
  const open = rules[index]
  const setRules = (change: (rules: readonly Rules[]) => Rules[]) => draft.edit((custom) => ({ ...custom, rules: change(custom.rules) }))
  const add = () => {
    setRules((before) => [...before, { name: findFreeName(before), text: TEMPLATE, reason: '', addedBy: '' }])
    setSelected(rules.length)
  }
  return (
    <>
      <p className={classes.meaning}>{t('signatures.custom.list.rules.meaning')}</p>
      {draft.outcome?.state === 'refused' && draft.outcome.check === 'rules' ? (
        <ImportOutcome imports={[draft.outcome]} importId={draft.importId} />
      ) : null}
      <div className={classes.rules}>
        <RuleFileList rules={rules} index={index} disabledReason={disabledReason} onSelect={setSelected} onAdd={add} />
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

interface RuleFileListProps {
  rules: readonly Rules[]
  index: number
  disabledReason: string | undefined
  onSelect: (index: number) => void
  onAdd: () => void
}

function RuleFileList({ rules, index, disabledReason, onSelect, onAdd }: RuleFileListProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.ruleNames}>
      {rules.map((file, position) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: the name changes while the user types, the position does not.
          key={position}
          type="button"
          className={classes.ruleName}
          aria-pressed={position === index}
          onClick={() => onSelect(position)}
        >
          {file.name || t('signatures.custom.rule.unnamed')}
        </button>
      ))}
      <ActionButton
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabledReason={disabledReason}
        onClick={onAdd}
      >
        {t('signatures.custom.list.rules.add')}
      </ActionButton>
    </div>
  )
}

function findFreeName(rules: readonly Rules[]): string {
  const used = new Set(rules.map(({ name }) => name))
  let number = 1
  while (used.has(`site-rules-${number}`)) number += 1
  return `site-rules-${number}`
}
