-- What an account may send in a day, until the deployment's owner changes it (`npm run quota`).
ALTER TABLE `accounts` ADD COLUMN `daily_quota` integer DEFAULT 200 NOT NULL;
--> statement-breakpoint
-- How many mails leave on each day, counted in the transaction that queues them. NULL in `used` ends that transaction: too many.
CREATE TABLE `daily_sends` (
	`account_id` text NOT NULL,
	`day` text NOT NULL,
	`used` integer NOT NULL,
	PRIMARY KEY(`account_id`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
-- The day a send was counted on, where it is given back when its mails are taken back. NULL = before there was a quota.
ALTER TABLE `sends` ADD COLUMN `counted_on` text;
