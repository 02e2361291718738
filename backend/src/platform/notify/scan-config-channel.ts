/** Channel of changes of the scan configuration; the payload is empty. */
export const SCAN_CONFIG_CHANNEL = 'guardimesh_scan_config'
