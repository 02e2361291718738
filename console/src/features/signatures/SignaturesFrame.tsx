import type { SignatureServerStatus, SignaturesView } from '@guardimesh/contracts'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { signaturesQuery } from '../../api/queries/signatures.js'
import { QueryState } from '../../table/QueryState.js'
import { Callout } from '../../ui/Callout.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { AbsentNotice, UnreachableNotice } from './ServerStates.js'
import { SignatureTabs } from './SignatureTabs.js'
import { useReadOnlyReason } from './use-read-only-reason.js'
import { useSignatureEvents } from './use-signature-events.js'

export interface ServerProps {
  view: SignaturesView
  server: SignatureServerStatus
}

interface SignaturesFrameProps {
  screen: 'overview' | 'nodes' | 'history' | 'import' | 'custom' | 'settings'
  /** Content while the signature server responds. */
  children: (props: ServerProps) => ReactNode
  /** Content below the notice if there is no signature server or it does not respond. */
  otherwise?: (view: SignaturesView) => ReactNode
}

/** Frame of a signature page: title, tabs, and notices about the signature server. */
export function SignaturesFrame({ screen, children, otherwise }: SignaturesFrameProps) {
  const { t } = useTranslation()
  const signatures = useQuery(signaturesQuery)
  useSignatureEvents()
  return (
    <PageFrame title={t(`signatures.screen.${screen}.title`)} lead={t(`signatures.screen.${screen}.lead`)}>
      <SignatureTabs />
      <QueryState query={signatures}>
        {(view) =>
          view.state === 'reachable' && view.server ? (
            children({ view, server: view.server })
          ) : (
            <>
              {view.state === 'absent' ? <AbsentNotice /> : <UnreachableNotice problem={view.problem} />}
              {otherwise?.(view)}
            </>
          )
        }
      </QueryState>
    </PageFrame>
  )
}

/** Explains why the page is read-only; renders nothing otherwise. */
export function ReadOnlyNote() {
  const reason = useReadOnlyReason()
  return reason === undefined ? null : (
    <Callout role="status" tone="calm">
      {reason}
    </Callout>
  )
}
