import { SqlMigration } from './sql-migration.js'

/** Scans of image layers, which the nodes of a cluster share. */
export class ImageLayers1795000000015 extends SqlMigration {
  protected override readonly sql = `
CREATE TABLE image_layer_scans (
  cluster_id           text NOT NULL,
  -- Diff id, or "local:" with a hash for a layer of one node.
  layer                text NOT NULL,
  signature_generation text NOT NULL,
  rule_version         text NOT NULL,
  -- waiting, scanning, scanned or failed.
  state                text NOT NULL DEFAULT 'waiting',
  -- The node that scans or scanned it; empty while it waits.
  node_name            text NOT NULL DEFAULT '',
  leased_at            timestamptz,
  -- Until then no other node scans it; a failed layer is not offered to the same node again.
  leased_until         timestamptz NOT NULL DEFAULT '-infinity',
  problem              text NOT NULL DEFAULT '',
  size_bytes           bigint NOT NULL DEFAULT 0,
  bytes_scanned        bigint NOT NULL DEFAULT 0,
  files_scanned        bigint NOT NULL DEFAULT 0,
  files_not_scanned    bigint NOT NULL DEFAULT 0,
  finding_count        bigint NOT NULL DEFAULT 0,
  -- Findings and unscanned files; NULL until it is scanned.
  result               jsonb,
  scanned_at           timestamptz,
  -- Last time that a node with a running container of this layer named it.
  last_used_at         timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (cluster_id, layer, signature_generation, rule_version)
);
CREATE INDEX image_layer_scans_used ON image_layer_scans (last_used_at);

CREATE TABLE image_layer_images (
  cluster_id   text NOT NULL,
  layer        text NOT NULL,
  image        text NOT NULL,
  last_used_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (cluster_id, layer, image)
);
CREATE INDEX image_layer_images_used ON image_layer_images (last_used_at);

COMMENT ON TABLE image_layer_scans IS 'Scan of an image layer with one signature generation: who scans it, until when, and the outcome that nodes share.';
COMMENT ON TABLE image_layer_images IS 'Images of running containers that contain a layer.';
`
}
