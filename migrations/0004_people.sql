-- An address has one invitation that waits: inviting again renews it, and the link mailed before is worth nothing then.
ALTER TABLE `invitations` ADD COLUMN `token_hash` text;
--> statement-breakpoint
CREATE INDEX `invitations_token` ON `invitations` (`token_hash`) WHERE token_hash IS NOT NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_pending` ON `invitations` (`organization_id`,`email`) WHERE status = 'pending';
--> statement-breakpoint
-- Which mails about failed deliveries of this account a member wants: at_once, daily or never.
ALTER TABLE `members` ADD COLUMN `notify_problems` text DEFAULT 'at_once' NOT NULL;
--> statement-breakpoint
CREATE TABLE `audit` (
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`changes` text NOT NULL,
	PRIMARY KEY(`account_id`, `id`)
) WITHOUT ROWID;
