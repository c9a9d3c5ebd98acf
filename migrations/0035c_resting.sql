-- Since when, and why, bulk and automatic mails of the account rest (too many bounces or complaints); when its owner resumed them last.
ALTER TABLE `accounts` ADD COLUMN `resting_at` integer;
--> statement-breakpoint
ALTER TABLE `accounts` ADD COLUMN `resting_reason` text;
--> statement-breakpoint
ALTER TABLE `accounts` ADD COLUMN `resumed_at` integer;
