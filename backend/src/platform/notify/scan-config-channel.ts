/** Channel on which API processes tell each other that another scan configuration is in force; the payload is empty. */
export const SCAN_CONFIG_CHANNEL = 'guardimesh_scan_config'
