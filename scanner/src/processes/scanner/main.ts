import { AGENT_SECCOMP_PROFILES } from '@guardimesh/kit/seccomp/agent-profiles'
import { confineProcess } from '../../node/confine-process.js'

confineProcess(AGENT_SECCOMP_PROFILES.scanner)
await import('./start.js')
