import { MIB_BYTES } from '../units.js'

/** Bounds of every list, string and body between processes. Strings are measured in UTF-8 bytes. */
export const INGEST_LIMITS = {
  /** Body as sent, after compression. */
  compressedBodyBytes: MIB_BYTES,
  /** Body after decompression. A factor of 16 stops decompression bombs; ordinary results compress by 5 to 8. */
  bodyBytes: 16 * MIB_BYTES,
  resultsPerBatch: 500,
  podsPerBatch: 500,
  gapsPerBatch: 100,
  sightingsPerBatch: 5000,
  findingsPerResult: 1000,
  coveragePerResult: 1000,
  containersPerPod: 100,
  /** PATH_MAX of Linux. */
  pathBytes: 4096,
  commandLineBytes: 1024,
  clusterIdBytes: 128,
  /** Maximum length of a Kubernetes name (DNS subdomain). */
  nameBytes: 253,
  imageBytes: 512,
  shortBytes: 64,
  idBytes: 128,
  signatureNameBytes: 256,
  ownerBytes: 320,
  reasonBytes: 256,
  sentenceBytes: 512,
  descriptionBytes: 1024,
  uuidBytes: 16,
  sha256Bytes: 32,
  md5Bytes: 16,
  /** Times of files: the end of the year 9999. Containers can set any time on their files, ext4 stores times until 2446. */
  fileTimeMs: 253_402_300_799_999,
} as const

/** Bounds of the node's Unix sockets. */
export const IPC_LIMITS = {
  /** One frame: the largest content for the obfuscation scanner, plus its message. */
  frameBytes: 17 * MIB_BYTES,
  obfuscationContentBytes: 16 * MIB_BYTES,
  /** Rules of a rule trial: 256 Ki characters. */
  trialRulesBytes: MIB_BYTES,
  /** A request for the packages of files, and its response. */
  packageMessageBytes: 16 * MIB_BYTES,
  connections: 64,
  /** Requests in flight on one connection. */
  requestsPerConnection: 64,
} as const
