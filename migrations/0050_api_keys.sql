-- Keys of programs. A key is stored as its SHA-256; `prefix` is what a person recognises it by. A revoked row stays, so that History can name it.
CREATE TABLE `api_keys` (
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`test` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer,
	PRIMARY KEY(`account_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash` ON `api_keys` (`hash`);
--> statement-breakpoint
-- What requests with an Idempotency-Key were answered, for a day. `ulid` is in the ids of what the request makes, so that a repeat makes the same.
CREATE TABLE `idempotency_keys` (
	`account_id` text NOT NULL,
	`test` integer NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`ulid` text NOT NULL,
	`created_at` integer NOT NULL,
	`leased_until` integer NOT NULL,
	`status` integer,
	`headers` text,
	`body` text,
	PRIMARY KEY(`account_id`, `test`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `idempotency_keys_created` ON `idempotency_keys` (`created_at`);
