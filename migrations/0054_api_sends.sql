-- The id that a program has for a send, unique in live and in test mode, and pairs of texts that it keeps with it, as a JSON object; NULL = none.
ALTER TABLE `sends` ADD COLUMN `external_id` text;
--> statement-breakpoint
ALTER TABLE `sends` ADD COLUMN `metadata` text;
--> statement-breakpoint
CREATE UNIQUE INDEX `sends_external_id` ON `sends` (`account_id`, `external_id`, (substr(`document_id`, 1, 9) = 'doc_test_')) WHERE external_id IS NOT NULL;
--> statement-breakpoint
-- 1: a program asked for the bulk send, which is confirmed as soon as its list is fixed. `refusal` says why that could not be.
ALTER TABLE `bulk_sends` ADD COLUMN `confirm_when_ready` integer;
--> statement-breakpoint
ALTER TABLE `bulk_sends` ADD COLUMN `refusal` text;
