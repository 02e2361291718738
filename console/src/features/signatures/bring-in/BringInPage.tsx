import { ChangeNote, SignaturesFrame } from '../SignaturesFrame.js'
import classes from '../signatures.module.css'
import { ByHandPanel } from './ByHandPanel.js'
import { SourcesSection } from './SourcesSection.js'
import { TakenPanel } from './TakenPanel.js'
import { UploadPanel } from './UploadPanel.js'

/** The ways into a cluster without internet: from this browser, with the command line, by copying into the pod. */
export function BringInPage() {
  return (
    <SignaturesFrame screen="bringIn">
      {({ server }) => (
        <>
          <ChangeNote />
          <UploadPanel server={server} />
          <div className={classes.columns}>
            <ByHandPanel />
            <TakenPanel server={server} />
          </div>
          <SourcesSection server={server} />
        </>
      )}
    </SignaturesFrame>
  )
}
