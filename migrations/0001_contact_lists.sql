-- The list shows live or archived contacts: an index of each, so that a page reads only what it shows.
CREATE INDEX `contacts_live` ON `contacts` (`account_id`,`name_key`,`id`) WHERE archived_at IS NULL;
--> statement-breakpoint
CREATE INDEX `contacts_archived` ON `contacts` (`account_id`,`name_key`,`id`) WHERE archived_at IS NOT NULL;
--> statement-breakpoint
DROP INDEX `contacts_name`;
--> statement-breakpoint
CREATE TABLE `contact_emails` (
	`account_id` text NOT NULL,
	`address_key` text NOT NULL,
	`contact_id` text NOT NULL,
	PRIMARY KEY(`account_id`, `address_key`, `contact_id`)
) WITHOUT ROWID;
