import { CustomRules, type CustomSignatures } from '@guardimesh/contracts'
import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../../ui/ActionButton.js'
import { formatBytes, formatCount } from '../../../ui/format-number.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import classes from './custom.module.css'
import { RuleTrialSection, type StartedTrial } from './RuleTrialSection.js'

type Rules = CustomSignatures['rules'][number]
const REASON_MAX_LENGTH = 500

interface RulesEditorProps {
  file: Rules
  trial: StartedTrial | undefined
  disabledReason: string | undefined
  onChange: (changes: Partial<Rules>) => void
  onRemove: () => void
  onTrial: (trial: StartedTrial) => void
}

/** Editor of a rule file. Lines are numbered, because compiler errors name the line. */
export function RulesEditor({ file, trial, disabledReason, onChange, onRemove, onTrial }: RulesEditorProps) {
  const { t } = useTranslation()
  const isReadOnly = disabledReason !== undefined
  const lineCount = file.text.split('\n').length
  const isNameValid = CustomRules.shape.name.safeParse(file.name).success
  return (
    <div className={classes.editor}>
      <div className={classes.editorHead}>
        <TextInput
          label={t('signatures.custom.rule.name')}
          value={file.name}
          readOnly={isReadOnly}
          error={isNameValid ? undefined : t('signatures.custom.rule.badName')}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('form.reason')}
          value={file.reason}
          readOnly={isReadOnly}
          maxLength={REASON_MAX_LENGTH}
          onChange={(event) => onChange({ reason: event.currentTarget.value })}
        />
        <ActionButton variant="default" disabledReason={disabledReason} onClick={onRemove}>
          {t('signatures.custom.rule.remove')}
        </ActionButton>
      </div>
      <Code text={file.text} isReadOnly={isReadOnly} onChange={(text) => onChange({ text })} />
      <p className={classes.editorFoot}>
        {t('signatures.custom.rule.size', {
          count: lineCount,
          shown: formatCount(lineCount),
          size: formatBytes(new TextEncoder().encode(file.text).length),
        })}
        {file.addedAt === undefined ? null : (
          <>
            {' · '}
            {file.addedBy} <RelativeTime at={file.addedAt} />
          </>
        )}
      </p>
      <RuleTrialSection name={file.name} text={file.text} disabledReason={disabledReason} trial={trial} onStarted={onTrial} />
    </div>
  )
}

function Code({ text, isReadOnly, onChange }: { text: string; isReadOnly: boolean; onChange: (text: string) => void }) {
  const { t } = useTranslation()
  const lineCount = text.split('\n').length
  return (
    <div className={classes.code}>
      <div className={classes.lineNumbers} aria-hidden>
        {Array.from({ length: lineCount }, (_, index) => index + 1).join('\n')}
      </div>
      <textarea
        aria-label={t('signatures.custom.rule.text')}
        className={classes.text}
        value={text}
        rows={lineCount}
        readOnly={isReadOnly}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        translate="no"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}
