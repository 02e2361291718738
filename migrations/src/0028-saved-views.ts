import { SqlMigration } from './sql-migration.js'

/** Views of lists that users save, and how each user displays a list. */
export class SavedViews1795000000028 extends SqlMigration {
  protected override readonly sql = `
CREATE TABLE saved_views (
  view_id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  list           text NOT NULL CHECK (list IN ('findings', 'incidents', 'scans')),
  name           text NOT NULL,
  author_id      uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  is_shared      boolean NOT NULL,
  address        text NOT NULL,
  hidden_columns text[] NOT NULL,
  density        text NOT NULL CHECK (density IN ('comfortable', 'compact')),
  updated_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX saved_views_list ON saved_views (list, name);
CREATE INDEX saved_views_author ON saved_views (author_id);

CREATE TABLE list_preferences (
  account_id      uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  list            text NOT NULL CHECK (list IN ('findings', 'incidents', 'scans')),
  hidden_columns  text[] NOT NULL,
  density         text NOT NULL CHECK (density IN ('comfortable', 'compact')),
  default_view_id uuid REFERENCES saved_views ON DELETE SET NULL,
  PRIMARY KEY (account_id, list)
);
CREATE INDEX list_preferences_default_view ON list_preferences (default_view_id);

COMMENT ON TABLE saved_views IS 'Filters, order, columns and density of a list, saved by a user.';
COMMENT ON COLUMN saved_views.list IS 'Page of the console.';
COMMENT ON COLUMN saved_views.author_id IS 'Account that saved the view; only it and administrators can change it.';
COMMENT ON COLUMN saved_views.is_shared IS 'true: all accounts see the view.';
COMMENT ON COLUMN saved_views.address IS 'Query string of the page: filters and order.';
COMMENT ON COLUMN saved_views.hidden_columns IS 'Names of columns that are not shown; new columns are therefore shown.';
COMMENT ON COLUMN saved_views.density IS 'Height of the rows.';
COMMENT ON TABLE list_preferences IS 'How an account displays a list.';
COMMENT ON COLUMN list_preferences.default_view_id IS 'View that opens with the page; NULL for none.';
`
}
