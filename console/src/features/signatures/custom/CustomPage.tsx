import type { CustomSignatures } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { LeaveGuard } from '../../../forms/LeaveGuard.js'
import { CUSTOM_LISTS, type CustomListName, paths } from '../../../path-builder.js'
import { QueryState } from '../../../table/QueryState.js'
import { formatCount } from '../../../ui/format-number.js'
import { ReadOnlyNote, type ServerProps, SignaturesFrame } from '../SignaturesFrame.js'
import { useReadOnlyReason } from '../use-read-only-reason.js'
import classes from './custom.module.css'
import { PART_OF_LIST } from './custom-draft.js'
import { EntryList } from './EntryList.js'
import { RulesPanel } from './RulesPanel.js'
import { SavePanel } from './SavePanel.js'
import { type CustomDraft, useCustomDraft } from './use-custom-draft.js'

/** Custom signatures and exclusions of this site. */
export function CustomPage() {
  return <SignaturesFrame screen="custom">{({ server }) => <Custom server={server} />}</SignaturesFrame>
}

function Custom({ server }: Pick<ServerProps, 'server'>) {
  const [parameters] = useSearchParams()
  const draft = useCustomDraft(server)
  const list = CUSTOM_LISTS.find((name) => name === parameters.get('list')) ?? 'hashes'
  return (
    <>
      <ReadOnlyNote />
      <QueryState query={draft.current}>{() => (draft.shown ? <Lists draft={draft} shown={draft.shown} list={list} /> : null)}</QueryState>
      <LeaveGuard isDirty={draft.isDirty} />
    </>
  )
}

function Lists({ draft, shown, list }: { draft: CustomDraft; shown: CustomSignatures; list: CustomListName }) {
  const { t } = useTranslation()
  const reason = useReadOnlyReason()
  const disabledReason = reason ?? (draft.isSaving ? t('signatures.custom.isSaving') : undefined)
  return (
    <>
      <ListTabs shown={shown} list={list} />
      <SavePanel draft={draft} list={list} />
      {list === 'rules' ? (
        <RulesPanel shown={shown} draft={draft} disabledReason={disabledReason} />
      ) : (
        <EntryList key={list} list={list} shown={shown} draft={draft} disabledReason={disabledReason} />
      )}
    </>
  )
}

function ListTabs({ shown, list }: { shown: CustomSignatures; list: CustomListName }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('signatures.custom.lists')}>
      <ul className={classes.lists}>
        {CUSTOM_LISTS.map((name) => (
          <li key={name}>
            <Link to={paths.signatureCustom({ list: name })} aria-current={name === list ? 'page' : undefined} className={classes.list}>
              {t(`signatures.custom.list.${name}.name`)} <span>{formatCount(shown[PART_OF_LIST[name]].length)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
