-- The From address that an account would like, one an account, and what the latest look at its domain's DNS records found. `verified_at` is set while
-- it is used; `selector` names the key that signs.
CREATE TABLE `sender_domains` (
	`account_id` text PRIMARY KEY NOT NULL,
	`address` text NOT NULL,
	`domain` text NOT NULL,
	`selector` text,
	`verified_at` integer,
	`failed_at` integer,
	`records` text NOT NULL,
	`checked_at` integer,
	`added_at` integer NOT NULL,
	`revision` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `sender_domains_verified` ON `sender_domains` (`domain`) WHERE verified_at IS NOT NULL;
--> statement-breakpoint
-- At most two keys an account: one that signs, and one that replaces it or was replaced. `private_key` is sealed.
CREATE TABLE `sender_keys` (
	`account_id` text NOT NULL,
	`selector` text NOT NULL,
	`domain` text NOT NULL,
	`public_key` text NOT NULL,
	`private_key` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `selector`)
) WITHOUT ROWID;
