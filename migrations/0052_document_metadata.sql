-- The id that a program has for a document, unique in live and in test mode, and pairs of texts that it keeps with it, as a JSON object.
ALTER TABLE `documents` ADD COLUMN `external_id` text;
--> statement-breakpoint
ALTER TABLE `documents` ADD COLUMN `metadata` text NOT NULL DEFAULT '{}';
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_external_id` ON `documents` (`account_id`, `external_id`, `test`) WHERE external_id IS NOT NULL;
