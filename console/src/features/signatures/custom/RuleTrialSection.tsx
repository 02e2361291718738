import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ruleTrialQuery, startRuleTrial } from '../../../api/queries/rule-trials.js'
import { FormProblem } from '../../../forms/FormProblem.js'
import { ActionButton } from '../../../ui/ActionButton.js'
import classes from './custom.module.css'
import { RuleTrial } from './RuleTrial.js'

/** A trial that was started in this session, with the rules it runs. */
export interface StartedTrial {
  trialId: string
  text: string
}

interface RuleTrialSectionProps {
  name: string
  text: string
  disabledReason: string | undefined
  trial: StartedTrial | undefined
  onStarted: (trial: StartedTrial) => void
}

/** Runs a trial of the rules in the editor on the running containers. Nothing is saved. */
export function RuleTrialSection({ name, text, disabledReason, trial, onStarted }: RuleTrialSectionProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const start = useMutation({
    mutationFn: startRuleTrial,
    onSuccess: (view, { rules }) => {
      client.setQueryData(ruleTrialQuery(view.trialId).queryKey, view)
      onStarted({ trialId: view.trialId, text: rules })
    },
  })
  const reason = disabledReason ?? (text.trim() === '' ? t('signatures.trial.noRules') : undefined)
  return (
    <section aria-label={t('signatures.trial.title')} className={classes.trial}>
      <div className={classes.trialHead}>
        <ActionButton
          size="xs"
          variant="default"
          loading={start.isPending}
          disabledReason={reason}
          onClick={() => start.mutate({ name: name.slice(0, 100), rules: text })}
        >
          {t('signatures.trial.start')}
        </ActionButton>
        <span>{start.isPending ? t('signatures.trial.verifying') : t('signatures.trial.meaning')}</span>
      </div>
      <FormProblem error={start.error} />
      {trial && !start.isPending && !start.error ? <RuleTrial trialId={trial.trialId} isOutdated={trial.text !== text} /> : null}
    </section>
  )
}
