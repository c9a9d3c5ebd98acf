-- All deliveries of an account, newest first. Ids begin with the time they were made, so the key is the order, and no change of state touches it.
CREATE INDEX `deliveries_account` ON `deliveries` (`account_id`,`id`);
--> statement-breakpoint
-- Problems of test documents are counted and told with those alone.
ALTER TABLE `problems` ADD COLUMN `test` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
UPDATE `problems` SET `test` = 1 WHERE EXISTS (
	SELECT 1 FROM `documents` c WHERE c.account_id = problems.account_id AND c.id = problems.document_id AND c.test = 1);
--> statement-breakpoint
DROP INDEX `problems_open`;
--> statement-breakpoint
CREATE INDEX `problems_open` ON `problems` (`account_id`,`test`,`seq`) WHERE settled_at IS NULL;
