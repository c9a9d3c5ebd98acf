-- An account's own mail providers. `settings` is plain JSON without secrets; `secrets` and `hook_secret` are sealed. A row that was replaced or removed
-- stays without its secrets, so that late events still find their deliveries.
CREATE TABLE `provider_connections` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`place` text NOT NULL,
	`kind` text NOT NULL,
	`settings` text NOT NULL,
	`secrets` text,
	`hook` text NOT NULL,
	`hook_secret` text,
	`tested_at` integer,
	`test_outcome` text,
	`test_text` text,
	`working_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`removed_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `provider_connections_hook` ON `provider_connections` (`hook`);
--> statement-breakpoint
CREATE INDEX `provider_connections_account` ON `provider_connections` (`account_id`,`place`) WHERE removed_at IS NULL;
--> statement-breakpoint
-- The connections that carry its mails, once a test mail was accepted over them; NULL: the deployment's.
ALTER TABLE `accounts` ADD COLUMN `mail_connection` text;
--> statement-breakpoint
ALTER TABLE `accounts` ADD COLUMN `second_connection` text;
--> statement-breakpoint
-- The address of its own that is in From, while its domain is verified; NULL: the platform's.
ALTER TABLE `accounts` ADD COLUMN `sender_address` text;
--> statement-breakpoint
-- The From address of the latest attempt; NULL: the platform's.
ALTER TABLE `deliveries` ADD COLUMN `sender_address` text;
