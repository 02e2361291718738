/** Keys of PostgreSQL advisory locks: arbitrary, but unique in the database. */
export const ADVISORY_LOCKS = {
  firstAccount: 7_216_530_420,
  scanConfig: 7_216_530_421,
  administrators: 7_216_530_425,
  newApiKey: 7_216_530_422,
  startRuleTrial: 7_216_530_424,
  /** Used by the function chain_audit_entry of the database. */
  auditChain: 7_216_530_427,
  claimDeliveries: 7_216_530_430,
  newChannel: 7_216_530_431,
  newRule: 7_216_530_432,
  planDeliveries: 7_216_530_433,
  platformAlerts: 7_216_530_434,
  incidentEvents: 7_216_530_440,
  newException: 7_216_530_450,
} as const
