-- The current logo of an account: its hash, type and size.
ALTER TABLE `accounts` ADD COLUMN `logo` text;
--> statement-breakpoint
-- Uploaded files in R2: the row is there before the object and goes after it.
CREATE TABLE `files` (
	`key` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`unused_since` integer,
	`kept` integer DEFAULT false NOT NULL,
	`doomed_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `files_unused` ON `files` (`unused_since`) WHERE unused_since IS NOT NULL;
