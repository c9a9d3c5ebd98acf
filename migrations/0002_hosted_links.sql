-- Links that recipients asked for when the one in their mail had expired; that one stays in `deliveries`, so that it can be told it expired.
CREATE TABLE `fresh_links` (
	`account_id` text NOT NULL,
	`delivery_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`account_id`, `delivery_id`, `created_at`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `fresh_links_hash` ON `fresh_links` (`hash`);
--> statement-breakpoint
-- Addresses that want documents, but no reminders or notices about them.
CREATE TABLE `notice_optouts` (
	`account_id` text NOT NULL,
	`address_key` text NOT NULL,
	`delivery_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `address_key`)
) WITHOUT ROWID;
