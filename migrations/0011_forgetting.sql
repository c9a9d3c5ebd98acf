-- Work that goes on step by step until it is done: forgetting a contact, exporting an account, deleting one.
CREATE TABLE `chores` (
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`position` text NOT NULL,
	`due_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `kind`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `chores_due` ON `chores` (`due_at`);
--> statement-breakpoint
-- How far the search for what may be forgotten has come.
CREATE TABLE `upkeep` (
	`name` text PRIMARY KEY NOT NULL,
	`position` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `contacts` ADD COLUMN `forgotten_at` integer;
--> statement-breakpoint
-- When the account is deleted; until then that can be taken back.
ALTER TABLE `accounts` ADD COLUMN `closing_at` integer;
--> statement-breakpoint
CREATE INDEX `provider_events_delivery` ON `provider_events` (`delivery_id`);
