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
import { useChangeReason } from './use-change-reason.js'
import { useSignatureEvents } from './use-signature-events.js'

export interface ServerProps {
  view: SignaturesView
  server: SignatureServerStatus
}

interface SignaturesFrameProps {
  screen: 'overview' | 'nodes' | 'history' | 'import' | 'custom' | 'settings'
  /** What is shown while there is a server that answers. */
  children: (props: ServerProps) => ReactNode
  /** What is shown under the notice that there is none, or that it does not answer. */
  otherwise?: (view: SignaturesView) => ReactNode
}

/** One of the screens about signatures: title, ways to the others, and what is wrong with the signature server. */
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

/** Why nothing can be changed on this screen; nothing when it can. */
export function ChangeNote() {
  const reason = useChangeReason()
  return reason === undefined ? null : (
    <Callout role="status" tone="calm">
      {reason}
    </Callout>
  )
}
