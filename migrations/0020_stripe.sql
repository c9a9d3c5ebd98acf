-- An account's Stripe: the address that Stripe calls, and what its calls are proved and completed with (sealed).
CREATE TABLE `stripe_connections` (
	`account_id` text PRIMARY KEY NOT NULL,
	`hook` text NOT NULL,
	`live_secret` text,
	`test_secret` text,
	`live_key` text,
	`test_key` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `stripe_connections_hook` ON `stripe_connections` (`hook`);
--> statement-breakpoint
-- What Stripe told. The body is kept while it is still needed, or can be replayed.
CREATE TABLE `stripe_events` (
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`subject` text NOT NULL,
	`test` integer NOT NULL,
	`told_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`target_id` text,
	`due_at` integer,
	`attempt` integer DEFAULT 0 NOT NULL,
	`body` text,
	PRIMARY KEY(`account_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `stripe_events_due` ON `stripe_events` (`due_at`) WHERE due_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `stripe_events_subject` ON `stripe_events` (`account_id`,`subject`) WHERE due_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `stripe_events_listed` ON `stripe_events` (`account_id`,`received_at`);
--> statement-breakpoint
CREATE INDEX `stripe_events_old` ON `stripe_events` (`received_at`);
--> statement-breakpoint
-- What each thing of Stripe's became here: the first row of an id decides, so that two events of one payment make one receipt.
CREATE TABLE `stripe_objects` (
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	-- Of an invoice: the payment that paid it, once that is known.
	`payment` text,
	`target_id` text,
	-- Customer, currency and amount, where events may not name each other.
	`likeness` text,
	-- What Stripe last said of a customer.
	`facts` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `stripe_objects_likeness` ON `stripe_objects` (`account_id`,`likeness`) WHERE likeness IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `stripe_objects_target` ON `stripe_objects` (`account_id`,`target_id`) WHERE target_id IS NOT NULL;
