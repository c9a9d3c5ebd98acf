-- Why an automatic document was not mailed, for the merchant to see and to filter by.
ALTER TABLE `documents` ADD COLUMN `not_sent_reason` text;
--> statement-breakpoint
CREATE INDEX `documents_not_sent` ON `documents` (`account_id`,`id`) WHERE not_sent_reason IS NOT NULL;
