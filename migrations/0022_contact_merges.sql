-- A merged contact points to the one that stayed, and keeps what is needed to take the merge back.
ALTER TABLE `contacts` ADD COLUMN `merged_into` text;
--> statement-breakpoint
ALTER TABLE `contacts` ADD COLUMN `merged_at` integer;
--> statement-breakpoint
ALTER TABLE `contacts` ADD COLUMN `merge` text;
--> statement-breakpoint
CREATE INDEX `contacts_merged` ON `contacts` (`account_id`,`merged_into`) WHERE merged_into IS NOT NULL;
--> statement-breakpoint
-- Likely duplicates are found by it.
CREATE INDEX `contacts_vat_id` ON `contacts` (`account_id`,`vat_id`) WHERE vat_id <> '';
--> statement-breakpoint
-- The contacts that a document came from by merging, the latest first, separated by spaces.
ALTER TABLE `documents` ADD COLUMN `merged_from` text;
